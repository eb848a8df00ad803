package graph_test

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
)

const mark = `mutation($id: ID!, $revision: Int!, $field: String!, $text: String!) { redactFurther(input: {eventId: $id, revision: $revision, field: $field, text: $text}) { event { id revision description } userErrors { code path message } } }`

// marking marks words of a text and answers the body.
func (s *service) marking(by, id string, revision int, field, text string) string {
	s.t.Helper()
	return s.raw(by, mark, map[string]any{"id": id, "revision": revision, "field": field, "text": text})
}

// marked marks words of a text, which must be taken.
func (s *service) marked(by, id string, revision int, field, text string) {
	s.t.Helper()
	s.ok(s.ask(by, mark, map[string]any{"id": id, "revision": revision, "field": field, "text": text}), "redactFurther")
}

// aTale tells of somebody without any name that a machine would know.
func aTale() map[string]any {
	return map[string]any{
		"kind": "INCIDENT", "description": "The Olympic bagpiper fell. Mrs Edith Pemberton saw the bagpiper.", "involvedAgents": []string{"BLOOD"},
		"incident": map[string]any{"immediateActions": "Helped THE BAGPIPER up.", "wentWell": "The pipers' band was told."},
		"patients": []any{map[string]any{"clinicalOutcome": "The bagpiper is better."}},
		"answers":  []any{map[string]any{"element": "AdverseEventAgent.SabreReportNumber", "text": "By a bagpiper."}},
	}
}

const taleShown = "The Olympic bagpiper fell. Mrs [NAME 1] saw the bagpiper."

var readersOfTheTale = []string{organisational, admin, readOnlyICB, readOnlyRegion, lead}

// What is marked is hidden for whoever reads the text anonymised, wherever it
// stands in the record and in its history; its reporter reads what was typed.
func TestMarkedWordsAreHiddenWhereverTheyStand(t *testing.T) {
	t.Parallel()
	s := newService(t)
	for _, by := range []string{admin, lead} {
		t.Run("by "+by, func(t *testing.T) {
			s.t = t
			id, reference := s.record(reporter, aTale())
			s.ok(s.update(reporter, id, 1, map[string]any{"levelOfConcern": "VERY"}), "updateEvent")
			if got := s.description(organisational, id); got != taleShown {
				t.Fatalf("the tale is shown as %q", got)
			}
			original := s.reads(reporter, id)
			s.marked(by, id, 2, "description", " bagpiper ")
			for _, reader := range readersOfTheTale {
				got := s.reads(reader, id)
				for _, want := range []string{
					`"revision":2`, `"description":"The Olympic [IDENTIFIER] fell. Mrs [NAME 1] saw the [IDENTIFIER]."`, `"immediateActions":"Helped THE [IDENTIFIER] up."`,
					`"wentWell":"The pipers' band was told."`, `"clinicalOutcome":"The [IDENTIFIER] is better."`, `"text":"By a [IDENTIFIER]."`,
				} {
					if !strings.Contains(got, want) {
						t.Errorf("%s is not shown %s: %s", reader, want, got)
					}
				}
				if n := strings.Count(got, "The Olympic [IDENTIFIER] fell."); n != 3 {
					t.Errorf("%s reads it in %d of 3 places: %s", reader, n, got)
				}
			}
			if got := s.reads(reporter, id); got != original {
				t.Errorf("its reporter reads\n%s\nnot\n%s", got, original)
			}
			for _, reader := range []string{reporter, organisational, lead} {
				if found := s.searched(reader, "bagpiper"); slices.Contains(found, reference) {
					t.Errorf("%s finds it by what was marked", reader)
				}
				if found := s.searched(reader, "olympic fell"); !slices.Contains(found, reference) {
					t.Errorf("%s does not find it by what was not", reader)
				}
			}
		})
	}
	s.t = t
	for _, table := range []string{"event", "event_revision", "audit_entry", "event_patient"} {
		if text := strings.ToLower(s.rows(table)); strings.Contains(text, "bagpiper ") || strings.Contains(text, "bagpiper.") {
			t.Errorf("it is in %s: %s", table, text)
		}
	}
	if strings.Contains(strings.ToLower(s.log.String()), "bagpiper") {
		t.Error("it is in the log")
	}
}

