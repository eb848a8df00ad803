package codegen

import (
	"fmt"
	"go/types"
	"strconv"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"

	"github.com/99designs/gqlgen/internal/binder"
	"github.com/99designs/gqlgen/internal/gofile"
	"github.com/99designs/gqlgen/internal/name"
)

// params declares arguments, each after a comma.
func params(f *gofile.File, args []*binder.Arg) string {
	var b strings.Builder
	for _, arg := range args {
		fmt.Fprintf(&b, ", %s %s", name.Private(arg.Def.Name), f.Type(arg.Ref.Go))
	}
	return b.String()
}

// getArgs takes decoded arguments out of args, each after a comma.
func (p *printer) getArgs(args []*binder.Arg) string {
	var b strings.Builder
	for _, arg := range args {
		fmt.Fprintf(&b, ", coerce.Get[%s](args, %q)", p.Type(arg.Ref.Go), arg.Def.Name)
	}
	return b.String()
}

// Signature is the parameters and results of a field's resolver.
func (f *Field) Signature(file *gofile.File) string {
	parent, result := "", file.Type(f.Ref.Go)
	switch {
	case f.Batch:
		parent, result = ", objs []"+file.Type(f.Object.Type), "[]"+result
	case f.Object.Stream:
		result = "<-chan " + result
	case f.Object.Type != nil:
		parent = ", obj " + file.Type(f.Object.Type)
	}
	return fmt.Sprintf("(ctx %s%s%s) (%s, error)", file.Object("context", "context", "Context"), parent, params(file, f.Args), result)
}

// call is what answers a field: its resolver, a method or a member of the parent.
func (p *printer) call(f *Field) string {
	parent := ""
	switch {
	case f.Batch:
		parent = "coerce.Parents[" + p.Type(f.Object.Type) + "](parents)"
	case f.Object.Type != nil:
		parent = "parent.(" + p.Type(f.Object.Type) + ")"
	}
	args := p.getArgs(f.Args)
	switch {
	case f.Access == nil && parent == "":
		return fmt.Sprintf("e.Resolvers.%s().%s(ctx%s)", f.Object.GoName, f.GoName, args)
	case f.Access == nil:
		return fmt.Sprintf("e.Resolvers.%s().%s(ctx, %s%s)", f.Object.GoName, f.GoName, parent, args)
	case !f.Access.Method:
		return parent + "." + f.Access.Name
	case f.Access.Context:
		return fmt.Sprintf("%s.%s(ctx%s)", parent, f.Access.Name, args)
	}
	return fmt.Sprintf("%s.%s(%s)", parent, f.Access.Name, strings.TrimPrefix(args, ", "))
}

// Fails reports whether the call of a field has an error.
func (f *Field) Fails() bool { return f.Access == nil || f.Access.Error }

// Waits reports whether a field may wait for something, so that it runs beside others.
func (f *Field) Waits() bool { return f.Access == nil || f.Access.Context }

// IsMethod reports whether a field is read by calling a method.
func (f *Field) IsMethod() bool { return !f.Waits() && f.Access.Method }

// Inline reports whether a leaf can be written without more ado.
func (f *Field) Inline() bool {
	return !f.Waits() && !f.Fails() && len(f.Args) == 0 && f.Ref.GraphQL.Elem == nil && f.Ref.Def.IsLeafType() && !f.Ref.Model.Fallible()
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
		return "coerce.List(" + decoder(level.Elem, elemOf(t), one) + ")"
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

// elemOf is the element of a slice.
func elemOf(t types.Type) types.Type { return t.Underlying().(*types.Slice).Elem() }

// byValue reports whether a type is an object's struct and no pointer to it.
func byValue(ref *binder.Ref) bool {
	return ref.GraphQL.Elem == nil && ref.Def.Kind == ast.Object && !isPointer(ref.Go) && !types.IsInterface(ref.Go)
}

// box is an expression for a value as the engine takes it.
func (p *printer) box(ref *binder.Ref, expr string) string {
	_, named := types.Unalias(ref.Go).(*types.Named)
	switch {
	case ref.GraphQL.Elem != nil && named:
		return fmt.Sprintf("[]%s(%s)", p.Type(elemOf(ref.Go)), expr)
	case ref.GraphQL.Elem != nil, ref.Def.IsLeafType():
		return expr
	case ref.Def.IsAbstractType():
		return "box(" + expr + ")"
	case byValue(ref):
		return "coerce.Address(" + expr + ")"
	case isPointer(ref.Go):
		return "coerce.Box(" + expr + ")"
	}
	return expr
}

// boxer is an expression for a function that boxes values of a type.
func (p *printer) boxer(ref *binder.Ref) string {
	if pointer, ok := types.Unalias(ref.Go).(*types.Pointer); ok {
		return "coerce.Box[" + p.Type(pointer.Elem()) + "]"
	}
	return fmt.Sprintf("func(v %s) any { return %s }", p.Type(ref.Go), p.box(ref, "v"))
}

// value is a literal that tells how values of a type are completed.
func (p *printer) value(ref *binder.Ref) string {
	out := fmt.Sprintf("&engine.Value{Type: %q", ref.GraphQL.Name())
	if ref.GraphQL.NonNull {
		out += ", NonNull: true"
	}
	switch {
	case ref.GraphQL.Elem != nil:
		elem := &binder.Ref{GraphQL: ref.GraphQL.Elem, Def: ref.Def, Go: elemOf(ref.Go), Model: ref.Model}
		elems := "coerce.Elems(" + p.boxer(elem) + ")"
		if byValue(elem) {
			elems = "coerce.Items[" + p.Type(elem.Go) + "]"
		}
		out += ", Elems: " + elems + ", Elem: " + p.value(elem)
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
func comment(text string) string {
	if text == "" {
		return ""
	}
	return "// " + strings.ReplaceAll(text, "\n", "\n// ") + "\n"
}
