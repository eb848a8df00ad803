package engine_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/engine"
	"github.com/99designs/gqlgen/graphql/executor"
	"github.com/99designs/gqlgen/graphql/handler/lru"
	"github.com/vektah/gqlparser/v2/ast"
)

// The cost of a page of rows is told as allocations a row: microseconds depend on
// the machine, and on who else is using it.
func BenchmarkRows(b *testing.B) {
	around := func(ctx context.Context, next graphql.Resolver) (any, error) { return next(ctx) }
	for _, bm := range []struct{ name, query string }{
		{"six leaves", `{books(first:1000){name pages price lent secret old}}`},
		{"five leaves and a batch", `{books(first:1000){name pages price lent secret author{name}}}`},
	} {
		for _, middleware := range []bool{false, true} {
			b.Run(fmt.Sprintf("%s/middleware=%v", bm.name, middleware), func(b *testing.B) {
				w := newWorld()
				pages := 9
				for len(w.books) < 1000 {
					w.books = append(w.books, &book{name: "A book like another", pages: &pages, author: len(w.books) % 2})
				}
				exec := executor.New(engine.New(w.tables(b)))
				exec.SetQueryCache(lru.New[*ast.QueryDocument](10))
				if middleware {
					exec.AroundFields(around)
				}
				b.ReportAllocs()
				for b.Loop() {
					w.batches = nil
					op, errs := exec.CreateOperationContext(context.Background(), &graphql.RawParams{Query: bm.query})
					if errs != nil {
						b.Fatal(errs)
					}
					responses, ctx := exec.DispatchOperation(context.Background(), op)
					if resp := responses(ctx); len(resp.Errors) > 0 || len(resp.Data) < 1000 {
						b.Fatalf("%d errors, %d bytes", len(resp.Errors), len(resp.Data))
					}
				}
				b.ReportMetric(float64(testing.AllocsPerRun(1, func() {
					op, _ := exec.CreateOperationContext(context.Background(), &graphql.RawParams{Query: bm.query})
					responses, ctx := exec.DispatchOperation(context.Background(), op)
					responses(ctx)
				}))/1000, "allocs/row")
			})
		}
	}
}
