package engine

import (
	"context"
	"maps"
	"slices"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
)

// Introspection is answered by tables like any other, whose types the schema
// itself gives. Values are nodes of its syntax tree: an *ast.Type for __Type, be it
// a name or a wrapper, and an entry for all else. Specification: Schema Introspection.

type (
	args   = map[string]any
	reader = func(parent any, args args) any
)

// introspection makes the tables of the types that introspection adds, and of
// the fields that it adds to the query type.
func introspection(schema *ast.Schema) map[string]map[string]*Field {
	readers := map[string]map[string]reader{
		"__Schema": schemaReaders(schema), "__Type": typeReaders(schema),
		"__Field": entryReaders(), "__InputValue": entryReaders(), "__EnumValue": entryReaders(), "__Directive": entryReaders(),
	}
	if schema.Query != nil {
		readers[schema.Query.Name] = map[string]reader{
			"__schema": func(any, args) any { return schema },
			"__type": func(_ any, args args) any {
				name, _ := args["name"].(string)
				return named(schema.Types[name])
			},
		}
	}
	tables := make(map[string]map[string]*Field)
	for name, fields := range readers {
		tables[name] = make(map[string]*Field)
		for _, def := range schema.Types[name].Fields {
			if read := fields[def.Name]; read != nil {
				tables[name][def.Name] = &Field{
					Value: introspected(schema, def.Type),
					Read:  func(_ context.Context, parent any, args args) (any, error) { return read(parent, args), nil },
				}
			}
		}
	}
	return tables
}

// introspected completes values of introspection's own types.
func introspected(schema *ast.Schema, t *ast.Type) *Value {
	v := &Value{Type: t.NamedType, NonNull: t.NonNull}
	switch {
	case t.Elem != nil:
		v.Elem = introspected(schema, t.Elem)
		v.Elems = func(list any, to []any) ([]any, bool) {
			elems, ok := list.([]any)
			return append(to, elems...), ok
		}
	case schema.Types[t.NamedType].IsLeafType():
		v.Append = appendNode
	}
	return v
}

func appendNode(_ context.Context, dst []byte, v any) ([]byte, bool, error) {
	if flag, ok := v.(bool); ok {
		return AppendBool(dst, flag), true, nil
	}
	return AppendString(dst, v.(string)), true, nil
}

// typename is the field __typename of an object type, which no middleware sees.
func typename(object string) *Field {
	return &Field{
		Value:      &Value{Type: "String", NonNull: true, Append: appendNode},
		Read:       func(context.Context, any, args) (any, error) { return object, nil },
		AppendLeaf: func(dst []byte, _ any) ([]byte, bool) { return AppendString(dst, object), true },
	}
}

func schemaReaders(schema *ast.Schema) map[string]reader {
	return map[string]reader{
		"description":      func(any, args) any { return optional(schema.Description) },
		"queryType":        func(any, args) any { return named(schema.Query) },
		"mutationType":     func(any, args) any { return named(schema.Mutation) },
		"subscriptionType": func(any, args) any { return named(schema.Subscription) },
		"types": func(any, args) any {
			return each(slices.Sorted(maps.Keys(schema.Types)), func(name string) any { return named(schema.Types[name]) })
		},
		"directives": func(any, args) any {
			return each(slices.Sorted(maps.Keys(schema.Directives)), func(name string) any {
				if name == "defer" {
					return nil // a document may say it, but no answer comes in parts
				}
				return ofDirective(schema.Directives[name])
			})
		},
	}
}

// named is the type of a definition, nil for none.
func named(def *ast.Definition) any {
	if def == nil {
		return nil
	}
	return ast.NamedType(def.Name, nil)
}

func typeReaders(schema *ast.Schema) map[string]reader {
	// of reads what only some kinds of types have. Wrappers have none of it.
	of := func(read func(def *ast.Definition, args args) any, kinds ...ast.DefinitionKind) reader {
		return func(parent any, args args) any {
			def := schema.Types[parent.(*ast.Type).NamedType]
			if def == nil || parent.(*ast.Type).NonNull || len(kinds) > 0 && !slices.Contains(kinds, def.Kind) {
				return nil
			}
			return read(def, args)
		}
	}
	return map[string]reader{
		"kind":        func(t any, _ args) any { return kind(schema, t.(*ast.Type)) },
		"ofType":      func(t any, _ args) any { return inside(t.(*ast.Type)) },
		"name":        of(func(def *ast.Definition, _ args) any { return def.Name }),
		"description": of(func(def *ast.Definition, _ args) any { return optional(def.Description) }),
		"specifiedByURL": of(func(def *ast.Definition, _ args) any {
			return directiveArgument(def.Directives, "specifiedBy", "url")
		}, ast.Scalar),
		"isOneOf": of(func(def *ast.Definition, _ args) any {
			return def.Directives.ForName("oneOf") != nil
		}, ast.InputObject),
		"fields":      of(func(def *ast.Definition, args args) any { return current(def.Fields, ofField, args) }, ast.Object, ast.Interface),
		"inputFields": of(func(def *ast.Definition, args args) any { return current(def.Fields, ofField, args) }, ast.InputObject),
		"enumValues":  of(func(def *ast.Definition, args args) any { return current(def.EnumValues, ofEnumValue, args) }, ast.Enum),
		"interfaces": of(func(def *ast.Definition, _ args) any {
			return each(def.Interfaces, func(name string) any { return named(schema.Types[name]) })
		}, ast.Object, ast.Interface),
		"possibleTypes": of(func(def *ast.Definition, _ args) any {
			return each(schema.PossibleTypes[def.Name], func(def *ast.Definition) any {
				if def.Kind != ast.Object {
					return nil
				}
				return named(def)
			})
		}, ast.Interface, ast.Union),
	}
}

// manyDescribed is how many answers about the schema are remembered.
const manyDescribed = 16

// onlyDescribes says whether an answer depends on the schema alone.
func (r *run) onlyDescribes() bool {
	if r.op.Operation.Operation != ast.Query || r.op.DisableIntrospection || len(r.op.Variables) > 0 ||
		r.middleware != nil || r.op.RootResolverMiddleware != nil {
		return false
	}
	return !slices.ContainsFunc(r.op.Operation.SelectionSet, func(selection ast.Selection) bool {
		field, ok := selection.(*ast.Field)
		return !ok || !strings.HasPrefix(field.Name, "__")
	})
}

func kind(schema *ast.Schema, t *ast.Type) any {
	switch {
	case t.NonNull:
		return "NON_NULL"
	case t.Elem != nil:
		return "LIST"
	default:
		return string(schema.Types[t.NamedType].Kind)
	}
}

// inside is what a wrapper wraps; nil for a name.
func inside(t *ast.Type) any {
	switch {
	case t.NonNull:
		return &ast.Type{NamedType: t.NamedType, Elem: t.Elem}
	case t.Elem != nil:
		return t.Elem
	default:
		return nil
	}
}
