package engine_test

import (
	"context"
	"strings"
	"testing"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/executor"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// A name with one underscore is nobody's but the schema's own.
func TestFieldsOfFederationAreListed(t *testing.T) {
	got := newWorld().ask(t, `{__type(name:"Query"){fields{name}}}`)
	if want := `{"name":"greet"},{"name":"_service"}]}}}`; !strings.HasSuffix(got, want) {
		t.Errorf("%s does not end with %s", got, want)
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
