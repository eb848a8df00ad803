package redaction_test

import "testing"

func TestTheHouseOfAPersonGoes(t *testing.T) {
	marked(t,
		"«Ralph Bickerdike» of «Stable Mews» got the tablets.",
		"HUSBAND «NORMAND» OF «7 STONEY HESSLE» INFORMED",
		"Mum, «Prudence», at «Ivy Bank, 2 Dob Royd», informed.",
		"Handed out to: Mr «Oglethorpe», «21 Gorse Knowle».",
		"c/o «3 beech hill» for now",
		"sent to «number 11 Cloverdale» by mistake; went to «unit 4b, wheatsheaf yard», nobody in",
		"flat at «102 Byron Point»; caravan at «Plot 7 Sandhills»",
		"of 7 patients, 3 fell. a case of 2 staff. Mr «Patel», 21 days late.",
	)
}

func TestHousesWithALetterGo(t *testing.T) {
	marked(t,
		"Day case, «9a Hey Ridge» given as home",
		"Moved to ward 4b. Level 3c Main Theatre. Band 8a Nurse Lead. Stage 3a Kidney Disease. Type 2b Von Willebrand disease.",
	)
}

func TestHomesThatCareGoWithTheirStreet(t *testing.T) {
	marked(t,
		"moved to «Suite 8, Fairhaven Rest Home, Links Ave» last week",
		"on DOT at a hostel («Beacon House, 60 Cotton Rd») with friends",
		"the nursing home rang. a care home bed. discharged to residential home.",
	)
}

func TestHousesInQuotationMarksAndWithoutCapitalsGo(t *testing.T) {
	marked(t,
		"Letter of complaint from '«Larkhill', Delph Lane». Read twice.",
		"she lives in «rosemount, sandy lane» with cats",
		"called to «the old vicarage, church street» at 0200",
		"visited at «88 bury new road» today. on arrival at «sunnyside, sandy lane» the dog was loose",
		"posted to \"«the old bakery, church walk»\" by mistake",
	)
}

func TestStairsAndPointsOfTheCompassBelongToAnAddress(t *testing.T) {
	marked(t,
		"stays at «2F2, 31 Leven Terrace»",
		"at home, «62 Park Avenue South».",
		"«54 Highfield Ter» and «15 Ash Grv» were wrong",
		"NEWS 9, MEWS 4, PEWS 6.",
	)
}
