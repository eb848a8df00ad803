package redaction_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"lfpse/internal/redaction"
)

const (
	plantedNHS   = "943 476 5919"
	plantedEmail = "edith.pemberton@mail.example"
)

// FuzzRedact: whatever the bytes, there is no panic, spans lie in order at the edges of characters, neither a valid
// NHS number nor an e-mail address set apart by spaces survives, and redacting again changes nothing.
func FuzzRedact(f *testing.F) {
	for _, seed := range []string{
		"", "Dr Patel came.", "\xff", "[NAME 1]", "７７", "Mrs O\u2019Brien\u200b", "999 999 9999", "job", "Раtеl and Аntоn", "J.S. and BK to review",
		"oh double seven double oh nine double oh one six three", "Flat 3, 12a Mill Lane", "L-O-M-B-A-R-D-O", "Name: Sm1th, J0hn DOB O4/O8/l938", "a@b", "NHS",
	} {
		f.Add(seed)
	}
	engine := redaction.New()
	f.Fuzz(func(t *testing.T, text string) {
		typed := text + "\n" + plantedNHS + " \n " + plantedEmail + " \n"
		result := engine.Redact([]redaction.Field{{Name: "text", Text: typed}}, redaction.Context{})[0]
		if result.Err != nil {
			if result.Text != "" {
				t.Fatal("a text that failed is not hidden")
			}
			return
		}
		checkSpans(t, typed, result)
		for _, planted := range []string{plantedNHS, plantedEmail} {
			if strings.Contains(result.Text, planted) {
				t.Fatalf("%s survives in %q", planted, result.Text)
			}
		}
		again := engine.Redact([]redaction.Field{{Name: "text", Text: result.Text}}, redaction.Context{})[0]
		if again.Err != nil || again.Text != result.Text {
			t.Fatalf("%q becomes %q, then %q", typed, result.Text, again.Text)
		}
	})
}

// checkSpans: what stands outside the spans is what stands outside the placeholders.
func checkSpans(t *testing.T, typed string, result redaction.Result) {
	t.Helper()
	at, rebuilt := 0, ""
	for _, span := range result.Spans {
		if span.Start < at || span.End > len(typed) || span.Start >= span.End || !utf8.ValidString(typed[span.Start:span.End]) {
			t.Fatalf("the span %d to %d is not in the text", span.Start, span.End)
		}
		if span.Confidence <= 0 || span.Confidence > 1 {
			t.Fatalf("a confidence of %v", span.Confidence)
		}
		rebuilt += typed[at:span.Start] + redaction.Placeholder(span.Class, span.Person)
		at = span.End
	}
	if rebuilt+typed[at:] != result.Text {
		t.Fatalf("the spans of %q do not make %q", typed, result.Text)
	}
}

// Redacting what was redacted changes nothing.
func TestRedactingTwiceChangesNothing(t *testing.T) {
	engine := redaction.New()
	parts := []string{"Dr Patel", "saw", "Mrs Edith Pemberton", plantedNHS, plantedEmail, "in bay 2.", "Her son, Liam,", "07700 900123", "CB2 0QQ", "dob 02/03/1940", "Parkinson's disease", "5 mg", "\n"}
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(rapid.SampledFrom(parts), 1, 12).Draw(t, "parts"), " ")
		once := engine.Redact([]redaction.Field{{Name: "text", Text: text}}, redaction.Context{})[0].Text
		twice := engine.Redact([]redaction.Field{{Name: "text", Text: once}}, redaction.Context{})[0].Text
		if once != twice {
			t.Fatalf("%q becomes %q", once, twice)
		}
	})
}

// Text that nobody types takes no longer than text that somebody does: nothing
// looks further than a few words or characters for each of them. The test's own
// limit of time would catch what grew with the square.
func TestLongRunsOfOneThingAreRead(t *testing.T) {
	engine := redaction.New()
	for _, piece := range []string{"O", "a", "a:", "a/", "a.", "@", "de ", "e\u0301", "1/2/1950 ", "123 ", "J.S. ", "one ", "(", "LS1 1AA "} {
		text := "1" + strings.Repeat(piece, (redaction.MaxText-1)/len(piece))
		result := engine.Redact([]redaction.Field{{Text: text}}, redaction.Context{})[0]
		if result.Err != nil {
			t.Errorf("%q: %v", piece, result.Err)
		}
	}
}
