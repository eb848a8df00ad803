package conformance

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// Every case fails where a deployment does something else: what always holds shows nothing.
func TestNoCaseHoldsForWhatIsNoService(t *testing.T) {
	for name, handler := range map[string]http.HandlerFunc{
		"one that says nothing": func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNoContent) },
		"one that takes all": func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(http.StatusCreated)
			_, _ = io.WriteString(w, `{"resourceType":"AdverseEvent","id":"event_1","meta":{"versionId":"1"}}`)
		},
		"one that refuses all": func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(http.StatusBadRequest)
			_, _ = io.WriteString(w, `{"resourceType":"OperationOutcome","issue":[{"details":{"coding":[{"code":"BROKEN"}]}}]}`)
		},
		"one that repeats all": func(w http.ResponseWriter, r *http.Request) { _, _ = io.Copy(w, r.Body) },
		"one that breaks off":  func(w http.ResponseWriter, _ *http.Request) { panic(http.ErrAbortHandler) },
	} {
		server := httptest.NewServer(handler)
		d := New(server.URL+"/", "a key")
		for _, c := range FHIR() {
			if err := c.Holds(t.Context(), d); err == nil || strings.Contains(err.Error(), "a key") {
				t.Errorf("%s: %s: %v", name, c.Name, err)
			}
		}
		server.Close()
	}
}

func TestCasesHaveNamesOfTheirOwn(t *testing.T) {
	seen := map[string]bool{}
	for _, c := range FHIR() {
		if seen[c.Name] {
			t.Errorf("%s is the name of two", c.Name)
		}
		seen[c.Name] = true
	}
	if len(seen) < 40 {
		t.Errorf("there are only %d", len(seen))
	}
}
