package governance

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"

	"lfpse/internal/audit"
	"lfpse/internal/authz"
	"lfpse/internal/event"
	"lfpse/internal/fault"
	"lfpse/internal/gid"
)

// systemNeverEvents is the code system of the never events.
const systemNeverEvents = "never-event-type"

// MaxReference is how long a reference to what was done elsewhere may be.
const MaxReference = 100

// Fields of answers among texts.
const (
	fieldReference = "reference"
	fieldFindings  = "findings"
	fieldLearning  = "learning"
	fieldReason    = "reason"
)

// DeclareNeverEvent says that an event is a never event, and of which type.
// Another type than the one before takes its place.
func (s *Service) DeclareNeverEvent(ctx context.Context, id uuid.UUID, kind string) (*event.View, fault.Problems, error) {
	return s.answer(ctx, id, nil, func(found Found, a Answer, problems fault.Problems) (Answer, fault.Problems, error) {
		codes := s.taxonomy.Version(found.Record.TaxonomyVersion)
		if _, ok := codes.Label(systemNeverEvents, kind); !ok {
			problems.Addf(fault.UnknownCode, []string{"type"}, "Give a code of the code system %s.", systemNeverEvents)
		}
		a.Kind, a.Content.Type = NeverEventDeclared, kind
		return a, problems, nil
	})
}

// WithdrawNeverEvent takes back that an event was declared a never event, on behalf
// of the organisation that declared it.
func (s *Service) WithdrawNeverEvent(ctx context.Context, id uuid.UUID, reason string) (*event.View, fault.Problems, error) {
	typed := texts{fieldReason: &reason}
	return s.answer(ctx, id, typed, func(found Found, a Answer, problems fault.Problems) (Answer, fault.Problems, error) {
		declared := found.neverEvent()
		if declared == nil || declared.Content.Type == "" {
			problems.Add(fault.NotApplicable, "The event is not declared to be a never event.", "eventId")
			return Answer{}, problems, nil
		}
		if !slices.Contains(found.Responsible, declared.Organisation) {
			return Answer{}, nil, forbidden()
		}
		problems = append(problems, typed.require(fieldReason, "Say why it is no never event.")...)
		a.Kind, a.Organisation, a.Content.Withdrawn = NeverEventDeclared, declared.Organisation, declared.Content.Type
		return a, problems, nil
	})
}

// neverEvent is the last word on whether an event is a never event; nil for none.
func (f Found) neverEvent() *Answer {
	at := slices.IndexFunc(f.Answers, func(a Answer) bool { return a.Kind == NeverEventDeclared })
	if at < 0 {
		return nil
	}
	return &f.Answers[at]
}

// OpenInvestigation begins to learn from an event by a method. An organisation
// has one open of each method: opening it again corrects its lead and its target.
func (s *Service) OpenInvestigation(ctx context.Context, id uuid.UUID, method LearningResponse, lead *string, target *time.Time) (*event.View, fault.Problems, error) {
	return s.answer(ctx, id, nil, func(found Found, a Answer, problems fault.Problems) (Answer, fault.Problems, error) {
		if lead != nil && !s.exists(*lead) {
			problems.Add(fault.UnknownCode, "Give the ODS code of an organisation that is on the map and open.", "lead")
		}
		if target != nil && target.Before(s.today()) {
			problems.Add(fault.Invalid, "Give today or a day to come.", "targetDate")
		}
		a.Kind, a.About = InvestigationKept, a.ID.String()
		a.Content = Content{Method: method, Lead: lead, OpenedAt: &a.At, TargetDate: target}
		if open := found.openInvestigation(a.Organisation, method); open != nil {
			a.About, a.Content.OpenedAt = open.About, open.Content.OpenedAt
		}
		return a, problems, nil
	})
}

func (f Found) openInvestigation(organisation string, method LearningResponse) *Answer {
	for i, a := range f.Answers {
		if a.Kind == InvestigationKept && a.Organisation == organisation && a.Content.Method == method && a.Content.ClosedAt == nil {
			return &f.Answers[i]
		}
	}
	return nil
}

