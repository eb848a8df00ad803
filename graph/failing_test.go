package graph_test

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/uptrace/bun"
)

// dump is everything in the database but what signing in leaves.
func (s *service) dump() string {
	s.t.Helper()
	var all strings.Builder
	for _, table := range s.tableNames() {
		var rows string
		err := s.db.NewRaw("SELECT COALESCE(jsonb_agg(to_jsonb(r) ORDER BY to_jsonb(r)::text), '[]')::text FROM ? AS r", bun.Ident(table)).Scan(s.t.Context(), &rows)
		if err != nil {
			s.t.Fatal(err)
		}
		all.WriteString(table + " " + rows + "\n")
	}
	return all.String()
}

// fails makes the last statement of what is done to an event go wrong.
func (s *service) fails(how string) {
	s.t.Helper()
	for _, statement := range []string{
		`CREATE OR REPLACE FUNCTION goes_wrong() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN ` + how + `; RETURN NEW; END $$`,
		`CREATE OR REPLACE TRIGGER goes_wrong BEFORE INSERT ON audit_entry FOR EACH ROW EXECUTE FUNCTION goes_wrong()`,
		`CREATE OR REPLACE TRIGGER goes_wrong BEFORE UPDATE OF sealed ON event_original FOR EACH ROW EXECUTE FUNCTION goes_wrong()`,
		`CREATE OR REPLACE TRIGGER goes_wrong AFTER DELETE ON event FOR EACH ROW EXECUTE FUNCTION goes_wrong()`,
	} {
		if _, err := s.db.ExecContext(s.t.Context(), statement); err != nil {
			s.t.Fatal(err)
		}
	}
}

// givesUp sends a document and hangs up before there is an answer.
func (s *service) givesUp(reader, document string, variables map[string]any) {
	s.t.Helper()
	ctx, cancel := context.WithTimeout(s.t.Context(), 200*time.Millisecond)
	defer cancel()
	body := must[[]byte](s.t)(json.Marshal(map[string]any{"query": document, "variables": variables}))
	request := must[*http.Request](s.t)(http.NewRequestWithContext(ctx, http.MethodPost, s.server.URL+"/graphql", bytes.NewReader(body)))
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("Authorization", "Bearer "+s.tokens[reader])
	if response, err := http.DefaultClient.Do(request); err == nil {
		response.Body.Close()
		s.t.Error("it was answered in time")
	}
}

// settled waits until nothing of the service's is under way in the database.
func (s *service) settled() {
	s.t.Helper()
	for range 100 {
		var busy int
		err := s.db.NewRaw(`SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND state <> 'idle'`).Scan(s.t.Context(), &busy)
		if err != nil {
			s.t.Fatal(err)
		}
		if busy == 0 {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	s.t.Fatal("a transaction is still open")
}

// A change that goes wrong at its very last statement leaves everything as it
// was, and can be made again.
func TestAChangeThatFailsLeavesNothingHalfWritten(t *testing.T) {
	t.Parallel()
	s := newService(t)
	recorded, _ := s.record(reporter, aWholeIncident())
	drafted, _ := s.draft(reporter, aFall())
	changes := map[string]struct {
		document  string
		variables map[string]any
	}{
		"updateEvent":   {revise, map[string]any{"id": recorded, "revision": 1, "event": map[string]any{"kind": "RISK", "description": "Mrs Quillfeather slipped.", "patients": nil, "risk": map[string]any{"imminent": "NO"}}}},
		"withdrawEvent": {withdraw, map[string]any{"id": recorded, "revision": 1, "reason": "A mistake."}},
		"submitDraft":   {submit, map[string]any{"id": drafted}},
		"saveDraft":     {save, map[string]any{"id": drafted, "event": map[string]any{"kind": "RISK"}}},
		"deleteDraft":   {discard, map[string]any{"id": drafted}},
	}
	for how, sql := range map[string]string{
		"refused by the database":  `RAISE EXCEPTION 'Mrs Quillfeather'`,
		"with its connection lost": `PERFORM pg_terminate_backend(pg_backend_pid())`,
		"given up by its caller":   `PERFORM pg_sleep(2)`,
	} {
		s.t = t
		s.fails(sql)
		before := s.dump()
		for operation, change := range changes {
			t.Run(operation+" "+how, func(t *testing.T) {
				s.t = t
				if strings.HasPrefix(how, "given up") {
					s.givesUp(reporter, change.document, change.variables)
				} else if answer := s.raw(reporter, change.document, change.variables); !strings.Contains(answer, `"INTERNAL"`) || strings.Contains(answer, "Quillfeather") {
					t.Errorf("answered %s", answer)
				}
				s.settled()
				if after := s.dump(); after != before {
					t.Errorf("\nbefore %s\nafter  %s", before, after)
				}
			})
		}
	}
	s.t = t
	if strings.Contains(s.log.String(), "Quillfeather") {
		t.Error("the log repeats what was typed")
	}
	s.fails("NULL")
	for _, operation := range []string{"updateEvent", "saveDraft", "submitDraft"} {
		if got := code(t, s.ask(reporter, changes[operation].document, changes[operation].variables)); got != "" {
			t.Errorf("%s again is answered %s", operation, got)
		}
	}
}
