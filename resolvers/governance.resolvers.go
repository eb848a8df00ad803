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

// Organisation is the resolver for the organisation field.
func (r *reviewResolver) Organisation(ctx context.Context, objs []*governance.Review) ([]*organisation.Organisation, error) {
	return organisationsOf(r.Resolver, objs, (*governance.Review).OrganisationCode), nil
}

// Reviewer is the resolver for the reviewer field.
func (r *reviewResolver) Reviewer(ctx context.Context, objs []*governance.Review) ([]*account.View, error) {
	return people(ctx, objs, (*governance.Review).ReviewerKey)
}

// Review gives the resolvers of Review.
func (r *Resolver) Review() generated.ReviewResolver { return &reviewResolver{r} }

type reviewResolver struct{ *Resolver }
