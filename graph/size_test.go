//go:build size

package graph_test

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/uptrace/bun"

	"lfpse/db"
)

// sizeOf is how many events the plans are looked at with.
const sizeOf = 1_000_000

// TestPlansAtSize asks what dashboards ask most, at a million events, and holds
// how PostgreSQL goes about it: which index of which table, in the order of the
// plan. No table of events is ever read from one end to the other.
func TestPlansAtSize(t *testing.T) {
	s := newService(t)
	s.million()
	var got strings.Builder
	for _, q := range dashboardQueries() {
		s.raw(q.reader, q.document, nil) // fills caches
		before := s.preparedUses()
		ctx, counter := db.CountStatements(t.Context())
		s.counted = ctx
		begun := time.Now()
		if answer := s.raw(q.reader, q.document, nil); strings.Contains(answer, `"errors"`) {
			t.Fatalf("%s was answered %s", q.name, answer)
		}
		t.Logf("%-45s %8.2f ms", q.name, float64(time.Since(begun).Microseconds())/1000)
		s.counted = nil
		fmt.Fprintf(&got, "# %s\n", q.name)
		plans := s.preparedPlans(before)
		for _, statement := range ofEvents(counter.Statements()) {
			plans = append(plans, s.plan(s.db.Pool, statement))
		}
		if len(plans) == 0 {
			t.Errorf("%s: no statement was seen", q.name)
		}
		for _, line := range slices.Concat(plans...) {
			fmt.Fprintln(&got, line)
			if slices.Contains([]string{"Seq Scan on event", "Seq Scan on event_area", "Seq Scan on area_month"}, line) {
				t.Errorf("%s: %s", q.name, line)
			}
		}
	}
	s.amongAll()
	file := filepath.Join("testdata", "plans.golden")
	if *update {
		if err := os.WriteFile(file, []byte(got.String()), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if want := string(must[[]byte](t)(os.ReadFile(file))); got.String() != want {
		t.Errorf("got\n%s\nwant\n%s", got.String(), want)
	}
}

// amongAll says how long the same takes without what is kept of areas, for who wants to know.
func (s *service) amongAll() {
	s.t.Helper()
	if _, err := s.db.ExecContext(s.t.Context(), `DELETE FROM area_settled`); err != nil {
		s.t.Fatal(err)
	}
	for _, q := range dashboardQueries() {
		if q.name == "three of every organisation of every ICB" {
			continue
		}
		begun := time.Now()
		s.raw(q.reader, q.document, nil)
		s.t.Logf("among all events: %-45s %8.2f ms", q.name, float64(time.Since(begun).Microseconds())/1000)
	}
}

// dashboardQuery is a question that a dashboard asks.
type dashboardQuery struct{ name, reader, document string }

func dashboardQueries() []dashboardQuery {
	const (
		rows    = `nodes { reference occurredOn kind status physicalHarm organisation { name icb { name region { name } } } }`
		dates   = `recordedFrom: "2025-03-10T00:00:00Z", recordedTo: "2026-03-10T00:00:00Z"`
		stats   = `{ total groups { count keys { code label } } }`
		chart   = `{ mean lowerLimit upperLimit points { from count movingRange signals } }`
		similar = `similar { score event { reference } }`
	)
	return []dashboardQuery{
		{"a trust's latest", admin, `{ organisation(odsCode: "RGT") { events(first: 50) { ` + rows + ` } } }`},
		{"a trust's latest of a kind", admin, `{ organisation(odsCode: "RGT") { events(first: 50, filter: {kind: [RISK]}) { ` + rows + ` } } }`},
		{"a trust's total", admin, `{ organisation(odsCode: "RGT") { events(first: 0) { totalCount } } }`},
		{"a trust's chart", admin, `{ organisation(odsCode: "RGT") { eventStatistics(groupBy: [MONTH, PHYSICAL_HARM]) ` + stats + ` } }`},
		{"a trust's services", admin, `{ organisation(odsCode: "RGT") { eventStatistics(groupBy: [SERVICE_AREA]) ` + stats + ` } }`},
		{"what one recorded", reporter, `{ viewer { events(first: 25) { ` + rows + ` } } }`},
		{"what one may see", reporter, `{ events(first: 25) { totalCount ` + rows + ` } }`},
		{"what one recorded, counted", reporter, `{ eventStatistics(groupBy: [KIND]) ` + stats + ` }`},
		{"an ICB's latest", readOnlyICB, `{ icb(odsCode: "QUE") { events(first: 50) { ` + rows + ` } } }`},
		{"an ICB's chart over 24 months", readOnlyICB, `{ icb(odsCode: "QUE") { eventStatistics(groupBy: [MONTH, KIND, PHYSICAL_HARM], filter: {recordedFrom: "2024-04-01T00:00:00+01:00", recordedTo: "2026-04-01T00:00:00+01:00"}) ` + stats + ` } }`},
		{"an ICB's days", readOnlyICB, `{ icb(odsCode: "QUE") { eventStatistics(groupBy: [DAY], filter: {` + dates + `}) ` + stats + ` } }`},
		{"an ICB's organisations", readOnlyICB, `{ icb(odsCode: "QUE") { eventStatistics(groupBy: [ORGANISATION], filter: {` + dates + `}) ` + stats + ` } }`},
		{"a region's events of a kind, harm and time", readOnlyRegion, `{ events(first: 100, filter: {region: ["Y61"], kind: [INCIDENT], physicalHarm: [SEVERE, FATAL], ` + dates + `}) { totalCount ` + rows + ` } }`},
		{"a region's events of a time of happening", readOnlyRegion, `{ region(odsCode: "Y61") { events(first: 100, filter: {kind: [INCIDENT], physicalHarm: [SEVERE], occurredFrom: "2025-03-10", occurredTo: "2025-09-09"}) { totalCount ` + rows + ` } } }`},
		{"a region's next page", readOnlyRegion, `{ region(odsCode: "Y61") { events(first: 50, filter: {recordedTo: "2025-01-01T00:00:00Z"}) { ` + rows + ` } } }`},
		{"a region's services", readOnlyRegion, `{ region(odsCode: "Y61") { events(first: 50, filter: {serviceArea: [MATERNITY]}) { ` + rows + ` } } }`},
		{"a region's services over time", readOnlyRegion, `{ region(odsCode: "Y61") { eventStatistics(groupBy: [MONTH, SERVICE_AREA]) ` + stats + ` } }`},
		{"a region's chart", readOnlyRegion, `{ region(odsCode: "Y61") { eventStatistics(groupBy: [MONTH, KIND]) ` + stats + ` } }`},
		{"a region's control chart", readOnlyRegion, `{ controlChart(filter: {region: ["Y61"]}, from: "2024-03-01", to: "2026-02-28") ` + chart + ` }`},
		{"an ICB's control chart by weeks", readOnlyICB, `{ controlChart(filter: {icb: ["QUE"], physicalHarm: [SEVERE, FATAL]}, interval: WEEK, from: "2025-03-10", to: "2026-03-08") ` + chart + ` }`},
		{"an ICB's control chart by when it occurred", readOnlyICB, `{ controlChart(filter: {icb: ["QUE"]}, from: "2024-03-01", to: "2026-02-28", by: OCCURRED_ON) ` + chart + ` }`},
		{"the country's latest", lead, `{ events(first: 50) { ` + rows + ` } }`},
		{"the country's chart", lead, `{ eventStatistics(groupBy: [YEAR, KIND, PHYSICAL_HARM]) ` + stats + ` }`},
		{"what is like a trust's latest", admin, `{ organisation(odsCode: "RGT") { events(first: 1) { nodes { ` + similar + ` } } } }`},
		{"what is like a region's latest", readOnlyRegion, `{ region(odsCode: "Y61") { events(first: 1) { nodes { ` + similar + ` } } } }`},
		{"what is like the country's latest", lead, `{ events(first: 1) { nodes { ` + similar + ` } } }`},
		{"what is like each of a page", lead, `{ events(first: 50) { nodes { ` + similar + ` } } }`},
		{"three of every organisation of every ICB", lead, `{ icbs { organisations { nodes { name events(first: 3) { nodes { reference occurredOn physicalHarm } } } } } }`},
	}
}

// ofEvents are those of the statements that are about events and have their values in their texts.
func ofEvents(statements []string) []string {
	about := slices.DeleteFunc(statements, func(sql string) bool {
		return !strings.Contains(sql, "AS area") && !strings.Contains(sql, "WITH latest AS") || strings.Contains(sql, "$1")
	})
	slices.Sort(about)
	return about
}

// preparedStatement is a statement about events that a connection of the service's keeps prepared.
type preparedStatement struct {
	Name       string
	Statement  string
	Uses       int
	Parameters int
	connection uint32
	plan       func(statement string) []string
}

// prepared has each statement that is prepared on any connection looked at.
func (s *service) prepared(look func(preparedStatement)) {
	s.t.Helper()
	for _, conn := range s.own.Pool.AcquireAllIdle(s.t.Context()) {
		rows, err := conn.Query(s.t.Context(), `SELECT name, statement, generic_plans + custom_plans AS uses, cardinality(parameter_types) AS parameters
			FROM pg_prepared_statements WHERE statement LIKE '%AS area%' ORDER BY statement`)
		if err != nil {
			s.t.Fatal(err)
		}
		for _, p := range must[[]preparedStatement](s.t)(pgx.CollectRows(rows, pgx.RowToStructByNameLax[preparedStatement])) {
			p.connection = conn.Conn().PgConn().PID()
			p.plan = func(statement string) []string { return s.plan(conn, statement) }
			look(p)
		}
		conn.Release()
	}
}

type preparedKey struct {
	connection uint32
	name       string
}

// preparedUses answers how often each was used.
func (s *service) preparedUses() map[preparedKey]int {
	s.t.Helper()
	uses := map[preparedKey]int{}
	s.prepared(func(p preparedStatement) { uses[preparedKey{p.connection, p.Name}] = p.Uses })
	return uses
}

// preparedPlans answers the scans of each that was used since. Its plan is the same whatever
// the values are.
func (s *service) preparedPlans(before map[preparedKey]int) (plans [][]string) {
	s.t.Helper()
	s.prepared(func(p preparedStatement) {
		if p.Uses > before[preparedKey{p.connection, p.Name}] {
			nothing := strings.TrimSuffix(strings.Repeat("NULL, ", p.Parameters), ", ")
			plans = append(plans, p.plan("EXECUTE "+pgx.Identifier{p.Name}.Sanitize()+" ("+nothing+")"))
		}
	})
	return plans
}

// querier is a connection or several.
type querier interface {
	QueryRow(ctx context.Context, sql string, args ...any) pgx.Row
}

// plan answers the scans of a statement's plan, in its order.
func (s *service) plan(on querier, statement string) (scans []string) {
	s.t.Helper()
	var explained string
	if err := on.QueryRow(s.t.Context(), "EXPLAIN (FORMAT JSON) "+statement).Scan(&explained); err != nil {
		s.t.Fatal(err)
	}
	var plans []struct{ Plan planNode }
	if err := json.Unmarshal([]byte(explained), &plans); err != nil {
		s.t.Fatal(err)
	}
	return plans[0].Plan.scans(nil)
}

type planNode struct {
	Type     string `json:"Node Type"`
	Relation string `json:"Relation Name"`
	Index    string `json:"Index Name"`
	Plans    []planNode
}

func (n planNode) scans(found []string) []string {
	switch {
	case n.Relation != "" && n.Index != "":
		found = append(found, n.Type+" of "+n.Relation+" by "+n.Index)
	case n.Relation != "":
		found = append(found, n.Type+" on "+n.Relation)
	case n.Index != "":
		found = append(found, n.Type+" by "+n.Index)
	}
	for _, below := range n.Plans {
		found = below.scans(found)
	}
	return found
}

// million makes a million events of the organisations of the map and 1,300 more, a tenth of
// which occurred elsewhere, over three years. All speak of a fall, in six more words of which few are common and most rare.
func (s *service) million() {
	s.t.Helper()
	do := func(sql string, args ...any) {
		s.t.Helper()
		if _, err := s.db.ExecContext(s.t.Context(), sql, args...); err != nil {
			s.t.Fatal(err)
		}
	}
	do(`INSERT INTO organisation (ods_code, name, type) SELECT 'Z' || lpad(i::text, 4, '0'), 'Practice ' || i, 'GP_PRACTICE' FROM generate_series(1, 1300) AS i`)
	do(`INSERT INTO organisation_icb (organisation, icb) SELECT 'Z' || lpad(i::text, 4, '0'), (ARRAY(SELECT ods_code FROM icb ORDER BY ods_code))[i % 42 + 1] FROM generate_series(1, 1300) AS i`)
	do(`UPDATE geography_version SET version = version + 1`)
	if err := s.geography.Refresh(s.t.Context()); err != nil {
		s.t.Fatal(err)
	}
	s.settle()
	begun := time.Now()
	err := s.db.RunInTx(s.t.Context(), nil, func(ctx context.Context, tx bun.Tx) error {
		for _, sql := range []string{
			`SET LOCAL statement_timeout = 0`, `SET LOCAL maintenance_work_mem = '256MB'`, `SET LOCAL work_mem = '128MB'`,
			`ALTER TABLE event DISABLE TRIGGER ALL`, `DROP INDEX event_search`, manyEvents, `ALTER TABLE event ENABLE TRIGGER ALL`,
			// What the triggers would have done, at once.
			`DROP INDEX event_area_event`, `SELECT event_area_place(array_agg(id)) FROM event`,
			`CREATE INDEX event_area_event ON event_area (event_id)`, `CREATE INDEX event_search ON event USING gin (search)`,
			`INSERT INTO area_month SELECT area, dimension, month, value, kind, status, physical_harm, events, first FROM area_month_change`,
			`TRUNCATE area_month_change`,
		} {
			begun := time.Now()
			if _, err := tx.ExecContext(ctx, sql); err != nil {
				return err
			}
			s.t.Logf("%s: %.40s", time.Since(begun).Round(time.Millisecond), sql)
		}
		return nil
	})
	if err != nil {
		s.t.Fatal(err)
	}
	// Words are counted in more of the events than other columns are, which may take longer than a statement may.
	conn := must[*pgxpool.Conn](s.t)(s.db.Pool.Acquire(s.t.Context()))
	defer conn.Release()
	for _, sql := range []string{`SET statement_timeout = 0`, `VACUUM (ANALYZE, FREEZE) event, event_area, area_month, area_month_change`, `RESET statement_timeout`} {
		if _, err := conn.Exec(s.t.Context(), sql); err != nil {
			s.t.Fatal(err)
		}
	}
	s.t.Logf("%d events were made in %s", sizeOf, time.Since(begun).Round(time.Second))
}

// manyEvents makes sizeOf events.
const manyEvents = `INSERT INTO event (id, reference, kind, status, source, taxonomy_version, revision, recorded_at, updated_at, occurred_on,
		occurred_from, occurred_until, organisation, occurred_at_organisations, service_areas, physical_harm, psychological_harm, texts,
		redaction_version, recorded_by)
	SELECT md5('size' || i)::uuid, 'SIZE' || i,
		(ARRAY['INCIDENT', 'INCIDENT', 'INCIDENT', 'INCIDENT', 'INCIDENT', 'OUTCOME', 'RISK', 'GOOD_CARE'])[i % 8 + 1],
		(ARRAY['SUBMITTED', 'SUBMITTED', 'REVIEWED', 'UNDER_REVIEW'])[i * 7 % 4 + 1], (ARRAY['ONLINE', 'LRMS', 'LRMS'])[i % 3 + 1], 5, 1,
		at.at, at.at, (at.at::date)::text, at.at::date, at.at::date, o.codes[i * 7919 % cardinality(o.codes) + 1],
		CASE WHEN i % 10 = 0 THEN ARRAY[o.codes[i * 104729 % cardinality(o.codes) + 1]] ELSE '{}' END,
		CASE WHEN i % 5 = 0 THEN ARRAY['MATERNITY', 'ACUTE'] ELSE ARRAY['ACUTE'] END,
		(ARRAY['NONE', 'NONE', 'LOW', 'LOW', 'MODERATE', 'SEVERE', 'FATAL'])[i * 11 % 7 + 1], (ARRAY['NONE', 'LOW', NULL])[i % 3 + 1],
		jsonb_build_object('description', 'A fall on the ward. ' || said.words), '1', CASE WHEN i % 5000 = 0 THEN author.id END
	FROM generate_series(1, 1000000::bigint) AS i,
		LATERAL (SELECT timestamptz '2023-04-01' + i * interval '94 seconds' AS at) AS at,
		LATERAL (SELECT string_agg('v' || translate((40000 * power((hashint8(i * 6 + n) & 1048575) / 1048576.0::float8, 3))::int::text, '0123456789', 'bcdfghjklm'), ' ') AS words
			FROM generate_series(1, 6) AS n) AS said,
		(SELECT array_agg(ods_code ORDER BY ods_code) AS codes FROM organisation) AS o,
		(SELECT id FROM account WHERE email = 'reporter@staff.example') AS author`
