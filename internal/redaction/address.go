package redaction

// scanAddresses takes a house number with the words up to a kind of street, the
// flat before it, a named house with its street, and what stands between a
// house and its postcode. Town and ward stay: they are where it happened.
func (rd *reading) scanAddresses() {
	for _, i := range rd.marked {
		t := &rd.tokens[i]
		if !t.hints.has(houseHint|unlisted) && !t.marks.has(street|weakStreet) && t.low != "5t" {
			continue
		}
		if !rd.scored(i) && (t.marks.has(street|weakStreet) || rd.shortStreet(i) || rd.mistypedStreet(i)) {
			rd.address(i)
			rd.streetAlone(i)
			rd.unpartedHouse(i)
			rd.streetOfDoor(i)
			rd.commaHouse(i)
			rd.premises(i)
		}
		if t.low == "farm" {
			rd.unpartedHouse(i)
		}
		if ruralHouse(t.low) {
			rd.houseAlone(i)
		}
		if houseType(t.low) || quietKind(t.low) {
			rd.houseByName(i)
			rd.atNamedHouse(i)
		}
		if celticHead(t.low) {
			rd.celtic(i)
		}
		if lives(t.low) {
			rd.unlistedHome(i)
		}
		if lives(t.low) || addressWord(t.low) {
			rd.addressLine(i)
		}
		if dwelling(t.low) {
			rd.flatIn(i)
			rd.flatThenStreet(i)
			rd.flatAbove(i)
		}
		if unitWord(t.low) || t.low == "tower" || t.low == "court" {
			rd.flatAlone(i)
		}
	}
	rd.homes()
	rd.capitalHouses()
	rd.careHomes()
	rd.stairs()
	rd.sameStreet()
	rd.doors()
	rd.repeatedHouses()
	rd.rareStreets()
	rd.outlying()
	rd.reversed()
	rd.corrected()
	rd.widen()
	rd.articles()
}

// flatIn takes "Flat 2 Ash House": a flat in a house that has a name.
func (rd *reading) flatIn(i int) {
	if i+2 >= len(rd.tokens) || !houseNumber(&rd.tokens[i+1]) {
		return
	}
	j := i + 2
	if rd.tokens[j].low == "," {
		j++
	}
	if j < len(rd.tokens) && rd.tokens[j].low == "the" {
		j++
	}
	for k := j; k < len(rd.tokens) && k < j+4 && rd.tokens[k].kind == word && !rd.tokens[k].first; k++ {
		t := &rd.tokens[k]
		if k > j && houseType(t.low) && (rd.named(j, k) || !t.cased) {
			rd.span(rd.tokens[rd.floor(i)].start, rd.tokens[rd.streetAfter(k)].end, Address, 0.75, "flat in a named house")
			return
		}
		if t.marks.has(link | object | determiner | subject) {
			return
		}
	}
}

