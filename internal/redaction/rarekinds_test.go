package redaction_test

import "testing"

func TestHousesOfRareKindsOfStreetsGo(t *testing.T) {
	marked(t,
		"dropped at «5 st piran's ope» 0140, no lights on",
		"bed wouldn't go through the door at «1 weavers' steps». carried her",
		"?STROKE «87 FENWICK'S ENTRY, FLAT B». LIFT OUT.",
		"locked in at «8 jubilee prefabs» since friday",
		"stairlift stuck half way with him on it, «12 Clough Bottm». Fire brigade 40 mins",
		"slipped on the steps to «2 back providence street», wrist",
		"units on «17c samphire house»",
	)
}

func TestFlatsByTheirNumberAloneGo(t *testing.T) {
	marked(t,
		"he has «Flat 96» and it's on the fifteenth floor of «Bewley Tower». Drive poor",
		"Warden's keys opened «Flat 38». A surprised couple",
	)
}

func TestEntriesStepsAndFlatLinesStay(t *testing.T) {
	marked(t,
		"2 data entry errors, 3 late entry forms, 4 steps to safety, 3 patient's steps counted",
		"the ECG has a flat 3 lead trace, on 2nd floor of the tower, at number 9 in the queue",
	)
}
