package graph_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// The hostile editor of these tests reads an event anonymised and may update it:
// what is behind its placeholders must neither be got nor got rid of.

func aStory() map[string]any {
	return map[string]any{
		"kind": "INCIDENT", "description": "Mrs Edith Pemberton, NHS number 943 476 5919, fell. Dr Okonkwo came to Edith.",
		"involvedAgents": []string{"BLOOD"},
		"incident":       map[string]any{"immediateActions": "Rang 07700 900123 and 07700 900456.", "wentWell": "Nothing of note."},
		"patients":       []any{map[string]any{"clinicalOutcome": "Pemberton is better."}, map[string]any{"gender": "1"}},
		"answers":        []any{map[string]any{"element": "AdverseEventAgent.SabreReportNumber", "text": "Told on 07700 900789."}},
	}
}

const shownStory = "Mrs [NAME 1], NHS number [NHS NUMBER], fell. Dr [NAME 2] came to [NAME 1]."

const reads = `query($id: ID!) { event(id: $id) { revision textView description details { ... on IncidentDetails { immediateActions wentWell answers { text } } } patients { sequence clinicalOutcome } revisions { description changed } } }`

func (s *service) reads(reader, id string) string {
	s.t.Helper()
	return s.raw(reader, reads, map[string]any{"id": id})
}

func (s *service) description(reader, id string) string {
	s.t.Helper()
	return dig[string](s.t, s.ask(reader, reads, map[string]any{"id": id}), "data", "event", "description")
}

func TestNobodyEditsWhatTheyCannotRead(t *testing.T) {
	t.Parallel()
	s := newService(t)
	actions := func(text any) map[string]any {
		return map[string]any{"incident": map[string]any{"immediateActions": text}}
	}
	patients := func(list ...any) map[string]any { return map[string]any{"patients": list} }
	const element = "AdverseEventAgent.SabreReportNumber"
	told, _ := s.record(reporter, aStory())
	if got := s.description(organisational, told); got != shownStory {
		t.Fatalf("the story is shown as %q", got)
	}
	for name, c := range map[string]struct {
		patch map[string]any
		path  string
	}{
		"without its placeholders":        {map[string]any{"description": "A fall."}, "event description"},
		"one left out":                    {map[string]any{"description": strings.Replace(shownStory, "[NHS NUMBER]", "", 1)}, "event description"},
		"one of two left out":             {map[string]any{"description": strings.Replace(shownStory, " to [NAME 1]", "", 1)}, "event description"},
		"the words guessed rightly":       {map[string]any{"description": strings.Replace(shownStory, "[NAME 2]", "Okonkwo", 1)}, "event description"},
		"the words guessed wrongly":       {map[string]any{"description": strings.Replace(shownStory, "[NAME 2]", "Adeyemi", 1)}, "event description"},
		"the whole original":              {map[string]any{"description": aStory()["description"]}, "event description"},
		"another number":                  {map[string]any{"description": strings.Replace(shownStory, "[NAME 2]", "[NAME 3]", 1)}, "event description"},
		"another class":                   {map[string]any{"description": strings.Replace(shownStory, "[NHS NUMBER]", "[PHONE]", 1)}, "event description"},
		"in lower case":                   {map[string]any{"description": strings.ToLower(shownStory)}, "event description"},
		"broken":                          {map[string]any{"description": strings.Replace(shownStory, "[NAME 2]", "[NAME\u200b 2]", 1)}, "event description"},
		"in full-width brackets":          {map[string]any{"description": strings.Replace(shownStory, "[NAME 2]", "\uff3bNAME 2\uff3d", 1)}, "event description"},
		"moved to another field":          {map[string]any{"description": strings.Replace(shownStory, "[NAME 2]", "he", 1), "incident": map[string]any{"wentWell": "[NAME 2]"}}, "event description"},
		"cleared":                         {actions(nil), "event incident immediateActions"},
		"cleared with its part":           {map[string]any{"incident": nil}, "event incident immediateActions"},
		"emptied":                         {actions(""), "event incident immediateActions"},
		"one for two":                     {actions("Rang [PHONE]."), "event incident immediateActions"},
		"a patient's":                     {patients(map[string]any{"clinicalOutcome": "Fine."}, map[string]any{"gender": "1"}), "event patients 0 clinicalOutcome"},
		"a patient's left out":            {patients(map[string]any{"gender": "1"}, map[string]any{"gender": "1"}), "event patients 0 clinicalOutcome"},
		"a patient left out":              {patients(map[string]any{"sequence": 2, "gender": "1"}), "event patients"},
		"all patients left out":           {map[string]any{"patients": nil}, "event patients"},
		"patients that change places":     {patients(map[string]any{"gender": "1"}, map[string]any{"clinicalOutcome": "[NAME 1] is better."}), "event patients 0 clinicalOutcome"},
		"an answer's":                     {map[string]any{"answers": []any{map[string]any{"element": element, "text": "Told."}}}, "event answers 0 text"},
		"an answer left out":              {map[string]any{"answers": []any{map[string]any{"element": element}}}, "event answers"},
		"all answers left out":            {map[string]any{"answers": nil}, "event answers"},
		"a placeholder with a line in it": {map[string]any{"description": strings.Replace(shownStory, "[NAME 2]", "[NAME\n2]", 1)}, "event description"},
	} {
		t.Run(name, func(t *testing.T) {
			s.t = t
			id, _ := s.record(reporter, aStory())
			before := s.reads(reporter, id)
			answer := s.update(organisational, id, 1, c.patch)
			if got := problems(t, answer, "updateEvent"); !slices.Equal(got, []string{"INVALID [" + c.path + "]"}) {
				t.Errorf("got %v", answer)
			}
			if after := s.reads(reporter, id); after != before {
				t.Errorf("it was changed: %s", after)
			}
		})
	}
}

