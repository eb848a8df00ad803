package engine_test

import (
	"context"
	"strings"
	"testing"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/executor"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

func TestIntrospection(t *testing.T) {
	tests := []struct{ name, query, want string }{
		{"roots", `{__schema{queryType{name} mutationType{name} subscriptionType{name}}}`,
			`{"__schema":{"queryType":{"name":"Query"},"mutationType":{"name":"Mutation"},"subscriptionType":{"name":"Subscription"}}}`},
		{"no such type", `{__type(name:"Nothing"){name}}`, `{"__type":null}`},
		{"object", `{__type(name:"Author"){kind name description interfaces{name} possibleTypes{name} enumValues{name} inputFields{name} ofType{name}
			fields{name args{name} isDeprecated type{kind name ofType{kind ofType{kind ofType{kind name}}}}}}}`,
			`{"__type":{"kind":"OBJECT","name":"Author","description":null,"interfaces":[{"name":"Named"}],"possibleTypes":null,"enumValues":null,"inputFields":null,"ofType":null,` +
				`"fields":[{"name":"name","args":[],"isDeprecated":false,"type":{"kind":"NON_NULL","name":null,"ofType":{"kind":"SCALAR","ofType":null}}},` +
				`{"name":"books","args":[],"isDeprecated":false,"type":{"kind":"NON_NULL","name":null,"ofType":{"kind":"LIST","ofType":{"kind":"NON_NULL","ofType":{"kind":"OBJECT","name":"Book"}}}}}]}}`},
		{"interface", `{__type(name:"Named"){kind fields{name} interfaces{name} possibleTypes{name}}}`,
			`{"__type":{"kind":"INTERFACE","fields":[{"name":"name"}],"interfaces":[],"possibleTypes":[{"name":"Book"},{"name":"Author"}]}}`},
		{"union", `{__type(name:"Item"){kind fields{name} possibleTypes{name}}}`,
			`{"__type":{"kind":"UNION","fields":null,"possibleTypes":[{"name":"Book"},{"name":"Author"}]}}`},
		{"scalar", `{__type(name:"Instant"){kind specifiedByURL isOneOf}}`,
			`{"__type":{"kind":"SCALAR","specifiedByURL":"https://example.org/instant","isOneOf":null}}`},
		{"enum", `{__type(name:"Genre"){kind enumValues{name} all:enumValues(includeDeprecated:true){name isDeprecated deprecationReason}}}`,
			`{"__type":{"kind":"ENUM","enumValues":[{"name":"CRIME"},{"name":"POETRY"}],"all":[{"name":"CRIME","isDeprecated":false,"deprecationReason":null},` +
				`{"name":"POETRY","isDeprecated":false,"deprecationReason":null},{"name":"GONE","isDeprecated":true,"deprecationReason":"No longer supported"}]}}`},
		{"input object", `{__type(name:"PersonInput"){kind isOneOf fields{name} inputFields{name defaultValue type{kind name} isDeprecated}}}`,
			`{"__type":{"kind":"INPUT_OBJECT","isOneOf":false,"fields":null,"inputFields":[{"name":"name","defaultValue":null,"type":{"kind":"NON_NULL","name":null},"isDeprecated":false},` +
				`{"name":"age","defaultValue":"7","type":{"kind":"SCALAR","name":"Int"},"isDeprecated":false},{"name":"likes","defaultValue":null,"type":{"kind":"LIST","name":null},"isDeprecated":false}]}}`},
		{"one of", `{__type(name:"Choice"){isOneOf}}`, `{"__type":{"isOneOf":true}}`},
		{"arguments", `{__type(name:"Query"){fields{name args{name defaultValue type{name}}}}}`, `{"name":"books","args":[{"name":"first","defaultValue":"3","type":{"name":"Int"}}]}`},
		{"its own fields are not listed", `{__type(name:"Query"){fields{name}}}`, `{"__type":{"fields":[{"name":"library"},{"name":"books"},{"name":"shelf"},{"name":"search"},{"name":"named"},{"name":"fails"},{"name":"mustFail"},{"name":"panics"},{"name":"greet"},{"name":"_service"}]}}`},
		{"its own types are", `{__type(name:"__Type"){name kind}}`, `{"__type":{"name":"__Type","kind":"OBJECT"}}`},
		{"directives", `{__schema{directives{name isRepeatable locations args{name defaultValue}}}}`,
			`{"name":"skip","isRepeatable":false,"locations":["FIELD","FRAGMENT_SPREAD","INLINE_FRAGMENT"],"args":[{"name":"if","defaultValue":null}]}`},
		{"names of its types", `{__schema{__typename types{__typename}}}`, `{"__schema":{"__typename":"__Schema","types":[{"__typename":"__Type"}`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := newWorld().ask(t, tt.query)
			if strings.Contains(got, `"errors"`) || !strings.Contains(got, tt.want) {
				t.Errorf("\n got %s\nwant %s", got, tt.want)
			}
		})
	}
}

