package db

import (
	"errors"
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
		where: c.query(), indexed: true, inOrder: true, each: "1", sum: "count(*)",
	}
}

// narrow is event_area itself.
func narrow() source {
	return source{table: bun.SafeQuery("(SELECT x.*, x.event_id AS id FROM event_area AS x) AS e"), where: bun.SafeQuery(ofArea("e")), indexed: true, bare: true, each: "1", sum: "count(*)"}
}

// bareParts are those of an event that event_area has.
const bareParts = event.PartIdentity | event.PartReference | event.PartKind | event.PartSource | event.PartOccurredOn | event.PartOccurredFrom |
	event.PartOrganisation | event.PartPhysicalHarm | event.PartPsychologicalHarm

// kept is where the events of a listing's areas are kept together: event_area alone, where it has all that is
// asked for and the reader is shown the answers of each.
func kept(scope authz.Scope, listing event.Listing) source {
	if listing.Parts.Within(bareParts) && !asksBeyond(listing) && scope.Shows(authz.Structured).AdmitsAll(withContent()) {
		return narrow()
	}
	return joined(listing)
}

// monthly is the counts of whole months, and event_area for what the filter takes
// of others. What is still to be added to the counts stands beside them. They are by the values of a list, or of
// none for "".
func monthly(f event.Filter, list event.Dimension) source {
	first, last := wholeMonths(f)
	months := &conditions{}
	months.add(ofArea("m")+" AND m.dimension = ?", string(list))
	if first != nil {
		months.add("m.month >= ?::date", first.String())
	}
	if last != nil {
		months.add("m.month < ?::date", last.String())
	}
	const counts = `SELECT m.month::timestamp AT TIME ZONE 'Europe/London' AS recorded_at, m.kind, m.status,
		NULLIF(m.physical_harm, '') AS physical_harm, m.value, m.events, m.first FROM `
	parts := []string{counts + "area_month AS m WHERE ?", counts + "area_month_change AS m WHERE ?"}
	args := []any{months.query(), months.query()}
	single := "SELECT x.recorded_at, x.kind, x.status, x.physical_harm, '', 1, 1 FROM event_area AS x WHERE ?"
	if list != "" {
		single = `SELECT x.recorded_at, x.kind, x.status, x.physical_harm, v.value, 1, CASE v.n WHEN 1 THEN 1 ELSE 0 END
			FROM event_area AS x CROSS JOIN LATERAL area_values(x.` + lists()[list] + `) AS v WHERE ?`
	}
	if first != nil {
		before := &conditions{}
		before.add(ofArea("x")+" AND x.recorded_at >= ? AND x.recorded_at < ?", f.RecordedFrom, first.Start())
		parts, args = append(parts, single), append(args, before.query())
	}
	if last != nil {
		from := last.Start()
		if first != nil && *first > *last { // no month lies wholly between them
			from = first.Start()
		}
		after := &conditions{}
		after.add(ofArea("x")+" AND x.recorded_at >= ? AND x.recorded_at < ?", from, f.RecordedTo)
		parts, args = append(parts, single), append(args, after.query())
	}
	return source{
		table: bun.SafeQuery("("+strings.Join(parts, " UNION ALL ")+") AS e", args...), where: bun.SafeQuery("TRUE"),
		indexed: true, bare: true, each: "e.events", sum: "sum(n)", valued: list,
	}
}

// lists are the columns of the dimensions that are lists.
func lists() map[event.Dimension]string {
	return map[event.Dimension]string{
		event.DimensionServiceArea: "service_areas", event.DimensionInvolvedAgent: "involved_agents",
		event.DimensionSafetyChallenge: "safety_challenges",
	}
}

// wholeMonths answers the first day of the first month, and of the month after the last, that lie wholly in
// the time that a filter asks for; nil for no bound.
func wholeMonths(f event.Filter) (first, last *organisation.Day) {
	if f.RecordedFrom != nil {
		month := monthOf(*f.RecordedFrom)
		if month.Start().Before(*f.RecordedFrom) {
			month = monthOf(month.Start().AddDate(0, 0, 40))
		}
		first = &month
	}
	if f.RecordedTo != nil {
		month := monthOf(*f.RecordedTo)
		last = &month
	}
	return first, last
}

// monthOf answers the first day of the month that an instant lies in.
func monthOf(at time.Time) organisation.Day {
	day, _ := time.Parse(time.DateOnly, organisation.DayOf(at).String())
	return organisation.Date(day.Year(), day.Month(), 1)
}

// admits is policy's condition over the source's rows. Said so, it decides the same, and
// PostgreSQL does not look for indexes of its own for what the area has already found.
func (s source) admits(rows schema.QueryWithArgs) schema.QueryWithArgs {
	switch {
	case s.bare:
		return bun.SafeQuery("TRUE")
	case s.indexed:
		return bun.SafeQuery("(?) IS TRUE", rows)
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
	return bun.SafeQuery(`(SELECT a.n - 1 AS i, COALESCE(s.area, area_index(a.key, a.digest)) AS key
			FROM unnest(?::text[], ?::text[]) WITH ORDINALITY AS a (key, digest, n)
			LEFT JOIN area_settled AS s ON s.area = a.key AND s.digest = a.digest) AS area`,
		pgdialect.Array(keys), pgdialect.Array(digests))
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
