package db

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/pgdialect"
	"github.com/uptrace/bun/schema"

	"lfpse/internal/authz"
	"lfpse/internal/event"
	"lfpse/internal/organisation"
)

// source is where a listing's events are found: rows that are called e, beside an area.
// Which one it is changes how soon they are found and never which they are.
type source struct {
	table schema.QueryWithArgs
	// where is what makes the rows those of the area.
	where schema.QueryWithArgs
	// indexed says that where has the area's events already.
	indexed bool
	// inOrder says that there is an x, which has them in the order of recording.
	inOrder bool
	// each is how many events a row stands for, and sum adds up n of those.
	each, sum string
	// valued is the dimension whose value a row has, where it has one: a list of the event's. Then first is of how
	// many of its events it is the first row.
	valued event.Dimension
	// bare rows have no more than event_area's columns.
	bare bool
	// narrowed says that where asks what plainly does, and timed that the rows are of the time that is asked for.
	narrowed, timed bool
}

// everyEvent finds the events of an area among all.
func everyEvent() source {
	return source{table: bun.SafeQuery("event AS e"), where: bun.SafeQuery("TRUE"), each: "1", sum: "count(*)"}
}

// ofArea is the condition that rows are of the area.
func ofArea(alias string) string { return alias + ".area = area.key" }

// joined finds the events of an area by event_area, whose columns it looks at first.
func joined(listing event.Listing) source {
	c := &conditions{}
	c.add(ofArea("x"))
	plainly(c, "x", listing.Filter)
	return source{
		table: bun.SafeQuery("event_area AS x JOIN event AS e ON e.id = x.event_id"),
		where: c.query(), indexed: true, inOrder: true, narrowed: true, each: "1", sum: "count(*)",
	}
}

// narrow is event_area itself.
func narrow() source {
	return source{table: bun.SafeQuery("(SELECT x.*, x.event_id AS id FROM event_area AS x) AS e"), where: bun.SafeQuery(ofArea("e")), indexed: true, bare: true, each: "1", sum: "count(*)"}
}

// bareParts are those of an event that event_area has.
const bareParts = event.PartIdentity | event.PartReference | event.PartKind | event.PartSource | event.PartOccurredOn | event.PartOccurredFrom |
	event.PartOrganisation | event.PartPhysicalHarm | event.PartPsychologicalHarm | event.PartReporter | event.PartPeople

// kept is where the events of a listing's areas are kept together: event_area alone, where it has all that is
// asked for, and what policy looks at to decide about it, and the reader is shown the answers of each.
func kept(scope authz.Scope, listing event.Listing) source {
	if !listing.Parts.Within(bareParts) || asksBeyond(listing) || !scope.Shows(authz.Structured).AdmitsAll(withContent()) {
		return joined(listing)
	}
	if listing.Parts.Has(event.PartPeople) && !isOfBareColumns(scope.Shows(authz.People)) {
		return joined(listing)
	}
	return narrow()
}

// isOfBareColumns tells whether a condition looks at nothing of an event but what event_area has and policy is about.
func isOfBareColumns(f authz.Filter) bool {
	sql, _ := f.SQL()
	for rest, found := sql, true; ; {
		if _, rest, found = strings.Cut(rest, "e."); !found {
			return true
		}
		column := rest[:len(rest)-len(strings.TrimLeft(rest, "abcdefghijklmnopqrstuvwxyz_"))]
		if column != "recorded_by" && column != "status" && column != "organisation" {
			return false
		}
	}
}

