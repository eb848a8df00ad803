package redaction_test

import "testing"

// Letters that abbreviate something are somebody's where only people stand.
func TestLettersWherePeopleStandGo(t *testing.T) {
	marked(t,
		"Insulin was given at 0830 and not signed. «CT» gave it again.",
		"I said so to «Kaye», and «PD» agreed.",
		"The incident was signed off «BM» and «LP».",
		"«WK» corrected the register.",
		"On back order until August. «ch» shrugged.",
		"The syringes are in the cupboard, says «ns»",
		"«pk» punched «sr» over the remote.",
		"Took the call: «HB».",
		"«iv» off sick until Friday.",
		"No harm came of it this time.\n«TB»",
	)
}

func TestAbbreviationsWhereNobodyStandsStay(t *testing.T) {
	marked(t,
		"CT showed no bleed.",
		"Seen on the ward; CT and LP requested.",
		"BM checked, then IM adrenaline given.",
		"Off to OT at ten.",
		"Obs: HR 80. IV running. Told ED.",
	)
}
