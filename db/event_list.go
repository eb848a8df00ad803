package db

import (
	"context"
	"strings"
	"time"

	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/pgdialect"
	"github.com/uptrace/bun/schema"

	"lfpse/internal/authz"
	"lfpse/internal/event"
)

// mostAtOnce bounds how many rows of a list there is room for before any is there.
const mostAtOnce = 256

// List answers, for each area of the listing, one record more than the page's
// size, in the page's direction: one statement whatever the number of areas.
func (s *Events) List(ctx context.Context, scope authz.Scope, listing event.Listing) ([][]event.Record, error) {
	if listing.Order.Field == event.ByRecordedAt && isWhole(scope, listing) {
		if pages, err := s.list(ctx, scope, listing, joined(listing)); !isUnsettled(err) {
			return pages, err
		}
	}
	return s.list(ctx, scope, listing, everyEvent())
}

func (s *Events) list(ctx context.Context, scope authz.Scope, listing event.Listing, from source) ([][]event.Record, error) {
	rows, shows := scopeOf(scope, authz.Events)
	if listing.Anonymised {
		shows = anonymisedAlone(shows)
	}
	order := orderOf(listing, shows)
	if from.inOrder {
		order.time, order.id = bun.SafeQuery("x.recorded_at"), bun.SafeQuery("x.event_id")
	}
	query := bun.SafeQuery(`SELECT area.i AS area, page.* FROM ? CROSS JOIN LATERAL (
			SELECT ?, ? AS rank FROM ? WHERE ? AND ? AND ? AND ? ORDER BY ? LIMIT ?
		) AS page ORDER BY area.i, ?`,
		from.areas(listing), shownColumns(shows), order.rank, from.table, from.where, from.admits(rows), matches(from.asks(listing), shows), order.beyond(listing),
		order.by("e"), listing.Page.Size+1, order.by("page"))
	pages := make([][]event.Record, len(listing.Areas))
	each := func(row *shownRow) {
		page := &pages[row.Area]
		if *page == nil { // records are large: a slice that grows by doubling copies them again and again
			*page = make([]event.Record, 0, min(listing.Page.Size+1, mostAtOnce))
		}
		*page = append(*page, row.record())
	}
	if from.indexed && !asksBeyond(listing) {
		return pages, prepared(ctx, s.db, query, (*shownRow).pagedInto, each)
	}
	var found []shownRow // planned for these values: the filter's, or how large the areas are, may be what decides
	if err := s.db.NewRaw("?", query).Scan(ctx, &found); err != nil {
		return nil, err
	}
	for i := range found {
		each(&found[i])
	}
	return pages, nil
}

// Count answers how many events each area of the listing has.
func (s *Events) Count(ctx context.Context, scope authz.Scope, listing event.Listing) ([]int, error) {
	counting := event.Counting{Listing: listing, AtMost: 1}
	areas, err := s.Statistics(ctx, scope, counting)
	if err != nil {
		return nil, err
	}
	counts := make([]int, len(areas))
	for i, area := range areas {
		counts[i] = area.Total
	}
	return counts, nil
}

// areasOf makes a table of the areas' organisations, numbered from 0; members
// is null for an area without restriction.
func areasOf(listing event.Listing) schema.QueryWithArgs {
	values := make([]string, len(listing.Areas))
	args := make([]any, 0, 2*len(listing.Areas))
	for i, members := range listing.Areas {
		values[i] = "(?, ?::text[])"
		if members == nil {
			args = append(args, i, nil)
			continue
		}
		args = append(args, i, pgdialect.Array(members))
	}
	return bun.SafeQuery("(VALUES "+strings.Join(values, ", ")+") AS area (i, members)", args...)
}

// conditions gathers what a listing asks of an event.
type conditions struct {
	sql  []string
	args []any
}

func (c *conditions) add(sql string, args ...any) {
	c.sql = append(c.sql, sql)
	c.args = append(c.args, args...)
}

