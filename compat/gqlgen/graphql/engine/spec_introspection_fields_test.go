package engine_test

import (
	"context"
	"testing"
)

// 4.2.3 The __Field Type.
func TestSpecIntrospectionOfFields(t *testing.T) {
	check(t, introspected, []example{
		ofType("all of it", "Book", `fields { name description args { name } type { kind name ofType { name } } isDeprecated deprecationReason }`,
			`{"fields":[{"name":"id","description":null,"args":[],"type":{"kind":"NON_NULL","name":null,"ofType":{"name":"ID"}},"isDeprecated":false,"deprecationReason":null},`+
				`{"name":"name","description":null,"args":[],"type":{"kind":"SCALAR","name":"String","ofType":null},"isDeprecated":false,"deprecationReason":null},`+
				`{"name":"pages","description":"How many.","args":[],"type":{"kind":"NON_NULL","name":null,"ofType":{"name":"Int"}},"isDeprecated":false,"deprecationReason":null}]}`),
		ofType("arguments", "Query", `fields { name args { name defaultValue type { kind name } } }`,
			`{"fields":[{"name":"node","args":[{"name":"id","defaultValue":null,"type":{"kind":"NON_NULL","name":null}}]},`+
				`{"name":"listed","args":[{"name":"first","defaultValue":"10","type":{"kind":"SCALAR","name":"Int"}}]},{"name":"any","args":[]}]}`),
	})
}

// 4.2, Deprecation: fields, arguments, input fields and enum values that are deprecated
// are listed where includeDeprecated asks for them, with their reason; "No longer
// supported" where none is given.
func TestSpecDeprecation(t *testing.T) {
	const ask = `name isDeprecated deprecationReason`
	check(t, introspected, []example{
		ofType("fields", "Query", `fields { name }`, `{"fields":[{"name":"node"},{"name":"listed"},{"name":"any"}]}`),
		ofType("fields, not asked for", "Query", `fields(includeDeprecated: false) { name }`, `{"fields":[{"name":"node"},{"name":"listed"},{"name":"any"}]}`),
		ofType("fields, asked for", "Book", `fields(includeDeprecated: true) { `+ask+` }`,
			`{"fields":[{"name":"id","isDeprecated":false,"deprecationReason":null},{"name":"name","isDeprecated":false,"deprecationReason":null},`+
				`{"name":"pages","isDeprecated":false,"deprecationReason":null},{"name":"isbn","isDeprecated":true,"deprecationReason":"use \"id\""}]}`),
		ofType("the reason where none is given", "Query", `fields(includeDeprecated: true) { `+ask+` }`,
			`{"fields":[{"name":"node","isDeprecated":false,"deprecationReason":null},{"name":"old","isDeprecated":true,"deprecationReason":"No longer supported"},`+
				`{"name":"listed","isDeprecated":false,"deprecationReason":null},{"name":"any","isDeprecated":false,"deprecationReason":null}]}`),
		ofType("arguments", "Query", `fields { args(includeDeprecated: true) { `+ask+` } }`,
			`{"fields":[{"args":[{"name":"id","isDeprecated":false,"deprecationReason":null}]},`+
				`{"args":[{"name":"first","isDeprecated":false,"deprecationReason":null},{"name":"gone","isDeprecated":true,"deprecationReason":"no use"}]},{"args":[]}]}`),
		ofType("input fields", "Search", `inputFields { name }`, `{"inputFields":[{"name":"text"},{"name":"age"},{"name":"genres"}]}`),
		ofType("input fields, asked for", "Search", `inputFields(includeDeprecated: true) { `+ask+` }`,
			`{"inputFields":[{"name":"text","isDeprecated":false,"deprecationReason":null},{"name":"age","isDeprecated":false,"deprecationReason":null},`+
				`{"name":"old","isDeprecated":true,"deprecationReason":"use age"},{"name":"genres","isDeprecated":false,"deprecationReason":null}]}`),
		ofType("enum values", "Genre", `enumValues { name description }`, `{"enumValues":[{"name":"CRIME","description":"Blood."}]}`),
		ofType("enum values, asked for", "Genre", `enumValues(includeDeprecated: true) { `+ask+` }`,
			`{"enumValues":[{"name":"CRIME","isDeprecated":false,"deprecationReason":null},{"name":"POETRY","isDeprecated":true,"deprecationReason":"No longer supported"},`+
				`{"name":"GONE","isDeprecated":true,"deprecationReason":"nobody reads it"}]}`),
		{"asked for with a variable", with(`query($d: Boolean!) { __type(name: "Genre") { enumValues(includeDeprecated: $d) { name } } }`, `{"d": true}`),
			data(`{"__type":{"enumValues":[{"name":"CRIME"},{"name":"POETRY"},{"name":"GONE"}]}}`)},
		{"arguments of directives", query(`{ __schema { directives { args(includeDeprecated: true) { name isDeprecated } } } }`), data(`{"__schema":{"directives":[` +
			`{"args":[{"name":"reason","isDeprecated":false}]},{"args":[{"name":"if","isDeprecated":false}]},` +
			`{"args":[]},{"args":[]},{"args":[{"name":"name","isDeprecated":false},{"name":"old","isDeprecated":true}]},{"args":[{"name":"if","isDeprecated":false}]},{"args":[{"name":"url","isDeprecated":false}]}]}}`)},
		ofType("null is not asking", "Genre", `enumValues(includeDeprecated: null) { name }`, `{"enumValues":[{"name":"CRIME"}]}`),
		{"deprecated fields are executed all the same", query(`{ old }`), data(`{"old":null}`)},
	})
}

