package redaction

// houseOfStreet steps on from a street over the kind of a house that is called after it:
// Lower Fold Farm.
func (rd *reading) houseOfStreet(last int) int {
	j := last + 1
	if j >= len(rd.tokens) || !rd.beside(j) || !(ruralHouse(rd.tokens[j].low) || rd.tokens[j].low == "cottages" || rd.tokens[j].low == "flats" || rd.tokens[j].low == "allotments") {
		return last
	}
	if rd.tokens[j].cased && !rd.tokens[j].capital {
		return last
	}
	return j
}

// homeOfSomebody holds for what an address stands behind: his old house, mother's.
func (rd *reading) homeOfSomebody(i int) bool {
	if i < 1 {
		return false
	}
	switch before := &rd.tokens[i-1]; rd.tokens[i].low {
	case "'s":
		return before.marks.has(kin)
	case "house", "home", "address", "flat":
		return owner(before.low) || i > 1 && (before.low == "old" || before.low == "new") && owner(rd.tokens[i-2].low)
	}
	return false
}

// flatBehind answers the last token of a flat that is named last, or -1: 9 Tower View,
// Flat C.
func (rd *reading) flatBehind(i int) int {
	if i+1 >= len(rd.tokens) {
		return -1
	}
	n := &rd.tokens[i+1]
	switch {
	case ownDoor(rd.tokens[i].low) && (houseNumber(n) || n.kind == word && len(n.low) == 1):
		return i + 1
	case !storey(rd.tokens[i].low) || n.newline:
	case n.low == "flat":
		return i + 1
	case n.low == "floor" && i+2 < len(rd.tokens) && rd.tokens[i+2].low == "flat":
		return i + 2
	}
	return -1
}

// addressEnds holds where an address has been found that ends with token i.
func (rd *reading) addressEnds(i int) bool {
	for _, s := range rd.spans {
		if s.Class == Address && s.End == rd.tokens[i].end {
			return true
		}
	}
	return false
}

// somebodys holds for "of" behind the name of somebody, in a text without capitals:
// behind two words of a name, or one behind a relation or a title.
func (rd *reading) somebodys(of int) bool {
	if of < 2 || rd.tokens[of].low != "of" || !rd.beside(of) || !rd.beside(of-1) {
		return false
	}
	p, before := &rd.tokens[of-1], &rd.tokens[of-2]
	if p.marks.has(stop|medical|short|place|thing|role|month) || before.kind != word {
		return false
	}
	return before.marks.has(kin|title) || before.low == "nok" || before.given > 1 && !before.marks.has(stop|medical|short)
}

// whereAddressed holds for a number behind "address" or where somebody lives or goes.
func (rd *reading) whereAddressed(i int) bool {
	start := rd.flat(i)
	if rd.homeCue(start) || rd.sentTo(start-1) {
		return true
	}
	for j := start - 1; j >= 0 && j > start-6 && !rd.tokens[j+1].first; j-- {
		if low := rd.tokens[j].low; low == "address" || low == "lives" || low == "living" {
			return true
		}
	}
	return false
}

// flatAbove takes the flat that is told by what it lies over: lives in the flat above
// the chippy, Market Place.
func (rd *reading) flatAbove(i int) {
	if rd.tokens[i].low != "flat" || i+2 >= len(rd.tokens) {
		return
	}
	switch rd.tokens[i+1].low {
	case "above", "over", "behind", "below":
	default:
		return
	}
	if !rd.inhabited(i) {
		return
	}
	last := i + 1
	for j := i + 2; j < len(rd.tokens) && j < i+6 && rd.tokens[j].kind == word && !rd.tokens[j].first; j++ {
		if t := &rd.tokens[j]; j > i+2 && t.marks.has(stop|link|object|subject|determiner|role|kin) {
			break
		}
		if storey(rd.tokens[j].low) || rd.tokens[j].low == "floor" {
			return
		}
		last = j
	}
	if last == i+1 || rd.tokens[last].marks.has(determiner) || owner(rd.tokens[last].low) {
		return
	}
	rd.span(rd.tokens[i].start, rd.tokens[rd.streetAfter(last)].end, Address, 0.6, "flat of somebody")
}

