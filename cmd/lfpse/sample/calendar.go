package sample

import (
	"math"
	"math/rand/v2"
	"time"

	"lfpse/internal/event"
)

// A calendar says when things happen and when they are recorded.
type calendar struct {
	today time.Time // midnight, in zone: the day after the last
	zone  *time.Location
}

// period is how many days back sample events go; recent is how many days those
// that are meant to be met with first do.
const (
	period = 2 * 365
	recent = 21
)

// weekdays are the shares of the days of the week, Sunday first.
var weekdays = [7]float64{0.72, 1.08, 1.10, 1.08, 1.06, 1.10, 0.78}

// The hours at which things happen peak around handovers, and those at which they are recorded after them.
var (
	happening = shares(weighted[int]{{0, 1.2}, {1, 1}, {2, 1}, {3, 1}, {4, 1}, {5, 1.2}, {6, 1.8}, {7, 3}, {8, 3.4}, {9, 2.8}, {10, 3}, {11, 2.8},
		{12, 2.6}, {13, 2.6}, {14, 3}, {15, 2.6}, {16, 2.4}, {17, 2.4}, {18, 2.4}, {19, 3}, {20, 3.2}, {21, 2}, {22, 1.6}, {23, 1.4}})
	recording = shares(weighted[int]{{7, 2}, {8, 4}, {9, 4}, {10, 4}, {11, 4}, {12, 3}, {13, 3}, {14, 4}, {15, 4}, {16, 4}, {17, 3}, {18, 2}, {19, 3},
		{20, 4}, {21, 3}, {22, 1}, {2, 1}, {4, 1}})
)

// moment is when somebody records something, on one of the last days.
func (c calendar) moment(r *rand.Rand, days int) time.Time {
	for {
		day := c.today.AddDate(0, 0, -1-r.IntN(days))
		if often(r, weekdays[day.Weekday()]/1.10) {
			return time.Date(day.Year(), day.Month(), day.Day(), recording.draw(r), r.IntN(60), r.IntN(60), 0, c.zone)
		}
	}
}

// before is when something happened that is recorded at a moment: half of all
// within a day, some months earlier.
func (c calendar) before(r *rand.Rand, recorded time.Time) time.Time {
	const longest = 180
	lag := time.Duration(math.Exp(r.NormFloat64()*1.4) * float64(24*time.Hour))
	day := recorded.Add(-min(lag, longest*24*time.Hour))
	happened := time.Date(day.Year(), day.Month(), day.Day(), happening.draw(r), r.IntN(60), 0, 0, c.zone)
	if happened.After(recorded) {
		happened = happened.AddDate(0, 0, -1)
	}
	return happened
}

// after is when something follows what was done at a moment; ok is false where
// that has not come yet.
func (c calendar) after(r *rand.Rand, at time.Time) (later time.Time, ok bool) {
	later = at.Add(time.Duration(math.Exp(r.NormFloat64()*1.1) * float64(3*24*time.Hour))).Truncate(time.Second)
	return later, later.Before(c.today)
}

// since is some moment between another and today.
func (c calendar) since(r *rand.Rand, at time.Time) time.Time {
	return at.Add(time.Duration(r.Float64() * float64(c.today.Sub(at)))).Truncate(time.Second)
}

// known is how much of a date somebody knows.
type known int

const (
	theMinute known = iota
	theDay
	theMonth
	theYear
	nothing
)

var knowledge = shares(weighted[known]{{theMinute, 76}, {theDay, 17.5}, {theMonth, 4.5}, {theYear, 0.6}, {nothing, 1.4}})

// date makes an event say as much of when it happened as is known.
func (k known) date(in *event.Input, at time.Time) {
	layout, ok := map[known]string{theMinute: time.DateOnly, theDay: time.DateOnly, theMonth: "2006-01", theYear: "2006"}[k]
	if !ok {
		return
	}
	in.OccurredOn = pointer(event.PartialDate(at.Format(layout)))
	if k == theMinute {
		in.OccurredAt = pointer(event.LocalTime(at.Format("15:04")))
	}
}
