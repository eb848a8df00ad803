package engine_test

import (
	"strings"
	"testing"
)

const introspectedSDL = `
"The schema's own description."
schema { query: Query mutation: Mutation subscription: Subscription }
"Where it begins."
type Query { node(id: ID!): Node old: Int @deprecated listed(first: Int = 10, gone: Int @deprecated(reason: "no use")): [[Item!]!]! any: Any }
type Mutation { change: Query }
type Subscription { changes: Query! }
"Anything with a name of its own."
interface Node { id: ID! }
interface Named implements Node { id: ID! name: String }
type Book implements Node & Named { id: ID! name: String "How many." pages: Int! isbn: String @deprecated(reason: "use \"id\"") }
type Author implements Named & Node { id: ID! name: String }
union Item = Book | Author
union Any = Author | Book
enum Genre { "Blood." CRIME POETRY @deprecated GONE @deprecated(reason: "nobody reads it") }
"Where to look."
input Search { text: String! "How old." age: Int = 7 old: Int @deprecated(reason: "use age") genres: [Genre!] = [CRIME, POETRY] }
input Choice @oneOf { a: Int b: Search }
"A moment."
scalar Instant @specifiedBy(url: "https://example.org/instant")
scalar Plain
"Asks for a role."
directive @role(name: String!, old: Int = 1 @deprecated) repeatable on FIELD_DEFINITION | OBJECT
directive @once on FIELD
`

// introspected answers what the tests of section 4 ask.
var introspected = service{
	sdl: introspectedSDL,
	root: object{
		"node": object{"__typename": "Book", "id": "1", "name": "A"}, "change": object{"old": 1},
		"any":    object{"__typename": "Author", "name": "Ann"},
		"listed": []any{[]any{object{"__typename": "Author", "id": "2"}, object{"__typename": "Book", "id": "3", "pages": 5}}},
	},
	streams: map[string]stream{"changes": newSource(object{}).open},
}

// ofType asks for a type, and is answered with it.
func ofType(name, typ, selection, want string) example {
	return example{name, query(`{ __type(name: "` + typ + `") { ` + selection + ` } }`), data(`{"__type":` + want + `}`)}
}

// 4.1 Type Name Introspection: __typename is the concrete object type, on every object
// type, interface and union; except at the root of a subscription.
func TestSpecTypename(t *testing.T) {
	for _, way := range ways {
		s := introspected
		s.way = way
		check(t, s, []example{
			{"root of a query", query(`{ __typename a: __typename }`), data(`{"__typename":"Query","a":"Query"}`)},
			{"root of a mutation", query(`mutation { __typename change { __typename } }`), data(`{"__typename":"Mutation","change":{"__typename":"Query"}}`)},
			{"interface", query(`{ node(id: 1) { __typename id } }`), data(`{"node":{"__typename":"Book","id":"1"}}`)},
			{"union", query(`{ any { __typename } listed { t: __typename } }`), data(`{"any":{"__typename":"Author"},"listed":[[{"t":"Author"},{"t":"Book"}]]}`)},
			{"inside fragments", query(`{ any { ... on Named { __typename } ... on Author { t: __typename } } }`), data(`{"any":{"__typename":"Author","t":"Author"}}`)},
			{"root of a subscription", query(`subscription { __typename }`),
				requestError(invalid(16, "Anonymous Subscription must not select an introspection top level field."))},
			{"introspection's own types", query(`{ __schema { __typename queryType { __typename fields { __typename type { __typename } } } directives { __typename args { __typename } } } }`),
				data(`{"__schema":{"__typename":"__Schema","queryType":{"__typename":"__Type","fields":[` +
					strings.TrimSuffix(strings.Repeat(`{"__typename":"__Field","type":{"__typename":"__Type"}},`, 3), ",") + `]},"directives":[` +
					strings.Join([]string{oneArg, oneArg, noArgs, noArgs, oneArg, oneArg, oneArg}, ",") + `]}}`)},
		})
	}
}

const (
	inputValue = `{"__typename":"__InputValue"}`
	oneArg     = `{"__typename":"__Directive","args":[` + inputValue + `]}`
	noArgs     = `{"__typename":"__Directive","args":[]}`
)

