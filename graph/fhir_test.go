package graph_test

import (
	"net/http"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"lfpse/internal/event"
	stu3 "lfpse/internal/lrms/fhir"
	"lfpse/internal/taxonomy"
	"lfpse/internal/taxonomy/taxonomytest"
)

// Local systems send events by FHIR, with keys of their own.
func TestLocalSystemsSendByFHIR(t *testing.T) {
	t.Parallel()
	s := newServiceWithSystems(t)
	for _, one := range []struct {
		name string
		is   func(*testing.T, *service)
	}{
		{"an event is sent, and read by whom it concerns", sendsAnEvent},
		{"every event is read in the graph as it was sent", readAsItWasSent},
		{"a repeat is the same event", repeats},
		{"what was sent is updated", updates},
		{"what its admins decided is declared", governs},
		{"all of what its admins decided is kept", keepsAllOfGovernance},
		{"only systems with a key may send", whoMaySend},
		{"the taxonomy is defined", definesTheTaxonomy},
		{"the documented event is taken", takesTheDocumented},
	} {
		t.Run(one.name, func(t *testing.T) {
			s.t = t
			one.is(t, s)
		})
	}
}

// An event is sent, and the people whom it concerns read it.
func sendsAnEvent(t *testing.T, s *service) {
	sent := s.send(http.MethodPost, eventsAt, trustSystem, aFallByFHIR())
	if sent.status != http.StatusCreated || sent.header.Get("ETag") != `W/"1"` || sent.header.Get("Cache-Control") != "no-store" {
		t.Fatalf("answered %d %v %s", sent.status, sent.header, sent.text)
	}
	id := dig[string](t, sent.resource, "id")
	extensions := dig[[]any](t, sent.resource, "extension")
	last := dig[[]any](t, extensions[len(extensions)-1], "extension")[0]
	reference := dig[string](t, last, "valueString")
	if dig[string](t, last, "url") != "ReferenceNumber" || dig[string](t, sent.resource, "meta", "versionId") != "1" {
		t.Errorf("answered %s", sent.text)
	}
	if strings.Contains(sent.text, "Pemberton") || sent.header.Get("Location") != fhirAddress+eventsAt+"/"+id {
		t.Errorf("answered %v %s", sent.header, sent.text)
	}
	const document = `query($id: ID!) { event(id: $id) { reference source description occurredAt patients { age { value } } organisation { odsCode } } }`
	for _, reader := range []string{organisational, elsewhere} {
		read := dig[map[string]any](t, s.ask(reader, document, map[string]any{"id": id}), "data", "event")
		if read["reference"] != reference || read["source"] != "LRMS" || read["occurredAt"] != "14:30" || dig[string](t, read, "organisation", "odsCode") != "RGT" {
			t.Errorf("%s reads %v", reader, read)
		}
		if text := dig[string](t, read, "description"); strings.Contains(text, "Pemberton") {
			t.Errorf("%s reads %q", reader, text)
		}
	}
	for _, reader := range []string{reporter, colleague, nobody} {
		if read := s.ask(reader, document, map[string]any{"id": id}); at(read, "data", "event") != nil {
			t.Errorf("%s reads %v", reader, read)
		}
	}
}

// Whatever the taxonomy asks for is answered by the graph as it was sent by FHIR.
func readAsItWasSent(t *testing.T, s *service) {
	codes := must[*taxonomy.Registry](t)(taxonomy.Load()).Latest()
	translator := stu3.New(codes, fhirAddress+taxonomyAt)
	rapid.Check(t, func(r *rapid.T) {
		kind := rapid.SampledFrom(taxonomy.Kinds()).Draw(r, "kind")
		typed := taxonomytest.Event(r, codes.Form(kind), taxonomytest.Options{
			Organisation: "RGT", Organisations: []string{"RGT", "RR8", "R0A"}, Until: time.Now().AddDate(0, 0, -1),
		})
		body, err := translator.Write(inputOf(r, typed))
		if err != nil {
			r.Fatal(err)
		}
		sent := s.send(http.MethodPost, eventsAt, trustSystem, body)
		if sent.status != http.StatusCreated {
			r.Fatalf("%v\nis answered %d %s", typed, sent.status, sent.text)
		}
		read, ok := at(s.ask(trustSystem, everything, map[string]any{"id": sent.resource["id"]}), "data", "event").(map[string]any)
		if !ok {
			r.Fatalf("the event cannot be read")
		}
		if difference := cmp.Diff(inOrder(asRead(typed)), inOrder(asTyped(read, typed))); difference != "" {
			r.Errorf("typed (-) and read (+):\n%s", difference)
		}
	})
}

