//go:build conformance

package differential

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
)

// inputs writes values of input types, as literals and as JSON.
type inputs struct {
	rng   *rand.Rand
	types []inputType
	// variable, where it is not nil, may put a variable in place of a literal.
	variable func(typ string, place variablePlace) (string, bool)
	// flat keeps values of custom scalars from being lists and objects: as defaults,
	// graphql-js has no literals for these.
	flat bool
	// wrong is how seldom a value is not of its type; 0 for never.
	wrong int
	// spoiled says that a wrong value was written.
	spoiled bool
}

type inputType struct {
	name   string
	oneOf  bool
	fields []inputField
}

type inputField struct{ name, typ, fallback string }

// variablePlace is what decides which variables fit.
type variablePlace struct {
	hasDefault bool
	oneOf      bool // the variable must not be null
}

func (f inputField) String() string {
	if f.fallback == "" {
		return f.name + ": " + f.typ
	}
	return f.name + ": " + f.typ + " = " + f.fallback
}

func (in *inputs) one(of ...string) string { return of[in.rng.IntN(len(of))] }

func (in *inputs) chance(n int) bool { return n > 0 && in.rng.IntN(n) == 0 }

// constant is a literal without variables and mistakes.
func (in *inputs) constant(typ string) string {
	still := inputs{rng: in.rng, types: in.types, flat: in.flat}
	return still.literal(typ, variablePlace{}, 2)
}

// literal is a literal of a type. deep is how many objects may nest.
func (in *inputs) literal(typ string, place variablePlace, deep int) string {
	if in.variable != nil && in.chance(4) {
		if text, ok := in.variable(typ, place); ok {
			return text
		}
	}
	inner, nonNull := strings.CutSuffix(typ, "!")
	if !nonNull && (in.chance(8) || deep < 0) && !place.oneOf {
		return "null"
	}
	if in.chance(in.wrong) {
		in.spoiled = true
		return in.one(`"wrong"`, "17", "2147483648", "1.5", "WRONG", "{wrong: 1}", "[[[[1]]]]", "true", "null")
	}
	if elem, isList := element(inner); isList {
		return in.list(", ", func() string { return in.literal(elem, variablePlace{}, deep) })
	}
	return in.namedLiteral(inner, deep)
}

// element is the type of a list's elements.
func element(typ string) (string, bool) {
	if !strings.HasPrefix(typ, "[") {
		return "", false
	}
	return typ[1 : len(typ)-1], true
}

// list is a list, or its one element alone.
func (in *inputs) list(separator string, write func() string) string {
	if in.chance(4) {
		for range 8 {
			// null alone is no list of one, a list alone no element, and a
			// variable would have to be a list itself.
			if one := write(); one != "null" && one[0] != '[' && one[0] != '$' {
				return one
			}
		}
	}
	elems := make([]string, in.rng.IntN(4))
	for i := range elems {
		elems[i] = write()
	}
	return "[" + strings.Join(elems, separator) + "]"
}

func (in *inputs) namedLiteral(name string, deep int) string {
	switch name {
	case "Int":
		return in.one("0", "1", "-7", "2147483647", "-2147483648")
	case "Float":
		return in.one("0", "3", "-1.5", "1e3", "1.25E-3", "123456789012", "0.1")
	case "String":
		return in.one(`""`, `"text"`, `"a \"b\" \\ \/ \b\f\n\r\t \u00e9"`, `"""block"""`, "\"\"\"\n  first\n    second \\\"\"\" \\n\n\n  \"\"\"", `"é €"`)
	case "Boolean":
		return in.one("true", "false")
	case "ID":
		return in.one(`"id"`, "5", "-5", `"5"`, "1234567890123")
	case "Any", "Blob":
		return in.anyLiteral(2)
	}
	if name[0] == 'E' {
		return fmt.Sprintf("V%c_%d", name[1], in.rng.IntN(2))
	}
	return in.object(name, deep, func(f inputField) string {
		return f.name + ": " + in.literal(f.typ, variablePlace{hasDefault: f.fallback != "", oneOf: in.typeOf(name).oneOf}, deep-1)
	}, "{", ", ")
}

