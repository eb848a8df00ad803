package redaction

// byNumber takes the numbers by which notes call patients whom they do not name, where
// no word introduces them: belongs to 7140063, the sticker read EYE/19/30552, refused by
// theatres, porter brought down 418266.
func (rd *reading) byNumber(codes []codeAt) {
	for _, one := range codes {
		if rd.ofPatient(one.first, one.last) {
			rd.codeSpan(one.first, one.last, "number that a patient is called by")
		}
	}
}

// codeAt is a number of one token or several.
type codeAt struct{ first, last int }

// codes answers the first and last token of each number of a make that hospitals have.
func (rd *reading) codes() (found []codeAt) {
	end := -1
	for _, n := range rd.numeric {
		if n <= end {
			continue
		}
		first := rd.codeBegins(n)
		last := rd.codeFrom(first)
		if last < n {
			continue
		}
		found, end = append(found, codeAt{first, last}), last
	}
	return found
}

// codeBegins steps back from a token with digits over what is joined to it, and over the
// few letters before it: mh/88301, RC 20 5518.
func (rd *reading) codeBegins(n int) int {
	i := n
	for i > 1 && n-i < mostParts && !rd.tokens[i].spaced && joinsCode(&rd.tokens[i-1]) && len(rd.tokens[i-2].low) < 5 && rd.tokens[i-2].kind != punct && rd.tokens[i-2].kind != opaque {
		i -= 2
	}
	if i > 0 && rd.tokens[i].spaced && rd.tokens[i].kind == number && rd.lettersApart(i-1) {
		i--
	}
	return i
}

// lettersApart holds for the letters of a number that a space parts from its digits.
func (rd *reading) lettersApart(i int) bool {
	t := &rd.tokens[i]
	if t.kind != word || len(t.low) > 3 || len(t.low) < 2 || !t.caps && (t.cased || t.english > 0) || unit(t.low) || t.marks.has(stop|link) || t.hints.has(cueHint) || numberedThing(t.low) || rd.jobBefore(i+1) {
		return false
	}
	return !t.marks.has(medical) || i+2 < len(rd.tokens) && rd.tokens[i+2].kind == number && len(rd.tokens[i+1].low)+len(rd.tokens[i+2].low) > 5 && len(rd.tokens[i+2].low) > 3
}

// joinsCode holds for the marks that join the parts of a number.
func joinsCode(t *token) bool {
	return !t.spaced && (t.low == "-" || t.low == "/" || t.low == ".")
}

// mostParts is more tokens than any number of a patient has, each part and what joins two
// being one.
const mostParts = 20

// codeFrom answers the last token of a number in any of the makes that hospitals have,
// that begins at token i, or -1.
func (rd *reading) codeFrom(i int) int {
	last, stops := i, 0
	if marker(rd.tokens[i].low) {
		return -1
	}
	for last+1 < len(rd.tokens) {
		if last-i > mostParts {
			return -1
		}
		n := &rd.tokens[last+1]
		if joinsCode(n) && last+2 < len(rd.tokens) && !rd.tokens[last+2].spaced && rd.codePart(last+2) {
			if n.low == "." {
				stops++
			}
			last += 2
			continue
		}
		if n.kind != number || n.newline || n.first && !rd.tokens[i].newline && !rd.behindStop(i) || len(n.low) < 2 || len(n.low) > 5 || rd.dated(n.start) || rd.unitFollows(last+1) || rd.measured(n.end) {
			break
		}
		last++
	}
	if last > i && rd.endsWithLetter(last+1) {
		last++
	}
	text := rd.low[rd.tokens[i].start:rd.tokens[last].end]
	if last == i && len(text) < 5 {
		return -1 // most numbers
	}
	letters := 0
	for letters < len(text) && 'a' <= text[letters] && text[letters] <= 'z' {
		letters++
	}
	digits := countDigits(scanned(text))
	if behind := text[letters:]; last == i && len(behind)-leadingDigits(behind) > 1 && !garbledNumber(behind) {
		return -1
	}
	if last == i+1 && rd.tokens[i].kind == code && digits < 7 || last == i+2 && text[0] == 'g' && rd.tokens[i+1].kind == number {
		return -1 // and the number of a unit of blood
	}
	if n := &rd.tokens[last]; last == i+1 && n.kind == number && clock(n.low) && len(rd.tokens[i].low) < 3 {
		return -1 // S2 0200
	}
	if letters > 4 || digits > 9 || digits < 5 && !(digits == 4 && letters > 1 && last > i) || stops > 0 && (stops != 2 || digits < 7) || rd.tokens[i].kind == word && last == i {
		return -1
	}
	if rd.dated(rd.tokens[i].start) || rd.dated(rd.tokens[last].start) || rd.unitFollows(last) || rd.measured(rd.tokens[last].end) || last == i && unitBehind(text) {
		return -1
	}
	return last
}

