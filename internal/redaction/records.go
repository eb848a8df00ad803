package redaction

// recordCode holds for a code that a hospital may number its patients by: up to four
// letters and five digits or more, at most eight.
func recordCode(low string) bool {
	letters, low := 0, scanned(low)
	for letters < len(low) && 'a' <= low[letters] && low[letters] <= 'z' {
		letters++
	}
	n := leadingDigits(low[letters:])
	return letters > 0 && letters < 5 && letters+n == len(low) && n >= 5 && n <= 8 && letters+n > 6
}

// filedCodes takes such a code where something about a patient is filed or compared:
// no entry under p0088213, results were on n4471902.
func (rd *reading) filedCodes() {
	for _, i := range rd.numeric {
		first := rd.joinedCode(i)
		if first < 0 {
			first = i
		}
		t := &rd.tokens[first]
		if first > 0 && rd.bareRecord(i) {
			rd.span(t.start, t.end, HospitalNumber, 0.55, "number that something is filed under")
			continue
		}
		if first < 1 || first == i && !(t.kind == code && recordCode(t.low)) || t.first || !t.spaced && rd.tokens[first-1].low != "(" || rd.unitFollows(i) || rd.jobBefore(first) {
			continue
		}
		if rd.files(first-1) && rd.recordNear(first) || rd.lookedUp(first-1) && !rd.thingNear(first) || rd.tokens[first-1].low == "has" && rd.tokens[i].end-t.start > 7 && (first < 2 || rd.tokens[first-1].first) {
			rd.span(t.start, rd.tokens[i].end, HospitalNumber, 0.55, "number that something is filed under")
		}
	}
}

// bareRecord holds for seven digits or eight where a record is said to be the one of that
// number: two charts, 4471902 and 4471920; record opened was 88120034.
func (rd *reading) bareRecord(i int) bool {
	t := &rd.tokens[i]
	if t.kind != number || len(t.low) != 7 && len(t.low) != 8 || !t.spaced || t.first || rd.dated(t.start) || rd.unitFollows(i) || rd.jobBefore(i) {
		return false
	}
	switch rd.tokens[i-1].low {
	case "was", "is", "under", "as":
		return rd.recordNear(i)
	case ",", "-", "(":
		return i > 1 && rd.recordNear(i) && rd.tokens[i-2].kind == word && keptOfPatient(rd.tokens[i-2].low)
	}
	return false
}

// lookedUp holds for the end of what is done with a record, and for what a label had.
func (rd *reading) lookedUp(i int) bool {
	if i < 1 {
		return false
	}
	before := rd.tokens[i-1].low
	switch rd.tokens[i].low {
	case "up":
		return before == "looked" || before == "look" || before == "pulled" || before == "brought"
	case "selected", "accessed", "viewed":
		return true
	case "had", "said":
		return before == "form" || before == "label" || before == "sample" || before == "wristband" || before == "request" || before == "bottle"
	}
	return rd.tokens[i].kind == number && (before == "vol" || before == "volume")
}

// files holds for the word between something and the number that it is filed under.
func (rd *reading) files(i int) bool {
	switch rd.tokens[i].low {
	case "under", "with", "to", "on", "of", "against", "for", "labelled", "and", "not", "(", "read", "reads", "as":
		return true
	}
	return false
}

// recordNear holds where the words before tell of what is kept of a patient, and of no
// thing that is numbered too.
func (rd *reading) recordNear(i int) bool {
	const near = 8
	found := false
	for j := i - 1; j >= 0 && j > i-near; j-- {
		t := &rd.tokens[j]
		if numberedThing(t.low) || t.marks.has(thing) {
			return false
		}
		found = found || keptOfPatient(t.low)
		if t.first {
			break
		}
	}
	return found
}