// inputOf reads a drawn event by the names of its fields.
func inputOf(r *rapid.T, drawn map[string]any) *event.Input {
	in := &event.Input{}
	if err := throughJSON(drawn, in); err != nil {
		r.Fatal(err)
	}
	return in
}

// inOrder sorts an event's answers, which FHIR has by section, and leaves out the blank lines of those that
// FHIR has one by one.
func inOrder(event map[string]any) map[string]any {
	answers, _ := event["answers"].([]any)
	for _, answer := range answers {
		one := answer.(map[string]any)
		if text, ok := one["text"].(string); ok && one["element"] == "AdverseEventAgent.DrugsInvolved" {
			lines := slices.DeleteFunc(strings.Split(text, "\n"), func(line string) bool { return strings.TrimSpace(line) == "" })
			one["text"] = strings.Join(lines, "\n")
		}
	}
	slices.SortFunc(answers, func(a, b any) int {
		return strings.Compare(a.(map[string]any)["element"].(string), b.(map[string]any)["element"].(string))
	})
	return event
}

func repeats(t *testing.T, s *service) {
	body := aFallByFHIR()
	first := s.send(http.MethodPost, eventsAt, trustSystem, body)
	if again := s.send(http.MethodPost, eventsAt, trustSystem, body); again.text != first.text || again.status != http.StatusCreated {
		t.Errorf("the same body is answered %d %s, at first %s", again.status, again.text, first.text)
	}
	if other := s.send(http.MethodPost, eventsAt, otherSystem, body); other.resource["id"] == first.resource["id"] || other.status != http.StatusCreated {
		t.Errorf("another client's is answered %d %s", other.status, other.text)
	}
	keyed := s.send(http.MethodPost, eventsAt, trustSystem, body, "Idempotency-Key", "W-1")
	if keyed.resource["id"] == first.resource["id"] {
		t.Error("one with a key of its own is the one without")
	}
	body["description"] = "Somebody else fell."
	if changed := s.send(http.MethodPost, eventsAt, trustSystem, body, "Idempotency-Key", "W-1"); changed.status != http.StatusConflict || changed.told(t)[0] != "CONFLICT" {
		t.Errorf("another body under the same key is answered %d %s", changed.status, changed.text)
	}
	if empty := s.send(http.MethodPost, eventsAt, trustSystem, body, "Idempotency-Key", strings.Repeat("x", 201)); empty.status != http.StatusUnprocessableEntity {
		t.Errorf("a key that is too long is answered %d %s", empty.status, empty.text)
	}
	before := s.count()
	defer func() { s.later = 0 }()
	s.later = 23 * time.Hour
	s.send(http.MethodPost, eventsAt, trustSystem, aFallByFHIR())
	s.send(http.MethodPost, eventsAt, trustSystem, aFallByFHIR(), "Idempotency-Key", "W-1")
	if s.count() != before {
		t.Error("within a day it is another event")
	}
	s.later = 25 * time.Hour
	next := s.send(http.MethodPost, eventsAt, trustSystem, aFallByFHIR())
	if next.resource["id"] == first.resource["id"] || s.count() != before+1 {
		t.Error("after a day it is still the same event")
	}
	if again := s.send(http.MethodPost, eventsAt, trustSystem, aFallByFHIR()); again.resource["id"] != next.resource["id"] {
		t.Error("its own repeat is another event")
	}
	if again := s.send(http.MethodPost, eventsAt, trustSystem, aFallByFHIR(), "Idempotency-Key", "W-1"); again.resource["id"] != keyed.resource["id"] {
		t.Error("a key of the client's own counts for a day only")
	}
}

