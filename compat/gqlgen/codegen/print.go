package codegen

import (
	"embed"
	"go/types"
	"path"
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
	for _, own := range []string{"context", "errors", "fmt", "io", "strconv", "strings", graphqlPath, enginePath, coercePath, fedPath, astPath} {
		f.Import(own, path.Base(own))
	}
	f.Import("github.com/vektah/gqlparser/v2", "gqlparser")
	f.Reserve("e", "v", "args", "ctx", "obj", "objs", "parent", "parents", "dst", "out", "err", "fields", "value", "key", "keys", "reps")
	p := &printer{File: f, cfg: cfg, binder: b, leaves: used}
	p.templates, p.err = template.New("").Funcs(p.functions()).ParseFS(templates, "*.gotpl")
	return p
}

// functions are what templates call: mostly for the expressions of expr.go.
func (p *printer) functions() template.FuncMap {
	return template.FuncMap{
		"answer":    p.answer,
		"appender":  p.appender,
		"box":       p.box,
		"boxer":     p.boxer,
		"call":      p.call,
		"comment":   comment,
		"constant":  constant,
		"decoder":   p.decoder,
		"default":   p.binder.Default,
		"getArgs":   p.getArgs,
		"goName":    name.Go,
		"isPointer": isPointer,
		"markers":   p.markers,
		"member":    p.binder.Member,
		"members":   p.members,
		"model":     p.binder.Model,
		"object":    func(o types.Object) string { return p.Object(o.Pkg().Path(), o.Pkg().Name(), o.Name()) },
		"own": func(goName string) string {
			return p.Object(p.binder.ModelPackage.Path, p.binder.ModelPackage.Name, goName)
		},
		"params":    func(args []*binder.Arg) string { return params(p.File, args) },
		"possible":  p.possible,
		"quote":     strconv.Quote,
		"raw":       raw,
		"signature": func(f *Field) string { return f.Signature(p.File) },
		"type":      p.Type,
		"value":     p.value,
	}
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

// possible are the models of what a value of an interface or union can be, by name.
func (p *printer) possible(def *ast.Definition) map[string]*binder.Model {
	out := map[string]*binder.Model{}
	for _, member := range p.cfg.Schema.GetPossibleTypes(def) {
		out[member.Name] = p.binder.Model(member.Name)
	}
	return out
}
