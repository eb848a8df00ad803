package taxonomy

// The units of an age, as the graph's AgeUnit has them.
const (
	days   = "DAYS"
	months = "MONTHS"
	years  = "YEARS"
)

// AgeBracketOf answers the code (of age-brackets) of the bracket in which an age lies. Unit is one of the
// graph's AgeUnit: DAYS, MONTHS, YEARS. It is empty where no one bracket is
// sure: no months or no years, a negative age, another unit.
//
// The published brackets overlap at 85 years ("66-85", "85+"): 85 is taken for the
// former. They leave a gap between 28 days and one month, which belongs to the
// bracket of months.
func AgeBracketOf(value int, unit string) string {
	switch unit {
	case days:
		return bracketOfDays(value)
	case months:
		return bracketOfMonths(value)
	case years:
		return bracketOfYears(value)
	}
	return ""
}

func bracketOfDays(value int) string {
	switch {
	case value < 0:
		return ""
	case value <= 14:
		return "1"
	case value <= 28:
		return "2"
	}
	if year := wholeYears(value); year > 0 {
		return bracketOfYears(year)
	}
	return "3"
}

// wholeYears answers how many birthdays lie within a number of days, a year having 365 days
// and a quarter. No birthday comes late: the first is on day 365.
func wholeYears(count int) int {
	const fourYears = 4*365 + 1
	return (4*(count+1) - 1) / fourYears
}

func bracketOfMonths(value int) string {
	switch {
	case value < 1:
		return ""
	case value < 12:
		return "3"
	}
	return bracketOfYears(value / 12)
}

func bracketOfYears(value int) string {
	if value < 1 {
		return ""
	}
	for _, bracket := range []struct {
		last int
		code string
	}{{4, "4"}, {9, "5"}, {15, "6"}, {17, "7"}, {25, "8"}, {45, "9"}, {65, "10"}, {85, "11"}} {
		if value <= bracket.last {
			return bracket.code
		}
	}
	return "12"
}
