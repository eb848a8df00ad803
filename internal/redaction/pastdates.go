package redaction

import (
	"sort"
	"strconv"
	"strings"
)

// pastDates hides whole dates of years in which people were born rather than
// reported about, unless what stands before says that something happened then: a
// date of forty years ago in a report is a date of birth, whatever introduces it.
func (rd *reading) pastDates() {
	for i := range rd.dates {
		d := &rd.dates[i]
		if d.birth && !d.born && !rd.happened(d.start) {
			rd.span(d.start, d.end, DateOfBirth, 0.55, "date of a year long past")
		}
	}
}

// happened holds where the words before a date say that it is one of an event, a
// thing or a document.
func (rd *reading) happened(at int) bool {
	i := rd.tokenAt(at) - 1
	for steps := 0; i >= 0 && steps < 5 && !rd.tokens[i+1].first; i, steps = i-1, steps+1 {
		t := &rd.tokens[i]
		switch t.low {
		case "on", "since", "from", "until", "till", "before", "after":
			if steps == 0 {
				return true
			}
		case "phase", "trial", "class", "type", "grade", "stage", "chapter", "edition":
			if steps == 0 {
				return true
			}
		case "dated", "expiry", "expired", "expires", "exp", "installed", "serviced", "service", "calibrated", "manufactured", "made",
			"policy", "version", "guideline", "issued", "published", "updated", "reviewed", "review", "revised", "valid", "built",
			"op", "operation", "operated", "surgery", "implanted", "implant", "inserted", "fitted", "diagnosed", "diagnosis", "admitted",
			"admission", "discharged", "scan", "ct", "mri", "xray", "x-ray", "appointment", "letter", "sample", "taken", "started",
			"commenced", "vaccinated", "vaccination", "died", "death", "last", "married", "retired", "joined", "removed", "procedure", "lot", "batch", "serial":
			return true
		case "born", "birth", "dob":
			return false
		}
	}
	return false
}

// spelledDates takes days of the calendar that are in words, where a cue or
// their year makes them dates of birth: the third of May 1951.
func (rd *reading) spelledDates() {
	for _, i := range rd.marked {
		if t := &rd.tokens[i]; t.marks.has(month) && t.kind == word && monthName(t.low) {
			rd.spelledDate(i)
		}
	}
	for _, i := range rd.numeric {
		if rd.pastYear(i) {
			rd.ordinalMonth(i)
		}
	}
	rd.spelledYears()
}

// century is the word that years of birth in words begin with.
const century = "nineteen"

// spelledYears takes the year of a birth in words: born in nineteen forty seven.
func (rd *reading) spelledYears() {
	for _, i := range rd.marked {
		if rd.tokens[i].low != century || i+1 >= len(rd.tokens) || !rd.bornBefore(i) {
			continue
		}
		last := i + 1
		switch tens, _, _ := strings.Cut(rd.tokens[last].low, "-"); tens {
		case "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety", "hundred":
		default:
			continue
		}
		if last+1 < len(rd.tokens) {
			if digit, n := spoken(rd.tokens[last+1].low); n == 1 && digit > 0 {
				last++
			}
		}
		rd.span(rd.tokens[i].start, rd.tokens[last].end, DateOfBirth, 0.75, "year of birth in words")
	}
}

// pastYear holds for a year in which people were born rather than reported about.
func (rd *reading) pastYear(i int) bool {
	if i >= len(rd.tokens) || rd.tokens[i].kind != number || len(rd.tokens[i].low) != 4 {
		return false
	}
	n, err := strconv.Atoi(rd.tokens[i].low)
	return err == nil && n > 1890 && n <= lastBirthYear
}

func (rd *reading) spelledDate(month int) {
	first, last := rd.dayBefore(month), month
	if first < 0 {
		if last = rd.dayAfter(month); last < 0 {
			return
		}
		first = month
	}
	year := last + 1
	if year < len(rd.tokens) && rd.tokens[year].low == "," {
		year++
	}
	if year < len(rd.tokens) && rd.tokens[year].kind == number && (len(rd.tokens[year].low) == 4 || len(rd.tokens[year].low) == 2 && rd.bornBefore(first)) {
		last = year
	}
	past := rd.pastYear(year)
	if rd.bornBefore(first) || past && !rd.happened(rd.tokens[first].start) {
		rd.span(rd.tokens[first].start, rd.tokens[last].end, DateOfBirth, 0.8, "date of birth in words")
	}
}

// dayBefore answers where the words of the day before a month begin, or -1.
func (rd *reading) dayBefore(month int) int {
	i := month - 1
	if i >= 0 && rd.tokens[i].low == "of" {
		i--
	}
	return rd.ordinalFrom(i)
}

// dayAfter answers where the words of the day after a month end, or -1.
func (rd *reading) dayAfter(month int) int {
	i := month + 1
	if i < len(rd.tokens) && rd.tokens[i].low == "the" {
		i++
	}
	if i+1 < len(rd.tokens) && rd.ordinalFrom(i+1) == i {
		return i + 1
	}
	if rd.ordinalFrom(i) == i {
		return i
	}
	return -1
}

// ordinalFrom answers where the ordinal that ends at token i begins, or -1: first,
// twenty-first, thirty first.
func (rd *reading) ordinalFrom(i int) int {
	if i < 0 || i >= len(rd.tokens) || rd.tokens[i].kind != word {
		return -1
	}
	low := rd.tokens[i].low
	if tens, ones, ok := strings.Cut(low, "-"); ok {
		if (tens == "twenty" || tens == "thirty") && ordinal(ones) {
			return i
		}
		return -1
	}
	switch {
	case low == "twentieth", low == "thirtieth":
		return i
	case !ordinal(low):
		return -1
	case i > 0 && (rd.tokens[i-1].low == "twenty" || rd.tokens[i-1].low == "thirty"):
		return i - 1
	}
	return i
}

func ordinal(low string) bool {
	switch low {
	case "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth",
		"thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth":
		return true
	}
	return false
}

// tokenAt answers the first token that does not end before a place.
func (rd *reading) tokenAt(at int) int {
	return sort.Search(len(rd.tokens), func(i int) bool { return rd.tokens[i].end > at })
}
