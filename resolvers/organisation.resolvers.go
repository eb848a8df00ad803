// The resolvers of one schema file. The generator rewrites it: bodies and comments of
// resolvers stay, everything else moves to a file beside it.

package resolvers

import (
	"context"

	"lfpse/graph/generated"
	"lfpse/graph/model"
	"lfpse/internal/account"
	"lfpse/internal/authz"
	"lfpse/internal/event"
	"lfpse/internal/organisation"
	"lfpse/internal/page"
)

// Region is the resolver for the region field.
func (r *integratedCareBoardResolver) Region(ctx context.Context, objs []*organisation.ICB) ([]*organisation.Region, error) {
	return each(objs, func(i *organisation.ICB) *organisation.Region {
		return r.Geography.Map().RegionOfICB(i.ODSCode, r.lastDay(i))
	}), nil
}

// Successor is the resolver for the successor field.
func (r *integratedCareBoardResolver) Successor(ctx context.Context, objs []*organisation.ICB) ([]*organisation.ICB, error) {
	return each(objs, func(i *organisation.ICB) *organisation.ICB { return r.Geography.Map().ICBByCode(i.SuccessorCode) }), nil
}

// Organisations is the resolver for the organisations field.
func (r *integratedCareBoardResolver) Organisations(ctx context.Context, objs []*organisation.ICB, filter *model.OrganisationFilter, first *int, after *string, last *int, before *string) ([]*organisation.Connection, error) {
	pages := make([]*organisation.Connection, len(objs))
	for i, icb := range objs {
		var err error
		if pages[i], err = r.organisationsOf(icb, filter, page.Args{First: first, After: after, Last: last, Before: before}); err != nil {
			return nil, err
		}
	}
	return pages, nil
}

// Events is the resolver for the events field.
func (r *integratedCareBoardResolver) Events(ctx context.Context, objs []*organisation.ICB, filter *event.Filter, orderBy *event.Order, first *int, after *string, last *int, before *string) ([]*event.Connection, error) {
	return eventsOf(ctx, r.Resolver, objs, areaOfICB, listArgs(ctx, filter, orderBy, first, after, last, before))
}

// EventStatistics is the resolver for the eventStatistics field.
func (r *integratedCareBoardResolver) EventStatistics(ctx context.Context, objs []*organisation.ICB, filter *event.Filter, groupBy []event.Dimension, by event.DateField) ([]*event.Statistics, error) {
	return statisticsOf(ctx, r.Resolver, objs, areaOfICB, event.StatisticsArgs{Filter: filter, GroupBy: groupBy, By: by})
}

// Members is the resolver for the members field.
func (r *integratedCareBoardResolver) Members(ctx context.Context, objs []*organisation.ICB, role *authz.Role, first *int, after *string, last *int, before *string) ([]*account.GrantConnection, error) {
	return membersOf(ctx, r.Resolver, objs, areaOfICB, role, page.Args{First: first, After: after, Last: last, Before: before})
}

// Parent is the resolver for the parent field.
func (r *organisationResolver) Parent(ctx context.Context, objs []*organisation.Organisation) ([]*organisation.Organisation, error) {
	return each(objs, func(o *organisation.Organisation) *organisation.Organisation {
		return r.Geography.Map().ParentOf(o.ODSCode)
	}), nil
}

// Sites is the resolver for the sites field.
func (r *organisationResolver) Sites(ctx context.Context, objs []*organisation.Organisation) ([][]*organisation.Organisation, error) {
	return each(objs, func(o *organisation.Organisation) []*organisation.Organisation {
		return r.Geography.Map().Sites(o.ODSCode)
	}), nil
}

// Icb is the resolver for the icb field.
func (r *organisationResolver) Icb(ctx context.Context, objs []*organisation.Organisation) ([]*organisation.ICB, error) {
	today := r.today()
	return each(objs, func(o *organisation.Organisation) *organisation.ICB {
		return r.Geography.Map().ICBOf(o.ODSCode, today)
	}), nil
}

// Region is the resolver for the region field.
func (r *organisationResolver) Region(ctx context.Context, objs []*organisation.Organisation) ([]*organisation.Region, error) {
	today := r.today()
	return each(objs, func(o *organisation.Organisation) *organisation.Region {
		return r.Geography.Map().RegionOf(o.ODSCode, today)
	}), nil
}

// Events is the resolver for the events field.
func (r *organisationResolver) Events(ctx context.Context, objs []*organisation.Organisation, filter *event.Filter, orderBy *event.Order, first *int, after *string, last *int, before *string) ([]*event.Connection, error) {
	return eventsOf(ctx, r.Resolver, objs, areaOfOrganisation, listArgs(ctx, filter, orderBy, first, after, last, before))
}

// EventStatistics is the resolver for the eventStatistics field.
func (r *organisationResolver) EventStatistics(ctx context.Context, objs []*organisation.Organisation, filter *event.Filter, groupBy []event.Dimension, by event.DateField) ([]*event.Statistics, error) {
	return statisticsOf(ctx, r.Resolver, objs, areaOfOrganisation, event.StatisticsArgs{Filter: filter, GroupBy: groupBy, By: by})
}

// Members is the resolver for the members field.
func (r *organisationResolver) Members(ctx context.Context, objs []*organisation.Organisation, role *authz.Role, first *int, after *string, last *int, before *string) ([]*account.GrantConnection, error) {
	return membersOf(ctx, r.Resolver, objs, areaOfOrganisation, role, page.Args{First: first, After: after, Last: last, Before: before})
}

// Icbs is the resolver for the icbs field.
func (r *regionResolver) Icbs(ctx context.Context, objs []*organisation.Region) ([][]*organisation.ICB, error) {
	today := r.today()
	return each(objs, func(g *organisation.Region) []*organisation.ICB { return r.Geography.Map().ICBsOf(g.ODSCode, today) }), nil
}

// Events is the resolver for the events field.
func (r *regionResolver) Events(ctx context.Context, objs []*organisation.Region, filter *event.Filter, orderBy *event.Order, first *int, after *string, last *int, before *string) ([]*event.Connection, error) {
	return eventsOf(ctx, r.Resolver, objs, areaOfRegion, listArgs(ctx, filter, orderBy, first, after, last, before))
}

// EventStatistics is the resolver for the eventStatistics field.
func (r *regionResolver) EventStatistics(ctx context.Context, objs []*organisation.Region, filter *event.Filter, groupBy []event.Dimension, by event.DateField) ([]*event.Statistics, error) {
	return statisticsOf(ctx, r.Resolver, objs, areaOfRegion, event.StatisticsArgs{Filter: filter, GroupBy: groupBy, By: by})
}

// Members is the resolver for the members field.
func (r *regionResolver) Members(ctx context.Context, objs []*organisation.Region, role *authz.Role, first *int, after *string, last *int, before *string) ([]*account.GrantConnection, error) {
	return membersOf(ctx, r.Resolver, objs, areaOfRegion, role, page.Args{First: first, After: after, Last: last, Before: before})
}

// IntegratedCareBoard gives the resolvers of IntegratedCareBoard.
func (r *Resolver) IntegratedCareBoard() generated.IntegratedCareBoardResolver {
	return &integratedCareBoardResolver{r}
}

type integratedCareBoardResolver struct{ *Resolver }

// Organisation gives the resolvers of Organisation.
func (r *Resolver) Organisation() generated.OrganisationResolver { return &organisationResolver{r} }

type organisationResolver struct{ *Resolver }

// Region gives the resolvers of Region.
func (r *Resolver) Region() generated.RegionResolver { return &regionResolver{r} }

type regionResolver struct{ *Resolver }
