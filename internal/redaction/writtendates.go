package redaction

import (
	"slices"
	"strings"
)

// gluedDate reads a date that is one word: 01MAR1984, 7sep61.
func (rd *reading) gluedDate(groups []group, i int) (date, bool) {
	if i+1 >= len(groups) || groups[i+1].token != groups[i].token {
		return date{}, false
	}
	a, b := groups[i], groups[i+1]
	t := &rd.tokens[a.token]
	if a.start != t.start || b.end != t.end || a.end-a.start > 2 || !isDay(rd.value(a)) || !monthName(rd.low[a.end:b.start]) || !isYear(b, rd.value(b)) {
		return date{}, false
	}
	return date{start: a.start, end: b.end, first: i, last: i + 1, whole: true}, true
}

// romanDate reads a date whose month is in Roman figures, or a word behind the year:
// 19-x-2001, 1966-Jul-04.
func (rd *reading) romanDate(groups []group, i int) (date, bool) {
	if i+1 >= len(groups) || groups[i+1].token != groups[i].token+4 {
		return date{}, false
	}
	a, b, at := groups[i], groups[i+1], groups[i].token
	sep, t := rd.tokens[at+1].low, &rd.tokens[at+2]
	if sep != "-" && sep != "/" && sep != "." || rd.tokens[at+3].low != sep || rd.apart(at+1, at+4) {
		return date{}, false
	}
	x := rd.value(a)
	switch {
	case a.end-a.start == 4 && isYear(a, x) && isDay(rd.value(b)) && monthName(t.low):
	case a.end-a.start > 2 || !isDay(x) || !rd.yearOf(b, at) || romanMonth(t.low) == 0 && !monthName(t.low):
		return date{}, false
	}
	return date{start: a.start, end: b.end, first: i, last: i + 1, whole: true}, true
}

// yearOf holds for a year of four digits, and behind a cue of birth or an age for one of
// two, in a date that begins at token first.
func (rd *reading) yearOf(g group, first int) bool {
	return isYear(g, rd.value(g)) && (g.end-g.start == 4 || rd.bornBefore(first) || rd.afterAge(first))
}

// afterAge holds behind an age in brackets: Carlton Prescod (73, 1/i/53).
func (rd *reading) afterAge(i int) bool {
	return i > 2 && rd.tokens[i-1].low == "," && rd.tokens[i-2].kind == number && rd.tokens[i-3].low == "("
}

// apart holds where white space stands before any of the tokens from first to last.
func (rd *reading) apart(first, last int) bool {
	for i := first; i <= last; i++ {
		if rd.tokens[i].spaced {
			return true
		}
	}
	return false
}

// numberedMonth reads a date whose month is counted: the 4th of the 10th, 1938.
func (rd *reading) numberedMonth(groups []group, i int) (date, bool) {
	if i+2 >= len(groups) || !rd.counts(groups[i], 31) || !rd.counts(groups[i+1], 12) {
		return date{}, false
	}
	at, month := groups[i].token+1, groups[i+1].token
	if at+1 >= len(rd.tokens) || rd.tokens[at].low != "of" {
		return date{}, false
	}
	if at++; rd.tokens[at].low == "the" {
		at++
	}
	year := month + 1
	if at != month || year >= len(rd.tokens) {
		return date{}, false
	}
	if low := rd.tokens[year].low; low == "," || low == "in" || low == "of" {
		year++
	}
	y := groups[i+2]
	if y.token != year || y.end != rd.tokens[year].end || !rd.yearOf(y, groups[i].token) {
		return date{}, false
	}
	start := groups[i].start
	if first := groups[i].token; first > 0 && rd.tokens[first-1].low == "the" {
		start = rd.tokens[first-1].start
	}
	return date{start: start, end: y.end, first: i, last: i + 2, whole: true}, true
}

