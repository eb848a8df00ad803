package coerce

import (
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// json coerces a value that came as JSON.
func (c *coercion) json(typ *ast.Type, value any, at place) (any, *gqlerror.Error) {
	if value == nil {
		if typ.NonNull {
			return nil, c.unfit(at, "a value that is not null")
		}
		return nil, nil
	}
	if typ.Elem != nil {
		return c.jsonList(typ, value, at)
	}
	def := c.schema.Types[typ.NamedType]
	switch def.Kind {
	case ast.Scalar:
		return c.scalar(def, value, at)
	case ast.Enum:
		name, ok := value.(string)
		if !ok {
			return nil, c.unfit(at, "a value of "+def.Name)
		}
		return c.enum(def, name, at)
	default:
		return c.jsonObject(def, value, at)
	}
}

// jsonList coerces a list; a single value is a list of one.
func (c *coercion) jsonList(typ *ast.Type, value any, at place) (any, *gqlerror.Error) {
	list, ok := value.([]any)
	if !ok {
		one, err := c.json(typ.Elem, value, at)
		if err != nil {
			return nil, err
		}
		return []any{one}, nil
	}
	coerced := make([]any, len(list))
	for i, elem := range list {
		got, err := c.json(typ.Elem, elem, place{up: &at, index: i})
		if err != nil {
			return nil, err
		}
		coerced[i] = got
	}
	return coerced, nil
}

func (c *coercion) jsonObject(def *ast.Definition, value any, at place) (any, *gqlerror.Error) {
	given, ok := value.(map[string]any)
	if !ok {
		return nil, c.unfit(at, "an object of type "+def.Name)
	}
	for name := range given {
		if def.Fields.ForName(name) == nil {
			// The name is not repeated: it was typed by somebody.
			return nil, c.unfit(at, "only fields of "+def.Name)
		}
	}
	if err := c.oneOf(def, given, at); err != nil {
		return nil, err
	}
	coerced := make(map[string]any, len(def.Fields))
	for _, field := range def.Fields {
		inside := place{up: &at, field: field.Name}
		elem, present := given[field.Name]
		if !present {
			if err := c.absent(coerced, field, inside); err != nil {
				return nil, err
			}
			continue
		}
		got, err := c.json(field.Type, elem, inside)
		if err != nil {
			return nil, err
		}
		coerced[field.Name] = got
	}
	return coerced, nil
}

// absent fills in the default of an input field that was left out.
func (c *coercion) absent(coerced map[string]any, field *ast.FieldDefinition, at place) *gqlerror.Error {
	if field.DefaultValue == nil {
		if field.Type.NonNull {
			return c.unfit(at, "a value")
		}
		return nil
	}
	got, err := c.literal(field.Type, field.DefaultValue, at)
	if err != nil {
		return err
	}
	coerced[field.Name] = got
	return nil
}
