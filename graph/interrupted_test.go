package graph_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"lfpse/db"
	"lfpse/internal/event"
)

// givingUp runs an operation whose caller gives up at statement n; reached tells
// whether it came to that.
func givingUp(ctx context.Context, n int, operation func(context.Context) error) (reached bool, err error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	ctx, counter := db.CountStatements(ctx)
	counter.At(n, cancel)
	err = operation(ctx)
	return counter.Count() >= n, err
}

// A caller may give up at any statement, the commit itself included. Then the
// change is made or it is not, and never half; and what was answered is made.
func TestACallerWhoGivesUpAtAnyStatementLeavesNothingHalf(t *testing.T) {
	t.Parallel()
	s := newSealed(t)
	events := event.NewService(s.options)
	text, key := "Mrs Edith Pemberton fell.", "once"
	input := func() event.Input {
		return event.Input{Kind: event.KindIncident, Description: &text, Patients: []*event.PatientInput{{ClinicalOutcome: &text}}}
	}
	draft := func() uuid.UUID {
		view, _, err := events.SaveDraft(s.as(reporter), input(), nil, nil)
		if err != nil {
			t.Fatal(err)
		}
		return view.Key()
	}
	for name, c := range map[string]struct {
		prepare func() uuid.UUID
		do      func(ctx context.Context, id uuid.UUID) error
	}{
		"record": {func() uuid.UUID { return uuid.Nil }, func(ctx context.Context, _ uuid.UUID) error {
			in := input()
			other := key + fmt.Sprint(time.Now().UnixNano())
			_, _, err := events.Record(ctx, in, &other)
			return err
		}},
		"save a new draft": {func() uuid.UUID { return uuid.Nil }, func(ctx context.Context, _ uuid.UUID) error {
			_, _, err := events.SaveDraft(ctx, input(), nil, nil)
			return err
		}},
		"save": {draft, func(ctx context.Context, id uuid.UUID) error {
			_, _, err := events.SaveDraft(ctx, event.Input{Kind: event.KindRisk}, &id, nil)
			return err
		}},
		"submit": {draft, func(ctx context.Context, id uuid.UUID) error {
			_, _, err := events.SubmitDraft(ctx, id)
			return err
		}},
		"delete": {draft, func(ctx context.Context, id uuid.UUID) error { return events.DeleteDraft(ctx, id) }},
		"update": {func() uuid.UUID { return s.recorded(events, text) }, func(ctx context.Context, id uuid.UUID) error {
			_, _, err := events.Update(ctx, id, 1, describe("Mrs Edith Pemberton slipped."))
			return err
		}},
		"withdraw": {func() uuid.UUID { return s.recorded(events, text) }, func(ctx context.Context, id uuid.UUID) error {
			_, _, err := events.Withdraw(ctx, id, 1, "A mistake.")
			return err
		}},
	} {
		t.Run(name, func(t *testing.T) {
			s.t = t
			const most = 40
			unmade, made := 0, 0
			for n := 1; ; n++ {
				id := c.prepare()
				before := s.dump()
				reached, err := givingUp(s.as(reporter), n, func(ctx context.Context) error { return c.do(ctx, id) })
				s.settled()
				changed := s.dump() != before
				if err == nil && !changed {
					t.Errorf("given up at statement %d it is answered and not made", n)
				}
				if changed {
					made++
					s.consistent()
				} else {
					unmade++
				}
				if !reached {
					break
				}
				if n == most {
					t.Fatalf("more than %d statements", most)
				}
			}
			if unmade < 3 || made == 0 {
				t.Errorf("%d times not made, %d times made", unmade, made)
			}
		})
	}
}

// consistent looks for what belongs to nothing, or lacks.
func (s *service) consistent() {
	s.t.Helper()
	for what, sql := range map[string]string{
		"events whose revisions are not counted right": `SELECT count(*) FROM event AS e WHERE e.revision <> (SELECT count(*) FROM event_revision AS r WHERE r.event_id = e.id)`,
		"events without an original for each revision": `SELECT count(*) FROM event AS e WHERE greatest(e.revision, 1) <> (SELECT count(*) FROM event_original AS o WHERE o.event_id = e.id)`,
		"former revisions without their answers":       `SELECT count(*) FROM event_revision AS r JOIN event AS e ON e.id = r.event_id WHERE (r.answers IS NULL) <> (r.revision = e.revision AND e.status <> 'WITHDRAWN')`,
		"tombstones without a sealed reason":           `SELECT count(*) FROM event AS e WHERE (e.status = 'WITHDRAWN') <> EXISTS (SELECT FROM withdrawal_original AS w WHERE w.event_id = e.id)`,
		"changes without an entry in the audit trail": `SELECT count(*) FROM event AS e WHERE e.revision + (e.status = 'WITHDRAWN')::int <>
			(SELECT count(*) FROM audit_entry AS a WHERE a.subject = 'event_' || replace(e.id::text, '-', ''))`,
	} {
		var n int
		if err := s.db.NewRaw(sql).Scan(s.t.Context(), &n); err != nil || n > 0 {
			s.t.Errorf("%d %s, %v", n, what, err)
		}
	}
}

// A database that was restarted is found again without a restart of the service,
// and what was recorded before is there.
func TestConnectionsThatEndAreMadeAnew(t *testing.T) {
	t.Parallel()
	s := newService(t)
	id, _ := s.record(reporter, aFall())
	for range 3 {
		s.exec(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()`)
		lost := 0
		for lost = range 30 {
			got := s.raw(reporter, `{ event(id: "`+id+`") { description } }`, nil)
			if strings.TrimSpace(got) == `{"data":{"event":{"description":"A fall."}}}` {
				break
			}
			if !strings.Contains(got, "INTERNAL") {
				t.Fatalf("it is answered %s", got)
			}
		}
		if lost > 20 {
			t.Fatalf("%d connections that had ended were tried", lost)
		}
	}
	s.ok(s.update(reporter, id, 1, map[string]any{"description": "A slip."}), "updateEvent")
}
