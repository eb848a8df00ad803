package codegen

import (
	"embed"
	"fmt"
	"go/types"
	"path"
	"path/filepath"
	"strconv"
	"strings"
	"text/template"

	"github.com/vektah/gqlparser/v2/ast"

	"github.com/99designs/gqlgen/codegen/config"
	"github.com/99designs/gqlgen/internal/binder"
	"github.com/99designs/gqlgen/internal/gofile"
	"github.com/99designs/gqlgen/internal/name"
)

//go:embed *.gotpl
var templates embed.FS

// Generate writes all files of the executor, by file name.
func (d *Data) Generate() (out map[string][]byte, err error) {
	files := map[string]*printer{}
	add := func(base, templateName string, data any) {
		filename := filepath.Join(d.Config.Exec.DirName, base)
		if files[filename] == nil {
			files[filename] = newPrinter(d, filename, d.Package)
		}
		files[filename].print(templateName, data)
	}
	for _, o := range d.Objects {
		add(o.File+config.ExecSuffix, "object", o)
	}
	for _, def := range d.Inputs {
		add(sourceBase(def.Position)+config.ExecSuffix, "input", def)
	}
	if d.Config.Federation.Version != 0 {
		add(filepath.Base(d.Config.Federation.Filename), "federation", d)
	}
	add("root_"+config.ExecSuffix, "root", d) // last, with the leaves that the others refer to
	out = map[string][]byte{}
	for filename, p := range files {
		if out[filename], err = p.source(); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// models writes the file of the models of types and of the inputs of keys.
func (d *Data) models(types []*ast.Definition) ([]byte, error) {
	p := newPrinter(d, d.Config.Model.Filename, d.Binder.ModelPackage)
	for _, key := range d.Keys {
		if key.Input != nil {
			types = append(types, key.Input)
		}
	}
	for _, def := range types {
		p.print(string(def.Kind), def)
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
	for _, own := range []string{"context", "errors", "fmt", "io", "slices", "strconv", "github.com/vektah/gqlparser/v2/ast", binder.GraphQL, binder.GraphQL + "/engine",
		"github.com/99designs/gqlgen/codegen/coerce", "github.com/99designs/gqlgen/plugin/federation/fedruntime"} {
		f.Import(own, path.Base(own))
	}
	f.Import("github.com/vektah/gqlparser/v2", "gqlparser")
	p := &printer{File: f, Data: d}
	p.templates, p.err = template.New("").Funcs(template.FuncMap{
		"appender":   p.appender,
		"appendLeaf": p.appendLeaf,
		"box":        box,
		"boxer":      p.boxer,
		"call":       p.call,
		"comment":    comment,
		"decoder":    p.decoder,
		"default":    d.Binder.Default,
		"getArgs":    p.getArgs,
		"goName":     name.Go,
		"isPointer":  isPointer,
		"member":     d.Binder.Member,
		"members":    p.members,
		"model":      d.Binder.Model,
		"object":     func(o types.Object) string { return f.Object(o.Pkg().Path(), o.Pkg().Name(), o.Name()) },
		"params":     func(args []*binder.Arg) string { return params(f, args) },
		"promise":    d.Binder.Promise,
		"quote":      strconv.Quote,
		"raw":        raw,
		"signature":  func(field *Field) string { return field.Signature(f) },
		"type":       f.Type,
		"unions":     d.Config.Schema.GetImplements,
		"value":      p.value,
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

// params declares arguments, each after a comma.
func params(f *gofile.File, args []*binder.Arg) (out string) {
	for _, arg := range args {
		out += ", " + name.Private(arg.Def.Name) + " " + f.Type(arg.Ref.Go)
	}
	return out
}

// getArgs takes decoded arguments out of args, each after a comma.
func (p *printer) getArgs(args []*binder.Arg) (out string) {
	for _, arg := range args {
		out += fmt.Sprintf(", coerce.Get[%s](args, %q)", p.Type(arg.Ref.Go), arg.Def.Name)
	}
	return out
}

// Signature is the parameters and results of a field's resolver.
func (f *Field) Signature(file *gofile.File) string {
	parent, result := "", file.Type(f.Ref.Go)
	switch {
	case f.Batch:
		parent, result = ", objs []"+file.Type(f.Object.Model.Pointer()), "[]"+result
	case f.Object.Stream:
		result = "<-chan " + result
	case f.Object.Model != nil:
		parent = ", obj " + file.Type(f.Object.Model.Pointer())
	}
	return fmt.Sprintf("(ctx %s%s%s) (%s, error)", file.Object("context", "context", "Context"), parent, params(file, f.Args), result)
}

// call is what answers a field: its resolver, a method or a member of the parent.
func (p *printer) call(f *Field) string {
	parent := ""
	switch {
	case f.Batch:
		parent = "coerce.Parents[" + p.Type(f.Object.Model.Pointer()) + "](parents)"
	case f.Object.Model != nil:
		parent = "parent.(" + p.Type(f.Object.Model.Pointer()) + ")"
	}
	args := p.getArgs(f.Args)
	switch {
	case f.Member == "" && parent == "":
		return fmt.Sprintf("e.Resolvers.%s().%s(ctx%s)", f.Object.GoName, f.GoName, args)
	case f.Member == "":
		return fmt.Sprintf("e.Resolvers.%s().%s(ctx, %s%s)", f.Object.GoName, f.GoName, parent, args)
	case !f.Method:
		return parent + "." + f.Member
	case f.Context:
		return fmt.Sprintf("%s.%s(ctx%s)", parent, f.Member, args)
	}
	return fmt.Sprintf("%s.%s(%s)", parent, f.Member, strings.TrimPrefix(args, ", "))
}

// Leaf reports whether a field is a leaf that can be written without more ado.
func (f *Field) Leaf() bool {
	return !f.Context && !f.Error && len(f.Args) == 0 && f.Ref.GraphQL.Elem == nil && f.Ref.Def.IsLeafType() && f.Ref.Omittable == nil
}

// Plain reports whether a field is a member of a struct.
func (f *Field) Plain() bool { return f.Member != "" && !f.Method }

// appendLeaf is an expression that appends a leaf.
func (p *printer) appendLeaf(f *Field) string {
	if isPointer(f.Ref.Go) && binder.TypeName(f.Ref.Go) != binder.TypeName(f.Ref.Model.Type) {
		return fmt.Sprintf("coerce.AppendPointer(ctx, dst, %s, append%s)", p.call(f), f.Ref.Model.Name)
	}
	return fmt.Sprintf("append%s(ctx, dst, %s)", f.Ref.Model.Name, p.call(f))
}

// appender is an expression for the function that writes a leaf.
func (p *printer) appender(m *binder.Model) string {
	p.Writers[m.Name] = m
	return "coerce.Append(append" + m.Name + ")"
}

// decoder is an expression for the function that reads values of a type.
func (p *printer) decoder(ref *binder.Ref) string {
	if ref.Def.IsLeafType() {
		p.Readers[ref.Model.Name] = ref.Model
	}
	if ref.Omittable != nil {
		return "coerce.Omittable(" + decoder(ref.GraphQL, ref.Omittable, "decode"+ref.Model.Name) + ")"
	}
	return decoder(ref.GraphQL, ref.Go, "decode"+ref.Model.Name)
}

// decoder relies on values that are as the schema wants them: null only where it may be.
func decoder(level *ast.Type, t types.Type, one string) string {
	switch {
	case level.Elem != nil:
		return "coerce.List(" + decoder(level.Elem, binder.ElemOf(t), one) + ")"
	case isPointer(t):
		return "coerce.Pointer(" + one + ")"
	case !level.NonNull:
		return "coerce.OrZero(" + one + ")"
	}
	return one
}

func isPointer(t types.Type) bool {
	_, ok := types.Unalias(t).(*types.Pointer)
	return ok
}

// box is an expression for a value as the engine takes it.
func box(ref *binder.Ref, expr string) string {
	switch {
	case ref.GraphQL.Elem != nil, ref.Def.IsLeafType():
		return expr
	case ref.Def.IsAbstractType():
		return "box(" + expr + ")"
	case isPointer(ref.Go):
		return "coerce.Box(" + expr + ")"
	case types.IsInterface(ref.Go):
		return "coerce.Untyped(" + expr + ")"
	}
	return "coerce.Address(" + expr + ")"
}

// boxer is an expression for a function that boxes values of a type.
func (p *printer) boxer(ref *binder.Ref) string {
	return fmt.Sprintf("func(v %s) any { return %s }", p.Type(ref.Go), box(ref, "v"))
}

// value is a literal that tells how values of a type are completed.
func (p *printer) value(ref *binder.Ref) string {
	out := fmt.Sprintf("&engine.Value{Type: %q", ref.GraphQL.Name())
	if ref.GraphQL.NonNull {
		out += ", NonNull: true"
	}
	switch {
	case ref.GraphQL.Elem != nil:
		elem := ref.Elem()
		out += ", Elems: coerce.Elems(" + p.boxer(elem) + "), Elem: " + p.value(elem)
	case ref.Def.IsLeafType():
		out += ", Append: " + p.appender(ref.Model)
	}
	return out + "}"
}

// raw prefers a raw literal, which a reader can read.
func raw(s string) string {
	if strings.ContainsAny(s, "\r\ufeff") {
		return strconv.Quote(s)
	}
	return "`" + strings.ReplaceAll(s, "`", "` + \"`\" + `") + "`"
}

// comment is a description above what it describes.
func comment(text string) string { return "// " + strings.ReplaceAll(text, "\n", "\n// ") + "\n" }
