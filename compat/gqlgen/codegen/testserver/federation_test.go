package testserver_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/99designs/gqlgen/codegen/testserver/resolvers"
)

const entities = `query($r: [_Any!]!) { _entities(representations: $r) { __typename ... on Book { id title } ... on Author { name } } }`

func entity(typeName string, fields map[string]any) any {
	fields["__typename"] = typeName
	return fields
}

func book(id string) any { return entity("Book", map[string]any{"id": id}) }

func TestEntitiesKeepTheOrderOfMixedRepresentations(t *testing.T) {
	root := &resolvers.Resolver{}
	got := ask(t, root, entities, map[string]any{"r": []any{
		book("b2"),
		entity("Author", map[string]any{"id": "a1"}),
		entity("Book", map[string]any{"isbn": "978-3"}),
		book("nowhere"),
		entity("Author", map[string]any{"shelf": map[string]any{"room": "north", "row": int64(2)}}),
		book("b1"),
		entity("Book", map[string]any{"id": nil, "isbn": "978-1"}),
	}})
	want := `{"data":{"_entities":[{"__typename":"Book","id":"b2","title":"Lent \"days\""},{"__typename":"Author","name":"Ann"},` +
		`{"__typename":"Book","id":"b3","title":"Noon"},null,{"__typename":"Author","name":"Ann"},` +
		`{"__typename":"Book","id":"b1","title":"Night"},{"__typename":"Book","id":"b1","title":"Night"}]}}`
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if calls := root.EntityCalls.Load(); calls != 2 {
		t.Errorf("%d calls for two keys of Book, want 2", calls)
	}
}

func TestARepresentationThatIsRefusedLosesOnlyItself(t *testing.T) {
	got := ask(t, &resolvers.Resolver{}, entities, map[string]any{"r": []any{
		entity("Mary Smith", map[string]any{"id": "1"}),
		book("b1"),
		entity("Book", map[string]any{"title": "Mary Smith"}),
		entity("Book", map[string]any{"isbn": "Mary Smith"}),
		entity("Author", map[string]any{"id": "broken"}),
	}})
	want := `{"data":{"_entities":[null,{"__typename":"Book","id":"b1","title":"Night"},null,null,null]},"errors":[` +
		`"_entities[0]: __typename is not an entity of this service",` +
		`"_entities[2]: a representation of Book names none of its keys",` +
		`"_entities[3]: representation: isbn: is not a valid ISBN",` +
		`"_entities[4]: internal system error"]}`
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestNoReaderIsGivenAnotherRecord(t *testing.T) {
	for name, root := range map[string]*resolvers.Resolver{
		"too short": {Drop: true},
		"reordered": {Reverse: true},
	} {
		t.Run(name, func(t *testing.T) {
			got := ask(t, root, entities, map[string]any{"r": []any{book("b1"), book("b2")}})
			if !strings.HasPrefix(got, `{"data":{"_entities":[null,null]},"errors":["_entities[0]: `) || strings.Contains(got, "Night") {
				t.Errorf("got %s, want no entity at all", got)
			}
		})
	}
}

func TestTheServiceTellsItsSchema(t *testing.T) {
	got := ask(t, &resolvers.Resolver{}, `{ _service { sdl } }`, nil)
	var answer struct {
		Data struct {
			Service struct{ SDL string } `json:"_service"`
		}
	}
	if err := json.Unmarshal([]byte(got), &answer); err != nil {
		t.Fatalf("reading the answer: %v", err)
	}
	sdl := answer.Data.Service.SDL
	for _, want := range []string{`extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])`, "type Loan", "extend type Query"} {
		if !strings.Contains(sdl, want) {
			t.Errorf("the SDL has no %s", want)
		}
	}
	for _, unwanted := range []string{"_Entity", "_Service", "federation__FieldSet"} {
		if strings.Contains(sdl, unwanted) {
			t.Errorf("the SDL has %s, which is the router's to add", unwanted)
		}
	}
}
