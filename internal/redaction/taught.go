package redaction

import "slices"

// Where the sums of weights tip over. They lie on the side of hiding: a word needs less
// than even odds to be hidden, and letters that the layers before took for somebody are
// shown again only if much speaks against them. A word that was taken stays taken.
const (
	hideWord    = -0.6
	hideLetters = -0.75
	hideShort   = 0.5 // letters that abbreviate something
	hideUsual   = 2.5 // letters for what is done, measured and told to everywhere
	showLetters = -1.5
)

// hopelessWord is a score below which hardly any word was somebody's name.
const hopelessWord = -5

// decisions is how often it is decided: what was taken once speaks for its neighbours and
// for where it stands again.
const decisions = 2

// verdict is the sum of weights for tokens, first to last.
type verdict struct {
	letters
	sum float64
}

// decideWords takes words for names that all other layers have left.
func (rec *record) decideWords() {
	for range decisions {
		changed := false
		for _, rd := range rec.readings {
			rd.verdicts = rd.verdicts[:0]
			for _, i := range rd.maybe {
				if !rd.isName(i) && rd.openWord(i) {
					all := rec.aspects(rd, i)
					rd.verdicts = append(rd.verdicts, verdict{letters{i, i}, rec.lex.taught.words.sum(&all)})
				}
			}
			changed = rd.follow(hideWord, 0) || changed
		}
		changed = rec.fullNames() || changed
		if !changed {
			return
		}
		rec.accept()
		for _, rd := range rec.readings {
			rd.loneLetters()
		}
	}
}

// decideLetters decides of all letters whether they stand for somebody.
func (rec *record) decideLetters() {
	for range decisions {
		changed := false
		for _, rd := range rec.readings {
			rd.verdicts = rd.verdicts[:0]
			for _, sign := range rd.open {
				if rec.openLetters(rd, sign.letters) {
					all := rec.letterAspects(rd, sign)
					sum := rec.lex.taught.letters.sum(&all)
					if !rd.isName(sign.first) {
						sum += hideLetters - rd.leastFor(sign.letters)
					}
					rd.verdicts = append(rd.verdicts, verdict{sign.letters, sum})
				}
			}
			changed = rd.follow(hideLetters, showLetters) || changed
			rd.forgetScores()
		}
		if !changed {
			return
		}
		rec.accept()
	}
}

// leastFor is what the sum for letters must be above that were not taken.
func (rd *reading) leastFor(sign letters) float64 {
	t := &rd.tokens[sign.first]
	if sign.last > sign.first || !t.marks.has(short|shorthand|medical) && !neverInitials(t.low, false) {
		return hideLetters
	}
	if neverInitials(t.low, false) {
		return hideUsual - rd.standing(sign)
	}
	return hideShort - rd.standing(sign)
}

// follow does what the verdicts say, and says whether it hid anything more.
func (rd *reading) follow(hideAbove, showBelow float64) bool {
	changed := false
	for _, v := range rd.verdicts {
		switch taken := rd.isName(v.first); {
		case taken && v.sum < showBelow:
			clear(rd.names[v.first : v.last+1])
		case !taken && v.sum > hideAbove:
			for i := v.first; i <= v.last; i++ {
				changed = rd.name(i, confidence(v.sum)) || changed
			}
		}
	}
	return changed
}

// openWord holds for words that may be names as far as the lexicon knows, where capitals
// do not tell otherwise.
func (rd *reading) openWord(i int) bool {
	t := &rd.tokens[i]
	if len(t.low) < 3 || t.given < 2 && t.family < 2 && (t.english > 0 || t.marks.has(medical|thing|short|role)) || !rd.free(i) {
		return false
	}
	if rd.isName(i) {
		return !rd.isSure(i)
	}
	if t.marks.has(title|people) || t.marks.has(bareEponym) && t.given < 2 || t.marks.has(month|stop) && t.given < 2 || rd.fixedPhrase(i) || feeling(t.low) && !t.proper() {
		return false
	}
	return rd.scores[i] >= hopelessWord && (t.capital || !t.cased) && !(len(t.low) == 3 && rd.isSign(i))
}

// isSign holds for letters that may stand for somebody, which are decided about as such.
func (rd *reading) isSign(i int) bool {
	_, found := slices.BinarySearchFunc(rd.signs, i, func(s letters, i int) int { return s.first - i })
	return found
}

// isSure holds for a token that the record itself makes a name.
func (rd *reading) isSure(i int) bool {
	_, found := slices.BinarySearch(rd.sure, i)
	return found
}

// openLetters holds for letters of which the record does not know that they are
// somebody's.
func (rec *record) openLetters(rd *reading, sign letters) bool {
	i := sign.first
	if !rd.free(i) || rd.isSure(i) || rd.tokens[i].marks.has(title) || rd.tokens[i].low == "reg" || rd.isName(i) && rec.known.initials[rd.lettersOf(i, sign.last)] {
		return false
	}
	return sign.last > i || !rd.smallWord(i) && !rd.sided(i)
}

// sided holds for the letters of a side before what has one: LT RADIAL, rt hip.
func (rd *reading) sided(i int) bool {
	if low := rd.tokens[i].low; low != "lt" && low != "rt" || !rd.free(i+1) || !rd.beside(i+1) {
		return false
	}
	n := &rd.tokens[i+1]
	return n.marks.has(medical|short|possession) && !n.marks.has(act|speaker|subject|stop|role)
}

// loneLetters takes the letters beside names that were found last.
func (rd *reading) loneLetters() {
	for _, i := range rd.maybe {
		if len(rd.tokens[i].low) == 1 && !rd.isName(i) {
			rd.loneLetter(i)
		}
	}
}