func (c *conditions) query() schema.QueryWithArgs {
	sql := strings.Join(c.sql, " AND ")
	if len(c.args) == 0 { // bun complains of arguments without a place, even of none
		return bun.SafeQuery(sql)
	}
	return bun.SafeQuery(sql, c.args...)
}

// among adds that a column has one of the values, where any are given.
func among[E ~string](c *conditions, column string, values []E) {
	if values != nil {
		c.add(column+" = ANY(?)", textArray(values))
	}
}

// touches adds that an array column shares a value with the values, where any
// are given.
func touches[E ~string](c *conditions, column string, values []E) {
	if values != nil {
		c.add(column+" && ?", textArray(values))
	}
}

// matches makes the condition of a listing's filter and areas. What a reader is not
// shown of an event does not find it either.
func matches(listing event.Listing, shows shower) schema.QueryWithArgs {
	f, c := listing.Filter, &conditions{}
	if listing.Drafts {
		c.add("e.status = 'DRAFT'")
	} else {
		c.add("e.status <> 'DRAFT'")
	}
	if f.AsksContent() {
		c.add("?", shows(authz.Structured))
	}
	if f.Search != nil {
		c.add("? AND e.search @@ ?", shows(authz.TextAnonymised), searchOf(*f.Search))
	}
	if len(listing.Areas) > 0 && listing.Areas[0] != nil {
		c.add("(e.organisation = ANY(area.members) OR e.occurred_at_organisations && area.members)")
	}
	for _, members := range listing.Within {
		c.add("(e.organisation = ANY(?) OR e.occurred_at_organisations && ?)", pgdialect.Array(members), pgdialect.Array(members))
	}
	if listing.Own != nil {
		c.add("e.recorded_by = ?", *listing.Own)
	}
	plainly(c, "e", f)
	among(c, "e.specialty", f.Specialty)
	touches(c, "e.service_areas", f.ServiceArea)
	touches(c, "e.involved_agents", f.InvolvedAgents)
	touches(c, "e.safety_challenges", f.SafetyChallenges)
	if f.NeverEvent != nil {
		c.add("EXISTS (SELECT FROM governance_answer AS g WHERE g.event_id = e.id AND g.kind = 'NEVER_EVENT') = ?", *f.NeverEvent)
	}
	if f.RequirementDueBefore != nil {
		c.add("EXISTS (SELECT FROM event_requirement AS q WHERE q.event_id = e.id AND q.open AND q.due_on < ?::date)", f.RequirementDueBefore.Format(time.DateOnly))
	}
	if f.RecordedElsewhere != nil {
		c.add("(e.occurred_at_organisations <@ ARRAY[e.organisation]) <> ?", *f.RecordedElsewhere)
	}
	return c.query()
}

// plainly adds what a filter asks of columns that event_area has too.
func plainly(c *conditions, alias string, f event.Filter) {
	among(c, alias+".kind", f.Kind)
	among(c, alias+".status", f.Status)
	among(c, alias+".source", f.Source)
	among(c, alias+".physical_harm", f.PhysicalHarm)
	among(c, alias+".psychological_harm", f.PsychologicalHarm)
	if f.OccurredFrom != nil {
		c.add(alias+".occurred_until >= ?::date", f.OccurredFrom.Format(time.DateOnly))
	}
	if f.OccurredTo != nil {
		c.add(alias+".occurred_from <= ?::date", f.OccurredTo.Format(time.DateOnly))
	}
	if f.RecordedFrom != nil {
		c.add(alias+".recorded_at >= ?", f.RecordedFrom)
	}
	if f.RecordedTo != nil {
		c.add(alias+".recorded_at < ?", f.RecordedTo)
	}
}

// listOrder is an order as SQL, in the direction in which the page is read: by
// rank where it has one, then by a time, then by id.
type listOrder struct {
	rank       schema.QueryWithArgs // of event e
	ranked     bool
	time       schema.QueryWithArgs // of event e
	id         schema.QueryWithArgs // of event e
	column     string               // the same, of the page
	cast       string
	nullable   bool // a missing time counts as the smallest
	descending bool // as asked
	backward   bool
}

