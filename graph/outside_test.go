package graph_test

import (
	"fmt"
	"strings"
	"testing"
)

const (
	plantedStory = "Dr Quillfeather came to Mrs Edith Grimblethwaite. It was late."
	plantedShown = "Dr [NAME 1] came to Mrs [NAME 2]. It was late."
)

// plants are the ways of planting a guess in the story.
func plants() map[string]func(word string) map[string]any {
	wentWell := func(text string) map[string]any { return map[string]any{"incident": map[string]any{"wentWell": text}} }
	return map[string]func(word string) map[string]any{
		"bare, in another text":  func(word string) map[string]any { return wentWell("Was it " + strings.ToLower(word) + "?") },
		"alone, in another text": func(word string) map[string]any { return wentWell(strings.ToLower(word)) },
		"as a doctor's":          func(word string) map[string]any { return wentWell("Ask Dr " + word + ".") },
		"bare, in the same text": func(word string) map[string]any {
			return map[string]any{"description": plantedShown + " Was it " + strings.ToLower(word) + "?"}
		},
		"as a doctor's, in the same text": func(word string) map[string]any {
			return map[string]any{"description": plantedShown + " Dr " + word + " knows."}
		},
		"as contact details": func(word string) map[string]any { return wentWell("At " + word + "2231.") },
	}
}

// planted records the story.
func (s *service) planted() (id, reference string) {
	s.t.Helper()
	return s.record(reporter, map[string]any{"kind": "INCIDENT", "description": plantedStory, "reporterContact": "Quillfeather2231"})
}

// told is what readers are told of an event with a planted word, whatever the
// word: alike for a right guess and for a wrong one.
func (s *service) told(id, reference, word string) string {
	s.t.Helper()
	answers := ""
	for _, reader := range []string{organisational, lead} {
		answers += s.reads(reader, id)
		found, highlights := s.found(reader, `filter: {search: $search, kind: [INCIDENT]}`, map[string]any{"search": word})
		answers += strings.ReplaceAll(fmt.Sprint(found, highlights), reference, "REFERENCE")
	}
	return strings.NewReplacer(id, "ID", word, "WORD", strings.ToLower(word), "WORD").Replace(answers)
}

// Whoever reads an event anonymised could type a list of names into it and wait
// for its reporter to change something: what becomes of the list must not tell
// which of them are hidden. A right guess is read like a wrong one, by every
// reader, whatever the reporter does next.
func TestAPlantedGuessIsNotConfirmedWhenTheReporterChangesSomething(t *testing.T) {
	t.Parallel()
	s := newService(t)
	changes := map[string]func(typed string) map[string]any{
		"a code": func(string) map[string]any { return map[string]any{"specialty": "44"} },
		"another text": func(string) map[string]any {
			return map[string]any{"incident": map[string]any{"immediateActions": "Nothing."}}
		},
		"the end of the text": func(typed string) map[string]any { return map[string]any{"description": typed + " Very late."} },
		"the start of it":     func(typed string) map[string]any { return map[string]any{"description": "So: " + typed} },
		"naming them again": func(string) map[string]any {
			return map[string]any{"incident": map[string]any{"immediateActions": "Dr Quillfeather came again."}}
		},
		"naming somebody else": func(string) map[string]any {
			return map[string]any{"incident": map[string]any{"immediateActions": "Dr Adeyemi came as well."}}
		},
	}
	for plant, patch := range plants() {
		for change, next := range changes {
			t.Run(plant+", then "+change, func(t *testing.T) {
				s.t = t
				var seen []string
				for _, word := range []string{"Quillfeather", "Thistlewhite"} { // neither is in a list of the engine's
					id, reference := s.planted()
					s.ok(s.update(organisational, id, 1, patch(word)), "updateEvent")
					s.ok(s.update(reporter, id, 2, next(s.description(reporter, id))), "updateEvent")
					seen = append(seen, s.told(id, reference, word))
					if typed := s.description(reporter, id); !strings.Contains(typed, plantedStory[:40]) {
						t.Errorf("its reporter reads %q", typed)
					}
					s.ok(s.withdrawn(reporter, id, 3, "Done."), "withdrawEvent") // so that the next is searched alone
				}
				if seen[0] != seen[1] {
					t.Errorf("\nright %s\nwrong %s", seen[0], seen[1])
				}
			})
		}
	}
}

// What somebody else typed is still read as it is shown: what a change around it
// gives away for a name is hidden.
func TestTheWordsOfOthersAreReadAsTheyAreShown(t *testing.T) {
	t.Parallel()
	s := newService(t)
	id, _ := s.record(reporter, map[string]any{"kind": "INCIDENT", "description": "Dr Okonkwo came."})
	s.ok(s.update(organisational, id, 1, map[string]any{"description": "Dr [NAME 1] came. Then thistlewhite came, and Mrs Adeyemi."}), "updateEvent")
	if got := s.description(lead, id); got != "Dr [NAME 1] came. Then thistlewhite came, and Mrs [NAME 2]." {
		t.Fatalf("it is shown as %q", got)
	}
	s.ok(s.update(reporter, id, 2, map[string]any{"description": "Dr Okonkwo came. Then Dr thistlewhite came, and Mrs Adeyemi. Thistlewhite and Adeyemi left."}), "updateEvent")
	if got := s.description(lead, id); strings.Contains(strings.ToLower(got), "thistlewhite") || strings.Contains(got, "Adeyemi") || !strings.HasPrefix(got, "Dr [NAME 1] came. Then Dr [NAME ") {
		t.Errorf("then it is shown as %q", got)
	}
	if got := s.description(reporter, id); got != "Dr Okonkwo came. Then Dr thistlewhite came, and Mrs Adeyemi. Thistlewhite and Adeyemi left." {
		t.Errorf("its reporter reads %q", got)
	}
}

// Whoever is named by somebody who reads the event anonymised gets a number,
// and its reporter may come to name the same person: the number must not say so.
func TestANumberDoesNotTellWhomTheReporterNames(t *testing.T) {
	t.Parallel()
	s := newService(t)
	var seen []string
	for _, name := range []string{"Quillfeather", "Thistlewhite", "Featherstonehaugh"} {
		id, _ := s.record(reporter, aFall())
		s.ok(s.update(organisational, id, 1, map[string]any{"incident": map[string]any{"wentWell": "Ask Dr Quillfeather or Dr Thistlewhite."}}), "updateEvent")
		s.ok(s.update(reporter, id, 2, map[string]any{"incident": map[string]any{"immediateActions": "Dr " + name + " came."}}), "updateEvent")
		s.ok(s.update(reporter, id, 3, map[string]any{"description": "A fall, " + strings.ToLower(name) + " said."}), "updateEvent")
		if got := s.reads(reporter, id); !strings.Contains(got, "Dr "+name+" came.") {
			t.Errorf("its reporter reads %s", got)
		}
		answer := strings.ReplaceAll(s.reads(organisational, id), id, "ID")
		s.ok(s.withdrawn(reporter, id, 4, "Dr "+name+" was wrong."), "withdrawEvent")
		answer += s.raw(organisational, `query($id: ID!) { event(id: $id) { withdrawal { reason } } }`, map[string]any{"id": id})
		if strings.Contains(answer, name) || !strings.Contains(answer, `"wentWell":"Ask Dr [NAME 1] or Dr [NAME 2]."`) {
			t.Errorf("got %s", answer)
		}
		seen = append(seen, answer)
	}
	if seen[0] != seen[1] || seen[0] != seen[2] {
		t.Errorf("\nthe first  %s\nthe second %s\nneither    %s", seen[0], seen[1], seen[2])
	}
}
