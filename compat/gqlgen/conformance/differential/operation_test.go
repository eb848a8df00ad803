//go:build conformance

package differential

import (
	"fmt"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
)

// request is what a client sends.
type request struct {
	Query         string
	Variables     string // JSON
	OperationName string
}

// operationWriter writes one document of a schema, drawn from rng.
type operationWriter struct {
	rng    *rand.Rand
	schema *ast.Schema
	values inputs

	names     map[string]string // what each response name stands for, so that all can be joined
	variables []variable
	fragments []fragment
	budget    int // of fields
	fault     string
}

type variable struct {
	name, typ, fallback string
	given               string // JSON; empty for a variable that is left out
}

type fragment struct {
	name, typ, text string
	depth           int
}

func writeOperation(rng *rand.Rand, schema *ast.Schema, types []inputType) request {
	w := &operationWriter{rng: rng, schema: schema, names: map[string]string{}, budget: 60}
	w.values = inputs{rng: rng, types: types}
	w.values.variable = w.variable
	if w.chance(6) {
		w.values.wrong = 60
	}
	if w.chance(6) {
		w.fault = w.one(faults...)
	}
	kind, root := "query", schema.Query
	if w.chance(5) {
		kind, root = "mutation", schema.Mutation
	}
	body := w.set(root, 2+w.rng.IntN(3), "")
	return w.document(kind, body)
}

func (w *operationWriter) one(of ...string) string { return of[w.rng.IntN(len(of))] }

func (w *operationWriter) chance(n int) bool { return w.rng.IntN(n) == 0 }

// document puts the operation, its fragments and perhaps another operation in
// some order.
func (w *operationWriter) document(kind, body string) request {
	var req request
	w.dropUnused(body)
	name := w.one("", "Main", "Main")
	parts := []string{w.head(kind, name) + " " + body}
	for _, f := range w.fragments {
		parts = append(parts, fmt.Sprintf("fragment %s on %s%s %s", f.name, f.typ, w.one("", "", " @note"), f.text))
	}
	if name != "" {
		req.OperationName = w.one("", name)
	}
	if name != "" && w.chance(4) {
		parts = append(parts, "query Other { __typename }")
		req.OperationName = w.one(name, name, name, "Other")
	}
	parts = append(parts, w.misplaced(&req)...)
	w.rng.Shuffle(len(parts), func(i, k int) { parts[i], parts[k] = parts[k], parts[i] })
	// Not \r\n: the parser counts the columns of the line after it from one too many.
	req.Query = strings.Join(parts, w.one("\n", "\n\n", " # a comment\n"))

	given := []string{}
	for _, v := range w.variables {
		if v.given != "" {
			given = append(given, fmt.Sprintf("%q:%s", v.name, v.given))
		}
	}
	req.Variables = "{" + strings.Join(given, ",") + "}"
	return req
}

// dropUnused forgets the variables of literals that were not kept.
func (w *operationWriter) dropUnused(body string) {
	text := body
	for _, f := range w.fragments {
		text += f.text
	}
	w.variables = slices.DeleteFunc(w.variables, func(v variable) bool {
		return !regexp.MustCompile(`\$` + v.name + `\b`).MatchString(text)
	})
}

// head is the operation without its selections.
func (w *operationWriter) head(kind, name string) string {
	var defs []string
	for _, v := range w.variables {
		def := "$" + v.name + ": " + v.typ
		if v.fallback != "" {
			def += " = " + v.fallback
		}
		defs = append(defs, def+w.one("", "", "", ` @note(text: "v")`))
	}
	defs = append(defs, w.extraVariables()...)
	if len(defs) == 0 {
		if kind == "query" && name == "" {
			return w.one("", "query")
		}
		return kind + " " + name
	}
	return kind + " " + name + "(" + strings.Join(defs, w.one(", ", " ", "\n  ")) + ")" + w.one("", " @note @note(of: [V0_1])")
}

