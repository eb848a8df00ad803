package redaction

import (
	"cmp"
	"slices"
	"sort"
	"strings"
)

// bracketedExtensions takes "bleeped the med reg (2222)".
func (rd *reading) bracketedExtensions() {
	for _, i := range rd.numeric {
		t := &rd.tokens[i]
		if i < 2 || i+1 == len(rd.tokens) || t.kind != number || t.end-t.start < 3 || t.end-t.start > 5 || rd.tokens[i-1].low != "(" || rd.tokens[i+1].low != ")" {
			continue
		}
		for j := i - 2; j >= 0 && j > i-9 && !rd.tokens[j+1].first; j-- {
			if c, ok := numberCue(rd.tokens[j].low); ok && c.class == Extension {
				rd.span(t.start, t.end, Extension, 0.6, "number in brackets after a bleep")
				break
			}
		}
	}
}

// besideDates takes the dates of birth that stand beside a person's name or
// number without a cue.
func (rd *reading) besideDates() {
	if len(rd.dates) == 0 {
		return
	}
	starts, ends := map[int]bool{}, map[int]bool{}
	for _, s := range rd.spans {
		if s.Class == NHSNumber || s.Class == HospitalNumber {
			starts[s.Start], ends[s.End] = true, true
		}
	}
	for _, d := range rd.dates {
		if d.whole && rd.inBracketsAfterChild(d) {
			rd.span(d.start, d.end, DateOfBirth, 0.6, "date in brackets after a child")
		}
		if !d.birth {
			continue
		}
		for apart := range closest + 1 {
			if ends[d.start-apart] && rd.closeBy(d.start-apart, d.start) || starts[d.end+apart] && rd.closeBy(d.end, d.end+apart) {
				rd.span(d.start, d.end, DateOfBirth, 0.6, "date beside a person's number")
				break
			}
		}
		i, _ := slices.BinarySearchFunc(rd.tokens, d.start, func(t token, at int) int { return cmp.Compare(t.start, at) })
		for j := i - 1; j >= 0 && j >= i-3; j-- {
			if rd.isName(j) && !rd.tokens[i].first {
				rd.span(d.start, d.end, DateOfBirth, 0.6, "date beside a name")
				break
			}
			if rd.tokens[j].kind == word && !rd.isName(j) {
				break
			}
		}
	}
}

// inBracketsAfterChild holds for "baby (12/05/2026)".
func (rd *reading) inBracketsAfterChild(d date) bool {
	i := rd.tokenAt(d.start)
	if i < 2 || rd.tokens[i-1].low != "(" || !strings.HasPrefix(rd.fold[d.end:], ")") {
		return false
	}
	switch rd.tokens[i-2].low {
	case "child", "baby", "infant", "boy", "girl", "neonate", "newborn", "toddler", "son", "daughter", "twin":
		return true
	}
	return false
}

// closest is how many characters may stand between a date and a number.
const closest = 8

// closeBy holds where what parts two places is one line and no sentence's end.
func (rd *reading) closeBy(end, start int) bool {
	return !strings.Contains(rd.fold[end:start], "\n") && !strings.Contains(rd.fold[end:start], ". ")
}

// scanBesideNames takes what only a name beside it gives away: a date of birth
// in brackets, an extension in brackets, an age over 89.
func (rd *reading) scanBesideNames() {
	rd.besideDates()
	rd.bracketedExtensions()
	rd.agesBetween()
	if !rd.anybody {
		return
	}
	rd.logInsOfNamed()
	for i := range rd.names {
		if rd.names[i] == 0 {
			continue
		}
		rd.bracketAfter(i)
		rd.ageAfter(i)
		rd.numberAfter(i)
		rd.codeAfterName(i)
		rd.numberBefore(i)
	}
}

func (rd *reading) bracketAfter(i int) {
	if i+2 >= len(rd.tokens) {
		return
	}
	inside := &rd.tokens[i+2]
	switch rd.tokens[i+1].low {
	case "(", ",":
		d, ok := rd.dateOver(inside.start)
		if ok && d.start == inside.start && d.whole && (rd.tokens[i+1].low == "(" || rd.bracketed2(i) || rd.bornBehind(i, d)) {
			rd.span(d.start, d.end, DateOfBirth, 0.7, "date in brackets after a name")
			return
		}
	}
	if rd.tokens[i+1].low != "(" || i+3 >= len(rd.tokens) || rd.tokens[i+3].low != ")" || inside.kind != number {
		return
	}
	n := inside.end - inside.start
	if n == 4 && !strings.HasPrefix(inside.low, "19") && !strings.HasPrefix(inside.low, "20") || n == 5 {
		rd.span(inside.start, inside.end, Extension, 0.5, "number in brackets after a name")
	}
}

