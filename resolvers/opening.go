package resolvers

import (
	"context"
	"maps"
	"slices"

	"github.com/99designs/gqlgen/graphql"

	"lfpse/internal/event"
)

// opened resolves one event, which find reads with what the field that ctx belongs
// to asks for of it and beside it.
func (r *Resolver) opened(ctx context.Context, find func(event.Beside) ([]*event.View, error)) (*event.View, error) {
	asked := fieldsBelow(ctx)
	with := event.Beside{Parts: event.PartsOf(slices.Collect(maps.Keys(asked))...)}
	_, with.Patients = asked["patients"]
	_, with.Revisions = asked["revisions"]
	if below, ok := asked["reviews"]; ok {
		reviews, err := r.Governance.ReviewsBeside(ctx, slices.Contains(below, "notes"))
		if err != nil {
			return nil, err
		}
		with.Companions = append(with.Companions, reviews)
	}
	return one(find(with))
}

// fieldsBelow answers the fields that are asked for of what a field answers, each
// with those that are asked for below it, whatever they are called in the answer.
func fieldsBelow(ctx context.Context) map[string][]string {
	operation := graphql.GetOperationContext(ctx)
	fields := map[string][]string{}
	for _, field := range graphql.CollectFieldsCtx(ctx, nil) {
		below := fields[field.Name]
		for _, one := range graphql.CollectFields(operation, field.Selections, nil) {
			below = append(below, one.Name)
		}
		fields[field.Name] = below
	}
	return fields
}
