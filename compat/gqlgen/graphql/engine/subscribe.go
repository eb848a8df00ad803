package engine

import (
	"context"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// subscribe opens the event stream of a subscription. Its handler answers one
// response per event, and nil when the stream or the context ends. Where the
// stream cannot be opened, the one response says why.
func (s *Schema) subscribe(ctx context.Context, op *graphql.OperationContext) graphql.ResponseHandler {
	r := s.run(ctx, op)
	root := s.root(op.Operation.Operation)
	if root == nil {
		return graphql.OneShot(graphql.ErrorResponse(ctx, "the schema has no subscription type"))
	}
	sel := r.plan(op.Operation.SelectionSet, root)
	if len(sel.fields) != 1 || sel.fields[0].table == nil {
		return graphql.OneShot(graphql.ErrorResponse(ctx, "a subscription must select exactly one field of the root"))
	}
	events, err := r.open(sel)
	if err != nil {
		at := &frame{Context: ctx, field: *rootRows(sel).fieldContext(0, 0)}
		return failOnce(at, err)
	}
	return func(ctx context.Context) *graphql.Response {
		select {
		case <-ctx.Done():
			return nil
		case event, more := <-events:
			if !more {
				return nil
			}
			return &graphql.Response{Data: s.event(ctx, op, event)}
		}
	}
}

// failOnce answers one response that carries err.
func failOnce(at context.Context, err error) graphql.ResponseHandler {
	done := false
	return func(ctx context.Context) *graphql.Response {
		if done {
			return nil
		}
		done = true
		graphql.AddError(&frame{Context: ctx, field: *graphql.GetFieldContext(at)}, err)
		return &graphql.Response{Data: null}
	}
}

// open calls the stream's resolver, through the middleware.
func (r *run) open(sel *selection) (<-chan any, error) {
	f := &sel.fields[0]
	if f.argsErr != nil {
		return nil, f.argsErr
	}
	if f.table.Stream == nil {
		return nil, gqlerror.Errorf("the field is not a stream")
	}
	at := &frame{Context: r.ctx, field: *rootRows(sel).fieldContext(0, 0)}
	opened, err := r.around(at, func(ctx context.Context) (any, error) {
		return f.table.Stream(ctx, at.field.Args)
	})
	if err != nil {
		return nil, err
	}
	events, _ := opened.(<-chan any)
	if events == nil {
		return nil, errNull()
	}
	return events, nil
}

// event executes the selection on one event.
func (s *Schema) event(ctx context.Context, op *graphql.OperationContext, event any) []byte {
	r := s.run(ctx, op)
	root := rootRows(r.plan(op.Operation.SelectionSet, s.root(op.Operation.Operation)))
	root.columns[0].values = []any{event}
	next := newWave()
	r.complete(root, 0, next)
	for len(next.queue) > 0 && ctx.Err() == nil {
		next = r.level(next)
	}
	w := writing{run: r}
	data, got := w.object(make([]byte, 0, 1024), root, 0)
	return r.data(data, got == written)
}
