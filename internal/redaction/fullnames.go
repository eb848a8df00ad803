package redaction

import "strings"

// fullName is how sure it is that what stands beside half of a name is its other half.
const fullName = 0.6

// fullNames takes what stands beside half of somebody's name and must be the other half: a
// family name that is a word, a town's or a disease's too, and a given name that is a word
// or strange. It says whether it found any.
func (rec *record) fullNames() bool {
	found := false
	for _, rd := range rec.readings {
		for _, i := range rd.maybe {
			if !rd.isName(i) && (rec.owns(rd, i) || rd.ofBoth(i) || rd.ownsInCapitals(i)) {
				found = rd.name(i, fullName) || found
			}
		}
		for i := range rd.tokens {
			if rd.registered(i) || rd.numberedPerson(i) {
				found = rd.name(i, fullName) || found
			}
			if !rd.isName(i) {
				continue
			}
			if rec.familyBehind(rd, i) {
				found = rd.name(i+1, fullName) || found
			}
			if rec.givenInFront(rd, i) {
				found = rd.name(i-1, fullName) || found
			}
		}
	}
	if found {
		rec.accept()
	}
	return found
}

// familyBehind holds where the word behind a given name is a family name.
func (rec *record) familyBehind(rd *reading, i int) bool {
	g, j := &rd.tokens[i], i+1
	if g.given < 2 || len(g.low) < 3 || !rd.free(j) || rd.isName(j) || !rd.beside(j) || rd.inFullName(i) {
		return false
	}
	f := &rd.tokens[j]
	if g.english > 0 && g.family > 2 && !(f.english == 0 && f.proper()) {
		return false
	}
	if f.proper() && g.proper() && rd.afterTitle(i) {
		return true // Dr Cyrus Engineer
	}
	if !f.cased && f.english > 0 && f.family > 1 && rd.afterTitle(i) && !f.marks.has(stop|act|speaker|subject|link|place|role|kin|medical) {
		return true // dr max power
	}
	if len(f.low) < 3 || f.cased && !f.capital || f.marks.has(title|role|kin|determiner|link|month|eponymHead) || rd.drug(j) || rd.headFollows(j) {
		return false
	}
	switch {
	case f.english > 0:
		return f.marks.has(family) && !f.marks.has(stop|act|speaker|subject|possession|medical|short|shorthand|place) && rd.whoseFollows(j)
	case f.marks.has(short | shorthand | medical):
		return f.family > 1 && rd.whoseFollows(j)
	case f.entry == (entry{}):
		return rec.unlikeWords(f) && (len(f.low) > 3 && (f.proper() || g.english == 0 && g.family < 3) || rd.whoseFollows(j))
	}
	return f.marks.has(family|town) || f.marks.has(eponym) && !rd.numberFollows(j)
}

// inFullName holds for a name that another stands before already.
func (rd *reading) inFullName(i int) bool {
	return i > 0 && rd.isName(i-1) && rd.beside(i) && len(rd.tokens[i-1].low) > 1 && !rd.tokens[i-1].marks.has(title)
}

// unlikeWords holds for a word in no list that is neither mistyped nor made of others.
func (rec *record) unlikeWords(t *token) bool {
	if t.build == unlooked {
		t.build = rec.lex.buildOf(t.low)
	}
	return t.build == unlikeAny
}

// headFollows holds before what makes an eponym of a name: Kerr incision.
func (rd *reading) headFollows(j int) bool {
	if j+1 < len(rd.tokens) && rd.tokens[j+1].low == "'s" {
		j++
	}
	return rd.free(j+1) && rd.tokens[j+1].marks.has(eponymHead)
}

// whoseFollows holds where what stands behind token j says that somebody is spoken of.
func (rd *reading) whoseFollows(j int) bool {
	if j++; j >= len(rd.tokens) || rd.tokens[j].first {
		return true
	}
	n := &rd.tokens[j]
	return n.kind == punct && n.low != "-" && n.low != "/" && n.low != "+" || n.marks.has(speaker|act) || n.marks.has(subject) && n.english > 0 || past(n) || n.low == "who" || n.low == "'s"
}

