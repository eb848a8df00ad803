package event

import (
	"maps"
	"slices"
	"strings"

	"lfpse/internal/redaction"
)

// outsiders are what a record knows of people who read it anonymised: in which
// texts they typed, and which numbers were given to the people whom they named.
// What becomes of their words must never tell what is hidden from them.
type outsiders struct {
	Fields  []string `json:"fields,omitempty"`
	Numbers []int    `json:"numbers,omitempty"`
}

// typedInto notes that somebody typed into a text who reads it anonymised.
func (o *outsiders) typedInto(field string) {
	if !slices.Contains(o.Fields, field) {
		o.Fields = append(o.Fields, field)
	}
}

// named notes the numbers of people whom they named.
func (o *outsiders) named(found []redaction.Span) {
	for _, s := range found {
		if s.Person != 0 && !slices.Contains(o.Numbers, s.Person) {
			o.Numbers = append(o.Numbers, s.Person)
		}
	}
}

func (o outsiders) clone() outsiders {
	return outsiders{slices.Clone(o.Fields), slices.Clone(o.Numbers)}
}

// last puts the people whom they named behind all others: whoever has a number
// of the reporter's too is known by that.
func (o outsiders) last(redacted []redaction.Redacted) []redaction.Redacted {
	theirs := func(r redaction.Redacted) bool { return slices.Contains(o.Numbers, r.Person) }
	first := slices.DeleteFunc(slices.Clone(redacted), theirs)
	return append(first, slices.DeleteFunc(slices.Clone(redacted), func(r redaction.Redacted) bool { return !theirs(r) })...)
}

// readOutside takes back what the words that are hidden in a record made of the
// words of people who do not read them. Somebody could have typed a list of
// names: those that vanish, or bear a number that was there before, when the
// event's reporter changes anything, would be the hidden ones.
//
// So in the texts into which they typed, what was read with the hidden words
// counts only where the reporter changed something, beside what was hidden
// before. The rest is read as it is shown. And a number that was given to
// somebody whom they named is given to nobody in what the reporter typed.
func (s *Service) readOutside(a *anonymised, e *edit, typed map[string]string, fixed map[string][]redaction.Span, names []redaction.Known) {
	a.outside = e.typed.Outside.clone()
	if len(a.outside.Fields) == 0 {
		return
	}
	a.renumber(typed, fixed, e.typed.Redacted)
	for _, field := range a.outside.Fields {
		if _, shown := a.texts[field]; shown {
			a.spans[field] = readWhereChanged(e.typed.Texts[field], typed[field], fixed[field], a.spans[field])
		}
	}
	shown, faces := map[string]string{}, map[string]face{}
	for field := range a.texts {
		a.texts[field] = show(typed[field], a.spans[field])
		shown[field] = a.texts[field]
		faces[field], _ = faceOf(typed[field], a.spans[field], shown[field])
	}
	known := redaction.Context{Known: withoutContact(names), Redacted: append(numbersIn(e.typed.Redacted), peopleIn(a.spans)...)}
	read := s.anonymise(shown, nil, known, nil)
	for _, field := range a.outside.Fields {
		if _, stands := shown[field]; !stands {
			continue
		}
		if _, ok := read.texts[field]; !ok {
			delete(a.texts, field)
			a.version = IncompleteRedaction
			continue
		}
		w := weave(shown[field], faces[field].held, read.spans[field])
		a.spans[field], a.texts[field] = w.spans, w.shown
		a.outside.named(read.spans[field])
	}
}

// readWhereChanged are the spans of a text that were hidden before, and those
// found in it that touch what was changed.
func readWhereChanged(before, after string, carried, found []redaction.Span) []redaction.Span {
	prefix, suffix := alike(before, after)
	touching := slices.DeleteFunc(slices.Clone(found), func(s redaction.Span) bool {
		return s.End <= prefix || s.Start >= len(after)-suffix
	})
	var kept []held
	for _, s := range carried {
		kept = append(kept, held{start: s.Start, end: s.End, class: s.Class, person: s.Person, marked: isMarked(s)})
	}
	var spans []redaction.Span
	for _, r := range regions(kept, touching) {
		span := redaction.Span{Start: r.start, End: r.end, Class: r.class, Person: r.person}
		if r.marked {
			span.Reason = markedByReader
		}
		spans = append(spans, span)
	}
	return spans
}

// renumber gives new numbers to people in what the reporter typed who would
// bear the number of somebody whom others named.
func (a *anonymised) renumber(typed map[string]string, fixed map[string][]redaction.Span, redacted []redaction.Redacted) {
	next := 1
	for _, one := range slices.Concat(redacted, peopleIn(a.spans)) {
		next = max(next, one.Person+1)
	}
	anew := map[int]int{}
	for _, field := range sortedKeys(a.spans) {
		for i, s := range a.spans[field] {
			before := func(f redaction.Span) bool { return f.Start == s.Start && f.End == s.End && f.Person == s.Person }
			if !slices.Contains(a.outside.Numbers, s.Person) || slices.ContainsFunc(fixed[field], before) {
				continue
			}
			if anew[s.Person] == 0 {
				anew[s.Person], next = next, next+1
			}
			a.spans[field][i].Person = anew[s.Person]
		}
		if _, shown := a.texts[field]; shown {
			a.texts[field] = show(typed[field], a.spans[field])
		}
	}
}

// show is a text as it is shown with spans hidden.
func show(typed string, spans []redaction.Span) string {
	var out strings.Builder
	at := 0
	for _, s := range spans {
		out.WriteString(typed[at:s.Start])
		out.WriteString(redaction.Placeholder(s.Class, s.Person))
		at = s.End
	}
	out.WriteString(typed[at:])
	return out.String()
}

// peopleIn are the numbers that people have in spans, without their names.
func peopleIn(spans map[string][]redaction.Span) (numbers []redaction.Redacted) {
	for _, field := range slices.Sorted(maps.Keys(spans)) {
		for _, s := range spans[field] {
			if s.Person != 0 {
				numbers = append(numbers, redaction.Redacted{Class: redaction.Name, Person: s.Person})
			}
		}
	}
	return numbers
}

// withoutContact leaves out of the names that are known the reporter's contact
// details, which nobody else reads.
func withoutContact(names []redaction.Known) []redaction.Known {
	return slices.DeleteFunc(slices.Clone(names), func(k redaction.Known) bool { return k.Role == roleContact })
}
