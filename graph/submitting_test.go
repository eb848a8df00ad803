package graph_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/uptrace/bun"
)

const (
	system      = "system"
	otherSystem = "another trust's system"
)

const submitEvents = `mutation($events: [LocalEventInput!]!) { submitEvents(input: {events: $events}) {
	accepted refused results { localReference outcome event { id revision status source description } userErrors { code path } } } }`

// sent is what became of an event that a system sent.
type sent struct {
	reference, outcome, id, description string
	revision                            int
	problems                            []string
}

// submits sends events as a system.
func (s *service) submits(system string, events ...map[string]any) []sent {
	s.t.Helper()
	answer := dig[map[string]any](s.t, s.ask(system, submitEvents, map[string]any{"events": events}), "data", "submitEvents")
	var results []sent
	accepted := 0
	for _, r := range dig[[]any](s.t, answer, "results") {
		one := sent{reference: dig[string](s.t, r, "localReference"), outcome: dig[string](s.t, r, "outcome")}
		if e, ok := r.(map[string]any)["event"].(map[string]any); ok {
			one.id, one.revision = e["id"].(string), int(e["revision"].(float64))
			one.description, _ = e["description"].(string)
		}
		for _, p := range dig[[]any](s.t, r, "userErrors") {
			one.problems = append(one.problems, fmt.Sprint(dig[string](s.t, p, "code"), " ", dig[[]any](s.t, p, "path")))
		}
		if one.outcome != "REFUSED" && one.outcome != "CONFLICT" {
			accepted++
		}
		results = append(results, one)
	}
	if a, r := int(answer["accepted"].(float64)), int(answer["refused"].(float64)); a != accepted || a+r != len(events) {
		s.t.Errorf("of %d events it says %d and %d", len(events), a, r)
	}
	return results
}

// outcomes are what became of events, and why.
func outcomes(results []sent) []string {
	said := make([]string, len(results))
	for i, r := range results {
		said[i] = strings.TrimSpace(r.outcome + " " + strings.Join(r.problems, ", "))
	}
	return said
}

// local is an incident as a system has it.
func local(reference, description string) map[string]any {
	return map[string]any{"localReference": reference, "event": map[string]any{"kind": "INCIDENT", "description": description}}
}

func withRevision(event map[string]any, revision int) map[string]any {
	event["revision"] = revision
	return event
}

// countOf counts the rows of a table.
func (s *service) countOf(table string) int {
	s.t.Helper()
	var n int
	if err := s.db.NewRaw("SELECT count(*) FROM ?", bun.Ident(table)).Scan(s.t.Context(), &n); err != nil {
		s.t.Fatal(err)
	}
	return n
}

func TestSystemsSubmitEvents(t *testing.T) {
	t.Parallel()
	s := newService(t)
	s.issue(admin, "RGT", system)
	s.issue(adminElsewhere, "RR8", otherSystem)
	for _, one := range []struct {
		name string
		is   func(*testing.T, *service)
	}{
		{"nobody else does", onlySystemsSubmit},
		{"each event by itself, in their order", eachByItself},
		{"a date that no calendar has keeps nothing else out", impossibleDates},
		{"what is sent again is the same event", sentAgain},
		{"a person's update is not written over", notWrittenOver},
		{"what the system says by FHIR is its own word", changedByFHIR},
		{"what the system says at the same time is its own word", changedMeanwhile},
		{"what was withdrawn stays withdrawn", staysWithdrawn},
		{"a reference is its system's own", referencesAreTheirOwn},
		{"the same is kept as of an event recorded by itself", keptAlike},
		{"an event that occurred elsewhere reaches both", reachesBoth},
		{"no more than a thousand", noMoreThanAThousand},
		{"a batch cut off anywhere and sent again is each event once", survivesBatchCuts},
	} {
		t.Run(one.name, func(t *testing.T) {
			s.t = t
			one.is(t, s)
		})
	}
}

