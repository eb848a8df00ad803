// The resolvers of one schema file. The generator rewrites it: bodies and comments of
// resolvers stay, everything else moves to a file beside it.

package resolvers

import (
	"context"

	"github.com/google/uuid"

	"lfpse/graph/generated"
	"lfpse/graph/model"
	"lfpse/internal/account"
	"lfpse/internal/event"
	"lfpse/internal/fault"
	"lfpse/internal/organisation"
)

// Organisation is the resolver for the organisation field.
func (r *eventResolver) Organisation(ctx context.Context, objs []*event.View) ([]*organisation.Organisation, error) {
	return each(objs, func(v *event.View) *organisation.Organisation {
		if code := v.OrganisationCode(); code != nil {
			return r.Geography.Map().ByCode(organisation.ODSCode(*code))
		}
		return nil
	}), nil
}

// OccurredAtOrganisations is the resolver for the occurredAtOrganisations field.
func (r *eventResolver) OccurredAtOrganisations(ctx context.Context, objs []*event.View) ([][]*organisation.Organisation, error) {
	return each(objs, func(v *event.View) []*organisation.Organisation { return r.byCodes(v.OccurredAtCodes()) }), nil
}

// Description is the resolver for the description field.
func (r *eventResolver) Description(ctx context.Context, objs []*event.View) ([]*string, error) {
	return textOf(ctx, objs, (*event.View).Description)
}

// Details is the resolver for the details field.
func (r *eventResolver) Details(ctx context.Context, objs []*event.View) ([]event.Details, error) {
	typed, err := originals(ctx, objs)
	if err != nil {
		return nil, err
	}
	return r.Events.Details(objs, typed), unopened(objs, typed, (*event.View).CurrentTexts)
}

// Patients is the resolver for the patients field.
func (r *eventResolver) Patients(ctx context.Context, objs []*event.View) ([][]*event.Patient, error) {
	typed, err := originals(ctx, objs)
	if err != nil {
		return nil, err
	}
	return r.Events.Patients(ctx, objs, typed)
}

// Reporter is the resolver for the reporter field.
func (r *eventResolver) Reporter(ctx context.Context, objs []*event.View) ([]*account.View, error) {
	return people(ctx, objs, (*event.View).ReporterKey)
}

// ReporterContact is the resolver for the reporterContact field.
func (r *eventResolver) ReporterContact(ctx context.Context, objs []*event.View) ([]*string, error) {
	return textOf(ctx, objs, (*event.View).Contact)
}

// Revisions is the resolver for the revisions field.
func (r *eventResolver) Revisions(ctx context.Context, objs []*event.View) ([][]*event.Revision, error) {
	return r.Events.Revisions(ctx, objs)
}

// Similar is the resolver for the similar field.
func (r *eventResolver) Similar(ctx context.Context, objs []*event.View, first *int) ([][]*event.Similar, error) {
	return r.Events.Similar(ctx, objs, first)
}

// Problems is the resolver for the problems field.
func (r *eventResolver) Problems(ctx context.Context, objs []*event.View) ([][]*fault.Problem, error) {
	return r.Events.Problems(ctx, objs), nil
}

// TotalCount is the resolver for the totalCount field.
func (r *eventConnectionResolver) TotalCount(ctx context.Context, objs []*event.Connection) ([]int, error) {
	return r.Events.Counts(ctx, objs)
}

// Highlight is the resolver for the highlight field.
func (r *eventEdgeResolver) Highlight(ctx context.Context, objs []*event.Edge) ([]*string, error) {
	return r.Events.Highlights(ctx, objs)
}

// By is the resolver for the by field.
func (r *eventRevisionResolver) By(ctx context.Context, objs []*event.Revision) ([]*account.View, error) {
	return people(ctx, objs, (*event.Revision).AuthorKey)
}

// Description is the resolver for the description field.
func (r *eventRevisionResolver) Description(ctx context.Context, objs []*event.Revision) ([]*string, error) {
	return revisionTexts(ctx, objs)
}

// RecordEvent is the resolver for the recordEvent field.
func (r *mutationResolver) RecordEvent(ctx context.Context, input model.RecordEventInput) (*model.RecordEventPayload, error) {
	recorded, problems, err := r.Events.Record(ctx, inputOf(input.Event), input.IdempotencyKey)
	if err != nil {
		return nil, err
	}
	return &model.RecordEventPayload{Event: recorded, UserErrors: problemsOf(problems)}, nil
}

