package redaction

import "strings"

// highStreet holds for "high st": words that many a street is called by before the
// short form of its kind.
func (rd *reading) highStreet(last int) bool {
	if last == 0 || rd.tokens[last].low != "st" && rd.tokens[last].low != "5t" {
		return false
	}
	switch rd.tokens[last-1].low {
	case "high", "main", "church", "station", "mill", "bridge", "king", "kings", "queen", "queens", "market", "north", "south", "east", "west", "park", "school", "chapel", "castle", "union", "bath", "victoria", "albert", "water", "wood", "spring", "bank", "cross", "new":
		return true
	}
	return false
}

// countedFrom steps back from a house's number over the words that it ends: one
// hundred and six.
func (rd *reading) countedFrom(i int) int {
	if rd.tokens[i].kind != word {
		return i
	}
	for j := i - 1; j >= 0 && j > i-6; j-- {
		switch low := rd.tokens[j].low; low {
		case "and", "-":
		case "a", "hundred", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety":
			i = j
		default:
			if _, n := spoken(low); n != 1 {
				return i
			}
			i = j
		}
	}
	return i
}

// streetAlone takes a street without a house where somebody lives or goes, as long
// as it is not the name of something that stands in it.
func (rd *reading) streetAlone(last int) {
	if last == 0 {
		return
	}
	t := &rd.tokens[last]
	if !t.marks.has(street) && !(aloneStreet(t.low) && (t.low != "court" || t.cased && !courtOfLaw(rd.tokens[last-1].low))) || rd.thingInStreet(last+1) {
		return
	}
	first := last
	for first > 0 && first > last-3 && rd.beside(first) && (rd.wordOfStreet(first-1) || rd.somebodys(first-2) && !rd.tokens[first].cased) {
		first--
	}
	if first == last || first == 0 || rd.tokens[first].first {
		return
	}
	if rd.homeCue(first) || rd.livesOn(first-1) || rd.sentTo(first-1) || rd.ofPerson(first-1) && (rd.tokens[first].cased || rd.somebodys(first-1)) {
		rd.span(rd.tokens[first].start, t.end, Address, 0.6, "street of somebody")
	}
}

// aloneStreet holds for kinds of streets that tell without a number, among those
// that are words.
func aloneStreet(low string) bool {
	switch low {
	case "close", "drive", "way", "court", "rise", "row", "walk", "place", "croft", "view":
		return true
	}
	return false
}

func courtOfLaw(low string) bool {
	switch low {
	case "crown", "county", "magistrates", "coroner", "coroners", "family", "youth", "high", "supreme", "sheriff", "'s":
		return true
	}
	return false
}

// wordOfStreet holds for a word that a street may be called by: one with a capital,
// or where there are none a rare one.
func (rd *reading) wordOfStreet(i int) bool {
	t := &rd.tokens[i]
	if t.kind != word || t.marks.has(stop|title|role|kin|medical|link|object|determiner|short) && !(t.capital && t.cased && t.listed()) {
		return false
	}
	if t.cased {
		return t.capital
	}
	return t.english == 0 || t.english > 2 || t.family > 1 && t.english > 1
}

// thingInStreet holds for what is called after the street that it stands in, and for
// what happens in one.
func (rd *reading) thingInStreet(i int) bool {
	if i >= len(rd.tokens) || rd.tokens[i].first {
		return false
	}
	t := &rd.tokens[i]
	return t.kind == word && t.spaced && (t.marks.has(place) || t.capital && t.cased || t.low == "patients" || t.low == "site" || t.low == "branch" || t.low == "staff" || t.low == "team") || t.low == "'s"
}

// livesOn holds for "lives on" and "lives in".
func (rd *reading) livesOn(i int) bool {
	if i < 1 {
		return false
	}
	switch rd.tokens[i].low {
	case "on", "in", "at", "off", "down", "along":
	default:
		return false
	}
	switch rd.tokens[i-1].low {
	case "lives", "living", "lived", "live", "resides", "home", "house", "flat", "wandering", "bungalow":
		return true
	}
	return false
}

