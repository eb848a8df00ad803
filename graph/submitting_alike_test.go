package graph_test

import (
	"encoding/json"
	"fmt"
	"io"
	"net"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/uptrace/bun"
)

// aDeathElsewhere is one that policy asks about, and that concerns another organisation too.
func aDeathElsewhere() map[string]any {
	return map[string]any{
		"kind": "INCIDENT", "description": "Mrs Edith Pemberton, NHS number 943 476 5919, died.", "occurredOn": "2026-10-02",
		"occurredAtOrganisations": []any{"RGT", "RR8"}, "reporterContact": "ext 2231",
		"patients": []any{
			map[string]any{"age": map[string]any{"value": 84, "unit": "YEARS"}, "physicalHarm": "FATAL", "clinicalOutcome": "Mr Quillfeather was unharmed."},
			map[string]any{"physicalHarm": "NONE"},
		},
	}
}

// ofItsOwn is what differs between two events that say the same.
var ofItsOwn = regexp.MustCompile(`[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}|\d{4}-\d\d-\d\dT[0-9:.+]+|"reference": "[^"]+"|"\\\\x[0-9a-f]+"`)

// keptOf are the rows that an event left, without what is its own.
func (s *service) keptOf(id string) string {
	s.t.Helper()
	key := strings.TrimPrefix(id, "event_")
	var all strings.Builder
	for table, where := range map[string]string{
		"event": "id = ?", "event_revision": "event_id = ?", "event_original": "event_id = ?", "event_patient": "event_id = ?",
		"event_requirement": "event_id = ?", "notification": "subject = 'event_' || replace(?, '-', '')", "audit_entry": "subject = 'event_' || replace(?, '-', '')",
	} {
		var rows []string
		where = strings.Replace(strings.Replace(where, "id = ?", "id = ?::uuid", 1), "replace(?", "replace(?::text", 1)
		err := s.db.NewRaw("SELECT (to_jsonb(r) - 'id')::text FROM ? AS r WHERE "+where+" ORDER BY 1", bun.Ident(table), key).Scan(s.t.Context(), &rows)
		if err != nil {
			s.t.Fatal(err)
		}
		if len(rows) == 0 {
			s.t.Errorf("there is nothing in %s", table)
		}
		for i, row := range rows {
			rows[i] = table + " " + ofItsOwn.ReplaceAllString(row, "…")
		}
		slices.Sort(rows)
		all.WriteString(strings.Join(rows, "\n") + "\n")
	}
	lines := strings.Split(all.String(), "\n")
	slices.Sort(lines)
	return strings.Join(lines, "\n")
}

// What policy requires of an event and who is told of it do not depend on the way that it came.
func keptAlike(t *testing.T, s *service) {
	alone, _ := s.record(system, aDeathElsewhere())
	results := s.submits(system, map[string]any{"localReference": "H-1", "event": aDeathElsewhere()}, local("H-2", "A fall."))
	if got, want := s.keptOf(results[0].id), s.keptOf(alone); got != want {
		t.Errorf("it left\n%s\nbut recorded by itself\n%s", got, want)
	}
}

// An event of one organisation that occurred at another is read at both, as each may.
func reachesBoth(t *testing.T, s *service) {
	before := len(s.list(adminElsewhere))
	input := map[string]any{"kind": "INCIDENT", "description": "Mrs Edith Pemberton fell.", "occurredAtOrganisations": []any{"RR8"}}
	id := s.submits(system, map[string]any{"localReference": "I-1", "event": input})[0].id
	const document = `query($id: ID!) { event(id: $id) { description organisation { odsCode } occurredAtOrganisations { odsCode } } }`
	for reader, want := range map[string]string{
		system: "Mrs Edith Pemberton", admin: "[NAME 1]", organisational: "[NAME 1]", elsewhere: "[NAME 1]", adminElsewhere: "[NAME 1]", lead: "[NAME 1]",
		readOnlyICB: "[NAME 1]", reporter: `"event":null`, colleague: `"event":null`, otherSystem: `"event":null`, nobody: `"event":null`,
	} {
		if body := s.raw(reader, document, map[string]any{"id": id}); !strings.Contains(body, want) {
			t.Errorf("%s reads %s", reader, body)
		}
	}
	list := s.list(adminElsewhere)
	if len(list) != before+1 || list[0].about != id || list[0].kind != "EVENT_RECORDED_ELSEWHERE" {
		t.Errorf("the admin elsewhere was told %v", list)
	}
	for _, reader := range []string{admin, lead, elsewhere} {
		for _, n := range s.list(reader) {
			if n.about == id {
				t.Errorf("%s was told too", reader)
			}
		}
	}
	s.submits(system, map[string]any{"localReference": "I-1", "event": input})
	if again := len(s.list(adminElsewhere)); again != before+1 {
		t.Errorf("sent again it was told %d times", again-before)
	}
}

// cutStride is after how many bytes more each connection is cut.
const cutStride = 10

// A batch whose connection is cut after any number of bytes, and that is sent again, is each event once.
func survivesBatchCuts(t *testing.T, s *service) {
	before := s.countOf("event")
	var events []any
	for i := range 5 {
		events = append(events, local(fmt.Sprintf("J-%d", i), "Mrs Edith Pemberton fell."))
	}
	body := string(must[[]byte](t)(json.Marshal(map[string]any{"query": submitEvents, "variables": map[string]any{"events": events}})))
	whole := fmt.Sprintf("POST /graphql HTTP/1.1\r\nHost: lfpse.example\r\nContent-Type: application/json\r\nAuthorization: Bearer %s\r\nContent-Length: %d\r\n\r\n%s",
		s.tokens[system], len(body), body)
	for end := 0; end < len(whole)+cutStride; end += cutStride {
		s.cutAfter(whole[:min(end, len(whole))])
	}
	var results []sent
	for _, e := range events { // while those that were sent whole may still be at work
		results = append(results, s.submits(system, e.(map[string]any))...)
	}
	for _, r := range append(results, s.submits(system, asMaps(events)...)...) {
		if r.outcome != "CREATED" && r.outcome != "UNCHANGED" || r.revision != 1 {
			t.Errorf("%s is %v", r.reference, r)
		}
	}
	if n := s.countOf("event") - before; n != len(events) {
		t.Errorf("there are %d events of %d", n, len(events))
	}
}

func asMaps(list []any) []map[string]any {
	maps := make([]map[string]any, len(list))
	for i, one := range list {
		maps[i] = one.(map[string]any)
	}
	return maps
}

// cutAfter sends bytes and leaves without an answer.
func (s *service) cutAfter(bytes string) {
	s.t.Helper()
	connection := must[net.Conn](s.t)(net.DialTimeout("tcp", s.server.Listener.Addr().String(), 5*time.Second))
	defer connection.Close()
	if _, err := io.WriteString(connection, bytes); err != nil {
		s.t.Fatal(err)
	}
}
