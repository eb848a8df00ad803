package graph_test

import (
	"strings"
	"testing"

	"lfpse/db"
)

// What people do most costs a fixed number of statements, whatever the size of the page: those that say who is asking
// included.
func TestStatementsOfWhatPeopleDoMost(t *testing.T) {
	t.Parallel()
	s := newService(t)
	var reference string
	for range 30 {
		_, reference = s.record(reporter, map[string]any{
			"kind": "INCIDENT", "description": "A fall.", "occurredAtOrganisations": []string{"RGT"}, "patients": []any{map[string]any{"physicalHarm": "LOW"}},
		})
	}
	s.settle()
	const row = `reference kind organisation { name icb { name region { name } } }`
	for name, of := range map[string]struct {
		reader, document string
		most             int
	}{
		"opens a trust's dashboard": {admin, `query($first: Int!) { organisation(odsCode: "RGT") { events(first: $first) { nodes {
			` + row + ` reporter { name } reviews { status reviewer { name } } } } } }`, 4},
		"explores a region": {readOnlyRegion, `query($first: Int!) { region(odsCode: "Y61") {
			events(first: $first, filter: {kind: [INCIDENT], physicalHarm: [LOW], recordedFrom: "2026-01-15T00:00:00Z"}) { totalCount nodes { ` + row + ` } } } }`, 3},
		"falls into the N+1 trap": {lead, `query($first: Int!) { icbs { organisations { nodes { name events(first: $first) { nodes { reference occurredOn physicalHarm } } } } } }`, 2},
		"opens one record": {admin, `query($first: Int!) { events(first: $first) { pageInfo { hasNextPage } } event(reference: "` + reference + `") {
			` + row + ` description details { ... on IncidentDetails { immediateActions answers { question text } } } patients { sequence age { value } }
			reporter { name } revisions { revision by { name } description } reviews { status reviewer { name } } } }`, 3},
		"draws a chart": {readOnlyICB, `query($first: Int!) { icb(odsCode: "QUE") {
			eventStatistics(groupBy: [MONTH, KIND, PHYSICAL_HARM]) { total groups { count keys { code label } } } organisations(first: $first) { totalCount } } }`, 2},
	} {
		t.Run(name, func(t *testing.T) {
			cost := func(first int) []string {
				ctx, counter := db.CountStatements(t.Context())
				s.counted = ctx
				defer func() { s.counted = nil }()
				if answer := s.raw(of.reader, of.document, map[string]any{"first": first}); strings.Contains(answer, `"errors"`) {
					t.Fatalf("answered %s", answer)
				}
				return counter.Shapes()
			}
			cost(1)
			few, many := cost(2), cost(25)
			if len(few) != len(many) || len(many) > of.most {
				t.Errorf("%d statements for 2, %d for 25, at most %d are allowed: %s", len(few), len(many), of.most, strings.Join(many, "\n"))
			}
		})
	}
}
