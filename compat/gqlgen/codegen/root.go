package codegen

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/99designs/gqlgen/internal/gofile"
)

// root writes what the schema's files share: the configuration, the constructor, the
// schema itself and the leaves.
func (w *Writer) root(f *gofile.File) {
	w.config(f)
	w.constructor(f)
	w.objectOf(f)
	w.complexity(f)
	w.writeLeaves(f)
	w.sources(f)
}

func (w *Writer) config(f *gofile.File) {
	astPackage := f.Import("github.com/vektah/gqlparser/v2/ast", "ast")
	f.P("// Config is what an executable schema is made of.")
	f.P("type Config struct {")
	f.P("\t// Schema replaces the schema that the code was generated from, where it is set.")
	f.P("\tSchema *%s.Schema", astPackage)
	f.P("\tResolvers ResolverRoot\n\tDirectives DirectiveRoot\n\tComplexity ComplexityRoot\n}\n")

	f.P("// ResolverRoot gives the resolvers of each type that has any.")
	f.P("type ResolverRoot interface {")
	for _, o := range w.ResolverObjects() {
		f.P("\t%s() %sResolver", goTypeName(o), goTypeName(o))
	}
	if len(w.Entities) > 0 {
		f.P("\tEntity() EntityResolver")
	}
	f.P("}\n")

	f.P("// DirectiveRoot holds the functions of directives; the schema has none that need one.")
	f.P("type DirectiveRoot struct{}\n")

	f.P("// ComplexityRoot holds functions that work out what a field costs. A field")
	f.P("// without one costs one and its children.")
	f.P("type ComplexityRoot struct {")
	for _, o := range w.Objects {
		f.P("\t%s struct {", goTypeName(o))
		for _, field := range o.Fields {
			f.P("\t\t%s func(%s) int", field.GoName, strings.Join(append([]string{"childComplexity int"}, parameters(f, field)...), ", "))
		}
		f.P("\t}")
	}
	f.P("}\n")
}

func parameters(f *gofile.File, field *Field) []string {
	out := make([]string, len(field.Args))
	for i, arg := range field.Args {
		out[i] = arg.GoName + " " + argType(f, arg.Ref)
	}
	return out
}

func (w *Writer) constructor(f *gofile.File) {
	f.P("// executor resolves the schema's fields through the resolvers it was given.")
	f.P("type executor struct {\n\tresolvers ResolverRoot\n\tcosts ComplexityRoot\n}\n")

	f.P("// NewExecutableSchema joins the schema and its resolvers.")
	f.P("func NewExecutableSchema(cfg Config) %s.ExecutableSchema {", f.Import(graphqlPath, "graphql"))
	f.P("\te := &executor{resolvers: cfg.Resolvers, costs: cfg.Complexity}")
	f.P("\tschema := cfg.Schema")
	f.P("\tif schema == nil {")
	f.P("\t\tschema = %s.MustLoadSchema(sources()...)", f.Import("github.com/vektah/gqlparser/v2", "gqlparser"))
	f.P("\t}")
	f.P("\ttables := &%s.Tables{", engine(f))
	f.P("\t\tSchema: schema,\n\t\tObjectOf: objectOf,\n\t\tComplexity: e.complexity,")
	f.P("\t\tObjects: map[string]*%s.Object{", engine(f))
	for _, o := range w.Objects {
		f.P("\t\t\t%q: e.object%s(),", o.Def.Name, goTypeName(o))
	}
	f.P("\t\t},\n\t}")
	if w.Config.Federation.IsDefined() {
		f.P("\te.federate(tables)")
	}
	f.P("\treturn %s.New(tables)\n}\n", engine(f))
}

// objectOf writes the function that tells which object type a Go value is.
func (w *Writer) objectOf(f *gofile.File) {
	var members []*Object
	for _, a := range w.Abstracts {
		members = append(members, a.Members...)
	}
	for _, entity := range w.Entities {
		members = append(members, entity.Object)
	}
	slices.SortFunc(members, func(a, b *Object) int { return cmp.Compare(a.Def.Name, b.Def.Name) })
	f.P("func objectOf(value any) string {\n\tswitch value.(type) {")
	for _, o := range slices.Compact(members) {
		f.P("\tcase %s:\n\t\treturn %q", f.Type(o.Model.Pointer()), o.Def.Name)
	}
	f.P("\t}\n\treturn \"\"\n}\n")
}

func (w *Writer) complexity(f *gofile.File) {
	f.P("func (e *executor) complexity(_ %s, object, field string, childComplexity int, args map[string]any) (int, bool) {", ctx(f))
	f.P("\tswitch object + \".\" + field {")
	for _, o := range w.Objects {
		for _, field := range o.Fields {
			function := "e.costs." + goTypeName(o) + "." + field.GoName
			params := []string{"childComplexity"}
			for _, arg := range field.Args {
				params = append(params, getArg(f, arg))
			}
			f.P("\tcase %q:\n\t\tif %s != nil {", o.Def.Name+"."+field.Def.Name, function)
			f.P("\t\t\treturn %s(%s), true\n\t\t}", function, strings.Join(params, ", "))
		}
	}
	f.P("\t}\n\treturn 0, false\n}\n")
}

// sources writes the schema's files into the code, so that a server needs none beside it.
func (w *Writer) sources(f *gofile.File) {
	astPackage := f.Import("github.com/vektah/gqlparser/v2/ast", "ast")
	f.P("func sources() []*%s.Source {\n\treturn []*%s.Source{", astPackage, astPackage)
	for _, source := range w.Config.Sources {
		builtIn := ""
		if source.BuiltIn {
			builtIn = ", BuiltIn: true"
		}
		f.P("\t\t{Name: %q, Input: %s%s},", source.Name, quoted(source.Input), builtIn)
	}
	f.P("\t}\n}\n")
}

// quoted prefers a raw literal, which a reader can read.
func quoted(s string) string {
	if !strings.ContainsAny(s, "`\r\ufeff") {
		return "`" + s + "`"
	}
	parts := strings.Split(s, "`")
	for i, part := range parts {
		if strings.ContainsAny(part, "\r\ufeff") {
			parts[i] = strconv.Quote(part)
		} else {
			parts[i] = "`" + part + "`"
		}
	}
	return strings.Join(parts, " + \"`\" + ")
}
