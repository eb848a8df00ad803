package engine_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/executor"
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

// A batch sees the parents of the whole level: those of several lists, of several
// places of the document, and of aliases that ask the same.
func TestBatchSeesEveryParentOfTheLevel(t *testing.T) {
	tests := []struct {
		name, query string
		sizes       []int // of each call
	}{
		{"lists of lists", `{shelf{author{name}}}`, []int{2}},
		{"several fields, then their children", `{library{books{author{name}}} named{...on Book{author{name}} ...on Author{books{author{name}}}}}`, []int{5, 4}},
		{"aliases of lists", `{a:books{author{name}} b:books(first:2){author{name}}}`, []int{5}},
		{"aliases of the batch itself", `{books{a:author{name} b:author{name}}}`, []int{6}},
		{"fragments", `{a:books{...F} b:books{...F}} fragment F on Book{author{name}}`, []int{6}},
		{"other selections", `{a:books{author{name}} b:books{author{n:name}}}`, []int{3, 3}},
		{"another field", `{books{author{name} strict{name}}}`, []int{3, 3}},
		{"another level", `{books{author{books{author{name}}}}}`, []int{3, 6}},
	}
	for _, tt := range tests {
		for _, middleware := range []bool{false, true} {
			t.Run(fmt.Sprint(tt.name, ", middleware ", middleware), func(t *testing.T) {
				w := newWorld()
				var set []func(*executor.Executor)
				if middleware {
					set = append(set, around(func(ctx context.Context, next graphql.Resolver) (any, error) { return next(ctx) }))
				}
				got := w.ask(t, tt.query, set...)
				var sizes []int
				for _, b := range w.batches {
					sizes = append(sizes, len(b))
				}
				if !slices.Equal(sizes, tt.sizes) {
					t.Errorf("calls with %v parents, want %v", sizes, tt.sizes)
				}
				if strings.Contains(got, "null") && tt.name != "lists of lists" || strings.Contains(got, "errors") {
					t.Errorf("an author is missing: %s", got)
				}
			})
		}
	}
}

// Arguments are part of what is asked.
func TestBatchesOfOtherArgumentsAreOtherCalls(t *testing.T) {
	w := newWorld()
	tables := w.tables(t)
	note := tables.Objects["Book"].Fields["note"]
	note.Resolve = nil
	note.Batch = func(_ context.Context, parents []any, args map[string]any) ([]any, error) {
		found := make([]any, len(parents))
		for i := range parents {
			found[i] = fmt.Sprint(args["prefix"], len(parents))
		}
		return found, nil
	}
	got := askTables(t, tables, `{a:books{note(prefix:"x")} b:books{note(prefix:"x")} c:books(first:1){note(prefix:"y")}}`)
	want := `{"data":{"a":[{"note":"x6"},{"note":"x6"},{"note":"x6"}],"b":[{"note":"x6"},{"note":"x6"},{"note":"x6"}],"c":[{"note":"y1"}]}}`
	if got != want {
		t.Errorf("\n got %s\nwant %s", got, want)
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
