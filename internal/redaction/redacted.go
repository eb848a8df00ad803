package redaction

import (
	"cmp"
	"errors"
	"slices"
	"sort"
	"unicode/utf8"
)

// errSpan is what a text is hidden for whose fixed spans do not lie in it.
var errSpan = errors.New("a span does not lie in the text")

// fix takes the spans that were hidden before, from bytes as typed to bytes of
// the folded text.
func (r *reading) fix(spans []Span) error {
	for _, s := range spans {
		if s.Start < 0 || s.End > len(r.typed) || s.Start >= s.End || !r.edge(s.Start) || !r.edge(s.End) {
			return errSpan
		}
		first, last := s.Start, s.End
		if !r.plain {
			first, _ = slices.BinarySearchFunc(r.to, s.Start, func(to int32, at int) int { return cmp.Compare(int(to), at+1) })
			last, _ = slices.BinarySearchFunc(r.from, s.End, func(from int32, at int) int { return cmp.Compare(int(from), at) })
		}
		if first >= last { // characters that nobody sees
			continue
		}
		r.fixed = append(r.fixed, Span{Start: first, End: last, Class: s.Class, Person: s.Person, Confidence: 1, Reason: "hidden before"})
	}
	return nil
}

// edge tells whether a character begins or the text ends at a byte.
func (r *reading) edge(at int) bool { return at == len(r.typed) || utf8.RuneStart(r.typed[at]) }

// sequence is something hidden before, as its tokens stood.
type sequence struct {
	low, fold []string
	digits    bool
	class     Class
}

// shortNumber is the most digits of a number that may be a measurement too.
const shortNumber = 4

// learnRedacted takes what was hidden before.
func (k *known) learnRedacted(redacted []Redacted) {
	byNumber := map[int][]string{}
	var numbers []int
	for _, one := range redacted {
		words := k.learnSequence(one)
		if one.Class != Name {
			k.number(one.Text, one.Class)
			continue
		}
		if one.Person == 0 {
			continue
		}
		if _, known := byNumber[one.Person]; !known {
			numbers = append(numbers, one.Person)
		}
		byNumber[one.Person] = append(byNumber[one.Person], words...)
		k.take(one.Person)
	}
	for _, number := range numbers {
		k.recognise(number, byNumber[number])
	}
	for _, one := range redacted {
		if one.Class != Name || one.Person == 0 {
			continue
		}
		words := k.wordsIn(one.Text)
		if _, known := k.seen[keyOf(words)]; !known && len(words) > 0 {
			k.seen[keyOf(words)] = k.people.numbered(one.Person)
		}
	}
}

// learnSequence takes one text that was hidden before, and answers the words
// of a name.
func (k *known) learnSequence(one Redacted) (words []string) {
	rd, err := read(one.Text)
	if err != nil {
		return nil
	}
	rd.tokenise(k.lex)
	k.asTyped(rd)
	s := sequence{class: one.Class, digits: true}
	for _, t := range rd.tokens {
		if t.kind == opaque {
			return nil
		}
		s.low, s.fold = append(s.low, t.low), append(s.fold, rd.fold[t.start:t.end])
		s.digits = s.digits && t.kind == number
		if t.kind == word && one.Class == Name {
			words = append(words, t.low)
			if len(t.low) > shortest && !particle(t.low) {
				k.word(t.low)
			}
		}
	}
	if len(s.low) > 0 && (len(s.low) > 1 || len(s.low[0]) >= shortest) {
		for _, part := range s.parts() {
			k.before.add(part)
		}
	}
	return words
}

func (k *known) wordsIn(name string) (words []string) {
	rd, err := read(name)
	if err != nil {
		return nil
	}
	rd.tokenise(k.lex)
	k.asTyped(rd)
	for _, t := range rd.tokens {
		if t.kind == word {
			words = append(words, t.low)
		}
	}
	return words
}

// recognise gives the number that somebody had to the one known person who
// bears all the names that were hidden under it, or else to somebody new.
func (k *known) recognise(number int, words []string) {
	who := k.people.bearer(words, func(who int) bool { return k.people.people[who].number == 0 })
	if who < 0 {
		k.people.add(words, number)
		return
	}
	k.people.learn(who, words)
	k.people.give(who, number)
}