func TestWhoMarkedWhatAndWhenIsKeptWithoutTheWords(t *testing.T) {
	t.Parallel()
	s := newService(t)
	id, _ := s.record(reporter, aTale())
	const field = "answers.AdverseEventAgent.SabreReportNumber"
	before := s.ask(lead, `query($id: ID!) { event(id: $id) { updatedAt } }`, map[string]any{"id": id})
	s.marked(admin, id, 1, field, "bagpiper")
	after := s.ask(lead, `query($id: ID!) { event(id: $id) { updatedAt revision } }`, map[string]any{"id": id})
	if fmt.Sprint(before) == fmt.Sprint(after) || dig[float64](t, after, "data", "event", "revision") != 1 {
		t.Errorf("before %v, after %v", before, after)
	}
	var entry string
	err := s.db.NewRaw(`SELECT concat_ws(' ', a.actor_kind, p.email, a.subject, a.detail->>'field', a.detail->>'revision', a.detail - 'field' - 'revision')
		FROM audit_entry AS a JOIN account AS p ON p.id = a.actor_id WHERE a.action = 'event.redacted_further'`).Scan(t.Context(), &entry)
	if want := "account admin@staff.example " + id + " " + field + " 1 {}"; err != nil || entry != want {
		t.Errorf("the trail says %q, not %q: %v", entry, want, err)
	}
}

// Anything but whole words of the anonymised text is refused, and nothing is
// changed by it.
func TestWordsThatCannotBeMarked(t *testing.T) {
	t.Parallel()
	s := newService(t)
	id, _ := s.record(reporter, aTale())
	before, rows := s.reads(lead, id), s.rows("event_original")
	for name, c := range map[string]struct{ field, text, told string }{
		"nothing":                       {"description", "", "at least two"},
		"space":                         {"description", " \n\t", "at least two"},
		"punctuation":                   {"description", ".", "at least two"},
		"one letter":                    {"answers.AdverseEventAgent.SabreReportNumber", "a", "at least two"},
		"a character that is none":      {"description", "bagpiper\x00", "not text"},
		"too many":                      {"description", strings.Repeat("bagpiper ", 60), "At most 500"},
		"a placeholder":                 {"description", "[NAME 1]", "placeholders"},
		"words and a placeholder":       {"description", "Mrs [NAME 1] saw", "placeholders"},
		"a placeholder never shown":     {"description", "[NAME 7] saw", "placeholders"},
		"the end of a placeholder":      {"description", "1] saw", "do not stand"},
		"the beginning of one":          {"description", "Mrs [NAME", "do not stand"},
		"the inside of one":             {"description", "NAME", "do not stand"},
		"part of a word":                {"description", "bagpipe", "do not stand"},
		"the end of a word":             {"description", "piper", "do not stand"},
		"across a placeholder":          {"description", "Mrs saw", "do not stand"},
		"in capitals":                   {"description", "BAGPIPER", "do not stand"},
		"words of another field":        {"description", "By a bagpiper", "do not stand"},
		"words that stand nowhere":      {"description", "ballerina", "do not stand"},
		"a field that is empty":         {"patients.2.clinicalOutcome", "bagpiper", "do not stand"},
		"a field that there is not":     {"descriptions", "bagpiper", "do not stand"},
		"a field that is no text":       {"specialty", "bagpiper", "do not stand"},
		"the path of a GraphQL answer":  {"details.wentWell", "band", "do not stand"},
		"the reporter's contact":        {"reporterContact", "bagpiper", "do not stand"},
		"a withdrawal that there's not": {"withdrawal.reason", "bagpiper", "do not stand"},
	} {
		for _, by := range []string{admin, lead} {
			t.Run(name+" by "+by, func(t *testing.T) {
				s.t = t
				got := s.marking(by, id, 1, c.field, c.text)
				if !strings.Contains(got, `"event":null,"userErrors":[{"code":"INVALID","path":["text"],"message":`) || !strings.Contains(got, c.told) || strings.Count(got, `"code"`) != 1 {
					t.Errorf("answered %s", got)
				}
				if typed := strings.TrimSpace(c.text); len(typed) > 2 && !strings.Contains(typed, "[NAME 1]") && strings.Contains(got, typed) {
					t.Errorf("the answer repeats what was typed: %s", got)
				}
			})
		}
	}
	s.t = t
	for _, revision := range []int{0, 2} {
		if got := s.marking(admin, id, revision, "description", "ballerina"); !strings.Contains(got, `"STALE_REVISION"`) || strings.Contains(got, "INVALID") {
			t.Errorf("another revision is answered %s", got)
		}
	}
	if got := s.reads(lead, id); got != before || s.rows("event_original") != rows {
		t.Errorf("it was changed: %s", got)
	}
}

