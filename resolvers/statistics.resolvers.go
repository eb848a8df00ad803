// The resolvers of one schema file. The generator rewrites it: bodies and comments of
// resolvers stay, everything else moves to a file beside it.

package resolvers

import (
	"context"

	"lfpse/graph/generated"
	"lfpse/graph/model"
	"lfpse/internal/authz"
	"lfpse/internal/event"
	"lfpse/internal/export"
)

// Rows is the resolver for the rows field.
func (r *eventExportResolver) Rows(ctx context.Context, obj *export.Export) (*int, error) {
	rows, err := r.Exports.Rows(ctx, obj)
	if err != nil {
		return nil, err
	}
	return &rows, nil
}

// CreateEventExport is the resolver for the createEventExport field.
func (r *mutationResolver) CreateEventExport(ctx context.Context, input model.CreateEventExportInput) (*model.CreateEventExportPayload, error) {
	made, problems, err := r.Exports.Create(ctx, familyOf(ctx), r.ExportsAt, input.Filter, input.Columns)
	if err != nil {
		return nil, err
	}
	return &model.CreateEventExportPayload{Export: made, UserErrors: problemsOf(problems)}, nil
}

// EventStatistics is the resolver for the eventStatistics field.
func (r *queryResolver) EventStatistics(ctx context.Context, filter *event.Filter, groupBy []event.Dimension, by event.DateField) (*event.Statistics, error) {
	return one(r.Resolver.Events.Statistics(ctx, []*authz.Area{nil}, event.StatisticsArgs{Filter: filter, GroupBy: groupBy, By: by}))
}

// EventExport gives the resolvers of EventExport.
func (r *Resolver) EventExport() generated.EventExportResolver { return &eventExportResolver{r} }

type eventExportResolver struct{ *Resolver }
