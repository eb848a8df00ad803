package event

import (
	"errors"
	"maps"
	"slices"
	"time"

	"github.com/google/uuid"

	"lfpse/internal/authz"
)

// Submission is everything that recording an event writes, in one transaction.
type Submission struct {
	Row      Row
	Patients []PatientRecord
	Original []byte // the sealed texts of revision 1
	// Key is the caller's idempotency key; nil where none was given.
	Key *IdempotencyKey
	// Local is the reference of the client that sent it; nil for others.
	Local *LocalReference
	// Elsewhere are where it occurred beside the organisation that recorded it.
	Elsewhere []Elsewhere
	// Audited is false for anonymous events, of which no trail is kept.
	Audited bool
}

// Row is an event's own row and its first revision.
type Row struct {
	Record
	OccurredUntil    *time.Time
	RedactionVersion string
	Reasons          []string
	Author           authz.Principal
}

// IdempotencyKey is a key of a caller's choice, as hashes.
type IdempotencyKey struct {
	PrincipalID uuid.UUID
	KeyHash     []byte
	ContentHash []byte
	// Since bounds how long a key counts: what was recorded under it before is
	// as nothing. Zero for ever.
	Since time.Time
}

// Inserted says what became of a submission.
type Inserted struct {
	// ID is the event's: the new one, or where the key was known the one that
	// was recorded under it.
	ID uuid.UUID
	// SameContent is false where the key was known with other content: nothing was written.
	SameContent bool
}

// AnonymousKey is what is kept of an anonymous caller's idempotency key.
type AnonymousKey struct {
	Digest    []byte // keyed hash of key and content
	Salt      []byte // from which the first try drew its reference
	ExpiresAt time.Time
}

// ErrReferenceTaken says that a reference just drawn belongs to another event:
// another has to be drawn.
var ErrReferenceTaken = errors.New("the reference is taken")

// worst answers the worst of patients' harms; nil where none was graded.
func worst[E ~string](scale vocabulary[E], patients []PatientRecord, harm func(PatientRecord) *E) *E {
	var found *E
	for _, p := range patients {
		h := harm(p)
		if h == nil {
			continue
		}
		if found == nil || slices.Index(scale, *h) > slices.Index(scale, *found) {
			found = h
		}
	}
	return found
}

func sortedKeys[V any](byField map[string]V) []string {
	return slices.Sorted(maps.Keys(byField))
}