// Whether a word stands in the original changes nothing: not a byte of the
// answer, and nothing of what is kept.
func TestMarkingIsNoOracle(t *testing.T) {
	t.Parallel()
	s := newService(t)
	id, _ := s.record(reporter, aTale())
	kept := func() string {
		return s.rows("event") + s.rows("event_revision") + s.rows("event_original") + s.rows("audit_entry")
	}
	for _, by := range []string{admin, lead} {
		for _, pair := range [][2]string{
			{"Pemberton", "Adeyemi"}, {"pemberton", "adeyemi"}, {"Edith", "Agnes"}, {"Edith Pemberton", "Agnes Adeyemi"},
			{"Mrs Edith Pemberton", "Mrs Agnes Adeyemi"}, {"Mrs Edith", "Mrs Agnes"}, {"Pemberton saw", "Adeyemi saw"}, {"Mrs Edith Pemberton saw the bagpiper", "Mrs Agnes Adeyemi saw the bagpiper"},
		} {
			before := kept()
			behind, nowhere := s.marking(by, id, 1, "description", pair[0]), s.marking(by, id, 1, "description", pair[1])
			if behind != nowhere || !strings.Contains(behind, `"INVALID"`) {
				t.Errorf("%q is answered %s, %q %s", pair[0], behind, pair[1], nowhere)
			}
			if kept() != before {
				t.Errorf("%q left something behind", pair)
			}
		}
	}
}

// Words that an editor types and an admin marks do not tell what stands behind a
// placeholder beside them, at once or later.
func TestMarksDoNotReachBehindPlaceholders(t *testing.T) {
	t.Parallel()
	shown := map[string]string{}
	for _, guess := range []string{"rose", "reed"} { // Rose stands behind [NAME 1]; neither word is taken for a name
		s := newService(t)
		id, _ := s.record(reporter, map[string]any{"kind": "INCIDENT", "description": "A fall. Met Mrs Rose outside.", "incident": map[string]any{"wentWell": "Met Mrs Rose outside."}})
		s.ok(s.update(organisational, id, 1, map[string]any{"incident": map[string]any{"immediateActions": "A " + guess + " outside the door."}}), "updateEvent")
		s.marked(admin, id, 2, "incident.immediateActions", guess+" outside")
		const untouched = "Met Mrs [NAME 1] outside."
		check := func(when string) {
			t.Helper()
			got := s.reads(organisational, id)
			if strings.Count(got, untouched) < 3 || !strings.Contains(got, `"immediateActions":"A [IDENTIFIER] the door."`) {
				t.Errorf("%s it is shown as %s", when, got)
			}
			shown[guess] += got
		}
		check("at once")
		s.ok(s.update(reporter, id, 2, map[string]any{"levelOfConcern": "VERY"}), "updateEvent")
		check("after its reporter's update")
		s.ok(s.update(organisational, id, 3, map[string]any{"levelOfConcern": "FAIRLY"}), "updateEvent")
		check("after another's")
		s.ok(s.update(reporter, id, 4, map[string]any{"levelOfConcern": "VERY"}), "updateEvent")
		check("after its reporter's next")
	}
	if shown["rose"] != shown["reed"] {
		t.Errorf("the two guesses are told apart: %v", shown)
	}
}

