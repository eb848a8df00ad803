package corpus

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// only builds a narrative that is one identifier, and a system that leaves of it
// what stands outside the brackets.
func only(class, marked string) (Narrative, System) {
	var text []rune
	var removed []Interval
	for _, r := range marked {
		switch r {
		case '[':
			removed = append(removed, Interval{Start: len(text)})
		case ']':
			removed[len(removed)-1].End = len(text)
		default:
			text = append(text, r)
		}
	}
	narrative := Narrative{Text: string(text), Identifiers: []Identifier{
		{Interval: Interval{0, len(text)}, Type: class, Text: string(text)},
	}}
	return narrative, func(Narrative) []Interval { return removed }
}

func TestWhatIsLeftOfAnIdentifier(t *testing.T) {
	for _, c := range []struct {
		class, marked string // what an engine removed stands in brackets
		want          State
	}{
		{"NAME", "[Amrit Dhaliwal]", Removed},
		{"NAME", "Amrit Dhaliwal", Leaked},
		{"NAME", "[Amrit] Dhaliwal", Leaked},
		{"NAME", "[Amrit Dhali]wal", Partial},
		{"NAME", "[Amrit Dh]aliwal", Leaked},
		{"NAME", "J [Dhaliwal]", Partial},
		{"NAME", "Vu", Leaked},
		{"NAME", "[Dhaliwal],", Removed},
		{"INITIALS", "AD", Leaked},
		{"INITIALS", "[A]D", Partial},
		{"INITIALS", "A[.D.]", Partial},
		{"EMAIL", "[amrit.dhaliwal]@example.org", Partial},
		{"EMAIL", "[amrit.]dhaliwal@example.org", Leaked},
		{"EMAIL", "ad@[example.org]", Leaked},
		{"EMAIL", "amrit dot dhaliwal[ at example dot org]", Leaked},
		{"ADDRESS", "12 Foxglove Street", Leaked},
		{"ADDRESS", "12 [Foxglove] Street", Partial},
		{"ADDRESS", "[12] Foxglove[ Street]", Leaked},
		{"POSTCODE", "ZZ9[ 9ZZ]", Partial},
		{"POSTCODE", "ZZ9 9Z[Z]", Leaked},
		{"POSTCODE", "[ZZ9 9]ZZ", Leaked},
		{"POSTCODE", "[ZZ9 9Z]Z", Partial},
		{"PHONE", "07700 [900123]", Partial},
		{"PHONE", "07700 9[00123]", Leaked},
		{"NHS_NUMBER", "[999 000] 0018", Partial},
	} {
		t.Run(c.class+" "+c.marked, func(t *testing.T) {
			narrative, system := only(c.class, c.marked)
			left := without(narrative.Text, system(narrative))
			if got := left.state(narrative.Identifiers[0]); got != c.want {
				t.Errorf("got %d, want %d", got, c.want)
			}
		})
	}
}

// "Mrs Amrit Dhaliwal, a keen falconer, on 3 May: Parkinson's, will call"
func sample() Narrative {
	text := "Mrs Amrit Dhaliwal, a keen falconer, on 3 May: Parkinson's, will call"
	at := func(part string) Interval {
		start := strings.Index(text, part)
		return Interval{start, start + len(part)}
	}
	return Narrative{
		ID: "S1", Style: "asis", Setting: "acute", Kind: "incident", Text: text,
		Identifiers: []Identifier{
			{at("Amrit Dhaliwal"), "NAME", "Amrit Dhaliwal", "patient|FL|punjabi|typo"},
			{at("a keen falconer"), "QUASI", "a keen falconer", ""},
		},
		Distractors: []Distractor{
			{at("Parkinson's"), "Parkinson's", "eponym disease"},
			{at("will"), "will", "modal verb"},
		},
		Optional: []Optional{{at("Mrs "), "TITLE", "Mrs "}, {at("3 May"), "DATE", "3 May"}},
	}
}

func removing(parts ...string) System {
	return func(n Narrative) []Interval {
		var removed []Interval
		for _, part := range parts {
			start := strings.Index(n.Text, part)
			removed = append(removed, Runes(n.Text, start, start+len(part)))
		}
		return removed
	}
}

