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
		if low, ok := strings.CutSuffix(t.low, "1"); ok && t.capital && len(low) > 3 {
			if e := lex.look(low + "l"); e.given+e.family > 1 && e.english == 0 { // Pate1
				t.kind, t.low, t.entry = word, low+"l", e
				return
			}
		}
		if !garbled(t.low) {
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
		if t.entry != (entry{}) || len(t.low) < 4 || !strings.Contains(t.low, "rn") {
			return
		}
		low := strings.Replace(t.low, "rn", "m", 1)
		if e := lex.look(low); e != (entry{}) {
			t.low, t.entry = low, e
		}
	}
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
