package graph_test

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"testing"

	"lfpse/internal/taxonomy"
)

// governed is a fall of which a system says what its organisation's admins decided.
func governed(answers ...any) map[string]any {
	body := aFallByFHIR()
	body["extension"] = append(body["extension"].([]any), extension("adverse-event-governance", answers...))
	return body
}

func neverEventOfType(kind string) []any {
	return []any{inner("NeverEvent", "valueBoolean", true), inner("NeverEventType", "valueCode", kind)}
}

// warned are the code and the expression of each warning of an event that was taken.
func (a fhirAnswer) warned(t *testing.T) []string {
	t.Helper()
	contained, ok := a.resource["contained"].([]any)
	if !ok {
		return nil
	}
	return fhirAnswer{resource: contained[0].(map[string]any)}.told(t)
}

// What a system says that its organisation's admins decided is kept beside the event, never among its answers.
func governs(t *testing.T, s *service) {
	const key = "Idempotency-Key"
	body := governed(append(neverEventOfType("1"), inner("DesignationsMentalHealth", "valueBoolean", true),
		inner("CqcNotify", "valueBoolean", true), inner("CqcCriteria", "valueCode", "2"))...)
	sent := s.send(http.MethodPost, eventsAt, trustSystem, body, key, "governed")
	if sent.status != http.StatusCreated || sent.warned(t) != nil {
		t.Fatalf("answered %d %s", sent.status, sent.text)
	}
	id := dig[string](t, sent.resource, "id")
	const document = `query($id: ID!) { event(id: $id) { neverEvent { type { code } declaredBy { id } } requirements { code } details { ... on IncidentDetails { answers { element } } } } }`
	declared := func(reader, want string) {
		t.Helper()
		read := s.raw(reader, document, map[string]any{"id": id})
		for _, text := range []string{`"neverEvent":{"type":{"code":"` + want + `"},"declaredBy":null}`, `"NEVER_EVENT_REVIEW"`} {
			if !strings.Contains(read, text) {
				t.Errorf("%s reads %s, without %s", reader, read, text)
			}
		}
		if strings.Contains(read, "Governance") {
			t.Errorf("%s reads it among the answers: %s", reader, read)
		}
	}
	for _, reader := range []string{admin, organisational, elsewhere, lead} {
		declared(reader, "1")
	}
	kept := s.declarations(id)
	if want := []string{"DECLARATION RGT by the system", "NEVER_EVENT RGT by the system"}; !slices.Equal(kept, want) {
		t.Errorf("kept are %v, want %v", kept, want)
	}
	at := eventsAt + "/" + id
	for name, c := range map[string]struct {
		method, at, system, header, value string
		body                              map[string]any
		status                            int
		told                              []string
	}{
		"a repeat":                     {http.MethodPost, eventsAt, trustSystem, key, "governed", body, http.StatusCreated, nil},
		"a repeat that says otherwise": {http.MethodPost, eventsAt, trustSystem, key, "governed", governed(neverEventOfType("7")...), http.StatusCreated, nil},
		"another system":               {http.MethodPut, at, otherSystem, "If-Match", `W/"1"`, governed(neverEventOfType("7")...), http.StatusNotFound, []string{"NOT_FOUND"}},
		"another version":              {http.MethodPut, at, trustSystem, "If-Match", `W/"9"`, governed(neverEventOfType("7")...), http.StatusPreconditionFailed, []string{"STALE_REVISION AdverseEvent"}},
		"a contradiction": {http.MethodPut, at, trustSystem, "If-Match", `W/"1"`,
			governed(inner("NeverEvent", "valueBoolean", false), inner("NeverEventType", "valueCode", "7"), inner("CqcNotify", "valueBoolean", false), inner("CqcCriteria", "valueCode", "1")),
			http.StatusUnprocessableEntity, []string{
				"NOT_APPLICABLE AdverseEvent.extension[3].extension[1].valueCode", "NOT_APPLICABLE AdverseEvent.extension[3].extension[3].valueCode",
			}},
		"an unknown type": {http.MethodPut, at, trustSystem, "If-Match", `W/"1"`, governed(neverEventOfType("77")...), http.StatusBadRequest, []string{"UNKNOWN_CODE AdverseEvent.extension[3].extension[1].valueCode"}},
	} {
		got := s.send(c.method, c.at, c.system, c.body, c.header, c.value)
		told := got.warned
		if c.status >= 400 {
			told = got.told
		}
		if got.status != c.status || !slices.Equal(told(t), c.told) {
			t.Errorf("%s is answered %d %s", name, got.status, got.text)
		}
	}
	if again := s.declarations(id); !slices.Equal(again, kept) {
		t.Errorf("what changes nothing left %v", again)
	}
	declared(admin, "1")
	changes(t, s, id, declared)
}

