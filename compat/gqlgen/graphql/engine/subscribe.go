package engine

import (
	"context"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// subscribe opens the event stream of a subscription. Its handler answers one
// response per event, and nil when the stream or the context ends. Why a stream
// cannot be opened is added to the errors of ctx: nothing was executed.
// Specification: CreateSourceEventStream and MapSourceToResponseEvent.
func (s *Schema) subscribe(ctx context.Context, op *graphql.OperationContext) graphql.ResponseHandler {
	events, err := s.open(ctx, op)
	if err != nil {
		graphql.AddError(ctx, err)
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

// open calls the stream's resolver, through the middleware.
func (s *Schema) open(ctx context.Context, op *graphql.OperationContext) (<-chan any, error) {
	root := s.root(op.Operation.Operation)
	if root == nil {
		return nil, gqlerror.Errorf("the schema has no subscription type")
	}
	r := s.run(ctx, op)
	sel := r.plan(op.Operation.SelectionSet, root)
	if len(sel.fields) != 1 {
		return nil, gqlerror.Errorf("a subscription must select exactly one field of the root")
	}
	f := &sel.fields[0]
	at := newRoot(r, sel).frame(0, 0)
	if f.argsErr != nil {
		return nil, graphql.ErrorOnPath(at, f.argsErr)
	}
	if f.table.Stream == nil {
		return nil, graphql.ErrorOnPath(at, gqlerror.Errorf("the field is not a stream"))
	}
	at.call = func(ctx context.Context, _ any, args map[string]any) (any, error) { return f.table.Stream(ctx, args) }
	opened, err := r.ask(at)
	if err != nil {
		return nil, graphql.ErrorOnPath(at, err)
	}
	events, _ := opened.(<-chan any)
	if events == nil {
		return nil, graphql.ErrorOnPath(at, errNull())
	}
	return events, nil
}

// event executes the selection on one event.
// Specification: ExecuteSubscriptionEvent.
func (s *Schema) event(ctx context.Context, op *graphql.OperationContext, event any) []byte {
	r := s.run(ctx, op)
	root := newRoot(r, r.plan(op.Operation.SelectionSet, s.root(op.Operation.Operation)))
	root.columns[0].values = []any{event}
	return r.data(r.object(root))
}
