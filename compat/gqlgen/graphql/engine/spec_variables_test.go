package engine_test

import "testing"

// inputs echoes every kind of input type.
var inputs = service{
	sdl: `
		type Query {
			f(
				int: Int, float: Float, string: String, boolean: Boolean, id: ID,
				list: [Int], strict: [Int!], lists: [[Int]], enum: Genre, in: In, any: JSON,
				must: Int = 1, mustNot: Int! = 2
			): JSON
			need(int: Int!, list: [Int!]!): JSON
		}
		enum Genre { CRIME POETRY }
		input In { name: String! age: Int = 7 list: [Int!]! = [1, 2] genre: Genre = CRIME inner: In more: [In!] = null }
		scalar JSON
	`,
	fields: map[string]resolver{"Query.f": echo, "Query.need": echo},
}

// echoes is the answer of f to the arguments in JSON, which have the defaults too.
func echoes(args string) string {
	if args != "" {
		args += ","
	}
	return data(`{"f":{` + args + `"must":1,"mustNot":2}}`)
}

func badVariable(format string, args ...any) string {
	return requestError(unplaced("variable "+format+" expected", args...))
}

// 6.1.2 CoerceVariableValues, step by step.
func TestSpecCoerceVariableValues(t *testing.T) {
	const notNull = "a value that is not null"
	check(t, inputs, []example{
		{"no value, a default: the default", with(`query($v: Int = 5) { f(int: $v) }`, `{}`), echoes(`"int":5`)},
		{"no value, a default of null: null", with(`query($v: Int = null) { f(int: $v) }`, `{}`), echoes(`"int":null`)},
		{"no value, a default, non-null: the default", with(`query($v: Int! = 5) { f(int: $v) }`, ``), echoes(`"int":5`)},
		{"no value, no default: no entry", with(`query($v: Int) { f(int: $v) }`, `{}`), echoes(``)},
		{"no value, no default, non-null: error", with(`query($v: Int!) { f(int: $v) }`, `{}`), badVariable("$v: a value")},
		{"null, nullable: null", with(`query($v: Int) { f(int: $v) }`, `{"v": null}`), echoes(`"int":null`)},
		{"null, a default: null, not the default", with(`query($v: Int = 5) { f(int: $v) }`, `{"v": null}`), echoes(`"int":null`)},
		{"null, non-null: error", with(`query($v: Int!) { f(int: $v) }`, `{"v": null}`), badVariable("$v: %s", notNull)},
		{"null, non-null with a default: error", with(`query($v: Int! = 5) { f(int: $v) }`, `{"v": null}`), badVariable("$v: %s", notNull)},
		{"a value", with(`query($v: Int = 5) { f(int: $v) }`, `{"v": 6}`), echoes(`"int":6`)},
		{"a value that cannot be coerced", with(`query($v: Int = 5) { f(int: $v) }`, `{"v": "6"}`), badVariable("$v: a whole number of 32 bits")},
		{"a value that cannot be coerced, of a variable in a field that is skipped",
			with(`query($v: Int) { f(int: $v) @skip(if: true) }`, `{"v": "6"}`), badVariable("$v: a whole number of 32 bits")},
		{"the first of several errors", with(`query($a: Int, $b: Int!) { f(int: $a, must: $b) }`, `{"a": "6"}`),
			badVariable("$a: a whole number of 32 bits")},
	})
}

// 6.1.2 CoerceVariableValues: a default is coerced as the variable's type asks.
func TestSpecCoerceVariableDefaults(t *testing.T) {
	check(t, inputs, []example{
		{"list of one", query(`query($v: [Int] = 1) { f(list: $v) }`), echoes(`"list":[1]`)},
		{"nested list of one", query(`query($v: [[Int]] = 1) { f(lists: $v) }`), echoes(`"lists":[[1]]`)},
		{"whole number as Float", query(`query($v: Float = 1) { f(float: $v) }`), echoes(`"float":1`)},
		{"whole number as ID", query(`query($v: ID = 1) { f(id: $v) }`), echoes(`"id":"1"`)},
		{"enum", query(`query($v: Genre = POETRY) { f(enum: $v) }`), echoes(`"enum":"POETRY"`)},
		{"input object, with the defaults of its own fields", query(`query($v: In = {name: "n", age: 8}) { f(in: $v) }`),
			echoes(`"in":{"age":8,"genre":"CRIME","list":[1,2],"more":null,"name":"n"}`)},
		{"of a type that does not fit", query(`query($v: Int = "1") { f(int: $v) }`),
			requestError(invalid(18, `Int cannot represent non-integer value`))},
		{"null of a non-null type", query(`query($v: Int! = null) { f(int: $v) }`),
			requestError(invalid(18, `Expected value of type "Int!"`))},
	})
}

