package governance

import (
	"fmt"
	"log/slog"
	"slices"
	"time"

	"github.com/google/uuid"

	"lfpse/internal/event"
)

// Assessor works out what law and national policy ask of an event as it stands,
// and what of that is answered.
type Assessor struct {
	judge    Judge
	calendar *Calendar
	typeOf   func(odsCode string) string
	log      *slog.Logger
}

// AssessorOptions are what an Assessor stands on; all are needed.
type AssessorOptions struct {
	Judge    Judge
	Calendar *Calendar
	// TypeOf answers the type of an organisation; empty for one that is not on the
	// map.
	TypeOf func(odsCode string) string
	// Log is told of events that the rules failed on.
	Log *slog.Logger
}

// NewAssessor makes an assessor.
func NewAssessor(o AssessorOptions) *Assessor {
	return &Assessor{judge: o.Judge, calendar: o.Calendar, typeOf: o.TypeOf, log: o.Log}
}

// Kept is a requirement as it is kept with its event.
type Kept struct {
	Standing
	// AnsweredBy is the answer that counts; nil for none.
	AnsweredBy *uuid.UUID
	// Open tells whether it still has to be answered.
	Open bool
}

// Assessment is what is kept of what is required of an event.
type Assessment struct {
	RulesVersion string
	Kept         []Kept
}

// Assess judges an event as it stands at an instant, from whose day deadlines run.
// previous is what stood before, answers are the latest of each kind and subject. Of a withdrawn event nothing is
// required any more.
func (a *Assessor) Assess(r event.Record, patients []event.PatientRecord, previous []Standing, answers []Answer, at time.Time) (Assessment, error) {
	facts := a.Facts(r, patients, answers)
	judgement, err := a.judge.Judge(facts, a.calendar.Day(at))
	if err != nil {
		a.log.Error("the rules of what policy requires failed; the event waits to be judged", "event", r.ID, "error", err)
		return Assessment{}, fmt.Errorf("judging an event: %w", err)
	}
	if r.Status == event.StatusWithdrawn {
		judgement.Requirements = nil
	}
	counts := counting(answers)
	stand := Rejudge(answered(previous, counts), judgement)
	assessment := Assessment{RulesVersion: judgement.RulesVersion}
	for _, s := range answered(stand, counts) {
		kept := Kept{Standing: s, Open: s.State(time.Time{}) == Outstanding}
		if by, ok := counts[s.Code]; ok {
			kept.AnsweredBy = &by.ID
		}
		assessment.Kept = append(assessment.Kept, kept)
	}
	return assessment, nil
}

// Facts answers what the rules are told of an event: its structured answers, whose
// it is, and the latest of what its admins declared.
func (a *Assessor) Facts(r event.Record, patients []event.PatientRecord, answers []Answer) Facts {
	facts := FactsOf(r, patients, a.providers(r), a.calendar)
	facts.Declared = declared(answers)
	return facts
}

// answered puts to requirements the answers that count.
func answered(standings []Standing, counts map[Code]Answer) []Standing {
	standings = slices.Clone(standings)
	for i := range standings {
		standings[i].Response = nil
		if a, ok := counts[standings[i].Code]; ok {
			standings[i].Response = &Response{NotApplicable: a.Content.NotApplicable, Certain: a.Content.Certain}
		}
	}
	return standings
}

// providers are the types of the organisations where an event occurred or, where
// it names none, of the reporter's; each once.
func (a *Assessor) providers(r event.Record) []string {
	codes := r.OccurredAtOrganisations
	if len(codes) == 0 && r.Organisation != nil {
		codes = []string{*r.Organisation}
	}
	var types []string
	for _, code := range codes {
		if t := a.typeOf(code); t != "" && !slices.Contains(types, t) {
			types = append(types, t)
		}
	}
	slices.Sort(types)
	return types
}
