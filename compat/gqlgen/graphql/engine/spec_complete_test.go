package engine_test

import (
	"context"
	"errors"
	"fmt"
	"math"
	"testing"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/executor"
)

// everyWay runs a test for each way of resolving a field, with middleware around
// fields and without: the engine takes another path for each.
func everyWay(t *testing.T, test func(t *testing.T, set func(s service) service)) {
	for _, way := range ways {
		for _, middleware := range []bool{false, true} {
			t.Run(fmt.Sprintf("%s, middleware %v", way, middleware), func(t *testing.T) {
				test(t, func(s service) service {
					s.way = way
					if middleware {
						s.set = append(s.set, fieldPass)
					}
					return s
				})
			})
		}
	}
}

func fieldPass(e *executor.Executor) {
	e.AroundFields(func(ctx context.Context, next graphql.Resolver) (any, error) { return next(ctx) })
}

// checkEveryWay asks a service every example, every way.
func checkEveryWay(t *testing.T, s service, examples []example) {
	everyWay(t, func(t *testing.T, set func(service) service) { check(t, set(s), examples) })
}

// 6.4.3 CompleteValue, type by type.
func TestSpecCompleteValue(t *testing.T) {
	s := service{
		sdl: `
			type Query { o: O }
			type O {
				null: String absent: String! some: String! typed: O typedList: [Int] typedStrict: [Int!]!
				list: [Int] empty: [Int!]! nested: [[Int!]]! noList: [Int] noListStrict: [Int]! noListOfObjects: [O] nil: [O] nilStrict: [O!]!
				self: O! name: String objects: [O]
			}
		`,
		root: object{"o": object{
			"some": "value", "typed": object(nil), "typedList": []any(nil), "typedStrict": []any(nil),
			"list": []any{1, nil, 3}, "empty": []any{}, "nested": []any{[]any{1}, nil, []any{}},
			"noList": "a string", "noListStrict": 5, "noListOfObjects": object{"name": "n"}, "nil": []any(nil), "nilStrict": []any(nil),
			"self": object{"name": "inner"}, "objects": []any{object{"name": "a"}, nil, object{"name": "b"}},
		}},
	}
	checkEveryWay(t, s, []example{
		{"null", query(`{ o { null } }`), data(`{"o":{"null":null}}`)},
		{"a nil of some type is null too", query(`{ o { typed { name } typedList nil { name } } }`), data(`{"o":{"typed":null,"typedList":null,"nil":null}}`)},
		{"non-null, a value", query(`{ o { some } }`), data(`{"o":{"some":"value"}}`)},
		{"non-null, null", query(`{ o { absent } }`), partly(`{"o":null}`, failed(7, `"o","absent"`, mustBe))},
		{"list", query(`{ o { list empty nested } }`), data(`{"o":{"list":[1,null,3],"empty":[],"nested":[[1],null,[]]}}`)},
		{"list, a nil slice where null is not admitted is empty", query(`{ o { typedStrict nilStrict { name } } }`), data(`{"o":{"typedStrict":[],"nilStrict":[]}}`)},
		{"list, not a collection of values", query(`{ o { noList } }`), partly(`{"o":{"noList":null}}`, failed(7, `"o","noList"`, internal))},
		{"list, not a collection, non-null", query(`{ o { noListStrict } }`), partly(`{"o":null}`, failed(7, `"o","noListStrict"`, internal))},
		{"list of objects, an object", query(`{ o { noListOfObjects { name } } }`), partly(`{"o":{"noListOfObjects":null}}`, failed(7, `"o","noListOfObjects"`, internal))},
		{"object", query(`{ o { self { name } } }`), data(`{"o":{"self":{"name":"inner"}}}`)},
		{"list of objects", query(`{ o { objects { name } } }`), data(`{"o":{"objects":[{"name":"a"},null,{"name":"b"}]}}`)},
	})
}

