package redaction

import (
	"slices"
	"strings"
)

// date is a calendar date in the text, groups first to last of it.
type date struct {
	start, end  int
	first, last int
	whole       bool // with a year
	born        bool // hidden as one of birth
	birth       bool // with one that people were born in
}

// day is a day of the calendar.
type day struct{ year, month, day int }

// readings are the days that a date may mean: the month may come first, and
// the year may lack its century.
func (rd *reading) readings(d date, groups []group) []day {
	var v []int
	for _, g := range groups[d.first : d.last+1] {
		v = append(v, rd.value(g))
	}
	month := rd.monthIn(d.start, d.end)
	switch {
	case month > 0 && len(v) == 2:
		return []day{{v[1], month, v[0]}, {v[0], month, v[1]}}
	case len(v) == 3:
		return []day{{v[2], v[1], v[0]}, {v[2], v[0], v[1]}, {v[0], v[1], v[2]}}
	}
	return nil
}

// means says that a day is the one that another, perhaps without a century, is.
func (d day) means(other day) bool {
	return d.month == other.month && d.day == other.day && (d.year == other.year || d.year < 100 && d.year == other.year%100)
}

func monthNumber(low string) int {
	return 1 + strings.Index("janfebmaraprmayjunjulaugsepoctnovdec", low[:3])/3
}

// scanDates finds calendar dates, so that no other layer takes their digits,
// and hides those that a cue makes a date of birth. Other dates stay: the form
// shows when an event happened.
func (rd *reading) scanDates(groups []group, births []day) {
	for i := 0; i < len(groups); i++ {
		d, ok := rd.dateAt(groups, i)
		if !ok {
			if last := rd.looseDate(groups, i); last >= 0 {
				i = last
				continue
			}
			rd.birthDigits(groups, i)
			continue
		}
		for j := d.first; j <= d.last; j++ {
			groups[j].taken = true
		}
		if rd.bornBefore(groups[d.first].token) || rd.bornAfter(d.end) {
			rd.span(rd.weekdayBefore(d.start), d.end, DateOfBirth, 0.95, "date with a cue of birth")
			d.born = true
		}
		if len(births) > 0 && slices.ContainsFunc(rd.readings(d, groups), func(one day) bool { return slices.ContainsFunc(births, one.means) }) {
			rd.span(d.start, d.end, DateOfBirth, 1, "known to the record")
		}
		d.birth = rd.birthYear(d, groups)
		if n := len(rd.dates); n > 0 && rd.dates[n-1].born && d.whole && rd.sameList(rd.dates[n-1], d) {
			rd.span(d.start, d.end, DateOfBirth, 0.7, "date beside one of birth")
			d.born = true
		}
		rd.dates = append(rd.dates, d)
		i = d.last
	}
}

// dateAt reads a date whose first number is group i: 3/6/85, 1985-06-03,
// 3 June 1985, 3rd of June, June 3rd 1985, 03 06 1985.
func (rd *reading) dateAt(groups []group, i int) (date, bool) {
	d, ok := rd.numericDate(groups, i)
	if !ok {
		d, ok = rd.gluedDate(groups, i)
	}
	if !ok {
		d, ok = rd.romanDate(groups, i)
	}
	if !ok {
		d, ok = rd.numberedMonth(groups, i)
	}
	if !ok {
		d, ok = rd.wordyDate(groups, i)
	}
	return d, ok
}

func (rd *reading) numericDate(groups []group, i int) (date, bool) {
	if i+2 >= len(groups) || !groups[i+1].linked || !groups[i+2].linked {
		return date{}, false
	}
	a, b, c := groups[i], groups[i+1], groups[i+2]
	sep := rd.fold[a.end:b.start]
	if sep != rd.fold[b.end:c.start] || !dateSeparator(sep) {
		return date{}, false
	}
	if rd.letterAt(c.end) || a.start > 0 && isLetterByte(rd.fold[a.start-1]) {
		return date{}, false
	}
	x, y, z := rd.value(a), rd.value(b), rd.value(c)
	switch {
	case sep == " " && c.end-c.start != 4 && !rd.bornBefore(a.token) && !rd.besideBirth(a.start):
		return date{}, false
	case a.end-a.start == 4 && x >= 1890 && x < 2100 && isMonth(y) && isDay(z): // 1985-06-03
	case a.end-a.start <= 2 && b.end-b.start <= 2 && isDay(x) && isMonth(y) && isYear(c, z): // 03/06/85
	case a.end-a.start <= 2 && b.end-b.start <= 2 && isMonth(x) && isDay(y) && isYear(c, z): // 06/23/85
	default:
		return date{}, false
	}
	return date{start: a.start, end: c.end, first: i, last: i + 2, whole: true}, true
}

