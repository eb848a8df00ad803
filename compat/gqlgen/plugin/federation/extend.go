// Package federation makes the generated server a subgraph of Apollo Federation 2: it
// adds _service and _entities to the schema, and finds the entities in it.
package federation

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
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
scalar federation__FieldSet
scalar federation__Scope
scalar federation__Policy
scalar link__Import
enum link__Purpose { SECURITY EXECUTION }
`

// Extend adds to the sources what a subgraph's schema has beyond its files: the
// declarations of the directives they use, _service and _entities.
func Extend(cfg *config.Config) error {
	doc, err := parser.ParseSchemas(cfg.Sources...)
	if err != nil {
		return fmt.Errorf("reading the schema for federation: %w", err)
	}
	text := ""
	for _, source := range cfg.Sources {
		text += source.Input + "\n"
	}
	if !uses(text, "link") {
		return errors.New(`federation: the schema needs its extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])`)
	}
	cfg.Sources = append(cfg.Sources, &ast.Source{Name: "federation.graphql", Input: missing(text, doc) + service(doc), BuiltIn: true})
	return nil
}

// uses reports whether a directive stands in the schema's files. One that stands in a
// description only is declared without need, which does no harm.
func uses(text, directive string) bool {
	return regexp.MustCompile(`@` + directive + `\b`).MatchString(text)
}

// missing is the declarations that the schema uses and does not have.
func missing(text string, doc *ast.SchemaDocument) string {
	out := ""
	for line := range strings.Lines(declarations) {
		kind, rest, _ := strings.Cut(line, " ")
		name := regexp.MustCompile(`\w+`).FindString(rest)
		needed := strings.Contains(out, name) && doc.Definitions.ForName(name) == nil
		if kind == "directive" {
			needed = uses(text, name) && doc.Directives.ForName(name) == nil
		}
		if needed {
			out += line
		}
	}
	return out
}

// service declares _service and, where there are entities, _entities.
func service(doc *ast.SchemaDocument) string {
	var entities []string
	for _, def := range append(doc.Definitions, doc.Extensions...) {
		if def.Kind == ast.Object && len(resolvableKeys(def)) > 0 {
			entities = append(entities, def.Name)
		}
	}
	out := "type _Service {\n  sdl: String\n}\nextend type Query {\n  _service: _Service!\n"
	if len(entities) == 0 {
		return out + "}\n"
	}
	slices.Sort(entities)
	union := strings.Join(slices.Compact(entities), " | ")
	return out + "  _entities(representations: [_Any!]!): [_Entity]!\n}\nscalar _Any\nunion _Entity = " + union + "\n"
}