// marker holds for what is measured in the blood and has a number in its name, and for a
// pump that has.
func marker(low string) bool {
	switch low {
	case "ca125", "ca19", "ca15", "ca153", "ca199", "b12", "hba1c", "t34", "ps90", "p-anca", "c3", "c4":
		return true
	}
	return false
}

// endsWithLetter holds for the letter that a number ends with, and a phrase: itu/5509 w.
func (rd *reading) endsWithLetter(i int) bool {
	if i >= len(rd.tokens) || rd.tokens[i].kind != word || len(rd.tokens[i].low) != 1 || !rd.tokens[i].spaced || rd.tokens[i].first {
		return false
	}
	switch rd.tokens[i].low {
	case "a", "f", "g", "h", "i", "l", "m", "s", "x", "y":
		return false
	}
	return i+1 == len(rd.tokens) || rd.tokens[i+1].kind == punct && !rd.tokens[i+1].spaced
}

// unitBehind holds for digits with a unit of measurement joined to them: 5000ml.
func unitBehind(low string) bool {
	n := leadingDigits(low)
	return n > 0 && n < len(low) && len(low)-n > 1
}

// codePart holds for what a part of a number may be.
func (rd *reading) codePart(i int) bool {
	t := &rd.tokens[i]
	return t.kind == number && len(t.low) < 9 || t.kind == code && len(t.low) < 9 || t.kind == word && len(t.low) == 1
}

// ofPatient holds where the words around a number tell of a patient who is called by it.
func (rd *reading) ofPatient(first, last int) bool {
	if rd.jobBefore(first) || rd.readingOfTwo(first, last) || first > 0 && marker(rd.tokens[first-1].low) || first > 0 && rd.tokens[first].spaced && !rd.behindStop(first) && rd.tokens[first-1].kind == code && isDigit(rune(rd.fold[rd.tokens[first-1].end-1])) {
		return false
	}
	return rd.rightBehind(first, last) || rd.isOrHas(first, last) || rd.goesLikePatient(first, last) || rd.madeForPatient(first, last) || rd.onLabel(first, last)
}

// readingOfTwo holds for two numbers of three digits at most with a stroke between them,
// which a pressure is: 168/101.
func (rd *reading) readingOfTwo(first, last int) bool {
	return last == first+2 && rd.tokens[first+1].low == "/" && len(rd.tokens[first].low) < 4 && len(rd.tokens[last].low) < 4
}

// rightBehind holds for a number of several parts right behind the patient, and for one
// among a patient's papers: pt SC 400 9126; two files, 5582014 and mh/88301.
func (rd *reading) rightBehind(first, last int) bool {
	if first < 2 || !rd.longCode(first, last) {
		return false
	}
	switch low := rd.tokens[first-1].low; low {
	case "pt", "patient", "client", "resident":
		return last > first
	case ",", "-", ":", "(":
		if low := rd.tokens[first-2].low; low == "pt" || low == "patient" || low == "ours" || low == "theirs" || rd.wrongOne(first-2) {
			return true
		}
		return countDigits(rd.low[rd.tokens[first].start:rd.tokens[last].end]) > 5 && rd.amongPapers(first)
	case "and", "not", "or", "vs":
		return rd.findingEnds(rd.tokens[first-2].end, HospitalNumber)
	case "under", "into", "against":
		return rd.recordNear(first) || rd.tokens[first-2].low == "filed"
	}
	return false
}

