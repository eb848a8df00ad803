package coerce

import (
	"encoding/json"
	"strconv"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

func (c *coercion) enum(def *ast.Definition, v any, at place) (any, *gqlerror.Error) {
	name, ok := v.(string)
	if literal, written := v.(*ast.Value); written && literal.Kind == ast.EnumValue {
		name, ok = literal.Raw, true
	}
	if !ok || def.EnumValues.ForName(name) == nil {
		return nil, c.unfit(at, "a value of "+def.Name)
	}
	return name, nil
}

// scalar coerces to one of the five scalars that the specification has. All others
// read their values themselves.
func (c *coercion) scalar(def *ast.Definition, v any, at place) (got any, failed *gqlerror.Error) {
	var expected string
	var err error
	plain := c.plain(v, def.Name)
	switch def.Name {
	case "Int":
		expected = "a whole number of 32 bits"
		var i int32
		i, err = graphql.UnmarshalInt32(plain)
		got = int64(i)
	case "Float":
		expected = "a finite number"
		got, err = graphql.UnmarshalFloat(plain)
	case "String":
		expected = "a string"
		got, err = graphql.UnmarshalString(plain)
	case "Boolean":
		expected = "true or false"
		got, err = graphql.UnmarshalBoolean(plain)
	case "ID":
		expected = "a string or a whole number"
		got, err = graphql.UnmarshalID(plain)
	default:
		return plain, nil
	}
	if err != nil {
		return nil, c.unfit(at, expected)
	}
	return got, nil
}

// plain is a literal as the JSON value of the same meaning. One of a kind that the
// scalar does not have is left as it is, which nothing accepts.
func (c *coercion) plain(v any, scalar string) any {
	literal, ok := v.(*ast.Value)
	if !ok {
		return v
	}
	switch literal.Kind {
	case ast.Variable:
		return c.variables[literal.Raw]
	case ast.NullValue:
		return nil
	case ast.IntValue, ast.FloatValue:
		if literal.Kind == ast.FloatValue && (scalar == "Int" || scalar == "ID") {
			return literal
		}
		return number(literal, scalar)
	case ast.BooleanValue:
		return literal.Raw == "true"
	case ast.EnumValue:
		if scalar == "String" || scalar == "ID" {
			return literal
		}
		return literal.Raw
	case ast.ListValue:
		list := make([]any, len(literal.Children))
		for i, child := range literal.Children {
			list[i] = c.plain(child.Value, "")
		}
		return list
	case ast.ObjectValue:
		object := make(map[string]any, len(literal.Children))
		for _, child := range literal.Children {
			if !c.missing(child.Value) {
				object[child.Name] = c.plain(child.Value, "")
			}
		}
		return object
	default: // a string or a block of text
		return literal.Raw
	}
}

// number is an int64 or a float64 where the literal fits.
func number(literal *ast.Value, scalar string) any {
	if i, err := strconv.ParseInt(literal.Raw, 10, 64); err == nil && scalar != "ID" {
		return i
	}
	if f, err := strconv.ParseFloat(literal.Raw, 64); err == nil && literal.Kind == ast.FloatValue {
		return f
	}
	return json.Number(literal.Raw)
}
