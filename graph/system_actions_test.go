package graph_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
)

// Everything that a system does, of its own event or for its own organisation, as
// it is done, as it is refused for what it says, and as another organisation's
// system is answered.
func TestWhatASystemMayDo(t *testing.T) {
	t.Parallel()
	s := newServiceWithSystems(t)
	const record = `mutation($event: EventInput!) { recordEvent(input: {event: $event}) { event { revision } userErrors { code path } } }`
	graph := func(document, done string) func(by, id, text string) string {
		return func(by, id, text string) string {
			body := s.raw(by, document, map[string]any{
				"id": id, "revision": 1, "reason": text, "event": map[string]any{"description": text},
			})
			switch {
			case strings.Contains(body, `"REQUIRED"`):
				return "invalid"
			case strings.Contains(body, "NOT_FOUND"):
				return "denied"
			case strings.Contains(body, done):
				return "done"
			}
			return body
		}
	}
	byFHIR := func(method string, governance ...any) func(by, id, text string) string {
		return func(by, id, text string) string {
			body := fallByFHIR(text)
			if len(governance) > 0 {
				body["extension"] = []any{extension("adverse-event-governance", governance...)}
			}
			got := s.send(method, strings.TrimSuffix(eventsAt+"/"+id, "/"), by, body, "If-Match", `W/"1"`)
			return map[int]string{
				http.StatusOK: "done", http.StatusCreated: "done", http.StatusBadRequest: "invalid", http.StatusUnprocessableEntity: "invalid", http.StatusNotFound: "denied",
			}[got.status]
		}
	}
	for name, c := range map[string]struct {
		does func(by, id, text string) string
		of   bool // whether it is done to an event
	}{
		"record an event": {func(by, _, text string) string {
			body := s.raw(by, record, map[string]any{"event": map[string]any{"kind": "INCIDENT", "description": text, "organisation": "RGT"}})
			switch {
			case strings.Contains(body, "NOT_ALLOWED"):
				return "denied"
			case strings.Contains(body, "REQUIRED"):
				return "invalid"
			case strings.Contains(body, `"revision":1`):
				return "done"
			}
			return body
		}, false},
		"update an event":   {graph(revise, `"revision":2`), true},
		"withdraw an event": {graph(withdraw, `"WITHDRAWN"`), true},
		"update by FHIR":    {byFHIR(http.MethodPut), true},
		"declare by FHIR":   {byFHIR(http.MethodPut, neverEventOfType("1")...), true},
	} {
		t.Run(name, func(t *testing.T) {
			s.t = t
			id := ""
			if c.of {
				id = s.submits(trustSystem, local(name, "A fall."))[0].id
			}
			for _, one := range []struct{ by, text, want string }{
				{otherSystem, "A fall in the night.", "denied"}, {trustSystem, " ", "invalid"}, {trustSystem, "A fall in the night.", "done"},
			} {
				if got := c.does(one.by, id, one.text); got != one.want {
					t.Errorf("%s with %q is answered %s, not %s", one.by, one.text, got, one.want)
				}
			}
		})
	}
	t.Run("submit events", func(t *testing.T) {
		s.t = t
		foreign := local("N-3", "A fall.")
		foreign["event"].(map[string]any)["organisation"] = "RR8"
		got := outcomes(s.submits(trustSystem, local("N-1", "A fall."), local("N-2", " "), foreign))
		if want := "[CREATED REFUSED REQUIRED [events 1 event description] REFUSED NOT_ALLOWED [events 2 event organisation]]"; fmt.Sprint(got) != want {
			t.Errorf("they became %v", got)
		}
	})
	s.t = t
	for _, document := range []string{declareNeverEvent, withdrawNeverEvent, startReview} {
		id := s.submits(trustSystem, local("N-4", "A fall."))[0].id
		for by, want := range map[string]string{trustSystem: "FORBIDDEN", otherSystem: "NOT_FOUND"} {
			if body := s.raw(by, document, map[string]any{"id": id, "type": "1", "reason": "A mistake."}); !strings.Contains(body, want) {
				t.Errorf("%s is answered %s", by, body)
			}
		}
	}
}
