package redaction

// frailAt holds for an age beside a word that says how old people are: frightened and
// 97, 92 and deaf.
func (rd *reading) frailAt(i int) bool {
	if rd.tokens[i].kind != number || rd.unitFollows(i) || rd.measures(i+1) {
		return false
	}
	if i > 1 && (rd.tokens[i-1].low == "and" || rd.tokens[i-1].low == "&") && ofOldPeople(rd.tokens[i-2].low) && rd.nothingCounted(i+1) {
		return true
	}
	if i+2 >= len(rd.tokens) || rd.tokens[i+1].low != "and" && rd.tokens[i+1].low != "," && rd.tokens[i+1].low != "&" || !ofOldPeople(rd.tokens[i+2].low) {
		return false
	}
	return rd.tokens[i].first || rd.tokens[i-1].kind == punct || rd.tokens[i-1].marks.has(kin)
}

// nothingCounted holds where a number counts nothing that follows.
func (rd *reading) nothingCounted(i int) bool {
	if i >= len(rd.tokens) || rd.tokens[i].first || rd.tokens[i].newline {
		return true
	}
	t := &rd.tokens[i]
	return t.kind == punct && t.low != "%" || t.kind == word && !unit(t.low) && t.marks.has(stop|subject|object|link|act|speaker|determiner) && !t.marks.has(medical)
}

// onNextBirthday holds for an age that somebody reaches soon: so 93 next week.
func (rd *reading) onNextBirthday(i int) bool {
	if i == 0 || i+2 >= len(rd.tokens) || rd.tokens[i].kind != number || rd.tokens[i+1].low != "next" {
		return false
	}
	switch rd.tokens[i+2].low {
	case "week", "month", "year", "birthday":
	default:
		return false
	}
	switch rd.tokens[i-1].low {
	case "so", "be", "is", "turns", ",", "she's", "he's", "'s":
		return true
	}
	return rd.tokens[i+2].low == "birthday"
}

// ofOldPeople holds for what very old people are said to be, and no reading is.
func ofOldPeople(low string) bool {
	switch low {
	case "frail", "deaf", "blind", "frightened", "scared", "terrified", "alone", "lonely", "confused", "forgetful", "widowed", "housebound", "bedbound", "bedridden", "wheelchair-bound",
		"hard-of-hearing", "immobile", "elderly", "old", "demented", "independent", "unsteady", "spry", "tearful", "muddled", "infirm", "doubly", "partially-sighted", "visually", "registered", "cachectic":
		return true
	}
	return false
}
