package account

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/google/uuid"

	"lfpse/internal/audit"
	"lfpse/internal/authz"
	"lfpse/internal/fault"
	"lfpse/internal/gid"
	"lfpse/internal/notification"
	"lfpse/internal/page"
)

const (
	auditApproved audit.Action = "account.approved"
	auditRejected audit.Action = "account.rejected"
	auditResolved audit.Action = "account.organisation_resolved"

	maxReason = 2000 // characters
)

// Connection is a page of accounts.
type Connection struct {
	Edges      []*Edge
	Nodes      []*View
	PageInfo   *page.Info
	TotalCount int
}

// Edge is one account in a page.
type Edge struct {
	Cursor string
	Node   *View
}

// Position is where an account stands in a list: the first registered first.
type Position struct {
	At time.Time `json:"at"`
	ID uuid.UUID `json:"id"`
}

// Listing is a question for a page of registrations.
type Listing struct {
	Page          page.Request
	After, Before *Position
}

// Registrations lists the accounts that wait for a decision that p may make:
// registrations, and organisations given in words.
func (s *Service) Registrations(ctx context.Context, p authz.Principal, args page.Args) (*Connection, error) {
	request, err := args.Request()
	if err != nil {
		return nil, err
	}
	listing := Listing{Page: request}
	if listing.After, err = positionOf(request.After); err != nil {
		return nil, err
	}
	if listing.Before, err = positionOf(request.Before); err != nil {
		return nil, err
	}
	scope, err := s.policy.Scope(ctx, p, authz.Accounts)
	if err != nil {
		return nil, fmt.Errorf("deciding which registrations are seen: %w", err)
	}
	records, total, err := s.store.Registrations(ctx, scope, listing)
	if err != nil {
		return nil, fmt.Errorf("listing registrations: %w", err)
	}
	return connection(request, records, total)
}

func positionOf(cursor *string) (*Position, error) {
	if cursor == nil {
		return nil, nil
	}
	position := &Position{}
	if err := page.DecodeCursor(*cursor, position); err != nil {
		return nil, err
	}
	return position, nil
}

func connection(request page.Request, records []Record, total int) (*Connection, error) {
	cursor := func(r Record) (string, error) { return page.EncodeCursor(Position{At: r.CreatedAt, ID: r.ID}) }
	records, info, err := page.Cut(request, records, cursor)
	if err != nil {
		return nil, err
	}
	c := &Connection{Edges: make([]*Edge, len(records)), Nodes: make([]*View, len(records)), PageInfo: &info, TotalCount: total}
	for i, record := range records {
		at, err := cursor(record)
		if err != nil {
			return nil, err
		}
		c.Nodes[i] = newView(record)
		c.Edges[i] = &Edge{Cursor: at, Node: c.Nodes[i]}
	}
	return c, nil
}

// Decision is what somebody decides of a registration.
type Decision struct {
	Account      uuid.UUID
	Organisation string // an ODS code, for one that was given in words; empty for none
	Reason       string

	approves bool
}

// ApproveRegistration lets whoever registered activate the account. Of an
// account that waits only for its organisation, given in words, it resolves that.
func (s *Service) ApproveRegistration(ctx context.Context, p authz.Principal, d Decision) (*View, fault.Problems, error) {
	d.approves = true
	return s.decide(ctx, p, d, func(seen Record) (Change, error) {
		if !Approve.Leaves(seen.Status) {
			gains, err := s.gainsOfResolving(ctx, seen, d.Organisation)
			if err != nil {
				return Change{}, err
			}
			return Change{
				Waits: true, Organisation: d.Organisation, Reason: d.Reason, Gains: gains,
				Entries: []audit.Entry{s.entryAbout(p, d.Account, auditResolved, d.Organisation)},
			}, nil
		}
		link, mail, err := s.newLink(ToActivate, seen.Email)
		return Change{
			Move: Approve, Organisation: d.Organisation, Reason: d.Reason, NewLink: &link, Mails: []notification.Mail{mail},
			Entries: []audit.Entry{s.entryAbout(p, d.Account, auditApproved, d.Organisation)},
		}, err
	})
}

// gainsOfResolving is what comes with an organisation that was given in words,
// where the account is in use. What comes with one that is still to be activated
// comes then.
func (s *Service) gainsOfResolving(ctx context.Context, seen Record, code string) (Access, error) {
	if seen.Status != Active {
		return Access{}, nil
	}
	bodies, err := s.store.BodiesOf(ctx, uuid.Nil, code)
	if err != nil {
		return Access{}, fmt.Errorf("looking for what comes with an organisation: %w", err)
	}
	return adds(bodies), nil
}

