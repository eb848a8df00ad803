package graph_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"
)

const recordUnderKey = `mutation($event: EventInput!, $key: String!) { recordEvent(input: {event: $event, idempotencyKey: $key}) { event { reference } userErrors { message } } }`

func TestARetryFindsTheFirstTry(t *testing.T) {
	t.Parallel()
	s := newService(t)
	input := map[string]any{"event": map[string]any{"kind": "INCIDENT", "description": "A fall."}, "key": "once"}
	answers := make([]string, 8)
	var wait sync.WaitGroup
	for i := range answers {
		wait.Go(func() { answers[i] = s.raw(reporter, recordUnderKey, input) })
	}
	wait.Wait()
	for _, answer := range answers {
		if answer != answers[0] || !strings.Contains(answer, `"reference":"`) {
			t.Errorf("got %s and %s", answer, answers[0])
		}
	}
	if got := s.count(); got != 1 {
		t.Errorf("%d events are recorded", got)
	}
	t.Run("with other content it is a conflict", func(t *testing.T) {
		other := map[string]any{"event": map[string]any{"kind": "INCIDENT", "description": "Another fall."}, "key": "once"}
		if answer := s.raw(reporter, recordUnderKey, other); !strings.Contains(answer, `"CONFLICT"`) || s.count() != 1 {
			t.Errorf("got %s with %d events", answer, s.count())
		}
	})
	t.Run("another account's key is its own", func(t *testing.T) {
		if answer := s.raw(colleague, recordUnderKey, input); answer == answers[0] || s.count() != 2 {
			t.Errorf("got %s with %d events", answer, s.count())
		}
	})
}

// A retry is the first try, whatever has become of the reporter, the map or the
// event in between.
func TestARetryFindsTheFirstTryEvenWhenItWouldBeRefusedNow(t *testing.T) {
	t.Parallel()
	for what, change := range map[string]func(*service, string){
		"another organisation on the profile": func(s *service, _ string) {
			s.exec(`INSERT INTO account_organisation SELECT id, 'RR8' FROM account WHERE email = 'reporter@staff.example'`)
			s.exec(`UPDATE account SET grant_version = grant_version + 1 WHERE email = 'reporter@staff.example'`)
		},
		"no organisation on the profile": func(s *service, _ string) {
			s.exec(`DELETE FROM account_organisation`)
			s.exec(`UPDATE account SET grant_version = grant_version + 1`)
		},
		"the event updated": func(s *service, id string) {
			s.ok(s.update(organisational, id, 1, map[string]any{"description": "A slip."}), "updateEvent")
		},
		"the event withdrawn": func(s *service, id string) {
			s.ok(s.withdrawn(reporter, id, 1, "A mistake."), "withdrawEvent")
		},
	} {
		t.Run(what, func(t *testing.T) {
			s := newService(t)
			input := map[string]any{"event": aFall(), "key": "once"}
			first := s.raw(reporter, recordUnderKey, input)
			answer := s.ask(reporter, `{ viewer { events(first: 1) { nodes { id } } } }`, nil)
			change(s, dig[string](t, dig[[]any](t, answer, "data", "viewer", "events", "nodes")[0], "id"))
			if again := s.raw(reporter, recordUnderKey, input); again != first || !strings.Contains(first, `"reference":"`) || s.count() != 1 {
				t.Errorf("first %s, again %s, %d events", first, again, s.count())
			}
			other := map[string]any{"event": map[string]any{"kind": "RISK"}, "key": "once"}
			if got := s.raw(reporter, recordUnderKey, other); !strings.Contains(got, `"CONFLICT"`) {
				t.Errorf("with another input, which is not even valid, it answers %s", got)
			}
		})
	}
}

func (s *service) count() (events int) {
	s.t.Helper()
	if err := s.db.NewRaw("SELECT count(*) FROM event").Scan(s.t.Context(), &events); err != nil {
		s.t.Fatal(err)
	}
	return events
}

