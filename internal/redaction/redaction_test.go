package redaction_test

import (
	"errors"
	"strings"
	"testing"

	"lfpse/internal/redaction"
)

var engine = redaction.New()

// redact runs one text without context.
func redact(t testing.TB, text string) string {
	t.Helper()
	return redactWith(t, text)
}

func redactWith(t testing.TB, text string, known ...redaction.Known) string {
	t.Helper()
	result := engine.Redact([]redaction.Field{{Name: "text", Text: text}}, redaction.Context{Known: known})[0]
	if result.Err != nil {
		t.Fatalf("%q: %v", text, result.Err)
	}
	return result.Text
}

// check compares texts with what they become.
func check(t *testing.T, cases [][2]string, known ...redaction.Known) {
	t.Helper()
	for _, c := range cases {
		if got := redactWith(t, c[0], known...); got != c[1] {
			t.Errorf("\n typed %s\n   got %s\n  want %s", c[0], got, c[1])
		}
	}
}

func TestNHSNumbersGoHoweverTheyAreTyped(t *testing.T) {
	check(t, [][2]string{
		{"NHS number 943 476 5919 seen", "NHS number [NHS NUMBER] seen"},
		{"pt 9434765919.", "pt [NHS NUMBER]."},
		{"(943-476-5919)", "([NHS NUMBER])"},
		{"943.476.5919", "[NHS NUMBER]"},
		{"9 4 3 4 7 6 5 9 1 9", "[NHS NUMBER]"},
		{"94 34 76 59 19", "[NHS NUMBER]"},
		{"943\u00a0476\u00a05919", "[NHS NUMBER]"},
		{"943\u200b476\u200b5919", "[NHS NUMBER]"},
		{"943\u2013476\u20135919", "[NHS NUMBER]"},
		{"９４３ ４７６ ５９１９", "[NHS NUMBER]"},
		{"943 476\n5919", "[NHS NUMBER]"},
		{"bed 4 943 476 5919 6 units", "bed 4 [NHS NUMBER] 6 units"},
		{"nhs9434765919", "[NHS NUMBER]"},
		{"CHI 0101701004", "CHI [NHS NUMBER]"},
	})
}

func TestATypingErrorInAnNHSNumberStillNamesAPerson(t *testing.T) {
	check(t, [][2]string{
		{"NHS no 943 476 5918 queried", "NHS no [NHS NUMBER] queried"},
		{"NHS: 943476591", "NHS: [NHS NUMBER]"},
		{"nhs number is 943 476 59190", "nhs number is [NHS NUMBER]"},
	})
}

func TestOtherNumbersStay(t *testing.T) {
	for _, text := range []string{
		"Engineer log 6630274411 raised.",
		"Lot 9434765918, expiry 06/27, serial HX2838-18.",
		"BP 128/70, HR 84, sats 94%, temp 37.2, RR 18.",
		"Given 5mg at 06.00, 10mg at 14:30 and 2.5 ml at 2215.",
		"Potassium 7.0 mmol/L, Na 118, troponin 1420, CRP 211.",
		"Bay 3 bed 2, ward 11, room B6, theatre 4.",
		"5555555555 shown on the pump",
		"Incident on 03/06/2025, reviewed 14 June 2025 and 2025-07-01.",
		"Infusion 0.5 mg over 30 min; 0800 1200 1600 obs missed.",
		"Ring NHS 111 for advice.",
		"GCS 11, NEWS 7, Waterlow 22, 4AT 9, EQ-5D 0.7.",
		"Aged 85, weight 92 kg, pulse was 104.",
		"Delay of 11 minutes. 25 patients affected.",
	} {
		if got := redact(t, text); got != text {
			t.Errorf("changed\n typed %s\n   got %s", text, got)
		}
	}
}

func TestTelephoneNumbersGo(t *testing.T) {
	check(t, [][2]string{
		{"Mobile 07700 900123.", "Mobile [PHONE]."},
		{"on 07700900123 today", "on [PHONE] today"},
		{"+44 7700 900123", "[PHONE]"},
		{"+44 (0)7700 900 123", "[PHONE]"},
		{"0044 7700900123", "[PHONE]"},
		{"(0115) 496 0618", "[PHONE]"},
		{"01632 960 725", "[PHONE]"},
		{"020 7946 0018", "[PHONE]"},
		{"0770 090 0123", "[PHONE]"},
		{"028-9649-6940", "[PHONE]"},
		{"tel 496 0618", "tel [PHONE]"},
		{"her mobile is 7700 900123", "her mobile is [PHONE]"},
		{"ext 2404, bleep 813 and dect 68-1234", "ext [EXTENSION], bleep [EXTENSION] and dect [EXTENSION]"},
	})
}

