package engine_test

import "testing"

const (
	oneKey  = `request: OneOf Input Object "ExampleOneOfInputObject" must specify exactly one key.`
	oneOnly = `exactly one field of ExampleOneOfInputObject expected`
)

// OneOf Input Objects, input coercion: the table of the edition of September 2025.
func TestSpecInputCoercionOfOneOf(t *testing.T) {
	coerceRows(t, exampleInputs, "one", []row{
		{`{ a: "abc" }`, ``, `{}`, `{"a":"abc"}`},
		{`{ b: 123 }`, ``, `{}`, `{"b":123}`},
		{`$var`, `$var: ExampleOneOfInputObject`, `{ "var": { "a": "abc" } }`, `{"a":"abc"}`},
		{`{ a: null }`, ``, `{}`, `request: Field "ExampleOneOfInputObject.a" must be non-null.`},
		{`$var`, `$var: ExampleOneOfInputObject`, `{ "var": { "a": null } }`, `request: variable $var: ` + oneOnly},
		{`{ a: $a }`, `$a: String!`, `{}`, `request: variable $a: a value expected`},
		{`{ a: "abc", b: 123 }`, ``, `{}`, oneKey},
		{`{ a: 456, b: "xyz" }`, ``, `{}`,
			`request: String cannot represent a non string value | request: Int cannot represent non-integer value | ` + oneKey},
		{`$var`, `$var: ExampleOneOfInputObject`, `{ "var": { "a": "abc", "b": 123 } }`, `request: variable $var: ` + oneOnly},
		{`{ a: "abc", b: null }`, ``, `{}`, oneKey},
		{`{ a: "abc", b: $b }`, `$b: Int!`, `{ "b": 1 }`, oneKey},
		{`{ a: $a, b: $b }`, `$a: String!, $b: Int!`, `{ "a": "abc", "b": 1 }`, oneKey},
		{`{}`, ``, `{}`, oneKey},
		{`$var`, `$var: ExampleOneOfInputObject`, `{ "var": {} }`, `request: variable $var: ` + oneOnly},
	})
}

// OneOf Input Objects: a variable for a field must be of a non-null type (5.8.5, All
// Variable Usages Are Allowed), so that it can be neither missing nor null.
func TestSpecVariablesInOneOf(t *testing.T) {
	nullable := func(name, typ string) string {
		return `request: Variable "$` + name + `" is of type "` + typ + `" but must be non-nullable to be used for OneOf Input Object "ExampleOneOfInputObject".`
	}
	coerceRows(t, exampleInputs, "one", []row{
		{`{ a: $a }`, `$a: String!`, `{ "a": "abc" }`, `{"a":"abc"}`},
		{`{ a: $a }`, `$a: String!`, `{ "a": null }`, `request: variable $a: a value that is not null expected`},
		{`{ a: $a }`, `$a: String`, `{ "a": "abc" }`, nullable("a", "String")},
		{`{ a: $a }`, `$a: String`, `{}`, nullable("a", "String")},
		{`{ a: $a }`, `$a: String = "x"`, `{}`, nullable("a", "String")},
		{`{ a: "abc", b: $b }`, `$b: Int`, `{}`, oneKey + ` | ` + nullable("b", "Int")},
		{`$var`, `$var: ExampleOneOfInputObject`, `{ "var": null }`, `null`},
		{`$var`, `$var: ExampleOneOfInputObject = { b: 5 }`, `{}`, `{"b":5}`},
		{`$var`, `$var: ExampleOneOfInputObject = { a: "x", b: 5 }`, `{}`, oneKey},
		{`$var`, `$var: ExampleOneOfInputObject`, `{ "var": { "c": 1 } }`, `request: variable $var: only fields of ExampleOneOfInputObject expected`},
		{`$var`, `$var: ExampleOneOfInputObject`, `{ "var": { "b": "1" } }`, `request: variable $var.b: a whole number of 32 bits expected`},
		{`$var`, `$var: ExampleOneOfInputObject`, `{ "var": [{ "b": 1 }] }`, `request: variable $var: an object of type ExampleOneOfInputObject expected`},
	})
}

// OneOf Input Objects inside other inputs are held to the same.
func TestSpecOneOfInsideOtherInputs(t *testing.T) {
	coerceRows(t, exampleInputs, "deep", []row{
		{`{ one: { a: "abc" }, ones: { b: 1 } }`, ``, ``, `{"one":{"a":"abc"},"ones":[{"b":1}]}`},
		{`{ one: null }`, ``, ``, `{"one":null}`},
		{`{ one: {} }`, ``, ``, oneKey},
		{`{ ones: [{ a: "abc" }, { a: "abc", b: 1 }] }`, ``, ``, oneKey},
		{`{ one: $one }`, `$one: ExampleOneOfInputObject`, `{ "one": { "b": 2 } }`, `{"one":{"b":2}}`},
		{`{ one: $one }`, `$one: ExampleOneOfInputObject`, `{}`, `{}`},
		{`{ one: $one }`, `$one: ExampleOneOfInputObject`, `{ "one": { "a": "x", "b": 2 } }`, `request: variable $one: ` + oneOnly},
		{`$deep`, `$deep: Deep`, `{ "deep": { "ones": [{ "b": 1 }, { "b": null }] } }`, `request: variable $deep.ones[1]: ` + oneOnly},
		{`{ ones: [$one] }`, `$one: ExampleOneOfInputObject!`, `{ "one": { "a": "x" } }`, `{"ones":[{"a":"x"}]}`},
	})
}
