package redaction_test

import "testing"

func TestPostcodesThatAScannerMisread(t *testing.T) {
	marked(t,
		"postcode «LSl 4AP» read",
		"postcode «SWlA 1AA»",
		"postcode «LE3 OQD», pc: «g12 oxh»",
		"Post to «LS10QD» and «CH61AB».",
	)
	inEveryCase(t, "call 5hr later, all 2nd doses, ward B1 one bed, B6 obs done.")
	marked(t, "Ca11ed at l4.20, Co11es # of the wrist.")
}

func TestNumberPlatesOfTheSixteenthYear(t *testing.T) {
	marked(t, "Hit by a Corsa, «YK19XTR», then «AB16CDE».")
	marked(t, "MARKER NOT ON ADDRESS. «YJ23 OLD» DAMAGED NEARSIDE.")
	inEveryCase(t, "black bmw «S44 MRB» and the transit, «N221 KLP», left.")
	inEveryCase(t, "form FP10 was lost, ward B83 was closed, room M60 was locked.")
	inEveryCase(t, "national insurance «QQ-12-34-56-C».")
}