// besideBirth holds right behind a date of birth that another is compared with.
func (rd *reading) besideBirth(start int) bool {
	n := len(rd.dates)
	return n > 0 && rd.dates[n-1].born && start-rd.dates[n-1].end < 12 && rd.sameList(rd.dates[n-1], date{start: start})
}

func dateSeparator(s string) bool {
	switch s {
	case "/", "-", ".", " ", " / ", " - ", " . ", ". ":
		return true
	}
	return false
}

// wordyDate reads dates with the month as a word.
func (rd *reading) wordyDate(groups []group, i int) (date, bool) {
	g := groups[i]
	if g.end-g.start > 2 || !isDay(rd.value(g)) {
		return date{}, false
	}
	tok := g.token
	d := date{start: g.start, end: rd.tokens[tok].end, first: i, last: i}
	next := tok + 1
	if next < len(rd.tokens) && (rd.tokens[next].low == "st" || rd.tokens[next].low == "nd" || rd.tokens[next].low == "rd" || rd.tokens[next].low == "th" || rd.tokens[next].low == "of") {
		next++
	}
	for next < len(rd.tokens) && (rd.tokens[next].low == "of" || rd.tokens[next].low == "-" || rd.tokens[next].low == "/") {
		next++
	}
	if next < len(rd.tokens) && monthName(rd.tokens[next].low) {
		d.end = rd.tokens[next].end
		return rd.withYear(groups, d, next+1), true
	}
	before := tok - 1
	if before > 0 && rd.tokens[before].low == "-" {
		before-- // Mar-02-1984
	}
	if before >= 0 && monthName(rd.tokens[before].low) {
		d.start = rd.tokens[before].start
		return rd.withYear(groups, d, tok+1), true
	}
	return date{}, false
}

// withYear adds the year when one stands at token next, perhaps after a comma.
func (rd *reading) withYear(groups []group, d date, next int) date {
	for next < len(rd.tokens) && (rd.tokens[next].kind == punct && strings.Contains(",-/.'", rd.tokens[next].low)) {
		next++
	}
	j := d.last + 1
	if next >= len(rd.tokens) || j >= len(groups) || groups[j].token != next || rd.tokens[next].kind != number {
		return d
	}
	if n := groups[j].end - groups[j].start; n == 4 || n == 2 && !rd.letterAt(groups[j].end) {
		d.end, d.last, d.whole = groups[j].end, j, true
	}
	return d
}

// birthDigits takes what stands after a cue of birth without being a whole
// date: 030685, 1985, June 1985.
func (rd *reading) birthDigits(groups []group, i int) {
	g := groups[i]
	n := g.end - g.start
	if n != 4 && n != 6 && n != 8 || !rd.bornBefore(g.token) {
		return
	}
	if n == 4 {
		if v := rd.value(g); v < 1890 || v > 2100 {
			return
		}
	}
	start := g.start
	if g.token > 0 && monthName(rd.tokens[g.token-1].low) {
		start = rd.tokens[g.token-1].start
	}
	rd.span(start, g.end, DateOfBirth, 0.9, "digits after a cue of birth")
}

// bornBefore looks back from a token for what introduces a date of birth.
func (rd *reading) bornBefore(tok int) bool {
	for i, steps := tok-1, 0; i >= 0 && steps < 7; i, steps = i-1, steps+1 {
		t := &rd.tokens[i]
		switch t.low {
		case "dob", "dobs", "born", "birthdate", "birthday", "d.o.b", "b'day", "bday", "yob", "bron", "birthdays":
			return true
		case "birth", "brith", "brth":
			return i > 0 && (rd.tokens[i-1].low == "of" || rd.tokens[i-1].low == "her" || rd.tokens[i-1].low == "his") || i+1 < len(rd.tokens) && rd.tokens[i+1].low == "date"
		case "b":
			if i > 3 && (rd.tokens[i-1].low == "." || rd.tokens[i-1].low == "/") && rd.tokens[i-2].low == "o" && rd.tokens[i-4].low == "d" {
				return true
			}
			if i+1 == tok && rd.tokens[tok].end-rd.tokens[tok].start <= 2 && i > 0 && rd.tokens[i-1].kind == word {
				return true // Isaac Olowookere b 1/6/57
			}
			if i+1 == tok && i > 0 && rd.tokens[i-1].low == "(" && rd.pastYear(tok) {
				return true // (b 1947)
			}
			if i > 1 && rd.tokens[i-1].low == "o" && rd.tokens[i-2].low == "d" || i+1 < len(rd.tokens) && rd.tokens[i+1].low == "." && i+2 == tok {
				return true
			}
		}
		if !bornFiller(t) {
			return false
		}
	}
	return false
}

