package redaction

import "strings"

// patientCodes takes the number that stands right after the patient: pt rk0092817.
func (rd *reading) patientCodes() {
	for i := 1; i < len(rd.tokens); i++ {
		t := &rd.tokens[i]
		if t.kind != code && t.kind != number || !t.spaced || t.first || !recordNumber(t.low) || rd.dated(t.start) || rd.unitFollows(i) {
			continue
		}
		switch rd.tokens[i-1].low {
		case "pt", "patient", "client", "mother", "baby", "resident":
			rd.span(t.start, t.end, HospitalNumber, 0.6, "number after the patient")
		case "number", "no", "id":
			if t.kind == code && !isDigit(rune(t.low[0])) && (i < 2 || rd.tokens[i-2].kind == punct || rd.tokens[i-2].low == "and") {
				rd.span(t.start, t.end, HospitalNumber, 0.55, "number of nothing else")
			}
		}
	}
}

// recordNumber holds for up to four letters, six to eight digits, and a letter
// perhaps.
func recordNumber(low string) bool {
	digits := strings.TrimLeft(low, "abcdefghijklmnopqrstuvwxyz")
	before := len(low) - len(digits)
	n := leadingDigits(digits)
	return before <= 4 && n >= 6 && n <= 8 && len(digits)-n <= 1
}

// fewestAlike is how many digits a number has that is known by its likeness to
// another.
const fewestAlike = 5

// alike takes numbers of the same make as one that a cue introduced, wherever
// they stand: two patients have been taken for each other.
func (rd *reading) alike() {
	var introduced []string
	for _, s := range rd.spans {
		if s.Class == HospitalNumber {
			introduced = append(introduced, rd.low[s.Start:s.End])
		}
	}
	if len(introduced) == 0 {
		return
	}
	for i := range rd.tokens {
		t := &rd.tokens[i]
		if t.kind != code && t.kind != number || rd.jobBefore(i) || rd.unitFollows(i) || rd.dated(t.start) {
			continue
		}
		for _, one := range introduced {
			if sameMake(one, t.low) && one != t.low {
				rd.span(t.start, t.end, HospitalNumber, 0.6, "like one introduced as such")
				break
			}
		}
	}
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
