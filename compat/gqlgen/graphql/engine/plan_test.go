package engine_test

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/engine"
	"github.com/99designs/gqlgen/graphql/executor"
	"github.com/99designs/gqlgen/graphql/handler/lru"
	"github.com/vektah/gqlparser/v2/ast"
)

// A document that is sent again is answered by what its variables say this time, also
// while it is being answered to somebody else.
func TestAPlanIsOfOneQuestion(t *testing.T) {
	exec := executor.New(engine.New(newWorld().tables(t)))
	exec.SetQueryCache(lru.New[*ast.QueryDocument](10))
	const query = `query($n: Int, $tags: Boolean = false, $no: Boolean!) {
		books(first: $n) { name tags @include(if: $tags) }
		named { name ... on Book @skip(if: $no) { pages } }
	}`
	first := []string{`{"name":"A"@}`, `{"name":"A"@},{"name":"B"#}`}
	answer := func(n int, tags, no bool) {
		variables := map[string]any{"n": n, "no": no}
		if tags {
			variables["tags"] = true
		}
		want := first[n-1]
		for place, text := range map[string]string{"@": `,"tags":["x","y"]`, "#": `,"tags":null`} {
			if !tags {
				text = ""
			}
			want = strings.ReplaceAll(want, place, text)
		}
		pages, null := `,"pages":100`, `,"pages":null`
		if no {
			pages, null = "", ""
		}
		want = `{"books":[` + want + `],"named":[{"name":"A"` + pages + `},{"name":"Ben"},{"name":"B"` + null + `},{"name":"Ann"}]}`
		op, errs := exec.CreateOperationContext(context.Background(), &graphql.RawParams{Query: query, Variables: variables})
		if errs != nil {
			t.Error(errs)
			return
		}
		responses, ctx := exec.DispatchOperation(context.Background(), op)
		if got := string(responses(ctx).Data); got != want {
			t.Errorf("%v:\n got %s\nwant %s", variables, got, want)
		}
	}
	var all sync.WaitGroup
	for i := range 64 {
		all.Go(func() { answer(1+i%2, i&2 > 0, i&4 > 0) })
	}
	all.Wait()
}

// Whoever watches fields, or is kept from the schema, is not answered by a plan that was
// made for others.
func TestAPlanKnowsWhoWatches(t *testing.T) {
	schema := engine.New(newWorld().tables(t))
	cache := lru.New[*ast.QueryDocument](10)
	ask := func(set func(*executor.Executor)) string {
		exec := executor.New(schema)
		exec.SetQueryCache(cache)
		set(exec)
		return respondTo(t, exec, `{__type(name:"Book"){name} books(first:1){name}}`)
	}
	watched := func(e *executor.Executor) {
		e.AroundFields(func(ctx context.Context, next graphql.Resolver) (any, error) {
			if graphql.GetFieldContext(ctx).Object == "Book" {
				return "seen", nil
			}
			return next(ctx)
		})
	}
	for range 2 {
		for _, tt := range []struct {
			set  func(*executor.Executor)
			want string
		}{
			{func(e *executor.Executor) { e.Use(introspection{}) }, `{"data":{"__type":{"name":"Book"},"books":[{"name":"A"}]}}`},
			{func(e *executor.Executor) { e.Use(introspection{}); watched(e) }, `{"data":{"__type":{"name":"Book"},"books":[{"name":"seen"}]}}`},
			{watched, `{"errors":[{"message":"introspection is disabled","path":["__type"],"locations":[{"line":1,"column":2}]}],"data":{"__type":null,"books":[{"name":"seen"}]}}`},
		} {
			if got := ask(tt.set); got != tt.want {
				t.Errorf("\n got %s\nwant %s", got, tt.want)
			}
		}
	}
}

// Documents can be made to ask for far more than they say: such plans would fill the memory.
func TestLargePlansAreForgotten(t *testing.T) {
	exec := executor.New(engine.New(newWorld().tables(t)))
	exec.SetQueryCache(lru.New[*ast.QueryDocument](1000))
	document := func(names, spreads int, salt string) string {
		query := "{"
		for i := range spreads {
			query += fmt.Sprintf(" s%d:library{...F}", i)
		}
		query += "} fragment F on Library{"
		for i := range names {
			query += fmt.Sprintf(" n%d%s:name", i, salt)
		}
		return query + "}"
	}
	planned := func(query string) float64 {
		respondTo(t, exec, query)
		return testing.AllocsPerRun(5, func() { respondTo(t, exec, query) })
	}
	small, large := planned(document(20, 20, "")), planned(document(200, 20, ""))
	if small > 20*20 {
		t.Errorf("%v allocations for a document that was asked before: its plan is forgotten", small)
	}
	if large < 200*20 {
		t.Errorf("%v allocations for a large document: its plan is kept", large)
	}
}