// 4.2 Schema Introspection: __schema and __type are fields of the query type alone, and
// listed by none.
func TestSpecSchemaIntrospection(t *testing.T) {
	check(t, introspected, []example{
		{"__schema", query(`{ __schema { description queryType { name } mutationType { name } subscriptionType { name } } }`),
			data(`{"__schema":{"description":"The schema's own description.","queryType":{"name":"Query"},"mutationType":{"name":"Mutation"},"subscriptionType":{"name":"Subscription"}}}`)},
		ofType("__type", "Book", "name", `{"name":"Book"}`),
		{"__type of a variable", with(`query($n: String!) { __type(name: $n) { kind } }`, `{"n": "Genre"}`), data(`{"__type":{"kind":"ENUM"}}`)},
		ofType("__type of no such name", "Nothing", "name", `null`),
		ofType("__type of the empty name", "", "name", `null`),
		ofType("__type is to the letter", "book", "name", `null`),
		ofType("__type of introspection's own", "__Type", "name kind", `{"name":"__Type","kind":"OBJECT"}`),
		{"beside other fields", query(`{ __typename __type(name: "Plain") { name } node(id: 1) { id } }`),
			data(`{"__typename":"Query","__type":{"name":"Plain"},"node":{"id":"1"}}`)},
		{"not of a mutation", query(`mutation { __schema { description } }`), requestError(invalid(12, `Cannot query field "__schema" on type "Mutation".`))},
		{"not of any other type", query(`{ node(id: 1) { ... on Book { __type(name: "Book") { name } } } }`), requestError(invalid(31, `Cannot query field "__type" on type "Book".`))},
		ofType("listed nowhere", "Query", "fields(includeDeprecated: true) { name }", `{"fields":[{"name":"node"},{"name":"old"},{"name":"listed"},{"name":"any"}]}`),
	})
	none := service{sdl: `type Query { a: Int }`}
	check(t, none, []example{{"of a schema that has little", query(`{ __schema { description queryType { name } mutationType { name } subscriptionType { name } } }`),
		data(`{"__schema":{"description":null,"queryType":{"name":"Query"},"mutationType":null,"subscriptionType":null}}`)}})
}

// 4.2.1 The __Schema Type: types has every named type, built in or not, introspection's
// own included; directives every directive.
func TestSpecSchemaTypes(t *testing.T) {
	check(t, introspected, []example{
		{"types", query(`{ __schema { types { name kind } } }`), data(`{"__schema":{"types":[` +
			`{"name":"Any","kind":"UNION"},{"name":"Author","kind":"OBJECT"},{"name":"Book","kind":"OBJECT"},{"name":"Boolean","kind":"SCALAR"},` +
			`{"name":"Choice","kind":"INPUT_OBJECT"},{"name":"Float","kind":"SCALAR"},{"name":"Genre","kind":"ENUM"},{"name":"ID","kind":"SCALAR"},` +
			`{"name":"Instant","kind":"SCALAR"},{"name":"Int","kind":"SCALAR"},{"name":"Item","kind":"UNION"},{"name":"Mutation","kind":"OBJECT"},` +
			`{"name":"Named","kind":"INTERFACE"},{"name":"Node","kind":"INTERFACE"},{"name":"Plain","kind":"SCALAR"},{"name":"Query","kind":"OBJECT"},` +
			`{"name":"Search","kind":"INPUT_OBJECT"},{"name":"String","kind":"SCALAR"},{"name":"Subscription","kind":"OBJECT"},` +
			`{"name":"__Directive","kind":"OBJECT"},{"name":"__DirectiveLocation","kind":"ENUM"},{"name":"__EnumValue","kind":"OBJECT"},` +
			`{"name":"__Field","kind":"OBJECT"},{"name":"__InputValue","kind":"OBJECT"},{"name":"__Schema","kind":"OBJECT"},` +
			`{"name":"__Type","kind":"OBJECT"},{"name":"__TypeKind","kind":"ENUM"}]}}`)},
	})
}

// everything is all that can be asked of a type.
const everything = `kind name description specifiedByURL isOneOf fields { name } interfaces { name } possibleTypes { name } enumValues { name } inputFields { name } ofType { name }`

