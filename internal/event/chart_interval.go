package event

import (
	"fmt"
	"io"
	"strconv"
	"time"

	"lfpse/internal/fault"
)

const (
	// usualChartPoints is how many intervals a chart is of unless it says from when: two years
	// of months, and within the 20 to 30 points that are recommended for a chart of individual values.
	usualChartPoints = 24
	// minChartPoints is the fewest points whose limits are of use.
	minChartPoints = 6
	// MaxChartPoints is how many points a chart has at most.
	MaxChartPoints = 500
)

// ChartInterval is how long each point of a chart is.
type ChartInterval string

// The values of ChartInterval, as the graph's enum ChartInterval has them.
const (
	ChartDay   ChartInterval = "DAY"
	ChartWeek  ChartInterval = "WEEK"
	ChartMonth ChartInterval = "MONTH"
)

func chartIntervals() vocabulary[ChartInterval] {
	return vocabulary[ChartInterval]{ChartDay, ChartWeek, ChartMonth}
}

// MarshalGQL writes the enum value.
func (i ChartInterval) MarshalGQL(w io.Writer) { chartIntervals().write(w, i) }

// UnmarshalGQL reads an enum value.
func (i *ChartInterval) UnmarshalGQL(v any) (err error) {
	*i, err = chartIntervals().read(v)
	return err
}

// dimension is by what events are counted for a chart of such intervals.
func (i ChartInterval) dimension() Dimension { return Dimension(i) }

// code is what the dimension calls the interval that begins on a day.
func (i ChartInterval) code(day time.Time) string {
	switch i {
	case ChartDay:
		return day.Format(dayLayout)
	case ChartWeek:
		year, week := day.ISOWeek()
		return fmt.Sprintf("%04d-W%02d", year, week)
	}
	return day.Format(monthLayout)
}

// begin is the first day of the interval that a day lies in; weeks begin on a Monday.
func (i ChartInterval) begin(day time.Time) time.Time {
	switch i {
	case ChartDay:
		return day
	case ChartWeek:
		return day.AddDate(0, 0, -((int(day.Weekday()) + 6) % 7))
	}
	return day.AddDate(0, 0, 1-day.Day())
}

// later is the first day of the interval that is so many after the one that begins on a day.
func (i ChartInterval) later(day time.Time, n int) time.Time {
	switch i {
	case ChartDay:
		return day.AddDate(0, 0, n)
	case ChartWeek:
		return day.AddDate(0, 0, 7*n)
	}
	return day.AddDate(0, n, 0)
}

// chartWindow is a run of days: from the first, where one is given, to the one before until.
type chartWindow struct {
	from  *time.Time
	until time.Time
}

func (w *chartWindow) beginsOn(day time.Time) {
	if w.from == nil || w.from.Before(day) {
		w.from = &day
	}
}

func (w *chartWindow) endsBefore(day time.Time) {
	if day.Before(w.until) {
		w.until = day
	}
}

// intervals answers the first days of the intervals that lie wholly in the window, and that
// of the one after the last. An interval of which a part is missing would look like a fall.
func (w chartWindow) intervals(i ChartInterval) ([]time.Time, error) {
	end := i.begin(w.until)
	first := i.later(end, -usualChartPoints)
	if calendar := time.Date(1, time.January, 1, 0, 0, 0, 0, time.UTC); first.Before(calendar) {
		first = calendar // PostgreSQL's, whose first day is a Monday
	}
	if w.from != nil {
		first = i.begin(*w.from)
		if first.Before(*w.from) {
			first = i.later(first, 1)
		}
	}
	days := []time.Time{first}
	for day := first; day.Before(end); {
		day = i.later(day, 1)
		if days = append(days, day); len(days) > MaxChartPoints+1 {
			return nil, fault.New(fault.BadUserInput, "There are more than "+strconv.Itoa(MaxChartPoints)+
				" intervals between from and to: give a later from, or a longer interval.")
		}
	}
	if len(days) <= minChartPoints {
		return nil, fault.New(fault.BadUserInput, "A chart needs at least "+strconv.Itoa(minChartPoints)+
			" whole intervals between from and to that are over: give an earlier from, a later to, or a shorter interval.")
	}
	return days, nil
}

// dayOf is the day at an instant in a time zone, at midnight UTC.
func dayOf(at time.Time, zone *time.Location) time.Time {
	year, month, day := at.In(zone).Date()
	return time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
}

// startOf is the first instant of a day in a time zone.
func startOf(day time.Time, zone *time.Location) time.Time {
	return time.Date(day.Year(), day.Month(), day.Day(), 0, 0, 0, 0, zone)
}

// firstWholeDay is the first day that begins at an instant or later.
func firstWholeDay(at time.Time, zone *time.Location) time.Time {
	day := dayOf(at, zone)
	if startOf(day, zone).Before(at) {
		return day.AddDate(0, 0, 1)
	}
	return day
}
