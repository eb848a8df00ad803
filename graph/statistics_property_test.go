package graph_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"

	"lfpse/db"
)

// Whatever is recorded, updated, withdrawn and moved between ICBs, counts and
// pages found by what is kept of areas are those found among all events, for every
// reader, before and after the areas are put in order.
func TestAreasKeepWhatIsFoundAmongAllEvents(t *testing.T) {
	t.Parallel()
	s := newService(t)
	h := &happenings{service: s, random: rand.New(rand.NewPCG(16, 20)), revisions: map[string]int{}}
	s.settle()
	for i := range 60 {
		h.happens()
		if i%3 == 0 {
			h.foldsOrSettles()
		}
		if i%20 == 19 {
			h.compare()
		}
	}
	var settling sync.WaitGroup
	for range 3 { // while several work at once
		h.moves()
		settling.Go(s.settle)
		for _, place := range []string{"RGT", "RR8", "RGM"} {
			settling.Go(func() {
				s.record(reporter, map[string]any{"kind": "INCIDENT", "description": "A fall.", "occurredAtOrganisations": []string{place}, "serviceArea": []string{"ACUTE", "MATERNITY"}})
			})
		}
		for range 5 {
			h.records()
			h.updates()
		}
		settling.Wait()
		h.compare()
	}
	s.settle()
	h.compare()
	if h.quick == 0 || h.lean == 0 {
		t.Errorf("%d were counted and %d listed by areas", h.quick, h.lean)
	}
	h.consistent()

	// As docs/operations.md has it, should anything ever be amiss.
	for _, sql := range []string{
		`UPDATE area_month SET events = events + 1`, `DELETE FROM event_area WHERE area <> 'N'`,
		`TRUNCATE event_area, area_month, area_month_change, area_member, area_moving, area_settled`,
	} {
		if _, err := s.db.ExecContext(t.Context(), sql); err != nil {
			t.Fatal(err)
		}
	}
	s.settle()
	h.compare()
	h.consistent()
}

// happenings are what goes on at random.
type happenings struct {
	*service
	random    *rand.Rand
	revisions map[string]int
	events    []string
	quick     int // statements that counted by months
	lean      int // and those that listed by areas alone
}

func pick[T any](h *happenings, from ...T) T { return from[h.random.IntN(len(from))] }

func (h *happenings) happens() {
	switch h.random.IntN(8) {
	case 0, 1, 2, 3:
		h.records()
	case 4, 5:
		h.updates()
	case 6:
		h.withdraws()
	default:
		h.moves()
	}
}

func (h *happenings) harm() []any {
	return []any{map[string]any{"physicalHarm": pick(h, "NONE", "LOW", "SEVERE"), "psychologicalHarm": pick(h, "NONE", "LOW")}}
}

func (h *happenings) records() {
	h.t.Helper()
	id, _ := h.record(pick(h, reporter, elsewhere), map[string]any{
		"kind": "INCIDENT", "description": "A fall.", "occurredOn": pick(h, "2026-03-29", "2026-10", "2025"), "patients": h.harm(),
		"occurredAtOrganisations": pick(h, nil, []string{"RGT"}, []string{"RR8", "RGM"}, []string{"RGM"}),
		"serviceArea":             pick(h, nil, []string{"ACUTE"}, []string{"ACUTE", "MATERNITY"}),
	})
	h.events, h.revisions[id] = append(h.events, id), 1
	// Some time ago, so that there are months, whose first and last hours lie on the other side of Greenwich's.
	at := pick(h, "2026-10-25 00:30:00+00", "2026-09-30 23:30:00+00", "2026-11-01 00:00:00+00", "2026-06-15 12:00:00+00", "2025-12-31 23:59:00+00")
	if _, err := h.db.ExecContext(h.t.Context(), `UPDATE event SET recorded_at = ? WHERE id = (SELECT id FROM event ORDER BY updated_at DESC LIMIT 1)`, at); err != nil {
		h.t.Fatal(err)
	}
}

func (h *happenings) updates() {
	if len(h.events) == 0 {
		return
	}
	id := pick(h, h.events...)
	patch := pick(h, map[string]any{"patients": h.harm()}, map[string]any{"occurredOn": pick(h, "2026-03-28", "2026-09", "2024")}, map[string]any{"serviceArea": pick(h, []string{}, []string{"ACUTE"}, []string{"MATERNITY", "ACUTE"})}, map[string]any{"occurredAtOrganisations": pick(h, []string{}, []string{"RR8"}, []string{"RGT", "RGM"})})
	for _, editor := range []string{reporter, elsewhere} {
		if h.update(editor, id, h.revisions[id], patch)["errors"] == nil {
			h.revisions[id]++
			return
		}
	}
}