// 4.2.2 The __Type Type, kind by kind: what it has, and null for all else.
func TestSpecTypeKinds(t *testing.T) {
	check(t, introspected, []example{
		ofType("scalar", "Plain", everything,
			`{"kind":"SCALAR","name":"Plain","description":null,"specifiedByURL":null,"isOneOf":null,"fields":null,"interfaces":null,"possibleTypes":null,"enumValues":null,"inputFields":null,"ofType":null}`),
		ofType("scalar with a specification", "Instant", everything,
			`{"kind":"SCALAR","name":"Instant","description":"A moment.","specifiedByURL":"https://example.org/instant","isOneOf":null,"fields":null,"interfaces":null,"possibleTypes":null,"enumValues":null,"inputFields":null,"ofType":null}`),
		ofType("object", "Book", everything,
			`{"kind":"OBJECT","name":"Book","description":null,"specifiedByURL":null,"isOneOf":null,"fields":[{"name":"id"},{"name":"name"},{"name":"pages"}],`+
				`"interfaces":[{"name":"Node"},{"name":"Named"}],"possibleTypes":null,"enumValues":null,"inputFields":null,"ofType":null}`),
		ofType("object without interfaces", "Mutation", everything,
			`{"kind":"OBJECT","name":"Mutation","description":null,"specifiedByURL":null,"isOneOf":null,"fields":[{"name":"change"}],"interfaces":[],"possibleTypes":null,"enumValues":null,"inputFields":null,"ofType":null}`),
		ofType("union, in the order of its declaration", "Item", everything,
			`{"kind":"UNION","name":"Item","description":null,"specifiedByURL":null,"isOneOf":null,"fields":null,"interfaces":null,"possibleTypes":[{"name":"Book"},{"name":"Author"}],"enumValues":null,"inputFields":null,"ofType":null}`),
		ofType("union, another order", "Any", `possibleTypes { name }`, `{"possibleTypes":[{"name":"Author"},{"name":"Book"}]}`),
		ofType("interface; the types that implement it are object types", "Node", everything,
			`{"kind":"INTERFACE","name":"Node","description":"Anything with a name of its own.","specifiedByURL":null,"isOneOf":null,"fields":[{"name":"id"}],"interfaces":[],`+
				`"possibleTypes":[{"name":"Book"},{"name":"Author"}],"enumValues":null,"inputFields":null,"ofType":null}`),
		ofType("interface that implements another", "Named", `kind fields { name } interfaces { name kind } possibleTypes { name kind }`,
			`{"kind":"INTERFACE","fields":[{"name":"id"},{"name":"name"}],"interfaces":[{"name":"Node","kind":"INTERFACE"}],"possibleTypes":[{"name":"Book","kind":"OBJECT"},{"name":"Author","kind":"OBJECT"}]}`),
		ofType("enum", "Genre", everything,
			`{"kind":"ENUM","name":"Genre","description":null,"specifiedByURL":null,"isOneOf":null,"fields":null,"interfaces":null,"possibleTypes":null,"enumValues":[{"name":"CRIME"}],"inputFields":null,"ofType":null}`),
		ofType("input object", "Search", everything,
			`{"kind":"INPUT_OBJECT","name":"Search","description":"Where to look.","specifiedByURL":null,"isOneOf":false,"fields":null,"interfaces":null,"possibleTypes":null,"enumValues":null,`+
				`"inputFields":[{"name":"text"},{"name":"age"},{"name":"genres"}],"ofType":null}`),
		ofType("OneOf input object", "Choice", `kind isOneOf inputFields { name type { name } }`,
			`{"kind":"INPUT_OBJECT","isOneOf":true,"inputFields":[{"name":"a","type":{"name":"Int"}},{"name":"b","type":{"name":"Search"}}]}`),
		{"list and non-null", query(`{ __type(name: "Query") { fields { name type { ...W ofType { ...W ofType { ...W ofType { ...W ofType { ...W ofType { ...W } } } } } } } } } fragment W on __Type { kind name description specifiedByURL isOneOf fields { name } interfaces { name } possibleTypes { name } enumValues { name } inputFields { name } }`),
			data(`{"__type":{"fields":[{"name":"node","type":` + wrapped("INTERFACE", "Node") + `},` +
				`{"name":"listed","type":` + wrapped("NON_NULL", wrapped("LIST", wrapped("NON_NULL", wrapped("LIST", wrapped("NON_NULL", itemBare))))) + `},` +
				`{"name":"any","type":` + anyBare + `}]}}`)},
	})
}

// wrapped is a type as the query of TestSpecTypeKinds asks for it: a wrapper with what
// it wraps, or the interface.
func wrapped(kind, inner string) string {
	if kind == "INTERFACE" {
		return `{"kind":"INTERFACE","name":"Node","description":"Anything with a name of its own.","specifiedByURL":null,"isOneOf":null,"fields":[{"name":"id"}],"interfaces":[],"possibleTypes":[{"name":"Book"},{"name":"Author"}],"enumValues":null,"inputFields":null,"ofType":null}`
	}
	return `{"kind":"` + kind + `","name":null,"description":null,"specifiedByURL":null,"isOneOf":null,"fields":null,"interfaces":null,"possibleTypes":null,"enumValues":null,"inputFields":null,"ofType":` + inner + `}`
}

const (
	itemBare = `{"kind":"UNION","name":"Item","description":null,"specifiedByURL":null,"isOneOf":null,"fields":null,"interfaces":null,"possibleTypes":[{"name":"Book"},{"name":"Author"}],"enumValues":null,"inputFields":null}`
	anyBare  = `{"kind":"UNION","name":"Any","description":null,"specifiedByURL":null,"isOneOf":null,"fields":null,"interfaces":null,"possibleTypes":[{"name":"Author"},{"name":"Book"}],"enumValues":null,"inputFields":null,"ofType":null}`
)
