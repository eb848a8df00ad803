package organisation

import (
	"fmt"
	"io"
	"math"
	"sync"
	"time"
	_ "time/tzdata" // so that London's clock does not depend on the machine

	"lfpse/internal/fault"
)

// Day is a calendar day in Europe/London, counted from 1 January 1970.
type Day int32

// The days beyond all days: a relation that has no known beginning, or no end.
const (
	Always  Day = math.MinInt32
	Forever Day = math.MaxInt32
)

const secondsPerDay = 24 * 60 * 60

var london = sync.OnceValue(func() *time.Location {
	location, err := time.LoadLocation("Europe/London")
	if err != nil {
		panic("organisation: the embedded time zones have no Europe/London: " + err.Error())
	}
	return location
})

// DayOf is the day in London at an instant.
func DayOf(at time.Time) Day { return Date(at.In(london()).Date()) }

// Date is a day by year, month and day of the month.
func Date(year int, month time.Month, day int) Day {
	return Day(time.Date(year, month, day, 0, 0, 0, 0, time.UTC).Unix() / secondsPerDay)
}

// ParseDay reads a day written as 2026-04-01. The error is a BAD_USER_INPUT fault.
func ParseDay(s string) (Day, error) {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return 0, fault.New(fault.BadUserInput, "A date is written as year, month and day: 2026-04-01.")
	}
	return Date(t.Date()), nil
}

// Start is the day's first instant: midnight in London, in UTC.
func (d Day) Start() time.Time {
	year, month, day := d.utc().Date()
	return time.Date(year, month, day, 0, 0, 0, 0, london()).UTC()
}

// String writes the day as 2026-04-01.
func (d Day) String() string {
	switch d {
	case Always:
		return "always"
	case Forever:
		return "for ever"
	}
	return d.utc().Format(time.DateOnly)
}

func (d Day) utc() time.Time { return time.Unix(int64(d)*secondsPerDay, 0).UTC() }

// MarshalGQL writes the day as the graph's Date.
func (d Day) MarshalGQL(w io.Writer) { writeQuoted(w, d.String()) }

// UnmarshalGQL reads the graph's Date.
func (d *Day) UnmarshalGQL(v any) error {
	s, _ := v.(string)
	day, err := ParseDay(s)
	if err != nil {
		return err
	}
	*d = day
	return nil
}

// span is a run of days, first and last included.
type span struct{ from, until Day }

func (s span) contains(d Day) bool { return s.from <= d && d <= s.until }

func (s span) String() string { return fmt.Sprintf("%s to %s", s.from, s.until) }
