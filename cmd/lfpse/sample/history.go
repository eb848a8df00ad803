package sample

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"lfpse/internal/authz"
	"lfpse/internal/event"
	"lfpse/internal/fault"
	"lfpse/internal/redaction"
)

// textOfDescription is how the service keys the text of a description.
const textOfDescription = "description"

// asTyped and anonymised are what an editor of their own event is shown, and an
// editor of somebody else's.
var (
	asTyped    = event.Showing(authz.TextOriginal, authz.TextAnonymised)
	anonymised = event.Showing(authz.TextAnonymised)
)

// follow makes the further revisions of an event, as far as they have come
// about, and takes it back if so planned.
func (m *maker) follow(r *rand.Rand, life *event.Life, t *tale, p plan) error {
	at, ok := *life.Row.RecordedAt, true
	for range p.revisions - 1 {
		before := at
		if at, ok = m.calendar.after(r, before); !ok {
			if p.days == period {
				return nil
			}
			at = m.calendar.since(r, before)
		}
		if editor := m.editor(r, p, t.in); editor != nil {
			if err := m.revise(r, life, t, p, editor, at); err != nil {
				return err
			}
		}
	}
	if !p.withdrawn {
		return nil
	}
	before := at
	if at, ok = m.calendar.after(r, before); !ok {
		at = m.calendar.since(r, before)
	}
	return m.withdraw(r, life, t, p, at)
}

// editor answers who changes an event: its author mostly, or somebody who
// answers for its trust's safety; nil where there is nobody.
func (m *maker) editor(r *rand.Rand, p plan, in *event.Input) *colleague {
	var others []*colleague
	if in.Organisation != nil {
		others = m.staff.of(*in.Organisation).editors
	}
	switch {
	case p.editor != nil:
		return p.editor
	case len(others) > 0 && (p.author == nil || often(r, 0.45)):
		return pick(r, others)
	}
	return p.author
}

func (m *maker) revise(r *rand.Rand, life *event.Life, t *tale, p plan, editor *colleague, at time.Time) error {
	shown := anonymised
	if editor == p.author {
		shown = asTyped
	}
	subject := life.Subject(shown)
	patch := m.patch(r, t, subject, editor == p.author)
	revised, problems, err := m.o.Events.PrepareUpdate(subject, &patch, editor.principal, at, m.around(p, t.in))
	if err != nil {
		return err
	}
	if len(problems) > 0 {
		return invalid("an update", problems)
	}
	if len(revised.Changed) > 0 {
		life.Revisions = append(life.Revisions, revised)
	}
	return nil
}

// around answers the names that the accounts around an event know.
func (m *maker) around(p plan, in *event.Input) []redaction.Known {
	codes := in.OccurredAtOrganisations
	if in.Organisation != nil && !slices.Contains(codes, *in.Organisation) {
		codes = append(slices.Clone(codes), *in.Organisation)
	}
	return m.staff.around(p.author, codes...)
}

// invalid is the error of sample data that the service would refuse.
func invalid(what string, problems fault.Problems) error {
	all := make([]string, len(problems))
	for i, p := range problems {
		all[i] = fmt.Sprintf("%s: %s (%s)", strings.Join(p.Path, "."), p.Message, p.Code)
	}
	return fmt.Errorf("%s that the service refuses: %s", what, strings.Join(all, "; "))
}

// patch changes one or two things of an event, and of the tale with it.
func (m *maker) patch(r *rand.Rand, t *tale, found event.Subject, own bool) event.Patch {
	var patch event.Patch
	for range 1 + r.IntN(2) {
		switch r.IntN(5) {
		case 0, 1:
			addTo(r, &patch, t, found, own)
		case 2:
			regrade(r, &patch, t, found, own)
		case 3:
			patch.LevelOfConcern = given(pointer(concerns.draw(r)))
		case 4:
			m.ofKind(r, &patch, t)
		}
	}
	if t.known != theMinute && t.known != theDay && often(r, 0.5) {
		t.known = theDay
		t.known.date(t.in, t.happened)
		patch.OccurredOn = given(t.in.OccurredOn)
	}
	return patch
}

