package engine_test

import (
	"context"
	"strings"
	"sync/atomic"
	"testing"
)

var hello = service{
	sdl:  `type Query { hello: String n(i: Int): Int } type Mutation { shout: String }`,
	root: object{"hello": "world", "shout": "WORLD", "n": 1},
}

// 6.1 ExecuteRequest: GetOperation, CoerceVariableValues, then by the kind of
// operation.
func TestSpecExecuteRequest(t *testing.T) {
	check(t, hello, []example{
		{"a query", query(`query { hello }`), data(`{"hello":"world"}`)},
		{"the shorthand of a query", query(`{ hello }`), data(`{"hello":"world"}`)},
		{"a mutation", query(`mutation { shout }`), data(`{"shout":"WORLD"}`)},
		{"variables are coerced before anything is executed", with(`query($i: Int!) { hello n(i: $i) }`, `{"i": "1"}`),
			requestError(unplaced("variable $i: a whole number of 32 bits expected"))},
		{"only the variables of the operation that is run are coerced",
			request{query: `query A { hello } query B($i: Int!) { n(i: $i) }`, operation: "A", variables: `{"i": "no number"}`},
			data(`{"hello":"world"}`)},
		{"variables nobody declared are of no concern", with(`{ hello }`, `{"secret": {"a": [1]}}`), data(`{"hello":"world"}`)},
	})
}

// 6.1 GetOperation: without a name the document must have exactly one operation;
// with a name, that operation must be there. Anything else is a request error.
func TestSpecGetOperation(t *testing.T) {
	none := requestError(unplaced("the document has no operation of the name that was asked for"))
	check(t, hello, []example{
		{"no name, one operation", query(`query A { a: hello }`), data(`{"a":"world"}`)},
		{"no name, one operation without a name", query(`query { a: hello }`), data(`{"a":"world"}`)},
		{"no name, two operations", query(`query A { a: hello } query B { b: hello }`), none},
		{"a name, two operations", request{query: `query A { a: hello } query B { b: hello }`, operation: "B"}, data(`{"b":"world"}`)},
		{"a name, operations of several kinds", request{query: `query A { a: hello } mutation B { b: shout }`, operation: "B"}, data(`{"b":"WORLD"}`)},
		{"a name that is not there", request{query: `query A { a: hello }`, operation: "B"}, none},
		{"a name, an operation without one", request{query: `{ a: hello }`, operation: "B"}, none},
		{"a name is compared to the letter", request{query: `query A { a: hello }`, operation: "a"}, none},
		{"fragments are no operations", query(`fragment F on Query { hello }`), requestError(unplaced("the document has no operation"))},
	})
}

// 6.1.1 Validating Requests: what is known to be invalid is not executed, not even
// the parts that are valid, and every error that is known is told.
func TestSpecValidatingRequests(t *testing.T) {
	var calls atomic.Int64
	count := func(context.Context, any, map[string]any) (any, error) {
		calls.Add(1)
		return "ran", nil
	}
	s := service{
		sdl:    `type Query { ran: String } type Mutation { ran: String }`,
		fields: map[string]resolver{"Query.ran": count, "Mutation.ran": count},
	}
	syntax := func(column int, message string) string {
		return strings.Replace(requestError(invalid(column, "%s", message)), "GRAPHQL_VALIDATION_FAILED", "GRAPHQL_PARSE_FAILED", 1)
	}
	check(t, s, []example{
		{"a field that does not exist", query(`{ ran walked }`),
			requestError(invalid(7, `Cannot query field "walked" on type "Query".`))},
		{"every error is told", query(`{ ran a b }`),
			requestError(invalid(7, `Cannot query field "a" on type "Query".`), invalid(9, `Cannot query field "b" on type "Query".`))},
		{"an error in an operation that is not asked for", request{query: `mutation A { ran } query B { walked }`, operation: "A"},
			requestError(invalid(30, `Cannot query field "walked" on type "Query".`))},
		{"a document that does not parse", query(`{ ran`), syntax(6, "Expected Name, found <EOF>")},
		{"an empty document", query(``), requestError(unplaced("the document has no operation"))},
		{"type definitions", query(`{ ran } type T { a: Int }`), syntax(9, "Unexpected Name")},
	})
	if n := calls.Load(); n != 0 {
		t.Errorf("%d fields of invalid documents were executed", n)
	}
	if got, want := s.answer(t, query(`{ ran }`)), data(`{"ran":"ran"}`); got != want || calls.Load() != 1 {
		t.Errorf("got %s in %d calls, want %s in one", got, calls.Load(), want)
	}
}
