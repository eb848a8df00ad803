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

// FuzzRedact: whatever the bytes, there is no panic, spans lie at the edges of characters, and neither a valid NHS
// number nor an e-mail address set apart by spaces survives.
func FuzzRedact(f *testing.F) {
	for _, seed := range []string{"", "Dr Patel came.", "\xff", "[NAME 1]", "７７", "Mrs O\u2019Brien\u200b", "999 999 9999"} {
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
		for _, span := range result.Spans {
			if span.Start < 0 || span.End > len(typed) || span.Start >= span.End || !utf8.ValidString(typed[span.Start:span.End]) {
				t.Fatalf("the span %d to %d is not in the text", span.Start, span.End)
			}
		}
		if strings.Contains(result.Text, plantedEmail) {
			t.Fatalf("an e-mail address survives")
		}
	})
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