// RecordEventAnonymously is the resolver for the recordEventAnonymously field.
func (r *mutationResolver) RecordEventAnonymously(ctx context.Context, input model.RecordEventAnonymouslyInput) (*model.RecordEventAnonymouslyPayload, error) {
	receipt, problems, err := r.Events.RecordAnonymously(ctx, inputOf(input.Event), input.Reasons, input.IdempotencyKey)
	if err != nil {
		return nil, err
	}
	return &model.RecordEventAnonymouslyPayload{Receipt: receipt, UserErrors: problemsOf(problems)}, nil
}

// SaveDraft is the resolver for the saveDraft field.
func (r *mutationResolver) SaveDraft(ctx context.Context, input model.SaveDraftInput) (*model.SaveDraftPayload, error) {
	var id *uuid.UUID
	if input.ID != nil {
		key := eventKey(*input.ID)
		id = &key
	}
	saved, problems, err := r.Events.SaveDraft(ctx, inputOf(input.Event), id, input.UpdatedAt)
	if err != nil {
		return nil, err
	}
	return &model.SaveDraftPayload{Event: saved, UserErrors: problemsOf(problems)}, nil
}

// DeleteDraft is the resolver for the deleteDraft field.
func (r *mutationResolver) DeleteDraft(ctx context.Context, input model.DeleteDraftInput) (*model.DeleteDraftPayload, error) {
	if err := r.Events.DeleteDraft(ctx, eventKey(input.ID)); err != nil {
		return nil, err
	}
	return &model.DeleteDraftPayload{DeletedID: &input.ID, UserErrors: problemsOf(nil)}, nil
}

// SubmitDraft is the resolver for the submitDraft field.
func (r *mutationResolver) SubmitDraft(ctx context.Context, input model.SubmitDraftInput) (*model.RecordEventPayload, error) {
	submitted, problems, err := r.Events.SubmitDraft(ctx, eventKey(input.ID))
	if err != nil {
		return nil, err
	}
	return &model.RecordEventPayload{Event: submitted, UserErrors: problemsOf(problems)}, nil
}

// UpdateEvent is the resolver for the updateEvent field.
func (r *mutationResolver) UpdateEvent(ctx context.Context, input model.UpdateEventInput) (*model.UpdateEventPayload, error) {
	updated, problems, err := r.Events.Update(ctx, eventKey(input.ID), input.Revision, patchOf(input.Event))
	if err != nil {
		return nil, err
	}
	return &model.UpdateEventPayload{Event: updated, UserErrors: problemsOf(problems)}, nil
}

// WithdrawEvent is the resolver for the withdrawEvent field.
func (r *mutationResolver) WithdrawEvent(ctx context.Context, input model.WithdrawEventInput) (*model.UpdateEventPayload, error) {
	withdrawn, problems, err := r.Events.Withdraw(ctx, eventKey(input.ID), input.Revision, input.Reason)
	if err != nil {
		return nil, err
	}
	return &model.UpdateEventPayload{Event: withdrawn, UserErrors: problemsOf(problems)}, nil
}

// RedactFurther is the resolver for the redactFurther field.
func (r *mutationResolver) RedactFurther(ctx context.Context, input model.RedactFurtherInput) (*model.UpdateEventPayload, error) {
	hidden, problems, err := r.Events.RedactFurther(ctx, eventKey(input.EventID), input.Revision, input.Field, input.Text)
	if err != nil {
		return nil, err
	}
	return &model.UpdateEventPayload{Event: hidden, UserErrors: problemsOf(problems)}, nil
}

// Event gives the resolvers of Event.
func (r *Resolver) Event() generated.EventResolver { return &eventResolver{r} }

type eventResolver struct{ *Resolver }

// EventConnection gives the resolvers of EventConnection.
func (r *Resolver) EventConnection() generated.EventConnectionResolver {
	return &eventConnectionResolver{r}
}

type eventConnectionResolver struct{ *Resolver }

// EventEdge gives the resolvers of EventEdge.
func (r *Resolver) EventEdge() generated.EventEdgeResolver { return &eventEdgeResolver{r} }

type eventEdgeResolver struct{ *Resolver }

// EventRevision gives the resolvers of EventRevision.
func (r *Resolver) EventRevision() generated.EventRevisionResolver { return &eventRevisionResolver{r} }

type eventRevisionResolver struct{ *Resolver }
