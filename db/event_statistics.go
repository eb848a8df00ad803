package db

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/pgdialect"
	"github.com/uptrace/bun/schema"

	"lfpse/internal/authz"
	"lfpse/internal/event"
)

// countedRow is a group of an area, or, where it is whole, all of the area.
type countedRow struct {
	Area       int
	K0, K1, K2 *string
	Events     int
	Whole      bool
}

// into is where the row goes.
func (r *countedRow) into() []any {
	return []any{&r.Area, &r.K0, &r.K1, &r.K2, &r.Events, &r.Whole}
}

// Statistics answers how many events each area of the counting has, in all and
// by its dimensions: one statement whatever the number of areas.
func (s *Events) Statistics(ctx context.Context, scope authz.Scope, counting event.Counting) ([]event.Counted, error) {
	if isWhole(scope, counting.Listing) {
		counted, err := s.statistics(ctx, scope, counting, quickest(scope, counting))
		if !isUnsettled(err) {
			return counted, err
		}
	}
	return s.statistics(ctx, scope, counting, everyEvent())
}

// quickest answers the source that has the fewest rows to add up, of those that
// have what the counting asks for.
func quickest(scope authz.Scope, counting event.Counting) source {
	f := counting.Filter
	byMonth := !asksBeyondMonths(f) && !isByOccurrence(counting)
	switch {
	case !scope.Shows(authz.Structured).AdmitsAll(withContent()) || asksBeyond(counting.Listing):
		return joined(counting.Listing)
	case byMonth && isByList(counting):
		return monthly(f, listOf(counting))
	case !hasAll(counting, bareDimensions()):
		return joined(counting.Listing)
	case !byMonth || !hasAll(counting, monthDimensions()):
		return narrow()
	default:
		return monthly(f, "")
	}
}

// isByOccurrence tells whether a counting is by when events occurred: months are of recording.
func isByOccurrence(counting event.Counting) bool {
	return counting.By == event.CountedByOccurredOn && slices.ContainsFunc(counting.Dimensions, event.Dimension.IsDate)
}

// asksBeyondMonths tells whether a filter asks for what counts by month do not have.
func asksBeyondMonths(f event.Filter) bool {
	return f.Source != nil || f.PsychologicalHarm != nil || f.OccurredFrom != nil || f.OccurredTo != nil
}

// isByList tells whether a counting is by the values of one list, beside what
// months are counted by, and of areas that are counted so: of ICBs and larger.
func isByList(counting event.Counting) bool {
	for _, area := range counting.Indexed {
		if strings.HasPrefix(area.Key, "O:") {
			return false
		}
	}
	list := listOf(counting)
	return list != "" && hasAll(counting, append(monthDimensions(), list))
}

// listOf answers the first of a counting's dimensions that is a list; "" for none.
func listOf(counting event.Counting) event.Dimension {
	for _, d := range counting.Dimensions {
		if d.Overlaps() {
			return d
		}
	}
	return ""
}

// asksBeyond tells whether a listing asks for what event_area does not have.
func asksBeyond(listing event.Listing) bool {
	f := listing.Filter
	return len(listing.Within) > 0 && !listing.Indexed[0].Within || f.ServiceArea != nil || f.Specialty != nil ||
		f.InvolvedAgents != nil || f.SafetyChallenges != nil || f.Search != nil || f.RecordedElsewhere != nil ||
		f.NeverEvent != nil || f.RequirementDueBefore != nil
}

// monthDimensions are those by which counts by month can be added up.
func monthDimensions() []event.Dimension {
	return []event.Dimension{
		event.DimensionKind, event.DimensionStatus, event.DimensionPhysicalHarm, event.DimensionMonth, event.DimensionYear,
	}
}

// bareDimensions are those that event_area has.
func bareDimensions() []event.Dimension {
	return append(monthDimensions(), event.DimensionSource, event.DimensionPsychologicalHarm, event.DimensionDay, event.DimensionWeek,
		event.DimensionOrganisation, event.DimensionICB, event.DimensionRegion)
}

// hasAll tells whether a counting's dimensions are among those given.
func hasAll(counting event.Counting, among []event.Dimension) bool {
	return !slices.ContainsFunc(counting.Dimensions, func(d event.Dimension) bool { return !slices.Contains(among, d) })
}

