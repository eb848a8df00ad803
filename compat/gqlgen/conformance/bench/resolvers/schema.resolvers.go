// The resolvers of one schema file. The generator rewrites it: bodies and comments of
// resolvers stay, everything else moves to a file beside it.

package resolvers

import (
	"context"

	"github.com/99designs/gqlgen/conformance/bench/data"
	"github.com/99designs/gqlgen/conformance/bench/generated"
)

// Rows is the resolver for the rows field.
func (r *queryResolver) Rows(ctx context.Context, first int) ([]*data.Row, error) {
	return r.Data.Rows[:min(first, len(r.Data.Rows))], nil
}

// Events is the resolver for the events field.
func (r *queryResolver) Events(ctx context.Context, first int) ([]*data.Event, error) {
	return r.Data.Events[:min(first, len(r.Data.Events))], nil
}

// Owner is the resolver for the owner field.
func (r *rowResolver) Owner(ctx context.Context, objs []*data.Row) ([]*data.Owner, error) {
	owners := make([]*data.Owner, len(objs))
	for i, row := range objs {
		owners[i] = r.Data.Owners[row.Owner]
	}
	return owners, nil
}

// Query gives the resolvers of Query.
func (r *Resolver) Query() generated.QueryResolver { return &queryResolver{r} }

type queryResolver struct{ *Resolver }

// Row gives the resolvers of Row.
func (r *Resolver) Row() generated.RowResolver { return &rowResolver{r} }

type rowResolver struct{ *Resolver }
