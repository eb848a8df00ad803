package event

import (
	"time"

	"github.com/google/uuid"
)

// Record is a row as the database answers it to one reader: what the reader's
// scope does not show is not in it. Only view makes something of it that the
// graph can reach.
type Record struct {
	ID                      uuid.UUID
	Reference               string
	Kind                    Kind
	Status                  Status
	Source                  Source
	TaxonomyVersion         int
	Revision                int
	OccurredOn              *PartialDate
	OccurredAt              *LocalTime
	RecordedAt              *time.Time
	UpdatedAt               time.Time
	Organisation            *string
	OccurredAtOrganisations []string
	ServiceAreas            []ServiceArea
	Specialty               *string
	LevelOfConcern          *LevelOfConcern
	InvolvedAgents          []AgentType
	SafetyChallenges        []SafetyChallenge
	PhysicalHarm            *PhysicalHarm
	PsychologicalHarm       *PsychologicalHarm
	Details                 StoredDetails
	Texts                   map[string]string // anonymised; nil unless shown
	RecordedBy              *uuid.UUID        // nil unless people are shown
	Shows                   Shown
	Parts                   Parts      // what was read; the rest is zero whatever it is
	OccurredFrom            *time.Time // the first day that OccurredOn can mean: a position for paging
	Rank                    float64    // how far up it stands in an order by harm or relevance: a position for paging
	Draft                   []byte     // a draft's content, sealed; nil unless its original is shown
	Withdrawal              *WithdrawalRecord
	Patients                []PatientRecord  // nil unless they were read with it
	Revisions               []RevisionRecord // nil unless they were read with it, the latest first
	Companions              []Companion      // that were read with it
}

// WithdrawalRecord says when and why an event was withdrawn, as far as the reader is shown it.
type WithdrawalRecord struct {
	At       time.Time
	Reason   *string // anonymised
	Original []byte  // as typed, sealed; nil unless shown
}

// StoredDetails are the coded answers that have no column of their own, as
// they are kept in the event's row. Texts stand elsewhere.
type StoredDetails struct {
	// Incidents.
	Process        *string       `json:"process,omitempty"`
	DetectionPoint *string       `json:"detectionPoint,omitempty"`
	ImminentRisk   *YesNoUnknown `json:"imminentRisk,omitempty"`
	NearMiss       bool          `json:"nearMiss,omitempty"`
	// Poor outcomes.
	OutcomeTypes      []string      `json:"outcomeTypes,omitempty"`
	IncidentSuspected *YesNoUnknown `json:"incidentSuspected,omitempty"`
	// Risks.
	Themes    []string      `json:"themes,omitempty"`
	Imminent  *YesNoUnknown `json:"imminent,omitempty"`
	Timeframe *string       `json:"timeframe,omitempty"`
	// Good care.
	NoticedBy *string `json:"noticedBy,omitempty"`

	Answers []StoredAnswer `json:"answers,omitempty"`
}

// StoredAnswer is an answer of the long tail: its codes, or that it has a text.
type StoredAnswer struct {
	Element string   `json:"element"`
	Codes   []string `json:"codes,omitempty"`
	HasText bool     `json:"hasText,omitempty"`
}

// PatientRecord is a patient's row, as far as the reader is shown it.
type PatientRecord struct {
	EventID               uuid.UUID
	Sequence              int
	AgeValue              *int // nil unless exact ages are shown
	AgeUnit               *AgeUnit
	AgeBracket            *string
	Gender                *string
	Ethnicity             *string
	PhysicalHarm          *PhysicalHarm
	PsychologicalHarm     *PsychologicalHarm
	StrengthOfAssociation *string
}

// RevisionRecord is a row of an event's history, as far as the reader is shown it.
type RevisionRecord struct {
	EventID    uuid.UUID
	Revision   int
	At         time.Time
	RecordedBy *uuid.UUID // nil unless people are shown
	Changed    []string
	Texts      map[string]string // anonymised; nil unless shown
}

// TextKey names the texts of one revision as they were typed.
type TextKey struct {
	EventID  uuid.UUID
	Revision int
}

// Sealed are the texts of one revision, under seal.
type Sealed struct {
	TextKey
	Blob []byte
}
