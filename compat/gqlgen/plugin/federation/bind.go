package federation

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/parser"

	"github.com/99designs/gqlgen/codegen"
	"github.com/99designs/gqlgen/codegen/config"
	"github.com/99designs/gqlgen/internal/name"
)

// key is one @key: the fields that it names and what is derived from their names.
type key struct {
	fields []keyField
	method string // FindEventByID, FindManyEventByIDs
	input  string // EventByIDsInput, for multi resolvers
}

type keyField struct {
	path []string
	def  *ast.FieldDefinition
}

// name is the field's path as one GraphQL name: organisation { odsCode } is organisation_odsCode.
func (f keyField) name() string { return strings.Join(f.path, "_") }

// multi reports whether an entity's resolvers take all representations at once.
func multi(cfg *config.Config, def *ast.Definition) bool {
	if d := def.Directives.ForName("entityResolver"); d != nil {
		if arg := d.Arguments.ForName("multi"); arg != nil {
			return arg.Value.Raw == "true"
		}
	}
	return cfg.Federation.Options.EntityResolverMulti
}

// entities lists the object types with resolvable keys, sorted by name.
func entities(cfg *config.Config) ([]*ast.Definition, error) {
	if !cfg.Federation.IsDefined() {
		return nil, nil
	}
	var out []*ast.Definition
	for _, typeName := range slices.Sorted(maps.Keys(cfg.Schema.Types)) {
		def := cfg.Schema.Types[typeName]
		if len(resolvableKeys(def)) == 0 {
			continue
		}
		if def.Kind != ast.Object {
			return nil, fmt.Errorf("%s: @key on an interface is not supported", typeName)
		}
		out = append(out, def)
	}
	return out, nil
}

func keysOf(cfg *config.Config, def *ast.Definition) ([]key, error) {
	var out []key
	for _, fields := range resolvableKeys(def) {
		doc, err := parser.ParseQuery(&ast.Source{Input: "{" + fields + "}"})
		if err != nil {
			return nil, fmt.Errorf("%s: @key(fields: %q) is not a selection of fields", def.Name, fields)
		}
		var k key
		if k.fields, err = keyFields(cfg, def, nil, doc.Operations[0].SelectionSet); err != nil {
			return nil, fmt.Errorf("%s: @key(fields: %q): %w", def.Name, fields, err)
		}
		names := make([]string, len(k.fields))
		for i, field := range k.fields {
			names[i] = name.Go(field.name())
		}
		joined := name.Go(def.Name) + "By" + strings.Join(names, "And")
		k.method = "Find" + joined
		if multi(cfg, def) {
			k.method, k.input = "FindMany"+joined+"s", joined+"sInput"
		}
		out = append(out, k)
	}
	return out, nil
}

func keyFields(cfg *config.Config, def *ast.Definition, path []string, set ast.SelectionSet) ([]keyField, error) {
	var out []keyField
	for _, selection := range set {
		selected, ok := selection.(*ast.Field)
		if !ok {
			return nil, errors.New("fragments are not supported")
		}
		field := def.Fields.ForName(selected.Name)
		if field == nil {
			return nil, fmt.Errorf("%s has no field %s", def.Name, selected.Name)
		}
		inner := append(slices.Clone(path), field.Name)
		fieldDef := cfg.Schema.Types[field.Type.Name()]
		if len(selected.SelectionSet) > 0 {
			nested, err := keyFields(cfg, fieldDef, inner, selected.SelectionSet)
			if err != nil {
				return nil, err
			}
			out = append(out, nested...)
			continue
		}
		if !fieldDef.IsLeafType() || field.Type.Elem != nil {
			return nil, fmt.Errorf("%s is neither scalar nor enum", field.Name)
		}
		out = append(out, keyField{path: inner, def: field})
	}
	return out, nil
}

// Inputs are the input types that multi resolvers take, for modelgen to write. They
// are not part of the schema.
func Inputs(cfg *config.Config) ([]*ast.Definition, error) {
	defs, err := entities(cfg)
	if err != nil {
		return nil, err
	}
	var out []*ast.Definition
	for _, def := range defs {
		if !multi(cfg, def) {
			continue
		}
		keys, err := keysOf(cfg, def)
		if err != nil {
			return nil, err
		}
		for _, k := range keys {
			input := &ast.Definition{
				Kind: ast.InputObject, Name: k.input,
				Description: k.input + " is a key by which one " + def.Name + " is asked for.",
			}
			for _, field := range k.fields {
				input.Fields = append(input.Fields, &ast.FieldDefinition{Name: field.name(), Type: field.def.Type})
			}
			out = append(out, input)
		}
	}
	return out, nil
}

// Bind finds the entities among the objects of d.
func Bind(d *codegen.Data) error {
	defs, err := entities(d.Config)
	if err != nil {
		return err
	}
	for _, def := range defs {
		entity := &codegen.Entity{Object: d.Object(def.Name), Multi: multi(d.Config, def)}
		keys, err := keysOf(d.Config, def)
		if err != nil {
			return err
		}
		for _, k := range keys {
			bound := &codegen.Key{Method: k.method, Input: k.input}
			for _, field := range k.fields {
				ref, err := d.Binder.Default(field.def.Type)
				if err != nil {
					return fmt.Errorf("%s: @key: %w", def.Name, err)
				}
				bound.Fields = append(bound.Fields, &codegen.KeyField{
					Path: field.path, GoName: name.Go(field.name()),
					Arg: &codegen.Arg{GoName: name.Private(field.name()), Ref: ref},
				})
			}
			entity.Keys = append(entity.Keys, bound)
		}
		d.Entities = append(d.Entities, entity)
	}
	return nil
}