// A right guess and a wrong one are answered alike, word for word.
func TestAGuessIsToldNothing(t *testing.T) {
	t.Parallel()
	s := newService(t)
	for name, guess := range map[string]func(string) map[string]any{
		"in place of the placeholder": func(word string) map[string]any {
			return map[string]any{"description": strings.Replace(shownStory, "[NAME 2]", word, 1)}
		},
		"beside it": func(word string) map[string]any {
			return map[string]any{"description": shownStory + " So " + word + " said."}
		},
		"glued to it": func(word string) map[string]any {
			return map[string]any{"description": strings.Replace(shownStory, "[NAME 2]", "[NAME 2]"+word, 1)}
		},
		"in another text": func(word string) map[string]any {
			return map[string]any{"incident": map[string]any{"wentWell": "Dr " + word + " was quick."}}
		},
		"in another, bare": func(word string) map[string]any {
			return map[string]any{"incident": map[string]any{"wentWell": strings.ToLower(word)}}
		},
		"in a new answer": func(word string) map[string]any {
			return map[string]any{"answers": []any{map[string]any{"element": "AdverseEventAgent.ShotReportNumber", "text": word}}}
		},
		"as contact details": func(word string) map[string]any {
			return map[string]any{"incident": map[string]any{"wentWell": "Ask at " + word + "2231."}}
		},
	} {
		t.Run(name, func(t *testing.T) {
			s.t = t
			var answered []string
			for _, word := range []string{"Quillfeather", "Thistlewhite"} { // neither is in a list of the engine's
				input := aStory()
				input["description"] = strings.ReplaceAll(input["description"].(string), "Okonkwo", "Quillfeather")
				input["reporterContact"] = "Quillfeather2231"
				id, reference := s.record(reporter, input)
				answer := fmt.Sprint(s.update(organisational, id, 1, guess(word)))
				seen := s.reads(organisational, id) + s.reads(lead, id)
				for from, to := range map[string]string{id: "ID", reference: "REFERENCE", word: "WORD", strings.ToLower(word): "WORD"} {
					answer, seen = strings.ReplaceAll(answer, from, to), strings.ReplaceAll(seen, from, to)
				}
				answered = append(answered, changing[2].form.ReplaceAllString(answer, "TIME")+seen)
			}
			cut := func(text string) string {
				before, after, _ := strings.Cut(text, "updatedAt:")
				_, after, _ = strings.Cut(after, " ")
				return before + after
			}
			if cut(answered[0]) != cut(answered[1]) {
				t.Errorf("\nright %s\nwrong %s", answered[0], answered[1])
			}
		})
	}
}

// The length of what is behind a placeholder is not told by when a text becomes
// too long.
func TestLengthsAreTheEditorsOwn(t *testing.T) {
	t.Parallel()
	s := newService(t)
	id, _ := s.record(reporter, map[string]any{"kind": "INCIDENT", "description": "Mrs Wilhelmina Quillfeather-Featherstonehaugh fell."})
	const shown = "Mrs [NAME 1] fell."
	longest := shown + strings.Repeat("x", 20_000-len(shown))
	s.ok(s.update(organisational, id, 1, map[string]any{"description": longest}), "updateEvent")
	if got := problems(t, s.update(organisational, id, 2, map[string]any{"description": longest + "x"}), "updateEvent"); !slices.Equal(got, []string{"TOO_LONG [event description]"}) {
		t.Errorf("got %v", got)
	}
	if got := s.description(reporter, id); !strings.HasPrefix(got, "Mrs Wilhelmina Quillfeather-Featherstonehaugh fell.xxx") {
		t.Errorf("its reporter reads %.80s", got)
	}
}

