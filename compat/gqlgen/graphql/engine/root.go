package engine

import (
	"bytes"
	"context"
	"io"
	"maps"
	"slices"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// run is the execution of one operation, or of one root field where these are
// executed one by one. Everything but calls of resolvers happens on one goroutine.
type run struct {
	schema     *Schema
	op         *graphql.OperationContext
	ctx        context.Context
	middleware graphql.FieldMiddleware // nil for none
	plan       *plan
	arguments  map[*field]arguments
}

func (s *Schema) run(ctx context.Context, op *graphql.OperationContext) *run {
	return &run{
		schema: s, op: op, ctx: withPool(ctx), middleware: op.ResolverMiddleware,
		plan: s.plan(op), arguments: make(map[*field]arguments),
	}
}

// execute answers the data of a query or a mutation.
// Specification: ExecuteQuery and ExecuteMutation.
func (s *Schema) execute(ctx context.Context, op *graphql.OperationContext) []byte {
	root := s.root(op.Operation.Operation)
	if root == nil {
		graphql.AddErrorf(ctx, "the schema has no %s type", op.Operation.Operation)
		return null
	}
	r := s.run(ctx, op)
	describes := r.onlyDescribes()
	if data, ok := s.described.Get(r.plan.question); ok && describes && ctx.Err() == nil {
		return data
	}
	sel := r.plan.selection(op.Operation.SelectionSet, root)
	if op.Operation.Operation == ast.Mutation || op.RootResolverMiddleware != nil {
		return r.data(r.oneByOne(sel, op.Operation.Operation == ast.Mutation))
	}
	data, ok := r.object(newRoot(r, sel))
	if data = r.data(data, ok); describes && ok && len(graphql.GetErrors(ctx)) == 0 {
		s.described.Add(r.plan.question, data[:len(data):len(data)]) // whoever appends to it gets a copy
	}
	return data
}

// object resolves and writes everything below the one row of root.
func (r *run) object(root *rows) (data []byte, ok bool) {
	r.resolve(root)
	if r.ctx.Err() != nil {
		return nil, false
	}
	scratch := r.schema.scratch.Get().(*[]byte)
	w := &writing{run: r}
	answer, got := w.row((*scratch)[:0], new(spot), root, 0)
	switch {
	case got == failed:
		answer = nil
	case cap(answer) <= largeScratch:
		*scratch = answer
		answer = bytes.Clone(answer)
		r.schema.scratch.Put(scratch)
	}
	return answer, got != failed
}

// largeScratch is beyond which size a buffer is given away with its answer.
const largeScratch = 16 << 20

// data is what is answered, unless the operation was cancelled on the way.
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

// oneByOne executes the root fields each on its own: one after the other for
// mutations, whose effects must not mix, and at the same time for queries whose
// root fields have middleware.
func (r *run) oneByOne(sel *selection, serial bool) (data []byte, ok bool) {
	parts := make([][]byte, len(sel.fields))
	oks := make([]bool, len(sel.fields))
	for i := range sel.fields {
		_, _ = r.args(&sel.fields[i]) // before the fields leave this goroutine
	}
	execute := func(i int) { parts[i], oks[i] = r.rootField(sel, i) }
	if serial {
		for i := range sel.fields {
			if execute(i); !oks[i] {
				break // the answer is null already: have no further effects
			}
		}
	} else if err := Parallel(r.ctx, len(sel.fields), execute); err != nil {
		return nil, false
	}
	if slices.Contains(oks, false) {
		return nil, false
	}
	data = []byte{'{'}
	for i, part := range parts {
		data = append(sel.fields[i].appendKey(data, i), part...)
	}
	return append(data, '}'), true
}

// rootField executes one root field, and answers what stands behind its key.
func (r *run) rootField(sel *selection, i int) (value []byte, ok bool) {
	sel = &selection{object: sel.object, fields: sel.fields[i : i+1]}
	if r.op.RootResolverMiddleware == nil {
		return r.alone(r.ctx, sel)
	}
	at := &frame{Context: r.ctx, field: newRoot(r, sel).frame(0, 0).field}
	value, ok, err := r.aroundRoot(at, sel)
	nonNull := sel.fields[0].table.Value.NonNull
	if err == nil && ok && nonNull && string(value) == "null" {
		err = errNull()
	}
	if err != nil {
		graphql.AddError(at, err)
		return null, !nonNull
	}
	return value, ok
}

// aroundRoot executes a root field through its middleware, which may answer
// something else altogether.
func (r *run) aroundRoot(at *frame, sel *selection) (value []byte, ok bool, err error) {
	defer r.recovered(at, &err)
	ok = true
	m := r.op.RootResolverMiddleware(at, func(ctx context.Context) graphql.Marshaler {
		var part []byte
		part, ok = r.alone(ctx, sel)
		return graphql.WriterFunc(func(w io.Writer) { _, _ = w.Write(part) })
	})
	value, written := AppendMarshaler(nil, m)
	if !written {
		value = null
	}
	return value, ok, nil
}

// alone executes a selection of one root field.
func (r *run) alone(ctx context.Context, sel *selection) (value []byte, ok bool) {
	below := *r
	below.ctx, below.arguments = withPool(ctx), maps.Clone(r.arguments)
	data, ok := below.object(newRoot(&below, sel))
	if !ok {
		return null, false
	}
	return data[len(sel.fields[0].key) : len(data)-len("}")], true // "{" stands where its comma would
}
