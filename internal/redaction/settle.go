package redaction

import (
	"slices"
	"sort"
)

// settle redacts what was redacted until nothing changes any more: without the
// names and numbers in it a text may read differently, and whoever redacts it
// later shall find what was found now.
func (r *Redactor) settle(fields []Field, results []Result, last *record) {
	const enough = 16
	written := results
	for range enough {
		if !slices.ContainsFunc(written, func(result Result) bool { return len(result.Spans) > 0 }) {
			last.release()
			return
		}
		again := newRecord(r.lex, last.known)
		written = again.redactAgain(last, written)
		for i := range results {
			if results[i].Err == nil && len(written[i].Spans) > 0 {
				results[i] = compose(fields[i].Text, results[i], written[i])
			}
		}
		last.release()
		last = again
	}
	panic("redaction: does not settle") // which hides the record
}

// compose answers the spans of both of two readings of a text, of which the
// second read what the first had written.
func compose(typed string, first, second Result) Result {
	stretches := common(nil, typed, first.Spans)
	result := Result{Text: second.Text}
	i := 0
	for _, s := range second.Spans {
		s.Start, s.End = typedStart(stretches, s.Start), typedEnd(stretches, s.End)
		for ; i < len(first.Spans) && first.Spans[i].Start < s.End; i++ {
			if first.Spans[i].End <= s.Start {
				result.Spans = append(result.Spans, first.Spans[i])
			}
		}
		result.Spans = append(result.Spans, s)
	}
	result.Spans = append(result.Spans, first.Spans[i:]...)
	return result
}

// stretch is what stands both in a text as typed and in what was written of it.
type stretch struct{ typed, written, length int }

// common appends what stands before, between and after the spans.
func common(out []stretch, typed string, spans []Span) []stretch {
	var buf [32]byte
	at, written := 0, 0
	for _, s := range spans {
		out = append(out, stretch{at, written, s.Start - at})
		written += s.Start - at + len(appendPlaceholder(buf[:0], s.Class, s.Person))
		at = s.End
	}
	return append(out, stretch{at, written, len(typed) - at})
}

// typedStart answers where something begins as typed: with what a placeholder
// stands for, if it begins inside one.
func typedStart(stretches []stretch, written int) int {
	i := sort.Search(len(stretches)-1, func(i int) bool { return written < stretches[i+1].written })
	s := stretches[i]
	return s.typed + min(written-s.written, s.length)
}

// typedEnd answers where something ends as typed.
func typedEnd(stretches []stretch, written int) int {
	i := sort.Search(len(stretches)-1, func(i int) bool { return written <= stretches[i].written+stretches[i].length })
	s := stretches[i]
	return s.typed + min(max(0, written-s.written), s.length)
}
