package redaction_test

import "testing"

func TestAFamilyNameBehindAGivenNameIsNothingElse(t *testing.T) {
	check(t, [][2]string{
		{"the wristband of caoimhe tuohy was read", "the wristband of [NAME 1] was read"},
		{"rejected by ghassan bakri at noon", "rejected by [NAME 1] at noon"},
		{"REVIEWER GUOQIANG SIU SAID SO", "REVIEWER [NAME 1] SAID SO"},
		{"the other belongs to cathal vu", "the other belongs to [NAME 1]"},
		{"dentist heather cook had it", "dentist [NAME 1] had it"},
	})
}

func TestTheSameFamilyNamesMeanSomethingElseAlone(t *testing.T) {
	check(t, [][2]string{
		{"bakri balloon inserted for pph", "bakri balloon inserted for pph"},
		{"the tuohy needle was withdrawn", "the tuohy needle was withdrawn"},
		{"the cook in the kitchen was told", "the cook in the kitchen was told"},
	})
}

func TestFamilyNamesInCapitalsAreNoAbbreviations(t *testing.T) {
	check(t, [][2]string{
		{"PATIENT WEI ZHUANG WAS MOVED BY SAROJ TSO", "PATIENT [NAME 1] WAS MOVED BY [NAME 2]"},
		{"FOUND BY YUET ON A CHECK", "FOUND BY [NAME 1] ON A CHECK"},
	})
}

func TestThingsInListsMayHaveCapitals(t *testing.T) {
	marked(t,
		"Obs (Temp, Pulse, BP) not done. Observations: Temp, Pulse, Resps and Sats.",
		"Checked: Mask, Cord, Lamp, Drain. Tripped on the step; Lane to the car park icy.",
		"Seen with «Solomon», «Field» watched. I told «Cook».",
	)
}
