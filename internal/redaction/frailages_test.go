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

func TestAgesOfSomebodyGo(t *testing.T) {
	inEveryCase(t,
		"grandmother «93» says he is the tenth.",
		"his wife «91» deaf rang, elderly lady «93» found wandering.",
		"fit for «92». gent of «92» on trolley.",
		"he will be «95» on friday. would have been «100» in may.",
		"she is nearly a «hundred».",
		"pt «91» demented. f/«94» admitted. resident (m, «95») choked.",
		"dob «3/2/1931», so «94», frail.",
		"wife aged «90» waits, mother (age «99») not told.",
		"a «90ish» lady, «91» y.o. woman.",
		"the oldest was «103».",
	)
	marked(t,
		"Mrs «Krahenbuhl» («9l») fell. Age «9O», ward 3.",
		"She will be «10l» next week, age given as «1O2».",
		"Resident (F) choked.",
	)
}

func TestOtherNumbersBesideSomebodyStay(t *testing.T) {
	inEveryCase(t,
		"nearly 95 patients waited, turned 90 degrees to the left.",
		"male 94 on air, female 92 bpm, man 92 mg given.",
		"oxygen 9l via mask, 9l given, (9l) then 15l.",
		"ready for 92, target for 94. sats of 92 and stable.",
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
