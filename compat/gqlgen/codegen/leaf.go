package codegen

import (
	"fmt"
	"go/types"
	"maps"
	"slices"
	"strconv"

	"github.com/vektah/gqlparser/v2/ast"

	"github.com/99designs/gqlgen/internal/binder"
	"github.com/99designs/gqlgen/internal/gofile"
	"github.com/99designs/gqlgen/internal/name"
)

// suffix names a model within its GraphQL type: nothing for the default, a number for the others.
func (w *Writer) suffix(m *binder.Model) string {
	if i := slices.Index(w.Binder.Models(m.GraphQL), m); i > 0 {
		return name.Go(m.GraphQL) + strconv.Itoa(i+1)
	}
	return name.Go(m.GraphQL)
}

// Appender is the name of the function that writes a leaf.
func (w *Writer) Appender(m *binder.Model) string {
	key := w.suffix(m)
	w.writers[key] = m
	return "append" + key
}

// reader is the name of the function that reads a leaf or an input object.
func (w *Writer) reader(m *binder.Model) string {
	key := w.suffix(m)
	if m.Form != binder.Plain {
		w.readers[key] = m
	}
	return "decode" + key
}

// Decoder is an expression for the function that reads values of a type.
func (w *Writer) Decoder(f *gofile.File, ref *binder.Ref) string {
	expr := w.decoderOf(f, ref.GraphQL, ref.Go, w.reader(ref.Model))
	if ref.Omittable {
		return fmt.Sprintf("%s.Omittable(%s)", coerce(f), expr)
	}
	return expr
}

func (w *Writer) decoderOf(f *gofile.File, level *ast.Type, t types.Type, leaf string) string {
	expr := leaf
	switch u := types.Unalias(t).(type) {
	case *types.Pointer:
		expr = fmt.Sprintf("%s.Pointer(%s)", coerce(f), leaf)
	case *types.Slice:
		if level.Elem == nil {
			break
		}
		expr = fmt.Sprintf("%s.List(%s)", coerce(f), w.decoderOf(f, level.Elem, u.Elem(), leaf))
	}
	switch {
	case expr == leaf && !level.NonNull:
		return fmt.Sprintf("%s.OrZero(%s)", coerce(f), expr)
	case expr != leaf && level.NonNull:
		return fmt.Sprintf("%s.NotNull(%s)", coerce(f), expr)
	}
	return expr
}

// appendForm is an expression (dst, ok) that writes v where that cannot fail; the
// empty string where it can.
func (w *Writer) appendForm(f *gofile.File, m *binder.Model, v string) string {
	switch m.BuiltIn() {
	case "String", "ID":
		return fmt.Sprintf("%s.AppendString(dst, %s), true", engine(f), v)
	case "Int", "Int32", "Int64":
		return fmt.Sprintf("%s.AppendInt(dst, %s), true", engine(f), v)
	case "Boolean":
		return fmt.Sprintf("%s.AppendBool(dst, %s), true", engine(f), v)
	}
	switch {
	case m.Form == binder.Text, m.Form == binder.Methods && m.Generated:
		return fmt.Sprintf("%s.AppendString(dst, string(%s)), true", engine(f), v)
	case m.MarshalContext:
		return ""
	case m.Form == binder.Methods:
		return fmt.Sprintf("%s.AppendMarshaler(dst, &%s)", engine(f), v)
	case m.Form == binder.Functions:
		return fmt.Sprintf("%s.AppendMarshaler(dst, %s(%s))", engine(f), f.Object(m.Package.Path(), m.Package.Name(), "Marshal"+m.Name), v)
	}
	return ""
}

// writeLeaves writes the functions that read and write leaves.
func (w *Writer) writeLeaves(f *gofile.File) {
	for _, key := range slices.Sorted(maps.Keys(w.readers)) {
		w.writeReader(f, "decode"+key, w.readers[key])
	}
	for _, key := range slices.Sorted(maps.Keys(w.writers)) {
		w.writeAppender(f, "append"+key, w.writers[key])
	}
}

func (w *Writer) writeReader(f *gofile.File, function string, m *binder.Model) {
	f.P("func %s(ctx %s, v any) (%s, error) {", function, ctx(f), f.Type(m.Type))
	refused := fmt.Sprintf("%s.Refused(%q, v, err)", coerce(f), m.GraphQL)
	switch m.Form {
	case binder.Functions:
		args := "v"
		if m.UnmarshalContext {
			args = "ctx, v"
		}
		f.P("out, err := %s(%s)", f.Object(m.Package.Path(), m.Package.Name(), "Unmarshal"+m.Name), args)
	case binder.Methods:
		f.P("var out %s", f.Type(m.Type))
		if m.UnmarshalContext {
			f.P("err := out.UnmarshalGQLContext(ctx, v)")
		} else {
			f.P("err := out.UnmarshalGQL(v)")
		}
	case binder.Text:
		f.P("text, err := %s.UnmarshalString(v)", f.Import(graphqlPath, "graphql"))
		f.P("out := %s(text)", f.Type(m.Type))
	case binder.Constants:
		w.readConstants(f, m)
		return
	}
	f.P("return out, %s\n}\n", refused)
}

func (w *Writer) readConstants(f *gofile.File, m *binder.Model) {
	f.P("switch v {")
	for _, value := range slices.Sorted(maps.Keys(m.Values)) {
		f.P("case %q:\nreturn %s, nil", value, constant(f, m.Values[value]))
	}
	f.P("}")
	f.P("var none %s", f.Type(m.Type))
	f.P("return none, %s.New(%q)\n}\n", f.Import("errors", "errors"), "is not a valid "+m.GraphQL)
}

func constant(f *gofile.File, o types.Object) string {
	return f.Object(o.Pkg().Path(), o.Pkg().Name(), o.Name())
}

func (w *Writer) writeAppender(f *gofile.File, function string, m *binder.Model) {
	f.P("func %s(ctx %s, dst []byte, value any) ([]byte, bool, error) {", function, ctx(f))
	f.P("v, ok, err := %s.Leaf[%s](value)", coerce(f), f.Type(m.Type))
	f.P("if !ok {\nreturn dst, false, err\n}")
	form := w.appendForm(f, m, "v")
	marshalFunction := ""
	if m.Form == binder.Functions {
		marshalFunction = f.Object(m.Package.Path(), m.Package.Name(), "Marshal"+m.Name) + "(v)"
	}
	switch {
	case m.BuiltIn() == "Float" || m.BuiltIn() == "FloatContext":
		f.P("dst, err = %s.AppendFloat(dst, v)", engine(f))
		f.P("return dst, err == nil, err\n}\n")
	case form != "" && m.Form == binder.Functions && m.BuiltIn() != "", m.Form == binder.Text, m.Generated:
		f.P("return %s, nil\n}\n", form)
	case form != "":
		f.P("dst, ok = %s", form)
		f.P("return dst, ok, nil\n}\n")
	case m.Form == binder.Constants:
		f.P("switch v {")
		for _, value := range slices.Sorted(maps.Keys(m.Values)) {
			f.P("case %s:\nreturn %s.AppendString(dst, %q), true, nil", constant(f, m.Values[value]), engine(f), value)
		}
		f.P("}")
		f.P("return dst, false, %s.New(%q)\n}\n", f.Import("errors", "errors"), "a value that is not of "+m.GraphQL)
	case m.Form == binder.Functions:
		f.P("return %s.AppendContextMarshaler(ctx, dst, %s)\n}\n", engine(f), marshalFunction)
	default:
		f.P("return %s.AppendContextMarshaler(ctx, dst, &v)\n}\n", engine(f))
	}
}
