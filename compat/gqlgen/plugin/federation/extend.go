// Package federation makes the generated server a subgraph of Apollo Federation 2: it
// adds _service and _entities to the schema and writes the code behind them.
package federation

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/parser"

	"github.com/99designs/gqlgen/codegen/config"
)

// The directives of federation, as https://specs.apollo.dev/federation/v2.9 declares
// them, less those that need more of a subgraph than is supported here.
const declarations = `
directive @link(url: String!, as: String, for: link__Purpose, import: [link__Import]) repeatable on SCHEMA
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
`

// directivesName is the source of the declarations that were missing.
const directivesName = "federation/directives.graphql"

const scalars = `scalar federation__FieldSet
scalar federation__Scope
scalar federation__Policy
scalar link__Import
enum link__Purpose { SECURITY EXECUTION }
`

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
	used := usedDirectives(doc)
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

// missing is the declarations that the schema uses and does not have.
func missing(doc *ast.SchemaDocument, used map[string]bool) string {
	var out strings.Builder
	for line := range strings.Lines(strings.TrimSpace(declarations) + "\n") {
		directive, _, _ := strings.Cut(strings.TrimPrefix(line, "directive @"), "(")
		directive, _, _ = strings.Cut(directive, " ")
		if used[directive] && doc.Directives.ForName(directive) == nil {
			out.WriteString(line)
		}
	}
	text := out.String()
	for line := range strings.Lines(scalars) {
		typeName := strings.Fields(line)[1]
		if strings.Contains(text, typeName) && doc.Definitions.ForName(typeName) == nil {
			out.WriteString(line)
		}
	}
	return out.String()
}

func usedDirectives(doc *ast.SchemaDocument) map[string]bool {
	used := map[string]bool{}
	add := func(list ast.DirectiveList) {
		for _, d := range list {
			used[d.Name] = true
		}
	}
	for _, schema := range append(slices.Clone(doc.Schema), doc.SchemaExtension...) {
		add(schema.Directives)
	}
	for _, def := range append(slices.Clone(doc.Definitions), doc.Extensions...) {
		add(def.Directives)
		for _, value := range def.EnumValues {
			add(value.Directives)
		}
		for _, field := range def.Fields {
			add(field.Directives)
			for _, arg := range field.Arguments {
				add(arg.Directives)
			}
		}
	}
	return used
}

// entitySource declares _service and, where there are entities, _entities.
func entitySource(doc *ast.SchemaDocument) string {
	entities := map[string]bool{}
	for _, def := range append(slices.Clone(doc.Definitions), doc.Extensions...) {
		if def.Kind == ast.Object && len(resolvableKeys(def)) > 0 {
			entities[def.Name] = true
		}
	}
	var out strings.Builder
	if len(entities) > 0 {
		out.WriteString("scalar _Any\n")
		fmt.Fprintf(&out, "union _Entity = %s\n", strings.Join(slices.Sorted(maps.Keys(entities)), " | "))
	}
	out.WriteString("type _Service {\n  sdl: String\n}\nextend type Query {\n")
	if len(entities) > 0 {
		out.WriteString("  _entities(representations: [_Any!]!): [_Entity]!\n")
	}
	out.WriteString("  _service: _Service!\n}\n")
	return out.String()
}

// resolvableKeys lists the fields of each @key that this subgraph can find entities by.
func resolvableKeys(def *ast.Definition) []string {
	var out []string
	for _, key := range def.Directives.ForNames("key") {
		if resolvable := key.Arguments.ForName("resolvable"); resolvable != nil && resolvable.Value.Raw == "false" {
			continue
		}
		if fields := key.Arguments.ForName("fields"); fields != nil {
			out = append(out, fields.Value.Raw)
		}
	}
	return out
}
