// The resolvers of one schema file. The generator rewrites it: bodies and comments of
// resolvers stay, everything else moves to a file beside it.

package resolvers

import (
	"context"

	"lfpse/graph/generated"
	"lfpse/internal/account"
	"lfpse/internal/event"
	"lfpse/internal/organisation"
)

// FindAccountByID finds Account entities for other subgraphs.
func (r *entityResolver) FindAccountByID(ctx context.Context, id string) (*account.View, error) {
	return entity[*account.View](one(r.nodes(ctx, []string{id})))
}

// FindEventByID finds Event entities for other subgraphs.
func (r *entityResolver) FindEventByID(ctx context.Context, id string) (*event.View, error) {
	return r.eventByID(ctx, id)
}

// FindEventByReference finds Event entities for other subgraphs.
func (r *entityResolver) FindEventByReference(ctx context.Context, reference string) (*event.View, error) {
	return one(r.Events.FindByReference(ctx, []string{reference}))
}

// FindIntegratedCareBoardByID finds IntegratedCareBoard entities for other subgraphs.
func (r *entityResolver) FindIntegratedCareBoardByID(ctx context.Context, id string) (*organisation.ICB, error) {
	return entity[*organisation.ICB](one(r.nodes(ctx, []string{id})))
}

// FindIntegratedCareBoardByOdsCode finds IntegratedCareBoard entities for other subgraphs.
func (r *entityResolver) FindIntegratedCareBoardByOdsCode(ctx context.Context, odsCode string) (*organisation.ICB, error) {
	return r.Geography.Map().ICBByCode(organisation.ODSCode(odsCode)), nil
}

// FindOrganisationByID finds Organisation entities for other subgraphs.
func (r *entityResolver) FindOrganisationByID(ctx context.Context, id string) (*organisation.Organisation, error) {
	return entity[*organisation.Organisation](one(r.nodes(ctx, []string{id})))
}

// FindOrganisationByOdsCode finds Organisation entities for other subgraphs.
func (r *entityResolver) FindOrganisationByOdsCode(ctx context.Context, odsCode string) (*organisation.Organisation, error) {
	return r.Geography.Map().ByCode(organisation.ODSCode(odsCode)), nil
}

// FindRegionByID finds Region entities for other subgraphs.
func (r *entityResolver) FindRegionByID(ctx context.Context, id string) (*organisation.Region, error) {
	return entity[*organisation.Region](one(r.nodes(ctx, []string{id})))
}

// FindRegionByOdsCode finds Region entities for other subgraphs.
func (r *entityResolver) FindRegionByOdsCode(ctx context.Context, odsCode string) (*organisation.Region, error) {
	return r.Geography.Map().RegionByCode(organisation.ODSCode(odsCode)), nil
}

// Entity gives the resolvers of Entity.
func (r *Resolver) Entity() generated.EntityResolver { return &entityResolver{r} }

type entityResolver struct{ *Resolver }
