package event

import (
	"slices"
	"strings"
	"unicode/utf8"

	"lfpse/internal/redaction"
)

// outsiders are what a record knows of people who read it anonymised: in which
// texts they typed, and which numbers were given to the people whom they named.
// What becomes of their words must never tell what is hidden from them.
//
// Somebody could have typed a list of names: those that vanish, or bear a number
// that was there before, when the texts are next anonymised, would be the hidden
// ones. So the texts into which they typed are read as they are shown.
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
		o.numbered(s.Person)
	}
}

func (o *outsiders) numbered(person int) {
	if person != 0 && !slices.Contains(o.Numbers, person) {
		o.Numbers = append(o.Numbers, person)
	}
}

func (o outsiders) clone() outsiders {
	return outsiders{slices.Clone(o.Fields), slices.Clone(o.Numbers)}
}

// outsidersOf is what all revisions of a record know of outsiders.
func outsidersOf(revisions []*sheet) outsiders {
	var all outsiders
	for _, one := range revisions {
		for _, field := range one.typed.Outside.Fields {
			all.typedInto(field)
		}
		for _, number := range one.typed.Outside.Numbers {
			all.numbered(number)
		}
	}
	return all
}

// apart are words that were hidden in a record, for reading what its reporter
// typed: those of people whom outsiders named stay hidden, and say nothing about
// who is who. Whoever bears such a word is numbered as if no outsider had typed it.
func (o outsiders) apart(redacted []redaction.Redacted) []redaction.Redacted {
	var known []redaction.Redacted
	for _, r := range redacted {
		if slices.Contains(o.Numbers, r.Person) {
			known = append(known, redaction.Redacted{Class: r.Class, Person: r.Person})
			r.Person = 0
		}
		known = append(known, r)
	}
	return known
}

// readAsShown reads texts into which outsiders typed as they are shown, beside
// the others of the record as they are shown. Of what is known it goes by what
// outsiders may know.
func (s *Service) readAsShown(theirs, others []*passage, known redaction.Context, o *outsiders) {
	hidden := func(p *passage) bool { return !p.ok }
	theirs = slices.DeleteFunc(slices.Clone(theirs), hidden)
	if len(theirs) == 0 {
		return
	}
	all := slices.Concat(theirs, slices.DeleteFunc(slices.Clone(others), hidden))
	fields := make([]redaction.Field, len(all))
	for i, p := range all {
		fields[i].Text = p.shown
	}
	known = redaction.Context{Known: withoutContact(known.Known), Redacted: append(numbersIn(known.Redacted), peopleIn(all)...)}
	for i, result := range s.redactor.Redact(fields, known)[:len(theirs)] {
		theirs[i].cover(result)
		o.named(result.Spans)
	}
}

// leave lets a passage hide what it hid before and no more.
func (p *passage) leave() {
	p.fixed = united(p.fixed, nil)
	p.spans, p.shown, p.ok = p.fixed, show(p.text, p.fixed), true
}

// leaveWhereUnchanged takes back what was found in a passage beside what its
// reporter changed of it. Where nothing could be found, the change is hidden, in
// case that the rest is ever shown.
func (p *passage) leaveWhereUnchanged(before string) {
	from, to := changedPart(before, p.text)
	found := p.spans
	if !p.ok {
		found = []redaction.Span{{Start: from, End: to, Class: redaction.Identifier}}
	}
	p.spans = united(p.fixed, slices.DeleteFunc(slices.Clone(found), func(s redaction.Span) bool {
		return s.End <= from || s.Start >= to
	}))
	p.fixed = p.spans
	if p.ok {
		p.shown = show(p.text, p.spans)
	}
}

// changedPart is where one text differs from another, in whole characters.
func changedPart(before, after string) (from, to int) {
	prefix, suffix := alike(before, after)
	from, to = prefix, len(after)-suffix
	for from < len(after) && !utf8.RuneStart(after[from]) {
		from--
	}
	for to < len(after) && !utf8.RuneStart(after[to]) {
		to++
	}
	return from, to
}

// united are spans that were hidden before and others that were found, in order
// and apart from each other.
func united(before, found []redaction.Span) []redaction.Span {
	var kept []held
	for _, s := range before {
		kept = append(kept, held{start: s.Start, end: s.End, class: s.Class, person: s.Person, marked: isMarked(s)})
	}
	var spans []redaction.Span
	for _, r := range regions(kept, found) {
		spans = append(spans, r.span())
	}
	return spans
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

// peopleIn are the numbers that people have in passages, without their names.
func peopleIn(passages []*passage) (numbers []redaction.Redacted) {
	for _, p := range passages {
		for _, s := range p.spans {
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