// 6.4.3 CompleteValue, for leaves that are written straight from their object: nulls
// and errors are what they are everywhere else.
func TestSpecCompleteAppendedLeaves(t *testing.T) {
	s := service{
		sdl: `type Query { o: O list: [O] strict: [O!]! } type O { a: Int b: Int! s: String o: O }`,
		root: object{
			"o": object{"a": 1, "b": 2, "s": "x", "o": object{"a": 3}}, "strict": []any{object{"b": 1}, object{}},
			"list": []any{object{"b": 1}, nil, object{}, object{"a": "no number", "b": 4}},
		},
		way: byAppend,
	}
	check(t, s, []example{
		{"values", query(`{ o { s a b } }`), data(`{"o":{"s":"x","a":1,"b":2}}`)},
		{"null", query(`{ o { o { s a } } }`), data(`{"o":{"o":{"s":null,"a":3}}}`)},
		{"null where it must not be", query(`{ o { a o { b } } }`), partly(`{"o":{"a":1,"o":null}}`, failed(13, `"o","o","b"`, mustBe))},
		{"in a list", query(`{ list { b } }`), partly(`{"list":[{"b":1},null,null,{"b":4}]}`, failed(10, `"list",2,"b"`, mustBe))},
		{"in a list of a root", query(`{ strict { b } }`), partly(`null`, failed(12, `"strict",1,"b"`, mustBe))},
		{"a panic", query(`{ list { a } }`), partly(`{"list":[{"a":null},null,{"a":null},{"a":null}]}`, failed(10, `"list",3,"a"`, internal))},
	})
}

// 6.4.3 CoerceResult: a leaf is what its type's result coercion makes of it, and an
// execution error where that refuses.
func TestSpecCoerceResult(t *testing.T) {
	s := service{
		sdl: `
			type Query { o: O }
			type O {
				int: Int min: Int max: Int below: Int above: Int text: Int float: Float one: Float nan: Float infinite: Float
				string: String quoted: String number: String yes: Boolean noBool: Boolean id: ID idNumber: ID
				enum: Genre unknown: Genre strict: Genre! json: JSON list: [Genre] floats: [Float!]
			}
			enum Genre { CRIME POETRY }
			scalar JSON
		`,
		root: object{"o": object{
			"int": 1, "min": math.MinInt32, "max": math.MaxInt32, "below": math.MinInt32 - 1, "above": math.MaxInt32 + 1, "text": "1",
			"float": 1.5, "one": 1.0, "nan": math.NaN(), "infinite": math.Inf(-1),
			"string": "é", "quoted": "a \"b\" \\ \n <c>", "number": 5, "yes": true, "noBool": 1, "id": "x1", "idNumber": 1,
			"enum": "CRIME", "unknown": "LYRICS", "strict": "LYRICS", "json": map[string]any{"b": []any{1, nil}, "a": "x"},
			"list": []any{"CRIME", "LYRICS", nil, "POETRY"}, "floats": []any{1.0, math.NaN()},
		}},
	}
	wrong := func(field string) string { return failed(7, `"o","`+field+`"`, internal) }
	examples := []example{
		{"3.5.1 Int", query(`{ o { int min max } }`), data(`{"o":{"int":1,"min":-2147483648,"max":2147483647}}`)},
		{"3.5.2 Float", query(`{ o { float one } }`), data(`{"o":{"float":1.5,"one":1}}`)},
		{"3.5.3 String", query(`{ o { string quoted } }`), data(`{"o":{"string":"é","quoted":"a \"b\" \\ \n <c>"}}`)},
		{"3.5.4 Boolean", query(`{ o { yes } }`), data(`{"o":{"yes":true}}`)},
		{"3.5.5 ID", query(`{ o { id } }`), data(`{"o":{"id":"x1"}}`)},
		{"3.9 Enum", query(`{ o { enum } }`), data(`{"o":{"enum":"CRIME"}}`)},
		{"custom scalar", query(`{ o { json } }`), data(`{"o":{"json":{"a":"x","b":[1,null]}}}`)},
		{"non-null, refused", query(`{ o { strict } }`), partly(`{"o":null}`, wrong("strict"))},
		{"an item, refused", query(`{ o { list } }`), partly(`{"o":{"list":["CRIME",null,null,"POETRY"]}}`, failed(7, `"o","list",1`, internal))},
		{"an item that must be, refused", query(`{ o { floats } }`), partly(`{"o":{"floats":null}}`, failed(7, `"o","floats",1`, internal))},
	}
	for _, field := range []string{"below", "above", "text", "nan", "infinite", "number", "noBool", "idNumber", "unknown"} {
		examples = append(examples, example{field, query(`{ o { ` + field + ` } }`), partly(`{"o":{"`+field+`":null}}`, wrong(field))})
	}
	checkEveryWay(t, s, examples)
}

