package redaction_test

import "testing"

func TestHousesGoInAnyCase(t *testing.T) {
	inEveryCase(t,
		"taken to «9 Oakdene Cl» by mistake.",
		"moved to «60 Keswick Pl» last month.",
		"collapsed at «flat 17c Queens Walk» this morning.",
		"went to «20 New Rise» in error.",
		"DN visit «151 Juniper Green»: not in.",
		"came from «3 Tanners Yd», sent to «9 Bramble Clse».",
		"parcel for «28 Larch Gate» left on the step.",
		"the pill of ms «Hargreaves» «7 Skelton Court» was inside.",
		"seen by police at «12 Tower View, flat C», and sent home.",
		"address label: «15/3 Wester Lea Gdns»",
		"he was brought in from «7 Lower Fold Farm», by car.",
		"nok «Rosalyne» of «Marlow Hill, Gill Row» informed.",
		"he lives alone, «flat above the chippy, Market Pl.»",
		"lives in a «flat over the bakery».",
		"lives «attic flat, 61 Sandgate», no lift.",
		"address for transport is «22-24 Fishergate».",
		"she went to her mother's, «Bank Cottage, Intake Lane», instead.",
		"missed at «Fernlea, Thorl Lane», key safe empty.",
		"wrote to her at «Rosebank, Lister Fold».",
		"plot was «plot 9, Pomona Rise», gate locked.",
	)
}

func TestWhatLooksLikeAHouseStaysInAnyCase(t *testing.T) {
	inEveryCase(t,
		"waited for 2 hour way past target.",
		"flat above the clavicle noted.",
		"lives in a flat above ground floor level.",
		"given at 12, drive checked at 4, place changed at 8, view clear.",
		"room 4, walk in shower; bay 2, view blocked; score 4, green.",
		"seen at outpatients, Mill Road branch.",
		"news 4, 3 way tap changed.",
		"bed 6, square of gauze left.",
		"of 12 beds close to the desk.",
		"given 2 tabs, back in court at 2.",
		"fell at 3 steps end of corridor.",
		"2 person walk to bathroom.",
		"for 10 minute walk daily.",
		"dose of 20 dr aware",
		"label said 5 pl and 4 sq cm.",
		"step 4, close the valve.",
		"ward 7 close to full.",
		"between 4 stairs end and the gate.",
	)
}

func TestAHouseAndAStreetBeforeAPostcodeGoInAnyCase(t *testing.T) {
	marked(t,
		"FOUND AT «THE HAYLOFT, GORSEFIELD LANE», «LN11 4XB». she lives at «ivy dene, back road», «ls9 4ab»",
		"Moved to the ward, down the lane. The practice moved to «LN11 4XB».",
	)
}
