package redaction_test

import "testing"

func TestHousesAndStreetsGo(t *testing.T) {
	marked(t,
		"address «Flat 3, 22 Harrow Road», second bell",
		"the Traveller site («Plot 11, Withy Halt»)",
		"«Caravan 6, Sandy Bay Holiday Park»",
		"«12 high st» and «8 Heol y Bont»",
		"collected from «22-24 Fishergate», home at «34 Nethergate»",
		"at «56 Kingsway», «9 Westgate»",
		"«33 St. John's Road»",
		"her address is «6 the crescent»",
		"at «one hundred and six Drovers Court», it's the top one",
		"next door at «number 9», she lives at «number 12»",
		"«Rose Cottage, Church Lane»",
		"Address: «14\nElm Drive»\nLeeds",
	)
}

func TestStreetsWithoutAHouseGoWhereSomebodyLivesOrGoes(t *testing.T) {
	marked(t,
		"lives on «Maple Avenue»",
		"he lives in «sycamore close»",
		"visit to «Damson Rd» was cancelled",
		"found wandering on «Bishopsgate Road» near home",
		"sat nav sends you to «damson rd» in the wrong village",
		"ambulance sent to «Larkspur Way» instead of «Larkspur Drive»",
	)
}

func TestPlacesOfCareAndRoadsStay(t *testing.T) {
	marked(t,
		"Main Street Surgery, Park Lane Clinic, Station Road Practice, Church Road Health Centre rang",
		"Transferred to Park Lane ward, then to Hill Court clinic. sent to Mill Lane site.",
		"walked down the road; parked on the street; he lives in a close, she lives on a main road",
		"moved to court; attended court; called to crown court",
		"RTC on Station Road, three casualties.",
	)
}

func TestNumbersBesideWordsThatStreetsAreMadeOfStay(t *testing.T) {
	marked(t,
		"10 minutes walk. 6 bed bay. 2 way communication. 1 lane closed on the M6",
		"2 top teeth loose. 3 day gap in doses. 4 hour shift end. 12 hour gap.",
		"5 mile drive, 3 point turn, 4 way flow. 16 bank staff. Grade 2 view",
		"at 10 halfway through; at 9 everyone away; at 12 Midway through the shift she fell",
		"ward 4 Gateway referral. 3 Railway tickets. Sent to 2 Riverside ward.",
		"no 2 nurse available; no. 3 pump; number 4 on list; number 9 blade; rang from number 7 on list",
		"Bay 4 bed 3. Ward 12 side room 2. flat 2 affect, room 6 was cold, house 3 staff",
	)
}

func TestHousesByTheirNameGoWhereSomebodyLivesOrGoes(t *testing.T) {
	marked(t,
		"called to «Lower Barn Farm»",
		"moved to «Willow Bank, Far Lane» last year",
		"taxi took her to «18 Wetherby Grange» instead",
		"«17, Marlborough Mansions» and «14a The Maltings»",
		"«Room 14, Linden Hostel»",
	)
}

func TestStreetsInShortOrMistypedGo(t *testing.T) {
	marked(t,
		"«5 Rowan Cl», «7 Pine Gr» and «6 Elm Dr»",
		"found outside «6 elm dr»",
		"«14 Bramble Lnae» has steps",
		"At 19:20 ED consultant Dr «Amelia Hartshorne» came",
	)
}

func TestOtherHousesOfAStreetGo(t *testing.T) {
	marked(t,
		"address «14 bramble» not «41 bramble»",
		"went to «14 Fern Hill», notes said «41 Fern Hill»",
		"lives at «4 Gwelfor»; 4 weeks later, 5 drugs",
	)
}

func TestHousesInTextsWithoutCapitalsGo(t *testing.T) {
	marked(t,
		"midwife visited «6 pear tree close», cord clamped",
		"attended «16 the garth»",
		"address on system «8 wren court» out of date",
		"on scene at «hawthorn farm»",
	)
}

func TestAnAddressGoesWhole(t *testing.T) {
	marked(t,
		"«Ground Floor Flat, 7 Regency Square» and «1st floor flat 7 regency square»",
		"«Block 4 Flat 11 Orchard Estate»",
		"Address: «The Old Dairy\nLapwing Way»\nTel",
		"sent to «12 Lapwing\nWay» by taxi",
		"of «Whinfell, Hob Green, Lapwing», «TS8 9AB»",
		"sent to «12, cliff road»",
		"visited at «3 The Shambles», at 3 The Ward closed",
	)
}
