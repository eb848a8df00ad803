package redaction_test

import (
	"strings"
	"testing"

	"lfpse/internal/redaction"
)

func TestAPlainWordWithASlipIsNobody(t *testing.T) {
	marked(t,
		"Pateint fell at the recpetion desk. Visted by the team. Spootted at handover. Apoloogy given.",
		"Secertary «Joan» was working from home. Frined «Jet» turned up. Her neice «Annelise» rang.",
		"Dispathcer «Cahterine» did ask. Enginer is «Orhan». Told in Febuary, due in Septmber.",
		"Bleepd «612» and told «Jaswant». Ambulnace crew said so. telephne «0161 496 0414».",
	)
	marked(t,
		"Dr «Sillence» saw her. Nurse «Secrett» gave it. Mr «Thrale» and Mrs «Lathom» rang.",
		"«Savgae» was told. SN «Wlaker» checked it.",
	)
}

// What the record knows is looked for as it stands, though it look like a word with a slip.
func TestAKnownNameIsNoSlip(t *testing.T) {
	known := redaction.Context{
		Known:    []redaction.Known{{Given: "Ptaient", Family: "Brohter", Other: []string{"Ambulnace Row 7"}}},
		Redacted: []redaction.Redacted{{Text: "Frined", Class: redaction.Name, Person: 4}, {Text: "3 Hopsital Mews", Class: redaction.Address}},
	}
	text := "Rang Ptaient Brohter at Ambulnace Row 7. Frined came from 3 Hopsital Mews."
	got := engine.Redact([]redaction.Field{{Text: text}}, known)[0].Text
	for _, gone := range []string{"Ptaient", "Brohter", "Ambulnace", "Frined", "Hopsital"} {
		if strings.Contains(got, gone) {
			t.Errorf("%q is left in %q", gone, got)
		}
	}
}
