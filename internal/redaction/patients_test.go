package redaction_test

import "testing"

// Letters stand for somebody where only a patient, a colleague or whoever signed can stand,
// though they abbreviate something elsewhere.
func TestLettersWhereOnlySomebodyStandsGo(t *testing.T) {
	for _, text := range []string{
		"PT «LP» DOB «01/10/1949». BP 118/70. NO IV ACCESS.",
		"The dose was drawn up for pt «BP» opposite, no rash.",
		"Patient «CT» in bed 4 had the wrong tray.",
		"NURSE «GI» SENT HIM BACK AT TEN.",
		"SHO «HB» says it was done, HB 101.",
		"Initials on chart «CO» all the way to ten.",
	} {
		marked(t, text)
	}
}

func TestLettersOfThePatientsReadingsStay(t *testing.T) {
	marked(t,
		"Given to pt, BP 104/61 after.",
		"Pt BP in 90s and pt CT on hold.",
		"Nurse BP machine broken, HCA BM checked late.",
		"Initials on chart only in part.",
		"Pt CT next door delayed, initialled in ED.",
	)
}
