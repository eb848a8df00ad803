package governance

import (
	"cmp"
	"slices"
	"time"

	"github.com/google/uuid"

	"lfpse/internal/event"
)

// AnswerKind says what an admin did about an event.
type AnswerKind string

// The kinds of answer.
const (
	NeverEventDeclared AnswerKind = "NEVER_EVENT"
	InvestigationKept  AnswerKind = "INVESTIGATION"
	CandourRecorded    AnswerKind = "DUTY_OF_CANDOUR"
	ResponseGiven      AnswerKind = "RESPONSE"
	DeclaredBySystem   AnswerKind = "DECLARATION" // what a local system says that admins decided
)

// Answer is something that an admin did about an event. It is never changed: of
// each kind and subject the latest counts, and those before it are its history.
type Answer struct {
	ID           uuid.UUID
	Number       int64 // grows from one answer to the next
	Kind         AnswerKind
	About        string // the investigation's id, the requirement's code; empty for the other kinds
	Organisation string
	By           uuid.UUID // the account; zero where a local system did it
	Client       uuid.UUID // the local system; zero where a person did it
	At           time.Time
	Content      Content
	Words        event.Words // of an answer that is being given
}

// Content are the codes and days of an answer: what its kind has of them.
type Content struct {
	Type                  string           `json:"type,omitempty"`      // of a never event
	Withdrawn             string           `json:"withdrawn,omitempty"` // the type that was taken back
	Method                LearningResponse `json:"method,omitempty"`
	Lead                  *string          `json:"lead,omitempty"`
	OpenedAt              *time.Time       `json:"openedAt,omitempty"`
	TargetDate            *time.Time       `json:"targetDate,omitempty"`
	ClosedAt              *time.Time       `json:"closedAt,omitempty"`
	NotifiedInPersonOn    *time.Time       `json:"notifiedInPersonOn,omitempty"`
	WrittenNotificationOn *time.Time       `json:"writtenNotificationOn,omitempty"`
	ApologyGiven          bool             `json:"apologyGiven,omitempty"`
	NotApplicable         bool             `json:"notApplicable,omitempty"`
	Certain               bool             `json:"certain,omitempty"` // whether the requirement was, when it was answered
	Declared              Declaration      `json:"declared,omitempty"`
}

// meets answers the requirement that an answer meets, or says does not apply;
// ok is false where it answers none: a duty of candour that is not yet done, an
// investigation under way.
func (a Answer) meets() (code Code, ok bool) {
	switch a.Kind {
	case ResponseGiven:
		return Code(a.About), true
	case CandourRecorded:
		c := a.Content
		return DutyOfCandour, c.NotifiedInPersonOn != nil && c.WrittenNotificationOn != nil && c.ApologyGiven
	case InvestigationKept:
		return PSII, a.Content.Method == PatientSafetyInvestigation && a.Content.ClosedAt != nil
	case NeverEventDeclared, DeclaredBySystem:
	}
	return "", false
}

// counting answers, of an event's latest answers, the one that counts for each
// requirement: the last to be given.
func counting(answers []Answer) map[Code]Answer {
	inOrder := slices.SortedFunc(slices.Values(answers), func(a, b Answer) int { return cmp.Compare(a.Number, b.Number) })
	counts := map[Code]Answer{}
	for _, a := range inOrder {
		if code, ok := a.meets(); ok {
			counts[code] = a
		}
	}
	return counts
}

// declared answers what admins declared of an event by their latest answers.
func declared(answers []Answer) Declared {
	var d Declared
	for _, a := range answers {
		switch a.Kind {
		case NeverEventDeclared:
			d.NeverEventType = a.Content.Type
		case DeclaredBySystem:
			d.Sectioned = a.Content.Declared.says(elementSectioned, "true")
			d.DeprivationOfLiberty = a.Content.Declared.says(elementDeprived, "true")
		case InvestigationKept, CandourRecorded, ResponseGiven:
		}
	}
	return d
}
