package resolvers

import (
	"context"

	"lfpse/internal/authz"
	"lfpse/internal/event"
)

// statisticsOf resolves the statistics of each area.
func statisticsOf[T any](ctx context.Context, r *Resolver, areas []T, area func(T) authz.Area, args event.StatisticsArgs) ([]*event.Statistics, error) {
	wanted := make([]*authz.Area, len(areas))
	for i, a := range areas {
		one := area(a)
		wanted[i] = &one
	}
	return r.Events.Statistics(ctx, wanted, args)
}
