package redaction

import (
	"strings"
	"unicode"
)

// reread takes a word that a scanner or a hasty hand has garbled for what it
// was: "Comp1eted", "F1orin", "nurnber". Only words in no list are tried, and
// only readings that stand in one are taken; a word with digits in it that
// begins with a capital is a word in any case.
func (r *reading) reread(t *token, lex *lexicon) {
	switch t.kind {
	case code:
		if low, e, ok := r.atTheEdge(t, lex); ok {
			t.kind, t.low, t.entry, t.capital = word, low, e, true
			t.caps = !strings.ContainsFunc(r.fold[t.start:t.end], unicode.IsLower)
			return
		}
		if low, e, ok := r.misreadName(t, lex); ok {
			t.kind, t.low, t.entry = word, low, e
			return
		}
		if !garbled(t.low) || shape(t.low, "aa99aaa") || gluedPostcode(t.low) && r.allCapitals(t) {
			return
		}
		for _, one := range []string{"l", "i"} {
			low := ungarble(t.low, one)
			if e := lex.look(low); e != (entry{}) {
				t.kind, t.low, t.entry = word, low, e
				break
			}
		}
		if t.kind == code && len(t.low) > 5 && (t.capital || r.fold[t.start] == '0') {
			t.kind, t.low = word, ungarble(t.low, "l")
		}
		if t.kind == word {
			t.caps = !strings.ContainsFunc(r.fold[t.start:t.end], unicode.IsLower)
			t.capital = t.capital || r.fold[t.start] == '0'
		}
	case word:
		if low, ok := spelledOut(t.low); ok {
			t.low, t.entry, t.caps = low, lex.look(low), false
			return
		}
		if t.entry != (entry{}) || len(t.low) < 3 {
			return
		}
		if t.low[0] == 'l' && r.fold[t.start] == 'l' && strings.IndexByte("aeiouy", t.low[1]) < 0 {
			if e := lex.look("i" + t.low[1:]); onlyName(e) || e.given > 1 { // lqbal, lvy
				t.low, t.entry, t.capital = "i"+t.low[1:], e, true
				return
			}
		}
		if len(t.low) < 4 {
			return
		}
		if at := strings.IndexByte(r.fold[t.start:t.end], 'I'); at > 1 && !t.caps { // PateI
			low := t.low[:at] + "l" + t.low[at+1:]
			if e := lex.look(low); onlyName(e) {
				t.low, t.entry = low, e
				return
			}
		}
		if !strings.Contains(t.low, "rn") {
			return
		}
		low := strings.Replace(t.low, "rn", "m", 1)
		if e := lex.look(low); e != (entry{}) {
			t.low, t.entry = low, e
		}
	}
}

// onlyName holds for what is a name and no word.
func onlyName(e entry) bool { return e.given+e.family > 1 && e.english == 0 }

// edges are the digits that letters at the beginning and at the end of a name are
// mistaken for.
var edges = map[byte]string{'0': "o", '1': "li", '5': "s", '8': "b"}

// atTheEdge reads a name of which the first or the last letter was taken for a digit,
// where what is left is no word: 5ophie, Pate1, Enz0.
func (r *reading) atTheEdge(t *token, lex *lexicon) (string, entry, bool) {
	if low := edgeOfStreet(t.low); low != "" {
		if e := lex.look(low); e.marks.has(street) || len(low) > 3 && e.marks.has(weakStreet) && lex.look(low[1:]) == (entry{}) {
			return low, e, true
		}
	}
	if n := len(t.low) - 1; n > 2 && strings.IndexByte("58", t.low[0]) >= 0 && lettersOnly(t.low[1:]) && lex.look(t.low[1:]) == (entry{}) {
		low := edges[t.low[0]] + t.low[1:]
		e := lex.look(low)
		return low, e, onlyName(e)
	} else if n > 1 && strings.IndexByte("01", t.low[n]) >= 0 && t.capital && lettersOnly(t.low[:n]) && (n > 3 || lex.look(t.low[:n]) == (entry{})) {
		for _, c := range edges[t.low[n]] {
			low := t.low[:n] + string(c)
			if e := lex.look(low); onlyName(e) {
				return low, e, true
			}
		}
	}
	return "", entry{}, false
}

