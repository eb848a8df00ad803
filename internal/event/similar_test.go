package event

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"
)

// A word weighs one more for each four times that it is rarer; one that a quarter of events have weighs nothing.
func TestAWordWeighsTheMoreTheRarerItIs(t *testing.T) {
	for _, c := range []struct{ among, counted, want int }{
		{0, 500, 4}, {1, 500, 4}, {2, 500, 3}, {7, 500, 3}, {9, 500, 2}, {30, 500, 2}, {32, 500, 1}, {124, 500, 1}, {125, 500, 0}, {500, 500, 0},
		// Among a few events, what most have is not common yet.
		{0, 0, 4}, {1, 1, 3}, {3, 3, 2}, {24, 24, 1}, {25, 25, 0},
	} {
		if got := weightOf(Word{Among: c.among}, c.counted); got != c.want {
			t.Errorf("a word that %d of %d events have weighs %d, not %d", c.among, c.counted, got, c.want)
		}
	}
}

func TestTheRarestWordsAreComparedAndSought(t *testing.T) {
	words := []Word{{"ward", 300, 400_000}, {"fell", 60, 90_000}, {"commod", 3, 2000}, {"brake", 0, 900}, {"loos", 1, 500}}
	want := Comparison{Words: [Weights][]string{{"fell"}, nil, {"commod"}, {"brake", "loos"}}, Total: 12, Sought: []string{"brake", "loos"}}
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

// Of an event all of whose words are common there is nothing to compare.
func TestAnEventWithoutWordsIsNotCompared(t *testing.T) {
	v := Vocabulary{Words: map[uuid.UUID][]Word{uuid.New(): {{"ward", 99, 0}}, uuid.New(): {}}}
	if got := v.comparisons(); len(got) != 0 {
		t.Errorf("%v", got)
	}
}
