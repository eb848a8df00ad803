package event

// Operation is something that is done to an event, by the name that the graph
// has for it.
type Operation string

// The operations.
const (
	Saving               Operation = "saveDraft"
	Deleting             Operation = "deleteDraft"
	Submitting           Operation = "submitDraft"
	Recording            Operation = "recordEvent"
	RecordingAnonymously Operation = "recordEventAnonymously"
	Updating             Operation = "updateEvent"
	Withdrawing          Operation = "withdrawEvent"
	RedactingFurther     Operation = "redactFurther"
	StartingReview       Operation = "startReview"
	// Completing a review leads on where no other is open.
	CompletingReview     Operation = "completeReview"
	CompletingLastReview Operation = "completeLastReview"
	// Answering what law and policy ask for, whatever is asked.
	Governing Operation = "answerPolicy"
)

// statusNone is where an event stands before it is, and where a deleted draft
// does: nowhere.
const statusNone Status = ""

// transition is one step of an event's life.
type transition struct {
	From Status
	By   Operation
	To   Status
}

// lifecycle is every step that there is, as docs/lifecycle.md draws them. What
// it does not list cannot be done. Submitting what was submitted changes
// nothing: it is the same request again.
func lifecycle() []transition {
	return []transition{
		{statusNone, Saving, StatusDraft},
		{statusNone, Recording, StatusSubmitted},
		{statusNone, RecordingAnonymously, StatusSubmitted},
		{StatusDraft, Saving, StatusDraft},
		{StatusDraft, Deleting, statusNone},
		{StatusDraft, Submitting, StatusSubmitted},
		{StatusSubmitted, Submitting, StatusSubmitted},
		{StatusSubmitted, Updating, StatusSubmitted},
		{StatusSubmitted, Withdrawing, StatusWithdrawn},
		{StatusSubmitted, RedactingFurther, StatusSubmitted},
		{StatusSubmitted, Governing, StatusSubmitted},
		{StatusSubmitted, StartingReview, StatusUnderReview},
		{StatusUnderReview, Submitting, StatusUnderReview},
		{StatusUnderReview, Updating, StatusUnderReview},
		{StatusUnderReview, Withdrawing, StatusWithdrawn},
		{StatusUnderReview, RedactingFurther, StatusUnderReview},
		{StatusUnderReview, Governing, StatusUnderReview},
		{StatusUnderReview, StartingReview, StatusUnderReview},
		{StatusUnderReview, CompletingReview, StatusUnderReview},
		{StatusUnderReview, CompletingLastReview, StatusReviewed},
		{StatusReviewed, Submitting, StatusReviewed},
		{StatusReviewed, Updating, StatusReviewed},
		{StatusReviewed, Withdrawing, StatusWithdrawn},
		{StatusReviewed, RedactingFurther, StatusReviewed},
		{StatusReviewed, Governing, StatusReviewed},
		{StatusReviewed, StartingReview, StatusUnderReview},
		{StatusWithdrawn, RedactingFurther, StatusWithdrawn},
	}
}

// after answers where an operation leads from a state; ok is false where it
// leads nowhere from there.
func after(from Status, by Operation) (to Status, ok bool) {
	for _, step := range lifecycle() {
		if step.From == from && step.By == by {
			return step.To, true
		}
	}
	return statusNone, false
}