// 6.1.2 CoerceVariableValues: values of wrapped and composed types.
func TestSpecCoerceVariableValuesOfComposedTypes(t *testing.T) {
	const notNull = "a value that is not null"
	check(t, inputs, []example{
		{"list", with(`query($v: [Int]) { f(list: $v) }`, `{"v": [1, null, 3]}`), echoes(`"list":[1,null,3]`)},
		{"empty list", with(`query($v: [Int!]) { f(list: $v) }`, `{"v": []}`), echoes(`"list":[]`)},
		{"list of one", with(`query($v: [Int!]) { f(list: $v) }`, `{"v": 1}`), echoes(`"list":[1]`)},
		{"null for a list is null, not a list of null", with(`query($v: [Int]) { f(list: $v) }`, `{"v": null}`), echoes(`"list":null`)},
		{"null for a list that must be", with(`query($v: [Int!]!) { need(int: 1, list: $v) }`, `{"v": null}`), badVariable("$v: %s", notNull)},
		{"null in a list of values that must be", with(`query($v: [Int!]) { f(strict: $v) }`, `{"v": [1, null]}`), badVariable("$v[1]: %s", notNull)},
		{"nested lists", with(`query($v: [[Int]]) { f(lists: $v) }`, `{"v": [[1], null, [], [2, null], 3]}`),
			echoes(`"lists":[[1],null,[],[2,null],[3]]`)},
		{"an item that does not fit", with(`query($v: [[Int]]) { f(lists: $v) }`, `{"v": [[1], [2, "3"]]}`),
			badVariable("$v[1][1]: a whole number of 32 bits")},
		{"enum", with(`query($v: Genre) { f(enum: $v) }`, `{"v": "POETRY"}`), echoes(`"enum":"POETRY"`)},
		{"enum, no such value", with(`query($v: Genre) { f(enum: $v) }`, `{"v": "poetry"}`), badVariable("$v: a value of Genre")},
		{"enum, not a string", with(`query($v: Genre) { f(enum: $v) }`, `{"v": 0}`), badVariable("$v: a value of Genre")},
		{"input object with defaults", with(`query($v: In) { f(in: $v) }`, `{"v": {"name": "n"}}`),
			echoes(`"in":{"age":7,"genre":"CRIME","list":[1,2],"more":null,"name":"n"}`)},
		{"input object, null where there is a default", with(`query($v: In) { f(in: $v) }`, `{"v": {"name": "n", "age": null, "genre": null}}`),
			echoes(`"in":{"age":null,"genre":null,"list":[1,2],"more":null,"name":"n"}`)},
		{"input object, null where it must not be in spite of a default", with(`query($v: In) { f(in: $v) }`, `{"v": {"name": "n", "list": null}}`),
			badVariable("$v.list: %s", notNull)},
		{"input object, a field missing", with(`query($v: In) { f(in: $v) }`, `{"v": {"age": 1}}`), badVariable("$v.name: a value")},
		{"input object, a field too many", with(`query($v: In) { f(in: $v) }`, `{"v": {"name": "n", "nam": 1}}`), badVariable("$v: only fields of In")},
		{"input object, an error inside", with(`query($v: In) { f(in: $v) }`, `{"v": {"name": "n", "more": [{"name": "m", "list": [1, "x"]}]}}`),
			badVariable("$v.more[0].list[1]: a whole number of 32 bits")},
		{"input object, not an object", with(`query($v: In) { f(in: $v) }`, `{"v": "n"}`), badVariable("$v: an object of type In")},
		{"input object, a list", with(`query($v: In) { f(in: $v) }`, `{"v": [{"name": "n"}]}`), badVariable("$v: an object of type In")},
		{"list of input objects of one", with(`query($v: In) { f(in: $v) }`, `{"v": {"name": "n", "more": {"name": "m"}}}`),
			echoes(`"in":{"age":7,"genre":"CRIME","list":[1,2],"more":[{"age":7,"genre":"CRIME","list":[1,2],"more":null,"name":"m"}],"name":"n"}`)},
		{"custom scalar, as it came", with(`query($v: JSON) { f(any: $v) }`, `{"v": {"b": [1.50, "x", null, true], "a": {}}}`),
			echoes(`"any":{"a":{},"b":[1.50,"x",null,true]}`)},
	})
}