func orderOf(listing event.Listing, shows shower) listOrder {
	order := listOrder{
		rank: bun.SafeQuery("0::float8"), time: bun.SafeQuery("e.recorded_at"), id: bun.SafeQuery("e.id"),
		column: "recorded_at", cast: "timestamptz",
		descending: listing.Order.Direction != event.Ascending, backward: listing.Page.Backward,
	}
	switch listing.Order.Field {
	case event.ByOccurredOn:
		order.time = bun.SafeQuery("CASE WHEN ? THEN e.occurred_from END", shows(authz.Structured))
		order.column, order.cast, order.nullable = "occurred_from", "date", true
	case event.ByUpdatedAt:
		order.time, order.column = bun.SafeQuery("e.updated_at"), "updated_at"
	case event.ByHarm:
		order.ranked = true
		order.rank = bun.SafeQuery(`(CASE WHEN ? THEN COALESCE(array_position(
			'{NONE,LOW,MODERATE,SEVERE,FATAL}'::text[], e.physical_harm), 0) ELSE 0 END)::float8`, shows(authz.Structured))
	case event.ByRelevance:
		order.ranked = true
		order.rank = bun.SafeQuery("ts_rank_cd(e.search, ?)::float8", searchOf(*listing.Filter.Search))
	}
	return order
}

// keys are what the order compares, of event e or of a page of such.
func (o listOrder) keys(alias string) []schema.QueryWithArgs {
	rank, time, id := o.rank, o.time, o.id
	if alias != "e" {
		rank, time, id = bun.SafeQuery(alias+".rank"), bun.SafeQuery(alias+"."+o.column), bun.SafeQuery(alias+".id")
	}
	if o.nullable {
		time = bun.SafeQuery("COALESCE(?, '-infinity')", time)
	}
	keys := []schema.QueryWithArgs{time, id}
	if o.ranked {
		keys = append([]schema.QueryWithArgs{rank}, keys...)
	}
	return keys
}

// by is the ORDER BY of the page as it is read: backwards for last/before.
func (o listOrder) by(alias string) schema.QueryWithArgs {
	direction := " ASC"
	if o.descending != o.backward {
		direction = " DESC"
	}
	return listed(o.keys(alias), "?"+direction)
}

// listed joins parts, each in the form, by commas.
func listed[T any](parts []T, form string) schema.QueryWithArgs {
	args := make([]any, len(parts))
	for i, part := range parts {
		args[i] = part
	}
	return bun.SafeQuery(form+strings.Repeat(", "+form, len(parts)-1), args...)
}

// beyond is the condition that the cursors put on an event.
func (o listOrder) beyond(listing event.Listing) schema.QueryWithArgs {
	c := &conditions{}
	c.add("TRUE")
	o.bound(c, listing.After, o.descending)
	o.bound(c, listing.Before, !o.descending)
	return c.query()
}

func (o listOrder) bound(c *conditions, p *event.Position, smaller bool) {
	if p == nil {
		return
	}
	comparison := ">"
	if smaller {
		comparison = "<"
	}
	at := []schema.QueryWithArgs{bun.SafeQuery("?::"+o.cast, o.value(p)), bun.SafeQuery("?::uuid", p.ID)}
	if o.ranked {
		at = append([]schema.QueryWithArgs{bun.SafeQuery("?::float8", p.Rank)}, at...)
	}
	c.add("(?) "+comparison+" (?)", listed(o.keys("e"), "?"), listed(at, "?"))
}

func (o listOrder) value(p *event.Position) string {
	switch {
	case p.Value == nil:
		return "-infinity"
	case o.cast == "date":
		return p.Value.Format(time.DateOnly)
	}
	return p.Value.UTC().Format(time.RFC3339Nano)
}
