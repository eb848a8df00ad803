package codegen

import (
	"embed"
	"go/types"
	"path"
	"path/filepath"
	"strconv"
	"text/template"

	"github.com/vektah/gqlparser/v2/ast"

	"github.com/99designs/gqlgen/codegen/config"
	"github.com/99designs/gqlgen/internal/binder"
	"github.com/99designs/gqlgen/internal/gofile"
	"github.com/99designs/gqlgen/internal/name"
	"github.com/99designs/gqlgen/plugin/federation"
)

//go:embed *.gotpl
var templates embed.FS

const graphqlPath = "github.com/99designs/gqlgen/graphql"

// Generate writes all files of the executor, by file name.
func (d *Data) Generate() (out map[string][]byte, err error) {
	files := map[string]*printer{}
	print := func(base, templateName string, data any) {
		filename := filepath.Join(d.Config.Exec.DirName, base)
		if files[filename] == nil {
			files[filename] = newPrinter(d, filename, d.Package)
		}
		files[filename].print(templateName, data)
	}
	for _, o := range d.Objects {
		print(o.File+config.ExecSuffix, "object", o)
	}
	for _, def := range d.Inputs {
		print(sourceBase(def.Position)+config.ExecSuffix, "input", def)
	}
	if d.Config.Federation.Version != 0 {
		print(filepath.Base(d.Config.Federation.Filename), "federation", d)
	}
	print("root_"+config.ExecSuffix, "root", d) // last, with the leaves that the others refer to
	out = map[string][]byte{}
	for filename, p := range files {
		if out[filename], err = p.source(); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// Models writes the file of the models of types and of the inputs of keys.
func Models(cfg *config.Config, b *binder.Binder, types []*ast.Definition, keys []*federation.Key) ([]byte, error) {
	p := newPrinter(&Data{Config: cfg, Binder: b}, cfg.Model.Filename, b.ModelPackage)
	for _, def := range types {
		p.print(string(def.Kind), def)
	}
	for _, key := range keys {
		if key.Input != nil {
			p.print(string(key.Input.Kind), key.Input)
		}
	}
	return p.source()
}

// printer executes templates into one file.
type printer struct {
	*gofile.File
	*Data
	templates *template.Template
	err       error // the first
}

// newPrinter begins a file in which the templates' own imports and variables have their names.
func newPrinter(d *Data, filename string, pkg gofile.Package) *printer {
	f := gofile.New(filename, pkg, "types", "e", "v", "args", "ctx", "obj", "objs", "parent", "parents", "dst", "ok", "out", "err", "fields",
		"value", "key", "keys", "reps")
	for _, own := range []string{"context", "errors", "fmt", "io", "slices", "strconv", "github.com/vektah/gqlparser/v2/ast", graphqlPath, graphqlPath + "/engine",
		"github.com/99designs/gqlgen/codegen/coerce", "github.com/99designs/gqlgen/plugin/federation/fedruntime"} {
		f.Import(own, path.Base(own))
	}
	f.Import("github.com/vektah/gqlparser/v2", "gqlparser")
	p := &printer{File: f, Data: d}
	p.templates, p.err = template.New("").Funcs(template.FuncMap{
		"appender":  p.appender,
		"box":       p.box,
		"boxer":     p.boxer,
		"call":      p.call,
		"comment":   comment,
		"decoder":   p.decoder,
		"default":   d.Binder.Default,
		"getArgs":   p.getArgs,
		"goName":    name.Go,
		"isPointer": isPointer,
		"member":    d.Binder.Member,
		"members":   p.members,
		"model":     d.Binder.Model,
		"object":    func(o types.Object) string { return f.Object(o.Pkg().Path(), o.Pkg().Name(), o.Name()) },
		"params":    func(args []*binder.Arg) string { return params(f, args) },
		"promise":   d.Binder.Promise,
		"quote":     strconv.Quote,
		"raw":       raw,
		"signature": func(field *Field) string { return field.Signature(f) },
		"type":      f.Type,
		"unions":    d.Config.Schema.GetImplements,
		"value":     p.value,
	}).ParseFS(templates, "*.gotpl")
	return p
}

// print executes a template.
func (p *printer) print(templateName string, data any) {
	if p.err == nil {
		p.err = p.templates.ExecuteTemplate(p, templateName, data)
	}
}

// source is the finished file.
func (p *printer) source() ([]byte, error) {
	if p.err != nil {
		return nil, p.err
	}
	return p.Source(p.Config.Notice())
}
