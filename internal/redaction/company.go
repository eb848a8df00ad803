package redaction

import "strings"

// company scores what the names beside a word say of it.
func (rd *reading) company(i int) float64 {
	if !rd.nameNear(i) {
		return 0
	}
	return rd.namesBeside(i)
}

func (rd *reading) namesBeside(i int) float64 {
	t := &rd.tokens[i]
	best := 0.0
	before := i - 1
	for before > i-longestParticles && before > 0 && rd.free(before) && rd.beside(before+1) && particle(rd.tokens[before].low) && !rd.isName(before) {
		before-- // van der
	}
	if rd.isName(before) && rd.beside(i) && rd.beside(before+1) && len(rd.tokens[before].low) > 1 {
		best = max(best, rd.following(i))
	}
	if rd.isName(i+1) && rd.beside(i+1) && !rd.tokens[i+1].first {
		best = max(best, rd.preceding(i))
	}
	if i > 1 && rd.isName(i-2) && !t.first {
		switch mid := &rd.tokens[i-1]; {
		case joiner(mid) && mid.low != ",":
			best = max(best, afterAnd+rd.oneOfTwo(i))
		case mid.low == "," && (rd.tokens[i-2].family > 0 && t.given > 0 || rd.listed(i)):
			best = max(best, afterAnd)
		case mid.low == "-" && !mid.spaced && !t.spaced:
			best = max(best, besideName)
		}
	}
	if rd.pairInBrackets(i) {
		best = max(best, afterAnd+withCapital)
	}
	if i+2 < len(rd.tokens) && rd.isName(i+2) && !rd.tokens[i+1].first && !rd.tokens[i+2].first {
		switch mid := &rd.tokens[i+1]; {
		case mid.low == "," && rd.tokens[i+2].given > 0 && (t.listed() || t.strange()) && (t.capital || !t.cased):
			best = max(best, afterAnd) // Codrington, Leroy
		case joiner(mid) && mid.low != "," && (t.listed() || t.strange() && t.capital):
			best = max(best, afterAnd*0.7+rd.oneOfTwo(i))
		}
	}
	return best
}

// nameNear holds where a name stands as near as any that has a say in a word.
func (rd *reading) nameNear(i int) bool {
	if !rd.anybody {
		return false
	}
	for _, confidence := range rd.names[max(0, i-longestParticles):min(len(rd.names), i+3)] {
		if confidence > 0 {
			return true
		}
	}
	return false
}

// household holds for a family called by the name of one of them: the Bushes.
func (rec *record) household(rd *reading, i int) bool {
	t := &rd.tokens[i]
	if i < 2 || rd.tokens[i-1].low != "the" || !strings.HasSuffix(t.low, "s") || t.cased && !t.proper() || !t.cased && rd.tokens[i-2].low != "(" && !rd.tokens[i-2].marks.has(kin) {
		return false
	}
	one := strings.TrimSuffix(t.low, "s")
	return rec.accepted[one] || rec.accepted[strings.TrimSuffix(one, "e")]
}

// following is what a name before says of a word: it may be the family name.
func (rd *reading) following(i int) float64 {
	t := &rd.tokens[i]
	if rd.ownedWithoutMark(i) {
		return 3 * besideName
	}
	if t.cased && !t.capital {
		if rd.tokens[i-1].capital || t.english > 0 {
			return 0
		}
		return besideName
	}
	if t.marks.has(subject|act) && (!t.capital || !t.cased) || t.english > 0 && t.family < 2 && i+1 < len(rd.tokens) && rd.tokens[i+1].low == ":" {
		return 0
	}
	if !t.cased && t.english > 0 && t.family > 0 && rd.tokens[i-1].given > 1 && rd.personFollows(i+1) && !gives(rd, i-2) && !t.marks.has(stop|medical|place|kin|role) {
		return besideName + withCapital - nameThatIsOne*float64(t.family) // reported by penny stern
	}
	if !t.cased && t.english > 0 && (t.english < 3 && t.family < 3 || t.family == 0) {
		return besideName / 2
	}
	if rd.surnameItself(i) {
		return besideName + withCapital - nameThatIsOne*float64(t.family)
	}
	if t.english > 0 && t.family > 0 { // the word counts in full as a name now
		return besideName - nameThatIsOne*float64(t.family)
	}
	return besideName
}

// gives holds for a verb behind which a thing stands as well as a person: gave rose
// rice.
func gives(rd *reading, j int) bool {
	if j < 0 {
		return false
	}
	switch rd.tokens[j].low {
	case "give", "gave", "gives", "giving", "given", "offered", "brought", "made", "fed", "bought", "got", "showed", "sent", "handed", "took", "asked", "let", "saw", "helped":
		return true
	}
	return false
}

// ownedWithoutMark holds for a family name with an s that has lost its apostrophe:
// karen doyles notes.
func (rd *reading) ownedWithoutMark(i int) bool {
	t := &rd.tokens[i]
	one, ok := strings.CutSuffix(t.low, "s")
	if !ok || t.listed() || t.marks.has(stop|medical|subject|act) || len(one) < 4 || t.cased && !t.capital && rd.tokens[i-1].capital {
		return false
	}
	before := &rd.tokens[i-1]
	return before.given > 1 && before.english == 0 && (rd.lex.words.get(one).family > 1 || t.entry == (entry{}))
}

// preceding is what a name after says of a word: it may be the given name.
func (rd *reading) preceding(i int) float64 {
	t := &rd.tokens[i]
	switch {
	case t.marks.has(stop) && t.given > 1 && t.proper() && rd.tokens[i+1].proper() && rd.tokens[i+1].english == 0:
		return 4 * besideName // Will Lofthouse
	case t.cased && !t.capital, t.marks.has(stop | title):
		return 0
	case rd.opens(i) && t.proper() && t.english > 0 && t.given == 1 && t.marks&^(ordinary|family|given|proper) == 0 && rd.tokens[i+1].proper():
		return besideName // Windy Lofthouse
	case t.marks.has(role|kin) && (rd.opens(i) || !t.cased || t.given < 2 && t.family < 3), t.english > 0 && t.given < 2 && (rd.opens(i) || !t.cased):
		return 0
	case t.given > 0:
		return besideName
	case rd.opens(i), !t.cased:
		if t.marks&^proper != 0 && t.family == 0 {
			return 0
		}
		return besideName / 2
	}
	return besideName * 0.8
}
