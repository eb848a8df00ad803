// The resolvers of one schema file. The generator rewrites it: bodies and comments of
// resolvers stay, everything else moves to a file beside it.

package resolvers

import (
	"context"
	"time"

	"github.com/google/uuid"

	"lfpse/graph/generated"
	"lfpse/graph/model"
	"lfpse/internal/account"
	"lfpse/internal/authz"
	"lfpse/internal/event"
	"lfpse/internal/fault"
	"lfpse/internal/organisation"
	"lfpse/internal/page"
)

// Organisations is the resolver for the organisations field.
func (r *accountResolver) Organisations(ctx context.Context, objs []*account.View) ([][]*organisation.Organisation, error) {
	return each(objs, func(v *account.View) []*organisation.Organisation {
		if v.OrganisationCodes() == nil {
			return nil
		}
		return r.byCodes(v.OrganisationCodes())
	}), nil
}

// Account is the resolver for the account field.
func (r *grantResolver) Account(ctx context.Context, objs []*account.Grant) ([]*account.View, error) {
	return people(ctx, objs, func(g *account.Grant) *uuid.UUID { return &g.Account })
}

// Area is the resolver for the area field.
func (r *grantResolver) Area(ctx context.Context, objs []*account.Grant) ([]model.Area, error) {
	return each(objs, func(g *account.Grant) model.Area { return r.areaOf(g.Area) }), nil
}

// Until is the resolver for the until field.
func (r *grantResolver) Until(ctx context.Context, obj *account.Grant) (*time.Time, error) {
	if obj.Until.IsZero() {
		return nil, nil
	}
	return &obj.Until, nil
}

// SignIn is the resolver for the signIn field.
func (r *mutationResolver) SignIn(ctx context.Context, input model.SignInInput) (*model.SessionPayload, error) {
	session, problems, err := r.Accounts.SignIn(ctx, account.Credentials{
		Email: input.Email, Password: input.Password, From: requestOf(ctx).From,
	})
	return sessionPayload(session, problems, err)
}

// RefreshSession is the resolver for the refreshSession field.
func (r *mutationResolver) RefreshSession(ctx context.Context, input model.RefreshSessionInput) (*model.SessionPayload, error) {
	return sessionPayload(r.Accounts.Refresh(ctx, input.RefreshToken))
}

// SignOut is the resolver for the signOut field.
func (r *mutationResolver) SignOut(ctx context.Context) (*model.SignOutPayload, error) {
	caller := requestOf(ctx).Caller
	if caller == nil {
		return nil, fault.New(fault.Unauthenticated, "There is no session to end: sign in first.")
	}
	ended, err := r.Accounts.SignOut(ctx, *caller)
	if err != nil {
		return nil, err
	}
	return &model.SignOutPayload{SignedOut: ended}, nil
}

// Viewer is the resolver for the viewer field.
func (r *sessionResolver) Viewer(ctx context.Context, obj *account.Session) (*account.Caller, error) {
	return &obj.Caller, nil
}

// Account is the resolver for the account field.
func (r *viewerResolver) Account(ctx context.Context, obj *account.Caller) (*account.View, error) {
	return r.self(ctx, obj)
}

// Grants is the resolver for the grants field.
func (r *viewerResolver) Grants(ctx context.Context, obj *account.Caller) ([]*account.Grant, error) {
	return r.Accounts.OwnGrants(ctx, *obj)
}

// Capabilities is the resolver for the capabilities field.
func (r *viewerResolver) Capabilities(ctx context.Context, obj *account.Caller) ([]model.Capability, error) {
	return r.capabilities(ctx, obj)
}

// Events is the resolver for the events field.
func (r *viewerResolver) Events(ctx context.Context, obj *account.Caller, filter *event.Filter, orderBy *event.Order, first *int, after *string, last *int, before *string) (*event.Connection, error) {
	return r.Resolver.Events.Own(authz.NewContext(ctx, obj.Principal), listArgs(filter, orderBy, first, after, last, before))
}

// Drafts is the resolver for the drafts field.
func (r *viewerResolver) Drafts(ctx context.Context, obj *account.Caller, first *int, after *string, last *int, before *string) (*event.Connection, error) {
	args := page.Args{First: first, After: after, Last: last, Before: before}
	return r.Resolver.Events.Drafts(authz.NewContext(ctx, obj.Principal), args)
}

// Account gives the resolvers of Account.
func (r *Resolver) Account() generated.AccountResolver { return &accountResolver{r} }

type accountResolver struct{ *Resolver }

// Grant gives the resolvers of Grant.
func (r *Resolver) Grant() generated.GrantResolver { return &grantResolver{r} }

type grantResolver struct{ *Resolver }

// Session gives the resolvers of Session.
func (r *Resolver) Session() generated.SessionResolver { return &sessionResolver{r} }

type sessionResolver struct{ *Resolver }

// Viewer gives the resolvers of Viewer.
func (r *Resolver) Viewer() generated.ViewerResolver { return &viewerResolver{r} }

type viewerResolver struct{ *Resolver }
