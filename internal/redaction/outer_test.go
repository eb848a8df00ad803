package redaction_test

import "testing"

func TestUnitsOfAnAddressGoWithIt(t *testing.T) {
	marked(t,
		"HOUSE FIRE, «TOP FLOOR REAR, 144 ALMA TERRACE». CARRIED OUT",
		"hand-labelled \"«2/1, 36 Kelpie Street»\" where the DOB goes",
		"TAKEN BY TENANT OF «GROUND FLOOR FLAT, 2 NUNNERY WALK»; PT IS FIRST FLOOR",
		"mrs «chowdhury» at «flat 11, emmeline court (sheltered)» pulled cord",
		"\"«next door to 5 fuller's yard»\" isn't an address",
		"a gas bill for «the cabin rear of 40 stubbins road». turned away",
		"letter naming «Juniper House, 9 Sexton's Walk» was copied",
		"«hut 3, the allotments, 12 Gorse Road», he had rope in there",
		"Alarm company quoted «Scheme 14, Peverel Lodge, Flat 33».",
		"Soldier's wife, «12 Ypres Lines, Haddow Barracks»; health visitor",
	)
}

func TestUnitsOfAHospitalStay(t *testing.T) {
	marked(t,
		"seen in room 4, bed 2. unit 3, theatre 2. block 4, level 2. BP 2/1, on arrival",
		"moved to the top floor, 2 nurses with him",
	)
}