func onlySystemsSubmit(t *testing.T, s *service) {
	for _, reader := range readers {
		body := s.raw(reader, submitEvents, map[string]any{"events": []any{local("A-1", "Mrs Pemberton fell.")}})
		want := "FORBIDDEN"
		if reader == nobody {
			want = "UNAUTHENTICATED"
		}
		if !strings.Contains(body, want) || strings.Contains(body, "Pemberton") {
			t.Errorf("%s is answered %s", reader, body)
		}
	}
	if n := s.countOf("event"); n != 0 {
		t.Errorf("%d events were recorded", n)
	}
}

func eachByItself(t *testing.T, s *service) {
	before := s.countOf("event")
	foreign := local("B-5", "A fall.")
	foreign["event"].(map[string]any)["organisation"] = "RR8"
	results := s.submits(system,
		local("B-1", "Mrs Edith Pemberton fell."),
		map[string]any{"localReference": "B-2", "event": map[string]any{"kind": "INCIDENT"}},
		local("  ", "A fall."),
		local(strings.Repeat("B", 201), "A fall."),
		foreign,
		withRevision(local("B-6", "A fall."), 1),
		local("B-7", "Another fall."),
		local("B-1", "Mrs Edith Pemberton fell."),
		local("B-2", "A fall, described now."),
		local("B-7", "Another fall, seen again."),
	)
	want := []string{
		"CREATED", "REFUSED REQUIRED [events 1 event description]", "REFUSED REQUIRED [events 2 localReference]",
		"REFUSED TOO_LONG [events 3 localReference]", "REFUSED NOT_ALLOWED [events 4 event organisation]",
		"REFUSED NOT_APPLICABLE [events 5 revision]", "CREATED", "UNCHANGED", "CREATED", "UPDATED",
	}
	if got := outcomes(results); !slices.Equal(got, want) {
		t.Errorf("they became\n%q, want\n%q", got, want)
	}
	if results[0].id != results[7].id || results[6].id != results[9].id || results[9].revision != 2 {
		t.Errorf("a reference sent twice is two events: %v", results)
	}
	if results[0].description != "Mrs Edith Pemberton fell." || results[1].id != "" {
		t.Errorf("the system reads %v", results[:2])
	}
	if n := s.countOf("event") - before; n != 3 {
		t.Errorf("%d events were recorded", n)
	}
	if kept := s.dump(); strings.Contains(kept, "B-1") || strings.Contains(s.log.String(), "B-1") {
		t.Error("a local reference is kept or logged in clear")
	}
}

func sentAgain(t *testing.T, s *service) {
	first := s.submits(system, local("C-1", "A fall."))[0]
	before := s.dump()
	for range 2 {
		again := s.submits(system, local("C-1", "A fall."))[0]
		if again.outcome != "UNCHANGED" || again.id != first.id || again.revision != 1 {
			t.Errorf("sent again it is %v", again)
		}
	}
	if s.dump() != before {
		t.Error("sending the same again wrote something")
	}
	changed := s.submits(system, local("C-1", "A fall, in ward 9."))[0]
	if changed.outcome != "UPDATED" || changed.id != first.id || changed.revision != 2 || changed.description != "A fall, in ward 9." {
		t.Errorf("changed it is %v", changed)
	}
	if again := s.submits(system, local("C-1", "A fall, in ward 9."))[0]; again.outcome != "UNCHANGED" || again.revision != 2 {
		t.Errorf("changed and sent again it is %v", again)
	}
	invalid := local("C-1", "A fall, in ward 9.")
	invalid["event"].(map[string]any)["specialty"] = "no such"
	if got := s.submits(system, invalid); !slices.Equal(outcomes(got), []string{"REFUSED UNKNOWN_CODE [events 0 event specialty]"}) || got[0].revision != 2 {
		t.Errorf("an invalid change is %v", got)
	}
	moved := local("C-1", "A fall, in ward 10.")
	moved["event"].(map[string]any)["organisation"] = "RR8"
	if got := outcomes(s.submits(system, moved)); !slices.Equal(got, []string{"REFUSED NOT_APPLICABLE [events 0 event organisation]"}) {
		t.Errorf("another organisation is %v", got)
	}
	if back := s.submits(system, local("C-1", "A fall."))[0]; back.outcome != "UPDATED" || back.revision != 3 {
		t.Errorf("changed back it is %v", back)
	}
}

