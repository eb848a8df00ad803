package taxonomy

import "testing"

func TestAgeBracketOf(t *testing.T) {
	tests := []struct {
		name  string
		value int
		unit  string
		want  string
	}{
		{"born today", 0, "DAYS", "0-14 days"},
		{"a fortnight", 14, "DAYS", "0-14 days"},
		{"a day more", 15, "DAYS", "15-28 days"},
		{"four weeks", 28, "DAYS", "15-28 days"},
		{"between four weeks and a month", 30, "DAYS", "1-11 months"},
		{"the day before the first birthday", 364, "DAYS", "1-11 months"},
		{"the first birthday in days", 365, "DAYS", "1-4 years"},
		{"a day short of five years", 1825, "DAYS", "1-4 years"},
		{"five years in days", 1826, "DAYS", "5-9 years"},
		{"one month", 1, "MONTHS", "1-11 months"},
		{"eleven months", 11, "MONTHS", "1-11 months"},
		{"twelve months", 12, "MONTHS", "1-4 years"},
		{"59 months", 59, "MONTHS", "1-4 years"},
		{"sixty months", 60, "MONTHS", "5-9 years"},
		{"one year", 1, "YEARS", "1-4 years"},
		{"four", 4, "YEARS", "1-4 years"},
		{"five", 5, "YEARS", "5-9 years"},
		{"nine", 9, "YEARS", "5-9 years"},
		{"ten", 10, "YEARS", "10-15 years"},
		{"fifteen", 15, "YEARS", "10-15 years"},
		{"sixteen", 16, "YEARS", "16 and 17 years"},
		{"seventeen", 17, "YEARS", "16 and 17 years"},
		{"eighteen", 18, "YEARS", "18-25 years"},
		{"25", 25, "YEARS", "18-25 years"},
		{"26", 26, "YEARS", "26-45 years"},
		{"45", 45, "YEARS", "26-45 years"},
		{"46", 46, "YEARS", "46-65 years"},
		{"65", 65, "YEARS", "46-65 years"},
		{"66", 66, "YEARS", "66-85 years"},
		{"85, which both of the last two name", 85, "YEARS", "66-85 years"},
		{"86", 86, "YEARS", "85+ years"},
		{"the oldest", 199, "YEARS", "85+ years"},
	}
	v5 := five(t)
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got, _ := v5.Label("age-brackets", AgeBracketOf(test.value, test.unit)); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

func TestAnAgeOfNoSureBracketHasNone(t *testing.T) {
	for _, test := range []struct {
		value int
		unit  string
	}{{0, "MONTHS"}, {0, "YEARS"}, {-1, "DAYS"}, {-1, "MONTHS"}, {-1, "YEARS"}, {3, "WEEKS"}, {3, ""}} {
		if got := AgeBracketOf(test.value, test.unit); got != "" {
			t.Errorf("%d %s: got %s", test.value, test.unit, got)
		}
	}
}

// A bracket never goes down as an age goes up, whatever it is counted in.
func TestBracketsFollowAge(t *testing.T) {
	order := map[string]int{"1": 1, "2": 2, "3": 3, "4": 4, "5": 5, "6": 6, "7": 7, "8": 8, "9": 9, "10": 10, "11": 11, "12": 12}
	for unit, most := range map[string]int{"DAYS": 50_000, "MONTHS": 1_500, "YEARS": 130} {
		last := 0
		for value := 1; value <= most; value++ {
			got := order[AgeBracketOf(value, unit)]
			if got < last || got > last+1 && last > 0 {
				t.Fatalf("%d %s: bracket %d after %d", value, unit, got, last)
			}
			last = got
		}
		if last != 12 {
			t.Errorf("%d %s end in bracket %d", most, unit, last)
		}
	}
}
