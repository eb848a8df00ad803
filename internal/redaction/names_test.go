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
