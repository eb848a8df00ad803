package account

import (
	"context"
	"fmt"

	"lfpse/internal/audit"
	"lfpse/internal/fault"
	"lfpse/internal/notification"
)

const auditActivated audit.Action = "account.activated"

// Activation is what whoever has an activation link gives.
type Activation struct {
	Token    string
	Password string
	Question string
	Answer   string
	// Quietly has no session begin, for a page that cannot keep one.
	Quietly bool
}

// Registered is what a mailed link shows of the account that it is for, so that
// its owner sees what they complete.
type Registered struct {
	Name  string
	Email string
}

// LinkShows answers whose account a link is for; ok is false for a link that is
// not good.
func (s *Service) LinkShows(ctx context.Context, p Purpose, token string) (shown Registered, ok bool, err error) {
	stored, _, err := s.byLink(ctx, p, token)
	if err != nil || stored.ID == (Stored{}).ID {
		return Registered{}, false, err
	}
	return Registered{Name: stored.FirstName + " " + stored.LastName, Email: stored.Email}, true, nil
}

// byLink answers the account that a link is for; the zero Stored where the link is
// not good.
func (s *Service) byLink(ctx context.Context, p Purpose, token string) (Stored, TokenHash, error) {
	hash, ok := linkHash(token)
	if !ok {
		return Stored{}, TokenHash{}, nil
	}
	stored, err := s.store.CredentialsByLink(ctx, p, hash, s.instant())
	if err != nil {
		return Stored{}, TokenHash{}, fmt.Errorf("looking for a link: %w", err)
	}
	return stored, hash, nil
}

// Activate completes a registration: whoever has the mailed link chooses a
// password and a security question, and is signed in. The session is nil where
// there are problems, or none was to begin.
func (s *Service) Activate(ctx context.Context, a Activation) (*Session, fault.Problems, error) {
	stored, hash, err := s.byLink(ctx, ToActivate, a.Token)
	if err != nil {
		return nil, nil, err
	}
	if !Activate.Leaves(stored.Status) {
		return nil, linkOver(), nil
	}
	var problems fault.Problems
	checkPassword(&problems, a.Password, stored.Email, stored.FirstName, stored.LastName)
	checkQuestion(&problems, a.Question, a.Answer, a.Password)
	if len(problems) > 0 {
		return nil, problems, nil
	}
	change := Change{
		Account: stored.ID, Uses: &hash, Move: Activate, Question: a.Question, Forgive: true,
		Entries: []audit.Entry{s.entry(s.instant(), stored.ID, auditActivated, nil)},
		Mails:   []notification.Mail{{Kind: notification.Welcome, To: stored.Email}},
	}
	if change.PasswordHash, err = s.hasher.Hash(ctx, a.Password); err != nil {
		return nil, nil, err
	}
	if change.AnswerHash, err = s.hasher.Hash(ctx, normalAnswer(a.Answer)); err != nil {
		return nil, nil, err
	}
	bodies, err := s.store.BodiesOf(ctx, stored.ID, "")
	if err != nil {
		return nil, nil, fmt.Errorf("looking for what comes with a registration: %w", err)
	}
	change.Gains = s.joins(stored.ID, bodies)
	return s.finish(ctx, change, a.Quietly)
}

// finish makes a change that a link allows, and signs its owner in unless they
// want no session. A link that somebody used meanwhile is over.
func (s *Service) finish(ctx context.Context, c Change, quietly bool) (*Session, fault.Problems, error) {
	refresh := ""
	if !quietly {
		opening, token, err := s.opening(c.Account)
		if err != nil {
			return nil, nil, err
		}
		c.Opening, refresh = &opening, token
	}
	caller, err := s.changeAndOpen(ctx, c)
	if isOvertaken(err) {
		return nil, linkOver(), nil
	}
	if err != nil || quietly {
		return nil, nil, err
	}
	session, err := s.session(caller, refresh)
	return session, nil, err
}
