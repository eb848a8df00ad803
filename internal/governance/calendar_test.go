package governance

import (
	"testing"
	"time"
)

func newCalendar(t testing.TB) *Calendar {
	t.Helper()
	c, err := NewCalendar()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func dayOf(t testing.TB, text string) time.Time {
	t.Helper()
	day, err := time.Parse(time.DateOnly, text)
	if err != nil {
		t.Fatal(err)
	}
	return day
}

// What was published is what the rules make, but for days that were moved or
// added by proclamation: so the rules can be relied on for later years.
func TestTheRulesMakeThePublishedBankHolidays(t *testing.T) {
	c := newCalendar(t)
	proclaimed := map[string]bool{
		"2020-05-04": false, "2020-05-08": true, // moved for the anniversary of VE day
		"2022-05-30": false, "2022-06-02": true, "2022-06-03": true, // the Platinum Jubilee
		"2022-09-19": true, // the State Funeral
		"2023-05-08": true, // the Coronation
	}
	if len(c.years) < 10 {
		t.Fatalf("only %d years are published", len(c.years))
	}
	for year := range c.years {
		made := bankHolidays(year)
		for day := date(year, time.January, 1); day.Year() == year; day = day.AddDate(0, 0, 1) {
			want, ok := proclaimed[day.Format(time.DateOnly)]
			if !ok {
				want = made[day]
			}
			if c.holidays[day] != want {
				t.Errorf("%s: published %v, made %v", day.Format(time.DateOnly), c.holidays[day], made[day])
			}
		}
	}
}

func TestEasterFallsWhereItDoes(t *testing.T) {
	for _, want := range []string{"1981-04-19", "2000-04-23", "2028-04-16", "2029-04-01", "2038-04-25", "2049-04-18", "2076-04-19", "2285-03-22"} {
		day := dayOf(t, want)
		if got := easterSunday(day.Year()); !got.Equal(day) {
			t.Errorf("Easter is on %s, want %s", got.Format(time.DateOnly), want)
		}
	}
}

func TestWorkingDaysLeaveOutWeekendsAndBankHolidays(t *testing.T) {
	c := newCalendar(t)
	for name, test := range map[string]struct {
		from string
		n    int
		want string
	}{
		"the next day":                          {"2026-11-24", 1, "2026-11-25"},
		"over a weekend":                        {"2026-11-26", 2, "2026-11-30"},
		"from a Friday":                         {"2026-11-27", 1, "2026-11-30"},
		"from a Saturday":                       {"2026-11-28", 1, "2026-11-30"},
		"from a Sunday":                         {"2026-11-29", 1, "2026-11-30"},
		"ten days are two weeks":                {"2026-11-24", 10, "2026-12-08"},
		"over Christmas, Boxing Day a Saturday": {"2026-12-24", 1, "2026-12-29"},
		"over Christmas and New Year":           {"2026-12-23", 10, "2027-01-11"},
		"over Christmas, both on a weekend":     {"2027-12-24", 1, "2027-12-29"},
		"over Easter":                           {"2026-04-02", 1, "2026-04-07"},
		"over the early May bank holiday":       {"2026-05-01", 1, "2026-05-05"},
		"from a bank holiday":                   {"2026-08-31", 1, "2026-09-01"},
		"over the change to summer time":        {"2026-03-27", 2, "2026-03-31"},
		"over the change from summer time":      {"2026-10-23", 2, "2026-10-27"},
		"a holiday that was proclaimed":         {"2022-09-16", 1, "2022-09-20"},
		"a holiday that was moved":              {"2020-05-01", 5, "2020-05-11"},
		"over Easter of a year not published":   {"2029-03-29", 1, "2029-04-03"},
		"over New Year of a year not published": {"2033-12-30", 1, "2034-01-03"},
		"sixty days":                            {"2023-07-03", 60, "2023-09-26"},
	} {
		t.Run(name, func(t *testing.T) {
			got := c.AfterWorkingDays(dayOf(t, test.from), test.n)
			if got.Format(time.DateOnly) != test.want {
				t.Errorf("%d working days after %s are on %s, want %s", test.n, test.from, got.Format(time.DateOnly), test.want)
			}
		})
	}
}

func TestMonthsEndOnTheSameDayOrTheLast(t *testing.T) {
	for _, test := range []struct {
		from string
		n    int
		want string
	}{
		{"2026-11-28", 6, "2027-05-28"},
		{"2026-08-31", 6, "2027-02-28"},
		{"2027-08-31", 6, "2028-02-29"},
		{"2026-10-31", 1, "2026-11-30"},
	} {
		if got := AfterMonths(dayOf(t, test.from), test.n).Format(time.DateOnly); got != test.want {
			t.Errorf("%d months after %s are on %s, want %s", test.n, test.from, got, test.want)
		}
	}
}

// A day begins at midnight in London, whatever the machine's clock is set to.
func TestDaysAreLondons(t *testing.T) {
	c := newCalendar(t)
	for instant, want := range map[string]string{
		"2026-06-30T22:59:59Z":      "2026-06-30",
		"2026-06-30T23:00:00Z":      "2026-07-01", // summer time
		"2026-12-31T23:00:00Z":      "2026-12-31",
		"2026-03-29T00:59:59Z":      "2026-03-29", // an hour later it is two o'clock
		"2026-10-24T23:30:00Z":      "2026-10-25", // half past midnight, still summer time
		"2026-10-25T23:30:00Z":      "2026-10-25", // and no longer
		"2026-07-01T06:30:00+09:00": "2026-06-30",
	} {
		at, err := time.Parse(time.RFC3339, instant)
		if err != nil {
			t.Fatal(err)
		}
		if got := c.Day(at); !got.Equal(dayOf(t, want)) {
			t.Errorf("%s is on %s in London, want %s", instant, got.Format(time.DateOnly), want)
		}
	}
}
