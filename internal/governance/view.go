package governance

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"lfpse/internal/authz"
	"lfpse/internal/event"
	"lfpse/internal/taxonomy"
)

// AnswerRecord is an answer as the database answers it to one reader: what the
// reader is not shown is not in it.
type AnswerRecord struct {
	ID           uuid.UUID
	EventID      uuid.UUID
	Kind         AnswerKind
	About        string
	Organisation string
	At           time.Time
	Content      Content
	Did          Did
}

// RequirementRecord is what is required of an event as the database answers it to
// one reader.
type RequirementRecord struct {
	EventID uuid.UUID
	Standing
	Answer *AnswerRecord // that counts; nil for none
}

// Answers answers the answers of events, by event, in one statement.
func (s *Service) Answers(ctx context.Context, views []*event.View) (map[*event.View][]AnswerRecord, error) {
	scopes, err := s.scopes(ctx)
	if err != nil {
		return nil, err
	}
	records, err := s.store.Answers(ctx, scopes, keysOf(views))
	if err != nil {
		return nil, fmt.Errorf("reading what was answered to policy: %w", err)
	}
	byEvent := map[uuid.UUID][]AnswerRecord{}
	for _, r := range records {
		byEvent[r.EventID] = append(byEvent[r.EventID], r)
	}
	return byView(views, byEvent), nil
}

// Required answers what is required of events, by event, in one statement.
func (s *Service) Required(ctx context.Context, views []*event.View) (map[*event.View][]RequirementRecord, error) {
	scopes, err := s.scopes(ctx)
	if err != nil {
		return nil, err
	}
	records, err := s.store.Requirements(ctx, scopes, keysOf(views))
	if err != nil {
		return nil, fmt.Errorf("reading what policy requires: %w", err)
	}
	byEvent := map[uuid.UUID][]RequirementRecord{}
	for _, r := range records {
		byEvent[r.EventID] = append(byEvent[r.EventID], r)
	}
	return byView(views, byEvent), nil
}

// byView answers what belongs to each view's event.
func byView[T any](views []*event.View, byEvent map[uuid.UUID][]T) map[*event.View][]T {
	found := make(map[*event.View][]T, len(views))
	for _, v := range views {
		found[v] = byEvent[v.Key()]
	}
	return found
}

// made is what views of answers have in common.
type made struct {
	record AnswerRecord
	words  words
}

// OrganisationCode is the ODS code of the organisation on whose behalf it was
// done.
func (m *made) OrganisationCode() string { return m.record.Organisation }

// ByKey is the key of who did it; nil where the reader is not shown them.
func (m *made) ByKey() *uuid.UUID { return m.record.Did.MadeBy }

// Shows tells whether the reader is shown a class of field of it.
func (m *made) Shows(class authz.Class) bool { return m.record.Did.shows(class) }

func (s *Service) made(r AnswerRecord) made {
	return made{record: r, words: s.wordsOf(r.ID, r.Did)}
}

// NeverEvent is that an event was declared to be one: the graph's NeverEvent.
type NeverEvent struct {
	Type       *taxonomy.Coding
	DeclaredAt time.Time
	made
}

// NeverEvent answers what an event was declared to be last; nil for none.
func (s *Service) NeverEvent(view *event.View, answers []AnswerRecord) *NeverEvent {
	r := latest(answers, NeverEventDeclared)
	if r == nil || r.Content.Type == "" {
		return nil
	}
	return &NeverEvent{Type: s.neverEventType(view, r.Content.Type), DeclaredAt: r.At, made: s.made(*r)}
}

func (s *Service) neverEventType(view *event.View, code string) *taxonomy.Coding {
	coding, ok := s.taxonomy.Version(view.TaxonomyVersion).Coding(systemNeverEvents, code)
	if !ok {
		coding = taxonomy.Coding{System: systemNeverEvents, Code: code}
	}
	return &coding
}

// NeverEventWithdrawal is that a declaration was taken back: the graph's
// NeverEventWithdrawal.
type NeverEventWithdrawal struct {
	Type        *taxonomy.Coding
	WithdrawnAt time.Time
	made
}

// Reason is why, in the reader's view.
func (w *NeverEventWithdrawal) Reason() (*string, error) { return w.words.text(fieldReason) }

// NeverEventWithdrawal answers that what an event was declared to be was taken
// back last; nil where it was not.
func (s *Service) NeverEventWithdrawal(view *event.View, answers []AnswerRecord) *NeverEventWithdrawal {
	r := latest(answers, NeverEventDeclared)
	if r == nil || r.Content.Withdrawn == "" {
		return nil
	}
	return &NeverEventWithdrawal{Type: s.neverEventType(view, r.Content.Withdrawn), WithdrawnAt: r.At, made: s.made(*r)}
}

