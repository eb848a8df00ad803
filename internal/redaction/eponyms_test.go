package redaction_test

import "testing"

// Eponyms stay as hasty hands type them, and those that are nobody's name stay alone.
func TestMistypedEponymsStay(t *testing.T) {
	marked(t,
		"He has Alzhiemers, so he said yes.",
		"Result of Kleihaeur awaited before going home.",
		"Hartmens ran through with the antibiotic.",
		"obs taken, Glasow 15, pupils equal.",
		"Known Holt-Oram and Loeys-Dietz, aorta 44 mm.",
		"Tisseel and a Swann-Morton blade were opened.",
		"Wearing Mediven to the knee.",
		"Joel-Cohen by the consultant, Rutherford Morison for the graft.",
		"Mr «Hartmann» and Dr «Wernick» were told.",
	)
}