func TestAddressesOfEveryKindGo(t *testing.T) {
	check(t, [][2]string{
		{"Mail quill@example.org now", "Mail [EMAIL] now"},
		{"mail Q.Feather-Smith+x@mail.example.nhs.uk.", "mail [EMAIL]."},
		{"quill @ example.org", "[EMAIL]"},
		{"write to quill dot feather at example dot org please", "write to [EMAIL] please"},
		{"quill.feather (at) example.org", "[EMAIL]"},
		{"Sent to M1 1AE today", "Sent to [POSTCODE] today"},
		{"lives at sw1a1aa", "lives at [POSTCODE]"},
		{"Flat 8, 55 Maple Street, PL16 4ZT", "[ADDRESS], [POSTCODE]"},
		{"address 10 maple avenue", "address [ADDRESS]"},
		{"at 68b Kelvin Close", "at [ADDRESS]"},
		{"last login from 10.11.68.152", "last login from [ONLINE NAME]"},
		{"posted by @quill_feather8", "posted by [ONLINE NAME]"},
		{"see www.facebook.com/quill.18 for it", "see [ONLINE NAME] for it"},
	})
	for _, text := range []string{"See www.nhs.uk for advice.", "Bed B6 2nd bay.", "10 minutes down the road.", "Drip @ 10 ml/h"} {
		if got := redact(t, text); got != text {
			t.Errorf("changed %q to %q", text, got)
		}
	}
}

func TestDatesOfBirthGoAndOtherDatesStay(t *testing.T) {
	check(t, [][2]string{
		{"DOB 03/06/85 seen 04/07/2025", "DOB [DATE OF BIRTH] seen 04/07/2025"},
		{"d.o.b. 3.6.1985", "d.o.b. [DATE OF BIRTH]"},
		{"date of birth: 1985-06-03", "date of birth: [DATE OF BIRTH]"},
		{"born on the 13th of April 1948.", "born on the [DATE OF BIRTH]."},
		{"born 3 June 85", "born [DATE OF BIRTH]"},
		{"born June 3rd, 1985", "born [DATE OF BIRTH]"},
		{"DOB 030685", "DOB [DATE OF BIRTH]"},
		{"dob 03 06 1985", "dob [DATE OF BIRTH]"},
		{"03/06/1985 (DOB)", "[DATE OF BIRTH] (DOB)"},
		{"aged 94", "aged [AGE]"},
		{"a 97 year old lady", "a [AGE] year old lady"},
		{"102yo man", "[AGE] man"},
	})
}

func TestRegistersAndRecordsGoByTheirCue(t *testing.T) {
	check(t, [][2]string{
		{"GMC 6611398", "GMC [REGISTRATION]"},
		{"PIN 86C8647N", "PIN [REGISTRATION]"},
		{"HCPC PA30644", "HCPC [REGISTRATION]"},
		{"hospital number 705728N", "hospital number [HOSPITAL NUMBER]"},
		{"Hosp: W7/87201", "Hosp: [HOSPITAL NUMBER]"},
		{"MRN RXK400017 noted", "MRN [HOSPITAL NUMBER] noted"},
		{"NI number PH 43 45 10 C", "NI number [NI NUMBER]"},
		{"car CK64 CWY", "car [VEHICLE]"},
	})
}

func TestNamesGoByTitleRoleAndRelation(t *testing.T) {
	check(t, [][2]string{
		{"Seen by Dr Patel.", "Seen by Dr [NAME 1]."},
		{"Sister O'Brien's shift", "Sister [NAME 1]'s shift"},
		{"Mrs de la Cruz fell", "Mrs [NAME 1] fell"},
		{"Professor Sir John Smith rang", "Professor Sir [NAME 1] rang"},
		{"Mr J. Smith declined", "Mr [NAME 1] declined"},
		{"Nurse Adeyemi gave it", "Nurse [NAME 1] gave it"},
		{"S/N Quillfeather gave it", "S/N [NAME 1] gave it"},
		{"Her daughter, Aisling, came", "Her daughter, [NAME 1], came"},
		{"mrs doherty lives with her sister sorcha", "mrs [NAME 1] lives with her sister [NAME 2]"},
		{"MR QUILLFEATHER FELL BY THE BED", "MR [NAME 1] FELL BY THE BED"},
		{"I, Tomasina Quillfeather, saw it", "I, [NAME 1], saw it"},
		{"Drs Rees and Adamczyk agreed", "Drs [NAME 1] and [NAME 2] agreed"},
		{"Dr Sa\u0301nchez and Dr S\u00e1nchez", "Dr [NAME 1] and Dr [NAME 1]"},
		{"Name: Quillfeather, Tomasina", "Name: [NAME 1], [NAME 2]"},
		{"dr street informed", "dr [NAME 1] informed"},
	})
}

func TestANameAcceptedOnceGoesEverywhereButInAnEponym(t *testing.T) {
	check(t, [][2]string{
		{"Mr Parkinson has Parkinson's disease. Parkinson fell.", "Mr [NAME 1] has Parkinson's disease. [NAME 1] fell."},
		{"Mr Foley pulled his Foley catheter. Foley's wife rang.", "Mr [NAME 1] pulled his Foley catheter. [NAME 1]'s wife rang."},
		{"Dr Mark left a mark. Then Mark rang.", "Dr [NAME 1] left a mark. Then [NAME 1] rang."},
		{"Miss Hope said that we hope it heals.", "Miss [NAME 1] said that we hope it heals."},
		{"Mrs Quillfeather, then quilfeather and QUILLFEATHER.", "Mrs [NAME 1], then [NAME 1] and [NAME 1]."},
	})
}

