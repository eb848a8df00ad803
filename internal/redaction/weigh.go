package redaction

import (
	"math"
	"slices"
	"strings"
)

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
	smallWord     = -2.6 // the same, of a word
	caseless      = -0.4 // a sentence without any, or of nothing else

	acronymLike  = -2.0 // short and all in capitals
	strangeWord  = 0.45 // in no list, and no capital to explain it
	strangeShort = -0.6 // the same, of four letters or fewer
	misspelling  = -1.9 // in no list, but one slip away from a word
	shortSlip    = -1.2 // the same, of few letters, which many slips join
	builtOfWords = -1.6 // in no list, but built like a word

	barredWord     = -4.0 // drugs, places, words that mean something else
	eponymWord     = -2.4
	thingWord      = -2.4
	townWord       = -1.6
	monthWord      = -6.5 // April, May, June
	never          = -9.0
	eponymThing    = -7.0
	placeElsewhere = -3.2 // Pankhurst Ward, then Pankhurst
	properWord     = -1.8 // written with a capital, but in no list of names
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
	if t.proper() && rd.doubleBarrelled(i) {
		s += pairOfNames
	}
	return s + rd.caseOf(i) + rd.otherwise(i)
}

// scoreAll scores every word that no layer has taken and that may be a name.
func (rec *record) scoreAll(rd *reading) {
	rd.scores = blank(rd.scores, len(rd.tokens))
	for i := range rd.tokens {
		if rd.free(i) && !rd.tokens[i].barred() {
			rec.scoreWord(rd, i)
		}
	}
}

func (rec *record) scoreWord(rd *reading, i int) {
	s := rec.weigh(rd, i)
	if s >= hopeless || modalName(rd.tokens[i].low) {
		s = rec.score(rd, i, s)
	}
	rd.scores[i] = s
	if s >= hopeless {
		rd.maybe = append(rd.maybe, i)
	}
}

// barred holds for small words that mean something else and are so common that
// they are hopeless, whatever stands around them: nothing but what they lose by
// their meaning and lack of a capital need be summed.
func (t *token) barred() bool {
	if t.capital || t.english == 0 || t.given > 1 || !t.marks.has(stop) || modalName(t.low) {
		return false
	}
	atMost := english[t.english] + inAnyList + listedName*float64(max(t.given, t.family)) + caseless + 2*barredWord
	return atMost < hopeless
}

// otherwise is what a word loses for meaning something else.
func (rd *reading) otherwise(i int) float64 {
	t := &rd.tokens[i]
	s := 0.0
	if rd.breed(i) || rd.fixedPhrase(i) {
		return 2 * never
	}
	if t.family > 1 && (t.marks.has(eponym) && rd.staffRole(i-1) && rd.beside(i) && !t.marks.has(stop) || rd.bearsFamilyName(i)) {
		return s // Sister Hickman, Caoimhe Tuohy
	}
	if rd.isolated(i) {
		return barredWord / 4 // I told Cook
	}
	switch {
	case introduces(t), rd.introducesAge(i), rd.severalOf(t), rd.partOfCode(i), t.hints.has(unlisted) && mistypedDay(t), t.hints.has(phraseHint) && nation(t.low) && !rd.afterTitle(i), rd.meansThing(i):
		s += never
	case t.marks.has(title) && !titleOrName(t.low), t.marks.has(month) && t.given < 2:
		s += never
	case t.marks.has(month) && (rd.afterPerson(i) || rd.monthOfBirth(i)):
		s += monthWord / 2
		if rd.noModal(i) {
			s -= english[t.english] / 2
		}
	case t.marks.has(month):
		s += monthWord
	case t.marks.has(stop) && t.given > 1 && (t.proper() && !rd.opens(i) || rd.noModal(i)), t.marks.has(stop) && t.family > 2 && t.proper() && rd.givenBefore(i):
		s += barredWord / 4 // by Will
	case t.marks.has(stop) && t.family > 0 && t.proper() && !rd.opens(i) && rd.staffRole(i-1) && rd.beside(i) && rd.personFollows(i+1):
		s += barredWord / 4 // SHO Case reviewed
	case t.marks.has(stop), t.marks.has(medical) && t.given+t.family < 4:
		s += 2 * barredWord
	case t.marks.has(people) && (t.given > 1 && rd.whereNamed(i) || t.family > 1 && rd.asPerson(i)):
		s += barredWord / 4 // Shona talked
	case t.marks.has(people):
		s += barredWord
	case t.marks.has(place) && t.family > 1:
		s += barredWord / 2
	case t.marks.has(medical | place | title):
		s += barredWord
	}
	if t.marks.has(role|kin) && !(t.low == "reg" && rd.calledReg(i)) {
		s += barredWord / 2
		if !t.proper() || rd.opens(i) {
			s += barredWord
		}
	}
	if t.marks.has(eponymHead | possession) {
		s += barredWord / 2
	}
	if t.marks.has(eponym) && rd.asPerson(i) {
		return s
	}
	if t.marks.has(eponym) && rd.queried(i) {
		return s + 2*barredWord
	}
	if t.marks.has(eponym) {
		few := t.given
		if t.family > 1 && !t.marks.has(bareEponym) {
			few = max(few, 1) // hardly ever without the word for what it names
		}
		s += eponymWord / float64(1+few)
		if t.marks.has(bareEponym) && t.given < 3 {
			s += barredWord
		} else if t.given < 2 && t.family < 2 {
			s += eponymWord
		}
	}
	if t.marks.has(thing) {
		s += thingWord
		if !t.listed() {
			s += thingWord
		}
	}
	if t.marks.has(town) {
		s += townWord
		if t.given < 2 && t.family < 3 {
			s += townWord
		}
	}
	if t.marks.has(short) && (t.caps || !t.cased || !t.capital || !t.listed() || len(t.low) < 3 && rd.numberFollows(i)) {
		s += 2 * barredWord
	}
	if len(t.low) < 3 && !t.listed() {
		s += strangeShort
	}
	if !t.listed() && rd.joinedWords(t) {
		s += properWord
	}
	return s
}