// address looks back from the kind of street at most four words for the house, the
// stop and the ending in St. John's apart.
func (rd *reading) address(last int) {
	strong := rd.tokens[last].marks.has(street)
	farthest := last - 4
	for j := last - 1; j >= 0 && j >= farthest; j-- {
		t := &rd.tokens[j]
		if j > 0 && t.low == "." && rd.tokens[j-1].low == "st" {
			farthest -= 2
			continue
		}
		if rd.house(j) {
			if j == last-2 && rd.tokens[j+1].low == "," || unit(rd.tokens[j+1].low) {
				return // bed 6, square; 2 unit rise
			}
			if !strong && j > 0 && rd.numbered(j-1) && !dwelling(rd.tokens[j-1].low) {
				return // level 2 car park
			}
			start := rd.flat(j)
			if j == last-1 || !strong && !rd.named(j+1, last) && !rd.lives(start) && start == j && !rd.rareWords(j+1, last) && !rd.highStreet(last) && !rd.visitedHouse(start, last) {
				return
			}
			if start == j && rd.shortInCapitals(start, last) {
				return
			}
			if !strong && rd.plainWords(j+1, last) && !(start < j && ownDoor(rd.tokens[start].low)) && !rd.highStreet(last) && !rd.homeCue(start) && !rd.rareWords(j+1, last) && !rd.visitedHouse(start, last) {
				return
			}
			start = rd.unpartedBefore(rd.houseBefore(rd.countedFrom(start)))
			rd.span(rd.tokens[start].start, rd.tokens[rd.streetAfter(rd.compass(rd.houseOfStreet(last)))].end, Address, 0.85, "house and street")
			return
		}
		if t.low == "the" && (t.capital && t.cased || j == last-1 && j > 0 && rd.house(j-1) && (rd.homeCue(j-1) || rd.visits(j-2))) || t.low == "," && j > 0 && houseNumber(&rd.tokens[j-1]) && (rd.named(j+1, last) || strong && rd.visits(j-2) || j > 1 && ownDoor(rd.tokens[j-2].low)) {
			continue
		}
		if t.kind == word && rd.inPlace(j) && !(t.capital && t.cased) {
			break
		}
		if t.kind != word && t.low != "'s" && !misreadWord(t) || t.marks.has(stop|medical) && !t.capital && !t.marks.has(place) && !whichOfTwo(t.low) && !(strong && (t.low == "well" || t.low == "back" && j > 0 && rd.house(j-1))) || t.marks.has(link|object|determiner) && !t.marks.has(place) {
			break
		}
	}
	rd.namedHouse(last)
	rd.houseAbove(last)
	rd.houseThenStreet(last)
}

// plainWords holds where nothing but ordinary words stand before the kind of a street
// that is an ordinary word too: 4 over bank holiday.
func (rd *reading) plainWords(first, last int) bool {
	for i := first; i < last; i++ {
		if t := &rd.tokens[i]; t.english == 0 || t.capital && t.cased || t.marks.has(place) || t.english > 2 {
			return false
		}
	}
	return true
}

// rareWords holds where what stands between a house's number and the kind of its
// street, in a text without capitals, is no word that anything is counted in.
func (rd *reading) rareWords(first, last int) bool {
	for i := first; i < last; i++ {
		t := &rd.tokens[i]
		rare := t.english == 0 || t.english > 2 || t.english > 1 && t.family > 1 || t.marks.has(place)
		if t.low == "'s" && i > first {
			continue
		}
		if t.cased || t.kind != word || !rare || t.marks.has(medical|short) || unit(t.low) {
			return false
		}
	}
	if first > 1 && !rd.tokens[first-1].first && rd.tokens[first-2].family > 0 && rd.tokens[first-2].english == 0 && !rd.tokens[first-2].marks.has(medical|short|thing) {
		return true // april daye 7 skelton court
	}
	if first > 1 && rd.tokens[first-2].low == "in" && (rd.tokens[first].english == 0 || rd.tokens[first].english > 4) {
		return true
	}
	return rd.goesTo(first-2) || rd.betweenMarks(first-1, last) || first > 2 && goesOn(&rd.tokens[first-2]) && rd.addressEnds(first-3)
}

// betweenMarks holds for what stands alone between commas, brackets and stops.
func (rd *reading) betweenMarks(first, last int) bool {
	if first > 1 && (rd.tokens[first-1].low == "upstairs" || rd.tokens[first-1].low == "downstairs") && rd.tokens[first-2].low == "," {
		first--
	}
	if first == 0 || rd.tokens[first-1].low != "," && rd.tokens[first-1].low != "(" && !rd.tokens[first].first || rd.hiddenBy(first) {
		return false
	}
	return last+1 == len(rd.tokens) || rd.tokens[last+1].kind == punct && rd.tokens[last+1].low != "'s"
}

// houseTypes end the name of a house.
func houseType(low string) bool {
	switch low {
	case "farm", "cottage", "house", "lodge", "villa", "grange", "barn", "barns", "bungalow", "manor", "forge", "mill", "rectory", "vicarage", "croft", "farmhouse", "hall", "oast", "schoolhouse",
		"chapel", "stables", "granary", "dairy", "smithy", "bothy", "cottages", "mews", "court", "nursery", "orchard", "haven", "view", "nook", "oaks", "elms", "laurels", "limes", "beeches", "firs", "hollies", "willows", "site",
		"bakery", "brewery", "dovecote", "gatehouse", "priory", "abbey", "coppice", "spinney", "gables", "cedars", "poplars", "chestnuts", "birches", "pines",
		"maltings", "almshouses", "parsonage", "manse", "toll", "coachhouse", "wharf", "basin", "towers", "park", "marina", "hse", "cotts", "cott", "hostel", "hotel", "buildings", "mansions", "point", "heights":
		return true
	}
	return false
}

