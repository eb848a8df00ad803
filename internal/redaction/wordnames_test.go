package redaction_test

import "testing"

func TestWordsThatAreNamesGoBesideNames(t *testing.T) {
	marked(t,
		"«Windy Lofthouse» and I carried him. The desk («Foot», «Goswami») changed over.",
		"Team: «Sigrid», «Nkechi», «Will».",
		"Seen with «Solomon», «Field» and I watched. «Hazel Heart» had visited.",
		"«ruby» and «pearl» spoken to. «faith» and «kenji» came. We sent «Kenji» home.",
		"Please print the card. «Clem Salt», technician. Inbox of «July Thatcher» unread.",
		"«sue butcher» and the rep. «bill carter», disputes it.",
	)
	marked(t,
		"rose garden gate left open. I hope green ones come. we hope young carers cope",
		"mark and site checked. amber and red flags. head, neck and foot pain (Foot, ankle).",
		"«Karen», will call back. «Priya», mark noted on heel.",
	)
}

func TestWordsThatAreNamesGoBehindWhatSomebodyIs(t *testing.T) {
	marked(t,
		"Told Sister «Street» and Matron «Day». Passed on by clerk «Radiance».",
		"The team manager «Foot» has stopped visits. SHO «Case» reviewed.",
		"found by home help «bridges» and put away. the security man «duke».",
		"Our «Faith» came. SON «DANISH» AT BEDSIDE. «Shona» talked to her.",
		"the carer, «hoffmann», took it. opened by «fothergill» who knows him. APPROVED BY «ZULU».",
	)
	marked(t,
		"Shona interpreter booked. Danish pastry. our hope. sister ward. nurse in charge.",
		"patient Virchow positive. fed by Ryles tube. a Hickman. Night sister.",
	)
}

func TestWordsThatAreNamesGoWhereSomebodyIsSpokenOf(t *testing.T) {
	marked(t,
		"spoke w/ «noble» later. \"shoes,\" said «peel», crossly. next time says «art».",
		"the lab spoke to \"«Grace»\" at one. results filed under «chuck», as before.",
		"rang the line and got «sue», who told her. «Costelloe» set the rate.",
		"please tell «wade» the dog is fine. he told «bush» herself.",
		"«daisy»'s ward round moved. «Rose» on the front desk told Dr «Marsh».",
	)
	marked(t,
		"said good. spoke w/ family. filed under letters. Pump set the alarm off.",
		"set the rate. Bilisoft blanket the mother had. daisy ward round.",
	)
}

func TestPeopleAreToldFromWhatIsCalledAfterThem(t *testing.T) {
	marked(t,
		"Dr «cockcroft» re-cut both. mr «cockcroft» vomiting since tea. «Kayleigh Cockcroft» had it.",
		"«Keith Urquhart»'s photo was flipped. Comments to «Gilchrist», GMC «4198827».",
		"«P. WINSPEAR» AND «P. SMITH». TAKEN FROM «CARLA VASILIOU»'S HOUSE BECAUSE OF IT.",
		"«Smith» (first name «Sioned») came. from «Marta Lund»'s house.",
	)
	marked(t,
		"cockcroft-gault used. Stanford A. Theatre at 07:15. MURPHY'S NEGATIVE. with a McCoy.",
		"C. DIFF FROM SUNDAY. E. COLI. S. AUREUS. Foley re-sited. Murphy's positive.",
	)
}

func TestOneCapitalAtTheBeginningTellsThatCapitalsMeanSomething(t *testing.T) {
	marked(t,
		"«Di» called 2222. A nurse will come. Nominated by «Rosemary» later.",
		"Partner «Una» wishes to speak to Matron «Day».",
	)
}