// monthly is the counts of whole months, and event_area for what the filter takes
// of others. What is still to be added to the counts stands beside them. They are by the values of a list, or of
// none for "".
func monthly(f event.Filter, list event.Dimension) source {
	const counts = `SELECT m.month::timestamp AT TIME ZONE 'Europe/London' AS recorded_at, m.kind, m.status,
		NULLIF(m.physical_harm, '') AS physical_harm, m.value, m.events, m.first FROM `
	span := wholeMonths(f)
	months := &conditions{}
	months.add(ofArea("m")+" AND m.dimension = ?", string(list))
	if span.first != nil {
		months.add("m.month >= ?::date", span.first.String())
	}
	if span.after != nil {
		months.add("m.month < ?::date", span.after.String())
	}
	var parts []string
	var args []any
	if !span.none {
		parts = []string{counts + "area_month AS m WHERE ?", counts + "area_month_change AS m WHERE ?"}
		args = []any{months.query(), months.query()}
	}
	for _, rest := range span.rests {
		single := &conditions{}
		single.add(ofArea("x")+" AND x.recorded_at >= ? AND x.recorded_at < ?", rest.from, rest.to)
		parts, args = append(parts, singles(list, rest.events)), append(args, single.query())
	}
	return source{
		table: bun.SafeQuery("("+strings.Join(parts, " UNION ALL ")+") AS e", args...), where: bun.SafeQuery("TRUE"),
		indexed: true, bare: true, timed: true, each: "e.events", sum: "sum(n)", valued: list,
	}
}

// singles selects single events as counts are, each as one or, where it is among counts and not asked for, as minus one.
func singles(list event.Dimension, events int) string {
	if list == "" {
		return fmt.Sprintf("SELECT x.recorded_at, x.kind, x.status, x.physical_harm, '' AS value, %[1]d AS events, %[1]d AS first FROM event_area AS x WHERE ?", events)
	}
	return fmt.Sprintf(`SELECT x.recorded_at, x.kind, x.status, x.physical_harm, v.value, %[1]d AS events, CASE v.n WHEN 1 THEN %[1]d ELSE 0 END AS first
		FROM event_area AS x CROSS JOIN LATERAL area_values(x.%[2]s) AS v WHERE ?`, events, lists()[list])
}

// lists are the columns of the dimensions that are lists.
func lists() map[event.Dimension]string {
	return map[event.Dimension]string{
		event.DimensionServiceArea: "service_areas", event.DimensionInvolvedAgent: "involved_agents",
		event.DimensionSafetyChallenge: "safety_challenges",
	}
}

// monthSpan is a time as whole months, and what is to be added to them or taken from them.
type monthSpan struct {
	// first is the first day of the first month, and after that of the month after the last; nil for no bound.
	first, after *organisation.Day
	none         bool // no month
	rests        []rest
}

// rest is a part of a month, whose events are counted as one or minus one each.
type rest struct {
	from, to time.Time
	events   int
}

// wholeMonths answers the time that a filter asks for as those months of which it has most, so that at either end
// half a month is looked at and no more.
func wholeMonths(f event.Filter) monthSpan {
	var span monthSpan
	if f.RecordedFrom != nil {
		first := nearestMonth(*f.RecordedFrom)
		span.first = &first
	}
	if f.RecordedTo != nil {
		after := nearestMonth(*f.RecordedTo)
		span.after = &after
	}
	if span.first != nil && span.after != nil && *span.first >= *span.after {
		return monthSpan{none: true, rests: []rest{{from: *f.RecordedFrom, to: *f.RecordedTo, events: 1}}}
	}
	if span.first != nil {
		span.rest(*f.RecordedFrom, span.first.Start())
	}
	if span.after != nil {
		span.rest(span.after.Start(), *f.RecordedTo)
	}
	return span
}

// rest adds what lies between two instants, or takes it away where they are the other way round.
func (s *monthSpan) rest(from, to time.Time) {
	switch from.Compare(to) {
	case -1:
		s.rests = append(s.rests, rest{from, to, 1})
	case 1:
		s.rests = append(s.rests, rest{to, from, -1})
	}
}

// nearestMonth answers the first day of the month whose beginning is nearest to an instant.
func nearestMonth(at time.Time) organisation.Day {
	month := monthOf(at)
	next := monthOf(month.Start().AddDate(0, 0, 40))
	if at.Sub(month.Start()) > next.Start().Sub(at) {
		return next
	}
	return month
}

// monthOf answers the first day of the month that an instant lies in.
func monthOf(at time.Time) organisation.Day {
	day, _ := time.Parse(time.DateOnly, organisation.DayOf(at).String())
	return organisation.Date(day.Year(), day.Month(), 1)
}

