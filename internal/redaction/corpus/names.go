package corpus

import (
	"slices"
	"strings"
	"unicode"
)

var roles = map[string]string{"p": "patient", "s": "staff", "r": "relative", "b": "baby", "o": "other"}

var titles = []string{
	"dr", "mr", "mrs", "ms", "miss", "mx", "master", "prof", "professor", "sister", "sr", "s/n",
	"matron", "rev", "pc", "sgt", "sir", "lady",
}

// titleBefore is the title that the text so far ends with, and the space after it.
func (m *marking) titleBefore() Interval {
	end := len(m.written)
	word := end
	for word > 0 && m.written[word-1] == ' ' {
		word--
	}
	last := word
	for word > 0 && !unicode.IsSpace(m.written[word-1]) && !strings.ContainsRune("(\"“'‘,;:-", m.written[word-1]) {
		word--
	}
	title := strings.TrimSuffix(strings.ToLower(string(m.written[word:last])), ".")
	if last == end || !slices.Contains(titles, title) || m.taken(word) {
		return Interval{end, end}
	}
	return Interval{word, end}
}

func (m *marking) taken(at int) bool {
	return slices.ContainsFunc(m.Optional, func(o Optional) bool { return at < o.End })
}

// possessiveIn counts the characters of a possessive that a text begins with.
func possessiveIn(text string) int {
	for _, s := range []string{"'s", "’s", "'S", "’S"} {
		if rest, found := strings.CutPrefix(text, s); found && !startsWithLetter(rest) {
			return 2
		}
	}
	return 0
}

func startsWithLetter(text string) bool {
	for _, r := range text {
		return isLetter(r)
	}
	return false
}

// describe writes what a name is: role, form, origin and damage.
func describe(role, sub, name string, titled bool) string {
	origin, rest, _ := strings.Cut(sub, ".")
	form, damage := formOf(name, titled), ""
	for _, part := range strings.Split(rest, ".") {
		switch part {
		case "":
		case "typo", "ocr":
			damage = "|" + part
		default:
			form = part
		}
	}
	return role + "|" + form + "|" + origin + damage
}

// formOf tells F (a forename, or whatever stands alone without a title), L (a
// surname), FL, LF and IL (initial and surname), with U or l for a name all in
// capitals or all in small letters.
func formOf(name string, titled bool) string {
	words := strings.Fields(name)
	form := "FL"
	switch {
	case strings.Contains(name, ","):
		form = "LF"
	case len(words) == 1 && titled:
		form = "L"
	case len(words) == 1:
		form = "F"
	case len([]rune(strings.Trim(words[0], "."))) == 1:
		form = "IL"
	}
	switch name {
	case strings.ToUpper(name):
		return form + "U"
	case strings.ToLower(name):
		return form + "l"
	}
	return form
}
