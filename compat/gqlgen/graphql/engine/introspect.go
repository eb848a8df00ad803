package engine

import (
	"context"
	"maps"
	"slices"

	"github.com/vektah/gqlparser/v2/ast"
)

// Introspection is answered by tables like any other, whose values are nodes of
// the schema's syntax tree: an *ast.Type for __Type, be it a name or a wrapper, and
// a definition for everything else. Specification: Schema Introspection.

type args = map[string]any

// typename is the field __typename of an object type, which no middleware sees.
func typename(object string) *Field {
	return &Field{
		Value:      text(true),
		Read:       func(context.Context, any, args) (any, error) { return object, nil },
		AppendLeaf: func(dst []byte, _ any) ([]byte, bool) { return AppendString(dst, object), true },
	}
}

// introspectionRoots are the fields introspection adds to the query type.
func introspectionRoots(schema *ast.Schema) map[string]*Field {
	return map[string]*Field{
		"__schema": {
			Value: composite("__Schema", true),
			Read:  func(context.Context, any, args) (any, error) { return schema, nil },
		},
		"__type": {
			Value: composite("__Type", false),
			Read: func(_ context.Context, _ any, args args) (any, error) {
				name, _ := args["name"].(string)
				return named(schema.Types[name]), nil
			},
		},
	}
}

// introspection are the tables of introspection's own types.
func introspection(schema *ast.Schema) map[string]map[string]*Field {
	return map[string]map[string]*Field{
		"__Schema":     schemaFields(),
		"__Type":       typeFields(schema),
		"__Field":      fieldFields(),
		"__InputValue": inputFields(),
		"__EnumValue":  describing(func(v *ast.EnumValueDefinition) described { return described{v.Name, v.Description, v.Directives} }),
		"__Directive":  directiveFields(),
	}
}

func schemaFields() map[string]*Field {
	return map[string]*Field{
		"description":      reading(text(false), func(s *ast.Schema) any { return optional(s.Description) }),
		"queryType":        reading(composite("__Type", true), func(s *ast.Schema) any { return named(s.Query) }),
		"mutationType":     reading(composite("__Type", false), func(s *ast.Schema) any { return named(s.Mutation) }),
		"subscriptionType": reading(composite("__Type", false), func(s *ast.Schema) any { return named(s.Subscription) }),
		"types": reading(list(composite("__Type", true), true), func(s *ast.Schema) any {
			return each(slices.Sorted(maps.Keys(s.Types)), func(name string) any { return named(s.Types[name]) })
		}),
		"directives": reading(list(composite("__Directive", true), true), func(s *ast.Schema) any {
			return each(slices.Sorted(maps.Keys(s.Directives)), func(name string) any {
				if name == "defer" {
					return nil // a document may say it, but no answer comes in parts
				}
				return s.Directives[name]
			})
		}),
	}
}

func fieldFields() map[string]*Field {
	fields := describing(func(f *ast.FieldDefinition) described { return described{f.Name, f.Description, f.Directives} })
	fields["type"] = reading(composite("__Type", true), func(f *ast.FieldDefinition) any { return f.Type })
	fields["args"] = asking(list(composite("__InputValue", true), true), func(f *ast.FieldDefinition, args args) any {
		return inputs(f.Arguments, args)
	})
	return fields
}

func inputFields() map[string]*Field {
	fields := describing(func(i *ast.ArgumentDefinition) described { return described{i.Name, i.Description, i.Directives} })
	fields["type"] = reading(composite("__Type", true), func(i *ast.ArgumentDefinition) any { return i.Type })
	fields["defaultValue"] = reading(text(false), func(i *ast.ArgumentDefinition) any {
		if i.DefaultValue == nil {
			return nil
		}
		return i.DefaultValue.String()
	})
	return fields
}

func directiveFields() map[string]*Field {
	type directive = *ast.DirectiveDefinition
	return map[string]*Field{
		"name":         reading(text(true), func(d directive) any { return d.Name }),
		"description":  reading(text(false), func(d directive) any { return optional(d.Description) }),
		"isRepeatable": reading(flag(true), func(d directive) any { return d.IsRepeatable }),
		"locations": reading(list(text(true), true), func(d directive) any {
			return each(d.Locations, func(l ast.DirectiveLocation) any { return string(l) })
		}),
		"args": asking(list(composite("__InputValue", true), true), func(d directive, args args) any {
			return inputs(d.Arguments, args)
		}),
	}
}

// inputs are arguments, unless deprecated.
func inputs(defs ast.ArgumentDefinitionList, args args) any {
	return each(defs, func(a *ast.ArgumentDefinition) any {
		if !wanted(a.Directives, args) {
			return nil
		}
		return a
	})
}