// Of an anonymous event nothing says who recorded it or when exactly, and its
// receipt finds nothing again.
func TestAnAnonymousEventIsTiedToNobody(t *testing.T) {
	t.Parallel()
	s := newService(t)
	const document = `mutation { recordEventAnonymously(input: {event: {kind: INCIDENT, description: "A fall.", organisation: "RGT"}, reasons: ["4"], idempotencyKey: "once"}) { receipt { reference recordedAt } userErrors { message } } }`
	var audited int
	if err := s.db.NewRaw("SELECT count(*) FROM audit_entry").Scan(t.Context(), &audited); err != nil {
		t.Fatal(err)
	}
	logged := s.log.String()
	first := s.raw(nobody, document, nil)
	if again := s.raw(nobody, document, nil); again != first || s.count() != 1 {
		t.Errorf("the retry answers %s after %s, with %d events", again, first, s.count())
	}
	if s.log.String() != logged {
		t.Errorf("it is logged: %s", strings.TrimPrefix(s.log.String(), logged))
	}
	var row struct {
		Tied, Exact bool
		Audited     int
		Receipt     string
	}
	err := s.db.NewRaw(`SELECT e.recorded_by IS NOT NULL OR e.client_id IS NOT NULL OR r.recorded_by IS NOT NULL AS tied,
			e.recorded_at <> date_trunc('minute', e.recorded_at) OR e.updated_at <> e.recorded_at OR r.at <> e.recorded_at AS exact,
			(SELECT count(*) FROM audit_entry) AS audited, (SELECT to_jsonb(a)::text FROM anonymous_receipt AS a) AS receipt
		FROM event AS e JOIN event_revision AS r ON r.event_id = e.id`).Scan(t.Context(), &row)
	if err != nil {
		t.Fatal(err)
	}
	if row.Tied || row.Exact || row.Audited != audited {
		t.Errorf("got %+v, %d entries before", row, audited)
	}
	_, rest, _ := strings.Cut(first, `"reference":"`)
	reference, _, _ := strings.Cut(rest, `"`)
	if strings.Contains(row.Receipt, reference) {
		t.Errorf("what is kept of the key names the event: %s", row.Receipt)
	}
	for _, reader := range []string{nobody, reporter, colleague} {
		if answer := s.raw(reader, `{ event(reference: "`+reference+`") { id } }`, nil); strings.TrimSpace(answer) != `{"data":{"event":null}}` {
			t.Errorf("%s finds it by its receipt: %s", reader, answer)
		}
	}
	if answer := s.raw(organisational, `{ event(reference: "`+reference+`") { reporter { name } revisions { by { name } } } }`, nil); strings.TrimSpace(answer) != `{"data":{"event":{"reporter":null,"revisions":[{"by":null}]}}}` {
		t.Errorf("its organisation sees %s", answer)
	}
}

// Pages meet every event once, in either direction and order, dates known in part
// or not at all included.
func TestPagesMeetEveryEventOnce(t *testing.T) {
	t.Parallel()
	s := newService(t)
	for i := range 12 {
		s.record(reporter, map[string]any{"kind": "INCIDENT", "description": "A fall.", "occurredOn": []string{"2026-10-02", "2026-10", "2026"}[i%3],
			"patients": []any{map[string]any{"physicalHarm": []string{"LOW", "SEVERE"}[i%2]}}})
	}
	s.record(reporter, map[string]any{"kind": "INCIDENT", "description": "A fall without a date."})
	for _, order := range []string{"RECORDED_AT", "OCCURRED_ON", "UPDATED_AT", "PHYSICAL_HARM", "RELEVANCE"} {
		for _, direction := range []string{"ASC", "DESC"} {
			for _, size := range []string{"first: 4, after", "last: 4, before"} {
				t.Run(order+" "+direction+" "+size, func(t *testing.T) {
					s.t = t
					met, cursor := map[string]bool{}, ""
					for range 10 {
						ids, next := s.page(fmt.Sprintf("filter: {search: \"fall\"}, orderBy: {field: %s, direction: %s}, %s: ", order, direction, size), cursor)
						s.record(colleague, map[string]any{"kind": "INCIDENT", "description": "Another fall, of which the reporter sees nothing."})
						for _, id := range ids {
							if met[id] {
								t.Fatalf("%s is met twice", id)
							}
							met[id] = true
						}
						if cursor = next; cursor == "" {
							break
						}
					}
					if len(met) != 13 {
						t.Errorf("met %d of 13 events", len(met))
					}
				})
			}
		}
	}
}

// page answers the ids of one page and the cursor of the next; empty for none.
func (s *service) page(arguments, cursor string) (ids []string, next string) {
	s.t.Helper()
	after := "null"
	if cursor != "" {
		after = `"` + cursor + `"`
	}
	answer := s.ask(reporter, `{ events(`+arguments+after+`) { nodes { id } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`, nil)
	for _, node := range dig[[]any](s.t, answer, "data", "events", "nodes") {
		ids = append(ids, dig[string](s.t, node, "id"))
	}
	more, at := "hasNextPage", "endCursor"
	if strings.Contains(arguments, "last") {
		more, at = "hasPreviousPage", "startCursor"
	}
	if dig[bool](s.t, answer, "data", "events", "pageInfo", more) {
		next = dig[string](s.t, answer, "data", "events", "pageInfo", at)
	}
	return ids, next
}
