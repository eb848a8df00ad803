package account

import (
	"context"
	"net/netip"

	"github.com/google/uuid"

	"lfpse/internal/audit"
	"lfpse/internal/fault"
	"lfpse/internal/notification"
)

const (
	auditReset    audit.Action = "account.password_reset"
	auditChanged  audit.Action = "account.password_changed"
	auditUnlocked audit.Action = "account.unlocked"
)

// RequestReset has a link mailed with which to choose a new password, if the
// address has an account: whether it has is not told.
func (s *Service) RequestReset(ctx context.Context, email string, from netip.Addr) (fault.Problems, error) {
	return s.request(ctx, AskReset, email, from)
}

// RequestUnlock has a link mailed with which to unlock an account, if the address
// has one that is locked: whether it has is not told.
func (s *Service) RequestUnlock(ctx context.Context, email string, from netip.Addr) (fault.Problems, error) {
	return s.request(ctx, AskUnlock, email, from)
}

func (s *Service) request(ctx context.Context, what Question, typed string, from netip.Addr) (fault.Problems, error) {
	email, ok := ParseEmail(typed)
	if !ok {
		var problems fault.Problems
		problems.Add(fault.Invalid, "This is not an e-mail address.", "email")
		return problems, nil
	}
	return nil, s.ask(ctx, Asked{What: what, Email: email}, from)
}

// answerReset mails the link that the account's status calls for: one that is
// locked is unlocked first, one that was never activated is activated.
func (s *Service) answerReset(ctx context.Context, a Asked, stored Stored) error {
	purpose, has := map[Status]Purpose{Active: ToReset, Locked: ToUnlock, AwaitingActivation: ToActivate}[stored.Status]
	if !has {
		return nil
	}
	return s.sendLink(ctx, a, stored, purpose)
}

func (s *Service) answerUnlock(ctx context.Context, a Asked, stored Stored) error {
	if stored.Status != Locked {
		return nil
	}
	return s.sendLink(ctx, a, stored, ToUnlock)
}

func (s *Service) sendLink(ctx context.Context, a Asked, stored Stored, p Purpose) error {
	link, mail, err := s.newLink(p, stored.Email)
	if err != nil {
		return err
	}
	return s.change(ctx, Change{
		Account: stored.ID, In: []Status{stored.Status}, NewLink: &link, Mails: []notification.Mail{mail},
		Entries: []audit.Entry{{
			At: a.At, ActorKind: audit.Anonymous, Action: auditLinkSent, Subject: subject(stored.ID),
			Detail: map[string]string{"purpose": string(p)},
		}},
	})
}

// ResetQuestion answers the question that goes with a reset link; nil for a link
// that is not good, or an account without a question.
func (s *Service) ResetQuestion(ctx context.Context, token string) (*string, error) {
	stored, _, err := s.byLink(ctx, ToReset, token)
	if err != nil || stored.Question == "" {
		return nil, err
	}
	return &stored.Question, nil
}

// Reset is what whoever has a reset link gives.
type Reset struct {
	Token    string
	Answer   string
	Password string
	From     netip.Addr
	Quietly  bool // no session begins
}

// ResetPassword sets a new password for whoever has the mailed link and answers
// the question. It ends every session of the account.
func (s *Service) ResetPassword(ctx context.Context, r Reset) (*Session, fault.Problems, error) {
	stored, hash, err := s.byLink(ctx, ToReset, r.Token)
	if err != nil {
		return nil, nil, err
	}
	if stored.ID == uuid.Nil {
		return nil, linkOver(), nil
	}
	var problems fault.Problems
	checkPassword(&problems, r.Password, stored.Email, stored.FirstName, stored.LastName)
	if len(problems) > 0 {
		return nil, problems, nil
	}
	if stored.Question != "" {
		if problems, err := s.answerProves(ctx, r, stored, hash); err != nil || len(problems) > 0 {
			return nil, problems, err
		}
	}
	change := Change{
		Account: stored.ID, In: []Status{Active}, Uses: &hash, Forgive: true, EndSessions: true, EndLinks: []Purpose{ToReset},
		Entries: []audit.Entry{s.entry(s.instant(), stored.ID, auditReset, nil)},
		Mails:   []notification.Mail{{Kind: notification.PasswordChanged, To: stored.Email}},
	}
	if change.PasswordHash, err = s.hasher.Hash(ctx, r.Password); err != nil {
		return nil, nil, err
	}
	return s.finish(ctx, change, r.Quietly)
}

func (s *Service) answerProves(ctx context.Context, r Reset, stored Stored, link TokenHash) (fault.Problems, error) {
	_, problems, err := s.prove(ctx, claim{
		proof: SecurityAnswer, secret: r.Answer, email: stored.Email, from: r.From, link: &link,
		find: func(context.Context) (Stored, error) { return stored, nil },
	})
	return problems, err
}

// UnlockAccount unlocks the account of whoever has the mailed link. Its password
// is what it was.
func (s *Service) UnlockAccount(ctx context.Context, token string) (fault.Problems, error) {
	stored, hash, err := s.byLink(ctx, ToUnlock, token)
	if err != nil {
		return nil, err
	}
	if !Unlock.Leaves(stored.Status) {
		return linkOver(), nil
	}
	err = s.change(ctx, Change{
		Account: stored.ID, Uses: &hash, Move: Unlock, Forgive: true,
		Entries: []audit.Entry{s.entry(s.instant(), stored.ID, auditUnlocked, nil)},
	})
	if isOvertaken(err) {
		return linkOver(), nil
	}
	if err == nil {
		s.throttle.forgive(stored.Email)
	}
	return nil, err
}

// NewPassword is what somebody gives who changes their password.
type NewPassword struct {
	Current string
	New     string
	From    netip.Addr
}

// ChangePassword changes the password of somebody who is signed in and knows the
// current one. It ends every session of theirs but the one that they ask in.
func (s *Service) ChangePassword(ctx context.Context, who *Caller, p NewPassword) (fault.Problems, error) {
	if who == nil {
		return nil, errSignIn()
	}
	var problems fault.Problems
	checkPassword(&problems, p.New, who.Account.Email, who.Account.FirstName, who.Account.LastName)
	for i := range problems {
		problems[i].Path = []string{"newPassword"}
	}
	if p.New == p.Current {
		problems.Add(fault.Duplicate, "The new password is the current one.", "newPassword")
	}
	if len(problems) > 0 {
		return problems, nil
	}
	c := s.claimOf(*who, CurrentPassword, p.Current, p.From)
	owner, problems, err := s.prove(ctx, c)
	if err != nil || len(problems) > 0 {
		return problems, err
	}
	change := Change{
		Account: owner.ID, In: []Status{Active}, Proved: owner.PasswordHash, Forgive: true,
		EndSessions: true, Keep: who.Family, EndLinks: []Purpose{ToReset},
		Entries: []audit.Entry{s.entry(s.instant(), owner.ID, auditChanged, nil)},
		Mails:   []notification.Mail{{Kind: notification.PasswordChanged, To: owner.Email}},
	}
	if change.PasswordHash, err = s.hasher.Hash(ctx, p.New); err != nil {
		return nil, err
	}
	err = s.change(ctx, change)
	if isOvertaken(err) {
		return s.overtaken(ctx, c, owner.Stored)
	}
	if err == nil {
		s.throttle.forgive(owner.Email)
	}
	return nil, err
}
