package graph_test

import (
	"slices"
	"strings"
	"testing"

	"lfpse/db"
)

const similarOf = `query($id: ID!, $first: Int) { event(id: $id) { similar(first: $first) { score event { id reference } } } }`

// alikeOf answers the references of the events most like one, as a reader is shown them, with their scores.
func (s *service) alikeOf(reader, id string) (references []string, scores []float64) {
	s.t.Helper()
	answer := s.ask(reader, similarOf, map[string]any{"id": id, "first": 20})
	for _, one := range dig[[]any](s.t, answer, "data", "event", "similar") {
		references = append(references, dig[string](s.t, one, "event", "reference"))
		scores = append(scores, dig[float64](s.t, one, "score"))
	}
	return references, scores
}

const overdose = "A double dose of insulin was given after the evening meal."

func agents(these ...string) map[string]any { return map[string]any{"involvedAgents": these} }

// idOf answers the id of an event that everybody named here sees.
func (s *service) idOf(reference string) string {
	s.t.Helper()
	answer := s.ask(lead, `query($reference: String!) { event(reference: $reference) { id } }`, map[string]any{"reference": reference})
	return dig[string](s.t, answer, "data", "event", "id")
}

func TestTheMostAlikeEventsComeFirst(t *testing.T) {
	t.Parallel()
	s := newService(t)
	id := s.idOf(s.incident(overdose, agents("MEDICATION")))
	same := s.incident(overdose, agents("MEDICATION"))
	otherwise := s.incident(overdose, agents("DEVICE"))
	longer := s.incident(overdose+" Then the porter mended a trolley, while a visitor parked outside and somebody repainted all the windows near the canteen.", agents("MEDICATION"))
	some := s.incident("Insulin was given late, after a meal.", nil)
	s.incident("The patient slipped on a wet floor beside the bed.", agents("MEDICATION"))
	references, scores := s.alikeOf(organisational, id)
	if want := []string{same, otherwise, longer, some}; !slices.Equal(references, want) {
		t.Errorf("got %v with %v, want %v", references, scores, want)
	}
	if scores[0] != 1 {
		t.Errorf("what says the same scores %v", scores[0])
	}
	for i := 1; i < len(scores); i++ {
		if scores[i] >= scores[i-1] || scores[i] <= 0 {
			t.Errorf("scores are %v", scores)
		}
	}
}

// Events that are equally alike are in the order of their times, the latest first.
func TestEquallyAlikeEventsKeepTheirOrder(t *testing.T) {
	t.Parallel()
	s := newService(t)
	var all []string
	for range 4 {
		all = append(all, s.incident(overdose, nil))
	}
	id := s.idOf(all[3])
	want := []string{all[2], all[1], all[0]}
	for range 3 {
		if got, _ := s.alikeOf(lead, id); !slices.Equal(got, want) {
			t.Errorf("got %v, want %v", got, want)
		}
	}
}

// What a reader may not see is not among what they are answered, and changes nothing of it: neither which, nor how
// many, nor in what order, nor with what scores.
func TestHiddenEventsAreNotSimilarAndChangeNothing(t *testing.T) {
	t.Parallel()
	s := newService(t)
	id := s.idOf(s.incident(overdose, agents("MEDICATION")))
	for _, description := range []string{"Insulin was given late, after a meal.", "A double dose of paracetamol was given.", "The evening meal came late."} {
		s.incident(description, nil)
	}
	readers := []string{reporter, organisational, admin, readOnlyICB, readOnlyRegion}
	answers := func() (all []string) {
		for _, reader := range readers {
			all = append(all, s.raw(reader, similarOf, map[string]any{"id": id, "first": 20}))
		}
		return all
	}
	before := answers()
	var hidden string
	for range 30 {
		_, hidden = s.record(elsewhere, map[string]any{"kind": "INCIDENT", "description": overdose, "involvedAgents": []string{"MEDICATION"}})
		s.draft(colleague, map[string]any{"kind": "INCIDENT", "description": overdose})
	}
	s.exec(`ANALYZE event`)
	for i, after := range answers() {
		if !strings.Contains(before[i], "score") && readers[i] != reporter || after != before[i] {
			t.Errorf("%s\nbefore %s\nafter  %s", readers[i], before[i], after)
		}
	}
	if seen, _ := s.alikeOf(lead, id); !slices.Contains(seen, hidden) {
		t.Errorf("who sees every event is not told of it: %v", seen)
	}
}

// However a name was typed, it makes nothing alike: not for whoever typed it either.
func TestOnlyAnonymisedTextIsCompared(t *testing.T) {
	t.Parallel()
	s := newService(t)
	id := s.idOf(s.incident("Mrs Edith Pemberton (943 476 5919) slipped beside the lift.", nil))
	s.incident("Insulin was given twice to Edith Pemberton, known as 943 476 5919.", nil)
	alike := s.incident("Somebody slipped, and Mr Quillfeather was beside the lift.", nil)
	_, want := s.alikeOf(organisational, id)
	for _, reader := range []string{reporter, organisational, lead} {
		if got, scores := s.alikeOf(reader, id); !slices.Equal(got, []string{alike}) || !slices.Equal(scores, want) {
			t.Errorf("%s is answered %v with %v, not %s with %v", reader, got, scores, alike, want)
		}
	}
}

