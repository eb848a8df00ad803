package redaction

import (
	"fmt"
	"strings"
)

// known is a Context made ready for comparing.
type known struct {
	words   map[string]bool  // parts of names
	near    near             // and what is one slip away from them
	joined  map[string]bool  // jsmith, johnsmith, smithj
	numbers map[string]Class // digits without leading zeros
	births  []day
	others  [][]string      // tokens of further texts
	typed   map[string]bool // words in no list of further texts, and of what was hidden before
	people  crowd
	before  phrases        // what was hidden before
	seen    map[string]int // names hidden before, to whom of people they belong
	taken   map[int]bool   // numbers of people hidden before
	lex     *lexicon
	// initials of known people, given and family name
	initials map[string]bool
}

// shortest is the fewest letters that a part of a known name needs to be looked
// for by itself.
const shortest = 2

func (r *Redactor) prepare(c Context) *known {
	k := &known{lex: r.lex}
	if len(c.Known)+len(c.Redacted) == 0 {
		return k
	}
	k.joined, k.numbers, k.initials = map[string]bool{}, map[string]Class{}, map[string]bool{}
	k.seen = map[string]int{}
	for _, one := range c.Known {
		k.learn(one)
	}
	k.learnRedacted(c.Redacted)
	return k
}

func (k *known) learn(one Known) {
	givens, families := k.parts(one.Given), k.parts(one.Family)
	words := append(givens, families...)
	for _, w := range words {
		k.word(w)
	}
	if len(words) > 0 {
		k.people.add(words, 0)
	}
	if len(givens) > 0 && len(families) > 0 {
		k.initials[givens[0][:1]+families[0][:1]] = true
	}
	k.join(strings.Join(givens, ""), strings.Join(families, ""))
	k.number(one.NHSNumber, NHSNumber)
	k.number(one.Phone, Phone)
	k.birth(one.Born)
	if local, _, ok := strings.Cut(k.fold(one.Email), "@"); ok {
		k.joined[local] = true
		k.learnLocal(local)
	}
	for _, text := range append(one.Other, one.Email) {
		k.other(text)
	}
}

// word learns a part of a name.
func (k *known) word(w string) {
	if !k.words[w] {
		if k.words == nil {
			k.words = map[string]bool{}
		}
		k.words[w] = true
		k.near.add(w)
	}
}

// birth learns a date of birth.
func (k *known) birth(born string) {
	var d day
	if _, err := fmt.Sscanf(born, "%d-%d-%d", &d.year, &d.month, &d.day); err == nil {
		k.births = append(k.births, d)
	}
}

// fold reads a text as the layers do. What is not valid UTF-8 in it is dropped:
// it can match nothing.
func (k *known) fold(text string) string {
	rd, err := read(strings.ToValidUTF8(text, ""))
	if err != nil {
		return ""
	}
	return rd.low
}

// parts cuts a name into its words: hyphenated ones whole and in parts.
func (k *known) parts(name string) []string {
	var out []string
	for _, w := range strings.Fields(k.fold(name)) {
		w = strings.Trim(w, ".,'\"()")
		if len(w) >= shortest && !k.lex.marks(w).has(title) {
			out = append(out, w)
		}
		for part := range strings.SplitSeq(w, "-") {
			if len(part) > shortest && part != w {
				out = append(out, part)
			}
		}
	}
	return out
}

func (k *known) join(given, family string) {
	if len(given) < 2 || len(family) < 2 {
		return
	}
	for _, w := range []string{given + family, family + given, given[:1] + family, family + given[:1]} {
		if len(w) >= 4 && !k.lex.marks(w).has(ordinary|stop|medical) {
			k.joined[w] = true
		}
	}
}

// number learns digits; UK telephone numbers with and without their country.
func (k *known) number(text string, class Class) {
	var d []byte
	for _, c := range k.fold(text) {
		if isDigit(c) {
			d = append(d, byte(c))
		}
	}
	d = trimZeros(d)
	if len(d) < 6 {
		return
	}
	k.numbers[string(d)] = class
	if class == Phone {
		national := strings.TrimPrefix(string(d), "44")
		k.numbers[national] = class
		k.numbers["44"+national] = class
		k.numbers["440"+national] = class
	}
}

// learnLocal takes the words of an e-mail's local part for names, unless they
// are ordinary words, as in ward.sister@.
func (k *known) learnLocal(local string) {
	words := strings.FieldsFunc(k.fold(local), func(c rune) bool { return c < 'a' && c != '\'' || c > 'z' && c < 0x80 })
	for _, w := range words {
		m := k.lex.marks(w)
		if len(w) >= 3 && (!m.has(ordinary|stop|medical|role|place) || m.has(given)) {
			k.word(w)
		}
	}
}

func (k *known) other(text string) {
	rd, err := read(strings.ToValidUTF8(text, ""))
	if err != nil {
		return
	}
	rd.tokenise(k.lex)
	k.asTyped(rd)
	var seq []string
	for _, t := range rd.tokens {
		if t.kind == opaque {
			return
		}
		seq = append(seq, t.low)
	}
	if len(seq) > 0 && len(strings.Join(seq, "")) >= shortest {
		k.others = append(k.others, seq)
	}
}

// asTyped learns the words of a text that are in no list, so that they are looked for as
// they are, and not as other words with a slip in them.
func (k *known) asTyped(rd *reading) {
	for i := range rd.tokens {
		if t := &rd.tokens[i]; t.hints.has(unlisted) {
			if k.typed == nil {
				k.typed = map[string]bool{}
			}
			k.typed[t.low] = true
		}
	}
}

// spares holds for a word that stands in what the record knows, or nearly.
func (k *known) spares(low string) bool {
	return k.words[low] || k.joined[low] || k.typed[low] || k.near.match(low)
}

// scanOther hides the further texts of the context wherever their tokens stand
// in order.
func (rd *reading) scanOther(k *known) {
	if len(k.others) == 0 {
		return
	}
	starts := map[string][][]string{}
	for _, seq := range k.others {
		starts[seq[0]] = append(starts[seq[0]], seq)
	}
	for i := range rd.tokens {
		for _, seq := range starts[rd.tokens[i].low] {
			if rd.sequence(i, seq) {
				rd.span(rd.tokens[i].start, rd.tokens[i+len(seq)-1].end, Identifier, 1, "listed by the record")
			}
		}
	}
}

func (rd *reading) sequence(i int, seq []string) bool {
	if i+len(seq) > len(rd.tokens) {
		return false
	}
	for j, low := range seq {
		if t := &rd.tokens[i+j]; t.low != low || t.kind == opaque {
			return false
		}
	}
	return true
}
