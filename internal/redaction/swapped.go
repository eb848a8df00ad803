package redaction

import (
	"slices"
	"strings"
)

// swapped takes two numbers of one make of which one is the other with digits in each
// other's places or a digit that differs, and of which neither is a thing's: two patients
// have been taken for each other, 2208416 for 2208461.
func (rd *reading) swapped(codes []codeAt) {
	for i, one := range codes {
		for _, other := range codes[max(0, i-mixedWithin):i] {
			if mixedUp(rd.codeText(one), rd.codeText(other)) && rd.papersNear(one.first) && !rd.tagged(one.first) && !rd.tagged(other.first) {
				rd.codeSpan(one.first, one.last, "number taken for another")
				rd.codeSpan(other.first, other.last, "number taken for another")
			}
		}
	}
}

// mixedWithin is how many numbers before it a number is compared with.
const mixedWithin = 6

// papersNear holds where the words before tell of what has patients' numbers, or none
// stand before.
func (rd *reading) papersNear(first int) bool {
	for j := first - 1; j >= 0 && j > first-24; j-- {
		if low := rd.tokens[j].low; keptOfPatient(low) || saysWho(low) {
			return true
		}
	}
	return first < 24 && rd.tokens[0].digits
}

// tagged holds for the number of a thing, of a job or of a tag.
func (rd *reading) tagged(first int) bool {
	if first > 0 {
		if i := first - 1; i > 0 && rd.tokens[i].kind == punct && numberedThing(strings.TrimSuffix(rd.tokens[i-1].low, "s")) {
			return true
		}
		switch rd.tokens[first-1].low {
		case "band", "bands", "tag", "tags", "seal", "seals", "key", "keys", "t34":
			return true
		}
	}
	for j := first - 1; j >= 0 && j > first-14; j-- {
		if low := strings.TrimSuffix(rd.tokens[j].low, "s"); low != "form" && low != "card" && low != "unit" && (numberedThing(low) || orderedThing(low)) {
			return true
		}
	}
	return rd.thingNear(first) || rd.jobBefore(first)
}

func (rd *reading) codeText(code codeAt) string {
	return scanned(rd.low[rd.tokens[code.first].start:rd.tokens[code.last].end])
}

func (rd *reading) codeSpan(first, last int, reason string) {
	rd.span(rd.tokens[first].start, rd.tokens[last].end, HospitalNumber, 0.55, reason)
}

// mixedUp holds for different numbers with letters and digits in the same places that
// differ in one digit, or in no more than the order of theirs.
func mixedUp(a, b string) bool {
	if a == b || len(a) != len(b) || countDigits(a) < 6 || countDigits(b) < 6 {
		return false
	}
	wrong := 0
	for i := range len(a) {
		if isDigit(rune(a[i])) != isDigit(rune(b[i])) || a[i] != b[i] && !isDigit(rune(a[i])) {
			return false
		}
		if a[i] != b[i] {
			wrong++
		}
	}
	return wrong == 1 || wrong < 4 && reordered(a, b)
}

// reordered holds for numbers of the same digits in whatever order.
func reordered(a, b string) bool {
	x, y := onlyDigits(a), onlyDigits(b)
	slices.Sort(x)
	slices.Sort(y)
	return slices.Equal(x, y)
}
