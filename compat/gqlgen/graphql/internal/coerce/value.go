package coerce

import (
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// value coerces a value of JSON, or an *ast.Value of a document or a schema.
func (c *coercion) value(typ *ast.Type, v any, at place) (any, *gqlerror.Error) {
	v, coerced := c.resolve(v)
	switch {
	case v == nil && typ.NonNull:
		return nil, c.unfit(at, "a value that is not null")
	case v == nil:
		return nil, nil
	case typ.Elem != nil:
		return c.list(typ, v, coerced, at)
	case coerced:
		return v, nil
	}
	switch def := c.schema.Types[typ.NamedType]; def.Kind {
	case ast.Scalar:
		return c.scalar(def, v, at)
	case ast.Enum:
		return c.enum(def, v, at)
	default:
		return c.object(def, v, at)
	}
}

// resolve puts nil in the place of null, and the value of a variable in the
// place of its name. That was coerced before, to a type that validation found to fit.
func (c *coercion) resolve(v any) (value any, coerced bool) {
	if literal, ok := v.(*ast.Value); ok {
		switch literal.Kind {
		case ast.Variable:
			return c.variables[literal.Raw], true
		case ast.NullValue:
			return nil, false
		}
	}
	return v, false
}

// list coerces a list; a single value is a list of one.
func (c *coercion) list(typ *ast.Type, v any, coerced bool, at place) (any, *gqlerror.Error) {
	elems, isList := elements(v)
	switch {
	case coerced && isList:
		return v, nil
	case coerced:
		return []any{v}, nil
	case !isList:
		one, err := c.value(typ.Elem, v, at)
		if err != nil {
			return nil, err
		}
		return []any{one}, nil
	}
	list := make([]any, len(elems))
	for i, elem := range elems {
		got, err := c.value(typ.Elem, elem, place{up: &at, index: i})
		if err != nil {
			return nil, err
		}
		list[i] = got
	}
	return list, nil
}

func elements(v any) (elems []any, ok bool) {
	literal, ok := v.(*ast.Value)
	if !ok {
		elems, ok = v.([]any)
		return elems, ok
	}
	for _, child := range literal.Children {
		elems = append(elems, child.Value)
	}
	return elems, literal.Kind == ast.ListValue
}

func (c *coercion) object(def *ast.Definition, v any, at place) (any, *gqlerror.Error) {
	given, ok := members(v)
	if !ok {
		return nil, c.unfit(at, "an object of type "+def.Name)
	}
	for name := range given {
		if def.Fields.ForName(name) == nil {
			// The name is not repeated: it was typed by somebody.
			return nil, c.unfit(at, "only fields of "+def.Name)
		}
	}
	object := make(map[string]any, len(def.Fields))
	for _, field := range def.Fields {
		v, present := given[field.Name]
		e := entry{name: field.Name, typ: field.Type, fallback: field.DefaultValue, value: v, present: present && !c.missing(v)}
		if err := c.entry(object, e, place{up: &at, field: field.Name}); err != nil {
			return nil, err
		}
	}
	if def.Directives.ForName("oneOf") != nil && !exactlyOne(given, object) {
		return nil, c.unfit(at, "exactly one field of "+def.Name)
	}
	return object, nil
}

// exactlyOne says whether one field was given, and not null. A variable without a
// value counts as a field here. Specification: input coercion of OneOf input objects.
func exactlyOne(given, object map[string]any) bool {
	for _, value := range object {
		return len(given) == 1 && value != nil
	}
	return false
}

func members(v any) (fields map[string]any, ok bool) {
	literal, ok := v.(*ast.Value)
	if !ok {
		fields, ok = v.(map[string]any)
		return fields, ok
	}
	fields = make(map[string]any, len(literal.Children))
	for _, child := range literal.Children {
		fields[child.Name] = child.Value
	}
	return fields, literal.Kind == ast.ObjectValue
}
