package redaction_test

import "testing"

func TestNumbersOnStickersGo(t *testing.T) {
	inEveryCase(t,
		"ct form printed with the sticker of «445518».",
		"hospital sticker «d2017756» put on after.",
		"patient sticker «664 0913» and bm 13 both matched.",
		"addressograph «77-10-384» on front.",
		"treated wrong man, «q5591042», insulin.",
		"collected it. pmr id «51177».",
		"written on the wrong s1 record «7714 220».",
	)
	marked(t,
		"The sticker on pump 445518 and allergy sticker 3 of 4.",
		"Sticker missing, 445518 ml given.",
	)
}

func TestBirthsInQuotesAndFlatsAtStepsGo(t *testing.T) {
	marked(t,
		"It was for his brother, dob ‘«9/9/19»’, they said.",
		"Seen at «Flat 3, 88 Wherwell Steps» today.",
		"Rang «x4413» and the duty dr on «7719».",
		"The ward dr on 12 hourly reviews came.",
	)
}

func TestNumbersOfFilesAndLinesGo(t *testing.T) {
	inEveryCase(t,
		"seen «absalom katz», syst numbr «9041/22», foot dusky.",
		"he was actually on «3340» all night.",
		"bed delivered to «109 hollow creel road». order was for «number 190».",
	)
	marked(t,
		"Seen «Absalom Katz», no. «4471902», today.",
		"A DNACPR in the old notes file «B 118 204» was signed.",
		"PUNCHED BY «FABIAN», CASE NO «00418-NE».",
		"Told «Absalom Katz», no 500000 units given.",
		"Pump EQ 88412 clamp open after the line change.",
		"He was still on 2000 ml and really on 1430 kcal.",
	)
}
