package engine

import (
	"context"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// subscribe opens the event stream of a subscription. Its handler answers one
// response per event, and nil when the stream or the context ends. Why a stream
// cannot be opened is added to the errors of ctx: nothing was executed.
// Specification: CreateSourceEventStream and MapSourceToResponseEvent.
func (s *Schema) subscribe(ctx context.Context, op *graphql.OperationContext) graphql.ResponseHandler {
	var events <-chan any
	if root, err := s.subscription(ctx, op); err != nil {
		graphql.AddError(ctx, err)
	} else if events, err = root.stream(); err != nil {
		graphql.AddError(root.frame(0, 0), err)
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

// subscription is the root of a subscription, of one field.
func (s *Schema) subscription(ctx context.Context, op *graphql.OperationContext) (*rows, error) {
	root := s.root(ast.Subscription)
	if root == nil {
		return nil, gqlerror.Errorf("the schema has no subscription type")
	}
	r := s.run(ctx, op)
	sel := r.plan(op.Operation.SelectionSet, root)
	if len(sel.fields) != 1 || sel.fields[0].table.Stream == nil {
		return nil, gqlerror.Errorf("a subscription must select exactly one field of the root")
	}
	return newRoot(r, sel), nil
}

// stream calls the stream's resolver, through the middleware.
func (rw *rows) stream() (<-chan any, error) {
	f, at := &rw.sel.fields[0], rw.frame(0, 0)
	if f.argsErr != nil {
		return nil, f.argsErr
	}
	at.call = func(ctx context.Context, _ any, args map[string]any) (any, error) { return f.table.Stream(ctx, args) }
	opened, err := rw.run.ask(at)
	if events, _ := opened.(<-chan any); events != nil || err != nil {
		return events, err
	}
	return nil, errNull()
}

// event executes the selection on one event.
// Specification: ExecuteSubscriptionEvent.
func (s *Schema) event(ctx context.Context, op *graphql.OperationContext, event any) []byte {
	root, err := s.subscription(ctx, op)
	if err != nil {
		graphql.AddError(ctx, err)
		return null
	}
	root.open(0)
	root.columns[0].values[0] = event
	return root.run.data(root.run.object(root))
}
