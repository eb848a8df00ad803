package engine_test

import (
	"errors"
	"testing"

	"github.com/99designs/gqlgen/graphql"
)

// The specification's own tests are elsewhere; these are of leaves that are written
// without being boxed, and of levels whose objects are of several kinds.
func TestExecute(t *testing.T) {
	tests := []struct{ name, query, want string }{
		{"leaves", `{books{name pages price lent tags}}`,
			`{"data":{"books":[{"name":"A","pages":100,"price":1.5,"lent":false,"tags":["x","y"]},` +
				`{"name":"B","pages":null,"price":0,"lent":true,"tags":null},` +
				`{"name":"C","pages":null,"price":0,"lent":false,"tags":null}]}}`},
		{"typename everywhere", `{__typename library{__typename books{t:__typename}}}`,
			`{"data":{"__typename":"Query","library":{"__typename":"Library","books":[{"t":"Book"},{"t":"Book"},{"t":"Book"}]}}}`},
		{"nested lists keep nulls and empties", `{shelf{name}}`,
			`{"data":{"shelf":[[{"name":"A"},null],[],[{"name":"B"}]]}}`},
		{"union", `{search{__typename ...on Book{name author{name}} ...on Author{books{name}}}}`,
			`{"data":{"search":[{"__typename":"Book","name":"A","author":{"name":"Ann"}},{"__typename":"Author","books":[{"name":"A"},{"name":"B"}]},` +
				`{"__typename":"Book","name":"B","author":{"name":"Ben"}},{"__typename":"Author","books":[{"name":"A"},{"name":"B"}]}]}}`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := newWorld().ask(t, tt.query); got != tt.want {
				t.Errorf("\n got %s\nwant %s", got, tt.want)
			}
		})
	}
}

func TestBatchSeesEveryParentOfTheLevel(t *testing.T) {
	w := newWorld()
	w.ask(t, `{library{books{author{name}}} named{...on Book{author{name}} ...on Author{books{author{name}}}}}`)
	// library.books, named, and the books of both authors.
	var sizes []int
	for _, b := range w.batches {
		sizes = append(sizes, len(b))
	}
	total := 0
	for _, n := range sizes {
		total += n
	}
	if len(sizes) != 3 || total != 3+2+4 {
		t.Errorf("calls of the batch with %v parents, want three calls of 3, 2 and 4", sizes)
	}
}

func TestBatchErrors(t *testing.T) {
	hidden := `"message":"internal system error"`
	tests := []struct {
		name, query, want string
		batch             func([]any) ([]any, error)
	}{
		{"one parent of three", `{books{author{name}}}`,
			`{"errors":[{` + hidden + `,"path":["books",1,"author"],"locations":[{"line":1,"column":8}]}],` +
				`"data":{"books":[{"author":{"name":"X"}},{"author":null},{"author":{"name":"X"}}]}}`,
			func(p []any) ([]any, error) {
				return []any{&author{"X"}, nil, &author{"X"}}, graphql.BatchErrorList{nil, errors.New("no"), nil}
			}},
		{"too short", `{books(first:2){author{name}}}`,
			`{"errors":[{` + hidden + `,"path":["books",0,"author"],"locations":[{"line":1,"column":17}]},{` + hidden + `,"path":["books",1,"author"],"locations":[{"line":1,"column":17}]}],` +
				`"data":{"books":[{"author":null},{"author":null}]}}`,
			func(p []any) ([]any, error) { return []any{&author{"X"}}, nil }},
		{"too many errors", `{books(first:1){author{name}}}`,
			`{"errors":[{` + hidden + `,"path":["books",0,"author"],"locations":[{"line":1,"column":17}]}],"data":{"books":[{"author":null}]}}`,
			func(p []any) ([]any, error) { return []any{&author{"X"}}, graphql.BatchErrorList{nil, nil} }},
		{"a panic", `{books(first:1){author{name}}}`,
			`{"errors":[{` + hidden + `,"path":["books",0,"author"],"locations":[{"line":1,"column":17}]}],"data":{"books":[{"author":null}]}}`,
			func(p []any) ([]any, error) { panic("no") }},
		{"a typed nil is null", `{books(first:1){author{name}}}`, `{"data":{"books":[{"author":null}]}}`,
			func(p []any) ([]any, error) { return []any{(*author)(nil)}, nil }},
		{"null where it must not be", `{books(first:1){strict{name}}}`,
			`{"errors":[{"message":"must not be null","path":["books",0,"strict"],"locations":[{"line":1,"column":17}]}],"data":null}`,
			func(p []any) ([]any, error) { return []any{nil}, nil }},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			w := newWorld()
			w.batch = tt.batch
			if got := w.ask(t, tt.query); got != tt.want {
				t.Errorf("\n got %s\nwant %s", got, tt.want)
			}
		})
	}
}
