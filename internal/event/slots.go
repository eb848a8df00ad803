package event

import (
	"slices"
	"strconv"
)

// slot is the place of one free text in an input.
type slot struct {
	field string // as texts are keyed
	path  []string
	text  **string
}

// slots lists every place of free text in an input, filled or not, but for the
// reporter's contact details.
func (in *Input) slots() []slot {
	var all []slot
	add := func(field string, text **string, path ...string) { all = append(all, slot{field, path, text}) }
	add(fieldDescription, &in.Description, "description")
	if i := in.Incident; i != nil {
		add(fieldIncidentActions, &i.ImmediateActions, "incident", "immediateActions")
		add(fieldWentWell, &i.WentWell, "incident", "wentWell")
	}
	if o := in.Outcome; o != nil {
		add(fieldOutcomeActions, &o.ImmediateActions, "outcome", "immediateActions")
	}
	if r := in.Risk; r != nil {
		add(fieldPopulation, &r.Population, "risk", "population")
	}
	if g := in.GoodCare; g != nil {
		add(fieldStrengths, &g.Strengths, "goodCare", "strengths")
		add(fieldHowToRepeat, &g.HowToRepeat, "goodCare", "howToRepeat")
	}
	for i, sequence := range in.sequences() {
		add(fieldClinicalOutcome(sequence), &in.Patients[i].ClinicalOutcome, "patients", strconv.Itoa(i), "clinicalOutcome")
	}
	for i, answer := range in.Answers {
		add(fieldAnswer(answer.Element), &answer.Text, "answers", strconv.Itoa(i), "text")
	}
	return all
}

// clone answers a copy of an input whose every field can be set without setting
// the other's. What its pointers to single values point to is shared: it is never written to.
func (in *Input) clone() Input {
	copied := *in
	copied.OccurredAtOrganisations = slices.Clone(in.OccurredAtOrganisations)
	copied.ServiceArea = slices.Clone(in.ServiceArea)
	copied.InvolvedAgents = slices.Clone(in.InvolvedAgents)
	copied.SafetyChallenges = slices.Clone(in.SafetyChallenges)
	copied.Incident = copyOf(in.Incident)
	if copied.Outcome = copyOf(in.Outcome); copied.Outcome != nil {
		copied.Outcome.OutcomeTypes = slices.Clone(in.Outcome.OutcomeTypes)
	}
	if copied.Risk = copyOf(in.Risk); copied.Risk != nil {
		copied.Risk.Themes = slices.Clone(in.Risk.Themes)
	}
	copied.GoodCare = copyOf(in.GoodCare)
	copied.Patients = slices.Clone(in.Patients)
	for i, patient := range in.Patients {
		copied.Patients[i] = copyOf(patient)
	}
	copied.Answers = slices.Clone(in.Answers)
	for i, answer := range in.Answers {
		copied.Answers[i] = copyOf(answer)
		copied.Answers[i].Codes = slices.Clone(answer.Codes)
	}
	return copied
}

func copyOf[T any](value *T) *T {
	if value == nil {
		return nil
	}
	copied := *value
	return &copied
}

// coded answers an input without its free text and contact details, as JSON.
func (in *Input) coded() []byte {
	copied := in.clone()
	copied.ReporterContact = nil
	for _, slot := range copied.slots() {
		*slot.text = nil
	}
	return content(&copied)
}
