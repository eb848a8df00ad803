package redaction

// dictionary answers what is known of a word. It keeps no letters, only a hash
// of 64 bits for each word: that one of the words that people type has the hash
// of another is not to be reckoned with, and a look-up touches the memory once.
type dictionary struct {
	slots []slot
}

type slot struct {
	hash  uint64 // 0 where the slot is empty
	entry entry
}

// slots is how many words a dictionary has room for, half of which are used.
const slots = 1 << 20

func newDictionary() dictionary { return dictionary{slots: make([]slot, slots)} }

// hashOf is the 64-bit FNV-1a hash of a word, with its bits mixed, never 0.
func hashOf[T string | []byte](word T) uint64 {
	h := uint64(14695981039346656037)
	for i := range len(word) {
		h = (h ^ uint64(word[i])) * 1099511628211
	}
	h ^= h >> 32
	return h | 1<<63
}

func (d dictionary) slot(hash uint64) *slot {
	for i := hash % slots; ; i = (i + 1) % slots {
		if s := &d.slots[i]; s.hash == hash || s.hash == 0 {
			return s
		}
	}
}

func (d dictionary) get(word string) entry { return d.slot(hashOf(word)).entry }

// add gives a word an entry of its own, which it answers.
func (d dictionary) add(word string) *entry {
	hash := hashOf(word)
	s := d.slot(hash)
	s.hash = hash
	return &s.entry
}
