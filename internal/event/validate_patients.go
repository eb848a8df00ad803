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

func (c *check) patients() {
	if len(c.in.Patients) > MaxPatients {
		c.add(fault.TooMany, "At most "+strconv.Itoa(MaxPatients)+" patients.", "patients")
		return
	}
	sequences := c.in.sequences()
	for i, patient := range c.in.Patients {
		at := []string{"patients", strconv.Itoa(i)}
		if sequences[i] < 1 || sequences[i] > MaxPatients {
			c.add(fault.Invalid, "Number patients from 1 to "+strconv.Itoa(MaxPatients)+".", append(at, "sequence")...)
		}
		if slices.Contains(sequences[:i], sequences[i]) {
			c.add(fault.Duplicate, "Give each patient a number of its own.", append(at, "sequence")...)
		}
		c.patient(patient, at)
	}
}

func (c *check) patient(p *PatientInput, at []string) {
	under := func(field ...string) []string { return append(slices.Clone(at), field...) }
	c.age(p, under)
	c.code(systemGender, p.Gender, under("gender")...)
	c.code(systemEthnicity, p.Ethnicity, under("ethnicity")...)
	c.text(p.ClinicalOutcome, under("clinicalOutcome")...)
	c.code(systemAssociation, p.StrengthOfAssociation, under("strengthOfAssociation")...)

	fatal := p.PhysicalHarm != nil && *p.PhysicalHarm == PhysicalHarmFatal
	severe := p.PhysicalHarm != nil && *p.PhysicalHarm == PhysicalHarmSevere ||
		p.PsychologicalHarm != nil && *p.PsychologicalHarm == PsychologicalHarmSevere
	if fatal && p.PsychologicalHarm != nil {
		c.add(fault.NotApplicable, "Psychological harm is not asked where the physical harm was fatal.", under("psychologicalHarm")...)
	}
	if p.StrengthOfAssociation != nil && !fatal && !severe {
		c.add(fault.NotApplicable, "This is asked only where the harm was severe or fatal.", under("strengthOfAssociation")...)
	}
}

func (c *check) age(p *PatientInput, under func(...string) []string) {
	c.code(systemAgeBrackets, p.AgeBracket, under("ageBracket")...)
	if p.Age == nil {
		return
	}
	most := map[AgeUnit]int{Days: maxDays, Months: maxMonths, Years: maxYears}[p.Age.Unit]
	if p.Age.Value < 1 || p.Age.Value > most {
		c.add(fault.Invalid, "Give 1 to 30 days, 1 to 11 months or 1 to 130 years; a newborn is 1 day old.", under("age", "value")...)
		return
	}
	bracket := taxonomy.AgeBracketOf(p.Age.Value, string(p.Age.Unit))
	if p.AgeBracket != nil && *p.AgeBracket != bracket {
		c.add(fault.Invalid, "The age lies in another bracket; leave the bracket out, it is worked out from the age.", under("ageBracket")...)
	}
}
