package graph

import (
	"context"
	"net/http"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
)

// Copies are what holds copies of the records, and may answer queries in their
// place.
type Copies interface {
	// Begin makes room for what the reads of one request have in common, before its
	// caller is named.
	Begin(context.Context) context.Context
	// Free has the reads of a request made at a copy from here on.
	Free(context.Context) context.Context
	// Standing says of each copy whether it is used.
	Standing() []string
}

// begun begins a request for the copies.
func begun(o Options, next http.Handler) http.Handler {
	if o.Copies == nil {
		return next
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		next.ServeHTTP(w, r.WithContext(o.Copies.Begin(r.Context())))
	})
}

// freed has queries read at the copies, and nothing else: a mutation reads what it
// changes and answers with what it made of it, and a subscription goes on for longer
// than a copy is known to be new enough.
func freed(copies Copies) graphql.OperationMiddleware {
	return func(ctx context.Context, next graphql.OperationHandler) graphql.ResponseHandler {
		if graphql.GetOperationContext(ctx).Operation.Operation == ast.Query {
			ctx = copies.Free(ctx)
		}
		return next(ctx)
	}
}
