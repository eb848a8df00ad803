package resolvers

import (
	"context"

	"github.com/google/uuid"

	"lfpse/db/loader"
	"lfpse/graph/model"
	"lfpse/internal/event"
	"lfpse/internal/fault"
	"lfpse/internal/gid"
	"lfpse/internal/governance"
	"lfpse/internal/organisation"
)

// reviewKey reads the id of a review. One that is none names no review.
func reviewKey(id string) uuid.UUID {
	key, _ := gid.ParseAs(gid.Review, id)
	return key
}

// reviewPayload answers a review and its event, or why nothing was done.
func reviewPayload(review *governance.Review, of *event.View, problems fault.Problems, err error) (*model.ReviewPayload, error) {
	if err != nil {
		return nil, err
	}
	return &model.ReviewPayload{Review: review, Event: of, UserErrors: problemsOf(problems)}, nil
}

// investigationKey reads the id of an investigation. One that is none names no
// investigation.
func investigationKey(id string) uuid.UUID {
	key, _ := gid.ParseAs(gid.Investigation, id)
	return key
}

// governed answers an event after something was done about it, or why it was not.
func governed(of *event.View, problems fault.Problems, err error) (*model.GovernancePayload, error) {
	if err != nil {
		return nil, err
	}
	return &model.GovernancePayload{Event: of, UserErrors: problemsOf(problems)}, nil
}

// answersTo answers what admins did about events, by view.
func answersTo(ctx context.Context, views []*event.View) (map[*event.View][]governance.AnswerRecord, error) {
	return loader.FromContext(ctx).Answers(ctx, views)
}

// requiredOf answers what is required of events, by view.
func requiredOf(ctx context.Context, views []*event.View) (map[*event.View][]governance.RequirementRecord, error) {
	return loader.FromContext(ctx).Required(ctx, views)
}

// organisationsOf resolves the organisation that did something about an event.
func organisationsOf[T any](r *Resolver, objects []T, code func(T) string) []*organisation.Organisation {
	return each(objects, func(o T) *organisation.Organisation { return r.Geography.Map().ByCode(organisation.ODSCode(code(o))) })
}
