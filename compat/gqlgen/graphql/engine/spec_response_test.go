package engine_test

import (
	"context"
	"errors"
	"testing"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/executor"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// 7.1 Response Format: errors first, "to make it more apparent that errors are
// present", then data, then extensions; each only where there is something to say, but
// data whenever there was an execution.
func TestSpecResponseFormat(t *testing.T) {
	s := service{
		sdl:  `type Query { a: Int b: Int! c: Int told: Int } type Mutation { a: Int b: Int! }`,
		root: object{"a": 1, "b": broken, "c": broken},
		fields: map[string]resolver{"Query.told": func(ctx context.Context, _ any, _ map[string]any) (any, error) {
			graphql.RegisterExtension(ctx, "cost", 3)
			return 1, nil
		}},
	}
	const cannot = `Cannot query field "walked" on type "Query".`
	check(t, s, []example{
		{"without errors there is no entry for them", query(`{ a }`), `{"data":{"a":1}}`},
		{"nothing selected is data all the same", query(`{ a @skip(if: true) }`), `{"data":{}}`},
		{"errors and data", query(`{ a c }`), partly(`{"a":1,"c":null}`, failed(5, `"c"`, internal))},
		{"an error that reaches the root: data is null", query(`{ a b }`), partly(`null`, failed(5, `"b"`, internal))},
		{"of a mutation too", query(`mutation { a b }`), partly(`null`, failed(14, `"b"`, internal))},
		{"a request error: no data", query(`{ a walked }`), requestError(invalid(5, `%s`, cannot))},
		{"extensions last", query(`{ told }`), `{"data":{"told":1},"extensions":{"cost":3}}`},
		{"extensions beside errors", query(`{ told c }`),
			`{"errors":[` + failed(8, `"c"`, internal) + `],"data":{"told":1,"c":null},"extensions":{"cost":3}}`},
		{"extensions where data is null", query(`{ told b }`),
			`{"errors":[` + failed(8, `"b"`, internal) + `],"data":null,"extensions":{"cost":3}}`},
	})
	s.set = []func(*executor.Executor){func(e *executor.Executor) {
		e.AroundResponses(func(ctx context.Context, next graphql.ResponseHandler) *graphql.Response {
			graphql.RegisterExtension(ctx, "cost", 4)
			return next(ctx)
		})
	}}
	check(t, s, []example{{"extensions of a request error", query(`{ walked }`),
		`{"errors":[{"message":"Cannot query field \"walked\" on type \"Query\".","locations":[{"line":1,"column":3}],` +
			`"extensions":{"code":"GRAPHQL_VALIDATION_FAILED"}}],"extensions":{"cost":4}}`}})
}

// 7.1.2 Errors: every error has a message, and the path of the field it is of; an error
// may have extensions, and nothing else. The text of an error that was not meant for
// the client is not told.
func TestSpecErrorFormat(t *testing.T) {
	coded := gqlerror.Errorf("not found")
	coded.Extensions = map[string]any{"code": "NOT_FOUND", "at": 5}
	coded.Rule = "secret"
	s := service{
		sdl: `type Query { o: O } type O { public: Int private: Int wrapped: Int coded: Int elsewhere: Int several: Int }`,
		root: object{"o": object{
			"public": gqlerror.Errorf("told"), "private": errors.New("password"), "wrapped": errors.Join(errors.New("password"), gqlerror.Errorf("told")),
			"coded": coded, "several": gqlerror.List{gqlerror.Errorf("one"), gqlerror.Errorf("two")},
		}},
	}
	checkEveryWay(t, s, []example{
		{"public", query(`{ o { public } }`), partly(`{"o":{"public":null}}`, failed(7, `"o","public"`, "told"))},
		{"private", query(`{ o { private } }`), partly(`{"o":{"private":null}}`, failed(7, `"o","private"`, internal))},
		{"public inside private", query(`{ o { wrapped } }`), partly(`{"o":{"wrapped":null}}`, failed(7, `"o","wrapped"`, "told"))},
		{"with extensions", query(`{ o { coded } }`), partly(`{"o":{"coded":null}}`,
			`{"message":"not found","path":["o","coded"],"locations":[{"line":1,"column":7}],"extensions":{"at":5,"code":"NOT_FOUND"}}`)},
		{"several of one field", query(`{ o { several } }`),
			partly(`{"o":{"several":null}}`, failed(7, `"o","several"`, "one"), failed(7, `"o","several"`, "two"))},
	})
}

// 7.2.2 Serialized Map Ordering: entries in the order of the request, at every level.
func TestSpecSerializedMapOrdering(t *testing.T) {
	one := object{"name": "Mark", "age": 30, "zip": "x"}
	s := service{
		sdl:  `type Query { person: Person people: [Person!] } type Person { name: String age: Int zip: String mother: Person }`,
		root: object{"person": one, "people": []any{one, object{"age": 1, "mother": one}}},
	}
	checkEveryWay(t, s, []example{
		{"the specification's example", query(`{ person { name age } }`), data(`{"person":{"name":"Mark","age":30}}`)},
		{"the other way about", query(`{ person { age name } }`), data(`{"person":{"age":30,"name":"Mark"}}`)},
		{"at every level", query(`{ people { zip mother { zip age name } age } person { age zip } }`),
			data(`{"people":[{"zip":"x","mother":null,"age":30},{"zip":null,"mother":{"zip":"x","age":30,"name":"Mark"},"age":1}],"person":{"age":30,"zip":"x"}}`)},
	})
}

// 7.2.1 JSON Serialization: strings survive whatever is in them, names and values.
func TestSpecJSONSerialization(t *testing.T) {
	s := service{
		sdl: `type Query { o: O } type O { s: String i: Int f: Float b: Boolean e: E l: [String] n: String } enum E { A }`,
		root: object{"o": object{
			"s": "quote \" backslash \\ newline \n tab \t bell \a euro € face \U0001F600 tag <b>&\u2028", "i": -1, "f": 1e21, "b": false, "e": "A", "l": []any{"", nil},
		}},
	}
	checkEveryWay(t, s, []example{
		{"primitives", query(`{ o { i f b e l n } }`), data(`{"o":{"i":-1,"f":1e+21,"b":false,"e":"A","l":["",null],"n":null}}`)},
		{"strings", query(`{ o { s } }`), data(`{"o":{"s":"quote \" backslash \\ newline \n tab \t bell \u0007 euro € face 😀 tag <b>&` + "\u2028" + `"}}`)},
	})
}
