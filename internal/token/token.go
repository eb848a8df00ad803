// Package token makes and reads access tokens: short-lived, signed, and saying
// no more than which account and which session they stand for. Whether either
// is still good is not in the token: that is asked of the database on each
// request, so that a change of access takes hold at once.
//
// Tokens are JSON Web Tokens for access (RFC 9068) signed with Ed25519
// (RFC 8037). The keys live in a file outside the database, so that nobody who
// reads a copy of the database can make one.
package token

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"sync"
	"time"

	"github.com/google/uuid"
	lru "github.com/hashicorp/golang-lru/v2"
	"github.com/lestrrat-go/jwx/v3/jwa"
	"github.com/lestrrat-go/jwx/v3/jws"
	"github.com/lestrrat-go/jwx/v3/jwt"

	"lfpse/internal/gid"
)

// Lifetime is how long an access token is good for: short, because whoever
// copies one has it until then, and long enough that renewing it is not felt.
const Lifetime = 10 * time.Minute

const (
	mediaType    = "at+jwt" // RFC 9068 §2.1: keeps other kinds of token apart
	sessionClaim = "sid"
	// maxLength is several times what Issue writes: longer ones are not decoded.
	maxLength = 2048
	// skew is by how much the clocks of two servers may disagree.
	skew = 5 * time.Second
)

// Options say whose tokens they are.
type Options struct {
	Issuer   string           // the service's own name, put in every token and wanted in each
	Audience string           // who is to accept them
	Now      func() time.Time // the clock
}

// Tokens makes and reads access tokens. It may be used by many goroutines.
type Tokens struct {
	path    string
	options Options
	known   *memory

	mu   sync.RWMutex
	held *keys
}

// Open reads a key file that Create made.
func Open(path string, options Options) (*Tokens, error) {
	if options.Issuer == "" || options.Audience == "" || options.Now == nil {
		return nil, errors.New("opening the key file: issuer, audience and clock are all wanted")
	}
	held, err := load(path)
	if err != nil {
		return nil, err
	}
	known, err := lru.New[[sha256.Size]byte, verified](remembered)
	if err != nil {
		return nil, fmt.Errorf("opening the key file: %w", err)
	}
	return &Tokens{path: path, options: options, known: known, held: held}, nil
}

// Issue signs a token for an account and the session family that it belongs
// to, and answers when it ends.
func (t *Tokens) Issue(account, family uuid.UUID) (string, time.Time, error) {
	held, err := t.current()
	if err != nil {
		return "", time.Time{}, err
	}
	now := t.options.Now().UTC().Truncate(time.Second)
	expires := now.Add(Lifetime)
	claims, err := jwt.NewBuilder().
		Issuer(t.options.Issuer).
		Audience([]string{t.options.Audience}).
		Subject(gid.Format(gid.Account, account)).
		Claim(sessionClaim, hex.EncodeToString(family[:])).
		IssuedAt(now).
		Expiration(expires).
		Build()
	if err != nil {
		return "", time.Time{}, fmt.Errorf("making an access token: %w", err)
	}
	header := jws.NewHeaders()
	if err := header.Set(jws.TypeKey, mediaType); err != nil {
		return "", time.Time{}, fmt.Errorf("making an access token: %w", err)
	}
	signed, err := jwt.Sign(claims, jwt.WithKey(jwa.EdDSA(), held.signing, jws.WithProtectedHeaders(header)))
	if err != nil {
		return "", time.Time{}, fmt.Errorf("signing an access token: %w", err)
	}
	return string(signed), expires, nil
}

// Verify reads a token that Issue made. Its error says why a token is not good,
// for the log; it repeats nothing of the token.
func (t *Tokens) Verify(token string) (account, family uuid.UUID, err error) {
	if len(token) > maxLength {
		return uuid.Nil, uuid.Nil, errors.New("access token: too long")
	}
	held, err := t.current()
	if err != nil {
		return uuid.Nil, uuid.Nil, err
	}
	digest := sha256.Sum256([]byte(token))
	if known, ok := t.known.Get(digest); ok && known.holds(held, t.options.Now()) {
		return known.account, known.family, nil
	}
	claims, key, err := t.verify(token, held)
	if err != nil {
		return uuid.Nil, uuid.Nil, err
	}
	account, family, err = subjectOf(claims)
	if err == nil {
		t.known.Add(digest, lasting(account, family, claims, key, held))
	}
	return account, family, err
}