func notWrittenOver(t *testing.T, s *service) {
	first := s.submits(system, local("D-1", "A fall."))[0]
	s.ask(admin, revise, map[string]any{"id": first.id, "revision": 1, "event": map[string]any{"specialty": nil, "description": "A fall from a bed."}})
	conflict := s.submits(system, local("D-1", "A fall in the night."))[0]
	if conflict.outcome != "CONFLICT" || conflict.id != first.id || conflict.revision != 2 || !slices.Equal(conflict.problems, []string{"STALE_REVISION [events 0 revision]"}) {
		t.Errorf("what a person updated is %v", conflict)
	}
	if again := s.submits(system, withRevision(local("D-1", "A fall in the night."), 1))[0]; again.outcome != "CONFLICT" {
		t.Errorf("with the revision before it is %v", again)
	}
	over := s.submits(system, withRevision(local("D-1", "A fall in the night."), 2))[0]
	if over.outcome != "UPDATED" || over.revision != 3 || over.description != "A fall in the night." {
		t.Errorf("with its revision it is %v", over)
	}
	if again := s.submits(system, withRevision(local("D-1", "A fall in the night."), 2))[0]; again.outcome != "UNCHANGED" || again.revision != 3 {
		t.Errorf("written over and sent again it is %v", again)
	}
}

func staysWithdrawn(t *testing.T, s *service) {
	first := s.submits(system, local("E-1", "A fall."))[0]
	if body := s.raw(system, withdraw, map[string]any{"id": first.id, "revision": 1, "reason": "A mistake."}); !strings.Contains(body, "WITHDRAWN") {
		t.Fatalf("its system cannot withdraw it: %s", body)
	}
	before := s.countOf("event")
	got := s.submits(system, local("E-1", "A fall."), local("E-1", "A fall in the night."))
	want := []string{"UNCHANGED", "REFUSED NOT_APPLICABLE [events 1 localReference]"}
	if !slices.Equal(outcomes(got), want) || got[0].id != first.id || s.countOf("event") != before {
		t.Errorf("it is %v", got)
	}
}

func referencesAreTheirOwn(t *testing.T, s *service) {
	mine, theirs := s.submits(system, local("F-1", "A fall."))[0], s.submits(otherSystem, local("F-1", "A fall."))[0]
	if theirs.outcome != "CREATED" || theirs.id == mine.id {
		t.Errorf("another system's is %v, of %v", theirs, mine)
	}
	for _, document := range []string{revise, withdraw} {
		variables := map[string]any{"id": mine.id, "revision": 1, "event": map[string]any{"description": "Known?"}, "reason": "Known?"}
		got := s.raw(otherSystem, document, variables)
		variables["id"] = "event_" + strings.Repeat("0", 32)
		if none := s.raw(otherSystem, document, variables); got != none {
			t.Errorf("another system tells an event of %s from none, %s", got, none)
		}
	}
}

func noMoreThanAThousand(t *testing.T, s *service) {
	events := make([]any, 1001)
	for i := range events {
		events[i] = local(fmt.Sprintf("G-%d", i), "A fall.")
	}
	before := s.countOf("event")
	body := s.raw(system, `mutation($events: [LocalEventInput!]!) { submitEvents(input: {events: $events}) { accepted } }`, map[string]any{"events": events})
	if !strings.Contains(body, "BAD_USER_INPUT") || s.countOf("event") != before {
		t.Errorf("answered %s", body)
	}
}
