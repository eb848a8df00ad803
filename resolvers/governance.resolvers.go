// The resolvers of one schema file. The generator rewrites it: bodies and comments of
// resolvers stay, everything else moves to a file beside it.

package resolvers

import (
	"context"

	"lfpse/graph/generated"
	"lfpse/graph/model"
	"lfpse/internal/account"
	"lfpse/internal/event"
	"lfpse/internal/governance"
	"lfpse/internal/organisation"
)

// Reviews is the resolver for the reviews field.
func (r *eventResolver) Reviews(ctx context.Context, objs []*event.View) ([][]*governance.Review, error) {
	return r.Governance.Reviews(ctx, objs)
}

// NeverEvent is the resolver for the neverEvent field.
func (r *eventResolver) NeverEvent(ctx context.Context, objs []*event.View) ([]*governance.NeverEvent, error) {
	answers, err := answersTo(ctx, objs)
	if err != nil {
		return nil, err
	}
	return each(objs, func(v *event.View) *governance.NeverEvent { return r.Governance.NeverEvent(v, answers[v]) }), nil
}

// NeverEventWithdrawal is the resolver for the neverEventWithdrawal field.
func (r *eventResolver) NeverEventWithdrawal(ctx context.Context, objs []*event.View) ([]*governance.NeverEventWithdrawal, error) {
	answers, err := answersTo(ctx, objs)
	if err != nil {
		return nil, err
	}
	return each(objs, func(v *event.View) *governance.NeverEventWithdrawal {
		return r.Governance.NeverEventWithdrawal(v, answers[v])
	}), nil
}

// Investigations is the resolver for the investigations field.
func (r *eventResolver) Investigations(ctx context.Context, objs []*event.View) ([][]*governance.Investigation, error) {
	answers, err := answersTo(ctx, objs)
	if err != nil {
		return nil, err
	}
	return each(objs, func(v *event.View) []*governance.Investigation { return r.Governance.Investigations(answers[v]) }), nil
}

// Requirements is the resolver for the requirements field.
func (r *eventResolver) Requirements(ctx context.Context, objs []*event.View) ([][]*governance.PolicyRequirement, error) {
	required, err := requiredOf(ctx, objs)
	if err != nil {
		return nil, err
	}
	return each(objs, func(v *event.View) []*governance.PolicyRequirement {
		return r.Governance.Requirements(v, required[v])
	}), nil
}

// DutyOfCandour is the resolver for the dutyOfCandour field.
func (r *eventResolver) DutyOfCandour(ctx context.Context, objs []*event.View) ([]*governance.CandourView, error) {
	answers, err := answersTo(ctx, objs)
	if err != nil {
		return nil, err
	}
	required, err := requiredOf(ctx, objs)
	if err != nil {
		return nil, err
	}
	return each(objs, func(v *event.View) *governance.CandourView {
		return r.Governance.DutyOfCandour(answers[v], required[v])
	}), nil
}

// Organisation is the resolver for the organisation field.
func (r *investigationResolver) Organisation(ctx context.Context, objs []*governance.Investigation) ([]*organisation.Organisation, error) {
	return organisationsOf(r.Resolver, objs, (*governance.Investigation).OrganisationCode), nil
}

// Lead is the resolver for the lead field.
func (r *investigationResolver) Lead(ctx context.Context, objs []*governance.Investigation) ([]*organisation.Organisation, error) {
	return each(objs, func(i *governance.Investigation) *organisation.Organisation {
		if code := i.LeadCode(); code != nil {
			return r.Geography.Map().ByCode(organisation.ODSCode(*code))
		}
		return nil
	}), nil
}

// StartReview is the resolver for the startReview field.
func (r *mutationResolver) StartReview(ctx context.Context, input model.StartReviewInput) (*model.ReviewPayload, error) {
	review, of, problems, err := r.Governance.StartReview(ctx, eventKey(input.EventID))
	return reviewPayload(review, of, problems, err)
}

// CompleteReview is the resolver for the completeReview field.
func (r *mutationResolver) CompleteReview(ctx context.Context, input model.CompleteReviewInput) (*model.ReviewPayload, error) {
	review, of, problems, err := r.Governance.CompleteReview(ctx, reviewKey(input.ReviewID), input.Outcome, input.Notes)
	return reviewPayload(review, of, problems, err)
}

// DeclareNeverEvent is the resolver for the declareNeverEvent field.
func (r *mutationResolver) DeclareNeverEvent(ctx context.Context, input model.DeclareNeverEventInput) (*model.GovernancePayload, error) {
	return governed(r.Governance.DeclareNeverEvent(ctx, eventKey(input.EventID), input.Type))
}

// WithdrawNeverEvent is the resolver for the withdrawNeverEvent field.
func (r *mutationResolver) WithdrawNeverEvent(ctx context.Context, input model.WithdrawNeverEventInput) (*model.GovernancePayload, error) {
	return governed(r.Governance.WithdrawNeverEvent(ctx, eventKey(input.EventID), input.Reason))
}

