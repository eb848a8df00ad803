package redaction_test

import "testing"

func TestUnitsGoWithTheNameOfThePlaceTheyAreIn(t *testing.T) {
	marked(t,
		"satnav took us to pit row. «pitt rowe, number 30», was wanted",
		"she's been at her mums in «Tarrant Rd, 112» since 20/40.",
		"says move to «Plas Celyn, bed-sit 5» is agreed",
		"Visit to «Llys Gwenllian, Flat 20» missed twice",
		"«Yazan» was evicted from «The Foyer, room 22» on Tuesday",
		"GIRLFRIEND'S; DAD'S BOAT, «BERTH C14, PENHALLOW MARINA»; THE PARK.",
		"found by flatmate in «block d, flat 6, room 4, lovelace halls». paracetamol",
		"hoist sling wrong size. «room 3 ferndurst», not room 3 on the rehab ward",
	)
}

func TestRoomsBlocksAndUnitsOfAHospitalStay(t *testing.T) {
	marked(t,
		"moved to Ward 3, room 5. from theatre, block 4. seen in the Rehab Unit, room 6",
		"X-ray Department, Room 2, was closed. room 3 flooded, unit 2 closed, room 4 amlodipine given",
		"transferred to Critical Care, unit 4. Number 8 tube, size 30",
	)
}
