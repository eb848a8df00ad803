package redaction_test

import "testing"

func TestAgesGoThatAClauseConsistsOf(t *testing.T) {
	inEveryCase(t,
		"she fell again, «93» and on apixaban.",
		"lady ok, «ninety-one», more cross than hurt.",
		"one is 34, the other «94».",
		"female of 19; arrived with one of «ninety».",
		"red call pt «90» choking.",
		"handover delayed, pt «96» f neck of femur.",
		"carer says shes «94» and hasnt had tablets.",
		"ulcer was avoidable. resident «104», waterlow 28.",
		"he died. was «ninety seven», not 79.",
	)
	inEveryCase(t,
		"she fell, sats 88, 93 and on oxygen.",
		"she has a bp of 94, 96 and rising.",
		"pulse of one was 88, the other 92 bpm.",
		"the man moved to bed 4, 92 mg given.",
		"pt 93% on air.",
	)
}
