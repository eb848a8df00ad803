package event

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"

	"lfpse/internal/authz"
	"lfpse/internal/fault"
)

// Changer changes events. Each change is one transaction, which locks the event
// first and makes nothing of it where the event no longer stands as Expected:
// that is ErrOvertaken.
type Changer interface {
	// Subject answers one event with what changing it takes; ok is false where
	// it does not exist for the scope's reader.
	Subject(ctx context.Context, scope authz.Scope, action authz.Action, id uuid.UUID) (subject Subject, ok bool, err error)
	// InsertDraft writes a new draft. ErrReferenceTaken means that nothing was written.
	InsertDraft(ctx context.Context, d Draft) error
	// ReplaceDraft gives a draft another content.
	ReplaceDraft(ctx context.Context, e Expected, d Draft) error
	// DeleteDraft removes a draft and everything about it.
	DeleteDraft(ctx context.Context, e Expected) error
	// SubmitDraft makes a submission of a draft, under its id and reference.
	SubmitDraft(ctx context.Context, e Expected, s Submission) error
	// Revise writes the next revision of an event.
	Revise(ctx context.Context, e Expected, r Revised) error
	// Withdraw makes a tombstone of an event.
	Withdraw(ctx context.Context, e Expected, w Withdrawn) error
	Rewriter
}

// Subject is one event with everything that changing it takes, whoever is to
// see what of it. It never reaches the graph.
type Subject struct {
	Record    Record // as the reader is shown it
	Permitted bool   // whether the reader may do the action
	// Anonymised are its texts without identifiers, for whatever reader.
	Anonymised map[string]string
	Patients   []PatientRecord // with their ages
	Original   []byte          // the sealed original of its current revision, or of the draft
	Round      int             // how often its texts have been anonymised anew
}

// Expected is how an event must still stand for a change to be made.
type Expected struct {
	Scope    authz.Scope
	Action   authz.Action
	ID       uuid.UUID
	Status   Status
	Revision int
	Round    int
	// UpdatedAt is when it was changed last; nil where that does not matter.
	UpdatedAt *time.Time
}

// ErrOvertaken says that an event no longer stands as it was read: nothing was
// changed.
var ErrOvertaken = errors.New("somebody else changed the event first")

// maxTries bounds how often a change is decided anew because somebody else's
// came first.
const maxTries = 5

// decided makes a change, deciding anew while it is overtaken.
func decided(change func() (uuid.UUID, fault.Problems, error)) (uuid.UUID, fault.Problems, error) {
	for range maxTries {
		id, problems, err := change()
		if !errors.Is(err, ErrOvertaken) {
			return id, problems, err
		}
	}
	return uuid.Nil, nil, fault.New(fault.Conflict, "Others are changing this event at the same time; try again.")
}

// answered is how the reader sees an event that a change was made to; nil where
// there are problems.
func (s *Service) answered(ctx context.Context, id uuid.UUID, problems fault.Problems, err error) (*View, fault.Problems, error) {
	if err != nil || len(problems) > 0 {
		return nil, problems, err
	}
	views, err := s.FindByID(ctx, []uuid.UUID{id})
	if err != nil {
		return nil, nil, err
	}
	return views[0], nil, nil
}

// signedIn answers an error for who has not.
func signedIn(p authz.Principal) error {
	if p.Kind == authz.Anonymous || p.Kind == "" {
		return fault.New(fault.Unauthenticated, "Sign in first.")
	}
	return nil
}

// subject finds the event that the reader wants to do something to, and where
// that would lead. What does not exist for the reader is not found; what exists
// and may not be done, by the reader or from where the event stands, is
// forbidden.
func (s *Service) subject(ctx context.Context, by Operation, action authz.Action, id uuid.UUID) (Subject, Expected, Status, error) {
	scope, err := s.scope(ctx)
	if err != nil {
		return Subject{}, Expected{}, statusNone, err
	}
	found, ok, err := s.store.Subject(ctx, scope, action, id)
	if err != nil {
		return Subject{}, Expected{}, statusNone, fmt.Errorf("reading an event to change it: %w", err)
	}
	if !ok {
		return Subject{}, Expected{}, statusNone, fault.New(fault.NotFound, "There is no such event.")
	}
	to, ok := after(found.Record.Status, by)
	if !ok {
		return Subject{}, Expected{}, statusNone, fault.New(fault.Forbidden, refusal(found.Record.Status))
	}
	if !found.Permitted {
		return Subject{}, Expected{}, statusNone, fault.New(fault.Forbidden, "Your account may not do this.")
	}
	return found, Expected{
		Scope: scope, Action: action, ID: id, Status: found.Record.Status, Revision: found.Record.Revision, Round: found.Round,
	}, to, nil
}

// refusal says why an operation leads nowhere from a state.
func refusal(from Status) string {
	switch from {
	case StatusDraft:
		return "This is a draft: save, submit or delete it."
	case StatusWithdrawn:
		return "This event was withdrawn; nothing about it changes any more."
	}
	return "This event has been submitted: update or withdraw it."
}
