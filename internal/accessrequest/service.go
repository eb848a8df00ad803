package accessrequest

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"lfpse/internal/audit"
	"lfpse/internal/authz"
	"lfpse/internal/fault"
	"lfpse/internal/gid"
)

const (
	auditOpened    audit.Action = "access_request.opened"
	auditApproved  audit.Action = "access_request.approved"
	auditRejected  audit.Action = "access_request.rejected"
	auditCancelled audit.Action = "access_request.cancelled"

	// mostADay is how many requests an account may make in a day: each mails
	// everybody who decides.
	mostADay = 20
)

// Policy answers what a principal may see and do.
type Policy interface {
	Scope(ctx context.Context, p authz.Principal, noun authz.Noun) (authz.Scope, error)
	May(ctx context.Context, p authz.Principal, action authz.Action) (bool, error)
}

// Geography answers what a code names.
type Geography interface {
	// AreaOf answers the area that an ODS code names at an instant; ok is false
	// where there is no such thing then.
	AreaOf(code string, at time.Time) (area authz.Area, ok bool)
}

// Options are what a Service is made of; all are wanted.
type Options struct {
	Store     Store
	Policy    Policy
	Geography Geography
	Now       func() time.Time
	// Zone is where days begin and end.
	Zone *time.Location
}

// Service is requests for access. It may be used by many goroutines.
type Service struct{ Options }

// New makes a Service.
func New(o Options) (*Service, error) {
	if o.Store == nil || o.Policy == nil || o.Geography == nil || o.Now == nil || o.Zone == nil {
		return nil, errors.New("making the service of access requests: store, policy, geography, clock and zone are all wanted")
	}
	return &Service{o}, nil
}

// instant is the present as the database keeps it.
func (s *Service) instant() time.Time { return s.Now().UTC().Truncate(time.Microsecond) }

// Ask opens a request of somebody's, and has those told who decide.
func (s *Service) Ask(ctx context.Context, p authz.Principal, a Asking) (*Request, fault.Problems, error) {
	may, err := s.Policy.May(ctx, p, authz.RequestAccess)
	if err != nil {
		return nil, nil, fmt.Errorf("asking for access: %w", err)
	}
	if !may {
		return nil, nil, errSignIn()
	}
	a.Reason, a.Agreement = strings.TrimSpace(a.Reason), strings.TrimSpace(a.Agreement)
	now := s.instant()
	area, exists := s.Geography.AreaOf(a.Area, now)
	if problems := a.check(area, exists, slices.Contains(p.Organisations, a.Area)); len(problems) > 0 {
		return nil, problems, nil
	}
	opening := NewOpening(p.ID, a.Role, area, now)
	opening.Reason, opening.Agreement = a.Reason, a.Agreement
	if err := s.Store.Open(ctx, opening); err != nil {
		problems, err := refusal(err)
		return nil, problems, err
	}
	return s.find(ctx, p, opening.ID)
}

// NewOpening makes a request of an account for a role on an area.
func NewOpening(requester uuid.UUID, role authz.Role, area authz.Area, at time.Time) Opening {
	id := uuid.New()
	return Opening{
		ID: id, Requester: requester, Role: role, Area: area, At: at, MostADay: mostADay,
		Entry: audit.Entry{
			At: at, ActorKind: audit.Account, ActorID: requester, Action: auditOpened, Subject: gid.Format(gid.AccessRequest, id),
			Detail: map[string]string{"role": string(role), "area": string(area.Type) + ":" + area.Code},
		},
	}
}

// refusal is what a requester is told of a store's refusal.
func refusal(err error) (fault.Problems, error) {
	var problems fault.Problems
	switch {
	case errors.Is(err, ErrOpen):
		problems.Add(fault.Duplicate, "You have asked for this, and it waits for a decision.", "area")
	case errors.Is(err, ErrHeld):
		problems.Add(fault.Duplicate, "You have this access.", "area")
	case errors.Is(err, ErrTooMany):
		problems.Addf(fault.TooMany, []string{"area"}, "No more than %d requests in a day.", mostADay)
	case errors.Is(err, ErrOvertaken):
		return nil, errSignIn()
	default:
		return nil, fmt.Errorf("asking for access: %w", err)
	}
	return problems, nil
}

// find answers a request that p has just done something to.
func (s *Service) find(ctx context.Context, p authz.Principal, id uuid.UUID) (*Request, fault.Problems, error) {
	found, err := s.Requests(ctx, p, []uuid.UUID{id})
	return found[id], nil, err
}

// Requests answers those of the requests that p may see. It is the one door for
// node and for federation.
func (s *Service) Requests(ctx context.Context, p authz.Principal, ids []uuid.UUID) (map[uuid.UUID]*Request, error) {
	scope, err := s.Policy.Scope(ctx, p, authz.AccessRequests)
	if err != nil {
		return nil, fmt.Errorf("deciding which requests are seen: %w", err)
	}
	found, err := s.Store.ByID(ctx, scope, ids)
	if err != nil {
		return nil, fmt.Errorf("reading requests: %w", err)
	}
	return found, nil
}

// Cancel takes a request of p's own back.
func (s *Service) Cancel(ctx context.Context, p authz.Principal, id uuid.UUID) (*Request, fault.Problems, error) {
	return s.move(ctx, p, id, Cancel, Deciding{})
}