// wrongOne holds for somebody who was taken for another: treated the wrong man.
func (rd *reading) wrongOne(i int) bool {
	switch rd.tokens[i].low {
	case "lady":
		return true
	case "man", "woman", "gentleman", "gent", "baby", "child", "boy", "girl", "resident", "client", "mum":
		return i > 0 && (rd.tokens[i-1].low == "wrong" || rd.tokens[i-1].low == "right" || rd.tokens[i-1].low == "other")
	}
	return false
}

// amongPapers holds where the clause before tells of the papers of a patient.
func (rd *reading) amongPapers(first int) bool {
	for j := first - 2; j >= 0 && j > first-10; j-- {
		switch low := rd.tokens[j].low; low {
		case "file", "files", "folder", "notes", "wristband", "records", "belongs":
			return !rd.thingNear(first)
		}
		if rd.tokens[j].first {
			break
		}
	}
	return false
}

// findingEnds holds where a finding of a class ends.
func (rd *reading) findingEnds(end int, class Class) bool {
	for n := len(rd.spans) - 1; n >= 0; n-- {
		if rd.spans[n].End == end && rd.spans[n].Class == class {
			return true
		}
	}
	return false
}

// goesLikePatient holds for a number that a sentence begins with, before what patients
// do and what is done to them.
func (rd *reading) goesLikePatient(first, last int) bool {
	if last+2 >= len(rd.tokens) || !rd.opensClause(first) && !rd.behindStop(first) || rd.tokens[last+1].first && !rd.tokens[first].newline && !rd.behindStop(first) || !rd.longCode(first, last) {
		return false
	}
	j := last + 1
	switch low := rd.tokens[j].low; low {
	case "is", "was", "has", "had", "isn't", "wasn't", "hasn't", "hadn't", "not":
		if rd.ofPeople(j) {
			return true
		}
		for j++; j+1 < len(rd.tokens) && between(rd.tokens[j].low); {
			j++
		}
		return stateOfPatient(rd.tokens[j].low) || doneToPatient(rd.tokens[j].low)
	case "went", "fell", "attended", "absconded", "collapsed", "nil", "nbm", "refused", "declined", "kept", "needs", "wants":
		return true
	case "sent", "came":
		next := rd.tokens[j+1].low
		return next == "to" || next == "back" || next == "home" || next == "from"
	default:
		return doneToPatient(low)
	}
}

// stateOfPatient holds for what patients are and things are not.
func stateOfPatient(low string) bool {
	switch low {
	case "nbm", "nil", "pureed", "diabetic", "allergic", "deceased", "dead", "alive", "confused", "agitated", "unwell", "septic", "pregnant", "asleep", "awake", "bleeding", "hypoxic", "bariatric", "insulin", "warfarinised", "dnacpr", "catheterised", "male", "female":
		return true
	}
	return false
}

// doneToPatient holds for what is done to patients and hardly to things.
func doneToPatient(low string) bool {
	switch low {
	case "admitted", "discharged", "transferred", "cannulated", "catheterised", "intubated", "sedated", "scanned", "xrayed", "x-rayed", "consented", "clerked", "bled", "anaesthetised", "fasted", "resuscitated", "rebooked", "stepped", "repatriated":
		return true
	}
	return false
}

