package event

import (
	"strings"
	"testing"
	"time"
)

func TestAPartialDateSpansTheDaysThatItCanMean(t *testing.T) {
	for date, want := range map[PartialDate][2]string{
		"2026-10-02": {"2026-10-02", "2026-10-02"},
		"2024-02":    {"2024-02-01", "2024-02-29"},
		"2026":       {"2026-01-01", "2026-12-31"},
	} {
		first, last, ok := date.Span()
		if !ok || first.Format("2006-01-02") != want[0] || last.Format("2006-01-02") != want[1] {
			t.Errorf("%s spans %v to %v, %t; want %v", date, first, last, ok, want)
		}
	}
}

func TestWhatHasNotTheFormOfADateIsRefused(t *testing.T) {
	for _, typed := range []any{"", "26-10-02", "2026-1", "2026-10-02T10:00", "2026-10-02\n", "yesterday", 2026, nil} {
		var date PartialDate
		if err := date.UnmarshalGQL(typed); err == nil {
			t.Errorf("%v is read as %s", typed, date)
		}
	}
}

func TestSecondsOfATimeAreDropped(t *testing.T) {
	var clock LocalTime
	if err := clock.UnmarshalGQL("14:30:59"); err != nil || clock != "14:30" {
		t.Errorf("got %q, %v", clock, err)
	}
	for _, typed := range []any{"9:30", "0930", "half past nine", "14:30\n", 1430, nil} {
		if err := clock.UnmarshalGQL(typed); err == nil {
			t.Errorf("%v is read as a time", typed)
		}
	}
}

// What has the form of a date or a time and is none is a problem of its event.
func TestWhatNoCalendarOrClockHasIsAProblem(t *testing.T) {
	for _, c := range []struct{ day, clock, want string }{
		{"2026-02-30", "", "event.occurredOn"}, {"2026-13", "", "event.occurredOn"}, {"0000-00-00", "", "event.occurredOn"},
		{"2026-02-30", "25:00", "event.occurredAt event.occurredOn"},
		{"2026-02-28", "24:00", "event.occurredAt"}, {"2026-02", "14:60", "event.occurredAt"}, {"2026-02-28", "23:59", ""},
	} {
		in := Input{Kind: KindIncident, Description: ptr("A fall.")}
		if c.day != "" {
			in.OccurredOn = new(PartialDate)
			if err := in.OccurredOn.UnmarshalGQL(c.day); err != nil {
				t.Fatal(err)
			}
		}
		if c.clock != "" {
			in.OccurredAt = new(LocalTime)
			if err := in.OccurredAt.UnmarshalGQL(c.clock); err != nil {
				t.Fatal(err)
			}
		}
		var at []string
		for _, p := range problemsOf(t, in, false, "RGT") {
			at = append(at, strings.Join(p.Path, "."))
		}
		if got := strings.Join(at, " "); got != c.want {
			t.Errorf("%s %s is a problem at %q, want %q", c.day, c.clock, got, c.want)
		}
	}
}

// What has come and what has not is read from a clock in England, summer time
// included.
func TestDaysAndTimesAreThoseOfClocksInEngland(t *testing.T) {
	england, err := time.LoadLocation("Europe/London")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		now, day, clock string
		want            string
	}{
		{"2026-06-30T23:30:00Z", "2026-07-01", "", ""}, // half past midnight in summer
		{"2026-06-30T23:30:00Z", "2026-07-01", "00:30", ""},
		{"2026-06-30T23:30:00Z", "2026-07-01", "00:31", "event.occurredAt"},
		{"2026-06-30T23:30:00Z", "2026-07-02", "", "event.occurredOn"},
		{"2026-12-31T23:59:59Z", "2027", "", "event.occurredOn"},
		{"2026-12-31T23:59:59Z", "2026-12", "", ""},
		{"2027-01-01T00:00:00Z", "2027", "", ""},
		{"2026-03-29T01:30:00Z", "2026-03-29", "01:30", ""}, // a time that clocks leapt over, as it was typed
		{"2026-10-25T00:45:00Z", "2026-10-25", "01:30", ""}, // a time that comes twice, the first time
		{"2026-10-25T00:15:00Z", "2026-10-25", "01:30", "event.occurredAt"},
		{"2026-10-25T01:45:00Z", "2026-10-25", "01:30", ""},
		{"2028-02-29T12:00:00Z", "2028-02-29", "11:59", ""},
		{"2028-02-29T12:00:00Z", "2028-03", "", "event.occurredOn"},
		{"2028-03-01T12:00:00Z", "2028-02-29", "", ""},
		{"2028-03-01T12:00:00Z", "1899-12-31", "", "event.occurredOn"},
		{"2028-03-01T12:00:00Z", "1900", "", ""},
	} {
		now, err := time.Parse(time.RFC3339, c.now)
		if err != nil {
			t.Fatal(err)
		}
		in := Input{Kind: KindIncident, Description: ptr("A fall."), OccurredOn: ptr(PartialDate(c.day))}
		if c.clock != "" {
			in.OccurredAt = ptr(LocalTime(c.clock))
		}
		check := newCheck(t, &in, false, "RGT")
		check.now = now.In(england)
		got := ""
		for _, p := range check.all() {
			got += strings.Join(p.Path, ".")
		}
		if got != c.want {
			t.Errorf("at %s, %s %s has a problem at %q, want %q", c.now, c.day, c.clock, got, c.want)
		}
	}
}
