package graph_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"lfpse/db"
)

// statistics asks for those of an area, or of everything for "", and answers
// the groups as "code/code=count", in their order; "-" is no code.
func (s *service) statistics(reader, area, arguments string) (total int, groups []string) {
	s.t.Helper()
	document := "{ a: " + area + " eventStatistics" + arguments + " { total groups { count keys { code } } } }"
	if area != "" {
		document = "{ a: " + area + " { eventStatistics" + arguments + " { total groups { count keys { code } } } } }"
	}
	answer := s.ask(reader, document, nil)
	path := []string{"data", "a"}
	if area != "" {
		path = append(path, "eventStatistics")
	}
	found := dig[map[string]any](s.t, answer, path...)
	for _, group := range found["groups"].([]any) {
		var codes []string
		for _, key := range dig[[]any](s.t, group, "keys") {
			code, known := key.(map[string]any)["code"].(string)
			if !known {
				code = "-"
			}
			codes = append(codes, code)
		}
		groups = append(groups, fmt.Sprintf("%s=%v", strings.Join(codes, "/"), group.(map[string]any)["count"]))
	}
	return int(found["total"].(float64)), groups
}

// settle puts the areas' events in order, as a service does from time to time.
func (s *service) settle() {
	s.t.Helper()
	if _, err := db.NewAreas(s.own.DB).Settle(s.t.Context(), s.geography.Placement(s.now())); err != nil {
		s.t.Fatal(err)
	}
}

