package redaction_test

import "testing"

func TestHousesWithoutAKindOfStreetGoWhereAHomeIsSpokenOf(t *testing.T) {
	marked(t,
		"left to buy fags, rang from «34 murrelfoot» saying he's not coming back",
		"no reply «77 dunnock» rang daughter «lorraine»",
		"seen at her brothers «22 the pleck» today",
		"the label says «130 scofolt». crossmatch binned",
		"GIRLFRIEND'S, «20 CUDDWORTHY»; THE PARK.",
		"gives home as «6 Prospect». Cannula in.",
		"app autocorrects «3 Wharrage Yett» to another",
	)
}

func TestTimesAndAmountsBeforeRareWordsStay(t *testing.T) {
	marked(t,
		"phoned PALS at 1340 educational supervisor told. found toes black at 1420 raynaud as well",
		"no reply 2 bleeps. at 10 amlodipine was given. no answer 3 calls",
		"at 22 weeks, from 4 units to 6 units, at 5 the pain went",
	)
}