// 4.2.4 The __InputValue Type: defaultValue is written as GraphQL writes values.
func TestSpecDefaultValues(t *testing.T) {
	for sdl, want := range map[string]string{
		`Int`:                                `null`,
		`Int = null`:                         `"null"`,
		`Int = -5`:                           `"-5"`,
		`Int! = 5`:                           `"5"`,
		`Float = 1.50`:                       `"1.50"`,
		`Float = 1e3`:                        `"1e3"`,
		`Boolean = false`:                    `"false"`,
		`String = ""`:                        `"\"\""`,
		`String = "plain"`:                   `"\"plain\""`,
		`String = "a \"b\" \\ \n é € \t"`:    `"\"a \\\"b\\\" \\\\ \\n é € \\t\""`,
		`String = "\u0007"`:                  `"\"\\u0007\""`,
		`String = """block "quoted" text"""`: `"\"block \\\"quoted\\\" text\""`,
		`ID = 5`:                             `"5"`,
		`ID = "5"`:                           `"\"5\""`,
		`Genre = CRIME`:                      `"CRIME"`,
		`[Int] = []`:                         `"[]"`,
		`[Int] = [1, null, 3]`:               `"[1,null,3]"`,
		`[[Genre!]] = [[CRIME]]`:             `"[[CRIME]]"`,
		`In = {}`:                            `"{}"`,
		`In = {n: 1, s: "x", e: CRIME, l: ["a", "b\""]}`: `"{n:1,s:\"x\",e:CRIME,l:[\"a\",\"b\\\"\"]}"`,
		`JSON = {a: [1, {b: null}], c: true}`:            `"{a:[1,{b:null}],c:true}"`,
	} {
		types := `enum Genre { CRIME } scalar JSON input In { n: Int s: String e: Genre l: [String] }`
		t.Run(sdl, func(t *testing.T) {
			s := service{sdl: `type Query { f(a: ` + sdl + `): Int } input Holder { a: ` + sdl + ` } directive @d(a: ` + sdl + `) on FIELD ` + types}
			check(t, s, []example{
				ofType("argument", "Query", `fields { args { name defaultValue } }`, `{"fields":[{"args":[{"name":"a","defaultValue":`+want+`}]}]}`),
				ofType("input field", "Holder", `inputFields { name defaultValue }`, `{"inputFields":[{"name":"a","defaultValue":`+want+`}]}`),
			})
		})
	}
}

// 4.2.4 The __InputValue Type, otherwise.
func TestSpecIntrospectionOfInputValues(t *testing.T) {
	check(t, introspected, []example{
		ofType("input fields", "Search", `inputFields { name description type { kind name ofType { kind name ofType { name } } } defaultValue isDeprecated deprecationReason }`,
			`{"inputFields":[{"name":"text","description":null,"type":{"kind":"NON_NULL","name":null,"ofType":{"kind":"SCALAR","name":"String","ofType":null}},"defaultValue":null,"isDeprecated":false,"deprecationReason":null},`+
				`{"name":"age","description":"How old.","type":{"kind":"SCALAR","name":"Int","ofType":null},"defaultValue":"7","isDeprecated":false,"deprecationReason":null},`+
				`{"name":"genres","description":null,"type":{"kind":"LIST","name":null,"ofType":{"kind":"NON_NULL","name":null,"ofType":{"name":"Genre"}}},"defaultValue":"[CRIME,POETRY]","isDeprecated":false,"deprecationReason":null}]}`),
	})
}

