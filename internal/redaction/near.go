package redaction

// near finds words one slip away from a set: a letter too many, too few, wrong
// or exchanged with its neighbour. It holds every word with one letter left
// out, so that looking up costs no more than the length of the word.
type near struct {
	stumps map[string][]string
}

// nearest is the shortest word that is looked for with a slip.
const nearest = 6

func newNear(words map[string]bool) near {
	n := near{stumps: map[string][]string{}}
	for w := range words {
		if len(w) < nearest {
			continue
		}
		n.stumps[w] = append(n.stumps[w], w)
		for i := range len(w) {
			stump := w[:i] + w[i+1:]
			n.stumps[stump] = append(n.stumps[stump], w)
		}
	}
	return n
}

func (n near) match(w string) bool {
	if len(n.stumps) == 0 || len(w) < nearest-1 {
		return false
	}
	if n.any(w, w) {
		return true
	}
	for i := range len(w) {
		if n.any(w[:i]+w[i+1:], w) {
			return true
		}
	}
	return false
}

func (n near) any(stump, w string) bool {
	for _, whole := range n.stumps[stump] {
		if oneSlip(whole, w) {
			return true
		}
	}
	return false
}

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

// slipOf says that an unknown word is an ordinary one with a slip in it. It
// tries the slips themselves, since the dictionary is large and such words few.
func (l *lexicon) slipOf(w string) bool {
	if len(w) < 4 || len(w) > 24 {
		return false
	}
	buf := make([]byte, 0, len(w)+1)
	for i := range len(w) {
		buf = append(append(buf[:0], w[:i]...), w[i+1:]...)
		if l.plain(buf) {
			return true
		}
		if i+1 < len(w) {
			buf = append(append(buf[:0], w[:i]...), w[i+1], w[i])
			if l.plain(append(buf, w[i+2:]...)) {
				return true
			}
		}
	}
	for i := range len(w) + 1 {
		for c := byte('a'); c <= 'z'; c++ {
			buf = append(append(buf[:0], w[:i]...), c)
			if l.plain(append(buf, w[i:]...)) || i < len(w) && l.plain(append(buf, w[i+1:]...)) {
				return true
			}
		}
	}
	return false
}

// plain holds for words that people mistype: common ones, and those of the trade.
func (l *lexicon) plain(w []byte) bool {
	e := l.words[string(w)]
	return e.english > 0 && e.english < 6 || e.marks.has(medical|stop)
}
