package resolvers

import (
	"lfpse/graph/model"
	"lfpse/internal/authz"
	"lfpse/internal/organisation"
	"lfpse/internal/page"
)

// each resolves a field of every object.
func each[T, V any](objects []T, resolve func(T) V) []V {
	values := make([]V, len(objects))
	for i, object := range objects {
		values[i] = resolve(object)
	}
	return values
}

// one answers the only element of what was asked for alone.
func one[T any](found []T, err error) (T, error) {
	if err != nil || len(found) == 0 {
		var none T
		return none, err
	}
	return found[0], nil
}

// byCodes answers the organisations with ODS codes; one that the map does not
// know is left out.
func (r *Resolver) byCodes(codes []string) []*organisation.Organisation {
	found := make([]*organisation.Organisation, 0, len(codes))
	for _, code := range codes {
		if o := r.Geography.Map().ByCode(organisation.ODSCode(code)); o != nil {
			found = append(found, o)
		}
	}
	return found
}

// areaOf answers the body that an area is of; nil for the whole country.
func (r *Resolver) areaOf(area authz.Area) model.Area {
	geography, code := r.Geography.Map(), organisation.ODSCode(area.Code)
	switch area.Type {
	case authz.AreaOrganisation:
		if o := geography.ByCode(code); o != nil {
			return o
		}
	case authz.AreaICB:
		if i := geography.ICBByCode(code); i != nil {
			return i
		}
	case authz.AreaRegion:
		if g := geography.RegionByCode(code); g != nil {
			return g
		}
	}
	return nil
}

// lastDay is the day by which an ICB is looked at: today, or its last.
func (r *Resolver) lastDay(i *organisation.ICB) organisation.Day {
	if today := r.today(); i.Until == nil || *i.Until > today {
		return today
	}
	return *i.Until
}

// searchOrganisations lists organisations by today's map.
func (r *Resolver) searchOrganisations(filter *model.OrganisationFilter, args page.Args) (*organisation.Connection, error) {
	wanted := organisationFilter(filter)
	request, err := args.Request()
	if err != nil {
		return nil, err
	}
	return r.Geography.Map().Search(wanted, r.today(), request)
}

// organisationsOf lists the organisations of an ICB by today's map.
func (r *Resolver) organisationsOf(icb *organisation.ICB, filter *model.OrganisationFilter, args page.Args) (*organisation.Connection, error) {
	request, err := args.Request()
	if err != nil {
		return nil, err
	}
	wanted := organisationFilter(filter)
	if wanted.ICB != "" && wanted.ICB != icb.ODSCode {
		return &organisation.Connection{PageInfo: &page.Info{}}, nil
	}
	wanted.ICB = icb.ODSCode
	return r.Geography.Map().Search(wanted, r.today(), request)
}

// organisationFilter maps the input; without one, open organisations are meant.
func organisationFilter(in *model.OrganisationFilter) organisation.Filter {
	if in == nil {
		open := true
		return organisation.Filter{Active: &open}
	}
	filter := organisation.Filter{Types: in.Type, Active: in.Active}
	if in.Search != nil {
		filter.Search = *in.Search
	}
	if in.Icb != nil {
		filter.ICB = organisation.ODSCode(*in.Icb)
	}
	if in.Region != nil {
		filter.Region = organisation.ODSCode(*in.Region)
	}
	return filter
}