// 6.4.3 ResolveAbstractType: the object type of a value of an interface or a union. A
// value of no type, or of one that the abstract type does not have, is an execution
// error at its place.
func TestSpecResolveAbstractType(t *testing.T) {
	stone := object{"__typename": "Stone", "name": "Pebble"}
	s := animals
	s.sdl += ` extend type Query { o: Zoo } type Zoo { pet: Pet pets: [Pet] strict: [Pet!] animal: Animal! being: Being }`
	s.root = object{"o": object{
		"pet": stone, "pets": []any{dog, stone, nil, cat, object{}, "a string"}, "strict": []any{dog, stone},
		"animal": object{"__typename": "Unknown"}, "being": cat,
	}}
	checkEveryWay(t, s, []example{
		{"interface", query(`{ o { being { __typename name } } }`), data(`{"o":{"being":{"__typename":"Cat","name":"Tom"}}}`)},
		{"union, of a type that is not its member", query(`{ o { pet { __typename } } }`), partly(`{"o":{"pet":null}}`, failed(7, `"o","pet"`, internal))},
		{"list of a union", query(`{ o { pets { ... on Animal { name } } } }`),
			partly(`{"o":{"pets":[{"name":"Rex"},null,null,{"name":"Tom"},null,null]}}`,
				failed(7, `"o","pets",1`, internal), failed(7, `"o","pets",4`, internal), failed(7, `"o","pets",5`, internal))},
		{"list of a union, non-null", query(`{ o { strict { __typename } } }`), partly(`{"o":{"strict":null}}`, failed(7, `"o","strict",1`, internal))},
		{"interface, of a type that does not exist", query(`{ o { animal { name } } }`), partly(`{"o":null}`, failed(7, `"o","animal"`, internal))},
	})
}

// 6.4.3 CompleteValue: a value is completed with the selections of its own type, and
// selections that come to nothing make an empty object.
func TestSpecCompleteObjects(t *testing.T) {
	s := animals
	s.sdl += ` extend type Query { o: Zoo } type Zoo { pets: [Pet] grid: [[Animal!]!]! }`
	s.root = object{"o": object{"pets": []any{dog, cat}, "grid": []any{[]any{dog, cat}, []any{}, []any{cat}}}}
	checkEveryWay(t, s, []example{
		{"nothing selected of one of them", query(`{ o { pets { ... on Dog { barks } } } }`), data(`{"o":{"pets":[{"barks":false},{}]}}`)},
		{"lists of lists", query(`{ o { grid { n: name ... on Dog { friend { n: name } } } } }`),
			data(`{"o":{"grid":[[{"n":"Rex","friend":{"n":"Tom"}},{"n":"Tom"}],[],[{"n":"Tom"}]]}}`)},
	})
}

// 6.4.4 Handling Field Errors: "if all fields from the root of the request to the
// source of the field error return Non-Null types, then the data entry is null".
func TestSpecNonNullChains(t *testing.T) {
	broken := errors.New("swordfish")
	chain := func(top string) service {
		return service{
			sdl: `type Query { a: A` + top + ` other: Int } type A { b: B! ok: Int } type B { c: [C!]! ok: Int } type C { d: D! ok: Int } type D { leaf: Int! bad: Int! soft: Int }`,
			root: object{"other": 1, "a": object{"ok": 1, "b": object{"ok": 2, "c": []any{
				object{"ok": 3, "d": object{"leaf": 4}},
				object{"ok": 5, "d": object{"leaf": 6, "bad": broken, "soft": broken}},
			}}}},
		}
	}
	at := `"a","b","c",%d,"d",%q`
	checkEveryWay(t, chain("!"), []example{
		{"nothing wrong", query(`{ a { ok b { ok c { ok d { leaf } } } } }`), data(`{"a":{"ok":1,"b":{"ok":2,"c":[{"ok":3,"d":{"leaf":4}},{"ok":5,"d":{"leaf":6}}]}}}`)},
		{"a nullable leaf stops it", query(`{ a { b { c { d { soft } } } } }`),
			partly(`{"a":{"b":{"c":[{"d":{"soft":null}},{"d":{"soft":null}}]}}}`, failed(19, fmt.Sprintf(at, 1, "soft"), internal))},
		{"nothing stops it", query(`{ other a { b { c { d { leaf bad } } } } }`),
			partly(`null`, failed(30, fmt.Sprintf(at, 0, "bad"), mustBe), failed(30, fmt.Sprintf(at, 1, "bad"), internal))},
	})
	checkEveryWay(t, chain(""), []example{
		{"the nullable field at the top stops it", query(`{ other a { b { c { d { leaf bad } } } } }`),
			partly(`{"other":1,"a":null}`, failed(30, fmt.Sprintf(at, 0, "bad"), mustBe), failed(30, fmt.Sprintf(at, 1, "bad"), internal))},
	})
}
