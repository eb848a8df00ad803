package corpus

import "unicode"

// A word is letters, digits and underscores in a row. A combining accent ends it.
func inWord(r rune) bool { return r == '_' || significant(r) }

// Significant characters are those that an identifier is told by.
func significant(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) }

// Letters here include numerals that are no decimal digits, such as a raised 2.
func isLetter(r rune) bool { return significant(r) && !unicode.Is(unicode.Nd, r) }

// runs finds the longest runs of characters of a class between two offsets.
func runs(text []rune, within Interval, class func(rune) bool) []Interval {
	var found []Interval
	start := -1
	for i := within.Start; i < within.End; i++ {
		switch in := class(text[i]); {
		case in && start < 0:
			start = i
		case !in && start >= 0:
			found = append(found, Interval{start, i})
			start = -1
		}
	}
	if start >= 0 {
		found = append(found, Interval{start, within.End})
	}
	return found
}

func (i Interval) length() int { return i.End - i.Start }
