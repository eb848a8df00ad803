package graph_test

import (
	"strings"
	"testing"
)

const (
	startReview    = `mutation($id: ID!) { startReview(input: {eventId: $id}) { review { id status organisation { odsCode } reviewer { name } notes } event { id status } userErrors { code path message } } }`
	completeReview = `mutation($id: ID!, $outcome: ReviewOutcome!, $notes: String) { completeReview(input: {reviewId: $id, outcome: $outcome, notes: $notes}) {
		review { id status organisation { odsCode } reviewer { name } outcome notes } event { id status } userErrors { code path message } } }`
	reviewsOf = `query($id: ID!) { event(id: $id) { status updatedAt reviews { id status organisation { odsCode } reviewer { name } startedAt completedAt outcome notes } } }`
)

// concerning is a fall that the reporter's trust recorded and that happened in the other.
func concerning() map[string]any {
	return map[string]any{
		"kind": "INCIDENT", "description": "Mrs Edith Pemberton, NHS number 943 476 5919, fell.", "occurredAtOrganisations": []string{"RR8"},
	}
}

// review starts a review and answers its id.
func (s *service) review(by, event string) string {
	s.t.Helper()
	answer := s.ask(by, startReview, map[string]any{"id": event})
	if answer["errors"] != nil {
		s.t.Fatalf("%s was answered %v", by, answer)
	}
	return dig[string](s.t, answer, "data", "startReview", "review", "id")
}

// complete completes a review.
func (s *service) complete(by, review, notes string) map[string]any {
	s.t.Helper()
	return s.ask(by, completeReview, map[string]any{"id": review, "outcome": "LOCAL_LEARNING", "notes": notes})
}

// beside makes what a golden document names that stands beside events.
func (s *service) beside(document string) (names []string) {
	if strings.Contains(document, "CONCERNING_ID") {
		id, _ := s.record(reporter, concerning())
		names = append(names, "CONCERNING_ID", id)
	}
	if strings.Contains(document, "REVIEW_ID") {
		id, _ := s.record(reporter, concerning())
		names = append(names, "REVIEW_ID", s.review(organisational, id))
	}
	if strings.Contains(document, "REVIEWED_ID") {
		id, _ := s.record(reporter, concerning())
		s.review(organisational, id)
		names = append(names, "REVIEWED_ID", id)
	}
	if strings.Contains(document, "COMPLETED_ID") {
		id, _ := s.record(reporter, concerning())
		s.ok(s.complete(organisational, s.review(organisational, id), "Mr Quillfeather was told. [NAME 1] fell twice."), "completeReview")
		s.review(adminElsewhere, id)
		names = append(names, "COMPLETED_ID", id)
	}
	return names
}

func TestAReviewMovesItsEvent(t *testing.T) {
	s := newService(t)
	id, _ := s.record(reporter, concerning())
	status := func(want string) {
		t.Helper()
		if got := dig[string](t, s.ask(reporter, reviewsOf, map[string]any{"id": id}), "data", "event", "status"); got != want {
			t.Errorf("the event is %s, not %s", got, want)
		}
	}
	here := s.review(organisational, id)
	status("UNDER_REVIEW")
	there := s.review(elsewhere, id)
	s.ok(s.complete(admin, here, "Learned."), "completeReview")
	status("UNDER_REVIEW") // the other organisation's goes on
	s.ok(s.complete(elsewhere, there, "Learned too."), "completeReview")
	status("REVIEWED")
	s.ok(s.update(reporter, id, 1, map[string]any{"description": "Mrs Edith Pemberton slipped."}), "updateEvent")
	status("REVIEWED")
	s.review(organisational, id)
	status("UNDER_REVIEW")
}
