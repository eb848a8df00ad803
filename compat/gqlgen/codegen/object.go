package codegen

import (
	"fmt"
	"go/types"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"

	"github.com/99designs/gqlgen/internal/binder"
	"github.com/99designs/gqlgen/internal/gofile"
	"github.com/99designs/gqlgen/internal/name"
)

func goTypeName(o *Object) string { return name.Go(o.Def.Name) }

// object writes the table of an object type.
func (w *Writer) object(f *gofile.File, o *Object) {
	f.P("func (e *executor) object%s() *%s.Object {", goTypeName(o), engine(f))
	f.P("\treturn &%s.Object{Name: %q, Fields: map[string]*%s.Field{", engine(f), o.Def.Name, engine(f))
	for _, field := range o.Fields {
		f.P("%q: {", field.Def.Name)
		w.field(f, field)
		f.P("},")
	}
	f.P("\t}}\n}\n")
}

func (w *Writer) field(f *gofile.File, fd *Field) {
	if len(fd.Args) > 0 {
		f.P("Args: %s.Args(%s),", coerce(f), w.argList(f, fd.Args))
	}
	switch {
	case fd.Object.Stream:
		w.stream(f, fd)
	case fd.Batch:
		w.batch(f, fd)
	case fd.Resolver:
		w.resolve(f, fd)
	default:
		w.read(f, fd)
	}
	f.P("Value: %s,", w.value(f, fd.Ref.GraphQL, fd.Ref.Go, fd.Ref.Model))
}

func (w *Writer) argList(f *gofile.File, args []*Arg) string {
	parts := make([]string, len(args))
	for i, arg := range args {
		parts[i] = fmt.Sprintf("%s.Arg(%q, %s)", coerce(f), arg.Def.Name, w.Decoder(f, arg.Ref))
	}
	return strings.Join(parts, ", ")
}

// call is the call of a field's resolver with the parent given.
func (w *Writer) call(f *gofile.File, fd *Field, parent string) string {
	params := []string{"ctx"}
	if parent != "" {
		params = append(params, parent)
	}
	for _, arg := range fd.Args {
		params = append(params, getArg(f, arg))
	}
	return fmt.Sprintf("e.resolvers.%s().%s(%s)", goTypeName(fd.Object), fd.GoName, strings.Join(params, ", "))
}

func getArg(f *gofile.File, arg *Arg) string {
	return fmt.Sprintf("%s.Get[%s](args, %q)", coerce(f), argType(f, arg.Ref), arg.Def.Name)
}

// argType is the Go type of an argument, wrapped as the parameter has it.
func argType(f *gofile.File, ref *binder.Ref) string {
	t := f.Type(ref.Go)
	if ref.Omittable {
		return f.Import(graphqlPath, "graphql") + ".Omittable[" + t + "]"
	}
	return t
}

func (w *Writer) resolve(f *gofile.File, fd *Field) {
	parent := ""
	if !fd.Object.Root {
		parent = "parent.(" + f.Type(fd.Object.Model.Pointer()) + ")"
	}
	f.P("Resolve: func(ctx %s, parent any, args map[string]any) (any, error) {", ctx(f))
	f.P("v, err := %s", w.call(f, fd, parent))
	f.P("if err != nil {\nreturn nil, err\n}")
	f.P("return %s, nil\n},", w.box(f, fd.Ref, "v", false))
}

func (w *Writer) batch(f *gofile.File, fd *Field) {
	parents := fmt.Sprintf("%s.Parents[%s](parents)", coerce(f), f.Type(fd.Object.Model.Pointer()))
	f.P("Batch: func(ctx %s, parents []any, args map[string]any) ([]any, error) {", ctx(f))
	f.P("v, err := %s", w.call(f, fd, parents))
	f.P("return %s.Results(v, %s), err\n},", coerce(f), w.boxer(f, fd.Ref, fd.Ref.Go))
}

func (w *Writer) stream(f *gofile.File, fd *Field) {
	f.P("Stream: func(ctx %s, args map[string]any) (<-chan any, error) {", ctx(f))
	f.P("v, err := %s", w.call(f, fd, ""))
	f.P("if err != nil {\nreturn nil, err\n}")
	f.P("return %s.Stream(ctx, v, %s), nil\n},", coerce(f), w.boxer(f, fd.Ref, fd.Ref.Go))
}

