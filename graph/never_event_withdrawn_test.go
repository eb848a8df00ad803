package graph_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"
)

const (
	withdrawNeverEvent = `mutation($id: ID!, $reason: String!) { withdrawNeverEvent(input: {eventId: $id, reason: $reason}) { event { neverEvent { declaredAt } } userErrors { code path message } } }`
	neverEventOf       = `query($id: ID!) { event(id: $id) { neverEvent { type { code } } neverEventWithdrawal { type { code } withdrawnBy { name } reason organisation { odsCode } } requirements { code } } }`
	neverEvents        = `{ events(filter: {neverEvent: true}) { totalCount } }`
)

// declaredNever declares a fall a never event, as an admin.
func (s *service) declaredNever(recorder, declarer string, places ...string) (id string) {
	s.t.Helper()
	id, _ = s.record(recorder, map[string]any{"kind": "INCIDENT", "description": "A fall.", "occurredAtOrganisations": places})
	s.govern(declarer, declareNeverEvent, map[string]any{"id": id, "type": "14"})
	return id
}

// What was declared by mistake is taken back with a reason, and what was required
// because of it no longer is; the declaration stays in the history.
func TestANeverEventThatIsNoneIsTakenBack(t *testing.T) {
	t.Parallel()
	s := newService(t)
	id := s.declaredNever(reporter, admin, "RR8")
	if read := s.raw(admin, neverEventOf, map[string]any{"id": id}); !strings.Contains(read, `"NEVER_EVENT_REVIEW"`) || !strings.Contains(read, `"neverEventWithdrawal":null`) || !strings.Contains(s.raw(admin, neverEvents, nil), `"totalCount":1`) {
		t.Fatalf("declared it is %s", read)
	}
	s.govern(admin, withdrawNeverEvent, map[string]any{"id": id, "reason": "Mrs Edith Pemberton was not scalded."})
	const status = `"neverEvent":null,"neverEventWithdrawal":{"type":{"code":"14"},`
	for reader, want := range map[string]string{
		admin:          status + `"withdrawnBy":{"name":"admin"},"reason":"Mrs Edith Pemberton was not scalded."`,
		organisational: status + `"withdrawnBy":{"name":"admin"},"reason":"Mrs [NAME 1] was not scalded."`,
		lead:           status + `"withdrawnBy":{"name":"admin"},"reason":"Mrs [NAME 1] was not scalded."`,
		adminElsewhere: status + `"withdrawnBy":null,"reason":null`, readOnlyICB: status + `"withdrawnBy":null,"reason":null`,
		reporter: status + `"withdrawnBy":null,"reason":null`, colleague: `"event":null`, nobody: `"event":null`,
	} {
		read := s.raw(reader, neverEventOf, map[string]any{"id": id})
		if !strings.Contains(strings.ReplaceAll(read, s.nameOf(admin), "admin"), want) || strings.Contains(read, "NEVER_EVENT_REVIEW") {
			t.Errorf("%s reads %s, not %s", reader, read, want)
		}
		if listed := s.raw(reader, neverEvents, nil); !strings.Contains(listed, `"totalCount":0`) {
			t.Errorf("%s finds it among never events: %s", reader, listed)
		}
	}
	if kept := s.declarations(id); !slices.Equal(kept, []string{"NEVER_EVENT RGT by a person", "NEVER_EVENT RGT by a person"}) {
		t.Errorf("kept are %v", kept)
	}
	if trail := s.trailOf(id); !slices.Contains(trail, "never_event.withdrawn") || !slices.Contains(trail, "never_event.declared") {
		t.Errorf("the audit trail has %v", trail)
	}
	if kept := s.dump(); strings.Contains(kept, "Pemberton") || strings.Contains(s.log.String(), "Pemberton") {
		t.Error("the reason is kept or logged as it was typed")
	}
	s.govern(admin, declareNeverEvent, map[string]any{"id": id, "type": "11"})
	if read := s.raw(admin, neverEventOf, map[string]any{"id": id}); !strings.Contains(read, `"neverEvent":{"type":{"code":"11"}},"neverEventWithdrawal":null`) {
		t.Errorf("declared anew it is %s", read)
	}
}

func (s *service) nameOf(reader string) string {
	s.t.Helper()
	return dig[string](s.t, s.ask(reader, `{ viewer { account { name } } }`, nil), "data", "viewer", "account", "name")
}

// trailOf are the actions in the audit trail about an event.
func (s *service) trailOf(id string) (actions []string) {
	s.t.Helper()
	if err := s.db.NewRaw("SELECT action FROM audit_entry WHERE subject = ?", id).Scan(s.t.Context(), &actions); err != nil {
		s.t.Fatal(err)
	}
	return actions
}

