// Package export takes events away as CSV, in two steps: an account asks for a link, and whoever has the link fetches
// the file, once, within minutes. What the file holds is decided when it is fetched.
package export

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"time"

	"github.com/google/uuid"

	"lfpse/internal/event"
	"lfpse/internal/gid"
)

// Lifetime is how long a link is good for.
const Lifetime = 5 * time.Minute

// secretBytes is how much of a link cannot be guessed: 256 bits.
const secretBytes = 32

// Export is a file that can be fetched.
type Export struct {
	Key       uuid.UUID
	URL       string // holds the secret: it is answered once, and neither kept nor logged
	ExpiresAt time.Time
	// Filter says which events it holds.
	Filter *event.Filter
}

// ID is the export's id in the graph, which finds nothing.
func (e *Export) ID() string { return gid.Format(gid.Export, e.Key) }

// Hash is what a link is known by. Nobody can try 2^256 links, so that a plain hash keeps
// them as well as one that is slow.
type Hash [sha256.Size]byte

// newSecret draws what makes a link.
func newSecret() (secret string, hash Hash, err error) {
	raw := make([]byte, secretBytes)
	if _, err := rand.Read(raw); err != nil {
		return "", Hash{}, fmt.Errorf("drawing a link: %w", err)
	}
	secret = base64.RawURLEncoding.EncodeToString(raw)
	return secret, hashOf(secret), nil
}

func hashOf(secret string) Hash { return sha256.Sum256([]byte(secret)) }

// Request is what is kept of an export until it is fetched. What was asked for is sealed: a
// search may hold a name.
type Request struct {
	Key       uuid.UUID
	Account   uuid.UUID
	Family    uuid.UUID // the session in which it was asked for
	Sealed    []byte
	CreatedAt time.Time
	ExpiresAt time.Time
}

// asked is what is sealed.
type asked struct {
	Filter  *event.Filter `json:"filter,omitempty"`
	Columns []string      `json:"columns,omitempty"`
}

// binding ties what is sealed to its request.
func (r Request) binding() []byte { return append([]byte("event_export\x00"), r.Key[:]...) }
