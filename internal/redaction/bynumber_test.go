package redaction_test

import "testing"

func TestNumbersGoWherePatientsAreCalledByThem(t *testing.T) {
	inEveryCase(t,
		"«7120044» refused by theatres, no consent form 4.",
		"meds went home in the taxi. belongs to «7120044».",
		"porter brought down «418277» instead of the lady in bed 11.",
		"the clexane 80mg was meant for «5003227».",
		"sample for «HX 22 71904» haemolysed again.",
		"tto for «77 20 519» left on top of the fridge.",
		"safety form for «QD55-0137» says no metalwork.",
		"lift 4 stuck 25 minutes with «604-228-37» in it.",
		"eGFR 22 is «00419386»'s, whereas the other is 88.",
		"wrong record open, mine was «66109».",
		"form has «RW0049182» on it but the tube just says bed 9.",
		"sticker read «EYE/19/40552», pressure 17.",
		"«998-30-471» on the stickers, wrong one.",
		"label rejected twice. «X559120C», not «X559210C».",
		"two files since transfer, «5582114» and «mh/88401», history in the old one.",
		"in pain, pt «SC 400 9226» waited.",
		"they had «hh20871» down as a female of 29.",
	)
	marked(t,
		"«2218416» went to X-ray, «2218461» did not.",
		"C0nsent f0rm f0r «V98O2l4» f0und in skip.",
		"Leave form named «Fergus», «80041-F», for the cafe only.",
	)
}

func TestNumbersOfThingsStayWherePatientsMightBeCalledByThem(t *testing.T) {
	inEveryCase(t,
		"infusion pump 204471 went too.",
		"porter job 20931 cancelled.",
		"wrong vaccine given. batch ABX194C. mum fine.",
		"o neg used, unit g072 124 880.",
		"tumour marker back. ca125 310. told her.",
		"syringe driver swapped. T34 884-0071. ran fine.",
		"pressure high. 168/101. repeated at 1400.",
		"order 2290418 sent to the wrong flat.",
		"estates order po-77125 still open.",
		"order form for 2290418 lost.",
		"bands 118820 118826 checked.",
	)
}
