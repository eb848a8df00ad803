package engine

import (
	"context"
	"io"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

var null = []byte("null")

// run is the execution of one operation, or of one root field where these are
// executed one by one. Everything but calls of resolvers happens on one goroutine.
type run struct {
	schema     *Schema
	op         *graphql.OperationContext
	ctx        context.Context
	middleware graphql.FieldMiddleware // nil for none
	plans      map[place]*selection
	limit      int // of resolvers at a time
}

func (s *Schema) run(ctx context.Context, op *graphql.OperationContext) *run {
	return &run{
		schema: s, op: op, ctx: ctx, middleware: op.ResolverMiddleware,
		plans: make(map[place]*selection), limit: concurrency,
	}
}

// execute answers the data of a query or a mutation.
func (s *Schema) execute(ctx context.Context, op *graphql.OperationContext) []byte {
	root := s.root(op.Operation.Operation)
	if root == nil {
		graphql.AddErrorf(ctx, "the schema has no %s type", op.Operation.Operation)
		return null
	}
	r := s.run(ctx, op)
	sel := r.plan(op.Operation.SelectionSet, root)
	serial := op.Operation.Operation == "mutation"
	if !serial && op.RootResolverMiddleware == nil {
		data, ok := r.object(make([]byte, 0, 4096), rootRows(sel))
		return r.data(data, ok)
	}
	return r.fieldByField(sel, serial)
}

// data is the answer, unless the operation was cancelled on the way.
func (r *run) data(data []byte, ok bool) []byte {
	if err := r.ctx.Err(); err != nil {
		graphql.AddError(r.ctx, &gqlerror.Error{Err: err, Message: "the operation was cancelled"})
		return null
	}
	if !ok {
		return null
	}
	return data
}

func rootRows(sel *selection) *rows {
	return &rows{sel: sel, values: []any{nil}, origins: make([]origin, 1), columns: make([]column, len(sel.fields))}
}

// object resolves everything below the one row of root and appends it.
func (r *run) object(dst []byte, root *rows) ([]byte, bool) {
	r.resolve(root)
	if r.ctx.Err() != nil {
		return dst, false
	}
	w := writing{run: r}
	dst, got := w.object(dst, root, 0)
	return dst, got == written
}

// fieldByField executes the root fields each on its own: one after the other for
// mutations, whose effects must not mix, and at the same time for queries whose
// root fields have middleware.
func (r *run) fieldByField(sel *selection, serial bool) []byte {
	parts := make([][]byte, len(sel.fields))
	oks := make([]bool, len(sel.fields))
	limit := concurrency
	if serial {
		limit = 1
	}
	parallel(limit, len(sel.fields), func(i int) {
		if r.ctx.Err() != nil || serial && i > 0 && !oks[i-1] {
			return // the answer is null already: have no further effects
		}
		parts[i], oks[i] = r.rootField(sel, i)
	})
	return r.data(join(parts), !slices.Contains(oks, false))
}

// rootField executes one root field. Its part is an object of that one field.
func (r *run) rootField(sel *selection, i int) (part []byte, ok bool) {
	root := rootRows(&selection{object: sel.object, fields: sel.fields[i : i+1]})
	next := func(ctx context.Context) ([]byte, bool) {
		below := r.schema.run(ctx, r.op)
		below.limit = max(1, concurrency/len(sel.fields))
		return below.object(nil, root)
	}
	if r.op.RootResolverMiddleware == nil {
		return next(r.ctx)
	}
	return r.aroundRoot(root, next)
}

// aroundRoot executes a root field through its middleware, which may answer
// something else altogether.
func (r *run) aroundRoot(root *rows, next func(context.Context) ([]byte, bool)) ([]byte, bool) {
	f := &root.sel.fields[0]
	at := &frame{Context: r.ctx, field: *root.fieldContext(0, 0)}
	w := writer{buf: append([]byte{'{'}, f.key...)}
	start := len(w.buf)
	failed := false
	err := r.guarded(at, func() {
		m := r.op.RootResolverMiddleware(at, func(ctx context.Context) graphql.Marshaler {
			part, ok := next(ctx)
			if !ok {
				failed = true
				return graphql.Null
			}
			value := part[start : len(part)-1] // part has the same beginning as w
			return graphql.WriterFunc(func(w io.Writer) { _, _ = w.Write(value) })
		})
		if m == nil {
			m = graphql.Null
		}
		m.MarshalGQL(&w)
	})
	switch {
	case err != nil:
		graphql.AddError(at, err)
		w.buf = append(w.buf[:start], null...)
		failed = true
	case f.nonNull && !failed && string(w.buf[start:]) == "null":
		graphql.AddError(at, errNull())
		failed = true
	}
	if failed && f.nonNull {
		return nil, false
	}
	return append(w.buf, '}'), true
}

// guarded calls f; a panic becomes its error.
func (r *run) guarded(ctx context.Context, f func()) (err error) {
	defer r.recovered(ctx, &err)
	f()
	return nil
}

// join makes one object of objects of one field each.
func join(parts [][]byte) []byte {
	dst := []byte{'{'}
	for i, part := range parts {
		if len(part) < 2 {
			continue
		}
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = append(dst, part[1:len(part)-1]...)
	}
	return append(dst, '}')
}

// parallel calls f for 0 to n-1, at most limit calls at a time, and waits.
func parallel(limit, n int, f func(i int)) {
	workers := min(limit, n)
	if workers <= 1 {
		for i := range n {
			f(i)
		}
		return
	}
	var next atomic.Int64
	var wg sync.WaitGroup
	for range workers {
		wg.Go(func() {
			for i := int(next.Add(1)) - 1; i < n; i = int(next.Add(1)) - 1 {
				f(i)
			}
		})
	}
	wg.Wait()
}