func (h *happenings) withdraws() {
	if len(h.events) == 0 {
		return
	}
	id := pick(h, h.events...)
	for _, author := range []string{reporter, elsewhere} {
		h.withdrawn(author, id, h.revisions[id], "A mistake.")
	}
}

// moves gives an organisation to another ICB, as of always, or takes it out of its own.
func (h *happenings) moves() {
	h.t.Helper()
	_, err := h.db.ExecContext(h.t.Context(), `UPDATE organisation_icb SET icb = ?, valid_until = ? WHERE organisation = ?`,
		pick(h, "QUE", "QMM", "QWO"), pick[any](h, nil, nil, nil, "2020-01-01"), pick(h, "RGT", "RGM", "RR8"))
	if err == nil {
		_, err = h.db.ExecContext(h.t.Context(), `UPDATE geography_version SET version = version + 1`)
	}
	if err == nil {
		err = h.geography.Refresh(h.t.Context())
	}
	if err != nil {
		h.t.Fatal(err)
	}
}

func (h *happenings) foldsOrSettles() {
	h.t.Helper()
	if h.random.IntN(2) == 0 {
		h.settle()
		return
	}
	if err := db.NewAreas(h.own.DB).Fold(h.t.Context()); err != nil {
		h.t.Fatal(err)
	}
}

// compare asks the same of the areas as they are, and of none.
func (h *happenings) compare() {
	h.t.Helper()
	documents := h.documents()
	asItIs := h.answers(documents, true)
	for _, sql := range []string{`CREATE TABLE put_away AS TABLE area_settled`, `DELETE FROM area_settled`} {
		if _, err := h.db.ExecContext(h.t.Context(), sql); err != nil {
			h.t.Fatal(err)
		}
	}
	amongAll := h.answers(documents, false)
	for _, sql := range []string{`INSERT INTO area_settled TABLE put_away`, `DROP TABLE put_away`} {
		if _, err := h.db.ExecContext(h.t.Context(), sql); err != nil {
			h.t.Fatal(err)
		}
	}
	for i := range asItIs {
		if asItIs[i] != amongAll[i] {
			h.t.Fatalf("by areas\n%s\namong all events\n%s", asItIs[i], amongAll[i])
		}
	}
}

// ofAreas are fields that areas keep, of withdrawn events too.
const ofAreas = "reference kind status source occurredOn recordedAt physicalHarm psychologicalHarm organisation { odsCode } reporter { name }"

func (h *happenings) documents() []string {
	var documents []string
	for _, area := range []string{"", `region(odsCode: "Y61")`, `icb(odsCode: "QUE")`, `icb(odsCode: "QMM")`, `organisation(odsCode: "RGT")`, `organisation(odsCode: "RGM")`} {
		filter := pick(h, "{}", `{physicalHarm: [LOW, SEVERE]}`, `{kind: [INCIDENT], recordedFrom: "2026-09-30T23:00:00Z", recordedTo: "2026-11-02T00:00:00Z"}`,
			`{recordedFrom: "2026-10-10T00:00:00Z", recordedTo: "2026-10-25T00:45:00Z"}`, `{recordedTo: "2026-10-25T00:45:00Z"}`,
			`{recordedFrom: "2026-09-29T00:00:00Z", recordedTo: "2026-11-05T00:00:00Z"}`, `{recordedFrom: "2026-10-20T00:00:00Z", recordedTo: "2026-10-28T00:00:00Z"}`, `{serviceArea: [ACUTE]}`, `{psychologicalHarm: [LOW]}`,
			`{status: [WITHDRAWN]}`, `{region: ["Y61"]}`, `{icb: ["QUE"]}`, `{organisation: ["RGT"]}`, `{icb: ["QUE", "QWO"]}`, `{occurredFrom: "2026-03-29"}`)
		groups := pick(h, "[]", "[MONTH, KIND, PHYSICAL_HARM]", "[YEAR, STATUS]", "[DAY]", "[WEEK, PSYCHOLOGICAL_HARM]", "[ORGANISATION, SERVICE_AREA]", "[ICB, REGION, MONTH]", "[PHYSICAL_HARM]", "[SERVICE_AREA]",
			"[MONTH, SERVICE_AREA, STATUS]", "[SERVICE_AREA, PHYSICAL_HARM, YEAR]", "[KIND, INVOLVED_AGENT]", "[SAFETY_CHALLENGE, SERVICE_AREA]")
		fields := fmt.Sprintf(`eventStatistics(filter: %s, groupBy: %s, by: %s) { total groups { count keys { code } } }
			events(filter: %s, first: 7) { totalCount nodes { %s } pageInfo { hasNextPage } }`, filter, groups, pick(h, "RECORDED_AT", "OCCURRED_ON"), filter,
			pick(h, "id", "id "+ofAreas, "id "+ofAreas, "id "+ofAreas+" textView updatedAt"))
		document := "{ " + fields + fmt.Sprintf(` controlChart(filter: %s, interval: DAY, from: "2026-09-20", to: "2026-11-05") { mean points { from count } }`, filter) + " }"
		if area != "" {
			document = "{ " + area + " { " + fields + " } }"
		}
		documents = append(documents, document)
	}
	for _, filter := range []string{"{}", "{status: [WITHDRAWN]}"} {
		documents = append(documents, fmt.Sprintf(`{ events(filter: %s, first: 50) { nodes { id %s } } }`, filter, ofAreas))
	}
	return documents
}

