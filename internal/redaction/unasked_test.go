package redaction

import (
	"slices"
	"strings"
	"testing"

	"lfpse/internal/redaction/corpus"
)

// eachReading calls f with the texts of the corpora as they have been read and
// searched, in capitals and small letters too.
func eachReading(t *testing.T, f func(rec *record, rd *reading)) {
	t.Helper()
	r := New()
	for _, path := range []string{"tuning", "second", "third", "fourth_tuning", "fifth_tuning", "forms", "moreforms"} {
		narratives, err := corpus.ReadFile("testdata/" + path + ".jsonl")
		if err != nil {
			t.Fatal(err)
		}
		for _, n := range narratives {
			for _, text := range []string{n.Text, strings.ToUpper(n.Text), strings.ToLower(n.Text)} {
				rec := &record{lex: r.lex, known: r.prepare(Context{})}
				rec.redact([]Field{{Text: text}})
				f(rec, rec.readings[0])
				rec.release()
			}
		}
	}
}

// Wherever letters may stand for somebody they are looked at.
func TestAllLettersAreLookedAt(t *testing.T) {
	eachReading(t, func(_ *record, rd *reading) {
		for i := range rd.tokens {
			if last := rd.lettersAt(i); last >= 0 && !slices.Contains(rd.signs, letters{i, last}) {
				t.Errorf("%q is not looked at", rd.lettersOf(i, last))
			}
		}
	})
}

// What stands before letters says no more than is reckoned with where it is not asked.
func TestWhatIsBeforeLettersSaysNoMoreThanTheMost(t *testing.T) {
	most := -10.0
	eachReading(t, func(_ *record, rd *reading) {
		for _, sign := range rd.signs {
			most = max(most, rd.initialsLeft(sign.first))
		}
	})
	if most != mostLeft {
		t.Errorf("what stands before letters says up to %v, not %v", most, mostLeft)
	}
}

// What follows letters says no more than initialsScore reckons with where it does not ask.
func TestWhatFollowsLettersSaysNoMoreThanTheMost(t *testing.T) {
	most := -10.0
	eachReading(t, func(_ *record, rd *reading) {
		for _, sign := range rd.signs {
			if s := rd.initialsRight(sign.first, sign.last); s > mostRight {
				t.Errorf("what follows %q says %v", rd.lettersOf(sign.first, sign.last), s)
			} else {
				most = max(most, s)
			}
		}
	})
	if most < mostRight {
		t.Errorf("nothing says more than %v", most)
	}
}

// Where no name is near, none says anything of a word.
func TestNamesFarAwaySayNothing(t *testing.T) {
	eachReading(t, func(_ *record, rd *reading) {
		for i := range rd.tokens {
			if s := rd.namesBeside(i); s != 0 && !rd.nameNear(i) {
				t.Errorf("the names far from %q say %v", rd.tokens[i].low, s)
			}
		}
	})
}
