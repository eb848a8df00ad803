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
)

//go:embed *.gotpl
var templates embed.FS

// The packages that generated code is built on, with those of the standard library.
const (
	graphqlPath = "github.com/99designs/gqlgen/graphql"
	enginePath  = graphqlPath + "/engine"
	coercePath  = "github.com/99designs/gqlgen/codegen/coerce"
	fedPath     = "github.com/99designs/gqlgen/plugin/federation/fedruntime"
	astPath     = "github.com/vektah/gqlparser/v2/ast"
)

// Generate writes all files of the executor, by file name.
func (d *Data) Generate() (map[string][]byte, error) {
	exec := d.Config.Exec
	pkg, err := gofile.Locate(exec.DirName, exec.Package)
	if err != nil {
		return nil, err
	}
	leaves := &leaves{map[string]*binder.Model{}, map[string]*binder.Model{}}
	files := map[string]*printer{}
	print := func(base, templateName string, data any) {
		if files[base] == nil {
			files[base] = newPrinter(d.Config, d.Binder, gofile.New(filepath.Join(exec.DirName, base), pkg), leaves)
		}
		files[base].print(templateName, data)
	}
	for _, o := range d.Objects {
		print(o.File+config.ExecSuffix, "object", o)
	}
	for _, def := range d.Inputs {
		print(sourceBase(def.Position)+config.ExecSuffix, "input", def)
	}
	if d.Config.Federation.IsDefined() {
		print(filepath.Base(d.Config.Federation.Filename), "federation", d)
	}
	print("root_"+config.ExecSuffix, "root", d)
	print("root_"+config.ExecSuffix, "leaves", leaves) // all that the others refer to
	out := map[string][]byte{}
	for base, p := range files {
		if out[filepath.Join(exec.DirName, base)], err = p.source(); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// Models writes the file of the models of types; none where there are no types.
func Models(cfg *config.Config, b *binder.Binder, types []*ast.Definition) ([]byte, error) {
	if len(types) == 0 {
		return nil, nil
	}
	p := newPrinter(cfg, b, gofile.New(cfg.Model.Filename, b.ModelPackage), nil)
	for _, def := range types {
		p.print(string(def.Kind), def)
	}
	return p.source()
}

// printer executes templates into one file.
type printer struct {
	*gofile.File
	cfg       *config.Config
	binder    *binder.Binder
	leaves    *leaves
	templates *template.Template
	err       error // the first
}

// leaves are the models that a printed expression reads or writes, by name.
type leaves struct{ Readers, Writers map[string]*binder.Model }

// newPrinter begins a file in which the templates' own imports and variables have their names.
func newPrinter(cfg *config.Config, b *binder.Binder, f *gofile.File, used *leaves) *printer {
	for _, own := range []string{"context", "errors", "fmt", "io", "strconv", graphqlPath, enginePath, coercePath, fedPath, astPath} {
		f.Import(own, path.Base(own))
	}
	f.Import("github.com/vektah/gqlparser/v2", "gqlparser")
	f.Reserve("e", "v", "args", "ctx", "obj", "objs", "parent", "parents", "dst", "out", "err", "fields", "value", "key", "keys", "reps")
	p := &printer{File: f, cfg: cfg, binder: b, leaves: used}
	p.templates, p.err = template.New("").Funcs(template.FuncMap{
		"appender":  p.appender,
		"box":       p.box,
		"boxer":     p.boxer,
		"call":      p.call,
		"comment":   comment,
		"decoder":   p.decoder,
		"default":   b.Default,
		"getArgs":   p.getArgs,
		"goName":    name.Go,
		"isPointer": isPointer,
		"member":    b.Member,
		"members":   p.members,
		"model":     b.Model,
		"object":    func(o types.Object) string { return f.Object(o.Pkg().Path(), o.Pkg().Name(), o.Name()) },
		"params":    func(args []*binder.Arg) string { return params(f, args) },
		"promise":   b.Promise,
		"quote":     strconv.Quote,
		"raw":       raw,
		"signature": func(field *Field) string { return field.Signature(f) },
		"type":      f.Type,
		"unions":    cfg.Schema.GetImplements,
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
	return p.Source(p.cfg.Notice())
}