// set is a selection set on a composite type.
func (w *operationWriter) set(def *ast.Definition, depth int, indent string) string {
	inner := indent + "  "
	var parts []string
	for range 1 + w.rng.IntN(5) {
		switch n := w.rng.IntN(12); {
		case n == 0:
			parts = append(parts, w.typename())
		case n == 1 && depth > 0:
			parts = append(parts, "..."+w.condition()+" "+w.set(def, depth-1, inner))
		case n < 4 && depth > 0:
			on := w.overlapping(def)
			parts = append(parts, "... on "+on.Name+w.condition()+" "+w.set(on, depth-1, inner))
		case n < 6 && depth > 0:
			parts = append(parts, "..."+w.fragment(def, depth-1)+w.condition())
		default:
			parts = append(parts, w.field(def, depth, inner))
		}
	}
	parts = append(parts, w.wrongSelection(def)...)
	w.rng.Shuffle(len(parts), func(i, k int) { parts[i], parts[k] = parts[k], parts[i] })
	between := w.one("\n"+inner, " ", ", ")
	return "{" + between + strings.Join(parts, between) + w.one("\n"+indent, " ") + "}"
}

func (w *operationWriter) typename() string {
	return w.one("", "", "kind: ") + "__typename"
}

// condition is @skip, @include, both, or something that changes nothing.
func (w *operationWriter) condition() string {
	if !w.chance(5) {
		return ""
	}
	yes := func() string {
		if w.chance(2) {
			if text, ok := w.variable("Boolean!", variablePlace{}); ok {
				return text
			}
		}
		return w.one("true", "false")
	}
	switch w.rng.IntN(4) {
	case 0:
		return " @include(if: " + yes() + ") @skip(if: " + yes() + ")"
	case 1:
		return " @note(text: \"a\") @note"
	case 2:
		return " @skip(if: " + yes() + ")"
	default:
		return " @include(if: " + yes() + ")"
	}
}

// overlapping is a type some of whose objects are of def too.
func (w *operationWriter) overlapping(def *ast.Definition) *ast.Definition {
	var found []*ast.Definition
	for _, name := range sortedTypes(w.schema) {
		other := w.schema.Types[name]
		if !other.IsCompositeType() || strings.HasPrefix(name, "__") {
			continue
		}
		for _, object := range w.schema.GetPossibleTypes(other) {
			if slices.Contains(w.schema.GetPossibleTypes(def), object) {
				found = append(found, other)
				break
			}
		}
	}
	if len(found) == 0 {
		return def // introspection's types
	}
	return found[w.rng.IntN(len(found))]
}

