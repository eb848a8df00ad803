package redaction

// longestHome is the most words of the name of a house or a street.
const longestHome = 4

// homes takes what no kind of a street tells: where somebody lives according to
// the words before it, a number with two words that are no English, and streets
// whose kind comes first, as in Welsh.
func (rd *reading) homes() {
	for _, i := range rd.where {
		t := &rd.tokens[i]
		numbered := t.digits && houseNumber(t)
		switch {
		case numbered || t.hints.has(houseHint) && dwelling(t.low):
			rd.numberedHome(i)
		case t.capital && (t.cased || !t.caps) && !t.first:
			rd.namedHome(i)
		}
		if numbered {
			rd.oneWordStreet(i)
		}
		if !t.hints.has(houseHint) {
			continue
		}
		if leadingStreet(t.low) {
			rd.leadingStreet(i)
		}
		if doorWord(t.low) {
			rd.numberNextDoor(i)
			rd.onTheGreen(i)
		}
	}
}

// numberedHome takes "lives at 4 Gwelfor", "address: unit 3, Foundry Basin" and
// "went to 4 Maes Hyfryd".
func (rd *reading) numberedHome(i int) {
	first := i + 1
	if dwelling(rd.tokens[i].low) {
		if first >= len(rd.tokens) || !houseNumber(&rd.tokens[first]) {
			return
		}
		if first++; first < len(rd.tokens) && rd.tokens[first].low == "," {
			first++
		}
	}
	if first+1 < len(rd.tokens) && rd.tokens[first].low == "the" && !(rd.tokens[first].cased && rd.tokens[first].capital) && !rd.tokens[first].newline {
		first++
	}
	if first < len(rd.tokens) && ownDoor(rd.tokens[i].low) && (privateKind(rd.tokens[first].low) || rareKind(rd.tokens[first].low)) && rd.beside(first) {
		rd.span(rd.tokens[i].start, rd.tokens[first].end, Address, 0.6, "flat in a house")
		return
	}
	last := rd.homeWords(first)
	if first == i+3 {
		last = max(last, rd.streetFrom(first))
	} else if last >= first && last+1 < len(rd.tokens) && rd.tokens[last+1].low == "house" && !rd.tokens[last].cased && rd.beside(last+1) {
		last++
	}
	if last < first || rd.unitFollows(i) {
		return
	}
	if !rd.homeCue(i) {
		last = rd.toKind(first, last)
	}
	foreign := last > first
	for j := first; j <= last; j++ {
		foreign = foreign && rd.foreign(j)
	}
	the := rd.tokens[first].low == "the" && last > first && rd.tokens[last].proper() && !rd.tokens[last].marks.has(place)
	if rd.homeCue(i) || (foreign || the) && rd.goesTo(i-1) || rd.houseOfPerson(i) || rd.letteredHouse(i, first, last) || rd.onSite(i, first) || rd.houseAfterName(i, first, last) || rd.numberedDoor(i, first, last) || rd.atHouse(i, first, last) || first == i+3 && rd.tokens[last].marks.has(street|weakStreet) && rd.goesTo(i-1) || first == i+3 && ownDoor(rd.tokens[i].low) && rd.tokens[first].cased {
		if rd.numberedDoor(i, first, last) {
			i--
		}
		rd.span(rd.tokens[i].start, rd.tokens[rd.streetAfter(last)].end, Address, 0.65, "where somebody lives")
	}
}

// ownDoor holds for dwellings that are in no hospital.
func ownDoor(low string) bool {
	switch low {
	case "flat", "flt", "apartment", "apt", "plot", "pitch", "caravan", "studio", "maisonette", "mooring", "berth":
		return true
	}
	return false
}

