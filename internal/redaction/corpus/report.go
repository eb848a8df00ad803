package corpus

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// String prints every figure, one a line, the slices with the largest first.
func (f *Figures) String() string {
	var b strings.Builder
	rate := func(label string, c Count) {
		fmt.Fprintf(&b, "%-28s %6.2f%%  (%d of %d)\n", label, 100*c.Rate(), c.Hits, c.Of)
	}
	rate("leaks, all identifiers", f.Leaks)
	rate("leaks, names", f.Names)
	rate("partly left", f.Partial)
	rate("narratives without a leak", f.Clean)
	rate("distractors removed", f.Over)
	rate("benign words removed", f.Benign)
	fmt.Fprintf(&b, "%-28s %6.2f%%\n", "word precision", 100*f.Precision())
	fmt.Fprintf(&b, "%-28s %6.2f%%\n", "word recall", 100*f.Recall())
	fmt.Fprintf(&b, "%-28s %6.2f%%\n", "word F1", 100*f.F1())
	for _, slice := range []struct {
		title string
		tally Tally
	}{
		{"leaks by class", f.ByClass},
		{"leaks of names by origin", f.ByOrigin},
		{"leaks of names by role", f.ByRole},
		{"leaks of names by form", f.ByForm},
		{"leaks of names by spelling", f.BySpelling},
		{"leaks by style", f.ByStyle},
		{"leaks by setting", f.BySetting},
		{"leaks by kind", f.ByKind},
		{"distractors removed by reason", f.ByReason},
	} {
		fmt.Fprintf(&b, "%s\n", slice.title)
		for _, heading := range slice.tally.headings() {
			rate("  "+heading, *slice.tally[heading])
		}
	}
	return b.String()
}

func (t Tally) headings() []string {
	return slices.SortedFunc(maps.Keys(t), func(a, b string) int {
		return cmp.Or(cmp.Compare(t[b].Of, t[a].Of), cmp.Compare(a, b))
	})
}
