package governance

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"

	"lfpse/internal/audit"
	"lfpse/internal/authz"
	"lfpse/internal/event"
	"lfpse/internal/fault"
	"lfpse/internal/gid"
	"lfpse/internal/taxonomy"
)

// Store keeps what organisations do about events.
type Store interface {
	// EventOf answers the event that somebody means; ok is false where it does
	// not exist for the scopes' reader.
	EventOf(ctx context.Context, s Scopes, on On) (id uuid.UUID, ok bool, err error)
	// Act locks an event, has decided what is to be done about it as it stands
	// then, and does that, in one transaction. ok is false where the event does
	// not exist for the scopes' reader.
	Act(ctx context.Context, s Scopes, action authz.Action, event uuid.UUID, decide func(Found) (Change, error)) (ok bool, err error)
	// AssessWaiting judges events that wait for it, up to a number and after an id;
	// ok is false where there was none. The error tells of the first that could not
	// be judged, which kept no other from being.
	AssessWaiting(ctx context.Context, after uuid.UUID, size int) (last uuid.UUID, ok bool, err error)
	// Remind tells admins of what falls due from one day to another, each once of
	// each requirement, and answers how many mails that were.
	Remind(ctx context.Context, from, to, at time.Time) (mails int, err error)
	// Reviews answers the reviews of events, the earliest started first.
	Reviews(ctx context.Context, s Scopes, events []uuid.UUID) ([]ReviewRecord, error)
	// ReviewsBeside makes what the store of events fills with the reviews of those
	// that it reads, which their reader sees; without words, what was written in them
	// is not read.
	ReviewsBeside(governance authz.Scope, words bool) ReviewsBeside
	// Answers answers the latest of each kind and subject, of events, in the order
	// in which they were first given.
	Answers(ctx context.Context, s Scopes, events []uuid.UUID) ([]AnswerRecord, error)
	// Requirements answers what is required of events, in the order of Codes.
	Requirements(ctx context.Context, s Scopes, events []uuid.UUID) ([]RequirementRecord, error)
}

// Events is what governance asks of the events that it is about.
type Events interface {
	FindByID(ctx context.Context, ids []uuid.UUID) ([]*event.View, error)
	// Write anonymises and seals what the reader types beside an event, under an id.
	Write(ctx context.Context, event, id uuid.UUID, texts map[string]string) (event.Words, error)
	// Read opens what was written beside an event under an id.
	Read(id uuid.UUID, sealed []byte) (map[string]string, error)
}

// Scopes are what a reader may see of events and of what is done about them.
type Scopes struct {
	Events, Governance authz.Scope
}

// On names an event by something that stands beside it.
type On struct {
	Review, Investigation uuid.UUID
}

// Found is an event as somebody finds it who acts on it. It is locked: nobody
// changes it meanwhile.
type Found struct {
	Record event.Record // as nobody in particular is shown it
	Round  int          // how often its texts have been anonymised anew
	// Concerned are the organisations that it concerns and on whose behalf they
	// may act, the reporter's first, then where it occurred, as the event names
	// them.
	Concerned []string
	// Responsible adds those that it concerned once, and that did something about
	// it.
	Responsible []string
	Reviews     []FoundReview
	// Answers are the latest of each kind and subject.
	Answers   []Answer
	Standings []Standing
}

// Change is what is to be done about an event; what is nil or empty is not.
type Change struct {
	Status    event.Status // that the event takes on
	Started   *StartedReview
	Completed *CompletedReview
	Answer    *Answer
	Entry     audit.Entry
}

// Service keeps and shows what organisations do about events.
type Service struct {
	store    Store
	events   Events
	policy   authz.Authorizer
	taxonomy *taxonomy.Registry
	calendar *Calendar
	exists   func(odsCode string) bool
	now      func() time.Time
}

