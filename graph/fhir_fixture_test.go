package graph_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"sync"
	"testing"

	stu3 "lfpse/internal/lrms/fhir"
	"lfpse/internal/taxonomy"
)

// fhirAddress is where the tests' service says that it is.
const fhirAddress = "https://lfpse.example"

const (
	eventsAt   = "/adverse-event/fhir/AdverseEvent"
	taxonomyAt = "/taxonomy/fhir"
)

// A local system beside otherSystem, and a key that nobody was given.
const (
	trustSystem = "the trust's system"
	noKey       = "Pemberton"
)

// newServiceWithSystems is a service with two local systems, each with a key of its own.
func newServiceWithSystems(t *testing.T) *service {
	t.Helper()
	s := newService(t)
	s.issue(admin, "RGT", trustSystem)
	s.issue(adminElsewhere, "RR8", otherSystem)
	return s
}

// fhirAnswer is what the FHIR interface answers.
type fhirAnswer struct {
	status   int
	header   http.Header
	text     string
	resource map[string]any
}

// send sends a body, JSON or text as it is, to the FHIR interface, as a system with its key; as nobody without.
// Further headers are given as pairs.
func (s *service) send(method, at, system string, body any, headers ...string) fhirAnswer {
	s.t.Helper()
	text, ok := body.(string)
	if !ok && body != nil {
		text = string(must[[]byte](s.t)(json.Marshal(body)))
	}
	request := must[*http.Request](s.t)(http.NewRequestWithContext(s.t.Context(), method, s.server.URL+at, bytes.NewReader([]byte(text))))
	request.Header.Set("Content-Type", "application/fhir+json")
	if system != "" {
		request.Header.Set("Ocp-Apim-Subscription-Key", s.keyOf(system))
	}
	for i := 0; i < len(headers); i += 2 {
		request.Header.Set(headers[i], headers[i+1])
	}
	response := must[*http.Response](s.t)(http.DefaultClient.Do(request))
	defer response.Body.Close()
	answer := fhirAnswer{status: response.StatusCode, header: response.Header, text: string(must[[]byte](s.t)(io.ReadAll(response.Body)))}
	if err := json.Unmarshal([]byte(answer.text), &answer.resource); err != nil {
		s.t.Fatalf("%s %s is answered %d %q", method, at, answer.status, answer.text)
	}
	return answer
}

// keyOf is the key of a system; what is none is its own.
func (s *service) keyOf(system string) string {
	if key, ok := s.tokens[system]; ok {
		return key
	}
	return system
}

// problemCodes are the codes that the interface defines for what is wrong.
var problemCodes = sync.OnceValue(func() map[string]bool {
	codes := map[string]bool{}
	registry, err := taxonomy.Load()
	if err != nil {
		return codes
	}
	system, _ := stu3.New(registry.Latest(), fhirAddress).Definition("CodeSystem", "problem-5")
	for _, concept := range system["concept"].([]any) {
		codes[fmt.Sprint(concept.(map[string]any)["code"])] = true
	}
	return codes
})

// told are the code and the expression of each issue of an answer.
func (a fhirAnswer) told(t *testing.T) []string {
	t.Helper()
	if a.resource["resourceType"] != "OperationOutcome" {
		t.Fatalf("no OperationOutcome: %d %s", a.status, a.text)
	}
	var told []string
	for _, issue := range a.resource["issue"].([]any) {
		coding := dig[[]any](t, issue, "details", "coding")[0]
		one := dig[string](t, coding, "code")
		if !problemCodes()[one] {
			t.Errorf("%s is told and not defined", one)
		}
		if expression, ok := issue.(map[string]any)["expression"].([]any); ok {
			one += " " + expression[0].(string)
		}
		told = append(told, one)
	}
	return told
}

func extension(name string, answers ...any) map[string]any {
	return map[string]any{"url": fhirAddress + "/taxonomy/fhir/StructureDefinition/" + name + "-5", "extension": answers}
}

func inner(name, member string, value any) map[string]any {
	return map[string]any{"url": name, member: value}
}

// aFallByFHIR is an incident as a local system sends it.
func aFallByFHIR() map[string]any {
	return map[string]any{
		"resourceType": "AdverseEvent",
		"meta":         map[string]any{"profile": []any{fhirAddress + "/taxonomy/fhir/StructureDefinition/patient-safety-adverse-event-5"}},
		"category":     "AE",
		"type":         map[string]any{"coding": []any{map[string]any{"code": "1"}}},
		"description":  "Mrs Edith Pemberton fell.",
		"subject":      map[string]any{"reference": "#patient"},
		"location":     map[string]any{"reference": "#location1"},
		"contained": []any{
			map[string]any{"resourceType": "Patient", "id": "patient", "extension": []any{
				extension("patient-information", inner("PatientSequence", "valueInteger", 1), inner("PhysicalHarm", "valueCode", "4"),
					inner("AgeAtTimeOfIncidentDays", "valueInteger", 82*372)),
			}},
			map[string]any{"resourceType": "Location", "id": "location1", "extension": []any{
				extension("location-details", inner("Organisation", "valueCode", "RR8"), inner("ServiceArea", "valueCode", "1")),
			}},
		},
		"extension": []any{
			extension("adverse-event-agent", inner("InvolvedAgents", "valueCode", "4"), inner("DrugsInvolved", "valueString", "Heparin")),
			extension("adverse-event-estimated-date", inner("ApproximateDate", "valueString", "2026-10-01"), inner("PreciseTime", "valueTime", "14:30:00")),
			extension("adverse-event-classification", inner("LevelOfConcern", "valueCode", "5")),
		},
	}
}