// CloseInvestigation ends an investigation with what it found and what is learned
// from it. Closing it again corrects both; when it was closed first stays.
func (s *Service) CloseInvestigation(ctx context.Context, id uuid.UUID, findings, learning string) (*event.View, fault.Problems, error) {
	if err := signedIn(authz.FromContext(ctx)); err != nil {
		return nil, nil, err
	}
	of, err := s.eventOf(ctx, On{Investigation: id}, "There is no such investigation.")
	if err != nil {
		return nil, nil, err
	}
	typed := texts{fieldFindings: &findings, fieldLearning: &learning}
	return s.answer(ctx, of, typed, func(found Found, a Answer, problems fault.Problems) (Answer, fault.Problems, error) {
		at := slices.IndexFunc(found.Answers, func(one Answer) bool { return one.Kind == InvestigationKept && one.About == id.String() })
		if at < 0 {
			return Answer{}, nil, fault.New(fault.NotFound, "There is no such investigation.")
		}
		open := found.Answers[at]
		if !slices.Contains(found.Responsible, open.Organisation) {
			return Answer{}, nil, forbidden()
		}
		problems = append(problems, typed.require(fieldFindings, "Say what was found.")...)
		problems = append(problems, typed.require(fieldLearning, "Say what is learned from it.")...)
		a.Kind, a.About, a.Organisation, a.Content = InvestigationKept, open.About, open.Organisation, open.Content
		if a.Content.ClosedAt == nil {
			a.Content.ClosedAt = &a.At
		}
		return a, problems, nil
	})
}

// Candour is what was done by the duty of candour.
type Candour struct {
	NotifiedInPersonOn    *time.Time
	WrittenNotificationOn *time.Time
	ApologyGiven          bool
	Notes                 *string
}

// RecordDutyOfCandour keeps what was done by the duty of candour, in place of
// what was recorded before. The requirement is met once somebody was told in
// person and in writing, with an apology: Health and Social Care Act 2008
// (Regulated Activities) Regulations 2014, regulation 20(3) and (4).
func (s *Service) RecordDutyOfCandour(ctx context.Context, id uuid.UUID, c Candour) (*event.View, fault.Problems, error) {
	return s.answer(ctx, id, texts{fieldNotes: c.Notes}, func(_ Found, a Answer, problems fault.Problems) (Answer, fault.Problems, error) {
		a.Kind = CandourRecorded
		a.Content = Content{
			NotifiedInPersonOn: c.NotifiedInPersonOn, WrittenNotificationOn: c.WrittenNotificationOn, ApologyGiven: c.ApologyGiven,
		}
		return a, append(problems, c.check(s.today())...), nil
	})
}

// check answers what is wrong with days: the written notification follows the
// one in person (regulation 20(4)).
func (c Candour) check(today time.Time) fault.Problems {
	var problems fault.Problems
	for _, day := range []struct {
		field string
		on    *time.Time
	}{{"notifiedInPersonOn", c.NotifiedInPersonOn}, {"writtenNotificationOn", c.WrittenNotificationOn}} {
		if day.on != nil && day.on.After(today) {
			problems.Add(fault.InFuture, "Give a day that has come.", day.field)
		}
	}
	switch {
	case c.WrittenNotificationOn == nil:
	case c.NotifiedInPersonOn == nil:
		problems.Add(fault.Required, "A written notification follows one in person: say when that was. Where nobody can be told in person, respond to the requirement instead, and say why.", "notifiedInPersonOn")
	case c.WrittenNotificationOn.Before(*c.NotifiedInPersonOn):
		problems.Add(fault.Invalid, "A written notification follows the one in person.", "writtenNotificationOn")
	}
	return problems
}

// RespondToRequirement says where a requirement was met elsewhere, or why it does
// not apply, in place of what was said before.
func (s *Service) RespondToRequirement(ctx context.Context, id uuid.UUID, code Code, reference, notes *string, notApplicable bool) (*event.View, fault.Problems, error) {
	typed := texts{fieldReference: reference, fieldNotes: notes}
	return s.answer(ctx, id, typed, func(found Found, a Answer, problems fault.Problems) (Answer, fault.Problems, error) {
		at := slices.IndexFunc(found.Standings, func(one Standing) bool { return one.Code == code })
		if at < 0 {
			problems.Add(fault.NotApplicable, "Nothing asks for this of the event.", "code")
			return Answer{}, problems, nil
		}
		if reference != nil && utf8.RuneCountInString(*reference) > MaxReference {
			problems.Add(fault.TooLong, "At most "+strconv.Itoa(MaxReference)+" characters.", fieldReference)
		}
		if notApplicable {
			problems = append(problems, typed.require(fieldNotes, "Say why it does not apply.")...)
		} else {
			problems = append(problems, typed.require(fieldReference, "Give the reference under which it was done, or say that it does not apply and why.")...)
		}
		a.Kind, a.About = ResponseGiven, string(code)
		a.Content = Content{NotApplicable: notApplicable, Certain: found.Standings[at].Certain}
		return a, problems, nil
	})
}

