// The resolvers of one schema file. The generator rewrites it: bodies and comments of
// resolvers stay, everything else moves to a file beside it.

package resolvers

import (
	"context"

	"lfpse/internal/authz"
	"lfpse/internal/event"
)

// EventStatistics is the resolver for the eventStatistics field.
func (r *queryResolver) EventStatistics(ctx context.Context, filter *event.Filter, groupBy []event.Dimension, by event.DateField) (*event.Statistics, error) {
	return one(r.Resolver.Events.Statistics(ctx, []*authz.Area{nil}, event.StatisticsArgs{Filter: filter, GroupBy: groupBy, By: by}))
}
