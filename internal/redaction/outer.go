package redaction

// outer steps from an address that has been found, whose first and last tokens are given,
// over what else is said of where it is: the floor, the block or the unit before it, the
// unit, the barracks or the marina behind it.
func (rd *reading) outer(first, last int) (int, int) {
	for range 3 {
		before := rd.unitBefore(first)
		if before == first {
			break
		}
		first = before
	}
	for range 2 {
		behind := rd.unitBehind(last)
		if behind == last {
			break
		}
		last = behind
	}
	return first, last
}

// unitBefore steps back over a comma to a unit that the address is divided into: room 4,
// 2/1, top floor rear; and over what lies beside it: next door to, the cabin rear of.
func (rd *reading) unitBefore(i int) int {
	j := i - 1
	if j < 1 {
		return i
	}
	if t := &rd.tokens[j]; t.low == "to" && j > 1 && rd.tokens[j-1].low == "door" && rd.tokens[j-2].low == "next" {
		return j - 2
	} else if t.low == "of" && (rd.tokens[j-1].low == "rear" || rd.tokens[j-1].low == "back") {
		return rd.buildingOf(j - 1)
	}
	if unitWord(rd.tokens[j].low) && houseNumber(&rd.tokens[i]) {
		return j
	}
	comma := rd.tokens[j].low == ","
	if comma {
		j--
	}
	if j < 1 {
		return i
	}
	t, p := &rd.tokens[j], &rd.tokens[j-1]
	switch {
	case comma && siteKind(t.low) && p.low == "the":
		return j - 1
	case comma && houseType(t.low) && t.capitalled() && p.capitalled() && houseNumber(&rd.tokens[i]) && rd.beside(j) && rd.namedBefore(j-1):
		return j - 1
	case (houseNumber(t) || lettered(t)) && unitWord(p.low) && (comma || rd.tokens[i].kind == word):
		return j - 1
	case j > 1 && comma && p.low == "/" && houseNumber(t) && !t.spaced && len(t.low) == 1 && houseNumber(&rd.tokens[j-2]):
		return j - 2
	case comma && (t.low == "rear" || t.low == "front" || t.low == "left" || t.low == "right") && p.low == "floor" && j > 1 && storey(rd.tokens[j-2].low):
		return j - 2
	case (comma || dwelling(rd.tokens[i].low)) && (t.low == "floor" || t.low == "flat") && storey(p.low):
		return j - 1
	case comma && t.low == "flat" && p.low == "floor" && j > 1 && storey(rd.tokens[j-2].low):
		return j - 2
	}
	return i
}

// namedBefore holds where a name with a capital begins behind a word without one.
func (rd *reading) namedBefore(i int) bool {
	t := &rd.tokens[i]
	if i == 0 || t.first || t.marks.has(title|role|kin|determiner|month|medical|short|stop) {
		return false
	}
	b := &rd.tokens[i-1]
	return b.kind == word && !b.capital && b.cased
}

// buildingOf steps back from the rear of an address over the building that stands there.
func (rd *reading) buildingOf(rear int) int {
	j := rear - 1
	if j < 0 || rd.tokens[j].low != "cabin" && rd.tokens[j].low != "annexe" && rd.tokens[j].low != "caravan" && rd.tokens[j].low != "flat" {
		return rear
	}
	if j > 0 && rd.tokens[j-1].low == "the" {
		j--
	}
	return j
}

// unitBehind steps on to a unit that is named last, and to the barracks or the marina: the
// entry, flat b; number 30; Married Quarters, House 17; Haddow Barracks; (sheltered).
func (rd *reading) unitBehind(last int) int {
	i := last + 1
	if i+1 >= len(rd.tokens) {
		return last
	}
	if rd.tokens[i].low == "(" {
		if i+2 < len(rd.tokens) && rd.tokens[i+1].low == "sheltered" && rd.tokens[i+2].low == ")" {
			return i + 1
		}
		return last
	}
	comma := rd.tokens[i].low == ","
	if comma {
		i++
	}
	if i >= len(rd.tokens) || rd.tokens[i].newline {
		return last
	}
	if i+1 < len(rd.tokens) && unitWord(rd.tokens[i].low) && (houseNumber(&rd.tokens[i+1]) || lettered(&rd.tokens[i+1])) && !rd.unitFollows(i+1) && rd.phraseEnds(i+2) && (comma || ownDoor(rd.tokens[i].low)) {
		return i + 1
	}
	if end := rd.siteFrom(i); comma && end > i {
		return end
	}
	return last
}

// siteFrom answers the last token of the site of which the name begins with token i, or i.
func (rd *reading) siteFrom(i int) int {
	for j := i; j < len(rd.tokens) && j < i+4; j++ {
		t := &rd.tokens[j]
		if t.kind != word || t.cased && !t.capital || t.marks.has(object|link|determiner|subject|role|kin|title) || t.first {
			return i
		}
		if j > i && siteKind(t.low) && rd.phraseEnds(j+1) {
			return j
		}
	}
	return i
}

// siteKind holds for places where many live of whom few are patients.
func siteKind(low string) bool {
	switch low {
	case "barracks", "halls", "marina", "quarters", "camp", "moorings", "allotments", "prefabs", "wharf", "basin", "hostel", "caravans":
		return true
	}
	return false
}

// unitWord holds for what an address is divided into, where one has been found.
func unitWord(low string) bool {
	switch low {
	case "room", "unit", "hut", "bedsit", "bed-sit", "block", "scheme", "house", "number", "hse", "suite", "chalet", "cabin", "stair":
		return true
	}
	return ownDoor(low)
}

// lettered holds for a letter alone, or with a number behind it: flat b, berth c14.
func lettered(t *token) bool {
	return t.kind == word && len(t.low) == 1 || t.kind == code && len(t.low) < 4 && !isDigit(rune(t.low[0]))
}
