package engine

import (
	"context"
	"maps"
	"slices"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
)

// Introspection is answered by tables like any other, whose types the schema itself
// gives. Specification: Schema Introspection.

// node is what introspection tells of a type, a field, an argument, an enum value, a
// directive or the schema, by the name of the field that asks. What depends on
// arguments is a function of them; what is left out is null.
type node map[string]any

type listed = func(args map[string]any) any

// described is a schema and the nodes of its named types.
type described struct {
	schema *ast.Schema
	types  map[string]node
}

// introspective says whether a name is one that introspection adds to a schema.
func introspective(name string) bool { return strings.HasPrefix(name, "__") }

// introspection makes the tables of the types that introspection adds, and of
// the fields that it adds to the query type.
func introspection(schema *ast.Schema) map[string]map[string]*Field {
	d := described{schema, make(map[string]node)}
	for name := range schema.Types {
		d.types[name] = make(node) // types refer to each other
	}
	for name, def := range schema.Types {
		maps.Copy(d.types[name], d.named(def))
	}
	root := node{"__schema": d.whole(), "__type": func(args map[string]any) any {
		name, _ := args["name"].(string)
		return d.typeNamed(name)
	}}
	tables := make(map[string]map[string]*Field)
	for name, def := range schema.Types {
		for _, f := range def.Fields {
			if !introspective(name) && !introspective(f.Name) {
				continue
			}
			if tables[name] == nil {
				tables[name] = make(map[string]*Field)
			}
			tables[name][f.Name] = &Field{
				Value: d.value(f.Type),
				Read: func(_ context.Context, parent any, args map[string]any) (any, error) {
					from, ok := parent.(node)
					if !ok {
						from = root
					}
					if list, ok := from[f.Name].(listed); ok {
						return list(args), nil
					}
					return from[f.Name], nil
				},
			}
		}
	}
	return tables
}

// typename is the field __typename of an object type, which no middleware sees.
func typename(object string) *Field {
	return &Field{
		Value: &Value{Type: "String", NonNull: true, Append: appendTold},
		Read:  func(context.Context, any, map[string]any) (any, error) { return object, nil },
		AppendLeaf: func(_ context.Context, dst []byte, _ any) ([]byte, bool, error) {
			return AppendString(dst, object), true, nil
		},
	}
}

// value completes values of introspection's own types.
func (d described) value(t *ast.Type) *Value {
	v := &Value{Type: t.NamedType, NonNull: t.NonNull}
	switch {
	case t.Elem != nil:
		v.Elem = d.value(t.Elem)
		v.Elems = func(list any, to []any) ([]any, bool) {
			elems, ok := list.([]any)
			return append(to, elems...), ok
		}
	case d.schema.Types[t.NamedType].IsLeafType():
		v.Append = appendTold
	}
	return v
}

func appendTold(_ context.Context, dst []byte, v any) ([]byte, bool, error) {
	if flag, ok := v.(bool); ok {
		return AppendBool(dst, flag), true, nil
	}
	return AppendString(dst, v.(string)), true, nil
}

func (d described) whole() node {
	n := node{
		"description": optional(d.schema.Description),
		"types":       each(slices.Sorted(maps.Keys(d.types)), d.typeNamed),
		"directives": each(slices.Sorted(maps.Keys(d.schema.Directives)), func(name string) any {
			if name == "defer" {
				return nil // a document may say it, but no answer comes in parts
			}
			return d.directive(d.schema.Directives[name])
		}),
	}
	for field, def := range map[string]*ast.Definition{
		"queryType": d.schema.Query, "mutationType": d.schema.Mutation, "subscriptionType": d.schema.Subscription,
	} {
		if def != nil {
			n[field] = d.types[def.Name]
		}
	}
	return n
}

func (d described) typeNamed(name string) any {
	if d.types[name] == nil {
		return nil
	}
	return d.types[name]
}

