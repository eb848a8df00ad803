// Package governance holds what becomes of an event once it is recorded: what
// law and national policy require of it, and how that was answered.
//
// What is required is decided by rules (package policies), through Judge. The
// rest of this package is arithmetic on their answers: days, deadlines, and
// what stands when an event is judged again.
package governance

import (
	"strings"
	"time"
)

// Code names a requirement, as the graph's enum PolicyRequirementCode does.
type Code string

// The codes.
const (
	NeverEventReview             Code = "NEVER_EVENT_REVIEW"
	PSII                         Code = "PSII"
	DutyOfCandour                Code = "DUTY_OF_CANDOUR"
	CQCNotification              Code = "CQC_NOTIFICATION"
	MNSIReferral                 Code = "MNSI_REFERRAL"
	LeDeRReferral                Code = "LEDER_REFERRAL"
	ChildDeathReview             Code = "CHILD_DEATH_REVIEW"
	SafeguardingReferral         Code = "SAFEGUARDING_REFERRAL"
	MentalHealthHomicideReferral Code = "MENTAL_HEALTH_HOMICIDE_REFERRAL"
	ScreeningQA                  Code = "SCREENING_QA"
	MHRAYellowCard               Code = "MHRA_YELLOW_CARD"
	SHOTSABRE                    Code = "SHOT_SABRE"
	NHSBT                        Code = "NHSBT"
)

// Codes lists every code, in the graph's order, in which requirements are listed too.
func Codes() []Code {
	return []Code{
		NeverEventReview, PSII, DutyOfCandour, CQCNotification, MNSIReferral, LeDeRReferral, ChildDeathReview,
		SafeguardingReferral, MentalHealthHomicideReferral, ScreeningQA, MHRAYellowCard, SHOTSABRE, NHSBT,
	}
}

// Requirement is one thing that law or national policy asks for. There is at
// most one of each code: what several rules ask for is asked for once.
type Requirement struct {
	Code  Code
	Title string
	// Certain is false where the answers cannot tell whether it applies: the
	// reason then says what has to be considered.
	Certain bool
	// Deadline is the earliest of its findings' deadlines; nil where nothing
	// sets one.
	Deadline *Deadline
	// Findings are the rules that ask for it, at least one; certain ones come
	// first.
	Findings []Finding
	// RulesVersion is the version of the rules that found it.
	RulesVersion string
}

// Reason says in words why the requirement applies.
func (r Requirement) Reason() string {
	reasons := make([]string, len(r.Findings))
	for i, f := range r.Findings {
		reasons[i] = f.Reason
	}
	return strings.Join(reasons, " ")
}

// DueOn is the deadline's day; nil where there is none.
func (r Requirement) DueOn() *time.Time {
	if r.Deadline == nil {
		return nil
	}
	return &r.Deadline.On
}

// Finding is what one rule said.
type Finding struct {
	// Rule is the rule's id, for example duty_of_candour/health_service_body_harm.
	Rule    string
	Reason  string
	Certain bool
	Source  Source
	// Because are the answers that made the rule apply, for example
	// "patient 1: physical_harm=FATAL": names and codes, never free text.
	Because  []string
	Deadline *Deadline
}

// Source is where a rule or a deadline is written.
type Source struct {
	Document  string
	Paragraph string
}

// Deadline is the last day on which a requirement is met in time.
type Deadline struct {
	// On is the day, as midnight UTC of its date in London.
	On    time.Time
	Basis Basis
	// Label says in words what the deadline is: "10 working days, …".
	Label  string
	Source Source
}

// Basis says what a deadline rests on.
type Basis string

// The bases. Only Law is law; the others are configuration.
const (
	Law            Basis = "LAW"
	NationalPolicy Basis = "NATIONAL_POLICY"
	Contract       Basis = "CONTRACT"
	Operational    Basis = "OPERATIONAL" // a figure of this service's own, where the source sets none
)

// Facts are what the rules are asked about: structured answers, and nothing
// that somebody typed. Words are those of the graph's enums, codes those of the
// taxonomy.
type Facts struct {
	Kind string // EventKind
	// RecordedOn is the day in London on which the event was recorded, at midnight
	// UTC, as all days are here.
	RecordedOn time.Time
	// OccurredUntil is the last day on which it can have occurred; nil where
	// nothing is known of it.
	OccurredUntil *time.Time
	// Providers are the types (OrganisationType) of the organisations where it
	// occurred or, where none is named, of the reporter's.
	Providers         []string
	NearMiss          bool
	IncidentSuspected string // YesNoUnknown, of an outcome
	ServiceAreas      []string
	Specialty         string // code
	InvolvedAgents    []string
	SafetyChallenges  []string
	OutcomeTypes      []string // codes
	Patients          []PatientFacts
	// Answers are the codes of the long tail, by the path of their element.
	Answers map[string][]string
	// Worded are the paths of the elements answered in words: that they were,
	// never what they say.
	Worded   []string
	Declared Declared
}

// PatientFacts are the structured answers about one patient.
type PatientFacts struct {
	Sequence              int
	AgeBracket            string // code, empty where not known
	PhysicalHarm          string
	PsychologicalHarm     string
	StrengthOfAssociation string // code
}

// Declared is what admins, or their system, have declared of an event, which
// nobody can answer when recording it.
type Declared struct {
	NeverEventType       string // code, empty for none
	Sectioned            bool   // detained under the Mental Health Act 1983
	DeprivationOfLiberty bool   // under the Mental Capacity Act 2005
}

// Judgement is what the rules say of an event.
type Judgement struct {
	RulesVersion string
	Requirements []Requirement // in the order of Codes
}

// Judge decides what is required of an event. On is the day, in London, of the
// judgement: deadlines run from it. An error means that the rules failed, never
// that nothing is required.
type Judge interface {
	Judge(facts Facts, on time.Time) (Judgement, error)
}

// Explanation is what one rule said of an event, and why.
type Explanation struct {
	Rule    string
	Code    Code
	Source  Source
	Applies bool
	Certain bool
	// Because are the answers that met its conditions, as far as they were met.
	Because []string
	// Unmet is, of a rule that does not apply, the first condition that was not met.
	Unmet string
}
