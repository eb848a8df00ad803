package engine_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// outcomes is a row of a table of result coercion: for each value that a list may
// have, what becomes of it. NULL is a null that reaches the object around the list,
// and an E before the outcome means that there is an error, at the place of the value.
type outcomes struct {
	typ      string
	outcomes []string
}

// given is one column of such a table: a value, with error where an item fails, and the
// path of what is wrong in it.
type given struct {
	name  string
	value any
	path  string
}

// checkLists resolves every value as every type.
func checkLists(t *testing.T, columns []given, table []outcomes) {
	for _, kind := range []listKind{leaves, objects} {
		for _, row := range table {
			for i, column := range columns {
				t.Run(kind.name+" "+row.typ+" "+column.name, func(t *testing.T) { kind.check(t, row.typ, column, row.outcomes[i]) })
			}
		}
	}
}

// listKind is what the items of a list are.
type listKind struct {
	name, typ, selection string
	item                 func(v any) any
	written              func(item string) string
	below                string // of the item, where what is wrong with it is
	column               int
}

var broken = errors.New("swordfish")

var (
	leaves  = listKind{"leaves", "Int", "", func(v any) any { return v }, func(s string) string { return s }, "", 7}
	objects = listKind{"objects", "Item", " { n }", func(v any) any { return object{"n": v} }, func(s string) string { return `{"n":` + s + `}` }, `,"n"`, 14}
)

func (k listKind) check(t *testing.T, typ string, column given, outcome string) {
	s := service{
		sdl: `type Query { o: O } type O { list: ` + strings.Replace(typ, "T", k.typ, 1) + ` } type Item { n: Int! }`,
	}
	s.root = object{"o": object{"list": k.items(column.value)}}
	outcome, wrong := strings.CutPrefix(outcome, "E ")
	want := `{"o":{"list":` + strings.NewReplacer("1", k.written("1"), "2", k.written("2")).Replace(outcome) + `}}`
	if outcome == "NULL" {
		want = `{"o":null}`
	}
	message, place, at := mustBe, `"o","list"`+column.path, 7
	if strings.HasPrefix(column.name, "failed") {
		message, place = internal, place+k.below
		at = k.column
	}
	answer := data(want)
	if wrong {
		answer = partly(want, failed(at, place, message))
	}
	checkEveryWay(t, s, []example{{column.name, query(`{ o { list` + k.selection + ` } }`), answer}})
}

// items makes a value of items of the kind.
func (k listKind) items(value any) any {
	switch value := value.(type) {
	case nil:
		return nil
	case []any:
		out := make([]any, len(value))
		for i, v := range value {
			out[i] = k.items(v)
		}
		return out
	default:
		return k.item(value)
	}
}

// 3.12.1 Combining List and Non-Null, result coercion: the table of the specification,
// for lists of leaves and of objects. Objects differ in one thing: an item that fails
// does so in a field of its own that must not be null.
func TestSpecListsAndNonNull(t *testing.T) {
	checkLists(t, []given{
		{"good", []any{1, 2}, ""},
		{"null", nil, ""},
		{"null item", []any{1, nil}, ",1"},
		{"failed item", []any{1, broken}, ",1"},
	}, []outcomes{
		{"[T]", []string{"[1,2]", "null", "[1,null]", "E [1,null]"}},
		{"[T]!", []string{"[1,2]", "E NULL", "[1,null]", "E [1,null]"}},
		{"[T!]", []string{"[1,2]", "null", "E null", "E null"}},
		{"[T!]!", []string{"[1,2]", "E NULL", "E NULL", "E NULL"}},
	})
}

