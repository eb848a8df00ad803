package account

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"fmt"
	"math"
	"strings"
	"time"

	"golang.org/x/crypto/argon2"
	"golang.org/x/sync/semaphore"
	"golang.org/x/text/unicode/norm"

	"lfpse/internal/fault"
)

// Params say how much work a password hash is (Argon2id, RFC 9106).
type Params struct {
	Memory uint32 // KiB
	Passes uint32
	Lanes  uint8
}

// OWASPParams is the first recommendation of OWASP's Password Storage Cheat
// Sheet for Argon2id: 19 MiB, two passes, one lane.
func OWASPParams() Params { return Params{Memory: 19 * 1024, Passes: 2, Lanes: 1} }

const (
	saltLength = 16
	keyLength  = 32
	// maxMemory and maxPasses bound the work that a stored hash can ask for, so
	// that a row written by somebody else cannot stop the service.
	maxMemory = 256 * 1024
	maxPasses = 16
	// hashPatience is how long a sign-in waits for its turn to hash.
	hashPatience = 10 * time.Second
)

// Hasher hashes passwords, a few at a time: each one takes memory that an
// attacker who signs in a thousand times at once would otherwise exhaust. It
// may be used by many goroutines.
type Hasher struct {
	params Params
	turns  *semaphore.Weighted
	derive func(password, salt []byte, passes, memory uint32, lanes uint8, length uint32) []byte
}

// NewHasher makes a hasher that runs up to concurrent hashes at once.
func NewHasher(params Params, concurrent int) (*Hasher, error) {
	if err := params.validate(); err != nil {
		return nil, fmt.Errorf("password hashing: %w", err)
	}
	if concurrent < 1 {
		return nil, errors.New("password hashing: at least one at a time")
	}
	return &Hasher{params: params, turns: semaphore.NewWeighted(int64(concurrent)), derive: argon2.IDKey}, nil
}

func (p Params) validate() error {
	if p.Passes < 1 || p.Passes > maxPasses || p.Lanes < 1 || p.Memory < 8*uint32(p.Lanes) || p.Memory > maxMemory {
		return errors.New("parameters out of bounds")
	}
	return nil
}

// Hash hashes a password with a new salt, in the PHC string format.
func (h *Hasher) Hash(ctx context.Context, password string) (string, error) {
	salt := make([]byte, saltLength)
	if _, err := rand.Read(salt); err != nil {
		return "", fmt.Errorf("salting a password: %w", err)
	}
	key, err := h.run(ctx, h.params, password, salt, keyLength)
	if err != nil {
		return "", err
	}
	return encodeHash(h.params, salt, key), nil
}

// Verify tells whether a password is the one that a hash was made of, comparing
// in constant time. outdated tells that the hash was made with other parameters
// than new ones are.
func (h *Hasher) Verify(ctx context.Context, hash, password string) (ok, outdated bool, err error) {
	params, salt, want, err := decodeHash(hash)
	if err != nil {
		return false, false, err
	}
	got, err := h.run(ctx, params, password, salt, uint32(len(want)))
	if err != nil {
		return false, false, err
	}
	return subtle.ConstantTimeCompare(got, want) == 1, params != h.params, nil
}

func (h *Hasher) run(ctx context.Context, p Params, password string, salt []byte, length uint32) ([]byte, error) {
	waiting, cancel := context.WithTimeout(ctx, hashPatience)
	defer cancel()
	if err := h.turns.Acquire(waiting, 1); err != nil {
		if ctx.Err() != nil {
			return nil, fmt.Errorf("waiting to hash a password: %w", ctx.Err())
		}
		return nil, fault.Wrap(fault.RateLimited, "Too many people are signing in at once. Please try again in a minute.", err)
	}
	defer h.turns.Release(1)
	// NFC, so that an accented letter is the same from every keyboard (RFC 8265
	// §4.2.2).
	return h.derive(norm.NFC.Bytes([]byte(password)), salt, p.Passes, p.Memory, p.Lanes, length), nil
}

func encodeHash(p Params, salt, key []byte) string {
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, p.Memory, p.Passes, p.Lanes,
		base64.RawStdEncoding.EncodeToString(salt), base64.RawStdEncoding.EncodeToString(key))
}

var errHashForm = errors.New("a stored password hash is not Argon2id in PHC form")

func decodeHash(hash string) (p Params, salt, key []byte, err error) {
	parts := strings.Split(hash, "$")
	if len(parts) != 6 || parts[0] != "" || parts[1] != "argon2id" || parts[2] != fmt.Sprintf("v=%d", argon2.Version) {
		return Params{}, nil, nil, errHashForm
	}
	if _, err := fmt.Sscanf(parts[3], "m=%d,t=%d,p=%d", &p.Memory, &p.Passes, &p.Lanes); err != nil {
		return Params{}, nil, nil, errHashForm
	}
	if err := p.validate(); err != nil {
		return Params{}, nil, nil, fmt.Errorf("a stored password hash: %w", err)
	}
	if salt, err = base64.RawStdEncoding.Strict().DecodeString(parts[4]); err != nil {
		return Params{}, nil, nil, errHashForm
	}
	key, err = base64.RawStdEncoding.Strict().DecodeString(parts[5])
	if err != nil || len(salt) < 8 || len(key) < 16 || len(key) > math.MaxUint8 {
		return Params{}, nil, nil, errHashForm
	}
	return p, salt, key, nil
}
