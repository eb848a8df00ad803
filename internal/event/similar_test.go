package event

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"
)

// A word weighs one more for each four times that it is rarer; those that a sixteenth of events have weigh once.
func TestAWordWeighsTheMoreTheRarerItIs(t *testing.T) {
	for _, c := range []struct{ among, counted, want int }{
		{0, 500, 4}, {1, 500, 4}, {2, 500, 3}, {7, 500, 3}, {8, 500, 2}, {31, 500, 2}, {32, 500, 1}, {500, 500, 1},
		// Among a few events, what most have is not common yet.
		{0, 0, 4}, {1, 1, 3}, {3, 3, 2}, {6, 6, 2}, {7, 7, 1},
	} {
		if got := weightOf(Word{Among: c.among}, c.counted); got != c.want {
			t.Errorf("a word that %d of %d events have weighs %d, not %d", c.among, c.counted, got, c.want)
		}
	}
}

func TestTheRarestWordsAreComparedAndSought(t *testing.T) {
	words := []Word{{"ward", 300, 400_000}, {"fell", 20, 90_000}, {"commod", 3, 2000}, {"brake", 0, 900}, {"loos", 1, 500}}
	want := Comparison{Words: [Weights][]string{{"ward"}, {"fell"}, {"commod"}, {"brake", "loos"}}, Total: 14, Sought: []string{"brake", "loos"}}
	if diff := cmp.Diff(want, comparisonOf(words, 500)); diff != "" {
		t.Error(diff)
	}
}

// However many words an event has, as many are compared as fit, and what they find is bounded.
func TestWhatIsComparedIsBounded(t *testing.T) {
	var words []Word
	for i := range 200 {
		words = append(words, Word{fmt.Sprintf("w%03d", i), 0, 1000})
	}
	c := comparisonOf(words, 500)
	if got := len(c.Words[Weights-1]); got != mostWords || c.Total != Weights*mostWords {
		t.Errorf("%d words of a weight of %d are compared", got, c.Total)
	}
	if len(c.Sought) != mostSought/1000 {
		t.Errorf("%d words are sought", len(c.Sought))
	}
}

// An event is not counted among those that have its words: they would be commoner the fewer events there are.
func TestAnEventIsNotCountedAmongOthers(t *testing.T) {
	one, other := uuid.New(), uuid.New()
	v := Vocabulary{Latest: []uuid.UUID{one}, Words: map[uuid.UUID][]Word{one: {{"brake", 1, 0}}, other: {{"commod", 0, 0}}}}
	for _, c := range v.comparisons() {
		if len(c.Words[Weights-1]) != 1 {
			t.Errorf("%v", c)
		}
	}
}

// Where there are no events beside the latest, none is looked for.
func TestWhereTheLatestAreAllNoneIsSought(t *testing.T) {
	for _, others := range []bool{false, true} {
		v := Vocabulary{Others: others, Words: map[uuid.UUID][]Word{uuid.New(): {{"brake", 0, 0}}}}
		if sought := v.comparisons()[0].Sought; (len(sought) > 0) != others {
			t.Errorf("others: %v, sought: %v", others, sought)
		}
	}
}

// Of an event that says nothing there is nothing to compare.
func TestAnEventWithoutWordsIsNotCompared(t *testing.T) {
	v := Vocabulary{Words: map[uuid.UUID][]Word{uuid.New(): {}}}
	if got := v.comparisons(); len(got) != 0 {
		t.Errorf("%v", got)
	}
}