func TestStatistics(t *testing.T) {
	t.Parallel()
	s := newService(t)
	s.record(reporter, map[string]any{
		"kind": "INCIDENT", "description": "A fall.", "occurredOn": "2026-10-02", "serviceArea": []string{"MATERNITY", "ACUTE"},
		"patients": []any{map[string]any{"physicalHarm": "LOW"}},
	})
	s.record(reporter, map[string]any{
		"kind": "INCIDENT", "description": "A fall.", "occurredOn": "2026-10", "serviceArea": []string{"ACUTE"},
		"patients": []any{map[string]any{"physicalHarm": "SEVERE"}},
	})
	s.record(reporter, map[string]any{"kind": "RISK", "description": "Loose tiles.", "risk": map[string]any{"imminent": "NO"}})
	there := map[string]any{"kind": "INCIDENT", "description": "A delay.", "occurredOn": "2025-12-29", "occurredAtOrganisations": []string{"RR8"}}
	id, _ := s.record(reporter, there)
	s.record(elsewhere, map[string]any{"kind": "INCIDENT", "description": "A fall.", "occurredOn": "2026-01-01"})
	s.draft(reporter, anything())

	asked := map[string]struct {
		reader, area, arguments string
		total                   int
		groups                  string
	}{
		"whole numbers without a dimension":         {lead, "", "", 5, ""},
		"an enum's own order":                       {lead, "", "(groupBy: [KIND])", 5, "INCIDENT=4 RISK=1"},
		"without a value last":                      {lead, "", "(groupBy: [PHYSICAL_HARM])", 5, "LOW=1 SEVERE=1 -=3"},
		"an event under each of its values":         {lead, "", "(groupBy: [SERVICE_AREA])", 5, "ACUTE=2 MATERNITY=1 -=3"},
		"dimensions together":                       {lead, "", "(groupBy: [KIND, SERVICE_AREA])", 5, "INCIDENT/ACUTE=2 INCIDENT/MATERNITY=1 INCIDENT/-=2 RISK/-=1"},
		"by the organisation that reported":         {lead, "", "(groupBy: [ORGANISATION])", 5, "RGT=4 RR8=1"},
		"by today's ICB and region":                 {lead, "", "(groupBy: [REGION, ICB])", 5, "Y61/QUE=4 Y63/QWO=1"},
		"an area's events, wherever reported":       {lead, `organisation(odsCode: "RR8")`, "(groupBy: [ORGANISATION])", 2, "RGT=1 RR8=1"},
		"as far as a date is known":                 {lead, "", "(groupBy: [MONTH], by: OCCURRED_ON)", 5, "2025-12=1 2026-01=1 2026-10=2 -=1"},
		"weeks as ISO 8601 has them":                {lead, "", "(groupBy: [WEEK], by: OCCURRED_ON)", 5, "2026-W01=2 2026-W40=1 -=2"},
		"only what the filter finds":                {lead, "", "(groupBy: [KIND], filter: {serviceArea: [ACUTE, MATERNITY]})", 2, "INCIDENT=2"},
		"only what the reader sees: their own":      {reporter, "", "(groupBy: [ORGANISATION])", 4, "RGT=4"},
		"only what the reader sees: none of others": {colleague, "", "(groupBy: [KIND])", 0, ""},
		"only what the reader sees: what happened":  {elsewhere, "", "(groupBy: [ORGANISATION])", 2, "RGT=1 RR8=1"},
		"nothing without a token":                   {nobody, `region(odsCode: "Y61")`, "(groupBy: [KIND])", 0, ""},
	}
	for name, of := range asked {
		t.Run(name, func(t *testing.T) {
			total, groups := s.statistics(of.reader, of.area, of.arguments)
			if got := strings.Join(groups, " "); total != of.total || got != of.groups {
				t.Errorf("%d: %s; want %d: %s", total, got, of.total, of.groups)
			}
		})
	}

	s.settle()
	for name, of := range asked {
		t.Run("settled: "+name, func(t *testing.T) {
			total, groups := s.statistics(of.reader, of.area, of.arguments)
			if got := strings.Join(groups, " "); total != of.total || got != of.groups {
				t.Errorf("%d: %s; want %d: %s", total, got, of.total, of.groups)
			}
		})
	}

	s.ask(admin, declareNeverEvent, map[string]any{"id": id, "type": "14"})
	s.ask(admin, declareNeverEvent, map[string]any{"id": id, "type": "3"})
	if total, groups := s.statistics(readOnlyICB, "", "(groupBy: [NEVER_EVENT_TYPE])"); total != 4 || strings.Join(groups, " ") != "3=1 -=3" {
		t.Errorf("by what was declared last: %d: %v", total, groups)
	}

	s.ok(s.withdrawn(reporter, id, 1, "A mistake."), "withdrawEvent")
	if total, groups := s.statistics(lead, "", "(groupBy: [STATUS, YEAR], by: OCCURRED_ON)"); total != 5 ||
		strings.Join(groups, " ") != "SUBMITTED/2026=3 SUBMITTED/-=1 WITHDRAWN/-=1" {
		t.Errorf("with a tombstone: %d: %v", total, groups)
	}
}

// A chart, and one for each of 42 areas, costs one statement.
func TestStatisticsCostOneStatement(t *testing.T) {
	t.Parallel()
	s := newService(t)
	s.record(reporter, aFall())
	for _, document := range []string{
		`{ icb(odsCode: "QUE") { eventStatistics(groupBy: [MONTH, KIND, PHYSICAL_HARM]) { total groups { count keys { code label } } } } }`,
		`{ icbs { eventStatistics(groupBy: [MONTH, KIND]) { total groups { count } } } }`,
	} {
		s.raw(lead, document, nil)
		ctx, counter := db.CountStatements(t.Context())
		s.counted = ctx
		answer := s.raw(lead, document, nil)
		s.counted = nil
		statements := 0
		for _, shape := range counter.Shapes() {
			if strings.Contains(shape, "event AS e") {
				statements++
			}
		}
		if statements != 1 || !strings.Contains(answer, `"total":1`) {
			t.Errorf("%d statements about events, in %v; answered %s", statements, counter.Shapes(), answer)
		}
	}
}

