package binder_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"os"
	"path/filepath"
	"strings"
	"testing"

	gql "github.com/vektah/gqlparser/v2/ast"

	"github.com/99designs/gqlgen/codegen/config"
	"github.com/99designs/gqlgen/internal/binder"
)

const (
	libraryPath = "github.com/99designs/gqlgen/codegen/testserver/library"
	schema      = `type Query { book: Book on: Date }
scalar Date
type Book { id: ID! }`
)

// load binds a schema with the test server's library at hand.
func load(t *testing.T, models string) (*binder.Binder, *config.Config) {
	t.Helper()
	dir, err := filepath.Abs(filepath.Join("..", "..", "codegen", "testserver"))
	if err != nil {
		t.Fatal(err)
	}
	tmp := t.TempDir()
	for name, content := range map[string]string{
		"a.graphqls": schema,
		"gqlgen.yml": "schema: a.graphqls\nexec: {layout: follow-schema, dir: generated, package: generated}\nresolver: {layout: follow-schema, dir: resolvers, package: resolvers}\nautobind: [" + libraryPath + "]\nmodel: {filename: " + filepath.Join(dir, "absent", "models.go") + ", package: absent}\nmodels:\n  Query: {model: " + libraryPath + ".Book}\n" + models,
	} {
		if err := os.WriteFile(filepath.Join(tmp, name), []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	cfg, err := config.Load(filepath.Join(tmp, "gqlgen.yml"))
	if err != nil {
		t.Fatal(err)
	}
	if err := cfg.LoadSchema(func(*config.Config) error { return nil }); err != nil {
		t.Fatal(err)
	}
	cfg.Dir = dir
	b, err := binder.Load(cfg, func(*binder.Binder, []*gql.Definition) ([]byte, error) { return nil, nil })
	if err != nil {
		t.Fatal(err)
	}
	return b, cfg
}

func TestDefaultGoTypes(t *testing.T) {
	b, _ := load(t, "  Date: {model: "+libraryPath+".Day}\n")
	for _, c := range []struct {
		graphql *gql.Type
		want    string
	}{
		{gql.NamedType("String", nil), "*string"},
		{gql.NonNullNamedType("String", nil), "string"},
		{gql.ListType(gql.NamedType("String", nil), nil), "[]*string"},
		{gql.NonNullListType(gql.NonNullNamedType("Int", nil), nil), "[]int"},
		{gql.NamedType("Book", nil), "*" + libraryPath + ".Book"},
		{gql.NonNullNamedType("Book", nil), libraryPath + ".Book"},
		{gql.ListType(gql.NonNullNamedType("Book", nil), nil), "[]*" + libraryPath + ".Book"},
		{gql.NamedType("Date", nil), "*time.Time"},
	} {
		if got := types.TypeString(b.Default(c.graphql).Go, nil); got != c.want {
			t.Errorf("%s is %s, want %s", c.graphql, got, c.want)
		}
	}
}

const owner = `package owner

import "context"

type Base struct{ Inherited string }

type Owner struct {
	Base
	Name    string
	NAMES   []string
	Twin    string
	TWIN    string
	Other   string
	Number  int
	private string
}

func (o *Owner) Number2(ctx context.Context, limit *int) (int64, error) { return 0, nil }
func (o Owner) Title() string { return "" }
func (o Owner) Wants(unknown string) string { return "" }
func (o Owner) Two() (string, string) { return "", "" }
`

// contextOnly imports a package context that declares Context and nothing else, which
// spares the test compiling the real one.
type contextOnly struct{}

func (contextOnly) Import(path string) (*types.Package, error) {
	pkg := types.NewPackage(path, path)
	name := types.NewTypeName(token.NoPos, pkg, "Context", nil)
	types.NewNamed(name, types.NewInterfaceType(nil, nil), nil)
	pkg.Scope().Insert(name)
	pkg.MarkComplete()
	return pkg, nil
}

func ownerType(t *testing.T) types.Type {
	t.Helper()
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "owner.go", owner, 0)
	if err != nil {
		t.Fatal(err)
	}
	pkg, err := (&types.Config{Importer: contextOnly{}}).Check("owner", fset, []*ast.File{file}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return pkg.Scope().Lookup("Owner").Type()
}

func TestAccess(t *testing.T) {
	b, cfg := load(t, "  Date: {model: "+libraryPath+".Day}\n")
	text, number := gql.NamedType("String", nil), gql.NamedType("Int", nil)
	limit := gql.ArgumentDefinitionList{{Name: "limit", Type: number}}
	for _, c := range []struct {
		field, goName string
		graphql       *gql.Type
		args          gql.ArgumentDefinitionList
		want, err     string
	}{
		{field: "name", graphql: text, want: "Name"},
		{field: "names", graphql: gql.ListType(text, nil), want: "NAMES"},
		{field: "title", graphql: text, want: "Title method"},
		{field: "other", goName: "name", graphql: text, want: "Name"},
		{field: "inherited", graphql: text, want: "Inherited"},
		{field: "number2", graphql: number, args: limit, want: "Number2 method with context, error and limit"},
		{field: "number2", graphql: number, err: "must take the field's arguments"},
		{field: "twin", graphql: text, err: "several fields"},
		{field: "number", graphql: text, err: "not bound to int"},
		{field: "name", graphql: gql.ListType(text, nil), err: "not a list"},
		{field: "two", graphql: text, err: "one value"},
		{field: "wants", graphql: text, err: "must take the field's arguments"},
		{field: "private", graphql: text, err: "no such field"},
		{field: "absent", graphql: text, err: "no such field"},
	} {
		cfg.Models["Owner"] = config.TypeEntry{Fields: map[string]config.TypeField{c.field: {FieldName: c.goName}}}
		field := &gql.FieldDefinition{Name: c.field, Type: c.graphql, Arguments: c.args}
		access, err := b.Access(ownerType(t), &gql.Definition{Name: "Owner"}, field)
		if c.err != "" {
			if err == nil || !strings.Contains(err.Error(), c.err) {
				t.Errorf("%s: error %v, want %s", c.field, err, c.err)
			}
			continue
		}
		if err != nil {
			t.Errorf("%s: %v", c.field, err)
			continue
		}
		got := access.Member
		if access.Method {
			got += " method"
		}
		if access.Context && access.Error && len(access.Args) == 1 {
			got += " with context, error and " + access.Args[0].Def.Name
		}
		if got != c.want {
			t.Errorf("%s is %s, want %s", c.field, got, c.want)
		}
	}
}
