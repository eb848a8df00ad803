package redaction

import "strings"

// What speaks for two letters' standing for a person in a text whose capitals say
// nothing is where they stand.

// sayable holds for letters that could be a word.
func sayable(low string) bool { return strings.ContainsAny(low, "aeiou") }

// even holds for letters that no capitals tell from the words around them.
func (rd *reading) even(i int) bool {
	t := &rd.tokens[i]
	return t.kind == word && !rd.standsOut(i) && (!t.cased || !t.capital)
}

// standsForNothing holds for two letters that abbreviate nothing and are no word.
func (rd *reading) standsForNothing(i int) bool {
	t := &rd.tokens[i]
	if i+1 < len(rd.tokens) && rd.tokens[i+1].low == ":" && signedAs(t.low) {
		return false
	}
	return t.kind == word && len(t.low) == 2 && !t.marks.has(short|shorthand|medical|stop|role|title|place|thing|object) && (t.english == 0 || t.english > 3 && !sayable(t.low))
}

// nothingElseMeant is what that says in capitals that stand out, in those that do not,
// and in small letters.
func (rd *reading) nothingElseMeant(i int) float64 {
	switch t := &rd.tokens[i]; {
	case rd.standsOut(i):
		return noAbbreviation
	case t.caps:
		return noAbbreviation / 2
	case !sayable(t.low):
		return noAbbreviation
	}
	return 0
}

// smallWord holds for one of the commonest words in a text without capitals, unless the
// phrase ends with it where somebody is named: reported by SO.
func (rd *reading) smallWord(i int) bool {
	if t := &rd.tokens[i]; t.english != 1 || rd.standsOut(i) || len(t.low) == 2 && !strings.ContainsAny(t.low, "aeiouy") {
		return false
	}
	named := rd.agent(i) || i > 0 && rd.shortWith(i-1) || rd.inRow(i, i)
	return !named || !rd.ends(i+1)
}

// maySay holds for letters that nobody but a person can mean who says or takes something.
func (rd *reading) maySay(i int) bool {
	t := &rd.tokens[i]
	return t.kind == word && len(t.low) == 2 && !(t.english > 0 && t.english < 4) && !t.marks.has(role|title|place) && !neverInitials(t.low, false) && !workplace(t.low)
}

// rarely is what two letters gain that few abbreviate anything to.
func (rd *reading) rarely(i int) float64 {
	s := rareSmall
	if rd.standsOut(i) {
		s = rareShort
	}
	if nowAndThen(rd.tokens[i].low) {
		s += lessRare
	}
	return s
}

// nowAndThen holds for abbreviations of what is found in patients and done with them.
func nowAndThen(low string) bool {
	switch low {
	case "ax", "bb", "bc", "bf", "bg", "bx", "em", "fm", "ft", "ha", "hs", "ic", "lc", "le", "ll", "nh", "nt", "oa", "ob", "om", "pf", "pg", "pu", "rc", "rl", "rm", "rs", "rt", "sb", "se", "sh", "sw", "tc", "tr", "uc", "ul", "ve", "vp", "wb", "wo", "wr":
		return true
	}
	return false
}

// person holds for letters that may stand for a person where the text has no capitals
// to tell: neither a word nor what everybody is called by for their work, nor what is
// measured, given or done.
func (rd *reading) person(i int) bool {
	return rd.maySay(i) && !rd.tokens[i].marks.has(medical) && !noted(rd.tokens[i].low)
}

// initialsAgain is what letters gain that were taken for a person elsewhere. What is
// measured or never somebody must stand where people do.
func (rd *reading) initialsAgain(i, last int) float64 {
	t := &rd.tokens[i]
	if last == i && !t.caps && !(rd.bare(i) && (t.english == 0 || t.english > 3 && !sayable(t.low))) {
		return 0
	}
	if last == i && neverInitials(t.low, false) && rd.standsOut(i) && rd.opensPart(i) && rd.tokens[max(0, i-1)].kind != number && rd.initialsRight(i, last) > 1 {
		return saidBefore - 3*abbreviation
	}
	return saidBefore
}

// noted holds for what is done with patients and stands behind whoever does it: reg rv.
func noted(low string) bool {
	switch low {
	case "rv", "rx", "tx", "dx", "hx", "sx", "ix", "mx", "fx", "cx", "bx", "px", "fu", "op", "dc", "tc", "vc", "vv", "ve", "up", "or", "ga", "la", "xr", "bg", "ex", "gu", "gi":
		return true
	}
	return false
}

// inRowOfRoles holds behind the part of a colleague beside another such pair whose
// letters were taken: anaes CT; ODP LR.
func (rd *reading) inRowOfRoles(i, last int) bool {
	if last > i || i == 0 || len(rd.tokens[i].low) != 2 || !rd.calledBefore(i-1) || !rd.beside(i) {
		return false
	}
	if i+3 < len(rd.tokens) && stepsApart(&rd.tokens[i+1]) && rd.calledBefore(i+2) && rd.lettersAfter(i+3) {
		return true
	}
	return i > 3 && stepsApart(&rd.tokens[i-2]) && rd.calledBefore(i-4) && rd.lettersBefore(i-2)
}

