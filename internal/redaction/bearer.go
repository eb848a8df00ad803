package redaction

// bearsFamilyName holds for a listed family name right behind a given name that
// is nothing else, as in Caoimhe Tuohy and Heather Cook: what the word means
// besides (a device, a sign, a trade, an abbreviation) it does not mean there.
func (rd *reading) bearsFamilyName(i int) bool {
	t := &rd.tokens[i]
	if t.family < 2 || !rd.beside(i) || !rd.onlyGiven(i-1) || t.cased && !t.capital {
		return false
	}
	if t.marks.has(stop|medical|month|title|kin|place|subject|object|speaker|act|link|determiner|people) || t.english == 1 {
		return false
	}
	if t.marks.has(role) && t.family < 3 || rd.eponymPhrase(i) || rd.eponymPhrase(i-1) {
		return false
	}
	j := i + 1
	return j >= len(rd.tokens) || rd.tokens[j].first || !rd.tokens[j].spaced || !rd.tokens[j].marks.has(place|eponymHead)
}

// onlyGiven holds for a given name that is no word, or hardly one.
func (rd *reading) onlyGiven(i int) bool {
	if !rd.free(i) {
		return false
	}
	t := &rd.tokens[i]
	if t.given < 2 || t.cased && !t.capital || t.marks.has(eponym|stop|medical|month|title|role|kin|place|thing|short|people) {
		return false
	}
	return t.english == 0 || t.english > 2 && t.given > 2
}
