package redaction_test

import "testing"

func TestAgesBesideFrailtyGo(t *testing.T) {
	inEveryCase(t,
		"she was left on the trolley, frightened and «97», the whole way.",
		"he was alone and «94».",
		"passenger was wrong. «92» and deaf.",
		"her nan, «91» and housebound, fell.",
		"sister «93», frail, was not told.",
		"so «93» next week.",
		"told us he is «91» next birthday.",
	)
}

func TestReadingsBesideFrailtyStay(t *testing.T) {
	inEveryCase(t,
		"sats 91 and stable, alert and 97% on air.",
		"stable and 96 on air, awake and 94 bpm.",
		"confused and 92 on room air, confused and 91 percent.",
		"gcs dropped, unsteady and 95 bpm.",
		"target is 94 next to the old one.",
	)
}
