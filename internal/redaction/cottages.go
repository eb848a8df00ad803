package redaction

// houseThenStreet takes the name of a house, its kind and a comma before the street that
// ends at token last, where they stand alone, whatever the capitals: THE OLD FORGE,
// DRAGLEY LANE.
func (rd *reading) houseThenStreet(last int) {
	if rd.tokens[last].cased || !rd.tokens[last].marks.has(street|weakStreet) || rd.thingInStreet(last+1) || rd.goesOnAfter(last) || rd.addressEnds(last) {
		return
	}
	comma := last - 1
	for comma > last-4 && comma > 1 && rd.wordOfAddress(comma) {
		comma--
	}
	if comma < 1 || comma == last-1 || rd.tokens[comma].low != "," || !houseType(rd.tokens[comma-1].low) {
		return
	}
	first := comma - 1
	for first > 0 && first > comma-4 && !rd.tokens[first].first && (rd.wordOfAddress(first-1) || rd.tokens[first-1].low == "the") {
		first--
	}
	numbered := first > 0 && houseNumber(&rd.tokens[first-1])
	if first == comma-1 && !numbered {
		return
	}
	if numbered {
		first--
	}
	if rd.tokens[first].first || first > 0 && (rd.tokens[first-1].low == "," || rd.opensHome(first-1)) {
		rd.span(rd.tokens[first].start, rd.tokens[last].end, Address, 0.6, "named house and street")
	}
}

// wordOfAddress holds for words that the names of houses and streets are made of.
func (rd *reading) wordOfAddress(i int) bool {
	t := &rd.tokens[i]
	return t.kind == word && (!t.marks.has(stop|link|object|determiner|subject|role|kin|title|medical|short) || whichOfTwo(t.low)) && !unit(t.low) && !rd.inPlace(i)
}

// goesOnAfter holds where the phrase does not end with token i.
func (rd *reading) goesOnAfter(i int) bool {
	return i+1 < len(rd.tokens) && rd.tokens[i+1].kind == word && !rd.tokens[i+1].first && !rd.tokens[i+1].newline
}

// foreignHouse answers where the words before the comma before token i begin if none is
// English, or i: ty gwyn, heol y felin.
func (rd *reading) foreignHouse(i int) int {
	first := i - 1
	for first > 0 && first > i-4 && rd.tokens[first-1].kind == word && rd.tokens[first-1].english == 0 && rd.wordOfAddress(first-1) {
		first--
		if rd.tokens[first].first {
			break
		}
	}
	if first < i-2 {
		return first
	}
	return i
}

// capitalHouses takes a house's number and words with capitals of which the last is a
// kind of place that streets and houses are called by: 9 Mariners' Steps, 6 The Old Dairy.
func (rd *reading) capitalHouses() {
	for _, i := range rd.houses {
		if !rd.tokens[i].cased || rd.hiddenBy(i) || i > 0 && rd.tokens[i-1].kind == word && !rd.goesTo(i-1) && !typedIn(rd.tokens[i-1].low) && !dwelling(rd.tokens[i-1].low) && !rd.tokens[i].first {
			continue
		}
		last := -1
		for j := i + 1; j < len(rd.tokens) && j < i+5; j++ {
			t := &rd.tokens[j]
			if t.low == "'s" || t.low == "'" && j > i+1 || t.low == "," && j == i+1 && i > 0 && dwelling(rd.tokens[i-1].low) {
				continue
			}
			if t.kind != word || !t.capital || t.caps || t.newline || t.first || t.marks.has(medical|short|role|title|kin|month|people) {
				break
			}
			if j > i+1 && (lateKind(t.low) || houseType(t.low) && !t.marks.has(place)) {
				last = j
			}
		}
		if last > 0 && !rd.unitFollows(i) && !rd.thingInStreet(last+1) {
			first := i
			if i > 0 && !rd.goesTo(i-1) && !typedIn(rd.tokens[i-1].low) {
				first = rd.flat(i)
			}
			rd.span(rd.tokens[first].start, rd.tokens[rd.streetAfter(last)].end, Address, 0.6, "house and street")
		}
	}
}

// typedIn holds for what is done with an address.
func typedIn(low string) bool {
	return low == "typed" || low == "entered" || low == "wrote" || low == "written"
}

// lateKind holds for kinds of streets and blocks that are things without a capital.
func lateKind(low string) bool {
	switch low {
	case "steps", "stairs", "ramp", "gates", "flats", "turrets", "cloisters", "cloister", "droveway":
		return true
	}
	return false
}
