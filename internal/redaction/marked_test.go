package redaction_test

import (
	"strings"
	"testing"

	"lfpse/internal/redaction"
)

// marked checks texts in which what must go stands between « and »; every other
// letter and digit must stay.
func marked(t *testing.T, texts ...string) {
	t.Helper()
	for _, text := range texts {
		plain, want := unmark(text)
		result := engine.Redact([]redaction.Field{{Text: plain}}, redaction.Context{})[0]
		gone := make([]bool, len(plain))
		for _, s := range result.Spans {
			for i := s.Start; i < s.End; i++ {
				gone[i] = true
			}
		}
		for i := range gone {
			if letterOrDigit(plain[i]) && gone[i] != want[i] {
				t.Errorf("\nmarked %s\n   got %s", text, result.Text)
				break
			}
		}
	}
}

// unmark answers the text without its marks, and which bytes stood between them.
func unmark(text string) (plain string, inside []bool) {
	var out strings.Builder
	in := false
	for _, c := range text {
		switch c {
		case '«', '»':
			in = c == '«'
			continue
		}
		out.WriteRune(c)
		for len(inside) < out.Len() {
			inside = append(inside, in)
		}
	}
	return out.String(), inside
}

func letterOrDigit(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || c >= 0x80
}
