package redaction

import "strings"

// doorBehind steps on from a street that ends at token last over the number of a house
// behind it: St Cuthbert's Terr., no 8.
func (rd *reading) doorBehind(last int) int {
	i := last + 1
	for i < len(rd.tokens) && !rd.tokens[i].newline && (rd.tokens[i].low == "." || rd.tokens[i].low == ",") {
		i++
	}
	if i >= len(rd.tokens) || rd.tokens[i].newline || rd.tokens[i].low != "no" && rd.tokens[i].low != "number" && rd.tokens[i].low != "nr" {
		return last
	}
	if i++; i < len(rd.tokens) && rd.tokens[i].low == "." && !rd.tokens[i].spaced {
		i++
	}
	if i >= len(rd.tokens) || !houseNumber(&rd.tokens[i]) || rd.unitFollows(i) || !rd.phraseEnds(i+1) {
		return last
	}
	return i
}

// doors takes the numbers of houses behind streets that have been found.
func (rd *reading) doors() {
	for n := range rd.spans {
		s := &rd.spans[n]
		if s.Class != Address {
			continue
		}
		last := rd.tokenAt(s.End - 1)
		if door := rd.doorBehind(last); door > last && rd.tokens[last].kind == word {
			s.End = rd.tokens[door].end
		}
	}
}

// streetOfDoor takes a street that the number of a house stands behind, where its words
// have capitals or somebody lives there.
func (rd *reading) streetOfDoor(last int) {
	door := rd.doorBehind(last)
	if door == last || last == 0 {
		return
	}
	first := last
	for first > 0 && first > last-5 && (rd.tokens[first-1].low == "'s" || rd.tokens[first-1].low == "st" || rd.wordOfStreet(first-1)) {
		first--
	}
	if first == last || rd.tokens[first].low == "'s" {
		return
	}
	if rd.tokens[first].capital && rd.tokens[first].cased && rd.named(first, last) || first > 0 && rd.homeOpens(first-1) {
		rd.span(rd.tokens[first].start, rd.tokens[door].end, Address, 0.65, "street and house")
	}
}

// commaHouse takes a house's number, a comma and the words of its street in a text without
// capitals, where somebody lives or goes: outside 2, hempland way.
func (rd *reading) commaHouse(last int) {
	t := &rd.tokens[last]
	if t.cased || rd.thingInStreet(last+1) || !t.marks.has(street) && !aloneStreet(t.low) && !quietStreet(t.low) && t.low != "crescent" && t.low != "mead" && t.low != "path" && t.low != "end" {
		return
	}
	first := last
	for first > 1 && first > last-4 && rd.beside(first) && (rd.wordOfHouse(first-1) || rd.tokens[first-1].low == "the" || rd.tokens[first-1].low == "st") {
		first--
	}
	if first == last || first < 3 || rd.tokens[first-1].low != "," || !houseNumber(&rd.tokens[first-2]) || rd.hiddenBy(first-2) || !rd.phraseEnds(last+1) {
		return
	}
	number := first - 2
	rare := rd.tokens[first].low == "the" || rd.tokens[first].low == "st"
	for i := first; i < last; i++ {
		n := &rd.tokens[i]
		rare = rare || n.english == 0 || n.english > 2 || n.family+n.given > 1 && !n.marks.has(stop)
	}
	if rd.homeCue(number) || rare && (rd.sentTo(number-1) || rd.toDoor(number-1)) {
		rd.span(rd.tokens[rd.flat(number)].start, rd.tokens[last].end, Address, 0.6, "house and street")
	}
}

// toDoor holds for words before a house and before no time of day.
func (rd *reading) toDoor(i int) bool {
	switch rd.tokens[i].low {
	case "outside", "to", "visited", "visiting", "near", "opposite", "address", "not", "than":
		return true
	}
	return false
}

// unpartedBefore steps back from a house's number over the name of the building that it
// is in, where somebody lives: grange court 16 church brow.
func (rd *reading) unpartedBefore(i int) int {
	if i < 2 || !rd.beside(i) || !houseNumber(&rd.tokens[i]) || !houseType(rd.tokens[i-1].low) || dwelling(rd.tokens[i-1].low) || rd.tokens[i-1].cased && !rd.tokens[i-1].capital {
		return i
	}
	first := i - 1
	for first > 0 && first > i-4 && rd.beside(first) && rd.wordOfHouse(first-1) && (rd.tokens[first-1].capital || !rd.tokens[first-1].cased) {
		first--
	}
	if first == i-1 || first == 0 || !rd.homeOpens(first-1) {
		return i
	}
	return first
}

func houseNumber(t *token) bool {
	if t.kind == number {
		return t.end-t.start <= 4
	}
	if t.kind == code && len(t.low) < 4 && strings.Trim(t.low, "0123456789oil") == "" {
		return true // 6O, l9
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

// withoutNumber answers a word without the digits at its end.
func withoutNumber(s string) string {
	for len(s) > 0 && isDigit(rune(s[len(s)-1])) {
		s = s[:len(s)-1]
	}
	return s
}
