package redaction

// rareStreets takes a number and the words up to a kind of street that only some parts of
// the country have: 1 weavers' steps, 5 st piran's ope, 87 Fenwick's Entry.
func (rd *reading) rareStreets() {
	for _, i := range rd.houses {
		if i == 0 || i+2 >= len(rd.tokens) || len(rd.tokens[i].low) > 3 || rd.hiddenBy(i) || !rd.beside(i+1) {
			continue
		}
		last, owned := -1, false
		for j := i + 1; j < len(rd.tokens) && j < i+6; j++ {
			t := &rd.tokens[j]
			if j > i+1 && (t.low == "'s" || t.low == "'") {
				owned = true
				continue
			}
			if j > i+1 && (rareStreet(t.low) || owned && lateKind(t.low)) && (!t.cased || t.capital) {
				last = j
				break
			}
			if t.kind != word || t.cased && !t.capital || t.first || t.newline || !rd.wordOfAddress(j) && t.low != "st" || t.english == 1 && !t.cased || unit(t.low) {
				break
			}
		}
		if last < 0 || rd.addressEnds(last) || rd.thingInStreet(last+1) {
			continue
		}
		if owned || rd.homeOpens(i-1) || rd.betweenMarks(i, last) {
			rd.span(rd.tokens[rd.flat(i)].start, rd.tokens[rd.streetAfter(last)].end, Address, 0.55, "house and street")
		}
	}
}

// rareStreet holds for such kinds.
func rareStreet(low string) bool {
	switch low {
	case "ope", "loke", "chare", "vennel", "ginnel", "twitten", "snicket", "entry", "pend", "drang", "wynd", "yett", "prefabs", "paddock", "pleck", "brow", "bottom", "garth", "gill":
		return true
	}
	return false
}

// flatAlone takes a flat by its number alone, behind what somebody has or opens, and the
// tower behind a floor of it: he has Flat 96, the fifteenth floor of Bewley Tower.
func (rd *reading) flatAlone(i int) {
	t := &rd.tokens[i]
	if i > 1 && (t.low == "tower" || t.low == "house" || t.low == "court") && t.capitalled() && rd.tokens[i-1].capitalled() && i > 2 && rd.tokens[i-2].low == "of" && rd.tokens[i-3].low == "floor" {
		rd.span(rd.tokens[i-1].start, t.end, Address, 0.5, "house of a floor")
		return
	}
	if t.low != "flat" && t.low != "apartment" && t.low != "number" || !t.capitalled() && t.low != "number" || i == 0 || t.first || i+1 >= len(rd.tokens) || !houseNumber(&rd.tokens[i+1]) || rd.addressEnds(i+1) || rd.unitFollows(i+1) || !rd.phraseEnds(i+2) {
		return
	}
	if t.low == "number" {
		if i > 1 && rd.tokens[i-1].low == "at" && rd.tokens[i-2].low == "'s" && rd.ends(i+2) {
			rd.span(t.start, rd.tokens[i+1].end, Address, 0.5, "house of somebody")
		}
		return
	}
	switch rd.tokens[i-1].low {
	case "has", "have", "opened", "opens", "in", "at", "to", "from", "of", "for", "visited", "not":
		rd.span(t.start, rd.tokens[i+1].end, Address, 0.5, "flat of somebody")
	}
}
