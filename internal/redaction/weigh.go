package redaction

import "math"

// A word's score is how much speaks for its being somebody's name, as the sum
// of what the word itself, its case, the words around it and the rest of the
// record say; above nought it is taken for one. The weights are on the scale of
// the logarithm of odds, and were set by hand.
const (
	listedName    = 0.9  // for each of the three grades of a listed name, beyond
	inAnyList     = 0.5  // being listed at all
	nameThatIsOne = -0.5 // a family name that is a word too counts for less by itself

	capitalInside = 2.0  // a capital in mid-sentence
	capitalFirst  = 0.1  // a capital that any word would have there
	smallAmong    = -1.6 // no capital where others have theirs
	caseless      = -0.4 // a sentence without any, or of nothing else

	acronymLike = -2.0 // short and all in capitals
	strangeWord = -0.7 // in no list, and no capital to explain it
	misspelling = -2.0 // in no list, but one slip away from a word
	derived     = -1.6 // in no list, but built like a word

	barredWord  = -4.0 // drugs, places, months, words that mean something else
	eponymWord  = -1.4
	eponymThing = -7.0
	properWord  = -1.8 // written with a capital, but in no list of names
)

// english is what a word loses for being an English word, by how common it is.
var english = [8]float64{0, -4.2, -3.2, -2.6, -2.1, -1.8, -1.5, -0.7}

// weigh scores a word by itself.
func (rec *record) weigh(rd *reading, i int) float64 {
	t := &rd.tokens[i]
	s := english[t.english]
	switch grade := max(t.given, t.family); {
	case grade > 0:
		s += inAnyList + listedName*float64(grade)
		if t.english > 0 && t.given == 0 {
			s += nameThatIsOne * float64(grade)
		}
	case t.english == 0:
		s += rec.unlisted(rd, i)
	}
	s += rd.caseOf(i)
	if t.marks.has(medical | month | stop | title | place) {
		s += barredWord
		if t.marks.has(stop | medical) {
			s += barredWord
		}
	}
	if t.marks.has(role | kin | eponymHead | possession) {
		s += barredWord / 2
	}
	if t.marks.has(eponym) {
		s += eponymWord
	}
	if len(t.low) < 3 && t.english == 0 {
		s += strangeWord
	}
	return s
}

// unlisted scores what is neither a word nor a listed name.
func (rec *record) unlisted(rd *reading, i int) float64 {
	t := &rd.tokens[i]
	switch {
	case t.marks.has(proper):
		return properWord
	case t.marks != 0:
		return 0
	case foreign(t.low):
		return -caseless + 0.5
	}
	s := 0.0
	plain := !t.proper() || rd.opens(i)
	switch {
	case rec.lex.slipOf(t.low):
		s = misspelling
	case derivedWord(t.low):
		s = derived
	case plain:
		s = strangeWord
	}
	if !plain {
		s /= 2
	}
	return s
}

// caseOf scores the capitals of a word, given what capitals mean around it.
func (rd *reading) caseOf(i int) float64 {
	t := &rd.tokens[i]
	switch {
	case t.caps && len(t.low) <= 4 && t.given+t.family < 4:
		return acronymLike
	case t.cased && t.caps:
		if t.listed() {
			return caseless
		}
		return acronymLike
	case !t.cased:
		return caseless
	case !t.capital:
		return smallAmong
	case rd.opens(i):
		return capitalFirst
	}
	return capitalInside
}

// opens holds where any word would have a capital: at the beginning of a
// sentence, after a colon, a bullet or an opening quotation mark.
func (rd *reading) opens(i int) bool {
	if rd.tokens[i].first || i == 0 {
		return true
	}
	switch before := &rd.tokens[i-1]; before.low {
	case ":", "*", "\"":
		return true
	case "-", ".", "'":
		return before.spaced || rd.tokens[i].newline
	}
	return false
}

// foreign holds for words of scripts that English is not written in.
func foreign(low string) bool {
	letters := 0
	for _, c := range low {
		if c < 0x250 {
			return false
		}
		letters++
	}
	return letters > 1
}

// confidence turns a score into a figure between nought and one.
func confidence(score float64) float64 { return 1 / (1 + math.Exp(-score)) }
