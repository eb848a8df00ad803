package resolvers

import (
	"context"

	"github.com/google/uuid"

	"lfpse/graph/model"
	"lfpse/internal/accessrequest"
	"lfpse/internal/account"
	"lfpse/internal/authz"
	"lfpse/internal/fault"
	"lfpse/internal/gid"
	"lfpse/internal/page"
)

// requestPayload answers a request as it is now, or why nothing became of it.
func requestPayload(request *accessrequest.Request, problems fault.Problems, err error) (*model.AccessRequestPayload, error) {
	if err != nil {
		return nil, err
	}
	return &model.AccessRequestPayload{AccessRequest: request, UserErrors: problemsOf(problems)}, nil
}

// requestID reads the id of a request. One that is none names no request.
func requestID(id string) uuid.UUID {
	key, _ := gid.ParseAs(gid.AccessRequest, id)
	return key
}

// deciding reads what somebody decides of a request.
func deciding(input model.DecideAccessRequestInput) accessrequest.Deciding {
	d := accessrequest.Deciding{Reason: textOr(input.Reason)}
	if input.Until != nil {
		d.Until = *input.Until
	}
	return d
}

// requestFilter reads which requests are wanted. An id that names no area admits
// none.
func (r *Resolver) requestFilter(in *model.AccessRequestFilter) accessrequest.Filter {
	if in == nil {
		return accessrequest.Filter{}
	}
	filter := accessrequest.Filter{Statuses: in.Status, Roles: in.Role}
	if in.Area != nil {
		area := r.areaNamed(*in.Area)
		filter.Area = &area
	}
	return filter
}

// areaNamed answers the area that an id names; the zero Area for none.
func (r *Resolver) areaNamed(id string) authz.Area {
	_, key, ok := gid.Parse(id)
	if !ok {
		return authz.Area{}
	}
	geography := r.Geography.Map()
	if o := geography.ByID(key); o != nil && o.ID() == id {
		return areaOfOrganisation(o)
	}
	if i := geography.ICBByID(key); i != nil && i.ID() == id {
		return areaOfICB(i)
	}
	if g := geography.RegionByID(key); g != nil && g.ID() == id {
		return areaOfRegion(g)
	}
	return authz.Area{}
}

// requestNodes finds requests by id.
func (r *Resolver) requestNodes(ctx context.Context, keys []uuid.UUID) ([]model.Node, error) {
	found, err := r.AccessRequests.Requests(ctx, authz.FromContext(ctx), keys)
	nodes := make([]model.Node, len(keys))
	for i, key := range keys {
		nodes[i] = node(found[key])
	}
	return nodes, err
}

// membersOf lists who holds a grant on each of some bodies' areas.
func membersOf[T any](ctx context.Context, r *Resolver, bodies []T, area func(T) authz.Area, role *authz.Role, args page.Args) ([]*account.GrantConnection, error) {
	return r.Accounts.Members(ctx, authz.FromContext(ctx), each(bodies, area), role, args)
}
