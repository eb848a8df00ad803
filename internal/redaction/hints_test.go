package redaction

import (
	"slices"
	"strings"
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

// No token that a layer begins from is left out of those that it goes over, nor is one in
// a text that is read again.
func TestTokensThatLayersBeginFromAreListed(t *testing.T) {
	r := New()
	for _, path := range []string{"tuning", "second", "third", "fourth_tuning", "forms", "moreforms"} {
		narratives, err := corpus.ReadFile("testdata/" + path + ".jsonl")
		if err != nil {
			t.Fatal(err)
		}
		for _, n := range narratives {
			first := &record{lex: r.lex, known: r.prepare(Context{})}
			second := &record{lex: r.lex, known: first.known}
			second.redactAgain(first, first.redact([]Field{{Text: n.Text}}))
			for _, rd := range slices.Concat(first.readings, second.readings) {
				numeric, marked := map[int]bool{}, map[int]bool{}
				for _, i := range rd.numeric {
					numeric[i] = true
				}
				for _, i := range rd.marked {
					marked[i] = true
				}
				for i := range rd.tokens {
					one := &rd.tokens[i]
					if number := strings.ContainsAny(rd.fold[one.start:one.end], "0123456789") && one.kind != opaque; numeric[i] != number || number && !marked[i] {
						t.Fatalf("%q in %s: listed %v and %v", one.low, n.ID, numeric[i], marked[i])
					}
					if begins := hintsOf(one.low) != 0 && one.kind == word || one.kind == opaque || one.marks.has(street|weakStreet|month|title); begins && !marked[i] {
						t.Fatalf("%q in %s is not listed", one.low, n.ID)
					}
				}
			}
		}
	}
}
