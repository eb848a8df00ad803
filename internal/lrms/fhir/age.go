package fhir

import "lfpse/internal/event"

// The interface counts an age in days that are none: a month has 31 of them, a year 12 such
// months. So a number below 31 is days, a multiple of 31 below a year months, a multiple of a year years;
// no other number is an age.
const (
	daysInMonth = 31
	daysInYear  = 12 * daysInMonth
	mostDays    = 199 * daysInYear
)

// ageIn writes an age as the interface counts.
func ageIn(age event.Age) int {
	switch age.Unit {
	case event.Months:
		return age.Value * daysInMonth
	case event.Years:
		return age.Value * daysInYear
	}
	return age.Value
}

// ageOf reads an age as the interface counts; ok is false for a number that is no age.
func ageOf(count int) (age event.Age, ok bool) {
	switch {
	case count < 1 || count > mostDays:
		return event.Age{}, false
	case count < daysInMonth:
		return event.Age{Value: count, Unit: event.Days}, true
	case count < daysInYear:
		return event.Age{Value: count / daysInMonth, Unit: event.Months}, count%daysInMonth == 0
	}
	return event.Age{Value: count / daysInYear, Unit: event.Years}, count%daysInYear == 0
}
