package resolvers

import (
	"github.com/google/uuid"

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

// organisationsOf resolves the organisation that did something about an event.
func organisationsOf[T any](r *Resolver, objects []T, code func(T) string) []*organisation.Organisation {
	return each(objects, func(o T) *organisation.Organisation { return r.Geography.Map().ByCode(organisation.ODSCode(code(o))) })
}
