package codegen

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"

	"github.com/99designs/gqlgen/internal/gofile"
	"github.com/99designs/gqlgen/internal/name"
)

// input writes the function that reads an input object into its struct.
func (w *Writer) input(f *gofile.File, in *Input) {
	f.P("func %s(ctx %s, v any) (%s, error) {", w.reader(in.Model), ctx(f), f.Type(in.Model.Type))
	f.P("var out %s", f.Type(in.Model.Type))
	f.P("fields, err := %s.Object(v)", coerce(f))
	f.P("if err != nil {\nreturn out, err\n}")
	for _, field := range in.Fields {
		call := "Field"
		argument := ""
		switch {
		case field.Def.DefaultValue != nil:
			call, argument = "FieldOr", constantValue(field.Def.DefaultValue)+", "
		case field.Def.Type.NonNull:
			call = "Required"
		}
		f.P("if err := %s.%s(ctx, fields, %q, %s%s, &out.%s); err != nil {\nreturn out, err\n}",
			coerce(f), call, field.Def.Name, argument, w.Decoder(f, field.Ref), field.Member)
	}
	f.P("return out, nil\n}\n")
}

// constantValue writes a default of the schema as Go, in the form in which values arrive.
func constantValue(v *ast.Value) string {
	switch v.Kind {
	case ast.NullValue:
		return "nil"
	case ast.IntValue:
		return "int64(" + v.Raw + ")"
	case ast.FloatValue:
		return "float64(" + v.Raw + ")"
	case ast.BooleanValue:
		return v.Raw
	case ast.ListValue:
		parts := make([]string, len(v.Children))
		for i, child := range v.Children {
			parts[i] = constantValue(child.Value)
		}
		return "[]any{" + strings.Join(parts, ", ") + "}"
	case ast.ObjectValue:
		parts := make([]string, len(v.Children))
		for i, child := range v.Children {
			parts[i] = fmt.Sprintf("%q: %s", child.Name, constantValue(child.Value))
		}
		return "map[string]any{" + strings.Join(parts, ", ") + "}"
	}
	return strconv.Quote(v.Raw)
}

// abstract writes the function that boxes values of an interface or union: structs
// become pointers and nil pointers nil.
func (w *Writer) abstract(f *gofile.File, a *Abstract) {
	f.P("func box%s(value any) any {", name.Go(a.Def.Name))
	f.P("switch v := value.(type) {")
	for _, member := range a.Members {
		f.P("case %s:", f.Type(member.Model.Pointer()))
		if f.Type(member.Model.Pointer()) == f.Type(member.Model.Type) {
			f.P("return v")
			continue
		}
		f.P("return %s.Box(v)", coerce(f))
		f.P("case %s:\nreturn &v", f.Type(member.Model.Type))
	}
	f.P("}\nreturn value\n}\n")
}
