package redaction

import "strings"

// shapedNames takes words that look like names by themselves: a capitalised
// word that stands in no list of words, and a listed name that is no word.
func (rec *record) shapedNames(rd *reading) {
	for i := range rd.tokens {
		if !rd.free(i) || rd.isName(i) {
			continue
		}
		if confidence := rec.shaped(rd, i); confidence > 0 {
			rd.name(i, confidence)
		}
	}
}

// shaped answers how sure it is that token i is a name, 0 where it is none.
func (rec *record) shaped(rd *reading, i int) float64 {
	t := &rd.tokens[i]
	if len(t.low) < 2 || t.barred() || rd.drug(i) {
		return 0
	}
	if t.marks.has(eponym) {
		return rd.shapedEponym(i)
	}
	if t.onlyName() && (t.capital || !t.cased) && !(t.cased && t.caps && len(t.low) < 4) {
		return 0.8
	}
	if !t.proper() {
		return 0
	}
	switch {
	case t.strange():
		return rec.unknownCapital(rd, i)
	case t.marks.has(given) && t.marks.has(ordinary):
		if !t.first && !rd.beforePlace(i) && !rd.drug(i) {
			return 0.6
		}
	}
	return 0
}

// shapedEponym takes a family name that is an eponym too, where nothing says
// that a thing is meant.
func (rd *reading) shapedEponym(i int) float64 {
	t := &rd.tokens[i]
	if !t.proper() || !t.listed() || t.marks.has(ordinary) || rd.eponymPhrase(i) || rd.valued(i) {
		return 0
	}
	return 0.5
}

// valued holds where a number follows, as after a score.
func (rd *reading) valued(i int) bool {
	return i+1 < len(rd.tokens) && (rd.tokens[i+1].kind == number || rd.tokens[i+1].low == ":" || rd.tokens[i+1].low == "=")
}

// unknownCapital judges a capitalised word that stands in no list.
func (rec *record) unknownCapital(rd *reading, i int) float64 {
	t := &rd.tokens[i]
	if i > 0 && rd.tokens[i-1].low == "the" && !(rd.free(i+1) && rd.tokens[i+1].proper()) {
		return 0
	}
	alone := !rd.free(i+1) || !rd.tokens[i+1].proper() || !rd.beside(i+1)
	if alone && rec.lex.slipOf(t.low) {
		return 0
	}
	if rd.beforePlace(i) {
		return 0
	}
	return 0.55
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

// neighbours takes the words beside an accepted name that belong to it; it says
// whether it found any.
func (rec *record) neighbours(rd *reading) bool {
	changed := false
	for i := range rd.tokens {
		if !rd.isName(i) {
			continue
		}
		changed = rec.after(rd, i) || changed
		changed = rec.before(rd, i) || changed
	}
	return changed
}

func (rec *record) after(rd *reading, i int) bool {
	t := &rd.tokens[i]
	if len(t.low) > 1 && rd.goesOn(i+1) && rec.carriesOn(rd, i+1) {
		return rd.name(i+1, 0.7)
	}
	if i+2 >= len(rd.tokens) {
		return false
	}
	mid := &rd.tokens[i+1]
	next := &rd.tokens[i+2]
	if !rd.free(i+2) || next.barred() || next.first {
		return false
	}
	switch {
	case mid.low == "-" && !mid.spaced && !next.spaced && len(next.low) > 2:
		return !next.marks.has(ordinary) && rd.name(i+2, 0.7)
	case mid.low == "," && t.marks.has(family) && next.marks.has(given) && !next.marks.has(ordinary):
		return rd.name(i+2, 0.7)
	case joiner(mid) && mid.low != ",":
		if next.onlyName() || next.proper() && (next.strange() || next.listed()) && !rd.beforePlace(i+2) && !rd.eponymPhrase(i+2) {
			return rd.name(i+2, 0.6)
		}
	}
	return false
}

// carriesOn keeps a word that capitals do not vouch for out of a name: it must
// be unknown and no slip of an ordinary word.
func (rec *record) carriesOn(rd *reading, i int) bool {
	t := &rd.tokens[i]
	if t.proper() || t.listed() {
		return true
	}
	return !rec.lex.slipOf(t.low)
}

func (rec *record) before(rd *reading, i int) bool {
	if !rd.beside(i) && !(i > 1 && rd.tokens[i-1].low == "." && !rd.tokens[i-1].spaced) {
		return false
	}
	j := i - 1
	if rd.tokens[j].low == "." {
		j--
		return rd.initial(j) && rd.tokens[j].capital && rd.name(j, 0.7)
	}
	if rd.initial(j) && rd.tokens[j].capital && !rd.tokens[j].first && rd.tokens[j].cased {
		return rd.name(j, 0.7)
	}
	if !rd.free(j) || rd.isName(j) || len(rd.tokens[j].low) < 2 {
		return false
	}
	p := &rd.tokens[j]
	switch {
	case particle(p.low) && !p.marks.has(stop):
		return rd.isName(j-1) && rd.name(j, 0.6)
	case p.marks.has(stop|title|role|month|medical|kin|place) && !p.marks.has(given):
		return false
	case p.marks.has(given) && p.capital && !p.marks.has(stop|month) && (!p.first || !p.marks.has(ordinary)):
		return rd.name(j, 0.7)
	case p.marks.has(given) && p.proper() && rd.tokens[i].proper() && !p.marks.has(role|title|month):
		return rd.name(j, 0.6)
	case p.proper() && !p.first && (p.strange() || p.marks.has(family)) && !rd.eponymPhrase(j):
		return rd.name(j, 0.6)
	case !p.cased && p.marks.has(given) && p.marks.has(ordinary) && !p.marks.has(stop) && rd.tokens[i].marks.has(family):
		return rd.name(j, 0.5)
	}
	return false
}

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