// Only who looks after the organisation that declared it takes it back, once, with
// a reason; and never what was withdrawn.
func TestWhoMayTakeBackANeverEvent(t *testing.T) {
	t.Parallel()
	s := newServiceWithSystems(t)
	id := s.declaredNever(reporter, admin, "RR8")
	before := s.declarations(id)
	for reader, want := range map[string]string{
		nobody: "UNAUTHENTICATED", reporter: "FORBIDDEN", organisational: "FORBIDDEN", lead: "FORBIDDEN", readOnlyICB: "FORBIDDEN",
		adminElsewhere: "FORBIDDEN", colleague: "NOT_FOUND", trustSystem: "NOT_FOUND",
	} {
		if body := s.raw(reader, withdrawNeverEvent, map[string]any{"id": id, "reason": "A mistake."}); !strings.Contains(body, want) {
			t.Errorf("%s is answered %s", reader, body)
		}
	}
	for reason, want := range map[string]string{" ": "REQUIRED reason", "a\x00": "INVALID reason", strings.Repeat("a", 20001): "TOO_LONG reason"} {
		payload := dig[map[string]any](t, s.ask(admin, withdrawNeverEvent, map[string]any{"id": id, "reason": reason}), "data", "withdrawNeverEvent")
		if got := codes(payload); got != want {
			t.Errorf("a reason of %d characters is answered %q", len(reason), got)
		}
	}
	if kept := s.declarations(id); !slices.Equal(kept, before) {
		t.Errorf("kept are %v", kept)
	}
	s.govern(admin, withdrawNeverEvent, map[string]any{"id": id, "reason": "A mistake."})
	payload := dig[map[string]any](t, s.ask(admin, withdrawNeverEvent, map[string]any{"id": id, "reason": "A mistake."}), "data", "withdrawNeverEvent")
	if got := codes(payload); got != "NOT_APPLICABLE eventId" {
		t.Errorf("once more it is answered %q", got)
	}
}

// A system takes back what it declared, as its organisation's admins decided, by
// saying so: what a person declared stands, and silence takes nothing back.
func TestASystemTakesBackTheNeverEventThatItDeclared(t *testing.T) {
	t.Parallel()
	s := newServiceWithSystems(t)
	none := []any{inner("NeverEvent", "valueBoolean", false)}
	sent := s.send(http.MethodPost, eventsAt, trustSystem, governed(neverEventOfType("1")...), "Idempotency-Key", "taken back")
	id := dig[string](t, sent.resource, "id")
	put := func(body map[string]any) []string {
		t.Helper()
		got := s.send(http.MethodPut, eventsAt+"/"+id, trustSystem, body, "If-Match", `W/"1"`)
		if got.status != http.StatusOK {
			t.Fatalf("answered %d %s", got.status, got.text)
		}
		return got.warned(t)
	}
	expect := func(what, want string) {
		t.Helper()
		if read := s.raw(admin, neverEventOf, map[string]any{"id": id}); !strings.Contains(read, want) {
			t.Errorf("%s it is %s", what, read)
		}
	}
	put(aFallByFHIR())
	expect("left out", `"neverEvent":{"type":{"code":"1"}}`)
	s.send(http.MethodPost, eventsAt, trustSystem, governed(none...), "Idempotency-Key", "taken back")
	expect("after a repeat of the first", `"neverEvent":{"type":{"code":"1"}}`)
	for range 2 {
		if warned := put(governed(none...)); warned != nil {
			t.Errorf("it is warned %v", warned)
		}
	}
	expect("taken back", `"neverEvent":null,"neverEventWithdrawal":{"type":{"code":"1"},"withdrawnBy":null,"reason":null,"organisation":{"odsCode":"RGT"}},"requirements":[]`)
	if trail := s.trailOf(id); len(slices.DeleteFunc(trail, func(a string) bool { return a != "never_event.withdrawn" })) != 1 {
		t.Errorf("the audit trail has %v", trail)
	}
	put(governed(neverEventOfType("2")...))
	expect("declared anew", `"neverEvent":{"type":{"code":"2"}}`)
	s.govern(admin, declareNeverEvent, map[string]any{"id": id, "type": "3"})
	if warned := put(governed(none...)); len(warned) != 1 || !strings.HasPrefix(warned[0], "NOT_APPLICABLE") {
		t.Errorf("what a person declared is warned of with %v", warned)
	}
	expect("declared by a person", `"neverEvent":{"type":{"code":"3"}}`)
}
