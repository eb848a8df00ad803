package redaction

// atNamedHouse takes a house by its name, of which the last word is token last, where the
// name tells enough for any small word before it: by police at crossing keepers cottage, at
// THE AULD MANSE, lives at "The Hollies", not ours at Cordwell Lodge.
func (rd *reading) atNamedHouse(last int) {
	kind := &rd.tokens[last]
	if rd.addressEnds(last) || kind.cased && !kind.capital || rd.thingInStreet(last+1) && !rd.numberedUnit(last+1) {
		return
	}
	first, rare := last, false
	for first > 0 && first > last-4 && !rd.tokens[first].first && rd.beside(first) && (rd.wordOfName(first-1) || rd.tokens[first-1].english == 0 && rd.wordOfAddress(first-1)) && !rd.inPlace(first-1) {
		first--
		rare = rare || rd.unheard(first)
	}
	before := first - 1
	the := before >= 0 && rd.tokens[before].low == "the" && !rd.tokens[first].first
	if the {
		before--
	}
	if first == last && !(the && before >= 0 && lonelyHouse(kind.low)) || !rd.tells(first, last) && first < last {
		return
	}
	if rd.tokens[first].first && !the {
		if rare && first < last && privateKind(kind.low) && last+1 < len(rd.tokens) && rd.tokens[last+1].kind == punct {
			rd.span(rd.tokens[first].start, kind.end, Address, 0.5, "house by its name")
		}
		return
	}
	if before < 0 {
		return
	}
	if quoteMark(rd.tokens[before].low) && before > 0 {
		before--
	}
	small := rd.tokens[before].low == "at" || rd.tokens[before].low == "from" || rd.tokens[before].low == "outside"
	switch {
	case first == last && (rd.livesAt(before) || rd.visited(before)):
	case first == last:
		return
	case small && (rareKind(kind.low) || kind.low == "cottage" || kind.low == "barns" || kind.low == "farmhouse"):
	case rd.visited(before) && rareKind(kind.low):
	case small && rare && quietKind(kind.low) && rd.phraseEnds(last+1):
	case rare && kind.cased && small && rd.tokens[first].capitalled() && quietKind(kind.low):
	default:
		return
	}
	if the {
		first = rd.articleOf(first)
	}
	rd.span(rd.tokens[first].start, kind.end, Address, 0.5, "house by its name")
}

// numberedUnit holds for a unit with its number.
func (rd *reading) numberedUnit(i int) bool {
	return i+1 < len(rd.tokens) && rd.tokens[i].low == "unit" && houseNumber(&rd.tokens[i+1])
}

// articleOf steps back over the article before token i.
func (rd *reading) articleOf(i int) int {
	if i > 0 && rd.tokens[i-1].low == "the" {
		return i - 1
	}
	return i
}

// lonelyHouse holds for what houses are called with no other word than the article.
func lonelyHouse(low string) bool {
	switch low {
	case "hollies", "laurels", "elms", "firs", "beeches", "limes", "willows", "oaks", "gables", "cedars", "poplars", "chestnuts", "birches", "pines", "orchard", "nook", "haven":
		return true
	}
	return rareKind(low)
}
