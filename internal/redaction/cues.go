package redaction

import "strings"

// cuedNames takes names for what stands before them: a title, a role, a
// relation, a label, "by".
func (rec *record) cuedNames(rd *reading) {
	for i := range rd.tokens {
		if !rd.free(i) {
			continue
		}
		t := &rd.tokens[i]
		switch {
		case rd.isTitle(i):
			rd.afterTitles(i)
		case t.marks.has(role | kin):
			rec.afterRole(rd, i)
		}
		rd.afterLabel(i)
		rd.introduction(i)
		rec.afterBy(rd, i)
		rd.initials(i)
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
		return t.capital && !(t.caps && t.low == "ms" && !next.listed()) && next.capital && !next.barred()
	}
	return next.onlyName() || next.listed() && t.low != "lady" && t.low != "master" && !next.barred() || next.strange() && t.low != "fr"
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
	last := rd.fullName(j, true)
	if last < 0 {
		return
	}
	for last+2 < len(rd.tokens) && strings.HasSuffix(rd.tokens[i].low, "rs") && rd.tokens[i].low != "mrs" && joiner(&rd.tokens[last+1]) {
		next := rd.fullName(last+2, true)
		if next < 0 {
			return
		}
		last = next
	}
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
// included, and answers its last token, or -1 for none. titled means that a
// name is certain to follow.
func (rd *reading) fullName(i int, titled bool) int {
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
	if !rd.free(j) || !rd.namesAfterCue(j, titled) {
		return -1
	}
	for k := i; k < j; k++ {
		rd.name(k, 0.9)
	}
	rd.name(j, 0.95)
	return rd.surname(j)
}

// initial is a single letter standing for a name.
func (rd *reading) initial(i int) bool {
	if !rd.free(i) || i > 0 && rd.tokens[i-1].low == "/" && !rd.tokens[i].spaced {
		return false
	}
	t := &rd.tokens[i]
	return len(t.low) == 1 && (t.capital || !t.cased) && t.low != "i" && (t.low != "a" || t.capital)
}

// namesAfterCue says that a word after a cue is a name.
func (rd *reading) namesAfterCue(i int, titled bool) bool {
	t := &rd.tokens[i]
	if t.barred() || len(t.low) < 2 {
		return false
	}
	if t.cased && t.capital {
		if titled {
			return !t.caps || t.listed() || t.marks == 0 || len(t.low) > 4
		}
		return (!t.caps || len(t.low) > 3) && (t.listed() || t.strange() && !rd.drug(i)) && !rd.eponymPhrase(i)
	}
	if titled {
		return t.listed() || t.marks == 0 || t.marks.has(ordinary) && !t.marks.has(role|kin|place) && !verbLike(t.low) && !t.cased
	}
	return t.onlyName() || t.strange() && len(t.low) > 3
}

// verbLike keeps "dr arrived" and "nurse checking" from being names.
func verbLike(low string) bool {
	return strings.HasSuffix(low, "ed") || strings.HasSuffix(low, "ing") || strings.HasSuffix(low, "ly")
}

// surname goes on from a name at token i over the words that belong to it and
// answers the last.
func (rd *reading) surname(i int) int {
	for n := 0; n < 3; n++ {
		j := i + 1
		for rd.free(j) && rd.beside(j) && particle(rd.tokens[j].low) && rd.free(j+1) && rd.goesOn(j+1) {
			rd.name(j, 0.8)
			j++
		}
		if j == i+1 && !rd.goesOn(j) {
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
	if t.barred() || len(t.low) < 2 {
		return false
	}
	if t.cased {
		if !t.capital || t.marks.has(role|place) && !t.listed() {
			return false
		}
		return (!t.caps || t.listed() && len(t.low) > 3) && !rd.eponymPhrase(i)
	}
	if t.onlyName() || t.marks.has(family) && !t.marks.has(stop|medical) && rd.tokens[i-1].marks.has(given) && !t.marks.has(role|place) {
		return true
	}
	return t.strange() && len(t.low) > 3 && !(rd.tokens[i-1].newline && t.newline)
}

// particle is a small word inside a family name.
func particle(low string) bool {
	switch low {
	case "de", "da", "di", "du", "del", "della", "dos", "das", "la", "le", "van", "von", "der", "den", "ter", "bin", "ibn", "bint", "al", "el", "ap", "ab", "st", "mac", "ben", "abu", "ul", "ur":
		return true
	}
	return false
}

// afterRole takes "Nurse Adeyemi", "her daughter, Aisling", "Manager: Joan",
// and two people joined: "staff segun + rekha".
func (rec *record) afterRole(rd *reading, i int) {
	j := i + 1
	if j < len(rd.tokens) && rd.tokens[j].low == "/" {
		return
	}
	if j < len(rd.tokens) && rd.tokens[j].kind == punct && strings.Contains(",:-(\"'", rd.tokens[j].low) {
		j++
	}
	if rd.free(j) && rd.tokens[i].marks.has(kin|role) && (rd.tokens[j].low == "called" || rd.tokens[j].low == "named" || rd.tokens[j].low == "is") && rd.free(j+1) && !rd.tokens[j+1].strange() {
		j++
	}
	if !rd.free(j) || rd.tokens[j].first && j > i+1 {
		return
	}
	if t := &rd.tokens[j]; t.strange() && (!t.proper() || t.first) && rec.lex.slipOf(t.low) {
		return
	}
	if j > i+1 && rd.tokens[j].strange() && !rd.tokens[j].proper() {
		return
	}
	if rd.tokens[j].marks.has(role|kin) && !rd.tokens[j].listed() {
		return
	}
	last := rd.fullName(j, false)
	for last >= 0 && last+2 < len(rd.tokens) && joiner(&rd.tokens[last+1]) && rd.tokens[last+1].low != "," {
		last = rd.fullName(last+2, false)
	}
}

// afterLabel takes what stands after "Name:", "my name is", "signed",
// "completed by": up to three words, the family name first or last.
func (rd *reading) afterLabel(i int) {
	j := i + 1
	switch rd.tokens[i].low {
	case "name", "names", "surname", "forename", "named", "signed", "signature", "regards", "sincerely", "nok", "attn":
	default:
		return
	}
	for j < len(rd.tokens) && j < i+4 {
		switch rd.tokens[j].low {
		case ":", "is", "was", "-", ",", "by", ";", "as":
			j++
			continue
		}
		break
	}
	last := rd.fullName(j, false)
	if last < 0 && rd.free(j) && rd.tokens[j].cased && rd.tokens[j].capital && !rd.tokens[j].barred() && rd.free(j+1) && rd.tokens[j+1].capital && rd.beside(j+1) {
		rd.name(j, 0.7)
		last = rd.surname(j)
	}
	if last > 0 && last+2 < len(rd.tokens) && rd.tokens[last+1].low == "," {
		rd.fullName(last+2, false)
	}
}

// introduction takes "I, John Smith," and "me, Prudence Holdsworth,".
func (rd *reading) introduction(i int) {
	if low := rd.tokens[i].low; low != "i" && low != "me" && low != "myself" {
		return
	}
	if i+2 < len(rd.tokens) && rd.tokens[i+1].low == "," && rd.free(i+2) && (rd.tokens[i+2].proper() || !rd.tokens[i+2].cased) {
		rd.fullName(i+2, false)
	}
}

// afterBy takes an unknown word after "by" where capitals tell nothing, unless
// it is an ordinary word mistyped.
func (rec *record) afterBy(rd *reading, i int) {
	if rd.tokens[i].low != "by" || !rd.free(i+1) {
		return
	}
	t := &rd.tokens[i+1]
	if t.cased && !t.capital && !t.onlyName() {
		return
	}
	if t.strange() && rec.lex.slipOf(t.low) {
		return
	}
	last := rd.fullName(i+1, false)
	for last >= 0 && last+2 < len(rd.tokens) && joiner(&rd.tokens[last+1]) && rd.tokens[last+1].low != "," {
		last = rd.fullName(last+2, false)
	}
}

// initials takes two or three capitals after the words that people sign with.
func (rd *reading) initials(i int) {
	switch rd.tokens[i].low {
	case "by", "signed", "initials", "initialled", "checked", "labelled", "dispensed", "r/v", "witnessed", "countersigned":
	default:
		return
	}
	j := i + 1
	if j < len(rd.tokens) && rd.tokens[j].low == ":" {
		j++
	}
	if !rd.free(j) {
		return
	}
	t := &rd.tokens[j]
	if t.caps && len(t.low) <= 3 && len(t.low) >= 2 && !t.marks.has(medical|stop|role|title) && (!t.marks.has(ordinary) || t.cased) {
		rd.name(j, 0.6)
		return
	}
	rd.dottedInitials(j)
}

// dottedInitials takes J.S. and J. S.
func (rd *reading) dottedInitials(j int) {
	if j+3 < len(rd.tokens) && rd.initial(j) && rd.tokens[j+1].low == "." && rd.initial(j+2) && rd.tokens[j].capital && rd.tokens[j+2].capital && rd.tokens[j+3].low == "." {
		rd.name(j, 0.6)
		rd.name(j+2, 0.6)
	}
}
