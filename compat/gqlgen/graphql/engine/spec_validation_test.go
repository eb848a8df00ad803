package engine_test

import "testing"

// 5.6.1 Values of Correct Type: a literal that is not of its type makes the document
// invalid, wherever it stands; nothing is executed, and no error repeats the value.
func TestSpecValuesOfCorrectType(t *testing.T) {
	whole := "Int cannot represent non-integer value"
	small := "Int cannot represent non 32-bit signed integer value"
	check(t, inputs, []example{
		{"argument", query(`{ f(int: "1") }`), requestError(invalid(11, "%s", whole))},
		{"argument out of range", query(`{ f(int: 2147483648) }`), requestError(invalid(10, "%s", small))},
		{"item of a list", query(`{ f(list: [1, 2147483648]) }`), requestError(invalid(15, "%s", small))},
		{"field of an input object", query(`{ f(in: {name: "n", age: 2147483648}) }`), requestError(invalid(26, "%s", small))},
		{"default of a variable", query(`query($v: Int = 2147483648) { f(int: $v) }`), requestError(invalid(17, "%s", small))},
		{"argument of a directive", query(`{ f @skip(if: 1) }`), requestError(invalid(15, "Boolean cannot represent a non boolean value"))},
		{"an object that is no scalar", query(`{ f(float: {}) }`), requestError(invalid(12, "Float cannot represent an object"))},
		{"an object that is no enum", query(`{ f(enum: {}) }`), requestError(invalid(11, "Genre cannot represent an object"))},
		{"an object is fine for a custom scalar", query(`{ f(any: {}) }`), echoes(`"any":{}`)},
		{"the number is fine for Float", query(`{ f(float: 2147483648) }`), echoes(`"float":2147483648`)},
		{"and for ID", query(`{ f(id: 2147483648) }`), echoes(`"id":"2147483648"`)},
		{"enum", query(`{ f(enum: LYRICS) }`), requestError(invalid(11, `the value does not exist in enum "Genre"`))},
	})
}

// 5.8.5 All Variable Usages Are Allowed: variables in places of another type, or in
// places where they might be null and must not be.
func TestSpecAllVariableUsagesAreAllowed(t *testing.T) {
	wrong := func(column int, variable, expected string) string {
		return requestError(invalid(column, `Variable "$v" of type "%s" used in position expecting type "%s".`, variable, expected))
	}
	check(t, inputs, []example{
		{"another type", query(`query($v: String) { f(int: $v) }`), wrong(28, "String", "Int")},
		{"nullable for non-null", with(`query($v: Int) { need(int: $v, list: 1) }`, `{"v": 1}`), wrong(28, "Int", "Int!")},
		{"nullable with a default for non-null", with(`query($v: Int = 3) { need(int: $v, list: []) }`, `{}`), data(`{"need":{"int":3,"list":[]}}`)},
		{"nullable with a default of null for non-null", query(`query($v: Int = null) { need(int: $v, list: []) }`), wrong(35, "Int", "Int!")},
		{"nullable for non-null with a default", with(`query($v: Int) { f(mustNot: $v) }`, `{}`), data(`{"f":{"must":1,"mustNot":2}}`)},
		{"non-null for nullable", with(`query($v: Int!) { f(int: $v) }`, `{"v": 1}`), echoes(`"int":1`)},
		{"one for a list", with(`query($v: Int) { f(list: $v) }`, `{"v": 1}`), wrong(26, "Int", "[Int]")},
		{"list of nullable for list of non-null", with(`query($v: [Int]) { f(strict: $v) }`, `{"v": [1]}`), wrong(30, "[Int]", "[Int!]")},
		{"list of non-null for list of nullable", with(`query($v: [Int!]!) { f(list: $v) }`, `{"v": [1]}`), echoes(`"list":[1]`)},
		{"nullable in a list of non-null", with(`query($v: Int) { f(strict: [$v]) }`, `{"v": 1}`), wrong(29, "Int", "Int!")},
		{"nullable for a field that must be", with(`query($v: String) { f(in: {name: $v}) }`, `{"v": "n"}`), wrong(34, "String", "String!")},
		{"nullable for a field that must be and has a default", with(`query($v: [Int!]) { f(in: {name: "n", list: $v}) }`, `{}`),
			echoes(`"in":{"age":7,"genre":"CRIME","list":[1,2],"more":null,"name":"n"}`)},
		{"nullable for a condition", query(`query($v: Boolean) { f @skip(if: $v) }`), wrong(34, "Boolean", "Boolean!")},
	})
}

// 5.8.3 and 5.8.4: variables are defined where they are used, and used where they are
// defined, through fragments too.
func TestSpecVariablesAreDefinedAndUsed(t *testing.T) {
	check(t, inputs, []example{
		{"not defined", query(`{ f(int: $v) }`), requestError(invalid(10, `Variable "$v" is not defined.`))},
		{"not defined, in a fragment", query(`query A { ...F } fragment F on Query { f(int: $v) }`), requestError(invalid(47, `Variable "$v" is not defined by operation "A".`))},
		{"not used", query(`query A($v: Int) { f }`), requestError(invalid(9, `Variable "$v" is never used in operation "A".`))},
		{"used in a fragment", with(`query A($v: Int) { ...F } fragment F on Query { f(int: $v) }`, `{"v": 1}`), echoes(`"int":1`)},
		{"each operation has its own", request{query: `query A($v: Int) { f(int: $v) } query B($v: Int = 5) { f(int: $v) }`, operation: "B"}, echoes(`"int":5`)},
	})
}

// 5.4.2.1 Required Arguments, and 5.4.1 Argument Names.
func TestSpecArgumentsAreKnownAndGiven(t *testing.T) {
	check(t, inputs, []example{
		{"required and missing", query(`{ need(int: 1) }`), requestError(invalid(3, `Field "need" argument "list" of type "[Int!]!" is required, but it was not provided.`))},
		{"required, with a default, missing", query(`{ f }`), echoes(``)},
		{"unknown", query(`{ f(whole: 1) }`), requestError(invalid(3, `Unknown argument "whole" on field "Query.f".`))},
		{"given twice", query(`{ f(int: 1, int: 2) }`), requestError(invalid(13, `There can be only one argument named "int".`))},
		{"a field of an input object twice", query(`{ f(in: {name: "a", name: "b"}) }`), requestError(invalid(21, `There can be only one input field named "name".`))},
	})
}
