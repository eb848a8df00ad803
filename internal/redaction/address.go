package redaction

import "strings"

// scanAddresses takes a house number with the words up to a kind of street, and
// the flat before it. Town and ward stay: they are where it happened.
func (rd *reading) scanAddresses() {
	for i := range rd.tokens {
		t := &rd.tokens[i]
		if t.kind == word && (t.marks.has(street | weakStreet)) {
			rd.address(i)
		}
	}
}

// address looks back from the kind of street at most four words for the house.
func (rd *reading) address(last int) {
	strong := rd.tokens[last].marks.has(street)
	for j := last - 1; j >= 0 && j >= last-4; j-- {
		t := &rd.tokens[j]
		if houseNumber(t) {
			if j == last-1 || !strong && !rd.named(j+1, last) && !rd.lives(j) {
				return
			}
			start := rd.flat(j)
			rd.span(rd.tokens[start].start, rd.tokens[last].end, Address, 0.85, "house and street")
			return
		}
		if t.kind != word || t.marks.has(stop|medical) && !t.capital || t.newline {
			break
		}
	}
	rd.namedHouse(last)
}

// namedHouse takes "Spring Farm, Regent Road": two capitalised pairs, where the
// sentence tells names by capitals or is all capitals.
func (rd *reading) namedHouse(last int) {
	if last < 4 || !rd.tokens[last].marks.has(street) || rd.tokens[last-2].low != "," {
		return
	}
	house := &rd.tokens[last-3]
	switch house.low {
	case "farm", "cottage", "house", "lodge", "villa", "grange", "barn", "bungalow", "manor":
	default:
		return
	}
	if name := &rd.tokens[last-4]; name.kind == word && !name.marks.has(stop) && name.capital {
		rd.span(name.start, rd.tokens[last].end, Address, 0.7, "named house and street")
	}
}

func houseNumber(t *token) bool {
	if t.kind == number {
		return t.end-t.start <= 4
	}
	return t.kind == code && len(t.low) <= 5 && isDigit(rune(t.low[0])) && leadingDigits(t.low) == len(t.low)-1 && strings.IndexByte("abcdefgh", t.low[len(t.low)-1]) >= 0
}

func leadingDigits(s string) int {
	n := 0
	for n < len(s) && isDigit(rune(s[n])) {
		n++
	}
	return n
}

// named holds when all words from first to last have capitals.
func (rd *reading) named(first, last int) bool {
	for i := first; i <= last; i++ {
		if !rd.tokens[i].capital || !rd.tokens[i].cased && !rd.tokens[i].caps {
			return false
		}
	}
	return true
}

// lives holds where the words before a house number say that somebody does.
func (rd *reading) lives(i int) bool {
	for j := i - 1; j >= 0 && j >= i-4; j-- {
		switch rd.tokens[j].low {
		case "address", "lives", "living", "home", "at", "to", "resides", "of":
			return true
		}
	}
	return false
}

// flat steps back over "Flat 8," and its like.
func (rd *reading) flat(i int) int {
	j := i - 1
	if j >= 0 && rd.tokens[j].low == "," {
		j--
	}
	if j < 1 || !houseNumber(&rd.tokens[j]) && len(rd.tokens[j].low) > 2 {
		return i
	}
	switch rd.tokens[j-1].low {
	case "flat", "apartment", "apt", "unit", "room", "house":
		return j - 1
	}
	return i
}
