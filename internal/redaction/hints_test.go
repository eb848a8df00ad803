package redaction

import (
	"testing"

	"lfpse/internal/redaction/corpus"
)

// The hints that a token has are those that the layers give when they are asked,
// whether its word stands in the dictionary or not.
func TestHintsOfTokensAreThoseOfTheirWords(t *testing.T) {
	r := New()
	seen := hints(0)
	for _, path := range []string{"tuning", "second", "third", "fourth_tuning", "forms", "moreforms"} {
		narratives, err := corpus.ReadFile("testdata/" + path + ".jsonl")
		if err != nil {
			t.Fatal(err)
		}
		for _, n := range narratives {
			rd, err := read(n.Text + " usernames windowslogin nonagenarians instagram rhodfa bothar")
			if err != nil {
				t.Fatal(err)
			}
			rd.tokenise(r.lex)
			for i := range rd.tokens {
				one := &rd.tokens[i]
				seen |= one.hints
				want := hintsOf(one.low)
				if one.entry == (entry{}) {
					want |= unlisted
				}
				if one.kind == word && one.hints != want {
					t.Fatalf("%q has the hints %b, and should have %b", one.low, one.hints, want)
				}
			}
		}
	}
	if all := unasked - 1 | unlisted; seen != all {
		t.Errorf("of the hints %b only %b were seen", all, seen)
	}
}
