package redaction

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
	for i := 2; i < len(rd.tokens); i++ {
		if low := rd.tokens[i].low; low != "home" && low != "hm" || !rd.beside(i) || !caring(rd.tokens[i-1].low) {
			continue
		}
		first := i - 1
		for first > 0 && first > i-5 && rd.beside(first) && rd.nameOfHouse(first-1) && !rd.tokens[first-1].marks.has(title|role|kin|determiner|subject|object|link) {
			first--
		}
		if first == i-1 || !rd.tokens[first].capital && rd.tokens[first].cased {
			continue
		}
		end := rd.streetAfter(i)
		if end == i && !rd.homeCue(first) {
			continue
		}
		rd.span(rd.tokens[rd.flatBefore(first)].start, rd.tokens[end].end, Address, 0.65, "home that somebody lives in")
	}
}

// caring holds for the kinds of homes in which people are cared for.
func caring(low string) bool {
	switch low {
	case "residential", "nursing", "rest", "care", "retirement":
		return true
	}
	return false
}
