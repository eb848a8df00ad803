package redaction

// reversed takes units that stand behind the name of the place they are in, and such as
// stand before a name that is no English: Tarrant Rd, 112; Plas Celyn, bed-sit 5; plot 18
// seathorne; berth C14, Penhallow Marina.
func (rd *reading) reversed() {
	for _, i := range rd.where {
		t := &rd.tokens[i]
		switch {
		case t.kind == word && t.hints.has(houseHint) && unitWord(t.low) && i+1 < len(rd.tokens) && (houseNumber(&rd.tokens[i+1]) || lettered(&rd.tokens[i+1]) && !rd.tokens[i+1].marks.has(determiner)):
			if !rd.unitFollows(i + 1) {
				rd.unitBehindName(i)
				rd.unitBeforeName(i)
			}
		case t.digits && houseNumber(t) && len(t.low) < 4 && rd.phraseEnds(i+1) && !rd.unitFollows(i):
			rd.numberBehindStreet(i)
		}
	}
}

// unitBehindName takes a name with capitals, or none that is English, the comma and the
// unit behind it.
func (rd *reading) unitBehindName(i int) {
	comma := i - 1
	if comma < 1 || rd.tokens[comma].low != "," || !rd.phraseEnds(i+2) && !ownDoor(rd.tokens[i].low) || rd.addressEnds(i+1) {
		return
	}
	first, rare := comma, false
	for first > 0 && first > comma-4 {
		t := &rd.tokens[first-1]
		if t.kind != word || t.low != "the" && (t.marks.has(stop|link|object|determiner|subject|role|title|medical|short|act|speaker) && !whichOfTwo(t.low) || t.cased && !t.capital || !t.cased && t.english == 1) {
			break
		}
		rare = rare || rd.unheard(first-1)
		first--
		if t.first || t.newline || t.low == "the" {
			break
		}
	}
	if first == comma || rd.tokens[first].cased && !rd.tokens[first].capital || placeOfPatients(rd.tokens[comma-1].low) && rd.tokens[comma-1].marks.has(place) {
		return
	}
	opens := rd.tokens[first].first || first > 0 && (rd.homeOpens(first-1) || rd.conveyed(first-1))
	kind := houseType(rd.tokens[comma-1].low) || leadingStreet(rd.tokens[first].low) || rd.tokens[first].low == "plas"
	own := unitWord(rd.tokens[i].low) && (ownDoor(rd.tokens[i].low) || rd.tokens[i].low == "number" || rd.tokens[i].low == "bed-sit" || rd.tokens[i].low == "bedsit")
	if opens && (kind && (own || rd.tokens[first].cased && rd.tokens[first].low != "the") || own && (rare || rd.tokens[first].cased && comma-first > 1) || rd.tokens[first].low == "the" && rd.tokens[first].capitalled() && rd.livedIn(first-1)) {
		rd.span(rd.tokens[first].start, rd.tokens[i+1].end, Address, 0.55, "unit of a named house")
	}
}

// livedIn holds for what somebody is moved or put out of.
func (rd *reading) livedIn(i int) bool {
	if i < 1 {
		return false
	}
	switch rd.tokens[i-1].low {
	case "evicted", "lives", "living", "resident", "lodging", "housed":
		return true
	}
	return false
}

// unitBeforeName takes a unit of which no hospital has any and the name behind it.
func (rd *reading) unitBeforeName(i int) {
	first := i + 2
	if first < len(rd.tokens) && rd.tokens[first].low == "," {
		first++
	}
	if first >= len(rd.tokens) || rd.tokens[first].kind != word {
		return
	}
	if site := rd.siteFrom(first); site > first && (ownDoor(rd.tokens[i].low) || rd.tokens[i].low == "room" || rd.tokens[i].low == "block" || rd.tokens[i].low == "hut") {
		rd.span(rd.tokens[i].start, rd.tokens[site].end, Address, 0.6, "unit of a site")
		return
	}
	last := first
	t := &rd.tokens[last]
	if !rd.unheard(last) || t.marks.has(stop|link|object|determiner|subject|role|title|kin|act|speaker|month|place) || t.cased && !t.capital {
		return
	}
	own := ownDoor(rd.tokens[i].low)
	room := rd.tokens[i].low == "room" && first == i+2 && t.english == 0 && t.given+t.family == 0 && t.hints.has(unlisted)
	if !own && !room || !rd.phraseEnds(last+1) && !(own && last+1 < len(rd.tokens) && doing(rd.tokens[last+1].low)) || rd.thingInStreet(last+1) || room && !(rd.tokens[i].first && last+1 < len(rd.tokens) && rd.tokens[last+1].kind == punct) {
		return
	}
	if own && first > i+2 && !(t.cased && t.capital) {
		return
	}
	rd.span(rd.tokens[i].start, rd.tokens[rd.streetAfter(last)].end, Address, 0.55, "unit of a named place")
}

// numberBehindStreet takes a street that its house's number stands behind with a comma.
func (rd *reading) numberBehindStreet(i int) {
	comma := i - 1
	if comma < 2 || rd.tokens[comma].low != "," {
		return
	}
	kind := comma - 1
	if rd.tokens[kind].low == "." {
		kind--
	}
	if kind < 2 || !rd.tokens[kind].marks.has(street) && !shortKind(rd.tokens[kind].low) || !rd.beside(kind) || rd.thingInStreet(i+1) {
		return
	}
	first := kind
	for first > 1 && first > kind-3 && rd.beside(first) && rd.wordOfStreet(first-1) {
		first--
	}
	if first == kind || houseNumber(&rd.tokens[first-1]) || rd.tokens[kind].low == "dr" && !rd.tokens[kind].capital {
		return
	}
	if rd.livesOn(first-1) || rd.homeCue(first) || rd.sentTo(first-1) || rd.tokens[first-1].low == "in" && rd.tokens[first].cased {
		rd.span(rd.tokens[first].start, rd.tokens[i].end, Address, 0.55, "street and house")
	}
}