func sortedTypes(schema *ast.Schema) []string {
	names := make([]string, 0, len(schema.Types))
	for name := range schema.Types {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// fragment is the name of a fragment that can be spread on def.
func (w *operationWriter) fragment(def *ast.Definition, depth int) string {
	on := w.overlapping(def)
	for _, f := range w.fragments {
		if f.typ == on.Name && f.depth <= depth && !w.chance(3) {
			return f.name
		}
	}
	text := w.set(on, depth, "")
	f := fragment{name: fmt.Sprintf("F%d", len(w.fragments)), typ: on.Name, text: text, depth: depth}
	w.fragments = append(w.fragments, f)
	return f.name
}

// field selects one field of def.
func (w *operationWriter) field(def *ast.Definition, depth int, indent string) string {
	field := w.choose(def, depth)
	if field == nil || w.budget == 0 {
		return "__typename"
	}
	w.budget--
	text := field.Name + w.arguments(field)
	text = w.alias(field, text) + w.condition()
	target := w.schema.Types[field.Type.Name()]
	if target.IsCompositeType() {
		return text + " " + w.set(target, depth-1, indent)
	}
	return text
}

// introspectionApart are fields whose answers the specification does not fix: the
// order of types and directives, how a default is written, and what is said of types
// that every server has. The test of introspection compares them.
var introspectionApart = []string{
	"__Schema.types", "__Schema.directives", "__Type.possibleTypes", "__Type.description",
	"__InputValue.defaultValue",
}

func (w *operationWriter) choose(def *ast.Definition, depth int) *ast.FieldDefinition {
	var found []*ast.FieldDefinition
	for _, field := range def.Fields {
		switch {
		case slices.Contains(introspectionApart, def.Name+"."+field.Name):
		case depth <= 0 && w.schema.Types[field.Type.Name()].IsCompositeType():
		case strings.HasPrefix(field.Name, "__") && !w.chance(4):
		default:
			found = append(found, field)
		}
	}
	if len(found) == 0 {
		return nil
	}
	return found[w.rng.IntN(len(found))]
}

func (w *operationWriter) arguments(field *ast.FieldDefinition) string {
	if field.Name == "__type" {
		return `(name: "` + w.one("T0", "N1", "U0", "E0", "I3", "I0", "Any", "Query", "Nothing") + `")`
	}
	var args []string
	for _, arg := range field.Arguments {
		if arg.Type.NonNull && arg.DefaultValue == nil || w.rng.IntN(5) < 3 {
			place := variablePlace{hasDefault: arg.DefaultValue != nil}
			args = append(args, arg.Name+": "+w.values.literal(arg.Type.String(), place, 2))
		}
	}
	args = append(args, w.wrongArgument()...)
	if len(args) == 0 {
		return ""
	}
	w.rng.Shuffle(len(args), func(i, k int) { args[i], args[k] = args[k], args[i] })
	return "(" + strings.Join(args, ", ") + ")"
}

// alias gives a field a response name under which nothing else stands: where two
// selections are joined they must be the same field, with the same arguments
// and of a type of the same shape.
func (w *operationWriter) alias(field *ast.FieldDefinition, text string) string {
	shape := field.Type.String()
	if w.schema.Types[field.Type.Name()].IsCompositeType() {
		shape = strings.ReplaceAll(shape, field.Type.Name(), "{}")
	}
	meaning := text + " of " + shape
	name := field.Name
	if w.chance(4) {
		name = w.one("x", "y", "z", "second")
	}
	for n := 2; w.names[name] != "" && w.names[name] != meaning; n++ {
		name = fmt.Sprintf("%s_%d", field.Name, n)
	}
	w.names[name] = meaning
	if name == field.Name {
		return text
	}
	return name + ": " + text
}

// variable puts a variable where a value of typ is wanted.
func (w *operationWriter) variable(typ string, place variablePlace) (string, bool) {
	declared := typ
	fallback, must := "", strings.HasSuffix(typ, "!") || place.oneOf
	switch {
	case place.oneOf:
		declared += "!"
	case !must && w.chance(3):
		declared += "!"
		must = true
	case must && w.chance(3) && typ != "Boolean!":
		// (Not in place of a Boolean, which may be a condition. One that is null is not
		// true, says CollectFields; graphql-js fails the field around it.)
		//
		// A default, or that of the place, permits a variable that may be left out.
		declared = strings.TrimSuffix(typ, "!")
		if !place.hasDefault || w.chance(2) {
			fallback = w.values.constant(typ)
		}
		must = false
	}
	if place.oneOf && fallback == "" {
		must = true
	}
	for _, v := range w.variables {
		if v.typ == declared && w.chance(2) && (fallback == "") == (v.fallback == "") && v.fallback != "null" {
			return "$" + v.name, true
		}
	}
	if fallback == "" && w.chance(4) {
		fallback = w.values.constant(declared)
	}
	v := variable{name: fmt.Sprintf("v%d", len(w.variables)), typ: declared, fallback: fallback}
	if (must && fallback == "") || w.rng.IntN(3) > 0 {
		v.given = w.values.json(declared, 2)
	}
	w.variables = append(w.variables, v)
	return "$" + v.name, true
}
