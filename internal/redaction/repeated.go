package redaction

// mostRepeated is how many houses of a text are compared with each other.
const mostRepeated = 16

// repeatedHouses takes numbers before the same words where nothing is counted in them:
// two houses of one street have been taken for each other, 12 pinfold row and 21 pinfold
// row.
func (rd *reading) repeatedHouses() {
	var houses []int
	for _, i := range rd.houses {
		if len(houses) < mostRepeated && !rd.hiddenBy(i) && rd.nameOfStreet(i+1) && !rd.unitFollows(i) {
			houses = append(houses, i)
		}
	}
	for n, i := range houses {
		for _, j := range houses[n+1:] {
			if rd.tokens[i].low == rd.tokens[j].low {
				continue
			}
			words := rd.sameWords(i+1, j+1)
			rare, turned := rd.rareName(i+1), rd.turnedRound(i, j)
			if words == 0 || words == 1 && !(rare && turned) || !rare && !(turned && rd.placeKind(i+words)) {
				continue
			}
			rd.span(rd.tokens[i].start, rd.tokens[i+words].end, Address, 0.6, "houses of one street")
			rd.span(rd.tokens[j].start, rd.tokens[j+words].end, Address, 0.6, "houses of one street")
		}
	}
}

// nameOfStreet holds for a word that a street may be called by.
func (rd *reading) nameOfStreet(i int) bool {
	if i >= len(rd.tokens) {
		return false
	}
	t := &rd.tokens[i]
	if t.low == "st" && i+1 < len(rd.tokens) {
		return t.spaced && !t.newline
	}
	return t.kind == word && len(t.low) > 2 && t.spaced && !t.newline && !unit(t.low) && !counted(t.low) && !t.marks.has(medical|short|shorthand|thing|role|kin|title|month|people|stop|place|act|subject)
}

// rareName holds for such a word in which nothing is counted.
func (rd *reading) rareName(i int) bool {
	t := &rd.tokens[i]
	if t.low == "st" && i+1 < len(rd.tokens) {
		t = &rd.tokens[i+1]
	}
	return t.english == 0 || t.english > 3 || t.capital && t.cased && t.english > 1
}

// sameWords counts the words that are the same from two places on, three at most.
func (rd *reading) sameWords(i, j int) int {
	n := 0
	for n < 3 && i+n < j-1 && j+n < len(rd.tokens) {
		a, b := &rd.tokens[i+n], &rd.tokens[j+n]
		if a.kind != word || a.low != b.low || n > 0 && (a.marks.has(stop|link|object|act|subject) && !a.marks.has(street|weakStreet) || a.newline || b.newline || a.first || b.first) {
			break
		}
		n++
	}
	return n
}

// turnedRound holds for two numbers of the same digits: 23 and 32.
func (rd *reading) turnedRound(i, j int) bool {
	a, b := rd.tokens[i].low, rd.tokens[j].low
	return len(a) == 2 && len(b) == 2 && a[0] == b[1] && a[1] == b[0]
}