func (s *Events) statistics(ctx context.Context, scope authz.Scope, counting event.Counting, from source) ([]event.Counted, error) {
	rows, shows := scopeOf(scope, authz.Events)
	if from.bare {
		shows = bareShows
	}
	sides := sidesOf(counting, from.valued, shows)
	query := bun.SafeQuery(`SELECT area.i AS area, counted.* FROM ? CROSS JOIN LATERAL (
			? FROM (SELECT ? AS k0, ? AS k1, ? AS k2, ? AS once, ? AS n FROM ? ? WHERE ? AND ? AND ?) AS one ?
		) AS counted LIMIT ?`,
		from.areas(counting.Listing), sides.counts(from), sides.keys[0], sides.keys[1], sides.keys[2], bun.SafeQuery(sides.once()),
		bun.SafeQuery(from.each), from.table, sides.joins.query(), from.where, from.admits(rows), matches(from, counting.Listing, shows), sides.groups(from),
		counting.AtMost+len(counting.Areas)+1)
	var found []countedRow
	var err error
	if from.bare { // it has the area's rows in one way only
		found, err = readPrepared(ctx, s.db, query, (*countedRow).into, func(row *countedRow) countedRow { return *row })
	} else {
		found, err = readRows[countedRow](ctx, s.db, "?", query)
	}
	if err != nil {
		return nil, err
	}
	return counted(found, counting), nil
}

// counted sorts rows by area.
func counted(found []countedRow, counting event.Counting) []event.Counted {
	areas := make([]event.Counted, len(counting.Areas))
	for _, row := range found {
		area := &areas[row.Area]
		switch {
		case row.Whole:
			area.Total = row.Events
		default:
			keys := []*string{row.K0, row.K1, row.K2}
			area.Groups = append(area.Groups, event.CountedGroup{Keys: keys[:len(counting.Dimensions)], Count: row.Events})
		}
	}
	return areas
}

// sides are a counting's dimensions as SQL of event e: a key for each, and what
// is joined for them.
type sides struct {
	n      int // how many there are
	keys   [3]schema.QueryWithArgs
	joins  joins
	firsts []string // conditions under which a row is an event's first
	// valued is the dimension whose value rows have already: see source.
	valued event.Dimension
}

// joins gathers what stands beside event e.
type joins struct {
	sql  []string
	args []any
}

func (j *joins) add(sql string, args ...any) {
	j.sql = append(j.sql, sql)
	j.args = append(j.args, args...)
}

func (j *joins) query() schema.QueryWithArgs {
	if len(j.args) == 0 {
		return bun.SafeQuery(strings.Join(j.sql, " "))
	}
	return bun.SafeQuery(strings.Join(j.sql, " "), j.args...)
}

// once is the condition under which a row is counted in the total: where a
// dimension makes several rows of an event, the first of each. Rows that stand for several events say of how many
// they are the first.
func (s *sides) once() string {
	if s.valued != "" {
		return "e.first"
	}
	if len(s.firsts) == 0 {
		return "TRUE"
	}
	return strings.Join(s.firsts, " AND ")
}

// counts selects the groups, and all of them together as whole.
func (s *sides) counts(from source) schema.QueryWithArgs {
	if s.n == 0 {
		return bun.SafeQuery("SELECT NULL AS k0, NULL AS k1, NULL AS k2, COALESCE(" + from.sum + ", 0)::bigint AS events, TRUE AS whole")
	}
	whole := from.sum + " FILTER (WHERE once)"
	if s.valued != "" {
		whole = "sum(once)"
	}
	return bun.SafeQuery(`SELECT k0, k1, k2, COALESCE(CASE WHEN GROUPING(k0, k1, k2) = 0 THEN ` + from.sum + ` ELSE ` + whole + ` END, 0)::bigint AS events,
		GROUPING(k0, k1, k2) <> 0 AS whole`)
}

// groups makes the groups. Counts by month may add up to none.
func (s *sides) groups(from source) schema.QueryWithArgs {
	if s.n == 0 {
		return bun.SafeQuery("")
	}
	return bun.SafeQuery("GROUP BY GROUPING SETS ((k0, k1, k2), ()) HAVING GROUPING(k0, k1, k2) <> 0 OR " + from.sum + " <> 0")
}

// neverEventType is the type of never event that an event (e) was declared to be
// of last; NULL for none, and where that was taken back.
const neverEventType = `(SELECT g.content->>'type' FROM governance_answer AS g
	WHERE g.event_id = e.id AND g.kind = 'NEVER_EVENT' ORDER BY g.number DESC LIMIT 1)`

