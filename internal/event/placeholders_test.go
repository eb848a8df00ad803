package event

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"lfpse/internal/redaction"
)

var engine = redaction.New()

func redacted(text string) redaction.Result {
	return engine.Redact([]redaction.Field{{Text: text}}, redaction.Context{})[0]
}

// pieces are what stories are made of: people, and what is said of them.
func pieces() *rapid.Generator[string] {
	return rapid.SampledFrom([]string{
		"Mrs Edith Pemberton", "Dr Okonkwo", "07700 900123", "943 476 5919", "her son Liam", "fell.", "came", "[NAME 1]", "[PHONE]", "é", "x", "\n", "at 14:30",
	})
}

func story(t *rapid.T, label string) string {
	return strings.Join(rapid.SliceOfN(pieces(), 0, 8).Draw(t, label), " ")
}

// However a text is edited around its placeholders, what was hidden stays
// hidden, and the words come back where the placeholders stand.
func TestWhatIsWovenIsWhole(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		typed := story(t, "typed")
		first := redacted(typed)
		f, ok := faceOf(typed, first.Spans, first.Text)
		if !ok {
			t.Fatalf("%q is not the face of %q", first.Text, typed)
		}
		edited := first.Text
		for range rapid.IntRange(0, 3).Draw(t, "edits") {
			at := rapid.SampledFrom(outside(edited)).Draw(t, "at")
			edited = edited[:at] + story(t, "added") + edited[at:]
		}
		kept, ok := f.keep(edited)
		if !ok {
			t.Fatalf("%q keeps every placeholder of %q", edited, first.Text)
		}
		w := weave(edited, kept, redacted(edited).Spans)
		if again, ok := faceOf(w.typed, w.spans, w.shown); !ok || len(again.held) < len(f.held) {
			t.Fatalf("%q is not the face of %q", w.shown, w.typed)
		}
		for _, s := range first.Spans {
			words := typed[s.Start:s.End]
			if !strings.Contains(w.typed, words) {
				t.Fatalf("%q is lost from %q", words, w.typed)
			}
			if strings.Count(w.shown, words) > strings.Count(edited, words) {
				t.Fatalf("%q is shown in %q", words, w.shown)
			}
		}
	})
}

// outside are the places of a text that are not within a placeholder or a
// character.
func outside(text string) []int {
	places := []int{len(text)}
	marks := redaction.Placeholders(text)
	for i := range text {
		within := false
		for _, m := range marks {
			within = within || m[0] < i && i < m[1]
		}
		if !within {
			places = append(places, i)
		}
	}
	return places
}

// A text that lacks one placeholder is refused, whichever it is.
func TestATextThatLacksAPlaceholderIsNotKept(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		typed := story(t, "typed")
		first := redacted(typed)
		f, _ := faceOf(typed, first.Spans, first.Text)
		if len(f.held) == 0 {
			t.Skip("nothing is hidden")
		}
		gone := rapid.SampledFrom(f.held).Draw(t, "gone")
		edited := f.shown[:gone.start] + gone.words + f.shown[gone.end:]
		if _, ok := f.keep(edited); ok {
			t.Fatalf("%q is kept as %q", f.shown, edited)
		}
	})
}

// What stands between placeholders finds what is behind them again.
func TestSpansAreFoundAgain(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		typed := story(t, "typed")
		if strings.Contains(typed, "[") {
			t.Skip("somebody typed a placeholder")
		}
		first := redacted(typed)
		spans, ok := spansBetween(typed, first.Text)
		if !ok {
			t.Fatalf("%q and %q", typed, first.Text)
		}
		if _, ok := faceOf(typed, spans, first.Text); !ok {
			t.Fatalf("the spans %v do not make %q of %q", spans, first.Text, typed)
		}
	})
	for typed, shown := range map[string]string{"Edith fell.": "[NAME 1] rose.", "x": "[NAME 1][NAME 2]", "": "[NAME 1]"} {
		if spans, ok := spansBetween(typed, shown); ok {
			t.Errorf("%q is taken for %q: %v", typed, shown, spans)
		}
	}
}

func TestCopiesLeaveThePlaceholderWhereItStood(t *testing.T) {
	f, ok := faceOf("Mrs Pemberton fell.", []redaction.Span{{Start: 4, End: 13, Class: redaction.Name, Person: 1}}, "Mrs [NAME 1] fell.")
	if !ok {
		t.Fatal("no face")
	}
	for edited, want := range map[string]string{
		"[NAME 1]: Mrs [NAME 1] fell.":    "[NAME 1]: Mrs Pemberton fell.",
		"Mrs [NAME 1] fell. [NAME 1].":    "Mrs Pemberton fell. [NAME 1].",
		"So [NAME 1] fell, and [NAME 1]!": "So Pemberton fell, and [NAME 1]!",
	} {
		kept, ok := f.keep(edited)
		if got := weave(edited, kept, nil).typed; !ok || got != want {
			t.Errorf("%q becomes %q", edited, got)
		}
	}
}

func TestSpansAreCarriedWhereTheTextStays(t *testing.T) {
	const before = "Rose fell and Mark came."
	spans := []redaction.Span{{Start: 0, End: 4}, {Start: 14, End: 18}}
	for after, want := range map[string][]string{
		before:                        {"Rose", "Mark"},
		"Rose slipped and Mark came.": {"Rose", "Mark"},
		"xRose fell and Mark came.":   {"Rose", "Mark"},
		"Rose fell and Markx came.":   {"Rose", "Mark"},
		"Nobody fell.":                nil,
		"Rose":                        {"Rose"},
		"She fell and Mark came.":     {"Mark"},
		"":                            nil,
	} {
		var got []string
		for _, s := range carried(before, after, spans) {
			got = append(got, after[s.Start:s.End])
		}
		if strings.Join(got, " ") != strings.Join(want, " ") {
			t.Errorf("%q carries %v, not %v", after, got, want)
		}
	}
}
