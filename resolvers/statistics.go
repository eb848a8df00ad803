package resolvers

import (
	"context"

	"github.com/google/uuid"

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

// familyOf answers the session that a request belongs to; zero for one without.
func familyOf(ctx context.Context) uuid.UUID {
	if caller := requestOf(ctx).Caller; caller != nil {
		return caller.Family
	}
	return uuid.Nil
}
