package redaction

import (
	"strings"

	"github.com/nyaruka/phonenumbers"
)

// phoneNumber takes telephone numbers as they are typed: 0 or +44 or 0044 and
// nine or ten more digits, or a plus sign and any country. Whether such a number
// is in service is not asked: a mistyped one still points at a person.
func (rd *reading) phoneNumber(groups []group, first int, digits []byte) bool {
	g := groups[first]
	if g.taken || first > 0 && groups[first-1].end == g.start {
		return false
	}
	plus := g.start > 0 && rd.fold[g.start-1] == '+'
	bracket := strings.HasSuffix(rd.fold[:g.start], "(")
	if !plus && rd.digitAt(g.start) != 0 && !bracket {
		return false
	}
	end, ok := 0, false
	oneByOne := g.end-g.start == 1
	for i := first; i < len(groups) && (i == first || groups[i].linked && rd.phoneGap(groups[i-1], groups[i])); i++ {
		if groups[i].taken {
			break
		}
		digits = rd.digits(groups[i], digits)
		if len(digits) > 16 {
			break
		}
		last := groups[i].end - groups[i].start
		if oneByOne = oneByOne && last == 1; oneByOne && len(digits) > 3 {
			last = 3 // 0 7 7 0 0 9
		}
		if last == 2 && g.end-g.start > 2 { // 077 00 90 01 23, which is no row of times
			last++
		}
		if dialled(string(digits), plus, last) && !rd.unitAt(groups[i].end) {
			end, ok = groups[i].end, true
		}
	}
	if !ok {
		return false
	}
	start := g.start
	if plus {
		start--
	}
	if start > 0 && rd.fold[start-1] == '(' && strings.Contains(rd.fold[start:end], ")") {
		start--
	}
	rd.span(start, end, Phone, 0.9, "dialling pattern")
	return true
}

// dialled says whether digits are a whole number to dial; last is the length of
// its last group, which tells it from a row of clock times.
func dialled(d string, plus bool, last int) bool {
	if last < 2 {
		return false
	}
	switch {
	case plus && strings.HasPrefix(d, "44"):
		d = strings.TrimPrefix(d[2:], "0")
		return len(d) == 9 && last >= 3 || len(d) == 10
	case plus:
		return len(d) >= 9 && len(d) <= 15 || len(d) >= 7 && possible("+"+d)
	case strings.HasPrefix(d, "0044"):
		d = strings.TrimPrefix(d[4:], "0")
		return len(d) == 9 || len(d) == 10
	case strings.HasPrefix(d, "00"):
		return len(d) >= 11 && len(d) <= 15 && last >= 4 || len(d) >= 9 && possible("+"+d[2:])
	case strings.HasPrefix(d, "0"):
		return strings.IndexByte("1235789", d[1]) >= 0 && (len(d) == 11 || len(d) == 10) && last >= 3
	}
	return false
}

// possible says that a number with its country has a length that the country's
// numbers have. Short ones abroad are known by nothing else; whether a number is
// in use is not asked, since a mistyped one points at a person too.
func possible(international string) bool {
	number, err := phonenumbers.Parse(international, "GB")
	return err == nil && phonenumbers.IsPossibleNumber(number)
}

// phoneGap allows what people put between the groups of a telephone number.
func (rd *reading) phoneGap(a, b group) bool {
	for _, c := range rd.fold[a.end:b.start] {
		if !strings.ContainsRune(" -.()_/\n", c) {
			return false
		}
	}
	return !strings.HasPrefix(rd.fold[a.end:b.start], ". ")
}

// unitAt holds where a letter is glued to the number, as in 200mg.
func (rd *reading) unitAt(end int) bool {
	return end < len(rd.fold) && (isLetterByte(rd.fold[end]) || rd.fold[end] == '%')
}

// knownNumber takes any spelling of a number that the record holds: an NHS
// number with a wrong check digit, a telephone number without its zero.
func (rd *reading) knownNumber(groups []group, first int, k *known, digits []byte) {
	if len(k.numbers) == 0 {
		return
	}
	for i := first; i < len(groups) && (i == first || groups[i].linked); i++ {
		digits = rd.digits(groups[i], digits)
		if len(digits) > 16 {
			return
		}
		if class, ok := k.numbers[string(trimZeros(digits))]; ok {
			rd.span(groups[first].start, groups[i].end, class, 1, "known to the record")
			return
		}
	}
}

func trimZeros(d []byte) []byte {
	for len(d) > 0 && d[0] == '0' {
		d = d[1:]
	}
	return d
}