// require answers a problem where a text says nothing.
func (t texts) require(field, message string) fault.Problems {
	var problems fault.Problems
	if _, given := t.given()[field]; !given {
		problems.Add(fault.Required, message, field)
	}
	return problems
}

// answer keeps what an admin does about an event, as decide completes it: who,
// when and on whose behalf stands in it already.
func (s *Service) answer(ctx context.Context, of uuid.UUID, typed texts,
	decide func(Found, Answer, fault.Problems) (Answer, fault.Problems, error),
) (*event.View, fault.Problems, error) {
	by := authz.FromContext(ctx)
	if err := signedIn(by); err != nil {
		return nil, nil, err
	}
	id := gid.New()
	problems, err := s.actInWords(ctx, authz.GovernEvent, of, id, typed, func(found Found, words event.Words, problems fault.Problems) (Change, fault.Problems, error) {
		to, ok := event.After(found.Record.Status, event.Governing)
		if !ok {
			return Change{}, nil, fault.New(fault.Forbidden, event.Refusal(found.Record.Status))
		}
		if len(found.Responsible) == 0 {
			return Change{}, nil, forbidden()
		}
		a := Answer{ID: id, By: by.ID, At: s.instant(), Words: words}
		if len(found.Concerned) > 0 {
			a.Organisation = found.Concerned[0]
		}
		a, problems, err := decide(found, a, problems)
		if err != nil || len(problems) > 0 {
			return Change{}, problems, err
		}
		if a.Organisation == "" {
			return Change{}, nil, forbidden()
		}
		return Change{Status: to, Answer: &a, Entry: entry(ctx, a.At, a.action(), of, a.detail())}, nil, nil
	})
	if err != nil || len(problems) > 0 {
		return nil, problems, err
	}
	view, err := s.event(ctx, of)
	return view, nil, err
}

// eventOf finds the event of something that stands beside one.
func (s *Service) eventOf(ctx context.Context, on On, missing string) (uuid.UUID, error) {
	scopes, err := s.scopes(ctx)
	if err != nil {
		return uuid.Nil, err
	}
	of, ok, err := s.store.EventOf(ctx, scopes, on)
	if err != nil {
		return uuid.Nil, fmt.Errorf("looking for the event of something beside it: %w", err)
	}
	if !ok {
		return uuid.Nil, fault.New(fault.NotFound, missing)
	}
	return of, nil
}

// action is what the audit trail calls an answer.
func (a Answer) action() audit.Action {
	switch a.Kind {
	case NeverEventDeclared:
		if a.Content.Withdrawn != "" {
			return "never_event.withdrawn"
		}
		return "never_event.declared"
	case CandourRecorded:
		return "duty_of_candour.recorded"
	case ResponseGiven:
		return "requirement.answered"
	case DeclaredBySystem:
		return "governance.declared"
	case InvestigationKept:
		if a.Content.ClosedAt != nil {
			return "investigation.closed"
		}
	}
	return "investigation.opened"
}

// detail are the codes of an answer for the audit trail.
func (a Answer) detail() map[string]string {
	detail := map[string]string{"organisation": a.Organisation}
	switch a.Kind {
	case NeverEventDeclared:
		detail["type"] = cmp.Or(a.Content.Type, a.Content.Withdrawn)
	case InvestigationKept:
		detail["investigation"], detail["method"] = investigationID(a.About), string(a.Content.Method)
	case ResponseGiven:
		detail["code"], detail["not_applicable"] = a.About, strconv.FormatBool(a.Content.NotApplicable)
	case CandourRecorded, DeclaredBySystem:
	}
	return detail
}

func investigationID(about string) string {
	id, err := uuid.Parse(about)
	if err != nil {
		return ""
	}
	return gid.Format(gid.Investigation, id)
}
