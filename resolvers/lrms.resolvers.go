// The resolvers of one schema file. The generator rewrites it: bodies and comments of
// resolvers stay, everything else moves to a file beside it.

package resolvers

import (
	"context"

	"lfpse/graph/generated"
	"lfpse/graph/model"
	"lfpse/internal/authz"
	"lfpse/internal/client"
	"lfpse/internal/event"
	"lfpse/internal/fault"
	"lfpse/internal/gid"
	"lfpse/internal/organisation"
)

// Organisation is the resolver for the organisation field.
func (r *clientResolver) Organisation(ctx context.Context, objs []*client.Client) ([]*organisation.Organisation, error) {
	return each(objs, func(c *client.Client) *organisation.Organisation {
		return r.Geography.Map().ByCode(organisation.ODSCode(c.OrganisationCode))
	}), nil
}

// IssueClient is the resolver for the issueClient field.
func (r *mutationResolver) IssueClient(ctx context.Context, input model.IssueClientInput) (*model.IssueClientPayload, error) {
	return issued(r.Resolver.Clients.Issue(ctx, authz.FromContext(ctx), input.Organisation, input.Name))
}

// IssueClientKey is the resolver for the issueClientKey field.
func (r *mutationResolver) IssueClientKey(ctx context.Context, input model.IssueClientKeyInput) (*model.IssueClientPayload, error) {
	return issued(r.Resolver.Clients.IssueKey(ctx, authz.FromContext(ctx), keyOf(gid.Client, input.ClientID)))
}

// RevokeClientKey is the resolver for the revokeClientKey field.
func (r *mutationResolver) RevokeClientKey(ctx context.Context, input model.RevokeClientKeyInput) (*model.RevokeClientPayload, error) {
	return revoked(r.Resolver.Clients.RevokeKey(ctx, authz.FromContext(ctx), keyOf(gid.ClientKey, input.ID)))
}

// RevokeClient is the resolver for the revokeClient field.
func (r *mutationResolver) RevokeClient(ctx context.Context, input model.RevokeClientInput) (*model.RevokeClientPayload, error) {
	return revoked(r.Resolver.Clients.Revoke(ctx, authz.FromContext(ctx), keyOf(gid.Client, input.ID)))
}

// SubmitEvents is the resolver for the submitEvents field.
func (r *mutationResolver) SubmitEvents(ctx context.Context, input model.SubmitEventsInput) (*model.SubmitEventsPayload, error) {
	return submitted(r.Events.Submit(ctx, localEvents(input.Events)))
}

// Clients is the resolver for the clients field.
func (r *organisationResolver) Clients(ctx context.Context, objs []*organisation.Organisation) ([][]*client.Client, error) {
	codes := each(objs, func(o *organisation.Organisation) string { return string(o.ODSCode) })
	listed, err := r.Resolver.Clients.Of(ctx, authz.FromContext(ctx), codes)
	if err != nil {
		return nil, err
	}
	return each(codes, func(code string) []*client.Client { return listed[code] }), nil
}

// UserErrors is the resolver for the userErrors field.
func (r *submittedEventResolver) UserErrors(ctx context.Context, obj *event.Submitted) ([]*fault.Problem, error) {
	return problemsOf(obj.Problems), nil
}

// Client gives the resolvers of Client.
func (r *Resolver) Client() generated.ClientResolver { return &clientResolver{r} }

type clientResolver struct{ *Resolver }

// SubmittedEvent gives the resolvers of SubmittedEvent.
func (r *Resolver) SubmittedEvent() generated.SubmittedEventResolver {
	return &submittedEventResolver{r}
}

type submittedEventResolver struct{ *Resolver }
