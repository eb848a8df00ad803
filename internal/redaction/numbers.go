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

// groups finds the runs of digits in one pass.
func (rd *reading) groups() []group {
	var out []group
	tok := 0
	for i := 0; i < len(rd.fold); {
		if !rd.startsDigits(i) {
			i++
			continue
		}
		for tok < len(rd.tokens)-1 && rd.tokens[tok].end <= i {
			tok++
		}
		g := group{start: i, token: tok}
		if t := rd.tokens[tok]; t.kind == opaque && t.start <= i {
			i = t.end
			continue
		}
		for i < len(rd.fold) && rd.digitAt(i) >= 0 {
			i++
		}
		g.end = i
		g.linked = len(out) > 0 && separators(rd.fold[out[len(out)-1].end:g.start])
		out = append(out, g)
	}
	return out
}

// startsDigits holds at a digit, and at a letter that looks like one where a
// word of nothing but digits and such letters begins: O4/08/1938.
func (rd *reading) startsDigits(i int) bool {
	if isDigit(rune(rd.fold[i])) {
		return true
	}
	return looksLike(rd.fold[i]) >= 0 && (i == 0 || !isLetterByte(rd.fold[i-1])) && rd.digitsFrom(i)
}

// digitsFrom holds where the word that goes on at i has a digit and nothing but
// digits and letters that look like them.
func (rd *reading) digitsFrom(i int) bool {
	digits := false
	for ; i < len(rd.fold); i++ {
		c := rd.fold[i]
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

// digitsBefore holds where the letter at i ends a word of digits.
func (rd *reading) digitsBefore(i int) bool {
	j := i
	for j+1 < len(rd.fold) && looksLike(rd.fold[j+1]) >= 0 {
		j++
	}
	if j+1 < len(rd.fold) && isLetterByte(rd.fold[j+1]) {
		return false
	}
	for i > 0 && looksLike(rd.fold[i-1]) >= 0 {
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
		if !strings.ContainsRune(" .,-/()_:\n\r\t*·", rune(s[i])) {
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
	rd.scanDates(groups)
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
			if !validNHS(digits) || !rd.evenlyParted(groups[first:i+1]) {
				return false
			}
			rd.span(groups[first].start, groups[i].end, NHSNumber, 0.95, "check digit")
			return true
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

// cue is a word that says what the number after it is.
type cue struct {
	class    Class
	min, max int // digits
}

var cues = map[string]cue{
	"nhs": {NHSNumber, 8, 12}, "chi": {NHSNumber, 8, 12}, "h&c": {NHSNumber, 8, 12}, "hcn": {NHSNumber, 8, 12},
	"nhsno": {NHSNumber, 8, 12}, "nhsnumber": {NHSNumber, 8, 12},
	"tel": {Phone, 6, 15}, "telephone": {Phone, 6, 15}, "phone": {Phone, 6, 15}, "mobile": {Phone, 6, 15}, "mob": {Phone, 6, 15},
	"landline": {Phone, 6, 15}, "fax": {Phone, 6, 15}, "phoned": {Phone, 6, 15}, "rang": {Phone, 6, 15}, "called": {Phone, 7, 15},
	"ring": {Phone, 6, 15}, "text": {Phone, 9, 15}, "texted": {Phone, 9, 15}, "whatsapp": {Phone, 6, 15},
	"bleep": {Extension, 3, 6}, "bleeped": {Extension, 3, 6}, "blp": {Extension, 3, 6}, "pager": {Extension, 3, 6}, "paged": {Extension, 3, 6},
	"ext": {Extension, 2, 6}, "extn": {Extension, 2, 6}, "extension": {Extension, 2, 6}, "dect": {Extension, 3, 6}, "vocera": {Extension, 3, 6},
	"gmc": {Registration, 6, 8}, "gphc": {Registration, 6, 8}, "nmc": {Registration, 5, 8}, "hcpc": {Registration, 4, 7}, "gdc": {Registration, 4, 7},
	"hosp": {HospitalNumber, 4, 10}, "mrn": {HospitalNumber, 4, 10}, "pas": {HospitalNumber, 4, 10}, "rio": {HospitalNumber, 4, 10},
	"emis": {HospitalNumber, 4, 10}, "casenote": {HospitalNumber, 4, 10}, "rxr": {HospitalNumber, 4, 10}, "systmone": {HospitalNumber, 4, 10},
	"k-number": {HospitalNumber, 4, 10}, "paris": {HospitalNumber, 4, 10}, "nomis": {HospitalNumber, 3, 10},
}

// pairs are cues of two words.
var pairs = map[string]cue{
	"hospital number": {HospitalNumber, 4, 10}, "hospital no": {HospitalNumber, 4, 10}, "hospital num": {HospitalNumber, 4, 10},
	"hospital id": {HospitalNumber, 4, 10}, "case note": {HospitalNumber, 4, 10}, "case notes": {HospitalNumber, 4, 10},
	"case number": {HospitalNumber, 4, 10}, "unit number": {HospitalNumber, 4, 10}, "unit no": {HospitalNumber, 4, 10},
	"patient number": {HospitalNumber, 4, 10}, "patient no": {HospitalNumber, 4, 10}, "patient id": {HospitalNumber, 4, 10},
	"pt id": {HospitalNumber, 4, 10}, "record number": {HospitalNumber, 4, 10}, "prison number": {HospitalNumber, 3, 8}, "prison no": {HospitalNumber, 3, 8},
	"contact number": {Phone, 6, 15}, "phone number": {Phone, 6, 15}, "contact no": {Phone, 6, 15}, "call back": {Phone, 6, 15},
	"c and": {NHSNumber, 8, 12}, "h and": {NHSNumber, 8, 12},
}

// fillers may stand between a cue and its number.
func filler(t *token) bool {
	switch t.low {
	case "no", "number", "num", "nr", "nos", "numbers", "id", "ref", "is", "was", "as", "on", "of", "the", "pin", ":", "#", "-", ".", "=", "(", "reg", "registration",
		"back", "her", "him", "them", "me", "us", "his", "my", "their", "then", "via", "to", "for", "details", "notes", "note", "contact", "at", "code", "mobile", "tel":
		return true
	}
	return t.kind == opaque
}

// cueBefore looks back from a token for what introduces it.
func (rd *reading) cueBefore(tok int) (cue, bool) {
	for i, steps := tok-1, 0; i >= 0 && steps < 6; i, steps = i-1, steps+1 {
		t := &rd.tokens[i]
		if i > 0 && t.kind == word {
			if c, ok := pairs[rd.tokens[i-1].low+" "+t.low]; ok {
				return c, true
			}
		}
		if i > 1 && t.low == "c" && rd.tokens[i-1].low == "&" && rd.tokens[i-2].low == "h" {
			return cues["h&c"], true
		}
		if c, ok := cues[t.low]; ok && t.kind == word {
			return c, true
		}
		if !filler(t) {
			return cue{}, false
		}
	}
	return cue{}, false
}

// cuedNumber takes the number that a cue stands before, with or without a valid
// check digit: a typing error still names a person. A number glued to letters
// goes with them.
func (rd *reading) cuedNumber(groups []group, i int) {
	tok := groups[i].token
	if i > 0 && groups[i-1].token == tok && groups[i].linked {
		return
	}
	t := &rd.tokens[tok]
	c, ok := rd.cueBefore(tok)
	if !ok {
		c, ok = gluedCue(t)
	}
	if !ok {
		return
	}
	start, end := t.start, t.end
	n := 0
	for j := i; j < len(groups) && (j == i || groups[j].linked && rd.near(groups[j-1], groups[j])); j++ {
		size := groups[j].end - groups[j].start
		if n+size > c.max || n >= c.min && (c.class == HospitalNumber || c.class == Registration || c.class == NHSNumber && n >= 10) && !rd.tight(groups[j-1], groups[j]) {
			break
		}
		n += size
		end = max(groups[j].end, rd.tokens[groups[j].token].end)
	}
	if n < c.min || n > c.max || c.class == Extension && rd.measured(end) {
		return
	}
	if c.class == HospitalNumber {
		start = rd.prefixed(tok)
	}
	rd.span(start, end, c.class, 0.8, "introduced as such")
}

// gluedCue finds the cue that a number is glued to: nhs9434765919, x2404.
func gluedCue(t *token) (cue, bool) {
	if t.kind != code {
		return cue{}, false
	}
	letters := strings.TrimRight(t.low, "0123456789")
	c, ok := cues[letters]
	return c, ok
}

// near holds for groups parted by no more than one separator and a space.
func (rd *reading) near(a, b group) bool {
	gap := rd.fold[a.end:b.start]
	return len(gap) <= 3 && !strings.ContainsAny(gap, ",:\n") && !strings.HasPrefix(gap, ". ")
}

// tight holds for groups parted by one character that is no space.
func (rd *reading) tight(a, b group) bool {
	return b.start-a.end == 1 && rd.fold[a.end] != ' '
}

// prefixed widens a hospital number over a letter or short code before it:
// W7/87201.
func (rd *reading) prefixed(tok int) int {
	if tok >= 2 && rd.tokens[tok-1].kind == punct && strings.Contains("/-", rd.tokens[tok-1].low) && !rd.tokens[tok].spaced && !rd.tokens[tok-1].spaced {
		if p := &rd.tokens[tok-2]; p.end-p.start <= 4 && p.kind != punct {
			return p.start
		}
	}
	return rd.tokens[tok].start
}

// measured holds where a unit of time or measure follows: "bleeped 200 times".
func (rd *reading) measured(end int) bool {
	rest := strings.TrimLeft(rd.low[end:min(len(rd.low), end+12)], " ")
	for _, unit := range []string{"time", "min", "hour", "hr", "mg", "ml", "%", "x ", "day", "metre", "yard"} {
		if strings.HasPrefix(rest, unit) {
			return true
		}
	}
	return false
}