// What was marked stays hidden in every later revision, whoever makes it, and
// nobody brings it back.
func TestMarkedWordsStayHidden(t *testing.T) {
	t.Parallel()
	s := newService(t)
	hidden := func(t *testing.T, id string, revision int, want string) {
		t.Helper()
		for _, reader := range readersOfTheTale {
			got := s.reads(reader, id)
			if !strings.Contains(got, fmt.Sprintf(`"revision":%d,"textView":"ANONYMISED","description":%q`, revision, want)) {
				t.Errorf("%s reads %s", reader, got)
			}
		}
	}
	start := func(t *testing.T) string {
		s.t = t
		id, _ := s.record(reporter, map[string]any{"kind": "INCIDENT", "description": "The bagpiper fell. Mrs Pemberton came."})
		s.marked(admin, id, 1, "description", "bagpiper")
		return id
	}
	t.Run("when its reporter updates something else", func(t *testing.T) {
		id := start(t)
		s.ok(s.update(reporter, id, 1, map[string]any{"levelOfConcern": "VERY"}), "updateEvent")
		hidden(t, id, 2, "The [IDENTIFIER] fell. Mrs [NAME 1] came.")
	})
	t.Run("when its reporter types them again", func(t *testing.T) {
		id := start(t)
		s.ok(s.update(reporter, id, 1, map[string]any{"description": "A bagpiper, a Bagpiper. Pemberton and Dr Adeyemi came."}), "updateEvent")
		hidden(t, id, 2, "A [IDENTIFIER], a [IDENTIFIER]. [NAME 1] and Dr [NAME 2] came.")
	})
	t.Run("when its reporter types them in another text, after a revision without", func(t *testing.T) {
		id := start(t)
		s.ok(s.update(reporter, id, 1, map[string]any{"description": "A fall."}), "updateEvent")
		s.ok(s.update(reporter, id, 2, map[string]any{"incident": map[string]any{"wentWell": "The bagpiper laughed."}}), "updateEvent")
		if got := s.reads(lead, id); !strings.Contains(got, `"wentWell":"The [IDENTIFIER] laughed."`) {
			t.Errorf("it is shown as %s", got)
		}
	})
	t.Run("when somebody edits around the placeholder, and the words come back", func(t *testing.T) {
		id := start(t)
		s.ok(s.update(organisational, id, 1, map[string]any{"description": "x[IDENTIFIER]y fell. Mrs [NAME 1] came."}), "updateEvent")
		hidden(t, id, 2, "x[IDENTIFIER]y fell. Mrs [NAME 1] came.")
		if got := s.description(reporter, id); got != "xbagpipery fell. Mrs Pemberton came." {
			t.Errorf("its reporter reads %q", got)
		}
		s.ok(s.update(reporter, id, 2, map[string]any{"levelOfConcern": "VERY"}), "updateEvent")
		hidden(t, id, 3, "x[IDENTIFIER]y fell. Mrs [NAME 1] came.")
		s.ok(s.update(admin, id, 3, map[string]any{"description": "Then x[IDENTIFIER]y fell. Mrs [NAME 1] came."}), "updateEvent")
		hidden(t, id, 4, "Then x[IDENTIFIER]y fell. Mrs [NAME 1] came.")
	})
	t.Run("when other words are marked", func(t *testing.T) {
		id := start(t)
		s.marked(lead, id, 1, "description", "fell")
		s.marked(admin, id, 1, "description", "came")
		hidden(t, id, 1, "The [IDENTIFIER] [IDENTIFIER]. Mrs [NAME 1] [IDENTIFIER].")
	})
	t.Run("and nobody brings them back", func(t *testing.T) {
		id := start(t)
		for _, text := range []string{"The bagpiper fell. Mrs [NAME 1] came.", "A fall."} {
			if got := problems(t, s.update(admin, id, 1, map[string]any{"description": text}), "updateEvent"); !slices.Equal(got, []string{"INVALID [event description]"}) {
				t.Errorf("%q is answered %v", text, got)
			}
		}
		if got := s.marking(admin, id, 1, "description", "bagpiper"); !strings.Contains(got, `"INVALID"`) {
			t.Errorf("marking them again is answered %s", got)
		}
		hidden(t, id, 1, "The [IDENTIFIER] fell. Mrs [NAME 1] came.")
	})
}

// A word that somebody types who reads the record anonymised is not compared
// with what was marked: what becomes of it would tell what stands behind the
// placeholder.
func TestAnEditorsWordsAreNotComparedWithMarks(t *testing.T) {
	t.Parallel()
	s := newService(t)
	id, _ := s.record(reporter, map[string]any{"kind": "INCIDENT", "description": "The bagpiper fell."})
	s.marked(admin, id, 1, "description", "bagpiper")
	s.ok(s.update(organisational, id, 1, map[string]any{"description": "The [IDENTIFIER] fell. A bagpiper, a ballerina?"}), "updateEvent")
	if got := s.description(organisational, id); got != "The [IDENTIFIER] fell. A bagpiper, a ballerina?" {
		t.Errorf("it is shown as %q", got)
	}
	s.marked(admin, id, 2, "description", "bagpiper")
	if got := s.description(organisational, id); got != "The [IDENTIFIER] fell. A [IDENTIFIER], a ballerina?" {
		t.Errorf("marked again it is shown as %q", got)
	}
}

