// Package federation makes the generated server a subgraph of Apollo Federation 2: it
// adds _service and _entities to the schema and writes the code behind them.
package federation

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/lexer"
	"github.com/vektah/gqlparser/v2/parser"

	"github.com/99designs/gqlgen/codegen/config"
)

// The directives of federation, as https://specs.apollo.dev/federation/v2.9 declares
// them, less those that need more of a subgraph than is supported here.
const declarations = `directive @link(url: String!, as: String, for: link__Purpose, import: [link__Import]) repeatable on SCHEMA
directive @key(fields: federation__FieldSet!, resolvable: Boolean = true) repeatable on OBJECT | INTERFACE
directive @provides(fields: federation__FieldSet!) on FIELD_DEFINITION
directive @external(reason: String) on OBJECT | FIELD_DEFINITION
directive @shareable repeatable on OBJECT | FIELD_DEFINITION
directive @inaccessible on FIELD_DEFINITION | OBJECT | INTERFACE | UNION | ARGUMENT_DEFINITION | SCALAR | ENUM | ENUM_VALUE | INPUT_OBJECT | INPUT_FIELD_DEFINITION
directive @override(from: String!, label: String) on FIELD_DEFINITION
directive @tag(name: String!) repeatable on FIELD_DEFINITION | INTERFACE | OBJECT | UNION | ARGUMENT_DEFINITION | SCALAR | ENUM | ENUM_VALUE | INPUT_OBJECT | INPUT_FIELD_DEFINITION | SCHEMA
directive @composeDirective(name: String!) repeatable on SCHEMA
directive @authenticated on FIELD_DEFINITION | OBJECT | INTERFACE | SCALAR | ENUM
directive @requiresScopes(scopes: [[federation__Scope!]!]!) on FIELD_DEFINITION | OBJECT | INTERFACE | SCALAR | ENUM
directive @policy(policies: [[federation__Policy!]!]!) on FIELD_DEFINITION | OBJECT | INTERFACE | SCALAR | ENUM
directive @cost(weight: Int!) on ARGUMENT_DEFINITION | ENUM | FIELD_DEFINITION | INPUT_FIELD_DEFINITION | OBJECT | SCALAR
directive @listSize(assumedSize: Int, slicingArguments: [String!], sizedFields: [String!], requireOneSlicingArgument: Boolean = true) on FIELD_DEFINITION
directive @entityResolver(multi: Boolean) on OBJECT
scalar federation__FieldSet
scalar federation__Scope
scalar federation__Policy
scalar link__Import
enum link__Purpose { SECURITY EXECUTION }
`

// directivesName is the source of the declarations that were missing.
const directivesName = "federation/directives.graphql"

// Extend adds to the sources what a subgraph's schema has beyond its files: the
// declarations of the directives they use, _service and _entities.
func Extend(cfg *config.Config) error {
	if !cfg.Federation.IsDefined() {
		return nil
	}
	doc, err := parser.ParseSchemas(cfg.Sources...)
	if err != nil {
		return fmt.Errorf("reading the schema for federation: %w", err)
	}
	used := usedDirectives(cfg.Sources)
	for _, unsupported := range []string{"requires", "interfaceObject", "extends", "context", "fromContext"} {
		if used[unsupported] && doc.Directives.ForName(unsupported) == nil {
			return fmt.Errorf("federation: @%s is not supported", unsupported)
		}
	}
	cfg.Sources = append(cfg.Sources,
		&ast.Source{Name: directivesName, Input: missing(doc, used), BuiltIn: true},
		&ast.Source{Name: "federation/entity.graphql", Input: entitySource(doc), BuiltIn: true},
	)
	return nil
}

// usedDirectives names whatever follows an @ in the schema's files.
func usedDirectives(sources []*ast.Source) map[string]bool {
	used := map[string]bool{}
	for _, source := range sources {
		tokens := lexer.New(source)
		before := lexer.Invalid
		for token, err := tokens.ReadToken(); err == nil && token.Kind != lexer.EOF; token, err = tokens.ReadToken() {
			if before == lexer.At {
				used[token.Value] = true
			}
			before = token.Kind
		}
	}
	return used
}

// missing is the declarations that the schema uses and does not have.
func missing(doc *ast.SchemaDocument, used map[string]bool) string {
	text := ""
	for line := range strings.Lines(declarations) {
		kind, rest, _ := strings.Cut(line, " ")
		name := strings.FieldsFunc(rest, func(r rune) bool { return strings.ContainsRune("@( \n", r) })[0]
		needed := strings.Contains(text, name) && doc.Definitions.ForName(name) == nil
		if kind == "directive" {
			needed = used[name] && doc.Directives.ForName(name) == nil
		}
		if needed {
			text += line
		}
	}
	return text
}

// entitySource declares _service and, where there are entities, _entities.
func entitySource(doc *ast.SchemaDocument) string {
	entities := map[string]bool{}
	for _, def := range append(slices.Clone(doc.Definitions), doc.Extensions...) {
		if def.Kind == ast.Object && len(resolvableKeys(def)) > 0 {
			entities[def.Name] = true
		}
	}
	service := "type _Service {\n  sdl: String\n}\nextend type Query {\n  _service: _Service!\n}\n"
	if len(entities) == 0 {
		return service
	}
	return "scalar _Any\nunion _Entity = " + strings.Join(slices.Sorted(maps.Keys(entities)), " | ") + "\n" + service +
		"extend type Query {\n  _entities(representations: [_Any!]!): [_Entity]!\n}\n"
}

// Preamble is what makes the schema's files a subgraph of federation 2 where they
// leave it unsaid.
func Preamble(schema *ast.Schema) string {
	text := ""
	if schema.SchemaDirectives.ForName("link") == nil {
		var imports []string
		for _, name := range slices.Sorted(maps.Keys(schema.Directives)) {
			if ours(schema.Directives[name]) && name != "entityResolver" && name != "link" {
				imports = append(imports, strconv.Quote("@"+name))
			}
		}
		text = fmt.Sprintf("extend schema @link(url: \"https://specs.apollo.dev/federation/v2.9\", import: [%s])\n\n", strings.Join(imports, ", "))
	}
	if d := schema.Directives["entityResolver"]; d != nil && ours(d) {
		text += "directive @entityResolver(multi: Boolean) on OBJECT\n\n"
	}
	return text
}

// ours reports whether a directive was declared here and not in the schema's files.
func ours(d *ast.DirectiveDefinition) bool { return d.Position.Src.Name == directivesName }
