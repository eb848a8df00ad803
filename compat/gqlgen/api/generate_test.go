package api_test

import (
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/99designs/gqlgen/api"
	"github.com/99designs/gqlgen/codegen/config"
)

func TestTheLibraryIsAsTheGeneratorWritesIt(t *testing.T) {
	dir := filepath.Join("..", "codegen", "testserver")
	before := snapshot(t, dir)
	cfg, err := config.Load(filepath.Join(dir, "gqlgen.yml"))
	if err != nil {
		t.Fatal(err)
	}
	if err := api.Generate(cfg, io.Discard); err != nil {
		t.Fatal(err)
	}
	for _, name := range changed(before, snapshot(t, dir)) {
		t.Errorf("%s was not as generated", name)
		if content, ok := before[name]; ok {
			err = os.WriteFile(name, content, 0o644)
		} else {
			err = os.Remove(name)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}

func TestGeneratingTwiceChangesNothing(t *testing.T) {
	s := newScratch(t, map[string]string{"a.graphqls": `type Query { thing(id: ID!): Thing } type Thing { id: ID! parts(first: Int): [Thing!]! }`})
	s.mustGenerate()
	s.mustVet()
	before := snapshot(t, s.dir)
	s.mustGenerate()
	if names := changed(before, snapshot(t, s.dir)); len(names) > 0 {
		t.Errorf("the second time changed %v", names)
	}
}

func TestWritingEverythingAnewIsTheSame(t *testing.T) {
	s := newScratch(t, map[string]string{
		"a.graphqls": `type Query { things(in: In, of: Kind): [Thing!]! } union Thing = A | B type A { b: B } type B { c: Kind } enum Kind { X Y } input In { a: Int }`,
	})
	s.mustGenerate()
	before := snapshot(t, s.dir)
	for _, dir := range []string{"generated", "model", "resolvers"} {
		if err := os.RemoveAll(filepath.Join(s.dir, dir)); err != nil {
			t.Fatal(err)
		}
	}
	s.mustGenerate()
	if names := changed(before, snapshot(t, s.dir)); len(names) > 0 {
		t.Errorf("written anew, %v came out otherwise", names)
	}
}

func TestModelsFollowTheSchema(t *testing.T) {
	s := newScratch(t, map[string]string{"a.graphqls": `type Query { a: Old } type Old { b: Int! }`})
	s.mustGenerate()
	s.mustContain("model/models_gen.go", "type Old struct")
	s.write("a.graphqls", `type Query { a: New } type New { c: Int! }`)
	s.mustGenerate()
	s.mustContain("model/models_gen.go", "type New struct")
	if strings.Contains(s.read("model/models_gen.go"), "Old") {
		t.Error("the model of a type that is gone is left")
	}
}

const domain = `package domain

type Thing struct {
	Ident string
	Level Level
}

type Level int

const (
	Low Level = iota
	High
)
`

func TestTheSchemaConfiguresItsGeneration(t *testing.T) {
	s := newScratch(t, map[string]string{
		"domain/domain.go": domain,
		"a.graphqls": `directive @goModel(model: String, models: [String!]) on OBJECT | ENUM
directive @goField(forceResolver: Boolean, name: String, omittable: Boolean, batch: Boolean) on FIELD_DEFINITION | INPUT_FIELD_DEFINITION
directive @goTag(key: String!, value: String) repeatable on INPUT_FIELD_DEFINITION
directive @goEnum(value: String) on ENUM_VALUE
type Query { thing(in: In): Thing }
type Thing @goModel(models: ["scratch/domain.Thing"]) {
  id: ID! @goField(name: "ident")
  level: Level!
  parts: [Int!]! @goField(forceResolver: true, batch: true)
}
enum Level @goModel(model: "scratch/domain.Level") {
  LOW @goEnum(value: "scratch/domain.Low")
  HIGH @goEnum(value: "scratch/domain.High")
}
input In { a: Int @goField(omittable: true) @goTag(key: "db") @goTag(key: "x", value: "y") }
`,
	})
	s.mustGenerate()
	s.mustContain("generated/a.generated.go", "parent.(*domain.Thing).Ident", "parent.(*domain.Thing).Level")
	s.mustContain("generated/root_.generated.go", "case domain.High:")
	s.mustContain("resolvers/a.resolvers.go", "Parts(ctx context.Context, objs []*domain.Thing) ([][]int, error)")
	s.mustContain("model/models_gen.go", "A graphql.Omittable[*int] `json:\"a,omitzero\" db:\"a\" x:\"y\"`")
}

func TestAnObjectMayBeAnInterfaceOfGo(t *testing.T) {
	s := newScratch(t, map[string]string{
		"domain/domain.go": "package domain\n\ntype Named interface{ Name() string }\n\ntype Thing struct{ Size int }\n\nfunc (Thing) IsU() {}\n",
		"gqlgen.yml":       configuration + "models: {Named: {model: scratch/domain.Named}, Thing: {model: scratch/domain.Thing}}\n",
		"a.graphqls":       `type Query { named: Named! all: [Named!]! u: U } type Named { name: String! size: Int } type Thing { size: Int! } union U = Thing`,
	})
	s.mustGenerate()
	s.mustContain("generated/a.generated.go", "parent.(domain.Named).Name()")
	s.mustContain("resolvers/a.resolvers.go", "Named(ctx context.Context) (domain.Named, error)", "Size(ctx context.Context, obj domain.Named) (*int, error)")
}

func TestASubgraphNeedNotHaveEntities(t *testing.T) {
	s := newScratch(t, map[string]string{
		"gqlgen.yml": configuration + "federation: {filename: generated/federation.go, package: generated, version: 2}\n",
		"a.graphqls": `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@shareable"]) type Query { a: Int! @shareable }`,
	})
	s.mustGenerate()
	if text := s.read("generated/federation.go"); !strings.Contains(text, "AddService") || strings.Contains(text, "AddEntities") {
		t.Errorf("want the service alone:\n%s", text)
	}
}

func TestTheConfigurationHasTheLastWord(t *testing.T) {
	s := newScratch(t, map[string]string{
		"domain/domain.go": domain,
		"gqlgen.yml":       configuration + "models: {Thing: {model: scratch/domain.Thing, fields: {id: {resolver: true}}}}\n",
		"a.graphqls": `directive @goModel(model: String) on OBJECT
directive @goField(name: String) on FIELD_DEFINITION
type Query { thing: Thing } type Thing @goModel(model: "scratch/domain.Level") { id: ID! @goField(name: "ident") }`,
	})
	s.mustGenerate()
	s.mustContain("resolvers/a.resolvers.go", "ID(ctx context.Context, obj *domain.Thing) (string, error)")
}

func TestWhatDoesNotFitBecomesAResolverAndIsTold(t *testing.T) {
	s := newScratch(t, map[string]string{
		"domain/domain.go": domain,
		"gqlgen.yml":       configuration + "autobind: [scratch/domain]\n",
		"a.graphqls":       `type Query { thing: Thing } type Thing { ident: Int! }`,
	})
	cfg, err := config.Load(filepath.Join(s.dir, "gqlgen.yml"))
	if err != nil {
		t.Fatal(err)
	}
	var notes strings.Builder
	if err := api.Generate(cfg, &notes); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(notes.String(), "Thing.ident") {
		t.Errorf("told %q, want word of Thing.ident", notes.String())
	}
	s.mustContain("resolvers/a.resolvers.go", "Ident(ctx context.Context, obj *domain.Thing) (int, error)")
}

func TestSchemaGlobsReachIntoFolders(t *testing.T) {
	s := newScratch(t, map[string]string{
		"gqlgen.yml":               strings.Replace(configuration, `["*.graphqls"]`, `["schema/**/*.graphqls"]`, 1),
		"schema/a.graphqls":        `type Query { a: Int! }`,
		"schema/deep/b.graphqls":   `extend type Query { b: Int! }`,
		"schema/deep/c/d.graphqls": `extend type Query { d: Int! }`,
	})
	s.mustGenerate()
	for _, want := range []string{"a", "b", "d"} {
		if s.read("resolvers/"+want+".resolvers.go") == "" {
			t.Errorf("no resolvers for %s.graphqls", want)
		}
	}
}

func TestGeneratedFilesOfASchemaFileThatIsGoneAreRemoved(t *testing.T) {
	s := newScratch(t, map[string]string{"a.graphqls": `type Query { a: Int! }`, "b.graphqls": `extend type Query { b: B! } type B { c: Int! }`})
	s.mustGenerate()
	if s.read("generated/b.generated.go") == "" || s.read("resolvers/b.resolvers.go") == "" {
		t.Fatal("b has no files to begin with")
	}
	if err := os.Remove(filepath.Join(s.dir, "b.graphqls")); err != nil {
		t.Fatal(err)
	}
	s.mustGenerate()
	if s.read("generated/b.generated.go") != "" || s.read("resolvers/b.resolvers.go") != "" {
		t.Error("files of b are left")
	}
}

func TestWhatIsNotSupportedIsNamed(t *testing.T) {
	const (
		query      = "type Query { a: Int! }"
		federation = "federation: {filename: generated/f.go, package: generated, version: 2}"
		link       = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"]) `
	)
	for _, c := range []struct{ name, config, schema, want string }{
		{"a key of gqlgen.yml", "omit_root_models: true", query, "omit_root_models"},
		{"a nested key", "directives: {a: {implementation: b}}", query, "implementation"},
		{"pointers in models", "struct_fields_always_pointers: false", query, "struct_fields_always_pointers"},
		{"pointers in lists", "omit_slice_element_pointers: true", query, "omit_slice_element_pointers"},
		{"results of resolvers", "resolvers_always_return_pointers: false", query, "resolvers_always_return_pointers"},
		{"a block of imports", "local_prefix: scratch", query, "local_prefix"},
		{"going without a check", "skip_validation: true", query, "skip_validation"},
		{"going without go mod tidy", "skip_mod_tidy: true", query, "skip_mod_tidy"},
		{"getters", "", query + " interface N { id: ID! }", "omit_getters"},
		{"an old federation", "federation: {filename: generated/f.go, package: generated, version: 1}", query, "federation.version"},
		{"batch without resolver", "models: {A: {fields: {b: {batch: true}}}}", query, "models.A.fields.b"},
		{"a field that the schema has not", "models: {Query: {fields: {b: {resolver: true}}}}", query, "models.Query.fields.b"},
		{"a batch of root fields", "models: {Query: {fields: {a: {resolver: true, batch: true}}}}", query, "root field"},
		{"a model that is no type", "models: {D: {model: 'map[string]any'}}", query + " scalar D extend type Query { d: D }", "models.D"},
		{"a scalar without model", "", query + " scalar D extend type Query { d: D }", "models.D.model"},
		{"a package without the type", "models: {D: {model: time.Nothing}}", query + " scalar D extend type Query { d: D }", "Nothing"},
		{
			"an argument of @goModel", "",
			query + ` directive @goModel(forceGenerate: Boolean) on OBJECT type T @goModel(forceGenerate: true) { a: Int }`, "forceGenerate",
		},
		{"a directive of objects with a function", "", `directive @role on FIELD_DEFINITION | OBJECT type Query { a: Int! @role }`, "directives.role.skip_runtime"},
		{"a directive of arguments with a function", "", `directive @role on ARGUMENT_DEFINITION type Query { a(b: Int @role): Int! }`, "@role"},
		{"a directive of operations with a function", "", `directive @role on QUERY type Query { a: Int! }`, "@role"},
		{"a function around an interface's field", "omit_getters: true", `directive @role on FIELD_DEFINITION ` + query + ` interface I { a: Int! @role }`, "models.I.fields.a"},
		{"a function around a batch", "models: {A: {fields: {b: {resolver: true, batch: true}}}}",
			`directive @role on FIELD_DEFINITION type Query { a: A } type A { b: Int @role }`, "models.A.fields.b"},
		{"a function around events", "", `directive @role on FIELD_DEFINITION ` + query + ` type Subscription { e: Int @role }`, "models.Subscription.fields.e"},
		{"@requires", federation, link + query + ` type T @key(fields: "id") { id: ID! a: Int @requires(fields: "b") }`, "requires"},
		{"two types of one Go type", "models: {A: {model: scratch/domain.Thing}, B: {model: scratch/domain.Thing}}",
			query + " union U = A | B type A { ident: String! } type B { ident: String! } extend type Query { u: U }", "duplicate case"},
		{"a package that is not there", "autobind: [scratch/nowhere]", query, "scratch/nowhere"},
		{"a key that is no field", federation, link + query + ` type T @key(fields: "b") { id: ID! }`, "no field b"},
		{"federation without @link", federation, query + ` type T @key(fields: "id") { id: ID! }`, "@link"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := newScratch(t, map[string]string{"a.graphqls": c.schema, "domain/domain.go": domain, "gqlgen.yml": configuration + c.config + "\n"})
			err := s.generate()
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("error %v, want one that names %s", err, c.want)
			}
		})
	}
}

