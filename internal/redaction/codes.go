package redaction

import "strings"

// longestLetters is how many letters without a digit begin an identifier that has
// a shape.
const longestLetters = 3

// scanCodes finds identifiers that have a shape of their own.
func (rd *reading) scanCodes() {
	for _, i := range rd.numeric {
		t := &rd.tokens[i]
		if t.kind != code && t.kind != number {
			continue
		}
		if before := rd.lettersOfCode(i); before >= 0 {
			rd.shaped(before)
		}
		if t.kind == code {
			rd.shaped(i)
		} else if len(t.low) == 2 && rd.pinInParts(i) {
			rd.span(t.start, rd.tokens[i+3].end, Registration, 0.85, "nurse's number in parts")
		}
	}
	rd.ages()
}

// lettersOfCode answers the few letters that stand before digits, perhaps with a
// hyphen between, or -1.
func (rd *reading) lettersOfCode(digits int) int {
	i := digits - 1
	for i >= 0 && rd.tokens[i].low == "-" {
		i--
	}
	if i >= 0 && rd.tokens[i].kind == word && (len(rd.tokens[i].low) <= longestLetters || i == digits-1 && len(rd.tokens[i].low) == 4 && inward(rd.tokens[digits].low)) {
		return i
	}
	return -1
}

func (rd *reading) shaped(i int) {
	switch {
	case rd.postcode(i):
	case rd.insurance(i):
	case rd.professional(i):
	case rd.vehicle(i):
	case rd.drivingLicence(i):
	}
}

// drivingLicence takes the number of one: five letters of the family, the day of birth,
// initials and a check.
func (rd *reading) drivingLicence(i int) bool {
	t := &rd.tokens[i]
	if len(t.low) != 16 || !lettersOnly(t.low[:5]) || leadingDigits(t.low[5:]) != 6 {
		return false
	}
	rd.span(t.start, t.end, Identifier, 0.85, "shape of a driving licence")
	return true
}

// longestParted is how many tokens what is glued together may be in: QQ-12-34-56-C.
const longestParted = 9

// compact glues up to n tokens together while nothing but single spaces or
// hyphens parts them, and answers the lower-case text and its last token.
func (rd *reading) compact(i, letters int) (string, int) {
	if len(rd.tokens[i].low) == letters {
		return rd.tokens[i].low, i
	}
	var buf [32]byte
	glued := buf[:0]
	for j := i; j < len(rd.tokens) && j < i+longestParted; j++ {
		t := &rd.tokens[j]
		if t.low == "-" {
			continue
		}
		if t.kind == punct || t.kind == opaque || j > i && t.newline {
			break
		}
		if len(glued)+len(t.low) > letters {
			break
		}
		if glued = append(glued, t.low...); len(glued) == letters {
			return string(glued), j
		}
	}
	return "", 0
}

// insurance takes national insurance numbers: two letters, six digits, a letter
// A to D.
func (rd *reading) insurance(i int) bool {
	if n := len(rd.tokens[i].low); n < 2 || rd.tokens[i].kind == word && (n != 2 || !rd.digitsNext(i)) {
		return false
	}
	s, last := rd.compact(i, 9)
	if !shape(s, "aa999999a") || s[8] > 'd' {
		return false
	}
	if (strings.ContainsRune("dfiquv", rune(s[0])) || strings.ContainsRune("dfioquv", rune(s[1]))) && !rd.insuranceBefore(i) {
		return false
	}
	rd.span(rd.tokens[i].start, rd.tokens[last].end, InsuranceNo, 0.95, "shape of a national insurance number")
	return true
}

// insuranceBefore holds where the words before say that a national insurance number
// follows.
func (rd *reading) insuranceBefore(i int) bool {
	for j := i - 1; j >= 0 && j > i-5; j-- {
		switch rd.tokens[j].low {
		case "nino", "ni", "insurance":
			return true
		}
	}
	return false
}

// digitsNext holds where something with digits follows a word, perhaps after a
// hyphen.
func (rd *reading) digitsNext(i int) bool {
	for i++; i < len(rd.tokens); i++ {
		if t := &rd.tokens[i]; t.low != "-" {
			return t.kind == number || t.kind == code
		}
	}
	return false
}

// professional takes NMC pins and HCPC numbers, whose shape nothing else has.
func (rd *reading) professional(i int) bool {
	t := &rd.tokens[i]
	if shape(t.low, "a9999aa") && (t.capital || !t.cased) && !rd.jobBefore(i) { // a prison's
		rd.span(t.start, t.end, HospitalNumber, 0.8, "shape of a prison number")
		return true
	}
	if i+2 < len(rd.tokens) && rd.tokens[i+1].kind == number && (t.capital && rd.tokens[i+2].caps || i > 0 && rd.tokens[i-1].low == "prisoner") {
		if s, last := rd.compact(i, 7); last == i+2 && shape(s, "a9999aa") {
			rd.span(t.start, rd.tokens[last].end, HospitalNumber, 0.7, "prison number in parts")
			return true
		}
	}
	if rd.bracketedRegister(i) {
		rd.span(t.start, rd.tokens[i+1].end, Registration, 0.7, "register's number in brackets")
		return true
	}
	if isDigit(rune(t.low[0])) {
		if s, last := rd.compact(i, 8); last > i && shape(s, "99a9999a") && rd.pinBefore(i) {
			rd.span(t.start, rd.tokens[last].end, Registration, 0.85, "nurse's number in parts")
			return true
		}
	}
	nmc := shape(t.low, "99a9999a") && t.low[2] <= 'l'
	hcpc := (shape(t.low, "aa99999") || shape(t.low, "aa999999")) && register(t.low[:2])
	letters := shape(t.low, "aaa99999") && (t.low[:3] == "odp" || t.low[:3] == "pyl")
	if !nmc && !hcpc && !letters {
		return false
	}
	rd.span(t.start, t.end, Registration, 0.9, "shape of a professional register's number")
	return true
}

