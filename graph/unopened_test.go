package graph_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/uptrace/bun"
)

// spoil makes what is sealed of an event such that it does not open.
func (s *service) spoil(table, id, how string) {
	s.t.Helper()
	spoilt := map[string]string{
		"cut short":          "substr(sealed, 1, length(sealed) - 1)",
		"nothing":            "''",
		"under another key":  "set_byte(sealed, 10, get_byte(sealed, 10) # 1)",
		"of another record":  "(SELECT o.sealed FROM event_original AS o WHERE replace(o.event_id::text, '-', '') <> '" + strings.TrimPrefix(id, "event_") + "' LIMIT 1)",
		"longer than it was": "sealed || '\\x00'",
	}[how]
	_, err := s.db.NewRaw("UPDATE ? SET sealed = ? WHERE replace(event_id::text, '-', '') = ?",
		bun.Ident(table), bun.Safe(spoilt), strings.TrimPrefix(id, "event_")).Exec(s.t.Context())
	if err != nil {
		s.t.Fatal(err)
	}
}

var spoilings = []string{"cut short", "nothing", "under another key", "of another record", "longer than it was"}

const page = `{ viewer { events(first: 9) { nodes { id description reporterContact levelOfConcern details { ... on IncidentDetails { immediateActions process { code } } }
	patients { physicalHarm clinicalOutcome } revisions { revision description } withdrawal { reason } } } drafts { nodes { id kind description patients { clinicalOutcome } problems { code path } } } } }`

// Texts that do not open are an error of their own event's texts. Every other
// event of the page stays, and so does everything else of that one.
func TestATextThatDoesNotOpenTakesNothingElseAlong(t *testing.T) {
	t.Parallel()
	for _, how := range spoilings {
		t.Run(how, func(t *testing.T) {
			s := newService(t)
			whole, _ := s.record(reporter, aWholeIncident())
			spoilt, _ := s.record(reporter, aWholeIncident())
			s.spoil("event_original", spoilt, how)
			answer := s.ask(reporter, page, nil)
			nodes := dig[[]any](t, answer, "data", "viewer", "events", "nodes")
			if len(nodes) != 2 || dig[string](t, nodes[0], "id") != spoilt || dig[string](t, nodes[1], "id") != whole {
				t.Fatalf("got %v", answer)
			}
			for _, typed := range []string{"Mrs Edith Pemberton fell.", "Edith is better.", "Dr Okonkwo came.", "ext 2231"} {
				if got := fmt.Sprint(nodes[1]); !strings.Contains(got, typed) {
					t.Errorf("the whole one does not say %s: %s", typed, got)
				}
			}
			if got := fmt.Sprint(nodes[0]); got != "map[description:<nil> details:<nil> id:"+spoilt+" levelOfConcern:VERY patients:[map[clinicalOutcome:<nil> physicalHarm:SEVERE] map[clinicalOutcome:<nil> physicalHarm:<nil>]] reporterContact:<nil> revisions:[map[description:<nil> revision:1]] withdrawal:<nil>]" {
				t.Errorf("the spoilt one says %s", got)
			}
			var failed []string
			for _, e := range answer["errors"].([]any) {
				failed = append(failed, fmt.Sprint(dig[[]any](t, e, "path")[3:], " ", dig[string](t, e, "extensions", "code")))
			}
			if len(failed) != 4 || !strings.Contains(fmt.Sprint(failed), "[0 description] INTERNAL") || !strings.Contains(fmt.Sprint(failed), "[0 details] INTERNAL") {
				t.Errorf("errors %v", failed)
			}
			if !strings.Contains(s.log.String(), "revision 1 of event") {
				t.Error("the log does not say which texts")
			}
			for _, reader := range []string{organisational, lead} {
				if got := s.raw(reader, `{ events(first: 9) { nodes { description } } }`, nil); strings.Count(got, "Mrs [NAME 1] fell.") != 2 || strings.Contains(got, "errors") {
					t.Errorf("%s, who reads it anonymised, is answered %s", reader, got)
				}
			}
		})
	}
}