// Approve grants what a request asks for, from the requester's next question on.
// Where somebody else decided first, that is a problem, and the request is
// answered as they decided.
func (s *Service) Approve(ctx context.Context, p authz.Principal, id uuid.UUID, d Deciding) (*Request, fault.Problems, error) {
	return s.move(ctx, p, id, Approve, d)
}

// Reject refuses what a request asks for, with a reason. Where somebody else
// decided first, it is as with Approve.
func (s *Service) Reject(ctx context.Context, p authz.Principal, id uuid.UUID, d Deciding) (*Request, fault.Problems, error) {
	return s.move(ctx, p, id, Reject, d)
}

// May tells whether p may decide about a request that it may see.
func (s *Service) May(ctx context.Context, p authz.Principal, id uuid.UUID) (seen *Request, may bool, err error) {
	seen, may, _, err = s.subject(ctx, p, id, authz.DecideRequest)
	return seen, may, err
}

func (s *Service) subject(ctx context.Context, p authz.Principal, id uuid.UUID, action authz.Action) (*Request, bool, authz.Scope, error) {
	if p.Kind != authz.Account {
		return nil, false, authz.Scope{}, errSignIn()
	}
	scope, err := s.Policy.Scope(ctx, p, authz.AccessRequests)
	if err != nil {
		return nil, false, authz.Scope{}, fmt.Errorf("deciding about a request: %w", err)
	}
	seen, may, err := s.Store.Subject(ctx, scope, id, action)
	if err != nil {
		return nil, false, authz.Scope{}, fmt.Errorf("reading a request: %w", err)
	}
	if seen == nil {
		return nil, false, authz.Scope{}, fault.New(fault.NotFound, "There is no such request.")
	}
	return seen, may, scope, nil
}

// move makes a move that p may make of a request that p sees.
func (s *Service) move(ctx context.Context, p authz.Principal, id uuid.UUID, move Move, d Deciding) (*Request, fault.Problems, error) {
	action, denied := authz.DecideRequest, "You see this request, but others decide about it."
	if move == Cancel {
		action, denied = authz.CancelRequest, "Whoever made a request takes it back."
	}
	seen, may, scope, err := s.subject(ctx, p, id, action)
	if err != nil {
		return nil, nil, err
	}
	if !may {
		return nil, nil, fault.New(fault.Forbidden, denied)
	}
	if seen.Status != Pending {
		return seen, decidedAlready(), nil
	}
	now := s.instant()
	d.Reason = strings.TrimSpace(d.Reason)
	if problems := d.check(move, seen, dayIn(s.Zone, now)); len(problems) > 0 {
		return nil, problems, nil
	}
	err = s.Store.Decide(ctx, scope, s.decision(p, seen, move, action, d, now))
	switch {
	case errors.Is(err, ErrDecided):
		seen, _, err := s.find(ctx, p, id)
		return seen, decidedAlready(), err
	case errors.Is(err, ErrOvertaken):
		return nil, nil, fault.Wrap(fault.Conflict, "Something has changed meanwhile. Please look again.", err)
	case err != nil:
		return nil, nil, fmt.Errorf("deciding about a request: %w", err)
	}
	return s.find(ctx, p, id)
}

func (s *Service) decision(p authz.Principal, about *Request, move Move, action authz.Action, d Deciding, at time.Time) Decision {
	decision := Decision{
		ID: about.UUID, Move: move, Action: action, By: p, Reason: d.Reason, At: at,
		Entry: audit.Entry{
			At: at, ActorKind: audit.Account, ActorID: p.ID, Subject: about.ID(),
			Action: map[Move]audit.Action{Approve: auditApproved, Reject: auditRejected, Cancel: auditCancelled}[move],
			Detail: map[string]string{
				"role": string(about.Role), "area": string(about.Area.Type) + ":" + about.Area.Code,
				"requester": gid.Format(gid.Account, about.Requester),
			},
		},
	}
	if move == Approve {
		decision.Grant = &Granted{ID: uuid.New(), Until: endOf(s.Zone, d.Until)}
		decision.Entry.Detail["grant"] = gid.Format(gid.Grant, decision.Grant.ID)
		if !d.Until.IsZero() {
			decision.Entry.Detail["until"] = d.Until.Format(time.DateOnly)
		}
	}
	return decision
}

func decidedAlready() fault.Problems {
	var problems fault.Problems
	problems.Add(fault.AlreadyDecided, "This request has been decided about. It is answered as it was decided.", "id")
	return problems
}

func errSignIn() error { return fault.New(fault.Unauthenticated, "Please sign in first.") }

// Watch does every interval, until the context ends, what happens by itself:
// see Store.Tend.
func (s *Service) Watch(ctx context.Context, interval time.Duration, log *slog.Logger) {
	ticker := time.NewTicker(interval)
	defer ticker.Stop()
	for {
		done, err := s.Store.Tend(ctx, s.instant())
		switch {
		case err != nil && ctx.Err() == nil:
			log.ErrorContext(ctx, "grants and requests could not be tended", "error", err)
		case done != (Tended{}):
			log.InfoContext(ctx, "grants and requests were tended", "grants_ended", done.GrantsEnded,
				"requests_cancelled", done.RequestsCancelled, "requests_rerouted", done.RequestsRerouted, "leads_told", done.LeadsTold)
		}
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
	}
}