func given[T any](value T) event.Given[T] { return event.Given[T]{Value: value, Is: true} }

// addTo adds to the description: behind what was typed, or behind what somebody
// else is shown of it.
func addTo(r *rand.Rand, patch *event.Patch, t *tale, found event.Subject, own bool) {
	if patch.Description.Is {
		return
	}
	words := remarks
	if own {
		words = additions
	}
	more := " " + *t.told.compose(words)
	seen, ok := *t.in.Description, true
	if !own {
		seen, ok = found.Anonymised[textOfDescription]
	}
	if !ok {
		return
	}
	patch.Description = given(pointer(seen + more))
	t.in.Description = pointer(*t.in.Description + more)
}

// regrade grades the harm to the first patient anew.
func regrade(r *rand.Rand, patch *event.Patch, t *tale, found event.Subject, own bool) {
	if len(t.in.Patients) == 0 || t.in.Kind == event.KindGoodCare || patch.Patients.Is {
		return
	}
	grade(r, t.in.Patients[0], physical.draw(r))
	seen := make([]*event.PatientInput, len(t.in.Patients))
	for i, p := range t.in.Patients {
		copied := *p
		if field := fmt.Sprintf("patients.%d.clinicalOutcome", i+1); !own && p.ClinicalOutcome != nil {
			copied.ClinicalOutcome = pointer(found.Anonymised[field])
		}
		seen[i] = &copied
	}
	patch.Patients = given(seen)
}

// noticedOtherwise is the code of having come to know of good care in another way.
const noticedOtherwise = "6"

// ofKind changes an answer that belongs to the kind of event.
func (m *maker) ofKind(r *rand.Rand, patch *event.Patch, t *tale) {
	switch t.in.Kind {
	case event.KindIncident:
		patch.Incident = given(&event.IncidentPatch{Process: given(pointer(processes.draw(r)))})
	case event.KindOutcome:
		patch.Outcome = given(&event.OutcomePatch{IncidentSuspected: given(pointer(suspicions.draw(r)))})
	case event.KindRisk:
		patch.Risk = given(&event.RiskPatch{Imminent: given(pointer(imminence.draw(r)))})
		if often(r, 0.5) {
			patch.Answers = given([]*event.AnswerInput{{Element: "LocationDetails.LocationAtRisk", Codes: []string{pick(r, []string{"1", "2", "3"})}}})
		}
	case event.KindGoodCare:
		if *t.in.GoodCare.NoticedBy != noticedOtherwise { // which another answer rests on
			t.in.GoodCare.NoticedBy = pointer(pick(r, []string{"1", "4"}))
			patch.GoodCare = given(&event.GoodCarePatch{NoticedBy: given(t.in.GoodCare.NoticedBy)})
		}
	}
}

func (m *maker) withdraw(r *rand.Rand, life *event.Life, t *tale, p plan, at time.Time) error {
	by, shown := m.withdrawer(r, p), anonymised
	if by == nil {
		return nil
	}
	if by == p.author {
		shown = asTyped
	}
	reason := *t.told.compose(reasonsToWithdraw)
	w, err := m.o.Events.PrepareWithdrawal(life.Subject(shown), reason, by.principal, at, m.around(p, t.in))
	if err != nil {
		return err
	}
	life.Withdrawn = &w
	return nil
}

// withdrawer answers who takes an event back: its author, an admin of its
// trust, or of an anonymous one a national lead.
func (m *maker) withdrawer(r *rand.Rand, p plan) *colleague {
	admins := m.staff.of(string(p.trust.ODSCode)).admins
	switch {
	case p.author == nil:
		return m.staff.byEmail[leadEmail]
	case len(admins) > 0 && p.days == period && often(r, 0.3):
		return pick(r, admins)
	}
	return p.author
}
