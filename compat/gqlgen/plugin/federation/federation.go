// Package federation makes the generated server a subgraph of Apollo Federation 2: it
// adds _service and _entities to the schema, and finds the entities in it.
package federation

import (
	_ "embed"
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/parser"

	"github.com/99designs/gqlgen/codegen/config"
	"github.com/99designs/gqlgen/internal/name"
)

// What directives.graphqls has is declared for schemas that do not declare it themselves.
//
//go:embed directives.graphqls
var declarations string

// Extend adds to the sources what a subgraph's schema has beyond its files: the
// declarations of the directives they use, _service and _entities.
func Extend(cfg *config.Config) error {
	if cfg.Federation.Version == 0 {
		return nil
	}
	doc, err := parser.ParseSchemas(cfg.Sources...)
	if err != nil {
		return fmt.Errorf("reading the schema for federation: %w", err)
	}
	linked := slices.ContainsFunc(append(doc.Schema, doc.SchemaExtension...), func(s *ast.SchemaDefinition) bool { return s.Directives.ForName("link") != nil })
	if !linked {
		return errors.New(`federation: the schema needs its extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])`)
	}
	text := service(doc)
	for _, declaration := range regexp.MustCompile(`(?m)^\w+ @?(\w+).*\n`).FindAllStringSubmatch(declarations, -1) {
		if name := declaration[1]; doc.Directives.ForName(name) == nil && doc.Definitions.ForName(name) == nil {
			text += declaration[0]
		}
	}
	cfg.Sources = append(cfg.Sources, &ast.Source{Name: "federation.graphql", Input: text, BuiltIn: true})
	return nil
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

// Key is one @key of an entity, by which other subgraphs may ask for it.
type Key struct {
	Entity *ast.Definition
	// Method is the resolver's name: FindEventByID, FindManyEventByIDs.
	Method string
	// Input is an input type that stands for a key, EventByIDsInput, where the resolver
	// takes many at once. It is not part of the schema.
	Input *ast.Definition
	// Fields are the fields of the key. Those of an object within the entity have names
	// like organisation_odsCode, and Paths are where they are.
	Fields ast.FieldList
	Paths  [][]string
}

// Keys lists the keys by which this subgraph finds entities, sorted by name of the entity.
func Keys(cfg *config.Config) (out []*Key, err error) {
	for _, typeName := range slices.Sorted(maps.Keys(cfg.Schema.Types)) {
		def := cfg.Schema.Types[typeName]
		for _, fields := range resolvableKeys(def) {
			key, err := newKey(cfg, def, fields)
			if err != nil {
				return nil, fmt.Errorf("%s: @key(fields: %q): %w", typeName, fields, err)
			}
			out = append(out, key)
		}
	}
	return out, nil
}

// resolvableKeys lists the fields of each @key that this subgraph can find entities by.
func resolvableKeys(def *ast.Definition) (out []string) {
	for _, key := range def.Directives.ForNames("key") {
		resolvable, fields := key.Arguments.ForName("resolvable"), key.Arguments.ForName("fields")
		if fields != nil && (resolvable == nil || resolvable.Value.Raw != "false") {
			out = append(out, fields.Value.Raw)
		}
	}
	return out
}

func newKey(cfg *config.Config, def *ast.Definition, fields string) (*Key, error) {
	doc, err := parser.ParseQuery(&ast.Source{Input: "{" + fields + "}"})
	if err != nil || def.Kind != ast.Object {
		return nil, errors.New("only supported on object types, with a selection of fields")
	}
	key := &Key{Entity: def}
	if err := key.add(cfg.Schema, def, nil, doc.Operations[0].SelectionSet); err != nil {
		return nil, err
	}
	var names []string
	for _, field := range key.Fields {
		names = append(names, name.Go(field.Name))
	}
	joined := name.Go(def.Name) + "By" + strings.Join(names, "And")
	key.Method = "Find" + joined
	multi := cfg.Federation.Options.EntityResolverMulti
	if d := def.Directives.ForName("entityResolver"); d != nil {
		multi = d.ArgumentMap(nil)["multi"] == true
	}
	if multi { // one resolver for all representations
		key.Method = "FindMany" + joined + "s"
		key.Input = &ast.Definition{Kind: ast.InputObject, Name: joined + "sInput", Fields: key.Fields,
			Description: joined + "sInput is a key by which one " + def.Name + " is asked for."}
	}
	return key, nil
}

// add adds the fields of a selection, and of those within it.
func (k *Key) add(schema *ast.Schema, def *ast.Definition, path []string, set ast.SelectionSet) error {
	for _, selection := range set {
		selected, ok := selection.(*ast.Field)
		if !ok {
			return errors.New("fragments are not supported")
		}
		field := def.Fields.ForName(selected.Name)
		if field == nil {
			return fmt.Errorf("%s has no field %s", def.Name, selected.Name)
		}
		inner, fieldDef := append(slices.Clone(path), field.Name), schema.Types[field.Type.Name()]
		switch {
		case len(selected.SelectionSet) > 0:
			if err := k.add(schema, fieldDef, inner, selected.SelectionSet); err != nil {
				return err
			}
		case !fieldDef.IsLeafType() || field.Type.Elem != nil:
			return fmt.Errorf("%s is neither scalar nor enum", field.Name)
		default:
			k.Fields = append(k.Fields, &ast.FieldDefinition{Name: strings.Join(inner, "_"), Type: field.Type})
			k.Paths = append(k.Paths, inner)
		}
	}
	return nil
}
