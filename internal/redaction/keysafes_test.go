package redaction_test

import "testing"

func TestCodesOfKeySafesGo(t *testing.T) {
	inEveryCase(t,
		"key safe «4471», door sticks.",
		"keysafe code is «2290» now.",
		"key safe by front door «1945».",
		"key-safe no. «0814», keysafe: «3371».",
		"code for the key safe is «1966».",
		"use key safe («4410»), let yourself in.",
		"the number «4410» for the key safe was old.",
	)
}

func TestOtherNumbersBesideKeySafesStay(t *testing.T) {
	inEveryCase(t,
		"key safe not working, 4 attempts in 200 minutes.",
		"key safe was empty at 0900, key safe at 0915 still empty.",
		"keysafe installed in 2019.",
		"key safe 200 metres from the door.",
		"door code c2580x, key safe model c500.",
		"code 2222 call, error code 4471, team code 2290, gate code 1992.",
	)
}
