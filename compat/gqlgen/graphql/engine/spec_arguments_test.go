package engine_test

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/executor"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// arguments has an argument of each nullability, with and without a default.
var arguments = service{
	sdl: `
		type Query {
			opt(a: Int): JSON def(a: Int = 5): JSON defNull(a: Int = null): JSON
			must(a: Int!): JSON mustDef(a: Int! = 6): JSON
			two(a: Int, b: [Int!] = [1]): JSON
			in(a: In = {n: 1}): JSON
			strictly(a: Int = 5): JSON!
		}
		input In { n: Int! m: Int = 2 }
		scalar JSON
	`,
	fields: map[string]resolver{
		"Query.opt": echo, "Query.def": echo, "Query.defNull": echo, "Query.must": echo, "Query.mustDef": echo,
		"Query.two": echo, "Query.in": echo, "Query.strictly": echo,
	},
}

// 6.4.1 CoerceArgumentValues, step by step.
func TestSpecCoerceArgumentValues(t *testing.T) {
	check(t, arguments, []example{
		// hasValue is not true and defaultValue exists (including null): the default.
		{"absent, a default", query(`{ def }`), data(`{"def":{"a":5}}`)},
		{"absent, a default of null", query(`{ defNull }`), data(`{"defNull":{"a":null}}`)},
		{"absent, a default, non-null", query(`{ mustDef }`), data(`{"mustDef":{"a":6}}`)},
		{"absent, the default of an input object is coerced as well", query(`{ in }`), data(`{"in":{"a":{"m":2,"n":1}}}`)},
		{"variable without a value, a default", with(`query($v: Int) { def(a: $v) }`, `{}`), data(`{"def":{"a":5}}`)},
		{"variable without a value, a default of null", with(`query($v: Int) { defNull(a: $v) }`, `{}`), data(`{"defNull":{"a":null}}`)},
		{"nullable variable without a value, a default, non-null", with(`query($v: Int) { mustDef(a: $v) }`, `{}`), data(`{"mustDef":{"a":6}}`)},
		{"variable with a default of its own comes first", with(`query($v: Int = 7) { def(a: $v) }`, `{}`), data(`{"def":{"a":7}}`)},
		// Non-null, and no value or null: an error.
		{"absent, non-null", query(`{ must }`),
			requestError(invalid(3, `Field "must" argument "a" of type "Int!" is required, but it was not provided.`))},
		{"null, non-null", query(`{ must(a: null) }`), requestError(invalid(11, `Expected value of type "Int!"`))},
		{"variable that is null, non-null with a default", with(`query($v: Int) { mustDef(a: $v) }`, `{"v": null}`),
			partly(`{"mustDef":null}`, failed(18, `"mustDef"`, "argument a: a value that is not null expected"))},
		{"variable that is null in spite of its default, non-null", with(`query($v: Int = 1) { must(a: $v) }`, `{"v": null}`),
			partly(`{"must":null}`, failed(22, `"must"`, "argument a: a value that is not null expected"))},
		// hasValue is not true otherwise: no entry.
		{"absent", query(`{ opt }`), data(`{"opt":{}}`)},
		{"variable without a value", with(`query($v: Int) { opt(a: $v) }`, `{}`), data(`{"opt":{}}`)},
		// hasValue: null stays null, whatever the default.
		{"null", query(`{ opt(a: null) }`), data(`{"opt":{"a":null}}`)},
		{"null, a default", query(`{ def(a: null) }`), data(`{"def":{"a":null}}`)},
		{"variable that is null, a default", with(`query($v: Int) { def(a: $v) }`, `{"v": null}`), data(`{"def":{"a":null}}`)},
		{"variable whose default is null, a default", with(`query($v: Int = null) { def(a: $v) }`, `{}`), data(`{"def":{"a":null}}`)},
		// hasValue: a variable's value as it is, a literal coerced.
		{"literal", query(`{ def(a: 8) }`), data(`{"def":{"a":8}}`)},
		{"variable", with(`query($v: Int) { def(a: $v) }`, `{"v": 9}`), data(`{"def":{"a":9}}`)},
		{"variable, non-null", with(`query($v: Int!) { must(a: $v) }`, `{"v": 9}`), data(`{"must":{"a":9}}`)},
		{"several, in any order", with(`query($v: [Int!]) { two(b: $v, a: 1) }`, `{"v": 2}`), data(`{"two":{"a":1,"b":[2]}}`)},
		{"each of several by itself", with(`query($v: Int) { two(a: $v) }`, `{}`), data(`{"two":{"b":[1]}}`)},
		// What is raised is an execution error: of this field, and no other.
		{"an error concerns its field alone", with(`query($v: Int = 1) { a: opt(a: 1) b: must(a: $v) c: opt(a: 2) }`, `{"v": null}`),
			partly(`{"a":{"a":1},"b":null,"c":{"a":2}}`, failed(35, `"b"`, "argument a: a value that is not null expected"))},
	})
}