func TestEponymsDrugsAndOrdinaryWordsStay(t *testing.T) {
	for _, text := range []string{
		"Known Alzheimer's disease, Crohn's and Parkinson's.",
		"Glasgow Coma Scale 15, Barthel 9, Apgar 4, Waterlow high.",
		"A Foley catheter and a Yankauer sucker were missing.",
		"Hope for a quick fix. Will someone update the maps. May to September is busy.",
		"Mark on the screen. Bell alarm silenced. Grace period over.",
		"Given haloperidol, Levothyroxine 100mcg and Tegretol 200mg.",
		"Wernicke's encephalopathy after Hartmann's solution.",
		"The doctor on call was informed and the nurse in charge agreed.",
		"near miss: dose missed by the night team",
		"NASAL SPECS REMOVED BY STAFF. OXYGEN TURNED OFF.",
	} {
		if got := redact(t, text); got != text {
			t.Errorf("changed\n typed %s\n   got %s", text, got)
		}
	}
}

func TestOnePersonHasOneNumberInAllFields(t *testing.T) {
	results := engine.Redact([]redaction.Field{
		{Name: "what", Text: "Esi Appiah fell. Dr Okonkwo came."},
		{Name: "then", Text: "Okonkwo spoke to Ms Appiah and to Esi's son Kwame."},
	}, redaction.Context{})
	want := []string{
		"[NAME 1] fell. Dr [NAME 2] came.",
		"[NAME 2] spoke to Ms [NAME 1] and to [NAME 1]'s son [NAME 3].",
	}
	for i := range want {
		if results[i].Text != want[i] {
			t.Errorf("field %d\n got %s\nwant %s", i, results[i].Text, want[i])
		}
	}
}

func TestWhatTheRecordKnowsGoesWithoutACue(t *testing.T) {
	rose := redaction.Known{Role: "patient", Given: "Rose", Family: "Quillfeather", NHSNumber: "943 476 5918", Phone: "07700 900123"}
	field := redaction.Known{Role: "reporter", Given: "Zoë", Family: "Field", Email: "zoe.field@example.nhs.uk", Other: []string{"the lighthouse keeper"}}
	check(t, [][2]string{
		{"quillfeather fell", "[NAME 1] fell"},
		{"spoke to Rose about the rose garden", "spoke to [NAME 1] about the rose garden"},
		{"quilfeather's notes", "[NAME 1]'s notes"},
		{"ZOE signed, then Zoe\u0308 again", "[NAME 1] signed, then [NAME 1] again"},
		{"zfield logged in", "[NAME 1] logged in"},
		{"number 9434765918 on the band", "number [NHS NUMBER] on the band"},
		{"rang 7700-900-123", "rang [PHONE]"},
		{"He is The Lighthouse Keeper here", "He is [IDENTIFIER] here"},
		{"rose slowly in the open field", "rose slowly in the open field"},
	}, rose, field)
}

func TestTypedPlaceholdersStayPlainText(t *testing.T) {
	check(t, [][2]string{
		{"[NAME 1] met Dr Patel and [PHONE]", "[NAME 1] met Dr [NAME 2] and [PHONE]"},
		{"[NAME 943 476 5919]", "[NAME [NHS NUMBER]]"},
	})
}

func TestSpansPointIntoTheTextAsTyped(t *testing.T) {
	text := "Mrs Ionescu\u2019s n\u00famber: ９４３\u200b４７６\u200b５９１９"
	result := engine.Redact([]redaction.Field{{Text: text}}, redaction.Context{})[0]
	var cut []string
	for _, s := range result.Spans {
		cut = append(cut, text[s.Start:s.End])
	}
	want := []string{"Ionescu", "９４３\u200b４７６\u200b５９１９"}
	if strings.Join(cut, "|") != strings.Join(want, "|") {
		t.Errorf("spans %q, want %q", cut, want)
	}
}

func TestTextThatCannotBeReadIsHidden(t *testing.T) {
	results := engine.Redact([]redaction.Field{
		{Text: "Dr Patel \xff"},
		{Text: strings.Repeat("a", redaction.MaxText+1)},
		{Text: "fine"},
	}, redaction.Context{})
	if results[0].Err == nil || results[0].Text != "" {
		t.Errorf("invalid UTF-8: %+v", results[0])
	}
	if !errors.Is(results[1].Err, redaction.ErrTooLong) || results[1].Text != "" {
		t.Errorf("too long: %+v", results[1].Err)
	}
	if results[2].Err != nil || results[2].Text != "fine" {
		t.Errorf("a readable field beside them: %+v", results[2])
	}
}