// counts holds for a token like 4th whose number is at most so many.
func (rd *reading) counts(g group, most int) bool {
	t := &rd.tokens[g.token]
	if g.start != t.start || t.end-g.end != 2 {
		return false
	}
	switch rd.low[g.end:t.end] {
	case "st", "nd", "rd", "th":
		v := rd.value(g)
		return v > 0 && v <= most
	}
	return false
}

var romanMonths = []string{"i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"}

// romanMonth is the month that Roman figures stand for, 0 for anything else.
func romanMonth(low string) int { return slices.Index(romanMonths, low) + 1 }

// monthIn is the month that is written between two places of a date of two numbers, 0
// for none.
func (rd *reading) monthIn(start, end int) int {
	for at := start; at < end; at++ {
		if !isLetterByte(rd.low[at]) || at > start && isLetterByte(rd.low[at-1]) {
			continue
		}
		last := at
		for last < end && isLetterByte(rd.low[last]) {
			last++
		}
		if low := rd.low[at:last]; monthName(low) {
			return monthNumber(low)
		} else if month := romanMonth(low); month > 0 {
			return month
		}
	}
	return 0
}

// ordinalMonth takes a date of birth that is in words, its month counted: the fifth of
// the fourth 1955.
func (rd *reading) ordinalMonth(year int) {
	i := year - 1
	if i >= 0 && (rd.tokens[i].low == "," || rd.tokens[i].low == "in") {
		i--
	}
	month := rd.ordinalFrom(i)
	if month < 2 || month != i {
		return
	}
	i--
	if rd.tokens[i].low == "the" {
		i--
	}
	if i < 1 || rd.tokens[i].low != "of" {
		return
	}
	if first := rd.ordinalFrom(i - 1); first >= 0 && (rd.bornBefore(first) || !rd.happened(rd.tokens[first].start)) {
		rd.span(rd.tokens[first].start, rd.tokens[year].end, DateOfBirth, 0.8, "date of birth in words")
	}
}

// looseDate takes a date behind a cue of birth however it is written, and answers the
// last of its groups, or -1: 12th/03/1949, 3-Jun51, O1MAR1984.
func (rd *reading) looseDate(groups []group, i int) int {
	g := groups[i]
	start := g.start
	for start > rd.tokens[g.token].start && looksLike(rd.fold[start-1]) >= 0 {
		start--
	}
	if g.end-start > 2 || !rd.bornBefore(g.token) {
		return -1
	}
	month := rd.overMarks(rd.overLetters(g.end, ordinalEnding))
	end := rd.overLetters(month, func(low string) bool { return monthName(low) || romanMonth(low) > 0 })
	counted := end == month
	if counted {
		end = rd.overLetters(rd.overDigits(month, 2), ordinalEnding)
	}
	year := rd.overMarks(end)
	if end == month || counted && rd.fold[month-1] != rd.fold[end] {
		return -1
	}
	end = rd.overDigits(year, 4)
	if n := end - year; n != 2 && n != 4 || rd.letterAt(end) {
		return -1
	}
	rd.span(start, end, DateOfBirth, 0.9, "date with a cue of birth")
	last := i
	for last+1 < len(groups) && groups[last+1].start < end {
		last++
	}
	return last
}

func ordinalEnding(low string) bool {
	return low == "st" || low == "nd" || low == "rd" || low == "th"
}

// overLetters steps over the letters at a place if they are what is meant.
func (rd *reading) overLetters(at int, meant func(string) bool) int {
	end := at
	for rd.letterAt(end) {
		end++
	}
	if meant(rd.low[at:end]) {
		return end
	}
	return at
}

// overDigits steps over so many digits at most.
func (rd *reading) overDigits(at, most int) int {
	end := at
	for end < len(rd.fold) && end <= at+most && rd.digitAt(end) >= 0 {
		end++
	}
	return end
}

// overMarks steps over what may part the day, the month and the year of a date.
func (rd *reading) overMarks(at int) int {
	for end := at + 3; at < len(rd.low) && at < end && strings.IndexByte(" -/.,'", rd.low[at]) >= 0; {
		at++
	}
	return at
}
