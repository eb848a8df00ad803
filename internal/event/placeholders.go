package event

import (
	"slices"
	"strings"

	"lfpse/internal/redaction"
)

// face is a text as it is shown without identifiers, with what stands behind
// its placeholders.
type face struct {
	shown string
	held  []held
}

// held is a placeholder of a face and the words behind it. Placeholders that
// somebody typed hold nothing: they are text.
type held struct {
	start, end int // in the text that shows it
	words      string
	class      redaction.Class
	person     int
	marked     bool // by a reader
}

func (h held) span() redaction.Span {
	s := redaction.Span{Start: h.start, End: h.end, Class: h.class, Person: h.person}
	if h.marked {
		s.Reason = markedByReader
	}
	return s
}

// faceOf puts a text as typed beside itself as shown; ok is false where the
// spans do not make the one of the other.
func faceOf(typed string, spans []redaction.Span, shown string) (f face, ok bool) {
	f.shown = shown
	var out strings.Builder
	at := 0
	for _, s := range spans {
		if s.Start < at || s.End > len(typed) || s.Start >= s.End {
			return face{}, false
		}
		out.WriteString(typed[at:s.Start])
		start := out.Len()
		out.WriteString(redaction.Placeholder(s.Class, s.Person))
		f.held = append(f.held, held{start, out.Len(), typed[s.Start:s.End], s.Class, s.Person, isMarked(s)})
		at = s.End
	}
	out.WriteString(typed[at:])
	return f, out.String() == shown
}

// spansBetween finds the spans that make one text of another: for texts sealed
// without them. What stands between placeholders is looked for in order.
func spansBetween(typed, shown string) (spans []redaction.Span, ok bool) {
	if typed == shown {
		return nil, true
	}
	marks := redaction.Placeholders(shown)
	at, from := 0, 0
	for i, mark := range marks {
		between := shown[from:mark[0]]
		if !strings.HasPrefix(typed[at:], between) {
			return nil, false
		}
		start := at + len(between)
		end := len(typed) - (len(shown) - mark[1])
		if i+1 < len(marks) {
			end = endBefore(typed, start, shown[mark[1]:marks[i+1][0]])
		}
		if end <= start || end > len(typed) {
			return nil, false
		}
		class, person := redaction.Parse(shown[mark[0]:mark[1]])
		spans = append(spans, redaction.Span{Start: start, End: end, Class: class, Person: person})
		at, from = end, mark[1]
	}
	return spans, typed[at:] == shown[from:]
}

// endBefore answers where the words end that begin at start and are followed by
// a text; -1 where it does not follow.
func endBefore(typed string, start int, following string) int {
	if start >= len(typed) {
		return -1
	}
	at := strings.Index(typed[start+1:], following)
	if at < 0 {
		return -1
	}
	return start + 1 + at
}

// keep answers where the placeholders of a face stand in a text that is to take
// its place; ok is false unless every one still stands. Where a placeholder
// stands more often than it was shown, those that stand as they did are the ones
// that hold the words, and the others are text.
func (f face) keep(text string) (kept []held, ok bool) {
	before, after := redaction.Placeholders(f.shown), redaction.Placeholders(text)
	places := matchMarks(f.shown, text, before, after)
	if places == nil {
		return nil, false
	}
	for _, h := range f.held {
		i := slices.IndexFunc(before, func(mark [2]int) bool { return mark[0] == h.start && mark[1] == h.end })
		if i < 0 {
			return nil, false
		}
		h.start, h.end = after[places[i]][0], after[places[i]][1]
		kept = append(kept, h)
	}
	slices.SortFunc(kept, func(a, b held) int { return a.start - b.start })
	return kept, true
}

