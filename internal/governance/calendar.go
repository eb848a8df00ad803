package governance

import (
	_ "embed"
	"encoding/csv"
	"fmt"
	"strings"
	"time"
	_ "time/tzdata" // so that London's clock does not depend on the machine
)

// The bank holidays of England and Wales, as published; a year stands in it
// whole or not at all.
//
//go:embed bank_holidays.csv
var published string

// Calendar knows the days of the week on which nobody is expected to work, in
// England. It is immutable.
type Calendar struct {
	london   *time.Location
	holidays map[time.Time]bool
	years    map[int]bool // those that holidays has
}

// NewCalendar makes the calendar of England.
func NewCalendar() (*Calendar, error) {
	london, err := time.LoadLocation("Europe/London")
	if err != nil {
		return nil, fmt.Errorf("making a calendar: %w", err)
	}
	rows, err := csv.NewReader(strings.NewReader(published)).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("reading bank holidays: %w", err)
	}
	c := &Calendar{london: london, holidays: map[time.Time]bool{}, years: map[int]bool{}}
	for _, row := range rows[1:] {
		day, err := time.Parse(time.DateOnly, row[0])
		if err != nil {
			return nil, fmt.Errorf("reading bank holidays: %w", err)
		}
		c.holidays[day], c.years[day.Year()] = true, true
	}
	return c, nil
}

// Day is the day in London at an instant, as midnight UTC of its date.
func (c *Calendar) Day(at time.Time) time.Time {
	year, month, day := at.In(c.london).Date()
	return date(year, month, day)
}

// IsWorkingDay tells whether a day is neither of a weekend nor a bank holiday.
//
// Of a year that has not been published, bank holidays are those that the rules
// for them make (see bankHolidays): what a proclamation will move or add is not
// known.
func (c *Calendar) IsWorkingDay(day time.Time) bool {
	if weekend(day) {
		return false
	}
	if c.years[day.Year()] {
		return !c.holidays[day]
	}
	return !bankHolidays(day.Year())[day]
}

// AfterWorkingDays is the nth working day after a day; the day itself does not count.
func (c *Calendar) AfterWorkingDays(day time.Time, n int) time.Time {
	for n > 0 {
		day = day.AddDate(0, 0, 1)
		if c.IsWorkingDay(day) {
			n--
		}
	}
	return day
}

// AfterMonths is the same day of the month n months on, or the month's last
// where it has no such day.
func AfterMonths(day time.Time, n int) time.Time {
	first := date(day.Year(), day.Month()+time.Month(n), 1)
	last := first.AddDate(0, 1, -1)
	return date(first.Year(), first.Month(), min(day.Day(), last.Day()))
}

// bankHolidays are those of a year by the Banking and Financial Dealings Act
// 1971, schedule 1, the days that are yearly proclaimed under it, and common
// law. What falls on a weekend is kept on the next days that do not.
func bankHolidays(year int) map[time.Time]bool {
	easter := easterSunday(year)
	christmas := keptOn(date(year, time.December, 25))
	boxing := keptOn(christmas.AddDate(0, 0, 1))
	return map[time.Time]bool{
		keptOn(date(year, time.January, 1)): true,
		easter.AddDate(0, 0, -2):            true,
		easter.AddDate(0, 0, 1):             true,
		firstMonday(year, time.May):         true,
		lastMonday(year, time.May):          true,
		lastMonday(year, time.August):       true,
		christmas:                           true,
		boxing:                              true,
	}
}

func keptOn(day time.Time) time.Time {
	for weekend(day) {
		day = day.AddDate(0, 0, 1)
	}
	return day
}

func firstMonday(year int, month time.Month) time.Time {
	day := date(year, month, 1)
	for day.Weekday() != time.Monday {
		day = day.AddDate(0, 0, 1)
	}
	return day
}

func lastMonday(year int, month time.Month) time.Time {
	day := date(year, month+1, 0)
	for day.Weekday() != time.Monday {
		day = day.AddDate(0, 0, -1)
	}
	return day
}

// easterSunday is the day that the Calendar (New Style) Act 1750 sets, by the
// golden number and the Gregorian corrections to it.
func easterSunday(year int) time.Time {
	golden := year % 19
	century := year / 100
	leapsLeftOut := century - century/4
	moonCorrection := (8*century + 13) / 25
	epact := (19*golden + leapsLeftOut - moonCorrection + 15) % 30
	// The full moon may fall on 18 April at the latest, and of two golden
	// numbers that share a day the later takes the day before.
	if epact == 29 || epact == 28 && golden > 10 {
		epact--
	}
	fullMoon := date(year, time.March, 21).AddDate(0, 0, epact)
	return fullMoon.AddDate(0, 0, 7-int(fullMoon.Weekday()))
}

func weekend(day time.Time) bool {
	return day.Weekday() == time.Saturday || day.Weekday() == time.Sunday
}

func date(year int, month time.Month, day int) time.Time {
	return time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
}
