package resolvers

import (
	"context"
	"slices"

	"github.com/99designs/gqlgen/graphql"

	"lfpse/db/loader"
	"lfpse/internal/account"
	"lfpse/internal/authz"
	"lfpse/internal/event"
)

// opened resolves one event, which find reads with what the field that ctx belongs
// to asks for beside it.
func (r *Resolver) opened(ctx context.Context, find func(event.Beside) ([]*event.View, error)) (*event.View, error) {
	with, people, err := r.beside(ctx)
	if err != nil {
		return nil, err
	}
	view, err := one(find(with))
	if err != nil || people == nil {
		return view, err
	}
	loader.FromContext(ctx).Meet(ctx, r.Accounts.Met(people))
	return view, nil
}

// beside answers what the field that ctx belongs to asks for beside an event, and
// where the people go whom it shows; nil where it asks for none.
func (r *Resolver) beside(ctx context.Context) (with event.Beside, people account.PeopleBeside, err error) {
	asked := fieldsBelow(ctx)
	_, with.Patients = asked["patients"]
	revisions, isAsked := asked["revisions"]
	with.Revisions = isAsked
	reviews, isAsked := asked["reviews"]
	if isAsked {
		companion, err := r.Governance.ReviewsBeside(ctx)
		if err != nil {
			return event.Beside{}, nil, err
		}
		with.Companions = append(with.Companions, companion)
	}
	_, byName := asked["reporter"]
	if byName || slices.Contains(revisions, "by") || slices.Contains(reviews, "reviewer") {
		if people, err = r.Accounts.PeopleBeside(ctx, authz.FromContext(ctx)); err != nil {
			return event.Beside{}, nil, err
		}
		with.Companions = append(with.Companions, people)
	}
	return with, people, nil
}

// fieldsBelow answers the fields that are asked for of what a field answers, each
// with those that are asked for below it.
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