// 6.4.1 CoerceArgumentValues: an error of coercing is an execution error, and the
// field is not resolved. What an argument's own type refuses counts as such.
func TestSpecArgumentsThatCannotBeCoerced(t *testing.T) {
	resolved := 0
	s := service{
		sdl:  `type Query { day(of: Date): String strict(of: Date): String! } scalar Date`,
		root: object{"day": "Monday"},
	}
	run := func(t *testing.T, refusal error, q string) string {
		tables := s.tables(t)
		for _, f := range tables.Objects["Query"].Fields {
			f.Args = func(_ context.Context, raw map[string]any) (map[string]any, error) { return raw, refusal }
			f.Read, f.Resolve = nil, func(context.Context, any, map[string]any) (any, error) {
				resolved++
				return "Monday", nil
			}
		}
		return askTables(t, tables, q)
	}
	public := gqlerror.Errorf("of: no such day")
	for _, tt := range []struct {
		name, query, want string
		refusal           error
	}{
		{"refused in public words", `{ day(of: "x") }`, partly(`{"day":null}`, failed(3, `"day"`, "of: no such day")), public},
		{"of a non-null field", `{ strict(of: "x") }`, partly(`null`, failed(3, `"strict"`, "of: no such day")), public},
		{"an alias is the place", `{ monday: day(of: "x") }`, partly(`{"monday":null}`, failed(3, `"monday"`, "of: no such day")), public},
		{"in words that may repeat the value", `{ day(of: "x") }`,
			partly(`{"day":null}`, failed(3, `"day"`, "an argument of day is not of the form its type asks for")), errors.New("x is no day")},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := run(t, tt.refusal, tt.query); got != tt.want {
				t.Errorf("\n got %s\nwant %s", got, tt.want)
			}
		})
	}
	if resolved != 0 {
		t.Errorf("fields were resolved %d times with arguments that could not be coerced", resolved)
	}
}

// 6.4.1 CoerceArgumentValues, for fields below a list: once coerced, the arguments are
// those of every object of the level, and an error is that of each.
func TestSpecArgumentsOfEveryObject(t *testing.T) {
	for _, way := range ways {
		t.Run(string(way), func(t *testing.T) {
			check(t, service{
				sdl:  `type Query { list: [Item] } type Item { n(a: Int! = 1): String }`,
				root: object{"list": []any{object{"n": "a"}, nil, object{"n": "b"}}},
				way:  way,
			}, []example{
				{"good", with(`query($v: Int) { list { n(a: $v) } }`, `{"v": 1}`), data(`{"list":[{"n":"a"},null,{"n":"b"}]}`)},
				{"not good", with(`query($v: Int) { list { n(a: $v) } }`, `{"v": null}`),
					partly(`{"list":[{"n":null},null,{"n":null}]}`,
						failed(25, `"list",0,"n"`, "argument a: a value that is not null expected"),
						failed(25, `"list",2,"n"`, "argument a: a value that is not null expected"))},
			})
		})
	}
}

// 6.4 ExecuteField: arguments are coerced, the value is resolved with the object and
// the arguments, and then completed. Each step that fails ends the field.
func TestSpecExecuteField(t *testing.T) {
	for _, way := range ways {
		t.Run(string(way), func(t *testing.T) {
			check(t, service{
				sdl: `type Query { o: Thing } type Thing { name: String up: String self: Thing broken: String wrong: Int }`,
				root: object{"o": object{
					"name": "n", "self": object{"name": "inner"}, "broken": errors.New("swordfish"), "wrong": "no number",
				}},
				way: way,
			}, []example{
				{"resolved from its own object", query(`{ o { name self { name } } }`), data(`{"o":{"name":"n","self":{"name":"inner"}}}`)},
				{"by the field's name, whatever the alias", query(`{ o { self: name name: up } }`), data(`{"o":{"self":"n","name":null}}`)},
				{"resolving fails", query(`{ o { broken name } }`), partly(`{"o":{"broken":null,"name":"n"}}`, failed(7, `"o","broken"`, internal))},
				{"completing fails", query(`{ o { wrong name } }`), partly(`{"o":{"wrong":null,"name":"n"}}`, failed(7, `"o","wrong"`, internal))},
			})
		})
	}
}

// 6.4.2 ResolveFieldValue: the resolver is provided with the object and the
// arguments, and may answer a value or raise an error. A panic is an error too.
func TestSpecResolveFieldValue(t *testing.T) {
	s := service{
		sdl:  `type Query { o: Thing } type Thing { tell(a: Int = 1, b: String): String boom: String strictly: String! name: String }`,
		root: object{"o": object{"name": "n"}},
		fields: map[string]resolver{
			"Thing.tell": func(ctx context.Context, parent any, args map[string]any) (any, error) {
				at := graphql.GetFieldContext(ctx)
				return fmt.Sprint(parent.(object)["name"], " ", args, " ", at.Object, ".", at.Field.Name, " at ", at.Path()), nil
			},
			"Thing.boom":     func(context.Context, any, map[string]any) (any, error) { panic("swordfish") },
			"Thing.strictly": func(context.Context, any, map[string]any) (any, error) { return nil, errors.New("swordfish") },
		},
	}
	check(t, s, []example{
		{"object and arguments", query(`{ o { a: tell(b: "x") } }`), data(`{"o":{"a":"n map[a:1 b:x] Thing.tell at o.a"}}`)},
		{"a panic is an error of the field", query(`{ o { boom name } }`), partly(`{"o":{"boom":null,"name":"n"}}`, failed(7, `"o","boom"`, internal))},
		{"an error of a non-null field", query(`{ o { name strictly } }`), partly(`{"o":null}`, failed(12, `"o","strictly"`, internal))},
	})
	s.set = []func(*executor.Executor){around(func(ctx context.Context, next graphql.Resolver) (any, error) { return next(ctx) })}
	check(t, s, []example{
		{"through middleware", query(`{ o { a: tell(b: "x") } }`), data(`{"o":{"a":"n map[a:1 b:x] Thing.tell at o.a"}}`)},
	})
}
