package organisation

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// distance is optimal string alignment as the textbook has it: how many letters to
// add, take away, change, or neighbours to swap, to make one word of another.
func distance(a, b []rune) int {
	d := make([][]int, len(a)+1)
	for i := range d {
		d[i] = make([]int, len(b)+1)
		d[i][0] = i
	}
	for j := range d[0] {
		d[0][j] = j
	}
	for i := 1; i <= len(a); i++ {
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			d[i][j] = min(d[i-1][j]+1, d[i][j-1]+1, d[i-1][j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				d[i][j] = min(d[i][j], d[i-2][j-2]+1)
			}
		}
	}
	return d[len(a)][len(b)]
}

func meantByDefinition(word, candidate []rune) bool {
	allowed := slipsAllowed(word)
	if allowed == 0 {
		return false
	}
	if distance(word, candidate) <= allowed {
		return true
	}
	for i := 1; i <= len(candidate) && len(word) >= shortestStart; i++ {
		if distance(word, candidate[:i]) <= allowed {
			return true
		}
	}
	return false
}

func TestSlippedFindsWhatTheDefinitionSays(t *testing.T) {
	hits := 0
	rapid.Check(t, func(t *rapid.T) {
		word := []rune(rapid.StringOfN(rapid.RuneFrom([]rune("abé")), 3, 10, -1).Draw(t, "word"))
		texts := rapid.SliceOfN(rapid.StringOfN(rapid.RuneFrom([]rune("abé")), 1, 12, -1), 20, 60).Draw(t, "vocabulary")
		slices.Sort(texts)
		texts = slices.Compact(texts)
		vocabulary := make([][]rune, len(texts))
		var want []string
		for i, text := range texts {
			vocabulary[i] = []rune(text)
			if meantByDefinition(word, vocabulary[i]) {
				want = append(want, text)
			}
		}
		var got []string
		slipped(word, vocabulary, func(i int) { got = append(got, texts[i]) })
		hits += len(want)
		if !slices.Equal(got, want) {
			t.Fatalf("got %v, want %v", got, want)
		}
	})
	if hits == 0 {
		t.Fatal("no word was ever meant")
	}
}

func TestSlipsAllowed(t *testing.T) {
	for word, want := range map[string]int{"abc": 0, "abcd": 1, "abcdefg": 1, "abcdefgh": 2, "rgt01": 0, "ward 10": 0} {
		if got := slipsAllowed([]rune(word)); got != want {
			t.Errorf("%s: got %d, want %d", word, got, want)
		}
	}
}