func updates(t *testing.T, s *service) {
	sent := s.send(http.MethodPost, eventsAt, trustSystem, aFallByFHIR(), "Idempotency-Key", "an event to update")
	id := dig[string](t, sent.resource, "id")
	at := eventsAt + "/" + id
	body := aFallByFHIR()
	body["description"] = "Mrs Edith Pemberton slipped."
	body["extension"] = []any{extension("adverse-event-agent", inner("InvolvedAgents", "valueCode", "10"))}
	if got := s.send(http.MethodPut, at, trustSystem, body); got.status != http.StatusPreconditionFailed {
		t.Errorf("without a version it is answered %d %s", got.status, got.text)
	}
	updated := s.send(http.MethodPut, at, trustSystem, body, "If-Match", `W/"1"`)
	if updated.status != http.StatusOK || dig[string](t, updated.resource, "meta", "versionId") != "2" {
		t.Fatalf("answered %d %s", updated.status, updated.text)
	}
	if again := s.send(http.MethodPut, at, trustSystem, body, "If-Match", `W/"1"`); again.status != http.StatusOK || again.text != updated.text {
		t.Errorf("sent again, as after a cut, it is answered %d %s", again.status, again.text)
	}
	read := s.says(organisational, id)
	for _, want := range []string{`"revision":2`, `slipped`, `"involvedAgents":["NONE"]`, `"answers":[]`, `"occurredOn":null`, `"levelOfConcern":null`} {
		if !strings.Contains(read, want) {
			t.Errorf("%s is not in %s", want, read)
		}
	}
	for name, c := range map[string]struct {
		key, at string
		breaks  func(body map[string]any)
		tag     string
		status  int
		told    string
	}{
		"overtaken, by header":   {trustSystem, at, nil, `"1"`, http.StatusPreconditionFailed, "STALE_REVISION AdverseEvent"},
		"overtaken, by resource": {trustSystem, at, func(b map[string]any) { dig[map[string]any](t, b, "meta")["versionId"] = "1" }, "", http.StatusConflict, "STALE_REVISION AdverseEvent"},
		"two versions":           {trustSystem, at, func(b map[string]any) { dig[map[string]any](t, b, "meta")["versionId"] = "1" }, `W/"2"`, http.StatusBadRequest, "INVALID"},
		"no version":             {trustSystem, at, nil, "*", http.StatusPreconditionFailed, "REQUIRED"},
		"another id":             {trustSystem, at, func(b map[string]any) { b["id"] = "event_1" }, `W/"2"`, http.StatusBadRequest, "INVALID AdverseEvent.id"},
		"another's event":        {otherSystem, at, nil, `W/"2"`, http.StatusNotFound, "NOT_FOUND"},
		"one that never was":     {trustSystem, eventsAt + "/event_0123456789abcdef0123456789abcdef", nil, `W/"2"`, http.StatusNotFound, "NOT_FOUND"},
		"no id":                  {trustSystem, eventsAt + "/Pemberton", nil, `W/"2"`, http.StatusNotFound, "NOT_FOUND"},
		"a problem":              {trustSystem, at, func(b map[string]any) { delete(b, "description") }, `W/"2"`, http.StatusUnprocessableEntity, "REQUIRED AdverseEvent.description"},
	} {
		body := aFallByFHIR()
		if c.breaks != nil {
			c.breaks(body)
		}
		var headers []string
		if c.tag != "" {
			headers = []string{"If-Match", c.tag}
		}
		got := s.send(http.MethodPut, c.at, c.key, body, headers...)
		if got.status != c.status || !slices.Equal(got.told(t), []string{c.told}) || strings.Contains(got.text, "Pemberton") {
			t.Errorf("%s is answered %d %s", name, got.status, got.text)
		}
	}
	if now := s.says(organisational, id); now != read {
		t.Errorf("a refused update changed something: %s", now)
	}
	s.ask(trustSystem, withdraw, map[string]any{"id": id, "revision": 2, "reason": "Sent by mistake."})
	for _, body := range []map[string]any{aFallByFHIR(), governed(neverEventOfType("1")...)} {
		if got := s.send(http.MethodPut, at, trustSystem, body, "If-Match", `W/"2"`); got.status != http.StatusForbidden {
			t.Errorf("an update of what was withdrawn is answered %d %s", got.status, got.text)
		}
	}
}

