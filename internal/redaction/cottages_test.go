package redaction_test

import "testing"

func TestHousesAndStreetsThatStandAloneGo(t *testing.T) {
	marked(t,
		"«RADKA» WOULD NOT LEAVE ROOM. «THE OLD FORGE, DRAGLEY LANE». NOT CONVEYED",
		"letter went to «9 Mariners' Steps», and she moved",
		"«Flt 4, 18 Ropery Row», top bell",
		"bus dropped him at «9 orchard cresc» with no trousers",
		"typed «6 The Old Dairy», then left",
		"address on top, «ty gwyn, heol y felin», but left post code off",
	)
}

func TestStepsCourtsAndGatesOfAHospitalStay(t *testing.T) {
	marked(t,
		"9 Steps to Safety. Bay 4 Court side. fell on 3 steps, 2 gates open, 5 flats evacuated.",
		"BACK TO THE HOUSE, CLOSE MONITORING. THE OLD HALL, DRIVE BY TAXI.",
		"Step 4 Close the valve.",
	)
}

func TestAgesOver89GoWithoutTheWord(t *testing.T) {
	marked(t,
		"«Bettina» is «ninety-nine». Please mark this",
		"«Ethel Openshaw» who is «96» at home alone",
		"his mother, is «90» and saw it all",
		"«Edith Greenwell» (DOB «22/4/31», so «95»). Waterlow 24",
		"the rate, is 90 and regular. Weight is ninety-three kg",
	)
}

func TestNumbersOfPractitionersAndLogInsThatDidSomethingGo(t *testing.T) {
	marked(t,
		"the ODP («ODP41972») noticed it",
		"IT can see that «mhallworth2» saved it",
		"ward12 saved it, covid19 opened the floodgates",
	)
}
