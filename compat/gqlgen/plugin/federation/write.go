package federation

import (
	"fmt"
	"go/types"
	"maps"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"

	"github.com/99designs/gqlgen/codegen"
	"github.com/99designs/gqlgen/internal/gofile"
)

const (
	runtimePath = "github.com/99designs/gqlgen/plugin/federation/fedruntime"
	enginePath  = "github.com/99designs/gqlgen/graphql/engine"
	coercePath  = "github.com/99designs/gqlgen/codegen/coerce"
)

// Write adds federation's file to the executor.
func Write(w *codegen.Writer) error {
	cfg := w.Config
	if !cfg.Federation.IsDefined() {
		return nil
	}
	if filepath.Dir(cfg.Federation.Filename) != cfg.Exec.DirName || cfg.Federation.Package != cfg.Exec.Package {
		return fmt.Errorf("federation.filename: must be in the executor's package, %s", cfg.Exec.DirName)
	}
	f := w.File(cfg.Federation.Filename)
	f.Reserve("key", "keys", "tables", "reps", "query")
	resolverInterface(f, w)
	federate(f, w)
	sdl(f, w)
	return nil
}

func resolverInterface(f *gofile.File, w *codegen.Writer) {
	if len(w.Entities) == 0 {
		return
	}
	f.P("// EntityResolver finds entities for the other subgraphs of a federation.")
	f.P("type EntityResolver interface {")
	for _, entity := range w.Entities {
		for _, key := range entity.Keys {
			f.P("\t%s%s", key.Method, w.EntitySignature(f, entity, key))
		}
	}
	f.P("}\n")
}

func federate(f *gofile.File, w *codegen.Writer) {
	engine, runtime := f.Import(enginePath, "engine"), f.Import(runtimePath, "fedruntime")
	f.P("// federate adds what a router asks a subgraph for.")
	f.P("func (e *executor) federate(tables *%s.Tables) {", engine)
	f.P("\t%s.AddService(tables, serviceSDL())", runtime)
	if len(w.Entities) == 0 {
		f.P("}\n")
		return
	}
	f.P("\t%s.AddEntities(tables, map[string]%s.Type{", runtime, runtime)
	for _, entity := range w.Entities {
		f.P("%q: {", entity.Object.Def.Name)
		for _, key := range entity.Keys {
			writeKey(f, w, entity, key)
		}
		f.P("},")
	}
	f.P("\t})\n}\n")
}

func writeKey(f *gofile.File, w *codegen.Writer, entity *codegen.Entity, key *codegen.Key) {
	runtime, coerce := f.Import(runtimePath, "fedruntime"), f.Import(coercePath, "coerce")
	f.P("{\nFields: []%s.Field{", runtime)
	for _, field := range key.Fields {
		path := make([]string, len(field.Path))
		for i, part := range field.Path {
			path[i] = strconv.Quote(part)
		}
		f.P("%s.NewField(%s, %s, %s),", runtime, w.Decoder(f, field.Arg.Ref), w.Appender(field.Arg.Ref.Model), strings.Join(path, ", "))
	}
	f.P("},")
	ctx := f.Import("context", "context") + ".Context"
	if entity.Multi {
		input := f.Object(w.Binder.ModelPath, w.Config.Model.Package, key.Input)
		f.P("Many: func(ctx %s, keys [][]any) ([]any, error) {", ctx)
		f.P("reps := make([]*%s, len(keys))", input)
		f.P("for i, key := range keys {\nreps[i] = &%s{%s}\n}", input, members(f, key))
		f.P("v, err := e.resolvers.Entity().%s(ctx, reps)", key.Method)
		f.P("return %s.Results(v, func(v %s) any { return %s }), err\n},\n},", coerce, f.Type(entity.Object.Model.Pointer()), box(coerce, entity))
		return
	}
	f.P("One: func(ctx %s, key []any) (any, error) {", ctx)
	f.P("v, err := e.resolvers.Entity().%s(ctx, %s)", key.Method, strings.Join(arguments(f, key), ", "))
	f.P("if err != nil {\nreturn nil, err\n}")
	f.P("return %s, nil\n},\n},", box(coerce, entity))
}

func box(coerce string, entity *codegen.Entity) string {
	if types.IsInterface(entity.Object.Model.Type) {
		return "v"
	}
	return coerce + ".Box(v)"
}

func members(f *gofile.File, key *codegen.Key) string {
	parts := arguments(f, key)
	for i, field := range key.Fields {
		parts[i] = field.GoName + ": " + parts[i]
	}
	return strings.Join(parts, ", ")
}

func arguments(f *gofile.File, key *codegen.Key) []string {
	out := make([]string, len(key.Fields))
	for i, field := range key.Fields {
		out[i] = fmt.Sprintf("key[%d].(%s)", i, f.Type(field.Arg.Ref.Go))
	}
	return out
}

// sdl writes the schema as the router composes it: the schema's files, and what
// makes them a subgraph of federation 2 where they leave it unsaid.
func sdl(f *gofile.File, w *codegen.Writer) {
	var preamble strings.Builder
	if w.Config.Schema.SchemaDirectives.ForName("link") == nil {
		var imports []string
		for _, directive := range federationDirectives(w.Config.Schema) {
			imports = append(imports, strconv.Quote("@"+directive))
		}
		fmt.Fprintf(&preamble, "extend schema @link(url: \"https://specs.apollo.dev/federation/v2.9\", import: [%s])\n\n", strings.Join(imports, ", "))
	}
	if d := w.Config.Schema.Directives["entityResolver"]; d != nil && d.Position.Src.BuiltIn {
		preamble.WriteString("directive @entityResolver(multi: Boolean) on OBJECT\n\n")
	}
	f.P("// serviceSDL is the schema that a router composes, whether or not introspection is allowed.")
	f.P("func serviceSDL() string {")
	f.P("\tvar out %s.Builder", f.Import("strings", "strings"))
	if preamble.Len() > 0 {
		f.P("\tout.WriteString(%q)", preamble.String())
	}
	f.P("\tfor _, source := range sources() {")
	f.P("\t\tif !source.BuiltIn {\n\t\t\tout.WriteString(source.Input)\n\t\t\tout.WriteString(\"\\n\")\n\t\t}\n\t}")
	f.P("\treturn out.String()\n}\n")
}

func federationDirectives(schema *ast.Schema) []string {
	var out []string
	for _, directive := range slices.Sorted(maps.Keys(schema.Directives)) {
		def := schema.Directives[directive]
		if def.Position.Src.Name == directivesName && directive != "entityResolver" && directive != "link" {
			out = append(out, directive)
		}
	}
	return out
}
