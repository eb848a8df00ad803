package redaction

import "strings"

// cuedNames takes what a title stands before.
func (rec *record) cuedNames(rd *reading) {
	for _, i := range rd.marked {
		if rd.tokens[i].marks.has(title) && rd.free(i) && rd.isTitle(i) {
			rd.afterTitles(i)
		}
	}
}

// isTitle holds for titles, and for those that are words too only where a
// capitalised name follows.
func (rd *reading) isTitle(i int) bool {
	t := &rd.tokens[i]
	if !t.marks.has(title) {
		return false
	}
	switch t.low {
	case "mr", "mrs", "dr", "drs", "prof", "professor", "doctor", "messrs", "mx", "revd", "reverend":
		return true
	}
	if !rd.free(i+1) || !rd.tokens[i+1].spaced {
		return false
	}
	next := &rd.tokens[i+1]
	if t.cased {
		return t.capital && !(t.caps && t.low == "ms" && !next.listed()) && next.capital && (!next.marks.has(stop|month|medical|title) || (t.low == "miss" || t.low == "ms") && next.family > 1 && !next.caps)
	}
	if next.marks.has(stop | month | medical | title) {
		return false
	}
	return next.listed() && (next.english == 0 || t.low != "lady" && t.low != "master") || next.strange() && t.low != "fr"
}

// afterTitles takes "Dr Patel", "Mr J. Smith", "Professor Sir John Smith",
// "Mrs de la Cruz", "Drs Rees and Adamczyk".
func (rd *reading) afterTitles(i int) {
	j := i + 1
	for ; j < len(rd.tokens) && j < i+4; j++ {
		t := &rd.tokens[j]
		if t.low == "." && !t.spaced || t.kind == word && t.marks.has(title) || t.low == "s" && rd.tokens[j-1].low == "(" {
			continue
		}
		break
	}
	last := rd.fullName(j)
	if last < 0 && j > i+1 && (j == len(rd.tokens) || rd.tokens[j].kind != opaque) && titleOrName(rd.tokens[j-1].low) && rd.tokens[j-1].capital { // Mr Lord
		rd.name(j-1, 0.9)
		return
	}
	if last < 0 {
		return
	}
	for last+2 < len(rd.tokens) && strings.HasSuffix(rd.tokens[i].low, "rs") && rd.tokens[i].low != "mrs" && joiner(&rd.tokens[last+1]) {
		next := rd.fullName(last + 2)
		if next < 0 {
			return
		}
		last = next
	}
}

// titleOrName holds for titles that people are called by, too.
func titleOrName(low string) bool {
	switch low {
	case "lord", "lady", "master", "canon", "dame", "sir", "rabbi", "imam":
		return true
	}
	return false
}

// joiner stands between two people.
func joiner(t *token) bool {
	switch t.low {
	case "and", "&", "+", "/", ",":
		return true
	}
	return false
}

// fullName takes the name that begins at token i, initials and particles
// included, and answers its last token, or -1 for none.
func (rd *reading) fullName(i int) int {
	j := i
	for j < len(rd.tokens) && rd.initial(j) {
		j++
		if j < len(rd.tokens) && rd.tokens[j].low == "." && !rd.tokens[j].spaced {
			j++
		}
	}
	for rd.free(j) && particle(rd.tokens[j].low) && rd.free(j+1) {
		j++
	}
	if !rd.free(j) || !rd.titled(j) {
		return rd.lettersAlone(i, j)
	}
	for k := i; k < j; k++ {
		rd.name(k, 0.9)
	}
	rd.name(j, 0.95)
	return rd.surname(j)
}

// lettersAlone takes the letters from token i to j that a title stands before
// and no name follows: Mrs B fell, Dr S.
func (rd *reading) lettersAlone(i, j int) int {
	if j == i || j < len(rd.tokens) && rd.tokens[j].low == "/" || !rd.tokens[i].capital && !rd.personFollows(i+1) {
		return -1
	}
	for k := i; k < j; k++ {
		rd.name(k, 0.85)
	}
	return j - 1
}

