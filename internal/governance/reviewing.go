package governance

import (
	"context"
	"slices"
	"time"

	"github.com/google/uuid"

	"lfpse/internal/authz"
	"lfpse/internal/event"
	"lfpse/internal/fault"
	"lfpse/internal/gid"
)

// FoundReview is a review of an event that somebody acts on.
type FoundReview struct {
	ID           uuid.UUID
	Organisation string
	Open         bool
}

// StartedReview is what is kept when a review is started.
type StartedReview struct {
	ID           uuid.UUID
	Organisation string
	At           time.Time
	By           uuid.UUID
}

// CompletedReview is what is kept when a review is completed.
type CompletedReview struct {
	ID      uuid.UUID
	At      time.Time
	By      uuid.UUID
	Outcome ReviewOutcome
	Words   event.Words // the notes; no texts where there are none
}

// fieldNotes names notes among texts.
const fieldNotes = "notes"

// StartReview begins a review of an event on behalf of the reader's
// organisation, which has one open at a time.
func (s *Service) StartReview(ctx context.Context, id uuid.UUID) (*Review, *event.View, fault.Problems, error) {
	by := authz.FromContext(ctx)
	if err := signedIn(by); err != nil {
		return nil, nil, nil, err
	}
	review := gid.New()
	problems, err := s.act(ctx, authz.ReviewEvent, id, func(found Found) (Change, fault.Problems, error) {
		return starting(ctx, found, StartedReview{ID: review, At: s.instant(), By: by.ID})
	})
	return s.reviewed(ctx, id, review, problems, err)
}

func starting(ctx context.Context, found Found, r StartedReview) (Change, fault.Problems, error) {
	to, ok := event.After(found.Record.Status, event.StartingReview)
	if !ok {
		return Change{}, nil, fault.New(fault.Forbidden, event.Refusal(found.Record.Status))
	}
	var err error
	if r.Organisation, err = found.onBehalf(); err != nil {
		return Change{}, nil, err
	}
	var problems fault.Problems
	if slices.ContainsFunc(found.Reviews, func(other FoundReview) bool { return other.Open && other.Organisation == r.Organisation }) {
		problems.Add(fault.Duplicate, "Your organisation is reviewing this event already; complete that review first.", "eventId")
		return Change{}, problems, nil
	}
	return Change{Status: to, Started: &r, Entry: entry(ctx, r.At, "review.started", found.Record.ID, reviewDetail(r.ID))}, nil, nil
}

// CompleteReview ends a review with what came of it. Anybody who may review for
// its organisation may complete it.
func (s *Service) CompleteReview(ctx context.Context, id uuid.UUID, outcome ReviewOutcome, notes *string) (*Review, *event.View, fault.Problems, error) {
	by := authz.FromContext(ctx)
	if err := signedIn(by); err != nil {
		return nil, nil, nil, err
	}
	of, err := s.eventOf(ctx, On{Review: id}, "There is no such review.")
	if err != nil {
		return nil, nil, nil, err
	}
	typed := texts{fieldNotes: notes}
	problems, err := s.actInWords(ctx, authz.ReviewEvent, of, id, typed, func(found Found, words event.Words, problems fault.Problems) (Change, fault.Problems, error) {
		r := CompletedReview{ID: id, At: s.instant(), By: by.ID, Outcome: outcome, Words: words}
		return completing(ctx, found, r, problems)
	})
	return s.reviewed(ctx, of, id, problems, err)
}

func completing(ctx context.Context, found Found, r CompletedReview, problems fault.Problems) (Change, fault.Problems, error) {
	at := slices.IndexFunc(found.Reviews, func(one FoundReview) bool { return one.ID == r.ID })
	if at < 0 {
		return Change{}, nil, fault.New(fault.NotFound, "There is no such review.")
	}
	review := found.Reviews[at]
	if !slices.Contains(found.Responsible, review.Organisation) {
		return Change{}, nil, forbidden()
	}
	if !review.Open {
		problems.Add(fault.AlreadyDecided, "This review has been completed; start another to add to it.", "reviewId")
		return Change{}, problems, nil
	}
	by := event.CompletingLastReview
	if slices.ContainsFunc(found.Reviews, func(other FoundReview) bool { return other.Open && other.ID != r.ID }) {
		by = event.CompletingReview
	}
	to, ok := event.After(found.Record.Status, by)
	if !ok {
		return Change{}, nil, fault.New(fault.Forbidden, event.Refusal(found.Record.Status))
	}
	detail := reviewDetail(r.ID)
	detail["outcome"] = string(r.Outcome)
	return Change{Status: to, Completed: &r, Entry: entry(ctx, r.At, "review.completed", found.Record.ID, detail)}, problems, nil
}

func reviewDetail(id uuid.UUID) map[string]string {
	return map[string]string{"review": gid.Format(gid.Review, id)}
}

// reviewed answers a review and its event as they stand after something was
// done to them; nothing where there are problems.
func (s *Service) reviewed(ctx context.Context, of, id uuid.UUID, problems fault.Problems, err error) (*Review, *event.View, fault.Problems, error) {
	if err != nil || len(problems) > 0 {
		return nil, nil, problems, err
	}
	view, err := s.event(ctx, of)
	if err != nil || view == nil {
		return nil, nil, nil, err
	}
	reviews, err := s.Reviews(ctx, []*event.View{view})
	if err != nil {
		return nil, nil, nil, err
	}
	for _, review := range reviews[0] {
		if review.record.ID == id {
			return review, view, nil, nil
		}
	}
	return nil, view, nil, nil
}