// More groups than an answer holds are refused, rather than some of them given.
func TestStatisticsOfTooManyGroups(t *testing.T) {
	t.Parallel()
	s := newService(t)
	if _, err := s.db.ExecContext(t.Context(), `INSERT INTO event (id, reference, kind, status, source, taxonomy_version, revision,
			recorded_at, updated_at, occurred_on, occurred_from, occurred_until, organisation, redaction_version)
		SELECT gen_random_uuid(), 'N' || i, 'INCIDENT', 'SUBMITTED', 'ONLINE', 5, 1, now() - i * interval '1 day', now(),
			(date '1950-01-01' + i)::text, date '1950-01-01' + i, date '1950-01-01' + i, 'RGT', '1'
		FROM generate_series(1, 20001) AS i`); err != nil {
		t.Fatal(err)
	}
	body := s.raw(lead, `{ eventStatistics(groupBy: [DAY], by: OCCURRED_ON) { total } }`, nil)
	if !strings.Contains(body, "TOO_COMPLEX") || !strings.Contains(body, "20000 groups") {
		t.Errorf("answered %s", body)
	}
	if total, _ := s.statistics(lead, "", "(groupBy: [YEAR], by: OCCURRED_ON)"); total != 20001 {
		t.Errorf("by year: %d", total)
	}
}

// Counts are kept by month, and asked for between any two instants: at the edges of
// months (in England's time), within them, and the wrong way round.
func TestStatisticsBetweenAnyTwoInstants(t *testing.T) {
	t.Parallel()
	s := newService(t)
	instants := []string{
		"2026-08-15T12:00:00Z", "2026-08-31T22:59:59Z", "2026-08-31T23:00:00Z", "2026-09-02T00:00:00Z", "2026-09-20T00:00:00Z",
		"2026-10-15T12:00:00Z", "2026-10-31T23:59:59Z", "2026-11-01T00:00:00Z", "2026-11-03T00:00:00Z", "2026-11-28T00:00:00Z",
	}
	for i, at := range instants {
		_, err := s.db.ExecContext(t.Context(), `INSERT INTO event (id, reference, kind, status, source, taxonomy_version, revision, recorded_at, updated_at,
				redaction_version, organisation, service_areas)
			SELECT gen_random_uuid(), 'AT-' || ?0 || '-' || n, 'INCIDENT', 'SUBMITTED', 'ONLINE', 5, 1, ?1, ?1, '', 'RGT', '{ACUTE,MATERNITY}'
			FROM generate_series(0, ?0) AS n`, i, at)
		if err != nil {
			t.Fatal(err)
		}
	}
	s.settle()
	month := map[string]string{}
	for i, of := range []string{"08", "08", "09", "09", "09", "10", "10", "11", "11", "11"} {
		month[instants[i]] = "2026-" + of
	}
	for _, from := range instants {
		for _, to := range append([]string{"2026-12-24T00:00:00Z"}, instants...) {
			total, byMonth := 0, map[string]int{}
			for i, at := range instants {
				if at >= from && at < to { // all are written alike
					total += i + 1
					byMonth[month[at]] += i + 1
				}
			}
			var wanted []string
			for _, m := range slices.Sorted(maps.Keys(byMonth)) {
				wanted = append(wanted, fmt.Sprintf("%s=%d", m, byMonth[m]))
			}
			filter := fmt.Sprintf("filter: {recordedFrom: %q, recordedTo: %q}", from, to)
			got, groups := s.statistics(readOnlyICB, `icb(odsCode: "QUE")`, "(groupBy: [MONTH], "+filter+")")
			if got != total || !slices.Equal(groups, wanted) {
				t.Errorf("from %s to %s: %d in %v, want %d in %v", from, to, got, groups, total, wanted)
			}
			got, groups = s.statistics(readOnlyICB, `icb(odsCode: "QUE")`, "(groupBy: [SERVICE_AREA], "+filter+")")
			if wanted = nil; total > 0 {
				wanted = []string{fmt.Sprintf("ACUTE=%d", total), fmt.Sprintf("MATERNITY=%d", total)}
			}
			if slices.Sort(groups); got != total || !slices.Equal(groups, wanted) {
				t.Errorf("by area of care, from %s to %s: %d in %v, want %d in %v", from, to, got, groups, total, wanted)
			}
		}
	}
}
