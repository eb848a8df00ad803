package event

import (
	"encoding/json"
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

// clone answers a copy of an input that shares nothing with it.
func (in *Input) clone() Input {
	var copied Input
	if err := json.Unmarshal(content(in), &copied); err != nil {
		panic("event: an input does not survive JSON") // strings, numbers and booleans only
	}
	return copied
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
