package governance

import (
	"fmt"
	"io"
	"slices"
	"strconv"
)

// A vocabulary lists the values that a type of the graph's enums may have.
type vocabulary[E ~string] []E

func (v vocabulary[E]) write(w io.Writer, value E) {
	io.WriteString(w, strconv.Quote(string(value))) //nolint:errcheck // gqlgen's Marshaler has no error to answer
}

// read takes a value as the graph's inputs carry it. The error names the values
// that there are, never the one given: it may hold what somebody typed.
func (v vocabulary[E]) read(value any) (E, error) {
	text, ok := value.(string)
	if !ok || !slices.Contains(v, E(text)) {
		var none E
		return none, fmt.Errorf("must be one of %v", v)
	}
	return E(text), nil
}

// ReviewStatus is where a review stands.
type ReviewStatus string

// The values of ReviewStatus, as the graph's enum has them.
const (
	ReviewInProgress ReviewStatus = "IN_PROGRESS"
	ReviewCompleted  ReviewStatus = "COMPLETED"
)

func reviewStatuses() vocabulary[ReviewStatus] {
	return vocabulary[ReviewStatus]{ReviewInProgress, ReviewCompleted}
}

// MarshalGQL writes the enum value.
func (s ReviewStatus) MarshalGQL(w io.Writer) { reviewStatuses().write(w, s) }

// UnmarshalGQL reads an enum value.
func (s *ReviewStatus) UnmarshalGQL(v any) (err error) {
	*s, err = reviewStatuses().read(v)
	return err
}

// ReviewOutcome is what came of a review.
type ReviewOutcome string

// The values of ReviewOutcome, as the graph's enum has them.
const (
	NoFurtherAction ReviewOutcome = "NO_FURTHER_ACTION"
	LocalLearning   ReviewOutcome = "LOCAL_LEARNING"
	LearningNeeded  ReviewOutcome = "LEARNING_RESPONSE"
	Escalated       ReviewOutcome = "ESCALATED"
	Duplicate       ReviewOutcome = "DUPLICATE"
)

func reviewOutcomes() vocabulary[ReviewOutcome] {
	return vocabulary[ReviewOutcome]{NoFurtherAction, LocalLearning, LearningNeeded, Escalated, Duplicate}
}

// MarshalGQL writes the enum value.
func (o ReviewOutcome) MarshalGQL(w io.Writer) { reviewOutcomes().write(w, o) }

// UnmarshalGQL reads an enum value.
func (o *ReviewOutcome) UnmarshalGQL(v any) (err error) {
	*o, err = reviewOutcomes().read(v)
	return err
}

// LearningResponse is how an organisation learns from an event.
type LearningResponse string

// The values of LearningResponse, as the graph's enum has them.
const (
	PatientSafetyInvestigation LearningResponse = "PSII"
	MultidisciplinaryReview    LearningResponse = "MULTIDISCIPLINARY_REVIEW"
	AfterActionReview          LearningResponse = "AFTER_ACTION_REVIEW"
	SwarmHuddle                LearningResponse = "SWARM_HUDDLE"
	ThematicReview             LearningResponse = "THEMATIC_REVIEW"
	ExternalReferral           LearningResponse = "EXTERNAL_REFERRAL"
)

func learningResponses() vocabulary[LearningResponse] {
	return vocabulary[LearningResponse]{
		PatientSafetyInvestigation, MultidisciplinaryReview, AfterActionReview, SwarmHuddle, ThematicReview, ExternalReferral,
	}
}

// MarshalGQL writes the enum value.
func (r LearningResponse) MarshalGQL(w io.Writer) { learningResponses().write(w, r) }

// UnmarshalGQL reads an enum value.
func (r *LearningResponse) UnmarshalGQL(v any) (err error) {
	*r, err = learningResponses().read(v)
	return err
}

// InvestigationStatus is where an investigation stands.
type InvestigationStatus string

// The values of InvestigationStatus, as the graph's enum has them.
const (
	InvestigationOpen   InvestigationStatus = "OPEN"
	InvestigationClosed InvestigationStatus = "CLOSED"
)

func investigationStatuses() vocabulary[InvestigationStatus] {
	return vocabulary[InvestigationStatus]{InvestigationOpen, InvestigationClosed}
}

// MarshalGQL writes the enum value.
func (s InvestigationStatus) MarshalGQL(w io.Writer) { investigationStatuses().write(w, s) }

// UnmarshalGQL reads an enum value.
func (s *InvestigationStatus) UnmarshalGQL(v any) (err error) {
	*s, err = investigationStatuses().read(v)
	return err
}

// MarshalGQL writes the enum value.
func (c Code) MarshalGQL(w io.Writer) { vocabulary[Code](Codes()).write(w, c) }

// UnmarshalGQL reads an enum value.
func (c *Code) UnmarshalGQL(v any) (err error) {
	*c, err = vocabulary[Code](Codes()).read(v)
	return err
}

func states() vocabulary[State] { return vocabulary[State]{Outstanding, Overdue, Met, NotApplicable} }

// MarshalGQL writes the enum value.
func (s State) MarshalGQL(w io.Writer) { states().write(w, s) }

// UnmarshalGQL reads an enum value.
func (s *State) UnmarshalGQL(v any) (err error) {
	*s, err = states().read(v)
	return err
}
