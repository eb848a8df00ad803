package redaction

// dictionary answers what is known of a word. It keeps no letters, only a hash
// of each word: that one of the words that people type has the hash of another
// is not to be reckoned with, and a look-up touches the memory once. Many words
// have the same said of them, which is kept once.
type dictionary struct {
	slots   []slot
	entries []entry // the first is that of words that are not there
	numbers map[entry]uint16
}

// slot is the upper 48 bits of a hash, above the number of an entry; 0 where it is empty. The lower bits of the
// hash say where the slot stands.
type slot uint64

const hashBits slot = 1<<64 - 1<<16

// slots is how many words a dictionary has room for, half of which are used.
const slots = 1 << 19

func newDictionary() *dictionary {
	return &dictionary{slots: make([]slot, slots), entries: make([]entry, 1), numbers: map[entry]uint16{{}: 0}}
}

// hashOf is the 64-bit FNV-1a hash of a word, with its bits mixed, never 0 in those that slots have.
func hashOf[T string | []byte](word T) slot {
	h := uint64(14695981039346656037)
	for i := range len(word) {
		h = (h ^ uint64(word[i])) * 1099511628211
	}
	h ^= h >> 32
	return slot(h | 1<<63)
}

func (d *dictionary) slot(hash slot) *slot {
	for i := hash % slots; ; i = (i + 1) % slots {
		if s := &d.slots[i]; *s == 0 || (*s^hash)&hashBits == 0 {
			return s
		}
	}
}

func (d *dictionary) get(word string) entry { return d.of(hashOf(word)) }

func (d *dictionary) of(hash slot) entry { return d.entries[*d.slot(hash)&^hashBits] }

// set says something else of a word than was said.
func (d *dictionary) set(word string, e entry) {
	n, known := d.numbers[e]
	if !known {
		if len(d.entries) > int(^hashBits) {
			panic("redaction: the words of the embedded lists are of too many kinds")
		}
		n = uint16(len(d.entries))
		d.entries, d.numbers[e] = append(d.entries, e), n
	}
	hash := hashOf(word)
	*d.slot(hash) = hash&hashBits | slot(n)
}