// changes has a system declare something else, until a person has decided.
func changes(t *testing.T, s *service, id string, declared func(reader, want string)) {
	at := eventsAt + "/" + id
	if got := s.send(http.MethodPut, at, trustSystem, governed(neverEventOfType("2")...), "If-Match", `W/"1"`); got.status != http.StatusOK || got.warned(t) != nil {
		t.Errorf("another type is answered %d %s", got.status, got.text)
	}
	declared(admin, "2")
	const declare = `mutation($id: ID!) { declareNeverEvent(input: {eventId: $id, type: "3"}) { userErrors { code } } }`
	if got := s.raw(trustSystem, declare, map[string]any{"id": id}); !strings.Contains(got, "FORBIDDEN") {
		t.Errorf("a system that declares in the graph is answered %s", got)
	}
	if got := s.raw(admin, declare, map[string]any{"id": id}); !strings.Contains(got, `"userErrors":[]`) {
		t.Fatalf("an admin is answered %s", got)
	}
	overruled := s.send(http.MethodPut, at, trustSystem, governed(neverEventOfType("4")...), "If-Match", `W/"1"`)
	if want := []string{"NOT_APPLICABLE AdverseEvent.extension[3].extension[0].valueBoolean"}; overruled.status != http.StatusOK || !slices.Equal(overruled.warned(t), want) {
		t.Errorf("what an admin decided otherwise is answered %d %s", overruled.status, overruled.text)
	}
	if read := s.raw(admin, `query($id: ID!) { event(id: $id) { neverEvent { type { code } } } }`, map[string]any{"id": id}); !strings.Contains(read, `"3"`) {
		t.Errorf("the admin's decision became %s", read)
	}
	untyped := s.send(http.MethodPost, eventsAt, trustSystem, governed(inner("NeverEvent", "valueBoolean", true)), "Idempotency-Key", "untyped")
	if want := []string{"REQUIRED AdverseEvent.extension[3].extension[0].valueBoolean"}; untyped.status != http.StatusCreated || !slices.Equal(untyped.warned(t), want) {
		t.Errorf("a never event of no type is answered %d %s", untyped.status, untyped.text)
	}
}

// All that the taxonomy has of governance is kept as it was sent.
func keepsAllOfGovernance(t *testing.T, s *service) {
	sent := s.send(http.MethodPost, eventsAt, trustSystem, governedInFull(), "Idempotency-Key", "all of governance")
	if sent.status != http.StatusCreated {
		t.Fatalf("answered %d %s", sent.status, sent.text)
	}
	var text string
	err := s.db.NewRaw(`SELECT content->>'declared' FROM governance_answer WHERE kind = 'DECLARATION' AND event_id = ?::uuid`,
		strings.TrimPrefix(dig[string](t, sent.resource, "id"), "event_")).Scan(t.Context(), &text)
	if err != nil {
		t.Fatal(err)
	}
	kept := map[string][]string{}
	if err := json.Unmarshal([]byte(text), &kept); err != nil {
		t.Fatal(err)
	}
	want := map[string][]string{
		"NeverEvent": {"true"}, "NeverEventType": {"1"}, "DutyOfCandour": {"true"}, "CqcNotify": {"true"}, "CqcCriteria": {"1", "3"},
		"LocalAuthoritySafeguarding": {"false"}, "SeriousIncident": {"true"}, "HsibNotify": {"false"},
		"DesignationsMentalHealth": {"true"}, "DeprivationOfLiberty": {"false"},
	}
	for _, e := range must[*taxonomy.Registry](t)(taxonomy.Load()).Latest().Elements() {
		_, name, _ := strings.Cut(e.Path, ".")
		if e.Governance() && !slices.Equal(kept[e.Path], want[name]) || e.Governance() && want[name] == nil {
			t.Errorf("of %s %v is kept, want %v", e.Path, kept[e.Path], want[name])
		}
	}
	if len(kept) != len(want) {
		t.Errorf("kept are %v", kept)
	}
}

// declarations are what is kept of what was decided about an event, and by whom.
func (s *service) declarations(id string) []string {
	s.t.Helper()
	var kept []string
	err := s.db.NewRaw(`SELECT kind || ' ' || organisation || CASE WHEN client_id IS NULL THEN ' by a person' ELSE ' by the system' END
		FROM governance_answer WHERE event_id = ?::uuid ORDER BY kind, number`, strings.TrimPrefix(id, "event_")).Scan(s.t.Context(), &kept)
	if err != nil {
		s.t.Fatal(err)
	}
	return kept
}
