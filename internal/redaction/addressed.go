package redaction

// What nothing but the words around it tell for an address: a house by its name alone, and
// a number with words that are no street's kind.

// privateKind holds for the ends of the names of houses in which nobody is nursed and
// after which few people are called.
func privateKind(low string) bool {
	switch low {
	case "cottage", "cottages", "farm", "farmhouse", "vicarage", "rectory", "schoolhouse", "bungalow", "almshouses", "boathouse", "coachhouse",
		"granary", "smithy", "gatehouse", "oast", "tollhouse", "parsonage", "manse":
		return true
	}
	return false
}

// rareKind holds for those that are hardly ever anything but the name of a house.
func rareKind(low string) bool {
	switch low {
	case "vicarage", "rectory", "schoolhouse", "boathouse", "coachhouse", "granary", "smithy", "gatehouse", "oast", "tollhouse", "parsonage", "manse", "anchorage", "gables", "bothy", "dovecote":
		return true
	}
	return false
}

// quietKind holds for others of which most are private.
func quietKind(low string) bool {
	switch low {
	case "orchard", "forge", "manor", "grange", "croft", "mill", "villa", "lodge", "stables", "dairy", "bothy", "dovecote", "nook", "bank", "haven", "gables", "anchorage", "barn", "barns":
		return true
	}
	return privateKind(low)
}

// houseByName takes a house by its name alone, whose last word is token last: in a text with
// capitals anywhere, in others where somebody lives or goes.
func (rd *reading) houseByName(last int) {
	kind := &rd.tokens[last]
	if rd.thingInStreet(last+1) || !rd.phraseEnds(last+1) || kind.cased && !kind.capital || rd.addressEnds(last) {
		return
	}
	first := last
	for first > 0 && first > last-4 && !rd.tokens[first].first && rd.beside(first) && rd.wordOfName(first-1) {
		first--
	}
	before := first - 1
	the := before >= 0 && rd.tokens[before].low == "the" && !rd.tokens[first].first
	if the {
		before--
	}
	if before < 0 || first == last && !the || first < last && !rd.tells(first, last) && !the {
		return
	}
	end := rd.kindBehind(last)
	if rd.tokens[before].low == ":" && before > 0 {
		before--
	}
	cue := rd.visited(before) || rd.conveyed(before)
	switch {
	case kind.capitalled() && rd.tokens[first].capitalled() && first < last && privateKind(kind.low) && !rd.tokens[first].first:
	case end > last && (cue || rd.livesAt(before)):
	case first == last && !(kind.cased && rd.tokens[before+1].capital) && !rareKind(kind.low):
		return
	case quietKind(kind.low) && cue:
	case rd.livesAt(before) && kind.low != "house":
	default:
		return
	}
	if first == last {
		first--
	}
	rd.span(rd.tokens[first].start, rd.tokens[end].end, Address, 0.55, "house by its name")
}

// kindBehind steps on from the name of a house over a comma to the street behind it: the
// lodge, quarry gates.
func (rd *reading) kindBehind(last int) int {
	if last+1 >= len(rd.tokens) || rd.tokens[last+1].low != "," {
		return last
	}
	from := last + 2
	if from < len(rd.tokens) && houseNumber(&rd.tokens[from]) {
		from++
	}
	for j := from; j < len(rd.tokens) && j < from+3; j++ {
		if t := &rd.tokens[j]; j > from && rd.placeKind(j) && (t.english != 1 || from > last+2) && rd.phraseEnds(j+1) && (!t.cased || t.capital) {
			return j
		}
		if !rd.wordOfHouse(j) || rd.tokens[j].cased && !rd.tokens[j].capital {
			break
		}
	}
	return last
}

// capitalled holds for a capital among words that have none.
func (t *token) capitalled() bool { return t.capital && !t.caps && t.cased }

// wordOfName holds for words that stand in the name of a house before its kind.
func (rd *reading) wordOfName(i int) bool {
	t := &rd.tokens[i]
	if t.low == "'s" {
		return i > 0
	}
	if t.cased || t.capitalled() {
		return t.kind == word && t.capital && !t.caps && t.low != "the" && !t.marks.has(title|role|kin|short|month|people)
	}
	return rd.wordOfHouse(i) && !counted(t.low) && (t.english != 1 || partOfHouse(t.low) || whichOfTwo(t.low) || ofCountry(t.low)) && !t.marks.has(act|speaker)
}

// ofCountry holds for common words of the country that houses are called by.
func ofCountry(low string) bool {
	switch low {
	case "tree", "trees", "hill", "water", "wood", "woods", "field", "river", "garden", "stone", "white", "red", "green", "black", "rock", "sea", "sun", "bird", "horse", "cross":
		return true
	}
	return false
}

