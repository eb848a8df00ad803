package redaction

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// A text that is cut with what is known of the one before is cut as any other.
func TestATextReadAgainIsCutAsAnyOther(t *testing.T) {
	r := New()
	parts := []string{"Dr Patel", "O'Brien's", "Mrs Zoë Pemberton", "943 476 5919", "ædith", "[NAME", "1]", "'s", "Flat 3, 12a Mill Lane", "J.S.", "Raf\u0301", "ﬁ", "dob 02/03/1940", "came.", "\n", "it's", "-"}
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(rapid.SampledFrom(parts), 1, 16).Draw(t, "parts"), rapid.SampledFrom([]string{" ", ""}).Draw(t, "gap"))
		first := &record{lex: r.lex, known: r.prepare(Context{})}
		results := first.redact([]Field{{Text: text}})
		whole, err := read(results[0].Text)
		if err != nil {
			t.Fatal(err)
		}
		again, _ := read(results[0].Text)
		whole.known, again.known = first.known, first.known
		whole.tokenise(r.lex)
		again.tokeniseAgain(r.lex, first.readings[0])
		for i := range again.tokens {
			again.tokens[i].build = unlooked // the first reading has asked for some
		}
		if !slices.Equal(whole.tokens, again.tokens) {
			t.Fatalf("%q:\n%v\n%v", results[0].Text, whole.tokens, again.tokens)
		}
	})
}
