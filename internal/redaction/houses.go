package redaction

import "strings"

// houseName holds for what ends the name of a house and is an ordinary word besides.
func houseName(t *token) bool { return houseType(t.low) || t.low == "bank" }

func quoteMark(low string) bool { return low == "'" || low == "\"" }

// ofPerson holds for the "of" between somebody and where they live: Ralph Bickerdike
// of Stable Mews, widow of 7 Stoney Hill.
func (rd *reading) ofPerson(i int) bool {
	if i < 1 || rd.tokens[i].low != "of" || rd.tokens[i-1].kind != word {
		return false
	}
	p := &rd.tokens[i-1]
	if p.marks.has(kin) || p.given > 1 || p.low == "widow" || p.low == "widower" {
		return true
	}
	return (p.family > 0 || p.english == 0) && (p.capital || !p.cased) && !p.marks.has(stop|medical|short|place|thing|role|title|month|object|subject)
}

// houseOfPerson holds for a house's number after the person who lives there.
func (rd *reading) houseOfPerson(i int) bool {
	return rd.ofPerson(i-1) && houseNumber(&rd.tokens[i]) && (rd.tokens[i+1].capital || !rd.tokens[i+1].cased)
}

// letteredHouse holds for a number with a letter before two words with capitals, of
// which streets have names and wards have not: 9a Hey Ridge.
func (rd *reading) letteredHouse(i, first, last int) bool {
	t := &rd.tokens[i]
	if t.kind != code || !houseNumber(t) || first != i+1 || last == first || !rd.tokens[last].cased || i > 0 && rd.numbered(i-1) {
		return false
	}
	for j := first; j <= last; j++ {
		if n := &rd.tokens[j]; !n.capital || n.caps || n.marks.has(medical|short|role|title|thing|people|month) || n.marks.has(place) && placeOfPatients(n.low) {
			return false
		}
	}
	return true
}

// numbered holds for what has a number with a letter in a hospital: bay 3a.
func (rd *reading) numbered(i int) bool {
	switch rd.tokens[i].low {
	case "bay", "bed", "ward", "room", "level", "floor", "theatre", "section", "band", "grade", "type", "stage", "part", "step", "form", "line", "cubicle", "pod", "zone", "factor", "phase", "class", "figure", "appendix", "annex":
		return true
	}
	return false
}

// quotedHouse takes a house whose name stands in quotation marks before its street,
// of which the second mark is at token end: 'Larkhill', Delph Lane.
func (rd *reading) quotedHouse(end, last int) {
	for first := end - 1; first > 0 && first > end-4; first-- {
		if quoteMark(rd.tokens[first-1].low) && rd.named(first, end-1) {
			rd.span(rd.tokens[first-1].start, rd.tokens[last].end, Address, 0.65, "named house and street")
			return
		}
		if rd.tokens[first].kind != word {
			return
		}
	}
}

// careHomes takes a home that cares for people, by its name, with its street or where
// somebody lives.
func (rd *reading) careHomes() {
	for _, i := range rd.marked {
		if i < 2 || !rd.tokens[i].hints.has(careHint) || !rd.beside(i) || !caring(rd.tokens[i-1].low) {
			continue
		}
		first := i - 1
		for first > 0 && first > i-5 && (rd.beside(first) || rd.tokens[first].low == "'s") && (rd.tokens[first-1].low == "st" || rd.nameOfHouse(first-1) && !rd.tokens[first-1].marks.has(title|role|kin|determiner|subject|object|link)) {
			first--
		}
		if first == i-1 || !rd.tokens[first].capital && rd.tokens[first].cased {
			continue
		}
		end := rd.streetAfter(i)
		door := rd.flatBefore(first)
		if rd.roomIn(first) {
			door = first - 2
		}
		if end == i && door == first && !rd.homeCue(first) && !rd.bookedFor(first) {
			continue
		}
		rd.span(rd.tokens[door].start, rd.tokens[end].end, Address, 0.65, "home that somebody lives in")
	}
}

// roomIn holds for the number of a room right before the name of a home.
func (rd *reading) roomIn(first int) bool {
	return first > 1 && rd.beside(first) && rd.beside(first-1) && houseNumber(&rd.tokens[first-1]) && (dwelling(rd.tokens[first-2].low) || rd.tokens[first-2].low == "suite")
}

// bookedFor holds where somebody goes to live in the home whose name begins with token
// first, if it has a capital.
func (rd *reading) bookedFor(first int) bool {
	if first < 2 || !rd.tokens[first].cased || !rd.tokens[first].capital {
		return false
	}
	low, before := rd.tokens[first-1].low, first-2
	if low != "for" && low != "to" && low != "into" && low != "of" {
		return false
	}
	for j := before; j >= 0 && j > before-4 && !rd.tokens[j+1].first; j-- {
		switch rd.tokens[j].low {
		case "booked", "discharged", "returned", "moved", "back", "resident":
			return true
		}
	}
	return false
}

func homeWord(low string) bool { return low == "home" || low == "hm" }

// caring holds for the kinds of homes in which people are cared for.
func caring(low string) bool {
	switch low {
	case "residential", "nursing", "rest", "care", "retirement":
		return true
	}
	return false
}

