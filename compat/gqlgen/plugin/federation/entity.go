package federation

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/parser"

	"github.com/99designs/gqlgen/codegen/config"
	"github.com/99designs/gqlgen/internal/name"
)

// Entity is an object type with a @key: one that other subgraphs may ask for.
type Entity struct {
	Def  *ast.Definition
	Keys []*Key
}

// Key is one @key of an entity, by which it can be found.
type Key struct {
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

// Entities lists the object types with keys that this subgraph can find them by, sorted by name.
func Entities(cfg *config.Config) (out []*Entity, err error) {
	for _, typeName := range slices.Sorted(maps.Keys(cfg.Schema.Types)) {
		entity := &Entity{Def: cfg.Schema.Types[typeName]}
		for _, fields := range resolvableKeys(entity.Def) {
			if entity.Def.Kind != ast.Object {
				return nil, fmt.Errorf("%s: @key on an interface is not supported", typeName)
			}
			key, err := newKey(cfg, entity.Def, fields)
			if err != nil {
				return nil, fmt.Errorf("%s: @key(fields: %q): %w", typeName, fields, err)
			}
			entity.Keys = append(entity.Keys, key)
		}
		if len(entity.Keys) > 0 {
			out = append(out, entity)
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
	if err != nil {
		return nil, errors.New("not a selection of fields")
	}
	key := &Key{}
	if err := key.add(cfg.Schema, def, nil, doc.Operations[0].SelectionSet); err != nil {
		return nil, err
	}
	var names []string
	for _, field := range key.Fields {
		names = append(names, name.Go(field.Name))
	}
	joined := name.Go(def.Name) + "By" + strings.Join(names, "And")
	key.Method = "Find" + joined
	if multi(cfg, def) {
		key.Method = "FindMany" + joined + "s"
		key.Input = &ast.Definition{Kind: ast.InputObject, Name: joined + "sInput", Fields: key.Fields,
			Description: joined + "sInput is a key by which one " + def.Name + " is asked for."}
	}
	return key, nil
}

// multi reports whether an entity's resolvers take all representations at once.
func multi(cfg *config.Config, def *ast.Definition) bool {
	if d := def.Directives.ForName("entityResolver"); d != nil && d.Arguments.ForName("multi") != nil {
		return d.Arguments.ForName("multi").Value.Raw == "true"
	}
	return cfg.Federation.Options.EntityResolverMulti
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

// Inputs are the input types that stand for keys.
func Inputs(entities []*Entity) (out []*ast.Definition) {
	for _, entity := range entities {
		for _, key := range entity.Keys {
			if key.Input != nil {
				out = append(out, key.Input)
			}
		}
	}
	return out
}