// namedHouse takes "Spring Farm, Regent Road" and "The Old Forge, Cinder Lane":
// a house by its name with the street after a comma.
func (rd *reading) namedHouse(last int) {
	comma := last - 1
	for comma > last-4 && comma > 0 && rd.tokens[comma].low != "," {
		comma--
	}
	if comma > 3 && quoteMark(rd.tokens[comma-1].low) && rd.tokens[comma].low == "," && rd.tokens[last].marks.has(street) && rd.named(comma+1, last) {
		rd.quotedHouse(comma-1, last)
		return
	}
	kind := rd.tokens[last].marks.has(street|weakStreet) || shortKind(rd.tokens[last].low)
	if comma > 1 && rd.tokens[comma].low == "," && !rd.tokens[last].cased && kind {
		rd.houseWithoutCapitals(comma, last)
	}
	if comma < 2 || rd.tokens[comma].low != "," || comma == last-1 || !rd.named(comma+1, last) && rd.tokens[last].cased {
		return
	}
	if !kind {
		return
	}
	start := comma - 1
	for start > 0 && start > comma-4 && (rd.beside(start) || rd.tokens[start].low == "'s") && rd.nameOfHouse(start-1) {
		start--
	}
	if rd.placeless(start, comma) && start > 0 && (rd.opensHome(start-1) || rd.visits(start-1)) && rd.tokens[last].marks.has(street) {
		rd.span(rd.tokens[start].start, rd.tokens[last].end, Address, 0.6, "named house and street")
		return
	}
	if !houseType(rd.tokens[comma-1].low) && !(rd.tokens[start].capital && rd.tokens[comma-1].capital && rd.lives(start)) || start == comma-1 && houseType(rd.tokens[start].low) {
		return
	}
	if !rd.tokens[last].cased && !rd.homeCue(start) && rd.thingInStreet(last+1) {
		return
	}
	rd.span(rd.tokens[rd.flatBefore(start)].start, rd.tokens[last].end, Address, 0.7, "named house and street")
}

func (rd *reading) nameOfHouse(i int) bool {
	t := &rd.tokens[i]
	if t.low == "'s" {
		return true
	}
	if t.low == "na" || t.low == "nan" || t.low == "y" || t.low == "yr" || misreadWord(t) {
		return true
	}
	return t.kind == word && (t.low == "the" || t.capital && !t.caps || t.capital && t.cased || !t.marks.has(stop|link|object|determiner)) && (t.capital || !t.cased || len(t.low) == 2)
}

// house holds for a number that a house may have.
func (rd *reading) house(i int) bool {
	t := &rd.tokens[i]
	if houseNumber(t) {
		return i == 0 || (rd.tokens[i-1].low != "." || i > 1 && rd.tokens[i-2].low == "no") && rd.tokens[i-1].low != ":" || rd.tokens[i].spaced
	}
	digit, n := spoken(t.low)
	if t.kind != word || n != 1 || digit < 1 {
		switch t.low {
		case "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty", "thirty", "forty", "fifty":
			return true
		}
		return false
	}
	return true
}

// named holds when all words from first to last have capitals, behind the comma that
// may follow a house's number.
func (rd *reading) named(first, last int) bool {
	for i := first; i <= last; i++ {
		if rd.tokens[i].low == "'s" || i == first && i < last && rd.tokens[i].low == "," {
			continue
		}
		if !rd.tokens[i].capital && !misreadWord(&rd.tokens[i]) {
			return false
		}
	}
	return true
}

// lives holds where the words before a house number say that somebody does.
func (rd *reading) lives(i int) bool {
	for j := i - 1; j >= 0 && j >= i-4; j-- {
		switch rd.tokens[j].low {
		case "address", "lives", "living", "home", "at", "to", "resides", "of", "lived", "from", "house", "collapsed", "addr", "have", "(", "is", ":":
			return true
		}
	}
	return false
}