// houseWithoutCapitals takes a house by its name before the comma and the street behind
// it where somebody lives or goes, in a text that has no capitals to tell: lives in
// rosemount, sandy lane.
func (rd *reading) houseWithoutCapitals(comma, last int) {
	for i := comma + 1; i < last; i++ {
		if t := &rd.tokens[i]; t.kind != word || t.marks.has(link|object|determiner|subject|speaker|role|kin) {
			return
		}
	}
	first := comma
	for first > 0 && first > comma-3 && rd.tokens[first-1].kind == word && (first == comma || !rd.opensHome(first-1) && !rd.visits(first-1)) && (first == comma || rd.beside(first)) && (!rd.tokens[first-1].marks.has(stop|link|object|determiner|role|kin|title|medical|short) || whichOfTwo(rd.tokens[first-1].low)) {
		first--
	}
	if first == comma || first == 0 {
		return
	}
	before := first
	if rd.tokens[before-1].low == "the" {
		before--
	}
	known := rd.tokens[last].marks.has(street) || houseType(rd.tokens[comma-1].low)
	if before > 0 && (rd.homeCue(before) || rd.ofPerson(before-1) || known && rd.houseOpens(before-1) || (rd.tokens[last].marks.has(street) || rd.rareHouse(first, comma)) && (rd.opensHome(before-1) || rd.visits(before-1)) && rd.privateHouse(first, comma) && !rd.thingInStreet(last+1)) {
		if t := &rd.tokens[before]; t.capital && !t.caps {
			first = before // The Granary
		}
		rd.span(rd.tokens[first].start, rd.tokens[last].end, Address, 0.6, "named house and street")
	}
}

// privateHouse holds for words before a comma none of which says that patients are
// cared for there, or that something is sold.
func (rd *reading) privateHouse(first, comma int) bool {
	for i := first; i < comma; i++ {
		t := &rd.tokens[i]
		if t.marks.has(medical|short|thing|town|month|act|speaker) || t.marks.has(place) && !houseType(t.low) && t.low != "bank" || t.english == 1 && !whichOfTwo(t.low) && !houseName(t) {
			return false
		}
	}
	return comma > first+1 || rd.tokens[first].english != 1
}

// whichOfTwo holds for words before the kind of a street that tell which of two it is.
func whichOfTwo(low string) bool {
	switch low {
	case "new", "old", "upper", "lower", "great", "little", "north", "south", "east", "west", "high", "long", "middle":
		return true
	}
	return false
}

// compass steps on from a street over the point of the compass behind it.
func (rd *reading) compass(last int) int {
	j := last + 1
	if j < len(rd.tokens) && rd.beside(j) && (rd.tokens[j].capital || !rd.tokens[j].cased) {
		switch rd.tokens[j].low {
		case "north", "south", "east", "west":
			return j
		}
	}
	return last
}

// floorCode holds for the flats of Scottish stairs: 2F2, PF1.
func floorCode(low string) bool {
	return len(low) == 3 && low[1] == 'f' && strings.ContainsRune("pgb0123456789", rune(low[0])) && isDigit(rune(low[2]))
}

// onSite holds for a plot or a flat with a number before a name with a capital: Plot 7
// Sandhills, flat at 102 Byron Point.
func (rd *reading) onSite(i, first int) bool {
	n := &rd.tokens[first]
	if !n.cased || !n.capital || n.caps || n.marks.has(title|role|month|medical|short|people) {
		return false
	}
	switch rd.tokens[i].low {
	case "plot", "pitch", "caravan", "mooring", "berth", "chalet":
		return true
	}
	if i < 2 || rd.tokens[i-1].low != "at" || !houseNumber(&rd.tokens[i]) || first == i {
		return false
	}
	switch rd.tokens[i-2].low {
	case "flat", "house", "bungalow", "property", "maisonette", "apartment", "tenancy", "caravan":
		return true
	}
	return false
}

// houseAfterName holds for a number and two words or more with capitals that stand
// alone behind a name and a comma: Mr Oglethorpe, 21 Scar Knowle.
func (rd *reading) houseAfterName(i, first, last int) bool {
	if i < 2 || rd.tokens[i-1].low != "," || first != i+1 || last == first || !houseNumber(&rd.tokens[i]) || !rd.ends(last+1) {
		return false
	}
	p := &rd.tokens[i-2]
	if !p.capital || p.caps || p.kind != word || p.english > 0 && !p.listed() || p.marks.has(medical|short|thing|place|month|role) {
		return false
	}
	for j := first; j <= last; j++ {
		if n := &rd.tokens[j]; !n.capital || n.caps || n.marks.has(role|title|people|thing|month|short) || n.given > 1 {
			return false
		}
	}
	return true
}

// numberedDoor holds for one word that is no English behind a door's number: number 11
// Cloverdale.
func (rd *reading) numberedDoor(i, first, last int) bool {
	return i > 1 && first == i+1 && last == first && rd.foreign(first) && (rd.tokens[i-1].low == "number" || rd.tokens[i-1].low == "no") && rd.goesTo(i-2)
}

// scored holds for a modified early warning score: MEWS 4.
func (rd *reading) scored(i int) bool {
	return rd.tokens[i].low == "mews" && i+1 < len(rd.tokens) && rd.tokens[i+1].kind == number && !rd.tokens[i+1].newline
}

// houseOpens holds for what stands before the name of a house without capitals.
func (rd *reading) houseOpens(i int) bool {
	return rd.livesOn(i) || rd.sentTo(i) || rd.tokens[i].low == "(" || quoteMark(rd.tokens[i].low) || rd.tokens[i].low == "at" && i > 0 && rd.tokens[i-1].low == "arrival"
}
