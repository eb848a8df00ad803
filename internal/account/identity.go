package account

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"

	"lfpse/internal/audit"
	"lfpse/internal/authz"
	"lfpse/internal/fault"
)

// Identities verifies the tokens of an OpenID provider.
type Identities interface {
	// Issuer is the provider's name.
	Issuer() string
	// Names tells whether a token names the provider as its issuer, which is not
	// verified by that.
	Names(token string) bool
	// Verify answers whom a token is for, an e-mail address that the provider
	// vouches for, if any, and when it was issued. A token that is not good is a
	// fault of kind Unauthenticated.
	Verify(ctx context.Context, token string) (subject, email string, issued time.Time, err error)
}

// Identity is whom an OpenID provider knows somebody as.
type Identity struct {
	Issuer  string
	Subject string
}

// Linking connects an account with an identity.
type Linking struct {
	Account  uuid.UUID
	Identity Identity
	At       time.Time
	Entry    audit.Entry
}

// ErrLinked is a store's answer to a linking whose identity is another account's,
// or whose account has another identity of the provider.
var ErrLinked = errors.New("the identity or the account is linked already")

const (
	auditLinked audit.Action = "identity.linked"

	// freshFor is how old a token may be that connects an account: one that was
	// found lying about does not.
	freshFor = 10 * time.Minute
)

// presented is what a verified token says.
type presented struct {
	Identity
	email  string // in the form that accounts have; empty where nobody vouches for it
	issued time.Time
}

func (s *Service) verifyIdentity(ctx context.Context, token string) (presented, error) {
	subject, email, issued, err := s.identities.Verify(ctx, token)
	if err != nil {
		return presented{}, err
	}
	email, _ = ParseEmail(email)
	return presented{Identity: Identity{Issuer: s.identities.Issuer(), Subject: subject}, email: email, issued: issued.UTC()}, nil
}

// authenticateIdentity answers whom a token of the OpenID provider stands for. The
// first time, it links the identity with the account of its verified e-mail
// address. Whoever has no account that can be used gets one and the same answer.
func (s *Service) authenticateIdentity(ctx context.Context, token string) (Caller, error) {
	p, err := s.verifyIdentity(ctx, token)
	if err != nil {
		return Caller{}, fmt.Errorf("verifying a token of the OpenID provider: %w", err)
	}
	caller, used, found, err := s.store.CallerByIdentity(ctx, p.Identity, s.instant())
	if err != nil {
		return Caller{}, fmt.Errorf("reading who has an identity: %w", err)
	}
	if !found || !admits(IdentityToken, caller.Account.Status) {
		if caller, err = s.firstUse(ctx, p); err != nil {
			return Caller{}, err
		}
		used = time.Time{}
	}
	if !p.issued.After(used) {
		return caller, nil
	}
	entry := s.entry(s.instant(), caller.Account.ID, auditOpened, map[string]string{"proof": string(IdentityToken)})
	if err := s.store.UseIdentity(ctx, p.Identity, p.issued, entry); err != nil {
		return Caller{}, fmt.Errorf("keeping that an identity was used: %w", err)
	}
	return caller, nil
}

// presentByIdentity answers whom an account stands for now that is connected with
// an identity of the provider.
func (s *Service) presentByIdentity(ctx context.Context, account uuid.UUID) (authz.Principal, bool, error) {
	if s.identities == nil {
		return authz.Principal{}, false, nil
	}
	caller, found, err := s.store.CallerLinked(ctx, account, s.identities.Issuer(), s.instant())
	if err != nil {
		return authz.Principal{}, false, fmt.Errorf("reading whose identity is connected: %w", err)
	}
	if !found || !admits(IdentityToken, caller.Account.Status) {
		return authz.Principal{}, false, nil
	}
	return caller.Principal, true, nil
}