// keptOfPatient holds for what is filed under the number of a patient.
func keptOfPatient(low string) bool {
	switch low {
	case "entry", "filed", "results", "result", "bloods", "scan", "scans", "notes", "record", "records", "chart", "charts", "ctg", "merged", "merge", "compared", "pt", "patient", "patients",
		"registered", "booked", "history", "letter", "letters", "images", "referral", "belongs", "belonged", "wristband", "wristbands", "admitted", "prescribed", "volume", "volumes":
		return true
	}
	return false
}

// numberedThing holds for things that have numbers of the same make.
func numberedThing(low string) bool {
	switch low {
	case "lot", "batch", "pump", "asset", "serial", "job", "datix", "bed", "mattress", "hoist", "model", "ref", "unit", "units", "donation", "bag", "vaccine", "valve", "stent", "implant", "kit", "order", "incident", "ticket", "drug", "stock", "tag", "device", "code", "machine", "cylinder", "barcode", "key", "tray", "set", "accession", "specimen", "reference", "invoice", "form", "card":
		return true
	}
	return false
}

// codeAfterName takes the number of letters and digits behind the name that ends with
// token i, perhaps behind an age: hamish kinnaird 66y g771038.
func (rd *reading) codeAfterName(i int) {
	j := i + 1
	if j < len(rd.tokens) && rd.tokens[j].kind == code && aged(rd.tokens[j].low) {
		j++
	}
	if j < len(rd.tokens) && apartFromName(rd.tokens[j].low) {
		j++
	}
	called := j+2 < len(rd.tokens) && rd.tokens[j].low == "no" && rd.tokens[j+1].low == "."
	if called {
		j += 2
	}
	if j >= len(rd.tokens) || rd.tokens[j].first && !called || rd.tokens[j].newline || rd.hidden[j] {
		return
	}
	t := &rd.tokens[j]
	if t.kind == code && recordCode(t.low) || called && t.kind == number && len(t.low) > 5 && len(t.low) < 9 && !rd.unitFollows(j) {
		rd.span(t.start, t.end, HospitalNumber, 0.6, "number after a name")
		return
	}
	if last := rd.codeFrom(j); last > j && (t.kind != word || rd.lettersApart(j)) && rd.tokens[j-1].kind == punct && rd.longCode(j, last) && !rd.readingOfTwo(j, last) && !rd.dated(t.start) {
		rd.codeSpan(j, last, "number after a name")
		return
	}
	if last := rd.joinedFrom(j); last > j && !unit(t.low) {
		rd.span(t.start, rd.tokens[last].end, HospitalNumber, 0.6, "number after a name")
		return
	}
	if last := rd.partedCode(j); last > j && (rd.tokens[j-1].low == "(" && last+1 < len(rd.tokens) && rd.tokens[last+1].low == ")" || rd.tokens[j-1].low == "," && rd.evenCode(j, last)) {
		rd.span(t.start, rd.tokens[last].end, HospitalNumber, 0.6, "number after a name")
	}
}

// apartFromName holds for what may stand between a name and a number.
func apartFromName(low string) bool {
	switch low {
	case "(", ",", "/", "-", "[", ":":
		return true
	}
	return false
}

// aged holds for 66y and 66yo.
func aged(low string) bool {
	n := leadingDigits(low)
	return n > 0 && n < 4 && (low[n:] == "y" || low[n:] == "yo" || low[n:] == "yr" || low[n:] == "f" || low[n:] == "m")
}

// partedCode answers the last token of a few letters and groups of digits, five to eight
// of them, or -1: KD 402 991.
func (rd *reading) partedCode(i int) int {
	if t := &rd.tokens[i]; t.kind != word || len(t.low) > 3 || unit(t.low) || introducesNumbers(t.low) {
		return -1
	}
	digits, j := 0, i+1
	for ; j < len(rd.tokens) && rd.tokens[j].kind == number; j++ {
		digits += len(rd.tokens[j].low)
	}
	if j > i+1 && digits >= 5 && digits <= 8 && !rd.dated(rd.tokens[i+1].start) {
		return j - 1
	}
	return -1
}

