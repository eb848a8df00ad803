package engine

import (
	"context"
	"encoding/json"

	"github.com/vektah/gqlparser/v2/ast"
)

// reader is a field of T for a table.
func reader[T any](v *Value, read func(t T, args map[string]any) any) *Field {
	return &Field{Value: v, Read: func(_ context.Context, parent any, args map[string]any) (any, error) {
		return read(parent.(T), args), nil
	}}
}

func leafValue(nonNull bool) *Value {
	return &Value{NonNull: nonNull, Append: func(_ context.Context, dst []byte, v any) ([]byte, bool, error) {
		switch v := v.(type) {
		case string:
			return AppendString(dst, v), true, nil
		case bool:
			return AppendBool(dst, v), true, nil
		default:
			enc, err := json.Marshal(v)
			return append(dst, enc...), err == nil, err
		}
	}}
}

func objectValue(name string, nonNull bool) *Value { return &Value{Type: name, NonNull: nonNull} }

func listValue(of *Value, nonNull bool) *Value {
	return &Value{NonNull: nonNull, Elem: of, Elems: func(list any) ([]any, bool) {
		elems, ok := list.([]any)
		return elems, ok
	}}
}

// optional is a description: null where it is empty.
func optional(s string) any {
	if s == "" {
		return nil
	}
	return s
}

type none = map[string]any

// introspectionObjects are the tables of introspection's own types.
func introspectionObjects() map[string]map[string]*Field {
	return map[string]map[string]*Field{
		"__Schema":     schemaFields(),
		"__Type":       typeFields(),
		"__Field":      fieldFields(),
		"__InputValue": inputFields(),
		"__EnumValue":  enumFields(),
		"__Directive":  directiveFields(),
	}
}

func schemaFields() map[string]*Field {
	return map[string]*Field{
		"description":      reader(leafValue(false), func(s *ast.Schema, _ none) any { return optional(s.Description) }),
		"types":            reader(listValue(objectValue("__Type", true), true), func(s *ast.Schema, _ none) any { return allTypes(s) }),
		"queryType":        reader(objectValue("__Type", true), func(s *ast.Schema, _ none) any { return named(s, s.Query) }),
		"mutationType":     reader(objectValue("__Type", false), func(s *ast.Schema, _ none) any { return named(s, s.Mutation) }),
		"subscriptionType": reader(objectValue("__Type", false), func(s *ast.Schema, _ none) any { return named(s, s.Subscription) }),
		"directives":       reader(listValue(objectValue("__Directive", true), true), func(s *ast.Schema, _ none) any { return allDirectives(s) }),
	}
}

func typeFields() map[string]*Field {
	types := listValue(objectValue("__Type", true), false)
	return map[string]*Field{
		"kind": reader(leafValue(true), func(t *typeRef, _ none) any { return t.kind() }),
		"name": reader(leafValue(false), func(t *typeRef, _ none) any {
			if t.def == nil {
				return nil
			}
			return t.def.Name
		}),
		"description": reader(leafValue(false), func(t *typeRef, _ none) any {
			if t.def == nil {
				return nil
			}
			return optional(t.def.Description)
		}),
		"specifiedByURL": reader(leafValue(false), func(t *typeRef, _ none) any { return t.specifiedByURL() }),
		"isOneOf":        reader(leafValue(false), func(t *typeRef, _ none) any { return t.isOneOf() }),
		"ofType":         reader(objectValue("__Type", false), func(t *typeRef, _ none) any { return t.ofType() }),
		"interfaces":     reader(types, func(t *typeRef, _ none) any { return t.interfaces() }),
		"possibleTypes":  reader(types, func(t *typeRef, _ none) any { return t.possibleTypes() }),
		"fields":         reader(listValue(objectValue("__Field", true), false), (*typeRef).fields),
		"inputFields":    reader(listValue(objectValue("__InputValue", true), false), (*typeRef).inputFields),
		"enumValues":     reader(listValue(objectValue("__EnumValue", true), false), (*typeRef).enumValues),
	}
}

func fieldFields() map[string]*Field {
	return map[string]*Field{
		"name":        reader(leafValue(true), func(f *fieldRef, _ none) any { return f.Name }),
		"description": reader(leafValue(false), func(f *fieldRef, _ none) any { return optional(f.Description) }),
		"args": reader(listValue(objectValue("__InputValue", true), true), func(f *fieldRef, args none) any {
			return inputs(f.schema, f.Arguments, args)
		}),
		"type":              reader(objectValue("__Type", true), func(f *fieldRef, _ none) any { return refer(f.schema, f.Type) }),
		"isDeprecated":      reader(leafValue(true), func(f *fieldRef, _ none) any { return deprecation(f.Directives) != nil }),
		"deprecationReason": reader(leafValue(false), func(f *fieldRef, _ none) any { return deprecation(f.Directives) }),
	}
}

func inputFields() map[string]*Field {
	return map[string]*Field{
		"name":        reader(leafValue(true), func(i *inputRef, _ none) any { return i.name }),
		"description": reader(leafValue(false), func(i *inputRef, _ none) any { return optional(i.description) }),
		"type":        reader(objectValue("__Type", true), func(i *inputRef, _ none) any { return refer(i.schema, i.typ) }),
		"defaultValue": reader(leafValue(false), func(i *inputRef, _ none) any {
			if i.fallback == nil {
				return nil
			}
			return i.fallback.String()
		}),
		"isDeprecated":      reader(leafValue(true), func(i *inputRef, _ none) any { return deprecation(i.directives) != nil }),
		"deprecationReason": reader(leafValue(false), func(i *inputRef, _ none) any { return deprecation(i.directives) }),
	}
}

func enumFields() map[string]*Field {
	type value = *ast.EnumValueDefinition
	return map[string]*Field{
		"name":              reader(leafValue(true), func(v value, _ none) any { return v.Name }),
		"description":       reader(leafValue(false), func(v value, _ none) any { return optional(v.Description) }),
		"isDeprecated":      reader(leafValue(true), func(v value, _ none) any { return deprecation(v.Directives) != nil }),
		"deprecationReason": reader(leafValue(false), func(v value, _ none) any { return deprecation(v.Directives) }),
	}
}

func directiveFields() map[string]*Field {
	type directive = *directiveRef
	return map[string]*Field{
		"name":         reader(leafValue(true), func(d directive, _ none) any { return d.Name }),
		"description":  reader(leafValue(false), func(d directive, _ none) any { return optional(d.Description) }),
		"isRepeatable": reader(leafValue(true), func(d directive, _ none) any { return d.IsRepeatable }),
		"locations": reader(listValue(leafValue(true), true), func(d directive, _ none) any {
			found := []any{}
			for _, l := range d.Locations {
				found = append(found, string(l))
			}
			return found
		}),
		"args": reader(listValue(objectValue("__InputValue", true), true), func(d directive, args none) any {
			return inputs(d.schema, d.Arguments, args)
		}),
		"isDeprecated":      reader(leafValue(true), func(d directive, _ none) any { return deprecation(d.Directives) != nil }),
		"deprecationReason": reader(leafValue(false), func(d directive, _ none) any { return deprecation(d.Directives) }),
	}
}