// tells holds for the words of a name that say more than what kind of a house it is.
func (rd *reading) tells(first, last int) bool {
	for i := first; i < last; i++ {
		switch rd.tokens[i].low {
		case "care", "nursing", "residential", "own", "holiday", "local", "big", "small", "dairy", "cattle", "sheep", "pig", "poultry", "wind", "solar", "country", "bed", "fish":
		default:
			return true
		}
	}
	return false
}

// visited holds for a verb of which a house is the object.
func (rd *reading) visited(i int) bool {
	switch rd.tokens[i].low {
	case "visit", "visited", "visiting", "visits", "attended", "attending", "attend":
		return true
	}
	return false
}

// conveyed holds for the small word between what is done at a house, or goes to it, and
// the house.
func (rd *reading) conveyed(i int) bool {
	switch rd.tokens[i].low {
	case "at", "to", "from", "with":
	default:
		return false
	}
	for j := i - 1; j >= 0 && j > i-5 && !rd.tokens[j+1].first; j-- {
		if wentTo(rd.tokens[j].low) {
			return true
		}
	}
	return false
}

// wentTo holds for what goes to houses and is done at them.
func wentTo(low string) bool {
	switch low {
	case "visit", "visits", "went", "sent", "send", "goes", "going", "go", "delivered", "deliver", "delivery", "left", "leave", "posted", "post", "parcel", "package", "pack", "packs", "letter", "letters", "card",
		"called", "attended", "taxi", "ambulance", "crew", "car", "taken", "conveyed", "discharged", "home", "drove", "driven", "driving", "came", "come", "returned", "dispatched", "despatched", "diverted", "directed",
		"found", "fell", "collapsed", "collected", "rang", "phoned", "arrived", "arrive", "arriving", "prescription", "script", "meds", "dosette", "oxygen", "bed", "equipment", "job", "address", "addressed", "scene", "fire", "hv", "tasked", "responded", "bungalow", "property", "annexe", "caravan", "bloods", "keys", "from":
		return true
	}
	return false
}

// livesAt holds for the small word between somebody who lives or stays somewhere and where.
func (rd *reading) livesAt(i int) bool {
	switch rd.tokens[i].low {
	case "at", "address", ":":
	default:
		return false
	}
	if rd.homeCue(i + 1) {
		return true
	}
	for j := i - 1; j >= 0 && j > i-6 && !rd.tokens[j+1].first; j-- {
		switch low := rd.tokens[j].low; {
		case lives(low):
			return true
		case low == "and" || low == "but" || low == "who" || low == "," || low == "which":
			return false
		}
	}
	return false
}

// lives holds for what people do where they are at home.
func lives(low string) bool {
	switch low {
	case "lives", "living", "lived", "live", "resides", "residing", "staying", "stays", "stayed", "lodging", "lodges":
		return true
	}
	return false
}

// unlistedHome takes where somebody lives in a text without capitals, or stays, where the
// words are hardly ever anything but names: lives alone at tyn y coed, staying at the
// anchorage.
func (rd *reading) unlistedHome(i int) {
	at := i + 1
	for at < len(rd.tokens) && at < i+6 && rd.tokens[at].low != "at" && rd.tokens[at].kind == word && !rd.tokens[at].first && rd.tokens[at].low != "who" && rd.tokens[at].low != "and" {
		at++
	}
	if at+1 >= len(rd.tokens) || rd.tokens[at].low != "at" || rd.tokens[at].first {
		return
	}
	first := at + 1
	the := rd.tokens[first].low == "the"
	if the {
		first++
	}
	last, rare := first-1, 0
	for j := first; j < len(rd.tokens) && j < first+longestHome; j++ {
		t := &rd.tokens[j]
		if t.kind != word || t.newline || t.cased && !t.capital && len(t.low) > 2 || t.marks.has(place|thing|town|medical|short|role|kin|title|object|subject|determiner|act|speaker|stop|month) && !houseType(t.low) {
			break
		}
		if t.english == 0 || t.english > 4 || t.english > 3 && (the || t.cased) {
			rare++
		} else if !(t.english > 1 || whichOfTwo(t.low)) {
			break
		}
		last = j
	}
	stays := rd.tokens[i].low[0] == 's'
	if last < first || rare == 0 || stays && last == first && !the || !rd.phraseEnds(last+1) || rd.thingInStreet(last+1) {
		return
	}
	rd.span(rd.tokens[first].start, rd.tokens[last].end, Address, 0.5, "where somebody lives")
}