// sentTo holds for the small word between a journey and where it went.
func (rd *reading) sentTo(i int) bool {
	if i < 1 || rd.tokens[i].low != "to" && rd.tokens[i].low != "from" && rd.tokens[i].low != "of" && rd.tokens[i].low != "than" {
		return false
	}
	switch rd.tokens[i-1].low {
	case "sent", "went", "visit", "visited", "delivered", "called", "call", "returned", "returning", "drove", "driven", "taken", "conveyed", "dispatched", "despatched", "attended", "attending", "directed", "you", "us", "crew", "collected", "moved", "instead", "rather", "walked", "travelled", "home", "discharged", "ambulance", "taxi", "letter", "posted":
		return true
	}
	return false
}

// visits holds for what is done at somebody's house.
func (rd *reading) visits(i int) bool {
	if i < 0 {
		return false
	}
	switch rd.tokens[i].low {
	case "visit", "visited", "visiting", "attended", "attending", "outside", "sent", "at", "to", "from", "for", "of", "be", "is":
		return true
	}
	return false
}

// mostStreets is how many addresses of a text are looked for with other numbers.
const mostStreets = 16

// sameStreet takes other houses of a street that a house has been found in: went to 14
// Bramble Hill, not 41 Bramble Hill.
func (rd *reading) sameStreet() {
	streets := 0
	for _, s := range rd.spans {
		if s.Class != Address || streets == mostStreets {
			continue
		}
		streets++
		first := rd.tokenAt(s.Start)
		if !houseNumber(&rd.tokens[first]) {
			continue
		}
		words := first + 1
		for end := words; end < len(rd.tokens) && rd.tokens[end].end <= s.End; end++ {
			if end+1 == len(rd.tokens) || rd.tokens[end+1].start >= s.End {
				rd.otherHouses(first, words, end)
			}
		}
	}
}

// otherHouses takes house numbers before the words from token first to last.
func (rd *reading) otherHouses(found, first, last int) {
	if rd.tokens[first].kind != word || first == last && rd.tokens[first].english > 0 && rd.tokens[first].english < 4 {
		return
	}
	for _, i := range rd.houses {
		if i == found || i+last-found >= len(rd.tokens) || rd.hiddenBy(i) {
			continue
		}
		same := true
		for k := first; same && k <= last; k++ {
			same = rd.tokens[i+k-found].low == rd.tokens[k].low
		}
		if same {
			rd.span(rd.tokens[i].start, rd.tokens[i+last-found].end, Address, 0.65, "house of a street named elsewhere")
		}
	}
}

// streetEnds are what the names of streets of one word end in.
var streetEnds = []string{"gate", "way", "side", "bank", "field", "fields", "wood", "mead", "hurst", "dene", "garth", "thwaite", "croft", "lea", "leys", "ridge", "row", "bottom", "fold", "view", "lands", "down", "dale", "stead", "acre", "acres"}

// oneWordStreet takes "22-24 Fishergate" and "at 56 Kingsway": a house's number and a
// word in which the kind of the street is a part.
func (rd *reading) oneWordStreet(i int) {
	if i+1 >= len(rd.tokens) || rd.hiddenBy(i) {
		return
	}
	t := &rd.tokens[i+1]
	if t.kind != word || !t.spaced || t.newline || t.marks.has(medical|thing|short|eponym|title|month) || rd.unitFollows(i) {
		return
	}
	if !t.proper() && (t.cased || t.english > 0 && t.english < 5 || !rd.whereAddressed(i) && !(i > 0 && rd.conveyed(i-1)) && rd.flat(i) == i && !(rd.tokens[i].kind == code && i > 0 && rd.tokens[i-1].low == "at")) {
		return
	}
	if !strings.HasSuffix(t.low, "gate") && t.english > 0 && t.english < 5 {
		return
	}
	if i+2 < len(rd.tokens) && rd.tokens[i+2].english > 0 && rd.thingInStreet(i+2) {
		return
	}
	if oneWordKind(t.low) && (i == 0 || rd.opensHome(i-1) || rd.tokens[i].first || rd.tokens[i-1].low == "-" || rd.goesTo(i-1) || rd.tokens[i-1].low == "," || rd.tokens[i-1].low == "as") {
		rd.span(rd.tokens[rd.flat(i)].start, t.end, Address, 0.65, "house and street")
	}
}

