package event

import (
	"slices"
	"strconv"

	"lfpse/internal/fault"
	"lfpse/internal/taxonomy"
)

// The ages that are taken, by unit. Days end where months begin, and months
// where years do, as the national data set has them.
const (
	maxDays   = 30
	maxMonths = 11
	maxYears  = 130
)

// sequences checks the numbers by which patients are told apart.
func (c *check) sequences() {
	numbers := c.in.sequences()
	for i, number := range numbers {
		at := []string{"patients", strconv.Itoa(i), "sequence"}
		if number < 1 || number > MaxPatients {
			c.add(fault.Invalid, "Number patients from 1 to "+strconv.Itoa(MaxPatients)+".", at...)
		}
		if slices.Contains(numbers[:i], number) {
			c.add(fault.Duplicate, "Give each patient a number of its own.", at...)
		}
	}
}

// age checks a patient's age, and that the bracket, where both are given, is the age's.
func (c *check) age(p *PatientInput, path []string) {
	if p.Age == nil {
		return
	}
	most := map[AgeUnit]int{Days: maxDays, Months: maxMonths, Years: maxYears}[p.Age.Unit]
	if p.Age.Value < 1 || p.Age.Value > most {
		c.add(fault.Invalid, "Give 1 to 30 days, 1 to 11 months or 1 to 130 years; a newborn is 1 day old.", append(path, "age", "value")...)
		return
	}
	bracket := taxonomy.AgeBracketOf(p.Age.Value, string(p.Age.Unit))
	if p.AgeBracket != nil && *p.AgeBracket != bracket {
		c.add(fault.Invalid, "The age lies in another bracket; leave the bracket out, it is worked out from the age.", append(path, "ageBracket")...)
	}
}
