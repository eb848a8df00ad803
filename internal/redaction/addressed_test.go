package redaction_test

import "testing"

func TestHousesByTheirNameGo(t *testing.T) {
	inEveryCase(t,
		"dn visit to «the granary, lower fold farm», no reply.",
		"meds delivered to «holm bank cottage» by tea time.",
		"lives alone at «tyn y coed».",
		"she is staying at «the anchorage» with her niece.",
		"taxi sent to «the lodge, quarry gates» instead of the hospital.",
		"nok lives next door at «rose bank».",
		"district nurse attended «the old vicarage» for insulin.",
		"delivery note said leave at «little orchard».",
		"home address: «the weir-keeper's, towpath road».",
	)
	marked(t, "Seen by the DN. «Eurgain Protheroe», «Teasel Cottage», fell on the stairs.")
}

func TestHousesOfCareAndWorkStay(t *testing.T) {
	inEveryCase(t,
		"went to the farm shop for lunch, back from the cottage hospital.",
		"staying at the hospice until monday, staying at the hotel.",
		"lives at home with her husband, lives in a care home locally.",
		"lives at the nursing home next to the hospital.",
		"transferred to rosewood court ward for rehab.",
		"stays at baseline, sats staying at 88.",
		"the correct address was the same street in a different village.",
		"lives with her son who works at a local mill.",
	)
}

func TestNumbersBeforeTheNameOfAHouseGo(t *testing.T) {
	inEveryCase(t,
		"came from «flat 1 the boathouse» by taxi.",
		"went to «16 priory stile» to check the driver.",
		"called to «bungalow 4, oak tree close».",
		"son lives at «croft 5, achnahaird».",
		"given «41 elm av» not «14 elm av».",
		"in «12 pinfold row» and «21 pinfold row».",
		"from «flat 17 dyeworks turret» to us.",
		"visit to «10 acre house» for a catheter, asked for a visit to \"«10 acre house»\".",
		"she is from «warden's flat, 2 almshouses».",
		"she is from «st bridget's care home, orchard street».",
	)
	marked(t,
		"Home address «7 Mi11 R0ad». Home: «18 High 5t».",
		"Crew went to «lvy Lodge, Bank Lane».",
		"Kestrel Way closed. «4 Kestrel Ridding» and «40 Kestrel Ridding» mixed up.",
	)
}

func TestNumbersBeforeWhatIsCountedStay(t *testing.T) {
	inEveryCase(t,
		"moved to 3 south, transferred to 12 nightingale.",
		"went to 2 polish patients, sent 3 agency nurses, called to 4 falls.",
		"10 mg morphine and 20 mg morphine given.",
		"2 puffs salbutamol then 4 puffs salbutamol.",
		"flat 2 hours after, 2 unit rise in insulin agreed.",
		"room 4 was full, unit 2 the lift was out.",
	)
}

func TestWhatBelongsToAnAddressGoesWithIt(t *testing.T) {
	inEveryCase(t,
		"three fits in «19 cutlers court, room 4» before anyone looked.",
		"park up alone at «layby cottage, a417» for standby.",
		"he lives at «upstairs 44 cooper row».",
	)
	marked(t,
		"Her parents received it by post much later at home, «Stables Flat, Hanger Lane Farm», and it was opened there",
		"Son «Eitan» in «Top flat, Bramber Turrets» says we were out of stock",
		"She was seen then and sent home to «Vicarage Flat, St Anne's Lane».",
		"Her son «Dwayne» arrived from «flat 1 the boathouse» NHS \"«735-627-7956»\"",
		"Discharged home to «2 The Island, Riverside» yesterday. Post for «14 Elm Road», Huddersfield, was lost.",
		"His boss drove him in from «the static caravan, Pinfold Farm».",
		"(warden 2): «Fuller House, 12 Court Lane».",
		"floor of my shed, «Plot 11, Skylark Lane Allotments», and thought",
	)
}