// 3.12.1 Combining List and Non-Null, recursively: lists of lists of all eight
// nullabilities.
func TestSpecListsOfListsAndNonNull(t *testing.T) {
	checkLists(t, []given{
		{"good", []any{[]any{1}, []any{}, []any{2}}, ""},
		{"null", nil, ""},
		{"null list", []any{[]any{1}, nil}, ",1"},
		{"null item", []any{[]any{1, nil}, []any{2}}, ",0,1"},
		{"failed item", []any{[]any{1, broken}, []any{2}}, ",0,1"},
	}, []outcomes{
		{"[[T]]", []string{"[[1],[],[2]]", "null", "[[1],null]", "[[1,null],[2]]", "E [[1,null],[2]]"}},
		{"[[T!]]", []string{"[[1],[],[2]]", "null", "[[1],null]", "E [null,[2]]", "E [null,[2]]"}},
		{"[[T]!]", []string{"[[1],[],[2]]", "null", "E null", "[[1,null],[2]]", "E [[1,null],[2]]"}},
		{"[[T!]!]", []string{"[[1],[],[2]]", "null", "E null", "E null", "E null"}},
		{"[[T]]!", []string{"[[1],[],[2]]", "E NULL", "[[1],null]", "[[1,null],[2]]", "E [[1,null],[2]]"}},
		{"[[T!]]!", []string{"[[1],[],[2]]", "E NULL", "[[1],null]", "E [null,[2]]", "E [null,[2]]"}},
		{"[[T]!]!", []string{"[[1],[],[2]]", "E NULL", "E NULL", "[[1,null],[2]]", "E [[1,null],[2]]"}},
		{"[[T!]!]!", []string{"[[1],[],[2]]", "E NULL", "E NULL", "E NULL", "E NULL"}},
	})
}

// 6.4.4 Handling Field Errors: "only one error should be added to the errors list per
// field" (per response position, as the edition of 2025 words it).
func TestSpecOneErrorPerPosition(t *testing.T) {
	s := service{
		sdl: `type Query { o: O list: [O!] } type O { strict: String! told: String! toldStrictly: String! soft: String items: [O!]! o: O! }`,
		root: object{
			"o":    object{"strict": broken, "soft": broken, "items": []any{object{"strict": broken}, nil, object{}}, "o": object{"strict": broken}},
			"list": []any{object{"strict": "a"}, object{"strict": broken}, object{}},
		},
		fields: map[string]resolver{
			// The resolver has said what is wrong; that it has no value is no second error.
			"O.told": func(ctx context.Context, _ any, _ map[string]any) (any, error) {
				graphql.AddErrorf(ctx, "out of print")
				return nil, nil
			},
			"O.toldStrictly": func(ctx context.Context, _ any, _ map[string]any) (any, error) {
				graphql.AddErrorf(ctx, "first")
				return nil, gqlerror.Errorf("second")
			},
		},
	}
	checkEveryWay(t, s, []example{
		{"the error of a field is not repeated where its null arrives", query(`{ o { o { strict } } }`),
			partly(`{"o":null}`, failed(11, `"o","o","strict"`, internal))},
		{"nor where a list passes it on", query(`{ list { strict } }`),
			partly(`{"list":null}`, failed(10, `"list",1,"strict"`, internal), failed(10, `"list",2,"strict"`, mustBe))},
		{"each position has its own", query(`{ o { items { strict } soft } }`),
			partly(`{"o":null}`, failed(15, `"o","items",0,"strict"`, internal), failed(7, `"o","items",1`, mustBe),
				failed(15, `"o","items",2,"strict"`, mustBe), failed(24, `"o","soft"`, internal))},
		{"an error that a resolver has added stands for its null", query(`{ o { told } }`),
			partly(`{"o":null}`, failed(7, `"o","told"`, "out of print"))},
		{"errors that a resolver adds and returns are both told", query(`{ o { toldStrictly } }`),
			partly(`{"o":null}`, failed(7, `"o","toldStrictly"`, "first"), failed(7, `"o","toldStrictly"`, "second"))},
		{"under two names it is two fields", query(`{ a: o { strict } b: o { strict } }`),
			partly(`{"a":null,"b":null}`, failed(10, `"a","strict"`, internal), failed(26, `"b","strict"`, internal))},
	})
}

