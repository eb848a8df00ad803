package account

import (
	"context"
	"time"

	"github.com/google/uuid"

	"lfpse/internal/audit"
	"lfpse/internal/authz"
	"lfpse/internal/notification"
)

// Change is what happens to one account at once: all of it or, where the
// account is no longer as the change takes it to be, nothing: ErrOvertaken.
type Change struct {
	Account uuid.UUID
	// By is who decides about somebody else's account, as they were when they were
	// asked who they are; the zero Principal for nobody else.
	By authz.Principal

	// What it takes the account to be.
	In     []Status   // one of these; any where empty
	Proved string     // the password hash that was proved; any where empty
	Uses   *TokenHash // a link that is good now and is used up; none where nil
	// Waits takes the account to have an organisation in words.
	Waits bool

	// What it makes of it; zero values change nothing.
	Move         Move // its status; the account must be where the move begins
	PasswordHash string
	Question     string
	AnswerHash   string
	Profile      *Record   // names, job role; organisations, in words too, where any list is given
	Organisation string    // added to the profile; the one in words is resolved by it
	Joins        string    // an organisation added to the profile
	Leaves       string    // one taken from it, and what came with it by itself
	Gains        Access    // what comes with it by itself
	EndGrants    bool      // all of them, and requests that wait
	DropWords    bool      // the organisation in words is dropped
	Reason       string    // why a registration was decided so
	Forgive      bool      // failures are forgotten
	EndSessions  bool      // all of them
	Keep         uuid.UUID // but this one
	NewLink      *Link     // and former ones of its purpose are over
	EndLinks     []Purpose // links of these purposes are over
	Opening      *Opening  // a session begins

	At      time.Time
	Entries []audit.Entry
	Mails   []notification.Mail
}

// change makes a change in the present.
func (s *Service) change(ctx context.Context, c Change) error {
	_, err := s.changeAndOpen(ctx, c)
	return err
}

// changeAndOpen makes a change and answers whom the session stands for that it
// opens, where it opens one.
func (s *Service) changeAndOpen(ctx context.Context, c Change) (Caller, error) {
	c.At = s.instant()
	if c.Profile != nil {
		defer s.names.forget() // this request's next answer has the new name
	}
	return s.store.Change(ctx, c)
}

// opening is a session that begins with a change, and its refresh token.
func (s *Service) opening(account uuid.UUID) (Opening, string, error) {
	now := s.instant()
	family := uuid.New()
	refresh, hash, err := newSecret()
	if err != nil {
		return Opening{}, "", err
	}
	ends := now.Add(sessionLimit)
	return Opening{
		Family: family, Account: account, ExpiresAt: ends, Token: keep(hash, now, ends),
		Entry: s.entry(now, account, auditOpened, familyDetail(family)),
	}, refresh, nil
}