// calledBefore holds for the part of a colleague before the name, in short too.
func (rd *reading) calledBefore(i int) bool {
	return rd.staffRole(i) || rd.tokens[i].low == "anaes" || rd.tokens[i].low == "cons"
}

// working holds before "on shift" and "at break".
func (rd *reading) working(j int) bool {
	return j+1 < len(rd.tokens) && (rd.tokens[j].low == "on" || rd.tokens[j].low == "at") && (atWork(rd.tokens[j+1].low) || rd.tokens[j+1].low == "break" || rd.tokens[j+1].low == "lunch")
}

// saysOrTakes holds for a verb of people alone, or one of people that has something
// done to: denies, took the bloods.
func (rd *reading) saysOrTakes(j int) bool {
	if j < len(rd.tokens) && adverb(&rd.tokens[j]) {
		j++
	}
	if j >= len(rd.tokens) || rd.tokens[j].first {
		return false
	}
	t := &rd.tokens[j]
	if t.marks.has(speaker) {
		return rd.deed(j) || onlyPeople(t.low)
	}
	return t.marks.has(act) && rd.deed(j) && j+1 < len(rd.tokens) && !rd.tokens[j+1].first && (rd.tokens[j+1].marks.has(determiner|possession) || owner(rd.tokens[j+1].low) || rd.tokens[j+1].kind == number || rd.tokens[j+1].low == "it" || rd.tokens[j+1].low == "him" || rd.tokens[j+1].low == "them" || rd.tokens[j+1].low == "out")
}

// lettersInBrackets holds for letters alone in brackets behind a colleague, a patient
// or a relative: neighbour (mt).
func (rd *reading) lettersInBrackets(i int) bool {
	return rd.even(i) && rd.person(i) && rd.inBrackets(i) && (!rd.tokens[i].marks.has(shorthand) || i > 1 && rd.staffRole(i-2)) && !rd.abbreviates(i)
}

// inked holds before what people write their initials on, and for their being written:
// NN on label, YK written on the tube.
func (rd *reading) inked(j int) bool {
	if j < len(rd.tokens) && (rd.tokens[j].low == "written" || rd.tokens[j].low == "initialled" || rd.tokens[j].low == "scribbled") {
		j++
	}
	if j+1 >= len(rd.tokens) || rd.tokens[j].low != "on" || rd.tokens[j].first {
		return false
	}
	j++
	if (rd.tokens[j].marks.has(determiner) || owner(rd.tokens[j].low)) && j+1 < len(rd.tokens) {
		j++
	}
	switch rd.tokens[j].low {
	case "label", "labels", "log", "tube", "tubes", "form", "sheet", "bag", "bags", "bottle", "box", "register", "sticker", "wristband", "rota", "request", "receipt", "docket", "whiteboard":
		return true
	}
	return false
}

// ofName holds for letters in brackets behind the name that they begin: Rosalind
// Ackerley (RA).
func (rd *reading) ofName(i int) bool {
	low := rd.tokens[i].low
	if i < 3 || rd.tokens[i-1].low != "(" || !rd.inBrackets(i) || len(low) < 2 || !rd.partOfName(i-2) {
		return false
	}
	first := i - 2
	for rd.partOfName(first-1) && rd.beside(first) {
		first--
	}
	return first < i-2 && rd.tokens[first].low[0] == low[0] && rd.tokens[i-2].low[0] == low[len(low)-1]
}

// initialsRead holds where the sentence has said that initials follow: initials on the
// label: AT.
func (rd *reading) initialsRead(i int) bool {
	switch rd.tokens[i-1].low {
	case ":", "read", "reads", "are", "were", "like", "say", "saying", "be", "as":
	default:
		return false
	}
	for j := i - 2; j >= 0 && j > i-8 && !rd.tokens[j+1].first; j-- {
		switch rd.tokens[j].low {
		case "initials", "signature", "signatures":
			return true
		}
	}
	return false
}

// signedWithLetter takes the letter on a line of its own that somebody signs with, below
// a message and above what the program puts there.
func (rd *reading) signedWithLetter(i int) {
	if i == 0 || !rd.free(i) || !strings.Contains(strings.ReplaceAll(rd.fold[rd.tokens[i-1].end:rd.tokens[i].start], " ", ""), "\n\n") {
		return
	}
	if i+1 == len(rd.tokens) || rd.tokens[i+1].newline && (rd.tokens[i+1].low == "-" || rd.tokens[i+1].low == ">" || rd.tokens[i+1].low == "_") {
		rd.name(i, 0.7)
	}
}