// doubleBarrelled holds for two words with a hyphen between, both with capitals, of
// which one is a family name, that no list has together: Nun-Price.
func (rd *reading) doubleBarrelled(i int) bool {
	t := &rd.tokens[i]
	if t.marks&^ordinary != 0 {
		return false
	}
	first, last, ok := strings.Cut(t.low, "-")
	if !ok || rd.lex.words.get(t.low) != (entry{}) || rd.fold[t.start+len(first)+1] == last[0] {
		return false
	}
	return rd.lex.words.get(first).family > 1 || rd.lex.words.get(last).family > 1
}

// fixedPhrase holds for the last word of a phrase in which it is nobody's name.
func (rd *reading) fixedPhrase(i int) bool {
	if !rd.tokens[i].hints.has(phraseHint) {
		return false
	}
	if rd.tokens[i].low == "na" {
		return i+1 < len(rd.tokens) && rd.tokens[i+1].low == "+"
	}
	if i == 0 {
		return false
	}
	return slices.Contains(phraseBegins(rd.tokens[i].low), rd.tokens[i-1].low)
}

// phraseBegins answers what stands before a word in the phrases that it ends.
func phraseBegins(low string) []string {
	switch low {
	case "holiday", "holidays":
		return []string{"bank"}
	case "eve":
		return []string{"christmas", "year", "'s"}
	case "liberty", "kin":
		return []string{"of"}
	case "hand":
		return []string{"by"}
	case "es":
		return []string{"&", "+", "/"}
	}
	return nil
}

// mistypedDay holds for a word in no list that is a slip in a day of the week: Satruday.
func mistypedDay(t *token) bool {
	if len(t.low) < 5 || !strings.HasSuffix(t.low, "y") && !strings.Contains(t.low, "da") {
		return false
	}
	for _, right := range []string{"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"} {
		if oneSlip(right, t.low) {
			return true
		}
	}
	return false
}

// partOfCode holds for letters that a hyphen or a stroke joins to a number: CAS-448812.
func (rd *reading) partOfCode(i int) bool {
	if !rd.tokens[i].caps || i+2 >= len(rd.tokens) {
		return false
	}
	mark, n := &rd.tokens[i+1], &rd.tokens[i+2]
	return (mark.low == "-" || mark.low == "/") && !mark.spaced && !n.spaced && n.kind == number
}

// nation holds for the countries that bodies are called after.
func nation(low string) bool {
	switch low {
	case "england", "scotland", "wales", "ireland", "britain":
		return true
	}
	return false
}

// joinedWords holds for makers' names with a capital inside, such as
// QuickAddress; McDonald and DeSouza are people's.
func (rd *reading) joinedWords(t *token) bool {
	if t.caps || !t.capital {
		return false
	}
	for i := t.start + 4; i < t.end; i++ {
		if rd.fold[i] != rd.low[i] && rd.fold[i-1] == rd.low[i-1] && isLetterByte(rd.fold[i-1]) {
			return !strings.HasPrefix(t.low, "mac") && !strings.HasPrefix(t.low, "fitz")
		}
	}
	return false
}

func (rd *reading) numberFollows(i int) bool {
	return i+1 < len(rd.tokens) && rd.tokens[i+1].kind == number
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
	if t.build == unlooked {
		t.build = rec.lex.buildOf(t.low)
	}
	switch {
	case t.build == slip:
		s = misspelling
		if len(t.low) < 7 {
			s = shortSlip
		}
	case t.build == derivation:
		s = builtOfWords
	case plain && len(t.low) < 5:
		s = strangeShort
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
	case t.caps && len(t.low) <= 4 && t.given+t.family < 4 && (t.cased || !t.listed()):
		return acronymLike
	case t.cased && t.caps:
		if t.listed() {
			return caseless
		}
		return acronymLike
	case !t.cased && t.capital && t.shouted:
		return capitalInside // BY Marites AND
	case !t.cased:
		return caseless
	case !t.capital && t.english > 0:
		return smallWord
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
	if i == 0 {
		return true
	}
	if rd.tokens[i].first {
		return rd.tokens[i-1].low != ";"
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
	strange := 0
	for _, c := range low {
		if c >= 0x250 {
			strange++
		}
	}
	return strange > 1
}

// confidence turns a score into a figure between nought and one.
func confidence(score float64) float64 { return 1 / (1 + math.Exp(-score)) }
