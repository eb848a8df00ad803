package db

import (
	"regexp"
	"strings"
)

// Shape returns a statement without the values in it, fit to be logged: every
// string and number becomes a question mark, a list of values or of rows
// becomes one, comments go, and white space is single. Two runs of one query
// have one shape.
//
// Names stay, quoted or not: they are the schema's. A string or comment without
// an end swallows the rest of the statement.
//
// The rules of quoting are PostgreSQL's with standard_conforming_strings on
// (manual, 4.1 Lexical Structure), which Open sees to.
func Shape(sql string) string {
	s := shaper{rest: sql}
	for s.rest != "" {
		s.next()
	}
	out := values.ReplaceAllString(s.out.String(), "?")
	return rows.ReplaceAllString(out, "(?)")
}

var (
	values = regexp.MustCompile(valuePattern + `(?:, ?` + valuePattern + `)+`)
	rows   = regexp.MustCompile(`\(\?\)(?:, ?\(\?\))+`)
)

// valuePattern is a value after strings and numbers have become question marks.
const valuePattern = `(?:-?\?(?:::[\w.]+(?:\[\])?)?|\b(?:NULL|DEFAULT|TRUE|FALSE)\b)`

// shaper takes a statement apart from the left.
type shaper struct {
	rest  string
	out   strings.Builder
	space bool // white space or a comment has come since the last writing
}

// write writes as it is what is not a value.
func (s *shaper) write(n int) {
	s.put(s.rest[:n])
	s.rest = s.rest[n:]
}

// value writes a question mark for a value.
func (s *shaper) value(n int) {
	s.put("?")
	s.rest = s.rest[n:]
}

func (s *shaper) skip(n int) {
	s.space = true
	s.rest = s.rest[n:]
}

func (s *shaper) put(text string) {
	if s.space && s.out.Len() > 0 {
		s.out.WriteByte(' ')
	}
	s.space = false
	s.out.WriteString(text)
}

func (s *shaper) next() {
	c := s.rest[0]
	switch {
	case isSpace(c):
		s.skip(1)
	case strings.HasPrefix(s.rest, "--"):
		s.skip(through(s.rest, "\n"))
	case strings.HasPrefix(s.rest, "/*"):
		s.skip(commentLength(s.rest))
	case c == '\'':
		s.value(quotedLength(s.rest, '\'', false))
	case c == '"':
		s.write(quotedLength(s.rest, '"', false))
	case c == '$':
		s.dollar()
	case isDigit(c), c == '.' && len(s.rest) > 1 && isDigit(s.rest[1]):
		s.value(numberLength(s.rest))
	case isLetter(c):
		s.word()
	default:
		s.write(1)
	}
}

// word takes a keyword or name, or a string with the letters that say how it is
// quoted.
func (s *shaper) word() {
	n := wordLength(s.rest)
	word, after := strings.ToUpper(s.rest[:n]), s.rest[n:]
	switch {
	case word == "E" && strings.HasPrefix(after, "'"):
		s.value(n + quotedLength(after, '\'', true))
	case (word == "B" || word == "X" || word == "N") && strings.HasPrefix(after, "'"):
		s.value(n + quotedLength(after, '\'', false))
	case word == "U" && strings.HasPrefix(after, "&'"):
		s.value(n + 1 + quotedLength(after[1:], '\'', false))
	default:
		s.write(n)
	}
}

// dollar takes a parameter, which stays, or a string quoted by dollars.
func (s *shaper) dollar() {
	n := 1
	for n < len(s.rest) && isDigit(s.rest[n]) {
		n++
	}
	if n > 1 {
		s.write(n)
		return
	}
	for n < len(s.rest) && (isLetter(s.rest[n]) || isDigit(s.rest[n])) {
		n++
	}
	if n == len(s.rest) || s.rest[n] != '$' {
		s.write(1)
		return
	}
	n++
	s.value(n + through(s.rest[n:], s.rest[:n]))
}

// through is the length of s as far as the end of the first occurrence of what
// ends it, all of s where there is none.
func through(s, end string) int {
	if i := strings.Index(s, end); i >= 0 {
		return i + len(end)
	}
	return len(s)
}

// quotedLength is the length of a quoted string with its quotes, in which a
// doubled quote is a quote, and a backslash takes the next character with it
// where it does.
func quotedLength(s string, quote byte, backslash bool) int {
	for i := 1; i < len(s); i++ {
		switch {
		case backslash && s[i] == '\\':
			i++
		case s[i] != quote:
		case i+1 < len(s) && s[i+1] == quote:
			i++
		default:
			return i + 1
		}
	}
	return len(s)
}

// commentLength is the length of a comment; comments nest.
func commentLength(s string) int {
	depth := 0
	for i := 0; i < len(s); i++ {
		switch {
		case strings.HasPrefix(s[i:], "/*"):
			depth++
			i++
		case strings.HasPrefix(s[i:], "*/"):
			depth--
			i++
		}
		if depth == 0 {
			return i + 1
		}
	}
	return len(s)
}

// numberLength is the length of a number, of the forms 1, 1.5, .5, 1e-5, 0x1F
// and 1_000.
func numberLength(s string) int {
	i := 0
	for i < len(s) {
		exponent := i > 0 && (s[i-1] == 'e' || s[i-1] == 'E') && (s[i] == '-' || s[i] == '+')
		if !isDigit(s[i]) && !isLetter(s[i]) && s[i] != '.' && !exponent {
			break
		}
		i++
	}
	return i
}

func wordLength(s string) int {
	i := 0
	for i < len(s) && (isLetter(s[i]) || isDigit(s[i]) || s[i] == '$') {
		i++
	}
	return i
}

func isSpace(c byte) bool { return c == ' ' || '\t' <= c && c <= '\r' }

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

// isLetter reports whether a byte may begin a name; those of characters beyond
// ASCII all may.
func isLetter(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || c == '_' || c >= 0x80
}