// flat steps back over "Flat 8," and its like, and over "number" and "plot".
func (rd *reading) flat(i int) int {
	j := i - 1
	if j > 0 && rd.tokens[j].low == "-" && !rd.tokens[j].spaced && houseNumber(&rd.tokens[j-1]) { // 14-16
		i, j = j-1, j-2
	}
	if j > 2 && rd.tokens[j].low == "," && houseType(rd.tokens[j-1].low) { // Apartment 4B, Quayside House, 22
		for k := j - 2; k >= 1 && k > j-7; k-- {
			if houseNumber(&rd.tokens[k]) && dwelling(rd.tokens[k-1].low) {
				return k - 1
			}
		}
	}
	if j > 0 && rd.tokens[j].low == "/" && !rd.tokens[j].spaced && !rd.tokens[i].spaced && houseNumber(&rd.tokens[j-1]) && (j == 1 || rd.tokens[j-2].kind != punct || rd.tokens[j-2].low == ":" || rd.tokens[j-2].low == ",") { // 15/3
		return j - 1
	}
	if at := rd.floor(i); at < i {
		return at
	}
	if j > 0 && rd.tokens[j].low == "." && rd.tokens[j-1].low == "no" {
		return j - 1
	}
	if j >= 0 && (rd.tokens[j].low == "number" || rd.tokens[j].low == "no") {
		return j
	}
	if j >= 0 && dwelling(rd.tokens[j].low) {
		return rd.floor(j)
	}
	if j >= 0 && rd.tokens[j].low == "," {
		j--
	}
	if j > 2 && rd.tokens[j-1].low == "/" && houseNumber(&rd.tokens[j]) && houseNumber(&rd.tokens[j-2]) { // Flat 2/1
		j -= 2
	}
	if j >= 0 && j < i-1 && floorCode(rd.tokens[j].low) {
		return j
	}
	if j < 1 || rd.tokens[j].kind == punct || !houseNumber(&rd.tokens[j]) && len(rd.tokens[j].low) > 2 {
		return i
	}
	if dwelling(rd.tokens[j-1].low) {
		return rd.floor(j - 1)
	}
	return i
}

// floor steps back from a house or a flat over what tells which part of it: top
// flat, 3rd floor, rear of.
func (rd *reading) floor(i int) int {
	j := i - 1
	if j > 0 && rd.tokens[j].low == "," {
		j--
	}
	if j < 1 {
		return i
	}
	switch t := &rd.tokens[j]; {
	case t.low == "of" && (rd.tokens[j-1].low == "rear" || rd.tokens[j-1].low == "back"):
		return j - 1
	case t.low == "flat" && rd.tokens[j-1].low == "floor" && j > 1 && storey(rd.tokens[j-2].low):
		return j - 2
	case (t.low == "floor" || t.low == "flat") && storey(rd.tokens[j-1].low):
		return j - 1
	case t.low == "floor" && dwelling(rd.tokens[i].low):
		return j
	case dwelling(rd.tokens[i].low) && storey(t.low):
		return j
	case dwelling(rd.tokens[i].low) && dwelling(rd.tokens[j-1].low) && (houseNumber(t) || t.kind == word && len(t.low) == 1): // Block 4 Flat 11
		return j - 1
	}
	return i
}

func storey(low string) bool {
	switch low {
	case "top", "attic", "ground", "first", "second", "third", "fourth", "upper", "lower", "basement", "garden", "rear", "middle",
		"1st", "2nd", "3rd", "4th", "5th":
		return true
	}
	return false
}

// dwelling holds for what is numbered within or instead of a house.
func dwelling(low string) bool {
	switch low {
	case "flat", "apartment", "apt", "unit", "room", "house", "plot", "pitch", "caravan", "maisonette", "mooring", "berth", "bungalow", "villa", "studio", "block", "bldg", "flt", "chalet", "stand", "croft", "cabin", "annexe", "annex", "narrowboat", "hse":
		return true
	}
	return false
}
