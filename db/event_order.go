package db

import (
	"bytes"
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/uptrace/bun"
	"github.com/uptrace/bun/schema"

	"lfpse/internal/authz"
	"lfpse/internal/event"
)

// listOrder is an order as SQL, in the direction in which the page is read: by
// rank where it has one, then by a time, then by id.
type listOrder struct {
	rank       schema.QueryWithArgs
	ranked     bool
	time       schema.QueryWithArgs
	id         schema.QueryWithArgs
	part       event.Parts // of a record, that the time is
	cast       string
	nullable   bool // a missing time counts as the smallest
	descending bool // as asked
	backward   bool
}

func orderOf(listing event.Listing, shows shower) listOrder {
	order := listOrder{
		time: bun.SafeQuery("e.recorded_at"), id: bun.SafeQuery("e.id"),
		cast: "timestamptz", part: event.PartIdentity,
		descending: listing.Order.Direction != event.Ascending, backward: listing.Page.Backward,
	}
	switch listing.Order.Field {
	case event.ByOccurredOn:
		order.time = bun.SafeQuery("CASE WHEN ? THEN e.occurred_from END", shows(authz.Structured))
		order.cast, order.nullable = "date", true
		order.part = event.PartOccurredFrom
	case event.ByUpdatedAt:
		order.time = bun.SafeQuery("e.updated_at")
		order.part = event.PartUpdatedAt
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

// keys are what the order compares of an event.
func (o listOrder) keys() []schema.QueryWithArgs {
	time := o.time
	if o.nullable {
		time = bun.SafeQuery("COALESCE(?, '-infinity')", time)
	}
	keys := []schema.QueryWithArgs{time, o.id}
	if o.ranked {
		keys = append([]schema.QueryWithArgs{o.rank}, keys...)
	}
	return keys
}

func (o listOrder) by() schema.QueryWithArgs {
	direction := " ASC"
	if o.descends() {
		direction = " DESC"
	}
	return listed(o.keys(), "?"+direction)
}

// columns are those of an area's rows, whose own are given.
func (o listOrder) columns(own schema.QueryWithArgs) schema.QueryWithArgs {
	if o.ranked {
		return bun.SafeQuery("?, ? AS rank", own, o.rank)
	}
	return own
}

// into is where such a row goes, after the number of its area.
func (o listOrder) into(own func(*shownRow) []any) func(*shownRow) []any {
	return func(r *shownRow) []any {
		into := append([]any{&r.Area}, own(r)...)
		if o.ranked {
			into = append(into, &r.Rank)
		}
		return into
	}
}

// descends tells whether a page is read from the largest on.
func (o listOrder) descends() bool { return o.descending != o.backward }

// arrange puts the records of a page in order. PostgreSQL hands each page on as
// it finds it, which is in order already: told to see to that, it sorts the rows
// of all pages, which takes it as long as finding them.
func (o listOrder) arrange(page []event.Record) {
	for i := 1; i < len(page); i++ {
		if o.compare(&page[i-1], &page[i]) > 0 {
			slices.SortFunc(page, func(a, b event.Record) int { return o.compare(&a, &b) })
			return
		}
	}
}

// compare answers which of two records comes first, as keys have it.
func (o listOrder) compare(a, b *event.Record) int {
	by := 0
	if o.ranked {
		by = cmp.Compare(a.Rank, b.Rank)
	}
	if by == 0 {
		by = compareTimes(o.timeOf(a), o.timeOf(b))
	}
	if by == 0 {
		by = bytes.Compare(a.ID[:], b.ID[:])
	}
	if o.descends() {
		return -by
	}
	return by
}

func (o listOrder) timeOf(r *event.Record) *time.Time {
	switch o.part {
	case event.PartOccurredFrom:
		return r.OccurredFrom
	case event.PartUpdatedAt:
		return &r.UpdatedAt
	}
	return r.RecordedAt
}

// compareTimes has a missing time be the smallest.
func compareTimes(a, b *time.Time) int {
	switch {
	case a == nil && b == nil:
		return 0
	case a == nil:
		return -1
	case b == nil:
		return 1
	}
	return a.Compare(*b)
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
	c.add("(?) "+comparison+" (?)", listed(o.keys(), "?"), listed(at, "?"))
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