func TestADraftThatDoesNotOpenTakesNothingElseAlong(t *testing.T) {
	t.Parallel()
	for _, how := range spoilings {
		t.Run(how, func(t *testing.T) {
			s := newService(t)
			whole, _ := s.draft(reporter, aWholeIncident())
			spoilt, _ := s.draft(reporter, aWholeIncident())
			s.spoil("event_original", spoilt, how)
			answer := s.ask(reporter, page, nil)
			nodes := dig[[]any](t, answer, "data", "viewer", "drafts", "nodes")
			if len(nodes) != 2 || !strings.Contains(fmt.Sprint(nodes[1]), "Mrs Edith Pemberton fell.") || dig[string](t, nodes[1], "id") != whole {
				t.Fatalf("got %v", answer)
			}
			if got := fmt.Sprint(nodes[0]); got != "map[description:<nil> id:"+spoilt+" kind:INCIDENT patients:[] problems:[map[code:INVALID path:[]]]]" {
				t.Errorf("the spoilt one says %s", got)
			}
			before := s.dump()
			for document, variables := range map[string]map[string]any{
				submit: {"id": spoilt}, save: {"id": spoilt, "event": aFall()},
			} {
				if got := code(t, s.ask(reporter, document, variables)); got != "INTERNAL" {
					t.Errorf("%s is answered %q", document, got)
				}
			}
			if after := s.dump(); after != before {
				t.Error("what may open again with its key was overwritten")
			}
			if got := s.raw(reporter, discard, map[string]any{"id": spoilt}); !strings.Contains(got, `"deletedId":"`+spoilt) {
				t.Errorf("deleting it is answered %s", got)
			}
		})
	}
}

func TestAWithdrawalThatDoesNotOpenTakesNothingElseAlong(t *testing.T) {
	t.Parallel()
	s := newService(t)
	whole, _ := s.record(reporter, aFall())
	spoilt, _ := s.record(reporter, aFall())
	s.ok(s.withdrawn(reporter, spoilt, 1, "Edith Pemberton asked."), "withdrawEvent")
	s.spoil("withdrawal_original", spoilt, "cut short")
	answer := s.ask(reporter, `{ viewer { events(first: 9) { nodes { id description withdrawal { at reason } } } } }`, nil)
	nodes := dig[[]any](t, answer, "data", "viewer", "events", "nodes")
	if len(nodes) != 2 || dig[string](t, nodes[1], "id") != whole || nodes[1].(map[string]any)["description"] != "A fall." || code(t, answer) != "INTERNAL" {
		t.Fatalf("got %v", answer)
	}
	if reason, told := dig[map[string]any](t, nodes[0], "withdrawal")["reason"]; reason != nil || !told {
		t.Errorf("the reason is %v", reason)
	}
	if got := s.raw(organisational, `{ event(id: "`+spoilt+`") { withdrawal { reason } } }`, nil); !strings.Contains(got, `"reason":"[NAME 1] asked."`) {
		t.Errorf("who reads it anonymised is answered %s", got)
	}
}

// What does not open cannot be changed: nothing is put in its place.
func TestAnEventWhoseTextsDoNotOpenIsNotChanged(t *testing.T) {
	t.Parallel()
	s := newService(t)
	id, _ := s.record(reporter, aWholeIncident())
	s.record(reporter, aFall())
	s.spoil("event_original", id, "of another record")
	before := s.dump()
	for _, editor := range []string{reporter, organisational} {
		if got := code(t, s.update(editor, id, 1, map[string]any{"levelOfConcern": "NOT_VERY"})); got != "INTERNAL" {
			t.Errorf("%s updates it: %q", editor, got)
		}
	}
	if after := s.dump(); after != before {
		t.Errorf("\nbefore %s\nafter  %s", before, after)
	}
}