// givenInFront holds where the word before a family name is a given name.
func (rec *record) givenInFront(rd *reading, i int) bool {
	f, j := &rd.tokens[i], i-1
	if !rd.free(j) || rd.isName(j) || !rd.beside(i) || f.given > 1 && f.given > f.family || rd.inFullName(i) || f.cased && !f.capital {
		return false
	}
	g := &rd.tokens[j]
	switch {
	case g.cased && !g.capital || g.marks.has(title|kin|determiner|medical|place):
		return false
	case g.english+g.given+g.family == 0 && g.marks&^proper == 0:
		return len(g.low) > 3 && rd.opensClause(j) && rec.unlikeWords(g) && rd.whoseFollows(i) // Jocasta Prynne bit
	case g.given < 2 || len(g.low) < 3 || g.marks.has(role):
		return false
	case modalName(g.low):
		return rd.opensClause(j) && rd.deedFollows(i) || j > 0 && rd.beside(j) && rd.tokens[j-1].marks.has(object|link)
	}
	return !g.marks.has(stop|speaker|act|subject|object|link) && (!g.marks.has(month) || rd.opensClause(j))
}

// deedFollows holds before what somebody did or shall do, of which no modal verb is a part,
// and before a comma, which parts no modal verb from what it is of.
func (rd *reading) deedFollows(i int) bool {
	if i+1 < len(rd.tokens) && rd.tokens[i+1].low == "," {
		return true
	}
	if !rd.free(i+1) || !rd.beside(i+1) {
		return false
	}
	n := &rd.tokens[i+1]
	return past(n) || n.marks.has(speaker) || n.low == "to"
}

// owns holds for a name with an s behind it that should have an apostrophe: folarins
// bottle, the pococks.
func (rec *record) owns(rd *reading, i int) bool {
	t := &rd.tokens[i]
	name, ok := strings.CutSuffix(t.low, "s")
	if !ok || len(name) < 4 || t.listed() || t.marks&^ordinary != 0 || t.english > 0 && t.english < 3 || t.cased && t.capital && !rd.opens(i) || !rd.free(i) {
		return false
	}
	e := rec.lex.look(name)
	if e.english > 0 || e.marks.has(medical|eponym|title|short|shorthand) {
		return false
	}
	if i > 0 && rd.beside(i) && rd.tokens[i-1].low == "the" {
		return e.family > 1 && e.given < 2
	}
	return e.given > 1 && rd.nounFollows(i+1)
}

// ofBoth holds for the family name that two share: both Traoré.
func (rd *reading) ofBoth(i int) bool {
	t := &rd.tokens[i]
	return rd.beside(i) && rd.tokens[i-1].low == "both" && t.english == 0 && t.family > 1 && !t.marks.has(^(given | family | proper)) && rd.whoseFollows(i)
}

// ownsInCapitals holds for a given name that something is of, where capitals tell nothing:
// IVY'S SHEET.
func (rd *reading) ownsInCapitals(i int) bool {
	t := &rd.tokens[i]
	return !t.cased && t.given > 1 && !t.marks.has(eponym|month|stop) && (i == 0 || rd.tokens[i-1].low != "st") && i+2 < len(rd.tokens) && rd.tokens[i+1].low == "'s" && rd.nounFollows(i+2)
}

// registered holds for a word that a number of a register follows in brackets: Day (GPhC.
func (rd *reading) registered(i int) bool {
	if i+3 >= len(rd.tokens) || !rd.hidden[i+3] || rd.tokens[i+1].low != "(" || !rd.free(i) || rd.isName(i) {
		return false
	}
	t := &rd.tokens[i]
	c, ok := numberCue(rd.tokens[i+2].low)
	return ok && c.class == Registration && (t.given > 1 || t.family > 1) && !t.marks.has(role|title)
}

// numberedPerson holds for a family name that is a word too, where a number of a patient
// stands right behind it at the head of a clause, and for one between the next of kin and a
// telephone: KNIGHT 6713355 TO HDU, NOK DAY 07700 900400.
func (rd *reading) numberedPerson(i int) bool {
	if i+1 >= len(rd.tokens) || !rd.hidden[i+1] || !rd.free(i) || rd.isName(i) || rd.tokens[i+1].first {
		return false
	}
	t := &rd.tokens[i]
	if t.kind != word || t.family < 2 && t.given < 2 || t.marks.has(role|kin|title|determiner|subject|object) || t.hints.has(cueHint) || t.cased && !t.capital {
		return false
	}
	switch rd.classAt(i + 1) {
	case HospitalNumber, NHSNumber:
		other := t.marks.has(medical|short|shorthand|month|stop|act|speaker|link|thing|place) || keptOfPatient(t.low) || saysWho(t.low) || numberedThing(t.low)
		return !other && (rd.opensClause(i) || rd.behindStop(i))
	case Phone:
		return i > 0 && rd.tokens[i-1].low == "nok"
	}
	return false
}

// classAt is what has been found where token i begins.
func (rd *reading) classAt(i int) Class {
	for n := range rd.spans {
		if s := &rd.spans[n]; s.Start == rd.tokens[i].start {
			return s.Class
		}
	}
	return ""
}
