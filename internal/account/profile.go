package account

import (
	"context"
	"fmt"
	"net/netip"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/google/uuid"

	"lfpse/internal/audit"
	"lfpse/internal/fault"
	"lfpse/internal/notification"
)

const (
	auditUpdated audit.Action = "account.updated"
	auditClosed  audit.Action = "account.closed"
	auditJoined  audit.Action = "account.organisation_added"
	auditLeft    audit.Action = "account.organisation_removed"

	maxOrganisations = 50
	maxFeedback      = 5000 // characters
)

// Update is what somebody changes of their account; nil fields stay as they are.
// A new security question needs its answer and the password.
type Update struct {
	FirstName *string
	LastName  *string
	JobRole   *string
	Question  *string
	Answer    *string
	Password  *string
	From      netip.Addr
}

// UpdateAccount changes somebody's own account, and answers them as they are now.
func (s *Service) UpdateAccount(ctx context.Context, who *Caller, u Update) (*Caller, fault.Problems, error) {
	if who == nil {
		return nil, nil, errSignIn()
	}
	profile := who.Account
	profile.Organisations = nil // stay as they are
	for field, given := range map[*string]*string{&profile.FirstName: u.FirstName, &profile.LastName: u.LastName, &profile.JobRole: u.JobRole} {
		if given != nil {
			*field = strings.TrimSpace(*given)
		}
	}
	change := Change{
		In: []Status{Active}, Profile: &profile,
		Entries: []audit.Entry{s.entry(s.instant(), who.Account.ID, auditUpdated, nil)},
	}
	problems := u.check(profile)
	if len(problems) > 0 {
		return nil, problems, nil
	}
	if u.Question != nil {
		owner, problems, err := s.again(ctx, *who, *u.Password, u.From)
		if err != nil || len(problems) > 0 {
			return nil, problems, err
		}
		change.Proved, change.Question, change.Forgive = owner.PasswordHash, *u.Question, true
		if change.AnswerHash, err = s.hasher.Hash(ctx, normalAnswer(*u.Answer)); err != nil {
			return nil, nil, err
		}
	}
	return s.changeOwn(ctx, *who, change)
}

func (u Update) check(profile Record) fault.Problems {
	var problems fault.Problems
	checkName(&problems, profile.FirstName, true, "firstName")
	checkName(&problems, profile.LastName, true, "lastName")
	if u.JobRole != nil && !slices.Contains(JobRoles(), profile.JobRole) {
		problems.Add(fault.UnknownCode, "Choose one of the job roles that are offered.", "jobRole")
	}
	switch {
	case u.Question == nil && u.Answer == nil:
		return problems
	case u.Question == nil:
		problems.Add(fault.Required, "Choose the question that this answers.", "securityQuestion")
	case u.Answer == nil:
		problems.Add(fault.Required, "Answer the question.", "securityAnswer")
	case u.Password == nil:
		problems.Add(fault.Required, "A new security question needs the password.", "password")
	default:
		checkQuestion(&problems, *u.Question, *u.Answer, *u.Password)
	}
	return problems
}

// changeOwn makes a change that somebody asks for in their session, and answers
// them as they are now.
func (s *Service) changeOwn(ctx context.Context, who Caller, c Change) (*Caller, fault.Problems, error) {
	c.Account = who.Account.ID
	if err := s.change(ctx, c); isOvertaken(err) {
		return nil, nil, unauthenticated(err)
	} else if err != nil {
		return nil, nil, fmt.Errorf("changing one's account: %w", err)
	}
	return s.anew(ctx, who)
}

// AddOrganisation puts an organisation on somebody's own profile. Twice is once.
// Adding the office of an ICB or of a region asks, in their name, whether they
// may read what was recorded in its area, of which the warning tells.
func (s *Service) AddOrganisation(ctx context.Context, who *Caller, code string) (now *Caller, warning string, problems fault.Problems, err error) {
	if who == nil {
		return nil, "", nil, errSignIn()
	}
	if err := s.checkCode(ctx, &problems, code); err != nil {
		return nil, "", nil, err
	}
	if len(who.Account.Organisations) >= maxOrganisations && !slices.Contains(who.Account.Organisations, code) {
		problems.Addf(fault.TooMany, []string{"organisation"}, "No more than %d organisations.", maxOrganisations)
	}
	if len(problems) > 0 {
		return nil, "", problems, nil
	}
	bodies, err := s.store.BodiesOf(ctx, uuid.Nil, code)
	if err != nil {
		return nil, "", nil, fmt.Errorf("looking for what comes with an organisation: %w", err)
	}
	if len(bodies) > 0 {
		warning = askedToRead
	}
	now, problems, err = s.changeOwn(ctx, *who, Change{
		In: []Status{Active}, Joins: code, Gains: adds(bodies),
		Entries: []audit.Entry{s.aboutOrganisation(*who, auditJoined, code)},
	})
	return now, warning, problems, err
}

