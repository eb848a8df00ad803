package graph_test

import (
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"lfpse/db"
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
	names = append(names, s.answered(document)...)
	if strings.Contains(document, "CLIENT_ID") {
		id, _ := s.issue(admin, "RGT", system)
		names = append(names, "CLIENT_ID", id)
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
	t.Parallel()
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

// notes answers the notes of an event's reviews as a reader sees them.
func (s *service) notes(reader, event string) (notes []string) {
	s.t.Helper()
	for _, review := range dig[[]any](s.t, s.ask(reader, reviewsOf, map[string]any{"id": event}), "data", "event", "reviews") {
		text, _ := review.(map[string]any)["notes"].(string)
		notes = append(notes, text)
	}
	return notes
}

// Who reads an event anonymised and types a name learns from nobody's view
// whether it is the one behind a placeholder. Who reads what was typed, since
// they recorded it, speaks of the same people.
func TestNotesDoNotTellWhetherAGuessIsRight(t *testing.T) {
	t.Parallel()
	s := newService(t)
	for _, name := range []string{"Edith Pemberton", "Muriel Featherstone"} {
		id, _ := s.record(reporter, concerning())
		typed := "Mrs " + name + " was not told."
		s.ok(s.complete(organisational, s.review(organisational, id), typed), "completeReview")
		for reader, want := range map[string]string{
			organisational: typed, admin: "Mrs [NAME 2] was not told.", lead: "Mrs [NAME 2] was not told.",
			reporter: "", readOnlyICB: "", readOnlyRegion: "", elsewhere: "", adminElsewhere: "",
		} {
			if got := s.notes(reader, id); !slices.Equal(got, []string{want}) {
				t.Errorf("%s reads %q, not %q", reader, got, want)
			}
		}
	}
	own, _ := s.record(organisational, concerning())
	s.ok(s.complete(organisational, s.review(organisational, own), "Edith Pemberton was not told."), "completeReview")
	if got := s.notes(admin, own); !slices.Equal(got, []string{"[NAME 1] was not told."}) {
		t.Errorf("an admin reads %q", got)
	}
	for _, typed := range []string{"Pemberton", "Featherstone"} {
		if found := s.finds(typed); len(found) > 0 {
			t.Errorf("%s stands in %v", typed, found)
		}
	}
}

// Words that identify somebody are hidden wherever they stand, in notes too, and
// an upgrade of the engine finds notes as it finds texts.
func TestNotesAreMarkedAndUpgradedWithTheirEvent(t *testing.T) {
	t.Parallel()
	s := newService(t)
	id, _ := s.record(reporter, map[string]any{"kind": "INCIDENT", "description": "The zebra man from bay seven fell."})
	s.ok(s.complete(organisational, s.review(organisational, id), "Nobody had told the zebra man. Dr Okonkwo came."), "completeReview")
	s.ok(s.ask(admin, mark, map[string]any{"id": id, "revision": 1, "field": "description", "text": "zebra man"}), "redactFurther")
	marked := s.notes(admin, id)
	if strings.Contains(marked[0], "zebra") || !strings.Contains(marked[0], "Dr [NAME 1] came.") {
		t.Errorf("an admin reads %q", marked)
	}
	s.exec(`UPDATE governance_words SET redaction_version = ?, texts = '{"notes": "Dr Okonkwo came."}'`, formerly)
	if done := s.upgrade(s.events); done.Events != 1 {
		t.Errorf("%d events were anonymised anew", done.Events)
	}
	if got := s.notes(admin, id); strings.Contains(got[0], "Okonkwo") {
		t.Errorf("after the upgrade an admin reads %q", got)
	}
	if done := s.upgrade(s.events); done.Events != 0 {
		t.Errorf("a second time, %d events were anonymised anew", done.Events)
	}
}

// Of a withdrawn event remains that it was reviewed, without a word of it.
func TestReviewsOfAWithdrawnEvent(t *testing.T) {
	t.Parallel()
	s := newService(t)
	id, _ := s.record(reporter, concerning())
	open := s.review(elsewhere, id)
	s.ok(s.complete(organisational, s.review(organisational, id), "Dr Okonkwo came."), "completeReview")
	s.ok(s.withdrawn(reporter, id, 1, "A mistake."), "withdrawEvent")
	for _, reader := range []string{organisational, admin, lead, elsewhere} {
		if got := s.notes(reader, id); !slices.Equal(got, []string{"", ""}) {
			t.Errorf("%s reads %q", reader, got)
		}
	}
	if got := code(t, s.ask(organisational, startReview, map[string]any{"id": id})); got != "FORBIDDEN" {
		t.Errorf("starting another is answered %q", got)
	}
	if got := code(t, s.complete(elsewhere, open, "")); got != "FORBIDDEN" {
		t.Errorf("completing the one that was open is answered %q", got)
	}
}

func TestACompletedReviewIsNotCompletedAgain(t *testing.T) {
	t.Parallel()
	s := newService(t)
	id, _ := s.record(reporter, concerning())
	review := s.review(organisational, id)
	s.ok(s.complete(organisational, review, "First."), "completeReview")
	if got := problems(t, s.complete(admin, review, "Second."), "completeReview"); !slices.Equal(got, []string{"ALREADY_DECIDED [reviewId]"}) {
		t.Errorf("answered %v", got)
	}
	if got := s.notes(organisational, id); !slices.Equal(got, []string{"First."}) {
		t.Errorf("the notes read %q", got)
	}
}

func TestOfManyWhoStartAReviewOneDoes(t *testing.T) {
	t.Parallel()
	s := newService(t)
	id, _ := s.record(reporter, concerning())
	var started atomic.Int64
	var all sync.WaitGroup
	for _, by := range []string{organisational, admin, organisational, admin, organisational, admin} {
		all.Go(func() {
			if !strings.Contains(s.raw(by, startReview, map[string]any{"id": id}), "DUPLICATE") {
				started.Add(1)
			}
		})
	}
	all.Wait()
	if reviews := s.notes(organisational, id); started.Load() != 1 || len(reviews) != 1 {
		t.Errorf("%d started, %d are there", started.Load(), len(reviews))
	}
}

// A reviewer is somebody whom a reader was shown: by node and to a router, too.
func TestWhoIsShownAReviewerFindsTheAccount(t *testing.T) {
	t.Parallel()
	s := newService(t)
	id, _ := s.record(reporter, concerning())
	s.ok(s.complete(adminElsewhere, s.review(adminElsewhere, id), ""), "completeReview")
	answer := s.ask(adminElsewhere, `{ viewer { account { id } } }`, nil)
	account := dig[string](t, answer, "data", "viewer", "account", "id")
	for reader, want := range map[string]bool{adminElsewhere: true, elsewhere: true, lead: true, organisational: false, admin: false, reporter: false, readOnlyICB: false} {
		found := strings.Contains(s.raw(reader, `query($id: ID!) { node(id: $id) { id } }`, map[string]any{"id": account}), account)
		if found != want {
			t.Errorf("%s finds the account: %v, want %v", reader, found, want)
		}
	}
}

// Nothing of a review leads to whoever recorded an event anonymously.
func TestAReviewOfAnAnonymousEventKnowsNoReporter(t *testing.T) {
	t.Parallel()
	s := newService(t)
	answer := s.ask(nobody, `mutation { recordEventAnonymously(input: {event: {kind: INCIDENT, description: "A fall.", organisation: "RGT"}}) { receipt { reference } } }`, nil)
	found := s.ask(admin, `query($r: String!) { event(reference: $r) { id } }`, map[string]any{"r": dig[string](t, answer, "data", "recordEventAnonymously", "receipt", "reference")})
	id := dig[string](t, found, "data", "event", "id")
	s.ok(s.complete(organisational, s.review(organisational, id), "Who told?"), "completeReview")
	var people []string
	err := s.db.NewRaw(`SELECT DISTINCT a.email FROM audit_entry AS t JOIN account AS a ON a.id = t.actor_id WHERE t.subject = ?`, id).Scan(t.Context(), &people)
	if err != nil || !slices.Equal(people, []string{"organisational@staff.example"}) {
		t.Errorf("the trail of the event names %v: %v", people, err)
	}
}

func TestReviewsAreAudited(t *testing.T) {
	t.Parallel()
	s := newService(t)
	id, _ := s.record(reporter, concerning())
	s.ok(s.complete(admin, s.review(organisational, id), "Edith Pemberton"), "completeReview")
	var trail []string
	err := s.db.NewRaw(`SELECT action || ' ' || coalesce(detail->>'outcome', '') FROM audit_entry WHERE subject = ? ORDER BY id`, id).Scan(t.Context(), &trail)
	if err != nil || !slices.Equal(trail, []string{"event.recorded ", "review.started ", "review.completed LOCAL_LEARNING"}) {
		t.Errorf("the trail is %q: %v", trail, err)
	}
}

// A page costs the same whatever stands beside its events, and nothing of
// reviews is read where nobody asks for them.
func TestReviewsCostOneStatementAPage(t *testing.T) {
	t.Parallel()
	s := newService(t)
	for range 12 {
		id, _ := s.record(reporter, concerning())
		s.ok(s.complete(organisational, s.review(organisational, id), "Dr Okonkwo came."), "completeReview")
		s.review(elsewhere, id)
	}
	cost := func(first int, fields string) []string {
		ctx, counter := db.CountStatements(t.Context())
		s.counted = ctx
		defer func() { s.counted = nil }()
		answer := s.raw(admin, `query($first: Int!) { events(first: $first) { nodes { reference `+fields+` } } }`, map[string]any{"first": first})
		if strings.Count(answer, `"reference"`) != first || strings.Contains(answer, `"errors"`) {
			t.Fatalf("answered %s", answer)
		}
		return counter.Shapes()
	}
	const all = `reviews { status organisation { name } reviewer { name } notes }`
	cost(1, all)
	few, many, none := cost(2, all), cost(12, all), cost(12, "")
	if len(few) != len(many) || len(many) != len(none)+1 { // reviewers' names are in memory
		t.Errorf("2 events cost %d statements, 12 cost %d, without reviews %d: %v", len(few), len(many), len(none), many)
	}
	if strings.Contains(strings.Join(none, "\n"), "review") {
		t.Errorf("reviews are read that nobody asked for: %v", none)
	}
}
