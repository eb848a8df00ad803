package redaction

// patientCodes takes the number that stands right after the patient: pt rk0092817.
func (rd *reading) patientCodes() {
	for _, i := range rd.numeric {
		t := &rd.tokens[i]
		if i == 0 || t.kind != code && t.kind != number || !t.spaced && rd.tokens[i-1].low != "(" || t.first || !recordNumber(t.low) || rd.dated(t.start) || rd.unitFollows(i) {
			continue
		}
		before := i - 1
		if before > 0 && rd.tokens[before].low == "(" {
			before--
		}
		switch rd.tokens[before].low {
		case "pt", "patient", "client", "mother", "baby", "resident":
			rd.span(t.start, t.end, HospitalNumber, 0.6, "number after the patient")
		case "number", "no", "id":
			if t.kind == code && !isDigit(rune(t.low[0])) && (i < 2 || rd.tokens[i-2].kind == punct || rd.tokens[i-2].low == "and") {
				rd.span(t.start, t.end, HospitalNumber, 0.55, "number of nothing else")
			}
		default:
			if before == i-1 && rd.moved(i+1) && rd.mayBeCalled(before) {
				rd.span(t.start, t.end, HospitalNumber, 0.55, "number of somebody moved")
			}
		}
	}
}

// moved holds for where a patient goes or lies: to HDU, in bed 4.
func (rd *reading) moved(i int) bool {
	if i+1 >= len(rd.tokens) || rd.tokens[i].first {
		return false
	}
	n := &rd.tokens[i+1]
	switch rd.tokens[i].low {
	case "moved", "transferred", "admitted", "discharged", "stepped":
		return true
	case "to", "from", "in", "on":
		return n.marks.has(place|short|shorthand) || n.kind == code || bedside(n.low)
	default:
		return bedside(rd.tokens[i].low) && (n.kind == number || n.kind == code)
	}
}

func bedside(low string) bool {
	return low == "bed" || low == "bay" || low == "ward" || low == "theatre" || low == "recovery" || low == "resus"
}

// mayBeCalled holds for the first word of a phrase where a family may be called by it
// and no thing is.
func (rd *reading) mayBeCalled(i int) bool {
	t := &rd.tokens[i]
	if t.kind != word || len(t.low) < 3 || t.cased && !t.capital || t.family == 0 && t.given == 0 && t.english > 0 || t.marks.has(stop|medical|thing|short|place|street|eponymHead|title) {
		return false
	}
	switch t.low {
	case "batch", "lot", "job", "order", "serial", "case", "key", "lock", "page", "form", "card", "box", "bell", "line", "stock", "code", "pole", "model", "bank", "bill", "locker", "safe", "pack", "bag", "pump", "rack", "driver", "crew", "chair", "barcode", "item":
		return false
	}
	return i == 0 || t.first || rd.tokens[i-1].kind != word || rd.tokens[i-1].marks.has(role|title|kin)
}

// recordNumber holds for up to four letters, six to eight digits, and a letter
// perhaps.
func recordNumber(low string) bool {
	before := 0
	for before < len(low) && 'a' <= low[before] && low[before] <= 'z' {
		before++
	}
	digits := low[before:]
	n := leadingDigits(digits)
	return before <= 4 && n >= 6 && n <= 8 && len(digits)-n <= 1
}

// fewestAlike is how many digits a number has that is known by its likeness to
// another.
const fewestAlike = 5

// alike takes numbers of the same make as one that a cue introduced, wherever
// they stand: two patients have been taken for each other.
func (rd *reading) alike(groups []group) {
	var introduced []Span
	for _, s := range rd.spans {
		if s.Class == HospitalNumber || s.Class == Registration {
			introduced = append(introduced, s)
		}
	}
	for _, i := range rd.numeric {
		if len(introduced) == 0 {
			break
		}
		t := &rd.tokens[i]
		if t.kind != code && t.kind != number || rd.jobBefore(i) || rd.unitFollows(i) || rd.dated(t.start) {
			continue
		}
		for _, one := range introduced {
			text := rd.low[one.Start:one.End]
			if start := t.end - len(text); start >= 0 && start != one.Start && sameMake(scanned(text), scanned(rd.low[start:t.end])) && rd.tokens[rd.tokenAt(start)].start == start {
				rd.span(start, t.end, one.Class, 0.6, "like one introduced as such")
				break
			}
		}
	}
	rd.slipsOfNHS(groups)
}

// mostWrong is how many digits may differ between an NHS number and one with a slip
// in it.
const mostWrong = 3

// slipsOfNHS takes numbers of ten digits that differ from an NHS number of the same
// text by a slip, whatever their check digit.
func (rd *reading) slipsOfNHS(groups []group) {
	var right [][]byte
	for _, s := range rd.spans {
		if s.Class == NHSNumber {
			right = append(right, onlyDigits(rd.low[s.Start:s.End]))
		}
	}
	var buf [24]byte
	for i := 0; i < len(groups) && len(right) > 0; i++ {
		digits, last := rd.tenDigits(groups, i, buf[:0])
		if last < 0 || rd.jobBefore(groups[i].token) {
			continue
		}
		for _, one := range right {
			if wrong := differences(one, digits); wrong > 0 && wrong <= mostWrong {
				rd.span(groups[i].start, groups[last].end, NHSNumber, 0.7, "like an NHS number")
				break
			}
		}
	}
}

// tenDigits joins the groups from i on to ten digits, and answers the last, or -1.
func (rd *reading) tenDigits(groups []group, i int, digits []byte) ([]byte, int) {
	for j := i; j < len(groups) && !groups[j].taken && (j == i || groups[j].linked) && len(digits) < 10; j++ {
		if digits = rd.digits(groups[j], digits); len(digits) == 10 {
			return digits, j
		}
	}
	return nil, -1
}

func onlyDigits(s string) []byte {
	var out []byte
	for i := range len(s) {
		if isDigit(rune(s[i])) {
			out = append(out, s[i])
		}
	}
	return out
}

// differences counts the places in which two numbers of one length differ; for
// others it is more than any slip makes.
func differences(a, b []byte) int {
	if len(a) != len(b) {
		return mostWrong + 1
	}
	n := 0
	for i := range a {
		if a[i] != b[i] {
			n++
		}
	}
	return n
}

// sameMake holds for numbers of the same length that begin with the same two
// characters and have letters and digits in the same places.
func sameMake(a, b string) bool {
	if len(a) != len(b) || a[:2] != b[:2] || countDigits(a) < fewestAlike {
		return false
	}
	for i := range len(a) {
		if isDigit(rune(a[i])) != isDigit(rune(b[i])) {
			return false
		}
	}
	return true
}