func (w *Writer) read(f *gofile.File, fd *Field) {
	a := fd.Access
	expr := "parent.(" + f.Type(fd.Object.Model.Pointer()) + ")." + a.Name
	if !a.Method {
		f.P("Read: func(_ %s, parent any, _ map[string]any) (any, error) {", ctx(f))
		f.P("return %s, nil\n},", w.box(f, a.Ref, expr, true))
		w.appendLeaf(f, fd, expr)
		return
	}
	var params []string
	if a.Context {
		params = append(params, "ctx")
	}
	for i, def := range a.Args {
		params = append(params, getArg(f, &Arg{Def: def, Ref: a.ArgRefs[i]}))
	}
	expr += "(" + strings.Join(params, ", ") + ")"
	// A method that takes a context may wait for something, so it runs beside others.
	kind := "Read"
	if a.Context {
		kind = "Resolve"
	} else {
		f.P("IsMethod: true,")
	}
	f.P("%s: func(ctx %s, parent any, args map[string]any) (any, error) {", kind, ctx(f))
	if a.Error {
		f.P("v, err := %s", expr)
		f.P("if err != nil {\nreturn nil, err\n}")
		f.P("return %s, nil\n},", w.box(f, a.Ref, "v", false))
		return
	}
	f.P("return %s, nil\n},", w.box(f, a.Ref, expr, false))
	if !a.Context && len(fd.Args) == 0 {
		w.appendLeaf(f, fd, expr)
	}
}

// appendLeaf writes the short way for leaves, where writing them cannot fail.
func (w *Writer) appendLeaf(f *gofile.File, fd *Field, expr string) {
	ref := fd.Ref
	if ref.GraphQL.Elem != nil || !ref.Def.IsLeafType() || len(fd.Args) > 0 {
		return
	}
	form := w.appendForm(f, ref.Model, "v")
	if form == "" {
		return
	}
	f.P("AppendLeaf: func(dst []byte, parent any) ([]byte, bool) {")
	if _, pointer := types.Unalias(ref.Go).(*types.Pointer); pointer {
		f.P("p := %s", expr)
		f.P("if p == nil {\nreturn dst, false\n}")
		f.P("v := *p")
	} else {
		f.P("v := %s", expr)
	}
	f.P("return %s\n},", form)
}

// box is an expression for a value as the engine takes it. addressable says that the
// expression is a struct field, whose address can be taken.
func (w *Writer) box(f *gofile.File, ref *binder.Ref, expr string, addressable bool) string {
	t := types.Unalias(ref.Go)
	if ref.GraphQL.Elem != nil {
		if _, named := t.(*types.Named); named {
			slice := t.Underlying().(*types.Slice)
			return fmt.Sprintf("[]%s(%s)", f.Type(slice.Elem()), expr)
		}
		return expr
	}
	return w.boxOne(f, ref.Def, t, expr, addressable)
}

func (w *Writer) boxOne(f *gofile.File, def *ast.Definition, t types.Type, expr string, addressable bool) string {
	_, pointer := t.(*types.Pointer)
	switch {
	case def.IsLeafType():
		return expr
	case def.IsAbstractType():
		return fmt.Sprintf("box%s(%s)", name.Go(def.Name), expr)
	case pointer:
		return fmt.Sprintf("%s.Box(%s)", coerce(f), expr)
	case types.IsInterface(t):
		return expr
	case addressable:
		return "&" + expr
	}
	return fmt.Sprintf("%s.Address(%s)", coerce(f), expr)
}

// boxer is a function literal that boxes values of type t.
func (w *Writer) boxer(f *gofile.File, ref *binder.Ref, t types.Type) string {
	return fmt.Sprintf("func(v %s) any { return %s }", f.Type(t), w.box(f, ref, "v", false))
}

// value is a literal that tells how values of a type are completed.
func (w *Writer) value(f *gofile.File, t *ast.Type, goType types.Type, m *binder.Model) string {
	var b strings.Builder
	fmt.Fprintf(&b, "&%s.Value{Type: %q", engine(f), t.Name())
	if t.NonNull {
		b.WriteString(", NonNull: true")
	}
	def := w.Config.Schema.Types[t.Name()]
	switch {
	case t.Elem != nil:
		elem := types.Unalias(goType).Underlying().(*types.Slice).Elem()
		fmt.Fprintf(&b, ", Elems: %s, Elem: %s", w.elems(f, t.Elem, def, elem), w.value(f, t.Elem, elem, m))
	case def.IsLeafType():
		fmt.Fprintf(&b, ", Append: %s", w.Appender(m))
	}
	b.WriteString("}")
	return b.String()
}

func (w *Writer) elems(f *gofile.File, t *ast.Type, def *ast.Definition, elem types.Type) string {
	unaliased := types.Unalias(elem)
	_, isStruct := unaliased.Underlying().(*types.Struct)
	_, pointer := unaliased.(*types.Pointer)
	switch {
	case t.Elem == nil && isStruct && def.Kind == ast.Object:
		return fmt.Sprintf("%s.Items[%s]", coerce(f), f.Type(elem))
	case t.Elem == nil && def.IsLeafType() && pointer:
		return fmt.Sprintf("%s.Elems(%s.Box[%s])", coerce(f), coerce(f), f.Type(unaliased.(*types.Pointer).Elem()))
	}
	ref := &binder.Ref{GraphQL: t, Def: def, Go: elem}
	return fmt.Sprintf("%s.Elems(%s)", coerce(f), w.boxer(f, ref, elem))
}
