package redaction

import "strings"

// scanBesideNames takes what only a name beside it gives away: a date of birth
// in brackets, an extension in brackets, an age over 89.
func (rd *reading) scanBesideNames() {
	for i := range rd.tokens {
		if !rd.isName(i) {
			continue
		}
		rd.bracketAfter(i)
		rd.ageAfter(i)
	}
}

func (rd *reading) bracketAfter(i int) {
	if i+3 >= len(rd.tokens) || rd.tokens[i+1].low != "(" {
		return
	}
	inside := &rd.tokens[i+2]
	for _, d := range rd.dates {
		if d.start == inside.start {
			rd.span(d.start, d.end, DateOfBirth, 0.7, "date in brackets after a name")
			return
		}
	}
	if rd.tokens[i+3].low != ")" || inside.kind != number {
		return
	}
	n := inside.end - inside.start
	if n == 4 && !strings.HasPrefix(inside.low, "19") && !strings.HasPrefix(inside.low, "20") || n == 5 {
		rd.span(inside.start, inside.end, Extension, 0.5, "number in brackets after a name")
	}
}

// ageAfter takes "Lawrence is 104", "Noor who's 103", "Ivy, 97,".
func (rd *reading) ageAfter(i int) {
	j := i + 1
	for j < len(rd.tokens) && j < i+4 {
		switch rd.tokens[j].low {
		case "is", "was", "who", ",", "'s", "(", "who's", "aged", "turned":
			j++
			continue
		}
		break
	}
	if j == i+1 || j >= len(rd.tokens) || rd.hidden[j] {
		return
	}
	if v := leading(&rd.tokens[j]); v >= 90 && v <= 122 && !rd.unitFollows(j) {
		rd.span(rd.tokens[j].start, rd.tokens[j].end, Age, 0.6, "age over 89 beside a name")
	}
}

// drug holds where a strength follows: "Tegretol 200mg", "Intralipid 20%".
func (rd *reading) drug(i int) bool {
	for j := i + 1; j < len(rd.tokens) && j <= i+2; j++ {
		t := &rd.tokens[j]
		switch t.kind {
		case code:
			n := leadingDigits(t.low)
			return n > 0 && unit(t.low[n:])
		case number:
			if j+1 < len(rd.tokens) && (rd.tokens[j+1].low == "%" || unit(rd.tokens[j+1].low)) {
				return true
			}
			return j+3 < len(rd.tokens) && rd.tokens[j+1].low == "." && (unit(rd.tokens[j+3].low) || rd.tokens[j+2].kind == code)
		case word:
			if j > i+1 || len(t.low) > 2 {
				return false
			}
		default:
			return false
		}
	}
	return false
}

func unit(low string) bool {
	switch low {
	case "mg", "mcg", "g", "ml", "l", "units", "unit", "iu", "u", "mmol", "micrograms", "microgram", "ug", "ng", "nanograms", "tablets", "tabs", "capsules", "puffs", "drops", "mls", "grams", "meq", "kg", "milligrams", "cm", "mm", "fr", "ch", "g/dl", "mg/kg":
		return true
	}
	return false
}
