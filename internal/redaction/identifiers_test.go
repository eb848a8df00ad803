package redaction_test

import "testing"

func TestNumbersThatSomethingIntroducesGo(t *testing.T) {
	marked(t,
		"mr «craig» («a7714dx») given it",
		"mat no «0044713», MAT «0044718»",
		"both records; numbers «P-2047718» and «P-2047781»",
		"hospital no «88-1234» not «88-1243»",
		"HCPC: «PA 31846». Crewmate «Jelena», «PA 52207».",
		"Technician registration: «5031176»",
		"responsible pharmacist number «2078831», gphc reg «2078832»",
		"pin no «12A 3456 E»",
		"bleeped twice on «3602», reach me on «5512»",
	)
}

func TestNumbersOfPeopleGoWhateverStandsBesideThem(t *testing.T) {
	marked(t,
		"pharmacist («2210098») checked, RPh «2210098»",
		"Patient («448812») fell",
		"labels for «H448812» and «H448821» mixed",
		"itu bleep «3302», med reg «2044», sho «2045»",
		"accessed under «hsmith04», Windows account «r.jones7»",
		"CAS-448812 and INC-4481 were closed",
	)
}

func TestNumbersThatNothingIntroducesStay(t *testing.T) {
	marked(t,
		"serial 448812, lot 11882, asset 00912. serial numbers P-2047718",
		"Datix W-204467, incident 44812, INC0084471. CAD 1184, job 44812",
		"model 780, SN 1162207, ref 44/18. batch AB1234. form number 4481",
		"bleeped 3 times; bleeped twice. ring 111, call 999, dial 2222",
		"registered nurse 2, registered 2019. fridge temp 9.4, reg 12 not charged",
		"Social Work England and NHS England were told",
	)
}

func TestANumberOneSlipFromAnNHSNumberGoes(t *testing.T) {
	marked(t,
		"NHS nos differ: «9434765919» and «9434765918»",
		"wrong record opened, «943 476 5919» in place of «934 476 5919»",
		"NHS «9434765919», pump 9876543219",
	)
}

func TestLogInNamesGo(t *testing.T) {
	marked(t,
		"logged in as «jsmith3», signed in as «ward3nurse7»",
		"login details of «k.patel2», account «svc_doe» was locked",
		"audit trail: «NREHMAN2» at 03:12, entered by «dr_bay»",
		"Smartcard UUID «555512341234»",
	)
	marked(t,
		"user error; user guide v3; user group; user name missing; account closed",
		"login failed; log in again; logged in late; log on to the system",
		"username and password were shared",
	)
}

func TestNumbersInWordsGo(t *testing.T) {
	marked(t,
		"Tel: «O-seven-seven-double-O-nine-double-O-four-seven-four»",
		"he said «oh seven seven double oh nine double oh one two three» twice",
		"one or two of three, four to five a day, six seven",
	)
}

func TestNumbersOneDigitAtATimeGo(t *testing.T) {
	marked(t, "ring «0 7 7 0 0 9 0 0 1 2 3» please", "scored 0 7 7 0 0 on the chart")
}

func TestAnInsuranceNumberGoesWhateverItsLettersWhereItIsIntroduced(t *testing.T) {
	marked(t, "NINO «QQ 12 34 56 C»", "part QQ123456C fitted")
}

func TestMailAddressesGoHoweverTheyAreParted(t *testing.T) {
	marked(t,
		"write to «h.pilling@\ntrust.example» please",
		"write to «h.pilling @trust.example» please",
		"write to «h.pilling@ trust.example» please",
		"«hpilling at trust.example»",
		"tagged «@hpilling» in it, version 10.2.1.4 of the software",
	)
}

func TestADateInBracketsAfterAChildIsItsDateOfBirth(t *testing.T) {
	marked(t, "child («12/05/2019») seen in clinic", "incident (12/05/2026) reported")
}

func TestTheSecondOfTwoAgesGoesToo(t *testing.T) {
	marked(t, "aged «90» to «95»", "aged «93» and 70 kg")
}

func TestWhoIsLoggedInGoes(t *testing.T) {
	marked(t, "«hpilling» logged in at 0312", "«hpilling2» was logged in", "nobody was logged in")
}

func TestNumbersInPartsGo(t *testing.T) {
	marked(t,
		"BMS in the lab («BS 71104») rang; prison no «A 0918 CK» known",
		"mrn: «rgt 2201944» merged; ID band «4418829»; Pt no. «G20184»",
		"smart card no «910044718822» left in",
		"Type A 40 mg. Grade (AS 3). Level B 2.",
	)
}

func TestNumbersThatAreRungInsideGo(t *testing.T) {
	marked(t,
		"ring ward on «31182»; switch put me through to «41880»; med reg on «2051»",
		"ring at 2051. call on 2222. reg on 2 wards. put through to 3 people.",
	)
}

func TestLogInsThatSomebodyUsesGo(t *testing.T) {
	marked(t,
		"using «rkhan12»'s login; audit trail shows «bkaur6» opened it; account «lowej» locked",
		"user error shown; audit shows nobody opened it; account closed",
	)
}
