package event

import (
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"lfpse/internal/fault"
)

// day reads a day; nil for "".
func day(t testing.TB, text string) *time.Time {
	t.Helper()
	if text == "" {
		return nil
	}
	d, err := time.Parse(time.DateOnly, text)
	if err != nil {
		t.Fatal(err)
	}
	return &d
}

func at(t testing.TB, text string) *time.Time {
	t.Helper()
	instant, err := time.Parse(time.RFC3339, text)
	if err != nil {
		t.Fatal(err)
	}
	return &instant
}

func england(t testing.TB) *time.Location {
	t.Helper()
	zone, err := time.LoadLocation("Europe/London")
	if err != nil {
		t.Fatal(err)
	}
	return zone
}

// A chart is of whole intervals that are over, and of nothing outside what was asked for. It is
// half an hour into Sunday 18 October 2026 in England, where summer time lasts for another week.
func TestChartsAreOfWholeIntervals(t *testing.T) {
	now := *at(t, "2026-10-17T23:30:00Z")
	for name, of := range map[string]struct {
		interval ChartInterval
		from, to string
		filter   Filter
		by       DateField
		first    string
		last     string // the first day of the last interval
		points   int
	}{
		"the last two years":                             {ChartMonth, "", "", Filter{}, "", "2024-10-01", "2026-09-01", 24},
		"the last 24 weeks, but this one":                {ChartWeek, "", "", Filter{}, "", "2026-04-27", "2026-10-05", 24},
		"the last 24 days, but today":                    {ChartDay, "", "", Filter{}, "", "2026-09-24", "2026-10-17", 24},
		"as far back from another end":                   {ChartMonth, "", "2025-12-31", Filter{}, "", "2024-01-01", "2025-12-01", 24},
		"both days are of it":                            {ChartMonth, "2026-01-01", "2026-06-30", Filter{}, "", "2026-01-01", "2026-06-01", 6},
		"no month that begins before from":               {ChartMonth, "2025-12-02", "2026-06-30", Filter{}, "", "2026-01-01", "2026-06-01", 6},
		"no month that ends after to":                    {ChartMonth, "2026-01-01", "2026-07-30", Filter{}, "", "2026-01-01", "2026-06-01", 6},
		"no month that is not over":                      {ChartMonth, "2026-04-01", "2030-01-01", Filter{}, "", "2026-04-01", "2026-09-01", 6},
		"weeks from a Monday to a Sunday":                {ChartWeek, "2025-12-29", "2026-02-08", Filter{}, "", "2025-12-29", "2026-02-02", 6},
		"no week that begins before from":                {ChartWeek, "2025-12-30", "2026-02-15", Filter{}, "", "2026-01-05", "2026-02-09", 6},
		"no week that ends after to":                     {ChartWeek, "2025-12-29", "2026-02-14", Filter{}, "", "2025-12-29", "2026-02-02", 6},
		"as many as there may be":                        {ChartDay, "2025-01-01", "2026-05-15", Filter{}, "", "2025-01-01", "2026-05-15", 500},
		"from what the filter asks for, as days are":     {ChartMonth, "", "2026-07-31", Filter{RecordedFrom: at(t, "2026-01-31T23:00:00Z"), RecordedTo: at(t, "2026-07-31T23:00:00Z")}, "", "2026-02-01", "2026-07-01", 6},
		"but for a second, no whole day":                 {ChartDay, "", "", Filter{RecordedFrom: at(t, "2026-06-30T23:00:01Z"), RecordedTo: at(t, "2026-07-10T22:59:59Z")}, "", "2026-07-02", "2026-07-09", 8},
		"the narrower of both":                           {ChartDay, "2026-07-01", "2026-07-10", Filter{RecordedFrom: at(t, "2026-05-01T00:00:00Z"), RecordedTo: at(t, "2026-09-10T00:00:00Z")}, "", "2026-07-01", "2026-07-10", 10},
		"when it occurred, as the filter has it":         {ChartMonth, "", "", Filter{OccurredFrom: day(t, "2026-01-15"), OccurredTo: day(t, "2026-08-15")}, CountedByOccurredOn, "2026-02-01", "2026-07-01", 6},
		"when it was recorded, whenever it occurred":     {ChartMonth, "2026-01-01", "2026-06-30", Filter{OccurredFrom: day(t, "2026-05-15")}, "", "2026-01-01", "2026-06-01", 6},
		"when it occurred, whenever it was recorded":     {ChartMonth, "2026-01-01", "2026-06-30", Filter{RecordedFrom: at(t, "2026-05-15T00:00:00Z")}, CountedByOccurredOn, "2026-01-01", "2026-06-01", 6},
		"from the first day of PostgreSQL's calendar on": {ChartMonth, "", "0001-06-30", Filter{}, "", "0001-01-01", "0001-06-01", 6},
	} {
		t.Run(name, func(t *testing.T) {
			args := ChartArgs{Filter: &of.filter, Interval: of.interval, From: day(t, of.from), To: day(t, of.to), By: of.by}
			days, err := args.days(now, england(t))
			if err != nil {
				t.Fatal(err)
			}
			points := len(days) - 1
			first, last := days[0].Format(time.DateOnly), days[points-1].Format(time.DateOnly)
			if points != of.points || first != of.first || last != of.last {
				t.Errorf("%d from %s to %s, not %d from %s to %s", points, first, last, of.points, of.first, of.last)
			}
		})
	}
}