// firstUse proves that somebody whose identity is not linked, or is linked with an
// account that cannot be used, owns an account all the same.
func (s *Service) firstUse(ctx context.Context, p presented) (Caller, error) {
	claimed := claim{
		proof: IdentityToken, email: p.throttled(),
		find: func(ctx context.Context) (Stored, error) { return s.ownerOf(ctx, p) },
	}
	owner, problems, err := s.prove(ctx, claimed)
	if err != nil {
		return Caller{}, err
	}
	if len(problems) > 0 {
		return Caller{}, notConnected(problems, nil)
	}
	err = s.store.Link(ctx, Linking{
		Account: owner.ID, Identity: p.Identity, At: s.instant(),
		Entry: s.entry(s.instant(), owner.ID, auditLinked, map[string]string{"by": "email"}),
	})
	if isOvertaken(err) || errors.Is(err, ErrLinked) {
		problems, failed := s.overtaken(ctx, claimed, owner.Stored)
		return Caller{}, errors.Join(notConnected(problems, err), failed)
	}
	if err != nil {
		return Caller{}, fmt.Errorf("linking an identity: %w", err)
	}
	s.throttle.forgive(claimed.email)
	caller, _, found, err := s.store.CallerByIdentity(ctx, p.Identity, s.instant())
	if err == nil && (!found || !admits(IdentityToken, caller.Account.Status)) {
		err = unauthenticated(ErrOvertaken)
	}
	return caller, err
}

// ownerOf answers the account that is linked with an identity, else that of the
// address which the provider vouches for.
func (s *Service) ownerOf(ctx context.Context, p presented) (Stored, error) {
	stored, err := s.store.CredentialsByIdentity(ctx, p.Identity)
	if err != nil || stored.ID != uuid.Nil || p.email == "" {
		return stored, err
	}
	return s.store.CredentialsByEmail(ctx, p.email)
}

// throttled is what tries are counted by: no address of anybody's.
func (p presented) throttled() string {
	sum := sha256.Sum256([]byte(p.Issuer + "\n" + p.Subject))
	return "identity " + hex.EncodeToString(sum[:])
}

// notConnected is the fault of whoever has an identity and no account with it.
func notConnected(problems fault.Problems, cause error) error {
	return fault.Wrap(fault.Unauthenticated, problems[0].Message, cause)
}

// admits tells whether a proof is taken of an account in a status.
func admits(proof Proof, status Status) bool {
	return slices.Contains(checks()[proof].in, status)
}

// LinkIdentity connects the caller's account with the identity that a token of
// the OpenID provider proves. Twice is once.
func (s *Service) LinkIdentity(ctx context.Context, who *Caller, token string) (*Caller, fault.Problems, error) {
	if who == nil || who.Principal.Kind != authz.Account {
		return nil, nil, errSignIn()
	}
	var problems fault.Problems
	if s.identities == nil {
		problems.Add(fault.NotAllowed, "No OpenID provider is set up here.", "idToken")
		return nil, problems, nil
	}
	p, err := s.verifyIdentity(ctx, token)
	switch {
	case err != nil && fault.KindOf(err) != fault.Unauthenticated:
		return nil, nil, fmt.Errorf("verifying an identity: %w", err)
	case err != nil:
		problems.Add(fault.Invalid, "This is not a token that the OpenID provider made for this service, or it is no longer good.", "idToken")
	case s.now().Sub(p.issued) > freshFor:
		problems.Add(fault.Expired, "This token is some time old. Please sign in to the OpenID provider once more.", "idToken")
	}
	if len(problems) > 0 {
		return nil, problems, nil
	}
	err = s.store.Link(ctx, Linking{
		Account: who.Account.ID, Identity: p.Identity, At: s.instant(),
		Entry: s.entry(s.instant(), who.Account.ID, auditLinked, map[string]string{"by": "account"}),
	})
	switch {
	case errors.Is(err, ErrLinked):
		problems.Add(fault.Duplicate, "This identity is connected with another account, or this account with another identity.", "idToken")
		return nil, problems, nil
	case isOvertaken(err):
		return nil, nil, unauthenticated(err)
	case err != nil:
		return nil, nil, fmt.Errorf("linking an identity: %w", err)
	}
	return s.anew(ctx, *who)
}

// anew reads a caller once more, as they are now.
func (s *Service) anew(ctx context.Context, who Caller) (*Caller, fault.Problems, error) {
	now, found, err := s.read(ctx, who)
	if err != nil {
		return nil, nil, fmt.Errorf("reading who is signed in: %w", err)
	}
	if !found {
		return nil, nil, unauthenticated(ErrOvertaken)
	}
	return &now, nil, nil
}

func (s *Service) read(ctx context.Context, who Caller) (Caller, bool, error) {
	if who.Identity == nil {
		return s.store.SignedIn(ctx, who.Account.ID, who.Family, s.instant())
	}
	now, _, found, err := s.store.CallerByIdentity(ctx, *who.Identity, s.instant())
	return now, found && admits(IdentityToken, now.Account.Status), err
}