// isOrHas holds for a number that somebody is, or that is said to be whose something is:
// she is itu/5509, eGFR 22 is 00419286's.
func (rd *reading) isOrHas(first, last int) bool {
	if first < 2 {
		return false
	}
	if last+1 < len(rd.tokens) && rd.tokens[last+1].low == "'s" && !rd.tokens[last+1].spaced {
		switch rd.tokens[first-1].low {
		case "is", "was", "were", "are", "be", "from", "in", "on", "of", "for", "not":
			return true
		}
	}
	switch rd.tokens[first-1].low {
	case "had", "have", "has", "got":
		return last+1 < len(rd.tokens) && rd.tokens[last+1].low == "down"
	case "is", "was", "as", "down", "actually", "really":
	default:
		return false
	}
	switch rd.tokens[first-2].low {
	case "she", "he", "lady", "gentleman", "gent", "patient", "pt", "mine", "ours", "theirs", "hers", "his", "her", "him", "them", "me", "baby", "man", "woman", "mum", "mother",
		"admitted", "registered", "identified", "booked", "labelled", "arrested", "known", "discharged", "patient's":
		return true
	}
	return false
}

// madeForPatient holds behind what is done for or to a patient: meant for, used on,
// brought down, instead of.
func (rd *reading) madeForPatient(first, last int) bool {
	if first < 2 {
		return false
	}
	before := rd.tokens[first-2].low
	switch rd.tokens[first-1].low {
	case "for", "f0r":
		return madeFor(before) && !rd.ordered(first-2)
	case "to":
		switch before {
		case "belongs", "belonged", "belonging", "scanned", "connected", "attached", "administered", "attributed":
			return true
		}
		return before == "given" && !rd.thingNear(first)
	case "on":
		return before == "used" || before == "performed" || before == "done" || before == "tried"
	case "of":
		switch before {
		case "instead", "insted", "record", "records", "notes", "mother", "son", "daughter", "front", "identity", "veins":
			return !rd.thingNear(first - 1)
		}
	case "down", "up", "brought", "broght", "fetched", "collected":
		return fetches(before) || fetches(rd.tokens[first-1].low)
	case "with":
		return rd.insideIt(last)
	}
	return false
}

// fetches holds for what porters do with patients.
func fetches(low string) bool {
	switch low {
	case "brought", "broght", "brung", "fetched", "wheeled":
		return true
	}
	return false
}

// insideIt holds where somebody is in what has stopped: with 604-118-27 in it.
func (rd *reading) insideIt(last int) bool {
	if last+2 >= len(rd.tokens) {
		return false
	}
	next := rd.tokens[last+2].low
	switch rd.tokens[last+1].low {
	case "in", "on":
		return next == "it" || next == "the" && last+3 < len(rd.tokens) && (rd.tokens[last+3].low == "air" || rd.tokens[last+3].low == "lift" || rd.tokens[last+3].low == "sling" || rd.tokens[last+3].low == "chair")
	case "inside", "aboard", "stuck", "trapped":
		return true
	}
	return false
}

// madeFor holds for what is made, sent and meant for one patient.
func madeFor(low string) bool {
	switch low {
	case "form", "f0rm", "forms", "sample", "samples", "specimen", "tto", "ttos", "tta", "ttas", "script", "scripts", "prescription", "pack", "packs", "up", "meant", "intended", "preped", "prepped", "prepared",
		"bloods", "result", "results", "tray", "chart", "notes", "letter", "request", "consent", "label", "labels", "meds", "medication", "report", "scan", "stickers", "wristband", "referral", "summary", "discharge", "film", "films", "biopsy", "swab", "swabs", "x-ray", "xray", "ct", "mri", "prescribed", "drugs", "chemo", "medicines", "dosette", "images":
		return true
	}
	return garbledNumber(low)
}

// garbledNumber holds for a reading with a scanner's letters in it: 3.O9.
func garbledNumber(low string) bool {
	return len(low) > 1 && scanned(low) != low && leadingDigits(scanned(low)) == len(low)
}

// ordered holds for a form or a request by which things are ordered.
func (rd *reading) ordered(i int) bool {
	for j := i - 1; j >= 0 && j > i-3; j-- {
		switch rd.tokens[j].low {
		case "order", "stock", "repair", "maintenance", "purchase", "estates", "equipment":
			return true
		}
	}
	return false
}
