package redaction

import "strings"

// longestSlip is the most letters of a word that is looked into for a slip.
const longestSlip = 24

// slipOf says that an unknown word is an ordinary one with a slip in it. It
// tries the slips themselves, where the set of hashes does not rule them out.
func (l *lexicon) slipOf(w string) bool {
	if len(w) < 4 || len(w) > longestSlip {
		return false
	}
	var hashes [longestSlip]uint32
	for i, hash := range appendWithout(hashes[:0], w) {
		if !l.slips.has(hash) {
			continue
		}
		before := hashOn(fnvBasis, w[:i])
		if l.plain(hashOn(before, w[i+1:])) || l.withLetter(before, w[i+1:]) {
			return true
		}
		if i+1 < len(w) && l.plain(hashOn(hashOn(hashOn(before, w[i+1:i+2]), w[i:i+1]), w[i+2:])) {
			return true
		}
	}
	return l.slips.has(goOn(basis, w)) && l.missingLetter(w)
}

func (l *lexicon) missingLetter(w string) bool {
	for i := range len(w) + 1 {
		if l.withLetter(hashOn(fnvBasis, w[:i]), w[i:]) {
			return true
		}
	}
	return false
}

// withLetter holds where some letter between what a hash is of and the rest makes a plain
// word of them.
func (l *lexicon) withLetter(before uint64, rest string) bool {
	for c := uint64('a'); c <= 'z'; c++ {
		if l.plain(hashOn((before^c)*fnvPrime, rest)) {
			return true
		}
	}
	return false
}

// plain holds for words that people mistype: common ones, and those of the trade, by the
// hash of their letters. A small set that stays in the processor's cache rules out most
// others.
func (l *lexicon) plain(letters uint64) bool {
	hash := mixed(letters)
	at, bit := plainPlace(hash)
	return l.plains[at]&bit != 0 && l.words.at(hash).entry.plain()
}

func (e *entry) plain() bool {
	return e.english > 0 && e.english < 6 || e.marks.has(medical|stop)
}

// plainPlace answers the word of the set and the bit of it that a hash sets, by
// the upper bits, which slots keep, but for the first, which is always set.
func plainPlace(hash uint64) (at int, bit uint64) {
	return int(hash << 1 >> 50), 1 << (hash >> 43 & 63)
}

// gatherPlain makes the set.
func (l *lexicon) gatherPlain() {
	l.plains = make([]uint64, 1<<14)
	for _, slot := range l.words.slots {
		if slot != 0 && l.words.facts[slot&(1<<placeBits-1)].entry.plain() {
			at, bit := plainPlace(slot)
			l.plains[at] |= bit
		}
	}
}

// slips rules out what cannot be a slip of a plain word, by a set of hashes of
// all plain words with and without each of their letters.
type slips struct {
	bits   []uint64
	hashes []uint32 // of the word that is being learned
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
	s.add(goOn(basis, w))
	s.hashes = appendWithout(s.hashes[:0], w)
	for _, hash := range s.hashes {
		s.add(hash)
	}
}

// basis is the 32-bit FNV-1a hash of nothing.
const basis uint32 = 2166136261

// goOn goes on with a hash over what is left of a word, and mixes its bits.
func goOn(h uint32, rest string) uint32 {
	for i := range len(rest) {
		h = (h ^ uint32(rest[i])) * 16777619
	}
	h *= 0x9e3779b1
	return h ^ h>>15
}

// appendWithout appends the hashes of a word without each of its letters.
func appendWithout(hashes []uint32, w string) []uint32 {
	h := basis
	for i := range len(w) {
		hashes = append(hashes, goOn(h, w[i+1:]))
		h = (h ^ uint32(w[i])) * 16777619
	}
	return hashes
}

// fewestTyped is the fewest letters of a word that is read as another with two letters
// changed about or one left out: shorter ones are too many people's names.
const fewestTyped = 5

// typed answers the plain word, which nobody is called by, that a word in no list is with
// two letters changed about, one left out or a vowel typed twice, and what is known of it:
// pateint, telephne, apoloogy. People who are called by what looks like a word have a
// letter more than it, or another.
func (l *lexicon) typed(w string) (string, entry) {
	if len(w) < fewestTyped || len(w) > longestSlip {
		return "", entry{}
	}
	buf := make([]byte, 0, 32)
	var hashes [longestSlip]uint32
	for i, hash := range appendWithout(hashes[:0], w) {
		if i+1 == len(w) || !l.slips.has(hash) {
			continue
		}
		if i > 0 && w[i] == w[i-1] && len(w) > fewestTyped+1 && strings.IndexByte("aeiou", w[i]) >= 0 {
			buf = append(append(buf[:0], w[:i]...), w[i+1:]...)
			if e := l.meaning(buf); e != (entry{}) {
				return string(buf), e
			}
		}
		buf = append(append(append(buf[:0], w[:i]...), w[i+1], w[i]), w[i+2:]...)
		if e := l.meaning(buf); e != (entry{}) {
			return string(buf), e
		}
	}
	if len(w) == fewestTyped || !l.slips.has(goOn(basis, w)) {
		return "", entry{}
	}
	for i := 1; i < len(w); i++ {
		for c := byte('a'); c <= 'z'; c++ {
			buf = append(append(append(buf[:0], w[:i]...), c), w[i:]...)
			if e := l.meaning(buf); e != (entry{}) {
				return string(buf), e
			}
		}
	}
	return "", entry{}
}

// correct reads a word in no list as the plain one that was meant, unless the record knows
// it as it stands.
func (r *reading) correct(t *token) {
	if r.known == nil || r.known.spares(t.low) {
		return
	}
	if low, e := r.lex.typed(t.low); low != "" {
		t.low, t.entry = low, e
		t.hints |= hintsOf(low)
	}
}

// meaning answers what is known of a plain word that nobody is called by, and nothing of
// others.
func (l *lexicon) meaning(w []byte) entry {
	letters := hashOn(fnvBasis, w)
	if !l.plain(letters) {
		return entry{}
	}
	e := l.words.at(mixed(letters)).entry
	switch {
	case e.marks.has(eponym | title | street | weakStreet):
		return entry{}
	case e.marks.has(role | kin | month | stop):
		return e
	case e.english > 2 || e.given > 1 || e.family > 1 || e.marks.has(proper):
		return entry{}
	}
	return e
}
