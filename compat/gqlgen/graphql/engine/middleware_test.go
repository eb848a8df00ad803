package engine_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/executor"
)

func around(f graphql.FieldMiddleware) func(*executor.Executor) {
	return func(e *executor.Executor) { e.AroundFields(f) }
}

// describe names a field by what a guard decides on.
func describe(ctx context.Context) string {
	fc := graphql.GetFieldContext(ctx)
	name := "nothing"
	switch parent := fc.Parent.Result.(type) {
	case *book:
		name = parent.name
	case *author:
		name = parent.name
	case *world:
		name = "library"
	}
	return fmt.Sprintf("%s.%s of %s at %s", fc.Object, fc.Field.Definition.Name, name, fc.Path())
}

func TestMiddlewareSeesEveryFieldOfEveryObject(t *testing.T) {
	var mu sync.Mutex
	var seen []string
	newWorld().ask(t, `{
		library { newest { name } }
		named { name ... on Book { author { name } } }
		shelf { name }
	}`, around(func(ctx context.Context, next graphql.Resolver) (any, error) {
		mu.Lock()
		seen = append(seen, describe(ctx))
		mu.Unlock()
		return next(ctx)
	}))
	slices.Sort(seen)
	want := []string{
		"Author.name of Ann at named[0].author.name",
		"Author.name of Ann at named[3].name",
		"Author.name of Ben at named[1].name",
		"Author.name of Ben at named[2].author.name",
		"Book.author of A at named[0].author",
		"Book.author of B at named[2].author",
		"Book.name of A at named[0].name",
		"Book.name of A at shelf[0][0].name",
		"Book.name of B at named[2].name",
		"Book.name of B at shelf[2][0].name",
		"Book.name of C at library.newest.name",
		"Library.newest of library at library.newest",
		"Query.library of nothing at library",
		"Query.named of nothing at named",
		"Query.shelf of nothing at shelf",
	}
	if !slices.Equal(seen, want) {
		t.Errorf("the middleware saw\n%s\nwant\n%s", strings.Join(seen, "\n"), strings.Join(want, "\n"))
	}
}

func TestMiddlewareChangesAnswers(t *testing.T) {
	hide := func(field string) graphql.FieldMiddleware {
		return func(ctx context.Context, next graphql.Resolver) (any, error) {
			fc := graphql.GetFieldContext(ctx)
			if b, ok := fc.Parent.Result.(*book); ok && fc.Field.Name == field && b.name == "B" {
				return nil, nil
			}
			return next(ctx)
		}
	}
	tests := []struct {
		name, query, want string
		middleware        graphql.FieldMiddleware
	}{
		{"hides a leaf", `{books{price}}`,
			`{"data":{"books":[{"price":1.5},{"price":null},{"price":0}]}}`, hide("price")},
		{"hides a leaf that must not be null", `{books(first:2){secret}}`,
			`{"errors":[{"message":"must not be null","path":["books",1,"secret"],"locations":[{"line":1,"column":17}]}],"data":null}`,
			hide("secret")},
		{"hides a resolved field", `{books{note}}`,
			`{"data":{"books":[{"note":"A"},{"note":null},{"note":"C"}]}}`, hide("note")},
		{"replaces a leaf", `{books(first:1){secret}}`,
			`{"data":{"books":[{"secret":"SECRET OF A"}]}}`,
			func(ctx context.Context, next graphql.Resolver) (any, error) {
				got, err := next(ctx)
				if s, ok := got.(string); ok {
					return strings.ToUpper(s), err
				}
				return got, err
			}},
		{"replaces an object", `{books(first:1){author{name}}}`,
			`{"data":{"books":[{"author":{"name":"Zoe"}}]}}`,
			func(ctx context.Context, next graphql.Resolver) (any, error) {
				if graphql.GetFieldContext(ctx).Field.Name == "author" {
					return &author{"Zoe"}, nil
				}
				return next(ctx)
			}},
		{"answers a typed nil", `{books(first:1){author{name}}}`,
			`{"data":{"books":[{"author":null}]}}`,
			func(ctx context.Context, next graphql.Resolver) (any, error) {
				if graphql.GetFieldContext(ctx).Field.Name == "author" {
					return (*author)(nil), nil
				}
				return next(ctx)
			}},
		{"changes arguments of one parent only", `{books{note(prefix:"a ")}}`,
			`{"data":{"books":[{"note":"a A"},{"note":"b B"},{"note":"a C"}]}}`,
			func(ctx context.Context, next graphql.Resolver) (any, error) {
				fc := graphql.GetFieldContext(ctx)
				if b, ok := fc.Parent.Result.(*book); ok && b.name == "B" {
					fc.Args["prefix"] = "b "
				}
				return next(ctx)
			}},
		{"fails one leaf", `{books{price}}`,
			`{"errors":[{"message":"internal system error","path":["books",2,"price"],"locations":[{"line":1,"column":8}]}],` +
				`"data":{"books":[{"price":1.5},{"price":0},{"price":null}]}}`,
			func(ctx context.Context, next graphql.Resolver) (any, error) {
				if b, ok := graphql.GetFieldContext(ctx).Parent.Result.(*book); ok && b.name == "C" {
					return nil, errors.New("swordfish")
				}
				return next(ctx)
			}},
		{"panics for one parent of a batch", `{books{author{name}}}`,
			`{"errors":[{"message":"internal system error","path":["books",1,"author"],"locations":[{"line":1,"column":8}]}],` +
				`"data":{"books":[{"author":{"name":"Ann"}},{"author":null},{"author":{"name":"Ann"}}]}}`,
			func(ctx context.Context, next graphql.Resolver) (any, error) {
				if b, ok := graphql.GetFieldContext(ctx).Parent.Result.(*book); ok && b.name == "B" {
					panic("swordfish")
				}
				return next(ctx)
			}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := newWorld().ask(t, tt.query, around(tt.middleware)); got != tt.want {
				t.Errorf("\n got %s\nwant %s", got, tt.want)
			}
		})
	}
}

