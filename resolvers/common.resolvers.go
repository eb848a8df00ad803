// The resolvers of one schema file. The generator rewrites it: bodies and comments of
// resolvers stay, everything else moves to a file beside it.

package resolvers

import (
	"context"

	"lfpse/graph/generated"
	"lfpse/graph/model"
	"lfpse/internal/account"
	"lfpse/internal/event"
	"lfpse/internal/fault"
	"lfpse/internal/organisation"
	"lfpse/internal/page"
	"lfpse/internal/taxonomy"
)

// Viewer is the resolver for the viewer field.
func (r *queryResolver) Viewer(ctx context.Context) (*account.Caller, error) {
	return requestOf(ctx).Caller, nil
}

// Node is the resolver for the node field.
func (r *queryResolver) Node(ctx context.Context, id string) (model.Node, error) {
	return one(r.nodes(ctx, []string{id}))
}

// Nodes is the resolver for the nodes field.
func (r *queryResolver) Nodes(ctx context.Context, ids []string) ([]model.Node, error) {
	return r.nodes(ctx, ids)
}

// Event is the resolver for the event field.
func (r *queryResolver) Event(ctx context.Context, id *string, reference *string) (*event.View, error) {
	switch {
	case (id == nil) == (reference == nil):
		return nil, fault.New(fault.BadUserInput, "Give exactly one of id and reference.")
	case reference != nil:
		return r.opened(ctx, func(with event.Beside) ([]*event.View, error) {
			return r.Resolver.Events.OpenByReference(ctx, []string{*reference}, with)
		})
	}
	return r.eventByID(ctx, *id)
}

// Events is the resolver for the events field.
func (r *queryResolver) Events(ctx context.Context, filter *event.Filter, orderBy *event.Order, first *int, after *string, last *int, before *string) (*event.Connection, error) {
	return r.Resolver.Events.All(ctx, listArgs(ctx, filter, orderBy, first, after, last, before))
}

// Organisation is the resolver for the organisation field.
func (r *queryResolver) Organisation(ctx context.Context, odsCode string) (*organisation.Organisation, error) {
	return r.Geography.Map().ByCode(organisation.ODSCode(odsCode)), nil
}

// Organisations is the resolver for the organisations field.
func (r *queryResolver) Organisations(ctx context.Context, filter *model.OrganisationFilter, first *int, after *string, last *int, before *string) (*organisation.Connection, error) {
	return r.searchOrganisations(filter, page.Args{First: first, After: after, Last: last, Before: before})
}

// Icb is the resolver for the icb field.
func (r *queryResolver) Icb(ctx context.Context, odsCode string) (*organisation.ICB, error) {
	return r.Geography.Map().ICBByCode(organisation.ODSCode(odsCode)), nil
}

// Icbs is the resolver for the icbs field.
func (r *queryResolver) Icbs(ctx context.Context) ([]*organisation.ICB, error) {
	return r.Geography.Map().ICBs(r.today()), nil
}

// Region is the resolver for the region field.
func (r *queryResolver) Region(ctx context.Context, odsCode string) (*organisation.Region, error) {
	return r.Geography.Map().RegionByCode(organisation.ODSCode(odsCode)), nil
}

// Regions is the resolver for the regions field.
func (r *queryResolver) Regions(ctx context.Context) ([]*organisation.Region, error) {
	return r.Geography.Map().Regions(), nil
}

// CodeSystems is the resolver for the codeSystems field.
func (r *queryResolver) CodeSystems(ctx context.Context, taxonomyVersion *int) ([]*taxonomy.CodeSystem, error) {
	version, err := r.version(taxonomyVersion)
	if err != nil {
		return nil, err
	}
	return version.CodeSystems(), nil
}

// CodeSystem is the resolver for the codeSystem field.
func (r *queryResolver) CodeSystem(ctx context.Context, id string, taxonomyVersion *int) (*taxonomy.CodeSystem, error) {
	version, err := r.version(taxonomyVersion)
	if err != nil {
		return nil, err
	}
	return version.CodeSystem(id), nil
}

// Questionnaire is the resolver for the questionnaire field.
func (r *queryResolver) Questionnaire(ctx context.Context, kind event.Kind, taxonomyVersion *int) (*model.Questionnaire, error) {
	version, err := r.version(taxonomyVersion)
	if err != nil {
		return nil, err
	}
	return questionnaireOf(version, kind), nil
}

// Mutation gives the resolvers of Mutation.
func (r *Resolver) Mutation() generated.MutationResolver { return &mutationResolver{r} }

type mutationResolver struct{ *Resolver }

// Query gives the resolvers of Query.
func (r *Resolver) Query() generated.QueryResolver { return &queryResolver{r} }

type queryResolver struct{ *Resolver }