// OpenInvestigation is the resolver for the openInvestigation field.
func (r *mutationResolver) OpenInvestigation(ctx context.Context, input model.OpenInvestigationInput) (*model.GovernancePayload, error) {
	return governed(r.Governance.OpenInvestigation(ctx, eventKey(input.EventID), input.Method, input.Lead, input.TargetDate))
}

// CloseInvestigation is the resolver for the closeInvestigation field.
func (r *mutationResolver) CloseInvestigation(ctx context.Context, input model.CloseInvestigationInput) (*model.GovernancePayload, error) {
	return governed(r.Governance.CloseInvestigation(ctx, investigationKey(input.InvestigationID), input.Findings, input.Learning))
}

// RecordDutyOfCandour is the resolver for the recordDutyOfCandour field.
func (r *mutationResolver) RecordDutyOfCandour(ctx context.Context, input model.RecordDutyOfCandourInput) (*model.GovernancePayload, error) {
	return governed(r.Governance.RecordDutyOfCandour(ctx, eventKey(input.EventID), governance.Candour{
		NotifiedInPersonOn: input.NotifiedInPersonOn, WrittenNotificationOn: input.WrittenNotificationOn,
		ApologyGiven: input.ApologyGiven, Notes: input.Notes,
	}))
}

// RespondToRequirement is the resolver for the respondToRequirement field.
func (r *mutationResolver) RespondToRequirement(ctx context.Context, input model.RespondToRequirementInput) (*model.GovernancePayload, error) {
	notApplicable := input.NotApplicable != nil && *input.NotApplicable
	return governed(r.Governance.RespondToRequirement(ctx, eventKey(input.EventID), input.Code, input.Reference, input.Notes, notApplicable))
}

// DeclaredBy is the resolver for the declaredBy field.
func (r *neverEventResolver) DeclaredBy(ctx context.Context, objs []*governance.NeverEvent) ([]*account.View, error) {
	return people(ctx, objs, (*governance.NeverEvent).ByKey)
}

// Organisation is the resolver for the organisation field.
func (r *neverEventResolver) Organisation(ctx context.Context, objs []*governance.NeverEvent) ([]*organisation.Organisation, error) {
	return organisationsOf(r.Resolver, objs, (*governance.NeverEvent).OrganisationCode), nil
}

// WithdrawnBy is the resolver for the withdrawnBy field.
func (r *neverEventWithdrawalResolver) WithdrawnBy(ctx context.Context, objs []*governance.NeverEventWithdrawal) ([]*account.View, error) {
	return people(ctx, objs, (*governance.NeverEventWithdrawal).ByKey)
}

// Organisation is the resolver for the organisation field.
func (r *neverEventWithdrawalResolver) Organisation(ctx context.Context, objs []*governance.NeverEventWithdrawal) ([]*organisation.Organisation, error) {
	return organisationsOf(r.Resolver, objs, (*governance.NeverEventWithdrawal).OrganisationCode), nil
}

// By is the resolver for the by field.
func (r *policyResponseResolver) By(ctx context.Context, objs []*governance.PolicyResponse) ([]*account.View, error) {
	return people(ctx, objs, (*governance.PolicyResponse).ByKey)
}

// Organisation is the resolver for the organisation field.
func (r *reviewResolver) Organisation(ctx context.Context, objs []*governance.Review) ([]*organisation.Organisation, error) {
	return organisationsOf(r.Resolver, objs, (*governance.Review).OrganisationCode), nil
}

// Reviewer is the resolver for the reviewer field.
func (r *reviewResolver) Reviewer(ctx context.Context, objs []*governance.Review) ([]*account.View, error) {
	return people(ctx, objs, (*governance.Review).ReviewerKey)
}

// Investigation gives the resolvers of Investigation.
func (r *Resolver) Investigation() generated.InvestigationResolver { return &investigationResolver{r} }

type investigationResolver struct{ *Resolver }

// NeverEvent gives the resolvers of NeverEvent.
func (r *Resolver) NeverEvent() generated.NeverEventResolver { return &neverEventResolver{r} }

type neverEventResolver struct{ *Resolver }

// NeverEventWithdrawal gives the resolvers of NeverEventWithdrawal.
func (r *Resolver) NeverEventWithdrawal() generated.NeverEventWithdrawalResolver {
	return &neverEventWithdrawalResolver{r}
}

type neverEventWithdrawalResolver struct{ *Resolver }

// PolicyResponse gives the resolvers of PolicyResponse.
func (r *Resolver) PolicyResponse() generated.PolicyResponseResolver {
	return &policyResponseResolver{r}
}

type policyResponseResolver struct{ *Resolver }

// Review gives the resolvers of Review.
func (r *Resolver) Review() generated.ReviewResolver { return &reviewResolver{r} }

type reviewResolver struct{ *Resolver }