func TestOtherLayoutsAreRefused(t *testing.T) {
	for _, c := range []struct{ old, replacement, want string }{
		{"layout: follow-schema, dir: generated", "filename: generated/generated.go", "filename"},
		{"layout: follow-schema, dir: generated", "layout: single-file, dir: generated", "exec"},
		{"layout: follow-schema, dir: resolvers", "layout: single-file, dir: resolvers", "resolver"},
		{"resolver: {layout: follow-schema, dir: resolvers, package: resolvers}", "", "resolver"},
		{"package: resolvers", "package: resolvers, filename_template: '{name}.go'", "filename_template"},
		{"package: resolvers", "package: resolvers, type: Root", "type"},
		{"filename: model/models_gen.go, ", "", "filename"},
		{", package: generated", "", "package"},
	} {
		t.Run(c.old+" is "+c.replacement, func(t *testing.T) {
			s := newScratch(t, map[string]string{"a.graphqls": "type Query { a: Int! }"})
			s.edit("gqlgen.yml", c.old, c.replacement)
			if err := s.generate(); err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("error %v, want one that names %s", err, c.want)
			}
		})
	}
}

func TestModelsFollowTheirOptions(t *testing.T) {
	const schema = `directive @goField(name: String, omittable: Boolean) on INPUT_FIELD_DEFINITION | FIELD_DEFINITION
type Query { node(input: In!): Node }
interface Node { id: ID! }
type Leaf implements Node { id: ID! next: Other! all: [Leaf!]! title: String @goField(name: "heading") }
input In { a: Int b: Int! c: String @goField(omittable: false) d: In }
type Other { id: ID! }
`
	for _, c := range []struct {
		name, config string
		want         []string
	}{
		{"by default", "", []string{"Next *Other ", "All []*Leaf ", "Heading *string ", "IsNode()", "A *int "}},
		{"nullable_input_omittable", "nullable_input_omittable: true", []string{"A graphql.Omittable[*int] ", "B int ", "C *string ", "D graphql.Omittable[*In] "}},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := newScratch(t, map[string]string{"a.graphqls": schema, "gqlgen.yml": configuration + "omit_getters: true\n" + c.config + "\n"})
			s.mustGenerate()
			models := strings.Join(strings.Fields(s.read("model/models_gen.go")), " ")
			for _, want := range c.want {
				if !strings.Contains(models, want) {
					t.Errorf("no %q in\n%s", want, s.read("model/models_gen.go"))
				}
			}
			s.mustVet()
		})
	}
}

func TestWhatDoesNotCompileIsTold(t *testing.T) {
	s := newScratch(t, map[string]string{
		"a.graphqls":            `type Query { a: Int! }`,
		"resolvers/resolver.go": "package resolvers\n\ntype Resolver struct{ missing Missing }\n",
	})
	if err := s.generate(); err == nil || !strings.Contains(err.Error(), "Missing") {
		t.Errorf("error %v, want one that names Missing", err)
	}
	if s.read("generated/root_.generated.go") == "" || s.read("resolvers/a.resolvers.go") == "" {
		t.Error("nothing was written to begin with")
	}
}
