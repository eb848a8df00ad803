package redaction_test

import "testing"

func TestWardsThatAreCalledLikePeopleStay(t *testing.T) {
	marked(t,
		"Moved from Nightingale Ward to Seacole ward.",
		"Pt on Tennyson absconded. Staff on Tennyson informed.",
		"Transferred to Hazel from Willow..",
		"Ward: Elm\nBed 4",
		"moved to bay C on Florence",
	)
}

func TestPeopleOfTheSameNamesGo(t *testing.T) {
	marked(t,
		"Nurse «Hazel» transferred her to the care of Dr «Willow».",
		"Care was handed to «Florence», who rang «Tennyson»'s wife.",
		"moved to «Kate»'s caseload",
	)
}

func TestWhatIsCalledAfterSomebodyStays(t *testing.T) {
	marked(t,
		"Kendrick extrication device used, cut with Barrington ligature knife.",
		"Lieberman speculum, Guthrie cards out of date, Todd's paresis afterwards",
		"skin tear, Payne-Martin 2. Clavien-Dindo IV. Fractured wrist (Smith's type).",
	)
	marked(t,
		"Nurse «Roberts» gave the dose. Dr «Morris» saw him. Mrs «Todd» fell.",
		"Told «Edwards» at 0900. Sister «Russell» aware. HCA «Geneva» rang.",
		"Microbiologist «Ekanayake» low risk",
	)
}

func TestTreesFlowersAndBirdsAreWards(t *testing.T) {
	marked(t,
		"STANDING HOIST FAILED. STILL ON LAVENDER. fire alarm on juniper. response team from rowan.",
		"moved from oak to willow at 2am. Cherry to Beech. Beech to Oak. bank nurse sent from beech to birch.",
		"on lilac round not lily round. app showed rose team. primrose short of hcas. BORROWED FROM HEATHER.",
	)
	marked(t,
		"«Rose» was short of breath. «Heather» fell from bed. call from «Ivy». «Holly»'s team leader rang.",
		"Told by «Fern» at six. «Robin» and «Hazel» came. bed 4 «ivy» fell.",
	)
}
