package event

import (
	"fmt"
	"io"
	"regexp"
	"strconv"
	"time"
)

// PartialDate is a day, or as much of it as is known: 2026-10-02, 2026-10 or
// 2026. The zero value is no date. It may be one that no calendar has, until it is
// validated: one bad date keeps no other event of a batch out.
type PartialDate string

// The layouts of a partial date, from the most to the least that is known.
const (
	dayLayout   = time.DateOnly
	monthLayout = "2006-01"
	yearLayout  = "2006"
)

// Span answers the first and the last day that the date can mean, at midnight
// UTC. ok is false for anything but a date.
func (d PartialDate) Span() (first, last time.Time, ok bool) {
	if t, err := time.Parse(dayLayout, string(d)); err == nil {
		return t, t, true
	}
	if t, err := time.Parse(monthLayout, string(d)); err == nil {
		return t, t.AddDate(0, 1, -1), true
	}
	if t, err := time.Parse(yearLayout, string(d)); err == nil {
		return t, t.AddDate(1, 0, -1), true
	}
	return time.Time{}, time.Time{}, false
}

// IsDay tells whether the day itself is known.
func (d PartialDate) IsDay() bool { return len(d) == len(dayLayout) }

// MarshalGQL writes the date.
func (d PartialDate) MarshalGQL(w io.Writer) {
	io.WriteString(w, strconv.Quote(string(d))) //nolint:errcheck // gqlgen's Marshaler has no error to answer
}

var formOfDate = regexp.MustCompile(`^\d{4}(-\d\d(-\d\d)?)?$`)

// UnmarshalGQL reads what has the form of a date; the error says which there are.
func (d *PartialDate) UnmarshalGQL(v any) error {
	text, _ := v.(string)
	if !formOfDate.MatchString(text) {
		return fmt.Errorf("a date is written 2026-10-02, or 2026-10 or 2026 where only so much is known")
	}
	*d = PartialDate(text)
	return nil
}

// LocalTime is a time of day on a wall clock in England, "14:30". It may be one
// that no clock shows, until it is validated.
type LocalTime string

const clockLayout = "15:04"

var formOfTime = regexp.MustCompile(`^\d\d:\d\d(:\d\d)?$`)

// MarshalGQL writes the time.
func (t LocalTime) MarshalGQL(w io.Writer) {
	io.WriteString(w, strconv.Quote(string(t))) //nolint:errcheck // gqlgen's Marshaler has no error to answer
}

// UnmarshalGQL reads what has the form of a time; seconds are accepted and dropped.
func (t *LocalTime) UnmarshalGQL(v any) error {
	text, _ := v.(string)
	if !formOfTime.MatchString(text) {
		return fmt.Errorf("a time of day is written 14:30")
	}
	*t = LocalTime(text)
	if parsed, err := time.Parse(time.TimeOnly, text); err == nil {
		*t = LocalTime(parsed.Format(clockLayout))
	}
	return nil
}

// isTime tells whether a clock shows it.
func (t LocalTime) isTime() bool {
	_, err := time.Parse(clockLayout, string(t))
	return err == nil
}

// instant answers when day and clock were, in a time zone: in the hour that
// comes twice in autumn, the first time.
func instant(day time.Time, clock LocalTime, zone *time.Location) time.Time {
	t, err := time.Parse(clockLayout, string(clock))
	if err != nil {
		return day
	}
	at := time.Date(day.Year(), day.Month(), day.Day(), t.Hour(), t.Minute(), 0, 0, zone)
	if before := at.Add(-time.Hour); before.Hour() == at.Hour() {
		return before
	}
	return at
}