// sidesOf makes the dimensions of a counting. What a reader is not shown of an
// event is no value in it.
func sidesOf(counting event.Counting, valued event.Dimension, shows shower) *sides {
	s := &sides{n: len(counting.Dimensions), valued: valued}
	for i := range s.keys {
		s.keys[i] = bun.SafeQuery("NULL::text")
	}
	if len(counting.Homes.Organisations) > 0 {
		s.joins.add(`LEFT JOIN unnest(?::text[], ?::text[], ?::text[]) AS home (organisation, icb, region) ON home.organisation = e.organisation`,
			pgdialect.Array(counting.Homes.Organisations), pgdialect.Array(counting.Homes.ICBs), pgdialect.Array(counting.Homes.Regions))
	}
	for i, d := range counting.Dimensions {
		s.keys[i] = s.side(d, counting, shows)
	}
	return s
}

func (s *sides) side(d event.Dimension, counting event.Counting, shows shower) schema.QueryWithArgs {
	if d.Overlaps() && d == s.valued {
		return shown("NULLIF(e.value, '')", shows)
	}
	if d.Overlaps() {
		return s.unnested(d, shows)
	}
	switch d {
	case event.DimensionKind:
		return bun.SafeQuery("e.kind")
	case event.DimensionStatus:
		return bun.SafeQuery("e.status")
	case event.DimensionSource:
		return bun.SafeQuery("e.source")
	case event.DimensionOrganisation:
		return bun.SafeQuery("e.organisation")
	case event.DimensionICB, event.DimensionRegion:
		if len(counting.Homes.Organisations) == 0 {
			return bun.SafeQuery("NULL::text")
		}
		return bun.SafeQuery("NULLIF(home." + map[event.Dimension]string{event.DimensionICB: "icb", event.DimensionRegion: "region"}[d] + ", '')")
	case event.DimensionNeverEventType: // whoever sees the event sees it
		return bun.SafeQuery(neverEventType)
	case event.DimensionSpecialty:
		return shown("e.specialty", shows)
	case event.DimensionPhysicalHarm:
		return shown("e.physical_harm", shows)
	case event.DimensionPsychologicalHarm:
		return shown("e.psychological_harm", shows)
	}
	if counting.By == event.CountedByOccurredOn {
		return shown(occurredSide(d), shows)
	}
	return bun.SafeQuery(recordedSide(d))
}

// shown is a value where the reader is shown the answers of the event, else NULL.
func shown(sql string, shows shower) schema.QueryWithArgs {
	return bun.SafeQuery("CASE WHEN ? THEN "+sql+" END", shows(authz.Structured))
}

// unnested joins the values of a list, each once, or one row without a value for an empty list.
func (s *sides) unnested(d event.Dimension, shows shower) schema.QueryWithArgs {
	column := lists()[d]
	s.joins.add(fmt.Sprintf(`LEFT JOIN LATERAL (SELECT value, row_number() OVER (ORDER BY value) AS n
		FROM (SELECT DISTINCT value FROM unnest(CASE WHEN ? THEN e.%[1]s END) AS value) AS each) AS %[1]s ON TRUE`, column),
		shows(authz.Structured))
	s.firsts = append(s.firsts, fmt.Sprintf("COALESCE(%s.n, 1) = 1", column))
	return bun.SafeQuery(column + ".value")
}

// dateForm is how a dimension writes dates.
func dateForm(d event.Dimension) string {
	return map[event.Dimension]string{
		event.DimensionDay: "YYYY-MM-DD", event.DimensionWeek: `IYYY-"W"IW`, event.DimensionMonth: "YYYY-MM", event.DimensionYear: "YYYY",
	}[d]
}

// recordedSide is the date of recording in England's time, as far as a dimension goes.
func recordedSide(d event.Dimension) string {
	return fmt.Sprintf("to_char(e.recorded_at AT TIME ZONE 'Europe/London', '%s')", dateForm(d))
}

// occurredSide is the date on which an event happened, as far as a dimension goes; NULL where
// less of it is known, so that the first and the last day that it can mean are written differently.
func occurredSide(d event.Dimension) string {
	return fmt.Sprintf("CASE WHEN to_char(e.occurred_from, '%[1]s') = to_char(e.occurred_until, '%[1]s') THEN to_char(e.occurred_from, '%[1]s') END", dateForm(d))
}
