// The resolvers of one schema file. The generator rewrites it: bodies and comments of
// resolvers stay, everything else moves to a file beside it.

package resolvers

import (
	"context"
	"time"

	"github.com/google/uuid"

	"lfpse/graph/generated"
	"lfpse/graph/model"
	"lfpse/internal/accessrequest"
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

// GrantedBy is the resolver for the grantedBy field.
func (r *grantResolver) GrantedBy(ctx context.Context, objs []*account.Grant) ([]*account.View, error) {
	return people(ctx, objs, func(g *account.Grant) *uuid.UUID {
		if g.GrantedBy == uuid.Nil {
			return nil
		}
		return &g.GrantedBy
	})
}

// Until is the resolver for the until field.
func (r *grantResolver) Until(ctx context.Context, obj *account.Grant) (*time.Time, error) {
	if obj.Until.IsZero() {
		return nil, nil
	}
	return &obj.Until, nil
}

// RegisterAccount is the resolver for the registerAccount field.
func (r *mutationResolver) RegisterAccount(ctx context.Context, input model.RegisterAccountInput) (*model.AcknowledgementPayload, error) {
	return acknowledged(r.Accounts.Register(ctx, account.Registration{
		FirstName: input.FirstName, LastName: input.LastName, Email: input.Email, ConfirmEmail: input.ConfirmEmail,
		JobRole: input.JobRole, Organisation: textOr(input.Organisation), OtherOrganisation: textOr(input.OtherOrganisation),
		AcceptTerms: input.AcceptTerms,
	}, requestOf(ctx).From))
}

// ActivateAccount is the resolver for the activateAccount field.
func (r *mutationResolver) ActivateAccount(ctx context.Context, input model.ActivateAccountInput) (*model.SessionPayload, error) {
	return sessionPayload(r.Accounts.Activate(ctx, account.Activation{
		Token: input.Token, Password: input.Password, Question: input.SecurityQuestion, Answer: input.SecurityAnswer,
	}))
}

// RequestPasswordReset is the resolver for the requestPasswordReset field.
func (r *mutationResolver) RequestPasswordReset(ctx context.Context, input model.RequestPasswordResetInput) (*model.AcknowledgementPayload, error) {
	return acknowledged(r.Accounts.RequestReset(ctx, input.Email, requestOf(ctx).From))
}

// ResetPassword is the resolver for the resetPassword field.
func (r *mutationResolver) ResetPassword(ctx context.Context, input model.ResetPasswordInput) (*model.SessionPayload, error) {
	return sessionPayload(r.Accounts.ResetPassword(ctx, account.Reset{
		Token: input.Token, Answer: input.SecurityAnswer, Password: input.Password, From: requestOf(ctx).From,
	}))
}

// RequestUnlock is the resolver for the requestUnlock field.
func (r *mutationResolver) RequestUnlock(ctx context.Context, input model.RequestUnlockInput) (*model.AcknowledgementPayload, error) {
	return acknowledged(r.Accounts.RequestUnlock(ctx, input.Email, requestOf(ctx).From))
}

// UnlockAccount is the resolver for the unlockAccount field.
func (r *mutationResolver) UnlockAccount(ctx context.Context, input model.UnlockAccountInput) (*model.AcknowledgementPayload, error) {
	return acknowledged(r.Accounts.UnlockAccount(ctx, input.Token))
}

// ChangePassword is the resolver for the changePassword field.
func (r *mutationResolver) ChangePassword(ctx context.Context, input model.ChangePasswordInput) (*model.AcknowledgementPayload, error) {
	request := requestOf(ctx)
	return acknowledged(r.Accounts.ChangePassword(ctx, request.Caller, account.NewPassword{
		Current: input.CurrentPassword, New: input.NewPassword, From: request.From,
	}))
}

// UpdateAccount is the resolver for the updateAccount field.
func (r *mutationResolver) UpdateAccount(ctx context.Context, input model.UpdateAccountInput) (*model.ViewerPayload, error) {
	request := requestOf(ctx)
	return viewerPayload(r.Accounts.UpdateAccount(ctx, request.Caller, account.Update{
		FirstName: input.FirstName, LastName: input.LastName, JobRole: input.JobRole,
		Question: input.SecurityQuestion, Answer: input.SecurityAnswer, Password: input.Password, From: request.From,
	}))
}

// CloseAccount is the resolver for the closeAccount field.
func (r *mutationResolver) CloseAccount(ctx context.Context, input model.CloseAccountInput) (*model.AcknowledgementPayload, error) {
	request := requestOf(ctx)
	return acknowledged(r.Accounts.CloseAccount(ctx, request.Caller, input.Password, request.From))
}

// LinkIdentity is the resolver for the linkIdentity field.
func (r *mutationResolver) LinkIdentity(ctx context.Context, input model.LinkIdentityInput) (*model.ViewerPayload, error) {
	return viewerPayload(r.Accounts.LinkIdentity(ctx, requestOf(ctx).Caller, input.IDToken))
}

// AddOrganisation is the resolver for the addOrganisation field.
func (r *mutationResolver) AddOrganisation(ctx context.Context, input model.AddOrganisationInput) (*model.ViewerPayload, error) {
	now, warning, problems, err := r.Accounts.AddOrganisation(ctx, requestOf(ctx).Caller, input.Organisation)
	payload, err := viewerPayload(now, problems, err)
	if err == nil && now != nil && warning != "" {
		payload.Warning = &warning
	}
	return payload, err
}

// RemoveOrganisation is the resolver for the removeOrganisation field.
func (r *mutationResolver) RemoveOrganisation(ctx context.Context, input model.RemoveOrganisationInput) (*model.ViewerPayload, error) {
	return viewerPayload(r.Accounts.RemoveOrganisation(ctx, requestOf(ctx).Caller, input.Organisation))
}

// SendFeedback is the resolver for the sendFeedback field.
func (r *mutationResolver) SendFeedback(ctx context.Context, input model.SendFeedbackInput) (*model.AcknowledgementPayload, error) {
	return acknowledged(r.Accounts.SendFeedback(ctx, account.Feedback{
		Message: input.Message, Page: textOr(input.Page), ReplyTo: textOr(input.ReplyTo), From: requestOf(ctx).From,
	}))
}

// ApproveRegistration is the resolver for the approveRegistration field.
func (r *mutationResolver) ApproveRegistration(ctx context.Context, input model.DecideRegistrationInput) (*model.RegistrationPayload, error) {
	return registrationPayload(r.Accounts.ApproveRegistration(ctx, authz.FromContext(ctx), decision(input)))
}

// RejectRegistration is the resolver for the rejectRegistration field.
func (r *mutationResolver) RejectRegistration(ctx context.Context, input model.DecideRegistrationInput) (*model.RegistrationPayload, error) {
	return registrationPayload(r.Accounts.RejectRegistration(ctx, authz.FromContext(ctx), decision(input)))
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

// Registrations is the resolver for the registrations field.
func (r *queryResolver) Registrations(ctx context.Context, first *int, after *string, last *int, before *string) (*account.Connection, error) {
	args := page.Args{First: first, After: after, Last: last, Before: before}
	return r.Accounts.Registrations(ctx, authz.FromContext(ctx), args)
}

// PasswordResetQuestion is the resolver for the passwordResetQuestion field.
func (r *queryResolver) PasswordResetQuestion(ctx context.Context, token string) (*string, error) {
	return r.Accounts.ResetQuestion(ctx, token)
}

// SecurityQuestions is the resolver for the securityQuestions field.
func (r *queryResolver) SecurityQuestions(ctx context.Context) ([]string, error) {
	return account.SecurityQuestions(), nil
}

// JobRoles is the resolver for the jobRoles field.
func (r *queryResolver) JobRoles(ctx context.Context) ([]string, error) {
	return account.JobRoles(), nil
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
	return r.Resolver.Events.Own(authz.NewContext(ctx, obj.Principal), listArgs(ctx, filter, orderBy, first, after, last, before))
}

// Drafts is the resolver for the drafts field.
func (r *viewerResolver) Drafts(ctx context.Context, obj *account.Caller, first *int, after *string, last *int, before *string) (*event.Connection, error) {
	args := page.Args{First: first, After: after, Last: last, Before: before}
	return r.Resolver.Events.Drafts(authz.NewContext(ctx, obj.Principal), args)
}

// AccessRequests is the resolver for the accessRequests field.
func (r *viewerResolver) AccessRequests(ctx context.Context, obj *account.Caller, status []accessrequest.Status, first *int, after *string, last *int, before *string) (*accessrequest.Connection, error) {
	args := page.Args{First: first, After: after, Last: last, Before: before}
	return r.Resolver.AccessRequests.Own(ctx, obj.Principal, accessrequest.Filter{Statuses: status}, args)
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
