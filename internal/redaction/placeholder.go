package redaction

import (
	"strconv"
	"strings"
)

var classes = []Class{
	Name, NHSNumber, Phone, Email, Postcode, DateOfBirth, Address, HospitalNumber, InsuranceNo,
	Registration, Extension, Age, Vehicle, Online, Identifier,
}

// Placeholder is what stands in place of an identifier of a class; n is the
// number of a person, and counts for names alone.
func Placeholder(c Class, n int) string {
	return string(appendPlaceholder(nil, c, n))
}

func appendPlaceholder(out []byte, c Class, n int) []byte {
	out = append(append(out, '['), c...)
	if c == Name {
		out = strconv.AppendInt(append(out, ' '), int64(n), 10)
	}
	return append(out, ']')
}

// Placeholders answers where placeholders stand in a text, whoever wrote them:
// pairs of first byte and byte after the last.
func Placeholders(text string) [][2]int {
	var found [][2]int
	for i := 0; i < len(text); i++ {
		if end := placeholderAt(text, i); end > 0 {
			found = append(found, [2]int{i, end})
			i = end - 1
		}
	}
	return found
}

// placeholderAt answers where the placeholder that begins at i ends, or 0 where
// none does. Whoever types one gets it back as plain text; the number of a name
// is kept short so that nothing can hide inside the brackets.
func placeholderAt(text string, i int) int {
	if text[i] != '[' {
		return 0
	}
	for _, c := range classes {
		rest, ok := strings.CutPrefix(text[i+1:], string(c))
		if !ok {
			continue
		}
		if c == Name {
			rest = cutNumber(rest)
		}
		if strings.HasPrefix(rest, "]") {
			return len(text) - len(rest) + 1
		}
	}
	return 0
}

// cutNumber takes a space and up to four digits away.
func cutNumber(s string) string {
	t, ok := strings.CutPrefix(s, " ")
	if !ok {
		return s
	}
	n := 0
	for n < len(t) && n < 4 && isDigit(rune(t[n])) {
		n++
	}
	if n == 0 {
		return s
	}
	return t[n:]
}

// typedNumber answers the number of the name placeholder that an opaque token
// is, 0 for other placeholders.
func typedNumber(text string) int {
	digits, ok := strings.CutPrefix(strings.TrimSuffix(text, "]"), "["+string(Name)+" ")
	if !ok {
		return 0
	}
	n, err := strconv.Atoi(digits)
	if err != nil {
		return 0
	}
	return n
}

// Parse reads a placeholder that Placeholders found: its class, and the number
// of a name.
func Parse(placeholder string) (Class, int) {
	if n := typedNumber(placeholder); n > 0 {
		return Name, n
	}
	return Class(strings.Trim(placeholder, "[]")), 0
}