// people are those whom the record knows, and whoever a fixed span numbers.
func (rec *record) people() {
	for _, p := range rec.known.people.people {
		rec.crowd.add(p.words.list, p.number)
	}
	for _, rd := range rec.readings {
		for _, s := range rd.fixed {
			if s.Class == Name && s.Person != 0 {
				rec.crowd.numbered(s.Person)
				rec.known.take(s.Person)
			}
		}
	}
}

// take keeps a number from being given to anybody else.
func (k *known) take(number int) {
	if k.taken == nil {
		k.taken = map[int]bool{}
	}
	k.taken[number] = true
}

// fixedNames takes the words inside fixed names for names, so that the layers
// that follow read them as such, and covers what else is fixed.
func (rd *reading) fixedNames() {
	for _, s := range rd.fixed {
		first := sort.Search(len(rd.tokens), func(i int) bool { return rd.tokens[i].end > s.Start })
		for i := first; i < len(rd.tokens) && rd.tokens[i].start < s.End; i++ {
			t := &rd.tokens[i]
			if s.Class == Name && s.Start <= t.start && t.end <= s.End && t.kind == word {
				rd.name(i, 1)
				continue
			}
			rd.hidden[i] = true
		}
	}
}

// longestPhrase is how many tokens are looked for as one.
const longestPhrase = 64

// parts cuts a longer sequence into several that cover it.
func (s sequence) parts() []sequence {
	var out []sequence
	for at := 0; at == 0 || at < len(s.low); at += longestPhrase {
		end := min(at+longestPhrase, len(s.low))
		part := s
		part.low, part.fold = s.low[max(0, end-longestPhrase):end], s.fold[max(0, end-longestPhrase):end]
		out = append(out, part)
	}
	return out
}

// phrases are sequences by their tokens, one after the other.
type phrases struct {
	next map[string]*phrases
	ends []sequence
}

func (p *phrases) add(s sequence) {
	for _, low := range s.low {
		if p.next == nil {
			p.next = map[string]*phrases{}
		}
		if p.next[low] == nil {
			p.next[low] = &phrases{}
		}
		p = p.next[low]
	}
	same := func(other sequence) bool { return other.class == s.class && other.fold[0] == s.fold[0] }
	if !slices.ContainsFunc(p.ends, same) {
		p.ends = append(p.ends, s)
	}
}

// standing calls found for the sequences that stand at token i.
func (p *phrases) standing(rd *reading, i int, found func(sequence)) {
	for j := i; j < len(rd.tokens) && rd.tokens[j].kind != opaque; j++ {
		if p = p.next[rd.tokens[j].low]; p == nil {
			return
		}
		for _, s := range p.ends {
			if rd.means(i, s) {
				found(s)
			}
		}
	}
}

// scanRedacted hides what was hidden before, names apart.
func (rd *reading) scanRedacted(k *known) {
	if len(k.before.next) == 0 {
		return
	}
	for i := range rd.tokens {
		k.before.standing(rd, i, func(s sequence) {
			if s.class != Name {
				rd.span(rd.tokens[i].start, rd.tokens[i+len(s.low)-1].end, s.class, 1, "hidden before")
			}
		})
	}
}

// redactedNames takes the names that were hidden before, even those that are
// ordinary words.
func (rd *reading) redactedNames(k *known) {
	if len(k.before.next) == 0 {
		return
	}
	for i := range rd.tokens {
		k.before.standing(rd, i, func(s sequence) {
			for j := range s.low {
				if s.class == Name {
					rd.name(i+j, 1)
				}
			}
		})
	}
}

// means tells whether a sequence that stands at token i means what it meant:
// an ordinary word in lower case is no name that was written with a capital, and
// a short number before a unit is a measurement.
func (rd *reading) means(i int, s sequence) bool {
	t := &rd.tokens[i]
	if len(s.low) > 1 {
		return true
	}
	if s.digits {
		return len(t.low) > shortNumber || !rd.unitFollows(i)
	}
	if s.class == Name && t.marks.has(ordinary|stop|medical|month) {
		return t.capital || rd.fold[t.start:t.end] == s.fold[0]
	}
	return true
}