// addressLine takes what stands between a word for an address and the kind of a street,
// whatever the words are: home address: the weir-keeper's, towpath road.
func (rd *reading) addressLine(i int) {
	first := i + 1
	for first < len(rd.tokens) && first < i+4 && opensLine(rd.tokens[first].low) {
		first++
	}
	if first >= len(rd.tokens) || first == i+1 && (!addressWord(rd.tokens[i].low) || !houseNumber(&rd.tokens[first])) {
		return
	}
	last, rare := -1, false
	for j := first; j < len(rd.tokens) && j < first+8; j++ {
		t := &rd.tokens[j]
		if t.newline && j > first || t.kind == punct && t.low != "," && t.low != "'s" && t.low != "'" || t.kind == opaque {
			break
		}
		if t.kind == word && j > first && (t.marks.has(object|subject|speaker|role|kin|title|determiner) || t.marks.has(stop) && t.low != "the" && !t.marks.has(place)) && !rd.placeKind(j) && !(j+1 < len(rd.tokens) && rd.tokens[j+1].marks.has(street)) {
			break
		}
		rare = rare || t.digits || t.kind == word && (t.english == 0 || t.english > 3 || t.capital && t.cased)
		if j > first && (t.marks.has(street) || t.low == "5t" || last < 0 && rd.tokens[first].kind != word && rd.placeKind(j)) && rd.tokens[j-1].low != "," {
			last = j
		}
	}
	if last > first && rare && !rd.thingInStreet(last+1) && !(rd.tokens[last].marks.has(medical) && rd.tokens[first].kind == word) {
		rd.span(rd.tokens[first].start, rd.tokens[last].end, Address, 0.6, "what follows the word for an address")
	}
}

// addressWord holds for words that an address stands behind.
func addressWord(low string) bool {
	return low == "address" || low == "addr" || low == "home"
}

// opensLine holds for what stands between the word for an address and the address.
func opensLine(low string) bool {
	switch low {
	case ":", "is", "was", "-", "=", "at", "alone":
		return true
	}
	return false
}

// toKind steps back from the last of the words of an address in a text without capitals to
// the last that is the kind of a house or a street, if there is one.
func (rd *reading) toKind(first, last int) int {
	if rd.tokens[first].cased || last < first {
		return last
	}
	for j := last; j > first; j-- {
		if rd.placeKind(j) {
			return j
		}
	}
	return min(last, first+1)
}

// atHouse holds for a number, or a flat and its number, at token i before words that
// nothing is counted in, where somebody goes.
func (rd *reading) atHouse(i, first, last int) bool {
	if last < first || i == 0 || rd.hiddenBy(i) || !rd.phraseEnds(last+1) || rd.thingInStreet(last+1) {
		return false
	}
	rare := false
	for j := first; j <= last; j++ {
		t := &rd.tokens[j]
		if t.low == "house" && j > first {
			continue
		}
		if t.marks.has(medical|short|shorthand|role|title|kin|month|people|thing|town|stop) && !(j < last && whichOfTwo(t.low)) || t.marks.has(place) && !houseType(t.low) || unit(t.low) || counted(t.low) || t.caps && t.cased || t.given > 1 && t.english == 0 {
			return false
		}
		rare = rare || t.english == 0 || t.english > 3 || t.cased && t.english > 2
	}
	if doorWord(rd.tokens[i-1].low) && i > 1 {
		i--
	}
	t := &rd.tokens[i]
	if rd.tokens[last].low == "house" && last > first || rd.tokens[last].low == "almshouses" {
		before := i - 1
		if quoteMark(rd.tokens[before].low) {
			before--
		}
		return rd.goesTo(before) || rd.tokens[i-1].low == ","
	}
	if rd.tokens[first-1].low == "the" && rd.placeKind(last) && !dwelling(t.low) {
		return rd.goesTo(i - 1)
	}
	own := ownDoor(t.low)
	if !rare && !(own && houseType(rd.tokens[last].low)) {
		return false
	}
	if own {
		return last > first || rd.tokens[first-1].low == "the"
	}
	if dwelling(t.low) && t.low != "bungalow" && t.low != "villa" && t.low != "house" {
		return false
	}
	if last == first {
		return t.cased && rd.conveyed(i-1) && rd.sentTo(i-1) && !rd.wardMove(i-2)
	}
	return (rd.visited(i-1) || rd.conveyed(i-1)) && !rd.wardMove(i-2)
}

// wardMove holds for a verb of patients who are moved between wards.
func (rd *reading) wardMove(i int) bool {
	if i < 0 {
		return false
	}
	switch rd.tokens[i].low {
	case "moved", "transferred", "admitted", "move", "transfer", "stepped", "bed", "beds", "pt", "patient":
		return true
	}
	return false
}
