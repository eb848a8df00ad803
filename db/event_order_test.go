package db

import (
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"
	"pgregory.net/rapid"

	"lfpse/internal/event"
	"lfpse/internal/page"
)

// drawnPage is a page of records that are in any order, some of them without a
// day, many of the same time or rank.
func drawnPage(t *rapid.T) []event.Record {
	day := func(n int) *time.Time {
		if n == 0 {
			return nil
		}
		at := time.Date(2026, 11, n, 0, 0, 0, 0, time.UTC)
		return &at
	}
	page := make([]event.Record, rapid.IntRange(0, 12).Draw(t, "records"))
	for i := range page {
		n := rapid.IntRange(0, 3).Draw(t, "time")
		page[i] = event.Record{
			ID: uuid.UUID{15: byte(i)}, OccurredFrom: day(n), RecordedAt: day(n + 1), UpdatedAt: *day(n + 2),
			Rank: float64(rapid.IntRange(0, 2).Draw(t, "rank")),
		}
	}
	return page
}

// However rows come, a page is in order: by rank where there is one, then by time, none before
// all, then by id; and backwards where it is read so.
func TestAPageIsPutInOrder(t *testing.T) {
	words := "fall"
	rapid.Check(t, func(t *rapid.T) {
		listing := event.Listing{
			Filter: event.Filter{Search: &words}, Page: page.Request{Backward: rapid.Bool().Draw(t, "backward")},
			Order: event.Order{
				Field:     rapid.SampledFrom([]event.OrderField{event.ByRecordedAt, event.ByOccurredOn, event.ByUpdatedAt, event.ByHarm, event.ByRelevance}).Draw(t, "field"),
				Direction: rapid.SampledFrom([]event.Direction{event.Ascending, event.Descending}).Draw(t, "direction"),
			},
		}
		records := drawnPage(t)
		order := orderOf(listing, bareShows)
		order.arrange(records)
		key := func(r event.Record) string {
			at := r.RecordedAt
			switch listing.Order.Field {
			case event.ByOccurredOn:
				at = r.OccurredFrom
			case event.ByUpdatedAt:
				at = &r.UpdatedAt
			}
			key := ""
			if listing.Order.Field == event.ByHarm || listing.Order.Field == event.ByRelevance {
				key = string(rune('0' + int(r.Rank)))
			}
			if at != nil {
				key += at.Format(time.DateOnly)
			}
			return key + " " + r.ID.String()
		}
		keys := make([]string, len(records))
		for i, r := range records {
			keys[i] = key(r)
		}
		if (listing.Order.Direction == event.Descending) != listing.Page.Backward {
			slices.Reverse(keys)
		}
		if !slices.IsSorted(keys) {
			t.Errorf("the page is %q", keys)
		}
	})
}
