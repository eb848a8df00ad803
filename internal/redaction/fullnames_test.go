package redaction_test

import "testing"

// What stands beside half of a name is its other half, though it is a word.
func TestHalfANameTellsTheOther(t *testing.T) {
	for _, text := range []string{
		"«Lorna Kerr» reckons she gave them both a copy.",
		"«lorna kerr» reckons she gave them both a copy.",
		"writing for pt «neville catterall», 71, copd.",
		"The son, «Lee Ockendale», drove off in a van.",
		"seen with neighbour «mossie devanagh» yesterday",
		"3 pts on bare foam, «edwin lustrell» and «savitri kapoor» at the rh",
		"ANAES INFORMED. «KNIGHT» «6713355» TO HDU. NOK «DAY» «07700 900400».",
		"Written by Dr «Cyrus Engineer» last week.",
		"«Jocasta Prynne» bit the nurse on the hand.",
		"ketamine by dr «max power» of basics.",
		"LOCUM RP «DAY» (GPHC «2196038») CAME AT ONE.",
		"HE LOOKED AT «IVY»'S SHEET.",
		"«WILL CARTER» ARRIVED AT 0830.",
		"«WILL CARTER», HCA, REPORTED IT.",
		"«May Hughes», HCA, saw it.",
		"SHE IS 86. «MAY WINTERS» TO SET A PASSWORD.",
		"MORTUARY. «NIRMALA SEN» RELEASED TO THE WRONG FUNERAL DIRECTOR.",
		"Ligature audit: «Fen Chiu» listed 11 points.",
		"OUT OF THE SIDE DOOR. «PEREGRINE FOSS» SAW HER.",
	} {
		marked(t, text)
	}
}

// A name may have an s behind it without an apostrophe, and two people may share one.
func TestNamesOfHouseholdsGo(t *testing.T) {
	marked(t,
		"i gave out «folarins» bottle for «jakub».",
		"she said the «pococks» are a nightmare.",
		"«SEYDOU» AND «SEKOU», BOTH «TRAORÉ», DIED THAT NIGHT.",
		"gave both tablets at once.",
		"the dressings trolley was empty.",
	)
}

// What stands beside a name in its own sense stays.
func TestWhatIsNoHalfOfANameStays(t *testing.T) {
	for _, text := range []string{
		"«Lorna» mentioned Kerr incision care.",
		"The med reg «Tuffnell» was told.",
		"asked dr «fox» on the ward round.",
		"IT IS MAY'S ROTA.",
		"«Nirmala» may come back tomorrow.",
		"MAY FALL, CARE PLAN DONE.",
		"baby «lorna» apgars 9 and 10.",
		"«lorna»'s husband said nothing on sunday.",
		"«lorna» had morphine 5mg.",
		"«Lorna» Physio saw her.",
	} {
		marked(t, text)
	}
}
