package event

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"lfpse/internal/redaction"
)

// Of what the hidden words make of a text into which others typed, only what
// touches a change counts, beside what was hidden before.
func TestWhatIsFoundCountsWhereSomethingChanged(t *testing.T) {
	const before = "Dr Okonkwo came. Was it rose? Yes."
	name := func(start, end, person int) redaction.Span {
		return redaction.Span{Start: start, End: end, Class: redaction.Name, Person: person}
	}
	for what, c := range map[string]struct {
		text   string
		found  []redaction.Span
		failed bool
		want   string // as it is shown; where it is not, as it would be
	}{
		"nothing beside a change":                       {before + " Mrs Pell.", []redaction.Span{name(3, 10, 1), name(24, 28, 2), name(39, 43, 3)}, false, "Dr [NAME 1] came. Was it rose? Yes. Mrs [NAME 3]."},
		"what a change cuts into":                       {"Dr Okonkwo came. Was it roses? Yes.", []redaction.Span{name(3, 10, 1), name(24, 29, 2)}, false, "Dr [NAME 1] came. Was it [NAME 2]? Yes."},
		"what is left by a cut":                         {"Dr Okonkwo came. Was it ro? Yes.", []redaction.Span{name(3, 10, 1), name(24, 26, 2)}, false, "Dr [NAME 1] came. Was it ro? Yes."},
		"all of a change, where nothing could be found": {"Dr Okonkwo came. Was it Zoë? Yes.", nil, true, "Dr [NAME 1] came. Was it [IDENTIFIER]? Yes."},
	} {
		t.Run(what, func(t *testing.T) {
			p := &passage{text: c.text, fixed: carried(before, c.text, []redaction.Span{name(3, 10, 1)}), spans: c.found, ok: !c.failed}
			p.leaveWhereUnchanged(before)
			if got := show(p.text, p.spans); got != c.want {
				t.Errorf("it is shown as %q", got)
			}
			if p.ok == c.failed || (p.shown == "") != c.failed {
				t.Errorf("it is %v as %q", p.ok, p.shown)
			}
		})
	}
}

// A change is told in whole characters: these begin or end with the same bytes.
func TestAChangeIsOfWholeCharacters(t *testing.T) {
	for _, c := range [][3]string{{"aéb", "aèb", "è"}, {"aĀb", "aԀb", "Ԁ"}, {"ab", "aéb", "é"}, {"aéb", "ab", ""}, {"", "é", "é"}} {
		if from, to := changedPart(c[0], c[1]); c[1][from:to] != c[2] {
			t.Errorf("from %q to %q it is %q", c[0], c[1], c[1][from:to])
		}
	}
}

// Words of people whom others named stay known, and their numbers stay theirs;
// the one says nothing of the other.
func TestNamesOfOthersAreKnownApartFromTheirNumbers(t *testing.T) {
	of := func(text string, person int) redaction.Redacted {
		return redaction.Redacted{Text: text, Class: redaction.Name, Person: person}
	}
	phone := redaction.Redacted{Text: "07700 900123", Class: redaction.Phone}
	got := outsiders{Numbers: []int{2}}.apart([]redaction.Redacted{of("Okonkwo", 1), of("Pell", 2), phone})
	want := []redaction.Redacted{of("Okonkwo", 1), of("", 2), of("Pell", 0), phone}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}
