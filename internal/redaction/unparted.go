package redaction

// unpartedHouse takes a house by its name with the street or the farm behind it where no
// comma parts the two, which ends at token last: the old forge mill brow.
func (rd *reading) unpartedHouse(last int) {
	house := rd.houseInFront(last)
	if house < 0 || rd.thingInStreet(last+1) || rd.addressEnds(last) || !rd.phraseEnds(last+1) {
		return
	}
	first := house
	for first > 0 && first > house-3 && rd.beside(first) && rd.wordOfHouse(first-1) {
		first--
	}
	before := first - 1
	if before >= 0 && rd.tokens[before].low == "the" {
		before--
	} else if first == house {
		return
	}
	named := before < first-1
	if before < 0 || named && (rd.tokens[before+1].first || rd.tokens[before+1].newline) || rd.homeOpens(before) {
		rd.span(rd.tokens[before+1].start, rd.tokens[last].end, Address, 0.6, "named house and street")
	}
}

// houseInFront answers the kind of the house whose name stands right before the street
// that ends at token last, or -1.
func (rd *reading) houseInFront(last int) int {
	strong := rd.tokens[last].marks.has(street)
	for i := last - 1; i > last-4 && i > 0 && rd.beside(i+1) && rd.wordOfHouse(i); i-- {
		t := &rd.tokens[i]
		if i < last-1 && (houseType(t.low) && t.low != "park" && t.low != "site" && t.low != "point" && t.low != "view" || t.low == "office" || rd.tokens[i-1].low == "old") {
			return i
		}
		if wayOfThings(t.low) || !strong && (whichEnd(t.low) || t.english == 1 && !partOfHouse(t.low) || t.marks.has(thing)) || t.marks.has(place) && !t.marks.has(street|weakStreet) && !rd.wordOfHouse(i) {
			return -1
		}
	}
	return -1
}

// wordOfHouse holds for words that the names of houses and streets are made of, those
// among them that elsewhere are none of a name.
func (rd *reading) wordOfHouse(i int) bool {
	t := &rd.tokens[i]
	if partOfHouse(t.low) {
		return true
	}
	return rd.wordOfAddress(i) && (!t.marks.has(place) || houseType(t.low) || whichOfTwo(t.low) || t.marks.has(street|weakStreet)) || t.marks.has(medical) && t.english > 0 && !t.marks.has(stop|short|role|eponym)
}

// partOfHouse holds for common words that houses, farms and streets are called by.
func partOfHouse(low string) bool {
	switch low {
	case "office", "house", "home", "back", "station", "school", "church", "bank", "west", "east", "north", "south":
		return true
	}
	return false
}

// wayOfThings holds for what makes a road or a park one of a site and not of a town.
func wayOfThings(low string) bool {
	switch low {
	case "car", "access", "service", "ring", "slip", "relief", "link", "private", "main", "link-road":
		return true
	}
	return false
}

// whichEnd holds for words that tell one side of a thing from the other.
func whichEnd(low string) bool {
	switch low {
	case "back", "front", "side", "rear", "far", "near", "inner", "outer", "other", "same", "wrong", "right", "left", "entrance", "visitors", "staff", "main":
		return true
	}
	return false
}

// phraseEnds holds where nothing that is called after an address follows it.
func (rd *reading) phraseEnds(i int) bool {
	if i >= len(rd.tokens) || rd.tokens[i].first || rd.tokens[i].newline || rd.tokens[i].kind != word {
		return true
	}
	t := &rd.tokens[i]
	return t.marks.has(stop|link|object|subject|determiner|act|speaker|town|role|kin|title) || t.english == 0 || t.low == "nhs" || t.low == "dob"
}

// homeOpens holds for what stands before where somebody lives or is visited.
func (rd *reading) homeOpens(i int) bool {
	switch rd.tokens[i].low {
	case "us", "me", "them", ",", "(", ":", "\"", "'":
		return true
	}
	return rd.opensHome(i) || rd.visits(i) || rd.livesOn(i) || rd.homeCue(i+1) || rd.sentTo(i)
}

// articles takes the article that the name of a house begins with.
func (rd *reading) articles() {
	for n := range rd.spans {
		s := &rd.spans[n]
		if s.Class != Address {
			continue
		}
		first := rd.tokenAt(s.Start)
		if first > 1 && whichOfTwo(rd.tokens[first-1].low) && rd.tokens[first-2].low == "the" && rd.beside(first) {
			first--
		}
		if first == 0 || rd.tokens[first-1].low != "the" || !rd.beside(first) || rd.tokens[first].kind != word {
			continue
		}
		last := first
		for last+1 < len(rd.tokens) && rd.tokens[last+1].end <= s.End && rd.tokens[last+1].kind == word {
			last++
		}
		if low := rd.tokens[last].low; houseType(low) || ruralHouse(low) || rd.tokens[first].low == "old" {
			s.Start = rd.tokens[first-1].start
		}
	}
}

// stairs takes a number and a word before the kind of a street that is a thing without a
// capital, where somebody lives or goes: at 5 quarry steps.
func (rd *reading) stairs() {
	for _, i := range rd.houses {
		last := i + 2
		if i == 0 || last >= len(rd.tokens) || rd.hiddenBy(i) || rd.tokens[last].low == "ramp" && rd.tokens[i+1].cased {
			continue
		}
		t := &rd.tokens[i+1]
		if !lateKind(rd.tokens[last].low) || !rd.beside(i+1) || !rd.beside(last) || !rd.wordOfAddress(i+1) || ofSteps(t.low) || t.english == 1 || t.marks.has(place) && t.given+t.family == 0 {
			continue
		}
		first := rd.flat(i)
		if first == 0 {
			continue
		}
		if low := rd.tokens[first-1].low; low == "at" || low == "outside" || rd.homeCue(first) || rd.sentTo(first-1) && low != "from" && low != "of" {
			rd.span(rd.tokens[first].start, rd.tokens[last].end, Address, 0.6, "house and street")
		}
	}
}

// ofSteps holds for what steps, stairs, gates and flats are said to be.
func ofSteps(low string) bool {
	switch low {
	case "stone", "concrete", "wooden", "metal", "brick", "garden", "steep", "shallow", "icy", "slippery", "uneven", "outdoor", "outside", "external", "internal", "safety", "basic", "simple", "extra", "further", "additional", "consecutive", "clear", "independent", "unaided", "assisted", "empty", "council", "sheltered", "supported", "adjoining", "separate", "locked", "electric", "security", "narrow", "broken":
		return true
	}
	return false
}
