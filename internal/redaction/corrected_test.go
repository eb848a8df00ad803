package redaction_test

import "testing"

func TestNumbersThatCorrectAHouseGo(t *testing.T) {
	marked(t,
		"crew sent to «6 lapwing rise» but the fall was two doors down at «10», lost 11 minutes",
		"delivered to «8 Quarrymans Fold» instead of «18». Contained bisoprolol",
		"label says «130 scofolt road». she says «113». crossmatch binned, hb 60",
		"«91 Tyrrell Drive». Nobody there. Redial: it was «19», pt had OD",
	)
}

func TestOtherNumbersBehindAnAddressStay(t *testing.T) {
	marked(t,
		"sent to «6 lapwing rise» with 20 mg instead of 10 mg, BP was 90 and sats at 94",
		"lives at «6 Lapwing Rise». On arrival at 10, HR was 120. it was 10 minutes late",
	)
}
