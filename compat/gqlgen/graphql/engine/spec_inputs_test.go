package engine_test

import (
	"strings"
	"testing"
)

// exampleInputs has the input objects of the specification's own tables.
var exampleInputs = service{
	sdl: `
		type Query { f(v: ExampleInputObject): JSON one(v: ExampleOneOfInputObject): JSON deep(v: Deep): JSON }
		input ExampleInputObject { a: String b: Int! }
		input ExampleOneOfInputObject @oneOf { a: String b: Int }
		input Deep { one: ExampleOneOfInputObject ones: [ExampleOneOfInputObject!] }
		scalar JSON
	`,
	fields: map[string]resolver{"Query.f": echo, "Query.one": echo, "Query.deep": echo},
}

// row is a row of a table of input coercion: a literal, how the variable in it is
// declared, the variables, and what becomes of it.
type row struct{ literal, declared, variables, want string }

// coerceRows asks field for every row. What is wanted is the coerced value as JSON,
// or else the errors of the answer.
func coerceRows(t *testing.T, s service, field string, rows []row) {
	t.Helper()
	for _, r := range rows {
		t.Run(r.literal+" "+r.variables, func(t *testing.T) {
			declared := r.declared
			if declared != "" {
				declared = "(" + declared + ")"
			}
			got := s.answer(t, with(`query`+declared+` { `+field+`(v: `+r.literal+`) }`, r.variables))
			want := r.want
			if strings.HasPrefix(want, "{") || want == "null" || strings.HasPrefix(want, "[") {
				want = data(`{"` + field + `":{"v":` + want + `}}`)
			} else {
				got = messages(t, got)
			}
			if got != want {
				t.Errorf("\n got %s\nwant %s", got, want)
			}
		})
	}
}

// 3.10 Input Objects, input coercion: the table of the specification.
func TestSpecInputCoercionOfInputObjects(t *testing.T) {
	coerceRows(t, exampleInputs, "f", []row{
		{`{ a: "abc", b: 123 }`, ``, `{}`, `{"a":"abc","b":123}`},
		{`{ a: null, b: 123 }`, ``, `{}`, `{"a":null,"b":123}`},
		{`{ b: 123 }`, ``, `{}`, `{"b":123}`},
		{`{ a: $var, b: 123 }`, `$var: String`, `{ "var": null }`, `{"a":null,"b":123}`},
		{`{ a: $var, b: 123 }`, `$var: String`, `{}`, `{"b":123}`},
		{`{ b: $var }`, `$var: Int!`, `{ "var": 123 }`, `{"b":123}`},
		{`$var`, `$var: ExampleInputObject`, `{ "var": { "b": 123 } }`, `{"b":123}`},
		{`"abc123"`, ``, `{}`, `request: Expected value of type "ExampleInputObject"`},
		{`$var`, `$var: ExampleInputObject`, `{ "var": "abc123" }`, `request: variable $var: an object of type ExampleInputObject expected`},
		{`{ a: "abc", b: "123" }`, ``, `{}`, `request: Int cannot represent non-integer value`},
		{`{ a: "abc" }`, ``, `{}`, `request: Field "ExampleInputObject.b" of required type "Int!" was not provided.`},
		{`{ b: $var }`, `$var: Int!`, `{}`, `request: variable $var: a value expected`},
		{`$var`, `$var: ExampleInputObject`, `{ "var": { "a": "abc" } }`, `request: variable $var.b: a value expected`},
		{`{ a: "abc", b: null }`, ``, `{}`, `request: Expected value of type "Int!"`},
		{`{ b: $var }`, `$var: Int!`, `{ "var": null }`, `request: variable $var: a value that is not null expected`},
		{`{ b: 123, c: "xyz" }`, ``, `{}`, `request: Field "c" is not defined by type "ExampleInputObject". Did you mean "a" or "b"?`},
	})
}

// 3.10 Input Objects, input coercion: the rules, where the table says nothing.
func TestSpecInputCoercionOfVariablesInInputObjects(t *testing.T) {
	coerceRows(t, exampleInputs, "f", []row{
		// "If no runtime value is provided, the variable definition's default value should be used."
		{`{ b: $var }`, `$var: Int = 5`, `{}`, `{"b":5}`},
		{`{ a: $var, b: 1 }`, `$var: String = null`, `{}`, `{"a":null,"b":1}`},
		// "If the runtime value is null and the field type is non-null, an execution error must be raised."
		{`{ b: $var }`, `$var: Int = 5`, `{ "var": null }`, `f: argument v.b: a value that is not null expected`},
		{`null`, ``, `{}`, `null`},
		{`$var`, `$var: ExampleInputObject`, `{ "var": null }`, `null`},
		{`$var`, `$var: ExampleInputObject`, `{ "var": {} }`, `request: variable $var.b: a value expected`},
		{`$var`, `$var: ExampleInputObject`, `{ "var": { "b": 1, "c": 1 } }`, `request: variable $var: only fields of ExampleInputObject expected`},
		{`$var`, `$var: ExampleInputObject`, `{ "var": [] }`, `request: variable $var: an object of type ExampleInputObject expected`},
	})
	s := service{sdl: `type Query { f(v: In): JSON } input In { a: Int = 5 b: Int! = 6 c: [In!] } scalar JSON`, fields: map[string]resolver{"Query.f": echo}}
	coerceRows(t, s, "f", []row{
		// "If the variable definition does not provide a default value, the input object field definition's default value should be used."
		{`{ a: $a, b: $b }`, `$a: Int, $b: Int`, `{}`, `{"a":5,"b":6}`},
		{`{ a: $a }`, `$a: Int`, `{ "a": null }`, `{"a":null,"b":6}`},
		{`{ b: $b }`, `$b: Int`, `{ "b": null }`, `f: argument v.b: a value that is not null expected`},
		{`{ c: { a: 1 } }`, ``, ``, `{"a":5,"b":6,"c":[{"a":1,"b":6}]}`},
		{`{ c: [{ b: $b }, { a: $b, c: [] }] }`, `$b: Int`, `{ "b": 1 }`, `{"a":5,"b":6,"c":[{"a":5,"b":1},{"a":1,"b":6,"c":[]}]}`},
	})
}

