package organisation

import "math/bits"

// places is a set of places, one bit each.
type places []uint64

const placesPerWord = 64

func noPlaces(size int) places { return make(places, (size+placesPerWord-1)/placesPerWord) }

func allPlaces(size int) places {
	all := noPlaces(size)
	for i := range all {
		all[i] = ^uint64(0)
	}
	if rest := size % placesPerWord; rest > 0 {
		all[len(all)-1] = 1<<rest - 1
	}
	return all
}

func (p places) put(place int) { p[place/placesPerWord] |= 1 << (place % placesPerWord) }

func (p places) add(list []int32) {
	for _, place := range list {
		p.put(int(place))
	}
}

// join adds another set; nil is the empty one.
func (p places) join(other places) {
	for i := range other {
		p[i] |= other[i]
	}
}

// keep takes away what is not in another set; nil is the empty one.
func (p places) keep(other places) {
	if other == nil {
		clear(p)
		return
	}
	for i := range p {
		p[i] &= other[i]
	}
}

func (p places) remove(other places) {
	for i := range p {
		p[i] &^= other[i]
	}
}

func (p places) count() int {
	n := 0
	for _, word := range p {
		n += bits.OnesCount64(word)
	}
	return n
}

// countBelow counts the members below a place.
func (p places) countBelow(place int) int {
	whole := min(place/placesPerWord, len(p))
	n := p[:whole].count()
	if whole < len(p) {
		n += bits.OnesCount64(p[whole] & (1<<(place%placesPerWord) - 1))
	}
	return n
}

// slice lists members in order: those from one to before another, counted from none.
func (p places) slice(from, to int) []int {
	var found []int
	passed := 0
	for i, word := range p {
		if passed >= to {
			break
		}
		if n := bits.OnesCount64(word); passed+n <= from {
			passed += n
			continue
		}
		for ; word != 0 && passed < to; word &= word - 1 {
			if passed >= from {
				found = append(found, i*placesPerWord+bits.TrailingZeros64(word))
			}
			passed++
		}
	}
	return found
}

// match is an organisation found. Places are in order of name, so rank and
// place are the order of a list.
type match struct {
	rank  int
	place int
}

// matches are who is found, by rank. Nothing is listed but the page that is asked for: a common word
// finds half of the country.
type matches [ranks]places

func nothing(size int) matches {
	var none matches
	for rank := range none {
		none[rank] = noPlaces(size)
	}
	return none
}

func (f matches) count() int {
	n := 0
	for _, found := range f {
		n += found.count()
	}
	return n
}

// before counts who comes before a match. A rank that is none of ours comes before or after all.
func (f matches) before(m match) int {
	n := 0
	for rank, found := range f {
		switch {
		case rank < m.rank:
			n += found.count()
		case rank == m.rank:
			n += found.countBelow(m.place)
		}
	}
	return n
}

// rows lists matches in order: those from one to before another, counted from none.
func (f matches) rows(from, to int) []match {
	rows := make([]match, 0, max(0, to-from))
	for rank, found := range f {
		for _, place := range found.slice(max(0, from), max(0, to)) {
			rows = append(rows, match{rank: rank, place: place})
		}
		n := found.count()
		from, to = from-n, to-n
	}
	return rows
}
