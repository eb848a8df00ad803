package redaction

// widen steps from the addresses that have been found over what else belongs to them: the
// building before a comma, the flat, the farm or the road behind.
func (rd *reading) widen() {
	for n := range rd.spans {
		s := &rd.spans[n]
		if s.Class != Address {
			continue
		}
		first, last := rd.tokenAt(s.Start), rd.tokenAt(s.End-1)
		first, last = rd.outer(rd.upstairs(rd.buildingBefore(rd.doorBefore(rd.severalHouses(first)))), rd.partBehind(last))
		s.Start, s.End = rd.tokens[first].start, rd.tokens[last].end
	}
}

// doorBefore steps back from a house's number over the word for one.
func (rd *reading) doorBefore(i int) int {
	j := i - 1
	if j > 0 && rd.tokens[j].low == "." && !rd.tokens[j].spaced {
		j--
	}
	if j >= 0 && doorWord(rd.tokens[j].low) && houseNumber(&rd.tokens[i]) {
		return j
	}
	return i
}

// buildingBefore steps back over a comma to a building or a part of one: Vicarage Flat,
// St Anne's Lane; the static caravan, Pinfold Farm.
func (rd *reading) buildingBefore(i int) int {
	last := i - 2
	if last < 0 || rd.tokens[i-1].low != "," || !houseName(&rd.tokens[last]) && !dwelling(rd.tokens[last].low) {
		return i
	}
	first := last + 1
	for first > 0 && first > last-3 && rd.wordOfBuilding(first-1) {
		first--
		if rd.tokens[first].low == "the" || rd.tokens[first].first || rd.tokens[first].newline {
			break
		}
	}
	if first > last || first > 0 && !rd.tokens[first].first && !rd.tokens[first].newline && !rd.homeOpens(first-1) && rd.tokens[first-1].kind != punct {
		return i
	}
	if t := &rd.tokens[first]; first == last && !t.capitalled() {
		return i
	}
	return first
}

// flatThenStreet takes a flat that has a name, or is told by its floor, and the street
// behind the comma: Top flat, Bramber Turrets; Vicarage Flat, St Anne's Lane.
func (rd *reading) flatThenStreet(i int) {
	if i == 0 || i+2 >= len(rd.tokens) || rd.tokens[i+1].low != "," || rd.addressEnds(i) {
		return
	}
	before := &rd.tokens[i-1]
	if !storey(before.low) && !(rd.tokens[i].capitalled() && before.capitalled()) {
		return
	}
	for j := i + 2; j < len(rd.tokens) && j < i+2+longestHome; j++ {
		t := &rd.tokens[j]
		if t.low == "'s" {
			continue
		}
		if t.kind != word || t.cased && !t.capital || t.marks.has(object|link|determiner|subject|role|kin) {
			return
		}
		if j > i+2 && rd.placeKind(j) && (t.cased || t.marks.has(street)) {
			rd.span(before.start, t.end, Address, 0.6, "flat and street")
			return
		}
	}
}

// wordOfBuilding holds for words that the name of a building or of a part is made of.
func (rd *reading) wordOfBuilding(i int) bool {
	t := &rd.tokens[i]
	if t.low == "'s" || t.low == "the" || storey(t.low) || t.marks.has(role) && rd.tokens[i+1].low == "'s" {
		return true
	}
	if t.kind != word || owner(t.low) || t.marks.has(object|link|determiner|subject|kin|title) {
		return false
	}
	return t.capitalled() || rd.wordOfHouse(i)
}

// upstairs steps back over which part of the house is meant.
func (rd *reading) upstairs(i int) int {
	j := i - 1
	if j > 0 && rd.tokens[j].low == "at" {
		j--
	}
	if j >= 0 && (rd.tokens[j].low == "upstairs" || rd.tokens[j].low == "downstairs") {
		return j
	}
	return i
}

// partBehind steps on over the farm or the site that is called after a street, the flat
// behind a comma and the road: Lower Fold Farm; 19 Cutlers Court, room 4; Layby Cottage,
// A417.
func (rd *reading) partBehind(last int) int {
	if last = rd.houseOfStreet(last); rd.tokens[last].cased {
		last = rd.streetAfter(last)
	}
	comma, i := last+1, last+2
	if i >= len(rd.tokens) || rd.tokens[comma].low != "," || rd.tokens[i].newline {
		return last
	}
	t := &rd.tokens[i]
	switch {
	case rd.flatBehind(i) > i:
		return rd.flatBehind(i)
	case (t.low == "room" || t.low == "suite" || t.low == "unit") && i+1 < len(rd.tokens) && houseNumber(&rd.tokens[i+1]):
		return i + 1
	case numberedRoad(t):
		return i
	case t.low == "the" && i+1 < len(rd.tokens) && rd.placeKind(i+1) && rd.phraseEnds(i+2):
		return i + 1
	case t.kind == word && t.capital && t.cased && !t.caps && t.english > 1 && !t.marks.has(town) && oneWordKind(t.low) && rd.phraseEnds(i+1):
		return i
	}
	return last
}

// numberedRoad holds for A417 and B4226.
func numberedRoad(t *token) bool {
	return t.kind == code && len(t.low) > 2 && len(t.low) < 6 && (t.low[0] == 'a' || t.low[0] == 'b') && leadingDigits(t.low[1:]) == len(t.low)-1
}

// placeKind holds for any kind of a street, a block or a house.
func (rd *reading) placeKind(i int) bool {
	t := &rd.tokens[i]
	return t.marks.has(street|weakStreet) || shortKind(t.low) || lateKind(t.low) || houseType(t.low)
}

// oneWordKind holds for a name in which the kind of a street is a part: Riverside.
func oneWordKind(low string) bool {
	for _, end := range streetEnds {
		if len(low) > len(end)+2 && low[len(low)-len(end):] == end {
			return true
		}
	}
	return false
}
