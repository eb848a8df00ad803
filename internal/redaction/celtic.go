package redaction

// celtic takes houses by their Welsh, Cornish and Gaelic names, with the number before and
// the street behind: tigh na mara, chy an mor, gwêl yr afon, wheal bounty.
func (rd *reading) celtic(i int) {
	last := i
	if i+2 < len(rd.tokens) && celticArticle(rd.tokens[i+1].low) && (rd.tokens[i+1].low != "an" || rd.tokens[i].low == "chy") && rd.beside(i+1) && rd.beside(i+2) && rd.wordOfCeltic(i+2) {
		last = i + 2
	} else if i+1 < len(rd.tokens) && soleCeltic(rd.tokens[i].low) && rd.beside(i+1) && rd.wordOfCeltic(i+1) {
		last = i + 1
	}
	if last == i {
		return
	}
	if j := last + 1; j < len(rd.tokens) && rd.beside(j) && rd.tokens[j].marks.has(street) && (rd.tokens[j].capital || !rd.tokens[j].cased) {
		last = j
	}
	if rd.thingInStreet(last + 1) {
		return
	}
	first := i
	if i > 0 && houseNumber(&rd.tokens[i-1]) {
		first = rd.flat(i - 1)
	}
	rd.span(rd.tokens[first].start, rd.tokens[rd.streetAfter(last)].end, Address, 0.6, "house by its name")
}

// wordOfCeltic holds for what stands behind the first word of such a name.
func (rd *reading) wordOfCeltic(i int) bool {
	t := &rd.tokens[i]
	return t.kind == word && !t.first && (t.capital || !t.cased) && len(t.low) > 2 && !t.marks.has(stop|link|object|determiner|subject|role|kin|title|medical|short|act|speaker|place)
}

// celticHead holds for the words that such names begin with.
func celticHead(low string) bool {
	switch low {
	case "chy", "tigh", "taigh", "gwel", "ty'n", "tyn", "maes", "bryn", "cae", "pen", "plas", "nant", "llwyn", "cefn", "glan", "min", "erw", "dol", "tal", "bron", "trem", "tros", "pwll", "cnoc", "druim", "cul", "baile", "wheal", "gwelfor", "parc":
		return true
	}
	return false
}

// soleCeltic holds for those that need no article.
func soleCeltic(low string) bool { return low == "wheal" || low == "plas" || low == "tigh" }

// celticArticle holds for the small words inside such names.
func celticArticle(low string) bool {
	switch low {
	case "an", "na", "nan", "y", "yr", "ar", "tan":
		return true
	}
	return false
}