func whoMaySend(t *testing.T, s *service) {
	before := s.count()
	for name, c := range map[string]struct {
		method, at, key string
		body            any
		headers         []string
		status          int
	}{
		"no key":                 {http.MethodPost, eventsAt, "", aFallByFHIR(), nil, http.StatusUnauthorized},
		"a key that is none":     {http.MethodPost, eventsAt, noKey, aFallByFHIR(), nil, http.StatusUnauthorized},
		"a person's token":       {http.MethodPost, eventsAt, admin, aFallByFHIR(), nil, http.StatusUnauthorized},
		"a form":                 {http.MethodPost, eventsAt, trustSystem, aFallByFHIR(), []string{"Content-Type", "application/x-www-form-urlencoded"}, http.StatusUnsupportedMediaType},
		"compressed":             {http.MethodPost, eventsAt, trustSystem, aFallByFHIR(), []string{"Content-Encoding", "gzip"}, http.StatusUnsupportedMediaType},
		"too large":              {http.MethodPost, eventsAt, trustSystem, strings.Repeat("x", 5<<20), nil, http.StatusRequestEntityTooLarge},
		"reading":                {http.MethodGet, eventsAt + "/event_1", trustSystem, nil, nil, http.StatusNotFound},
		"an operation of others": {http.MethodPost, "/adverse-event/fhir/Patient", trustSystem, aFallByFHIR(), nil, http.StatusNotFound},
	} {
		got := s.send(c.method, c.at, c.key, c.body, c.headers...)
		if got.status != c.status || len(got.told(t)) != 1 || strings.Contains(got.text, "Pemberton") {
			t.Errorf("%s is answered %d %s", name, got.status, got.text)
		}
	}
	id, _ := s.issue(admin, "RGT", "a system that is revoked")
	s.ask(admin, `mutation($id: ID!) { revokeClient(input: {id: $id}) { client { id } } }`, map[string]any{"id": id})
	if got := s.send(http.MethodPost, eventsAt, "a system that is revoked", aFallByFHIR()); got.status != http.StatusUnauthorized {
		t.Errorf("a key that was revoked is answered %d %s", got.status, got.text)
	}
	if n := s.count() - before; n != 0 {
		t.Errorf("%d events were recorded", n)
	}
}

// A client follows the addresses from the capability statement to every code.
func definesTheTaxonomy(t *testing.T, s *service) {
	codes := must[*taxonomy.Registry](t)(taxonomy.Load()).Latest()
	seen := map[string]bool{}
	var follow func(value any)
	follow = func(value any) {
		switch v := value.(type) {
		case map[string]any:
			for _, inner := range v {
				follow(inner)
			}
		case []any:
			for _, inner := range v {
				follow(inner)
			}
		case string:
			path, ours := strings.CutPrefix(v, fhirAddress+taxonomyAt)
			if !ours || seen[path] {
				return
			}
			seen[path] = true
			got := s.send(http.MethodGet, taxonomyAt+path, "", nil)
			if got.status != http.StatusOK || got.resource["url"] != v {
				t.Errorf("%s is answered %d %s", v, got.status, got.text)
			}
			follow(got.resource)
		}
	}
	follow(s.send(http.MethodGet, taxonomyAt+"/metadata", "", nil).resource)
	follow(s.send(http.MethodPost, eventsAt, "", aFallByFHIR()).resource)
	if path := "/CodeSystem/problem-5"; !seen[path] {
		t.Errorf("%s is not reached", path)
	}
	for _, system := range codes.CodeSystems() {
		if path := "/CodeSystem/" + system.ID + "-5"; !seen[path] {
			t.Errorf("%s is not reached", path)
		}
	}
	for path := range seen {
		if got := s.send(http.MethodGet, taxonomyAt+strings.TrimSuffix(path, "5")+"4", "", nil); got.status != http.StatusNotFound {
			t.Errorf("another version of %s is answered %d", path, got.status)
		}
	}
	if len(seen) < 2*len(codes.CodeSystems())+25 {
		t.Errorf("only %d definitions were reached", len(seen))
	}
}

// The event that the documentation sends first is one.
func takesTheDocumented(t *testing.T, s *service) {
	text := string(must[[]byte](t)(os.ReadFile("../docs/fhir.md")))
	_, text, _ = strings.Cut(text, "```json\n")
	body, _, _ := strings.Cut(text, "```")
	sent := s.send(http.MethodPost, eventsAt, trustSystem, body, "Idempotency-Key", "W-2026-00117")
	if sent.status != http.StatusCreated {
		t.Fatalf("answered %d %s", sent.status, sent.text)
	}
	changed := strings.Replace(body, "slipped", "fell", 1)
	if got := s.send(http.MethodPut, eventsAt+"/"+dig[string](t, sent.resource, "id"), trustSystem, changed, "If-Match", `W/"1"`); got.status != http.StatusOK {
		t.Errorf("the change is answered %d %s", got.status, got.text)
	}
}
