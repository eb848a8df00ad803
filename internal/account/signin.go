package account

import (
	"context"
	"encoding/hex"
	"fmt"
	"net/netip"
	"time"

	"github.com/google/uuid"

	"lfpse/internal/audit"
	"lfpse/internal/fault"
	"lfpse/internal/gid"
)

// What is kept about sessions.
const (
	auditOpened  audit.Action = "session.opened"
	auditRefused audit.Action = "session.refused"
	auditEnded   audit.Action = "session.ended"
	auditReused  audit.Action = "session.token_reused"
)

// Credentials are what somebody signs in with.
type Credentials struct {
	Email    string
	Password string
	// From is the network address that the try comes from, for the throttle
	// alone; the zero Addr where it is not known.
	From netip.Addr
}

// Session is what a sign-in or a renewal gives.
type Session struct {
	AccessToken  string
	RefreshToken string
	ExpiresAt    time.Time // when the access token ends
	Caller       Caller
}

// SignIn begins a session. A wrong password, an address of nobody and an account
// that is not active get one and the same answer after the same work: nobody
// learns by it who has an account. Too many tries are a fault of kind
// RateLimited, whether or not the address is anybody's.
func (s *Service) SignIn(ctx context.Context, c Credentials) (*Session, fault.Problems, error) {
	// What is no address is the empty one, which is looked up all the same:
	// nobody has it.
	email, _ := ParseEmail(c.Email)
	claimed := claim{
		proof: PasswordToSignIn, secret: c.Password, email: email, from: c.From,
		find: func(ctx context.Context) (Stored, error) { return s.store.CredentialsByEmail(ctx, email) },
	}
	owner, problems, err := s.prove(ctx, claimed)
	if err != nil {
		return nil, nil, fmt.Errorf("signing in: %w", err)
	}
	if len(problems) > 0 {
		return nil, problems, nil
	}
	session, err := s.open(ctx, owner, c.Password)
	if isOvertaken(err) {
		problems, err := s.overtaken(ctx, claimed, owner.Stored)
		return nil, problems, err
	}
	if err != nil {
		return nil, nil, fmt.Errorf("signing in: %w", err)
	}
	s.throttle.forgive(email)
	return session, nil, nil
}

func (s *Service) open(ctx context.Context, owner proved, password string) (*Session, error) {
	opening, refresh, err := s.opening(owner.ID)
	if err != nil {
		return nil, err
	}
	opening.Proved = owner.PasswordHash
	if owner.outdated {
		if opening.Rehash, err = s.hasher.Hash(ctx, password); err != nil {
			return nil, err
		}
	}
	caller, err := s.store.OpenSession(ctx, opening)
	if err != nil {
		return nil, err
	}
	return s.session(caller, refresh)
}

// session gives a caller what it goes on with.
func (s *Service) session(caller Caller, refresh string) (*Session, error) {
	access, expires, err := s.tokens.Issue(caller.Account.ID, caller.Family)
	if err != nil {
		return nil, err
	}
	return &Session{AccessToken: access, RefreshToken: refresh, ExpiresAt: expires, Caller: caller}, nil
}

// SignOut ends the session that the caller's access token belongs to: neither
// that token nor any refresh token of the session is good from then on. It tells
// whether there was a session to end.
func (s *Service) SignOut(ctx context.Context, caller Caller) (bool, error) {
	if caller.Family == uuid.Nil {
		return false, nil
	}
	entry := s.entry(s.instant(), caller.Account.ID, auditEnded, familyDetail(caller.Family))
	ended, err := s.store.EndSession(ctx, caller.Family, entry)
	if err != nil {
		return false, fmt.Errorf("signing out: %w", err)
	}
	return ended, nil
}

// subject is an account's id in the graph, or nothing for no account.
func subject(account uuid.UUID) string {
	if account == uuid.Nil {
		return ""
	}
	return gid.Format(gid.Account, account)
}

func familyDetail(family uuid.UUID) map[string]string {
	return map[string]string{"family": hex.EncodeToString(family[:])}
}
