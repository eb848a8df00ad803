package modelgen

import (
	"strings"

	"github.com/vektah/gqlparser/v2/ast"

	"github.com/99designs/gqlgen/internal/name"
)

// enum writes an enum as a string type. Its errors name the type and never repeat
// the value, which somebody may have typed into the wrong field.
func (g *generator) enum(def *ast.Definition) {
	goName := name.Go(def.Name)
	f := g.file
	g.comment("", def.Description)
	f.P("type %s string\n", goName)
	f.P("const (")
	for _, value := range def.EnumValues {
		g.comment("\t", value.Description)
		f.P("\t%s %s = %q", goName+name.Go(value.Name), goName, value.Name)
	}
	f.P(")\n")

	f.P("// All%s lists every %s in the schema's order.", goName, goName)
	f.P("var All%s = []%s{", goName, goName)
	for _, value := range def.EnumValues {
		f.P("\t%s,", goName+name.Go(value.Name))
	}
	f.P("}\n")

	f.P("// IsValid reports whether e is a value of the schema.")
	f.P("func (e %s) IsValid() bool {", goName)
	f.P("\tswitch e {")
	var values []string
	for _, value := range def.EnumValues {
		values = append(values, goName+name.Go(value.Name))
	}
	f.P("\tcase %s:", strings.Join(values, ", "))
	f.P("\t\treturn true\n\t}\n\treturn false\n}\n")

	f.P("func (e %s) String() string { return string(e) }\n", goName)

	f.P("// UnmarshalGQL reads a value of the schema.")
	f.P("func (e *%s) UnmarshalGQL(v any) error {", goName)
	f.P("\ttext, ok := v.(string)")
	f.P("\tif !ok || !%s(text).IsValid() {", goName)
	f.P("\t\treturn %s.New(%q)", f.Import("errors", "errors"), "not a valid "+def.Name)
	f.P("\t}")
	f.P("\t*e = %s(text)", goName)
	f.P("\treturn nil\n}\n")

	f.P("// MarshalGQL writes the value.")
	f.P("func (e %s) MarshalGQL(w %s.Writer) {", goName, f.Import("io", "io"))
	f.P("\t%s.Fprint(w, %s.Quote(string(e)))", f.Import("fmt", "fmt"), f.Import("strconv", "strconv"))
	f.P("}\n")
}
