package graph_test

import (
	"slices"
	"strings"
	"testing"
)

// on is an incident that happened on a day and at a time.
func on(day, clock string) map[string]any {
	input := map[string]any{"kind": "INCIDENT", "description": "A fall.", "occurredOn": day}
	if clock != "" {
		input["occurredAt"] = clock
	}
	return input
}

// A date that no calendar has and a time that no clock shows are problems of their
// events alone. What has not even the form of a date is an error of the whole call,
// which says where.
func impossibleDates(t *testing.T, s *service) {
	event := func(reference, day, clock string) map[string]any {
		return map[string]any{"localReference": reference, "event": on(day, clock)}
	}
	got := s.submits(system, event("M-0", "2026-02-28", "14:30"), event("M-1", "2026-02-30", ""), event("M-2", "2026-02-28", "24:00"), event("M-3", "2026-13", "25:00"), event("M-4", "2026-02", ""))
	want := []string{
		"CREATED", "REFUSED INVALID [events 1 event occurredOn]", "REFUSED INVALID [events 2 event occurredAt]",
		"REFUSED INVALID [events 3 event occurredAt], INVALID [events 3 event occurredOn]", "CREATED",
	}
	if !slices.Equal(outcomes(got), want) {
		t.Errorf("they became\n%q, want\n%q", outcomes(got), want)
	}
	if again := outcomes(s.submits(system, event("M-0", "2026-02-31", "14:30"))); !slices.Equal(again, []string{"REFUSED INVALID [events 0 event occurredOn]"}) {
		t.Errorf("a change to such a date is %q", again)
	}
	before := s.countOf("event")
	body := s.raw(system, submitEvents, map[string]any{"events": []any{event("M-5", "2026-02-28", ""), event("M-6", "the thirtieth", "")}})
	if !strings.Contains(body, "events[1].event.occurredOn") || !strings.Contains(body, "a date is written 2026-10-02") || strings.Contains(body, "thirtieth") || s.countOf("event") != before {
		t.Errorf("what is no date is answered %s", body)
	}
}

// Wherever the date of an event is given, one that no calendar has is told by the
// name of its field, and nothing is recorded. A draft may have it until it is submitted.
func TestADateThatNoCalendarHasIsAProblemOfItsField(t *testing.T) {
	t.Parallel()
	s := newService(t)
	const want = "INVALID event.occurredOn"
	id, _ := s.record(reporter, aFall())
	before := s.dump()
	for name, payload := range map[string]map[string]any{
		"recordEvent": s.say(reporter, "recordEvent", "RecordEventInput", "event { id }", map[string]any{"event": on("2026-02-30", "")}),
		"recordEventAnonymously": s.say(nobody, "recordEventAnonymously", "RecordEventAnonymouslyInput", "receipt { reference }", map[string]any{
			"event": map[string]any{"kind": "INCIDENT", "description": "A fall.", "organisation": "RGT", "occurredOn": "2026-02-30"}, "reasons": []any{"1"},
		}),
		"updateEvent": dig[map[string]any](t, s.update(reporter, id, 1, map[string]any{"occurredOn": "2026-02-30"}), "data", "updateEvent"),
	} {
		if got := codes(payload); got != want {
			t.Errorf("%s answers %q", name, got)
		}
	}
	if s.dump() != before {
		t.Error("something was written")
	}
	draft, _ := s.draft(reporter, on("2026-02-30", ""))
	answer := s.ask(reporter, `query($id: ID!) { event(id: $id) { status occurredOn problems { code path } } }`, map[string]any{"id": draft})
	if problem := first(dig[[]any](t, answer, "data", "event", "problems")); problem["code"] != "INVALID" || dig[string](t, answer, "data", "event", "occurredOn") != "2026-02-30" {
		t.Errorf("the draft is %v", answer)
	}
	if got := codes(s.say(reporter, "submitDraft", "SubmitDraftInput", "event { status }", map[string]any{"id": draft})); got != "INVALID occurredOn" {
		t.Errorf("submitting it answers %q", got)
	}
}
