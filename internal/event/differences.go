package event

import (
	"reflect"
	"slices"

	"github.com/google/uuid"
)

// differences names the fields in which two inputs differ, as EventInput does,
// dotted inside the answers of a kind and before the element of an answer.
// Nothing, an empty list and a text of no characters are the same.
func differences(before, after *Input) []string {
	var changed []string
	note := func(field string, a, b any) {
		if !same(a, b) {
			changed = append(changed, field)
		}
	}
	note("kind", before.Kind, after.Kind)
	note("occurredOn", before.OccurredOn, after.OccurredOn)
	note("occurredAt", before.OccurredAt, after.OccurredAt)
	note("occurredAtOrganisations", before.OccurredAtOrganisations, after.OccurredAtOrganisations)
	note("serviceArea", before.ServiceArea, after.ServiceArea)
	note("specialty", before.Specialty, after.Specialty)
	note(fieldDescription, before.Description, after.Description)
	note("levelOfConcern", before.LevelOfConcern, after.LevelOfConcern)
	note("involvedAgents", before.InvolvedAgents, after.InvolvedAgents)
	note("safetyChallenges", before.SafetyChallenges, after.SafetyChallenges)
	if !slices.EqualFunc(before.people(), after.people(), func(a, b somebody) bool { return reflect.DeepEqual(a, b) }) {
		changed = append(changed, "patients")
	}
	a, b := orZero(before.Incident), orZero(after.Incident)
	note(fieldIncidentActions, a.ImmediateActions, b.ImmediateActions)
	note("incident.process", a.Process, b.Process)
	note("incident.detectionPoint", a.DetectionPoint, b.DetectionPoint)
	note(fieldWentWell, a.WentWell, b.WentWell)
	note("incident.imminentRisk", a.ImminentRisk, b.ImminentRisk)
	note("incident.nearMiss", yes(a.NearMiss), yes(b.NearMiss))
	c, d := orZero(before.Outcome), orZero(after.Outcome)
	note("outcome.outcomeTypes", c.OutcomeTypes, d.OutcomeTypes)
	note("outcome.incidentSuspected", c.IncidentSuspected, d.IncidentSuspected)
	note(fieldOutcomeActions, c.ImmediateActions, d.ImmediateActions)
	e, f := orZero(before.Risk), orZero(after.Risk)
	note("risk.themes", e.Themes, f.Themes)
	note("risk.imminent", e.Imminent, f.Imminent)
	note(fieldPopulation, e.Population, f.Population)
	note("risk.timeframe", e.Timeframe, f.Timeframe)
	g, h := orZero(before.GoodCare), orZero(after.GoodCare)
	note(fieldStrengths, g.Strengths, h.Strengths)
	note(fieldHowToRepeat, g.HowToRepeat, h.HowToRepeat)
	note("goodCare.noticedBy", g.NoticedBy, h.NoticedBy)
	return append(changed, answersChanged(before.Answers, after.Answers)...)
}

func orZero[I any](part *I) I {
	if part == nil {
		var nothing I
		return nothing
	}
	return *part
}

func yes(answer *bool) bool { return answer != nil && *answer }

func same(a, b any) bool {
	va, vb := reflect.ValueOf(a), reflect.ValueOf(b)
	return nothing(va) && nothing(vb) || reflect.DeepEqual(a, b)
}

func nothing(v reflect.Value) bool {
	switch v.Kind() {
	case reflect.Slice:
		return v.Len() == 0
	case reflect.Pointer:
		return v.IsNil() || v.Elem().Kind() == reflect.String && v.Elem().Len() == 0
	}
	return false
}

// somebody is a patient as kept, so that the same one given in two ways is the same.
type somebody struct {
	PatientRecord
	outcome string
}

func (in *Input) people() []somebody {
	people := make([]somebody, len(in.Patients))
	for i, record := range patientRecords(uuid.Nil, in) {
		people[i].PatientRecord = record
		people[i].outcome = orZero(in.Patients[i].ClinicalOutcome)
	}
	slices.SortStableFunc(people, func(a, b somebody) int { return a.Sequence - b.Sequence })
	return people
}

func answersChanged(before, after []*AnswerInput) []string {
	var changed []string
	in := func(list []*AnswerInput, element string) *AnswerInput {
		at := slices.IndexFunc(list, func(a *AnswerInput) bool { return a.Element == element })
		if at < 0 {
			return nil
		}
		return list[at]
	}
	for _, a := range before {
		b := in(after, a.Element)
		if b == nil || !same(a.Codes, b.Codes) || !same(a.Text, b.Text) {
			changed = append(changed, fieldAnswer(a.Element))
		}
	}
	for _, b := range after {
		if in(before, b.Element) == nil {
			changed = append(changed, fieldAnswer(b.Element))
		}
	}
	return changed
}
