package graph_test

import (
	"testing"

	"lfpse/internal/lrms/conformance"
)

// The cases that we publish hold for the service that we publish them with.
func TestTheServiceConformsByFHIR(t *testing.T) {
	s := newServiceWithSystems(t)
	d := conformance.New(s.server.URL, s.tokens[trustSystem])
	for _, c := range conformance.FHIR() {
		t.Run(c.Name, func(t *testing.T) {
			if err := c.Holds(t.Context(), d); err != nil {
				t.Error(err)
			}
		})
	}
}
