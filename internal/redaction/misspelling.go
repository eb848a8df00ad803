package redaction

// slipOf says that an unknown word is an ordinary one with a slip in it. It
// tries the slips themselves, where the set of hashes does not rule them out.
func (l *lexicon) slipOf(w string) bool {
	if len(w) < 4 || len(w) > 24 {
		return false
	}
	buf := make([]byte, 0, 32)
	for i := range len(w) {
		if !l.slips.has(hashWithout(w, i)) {
			continue
		}
		buf = append(append(buf[:0], w[:i]...), w[i+1:]...)
		if l.plain(buf) || l.wrongLetter(buf[:0], w, i) {
			return true
		}
		if i+1 < len(w) {
			buf = append(append(buf[:0], w[:i]...), w[i+1], w[i])
			if l.plain(append(buf, w[i+2:]...)) {
				return true
			}
		}
	}
	return l.slips.has(hashWithout(w, -1)) && l.missingLetter(buf[:0], w)
}

func (l *lexicon) wrongLetter(buf []byte, w string, i int) bool {
	for c := byte('a'); c <= 'z'; c++ {
		buf = append(append(append(buf[:0], w[:i]...), c), w[i+1:]...)
		if l.plain(buf) {
			return true
		}
	}
	return false
}

func (l *lexicon) missingLetter(buf []byte, w string) bool {
	for i := range len(w) + 1 {
		for c := byte('a'); c <= 'z'; c++ {
			buf = append(append(append(buf[:0], w[:i]...), c), w[i:]...)
			if l.plain(buf) {
				return true
			}
		}
	}
	return false
}

// plain holds for words that people mistype: common ones, and those of the trade.
func (l *lexicon) plain(w []byte) bool {
	e := l.words.at(hashOf(w))
	return e.english > 0 && e.english < 6 || e.marks.has(medical|stop)
}

// slips rules out what cannot be a slip of a plain word, by a set of hashes of
// all plain words with and without each of their letters.
type slips struct {
	bits []uint64
}

// slipBits is the size of the set, in bits: about thirty for each hash.
const slipBits = 1 << 24

// Each hash sets two bits of one word of the set.
func (s *slips) add(hash uint32) { s.bits[hash%(slipBits/64)] |= pairOf(hash) }

func (s *slips) has(hash uint32) bool {
	pair := pairOf(hash)
	return s.bits[hash%(slipBits/64)]&pair == pair
}

func pairOf(hash uint32) uint64 { return 1<<(hash>>26) | 1<<(hash>>20&63) }

func (s *slips) learn(w string) {
	if len(s.bits) == 0 {
		s.bits = make([]uint64, slipBits/64)
	}
	s.add(hashWithout(w, -1))
	for i := range len(w) {
		s.add(hashWithout(w, i))
	}
}

// hashWithout is the FNV-1a hash of a word without its letter at skip.
func hashWithout(w string, skip int) uint32 {
	h := uint32(2166136261)
	for i := range len(w) {
		if i != skip {
			h = (h ^ uint32(w[i])) * 16777619
		}
	}
	h *= 0x9e3779b1
	return h ^ h>>15
}
