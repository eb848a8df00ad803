package redaction

// clearance is how many bytes after a token have a say in where it ends, unless the
// first of them is white space.
const clearance = 8

// endsClear holds for a token that ends where it does whatever stands from a place on.
func (r *reading) endsClear(t *token, place int) bool {
	return t.low != "[" && (t.end+clearance <= place || t.end < place && kindOfByte[r.fold[t.end]] == spaceByte)
}

// stretches answers what stands in the folded text both of a reading and of the
// one that was made of what it wrote, or nil where they differ by more than the
// placeholders: a character may fold to several, of which a span took one.
func (r *reading) stretches(written *reading) []stretch {
	r.common = common(r.common[:0], r.fold, r.spans)
	for _, s := range r.common {
		end := s.written + s.length
		if s.length < 0 || end > len(written.fold) || written.fold[s.written:end] != r.fold[s.typed:s.typed+s.length] {
			return nil
		}
	}
	return r.common
}

// tokeniseAgain cuts a text that was written by another reading. What stands
// clear of the placeholders is cut as it was, and is not looked up once more.
func (r *reading) tokeniseAgain(lex *lexicon, before *reading) {
	stretches := before.stretches(r)
	old := 0
	r.cut(lex, func(i int) ([]token, int) {
		for len(stretches) > 0 && i >= stretches[0].written+stretches[0].length {
			stretches = stretches[1:]
		}
		if len(stretches) == 0 || i <= stretches[0].written {
			return nil, 0
		}
		s := stretches[0]
		shift := s.typed - s.written
		for old < len(before.tokens) && before.tokens[old].start < i+shift {
			old++
		}
		if old == len(before.tokens) || before.tokens[old].start != i+shift {
			return nil, 0
		}
		first := old
		for old < len(before.tokens) && before.endsClear(&before.tokens[old], s.typed+s.length) {
			old++
		}
		return before.tokens[first:old], shift
	})
}