// hiddenBy holds for a number that follows another with a stop or a stroke: 2.5, 3/4.
func (rd *reading) hiddenBy(i int) bool {
	return i > 0 && !rd.tokens[i].spaced && (rd.tokens[i-1].low == "." || rd.tokens[i-1].low == "/" || rd.tokens[i-1].low == ":")
}

func doorWord(low string) bool { return low == "number" || low == "no" || low == "nos" }

// numberNextDoor takes "next door at number 9" and "lives at no. 31".
func (rd *reading) numberNextDoor(i int) {
	t := &rd.tokens[i]
	j := i + 1
	if j < len(rd.tokens) && rd.tokens[j].low == "." && !rd.tokens[j].spaced {
		j++
	}
	if j >= len(rd.tokens) || !houseNumber(&rd.tokens[j]) || rd.unitFollows(j) {
		return
	}
	if rd.homeCue(i) || i > 1 && (rd.tokens[i-1].low == "at" || rd.tokens[i-1].low == "(") && rd.besideNeighbour(i-2) {
		rd.span(t.start, rd.tokens[j].end, Address, 0.6, "house of somebody")
	}
}

// besideNeighbour holds where a neighbour has been named in the sentence.
func (rd *reading) besideNeighbour(i int) bool {
	for j := i; j >= 0 && j > i-8 && !rd.tokens[j+1].first; j-- {
		switch rd.tokens[j].low {
		case "neighbour", "neighbours", "door", "opposite", "lady", "man", "family":
			return true
		}
	}
	return false
}

// shortStreet holds for the short form of a street's kind that is a title or an
// abbreviation elsewhere: 6 Elm Dr.
func (rd *reading) shortStreet(i int) bool {
	if !shortKind(rd.tokens[i].low) || i < 2 || rd.tokens[i-1].kind != word || !rd.beside(i) {
		return false
	}
	next := i + 1
	if next < len(rd.tokens) && rd.tokens[next].low == "." {
		next++
	}
	if rd.tokens[i].low == "dr" && next < len(rd.tokens) && !rd.tokens[next].first && (rd.tokens[next].kind == opaque || rd.tokens[next].kind == word && !rd.tokens[i].cased) {
		return rd.tokens[next].marks.has(stop) // said dr peace
	}
	return next >= len(rd.tokens) || rd.tokens[next].kind == punct || rd.tokens[next].kind == number || rd.tokens[next].first || (!rd.tokens[next].capital || !rd.tokens[next].cased) && (!rd.tokens[next].listed() || rd.tokens[next].marks.has(stop) || rd.tokens[i].low != "dr" && rd.tokens[next].english > 0)
}

// shortKind holds for such short forms.
func shortKind(low string) bool {
	switch low {
	case "av", "cl", "pl", "gr", "grv", "dr", "pk", "sq", "ct", "crt", "pde", "cresc", "dv", "dve", "ter", "wlk", "yd", "cls", "clse", "avn", "strt", "gds", "lne":
		return true
	}
	return false
}

// mistypedStreet holds for a slip in the kind of a street: 14 Bramble Lnae.
func (rd *reading) mistypedStreet(i int) bool {
	t := &rd.tokens[i]
	if t.low == "5t" && i > 1 && rd.tokens[i-1].kind == word { // High 5t
		return houseNumber(&rd.tokens[i-2]) && (rd.tokens[i-1].capital || rd.homeCue(i-2))
	}
	if t.english > 0 || t.listed() || t.marks != 0 || len(t.low) < 4 || i < 2 || rd.tokens[i-1].kind != word || !houseNumber(&rd.tokens[i-2]) && (i < 3 || !houseNumber(&rd.tokens[i-3])) {
		return false
	}
	for _, right := range []string{"road", "street", "avenue", "lane", "close", "drive", "crescent", "gardens", "court", "terrace", "grove", "yard", "walk", "place", "bottom"} {
		if oneSlip(right, t.low) {
			return true
		}
	}
	return false
}

