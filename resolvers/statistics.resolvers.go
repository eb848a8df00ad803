// The resolvers of one schema file. The generator rewrites it: bodies and comments of
// resolvers stay, everything else moves to a file beside it.

package resolvers

import (
	"context"
	"time"

	"lfpse/internal/authz"
	"lfpse/internal/event"
)

// EventStatistics is the resolver for the eventStatistics field.
func (r *queryResolver) EventStatistics(ctx context.Context, filter *event.Filter, groupBy []event.Dimension, by event.DateField) (*event.Statistics, error) {
	return one(r.Resolver.Events.Statistics(ctx, []*authz.Area{nil}, event.StatisticsArgs{Filter: filter, GroupBy: groupBy, By: by}))
}

// ControlChart is the resolver for the controlChart field.
func (r *queryResolver) ControlChart(ctx context.Context, filter *event.Filter, interval event.ChartInterval, from *time.Time, to *time.Time, by event.DateField) (*event.ControlChart, error) {
	return r.Resolver.Events.ControlChart(ctx, event.ChartArgs{Filter: filter, Interval: interval, From: from, To: to, By: by})
}