// RejectRegistration closes a registration. Of an account that waits only for its
// organisation, given in words, it drops those.
func (s *Service) RejectRegistration(ctx context.Context, p authz.Principal, d Decision) (*View, fault.Problems, error) {
	return s.decide(ctx, p, d, func(seen Record) (Change, error) {
		if !Reject.Leaves(seen.Status) {
			return Change{
				Waits: true, DropWords: true, Reason: d.Reason,
				Entries: []audit.Entry{s.entryAbout(p, d.Account, auditRejected, "")},
			}, nil
		}
		return Change{
			Move: Reject, Reason: d.Reason, EndLinks: []Purpose{ToActivate},
			Entries: []audit.Entry{s.entryAbout(p, d.Account, auditRejected, "")},
			Mails:   []notification.Mail{{Kind: notification.RegistrationRejected, To: seen.Email}},
		}, nil
	})
}

func (s *Service) entryAbout(p authz.Principal, about uuid.UUID, action audit.Action, organisation string) audit.Entry {
	entry := s.entry(s.instant(), p.ID, action, nil)
	entry.Subject = gid.Format(gid.Account, about)
	if organisation != "" {
		entry.Detail = map[string]string{"organisation": organisation}
	}
	return entry
}

// decide makes a decision that p may make about an account that p sees.
func (s *Service) decide(ctx context.Context, p authz.Principal, d Decision, made func(Record) (Change, error)) (*View, fault.Problems, error) {
	if p.Kind != authz.Account {
		return nil, nil, errSignIn()
	}
	seen, waits, err := s.waiting(ctx, p, d.Account)
	if err != nil {
		return nil, nil, err
	}
	d.Reason = strings.TrimSpace(d.Reason)
	if !waits {
		return nil, decidedAlready(), nil
	}
	problems, err := s.checkDecision(ctx, d, seen)
	if err != nil || len(problems) > 0 {
		return nil, problems, err
	}
	change, err := made(seen)
	if err != nil {
		return nil, nil, err
	}
	change.Account, change.By = d.Account, p
	if err := s.change(ctx, change); isOvertaken(err) {
		return nil, decidedAlready(), s.stillWaits(ctx, p, d.Account, err)
	} else if err != nil {
		return nil, nil, fmt.Errorf("deciding about a registration: %w", err)
	}
	views, err := s.Accounts(ctx, p, []uuid.UUID{d.Account})
	return views[d.Account], nil, err
}

// stillWaits is the fault of whoever was not overtaken by another's decision but has
// lost, or gained, something themselves meanwhile.
func (s *Service) stillWaits(ctx context.Context, p authz.Principal, id uuid.UUID, overtaken error) error {
	_, waits, err := s.waiting(ctx, p, id)
	if err == nil && waits {
		return fault.Wrap(fault.Conflict, "Something has changed meanwhile. Please look again.", overtaken)
	}
	return err
}

// waiting answers an account that p sees and may decide about, and whether it
// waits for a decision.
func (s *Service) waiting(ctx context.Context, p authz.Principal, id uuid.UUID) (Record, bool, error) {
	scope, err := s.policy.Scope(ctx, p, authz.Accounts)
	if err != nil {
		return Record{}, false, fmt.Errorf("deciding about a registration: %w", err)
	}
	seen, found, may, err := s.store.Decidable(ctx, scope, id)
	switch {
	case err != nil:
		return Record{}, false, fmt.Errorf("deciding about a registration: %w", err)
	case !found:
		return Record{}, false, fault.New(fault.NotFound, "There is no such account.")
	case !may:
		return Record{}, false, fault.New(fault.Forbidden, "National leads decide about registrations.")
	}
	return seen, seen.Status == AwaitingApproval || seen.OtherOrganisation != "", nil
}

func (s *Service) checkDecision(ctx context.Context, d Decision, seen Record) (fault.Problems, error) {
	var problems fault.Problems
	if len([]rune(d.Reason)) > maxReason {
		problems.Addf(fault.TooLong, []string{"reason"}, "No more than %d characters.", maxReason)
	}
	if d.Organisation == "" {
		if d.approves && seen.OtherOrganisation != "" && !Approve.Leaves(seen.Status) {
			problems.Add(fault.Required, "Give the organisation that was meant.", "organisation")
		}
		return problems, nil
	}
	if seen.OtherOrganisation == "" {
		problems.Add(fault.NotApplicable, "The account has an organisation with a code.", "organisation")
		return problems, nil
	}
	err := s.checkCode(ctx, &problems, d.Organisation)
	return problems, err
}

func decidedAlready() fault.Problems {
	var problems fault.Problems
	problems.Add(fault.AlreadyDecided, "There is nothing left to decide about this account.", "accountId")
	return problems
}
