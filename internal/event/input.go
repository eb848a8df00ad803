package event

import (
	"strconv"
	"time"
)

// The longest and the most that an input takes.
const (
	MaxText           = 20_000 // characters of one free text
	MaxContact        = 200    // characters of contact details
	MaxIdempotencyKey = 200    // characters
	MaxPatients       = 100
	MaxOrganisations  = 100
	MaxAnswers        = 200
	MaxReasons        = 100
)

// Input is what an event is recorded with: the graph's EventInput.
type Input struct {
	Kind                    Kind
	OccurredOn              *PartialDate
	OccurredAt              *LocalTime
	Organisation            *string
	OccurredAtOrganisations []string
	ServiceArea             []ServiceArea
	Specialty               *string
	Description             *string
	LevelOfConcern          *LevelOfConcern
	InvolvedAgents          []AgentType
	SafetyChallenges        []SafetyChallenge
	Patients                []*PatientInput
	Incident                *IncidentInput
	Outcome                 *OutcomeInput
	Risk                    *RiskInput
	GoodCare                *GoodCareInput
	ReporterContact         *string
	Answers                 []*AnswerInput
}

// IncidentInput holds the answers that belong to an incident.
type IncidentInput struct {
	ImmediateActions *string
	Process          *string
	DetectionPoint   *string
	WentWell         *string
	ImminentRisk     *YesNoUnknown
	NearMiss         *bool
}

// OutcomeInput holds the answers that belong to a poor outcome.
type OutcomeInput struct {
	OutcomeTypes      []string
	IncidentSuspected *YesNoUnknown
	ImmediateActions  *string
}

// RiskInput holds the answers that belong to a risk.
type RiskInput struct {
	Themes     []string
	Imminent   *YesNoUnknown
	Population *string
	Timeframe  *string
}

// GoodCareInput holds the answers that belong to good care.
type GoodCareInput struct {
	Strengths   *string
	HowToRepeat *string
	NoticedBy   *string
}

// PatientInput is somebody who was or could have been harmed.
type PatientInput struct {
	Sequence              *int
	Age                   *Age
	AgeBracket            *string
	Gender                *string
	Ethnicity             *string
	PhysicalHarm          *PhysicalHarm
	PsychologicalHarm     *PsychologicalHarm
	ClinicalOutcome       *string
	StrengthOfAssociation *string
}

// Age is an age at the time of an event.
type Age struct {
	Value int
	Unit  AgeUnit
}

// AnswerInput is the answer to one question of the taxonomy's long tail.
type AnswerInput struct {
	Element string
	Codes   []string
	Text    *string
}

// Receipt is all that an anonymous reporter is given.
type Receipt struct {
	RecordedAt time.Time
	Reference  string
}

// The names of the fields that hold free text, dotted as in EventInput. They key the
// texts of a record, typed and anonymised, wherever they are kept.
const (
	fieldDescription     = "description"
	fieldIncidentActions = "incident.immediateActions"
	fieldWentWell        = "incident.wentWell"
	fieldOutcomeActions  = "outcome.immediateActions"
	fieldPopulation      = "risk.population"
	fieldStrengths       = "goodCare.strengths"
	fieldHowToRepeat     = "goodCare.howToRepeat"
	fieldContact         = "reporterContact"
)

func fieldClinicalOutcome(sequence int) string {
	return "patients." + strconv.Itoa(sequence) + ".clinicalOutcome"
}

func fieldAnswer(element string) string { return "answers." + element }

// elementOtherReason says in words why a reporter stays anonymous. It may well speak of those who
// read the event, so it is kept under seal and shown to nobody.
const elementOtherReason = "PractitionerDetails.WhyAnonymousOther"

// sealedOnly gathers the texts that nobody reads anonymised, by field.
func (in *Input) sealedOnly() map[string]string {
	texts := map[string]string{}
	if in.ReporterContact != nil {
		texts[fieldContact] = *in.ReporterContact
	}
	for _, answer := range in.Answers {
		if answer.Element == elementOtherReason && answer.Text != nil {
			texts[fieldAnswer(answer.Element)] = *answer.Text
		}
	}
	return texts
}

// texts gathers every free text of an input by field, but for those that nobody reads
// anonymised; sequences are those that numbered gave.
func (in *Input) texts() map[string]string {
	texts := map[string]string{}
	put := func(field string, text *string) {
		if text != nil && *text != "" {
			texts[field] = *text
		}
	}
	put(fieldDescription, in.Description)
	if in.Incident != nil {
		put(fieldIncidentActions, in.Incident.ImmediateActions)
		put(fieldWentWell, in.Incident.WentWell)
	}
	if in.Outcome != nil {
		put(fieldOutcomeActions, in.Outcome.ImmediateActions)
	}
	if in.Risk != nil {
		put(fieldPopulation, in.Risk.Population)
	}
	if in.GoodCare != nil {
		put(fieldStrengths, in.GoodCare.Strengths)
		put(fieldHowToRepeat, in.GoodCare.HowToRepeat)
	}
	for i, sequence := range in.sequences() {
		put(fieldClinicalOutcome(sequence), in.Patients[i].ClinicalOutcome)
	}
	for _, answer := range in.Answers {
		if answer.Element != elementOtherReason {
			put(fieldAnswer(answer.Element), answer.Text)
		}
	}
	return texts
}

// sequences answers the number of each patient: its own where given, else its
// place in the list counted from 1.
func (in *Input) sequences() []int {
	numbers := make([]int, len(in.Patients))
	for i, patient := range in.Patients {
		numbers[i] = i + 1
		if patient.Sequence != nil {
			numbers[i] = *patient.Sequence
		}
	}
	return numbers
}