// 4.2.6 The __Directive Type: the specification's own directives, and the schema's.
// @deprecated on directives is of a later draft, and comes with the parser. So does
// @defer, which is not listed, since nothing is deferred.
func TestSpecIntrospectionOfDirectives(t *testing.T) {
	check(t, introspected, []example{
		{"names, repeatable, locations", query(`{ __schema { directives { name isRepeatable locations } } }`), data(`{"__schema":{"directives":[` +
			`{"name":"deprecated","isRepeatable":false,"locations":["FIELD_DEFINITION","ARGUMENT_DEFINITION","INPUT_FIELD_DEFINITION","ENUM_VALUE","DIRECTIVE_DEFINITION"]},` +
			`{"name":"include","isRepeatable":false,"locations":["FIELD","FRAGMENT_SPREAD","INLINE_FRAGMENT"]},` +
			`{"name":"once","isRepeatable":false,"locations":["FIELD"]},` +
			`{"name":"oneOf","isRepeatable":false,"locations":["INPUT_OBJECT"]},` +
			`{"name":"role","isRepeatable":true,"locations":["FIELD_DEFINITION","OBJECT"]},` +
			`{"name":"skip","isRepeatable":false,"locations":["FIELD","FRAGMENT_SPREAD","INLINE_FRAGMENT"]},` +
			`{"name":"specifiedBy","isRepeatable":false,"locations":["SCALAR"]}]}}`)},
		{"arguments", query(`{ __schema { directives { name args { name defaultValue type { kind name ofType { name } } } } } }`), data(`{"__schema":{"directives":[` +
			`{"name":"deprecated","args":[{"name":"reason","defaultValue":"\"No longer supported\"","type":{"kind":"SCALAR","name":"String","ofType":null}}]},` +
			`{"name":"include","args":[{"name":"if","defaultValue":null,"type":{"kind":"NON_NULL","name":null,"ofType":{"name":"Boolean"}}}]},` +
			`{"name":"once","args":[]},{"name":"oneOf","args":[]},` +
			`{"name":"role","args":[{"name":"name","defaultValue":null,"type":{"kind":"NON_NULL","name":null,"ofType":{"name":"String"}}}]},` +
			`{"name":"skip","args":[{"name":"if","defaultValue":null,"type":{"kind":"NON_NULL","name":null,"ofType":{"name":"Boolean"}}}]},` +
			`{"name":"specifiedBy","args":[{"name":"url","defaultValue":null,"type":{"kind":"NON_NULL","name":null,"ofType":{"name":"String"}}}]}]}}`)},
	})
}

// Introspection is executed like everything else: aliases, fragments, conditions and
// variables, beside fields of the service, and by events of a subscription too.
func TestSpecIntrospectionIsExecutedLikeTheRest(t *testing.T) {
	check(t, introspected, []example{
		{"aliases and merging", query(`{ s: __schema { q: queryType { name } } s: __schema { q: queryType { kind } } }`), data(`{"s":{"q":{"name":"Query","kind":"OBJECT"}}}`)},
		{"conditions", with(`query($no: Boolean!) { __type(name: "Plain") { name kind @include(if: $no) ... @skip(if: $no) { k: kind } } }`, `{"no": false}`),
			data(`{"__type":{"name":"Plain","k":"SCALAR"}}`)},
		{"recursion", query(`{ __type(name: "Mutation") { ...T } } fragment T on __Type { name fields { type { name fields { name type { ofType { kind } } } } } }`),
			data(`{"__type":{"name":"Mutation","fields":[{"type":{"name":"Query","fields":[{"name":"node","type":{"ofType":null}},{"name":"listed","type":{"ofType":{"kind":"LIST"}}},{"name":"any","type":{"ofType":null}}]}}]}}`)},
		{"a name that is null", with(`query($n: String = "Plain") { __type(name: $n) { name } }`, `{"n": null}`),
			partly(`{"__type":null}`, failed(31, `"__type"`, "argument name: a value that is not null expected"))},
	})
	next := introspected.subscribe(context.Background(), t, query(`subscription { changes { __typename __type(name: "Plain") { name } } }`))
	if got, want := next(), data(`{"changes":{"__typename":"Query","__type":{"name":"Plain"}}}`); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}
