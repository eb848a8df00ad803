package organisation

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// words splits a name or a search into words for comparing: small letters without
// accents, no punctuation. An apostrophe vanishes ("King's" is "kings"), "&" is
// "and", whatever else is neither letter nor digit parts words.
func words(s string) []string {
	var b strings.Builder
	b.Grow(len(s))
	for _, r := range norm.NFKD.String(s) {
		switch {
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			b.WriteRune(unicode.ToLower(r))
		case r == '&':
			b.WriteString(" and ")
		case r == '\'' || r == '’' || r == '‘' || r == '`' || unicode.Is(unicode.Mn, r):
		default:
			b.WriteByte(' ')
		}
	}
	return strings.Fields(b.String())
}

// sortKey is a name as names are put in order.
func sortKey(name string) string { return strings.Join(words(name), " ") }
