package engine

import (
	"context"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
)

// subscribe opens the event stream of a subscription. Its handler answers one
// response per event, and nil when the stream or the context ends. Why a stream
// cannot be opened is added to the errors of ctx: nothing was executed.
// Specification: CreateSourceEventStream and MapSourceToResponseEvent.
func (s *Schema) subscribe(ctx context.Context, op *graphql.OperationContext) graphql.ResponseHandler {
	sel, events := s.open(ctx, op)
	return func(ctx context.Context) *graphql.Response {
		select {
		case <-ctx.Done():
			return nil
		case event, more := <-events:
			if !more {
				return nil
			}
			return s.event(ctx, op, sel, event)
		}
	}
}

// open calls the stream's resolver.
func (s *Schema) open(ctx context.Context, op *graphql.OperationContext) (*selection, <-chan any) {
	root := s.root(ast.Subscription)
	if root == nil {
		graphql.AddErrorf(ctx, "the schema has no subscription type")
		return nil, nil
	}
	r := s.run(ctx, op)
	sel := r.plan.selection(op.Operation.SelectionSet, root)
	if len(sel.fields) != 1 || sel.fields[0].table.Stream == nil {
		graphql.AddErrorf(ctx, "a subscription must select exactly one field of the root")
		return nil, nil
	}
	at := newRoot(r, sel).frame(0, 0)
	events, err := r.stream(at, sel.fields[0])
	if err != nil {
		graphql.AddError(at, err)
	}
	return sel, events
}

// stream calls a resolver through the middleware.
func (r *run) stream(at *frame, f *field) (<-chan any, error) {
	if _, err := r.args(f); err != nil {
		return nil, err
	}
	at.call = func(ctx context.Context, _ any, args map[string]any) (any, error) { return f.table.Stream(ctx, args) }
	opened, err := r.ask(at)
	if events, _ := opened.(<-chan any); events != nil || err != nil {
		return events, err
	}
	return nil, errNull()
}

// event executes the selection on one event.
// Specification: ExecuteSubscriptionEvent.
func (s *Schema) event(ctx context.Context, op *graphql.OperationContext, sel *selection, event any) *graphql.Response {
	r := s.run(ctx, op)
	root := newRoot(r, sel)
	root.open(0)
	root.columns[0].values[0] = event
	return r.respond(root)
}
