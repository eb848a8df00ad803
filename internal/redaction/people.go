package redaction

import (
	"cmp"
	"maps"
	"slices"
	"strings"
)

func sortSpans(spans []Span) {
	slices.SortFunc(spans, func(a, b Span) int {
		if a.Start != b.Start {
			return a.Start - b.Start
		}
		return cmp.Or(b.End-a.End, cmp.Compare(b.Confidence, a.Confidence))
	})
}

// resolve turns the accepted words of every reading into spans, merges spans
// that overlap, and numbers the people in them.
func (rec *record) resolve() {
	for _, rd := range rec.readings {
		rd.nameSpans()
		rd.spans = append(rd.spans, rd.fixed...)
		rd.merge()
	}
	rec.number()
}

// nameSpans joins neighbouring name words into one span: a person.
func (rd *reading) nameSpans() {
	for i := 0; rd.anybody && i < len(rd.names); i++ {
		if rd.names[i] == 0 {
			continue
		}
		last, confidence := i, rd.names[i]
		for {
			next := rd.nextOfName(last)
			if next < 0 {
				break
			}
			last = next
			confidence = max(confidence, rd.names[last])
		}
		rd.span(rd.tokens[i].start, rd.tokens[last].end, Name, confidence, "name")
		i = last
	}
}

// nextOfName answers the next word of the name that token i is part of, or -1.
func (rd *reading) nextOfName(i int) int {
	j := i + 1
	if j+1 < len(rd.tokens) && !rd.tokens[j].spaced && (rd.tokens[j].low == "." && i >= 0 && rd.tokens[i].end-rd.tokens[i].start == 1 || rd.tokens[j].low == "-") {
		j++
	}
	if !rd.isName(j) || rd.tokens[j].newline {
		return -1
	}
	return j
}

// merge sorts the spans and unites those that overlap, as folded or as typed: a
// ligature cannot be cut. The widest gives its class.
func (rd *reading) merge() {
	sortSpans(rd.spans)
	out := rd.spans[:0]
	for _, s := range rd.spans {
		if len(out) == 0 || rd.typedFrom(s.Start) >= rd.typedTo(out[len(out)-1].End-1) {
			out = append(out, s)
			continue
		}
		last := &out[len(out)-1]
		if s.End-s.Start > last.End-last.Start {
			last.Class, last.Reason = s.Class, s.Reason
		}
		if last.Person == 0 {
			last.Person = s.Person
		}
		last.End = max(last.End, s.End)
		last.Confidence = max(last.Confidence, s.Confidence)
	}
	rd.spans = out
}

// mention is one name span with the words in it.
type mention struct {
	rd    *reading
	index int
	words []string
	who   int
}

// number gives every person a number, by first appearance. The fullest names
// are read first; a single name belongs to the one person who bears it, and to
// nobody when several do.
func (rec *record) number() {
	rec.findMentions()
	mentions := rec.mentions
	rec.crowd.people = slices.Grow(rec.crowd.people, min(len(mentions), fewPeople))
	rec.crowd.room = slices.Grow(rec.crowd.room, 2*len(rec.words))
	rec.people()
	for i := range mentions {
		rec.order = append(rec.order, i)
	}
	slices.SortStableFunc(rec.order, func(a, b int) int { return cmp.Compare(len(mentions[b].words), len(mentions[a].words)) })
	if rec.seen == nil {
		rec.seen = map[string]int{}
	}
	maps.Copy(rec.seen, rec.known.seen)
	for _, i := range rec.order {
		mentions[i].assign(&rec.crowd, rec.seen)
	}
	rec.countOff(mentions)
}

// findMentions gathers the names in all readings.
func (rec *record) findMentions() {
	for _, rd := range rec.readings {
		for i, s := range rd.spans {
			if s.Class == Name {
				first := len(rec.words)
				rec.words = rd.appendWords(rec.words, s)
				rec.mentions = append(rec.mentions, mention{rd: rd, index: i, words: rec.words[first:len(rec.words):len(rec.words)]})
			}
		}
	}
}

func (rd *reading) appendWords(words []string, s Span) []string {
	i := rd.tokenAt(s.Start)
	for ; i < len(rd.tokens) && rd.tokens[i].start < s.Start; i++ {
	}
	for ; i < len(rd.tokens) && rd.tokens[i].start < s.End; i++ {
		if rd.tokens[i].kind == word {
			words = append(words, rd.tokens[i].low)
		}
	}
	return words
}

// assign finds whose name a mention is, or adds a person.
func (m *mention) assign(people *crowd, seen map[string]int) {
	if number := m.rd.spans[m.index].Person; number != 0 {
		m.who = people.numbered(number)
		return
	}
	key := keyOf(m.words)
	if who, ok := seen[key]; ok {
		m.who = who
		return
	}
	m.who = people.bearer(m.words, func(int) bool { return true })
	if m.who < 0 {
		m.who = people.add(m.words, 0)
	}
	seen[key] = m.who
}

// keyOf is a name as it is looked up.
func keyOf(words []string) string { return strings.Join(words, " ") }

// countOff numbers people as they appear, leaving out numbers that somebody
// typed as a placeholder or that somebody in the record has had.
func (rec *record) countOff(mentions []mention) {
	if len(mentions) == 0 {
		return
	}
	for _, rd := range rec.readings {
		for _, i := range rd.marked {
			if t := &rd.tokens[i]; t.kind == opaque {
				rec.known.take(typedNumber(rd.fold[t.start:t.end]))
			}
		}
	}
	next := 1
	for _, m := range mentions {
		p := &rec.crowd.people[m.who]
		if p.number == 0 {
			for rec.known.taken[next] {
				next++
			}
			p.number = next
			next++
		}
		m.rd.spans[m.index].Person = p.number
	}
}
