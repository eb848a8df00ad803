package redaction_test

import "testing"

// A scanner reads letters of names as digits.
func TestMisreadNamesGo(t *testing.T) {
	marked(t,
		"Chart re-written by pharmacist «Haze1 Barnes».",
		"«Isobe1 Carrnichae1» was admitted to the ward.",
		"Client: «Cla1re Henshal1», born in Leeds.",
		"Found on the floor by «Adwoa Mens4h», HCA.",
		"«Wojciech» said «Wi11» gave saline.",
		"Pt: «lvy Hargreave-Dunn», aged 78.",
	)
}

// Words that are numbered are no names.
func TestNumberedWordsStay(t *testing.T) {
	marked(t,
		"Moved from Bay4 to Room10, then Theatre5.",
		"Resus1 had no Trop1 result.",
		"Bed S4, bay C4, door D14, tumour T4; D100 was empty.",
		"A grey van, «T451 HJE», was seen.",
		"Cat1 call, Stage4, Day1, Cycle5.",
	)
}
