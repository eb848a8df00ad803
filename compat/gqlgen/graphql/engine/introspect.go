package engine

import (
	"cmp"
	"context"
	"maps"
	"slices"

	"github.com/vektah/gqlparser/v2/ast"
)

// Introspection is answered by tables like any other, whose values are nodes of
// the schema's syntax tree.

// typeRef is a type as introspection sees it: a definition, or a wrapper around
// another type.
type typeRef struct {
	schema *ast.Schema
	def    *ast.Definition
	typ    *ast.Type // set for NON_NULL and LIST
}

// fieldRef, inputRef and directiveRef remember the schema their types are in.
type (
	fieldRef struct {
		schema *ast.Schema
		*ast.FieldDefinition
	}
	inputRef struct {
		schema      *ast.Schema
		name        string
		description string
		typ         *ast.Type
		fallback    *ast.Value
		directives  ast.DirectiveList
	}
	directiveRef struct {
		schema *ast.Schema
		*ast.DirectiveDefinition
	}
)

// introspectionRoots are the fields introspection adds to the query type.
func introspectionRoots(schema *ast.Schema) map[string]*Field {
	return map[string]*Field{
		"__schema": {
			Value: &Value{Type: "__Schema", NonNull: true},
			Read:  func(context.Context, any, map[string]any) (any, error) { return schema, nil },
		},
		"__type": {
			Value: &Value{Type: "__Type"},
			Read: func(_ context.Context, _ any, args map[string]any) (any, error) {
				name, _ := args["name"].(string)
				return named(schema, schema.Types[name]), nil
			},
		},
	}
}

// named is the type of a definition, nil for none.
func named(schema *ast.Schema, def *ast.Definition) any {
	if def == nil {
		return nil
	}
	return &typeRef{schema: schema, def: def}
}

// refer is the type of a type expression.
func refer(schema *ast.Schema, t *ast.Type) any {
	if t == nil {
		return nil
	}
	if t.NonNull || t.Elem != nil {
		return &typeRef{schema: schema, typ: t}
	}
	return named(schema, schema.Types[t.NamedType])
}

// ofType is what a wrapper wraps.
func (t *typeRef) ofType() any {
	if t.typ == nil {
		return nil
	}
	if t.typ.NonNull {
		inner := *t.typ
		inner.NonNull = false
		return refer(t.schema, &inner)
	}
	return refer(t.schema, t.typ.Elem)
}

func (t *typeRef) kind() string {
	switch {
	case t.typ == nil:
		return string(t.def.Kind)
	case t.typ.NonNull:
		return "NON_NULL"
	default:
		return "LIST"
	}
}

func (t *typeRef) fields(args map[string]any) any {
	if t.def == nil || t.def.Kind != ast.Object && t.def.Kind != ast.Interface {
		return nil
	}
	fields := []any{}
	for _, f := range t.def.Fields {
		if !hidden(f.Name) && wanted(f.Directives, args) {
			fields = append(fields, &fieldRef{schema: t.schema, FieldDefinition: f})
		}
	}
	return fields
}

// hidden says whether a name is introspection's own, which it does not list.
func hidden(name string) bool { return len(name) > 1 && name[:2] == "__" }

func (t *typeRef) inputFields(args map[string]any) any {
	if t.def == nil || t.def.Kind != ast.InputObject {
		return nil
	}
	fields := []any{}
	for _, f := range t.def.Fields {
		if wanted(f.Directives, args) {
			fields = append(fields, &inputRef{
				schema: t.schema, name: f.Name, description: f.Description,
				typ: f.Type, fallback: f.DefaultValue, directives: f.Directives,
			})
		}
	}
	return fields
}

func (t *typeRef) enumValues(args map[string]any) any {
	if t.def == nil || t.def.Kind != ast.Enum {
		return nil
	}
	values := []any{}
	for _, v := range t.def.EnumValues {
		if wanted(v.Directives, args) {
			values = append(values, v)
		}
	}
	return values
}

func (t *typeRef) interfaces() any {
	if t.def == nil || t.def.Kind != ast.Object && t.def.Kind != ast.Interface {
		return nil
	}
	found := []any{}
	for _, name := range t.def.Interfaces {
		found = append(found, named(t.schema, t.schema.Types[name]))
	}
	return found
}

func (t *typeRef) possibleTypes() any {
	if t.def == nil || !t.def.IsAbstractType() {
		return nil
	}
	found := []any{}
	for _, def := range t.schema.PossibleTypes[t.def.Name] {
		if def.Kind == ast.Object {
			found = append(found, named(t.schema, def))
		}
	}
	return found
}

func (t *typeRef) specifiedByURL() any {
	if t.def == nil {
		return nil
	}
	return directiveArgument(t.def.Directives, "specifiedBy", "url")
}

// isOneOf is null for all but input objects.
func (t *typeRef) isOneOf() any {
	if t.def == nil || t.def.Kind != ast.InputObject {
		return nil
	}
	return t.def.Directives.ForName("oneOf") != nil
}

func inputs(schema *ast.Schema, defs ast.ArgumentDefinitionList, args map[string]any) any {
	found := []any{}
	for _, a := range defs {
		if wanted(a.Directives, args) {
			found = append(found, &inputRef{
				schema: schema, name: a.Name, description: a.Description,
				typ: a.Type, fallback: a.DefaultValue, directives: a.Directives,
			})
		}
	}
	return found
}

// wanted leaves out what is deprecated, unless the argument asks for it.
func wanted(directives ast.DirectiveList, args map[string]any) bool {
	include, _ := args["includeDeprecated"].(bool)
	return include || directives.ForName("deprecated") == nil
}

func allTypes(schema *ast.Schema) any {
	found := []any{}
	for _, name := range slices.Sorted(maps.Keys(schema.Types)) {
		found = append(found, named(schema, schema.Types[name]))
	}
	return found
}

func allDirectives(schema *ast.Schema) any {
	found := []any{}
	byName := func(a, b *ast.DirectiveDefinition) int { return cmp.Compare(a.Name, b.Name) }
	for _, d := range slices.SortedFunc(maps.Values(schema.Directives), byName) {
		found = append(found, &directiveRef{schema: schema, DirectiveDefinition: d})
	}
	return found
}

// directiveArgument is a string argument of an applied directive or, where it is
// left out, its default.
func directiveArgument(directives ast.DirectiveList, directive, argument string) any {
	d := directives.ForName(directive)
	if d == nil {
		return nil
	}
	if a := d.Arguments.ForName(argument); a != nil {
		return a.Value.Raw
	}
	if d.Definition != nil {
		if a := d.Definition.Arguments.ForName(argument); a != nil && a.DefaultValue != nil {
			return a.DefaultValue.Raw
		}
	}
	return nil
}

// deprecation is the reason, whose default the specification gives.
func deprecation(directives ast.DirectiveList) any {
	if directives.ForName("deprecated") == nil {
		return nil
	}
	if reason := directiveArgument(directives, "deprecated", "reason"); reason != nil {
		return reason
	}
	return "No longer supported"
}
