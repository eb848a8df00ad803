package event

import "testing"

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

func TestWhatIsNoDateIsRefused(t *testing.T) {
	for _, typed := range []any{"", "2026-13", "2026-02-30", "26-10-02", "yesterday", 2026, nil} {
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
	if err := clock.UnmarshalGQL("25:00"); err == nil {
		t.Error("25:00 is read as a time")
	}
}
