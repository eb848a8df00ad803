package graph_test

import (
	"fmt"
	"strings"
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
	withdrawal { reason } problems { path }
} } }`

func TestAPageCostsTheSameStatementsWhateverItsSize(t *testing.T) {
	t.Parallel()
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

// Drafts and tombstones bring their sealed texts along with their rows.
func TestDraftsAndTombstonesCostTheSameStatementsWhateverTheirNumber(t *testing.T) {
	t.Parallel()
	s := newService(t)
	for range 30 {
		s.draft(reporter, anything())
		id, _ := s.record(reporter, aFall())
		s.ok(s.withdrawn(reporter, id, 1, "A mistake."), "withdrawEvent")
	}
	for name, document := range map[string]string{
		"drafts":     strings.Replace(wholePage, "{ events(first: $first) {", "{ viewer { drafts(first: $first) {", 1) + "}",
		"tombstones": strings.Replace(wholePage, "events(", "events(filter: {status: [WITHDRAWN]}, ", 1),
	} {
		cost := func(first int) []string {
			ctx, counter := db.CountStatements(t.Context())
			s.counted = ctx
			defer func() { s.counted = nil }()
			if answer := s.raw(reporter, document, map[string]any{"first": first}); strings.Count(answer, `"reference"`) != first || strings.Contains(answer, `"errors"`) {
				t.Fatalf("%s: answered %s", name, answer)
			}
			return counter.Shapes()
		}
		cost(1)
		if few, many := cost(3), cost(30); len(few) != len(many) || len(many) > maxStatements {
			t.Errorf("%s: 3 cost %d statements, 30 cost %d: %v", name, len(few), len(many), many)
		}
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

func TestEntitiesAreReadTogether(t *testing.T) {
	t.Parallel()
	s := newService(t)
	var byID, byReference []any
	for range 40 {
		id, reference := s.record(reporter, map[string]any{"kind": "INCIDENT", "description": "A fall."})
		byID = append(byID, map[string]any{"__typename": "Event", "id": id})
		byReference = append(byReference, map[string]any{"__typename": "Event", "reference": reference})
	}
	cost := func(n int) int {
		ctx, counter := db.CountStatements(t.Context())
		s.counted = ctx
		defer func() { s.counted = nil }()
		asked := append(append([]any{}, byID[:n]...), byReference[:n]...)
		answer := s.ask(organisational, `query($r: [_Any!]!) { _entities(representations: $r) { ... on Event { id reference } } }`, map[string]any{"r": asked})
		found := dig[[]any](t, answer, "data", "_entities")
		for i, entity := range found {
			if dig[string](t, entity, "id") != dig[string](t, byID[i%n], "id") {
				t.Errorf("entity %d is another's", i)
			}
		}
		return len(counter.Shapes())
	}
	cost(1)
	if few, many := cost(2), cost(40); few != many {
		t.Errorf("2 of each key cost %d statements, 40 cost %d", few, many)
	}
}