// ruralHouse holds for the ends of names of houses in which no care is given.
func ruralHouse(low string) bool {
	switch low {
	case "farm", "cottage", "forge", "rectory", "vicarage", "manor", "barn", "barns", "grange", "croft", "farmhouse", "bungalow", "mill", "oast", "schoolhouse", "villa":
		return true
	}
	return false
}

// houseAlone takes a house by its name where somebody lives or goes: called to Lower
// Barn Farm, lives at the old forge.
func (rd *reading) houseAlone(last int) {
	first := last
	for first > 0 && first > last-3 && rd.beside(first) && (rd.wordOfStreet(first-1) || !rd.tokens[first-1].cased && rd.tokens[first-1].english > 0 && !rd.tokens[first-1].marks.has(stop|determiner|link|object)) {
		first--
	}
	if first == last || first == 0 || rd.tokens[first].first || rd.thingInStreet(last+1) {
		return
	}
	before := first - 1
	if rd.tokens[before].low == "the" {
		before--
	} else if !rd.wordOfStreet(first) && !(rd.homeCue(first) && !rd.tokens[first].marks.has(stop|link|object|determiner)) && !(rd.tokens[first].capital && rd.tokens[first].cased && rd.visits(before)) {
		return
	}
	if before >= 0 && (rd.tokens[first].cased && rd.tokens[first].capital && rd.visits(before) && onLand(rd.tokens[last].low) || rd.homeCue(before+1) || rd.livesOn(before) || rd.sentTo(before) || rd.tokens[before].low == "at" && rd.wordOfStreet(first) && onLand(rd.tokens[last].low)) {
		rd.span(rd.tokens[first].start, rd.tokens[last].end, Address, 0.6, "house of somebody")
	}
}

// houseAbove takes a house by its name on the line above its street.
func (rd *reading) houseAbove(last int) {
	line := last
	for line > 0 && line > last-3 && !rd.tokens[line].newline {
		line--
	}
	if line == 0 || line == last || !rd.tokens[line].newline || !rd.named(line, last) || !houseType(rd.tokens[line-1].low) {
		return
	}
	first := line - 1
	for first > 0 && first > line-4 && rd.beside(first) && rd.nameOfHouse(first-1) {
		first--
	}
	if first < line-1 && rd.named(first, line-1) {
		rd.span(rd.tokens[first].start, rd.tokens[last].end, Address, 0.7, "named house and street")
	}
}

// partsBefore answers where two parts or more with capitals and commas between begin
// before the postcode at token i, where an address opens: of Whinfell, Hob Green, TS8
// 9AB; or -1.
func (rd *reading) partsBefore(i int) int {
	commas, j := 0, i-1
	for ; j >= 0 && j > i-12; j-- {
		t := &rd.tokens[j]
		if t.low == "," {
			commas++
			continue
		}
		if t.kind != word || !t.capital || !t.cased || t.marks.has(title|role|kin|medical) {
			break
		}
	}
	if commas < 2 || j < 0 || !rd.opensHome(j) {
		return -1
	}
	return j + 1
}

// onLand holds for houses of which few give care.
func onLand(low string) bool {
	return low == "farm" || low == "cottage" || low == "barn" || low == "farmhouse"
}

// placeless holds for words from first to end of which none names a town, a ward, a
// shop or a person's part.
func (rd *reading) placeless(first, end int) bool {
	for i := first; i < end; i++ {
		t := &rd.tokens[i]
		if t.low == "'s" || t.low == "the" {
			continue
		}
		if !t.capital || !t.cased || t.marks.has(town|thing|title|role|kin|medical|stop|people) || t.marks.has(place) && placeOfPatients(t.low) || nation(t.low) {
			return false
		}
	}
	return true
}
