// The resolvers of one schema file. The generator rewrites it: bodies and comments of
// resolvers stay, everything else moves to a file beside it.

package resolvers

import (
	"context"

	"lfpse/graph/generated"
	"lfpse/graph/model"
	"lfpse/internal/accessrequest"
	"lfpse/internal/account"
	"lfpse/internal/event"
	"lfpse/internal/gid"
	"lfpse/internal/organisation"
)

// FindManyAccessRequestByIDs finds AccessRequest entities for other subgraphs.
func (r *entityResolver) FindManyAccessRequestByIDs(ctx context.Context, reps []*model.AccessRequestByIDsInput) ([]*accessrequest.Request, error) {
	return entitiesByID[*accessrequest.Request](ctx, r.Resolver, gid.AccessRequest, reps, func(k *model.AccessRequestByIDsInput) string { return k.ID })
}

// FindManyAccountByIDs finds Account entities for other subgraphs.
func (r *entityResolver) FindManyAccountByIDs(ctx context.Context, reps []*model.AccountByIDsInput) ([]*account.View, error) {
	return entitiesByID[*account.View](ctx, r.Resolver, gid.Account, reps, func(k *model.AccountByIDsInput) string { return k.ID })
}

// FindManyEventByIDs finds Event entities for other subgraphs.
func (r *entityResolver) FindManyEventByIDs(ctx context.Context, reps []*model.EventByIDsInput) ([]*event.View, error) {
	return entitiesByID[*event.View](ctx, r.Resolver, gid.Event, reps, func(k *model.EventByIDsInput) string { return k.ID })
}

// FindManyEventByReferences finds Event entities for other subgraphs.
func (r *entityResolver) FindManyEventByReferences(ctx context.Context, reps []*model.EventByReferencesInput) ([]*event.View, error) {
	return r.Events.FindByReference(ctx, each(reps, func(k *model.EventByReferencesInput) string { return k.Reference }))
}

// FindManyIntegratedCareBoardByIDs finds IntegratedCareBoard entities for other subgraphs.
func (r *entityResolver) FindManyIntegratedCareBoardByIDs(ctx context.Context, reps []*model.IntegratedCareBoardByIDsInput) ([]*organisation.ICB, error) {
	return entitiesByID[*organisation.ICB](ctx, r.Resolver, gid.IntegratedCareBoard, reps, func(k *model.IntegratedCareBoardByIDsInput) string { return k.ID })
}

// FindManyIntegratedCareBoardByOdsCodes finds IntegratedCareBoard entities for other subgraphs.
func (r *entityResolver) FindManyIntegratedCareBoardByOdsCodes(ctx context.Context, reps []*model.IntegratedCareBoardByOdsCodesInput) ([]*organisation.ICB, error) {
	return each(reps, func(k *model.IntegratedCareBoardByOdsCodesInput) *organisation.ICB {
		return r.Geography.Map().ICBByCode(organisation.ODSCode(k.OdsCode))
	}), nil
}

// FindManyOrganisationByIDs finds Organisation entities for other subgraphs.
func (r *entityResolver) FindManyOrganisationByIDs(ctx context.Context, reps []*model.OrganisationByIDsInput) ([]*organisation.Organisation, error) {
	return entitiesByID[*organisation.Organisation](ctx, r.Resolver, gid.Organisation, reps, func(k *model.OrganisationByIDsInput) string { return k.ID })
}

// FindManyOrganisationByOdsCodes finds Organisation entities for other subgraphs.
func (r *entityResolver) FindManyOrganisationByOdsCodes(ctx context.Context, reps []*model.OrganisationByOdsCodesInput) ([]*organisation.Organisation, error) {
	return each(reps, func(k *model.OrganisationByOdsCodesInput) *organisation.Organisation {
		return r.Geography.Map().ByCode(organisation.ODSCode(k.OdsCode))
	}), nil
}

// FindManyRegionByIDs finds Region entities for other subgraphs.
func (r *entityResolver) FindManyRegionByIDs(ctx context.Context, reps []*model.RegionByIDsInput) ([]*organisation.Region, error) {
	return entitiesByID[*organisation.Region](ctx, r.Resolver, gid.Region, reps, func(k *model.RegionByIDsInput) string { return k.ID })
}

// FindManyRegionByOdsCodes finds Region entities for other subgraphs.
func (r *entityResolver) FindManyRegionByOdsCodes(ctx context.Context, reps []*model.RegionByOdsCodesInput) ([]*organisation.Region, error) {
	return each(reps, func(k *model.RegionByOdsCodesInput) *organisation.Region {
		return r.Geography.Map().RegionByCode(organisation.ODSCode(k.OdsCode))
	}), nil
}

// Entity gives the resolvers of Entity.
func (r *Resolver) Entity() generated.EntityResolver { return &entityResolver{r} }

type entityResolver struct{ *Resolver }
