package engine

import (
	"bytes"
	"context"
	"io"
	"maps"
	"slices"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/internal/buffer"
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
	careful    bool // something is amiss: nothing is read while it is written but leaves
}

func (s *Schema) run(ctx context.Context, op *graphql.OperationContext) *run {
	return &run{
		schema: s, op: op, ctx: withPool(ctx), middleware: op.ResolverMiddleware,
		plan: s.plan(op), arguments: make(map[*field]arguments),
	}
}

// execute answers a query or a mutation.
// Specification: ExecuteQuery and ExecuteMutation.
func (s *Schema) execute(ctx context.Context, op *graphql.OperationContext) *graphql.Response {
	root := s.root(op.Operation.Operation)
	if root == nil {
		graphql.AddErrorf(ctx, "the schema has no %s type", op.Operation.Operation)
		return &graphql.Response{Data: null}
	}
	r := s.run(ctx, op)
	describes := r.onlyDescribes()
	if data, ok := s.described.Get(r.plan.question); ok && describes && ctx.Err() == nil {
		return &graphql.Response{Data: data}
	}
	sel := r.plan.selection(op.Operation.SelectionSet, root)
	if op.Operation.Operation == ast.Mutation || op.RootResolverMiddleware != nil {
		data, ok := r.oneByOne(sel, op.Operation.Operation == ast.Mutation)
		return r.response(&data, ok)
	}
	resp := r.respond(newRoot(r, sel))
	if describes && !bytes.Equal(resp.Data, null) && len(graphql.GetErrors(ctx)) == 0 {
		s.described.Add(r.plan.question, slices.Clip(bytes.Clone(resp.Data))) // whoever appends to it gets a copy
	}
	return resp
}

// respond answers with everything below the one row of root.
func (r *run) respond(root *rows) *graphql.Response {
	lent := buffer.Take()
	var ok bool
	*lent, ok = r.object(*lent, root)
	return r.response(lent, ok)
}

// response answers data, unless the operation was cancelled on the way.
func (r *run) response(data *[]byte, ok bool) *graphql.Response {
	if err := r.ctx.Err(); err != nil {
		graphql.AddError(r.ctx, &gqlerror.Error{Err: err, Message: "the operation was cancelled"})
		ok = false
	}
	if !ok {
		*data = append((*data)[:0], null...)
	}
	return graphql.NewResponse(data)
}

// object resolves and appends everything below the one row of root.
func (r *run) object(dst []byte, root *rows) (data []byte, ok bool) {
	r.resolve(newWave(root))
	if r.ctx.Err() != nil {
		return dst, false
	}
	w := &writing{run: r, out: dst}
	got := w.all(root)
	return w.out, got == written
}

// oneByOne executes the root fields each on its own: one after the other for
// mutations, whose effects must not mix, and at the same time for queries whose
// root fields have middleware.
func (r *run) oneByOne(sel *selection, serial bool) (data []byte, ok bool) {
	parts := make([][]byte, len(sel.fields))
	oks := make([]bool, len(sel.fields))
	for i := range sel.fields {
		_, _ = r.args(sel.fields[i]) // before the fields leave this goroutine
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
	for i, part := range parts {
		data = append(append(data, sel.fields[i].key...), part...)
	}
	if len(parts) == 0 {
		data = []byte{'{'}
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
	data, ok := below.object(nil, newRoot(&below, sel))
	if !ok {
		return null, false
	}
	return data[len(sel.fields[0].key) : len(data)-len("}")], true
}