func bornFiller(t *token) bool {
	switch t.low {
	case ":", "-", ".", ",", "(", "\"", "'", "=", "is", "was", "on", "in", "the", "of", "b", "o", "d", "date", "as", "given", "recorded", "at", ";", "/", "#", "around", "about", "back", "she", "he", "they", "said", "says", "gave", "her", "his", "their", "patient", "pt", "confirmed", "stated", "should", "be", "not", "actually", "really", "correct", "form", "label", "system", "notes", "band", "wristband",
		"bus", "pass", "licence", "passport", "card", "bracelet", "sticker", "referral", "letter", "screen", "record", "paperwork", "file", "chart", "sheet",
		"same", "obviously", "also", "both", "entered", "typed", "written", "put", "down", "wrong", "incorrect", "read", "reads", "showing", "shows", "listed", "registered", "would", "have", "been", "who", "me", "for":
		return true
	}
	return t.kind == opaque || monthName(t.low) || t.marks.has(month)
}

// bornAfter holds where the cue stands behind the date: 3/6/85 (DOB).
func (rd *reading) bornAfter(end int) bool {
	rest := strings.TrimLeft(rd.low[end:min(len(rd.low), end+20)], " (,-:")
	return strings.HasPrefix(rest, "dob") || strings.HasPrefix(rest, "d.o.b") || strings.HasPrefix(rest, "date of birth")
}

// sameList holds where two dates of birth are compared: 1/2/50 on the form, 2/1/50
// on the band.
func (rd *reading) sameList(a, b date) bool {
	between := rd.low[a.end:b.start]
	return len(between) < 40 && !strings.Contains(between, ". ") && !strings.ContainsAny(between, "\n") && (!strings.Contains(between, ";") || strings.Contains(between, "; on ")) &&
		(strings.Contains(between, "on sample") || strings.Contains(between, "label") || strings.Contains(between, "not") || strings.Contains(between, " v") || strings.Contains(between, " or ") || strings.Contains(between, "and") || strings.Contains(between, "band") || strings.Contains(between, "instead") || strings.Contains(between, "correct") || strings.Contains(between, "form"))
}

// weekdayBefore steps back from a date over the day of the week.
func (rd *reading) weekdayBefore(start int) int {
	i := rd.tokenAt(start) - 1
	if i > 0 && rd.tokens[i].low == "," {
		i--
	}
	if i >= 0 && weekday(rd.tokens[i].low) {
		return rd.tokens[i].start
	}
	return start
}

// birthYear holds for dates whose year is one that people were born in rather
// than one in which something was reported.
func (rd *reading) birthYear(d date, groups []group) bool {
	if !d.whole {
		return false
	}
	for _, g := range groups[d.first : d.last+1] {
		v, n := rd.value(g), g.end-g.start
		if n == 4 && v > 1890 && v <= lastBirthYear || n == 2 && v > 31 && v > lastBirthYear%100 {
			return true
		}
	}
	return false
}

// lastBirthYear is the last year that is more likely to be that of a birth than
// of an event, where a date stands beside a person's number.
const lastBirthYear = 2018

func (rd *reading) value(g group) int {
	v := 0
	for i := g.start; i < g.end && i < g.start+8; i++ {
		v = v*10 + rd.digitAt(i)
	}
	return v
}

func (rd *reading) letterAt(i int) bool { return i < len(rd.fold) && isLetterByte(rd.fold[i]) }

func isDay(v int) bool   { return v >= 1 && v <= 31 }
func isMonth(v int) bool { return v >= 1 && v <= 12 }

func isYear(g group, v int) bool {
	return g.end-g.start == 2 || g.end-g.start == 4 && v >= 1890 && v < 2100
}

func monthName(low string) bool {
	switch low {
	case "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
		"jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec":
		return true
	}
	return false
}