// Options are what a Service stands on; all are needed.
type Options struct {
	Store    Store
	Events   Events
	Policy   authz.Authorizer
	Taxonomy *taxonomy.Registry
	Calendar *Calendar
	// Exists tells whether an active organisation has the ODS code.
	Exists func(odsCode string) bool
	Now    func() time.Time
}

// NewService makes a service.
func NewService(o Options) *Service {
	return &Service{
		store: o.Store, events: o.Events, policy: o.Policy, taxonomy: o.Taxonomy, calendar: o.Calendar, exists: o.Exists, now: o.Now,
	}
}

func (s *Service) scopes(ctx context.Context) (scopes Scopes, err error) {
	p := authz.FromContext(ctx)
	if scopes.Events, err = s.policy.Scope(ctx, p, authz.Events); err != nil {
		return Scopes{}, fmt.Errorf("deciding what events a reader may see: %w", err)
	}
	if scopes.Governance, err = s.policy.Scope(ctx, p, authz.Governance); err != nil {
		return Scopes{}, fmt.Errorf("deciding what a reader may see beside events: %w", err)
	}
	return scopes, nil
}

// errProblems ends a transaction in which nothing is to be done, since the
// caller has something to mend.
var errProblems = errors.New("the caller has something to mend")

// act does something about an event, as decide says of how it stands. What does
// not exist for the reader is not found; what nobody lets them do, or cannot be
// done from where the event stands, is forbidden.
func (s *Service) act(ctx context.Context, action authz.Action, id uuid.UUID, decide func(Found) (Change, fault.Problems, error)) (problems fault.Problems, err error) {
	scopes, err := s.scopes(ctx)
	if err != nil {
		return nil, err
	}
	ok, err := s.store.Act(ctx, scopes, action, id, func(found Found) (Change, error) {
		var change Change
		if change, problems, err = decide(found); err != nil {
			return Change{}, err
		}
		if len(problems) > 0 {
			return Change{}, errProblems
		}
		return change, nil
	})
	if errors.Is(err, errProblems) {
		return problems, nil
	}
	if err != nil {
		return nil, fmt.Errorf("doing something about an event: %w", err)
	}
	if !ok {
		return nil, notFound()
	}
	return nil, nil
}

// onBehalf answers the organisation for which somebody acts on an event: the
// reporter's, where that is theirs, or else the first of theirs where it
// occurred. So people of a wider area act for the organisation that has the
// event in hand.
func (f Found) onBehalf() (string, error) {
	if len(f.Concerned) == 0 {
		return "", forbidden()
	}
	return f.Concerned[0], nil
}

func forbidden() error { return fault.New(fault.Forbidden, "Your account may not do this.") }

func notFound() error { return fault.New(fault.NotFound, "There is no such event.") }

// signedIn answers an error for who has not.
func signedIn(p authz.Principal) error {
	if p.Kind == authz.Anonymous || p.Kind == "" {
		return fault.New(fault.Unauthenticated, "Sign in first.")
	}
	return nil
}

// instant is now, as exactly as the database keeps it.
func (s *Service) instant() time.Time { return s.now().UTC().Truncate(time.Microsecond) }

// today is the day in London.
func (s *Service) today() time.Time { return s.calendar.Day(s.now()) }

// entry is what is kept about something that was done about an event.
func entry(ctx context.Context, at time.Time, action audit.Action, event uuid.UUID, detail map[string]string) audit.Entry {
	by := authz.FromContext(ctx)
	return audit.Entry{
		At: at, ActorKind: audit.ActorKind(by.Kind), ActorID: by.ID, Action: action,
		Subject: gid.Format(gid.Event, event), Detail: detail,
	}
}

// event answers an event as its reader sees it now.
func (s *Service) event(ctx context.Context, id uuid.UUID) (*event.View, error) {
	views, err := s.events.FindByID(ctx, []uuid.UUID{id})
	if err != nil {
		return nil, err
	}
	return views[0], nil
}
