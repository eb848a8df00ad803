package organisation

import (
	"slices"
	"sort"
	"unicode"
)

// Slips of the hand that a search forgives, by the length of the word in
// letters: one from shortestSlip, two from twoSlips. The beginning of a longer
// word is compared too, from shortestStart.
const (
	shortestSlip  = 4
	twoSlips      = 8
	shortestStart = 6
)

// slipsAllowed answers how many slips a word may hold. A word with a digit is a
// code or a number: it stands as typed.
func slipsAllowed(word []rune) int {
	switch {
	case len(word) < shortestSlip || slices.ContainsFunc(word, unicode.IsDigit):
		return 0
	case len(word) < twoSlips:
		return 1
	}
	return 2
}

// slipped calls found with the place of every word of a sorted vocabulary that may have been
// meant by a word with slips in it. A slip is a letter too many, too few, wrong, or two
// neighbours in each other's place.
//
// It walks the vocabulary as the tree of its prefixes: words that begin alike share the rows
// of their comparison, and a prefix that is hopeless is passed over with all that begins with it.
func slipped(word []rune, vocabulary [][]rune, found func(place int)) {
	allowed := slipsAllowed(word)
	if allowed == 0 {
		return
	}
	c := newComparison(word)
	for i := 0; i < len(vocabulary); {
		depth, hopeless := c.extend(vocabulary[i], allowed)
		if hopeless {
			i = pastPrefix(vocabulary, i, depth)
			continue
		}
		if c.meant(len(vocabulary[i]), allowed) {
			found(i)
		}
		i++
	}
}

// pastPrefix answers the first place after i whose word does not begin with the first
// depth letters of the one at i.
func pastPrefix(vocabulary [][]rune, i, depth int) int {
	prefix := vocabulary[i][:depth]
	rest := vocabulary[i:]
	return i + sort.Search(len(rest), func(j int) bool {
		return len(rest[j]) < depth || slices.Compare(rest[j][:depth], prefix) > 0
	})
}

// comparison measures how far a word is from one candidate after another (optimal string
// alignment distance). rows[j][i] is the distance between the first j letters of the
// candidate and the first i of the word.
type comparison struct {
	word      []rune
	candidate []rune // the letters whose rows stand
	rows      [][]int
}

func newComparison(word []rune) *comparison {
	first := make([]int, len(word)+1)
	for i := range first {
		first[i] = i
	}
	return &comparison{word: word, rows: [][]int{first}}
}

// extend works out the rows of a candidate, keeping those that it shares with the last. It gives up
// at the first depth at which no continuation can come back to within the allowed distance.
func (c *comparison) extend(candidate []rune, allowed int) (depth int, hopeless bool) {
	shared := 0
	for shared < len(c.candidate) && shared < len(candidate) && c.candidate[shared] == candidate[shared] {
		shared++
	}
	c.candidate = candidate
	for depth = shared + 1; depth <= len(candidate); depth++ {
		c.setRow(depth)
		if c.beyond(depth, allowed) {
			c.candidate = candidate[:depth]
			return depth, true
		}
	}
	return len(candidate), false
}

func (c *comparison) setRow(j int) {
	if j == len(c.rows) {
		c.rows = append(c.rows, make([]int, len(c.word)+1))
	}
	row, above := c.rows[j], c.rows[j-1]
	row[0] = j
	for i := 1; i <= len(c.word); i++ {
		wrong := above[i-1]
		if c.word[i-1] != c.candidate[j-1] {
			wrong++
		}
		row[i] = min(wrong, above[i]+1, row[i-1]+1)
		if i > 1 && j > 1 && c.word[i-1] == c.candidate[j-2] && c.word[i-2] == c.candidate[j-1] {
			row[i] = min(row[i], c.rows[j-2][i-2]+1)
		}
	}
}

// beyond tells that neither a longer candidate nor a beginning of this one can be meant: a row is never
// less than the least of the row before it.
func (c *comparison) beyond(j, allowed int) bool {
	return slices.Min(c.rows[j]) > allowed && !c.begins(j, allowed)
}

// meant tells whether the candidate, as long as given, may be what the word means: the whole
// of it or, for a word long enough to tell, its beginning.
func (c *comparison) meant(length, allowed int) bool {
	return c.rows[length][len(c.word)] <= allowed || c.begins(length, allowed)
}

func (c *comparison) begins(length, allowed int) bool {
	if len(c.word) < shortestStart {
		return false
	}
	for j := 1; j <= length; j++ {
		if c.rows[j][len(c.word)] <= allowed {
			return true
		}
	}
	return false
}
