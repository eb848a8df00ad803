package corpus

import (
	"fmt"
	"strings"
	"testing"
)

func parseOne(t *testing.T, text string) Narrative {
	t.Helper()
	narratives, err := Parse(strings.NewReader("== X1 acute incident asis\n" + text))
	if err != nil {
		t.Fatal(err)
	}
	return narratives[0]
}

func TestEveryKindOfMark(t *testing.T) {
	n := parseOne(t, "Siân: {PHONE.mobile:07700 900000}, {-eponym sign:Babinski}, {~DATE:3 May}.")
	if want := "Siân: 07700 900000, Babinski, 3 May."; n.Text != want {
		t.Errorf("text: got %q, want %q", n.Text, want)
	}
	for _, c := range []struct{ got, want string }{
		{fmt.Sprint(n.Identifiers), "[{{6 18} PHONE 07700 900000 mobile}]"},
		{fmt.Sprint(n.Distractors), "[{{20 28} Babinski eponym sign}]"},
		{fmt.Sprint(n.Optional), "[{{30 35} DATE 3 May}]"},
	} {
		if c.got != c.want {
			t.Errorf("got %s, want %s", c.got, c.want)
		}
	}
}

func TestWhatANameIs(t *testing.T) {
	for marked, want := range map[string]string{
		"{p.irish:Nuala}":                "patient|F|irish",
		"{p.irish:Nuala Tierney}":        "patient|FL|irish",
		"{p.irish:Tierney, Nuala}":       "patient|LF|irish",
		"{s.irish:N. Tierney}":           "staff|IL|irish",
		"Mrs {r.irish:Tierney}":          "relative|L|irish",
		"{b.irish:NUALA}":                "baby|FU|irish",
		"{o.irish:nuala tierney}":        "other|FLl|irish",
		"{p.irish.typo:Tireney, Nuala}":  "patient|LF|irish|typo",
		"{p.irish.L:Tierney}":            "patient|L|irish",
		"(Dr {s.irish.ocr:T1erney}) was": "staff|L|irish|ocr",
	} {
		if got := parseOne(t, marked).Identifiers[0].Sub; got != want {
			t.Errorf("%s: got %s, want %s", marked, got, want)
		}
	}
}

func TestTitlesAndPossessivesMayGo(t *testing.T) {
	for marked, want := range map[string]string{
		"saw Mrs {p.irish:Tierney}'s son": "[{{4 8} TITLE Mrs } {{15 17} POSSESSIVE 's}]",
		"(Dr. {p.irish:Tierney})":         "[{{1 5} TITLE Dr. }]",
		"{p.irish:Nuala}’s":               "[{{5 7} POSSESSIVE ’s}]",
		"{p.irish:Nuala}'say":             "[]",
		"summer {p.irish:Nuala}":          "[]",
		"Mr{p.irish:Tierney}":             "[]",
	} {
		if got := fmt.Sprint(parseOne(t, marked).Optional); got != want {
			t.Errorf("%s: got %s, want %s", marked, got, want)
		}
	}
}

func TestCharactersByNumber(t *testing.T) {
	n := parseOne(t, `{p.french:Zoe\u0308}\u200b.`)
	if want := "Zoe\u0308\u200b."; n.Text != want {
		t.Errorf("text: got %q, want %q", n.Text, want)
	}
	if got, want := n.Identifiers[0].Interval, (Interval{0, 4}); got != want {
		t.Errorf("name: got %v, want %v", got, want)
	}
}

func TestWhatTheRecordKnows(t *testing.T) {
	n := parseOne(t, "> patient | Nuala | Tierney | nhs_number 9990000018 | dob 1950-01-31\n> reporter | Ada | Example\n\nText.\n")
	want := "[{patient Nuala Tierney 9990000018 1950-01-31  } {reporter Ada Example    }]"
	if got := fmt.Sprint(n.Known); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if n.Text != "Text." {
		t.Errorf("text: got %q", n.Text)
	}
}

func TestMistakesInTheNotation(t *testing.T) {
	for _, source := range []string{
		"== X1 acute incident",
		"== X1 acute incident asis\n> patient | Nuala",
		"== X1 acute incident asis\n> patient | Nuala | Tierney | shoe 42",
		"== X1 acute incident asis\n{p.irish:Nuala",
		"== X1 acute incident asis\n{Nuala}",
		"== X1 acute incident asis\n\\u20",
		"== X1 acute incident asis\n\\uwxyz",
	} {
		if _, err := Parse(strings.NewReader(source)); err == nil {
			t.Errorf("%q was accepted", source)
		}
	}
}