// evenCode holds for such letters and groups that are no abbreviation with its readings:
// every group has three digits or more, and nothing is counted in them.
func (rd *reading) evenCode(first, last int) bool {
	t := &rd.tokens[first]
	if last < first+2 || t.marks.has(medical|short|stop) && len(t.low) > 1 && countDigits(rd.low[t.start:rd.tokens[last].end]) < 7 || last+1 < len(rd.tokens) && rd.tokens[last+1].kind != punct {
		return false
	}
	for i := first + 1; i <= last; i++ {
		if len(rd.tokens[i].low) < 3 {
			return false
		}
	}
	return true
}

// partedCodes takes letters and groups of digits that patients are numbered by where
// something about one is filed, and those of people whom nobody knows yet: in the old
// volume, CN 107 2265, labelled UNK 2026 118.
func (rd *reading) partedCodes() {
	for _, n := range rd.numeric {
		i := n - 1
		if i < 0 || rd.tokens[n].kind != number || !rd.tokens[n].spaced {
			continue
		}
		last := rd.partedCode(i)
		if last < 0 {
			continue
		}
		if rd.tokens[i].low == "unk" && last > n || i > 0 && rd.tokens[i-1].kind == punct && (rd.tokens[i].caps || !rd.tokens[i].cased) && rd.evenCode(i, last) && rd.recordNear(i) {
			rd.span(rd.tokens[i].start, rd.tokens[last].end, HospitalNumber, 0.6, "number that something is filed under")
		}
	}
}

// numberOfSomebody takes the number that is somebody's: Paget's no. EB-55903.
func (rd *reading) numberOfSomebody() {
	for _, i := range rd.numeric {
		first := rd.prefix(i)
		j := first - 1
		if j > 0 && rd.tokens[j].low == "." && !rd.tokens[j].spaced {
			j--
		}
		if j < 2 || rd.tokens[j].low != "no" && rd.tokens[j].low != "number" || rd.tokens[j-1].low != "'s" {
			continue
		}
		owner := &rd.tokens[j-2]
		if code := rd.low[rd.tokens[first].start:rd.tokens[i].end]; owner.marks.has(thing|medical|place|role|title) || owner.english > 0 && !owner.listed() || numberedThing(owner.low) || countDigits(code) < 5 || countDigits(code) > 8 {
			continue
		}
		rd.span(rd.tokens[first].start, rd.tokens[i].end, HospitalNumber, 0.55, "number of somebody")
	}
}

// numberBefore takes the number that stands before the name that begins with token i:
// on a chart for 3071688 (Adaeze).
func (rd *reading) numberBefore(i int) {
	if i < 2 || rd.names[i-1] > 0 || rd.tokens[i-1].low != "(" && rd.tokens[i-1].low != "," {
		return
	}
	j := i - 2
	t := &rd.tokens[j]
	if rd.hidden[j] || rd.dated(t.start) || rd.jobBefore(j) || !(t.kind == code && recordCode(t.low) || t.kind == number && (len(t.low) == 7 || len(t.low) == 8)) {
		return
	}
	if j > 0 && !t.first && rd.tokens[j-1].kind == word && !rd.files(j-1) && rd.tokens[j-1].low != "one" {
		return
	}
	if rd.thingNear(j) {
		return
	}
	rd.span(t.start, t.end, HospitalNumber, 0.5, "number before a name")
}

// thingNear holds where the words before a number tell of a thing that has one.
func (rd *reading) thingNear(i int) bool {
	for j := i - 1; j >= 0 && j > i-6 && !rd.tokens[j+1].first; j-- {
		if numberedThing(rd.tokens[j].low) || rd.tokens[j].marks.has(thing) {
			return true
		}
	}
	return false
}

// ofWhom holds for the words that tell whose number it is: of the other patient is.
func ofWhom(low string) bool {
	switch low {
	case "of", "the", "other", "pt", "patient", "is", "was":
		return true
	}
	return false
}
