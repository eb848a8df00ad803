package redaction

// premises takes what stands before a comma and a street with capitals where nothing but a
// home or a shop is called so: Bungalow, Teapot Lane; Vicarage Flat, St Anne's Lane; behind
// Bartle's Garage, Ings Road.
func (rd *reading) premises(last int) {
	t := &rd.tokens[last]
	if !t.marks.has(street) || !t.capital || t.caps || rd.thingInStreet(last+1) || !rd.ends(last+1) {
		return
	}
	comma := rd.capitalsBefore(last)
	if comma < 1 || comma == last-1 || rd.tokens[comma].low != "," {
		return
	}
	before := rd.capitalsBefore(comma)
	first := before + 1
	if first == comma || rd.hospitalIn(first, comma) {
		return
	}
	kind := rd.tokens[comma-1].low
	homely := ownDoor(kind) || privateKind(kind) || rareKind(kind)
	if homely && (before < 0 || rd.tokens[before].kind == punct || rd.homeOpens(before)) || before >= 0 && (shopKind(kind) || rd.tokens[first].low == "the") && rd.placed(before) {
		rd.span(rd.tokens[first].start, t.end, Address, 0.55, "named house and street")
	}
}

// capitalsBefore answers the token before the words with capitals that end before token i,
// of which there are five at most.
func (rd *reading) capitalsBefore(i int) int {
	j := i - 1
	for ; j >= 0 && j > i-6; j-- {
		t := &rd.tokens[j]
		if t.low == "'s" || t.low == "-" && !t.spaced || t.low == "." && j > 0 && rd.tokens[j-1].low == "st" {
			continue
		}
		if t.low == "the" && t.capital {
			return j - 1
		}
		if t.kind != word || !t.capital || t.caps {
			break
		}
		if t.first {
			return j - 1
		}
	}
	return j
}

// hospitalIn holds where a word from first to end is of where patients are, of people, of
// towns or of the trade.
func (rd *reading) hospitalIn(first, end int) bool {
	for i := first; i < end; i++ {
		t := &rd.tokens[i]
		if t.marks.has(town|title|role|kin|medical|people|month|thing) || t.marks.has(place) && placeOfPatients(t.low) || nation(t.low) {
			return true
		}
	}
	return false
}

// shopKind holds for shops over, in and behind which people live.
func shopKind(low string) bool {
	switch low {
	case "garage", "stores", "garages", "chippy", "takeaway", "launderette", "bakery", "butchers":
		return true
	}
	return false
}

// placed holds for the word between somebody and where they are or live.
func (rd *reading) placed(i int) bool {
	switch rd.tokens[i].low {
	case "behind", "above", "over", "under", "opposite", "outside":
		return true
	}
	return rd.opensHome(i) && rd.tokens[i].low != "in"
}

// severalHouses steps back from a house over others of its street that are named with it:
// 3, 5 and 7 Malthouse Close.
func (rd *reading) severalHouses(first int) int {
	for listed := false; first > 1 && houseNumber(&rd.tokens[first]); listed = true {
		joint := first - 1
		if low := rd.tokens[joint].low; low != "and" && low != "or" && low != "&" && !(listed && low == ",") || !houseNumber(&rd.tokens[joint-1]) || rd.hiddenBy(joint-1) || joint > 1 && rd.numbered(joint-2) {
			break
		}
		first = joint - 1
	}
	return first
}

// onTheGreen takes a house's number said to be one and the common that it stands at: no 6
// the green, number 32, The Barleymow.
func (rd *reading) onTheGreen(i int) {
	j := i + 1
	if j < len(rd.tokens) && rd.tokens[j].low == "." && !rd.tokens[j].spaced {
		j++
	}
	if j+2 >= len(rd.tokens) || i == 0 || !houseNumber(&rd.tokens[j]) || !rd.goesTo(i-1) {
		return
	}
	the := j + 1
	if rd.tokens[the].low == "," {
		the++
	}
	if the+1 >= len(rd.tokens) || rd.tokens[the].low != "the" || rd.tokens[the].first {
		return
	}
	t := &rd.tokens[the+1]
	if t.kind != word || !rd.phraseEnds(the+2) || t.marks.has(role|kin|title|medical|stop|people|short) || !(rd.placeKind(the+1) || t.capitalled()) {
		return
	}
	rd.span(rd.tokens[i].start, t.end, Address, 0.55, "house of a street without a kind")
}
