package redaction_test

import (
	"testing"

	"lfpse/internal/redaction"
)

func TestDisguisedNumbersAndAddressesGo(t *testing.T) {
	check(t, [][2]string{
		{"943\u200b476\u200b5919", "[NHS NUMBER]"},
		{"\u202e943 476 5919\u202c", "\u202e[NHS NUMBER]"},
		{"９４３－４７６－５９１９", "[NHS NUMBER]"},
		{"٩٤٣ ٤٧٦ ٥٩١٩", "[NHS NUMBER]"},
		{"943 / 476 / 5919", "[NHS NUMBER]"},
		{"9434 765 919", "[NHS NUMBER]"},
		{"943\n476\n5919", "[NHS NUMBER]"},
		{"NHS 943 476 5918", "NHS [NHS NUMBER]"},
		{"94E 476 59l9 and 943 476 59l9", "94E 476 59l9 and [NHS NUMBER]"},
		{"o7700 9oo 174", "[PHONE]"},
		{"O77OO 9OO 636", "[PHONE]"},
		{"ring oh double seven double oh nine double oh one six three", "ring [PHONE]"},
		{"nine four three four seven six five nine one nine", "[NHS NUMBER]"},
		{"dob O4/O8/l938", "dob [DATE OF BIRTH]"},
		{"quill dot feather at example dot org", "[EMAIL]"},
		{"quill@exam\u00adple.org", "[EMAIL]"},
		{"ｑｕｉｌｌ＠ｅｘａｍｐｌｅ．ｏｒｇ", "[EMAIL]"},
		{"SW1A\u00a01AA", "[POSTCODE]"},
	})
}

func TestDisguisedNamesGo(t *testing.T) {
	check(t, [][2]string{
		{"Seen by Dr Раtеl today", "Seen by Dr [NAME 1] today"},
		{"Seen by Dr Pa\u200btel today", "Seen by Dr [NAME 1] today"},
		{"Seen by Dr Ｐａｔｅｌ today", "Seen by Dr [NAME 1] today"},
		{"Seen by Dr Pate1 today", "Seen by Dr [NAME 1] today"},
		{"her son F1orin came", "her son [NAME 1] came"},
		{"Lombardo, L-O-M-B-A-R-D-O, she said", "[NAME 1], [NAME 1], she said"},
		{"seen by Иванова on the ward", "seen by [NAME 1] on the ward"},
	})
}

func TestWhatTheRecordKnowsGoesInEveryForm(t *testing.T) {
	known := redaction.Known{Role: "patient", Given: "Siân", Family: "Quillfeather-Ogunbanjo", Born: "1950-01-31", Phone: "+44 7700 900123"}
	check(t, [][2]string{
		{"sian and Sian's and SIÂN", "[NAME 1] and [NAME 1]'s and [NAME 1]"},
		{"quillfeathers bed, then Quilfeather", "[NAME 1] bed, then [NAME 1]"},
		{"ogunbanjo, Ogunbnajo, OGUNBANJOO", "[NAME 1], [NAME 1], [NAME 1]"},
		{"She gave 31/1/50 and not 31/1/22", "She gave [DATE OF BIRTH] and not 31/1/22"},
		{"on 31 January 1950", "on [DATE OF BIRTH]"},
		{"ring 07700900123", "ring [PHONE]"},
		{"ring 7700 900 123", "ring [PHONE]"},
	}, known)
}

func TestInitialsOfPeopleGoAndAbbreviationsStay(t *testing.T) {
	check(t, [][2]string{
		{"Checked by JS.", "Checked by [NAME 1]."},
		{"Signed: J.S.", "Signed: [NAME 1]."},
		{"Labelled HG checked AJ", "Labelled [NAME 1] checked [NAME 2]"},
		{"BP 120/80, HR 84, RR 18. Given IV by the RN. GP informed. TTO done.", "BP 120/80, HR 84, RR 18. Given IV by the RN. GP informed. TTO done."},
		{"Reviewed by GP. Seen in ED by OT and PT.", "Reviewed by GP. Seen in ED by OT and PT."},
	})
}

func TestAmbiguousWordsAreDecidedByContext(t *testing.T) {
	check(t, [][2]string{
		{"Sister Rose told Will that Joy would come. We will hope for the best in May.", "Sister [NAME 1] told [NAME 2] that [NAME 3] would come. We will hope for the best in May."},
		{"Then Grace Bishop rang about the grace period.", "Then [NAME 1] rang about the grace period."},
		{"hca joy told me there was no joy", "hca [NAME 1] told me there was no joy"},
		{"Mark left a mark on the bed.", "[NAME 1] left a mark on the bed."},
		{"Moved to Nightingale Ward from Rose Court.", "Moved to Nightingale Ward from Rose Court."},
	})
}

func TestLittleConfidenceIsDoubtful(t *testing.T) {
	for text, want := range map[string]bool{"Seen by Dr Patel.": false, "rota shows rutendana but she swapped": true} {
		spans := engine.Redact([]redaction.Field{{Text: text}}, redaction.Context{})[0].Spans
		if len(spans) != 1 || spans[0].Doubtful() != want {
			t.Errorf("%q: %+v", text, spans)
		}
	}
}
