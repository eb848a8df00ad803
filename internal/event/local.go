package event

import (
	"context"
	"errors"

	"github.com/google/uuid"

	"lfpse/internal/fault"
)

// The most that a client sends at once, and the longest reference of its own.
const (
	MaxSubmitted      = 1000
	MaxLocalReference = 200 // characters
)

// Local is an event as a client has it.
type Local struct {
	Reference string
	// Revision is the one that the client knows and writes over; nil for the one
	// that it wrote itself.
	Revision *int
	Input    Input
}

// Outcome is what became of an event that a client sent.
type Outcome string

// The outcomes, as the graph's SubmissionOutcome has them.
const (
	OutcomeCreated   Outcome = "CREATED"
	OutcomeUpdated   Outcome = "UPDATED"
	OutcomeUnchanged Outcome = "UNCHANGED"
	OutcomeConflict  Outcome = "CONFLICT"
	OutcomeRefused   Outcome = "REFUSED"
)

// Submitted is what became of one event that a client sent.
type Submitted struct {
	LocalReference string
	Outcome        Outcome
	Event          *View
	Problems       fault.Problems

	id uuid.UUID // zero where there is no event
}

// LocalReference is what is kept of a client's own reference to an event: hashes
// under the service's secret, because a reference may name a patient, and content does.
type LocalReference struct {
	Client        uuid.UUID
	ReferenceHash []byte
	ContentHash   []byte
}

// Referred is the event that a client refers to, as the client last sent it.
type Referred struct {
	ID uuid.UUID
	// ContentHash is nil where the client has said something else since, by another
	// way than this.
	ContentHash []byte
	Revision    int // which the client's last word made, whichever way it came
}

// ErrRevoked says that a client was revoked since it was asked who it is:
// nothing was written.
var ErrRevoked = errors.New("the client was revoked")

// LocalStore keeps what clients send.
type LocalStore interface {
	// Referred answers the events that a client refers to, by the hash of its reference.
	Referred(ctx context.Context, client uuid.UUID, hashes [][]byte) (map[string]Referred, error)
	// InsertLocal writes submissions of one client in one transaction, all or none,
	// but for those whose reference is known by then: it answers whether each was
	// written. ErrReferenceTaken means that nothing was.
	InsertLocal(ctx context.Context, client uuid.UUID, submissions []Submission) (written []bool, err error)
	// Refer keeps that what a client sent is what stands, without a revision of it.
	Refer(ctx context.Context, r LocalReference, revision int) error
}

// localReference makes what is kept of a client's reference to an event.
func (s *Service) localReference(client uuid.UUID, l *Local) *LocalReference {
	return &LocalReference{
		Client:        client,
		ReferenceHash: s.hash("local reference", client[:], []byte(l.Reference)),
		ContentHash:   s.hash("local content", client[:], content(&l.Input)),
	}
}
