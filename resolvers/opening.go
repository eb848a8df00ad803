package resolvers

import (
	"context"

	"github.com/99designs/gqlgen/graphql"

	"lfpse/internal/event"
)

// opened resolves one event, which find reads with what the field that ctx belongs
// to asks for beside it.
func (r *Resolver) opened(ctx context.Context, find func(event.Beside) ([]*event.View, error)) (*event.View, error) {
	var with event.Beside
	for _, field := range graphql.CollectAllFields(ctx) {
		switch field {
		case "patients":
			with.Patients = true
		case "revisions":
			with.Revisions = true
		case "reviews":
			reviews, err := r.Governance.ReviewsBeside(ctx)
			if err != nil {
				return nil, err
			}
			with.Companions = append(with.Companions, reviews)
		}
	}
	return one(find(with))
}
