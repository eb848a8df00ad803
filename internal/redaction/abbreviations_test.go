package redaction_test

import "testing"

func TestWhatTheWardsAbbreviateStaysInTheRoundToo(t *testing.T) {
	marked(t,
		"U&Es sent, u&es and U+Es rpt, U/Es normal.",
		"MIs, PEs, DVTs and AKIs all missed.",
		"TTOs delayed, EDDs wrong, DNACPRs missing.",
		"INRs, MRIs and USSs late, PVCs out.",
		"K+ 2.9, Na+ 128, Mg2+ low.",
		"Chest clear, GCS 15, PEARL, abdomen soft.",
		"Webers and Rinnes normal, GRE screen sent.",
		"«JBs» notes were with «Pearl» and «Na Li».",
	)
}
