package redaction_test

import "testing"

func TestWordsGoBeforeWhatOnlyPeopleAre(t *testing.T) {
	marked(t,
		"«price» refused to come in. «SALMON» WAS CLERKED AT 0200. «sharp» not aware of the plan.",
		"me and «sue», both off. bed 6 «ruby» waiting for scan. «Rush»'s wife rang.",
		"reported by «penny stern». the «horvath» family have complained. listed under «carter» for Tuesday",
		"consultant «grey» was informed. patient of «finch», first on the list",
		"«Rosie Peel» came, and the rest of the «Peels» have had an apology. «Amber»'s mother, of the Bushes Estate.",
		"«Wolf» and «Savage» reached her. bed 11 «rush» went to theatre. «bishop», site manager, moved him",
	)
	marked(t,
		"the young family were told. gp to be told. gave rose petals. bed 4 bell ringing. unable to come.",
		"Bell not working. Hope is not a plan. Patience is wearing thin. bill may have been paid",
		"Legal action was refused. The box was opened. Field notes were not complete.",
	)
}

func TestWordsGoWhereANoteGoesOnFromAPatientsName(t *testing.T) {
	marked(t,
		"fall. «rose» known diabetic on metformin. «penny bell» 84 fell in corridor. «ruby» aged 6 asthma attack",
		"fall. «joy» dnacpr in place. «autumn» due for review. «iris» last seen 2200.",
		"fall. s/b «hazel» at 0900. gave «rose» the wrong inhaler. took «ruby» to toilet and she slipped",
		"fall. «dawn» husband rang the ward. complained that «rose» was rude. «carter» (night porter) moved her",
		"«schäfer» stopped breathing. «Pfeiffer» to be discussed. «barakat» had 2 falls",
	)
	marked(t,
		"fall. bell known to stick. price due for review. page 84 missing. rose garden due to open. gave hope to us all",
		"fall. frank mum. took stone to lab. Simmonds' test positive. Somogyi effect queried.",
	)
}

func TestWhatIsDoneToThingsMakesNobodyOfThem(t *testing.T) {
	inEveryCase(t,
		"tea declined, swab refused, weight declined.",
		"dates agreed. rash denied. delay explained to pt.",
		"help asked for. cost mentioned. bail refused.",
		"bed 6 tray was late. bay 3 fridge broke. bed 7 box fell.",
		"consultant list was full. physio board was not updated.",
		"the rude family left. the polite family came.",
	)
	marked(t,
		"«salmon» refused to come. «WISE» ASKED FOR A SCAN. nurse «grey» was told. «Rose» refused.",
	)
}

func TestLettersGoAmongPeople(t *testing.T) {
	marked(t,
		"She fell. «JK» and I lifted her. Two of us, me and «RT».",
		"checked by two nurses («mb» and «jk») on nights. Room 4 («BK») choked on toast.",
		"She fell. «WB» was crying and shaking. «JVB» was clerked. Apologised, «RW» present.",
		"It was seen with «MB» on the round. Incident involving «GK» and another. As per «BW», no change.",
		"She fell. «OW» to update the care plan. We wait for news.",
	)
	marked(t,
		"between ed and itu, between od and bd. as per GP. seen with CT. ECG and I was told. PHQ-9 24, phq-9 24",
	)
}

func TestAbbreviationsStayWhereOthersStandThanPeople(t *testing.T) {
	inEveryCase(t,
		"incident involving iv fluids. error involving cd balance. incident involving a cd.",
		"discussed with iv team. glucose checked with bm meter. working with pd patients.",
		"bm to check before lunch, iv to complete at ten, bp to document hourly.",
		"nh was contacted. ng was assessed. xr were told. nh was informed of the fall.",
		"bs present. af present.",
		"tv was off today. iv was off until ten. bp was busy. ng went for scan.",
		"theatre 3 (ga) was running late. involved: na.",
		"as per cp. as per pn.",
	)
}

func TestWhatAScannerMakesOfTheEdgesOfNamesIsRead(t *testing.T) {
	marked(t,
		"«5igrid» found him on the floor. Handed to «Danil0» and «Lowr1». Dr «PateI» and Mr «GoldbIatt» came.",
	)
	marked(t,
		"Bed1 and Ward0 were full. 5mins late, 8am round, 6hrly obs, 5ml given. Type II and Part III. Level1 care.",
	)
}

func TestMedicinesMakersAndMethodsStay(t *testing.T) {
	marked(t,
		"Given Elvanse, Plenvu and Nexplanon. Known on Latuda. Piriton out of stock. Recorded in Malinko.",
		"Goligher retractor and a Bosworth screw. Kolb cycle used. Moved by Sara Stedy to the chair. Bhutani chart plotted.",
		"Rinne and Weber done. Barlow and Ortolani normal. Hinchey 3. Guthrie and bloods done.",
	)
}