// 7.1.2 Errors: the path is that of the response, with aliases and list indexes, to
// where the error was raised, even if that is not in the answer; the location is that of
// the field.
func TestSpecErrorPathsAndLocations(t *testing.T) {
	hero := object{"name": "R2-D2", "friends": []any{
		object{"id": "1000", "name": "Luke Skywalker"}, object{"id": "1002", "name": gqlerror.Errorf("Name for character with ID 1002 could not be fetched.")},
		object{"id": "1003", "name": "Leia Organa"},
	}}
	document := "{\n  hero {\n    name\n    heroFriends: friends {\n      id\n      name\n    }\n  }\n}"
	err := `{"message":"Name for character with ID 1002 could not be fetched.","path":["hero","heroFriends",1,"name"],"locations":[{"line":6,"column":7}]}`
	for typ, second := range map[string]string{"String": `{"id":"1002","name":null}`, "String!": `null`} {
		t.Run(typ, func(t *testing.T) {
			checkEveryWay(t, service{
				sdl:  `type Query { hero: Hero } type Hero { id: ID name: ` + typ + ` friends: [Hero] }`,
				root: object{"hero": hero},
			}, []example{{"the specification's example", query(document),
				partly(`{"hero":{"name":"R2-D2","heroFriends":[{"id":"1000","name":"Luke Skywalker"},`+second+`,{"id":"1003","name":"Leia Organa"}]}}`, err)}})
		})
	}
	grid := service{
		sdl:  `type Query { grid: [[Cell]] } type Cell { up: Cell n: Int }`,
		root: object{"grid": []any{[]any{object{"n": broken}, nil}, nil, []any{nil, object{"up": object{"n": broken}}}}},
	}
	checkEveryWay(t, grid, []example{
		{"indexes of lists of lists", query(`{ g: grid { n above: up { m: n } } }`),
			partly(`{"g":[[{"n":null,"above":null},null],null,[null,{"n":null,"above":{"m":null}}]]}`,
				failed(13, `"g",0,0,"n"`, internal), failed(27, `"g",2,1,"above","m"`, internal))},
		{"the first of merged selections is the place", query(`{ grid { n } grid { n } }`),
			partly(`{"grid":[[{"n":null},null],null,[null,{"n":null}]]}`, failed(10, `"grid",0,0,"n"`, internal))},
	})
}

// Errors come in the order of the answer, whatever the order they were raised in.
func TestSpecErrorOrder(t *testing.T) {
	checkEveryWay(t, service{
		sdl: `type Query { list: [O] } type O { a: Int b: Int o: O }`,
		root: object{"list": []any{
			object{"a": broken, "b": broken, "o": object{"a": broken, "b": 1}},
			object{"b": broken, "o": object{"b": broken}},
		}},
	}, []example{{"depth first", query(`{ list { b o { a b } a } }`),
		partly(`{"list":[{"b":null,"o":{"a":null,"b":1},"a":null},{"b":null,"o":{"a":null,"b":null},"a":null}]}`,
			failed(10, `"list",0,"b"`, internal), failed(16, `"list",0,"o","a"`, internal), failed(22, `"list",0,"a"`, internal),
			failed(10, `"list",1,"b"`, internal), failed(18, `"list",1,"o","b"`, internal)),
	}})
}

// 6.4.4 Handling Field Errors: an error nulls what is around it and nothing else.
func TestSpecErrorsLeaveSiblingsAlone(t *testing.T) {
	s := service{sdl: `type Query { o: O } type O { a: Int b: Int! c: O d: [O] }`}
	for _, tt := range []struct{ name, want, path string }{
		{"a", `{"a":null,"b":1,"c":{"b":1},"d":[{"b":1},{"b":1}]}`, `"a"`},
		{"c", `{"a":1,"b":1,"c":null,"d":[{"b":1},{"b":1}]}`, `"c"`},
		{"c.b", `{"a":1,"b":1,"c":null,"d":[{"b":1},{"b":1}]}`, `"c","b"`},
		{"d", `{"a":1,"b":1,"c":{"b":1},"d":null}`, `"d"`},
		{"d.1.b", `{"a":1,"b":1,"c":{"b":1},"d":[{"b":1},null]}`, `"d",1,"b"`},
		{"b", `null`, `"b"`},
	} {
		first, second, inner := object{"b": 1}, object{"b": 1}, object{"b": 1}
		o := object{"a": 1, "b": 1, "c": inner, "d": []any{first, second}}
		switch tt.name {
		case "c.b":
			inner["b"] = broken
		case "d.1.b":
			second["b"] = broken
		default:
			o[tt.name] = broken
		}
		s.root = object{"o": o}
		columns := map[string]int{`"a"`: 7, `"b"`: 9, `"c"`: 11, `"c","b"`: 15, `"d"`: 19, `"d",1,"b"`: 23}
		checkEveryWay(t, s, []example{{fmt.Sprint("at ", tt.name), query(`{ o { a b c { b } d { b } } }`),
			partly(`{"o":`+tt.want+`}`, failed(columns[tt.path], `"o",`+tt.path, internal))}})
	}
}
