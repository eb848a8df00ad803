package redaction_test

import (
	"strings"
	"testing"

	"lfpse/internal/redaction"
)

func TestCuedNumbersGoInAnyCase(t *testing.T) {
	inEveryCase(t,
		"hosp no «RT 220194» on the form.",
		"unit number «K 552 817», notes missing.",
		"hospital no.: «LX 3389042» was wrong.",
		"wrong MRN («HL 6597062») on the label.",
		"H/N «1455275», bed 4.",
		"registered under «7530629» by mistake.",
		"case note «41-22-07» missing.",
		"HCPC «RA 71834» written on the sheet.",
		"radiographer registration «RA 78314».",
		"HCPC no «PA31846», and crewmate «PA 52207» was with me.",
		"the dect phone «4205» was flat.",
		"aircall «2363», no answer.",
		"Bleep system down: holders of «1234», «0070» and «811» not reachable.",
		"bleeps «4412» and «813» were dead.",
		"site manager on «66632» did not answer.",
		"she is «98» - bed manager told.",
		"his mother was «91» and alone.",
		"age/sex: «93»/F, from home.",
		"patient «97F» fell at home.",
		"please call #«6-1234» about this.",
		"patient «91» is home now.",
		"H no «1234567», CRIS ID «7654321».",
	)
}

func TestWhatLooksLikeACuedNumberStaysInAnyCase(t *testing.T) {
	inEveryCase(t,
		"batch rt 220194, lot k 552817.",
		"pump serial ra 71834.",
		"order or 12345 (as 60417 before).",
		"he was 94 - 96 on air.",
		"she is 95 percent better.",
		"blue badge holders of 1998 only.",
		"bleeped 4 times, then 20 minutes later at 0210.",
		"the site manager on 12 hour shifts.",
		"rate 90/min, cut to 45.",
		"patient 91 on air, pt 94 in total.",
		"ages 3/4 of the set, room 97F.",
		"#6 of 12 beds, fracture # at C6.",
		"asset 3311, job 4412, log 918.",
		"registered under the new rules in 2019.",
		"hospital number missing, 450 ml given.",
	)
}

// Whether the word before is taken is for the layers of names to say.
func TestTheNumberBehindSomebodyWhoIsMovedGoes(t *testing.T) {
	for _, text := range []string{
		"Analgesia given. PAIN 6713355 TO HDU.",
		"BISHOP 6713355 MOVED TO BAY 4, WOLF 6713363 IN BED 2.",
		"seen at 0200. peach 6713355 to ward 7.",
	} {
		result := engine.Redact([]redaction.Field{{Text: text}}, redaction.Context{})[0]
		if strings.Contains(result.Text, "67133") {
			t.Errorf("%s\nleaves the number in %s", text, result.Text)
		}
	}
	inEveryCase(t,
		"batch 6713355 to pharmacy.",
		"key 6713355 in bay 2, locker 6713363 on ward 7.",
		"case 6713355 moved to the coroner.",
		"analgesia 6713355 doses in bed 2.",
	)
}

func TestANumberThatIsCalledAnNHSNumberGoesHoweverItIsBroughtUp(t *testing.T) {
	marked(t,
		"NHS number given as «695 996 8630» and left. NHS/«439 744 3559». Patient ID (NHS) «9698337531».",
		"NHS number on the band, «927 6609239», was wrong.",
		"NHS Supply order 9698337531. Band 6 nurse, 2 given, 3 written.",
	)
}
