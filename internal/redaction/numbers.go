package redaction

import "strings"

// group is a run of digits in the folded text. Letters that a scanner reads for
// digits count as digits when they touch one.
type group struct {
	start, end int
	token      int  // index of the token it stands in
	linked     bool // only separators stand between it and the group before
	taken      bool // part of a date
}

// maxGap is how many characters may part the groups of one number.
const maxGap = 3

// groups finds the runs of digits. They begin in tokens with digits, and where
// somebody types strokes for ones, anywhere.
func (rd *reading) groups() []group {
	if strings.IndexByte(rd.fold, '|') < 0 && !strings.Contains(rd.low, "/l/") {
		for _, i := range rd.numeric {
			rd.groupsIn(i)
		}
		return rd.runs
	}
	for i := range rd.tokens {
		if rd.tokens[i].kind != opaque {
			rd.groupsIn(i)
		}
	}
	return rd.runs
}

// groupsIn finds the runs of digits that begin in token i.
func (rd *reading) groupsIn(i int) {
	t, end := &rd.tokens[i], 0
	if n := len(rd.runs); n > 0 {
		end = rd.runs[n-1].end
	}
	for at := max(end, t.start); at < t.end; at = max(end, at+1) {
		if c := rd.fold[at]; !isDigit(rune(c)) && looksLike(c) < 0 || !rd.startsDigits(at) {
			continue
		}
		for end = at; end < len(rd.fold) && rd.digitAt(end) >= 0; {
			end++
		}
		linked := len(rd.runs) > 0 && separators(rd.fold[rd.runs[len(rd.runs)-1].end:at])
		rd.runs = append(rd.runs, group{start: at, end: end, token: i, linked: linked})
	}
}

// startsDigits holds at a digit, and at a letter that looks like one where a
// word of nothing but digits and such letters begins: O4/08/1938.
func (rd *reading) startsDigits(i int) bool {
	if isDigit(rune(rd.fold[i])) {
		return true
	}
	return rd.monthMisread(i) || looksLike(rd.fold[i]) >= 0 && (i == 0 || !isLetterByte(rd.fold[i-1])) && rd.digitsFrom(i)
}

// longestNumber is the most characters of a number without a gap.
const longestNumber = 24

// digitsFrom holds where the word that goes on at i has a digit and nothing but
// digits and letters that look like them.
func (rd *reading) digitsFrom(i int) bool {
	digits := false
	for end := i + longestNumber; i < len(rd.fold); i++ {
		c := rd.fold[i]
		if i == end {
			return false
		}
		switch {
		case isDigit(rune(c)):
			digits = true
		case looksLike(c) >= 0:
		default:
			return digits && !isLetterByte(c)
		}
	}
	return digits
}

// looksLike is the digit that a letter is mistaken for, -1 for none.
func looksLike(c byte) int {
	switch c {
	case 'O', 'o':
		return 0
	case 'l', 'I', '|':
		return 1
	}
	return -1
}

// digitAt is the value of the digit at i, or of a letter that looks like one
// among digits; -1 for anything else.
func (rd *reading) digitAt(i int) int {
	c := rd.fold[i]
	if isDigit(rune(c)) {
		return int(c - '0')
	}
	if rd.monthMisread(i) {
		return 1
	}
	if v := looksLike(c); v >= 0 && rd.digitsFrom(i) || v >= 0 && rd.digitsBefore(i) {
		return v
	}
	before := i > 0 && isDigit(rune(rd.fold[i-1]))
	after := i+1 < len(rd.fold) && isDigit(rune(rd.fold[i+1]))
	if before && after {
		switch c {
		case 'S', 's':
			return 5
		case 'B':
			return 8
		}
	}
	return -1
}

// monthMisread holds for the one of a date that a scanner read for a letter: 11/l/08.
func (rd *reading) monthMisread(i int) bool {
	return looksLike(rd.fold[i]) == 1 && i > 1 && i+2 < len(rd.fold) && rd.fold[i-1] == '/' && rd.fold[i+1] == '/' && isDigit(rune(rd.fold[i-2])) && isDigit(rune(rd.fold[i+2]))
}