// Around its placeholders a text is edited freely, and the words come back.
func TestTheWordsBehindAPlaceholderComeBack(t *testing.T) {
	t.Parallel()
	s := newService(t)
	for name, c := range map[string]struct{ typed, original, anonymised string }{
		"added to":                {shownStory + " It was dark.", "Mrs Edith Pemberton, NHS number 943 476 5919, fell. Dr Okonkwo came to Edith. It was dark.", shownStory + " It was dark."},
		"added before":            {"At night: " + shownStory, "At night: Mrs Edith Pemberton, NHS number 943 476 5919, fell. Dr Okonkwo came to Edith.", "At night: " + shownStory},
		"rewritten between":       {"[NHS NUMBER]: Mrs [NAME 1] slipped. [NAME 1] met Dr [NAME 2].", "943 476 5919: Mrs Edith Pemberton slipped. Edith met Dr Okonkwo.", "[NHS NUMBER]: Mrs [NAME 1] slipped. [NAME 1] met Dr [NAME 2]."},
		"with a new name":         {shownStory + " Then Dr Adeyemi came.", "Mrs Edith Pemberton, NHS number 943 476 5919, fell. Dr Okonkwo came to Edith. Then Dr Adeyemi came.", shownStory + " Then Dr [NAME 3] came."},
		"a copy is text":          {"[NAME 2] said: " + shownStory, "[NAME 2] said: Mrs Edith Pemberton, NHS number 943 476 5919, fell. Dr Okonkwo came to Edith.", "[NAME 2] said: " + shownStory},
		"one never shown is text": {shownStory + " [PHONE] [NAME 9]", "Mrs Edith Pemberton, NHS number 943 476 5919, fell. Dr Okonkwo came to Edith. [PHONE] [NAME 9]", shownStory + " [PHONE] [NAME 9]"},
	} {
		t.Run(name, func(t *testing.T) {
			s.t = t
			id, _ := s.record(reporter, aStory())
			s.ok(s.update(organisational, id, 1, map[string]any{"description": c.typed}), "updateEvent")
			if got := s.description(reporter, id); got != c.original {
				t.Errorf("its reporter reads %q", got)
			}
			for _, reader := range []string{organisational, admin, readOnlyICB, lead} {
				if got := s.description(reader, id); got != c.anonymised {
					t.Errorf("%s reads %q", reader, got)
				}
			}
			t.Run("and again in the next revision", func(t *testing.T) {
				s.t = t
				s.ok(s.update(admin, id, 2, map[string]any{"description": c.anonymised + " Later."}), "updateEvent")
				if got := s.description(reporter, id); got != c.original+" Later." {
					t.Errorf("its reporter reads %q", got)
				}
			})
		})
	}
}

// What is written around a placeholder does not show what is behind it, in that
// revision or a later one, whoever makes it.
func TestWhatIsHiddenStaysHidden(t *testing.T) {
	t.Parallel()
	s := newService(t)
	secrets := []string{"pemberton", "edith", "okonkwo", "943", "5919", "900123", "900456", "900789"}
	for i, around := range []string{
		"x[NAME 1]y", "[NAME 1][NAME 2]", "the [NAME 1] disease", "[NAME 1] 5 mg", "Mrs. [NAME 1]", "[[NAME 1]]", "a@[NAME 1].org", "-[NAME 1]-",
		"[NAME 1]\u0301", "\u200b[NAME 1]", "1[NHS NUMBER]2", "Flat 1, [NAME 1] Street, CB2 0QQ", "[NAME 1]'s", "[NAME 1]son",
	} {
		t.Run(fmt.Sprint(i), func(t *testing.T) {
			s.t = t
			id, _ := s.record(reporter, aStory())
			hostile := strings.Replace(shownStory, "[NAME 1]", around, 1)
			if !strings.Contains(around, "[NAME 1]") {
				hostile = strings.Replace(shownStory, "[NHS NUMBER]", around, 1)
			}
			s.ok(s.update(organisational, id, 1, map[string]any{"description": hostile, "patients": []any{
				map[string]any{"clinicalOutcome": strings.Replace("over[NAME 1]ing is better.", "[NAME 1]", strings.Replace(around, "[NHS NUMBER]", "[NAME 1]", 1), 1)},
				map[string]any{"gender": "1"},
			}}), "updateEvent")
			unseen := func(when string) {
				t.Helper()
				for _, reader := range []string{organisational, lead} {
					seen := strings.ToLower(s.reads(reader, id))
					for _, secret := range secrets {
						if strings.Contains(seen, secret) {
							t.Errorf("%s, %s is shown %s: %s", when, reader, secret, seen)
						}
					}
				}
			}
			unseen("at once")
			s.ok(s.update(reporter, id, 2, map[string]any{"incident": map[string]any{"wentWell": "Everything."}}), "updateEvent")
			unseen("after another's update")
			typed := s.description(reporter, id)
			s.ok(s.update(reporter, id, 3, map[string]any{"description": "Once more: " + typed + " And so on."}), "updateEvent")
			unseen("after the reporter's own")
			s.ok(s.update(admin, id, 4, map[string]any{"levelOfConcern": "VERY"}), "updateEvent")
			unseen("after an update without texts")
		})
	}
}

