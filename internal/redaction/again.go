package redaction

// clearance is how many bytes after a token have a say in where it ends.
const clearance = 8

// stretches answers what stands in the folded text both of a reading and of the
// one that was made of what it wrote, or nil where they differ by more than the
// placeholders: a character may fold to several, of which a span took one.
func (r *reading) stretches(written *reading) []stretch {
	found := common(r.fold, r.spans)
	for _, s := range found {
		end := s.written + s.length
		if s.length < 0 || end > len(written.fold) || written.fold[s.written:end] != r.fold[s.typed:s.typed+s.length] {
			return nil
		}
	}
	return found
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
		for old < len(before.tokens) && before.tokens[old].end+clearance <= s.typed+s.length && before.tokens[old].low != "[" {
			old++
		}
		return before.tokens[first:old], shift
	})
}
