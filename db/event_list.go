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
// size, or none more, in the page's direction: one statement whatever the number of areas.
func (s *Events) List(ctx context.Context, scope authz.Scope, listing event.Listing) ([][]event.Record, error) {
	return s.pages(ctx, scope, listing, nil)
}

// Page answers the same of a listing of one area, in the room of records that nobody needs any more.
func (s *Events) Page(ctx context.Context, scope authz.Scope, listing event.Listing, room []event.Record) ([]event.Record, error) {
	pages, err := s.pages(ctx, scope, listing, room)
	if err != nil {
		return nil, err
	}
	return pages[0], nil
}

func (s *Events) pages(ctx context.Context, scope authz.Scope, listing event.Listing, room []event.Record) ([][]event.Record, error) {
	if listing.Order.Field == event.ByRecordedAt && isWhole(scope, listing) {
		if pages, err := s.list(ctx, scope, listing, kept(scope, listing), room); !isUnsettled(err) {
			return pages, err
		}
	}
	return s.list(ctx, scope, listing, everyEvent(), room)
}

func (s *Events) list(ctx context.Context, scope authz.Scope, listing event.Listing, from source, room []event.Record) ([][]event.Record, error) {
	rows, shows := scopeOf(scope, authz.Events)
	if listing.Anonymised {
		shows = anonymisedAlone(shows)
	}
	order := orderOf(listing, shows)
	if from.inOrder {
		order.time, order.id = bun.SafeQuery("x.recorded_at"), bun.SafeQuery("x.event_id")
	}
	parts, wanted := listing.Parts.And(order.part), listing.Page.Size+1
	if listing.Alone {
		wanted--
	}
	query := bun.SafeQuery(`SELECT area.i AS area, page.* FROM ? CROSS JOIN LATERAL (
			SELECT ? FROM ? WHERE ? AND ? AND ? AND ? ORDER BY ? LIMIT ?
		) AS page`,
		from.areas(listing), order.columns(shownColumns(shows, parts, listing.Texts)), from.table, from.where, from.admits(rows), matches(from, listing, shows),
		order.beyond(listing), order.by(), wanted)
	read := planned[shownRow] // the filter's values, or how large the areas are, may be what decides
	if from.indexed && !asksBeyond(listing) {
		read = prepared[shownRow]
	}
	pages, err := reading(ctx, s.db, func(ctx context.Context, q bun.IDB) ([][]event.Record, error) {
		pages := areaPages{of: make([][]event.Record, len(listing.Areas)), wanted: wanted}
		pages.of[0] = room[:0]
		return pages.of, read(ctx, q, query, order.into(shownInto(parts, listing.Texts)), func(row *shownRow) { pages.add(row, parts) })
	})
	if err != nil {
		return nil, err
	}
	for _, page := range pages {
		order.arrange(page)
	}
	return pages, nil
}

// areaPages are pages of events, one for each area.
type areaPages struct {
	of     [][]event.Record
	wanted int // rows of each
	room   []event.Record
}

// add adds a row. Records are large: pages that grew by doubling would copy them again and again, and rooms of a few
// of them waste some. Those of small pages stand beside each other.
func (p *areaPages) add(row *shownRow, parts event.Parts) {
	page := &p.of[row.Area]
	if *page == nil {
		n := min(p.wanted, mostAtOnce)
		if len(p.room) < n {
			p.room = make([]event.Record, min(n*len(p.of), mostAtOnce))
		}
		*page, p.room = p.room[:0:n], p.room[n:]
	}
	*page = append(*page, row.record(parts))
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

// matches makes the condition of a listing's filter and areas, as far as a source leaves it to be asked. What a
// reader is not shown of an event does not find it either.
func matches(from source, listing event.Listing, shows shower) schema.QueryWithArgs {
	listing = from.asks(listing)
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
		c.add("?", bun.SafeQuery("(e.organisation = ANY(?0) OR "+overlap(members, f.Search != nil)+")", pgdialect.Array(members)))
	}
	if listing.Own != nil {
		c.add("e.recorded_by = ?", *listing.Own)
	}
	if !from.narrowed {
		plainly(c, "e", f)
	}
	among(c, "e.specialty", f.Specialty)
	touches(c, "e.service_areas", f.ServiceArea)
	touches(c, "e.involved_agents", f.InvolvedAgents)
	touches(c, "e.safety_challenges", f.SafetyChallenges)
	if f.NeverEvent != nil {
		c.add("("+neverEventType+" IS NOT NULL) = ?", *f.NeverEvent)
	}
	if f.RequirementDueBefore != nil {
		c.add("EXISTS (SELECT FROM event_requirement AS q WHERE q.event_id = e.id AND q.open AND q.due_on < ?::date)", f.RequirementDueBefore.Format(time.DateOnly))
	}
	if f.RecordedElsewhere != nil {
		c.add("(e.occurred_at_organisations <@ ARRAY[e.organisation]) <> ?", *f.RecordedElsewhere)
	}
	return c.query()
}

// manyMembers is from how many organisations on rows that a search has found are
// compared with them by hash: && compares each with each.
const manyMembers = 10

// overlap is the condition that an event occurred at one of the organisations (?0).
// Below, and where nothing else finds the rows, an index does that has the lists.
func overlap(members []string, found bool) string {
	if found && len(members) >= manyMembers {
		return "EXISTS (SELECT FROM unnest(e.occurred_at_organisations) AS one WHERE one = ANY(?0))"
	}
	return "e.occurred_at_organisations && ?0"
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
