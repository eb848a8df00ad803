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

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// Variables coerces the variables of a request to what the operation declares.
// Variables the operation does not declare are left out; given is not changed.
// Specification: CoerceVariableValues.
func Variables(schema *ast.Schema, op *ast.OperationDefinition, given map[string]any) (map[string]any, *gqlerror.Error) {
	coerced := make(map[string]any, len(op.VariableDefinitions))
	for _, def := range op.VariableDefinitions {
		c := coercion{schema: schema, where: "variable $" + def.Variable}
		value, present := given[def.Variable]
		e := entry{name: def.Variable, typ: def.Type, fallback: def.DefaultValue, value: value, present: present}
		if err := c.entry(coerced, e, place{}); err != nil {
			return nil, err
		}
	}
	return coerced, nil
}

// Arguments coerces the arguments of a field or a directive. variables are what
// Variables answered. Arguments without a value or a default are left out.
// Specification: CoerceArgumentValues.
func Arguments(schema *ast.Schema, defs ast.ArgumentDefinitionList, args ast.ArgumentList, variables map[string]any) (map[string]any, *gqlerror.Error) {
	coerced := make(map[string]any, len(defs))
	for _, def := range defs {
		c := coercion{schema: schema, variables: variables, where: "argument " + def.Name}
		e := entry{name: def.Name, typ: def.Type, fallback: def.DefaultValue}
		if arg := args.ForName(def.Name); arg != nil && !c.missing(arg.Value) {
			e.value, e.present = arg.Value, true
		}
		if err := c.entry(coerced, e, place{}); err != nil {
			return nil, err
		}
	}
	return coerced, nil
}

// entry is a variable, an argument or an input field, and what was given for it.
type entry struct {
	name     string
	typ      *ast.Type
	fallback *ast.Value // nil for none
	value    any
	present  bool
}

// entry adds what was given, or the default, to coerced.
func (c *coercion) entry(coerced map[string]any, e entry, at place) *gqlerror.Error {
	switch {
	case e.present:
	case e.fallback != nil:
		e.value = e.fallback
	case e.typ.NonNull:
		return c.unfit(at, "a value")
	default:
		return nil
	}
	got, err := c.value(e.typ, e.value, at)
	if err != nil {
		return err
	}
	coerced[e.name] = got
	return nil
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
func (c *coercion) missing(v any) bool {
	literal, ok := v.(*ast.Value)
	if !ok || literal.Kind != ast.Variable {
		return false
	}
	_, given := c.variables[literal.Raw]
	return !given
}
