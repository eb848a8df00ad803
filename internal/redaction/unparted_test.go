package redaction_test

import "testing"

func TestAHouseAndItsStreetGoWithNothingBetween(t *testing.T) {
	inEveryCase(t,
		"she took bloods at «the old forge mill brow» today.",
		"he fell at «the old post office marsh lane».",
		"home birth at «the old farriery turntable lane», no second midwife.",
		"she lives with us, «the stables home farm».",
		"dn visit to «the coach house station road»: no answer.",
		"he lives at «ivy cottage back lane».",
		"she lives at «the barn hill top lane».",
	)
	marked(t, "lives at «the old forge, mill end».", "crew at «the old school house, school lane» by six")
}

func TestRoadsAndEndsOfASiteStay(t *testing.T) {
	inEveryCase(t,
		"walked to the church hall car park.",
		"wheeled to the farm back gate.",
		"parked on the hotel access road, at the lodge service road.",
		"seen at the old practice church road surgery.",
		"moved to the house front drive.",
		"at the hall close monitoring went on.",
	)
}

func TestStepsAndStairsWhereSomebodyLivesGo(t *testing.T) {
	marked(t,
		"the car rolled into the wall at «5 quarry steps» nobody hurt",
		"visit to «4 harbour steps», found at «9 cathedral steps» by a neighbour",
		"managed 5 steps, fell down 5 garden steps, 4 concrete steps at the front, 3 more stairs",
		"crouched at 3 stone steps; from 5 quarry steps away",
	)
}

func TestTheNumberBehindAStreetGoes(t *testing.T) {
	marked(t,
		"wrote from «St Cuthbert's Terr., no 8».",
		"he lives in «Bell Street, no 14»",
		"lives on «orchard road no 9» now",
		"taken to «Castle Terrace no. 31» in error",
		"on the road no 9 available. terrace no 3 hour wait",
	)
}

func TestANumberAndACommaBeforeAStreetGo(t *testing.T) {
	marked(t,
		"left in rain outside «2, hempland way». she lives at «14, the crescent»",
		"taxi went to «6, orchard way» instead",
		"seen at 11, road closed. moved to bed 4, end bed. given at 2, close watch. sent to 2, back row",
	)
}