func latest(answers []AnswerRecord, kind AnswerKind) *AnswerRecord {
	for i := range answers {
		if answers[i].Kind == kind {
			return &answers[i]
		}
	}
	return nil
}

// Investigation is how an organisation learns from an event: the graph's
// Investigation.
type Investigation struct {
	Method     LearningResponse
	OpenedAt   time.Time
	TargetDate *time.Time
	ClosedAt   *time.Time
	made
}

// ID is the investigation's id in the graph.
func (i *Investigation) ID() string { return investigationID(i.record.About) }

// Status is where it stands.
func (i *Investigation) Status() InvestigationStatus {
	if i.ClosedAt == nil {
		return InvestigationOpen
	}
	return InvestigationClosed
}

// LeadCode is the ODS code of the organisation that leads it; nil where none is
// named or shown.
func (i *Investigation) LeadCode() *string { return i.record.Content.Lead }

// Findings are what was found, in the reader's view.
func (i *Investigation) Findings() (*string, error) { return i.words.text(fieldFindings) }

// Learning is what is learned from it, in the reader's view.
func (i *Investigation) Learning() (*string, error) { return i.words.text(fieldLearning) }

// Investigations answers the investigations of an event, the earliest opened first.
func (s *Service) Investigations(answers []AnswerRecord) []*Investigation {
	all := []*Investigation{}
	for _, r := range answers {
		if r.Kind != InvestigationKept {
			continue
		}
		one := &Investigation{Method: r.Content.Method, TargetDate: r.Content.TargetDate, ClosedAt: r.Content.ClosedAt, made: s.made(r)}
		if r.Content.OpenedAt != nil {
			one.OpenedAt = *r.Content.OpenedAt
		}
		all = append(all, one)
	}
	return all
}

// CandourView is what was done by the duty of candour: the graph's DutyOfCandour.
type CandourView struct {
	Applies               bool
	NotifiedInPersonOn    *time.Time
	WrittenNotificationOn *time.Time
	made
}

// ApologyGiven tells whether somebody apologised; nil where nothing was recorded.
func (c *CandourView) ApologyGiven() *bool {
	if c.record.ID == uuid.Nil {
		return nil
	}
	return &c.record.Content.ApologyGiven
}

// Notes are what was written about it, in the reader's view.
func (c *CandourView) Notes() (*string, error) { return c.words.text(fieldNotes) }

// DutyOfCandour answers whether the duty of candour applies to an event and what
// was done; nil where nothing asks for it and nothing was. It applies where that
// is certain, or somebody was told.
func (s *Service) DutyOfCandour(answers []AnswerRecord, required []RequirementRecord) *CandourView {
	var view *CandourView
	if r := latest(answers, CandourRecorded); r != nil {
		view = &CandourView{
			Applies: true, NotifiedInPersonOn: r.Content.NotifiedInPersonOn,
			WrittenNotificationOn: r.Content.WrittenNotificationOn, made: s.made(*r),
		}
	}
	for _, r := range required {
		if r.Code != DutyOfCandour {
			continue
		}
		if view == nil {
			view = &CandourView{Applies: r.Certain}
		}
		if r.State(s.today()) == NotApplicable {
			view.Applies = false
		}
	}
	return view
}

// PolicyRequirement is one thing that law or national policy asks for: the
// graph's PolicyRequirement.
type PolicyRequirement struct {
	Code     Code
	Title    string
	Reason   string
	State    State
	DueOn    *time.Time
	Response *PolicyResponse
}

// PolicyResponse is how a requirement was answered: the graph's PolicyResponse.
type PolicyResponse struct {
	At time.Time
	made
}

// Reference is under which it was done elsewhere, in the reader's view.
func (r *PolicyResponse) Reference() (*string, error) { return r.words.text(fieldReference) }

// Notes are what else was said, in the reader's view.
func (r *PolicyResponse) Notes() (*string, error) { return r.words.text(fieldNotes) }

// withdrawnReason takes the place of a reason that told what a withdrawn event said.
const withdrawnReason = "It was answered before the event was withdrawn."

// Requirements answers what law and national policy ask of an event, in the order
// of Codes, and where each stands today.
func (s *Service) Requirements(view *event.View, required []RequirementRecord) []*PolicyRequirement {
	all := make([]*PolicyRequirement, len(required))
	for i, r := range required {
		all[i] = &PolicyRequirement{Code: r.Code, Title: r.Title, Reason: r.Reason(), State: r.State(s.today()), DueOn: r.DueOn()}
		if view.Status == event.StatusWithdrawn {
			all[i].Reason = withdrawnReason
		}
		if r.Answer != nil {
			all[i].Response = &PolicyResponse{At: r.Answer.At, made: s.made(*r.Answer)}
		}
	}
	return all
}