// register holds for the letters that the numbers of the professions begin with.
func register(letters string) bool {
	return strings.Contains(" as bs ch cs dt ha hd od or ot pa ph ra sl sw ", " "+letters+" ")
}

// bracketedRegister holds for such letters and their digits apart from them, alone in
// brackets or behind the name of the register: (BS 71104).
func (rd *reading) bracketedRegister(i int) bool {
	if i == 0 || i+1 >= len(rd.tokens) || !rd.inRegister(i) {
		return false
	}
	if rd.registerNear(i) || rd.tokens[i-1].marks.has(role) && rd.beside(i) && len(rd.tokens[i+1].low) == 6 {
		return true
	}
	return rd.tokens[i-1].low == "(" && i+2 < len(rd.tokens) && rd.tokens[i+2].low == ")" && (rd.tokens[i].english == 0 || rd.tokens[i].caps || !sayable(rd.tokens[i].low))
}

// inRegister holds for letters of a register with five digits or six, in capitals or in
// a text that has none.
func (rd *reading) inRegister(i int) bool {
	t, n := &rd.tokens[i], &rd.tokens[i+1]
	if n.kind != number || len(n.low) != 5 && len(n.low) != 6 || !register(t.low) {
		return false
	}
	return t.caps || !t.cased && !t.capital && t.english != 1
}

// registerNear holds where the words before tell of a register.
func (rd *reading) registerNear(i int) bool {
	const near = 14
	for j := i - 1; j >= 0 && j > i-near; j-- {
		switch rd.tokens[j].low {
		case "hcpc":
			return true
		case "registration", "registered", "registrant", "regn":
			return j > i-4
		}
	}
	return false
}

// pinInParts holds for a nurse's number of which a space parts everything: 12 A 3456 E.
func (rd *reading) pinInParts(i int) bool {
	s, last := rd.compact(i, 8)
	return last == i+3 && shape(s, "99a9999a") && rd.pinBefore(i)
}

// pinBefore holds where a nurse's number is introduced.
func (rd *reading) pinBefore(i int) bool {
	c, ok := rd.cueBefore(i)
	return ok && c.class == Registration
}

// plates are the shapes of number plates, those of Northern Ireland included. The
// last ones are those of other things, too.
var plates = []string{"aa99aaa", "a999aaa", "a99aaa", "aaa999a", "aaa9999", "aaa999", "aaa99a", "a9aaa", "aaa9a"}

// plainPlates is how many of the shapes need no cue.
const plainPlates = 4

// vehicle takes number plates of the current form anywhere, older ones in
// capitals or after a cue.
func (rd *reading) vehicle(i int) bool {
	t := &rd.tokens[i]
	if len(t.low) > 7 || isDigit(rune(t.low[0])) || t.kind == word && (len(t.low) != 3 || !rd.digitsNext(i)) {
		return false
	}
	capital := rd.fold[t.start] != rd.low[t.start]
	cued := rd.plateCue(i)
	for n, p := range plates {
		if n >= plainPlates && (!cued || t.kind == word && t.english > 0 && !plateWord(rd.tokens[i-1].low)) {
			continue
		}

		s, last := rd.compact(i, len(p))
		if !shape(s, p) || last > i+1 {
			continue
		}
		if !capital && !cued && (p != "aa99aaa" || t.cased || rd.tokens[last].kind == word && (rd.tokens[last].english > 0 || rd.tokens[last].marks&^short != 0)) {
			continue
		}
		if p != "aa99aaa" && !cued && (last != i+1 || !rd.tokens[last].caps || rd.tokens[last].kind != word) && !(p == "aaa999a" && last == i+1) {
			continue
		}
		if last > i && !cued && rd.smallEnd(last) {
			continue
		}
		rd.span(t.start, rd.tokens[last].end, Vehicle, 0.8, "shape of a number plate")
		return true
	}
	return false
}

// smallEnd holds for a small word, which ends no number plate: FP10 was.
func (rd *reading) smallEnd(i int) bool {
	t := &rd.tokens[i]
	if t.caps && t.cased {
		return false
	}
	switch t.low {
	case "was", "and", "the", "for", "has", "had", "are", "not", "but", "who", "her", "his", "she", "out", "off", "may", "did":
		return true
	}
	return false
}

func (rd *reading) plateCue(i int) bool {
	for j := i - 1; j >= 0 && j > i-5; j-- {
		if rd.tokens[j].kind == number {
			return false
		}
		if low := rd.tokens[j].low; plateWord(low) && (low != "reg" || i-j <= 2) {
			return true
		}
	}
	return false
}

func plateWord(low string) bool {
	switch low {
	case "reg", "registration", "plate", "plates", "vehicle", "vehicles", "car", "cars", "van", "vrn", "ambulance", "taxi", "cab", "index", "lorry", "minibus", "motorbike",
		"vrm", "numberplate", "drove", "parked", "bmw", "audi", "focus", "corsa", "transit", "fiesta", "golf", "astra", "clio", "polo", "mercedes", "vauxhall", "ford", "vw", "toyota", "scooter", "tractor", "caravan":
		return true
	}
	return false
}

// shape compares with a pattern of a (letter) and 9 (digit).
func shape(s, pattern string) bool {
	if len(s) != len(pattern) {
		return false
	}
	for i := range len(s) {
		letter := 'a' <= s[i] && s[i] <= 'z'
		if letter != (pattern[i] == 'a') || !letter && !isDigit(rune(s[i])) {
			return false
		}
	}
	return true
}