func TestMiddlewareAroundABatch(t *testing.T) {
	const all = 7 // a bit each for three books
	for hidden := range all + 1 {
		t.Run(fmt.Sprintf("hides %03b", hidden), func(t *testing.T) {
			w := newWorld()
			isHidden := func(b *book) bool { return hidden&(1<<slices.Index(w.books, b)) != 0 }
			got := w.ask(t, `{books{author{name}}}`, around(func(ctx context.Context, next graphql.Resolver) (any, error) {
				fc := graphql.GetFieldContext(ctx)
				if b, ok := fc.Parent.Result.(*book); ok && fc.Field.Name == "author" && isHidden(b) {
					return nil, nil
				}
				return next(ctx)
			}))
			want := []string{`{"author":{"name":"Ann"}}`, `{"author":{"name":"Ben"}}`, `{"author":{"name":"Ann"}}`}
			var resolved []any
			for i, b := range w.books {
				if isHidden(b) {
					want[i] = `{"author":null}`
				} else {
					resolved = append(resolved, b)
				}
			}
			if want := `{"data":{"books":[` + strings.Join(want, ",") + `]}}`; got != want {
				t.Errorf("\n got %s\nwant %s", got, want)
			}
			switch {
			case hidden == all && len(w.batches) != 0:
				t.Errorf("the batch was called for nobody")
			case hidden != all && (len(w.batches) != 1 || !slices.Equal(w.batches[0], resolved)):
				t.Errorf("the batch was called with %v, want once with those not hidden", w.batches)
			}
		})
	}
}

func TestMiddlewareOrderAroundABatch(t *testing.T) {
	var trace []string
	note := func(layer string) graphql.FieldMiddleware {
		return func(ctx context.Context, next graphql.Resolver) (any, error) {
			fc := graphql.GetFieldContext(ctx)
			if fc.Field.Name != "author" {
				return next(ctx)
			}
			trace = append(trace, layer+" before "+fc.Path().String())
			got, err := next(ctx)
			trace = append(trace, layer+" after "+got.(*author).name)
			return got, err
		}
	}
	newWorld().ask(t, `{books(first:2){author{name}}}`, around(note("outer")), around(note("inner")))
	want := []string{
		"outer before books[0].author", "inner before books[0].author",
		"outer before books[1].author", "inner before books[1].author",
		"inner after Ben", "outer after Ben", "inner after Ann", "outer after Ann",
	}
	if !slices.Equal(trace, want) {
		t.Errorf("got %q, want %q", trace, want)
	}
}

// A page of any length is one batch, and the nesting of its middleware is no
// deeper than a stack can be.
func TestMiddlewareAroundALargeBatch(t *testing.T) {
	w := newWorld()
	for len(w.books) < 50_000 {
		w.books = append(w.books, w.books[0])
	}
	got := w.ask(t, `{books(first:50000){author{name}}}`, around(func(ctx context.Context, next graphql.Resolver) (any, error) {
		return next(ctx)
	}))
	if n := strings.Count(got, `"author":{"name"`); n != 50_000 || len(w.batches) != 1 {
		t.Errorf("%d authors from %d batches, want 50,000 from one", n, len(w.batches))
	}
}

func TestRootFieldMiddleware(t *testing.T) {
	root := func(f graphql.RootFieldMiddleware) func(*executor.Executor) {
		return func(e *executor.Executor) { e.AroundRootFields(f) }
	}
	pass := func(ctx context.Context, next graphql.RootResolver) graphql.Marshaler { return next(ctx) }
	drop := func(context.Context, graphql.RootResolver) graphql.Marshaler { return graphql.Null }
	swap := func(ctx context.Context, next graphql.RootResolver) graphql.Marshaler {
		next(ctx)
		return graphql.MarshalString(graphql.GetFieldContext(ctx).Field.Name)
	}
	tests := []struct {
		name, query, want string
		middleware        graphql.RootFieldMiddleware
	}{
		{"passes", `{a:library{name} b:books(first:1){name} fails}`,
			`{"errors":[{"message":"internal system error","path":["fails"],"locations":[{"line":1,"column":41}]}],` +
				`"data":{"a":{"name":"Main"},"b":[{"name":"A"}],"fails":null}}`, pass},
		{"passes null at the root", `{mustFail}`,
			`{"errors":[{"message":"internal system error","path":["mustFail"],"locations":[{"line":1,"column":2}]}],"data":null}`, pass},
		{"drops what may be null", `{fails}`, `{"data":{"fails":null}}`, drop},
		{"drops what must not be null", `{library{name}}`,
			`{"errors":[{"message":"must not be null","path":["library"],"locations":[{"line":1,"column":2}]}],"data":null}`, drop},
		{"answers itself", `{fails}`, `{"errors":[{"message":"internal system error","path":["fails"],"locations":[{"line":1,"column":2}]}],"data":{"fails":"fails"}}`, swap},
		{"panics", `{fails}`, `{"errors":[{"message":"internal system error","path":["fails"],"locations":[{"line":1,"column":2}]}],"data":{"fails":null}}`,
			func(context.Context, graphql.RootResolver) graphql.Marshaler { panic("swordfish") }},
		{"surrounds mutations in order", `mutation{a:add(n:1){value} b:add(n:1){value}}`,
			`{"data":{"a":{"value":1},"b":{"value":2}}}`, pass},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := newWorld().ask(t, tt.query, root(tt.middleware)); got != tt.want {
				t.Errorf("\n got %s\nwant %s", got, tt.want)
			}
		})
	}
}
