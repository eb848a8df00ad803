package redaction_test

import "testing"

func TestLettersThatBelongToANumberGoWithIt(t *testing.T) {
	inEveryCase(t,
		"notes found for hosp no «HN-224871» in bay 2.",
		"hosp «MAT-228817» co-amoxiclav iv.",
		"hosp «mat 44021» mews 7.",
		"PAS no «0093312-K» not found.",
		"casenote «61/04477/B» filed wrong.",
		"ITU number «ITU/24/0551» on chart.",
		"badger number «BN 700 31 882».",
		"case-note «P-118205» missing.",
		"OH number «OH/11882» given, occ heath number «OH/22983».",
		"bloods labelled «EB-55903» instead of «EB-55930».",
		"hospital no. «K 102 558» and «K 102 585».",
		"H&C «345 678 9012» wrong.",
		"looked up «RXK4471902» by mistake.",
		"two charts, «4471902» and «4471920», same surname.",
		"record opened was «88120034».",
		"episode no «E1182234», a&e no «24-118872», attendance «2024-118872».",
		"label had «D557120» but sample had «D557210».",
		"paper notes vol 2 «T448812» missing.",
		"HSC number «345 678 9012», prisoner «A 4471 BC» escorted.",
		"patient id «PAT0099812» vs «PAT0099821».",
	)
	marked(t,
		"Patient «Yazhini» «M8-4O177» waits. Looked up «RXK447l902» by mistake.",
		"Hospital number was «RBA 224 871», not «RBA 224 78l».",
		"Unit: «Q7O1442»\nWard: 2 East",
		"Patient «Yazhini» «M8-40177» was cat 1 section.",
	)
}

func TestLettersThatNumberThingsStay(t *testing.T) {
	inEveryCase(t,
		"pump serial HN-224871 removed from use.",
		"job number W-118205 closed, batch P-118205 recalled.",
		"ventilator model A1234BC alarmed.",
		"unit: surgery, ward: 2.",
		"two pumps, 4471902 and 4471920, alarmed. form selected W4471902 batch.",
		"results of the audit were 20240112 in all.",
	)
}

func TestRegistersWhoseLettersAreParted(t *testing.T) {
	inEveryCase(t,
		"G.M.C. «7123456» prescriber.",
		"g m c number «7123456» prescriber.",
		"GNC «7123456» prescriber.",
		"pin no. «12 A 3456 E» was used.",
		"paramedic «PA 123456» attended.",
		"driving licence «TARRA752130OL9AB» shown.",
	)
}
