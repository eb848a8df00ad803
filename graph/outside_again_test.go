package graph_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"lfpse/internal/event"
	"lfpse/internal/redaction"
)

// An upgrade, or a mark, is no better moment for a planted guess than a change by
// the reporter. None of the names is in a list of the engine's.
func TestAPlantedGuessIsNotConfirmedByAnUpgradeOrAMark(t *testing.T) {
	t.Parallel()
	s := newService(t)
	later := map[string]func(id string){
		"an upgrade": func(string) { s.outdate(); s.upgrade(s.events) },
		"a mark":     func(id string) { s.marked(admin, id, 2, "description", "late") },
		"a mark, a change and an upgrade": func(id string) {
			s.marked(admin, id, 2, "description", "late")
			s.ok(s.update(reporter, id, 2, map[string]any{"incident": map[string]any{"immediateActions": "Mrs Grimblethwaite and Dr Quillfeather met Dr Adeyemi."}}), "updateEvent")
			s.outdate()
			s.upgrade(s.events)
		},
		"two upgrades and a change": func(id string) {
			for range 2 {
				s.outdate()
				s.upgrade(s.events)
			}
			s.ok(s.update(reporter, id, 2, map[string]any{"incident": map[string]any{"immediateActions": "Mrs Grimblethwaite was asleep."}}), "updateEvent")
		},
	}
	for plant, patch := range plants() {
		for what, happens := range later {
			t.Run(plant+", then "+what, func(t *testing.T) {
				s.t = t
				for _, guesses := range [][2]string{{"Quillfeather", "Thistlewhite"}, {"Grimblethwaite", "Snodderly"}} {
					var seen [2]string
					for i, word := range guesses {
						id, reference := s.planted()
						s.ok(s.update(organisational, id, 1, patch(word)), "updateEvent")
						typed := s.description(reporter, id)
						happens(id)
						seen[i] = s.told(id, reference, word)
						if got := s.description(reporter, id); got != typed {
							t.Errorf("its reporter reads %q", got)
						}
						s.exec(`DELETE FROM event`) // so that the next is searched alone
					}
					if seen[0] != seen[1] {
						t.Errorf("\nright %s\nwrong %s", seen[0], seen[1])
					}
				}
			})
		}
	}
}

// So are words that somebody guesses were marked.
func TestAPlantedGuessOfMarkedWordsIsNotConfirmed(t *testing.T) {
	t.Parallel()
	s := newService(t)
	for name, then := range map[string]func(id string){
		"an upgrade":   func(string) { s.outdate(); s.upgrade(s.events) },
		"another mark": func(id string) { s.marked(admin, id, 2, "description", "harbour") },
		"a change by the reporter": func(id string) {
			s.ok(s.update(reporter, id, 2, map[string]any{"levelOfConcern": "VERY"}), "updateEvent")
		},
		"a reason for a withdrawal": func(id string) { s.ok(s.withdrawn(admin, id, 2, "WORD again."), "withdrawEvent") },
		"that, and then an upgrade": func(id string) {
			s.ok(s.withdrawn(admin, id, 2, "WORD again."), "withdrawEvent")
			s.outdate()
			s.upgrade(s.events)
		},
	} {
		t.Run(name, func(t *testing.T) {
			s.t = t
			var seen []string
			for _, word := range []string{"bagpiper", "ballerina"} {
				id, _ := s.record(reporter, map[string]any{"kind": "INCIDENT", "description": "The bagpiper fell by the harbour."})
				s.marked(admin, id, 1, "description", "bagpiper")
				s.ok(s.update(organisational, id, 1, map[string]any{"incident": map[string]any{"wentWell": "Was it a " + word + "?"}}), "updateEvent")
				then(id)
				answer := s.reads(lead, id) + s.raw(lead, `query($id: ID!) { event(id: $id) { withdrawal { reason } } }`, map[string]any{"id": id})
				seen = append(seen, strings.NewReplacer(id, "ID", word, "WORD").Replace(answer))
			}
			if seen[0] != seen[1] {
				t.Errorf("\nright %s\nwrong %s", seen[0], seen[1])
			}
		})
	}
}

// What this engine finds in the words of others as they are shown is hidden all
// the same, in every revision; what stands behind a placeholder stays there.
func TestUpgradeOfTheWordsOfOthers(t *testing.T) {
	t.Parallel()
	type span struct {
		Start  int             `json:"s"`
		End    int             `json:"e"`
		Class  redaction.Class `json:"c"`
		Person int             `json:"p"`
	}
	for name, c := range map[string]struct {
		typed, shown string // shown is empty where nobody was shown it
		spans        []span
		want         string
	}{
		"a name":                      {"Mrs Edith Pemberton fell; pemberton cried.", "Mrs Edith Pemberton fell; pemberton cried.", nil, "Mrs [NAME 2] fell; [NAME 2] cried."},
		"a name beside a placeholder": {"Dr Okonkwo or okonkwo saw Mrs Adeyemi.", "Dr [NAME 1] or okonkwo saw Mrs Adeyemi.", []span{{3, 10, redaction.Name, 1}}, "Dr [NAME 1] or [NAME 2] saw Mrs [NAME 3]."},
		"what nobody was shown":       {"Dr Okonkwo or okonkwo saw Mrs Adeyemi.", "", []span{{3, 10, redaction.Name, 1}}, "Dr [NAME 1] or [NAME 2] saw Mrs [NAME 3]."},
	} {
		t.Run(name, func(t *testing.T) {
			s := newSealed(t)
			events := event.NewService(s.options)
			id := s.recorded(events, "Dr Okonkwo came.")
			s.updated(events, reporter, id, 1, describe("Dr Okonkwo came again."))
			plain := must[[]byte](t)(json.Marshal(map[string]any{
				"format": 2, "texts": telling(c.typed), "spans": map[string]any{"description": c.spans},
				"redacted": []any{map[string]any{"t": "Okonkwo", "c": "NAME", "p": 1}}, "outside": map[string]any{"fields": []string{"description"}},
			}))
			for revision := range 2 {
				blob := must[[]byte](t)(s.options.Sealer.Seal(plain, fmt.Appendf(nil, "event:%s:%d", id, revision+1)))
				s.exec(`UPDATE event_original SET sealed = ? WHERE event_id = ? AND revision = ?`, blob, id, revision+1)
			}
			texts := map[string]string{}
			if c.shown != "" {
				texts = telling(c.shown)
			}
			shown := string(must[[]byte](t)(json.Marshal(texts)))
			s.exec(`UPDATE event_revision SET texts = ?::jsonb`, shown)
			s.exec(`UPDATE event SET texts = ?::jsonb`, shown)
			s.outdate()
			s.upgrade(events)
			if diff := cmp.Diff([]string{c.want, c.want}, s.history(events, id)); diff != "" {
				t.Error(diff)
			}
			if got := s.readBy(events, reporter, id); got != c.typed {
				t.Errorf("its reporter reads %q", got)
			}
		})
	}
}