// misreadName reads a word with the capital of a name, and no other, of which letters were
// taken for digits: Haze1, W4njiru, Wi11. What stands in no list is a name if no word is
// left without its digits: Henshal1, not Ward1.
func (r *reading) misreadName(t *token, lex *lexicon) (string, entry, bool) {
	typed := r.fold[t.start:t.end]
	if len(typed) < 4 || !unicode.IsUpper(rune(typed[0])) || typed[1:] != t.low[1:] || strings.Trim(t.low[1:], "abcdefghijklmnopqrstuvwxyz0145-") != "" {
		return "", entry{}, false
	}
	letters := strings.TrimRight(t.low, "0145")
	if len(letters) < 2 {
		return "", entry{}, false
	}
	known := len(letters) > 2 && lex.look(letters) != (entry{})
	for _, one := range []string{"l", "i"} {
		low := misreadLetters.Replace(strings.ReplaceAll(t.low, "1", one))
		if e := lex.look(low); e.given > 1 && len(low) > 4 || e.given+e.family > 0 && !known {
			return low, e, true
		}
	}
	if len(letters) < 5 || known || len(t.low) != len(letters)+1 {
		return "", entry{}, false
	}
	return misreadLetters.Replace(strings.ReplaceAll(t.low, "1", "l")), entry{}, true
}

var misreadLetters = strings.NewReplacer("0", "o", "4", "a", "5", "s")

// edgeOfStreet reads the first letter of what may be the kind of a street, or "": 5treet,
// 1ane.
func edgeOfStreet(low string) string {
	if len(low) < 4 || !lettersOnly(low[1:]) || strings.IndexByte("158", low[0]) < 0 {
		return ""
	}
	return edges[low[0]][:1] + low[1:]
}

// misreadWord holds for a word of which a scanner took one letter or two for digits, and
// no reading is known: 5halmstry.
func misreadWord(t *token) bool {
	if t.kind != code || len(t.low) < 3 {
		return false
	}
	letters := 0
	for i := range len(t.low) {
		switch c := t.low[i]; {
		case 'a' <= c && c <= 'z':
			letters++
		case strings.IndexByte("01568", c) < 0:
			return false
		}
	}
	return letters > 2 && letters > 2*(len(t.low)-letters) || letters == 2 && len(t.low) == 4 && !isDigit(rune(t.low[0])) || t.low == "1vy" || t.low == "5t"
}

// scanned reads the letters beside digits that a scanner takes digits for: 1O2, rba 224 78l.
func scanned(low string) string {
	var read []byte // once anything is read otherwise
	before := byte(' ')
	for i := range len(low) {
		c := low[i]
		if digit := digitFor(c); digit != 0 && (isDigit(rune(before)) || !isLetterByte(before) && i+1 < len(low) && isDigit(rune(low[i+1]))) {
			if read == nil {
				read = []byte(low)
			}
			read[i], c = digit, digit
		}
		before = c
	}
	if read == nil {
		return low
	}
	return string(read)
}

// digitFor is the digit that a scanner takes for a small letter, 0 for none.
func digitFor(c byte) byte {
	switch c {
	case 'o':
		return '0'
	case 'l', 'i':
		return '1'
	}
	return 0
}

func lettersOnly(low string) bool {
	return !strings.ContainsFunc(low, func(c rune) bool { return c < 'a' || c > 'z' })
}

func ungarble(low, one string) string {
	return garbles.Replace(strings.ReplaceAll(low, "1", one))
}

var garbles = strings.NewReplacer("0", "o", "5", "s", "6", "b", "9", "q")

// garbled holds for words of at least three letters with one or two digits that
// letters are mistaken for, at the beginning or inside.
func garbled(low string) bool {
	if low == "d0b" {
		return true
	}
	letters, digits := 0, 0
	for i := range len(low) {
		switch c := low[i]; {
		case 'a' <= c && c <= 'z':
			letters++
		case strings.IndexByte("01569", c) >= 0:
			digits++
		case c == '-' || c == '\'':
		default:
			return false
		}
	}
	last, before := low[len(low)-1], low[max(0, len(low)-2)]
	return letters >= 3 && digits <= 2 && letters > digits && !isDigit(rune(last)) && (!isDigit(rune(low[0])) || low[0] == '0') && (letters > 3 || !isDigit(rune(before)))
}

// spelledOut joins the letters of L-O-M-B-A-R-D-O.
func spelledOut(low string) (string, bool) {
	if len(low) < 7 || len(low)%2 == 0 || low[1] != '-' {
		return "", false
	}
	var b strings.Builder
	for i := range len(low) {
		if i%2 == 1 != (low[i] == '-') {
			return "", false
		}
		if i%2 == 0 {
			b.WriteByte(low[i])
		}
	}
	return b.String(), true
}

// puzzling holds for what has been looked up and is not yet understood: what may be
// garbled, and words that the dictionary has not or has no hints of.
func (t *token) puzzling() bool {
	return t.kind == code || t.entry == (entry{}) || t.hints.has(unasked) || len(t.low) > 1 && t.low[1] == '-'
}