// initial is a single letter standing for a name.
func (rd *reading) initial(i int) bool {
	if !rd.free(i) || i > 0 && rd.tokens[i-1].low == "/" && !rd.tokens[i].spaced {
		return false
	}
	t := &rd.tokens[i]
	return len(t.low) == 1 && (t.capital || !t.cased) && t.low != "i" && (t.low != "a" || t.capital)
}

// titled says that a word after a title is a name.
func (rd *reading) titled(i int) bool {
	t := &rd.tokens[i]
	if len(t.low) < 2 || t.marks.has(role|kin) && t.low != "reg" && t.family < 3 && !(t.proper() && t.family > 0 && rd.misterBefore(i)) {
		return false
	}
	function := t.marks.has(link | object | determiner)
	if len(t.low) == 2 && rd.standsOut(i) && !neverInitials(t.low, true) {
		return true // Mr SM
	}
	if t.cased && t.capital {
		return !function && (!t.caps || t.listed() || t.strange() || len(t.low) > 4)
	}
	if t.marks.has(stop|month|medical) && t.family < 3 {
		return false
	}
	if t.cased {
		return t.listed() && t.english == 0 || t.strange()
	}
	if t.listed() || t.strange() || t.marks == proper || t.marks&^proper == eponym || len(t.low) == 2 && t.entry == (entry{}) {
		return true
	}
	return !function && !t.marks.has(stop|subject|place|medical|short) && !derivedWord(t.low) && rd.personFollows(i+1)
}

// misterBefore holds behind the titles after which nothing but a name stands.
func (rd *reading) misterBefore(i int) bool {
	if i > 1 && rd.tokens[i-1].low == "." {
		i--
	}
	if i == 0 {
		return false
	}
	low := rd.tokens[i-1].low
	return low == "mr" || low == "mrs" || low == "miss" || low == "ms" || low == "dr" && rd.tokens[i].family > 1
}

// personFollows holds where what follows is what stands after a person.
func (rd *reading) personFollows(i int) bool {
	if i >= len(rd.tokens) {
		return true
	}
	t := &rd.tokens[i]
	return t.kind == punct && t.low != "/" || t.first || t.marks.has(subject|speaker|act) || t.low == "and"
}

// surname goes on from a name at token i over the words that belong to it and
// answers the last.
func (rd *reading) surname(i int) int {
	for range 3 {
		j := i + 1
		for rd.free(j) && rd.beside(j) && particle(rd.tokens[j].low) && rd.free(j+1) && rd.goesOn(j+1) {
			rd.name(j, 0.8)
			j++
		}
		if !rd.goesOn(j) {
			return i
		}
		rd.name(j, 0.85)
		i = j
	}
	return i
}

// goesOn says that token i carries on the name before it.
func (rd *reading) goesOn(i int) bool {
	if !rd.free(i) || !rd.beside(i) {
		return false
	}
	t := &rd.tokens[i]
	if len(t.low) < 2 || t.marks.has(stop|month|medical|title|place|subject) {
		return false
	}
	if t.cased {
		return t.capital && (!t.caps || t.listed() && len(t.low) > 3) && (t.listed() || t.strange()) && !rd.eponymPhrase(i)
	}
	return t.listed() && (t.english == 0 || t.family > 2 && (t.english > 1 && rd.tokens[i-1].given > 1 || rd.ends(i+1)))
}

// particle is a small word inside a family name.
func particle(low string) bool {
	switch low {
	case "de", "da", "di", "du", "del", "della", "dos", "das", "la", "le", "van", "von", "der", "den", "ter", "bin", "ibn", "bint", "al", "el", "ap", "ab", "st", "mac", "ben", "abu", "ul", "ur":
		return true
	}
	return false
}