func TestFigures(t *testing.T) {
	for _, c := range []struct {
		name   string
		system System
		want   Figures
	}{
		{"nothing removed", removing(), Figures{
			Leaks: Count{1, 1}, Names: Count{1, 1}, Partial: Count{0, 1}, Clean: Count{0, 1},
			Over: Count{0, 2}, Benign: Count{0, 5}, Caught: Count{0, 2},
		}},
		{"exactly the name", removing("Amrit Dhaliwal"), Figures{
			Leaks: Count{0, 1}, Names: Count{0, 1}, Partial: Count{0, 1}, Clean: Count{1, 1},
			Over: Count{0, 2}, Benign: Count{0, 5}, Caught: Count{2, 2},
		}},
		{"what is optional or indirect neither helps nor hurts",
			removing("Mrs Amrit Dhaliwal, a keen falconer, ", "3 May"), Figures{
				Leaks: Count{0, 1}, Names: Count{0, 1}, Partial: Count{0, 1}, Clean: Count{1, 1},
				Over: Count{0, 2}, Benign: Count{0, 5}, Caught: Count{2, 2},
			}},
		{"one word of the name, and a distractor", removing("Amrit", "Parkinson's"), Figures{
			Leaks: Count{1, 1}, Names: Count{1, 1}, Partial: Count{0, 1}, Clean: Count{0, 1},
			Over: Count{1, 2}, Benign: Count{2, 5}, Caught: Count{1, 2},
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := Score([]Narrative{sample()}, c.system)
			counts := func(f *Figures) []Count {
				return []Count{f.Leaks, f.Names, f.Partial, f.Clean, f.Over, f.Benign, f.Caught}
			}
			if !slices.Equal(counts(got), counts(&c.want)) {
				t.Errorf("got %v, want %v", counts(got), counts(&c.want))
			}
		})
	}
}

func TestPrecisionAndRecall(t *testing.T) {
	f := Score([]Narrative{sample()}, removing("Amrit", "Parkinson's"))
	got := fmt.Sprintf("%.3f %.3f %.3f", f.Precision(), f.Recall(), f.F1())
	if want := "0.333 0.500 0.400"; got != want {
		t.Errorf("precision, recall, F1: got %s, want %s", got, want)
	}
}

func TestSlices(t *testing.T) {
	f := Score([]Narrative{sample()}, removing("will"))
	for _, c := range []struct {
		tally   Tally
		heading string
		want    Count
	}{
		{f.ByClass, "NAME", Count{1, 1}},
		{f.ByClass, "QUASI", Count{1, 1}},
		{f.ByRole, "patient", Count{1, 1}},
		{f.ByForm, "FL", Count{1, 1}},
		{f.ByOrigin, "punjabi", Count{1, 1}},
		{f.BySpelling, "damaged", Count{1, 1}},
		{f.ByStyle, "asis", Count{1, 1}},
		{f.BySetting, "acute", Count{1, 1}},
		{f.ByKind, "incident", Count{1, 1}},
		{f.ByReason, "eponym", Count{0, 1}},
		{f.ByReason, "ambiguous common word", Count{1, 1}},
	} {
		if got := c.tally[c.heading]; got == nil || *got != c.want {
			t.Errorf("%s: got %v, want %v", c.heading, got, c.want)
		}
	}
}

func TestErrorsSayWhereAndWhat(t *testing.T) {
	got := Score([]Narrative{sample()}, removing("will")).Errors
	want := []Error{
		{ID: "S1", What: "NAME", Text: "Amrit Dhaliwal", At: Interval{4, 18}},
		{ID: "S1", What: "modal verb", Text: "will", Over: true, At: Interval{60, 64}},
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestReasonsAreCountedUnderHeadings(t *testing.T) {
	for why, want := range map[string]string{
		"eponym disease":               "eponym",
		"drug and dose":                "drug/dressing",
		"modal verb":                   "ambiguous common word",
		"named ward":                   "ward/place",
		"device serial / asset number": "look-alike number",
		"age under 90":                 "age under 90",
		"clock time":                   "time/duration",
		"device brand":                 "device/system name",
		"lab value":                    "clinical value/other",
	} {
		if got := reason(why); got != want {
			t.Errorf("%s: counted under %s, want %s", why, got, want)
		}
	}
}

func TestOffsetsOfBytesBecomeOffsetsOfCharacters(t *testing.T) {
	text := "Siân O’Shea rang"
	start := strings.Index(text, "O’Shea")
	if got, want := Runes(text, start, start+len("O’Shea")), (Interval{5, 11}); got != want {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestACorpusIsReadAsItWasWritten(t *testing.T) {
	var lines strings.Builder
	if err := Write(&lines, []Narrative{sample(), sample()}); err != nil {
		t.Fatal(err)
	}
	read, err := Read(strings.NewReader(lines.String()))
	if err != nil {
		t.Fatal(err)
	}
	if got, want := fmt.Sprint(read), fmt.Sprint([]Narrative{sample(), sample()}); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}