func (h *happenings) answers(documents []string, count bool) (answers []string) {
	h.t.Helper()
	for _, reader := range []string{lead, readOnlyICB, readOnlyRegion, organisational, elsewhere, reporter, nobody} {
		for _, document := range documents {
			ctx, counter := db.CountStatements(h.t.Context())
			h.counted = ctx
			answer := h.raw(reader, document, nil)
			h.counted = nil
			if strings.Contains(answer, `"errors"`) {
				h.t.Fatalf("%s asked %s and was answered %s", reader, document, answer)
			}
			for _, shape := range counter.Shapes() {
				switch {
				case !count:
				case strings.Contains(shape, "area_month"):
					h.quick++
				case strings.Contains(shape, "AS page") && strings.Contains(shape, "event_area") && !strings.Contains(shape, "JOIN event "):
					h.lean++
				}
			}
			answers = append(answers, reader+" "+document+" "+answer)
		}
	}
	return answers
}

// keptOfEvents are what areas keep of an event as it has it.
const keptOfEvents = `e.recorded_at, e.reference, e.kind, e.status, e.source, e.physical_harm, e.psychological_harm, e.occurred_on, e.occurred_from, e.occurred_until, e.organisation, e.recorded_by`

// consistent looks at the tables themselves: each event stands once under each of its areas as it is, and months
// add up.
func (h *happenings) consistent() {
	h.t.Helper()
	var differences int
	err := h.db.NewRaw(`WITH wanted AS (
			SELECT DISTINCT m.area, e.id, `+keptOfEvents+` FROM event AS e
			JOIN area_member AS m ON m.organisation = e.organisation OR m.organisation = ANY(e.occurred_at_organisations) WHERE e.status <> 'DRAFT'
			UNION ALL SELECT 'N', e.id, `+keptOfEvents+` FROM event AS e WHERE e.status <> 'DRAFT'
		), kept AS (SELECT e.area, e.event_id, `+keptOfEvents+` FROM event_area AS e)
		SELECT count(*) FROM ((TABLE wanted EXCEPT TABLE kept) UNION ALL (TABLE kept EXCEPT TABLE wanted)) AS d`).Scan(h.t.Context(), &differences)
	if err != nil || differences != 0 {
		h.t.Errorf("%d rows differ from the events: %v", differences, err)
	}
	err = h.db.NewRaw(`WITH months AS (
			SELECT area, dimension, month, value, kind, status, physical_harm, sum(events)::bigint AS n, sum(first)::bigint FROM (
				SELECT area, dimension, month, value, kind, status, physical_harm, events, first FROM area_month
				UNION ALL SELECT area, dimension, month, value, kind, status, physical_harm, events, first FROM area_month_change
			) AS m GROUP BY 1, 2, 3, 4, 5, 6, 7 HAVING sum(events) <> 0 OR sum(first) <> 0
		), listed AS (
			SELECT x.area, d.dimension, date_trunc('month', x.recorded_at AT TIME ZONE 'Europe/London')::date AS month, x.kind, x.status, x.physical_harm, d.list
			FROM event_area AS x JOIN event AS e ON e.id = x.event_id CROSS JOIN LATERAL (VALUES ('', '{}'), ('SERVICE_AREA', e.service_areas),
				('INVOLVED_AGENT', e.involved_agents), ('SAFETY_CHALLENGE', e.safety_challenges)) AS d (dimension, list) WHERE d.dimension = '' OR x.area !~ '^O:'
		), counted AS (
			SELECT l.area, l.dimension, l.month, COALESCE(v.value, ''), l.kind, l.status, COALESCE(l.physical_harm, ''), count(*),
				count(*) FILTER (WHERE v.value IS NULL OR v.value = (SELECT min(least) FROM unnest(l.list) AS least))
			FROM listed AS l LEFT JOIN LATERAL (SELECT DISTINCT value FROM unnest(l.list) AS value) AS v ON TRUE GROUP BY 1, 2, 3, 4, 5, 6, 7
		) SELECT count(*) FROM ((TABLE months EXCEPT TABLE counted) UNION ALL (TABLE counted EXCEPT TABLE months)) AS d`).Scan(h.t.Context(), &differences)
	if err != nil || differences != 0 {
		h.t.Errorf("%d counts by month differ from the rows: %v", differences, err)
	}
}
