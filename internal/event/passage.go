package event

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"lfpse/internal/redaction"
)

// passage is one text on its way through the engine.
type passage struct {
	text  string           // as it was typed
	fixed []redaction.Span // what was hidden in it before, into text
	spans []redaction.Span // what is hidden in it, into text
	shown string           // with placeholders; empty unless ok
	ok    bool             // false where it could not be anonymised: it stays hidden
}

// markedByReader is the reason of a span that hides what somebody marked as
// identifying who reads the text anonymised.
const markedByReader = "marked by a reader"

func isMarked(s redaction.Span) bool { return s.Reason == markedByReader }

// redact anonymises passages of one record together, so that the same person
// bears the same placeholder in each, and hides in them the words that readers
// marked. What was hidden before stays so.
func (s *Service) redact(passages []*passage, known redaction.Context, marked []string) {
	fields := make([]redaction.Field, len(passages))
	for i, p := range passages {
		fields[i] = redaction.Field{Text: p.text, Fixed: slices.DeleteFunc(slices.Clone(p.fixed), isMarked)}
	}
	for i, result := range s.redactor.Redact(fields, known) {
		if result.Err != nil {
			passages[i].fail()
			continue
		}
		passages[i].spans, passages[i].shown, passages[i].ok = result.Spans, result.Text, true
	}
	s.hideMarked(passages, known.Redacted, marked)
}

// hideMarked hides in anonymised passages what readers marked. The engine reads
// them as those readers do, placeholders instead of words: whether marked words
// stand behind a placeholder as well does not change what becomes of the text.
func (s *Service) hideMarked(passages []*passage, redacted []redaction.Redacted, marked []string) {
	known := redaction.Context{Redacted: numbersIn(redacted)}
	for _, words := range marked {
		known.Redacted = append(known.Redacted, redaction.Redacted{Text: words, Class: redaction.Identifier})
	}
	var shown []*passage
	var fields []redaction.Field
	any := len(marked) > 0
	for _, p := range passages {
		if !p.ok {
			continue
		}
		before := slices.DeleteFunc(slices.Clone(p.fixed), func(s redaction.Span) bool { return !isMarked(s) })
		any = any || len(before) > 0
		shown = append(shown, p)
		fields = append(fields, redaction.Field{Text: p.shown, Fixed: append(whereShown(before, p.spans), occurrences(p.shown, marked)...)})
	}
	if !any {
		return
	}
	for i, result := range s.redactor.Redact(fields, known) {
		for j := range result.Spans {
			result.Spans[j].Reason = markedByReader
		}
		shown[i].cover(result)
	}
}

// cover hides in a passage what the engine found in it as it is shown.
func (p *passage) cover(result redaction.Result) {
	f, ok := faceOf(p.text, p.spans, p.shown)
	if result.Err != nil || !ok {
		p.fail()
		return
	}
	w := weave(p.shown, f.held, result.Spans)
	if w.typed != p.text {
		p.fail()
		return
	}
	p.spans, p.shown = w.spans, w.shown
}

// fail hides a passage whole; of what was hidden in it nothing is forgotten.
func (p *passage) fail() { p.spans, p.shown, p.ok = p.fixed, "", false }

// whereShown answers where spans of a text as typed are in it as shown, but for
// the parts that the shown text hides.
func whereShown(spans, hidden []redaction.Span) []redaction.Span {
	var moved []redaction.Span
	for _, s := range spans {
		shift, from := 0, s.Start
		for _, h := range hidden {
			if h.Start >= s.End {
				break
			}
			if from < h.Start && h.Start > s.Start {
				moved = append(moved, redaction.Span{Start: from + shift, End: h.Start + shift, Class: s.Class})
			}
			from = max(from, h.End)
			shift += len(redaction.Placeholder(h.Class, h.Person)) - (h.End - h.Start)
		}
		if from < s.End {
			moved = append(moved, redaction.Span{Start: from + shift, End: s.End + shift, Class: s.Class})
		}
	}
	return moved
}

// occurrences are the places in a shown text where marked words stand as whole
// words, placeholders apart.
func occurrences(shown string, marked []string) []redaction.Span {
	var found []redaction.Span
	from := 0
	for _, mark := range append(redaction.Placeholders(shown), [2]int{len(shown), len(shown)}) {
		for _, words := range marked {
			found = append(found, wholeWords(shown, from, mark[0], words)...)
		}
		from = mark[1]
	}
	return found
}

// wholeWords are the places in a part of a text where words stand whole.
func wholeWords(text string, from, to int, words string) []redaction.Span {
	var found []redaction.Span
	for {
		i := strings.Index(text[from:to], words)
		if i < 0 {
			return found
		}
		start, end := from+i, from+i+len(words)
		if isWhole(text, start, end) {
			found = append(found, redaction.Span{Start: start, End: end, Class: redaction.Identifier})
			from = end
			continue
		}
		_, size := utf8.DecodeRuneInString(text[start:])
		from = start + size
	}
}

// isWhole tells whether a part of a text begins and ends where words do.
func isWhole(text string, start, end int) bool {
	first, _ := utf8.DecodeRuneInString(text[start:])
	before, _ := utf8.DecodeLastRuneInString(text[:start])
	last, _ := utf8.DecodeLastRuneInString(text[:end])
	after, _ := utf8.DecodeRuneInString(text[end:])
	return !(inWord(before) && inWord(first)) && !(inWord(last) && inWord(after)) && !unicode.IsMark(after)
}

func inWord(c rune) bool { return unicode.IsLetter(c) || unicode.IsDigit(c) || unicode.IsMark(c) }

// numbersIn are the numbers that people have had, without their names.
func numbersIn(redacted []redaction.Redacted) []redaction.Redacted {
	var numbers []redaction.Redacted
	for _, r := range redacted {
		if r.Person != 0 {
			numbers = append(numbers, redaction.Redacted{Class: redaction.Name, Person: r.Person})
		}
	}
	return numbers
}