func TestDeprecatedFieldsAreListedOnRequest(t *testing.T) {
	w := newWorld()
	if got := w.ask(t, `{__type(name:"Book"){fields{name}}}`); strings.Contains(got, `"old"`) {
		t.Errorf("a deprecated field is listed unasked: %s", got)
	}
	got := w.ask(t, `{__type(name:"Book"){fields(includeDeprecated:true){name deprecationReason}}}`)
	if want := `{"name":"old","deprecationReason":"use name"}`; !strings.Contains(got, want) {
		t.Errorf("%s lacks %s", got, want)
	}
}

// Every type that the schema speaks of is listed, and everything a client needs to
// build the schema is there: the query is the one tools send.
func TestTheQueryOfTools(t *testing.T) {
	got := newWorld().ask(t, toolsQuery)
	if strings.Contains(got, `"errors"`) {
		t.Fatal(got)
	}
	for _, name := range []string{"Query", "Item", "Named", "PersonInput", "Genre", "Choice", "Instant", "Boolean", "__Schema"} {
		if !strings.Contains(got, `"name":"`+name+`","description"`) {
			t.Errorf("type %s is not described", name)
		}
	}
}

const toolsQuery = `query IntrospectionQuery { __schema {
	description queryType { name kind } mutationType { name kind } subscriptionType { name kind }
	types { ...FullType }
	directives { name description isRepeatable locations args(includeDeprecated: true) { ...InputValue } }
} }
fragment FullType on __Type {
	kind name description specifiedByURL isOneOf
	fields(includeDeprecated: true) { name description args(includeDeprecated: true) { ...InputValue } type { ...TypeRef } isDeprecated deprecationReason }
	inputFields(includeDeprecated: true) { ...InputValue }
	interfaces { ...TypeRef }
	enumValues(includeDeprecated: true) { name description isDeprecated deprecationReason }
	possibleTypes { ...TypeRef }
}
fragment InputValue on __InputValue { name description type { ...TypeRef } defaultValue isDeprecated deprecationReason }
fragment TypeRef on __Type { kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name } } } } } } }`

func TestIntrospectionSwitchedOff(t *testing.T) {
	off := func(e *executor.Executor) { e.Use(noIntrospection{}) }
	data := map[string]string{"__schema": "null", "__type": `{"__type":null}`}
	want := `{"errors":[{"message":"introspection is disabled","path":["%"],"locations":[{"line":1,"column":2}]}],"data":@}`
	for field, query := range map[string]string{"__schema": `{__schema{queryType{name}}}`, "__type": `{__type(name:"Book"){name}}`} {
		if got := newWorld().ask(t, query, off); got != strings.NewReplacer("%", field, "@", data[field]).Replace(want) {
			t.Errorf("%s: got %s", field, got)
		}
	}
	want = `{"data":{"__typename":"Query","_service":{"sdl":"the sdl"}}}`
	if got := newWorld().ask(t, `{__typename _service{sdl}}`, off); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

type noIntrospection struct{ introspection }

func (noIntrospection) MutateOperationContext(_ context.Context, op *graphql.OperationContext) *gqlerror.Error {
	op.DisableIntrospection = true
	return nil
}