// admits is policy's condition over the source's rows. Who is given an area's own rows is admitted to all of
// them that were submitted (see isWhole); to compare each with hundreds of organisations once more takes as long
// as finding it.
func (s source) admits(rows schema.QueryWithArgs) schema.QueryWithArgs {
	switch {
	case s.bare:
		return bun.SafeQuery("TRUE")
	case s.indexed:
		return bun.SafeQuery("e.status IN ('" + strings.Join(submitted(), "', '") + "')")
	}
	return rows
}

// bareShows is what rows of event_area show to a reader who is shown the answers of every
// event that has any: those, and nothing else.
func bareShows(class authz.Class) schema.QueryWithArgs {
	if class != authz.Structured {
		return condition(authz.Filter{})
	}
	return bun.SafeQuery("e.status <> 'WITHDRAWN'")
}

// asks is what is left to be asked of the source's rows.
func (s source) asks(listing event.Listing) event.Listing {
	if !s.indexed {
		listing.Indexed = nil
		return listing
	}
	if listing.Indexed[0].Within {
		listing.Within = nil
	}
	listing.Areas = nil
	if s.timed {
		listing.Filter.RecordedFrom, listing.Filter.RecordedTo = nil, nil
	}
	return listing
}

// areas makes a table of the listing's areas, as the source looks for them.
func (s source) areas(listing event.Listing) schema.QueryWithArgs {
	if s.indexed {
		return indexedAreas(listing.Indexed)
	}
	return areasOf(listing)
}

// indexedAreas makes a table of areas as the store calls them, numbered from 0. The statement fails where rows are
// not settled as their area now is: see isUnsettled. Of many areas that is looked up at once, and the function
// called for those alone of which it is not so.
func indexedAreas(areas []event.Indexed) schema.QueryWithArgs {
	if len(areas) == 1 { // which PostgreSQL takes for what it is: one row
		return bun.SafeQuery("(SELECT 0 AS i, area_index(?::text, ?::text) AS key) AS area", areas[0].Key, areas[0].Digest)
	}
	keys, digests := make([]string, len(areas)), make([]string, len(areas))
	for i, area := range areas {
		keys[i], digests[i] = area.Key, area.Digest
	}
	// PostgreSQL takes a list for few and a series for many, which it looks up by hash.
	return bun.SafeQuery(`(SELECT a.n - 1 AS i, COALESCE(s.area, area_index(a.key, a.digest)) AS key
			FROM ROWS FROM (unnest(?::text[]), unnest(?::text[]), generate_series(1, ?::int)) AS a (key, digest, n)
			LEFT JOIN area_settled AS s ON s.area = a.key AND s.digest = a.digest) AS area`,
		pgdialect.Array(keys), pgdialect.Array(digests), len(areas))
}

// submitted are the statuses of events that were submitted.
func submitted() []string {
	return append(withContent(), string(event.StatusWithdrawn))
}

// withContent are the statuses of those whose content can be shown.
func withContent() []string {
	return []string{string(event.StatusSubmitted), string(event.StatusUnderReview), string(event.StatusReviewed)}
}

// isWhole tells whether the reader sees every event of each of the listing's areas, so
// that the areas' own rows are theirs too. Policy's condition for rows says so by itself; the areas' organisations
// are those of now, and what is kept by others is not used.
func isWhole(scope authz.Scope, listing event.Listing) bool {
	if len(listing.Indexed) == 0 || scope.Noun() != authz.Events {
		return false
	}
	rows, statuses := scope.Rows(), submitted()
	if rows.AdmitsAll(statuses) {
		return true
	}
	for _, area := range listing.Indexed {
		if area.Everywhere || !rows.AdmitsAllOf(area.Members, statuses) {
			return false
		}
	}
	return true
}

// isUnsettled tells whether a statement failed because an area's rows are of other
// organisations than it now holds: see area_index.
func isUnsettled(err error) bool {
	var failed *pgconn.PgError
	return errors.As(err, &failed) && failed.Code == "LF001"
}
