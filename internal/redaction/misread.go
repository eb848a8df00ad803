package redaction

import "strings"

// reread takes a word that a scanner or a hasty hand has garbled for what it
// was: "Comp1eted", "F1orin", "nurnber". Only words in no list are tried, and
// only readings that stand in one are taken; a word with digits in it that
// begins with a capital is a word in any case.
func (r *reading) reread(t *token, lex *lexicon) {
	switch t.kind {
	case code:
		if !garbled(t.low) {
			return
		}
		for _, one := range []string{"l", "i"} {
			low := strings.NewReplacer("0", "o", "1", one, "5", "s").Replace(t.low)
			if e := lex.look(low); e != (entry{}) {
				t.kind, t.low, t.entry = word, low, e
				break
			}
		}
		if t.kind == code && (t.capital || r.fold[t.start] == '0') {
			t.kind, t.low = word, strings.NewReplacer("0", "o", "1", "l", "5", "s").Replace(t.low)
		}
		if t.kind == word {
			t.caps = strings.ToUpper(r.fold[t.start:t.end]) == r.fold[t.start:t.end]
			t.capital = t.capital || r.fold[t.start] == '0'
		}
	case word:
		if t.entry != (entry{}) || len(t.low) < 4 || !strings.Contains(t.low, "rn") {
			return
		}
		low := strings.Replace(t.low, "rn", "m", 1)
		if e := lex.look(low); e != (entry{}) {
			t.low, t.entry = low, e
		}
	}
}

// garbled holds for words of at least four letters with one or two of the digits that
// letters are mistaken for, at the beginning or inside.
func garbled(low string) bool {
	letters, digits := 0, 0
	for i := range len(low) {
		switch c := low[i]; {
		case 'a' <= c && c <= 'z':
			letters++
		case c == '0' || c == '1' || c == '5':
			digits++
		case c == '-' || c == '\'':
		default:
			return false
		}
	}
	last := low[len(low)-1]
	return (letters >= 3 || low == "d0b") && digits <= 2 && letters > digits && !isDigit(rune(last)) && (!isDigit(rune(low[0])) || low[0] == '0') && !isDigit(rune(low[len(low)-2]))
}
