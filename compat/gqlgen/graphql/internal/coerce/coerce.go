// Package coerce turns variables and arguments into values of the types the schema
// declares, as the specification's sections on input coercion say.
//
// Int becomes int64, Float float64, ID and String string, Boolean bool, an enum its
// name, a list []any, an input object map[string]any with defaults filled in.
// Custom scalars stay as they came. Errors name the place and what was expected there,
// never what came.
package coerce

import (
	"strconv"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// Variables coerces the variables of a request to what the operation declares.
// Variables the operation does not declare are left out; given is not changed.
func Variables(schema *ast.Schema, op *ast.OperationDefinition, given map[string]any) (map[string]any, *gqlerror.Error) {
	coerced := make(map[string]any, len(op.VariableDefinitions))
	for _, def := range op.VariableDefinitions {
		c := coercion{schema: schema, where: "variable $" + def.Variable}
		value, present := given[def.Variable]
		switch {
		case !present && def.DefaultValue != nil:
			got, err := c.literal(def.Type, def.DefaultValue, place{})
			if err != nil {
				return nil, err
			}
			coerced[def.Variable] = got
		case !present && def.Type.NonNull:
			return nil, c.unfit(place{}, "a value")
		case present:
			got, err := c.json(def.Type, value, place{})
			if err != nil {
				return nil, err
			}
			coerced[def.Variable] = got
		}
	}
	return coerced, nil
}

// Arguments coerces the arguments of a field or a directive. variables are what
// Variables answered. Arguments without a value or a default are left out.
func Arguments(schema *ast.Schema, defs ast.ArgumentDefinitionList, args ast.ArgumentList, variables map[string]any) (map[string]any, *gqlerror.Error) {
	coerced := make(map[string]any, len(defs))
	for _, def := range defs {
		c := coercion{schema: schema, variables: variables, where: "argument " + def.Name}
		var value *ast.Value
		if arg := args.ForName(def.Name); arg != nil && !c.missing(arg.Value) {
			value = arg.Value
		} else {
			value = def.DefaultValue
		}
		if value == nil {
			if def.Type.NonNull {
				return nil, c.unfit(place{}, "a value")
			}
			continue
		}
		got, err := c.literal(def.Type, value, place{})
		if err != nil {
			return nil, err
		}
		coerced[def.Name] = got
	}
	return coerced, nil
}

type coercion struct {
	schema    *ast.Schema
	variables map[string]any
	where     string // what the errors speak of
}

// place is where inside a value we are; it is built only as we descend.
type place struct {
	up    *place
	field string
	index int
}

func (p *place) String() string {
	switch {
	case p.up == nil:
		return ""
	case p.field != "":
		return p.up.String() + "." + p.field
	default:
		return p.up.String() + "[" + strconv.Itoa(p.index) + "]"
	}
}

func (c *coercion) unfit(at place, expected string) *gqlerror.Error {
	return gqlerror.Errorf("%s%s: %s expected", c.where, at.String(), expected)
}

// missing says whether v is a variable that was not given, which counts as if
// nothing had been written there.
func (c *coercion) missing(v *ast.Value) bool {
	if v.Kind != ast.Variable {
		return false
	}
	_, given := c.variables[v.Raw]
	return !given
}

// scalar coerces what a JSON value and a literal have in common. Numbers come as
// json.Number, int64 or float64.
func (c *coercion) scalar(def *ast.Definition, value any, at place) (any, *gqlerror.Error) {
	var got any
	var err error
	expected := ""
	switch def.Name {
	case "Int":
		expected = "a whole number of 32 bits"
		var i int32
		i, err = graphql.UnmarshalInt32(value)
		got = int64(i)
	case "Float":
		expected = "a finite number"
		got, err = graphql.UnmarshalFloat(value)
	case "String":
		expected = "a string"
		got, err = graphql.UnmarshalString(value)
	case "Boolean":
		expected = "true or false"
		got, err = graphql.UnmarshalBoolean(value)
	case "ID":
		expected = "a string or a whole number"
		got, err = graphql.UnmarshalID(value)
	default:
		return value, nil // a custom scalar reads its value itself
	}
	if err != nil {
		return nil, c.unfit(at, expected)
	}
	return got, nil
}

func (c *coercion) enum(def *ast.Definition, name string, at place) (any, *gqlerror.Error) {
	if def.EnumValues.ForName(name) == nil {
		return nil, c.unfit(at, "a value of "+def.Name)
	}
	return name, nil
}

func (c *coercion) oneOf(def *ast.Definition, fields map[string]any, at place) *gqlerror.Error {
	if def.Directives.ForName("oneOf") == nil {
		return nil
	}
	if len(fields) == 1 {
		for _, value := range fields {
			if value != nil {
				return nil
			}
		}
	}
	return c.unfit(at, "exactly one field of "+def.Name)
}
