package main

import (
	"context"
	"fmt"
	"testing"

	"github.com/99designs/gqlgen/conformance/bench/data"
	"github.com/99designs/gqlgen/conformance/bench/generated"
	"github.com/99designs/gqlgen/conformance/bench/resolvers"
	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/executor"
	"github.com/99designs/gqlgen/graphql/handler/extension"
	"github.com/99designs/gqlgen/graphql/handler/lru"
	"github.com/vektah/gqlparser/v2/ast"
)

// A row of six fields costs the same however many there are, and few allocations.
func BenchmarkRows(b *testing.B) {
	for _, n := range []int{1_000, 10_000, 100_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			answer := executes(b, data.New(n), workload{
				query: workloads()[0].query, variables: fmt.Sprintf(`{"first":%d}`, n),
			})
			b.ReportAllocs()
			before := processor(b)
			for b.Loop() {
				answer()
			}
			b.ReportMetric(float64(processor(b)-before)/float64(b.N*n), "cpu-ns/row")
			b.ReportMetric(testing.AllocsPerRun(3, answer)/float64(n), "allocs/row")
		})
	}
}

// The workloads without HTTP.
func BenchmarkExecute(b *testing.B) {
	for _, w := range workloads() {
		b.Run(w.name, func(b *testing.B) {
			answer := executes(b, data.New(1000), w)
			b.ReportAllocs()
			before := processor(b)
			for b.Loop() {
				answer()
			}
			b.ReportMetric(float64(processor(b)-before)/float64(b.N), "cpu-ns/op")
		})
	}
}

// executes returns a function that answers w once.
func executes(b *testing.B, d *data.Data, w workload) func() {
	b.Helper()
	exec := executor.New(generated.NewExecutableSchema(generated.Config{Resolvers: &resolvers.Resolver{Data: d}}))
	exec.SetQueryCache(lru.New[*ast.QueryDocument](10))
	exec.Use(extension.Introspection{})
	return func() {
		params := &graphql.RawParams{Query: w.query, Variables: w.values()}
		op, errs := exec.CreateOperationContext(context.Background(), params)
		if errs != nil {
			b.Fatal(errs)
		}
		responses, ctx := exec.DispatchOperation(context.Background(), op)
		resp := responses(ctx)
		defer resp.Release() // as a transport does
		body, err := resp.MarshalJSON()
		if err != nil || len(body) < 1000 {
			b.Fatalf("%v %s", err, body)
		}
	}
}