// namedHome takes "lives at the Old Toll House" from its first capital on.
func (rd *reading) namedHome(i int) {
	start := i
	if i > 0 && rd.tokens[i-1].low == "the" {
		start--
	}
	if start == 0 || rd.tokens[i].marks.has(title|month|people) {
		return
	}
	switch rd.tokens[start-1].low {
	case "at", ":", "is", "address", "of", "(", "lives", "live", "living", "lived", "resides":
	default:
		return
	}
	if !rd.homeCue(start) && !rd.livesAt(start-1) {
		return
	}
	if last := rd.homeWords(i); last >= i && (rd.homeCue(start) || !rd.tokens[last].marks.has(place|thing|town)) && rd.tokens[last].end-rd.tokens[i].start > 2 {
		rd.span(rd.tokens[i].start, rd.tokens[rd.streetAfter(last)].end, Address, 0.6, "where somebody lives")
	}
}

// homeWords answers the last of the words from token i on that may name a house
// or a street, or i-1.
func (rd *reading) homeWords(i int) int {
	last := i - 1
	for j := i; j < len(rd.tokens) && j < i+longestHome; j++ {
		t := &rd.tokens[j]
		switch {
		case t.low == "'s" && last >= i, last == i && celticArticle(t.low) && leadingStreet(rd.tokens[i].low) && t.low != "an":
		case t.kind != word || t.first && !(j == i && i > 0 && houseNumber(&rd.tokens[i-1])) || j > i && t.newline:
			return last
		case t.cased && !t.capital && !(last >= i && (t.low == "y" || t.low == "yr" || t.low == "na")):
			return last
		case t.marks.has(medical|month|title|short) && !t.marks.has(place|street|weakStreet) || unit(t.low):
			return last
		case !t.cased && (t.marks.has(stop|link|object|determiner|subject|role|kin) || t.english == 1):
			return last
		}
		last = j
		if j > i && t.marks.has(street) {
			return last
		}
	}
	return last
}

// foreign holds for capitalised words that are neither English nor a part of the
// trade.
func (rd *reading) foreign(i int) bool {
	t := &rd.tokens[i]
	return t.low == "y" || t.low == "yr" || t.low == "na" || t.capital && t.cased && !t.listed() && len(t.low) > 2 && (t.english == 0 || t.english > 5) &&
		!t.marks.has(medical|short|thing|eponym|role|title)
}

// inPlace holds for the small words that say where something is, of which no
// name of a street consists.
func (rd *reading) inPlace(i int) bool {
	switch rd.tokens[i].low {
	case "in", "into", "at", "by", "from", "with", "onto":
		return true
	}
	return false
}

// goesTo holds for the words between somebody or something and a place.
func (rd *reading) goesTo(i int) bool {
	if i < 0 {
		return false
	}
	if i > 1 && rd.tokens[i].low == "o" && rd.tokens[i-1].low == "/" {
		return rd.tokens[i-2].low == "c"
	}
	switch rd.tokens[i].low {
	case "at", "to", "from", "of", "near", "outside", "opposite", "for", "not", "than", "visited", "visiting", "attended", "attending", "was", "is", "said", "given", "address", "system", "(", "house":
		return true
	}
	return false
}

// homeCue holds where the words before token i say that somebody lives there.
func (rd *reading) homeCue(i int) bool {
	for j := i - 1; j >= 0 && j >= i-5 && !rd.tokens[j+1].first; j-- {
		switch t := &rd.tokens[j]; t.low {
		case "address", "addr", "addresses", "lives", "lived", "live", "living", "resides", "resident", "residing", "residence", "liv":
			return true
		case "home", "house", "flat":
			if rd.tokens[j+1].low == "is" || rd.tokens[j+1].low == ":" || rd.tokens[j+1].low == "address" {
				return true
			}
		case "at", "to", "from", "of", "is", "was", ":", "(", "\"", "as", "given", "on", "in", "an", "old", "new", "home's", "moved", "changed", "updated", "recorded", "listed", "alone", "next", "door", "now", "still", "currently":
			continue
		default:
			if t.kind == word && t.hints.has(unlisted) && oneSlip("address", t.low) {
				return true
			}
			return false
		}
	}
	return false
}

// leadingStreet holds for kinds of streets that stand before the name.
func leadingStreet(low string) bool {
	switch low {
	case "heol", "ffordd", "lon", "stryd", "maes", "clos", "rhodfa", "cwrt", "llys", "trem", "parc", "rhiw", "tan-y", "bothar":
		return true
	}
	return false
}

