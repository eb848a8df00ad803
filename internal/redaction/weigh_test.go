package redaction

import (
	"testing"

	"lfpse/internal/redaction/corpus"
)

// Words that are not weighed would have been hopeless.
func TestBarredWordsAreHopeless(t *testing.T) {
	r := New()
	barred := 0
	for _, path := range []string{"tuning", "second", "third", "fourth_tuning", "forms", "moreforms"} {
		narratives, err := corpus.ReadFile("testdata/" + path + ".jsonl")
		if err != nil {
			t.Fatal(err)
		}
		for _, n := range narratives {
			rec := &record{lex: r.lex, known: r.prepare(Context{})}
			rec.redact([]Field{{Text: n.Text}})
			rd := rec.readings[0]
			for i := range rd.tokens {
				if !rd.free(i) || !rd.tokens[i].barred() {
					continue
				}
				barred++
				if s := rec.weigh(rd, i); s >= hopeless {
					t.Errorf("%q in %s scores %v", rd.tokens[i].low, n.ID, s)
				}
			}
		}
	}
	if barred < 1000 {
		t.Errorf("no more than %d words are barred", barred)
	}
}
