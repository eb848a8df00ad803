package redaction

// dictionary answers what is known of a word. It keeps no letters, only 48 bits
// of a hash for each word: that one of the words that people type has the hash
// of another is not to be reckoned with. Of many words the same is known, which
// is kept once, so that the words that people use stay in the processor's cache.
type dictionary struct {
	slots  []uint64 // 48 bits of a hash and a place in facts; 0 where the slot is empty
	facts  []facts
	places map[uint64]uint64 // in facts, by their key
}

// facts are all that is known of a word.
type facts struct {
	entry entry
	hints hints
}

// slots is how many words a dictionary has room for, half of which are used.
const slots = 1 << 19

// key tells facts apart from all others.
func (f *facts) key() uint64 {
	e := &f.entry
	return uint64(e.marks)<<32 | uint64(e.english)<<24 | uint64(e.given)<<20 | uint64(e.family)<<16 | uint64(f.hints)
}

// placeBits is how many bits of a slot are a place in the facts.
const placeBits = 16

func newDictionary() *dictionary {
	return &dictionary{slots: make([]uint64, slots), facts: []facts{{}}, places: map[uint64]uint64{0: 0}}
}

// hashOf is the 64-bit FNV-1a hash of a word, with its bits mixed, never 0 even
// without the lowest bits.
func hashOf[T string | []byte](word T) uint64 {
	return mixed(hashOn(fnvBasis, word))
}

// hashOn goes on with a hash over more letters.
func hashOn[T string | []byte](h uint64, letters T) uint64 {
	for i := range len(letters) {
		h = (h ^ uint64(letters[i])) * fnvPrime
	}
	return h
}

const (
	fnvBasis uint64 = 14695981039346656037
	fnvPrime uint64 = 1099511628211
)

func mixed(h uint64) uint64 { return h ^ h>>32 | 1<<63 }

// find answers the slot of a hash, or the empty one where it would be.
func (d *dictionary) find(hash uint64) *uint64 {
	for i := hash; ; i++ {
		if s := &d.slots[i%slots]; *s == 0 || (*s^hash)>>placeBits == 0 {
			return s
		}
	}
}

// at answers what is known of the word with a hash.
func (d *dictionary) at(hash uint64) *facts { return &d.facts[*d.find(hash)&(1<<placeBits-1)] }

// first answers what stands in the slot where a hash is looked for first.
func (d *dictionary) first(hash uint64) uint64 { return d.slots[hash%slots] }

// from is at, for whoever has looked into the first slot already.
func (d *dictionary) from(slot, hash uint64) *facts {
	if slot == 0 || (slot^hash)>>placeBits == 0 {
		return &d.facts[slot&(1<<placeBits-1)]
	}
	return d.at(hash)
}

func (d *dictionary) get(word string) entry { return d.at(hashOf(word)).entry }

// set makes e what is known of a word. Which hints a word gives is found out now
// for those that people use.
func (d *dictionary) set(word string, e entry) {
	all := facts{e, unasked}
	everyday := e.english > 0 && e.english < 5
	if everyday || e.given+e.family > 1 || e.marks&^(given|family|ordinary|proper) != 0 {
		all.hints = hintsOf(word)
	}
	key := all.key()
	place, ok := d.places[key]
	if !ok {
		place = uint64(len(d.facts))
		if place>>placeBits > 0 {
			panic("redaction: more is known of words than a slot tells apart")
		}
		d.places[key] = place
		d.facts = append(d.facts, all)
	}
	hash := hashOf(word)
	*d.find(hash) = hash>>placeBits<<placeBits | place
}