// bornBehind holds for a date between commas behind the whole name that a sentence or a
// line begins with: Ransford Thorpe, 14/02/2022, croup.
func (rd *reading) bornBehind(i int, d date) bool {
	if i == 0 || !rd.isName(i-1) || !strings.HasPrefix(rd.fold[d.end:], ", ") && !strings.HasPrefix(rd.fold[d.end:], ". ") || d.start != rd.tokens[i+2].start {
		return false
	}
	first := i - 1
	for first > 0 && rd.isName(first-1) && !rd.tokens[first].first {
		first--
	}
	if first > 0 && rd.tokens[first-1].low == ":" {
		return rd.patientBefore(first)
	}
	if rd.tokens[first].first {
		return strings.HasPrefix(rd.fold[d.end:], ", ")
	}
	switch rd.tokens[first-1].low {
	case "included", "includes", "including", "listed":
		return true
	case "and":
		return first > 2 && rd.bornAt(rd.tokens[first-2].start)
	}
	return rd.tokens[first-1].marks.has(kin)
}

// bornAt holds right behind a date of birth that has been found.
func (rd *reading) bornAt(start int) bool {
	for _, s := range rd.spans {
		if s.Class == DateOfBirth && (s.End == start || s.End == start-1) {
			return true
		}
	}
	return false
}

// bracketed2 holds inside brackets that opened before token i, or at a name that
// a line begins with.
func (rd *reading) bracketed2(i int) bool {
	for j := i - 1; j >= 0 && j > i-6; j-- {
		switch rd.tokens[j].low {
		case "(":
			return true
		case ")", ".":
			return false
		}
	}
	return false
}

// numberAfter takes the number that follows a name: a record's of six digits or
// more, and after "on" that of a telephone.
func (rd *reading) numberAfter(i int) {
	j := i + 1
	if j >= len(rd.tokens) {
		return
	}
	t := &rd.tokens[j]
	if t.low == "(" || t.low == "," && j+1 < len(rd.tokens) && rd.tokens[j+1].kind != word {
		if j++; j >= len(rd.tokens) {
			return
		}
		t = &rd.tokens[j]
	}
	if (t.kind == number || t.kind == code && leadingDigits(t.low) >= 5 || t.kind == code && t.capital && len(t.low) >= 6) && !rd.hidden[j] && !t.first {
		if t.kind == number && len(t.low) == 8 && rd.dated(t.start) {
			rd.span(t.start, t.end, DateOfBirth, 0.6, "date in eight digits after a name")
			return
		}
		if digits := countDigits(t.low); digits >= 5 && digits <= 8 && t.end-t.start <= 10 && !rd.unitFollows(j) && !rd.dated(t.start) {
			rd.span(t.start, t.end, HospitalNumber, 0.6, "number after a name")
		}
		if t.kind == number && rd.lineOf(j) {
			rd.span(t.start, t.end, Extension, 0.5, "number after a name and a comma")
		}
		if digits := t.end - t.start; t.kind == number && (digits == 3 || digits == 4 || digits == 5) && rd.contactBefore(i) && !rd.unitFollows(j) {
			rd.span(t.start, t.end, Extension, 0.6, "number after somebody to contact")
		}
		return
	}
	if t.low == "," {
		if j++; j >= len(rd.tokens) {
			return
		}
		t = &rd.tokens[j]
	}
	if t.low == "is" && j+1 < len(rd.tokens) && rd.tokens[j+1].low == "on" {
		j++
		t = &rd.tokens[j]
	}
	if t.low != "on" && t.low != "at" || j+1 >= len(rd.tokens) {
		return
	}
	n := &rd.tokens[j+1]
	if n.kind != number || n.end-n.start < 4 || n.end-n.start > 5 || rd.hidden[j+1] || rd.unitFollows(j+1) || rd.dated(n.start) {
		return
	}
	if t.low == "at" && clock(n.low) || strings.HasPrefix(n.low, "20") && n.end-n.start == 4 {
		return
	}
	rd.span(n.start, n.end, Extension, 0.6, "number after a name")
}

// contactBefore holds where somebody is to be asked or rung.
func (rd *reading) contactBefore(i int) bool {
	for j := i - 1; j >= 0 && j >= i-5; j-- {
		switch rd.tokens[j].low {
		case "contact", "call", "ring", "phone", "bleep", "page", "dial", "via", "speak", "fast-bleep", "telephone":
			return true
		case ".":
			return false
		}
	}
	return false
}

// clock holds for four digits that may be a time of day.
func clock(low string) bool {
	return len(low) == 4 && low[:2] < "24" && low[2:] < "60"
}

func countDigits(s string) int {
	n := 0
	for i := range len(s) {
		if isDigit(rune(s[i])) {
			n++
		}
	}
	return n
}

// dated holds inside a date.
func (rd *reading) dated(at int) bool {
	_, ok := rd.dateOver(at)
	return ok
}

// dateOver answers the date that a place is in. Dates lie in order and apart.
func (rd *reading) dateOver(at int) (date, bool) {
	after := sort.Search(len(rd.dates), func(i int) bool { return rd.dates[i].start > at })
	if after == 0 || rd.dates[after-1].end <= at {
		return date{}, false
	}
	return rd.dates[after-1], true
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
