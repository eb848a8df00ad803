package graph_test

import (
	"fmt"
	"testing"

	"lfpse/db"
)

// maxStatements is what a page of events with everything around it may cost.
const maxStatements = 8

const wholePage = `query($first: Int!) { events(first: $first) { nodes {
	reference description occurredOn
	organisation { name icb { name region { name } } }
	reporter { name }
	patients { sequence clinicalOutcome }
	details { ... on IncidentDetails { immediateActions } }
	revisions { revision by { name } description }
} } }`

func TestAPageCostsTheSameStatementsWhateverItsSize(t *testing.T) {
	s := newService(t)
	for i := range 100 {
		s.record(reporter, map[string]any{
			"kind": "INCIDENT", "description": fmt.Sprintf("Fall number %d.", i),
			"patients": []any{map[string]any{"clinicalOutcome": "Better."}},
		})
	}
	for _, reader := range []string{reporter, organisational, readOnlyRegion, lead} {
		t.Run(reader, func(t *testing.T) {
			small, large := s.statements(reader, 10), s.statements(reader, 100)
			if len(small) != len(large) || len(large) > maxStatements {
				t.Errorf("10 events cost %d statements, 100 cost %d, at most %d are allowed: %v", len(small), len(large), maxStatements, large)
			}
		})
	}
}

// statements answers the statements behind a page, after one to fill caches.
func (s *service) statements(reader string, first int) []string {
	s.t.Helper()
	ask := func() {
		answer := s.ask(reader, wholePage, map[string]any{"first": first})
		if got := len(dig[[]any](s.t, answer, "data", "events", "nodes")); got != first {
			s.t.Fatalf("%d events on a page of %d: %v", got, first, answer["errors"])
		}
	}
	ask()
	ctx, counter := db.CountStatements(s.t.Context())
	s.counted = ctx
	defer func() { s.counted = nil }()
	ask()
	return counter.Shapes()
}
