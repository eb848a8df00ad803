// The resolvers of one schema file. The generator rewrites it: bodies and comments of
// resolvers stay, everything else moves to a file beside it.

package resolvers

import (
	"context"

	"github.com/google/uuid"

	"lfpse/graph/generated"
	"lfpse/graph/model"
	"lfpse/internal/accessrequest"
	"lfpse/internal/account"
	"lfpse/internal/authz"
	"lfpse/internal/gid"
	"lfpse/internal/page"
)

// Requester is the resolver for the requester field.
func (r *accessRequestResolver) Requester(ctx context.Context, objs []*accessrequest.Request) ([]*account.View, error) {
	return people(ctx, objs, func(q *accessrequest.Request) *uuid.UUID { return &q.Requester })
}

// Area is the resolver for the area field.
func (r *accessRequestResolver) Area(ctx context.Context, objs []*accessrequest.Request) ([]model.Area, error) {
	return each(objs, func(q *accessrequest.Request) model.Area { return r.areaOf(q.Area) }), nil
}

// DecidedBy is the resolver for the decidedBy field.
func (r *accessRequestResolver) DecidedBy(ctx context.Context, objs []*accessrequest.Request) ([]*account.View, error) {
	return people(ctx, objs, func(q *accessrequest.Request) *uuid.UUID { return q.DecidedBy })
}

// RequestAccess is the resolver for the requestAccess field.
func (r *mutationResolver) RequestAccess(ctx context.Context, input model.RequestAccessInput) (*model.AccessRequestPayload, error) {
	return requestPayload(r.AccessRequests.Ask(ctx, authz.FromContext(ctx), accessrequest.Asking{
		Role: input.Role, Area: input.Area, Reason: input.Reason, Agreement: textOr(input.Agreement),
	}))
}

// CancelAccessRequest is the resolver for the cancelAccessRequest field.
func (r *mutationResolver) CancelAccessRequest(ctx context.Context, input model.CancelAccessRequestInput) (*model.AccessRequestPayload, error) {
	return requestPayload(r.AccessRequests.Cancel(ctx, authz.FromContext(ctx), requestID(input.ID)))
}

// ApproveAccessRequest is the resolver for the approveAccessRequest field.
func (r *mutationResolver) ApproveAccessRequest(ctx context.Context, input model.DecideAccessRequestInput) (*model.AccessRequestPayload, error) {
	return requestPayload(r.AccessRequests.Approve(ctx, authz.FromContext(ctx), requestID(input.ID), deciding(input)))
}

// RejectAccessRequest is the resolver for the rejectAccessRequest field.
func (r *mutationResolver) RejectAccessRequest(ctx context.Context, input model.DecideAccessRequestInput) (*model.AccessRequestPayload, error) {
	return requestPayload(r.AccessRequests.Reject(ctx, authz.FromContext(ctx), requestID(input.ID), deciding(input)))
}

// RevokeGrant is the resolver for the revokeGrant field.
func (r *mutationResolver) RevokeGrant(ctx context.Context, input model.RevokeGrantInput) (*model.RevokeGrantPayload, error) {
	id, _ := gid.ParseAs(gid.Grant, input.ID)
	warning, problems, err := r.Accounts.RevokeGrant(ctx, authz.FromContext(ctx), id, input.Reason)
	if err != nil || len(problems) > 0 {
		return &model.RevokeGrantPayload{UserErrors: problemsOf(problems)}, err
	}
	return &model.RevokeGrantPayload{RevokedID: &input.ID, Warning: warning, UserErrors: problemsOf(nil)}, nil
}

// AccessRequests is the resolver for the accessRequests field.
func (r *queryResolver) AccessRequests(ctx context.Context, filter *model.AccessRequestFilter, first *int, after *string, last *int, before *string) (*accessrequest.Connection, error) {
	args := page.Args{First: first, After: after, Last: last, Before: before}
	return r.Resolver.AccessRequests.ToDecide(ctx, authz.FromContext(ctx), r.requestFilter(filter), args)
}

// AccessRequest gives the resolvers of AccessRequest.
func (r *Resolver) AccessRequest() generated.AccessRequestResolver { return &accessRequestResolver{r} }

type accessRequestResolver struct{ *Resolver }
