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
