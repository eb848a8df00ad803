package policies

import (
	"testing"
)

// TestRules runs the tests that lie beside the rules, each under its own name:
//
//	go test ./policies -run TestRules/event_rows/ORGANISATIONAL
func TestRules(t *testing.T) {
	results, err := Test(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range results {
		t.Run(r.Name, func(t *testing.T) {
			if !r.Passed {
				t.Errorf("%s: failed (%v)", r.Place, r.Err)
			}
		})
	}
}
