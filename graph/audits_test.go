//go:build conformance

package graph_test

import (
	"encoding/json"
	"os/exec"
	"testing"
)

// TestAudits holds the whole service, locks and limits included, to GraphQL over
// HTTP, by the audits of compat/gqlgen/conformance. Run with: make conformance
func TestAudits(t *testing.T) {
	s := newService(t)
	out, err := exec.CommandContext(t.Context(), "node", "../compat/gqlgen/conformance/audits.mjs", s.server.URL+"/graphql").Output()
	if err != nil {
		t.Fatalf("the audits did not run; run npm ci in compat/gqlgen/conformance: %v", err)
	}
	var results []struct{ ID, Name, Status, Reason string }
	if err := json.Unmarshal(out, &results); err != nil {
		t.Fatalf("reading the results of the audits: %v", err)
	}
	if len(results) != 61 {
		t.Errorf("%d audits ran, want 61", len(results))
	}
	for _, r := range results {
		t.Run(r.ID+" "+r.Name, func(t *testing.T) {
			if r.Status != "ok" {
				t.Errorf("%s: %s", r.Status, r.Reason)
			}
		})
	}
}
