package account

import (
	"context"
	"encoding/hex"
	"errors"
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
	if err := s.throttle.admit(email, c.From); err != nil {
		return nil, nil, err
	}
	stored, err := s.store.CredentialsByEmail(ctx, email)
	if err != nil {
		return nil, nil, fmt.Errorf("signing in: %w", err)
	}
	why, outdated, err := s.prove(ctx, stored, c.Password)
	if err != nil {
		return nil, nil, fmt.Errorf("signing in: %w", err)
	}
	if why != "" {
		return s.refuse(ctx, stored.ID, why)
	}
	session, err := s.open(ctx, stored, c.Password, outdated)
	if errors.Is(err, ErrOvertaken) {
		return s.refuse(ctx, stored.ID, "overtaken")
	}
	if err != nil {
		return nil, nil, fmt.Errorf("signing in: %w", err)
	}
	s.throttle.forgive(email)
	return session, nil, nil
}

// prove verifies a password, against the decoy where there is nothing to verify
// against. why is empty where somebody may sign in, else a code for the audit.
func (s *Service) prove(ctx context.Context, stored Stored, password string) (why string, outdated bool, err error) {
	hash := stored.PasswordHash
	if hash == "" {
		hash = s.decoy
	}
	ok, outdated, err := s.hasher.Verify(ctx, hash, password)
	switch {
	case err != nil:
		return "", false, err
	case stored.ID == uuid.Nil:
		return "unknown", false, nil
	case stored.PasswordHash == "" || !ok:
		return "password", false, nil
	case stored.Status != Active:
		return "status", false, nil
	default:
		return "", outdated, nil
	}
}

func (s *Service) refuse(ctx context.Context, account uuid.UUID, why string) (*Session, fault.Problems, error) {
	entry := audit.Entry{
		At: s.instant(), ActorKind: audit.Anonymous,
		Action: auditRefused, Subject: subject(account), Detail: map[string]string{"why": why},
	}
	if err := s.store.Audit(ctx, entry); err != nil {
		return nil, nil, fmt.Errorf("signing in: %w", err)
	}
	var problems fault.Problems
	problems.Add(fault.Invalid, "The e-mail address or the password is not right.", "email")
	return nil, problems, nil
}

func (s *Service) open(ctx context.Context, stored Stored, password string, outdated bool) (*Session, error) {
	now := s.instant()
	family := uuid.New()
	refresh, hash, err := newSecret()
	if err != nil {
		return nil, err
	}
	ends := now.Add(sessionLimit)
	opening := Opening{
		Family: family, Account: stored.ID, ExpiresAt: ends, Token: keep(hash, now, ends),
		Proved: stored.PasswordHash,
		Entry:  s.entry(now, stored.ID, auditOpened, familyDetail(family)),
	}
	if outdated {
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
