package redaction

import (
	"strings"
	"testing"
)

// Eight characters at a time become what each becomes alone, wherever it stands.
func TestEveryCharacterOfASCIIIsWrittenSmall(t *testing.T) {
	for c := range byte(0x80) {
		for before := range 9 {
			text := strings.Repeat("Z", before) + string(rune(c)) + "aZ@["
			if low, ok := lowerASCII(text); !ok || low != strings.ToLower(text) {
				t.Errorf("%q becomes %q, %v", text, low, ok)
			}
			if low, ok := lowerASCII(text + "\u00e9"); ok {
				t.Errorf("%q and more is no ASCII and becomes %q", text, low)
			}
		}
	}
	long := strings.Repeat("ABC\x00\x7f", 1000)
	if low, ok := lowerASCII(long); !ok || low != strings.ToLower(long) {
		t.Error("a long text is not written small")
	}
}