// digitsBefore holds where the letter at i ends a word of digits.
func (rd *reading) digitsBefore(i int) bool {
	j := i
	for j+1 < len(rd.fold) && j < i+longestNumber && looksLike(rd.fold[j+1]) >= 0 {
		j++
	}
	if j+1 < len(rd.fold) && isLetterByte(rd.fold[j+1]) {
		return false
	}
	for first := i - longestNumber; i > 0 && i > first && looksLike(rd.fold[i-1]) >= 0; {
		i--
	}
	return i > 0 && isDigit(rune(rd.fold[i-1]))
}

func isLetterByte(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' || c >= 0x80 }

func separators(s string) bool {
	if len(s) == 0 || len(s) > maxGap {
		return false
	}
	for i := range len(s) {
		if strings.IndexByte(" .,-/()_:\n\r\t*\xb7", s[i]) < 0 {
			return false
		}
	}
	return true
}

// digits appends the values of a group.
func (rd *reading) digits(g group, out []byte) []byte {
	for i := g.start; i < g.end; i++ {
		out = append(out, byte('0'+rd.digitAt(i)))
	}
	return out
}

// scanNumbers finds NHS numbers, telephone numbers, dates of birth, and numbers
// that a cue introduces.
func (rd *reading) scanNumbers(k *known) {
	groups := rd.groups()
	rd.scanDates(groups, k.births)
	rd.pastDates()
	rd.spelledDates()
	var buf [24]byte
	for i := range groups {
		if rd.nhsNumber(groups, i, buf[:0]) {
			continue
		}
		if rd.phoneNumber(groups, i, buf[:0]) {
			continue
		}
		rd.knownNumber(groups, i, k, buf[:0])
	}
	for i := range groups {
		if !groups[i].taken {
			rd.cuedNumber(groups, i)
		}
	}
	rd.extensions()
	rd.lines()
	rd.patientCodes()
	rd.filedCodes()
	rd.partedCodes()
	rd.numberOfSomebody()
	codes := rd.codes()
	rd.byNumber(codes)
	rd.swapped(codes)
	rd.keySafes()
	rd.alike(groups)
}

// nhsNumber takes ten digits with a valid check digit, however they are parted.
// The check alone lets one in eleven other numbers through; hiding those costs
// a job number, missing one costs a person.
func (rd *reading) nhsNumber(groups []group, first int, digits []byte) bool {
	for i := first; i < len(groups) && (i == first || groups[i].linked); i++ {
		digits = rd.digits(groups[i], digits)
		if len(digits) > 10 {
			return false
		}
		if len(digits) == 10 {
			if !validNHS(digits) || !rd.evenlyParted(groups[first:i+1]) || i == first && rd.jobBefore(groups[i].token) {
				return false
			}
			rd.span(groups[first].start, groups[i].end, NHSNumber, 0.95, "check digit")
			return true
		}
	}
	return false
}

// jobBefore holds where the word before says that a thing is numbered, and none
// that a person is.
func (rd *reading) jobBefore(tok int) bool {
	for j := tok - 1; j >= 0 && j >= tok-3; j-- {
		switch rd.tokens[j].low {
		case "job", "ticket", "order", "serial", "batch", "lot", "asset", "cad", "log", "invoice", "barcode", "accession", "sn", "po", "model", "incident", "datix", "reference", "query", "pump", "device", "monitor", "machine", "driver", "equipment":
			return true
		case "no", "number", "numbers", "nos", ":", "#", ".", "ref":
		default:
			return false
		}
	}
	return false
}

// validNHS checks the eleventh modulus of the NHS data dictionary: weights ten
// to two, and no number of ten equal digits.
func validNHS(d []byte) bool {
	sum, equal := 0, true
	for i := range 9 {
		sum += int(d[i]-'0') * (10 - i)
		equal = equal && d[i] == d[9]
	}
	check := (11 - sum%11) % 11
	return !equal && check != 10 && check == int(d[9]-'0')
}

// evenlyParted tells a number from measurements that happen to stand side by
// side: it is grouped as people group an NHS number, or parted by the same
// characters throughout.
func (rd *reading) evenlyParted(groups []group) bool {
	if len(groups) <= 2 {
		return true
	}
	if len(groups) == 3 && groups[2].end-groups[2].start >= 3 && groups[0].end-groups[0].start >= 3 {
		return true
	}
	gap := rd.fold[groups[0].end:groups[1].start]
	for i := 2; i < len(groups); i++ {
		if rd.fold[groups[i-1].end:groups[i].start] != gap {
			return false
		}
	}
	return true
}