// RemoveOrganisation takes an organisation from somebody's own profile.
func (s *Service) RemoveOrganisation(ctx context.Context, who *Caller, code string) (*Caller, fault.Problems, error) {
	if who == nil {
		return nil, nil, errSignIn()
	}
	if !slices.Contains(who.Account.Organisations, code) {
		var problems fault.Problems
		problems.Add(fault.NotApplicable, "This organisation is not on your profile.", "organisation")
		return nil, problems, nil
	}
	return s.changeOwn(ctx, *who, Change{In: []Status{Active}, Leaves: code, Entries: []audit.Entry{s.aboutOrganisation(*who, auditLeft, code)}})
}

func (s *Service) aboutOrganisation(who Caller, action audit.Action, code string) audit.Entry {
	return s.entry(s.instant(), who.Account.ID, action, map[string]string{"organisation": code})
}

// CloseAccount closes the account of somebody who gives their password once more:
// its sessions and grants end, and its requests that wait are cancelled. What they
// recorded stays.
func (s *Service) CloseAccount(ctx context.Context, who *Caller, password string, from netip.Addr) (fault.Problems, error) {
	if who == nil {
		return nil, errSignIn()
	}
	owner, problems, err := s.again(ctx, *who, password, from)
	if err != nil || len(problems) > 0 {
		return problems, err
	}
	err = s.change(ctx, Change{
		Account: owner.ID, Move: Close, Proved: owner.PasswordHash, EndGrants: true, EndLinks: []Purpose{ToActivate, ToReset, ToUnlock},
		Entries: []audit.Entry{s.entry(s.instant(), owner.ID, auditClosed, nil)},
		Mails:   []notification.Mail{{Kind: notification.AccountClosed, To: owner.Email}},
	})
	if isOvertaken(err) {
		return nil, unauthenticated(err)
	}
	return nil, err
}

// Feedback is what somebody wants the help desk to know.
type Feedback struct {
	Message string
	Page    string // where they were; empty for not said
	ReplyTo string // empty: no answer is wanted
	From    netip.Addr
}

// SendFeedback sends something to the help desk, with or without an account: who
// sends it is not told, unless they give an address.
func (s *Service) SendFeedback(ctx context.Context, f Feedback) (fault.Problems, error) {
	var problems fault.Problems
	f.Message, f.Page = strings.TrimSpace(f.Message), strings.TrimSpace(f.Page)
	replyTo, ok := ParseEmail(f.ReplyTo)
	switch {
	case s.helpDesk == "":
		problems.Add(fault.NotAllowed, "No help desk is set up here.", "message")
	case f.Message == "":
		problems.Add(fault.Required, "Say what you would have the help desk know.", "message")
	case utf8.RuneCountInString(f.Message) > maxFeedback:
		problems.Addf(fault.TooLong, []string{"message"}, "No more than %d characters.", maxFeedback)
	}
	checkName(&problems, f.Page, false, "page")
	if f.ReplyTo != "" && !ok {
		problems.Add(fault.Invalid, "This is not an e-mail address.", "replyTo")
	}
	if len(problems) > 0 {
		return problems, nil
	}
	if err := s.throttle.admitAsking("feedback "+f.From.String(), f.From); err != nil {
		return nil, err
	}
	err := s.store.Send(ctx, notification.Mail{
		Kind: notification.Feedback, To: s.helpDesk,
		Details: map[string]string{"message": f.Message, "page": f.Page, "reply": replyTo},
	})
	if err != nil {
		return nil, fmt.Errorf("sending feedback: %w", err)
	}
	return nil, nil
}
