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
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"sync"
	"time"

	"github.com/google/uuid"
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
	return &Tokens{path: path, options: options, held: held}, nil
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
	claims, err := jwt.ParseString(token,
		jwt.WithKeyProvider(jws.KeyProviderFunc(t.provide)),
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
		return uuid.Nil, uuid.Nil, reasonOf(err)
	}
	return subjectOf(claims)
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
func (t *Tokens) provide(_ context.Context, sink jws.KeySink, signature *jws.Signature, message *jws.Message) error {
	if len(message.Signatures()) != 1 {
		return errors.New("not exactly one signature")
	}
	header := signature.ProtectedHeaders()
	if algorithm, ok := header.Algorithm(); !ok || algorithm != jwa.EdDSA() {
		return errors.New("not our algorithm")
	}
	if kind, ok := header.Type(); !ok || kind != mediaType {
		return errors.New("not an access token")
	}
	id, ok := header.KeyID()
	if !ok {
		return errors.New("no key id")
	}
	key, err := t.trusted(id)
	if err != nil {
		return err
	}
	sink.Key(jwa.EdDSA(), key.public)
	return nil
}

// trusted looks a key up in the file as it is now, so that a key that somebody
// has rotated or removed counts in every process at once.
func (t *Tokens) trusted(id string) (trustedKey, error) {
	held, err := t.current()
	if err != nil {
		return trustedKey{}, err
	}
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
