package redaction

// near holds words to be found with one slip in them: a letter too many, too
// few, wrong or exchanged with its neighbour. A few are compared one by one; of
// more, what each becomes without one of its letters is indexed, so that a
// look-up takes a few steps for each letter, however many words there are.
type near struct {
	words []string
	heads map[uint64]int32 // by the key of a word, whole or with a gap: the last such word in links
	links []linked
	steps int // comparisons and look-ups so far
}

// linked is a word of those that share a key, and where the next one is.
type linked struct{ word, next int32 }

// nearest is the shortest word that is looked for with a slip.
const nearest = 6

// fewWords are found faster by comparing them one by one.
const fewWords = 16

func (n *near) add(w string) {
	if len(w) < nearest {
		return
	}
	n.words = append(n.words, w)
	switch {
	case n.heads != nil:
		n.index(len(n.words) - 1)
	case len(n.words) > fewWords:
		n.heads = map[uint64]int32{}
		for i := range n.words {
			n.index(i)
		}
	}
}

func (n *near) index(i int) {
	w := n.words[i]
	whole := spell(w)
	n.link(whole.all, i)
	for at := range len(w) {
		n.link(gap(whole.without(at), at), i)
	}
}

func (n *near) link(key uint64, i int) {
	next, ok := n.heads[key]
	if !ok {
		next = -1
	}
	n.heads[key] = int32(len(n.links))
	n.links = append(n.links, linked{int32(i), next})
}

// match tells whether a word is one of those held, or one slip away from one.
func (n *near) match(w string) bool {
	found := false
	n.each(w, func(string) bool {
		found = true
		return false
	})
	return found
}

// each answers the words that are one slip away from w, until told to stop. One
// may come more than once.
func (n *near) each(w string, yield func(string) bool) {
	if len(w) < nearest-1 || len(n.words) == 0 {
		return
	}
	if n.heads == nil {
		n.steps += len(n.words)
		for _, whole := range n.words {
			if oneSlip(whole, w) && !yield(whole) {
				return
			}
		}
		return
	}
	n.lookUp(w, yield)
}

func (n *near) lookUp(w string, yield func(string) bool) {
	whole := spell(w)
	if !n.under(whole.all, yield) {
		return
	}
	for at := range len(w) {
		without := whole.without(at)
		// A letter too many, too few, wrong, or exchanged.
		if !n.under(without, yield) || !n.under(gap(whole.all, at), yield) || !n.under(gap(without, at), yield) || !n.under(whole.exchanged(at), yield) {
			return
		}
	}
	n.under(gap(whole.all, len(w)), yield)
}

// under yields the words that are linked under a key; it says whether to go on.
func (n *near) under(key uint64, yield func(string) bool) bool {
	n.steps++
	at, ok := n.heads[key]
	for ; ok && at >= 0; at = n.links[at].next {
		n.steps++
		if !yield(n.words[n.links[at].word]) {
			return false
		}
	}
	return true
}

// spelling is a word as the sums of its letters, each times a power of an odd
// number, from which the sum of the word with a slip follows in one step. Two
// words with the same sum, of 64 bits, are taken for the same.
type spelling struct {
	word string
	all  uint64
	sums []uint64 // of the letters before each
	step []uint64 // the power for each letter
}

// radix times unradix is one, as far as 64 bits go.
const (
	radix   = 0x9e3779b97f4a7c15
	unradix = 0xf1de83e19937733d
)

func spell(w string) spelling {
	s := spelling{word: w, sums: make([]uint64, len(w)), step: make([]uint64, len(w))}
	power := uint64(radix)
	for i := range len(w) {
		s.sums[i], s.step[i] = s.all, power
		s.all += uint64(w[i]) * power
		power *= radix
	}
	return s
}

// without is the sum of the word without its letter at a place.
func (s spelling) without(at int) uint64 {
	before := s.sums[at]
	after := s.all - before - uint64(s.word[at])*s.step[at]
	return before + after*unradix
}

// exchanged is the sum of the word with a letter and the next one exchanged.
func (s spelling) exchanged(at int) uint64 {
	if at+1 == len(s.word) {
		return s.all
	}
	one, other := uint64(s.word[at]), uint64(s.word[at+1])
	return s.all + (other-one)*(s.step[at]-s.step[at+1])
}

// gap is the key of what has the sum, and some letter at a place.
func gap(sum uint64, at int) uint64 { return sum + uint64(at+1) }

// oneSlip says that a becomes b by one insertion, omission, replacement or
// exchange of neighbours.
func oneSlip(a, b string) bool {
	if len(a) < len(b) {
		a, b = b, a
	}
	if len(a)-len(b) > 1 {
		return false
	}
	i := 0
	for i < len(b) && a[i] == b[i] {
		i++
	}
	if i == len(b) {
		return true
	}
	if len(a) > len(b) {
		return a[i+1:] == b[i:]
	}
	if a[i+1:] == b[i+1:] {
		return true
	}
	return i+1 < len(a) && a[i] == b[i+1] && a[i+1] == b[i] && a[i+2:] == b[i+2:]
}
