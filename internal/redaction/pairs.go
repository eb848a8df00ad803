package redaction

import "strings"

// oneOfPair is what each of two given names that are words gains beside the other: june
// and pearl.
func (rd *reading) oneOfPair(i int) float64 {
	if t := &rd.tokens[i]; t.given < 2 && t.family < 2 {
		return 0
	}
	if rd.givenPair(i) || rd.givenPair(i-2) {
		return besideSmall
	}
	if rd.capitalPair(i) || rd.capitalPair(i-2) {
		return 2 * besideSmall
	}
	return 0
}

func (rd *reading) givenPair(i int) bool {
	if i < 0 || !rd.free(i) || !rd.free(i+2) || rd.tokens[i+1].low != "and" && rd.tokens[i+1].low != "&" || !rd.beside(i+2) || !rd.bare(i) {
		return false
	}
	for _, t := range []*token{&rd.tokens[i], &rd.tokens[i+2]} {
		if t.given < 3 || t.cased && !t.capital || t.marks.has(stop|medical|eponymHead|place) {
			return false
		}
	}
	return true
}

// capitalPair holds for two names that are words, of which the second has a capital in
// mid-sentence where capitals tell, before what they did: Grant and Hill reached her.
func (rd *reading) capitalPair(i int) bool {
	if i < 0 || !rd.free(i) || !rd.free(i+2) || rd.tokens[i+1].low != "and" || i+3 >= len(rd.tokens) || !rd.opensClause(i) {
		return false
	}
	for _, t := range []*token{&rd.tokens[i], &rd.tokens[i+2]} {
		if t.given < 2 && t.family < 2 || t.cased && !t.proper() || !t.cased && t.given < 3 && t.family < 3 || t.marks.has(stop|medical|eponymHead|place|role|kin|people|town|month) {
			return false
		}
	}
	n := &rd.tokens[i+3]
	if !rd.tokens[i].cased {
		return !n.first && n.marks.has(act|speaker)
	}
	return !n.first && (n.marks.has(act|speaker|subject) || strings.HasSuffix(n.low, "ed"))
}

// oneOfTwo is what a given name that is a word gains beside "and" and somebody, where
// capitals would have told.
func (rd *reading) oneOfTwo(i int) float64 {
	if t := &rd.tokens[i]; t.given > 2 && !t.cased && !t.marks.has(stop|month) {
		return byOneOfTwo
	}
	return 0
}

// listed holds for a given name behind a comma in a list of people: Sigrid, Nkechi, Will.
func (rd *reading) listed(i int) bool {
	t := &rd.tokens[i]
	if t.given < 2 || t.cased && !t.capital {
		return false
	}
	return rd.ends(i+1) || rd.tokens[i+1].low == "and" || rd.tokens[i+1].low == "&" || rd.tokens[i+1].low == ","
}

// pairInBrackets holds for a word with a capital that stands with a name in brackets, and
// nothing besides: (Foot, Goswami).
func (rd *reading) pairInBrackets(i int) bool {
	if i == 0 || i+3 >= len(rd.tokens) || !rd.tokens[i].proper() || rd.tokens[i].marks.has(role|kin|stop|place|month) {
		return false
	}
	if rd.tokens[i-1].low == "(" {
		return joiner(&rd.tokens[i+1]) && rd.isName(i+2) && rd.tokens[i+3].low == ")"
	}
	return i > 2 && rd.tokens[i-3].low == "(" && rd.isName(i-2) && joiner(&rd.tokens[i-1]) && rd.tokens[i+1].low == ")"
}
