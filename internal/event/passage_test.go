package event

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"lfpse/internal/redaction"
)

func TestMarkedWordsStandWhole(t *testing.T) {
	for name, c := range map[string]struct {
		shown, marked string
		want          []string // what stands before each
	}{
		"words":                         {"The bagpiper saw a bagpiper.", "bagpiper", []string{"The ", "The bagpiper saw a "}},
		"at both ends":                  {"Rose fell, Rose", "Rose", []string{"", "Rose fell, "}},
		"in another word":               {"bagpipers, Abagpiper, bagpiper7, bagpiper\u0301", "bagpiper", nil},
		"after a part of one":           {"piper-pipe piper", "piper", []string{"", "piper-pipe "}},
		"beside punctuation":            {"(bagpiper)'s \"bagpiper\"", "bagpiper", []string{"(", "(bagpiper)'s \""}},
		"punctuation of its own":        {"x#9y #9z", "#9", nil},
		"that end with punctuation":     {"Mr. Xavier", "Mr.", []string{""}},
		"several words":                 {"the only dentist on the isle", "only dentist", []string{"the "}},
		"over a line break":             {"the only\ndentist", "only dentist", nil},
		"in capitals":                   {"THE BAGPIPER", "bagpiper", nil},
		"beside a placeholder":          {"[NAME 1]bagpiper[PHONE]", "bagpiper", []string{"[NAME 1]"}},
		"in a placeholder":              {"[NAME 1] NAME", "NAME", []string{"[NAME 1] "}},
		"over a placeholder's end":      {"[NAME 1] saw", "1] saw", nil},
		"over a placeholder":            {"a [NAME 1] b", "a [NAME 1] b", nil},
		"that overlap themselves":       {"na na na", "na na", []string{""}},
		"letters with accents":          {"Ñandú ñandúes Ñandú", "Ñandú", []string{"", "Ñandú ñandúes "}},
		"a letter before its own start": {"ÑÑandú", "Ñandú", nil},
	} {
		t.Run(name, func(t *testing.T) {
			var got []string
			for _, s := range occurrences(c.shown, []string{c.marked}) {
				if c.shown[s.Start:s.End] != c.marked {
					t.Errorf("it finds %q", c.shown[s.Start:s.End])
				}
				got = append(got, c.shown[:s.Start])
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// Of what was marked in a text, the parts that it still shows are found in it as
// it is shown.
func TestSpansAreFoundInTheShownText(t *testing.T) {
	const typed = "one Rose two Liam three"
	hidden := []redaction.Span{{Start: 4, End: 8, Class: redaction.Name, Person: 1}, {Start: 13, End: 17, Class: redaction.Name, Person: 2}}
	const shown = "one [NAME 1] two [NAME 2] three"
	for marked, want := range map[string][]string{
		"one": {"one"}, "two": {"two"}, "three": {"three"}, "Rose": nil, "ose": nil, "e Rose t": {"e ", " t"}, typed: {"one ", " two ", " three"},
		"Rose two Liam": {" two "}, "two Liam thr": {"two ", " thr"}, "Liam three": {" three"},
	} {
		start := strings.Index(typed, marked)
		var got []string
		for _, s := range whereShown([]redaction.Span{{Start: start, End: start + len(marked)}}, hidden) {
			got = append(got, shown[s.Start:s.End])
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%q: %s", marked, diff)
		}
	}
}

// Whatever is marked in whatever text: it is shown nowhere as whole words, what
// was hidden stays so, the text as typed comes back, and a second time changes
// nothing.
func TestWhatIsMarkedIsHidden(t *testing.T) {
	s := &Service{redactor: engine}
	rapid.Check(t, func(t *rapid.T) {
		typed := story(t, "typed") + " The bagpiper of Ely, 12 mg."
		first := &passage{text: typed}
		s.redact([]*passage{first}, redaction.Context{}, nil)
		words := rapid.SampledFrom([]string{"bagpiper", "bagpiper of Ely", "12", "came", "fell", "at 14", "The", "x"}).Draw(t, "words")
		again := &passage{text: typed, fixed: first.spans}
		s.redact([]*passage{again}, redaction.Context{}, []string{words})
		if !again.ok || len(occurrences(again.shown, []string{words})) > 0 {
			t.Fatalf("%q is shown in %q", words, again.shown)
		}
		if f, ok := faceOf(typed, again.spans, again.shown); !ok {
			t.Fatalf("%q is not the face of %q: %v", again.shown, typed, f)
		}
		for _, before := range first.spans {
			if !slices.ContainsFunc(again.spans, func(now redaction.Span) bool { return now.Start <= before.Start && before.End <= now.End }) {
				t.Fatalf("%q was hidden in %q and is not in %q", typed[before.Start:before.End], first.shown, again.shown)
			}
		}
		later := &passage{text: typed, fixed: again.spans}
		s.redact([]*passage{later}, redaction.Context{}, []string{words})
		if later.shown != again.shown || !sameParts(later.spans, again.spans) {
			t.Fatalf("a second time it is %q, not %q", later.shown, again.shown)
		}
		without := &passage{text: typed, fixed: again.spans}
		s.redact([]*passage{without}, redaction.Context{}, nil)
		if without.shown != again.shown {
			t.Fatalf("without the words it is %q, not %q", without.shown, again.shown)
		}
	})
}

// sameParts tells whether spans hide the same in the same way, for whatever
// reason.
func sameParts(a, b []redaction.Span) bool {
	return slices.EqualFunc(a, b, func(a, b redaction.Span) bool {
		return a.Start == b.Start && a.End == b.End && a.Class == b.Class && a.Person == b.Person && isMarked(a) == isMarked(b)
	})
}

// What failed keeps what was hidden in it for when it is tried again.
func TestAPassageThatFailsForgetsNothing(t *testing.T) {
	s := &Service{redactor: engine}
	fixed := []redaction.Span{{Start: 0, End: 4, Class: redaction.Name, Person: 1}, {Start: 5, End: 9, Class: redaction.Identifier, Reason: markedByReader}}
	long := &passage{text: "Rose fell " + strings.Repeat("x ", redaction.MaxText), fixed: fixed}
	s.redact([]*passage{long}, redaction.Context{}, []string{"fell"})
	if long.ok || long.shown != "" || !slices.Equal(long.spans, fixed) {
		t.Errorf("it is %v, shown as %q", long.spans, long.shown)
	}
}
