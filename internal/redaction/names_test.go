package redaction_test

import "testing"

func TestNamesThatAreWordsGoWhereSomebodyStands(t *testing.T) {
	marked(t,
		"«Joy» from pharmacy rang.",
		"told fleet («bob» the van man) last month",
		"«bob» the porter came",
		"«hope» on nights gave it",
		"hca «hope» on break",
		"«Rose» on leave",
	)
	marked(t,
		"On Tuesday the nurse came. The page from the chart was lost.",
		"They took comfort from it. Hope for the best. No joy from the helpline.",
		"Mark on the skin. Bill on arrival. Rose on litmus.",
	)
}

func TestDoubleBarrelledNamesGo(t *testing.T) {
	marked(t,
		"Mr «Pope» (chair), «Joan Abbott», «Nun-Price».",
		"Payne-Martin and Lund-Browder were used",
	)
}

func TestCodesAndDaysAreNobody(t *testing.T) {
	marked(t,
		"PCA pump (CADD-Solis, SN 1162207) programmed",
		"on a busy Satruday in the clinic, over Bank Holiday Monday and Christmas Eve",
		"Deprivation of Liberty applied for. Critical Care Outreach attended. Giardia, Klebsiella grown.",
		"FOUND BY MARIE CURIE NURSE AT 2200",
		"medic «KV» attended at 1120 AV node seen",
	)
}

func TestTelegraphicNarrativesLoseTheirPeople(t *testing.T) {
	marked(t,
		"epr shows «lmills3» opened «karen doyles» notes",
		"neighbour «ron» let us in w keysafe, «14 moor end».",
		"ambulance booked 1400, arr 2210. pt «92», dementia, no food. spoke to «gary», «gemma» and «trev»",
		"police pc 4471 «brand» attended",
	)
}