// matchMarks answers, for each placeholder of one text, which of another's it
// is: first those in what both begin and end with, then in order. Nil where one
// is missing.
func matchMarks(a, b string, before, after [][2]int) []int {
	prefix, suffix := alike(a, b)
	places := make([]int, len(before))
	taken := make([]bool, len(after))
	settle := func(i int, fits func(mark [2]int) bool) {
		for j, mark := range after {
			if !taken[j] && b[mark[0]:mark[1]] == a[before[i][0]:before[i][1]] && fits(mark) {
				places[i], taken[j] = j, true
				return
			}
		}
	}
	for i, mark := range before {
		places[i] = -1
		if mark[1] <= prefix {
			settle(i, func(m [2]int) bool { return m[0] == mark[0] })
		} else if fromEnd := len(a) - mark[0]; fromEnd <= suffix {
			settle(i, func(m [2]int) bool { return len(b)-m[0] == fromEnd })
		}
	}
	for i := range before {
		if places[i] < 0 {
			settle(i, func([2]int) bool { return true })
		}
		if places[i] < 0 {
			return nil
		}
	}
	return places
}

// alike answers how many bytes two texts begin and end with in common, without
// counting any twice.
func alike(a, b string) (prefix, suffix int) {
	shorter := min(len(a), len(b))
	for prefix < shorter && a[prefix] == b[prefix] {
		prefix++
	}
	for suffix < shorter-prefix && a[len(a)-1-suffix] == b[len(b)-1-suffix] {
		suffix++
	}
	return prefix, suffix
}

// woven is a text with the words behind its placeholders put back.
type woven struct {
	typed string
	spans []redaction.Span // into typed
	shown string
}

// weave puts the words back behind the placeholders that a text kept; what the
// engine found in the text besides is hidden too.
func weave(text string, kept []held, found []redaction.Span) woven {
	var w woven
	var typed, shown strings.Builder
	at := 0
	for _, r := range regions(kept, found) {
		typed.WriteString(text[at:r.start])
		shown.WriteString(text[at:r.start])
		start := typed.Len()
		typed.WriteString(restored(text, r.start, r.end, kept))
		shown.WriteString(redaction.Placeholder(r.class, r.person))
		span := r.span()
		span.Start, span.End = start, typed.Len()
		w.spans = append(w.spans, span)
		at = r.end
	}
	typed.WriteString(text[at:])
	shown.WriteString(text[at:])
	w.typed, w.shown = typed.String(), shown.String()
	return w
}

// regions are what is hidden of a text, in order and apart from each other: a
// finding takes in the placeholders that it touches.
func regions(kept []held, found []redaction.Span) []held {
	all := slices.Clone(kept)
	for _, s := range found {
		all = append(all, held{start: s.Start, end: s.End, class: s.Class, person: s.Person, marked: isMarked(s)})
	}
	slices.SortFunc(all, func(a, b held) int {
		if a.start != b.start {
			return a.start - b.start
		}
		return b.end - a.end
	})
	var apart []held
	for _, r := range all {
		if n := len(apart); n > 0 && r.start < apart[n-1].end {
			apart[n-1].end = max(apart[n-1].end, r.end)
			apart[n-1].marked = apart[n-1].marked || r.marked
			continue
		}
		apart = append(apart, r)
	}
	return apart
}

// restored is a part of a text with the words behind the placeholders in it.
func restored(text string, from, to int, kept []held) string {
	var out strings.Builder
	at := from
	for _, h := range kept {
		if h.start < from || h.end > to {
			continue
		}
		out.WriteString(text[at:h.start])
		out.WriteString(h.words)
		at = h.end
	}
	out.WriteString(text[at:to])
	return out.String()
}

// carried are the spans of a text that still hide the same in another: those in
// what both begin and end with.
func carried(before, after string, spans []redaction.Span) []redaction.Span {
	prefix, suffix := alike(before, after)
	var still []redaction.Span
	for _, s := range spans {
		switch {
		case s.End <= prefix:
		case len(before)-s.Start <= suffix:
			s.Start += len(after) - len(before)
			s.End += len(after) - len(before)
		default:
			continue
		}
		still = append(still, s)
	}
	return still
}
