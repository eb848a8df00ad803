package redaction_test

import "testing"

func TestNumbersOfLinesGoByWhatTheyDo(t *testing.T) {
	inEveryCase(t,
		"nobody can be reached, «41279» diverts to a fax.",
		"everyone rings «64208» which is the linen room.",
		"on call pharmacist carries «0745» but it was in the drawer.",
		"switch put the call through to «2 6650» not «2 6560».",
		"nurse rang estates on «6-2377» about water.",
		"vascular reg answers «0098» only until 20:00.",
		"two bleeps, «8120» and a spare marked «8210», neither went off.",
		"old card lists «1 5 7 4» for ent.",
		"tried bleep «0461» x5, then «0416» as the rota is wrong.",
		"bleep battery flat «9044» so missed.",
	)
	inEveryCase(t,
		"the pump works, 6 500 ml given.",
		"switched to 2 litres, then 4402 steps counted.",
		"call bell rang at 2117 and again at 2120.",
		"put up to 3 4000 unit bags.",
		"porter carries 3 bags.",
	)
}