// Drafts and withdrawn events are like none, and none is like them.
func TestDraftsAndWithdrawnEventsAreNotCompared(t *testing.T) {
	t.Parallel()
	s := newService(t)
	id, withdrawn := s.idOf(s.incident(overdose, nil)), s.idOf(s.incident(overdose, nil))
	draft, _ := s.draft(reporter, map[string]any{"kind": "INCIDENT", "description": overdose})
	if got, _ := s.alikeOf(reporter, id); len(got) != 1 {
		t.Fatalf("similar are %v", got)
	}
	s.ok(s.withdrawn(reporter, withdrawn, 1, "A mistake."), "withdrawEvent")
	for name, of := range map[string]string{"an event": id, "the draft": draft, "the withdrawn event": withdrawn} {
		if got, _ := s.alikeOf(reporter, of); len(got) != 0 {
			t.Errorf("similar to %s are %v", name, got)
		}
	}
}

// What an event says now is compared, not what it said.
func TestAnUpdatedEventIsComparedAsItStands(t *testing.T) {
	t.Parallel()
	s := newService(t)
	id, changed := s.idOf(s.incident(overdose, nil)), s.idOf(s.incident(overdose, nil))
	s.ok(s.update(reporter, changed, 1, map[string]any{"description": "The lift stopped between floors."}), "updateEvent")
	if got, _ := s.alikeOf(organisational, id); len(got) != 0 {
		t.Errorf("similar are %v", got)
	}
}

func TestHowManySimilarEventsMayBeAskedFor(t *testing.T) {
	t.Parallel()
	s := newService(t)
	var id string
	for range 7 {
		id = s.idOf(s.incident(overdose, nil))
	}
	for first, want := range map[any]int{nil: 5, 1: 1, 20: 6} {
		answer := s.ask(organisational, `query($id: ID!, $first: Int) { event(id: $id) { similar(first: $first) { score } } }`, map[string]any{"id": id, "first": first})
		if got := len(dig[[]any](t, answer, "data", "event", "similar")); got != want {
			t.Errorf("%v are asked for, %d answered", first, got)
		}
	}
	for _, first := range []int{-1, 0, 21, 1000} {
		if body := s.raw(organisational, similarOf, map[string]any{"id": id, "first": first}); !strings.Contains(body, "first must be between 1 and 20.") || !strings.Contains(body, "BAD_USER_INPUT") {
			t.Errorf("%d is answered %s", first, body)
		}
	}
}

// The similar events of a page cost as many statements as those of one event; how many events may be asked for theirs at
// once is bounded.
func TestSimilarEventsOfAPage(t *testing.T) {
	t.Parallel()
	s := newService(t)
	for range 51 {
		s.incident(overdose, nil)
	}
	const document = `query($n: Int!) { events(first: $n) { nodes { similar(first: 2) { score event { reference } } } } }`
	statements := func(n int) []string {
		ctx, counter := db.CountStatements(t.Context())
		s.counted = ctx
		defer func() { s.counted = nil }()
		if answer := s.raw(organisational, document, map[string]any{"n": n}); strings.Count(answer, "reference") != 2*n {
			t.Fatalf("answered %s", answer)
		}
		return counter.Shapes()
	}
	statements(1)
	if one, all := statements(1), statements(50); len(one) != len(all) {
		t.Errorf("of one event %d statements, of 50 %d: %v", len(one), len(all), all)
	}
	if body := s.raw(organisational, document, map[string]any{"n": 100}); !strings.Contains(body, "TOO_COMPLEX") {
		t.Errorf("of a hundred: %.200s", body)
	}
}

// latest makes events of an organisation that are later than all that are there.
func (s *service) latest(n int, organisation, description string) {
	s.t.Helper()
	s.exec(`INSERT INTO event (id, reference, kind, status, source, taxonomy_version, revision, recorded_at, updated_at, organisation, texts, redaction_version)
		SELECT gen_random_uuid(), 'MANY' || gen_random_uuid(), 'INCIDENT', 'SUBMITTED', 'LRMS', 5, 1, now() + i * interval '1 s', now(), ?, jsonb_build_object('description', ?::text), '1'
		FROM generate_series(1, ?) AS i`, organisation, description, n)
}

// Beyond the latest events those that share rare words are found.
func TestAnEventOfLongAgoIsFoundByItsRareWords(t *testing.T) {
	t.Parallel()
	s := newService(t)
	old := s.incident("The brake of a commode came loose beside the window.", nil)
	id := s.idOf(s.incident("A commode with a loose brake rolled towards the window.", nil))
	s.latest(30, "RR8", "A commode with a loose brake rolled towards the window.") // more than are asked for
	s.latest(700, "RGT", "Somebody fell in the corridor.")
	s.exec(`ANALYZE event`)
	for _, reader := range []string{organisational, admin, readOnlyICB} {
		if got, _ := s.alikeOf(reader, id); !slices.Equal(got, []string{old}) {
			t.Errorf("%s is answered %v, not %s", reader, got, old)
		}
	}
	if got, _ := s.alikeOf(lead, id); len(got) != 20 || slices.Contains(got, old) {
		t.Errorf("the national lead is answered %v", got)
	}
}