// A mark and updates at the same time: whichever comes first, what was marked is
// hidden after both.
func TestAMarkIsNotLostToAnUpdate(t *testing.T) {
	t.Parallel()
	s := newService(t)
	for range 8 {
		id, _ := s.record(reporter, map[string]any{"kind": "INCIDENT", "description": "The bagpiper fell by the harbour."})
		answers := make([]map[string]any, 3)
		var wait sync.WaitGroup
		wait.Go(func() {
			answers[0] = s.update(reporter, id, 1, map[string]any{"description": "The bagpiper fell at the harbour."})
		})
		for i, words := range []string{"bagpiper", "harbour"} {
			wait.Go(func() {
				answers[i+1] = s.ask(admin, mark, map[string]any{"id": id, "revision": 1, "field": "description", "text": words})
			})
		}
		wait.Wait()
		got := s.reads(lead, id)
		if len(problems(t, answers[0], "updateEvent")) > 0 || !strings.Contains(got, `"revision":2`) {
			t.Errorf("the update was lost: %v; %s", answers[0], got)
		}
		for i, words := range []string{"bagpiper", "harbour"} {
			stale := slices.Equal(problems(t, answers[i+1], "redactFurther"), []string{"STALE_REVISION [revision]"})
			if stale == !strings.Contains(got, words) {
				t.Errorf("%s was answered %v, and it is shown as %s", words, answers[i+1], got)
			}
		}
	}
}

// The reason of a withdrawal can be marked too: it is what remains to be read.
func TestWordsOfAReasonAreMarked(t *testing.T) {
	t.Parallel()
	s := newService(t)
	id, _ := s.record(reporter, map[string]any{"kind": "INCIDENT", "description": "The bagpiper fell."})
	s.ok(s.withdrawn(reporter, id, 1, "The bagpiper asked for it."), "withdrawEvent")
	if got := s.marking(admin, id, 1, "description", "bagpiper"); !strings.Contains(got, `"INVALID"`) {
		t.Errorf("a text that is gone is answered %s", got)
	}
	s.marked(admin, id, 1, "withdrawal.reason", "bagpiper")
	const reason = `query($id: ID!) { event(id: $id) { status description withdrawal { reason } } }`
	for reader, want := range map[string]string{reporter: "The bagpiper asked for it.", admin: "The [IDENTIFIER] asked for it.", lead: "The [IDENTIFIER] asked for it."} {
		answer := s.ask(reader, reason, map[string]any{"id": id})
		if got := dig[string](t, answer, "data", "event", "withdrawal", "reason"); got != want || dig[map[string]any](t, answer, "data", "event")["description"] != nil {
			t.Errorf("%s reads %v", reader, answer)
		}
	}
	if text := s.rows("event") + s.rows("event_revision"); strings.Contains(text, "bagpiper") {
		t.Errorf("it is still in %s", text)
	}
}

func TestOriginalsAreNotTouchedByMarks(t *testing.T) {
	t.Parallel()
	s := newService(t)
	id, _ := s.record(reporter, aTale())
	before := s.raw(reporter, `query($id: ID!) { event(id: $id) { ...All } } `+everyText, map[string]any{"id": id})
	for field, words := range map[string]string{"description": "Olympic bagpiper", "incident.wentWell": "The pipers' band", "patients.1.clinicalOutcome": "is better."} {
		s.marked(admin, id, 1, field, words)
	}
	if after := s.raw(reporter, `query($id: ID!) { event(id: $id) { ...All } } `+everyText, map[string]any{"id": id}); after != before {
		t.Errorf("before %s\nafter  %s", before, after)
	}
	shown := s.reads(lead, id)
	for _, want := range []string{`"description":"The [IDENTIFIER] fell. Mrs [NAME 1] saw the bagpiper."`, `"wentWell":"[IDENTIFIER] was told."`, `"clinicalOutcome":"The bagpiper [IDENTIFIER]"`} {
		if !strings.Contains(shown, want) {
			t.Errorf("it is not shown as %s: %s", want, shown)
		}
	}
}
