package redaction

import "strings"

// knownAs tells a word of a name that the record knows from an ordinary word
// with the same letters, for which the record does not speak: one in small
// letters.
func (rec *record) knownAs(rd *reading, i int) bool {
	t := &rd.tokens[i]
	if len(rec.known.words) == 0 || t.marks.has(ordinary|stop|medical|month) && (!t.capital || rd.monthItself(i) || rd.opens(i) && (rd.goesOnAsNoun(i+1) || rd.nounFollows(i+1))) {
		return false
	}
	return rec.known.words[t.low]
}

// knownNames takes every word of the names that the record holds.
func (rec *record) knownNames(rd *reading) {
	if len(rec.known.words)+len(rec.known.joined) == 0 {
		return
	}
	for i := range rd.tokens {
		if !rd.free(i) {
			rec.knownCode(rd, i)
			continue
		}
		t := &rd.tokens[i]
		switch {
		case rec.known.joined[t.low]:
			rd.name(i, 1)
		case rec.known.words[t.low] || rec.knownPart(t.low):
			if rec.meansName(rd, i) {
				rd.name(i, 1)
			}
		case t.english == 0 && !t.marks.has(stop|medical|month|title|role|kin|bareEponym) && rec.known.near.match(t.low):
			rd.name(i, 0.9)
		}
	}
}

// knownCode takes log-in names with digits, such as jsmith2.
func (rec *record) knownCode(rd *reading, i int) {
	t := &rd.tokens[i]
	if t.kind != code || rd.hidden[i] {
		return
	}
	end := len(t.low)
	for end > 0 && isDigit(rune(t.low[end-1])) {
		end--
	}
	if rec.known.joined[t.low] || end > 3 && rec.known.joined[t.low[:end]] {
		rd.span(t.start, t.end, Online, 0.9, "log-in of a known person")
	}
}

// knownPart holds for a hyphenated word with a known part.
func (rec *record) knownPart(low string) bool {
	if !strings.Contains(low, "-") {
		return false
	}
	for part := range strings.SplitSeq(low, "-") {
		if len(part) > 2 && rec.known.words[part] && !rec.lex.marks(part).has(ordinary|stop) {
			return true
		}
	}
	return false
}

// meansName tells a name that the record knows from the same letters used as a
// word or an eponym.
func (rec *record) meansName(rd *reading, i int) bool {
	t := &rd.tokens[i]
	if rec.knownInFull(rd, i) {
		return true
	}
	if rd.eponymPhrase(i) && !rd.afterTitle(i) || rd.monthItself(i) {
		return false
	}
	if !t.marks.has(ordinary | stop | medical | month) {
		return len(t.low) > 2 || t.capital || !t.marks.has(given|family)
	}
	if rd.afterTitle(i) || rd.afterPerson(i) {
		return true
	}
	if t.cased && t.capital && !t.first && !rd.beforePlace(i) {
		return true
	}
	if rec.known.words[t.low] && t.proper() && rd.free(i+1) && rd.beside(i+1) && rd.tokens[i+1].marks.has(speaker|act) {
		return true // Fell wrote
	}
	return rec.knownBeside(rd, i)
}

// knownInFull holds for the second of two known words that stand as a name does, whatever
// follows: Bronagh Crohn catheter.
func (rec *record) knownInFull(rd *reading, i int) bool {
	return rd.isName(i-1) && rd.beside(i) && rec.known.words[rd.tokens[i-1].low] && rec.known.words[rd.tokens[i].low] && rd.tokens[i-1].low != rd.tokens[i].low && rd.tokens[i].capital
}

// knownBeside holds where another known word stands beside the token.
func (rec *record) knownBeside(rd *reading, i int) bool {
	before := rd.free(i-1) && rd.beside(i) && (rec.known.words[rd.tokens[i-1].low] || rd.isName(i-1))
	after := rd.free(i+1) && rd.beside(i+1) && rec.known.words[rd.tokens[i+1].low]
	return before || after
}
