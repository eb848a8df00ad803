package coerce

import (
	"encoding/json"
	"strconv"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// literal coerces a value written in a document or a schema.
func (c *coercion) literal(typ *ast.Type, v *ast.Value, at place) (any, *gqlerror.Error) {
	if v.Kind == ast.Variable {
		// Coerced before, and validated to be of a type that fits here; only
		// null may still be out of place.
		value := c.variables[v.Raw]
		if value == nil && typ.NonNull {
			return nil, c.unfit(at, "a value that is not null")
		}
		if _, isList := value.([]any); typ.Elem != nil && value != nil && !isList {
			return []any{value}, nil
		}
		return value, nil
	}
	if v.Kind == ast.NullValue {
		if typ.NonNull {
			return nil, c.unfit(at, "a value that is not null")
		}
		return nil, nil
	}
	if typ.Elem != nil {
		return c.literalList(typ, v, at)
	}
	def := c.schema.Types[typ.NamedType]
	switch def.Kind {
	case ast.Scalar:
		return c.scalar(def, c.plain(v), at)
	case ast.Enum:
		if v.Kind != ast.EnumValue {
			return nil, c.unfit(at, "a value of "+def.Name)
		}
		return c.enum(def, v.Raw, at)
	default:
		return c.literalObject(def, v, at)
	}
}

func (c *coercion) literalList(typ *ast.Type, v *ast.Value, at place) (any, *gqlerror.Error) {
	if v.Kind != ast.ListValue {
		one, err := c.literal(typ.Elem, v, at)
		if err != nil {
			return nil, err
		}
		return []any{one}, nil
	}
	coerced := make([]any, len(v.Children))
	for i, child := range v.Children {
		got, err := c.literal(typ.Elem, child.Value, place{up: &at, index: i})
		if err != nil {
			return nil, err
		}
		coerced[i] = got
	}
	return coerced, nil
}

func (c *coercion) literalObject(def *ast.Definition, v *ast.Value, at place) (any, *gqlerror.Error) {
	if v.Kind != ast.ObjectValue {
		return nil, c.unfit(at, "an object of type "+def.Name)
	}
	coerced := make(map[string]any, len(def.Fields))
	for _, child := range v.Children {
		field := def.Fields.ForName(child.Name)
		if field == nil {
			return nil, c.unfit(at, "only fields of "+def.Name)
		}
		if c.missing(child.Value) {
			continue
		}
		got, err := c.literal(field.Type, child.Value, place{up: &at, field: field.Name})
		if err != nil {
			return nil, err
		}
		coerced[field.Name] = got
	}
	if err := c.oneOf(def, coerced, at); err != nil {
		return nil, err
	}
	for _, field := range def.Fields {
		if _, given := coerced[field.Name]; given {
			continue
		}
		if err := c.absent(coerced, field, place{up: &at, field: field.Name}); err != nil {
			return nil, err
		}
	}
	return coerced, nil
}

// plain is a literal as the JSON value of the same meaning, for scalars.
func (c *coercion) plain(v *ast.Value) any {
	switch v.Kind {
	case ast.Variable:
		return c.variables[v.Raw]
	case ast.IntValue:
		if i, err := strconv.ParseInt(v.Raw, 10, 64); err == nil {
			return i
		}
		return json.Number(v.Raw)
	case ast.FloatValue:
		if f, err := strconv.ParseFloat(v.Raw, 64); err == nil {
			return f
		}
		return json.Number(v.Raw)
	case ast.BooleanValue:
		return v.Raw == "true"
	case ast.ListValue:
		list := make([]any, len(v.Children))
		for i, child := range v.Children {
			list[i] = c.plain(child.Value)
		}
		return list
	case ast.ObjectValue:
		object := make(map[string]any, len(v.Children))
		for _, child := range v.Children {
			if !c.missing(child.Value) {
				object[child.Name] = c.plain(child.Value)
			}
		}
		return object
	case ast.StringValue, ast.BlockValue, ast.EnumValue:
		return v.Raw
	default: // null
		return nil
	}
}