// What the record hid once is hidden where its reporter types it again, be it
// without anything that would give it away, and a person keeps their number.
func TestAReporterTypesAgainWhatWasHidden(t *testing.T) {
	t.Parallel()
	s := newService(t)
	id, _ := s.record(reporter, map[string]any{"kind": "INCIDENT", "description": "Dr Okonkwo saw Mrs Rose. Bleep 813."})
	if got := s.description(lead, id); got != "Dr [NAME 1] saw Mrs [NAME 2]. Bleep [EXTENSION]." {
		t.Fatalf("the first reading is %q", got)
	}
	s.ok(s.update(reporter, id, 1, map[string]any{"description": "Rose fell, okonkwo says. Ring 813. It rose to 38 degrees."}), "updateEvent")
	if got := s.description(lead, id); got != "[NAME 2] fell, [NAME 1] says. Ring [EXTENSION]. It rose to 38 degrees." {
		t.Errorf("the second reading is %q", got)
	}
	s.ok(s.update(reporter, id, 2, map[string]any{"description": "Somebody fell."}), "updateEvent")
	s.ok(s.update(reporter, id, 3, map[string]any{"description": "Dr Adeyemi came. Rose fell."}), "updateEvent")
	if got := s.description(lead, id); got != "Dr [NAME 3] came. [NAME 2] fell." {
		t.Errorf("the last reading is %q", got)
	}
}

// A change of kind takes along answers that an editor cannot read; it does not
// show them, and their words stay with the history.
func TestAChangeOfKindShowsNothing(t *testing.T) {
	t.Parallel()
	s := newService(t)
	id, _ := s.record(reporter, map[string]any{"kind": "INCIDENT", "description": "Mrs Edith Pemberton fell.", "incident": map[string]any{"immediateActions": "Dr Okonkwo came."}})
	s.ok(s.update(organisational, id, 1, map[string]any{"kind": "GOOD_CARE", "goodCare": map[string]any{"strengths": "[NAME 2] was quick.", "howToRepeat": "Be quick."}}), "updateEvent")
	s.ok(s.update(organisational, id, 2, map[string]any{"kind": "INCIDENT", "incident": map[string]any{"immediateActions": "Dr [NAME 2] came."}}), "updateEvent")
	if got := s.reads(reporter, id); strings.Contains(got, "Okonkwo") || !strings.Contains(got, `"immediateActions":"Dr [NAME 2] came."`) {
		t.Errorf("its reporter reads %s", got)
	}
}

// What stands for a text that an editor is not shown is nothing special where
// somebody types it.
func TestNoWordsHideAText(t *testing.T) {
	t.Parallel()
	s := newService(t)
	id, _ := s.record(reporter, map[string]any{"kind": "INCIDENT", "description": "A fall in the bay.", "incident": map[string]any{"wentWell": "[hidden]"}})
	s.ok(s.update(organisational, id, 1, map[string]any{"description": "[hidden]"}), "updateEvent")
	for _, reader := range []string{reporter, organisational, lead} {
		if got := s.reads(reader, id); strings.Count(got, `"[hidden]"`) != 3 || !strings.Contains(got, `"description":"A fall in the bay."`) {
			t.Errorf("%s reads %s", reader, got)
		}
	}
}