// named is the node of a type that has a name.
func (d described) named(def *ast.Definition) node {
	n := node{"kind": string(def.Kind), "name": def.Name, "description": optional(def.Description)}
	switch def.Kind {
	case ast.Scalar:
		n["specifiedByURL"] = directiveArgument(def.Directives, "specifiedBy", "url")
	case ast.Enum:
		n["enumValues"] = current(def.EnumValues, d.enumValue)
	case ast.InputObject:
		n["inputFields"] = current(def.Fields, d.field)
		n["isOneOf"] = def.Directives.ForName("oneOf") != nil
	}
	if def.Kind == ast.Object || def.Kind == ast.Interface {
		n["fields"] = current(def.Fields, d.field)
		n["interfaces"] = each(def.Interfaces, d.typeNamed)
	}
	if def.Kind == ast.Interface || def.Kind == ast.Union {
		n["possibleTypes"] = each(d.schema.PossibleTypes[def.Name], func(def *ast.Definition) any {
			if def.Kind != ast.Object {
				return nil
			}
			return d.types[def.Name]
		})
	}
	return n
}

// reference is the node of a type where it is spoken of.
func (d described) reference(t *ast.Type) node {
	switch {
	case t.NonNull:
		return node{"kind": "NON_NULL", "ofType": d.reference(&ast.Type{NamedType: t.NamedType, Elem: t.Elem})}
	case t.Elem != nil:
		return node{"kind": "LIST", "ofType": d.reference(t.Elem)}
	default:
		return d.types[t.NamedType]
	}
}

// member is the node of what has a name and may be deprecated.
func member(name, description string, directives ast.DirectiveList) node {
	return node{
		"name": name, "description": optional(description),
		"isDeprecated":      directives.ForName("deprecated") != nil,
		"deprecationReason": directiveArgument(directives, "deprecated", "reason"),
	}
}

func (d described) field(f *ast.FieldDefinition) node {
	n := member(f.Name, f.Description, f.Directives)
	n["type"], n["args"] = d.reference(f.Type), current(f.Arguments, d.argument)
	n["defaultValue"] = literal(f.DefaultValue) // of an input field
	return n
}

func (d described) argument(a *ast.ArgumentDefinition) node {
	n := member(a.Name, a.Description, a.Directives)
	n["type"], n["defaultValue"] = d.reference(a.Type), literal(a.DefaultValue)
	return n
}

func (d described) enumValue(v *ast.EnumValueDefinition) node {
	return member(v.Name, v.Description, v.Directives)
}

func (d described) directive(def *ast.DirectiveDefinition) node {
	n := member(def.Name, def.Description, nil)
	n["isRepeatable"], n["args"] = def.IsRepeatable, current(def.Arguments, d.argument)
	n["locations"] = each(def.Locations, func(l ast.DirectiveLocation) any { return string(l) })
	return n
}

// current lists nodes: those that introspection has added left out, and what is
// deprecated, unless the argument asks for it.
func current[T any](all []T, of func(T) node) listed {
	nodes := each(all, func(t T) any { return of(t) })
	return func(args map[string]any) any {
		deprecated, _ := args["includeDeprecated"].(bool)
		return each(nodes, func(v any) any {
			if n := v.(node); introspective(n["name"].(string)) || !deprecated && n["isDeprecated"] == true {
				return nil
			}
			return v
		})
	}
}

// each lists what make answers for each of all, nil left out.
func each[T any](all []T, make func(t T) any) []any {
	found := []any{}
	for _, t := range all {
		if v := make(t); v != nil {
			found = append(found, v)
		}
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
	value := d.Definition.Arguments.ForName(argument).DefaultValue
	if a := d.Arguments.ForName(argument); a != nil {
		value = a.Value
	}
	if value == nil || value.Kind == ast.NullValue {
		return nil
	}
	return value.Raw
}

// literal is a default value as the schema writes it, null for none.
func literal(v *ast.Value) any {
	if v == nil {
		return nil
	}
	return v.String()
}

// optional is a description: null where it is empty.
func optional(s string) any {
	if s == "" {
		return nil
	}
	return s
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
		return !ok || !introspective(field.Name)
	})
}