// 3.11 List, input coercion: the table of the specification. Its row [[Int]] of
// [1, 2, 3] is that of September 2025: the edition of 2021 calls it an error, against
// its own rule that a value which is no list is coerced to a list of one, "recursively
// for nested lists".
func TestSpecInputCoercionOfLists(t *testing.T) {
	rows := []struct{ expected, provided, want string }{
		{`[Int]`, `[1, 2, 3]`, `[1,2,3]`},
		{`[Int]`, `[1, "b", true]`, no},
		{`[Int]`, `1`, `[1]`},
		{`[Int]`, `null`, `null`},
		{`[[Int]]`, `[[1], [2, 3]]`, `[[1],[2,3]]`},
		{`[[Int]]`, `[1, 2, 3]`, `[[1],[2],[3]]`},
		{`[[Int]]`, `[1, null, 3]`, `[[1],null,[3]]`},
		{`[[Int]]`, `[[1], ["b"]]`, no},
		{`[[Int]]`, `1`, `[[1]]`},
		{`[[Int]]`, `null`, `null`},
		// Beyond the table: what non-null adds.
		{`[Int!]`, `[1, null]`, no},
		{`[Int!]`, `null`, `null`},
		{`[Int!]!`, `1`, `[1]`},
		{`[Int!]!`, `null`, no},
		{`[Int]!`, `[null]`, `[null]`},
		{`[[Int!]!]`, `[[1], 2]`, `[[1],[2]]`},
		{`[[Int!]!]`, `[[1], null]`, no},
		{`[[Int!]]`, `[[1], null]`, `[[1],null]`},
		{`[[[Int]]]`, `1`, `[[[1]]]`},
		{`[Int]`, `[]`, `[]`},
		{`[[Int]]`, `[]`, `[]`},
	}
	for _, r := range rows {
		s := service{sdl: `type Query { f(v: ` + r.expected + `): JSON } scalar JSON`, fields: map[string]resolver{"Query.f": echo}}
		for form, request := range map[string]request{
			"literal":  query(`{ f(v: ` + r.provided + `) }`),
			"variable": with(`query($v: `+r.expected+`) { f(v: $v) }`, `{"v": `+r.provided+`}`),
		} {
			t.Run(r.expected+" "+r.provided+" "+form, func(t *testing.T) {
				got := s.answer(t, request)
				if r.want == no {
					checkCoercion(t, got, no)
				} else if want := data(`{"f":{"v":` + r.want + `}}`); got != want {
					t.Errorf("got %s, want %s", got, want)
				}
			})
		}
	}
}

// 3.11 List, input coercion: variables among the items of a literal. One that has no
// value is null, for a list has no place that could be left out.
func TestSpecInputCoercionOfVariablesInLists(t *testing.T) {
	s := service{sdl: `type Query { f(v: [Int]): JSON strict(v: [Int!]): JSON nested(v: [[Int]]): JSON } scalar JSON`,
		fields: map[string]resolver{"Query.f": echo, "Query.strict": echo, "Query.nested": echo}}
	coerceRows(t, s, "f", []row{
		{`[1, $a, 3]`, `$a: Int`, `{ "a": 2 }`, `[1,2,3]`},
		{`[1, $a]`, `$a: Int`, `{ "a": null }`, `[1,null]`},
		{`[1, $a]`, `$a: Int`, `{}`, `[1,null]`},
		{`[1, $a]`, `$a: Int = 4`, `{}`, `[1,4]`},
	})
	coerceRows(t, s, "strict", []row{
		{`[1, $a]`, `$a: Int!`, `{ "a": 2 }`, `[1,2]`},
		{`[1, $a]`, `$a: Int = 4`, `{ "a": null }`, `strict: argument v[1]: a value that is not null expected`},
	})
	coerceRows(t, s, "nested", []row{
		{`[[$a], $b]`, `$a: Int, $b: [Int]`, `{ "a": 1, "b": [2, 3] }`, `[[1],[2,3]]`},
		{`[[$a], $b]`, `$a: Int, $b: [Int]`, `{ "b": 2 }`, `[[null],[2]]`},
	})
}
