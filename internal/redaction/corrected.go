package redaction

// howFarCorrected is how many tokens a number that corrects an address stands from it at
// most.
const howFarCorrected = 14

// corrected takes the number of another house in a street that a house has been found in:
// 8 Quarry Fold instead of 18, two doors down at 10, it was 19; and "number 8" alone.
func (rd *reading) corrected() {
	for _, i := range rd.houses {
		if t := &rd.tokens[i]; i == 0 || len(t.low) > 4 || t.low[0] == '0' || rd.hiddenBy(i) || rd.unitFollows(i) || !rd.ends(i+1) && !rd.uncountedBehind(i+1) {
			continue
		}
		if (rd.otherNumber(i) || doorWord(rd.tokens[i-1].low) && rd.mixedUp(i)) && rd.numberedBefore(i) && rd.tokens[i].kind != word {
			first := i
			if doorWord(rd.tokens[i-1].low) {
				first--
			}
			rd.span(rd.tokens[first].start, rd.tokens[i].end, Address, 0.5, "another house of the street")
		}
	}
}

// uncountedBehind holds for a word that nothing is counted in.
func (rd *reading) uncountedBehind(i int) bool {
	return rd.tokens[i].kind == word && rd.tokens[i].marks.has(link|object|subject|determiner) && !unit(rd.tokens[i].low)
}

// otherNumber holds for what stands before the number of another house than has been named.
func (rd *reading) otherNumber(i int) bool {
	before := i - 1
	if doorWord(rd.tokens[before].low) {
		before--
	}
	if before < 1 {
		return false
	}
	p := &rd.tokens[before-1]
	switch t := &rd.tokens[before]; t.low {
	case "of", "than", "not":
		near := before
		if t.low != "not" {
			if p.low != "instead" && p.low != "insted" && p.low != "rather" {
				return false
			}
			near--
		}
		if near > 0 && rd.tokens[near-1].low == "," {
			near--
		}
		return near > 0 && rd.addressEnds(near-1)
	case "at":
		return rd.doorsAway(before)
	case "says", "said":
		return (p.low == "she" || p.low == "he" || p.low == "patient" || p.low == "pt") && rd.ends(i+1)
	case "was", "is":
		return p.low == "it" && before > 1 && (rd.tokens[before-2].first || rd.tokens[before-2].kind == punct) && rd.ends(i+1)
	}
	return false
}

// mixedUp holds for the digits of a house before it in another order: 109, was for number
// 190.
func (rd *reading) mixedUp(i int) bool {
	low := rd.tokens[i].low
	for j := i - 1; j >= 0 && j > i-howFarCorrected; j-- {
		if t := &rd.tokens[j]; houseNumber(t) && len(t.low) == len(low) && len(low) > 1 && t.low != low && reordered(t.low, low) {
			return true
		}
	}
	return false
}

// doorsAway holds where another door of the street is spoken of before token i.
func (rd *reading) doorsAway(i int) bool {
	for j := i - 1; j >= 0 && j > i-5 && !rd.tokens[j+1].first; j-- {
		switch rd.tokens[j].low {
		case "doors", "door", "opposite", "neighbour", "neighbours":
			return true
		}
	}
	return false
}

// numberedBefore holds where the number of a house in a street has been found shortly
// before token i.
func (rd *reading) numberedBefore(i int) bool {
	for n := range rd.spans {
		s := &rd.spans[n]
		if s.Class != Address || s.End > rd.tokens[i].start {
			continue
		}
		first, last := rd.tokenAt(s.Start), rd.tokenAt(s.End-1)
		if i-last > howFarCorrected {
			continue
		}
		for j := first; j < last; j++ {
			if houseNumber(&rd.tokens[j]) {
				return true
			}
		}
	}
	return false
}
