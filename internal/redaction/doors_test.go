package redaction_test

import "testing"

func TestMisreadAddressesGo(t *testing.T) {
	marked(t,
		"Neighbour at «I9 Weavers F0ld» took her in.",
		"Son rang from «5l Bevan 5treet» at noon",
		"He is c/o «9 5halmstry Road» now",
		"Taken to «1vy Cottage, 8ack Lane» by ambulance",
		"Her son «lqbal» rang; lgnore the 5mg and 10ml doses, 5tat bloods",
	)
}

func TestDoorsOfEveryKindGo(t *testing.T) {
	marked(t,
		"a script for «Percival Gedge» of «No. 1, The Cloisters» because",
		"care home is «grange court 16 church brow».",
		"went to «flat 10 mill court» not «10 mill court flats», again",
		"lives at «49 aqueduct bank\ntop floor flat»",
		"The warden at the flats, «Beechcroft Court, 2 Whalley Row», rang",
		"crew went to «flat 2 the old chapel» and got no answer",
		"twins at «11a gorsebank» down the road, letter sent «12 worsted row»",
		"Job came down as «301 Droveway».",
		"next door («number 14») heard her, the other is «34 queens mead».",
		"RUNNING CALL TO «STAND 22, SEAHOLME CARAVAN PARK».",
		"They share a house («Tigh na Mara, Pier Road») in town",
	)
}

func TestHomesThatCareGoWhereSomebodyMovesTo(t *testing.T) {
	marked(t,
		"Booked by ward for «Columbine Lodge Residential Home», which has no bed.",
		"they sent her back to «room 11 sycamore nursing home» at noon",
		"Transferred from Sycamore Nursing Home. discharged to a nursing home, back to the care home.",
	)
}

func TestNumbersThatAreNoDoorsStay(t *testing.T) {
	inEveryCase(t,
		"drip stand 22, park it by the door.",
		"sent 12 patients close to the end.",
		"stand 2 metres away, stand 3 people back.",
		"23 st john volunteers came.",
		"at 11 everybody left, at 3a the lift stopped.",
		"top floor flat surface, ground floor lift.",
	)
}
