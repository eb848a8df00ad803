package engine_test

import (
	"context"
	"fmt"
	"io"
	"testing"
	"time"

	"github.com/99designs/gqlgen/codegen/coerce"
	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/engine"
	"github.com/99designs/gqlgen/graphql/executor"
	"github.com/99designs/gqlgen/graphql/handler/lru"
	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
)

const pageSchema = `
	type Query { page: Page! }
	type Page { rows: [Row!]! }
	type Row { id: ID! title: String! note: String count: Int! state: State! at: DateTime! called: String! unit: Unit }
	type Unit { id: ID! }
	enum State { OPEN CLOSED }
	scalar DateTime
`

const sixLeaves = `{page{rows{id title note count state at}}}`

type record struct {
	id, title string
	note      *string
	count     int
	state     string
	at        time.Time
	unit      *record
}

func marshalDateTime(t time.Time) graphql.Marshaler {
	return graphql.WriterFunc(func(w io.Writer) { _, _ = io.WriteString(w, `"`+t.Format(time.RFC3339)+`"`) })
}

// leaf is a field as generated code has it: with and without a box.
func leaf[T any](typ string, read func(r *record) T, appendTo func(dst []byte, v T) ([]byte, bool)) *engine.Field {
	return &engine.Field{
		Read: func(_ context.Context, parent any, _ map[string]any) (any, error) { return read(parent.(*record)), nil },
		AppendLeaf: func(_ context.Context, dst []byte, parent any) ([]byte, bool, error) {
			dst, ok := appendTo(dst, read(parent.(*record)))
			return dst, ok, nil
		},
		Value: &engine.Value{Type: typ, Append: func(_ context.Context, dst []byte, value any) ([]byte, bool, error) {
			v, ok, err := coerce.Leaf[T](value)
			if !ok {
				return dst, false, err
			}
			dst, ok = appendTo(dst, v)
			return dst, ok, nil
		}},
	}
}

func appendText(dst []byte, s string) ([]byte, bool) { return engine.AppendString(dst, s), true }

// page is a schema of one list of n rows.
func page(tb testing.TB, n int) *engine.Tables {
	schema, err := gqlparser.LoadSchema(&ast.Source{Input: pageSchema})
	if err != nil {
		tb.Fatal(err)
	}
	note := "A note like another"
	rows := make([]*record, n)
	for i := range rows {
		rows[i] = &record{id: fmt.Sprintf("row-%06d", i), title: "A title like another", count: 1000 + i, state: "OPEN", at: time.Unix(1e9, 0).UTC(), unit: &record{id: "unit"}}
		if i%2 == 0 {
			rows[i].note = &note
		}
	}
	id := leaf("ID", func(r *record) string { return r.id }, appendText)
	fields := map[string]*engine.Field{
		"id":    id,
		"title": leaf("String", func(r *record) string { return r.title }, appendText),
		"note": leaf("String", func(r *record) *string { return r.note }, func(dst []byte, s *string) ([]byte, bool) {
			if s == nil {
				return dst, false
			}
			return appendText(dst, *s)
		}),
		"count": leaf("Int", func(r *record) int { return r.count }, func(dst []byte, i int) ([]byte, bool) { return engine.AppendInt(dst, i), true }),
		"state": leaf("State", func(r *record) string { return r.state }, appendText),
		"at": leaf("DateTime", func(r *record) time.Time { return r.at }, func(dst []byte, t time.Time) ([]byte, bool) {
			return engine.AppendMarshaler(dst, marshalDateTime(t))
		}),
		"called": resolve(str(true), func(_ context.Context, parent any, _ map[string]any) (any, error) { return parent.(*record).title, nil }),
		"unit": {Value: of("Unit", false), Batch: func(_ context.Context, parents []any, _ map[string]any) ([]any, error) {
			units := make([]any, len(parents))
			for i, p := range parents {
				units[i] = p.(*record).unit
			}
			return units, nil
		}},
	}
	elems := coerce.Elems(coerce.Box[record])
	return &engine.Tables{Schema: schema, Objects: map[string]*engine.Object{
		"Query": {Fields: map[string]*engine.Field{"page": always(of("Page", true), rows, nil)}},
		"Page": {Fields: map[string]*engine.Field{"rows": {
			Value: &engine.Value{NonNull: true, Elem: of("Row", true), Elems: elems},
			Read:  func(_ context.Context, parent any, _ map[string]any) (any, error) { return parent, nil },
		}}},
		"Row":  {Fields: fields},
		"Unit": {Fields: map[string]*engine.Field{"id": id}},
	}}
}

func pass(ctx context.Context, next graphql.Resolver) (any, error) { return next(ctx) }

// asker asks the same of the same schema again and again.
func asker(tb testing.TB, tables *engine.Tables, query string, middleware bool) func() []byte {
	exec := executor.New(engine.New(tables))
	exec.SetQueryCache(lru.New[*ast.QueryDocument](10))
	if middleware {
		exec.AroundFields(pass)
	}
	return func() []byte {
		op, errs := exec.CreateOperationContext(context.Background(), &graphql.RawParams{Query: query})
		if errs != nil {
			tb.Fatal(errs)
		}
		responses, ctx := exec.DispatchOperation(context.Background(), op)
		resp := responses(ctx)
		if len(resp.Errors) > 0 {
			tb.Fatal(resp.Errors)
		}
		return resp.Data
	}
}

// What each further row costs. Allocations are counted, for they are the same on
// every machine.
func TestAllocationsOfARow(t *testing.T) {
	tests := []struct {
		name, query string
		middleware  bool
		most        float64
	}{
		{"five leaves", `{page{rows{id title note count state}}}`, false, 0},
		{"typename", `{page{rows{__typename}}}`, false, 0},
		// The marshaler is a closure that formats, and then quotes, a text.
		{"six leaves, one of them with a marshaler", sixLeaves, false, 3},
		{"a batch and a leaf of it", `{page{rows{unit{id}}}}`, false, 0},
		{"a resolver and the text it answers", `{page{rows{called}}}`, false, 1},
		// Middleware sees each value: what is no pointer is put in a box.
		{"five leaves, four of them boxed for middleware", `{page{rows{id title note count state}}}`, true, 4},
		{"six leaves, five of them boxed for middleware, one with a marshaler", sixLeaves, true, 8},
		{"a batch with the next of its middleware, and a boxed leaf", `{page{rows{unit{id}}}}`, true, 3},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			allocations := func(rows int) float64 {
				ask := asker(t, page(t, rows), tt.query, tt.middleware)
				return testing.AllocsPerRun(5, func() { ask() })
			}
			got := (allocations(3000) - allocations(1000)) / 2000
			if got > tt.most+0.4 { // slices grow, and the race detector empties pools
				t.Errorf("%.3f allocations a row, want at most %v", got, tt.most)
			}
		})
	}
}

// The time of a row is the same in a short list and in a long one.
func BenchmarkRows(b *testing.B) {
	for _, bm := range []struct{ name, query string }{
		{"six leaves", sixLeaves},
		{"a resolver", `{page{rows{called}}}`},
		{"a batch", `{page{rows{id unit{id}}}}`},
	} {
		for _, middleware := range []bool{false, true} {
			for _, n := range []int{1_000, 10_000, 100_000} {
				b.Run(fmt.Sprintf("%s/middleware=%v/%d", bm.name, middleware, n), func(b *testing.B) {
					ask := asker(b, page(b, n), bm.query, middleware)
					b.ReportAllocs()
					for b.Loop() {
						ask()
					}
					b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(n), "ns/row")
				})
			}
		}
	}
}