// verify reads a token by the keys of a file, and answers the key that it was
// signed with.
func (t *Tokens) verify(token string, held *keys) (jwt.Token, trustedKey, error) {
	var key trustedKey
	provide := func(_ context.Context, sink jws.KeySink, signature *jws.Signature, message *jws.Message) (err error) {
		key, err = t.provide(held, sink, signature, message)
		return err
	}
	claims, err := jwt.ParseString(token,
		jwt.WithKeyProvider(jws.KeyProviderFunc(provide)),
		jwt.WithClock(jwt.ClockFunc(t.options.Now)),
		jwt.WithAcceptableSkew(skew),
		jwt.WithIssuer(t.options.Issuer),
		jwt.WithAudience(t.options.Audience),
		jwt.WithRequiredClaim(jwt.IssuedAtKey),
		jwt.WithRequiredClaim(jwt.ExpirationKey),
		jwt.WithRequiredClaim(jwt.SubjectKey),
		jwt.WithRequiredClaim(sessionClaim),
		jwt.WithMaxDelta(Lifetime, jwt.ExpirationKey, jwt.IssuedAtKey),
	)
	if err != nil {
		return nil, trustedKey{}, reasonOf(err)
	}
	return claims, key, nil
}

func subjectOf(claims jwt.Token) (account, family uuid.UUID, err error) {
	subject, _ := claims.Subject()
	account, ok := gid.ParseAs(gid.Account, subject)
	if !ok {
		return uuid.Nil, uuid.Nil, errors.New("access token: the subject is no account")
	}
	var session string
	if err := claims.Get(sessionClaim, &session); err != nil || len(session) != hex.EncodedLen(len(family)) {
		return uuid.Nil, uuid.Nil, errors.New("access token: it names no session")
	}
	if _, err := hex.Decode(family[:], []byte(session)); err != nil {
		return uuid.Nil, uuid.Nil, errors.New("access token: it names no session")
	}
	return account, family, nil
}

// reasonOf gives a reason in our own words: the library's may quote the token.
func reasonOf(err error) error {
	reasons := []struct {
		is   error
		text string
	}{
		{jwt.TokenExpiredError(), "expired"},
		{jwt.InvalidIssuerError(), "another issuer's"},
		{jwt.InvalidAudienceError(), "for somebody else"},
		{jwt.InvalidIssuedAtError(), "issued in the future"},
		{jwt.MissingRequiredClaimError(), "a claim is missing"},
	}
	for _, reason := range reasons {
		if errors.Is(err, reason.is) {
			return errors.New("access token: " + reason.text)
		}
	}
	return errors.New("access token: malformed, or signed by nobody whom we trust")
}

// provide answers the one key that a token may be verified with. The algorithm
// is ours to choose, never the token's: one that names another finds no key.
func (t *Tokens) provide(held *keys, sink jws.KeySink, signature *jws.Signature, message *jws.Message) (trustedKey, error) {
	if len(message.Signatures()) != 1 {
		return trustedKey{}, errors.New("not exactly one signature")
	}
	header := signature.ProtectedHeaders()
	if algorithm, ok := header.Algorithm(); !ok || algorithm != jwa.EdDSA() {
		return trustedKey{}, errors.New("not our algorithm")
	}
	if kind, ok := header.Type(); !ok || kind != mediaType {
		return trustedKey{}, errors.New("not an access token")
	}
	id, ok := header.KeyID()
	if !ok {
		return trustedKey{}, errors.New("no key id")
	}
	key, err := t.trusted(held, id)
	if err != nil {
		return trustedKey{}, err
	}
	sink.Key(jwa.EdDSA(), key.public)
	return key, nil
}

// trusted looks a key up in the file as it is now, so that a key that somebody
// has rotated or removed counts in every process at once.
func (t *Tokens) trusted(held *keys, id string) (trustedKey, error) {
	key, ok := held.trusted[id]
	if !ok || (!key.until.IsZero() && !t.options.Now().Before(key.until)) {
		return trustedKey{}, errors.New("not a key that we trust")
	}
	return key, nil
}

// current answers the keys of the file as it is now, reading it only when it
// has been replaced.
func (t *Tokens) current() (*keys, error) {
	info, err := os.Stat(t.path)
	if err != nil {
		return nil, fmt.Errorf("reading the key file: %w", err)
	}
	t.mu.RLock()
	held := t.held
	t.mu.RUnlock()
	if os.SameFile(info, held.read) && info.ModTime().Equal(held.read.ModTime()) {
		return held, nil
	}
	held, err = load(t.path)
	if err != nil {
		return nil, err
	}
	t.mu.Lock()
	t.held = held
	t.mu.Unlock()
	return held, nil
}