// What no chart can be drawn of is refused, with what to do about it.
func TestChartsThatAreRefused(t *testing.T) {
	now := *at(t, "2026-10-17T23:30:00Z")
	for name, of := range map[string]struct {
		interval       ChartInterval
		from, to, says string
	}{
		"too few":                    {ChartMonth, "2026-01-01", "2026-05-31", "at least 6 whole intervals"},
		"too few that are whole":     {ChartMonth, "2026-01-02", "2026-06-30", "give an earlier from"},
		"too few that are over":      {ChartMonth, "2026-05-01", "", "a later to"},
		"the end before the begin":   {ChartDay, "2026-05-01", "2026-04-30", "to lies before from"},
		"a time to come":             {ChartDay, "2027-05-01", "2028-05-01", "at least 6"},
		"too many":                   {ChartDay, "2025-01-01", "2026-05-16", "more than 500 intervals"},
		"as many as there are days":  {ChartDay, "0001-01-01", "9999-12-31", "give a later from, or a longer interval"},
		"before there was a January": {ChartMonth, "", "0001-01-30", "at least 6"},
	} {
		t.Run(name, func(t *testing.T) {
			args := ChartArgs{Interval: of.interval, From: day(t, of.from), To: day(t, of.to)}
			days, err := args.days(now, england(t))
			if fault.KindOf(err) != fault.BadUserInput || !strings.Contains(err.Error(), of.says) {
				t.Errorf("answered %d days and %v", len(days), err)
			}
		})
	}
}

// The interval that an instant is counted in, by the name that the dimension gives it, is the one that
// has the instant's day: every day is in exactly one, and they follow each other.
func TestIntervalsFollowEachOther(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		i := rapid.SampledFrom(chartIntervals()).Draw(r, "interval")
		some := time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, rapid.IntRange(-3000, 3000).Draw(r, "day"))
		begin := i.begin(some)
		next := i.later(begin, 1)
		if begin.After(some) || !next.After(some) || i.begin(next) != next || i.begin(next.AddDate(0, 0, -1)) != begin {
			r.Errorf("%s lies between %s and %s", some, begin, next)
		}
		if i.code(begin) != i.code(some) && i != ChartDay || i.code(next) == i.code(begin) {
			r.Errorf("%s is in %s, which begins as %s; then comes %s", some, i.code(some), i.code(begin), i.code(next))
		}
		if monday, ok := mondayOf(i.code(begin)); i == ChartWeek && (!ok || monday != begin) {
			r.Errorf("the week %s begins on %s, not %s", i.code(begin), begin, monday)
		}
	})
}

// An hour that summer time takes or gives belongs to the day that it is in.
func TestDaysBeginAtMidnightInEngland(t *testing.T) {
	zone := england(t)
	for _, of := range []struct{ day, start string }{
		{"2026-03-29", "2026-03-29T00:00:00Z"}, {"2026-03-30", "2026-03-29T23:00:00Z"},
		{"2026-10-25", "2026-10-24T23:00:00Z"}, {"2026-10-26", "2026-10-26T00:00:00Z"},
	} {
		if got := startOf(*day(t, of.day), zone); !got.Equal(*at(t, of.start)) {
			t.Errorf("%s begins at %s, not %s", of.day, got, of.start)
		}
		if got := dayOf(*at(t, of.start), zone); !got.Equal(*day(t, of.day)) {
			t.Errorf("%s is on %s, not %s", of.start, got, of.day)
		}
		if got := dayOf(at(t, of.start).Add(-time.Second), zone); !got.Equal(day(t, of.day).AddDate(0, 0, -1)) {
			t.Errorf("the second before %s is on %s", of.start, got)
		}
	}
}
