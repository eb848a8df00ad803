package redaction

// outlying takes a house's number and a word or two that are no street's kind, where a
// home is spoken of: rang from 34 murrayfoot, no reply 77 dunnet, at her brother's 22 the
// pleck.
func (rd *reading) outlying() {
	for _, i := range rd.houses {
		if i == 0 || i+1 >= len(rd.tokens) || len(rd.tokens[i].low) > 3 || rd.hiddenBy(i) || rd.unitFollows(i) {
			continue
		}
		last, rare := rd.outlyingWords(i + 1)
		if last <= i || rd.addressEnds(last) || !rd.outlyingCue(i, rare) {
			continue
		}
		rd.span(rd.tokens[rd.flat(i)].start, rd.tokens[rd.streetAfter(last)].end, Address, 0.55, "house of a street without a kind")
	}
}

// outlyingWords answers the last of at most three words that may name a street, the phrase
// ending with them, and whether one of them is hardly ever anything but a name.
func (rd *reading) outlyingWords(first int) (last int, rare bool) {
	j := first
	the := rd.tokens[j].low == "the" && rd.beside(j) && j+1 < len(rd.tokens)
	if the {
		j++
	}
	last = j - 1
	for ; j < len(rd.tokens) && j < first+3; j++ {
		t := &rd.tokens[j]
		if t.low == "'s" && last >= first {
			last = j
			continue
		}
		if !rd.nameOfStreet(j) && !rd.placeKind(j) || t.marks.has(act|subject|speaker|determiner|link|object|medical) || t.first || t.newline || t.cased && !t.capital || unit(t.low) || t.kind != word {
			break
		}
		if last >= first && t.english > 0 && t.english < 4 && !(t.cased && t.capital) && !rd.placeKind(j) {
			break
		}
		rare = rare || rd.unheard(j)
		last = j
	}
	if last < first || last == first && the || rd.thingInStreet(last+1) || !rd.phraseEnds(last+1) && !(rare && doing(rd.tokens[last+1].low)) && !(the && first > 1 && rd.tokens[first-2].low == "own") {
		return -1, false
	}
	if !the && !rare && !(rd.tokens[last].cased && rd.tokens[first].capital) {
		return -1, false
	}
	return last, rare
}

// doing holds for what somebody does there: saying he's fine.
func doing(low string) bool { return len(low) > 5 && low[len(low)-3:] == "ing" }

// unheard holds for a word that is no English, nor of the trade, or is a family's name
// besides.
func (rd *reading) unheard(i int) bool {
	t := &rd.tokens[i]
	if t.marks.has(medical|short|thing|shorthand|town|people|eponym) || len(t.low) < 4 {
		return false
	}
	return t.english == 0 || t.english > 4
}

// outlyingCue holds for what stands before a house's number where it is one whatever
// stands behind: where somebody is, rings from or is not at home.
func (rd *reading) outlyingCue(i int, rare bool) bool {
	t, before := &rd.tokens[i-1], i-2
	switch t.low {
	case "reply", "answer", "access":
		n := &rd.tokens[i+1]
		return rare && before >= 0 && rd.tokens[before].low == "no" && (n.cased && n.capital || n.low[len(n.low)-1] != 's')
	case "on":
		return rare && rd.tokens[i].kind == code && isDigit(rune(rd.tokens[i].low[0]))
	case "says", "said", "states":
		return rare && before >= 0 && rd.saysWhere(before)
	case "'s", ",":
		if t.low == "," {
			before++
			if rd.tokens[before-1].low == "'s" {
				before--
			}
		}
		return rare && before > 0 && ofRelation(&rd.tokens[before-1])
	case "autocorrects", "corrects", "corrected", "reads", "typed":
		return rare
	case "as":
		return before >= 0 && (rd.tokens[before].low == "home" || addressWord(rd.tokens[before].low))
	case "own", "brothers", "sisters", "mothers", "mums", "dads", "fathers", "sons", "daughters", "nans", "grans", "friends", "girlfriends", "boyfriends", "partners", "neighbours", "parents":
		return true
	case "at", "to", "from", "outside", "opposite", "near":
		if before < 0 || rd.wardMove(before) {
			return false
		}
		return rare && t.low != "to" && t.low != "near" || rd.conveyed(i-1) || rd.sentTo(i-1) || rd.spokenOf(before)
	}
	return false
}

// ofRelation holds for people at whose home somebody may be.
func ofRelation(t *token) bool {
	return t.marks.has(kin) || t.low == "girlfriend" || t.low == "boyfriend" || t.low == "friend" || t.low == "mate"
}

// saysWhere holds for papers and systems that say where somebody lives.
func (rd *reading) saysWhere(i int) bool {
	switch rd.tokens[i].low {
	case "label", "addressograph", "wristband", "letter", "system", "spine", "envelope", "card", "notes", "record", "satnav", "address", "cad":
		return true
	}
	return false
}

// spokenOf holds for what is found, put or done at a home.
func (rd *reading) spokenOf(i int) bool {
	switch rd.tokens[i].low {
	case "installed", "fitted", "up", "seen", "rang", "ringing", "door", "steps", "stairs", "locked", "in", "him", "her", "them", "gone", "dropped", "stuck", "home", "house", "left", "brother", "one":
		return true
	}
	return false
}