// anyLiteral is a literal for a scalar that takes everything. Variables of any type
// fit into an object in it.
func (in *inputs) anyLiteral(deep int) string {
	inside := func() string {
		if in.variable != nil && in.chance(4) {
			if text, ok := in.variable(in.one("Int", "[String]", "Any", "I0"), variablePlace{}); ok {
				return text
			}
		}
		return in.one("null", in.anyLiteral(deep-1))
	}
	switch n := in.rng.IntN(6); {
	case in.flat:
		return in.one("1", "-2.5", `"s"`, "true", "ENUM", "12345678901")
	case n == 0 && deep > 0:
		return "[" + in.anyLiteral(deep-1) + ", null, " + in.anyLiteral(deep-1) + "]"
	case n == 1 && deep > 0:
		return "{x: " + inside() + ", a: " + inside() + "}"
	default:
		return in.one("1", "-2.5", `"s"`, "true", "ENUM", "12345678901", "{}", "[]")
	}
}

// knows says whether a type has been written.
func (in *inputs) knows(typ string) bool {
	name := strings.Trim(typ, "[]!")
	return name[0] != 'I' || name == "Int" || name == "ID" ||
		slices.ContainsFunc(in.types, func(t inputType) bool { return t.name == name })
}

func (in *inputs) typeOf(name string) inputType {
	return in.types[slices.IndexFunc(in.types, func(t inputType) bool { return t.name == name })]
}

// object writes an object: what must be given, and some of the rest.
func (in *inputs) object(name string, deep int, write func(f inputField) string, open, separator string) string {
	def := in.typeOf(name)
	var parts []string
	for _, f := range def.fields {
		must := strings.HasSuffix(f.typ, "!") && f.fallback == ""
		if in.chance(in.wrong) {
			in.spoiled = true
			must = false
		}
		if !def.oneOf && (must || deep > 0 && in.rng.IntN(2) == 0) {
			parts = append(parts, write(f))
		}
	}
	if def.oneOf {
		parts = append(parts, write(def.fields[in.rng.IntN(len(def.fields))]))
		if in.chance(in.wrong) {
			in.spoiled = true
			parts = append(parts, write(def.fields[0]), write(def.fields[1]))
		}
	}
	in.rng.Shuffle(len(parts), func(i, k int) { parts[i], parts[k] = parts[k], parts[i] })
	return open + strings.Join(parts, separator) + "}"
}

// json is a value of a type as JSON.
func (in *inputs) json(typ string, deep int) string {
	inner, nonNull := strings.CutSuffix(typ, "!")
	if !nonNull && (in.chance(8) || deep < 0) {
		return "null"
	}
	if in.chance(in.wrong) {
		in.spoiled = true
		return in.one(`"wrong"`, "17", "2147483648", "1.5", `{"wrong":1}`, "[[[[1]]]]", "true", "null")
	}
	if elem, isList := element(inner); isList {
		return in.list(",", func() string { return in.json(elem, deep) })
	}
	return in.namedJSON(inner, deep)
}

func (in *inputs) namedJSON(name string, deep int) string {
	switch name {
	case "Int":
		return in.one("0", "1", "-7", "2147483647", "-2147483648", "5.0", "1e2")
	case "Float":
		return in.one("0", "3", "-1.5", "1e3", "1.25E-3", "123456789012", "0.1")
	case "String":
		return in.one(`""`, `"text"`, `"a \"b\" \\ \/ \b\f\n\r\t \u00e9\u2028"`, `"é € 😀"`, `"\ud83d\ude00"`)
	case "Boolean":
		return in.one("true", "false")
	case "ID":
		return in.one(`"id"`, "5", "-5", `"5"`, "1234567890123") // 5.0 is refused, but JavaScript cannot tell it from 5
	case "Any", "Blob":
		return in.one("1", "-2.5", "1e3", `"s"`, "true", `{"b":[1,null],"a":{}}`, "[]", "12345678901")
	}
	if name[0] == 'E' {
		return fmt.Sprintf(`"V%c_%d"`, name[1], in.rng.IntN(2))
	}
	oneOf := in.typeOf(name).oneOf
	return in.object(name, deep, func(f inputField) string {
		typ := f.typ
		if oneOf {
			typ += "!"
		}
		return `"` + f.name + `":` + in.json(typ, deep-1)
	}, "{", ",")
}
