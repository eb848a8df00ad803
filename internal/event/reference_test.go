package event

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestAReferenceIsReadBackHoweverItIsWritten(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		reference, err := NewReference()
		if err != nil {
			t.Fatal(err)
		}
		if strings.ContainsAny(reference, "0O1I") {
			t.Fatalf("%s has a character that a telephone confuses", reference)
		}
		for _, written := range []string{reference, strings.ToLower(reference), strings.ReplaceAll(reference, "-", " "), strings.ReplaceAll(reference, "-", "")} {
			if read, ok := ParseReference(written); !ok || read != reference {
				t.Fatalf("%q is read as %q, %t", written, read, ok)
			}
		}
	})
}

func TestOneWrongCharacterIsNoticed(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		reference, err := NewReference()
		if err != nil {
			t.Fatal(err)
		}
		at := rapid.SampledFrom([]int{0, 1, 2, 3, 4, 6, 7, 8, 9, 10}).Draw(t, "place")
		other := alphabet[rapid.IntRange(0, len(alphabet)-1).Draw(t, "character")]
		if reference[at] == other {
			t.Skip("the same character")
		}
		wrong := reference[:at] + string(other) + reference[at+1:]
		if _, ok := ParseReference(wrong); ok {
			t.Fatalf("%s passes for %s", wrong, reference)
		}
	})
}

func TestWhatIsNoReferenceIsNotRead(t *testing.T) {
	for _, text := range []string{"", "ABC", "AAAAA-AAAAAA", "0OI1L-22222", "'; DROP TABLE event; --"} {
		if read, ok := ParseReference(text); ok {
			t.Errorf("%q is read as %s", text, read)
		}
	}
}