// leadingStreet takes a house with its street, by its number or after a comma by
// its name.
func (rd *reading) leadingStreet(i int) {
	last := rd.homeWords(i)
	if last <= i || i == 0 {
		return
	}
	if houseNumber(&rd.tokens[i-1]) {
		rd.span(rd.tokens[rd.flat(i-1)].start, rd.tokens[last].end, Address, 0.75, "house and street")
		return
	}
	if rd.tokens[i-1].low == "," {
		first := rd.houseBefore(i)
		if first == i {
			first = rd.foreignHouse(i)
		}
		if first < i {
			rd.span(rd.tokens[first].start, rd.tokens[last].end, Address, 0.7, "named house and street")
		}
	}
}

// houseBefore steps back from an address over a comma to the name of a house
// that stands after a place's preposition, or after a room or a flat: at
// Beechcroft, 15 Abbey Hill.
func (rd *reading) houseBefore(i int) int {
	if i < 2 || rd.tokens[i-1].low != "," {
		return i
	}
	for j := i - 2; j >= 0 && j > i-2-longestHome; j-- {
		t := &rd.tokens[j]
		if t.low == "'s" || t.low == "'" || t.low == "\"" || houseName(t) && (t.capital && !t.caps || !t.cased) {
			if j > 0 && t.kind == word && rd.opensHome(j-1) {
				return j
			}
			continue
		}
		if t.kind != word || j == i-2 && !t.cased && t.english > 0 && t.english < 4 && j > 0 && rd.tokens[j-1].low == "of" || t.marks.has(title|role|kin) || t.low != "the" && (t.cased && !t.capital || t.marks.has(determiner|object|link|stop)) {
			return i
		}
		if j == 0 || t.newline || rd.opensHome(j-1) || j < i-2 && rd.tokens[j-1].low == "," && houseType(rd.tokens[i-2].low) {
			return j
		}
		if flat := rd.flatBefore(j); flat < j {
			return flat
		}
	}
	return i
}

// flatBefore steps back over a comma to a flat: Flat 5, The Maltings.
func (rd *reading) flatBefore(i int) int {
	if i > 2 && rd.tokens[i-1].low == "," && houseNumber(&rd.tokens[i-2]) && (dwelling(rd.tokens[i-3].low) || rd.tokens[i-3].low == "suite") {
		return i - 3
	}
	return i
}

// opensHome holds for what an address begins after.
func (rd *reading) opensHome(i int) bool {
	switch rd.tokens[i].low {
	case "at", "to", "from", "of", "address", "(", ":", "\"", "near", "is", "in":
		return true
	case ",":
		return rd.homeOfSomebody(i - 1)
	}
	return false
}

// streetAfter steps on from an address that ends at token i over commas and lines
// to the streets that follow.
func (rd *reading) streetAfter(i int) int {
	for range 2 {
		j := i + 1
		if j < len(rd.tokens) && rd.tokens[j].low == "," {
			j++
		} else if j >= len(rd.tokens) || !rd.tokens[j].newline {
			return i
		}
		if flat := rd.flatBehind(j); flat > j {
			return flat
		}
		last := rd.streetFrom(j)
		if last < 0 {
			return i
		}
		i = last
	}
	return i
}

// streetFrom answers the last token of the street that begins at token i, -1 for
// none.
func (rd *reading) streetFrom(i int) int {
	for j := i; j < len(rd.tokens) && j < i+longestHome; j++ {
		t := &rd.tokens[j]
		if t.low == "'s" || j == i && houseNumber(t) {
			continue
		}
		if t.kind != word || t.cased && !t.capital || !t.cased && t.marks.has(link|object|determiner|subject) {
			return -1
		}
		if j > i && (t.marks.has(street|weakStreet) || t.low == "pl" || t.low == "cl" || t.low == "sq") {
			if !t.cased && !t.marks.has(street) && t.english > 0 && !houseNumber(&rd.tokens[i]) && (i < 2 || !houseNumber(&rd.tokens[i-2])) {
				return -1
			}
			return j
		}
	}
	return -1
}