// inhabited holds for a dwelling in which the words before say that somebody lives.
func (rd *reading) inhabited(i int) bool {
	for j := i - 1; j >= 0 && j > i-6; j-- {
		switch rd.tokens[j].low {
		case "lives", "lived", "living", "live", "resides", "address":
			return true
		case ",", "in", "at", "a", "the", "alone", "is", ":", "his", "her", "their", "small", "still":
		default:
			return false
		}
	}
	return false
}

// rareHouse holds for the name of a house, of which one word is not English or the last
// is the kind of a house.
func (rd *reading) rareHouse(first, comma int) bool {
	for i := first; i < comma; i++ {
		if rd.tokens[i].english == 0 {
			return true
		}
	}
	return comma > first+1 && houseType(rd.tokens[comma-1].low)
}

// shortInCapitals holds where what may be the short form of a street's kind is one of
// many words in capitals, behind a number that nobody lives at or goes to: 1120 MEDIC AV
// ATTENDED.
func (rd *reading) shortInCapitals(house, last int) bool {
	return shortKind(rd.tokens[last].low) && !rd.tokens[last].cased && !rd.visits(house-1) && !rd.homeCue(house) && !rd.sentTo(house-1) && !rd.betweenMarks(house, last)
}

// quietStreet holds for kinds of streets that are ordinary words, behind a house's number
// where somebody goes.
func quietStreet(low string) bool {
	switch low {
	case "hill", "green", "fold", "yard", "square", "gate", "parade", "quay", "mead":
		return true
	}
	return false
}

// visitedHouse holds for a house's number and words of a street, none of which is
// counted, where somebody goes: visited 6 pear tree close.
func (rd *reading) visitedHouse(house, last int) bool {
	if kind := rd.tokens[last].low; !rd.visits(house-1) && !rd.betweenMarks(house, last) || !aloneStreet(kind) && !shortKind(kind) && !quietStreet(kind) && rd.tokens[last-1].low != "the" {
		return false
	}
	for i := house + 1; i < last; i++ {
		if t := &rd.tokens[i]; t.kind != word || t.marks.has(medical|short|role|kin) || t.marks.has(stop) && t.low != "the" && t.low != "well" && !whichOfTwo(t.low) || unit(t.low) || counted(t.low) {
			return false
		}
	}
	return true
}

// counted holds for what stands behind a number in other senses.
func counted(low string) bool {
	switch low {
	case "hour", "hours", "day", "days", "week", "way", "point", "bed", "beds", "side", "stage", "step", "minute", "lane", "man", "person", "mile", "metre", "foot", "inch", "storey", "car", "steps", "stairs", "people", "patients", "yards", "metres", "feet", "miles", "times", "minutes":
		return true
	}
	return false
}

// streetBefore answers where a house's name begins before a street and the postcode at
// token i, in a text of any case: THE HAYLOFT, GORSEFIELD LANE, LN11 4XB; or -1.
func (rd *reading) streetBefore(i int) int {
	last := i - 1
	if last > 0 && rd.tokens[last].low == "," {
		last--
	}
	if last < 1 || !rd.tokens[last].marks.has(street) || rd.tokens[last].first {
		return -1
	}
	comma := rd.phraseBefore(last)
	if comma < 1 || comma == last-1 || rd.tokens[comma].low != "," {
		return -1
	}
	before := rd.phraseBefore(comma - 1)
	if before == comma-1 {
		return -1
	}
	return before + 1
}

// phraseBefore answers the token before the words that end at last, of which there are
// four at most.
func (rd *reading) phraseBefore(last int) int {
	j := last
	for ; j >= 0 && j > last-4 && rd.tokens[j].kind == word && !rd.tokens[j].marks.has(role|kin|subject|act|object|title|link); j-- {
		if rd.tokens[j].marks.has(stop) && rd.tokens[j].low != "the" {
			break
		}
		if rd.tokens[j].first {
			return j - 1
		}
	}
	return j
}
