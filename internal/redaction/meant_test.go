package redaction_test

import "testing"

func TestARegistrarIsNobodysGivenName(t *testing.T) {
	marked(t,
		"d/w surg reg, nil harm. seen by ortho reg, dhs cancelled. reg rang re gent level.",
		"RAD REG SAYS REQUEST NEVER CAME. uro reg bladder wash bedside. told by ED reg at nine.",
		"found by reg «padraig» when the ecg made no sense. Reg «Obinna» stopped it.",
	)
	marked(t,
		"Her husband «Reg» was told. catheter bag not emptied, «reg waters» found soaked.",
		"«shabana» hca spotted «reg hathersage»'s foot had gone dusky.",
	)
}

func TestWhatANoteBeginsWithIsNobody(t *testing.T) {
	marked(t,
		"Rose from chair, threw a mug at the telly. Rose to 5.8 in half an hour.",
		"Mark on left heel noticed at wash. Rob another trolley, he was told. Bill to follow.",
		"Page unanswered x3. Skip searched. Drew blood from the drip arm. SISTER WILL CHASE.",
		"Faith in paper charts is low. faith leader in room. joy to watch. Carol singers in atrium.",
		"penny swallowed on paeds. buddy strap on wrong toes. call bell not working. max rate on alaris.",
	)
	marked(t,
		"«Rose» from pharmacy rang. «Mark» on nights told her. «Skip» has put a flag on it.",
		"Handed over by «Dawn», checked. «Joy» told the family. «Faith» was upset. «Chase» fell at home.",
		"«Rob» gave the second dose. «Max» fell from bed. seen by «carol». «Penny» rang.",
	)
}

func TestWhatDescribesThingsIsNobody(t *testing.T) {
	marked(t,
		"SHORT STAFFED AGAIN. young pt awol via west fire exit. MAJOR BLEED PAGE LATE.",
		"frank blood in bag. Violet staining of both feet. Sharp thinking. stern words.",
		"Jack Russell loose in the hall. his jack russell had hold of her. MOSES BASKET TIPPED. x ray by chance.",
	)
	marked(t,
		"Mr «Short» sat six hours. Seen with Dr «Young» today. «Frank» blamed «Jack Russell» for it.",
		"«Violet» was upset. «Ray» said so. «Moses» told the nurse.",
	)
}

func TestWhatIsCalledAfterSomebodyIsNobody(t *testing.T) {
	marked(t,
		"Miami J collar fitted back to front. Miami J kept on. replaced by Purpose T.",
		"ECG showed Wellens, barlow neg both. Kernig neg. Jefferson #, diving. Allen not done. Gaskin used.",
		"?dandy walker on scan. House-Brackmann V. Reed-Sternberg cells. Cockcroft-Gault CrCl 14. bennetts fx missed.",
		"bit on shin, co-amox from utc. open on Thursdays. app showed the team. Vit K not given.",
	)
	marked(t,
		"Seen by Dr «Barlow» and SN «Gaskin». «Allen» told her. Mr «Walker» rang. «Miami Okafor» fell.",
		"told «Jefferson» at six. Mrs «Bennetts» was upset.",
	)
}

func TestWardsTeamsAndPostsAreNobodysInitials(t *testing.T) {
	marked(t,
		"cmw d5 visit took it off. MTC took it off at the door. Wanderer from EAU got to bus stop.",
		"AMU rang, SAU told. TVN reviewed. fru got there first. nqn spotted it.",
		"asked «KM» to check. «RW» told her.",
	)
}

// People who are called by words, each where only a person stands.
func TestPeopleWhoAreCalledByWordsGo(t *testing.T) {
	marked(t,
		"Told «Hope» about the dose. Seen by «May» on nights. Sister «Ward» came at once. Dr «Bishop» reviewed.",
		"«Reg Barlow» was moved to bay 2. MR «REG DUNN» FELL. «Art» the porter found it. Sister «Chase» took over.",
		"«Bill» in bed 6 pulled his line. «Pat» denied it. «Dot» was confused. «Drew» signed the book.",
		"SN «Frank» and HCA «Joy» turned her. «Miles» was discharged. «Hazel» from pharmacy called back.",
		"«penny» rang the daughter. asked «daisy» to stay. «poppy»'s mum was told. bed 4 «rose» fell.",
		"nurse «mercy» counted. «prudence» and I counted it. d/w «hope» in pharmacy. s/b «miles» ct2.",
		"wife «pearl» phoned. Mrs «Penny» and Mr «Bell» swapped beds. Mr «Major» arrested at ten.",
	)
}

func TestPairsThatThingsAreCalledAfterAreNobody(t *testing.T) {
	marked(t,
		"known Child Pugh B, stable. hill sachs on film. Query Argyll Robertson. Sengstaken Blakemore used.",
		"?barlow, hip scan booked. query guillain. Thompson done, no gap. dobhoff in via left nostril.",
		"dove soap only. Poppy seed bagel. Gene panel sent. heather honey on wound. rose thorn in thumb.",
	)
	marked(t,
		"Query «Thompson», who was on. «Barlow» done it, he said. Mr «Child» fell. «Poppy» rang.",
		"«Rose»'s soap was lost. Nurse «Dove» said so. «Heather» told him.",
	)
}

func TestSidesAndSaintsAreNobody(t *testing.T) {
	marked(t,
		"lt thr consent sheet. St John's wort not asked about. st john ambulance crew came.",
		"«LT» ran a search. «RT» clerked her. «John» rang.",
	)
}

func TestNextOfKinIsNobody(t *testing.T) {
	inEveryCase(t, "Informed next of kin (son, «Brad»).")
}
