package redaction

// sentences marks where they begin and whether capitals mean anything in them.
func (r *reading) sentences() {
	begin := 0
	for i := 1; i < len(r.tokens); i++ {
		t := &r.tokens[i]
		if (t.newline || t.spaced && r.tokens[i-1].kind == punct) && r.endsSentence(i-1) {
			r.markSentence(begin, i)
			begin = i
		}
	}
	r.markSentence(begin, len(r.tokens))
}

// endsSentence holds where a full stop, question or exclamation mark is
// followed by white space, after a colon or bullet line, and at the end of a
// line that the next line does not carry on in lower case.
func (r *reading) endsSentence(i int) bool {
	next := &r.tokens[i+1]
	t := &r.tokens[i]
	if t.kind == punct && (t.low == "." || t.low == "?" || t.low == "!" || t.low == ";") && next.spaced {
		return !r.abbreviation(i)
	}
	return next.newline && (next.capital || next.kind != word)
}

// abbreviation holds for the stop after an initial or a title.
func (r *reading) abbreviation(i int) bool {
	if r.tokens[i].low != "." || i == 0 || r.tokens[i].spaced {
		return false
	}
	before := &r.tokens[i-1]
	return before.kind == word && (before.marks.has(title) || before.end-before.start == 1 && before.capital)
}

func (r *reading) markSentence(begin, end int) {
	words, allCaps, capitals, plain, plainCapitals := 0, 0, 0, 0, 0
	tokens := r.tokens[begin:end]
	for i := range tokens {
		t := &tokens[i]
		if t.kind == opaque { // a name, most likely, with its capital
			capitals++
		}
		if t.kind != word {
			continue
		}
		if t.end-t.start < 3 {
			if i == 0 && t.capital && t.low != "i" { // A nurse; Di
				capitals++
			}
			continue
		}
		words++
		ordinary := t.english > 0 && !t.listed() && !t.marks.has(street|weakStreet|role|kin|title)
		ordinary = ordinary && (words > 1 || !t.capital) // the first has a capital anyway
		if ordinary {
			plain++
		}
		switch {
		case t.caps:
			allCaps++
		case t.capital:
			capitals++
			if ordinary {
				plainCapitals++
			}
		}
	}
	headline := plain > 1 && plainCapitals*10 > plain*6
	cased := capitals > 0 && allCaps*2 <= words && !headline
	lowered := words > 0 && capitals == 0 && allCaps*2 <= words
	shouting := allCaps > 3 && allCaps*2 > words
	opening := true
	for i := range tokens {
		t := &tokens[i]
		t.cased, t.lowered, t.first, t.among = cased, lowered, opening, uncounted
		t.shouted = shouting && t.kind == word && !t.caps && t.end-t.start > 2
		opening = opening && t.kind != word && t.kind != opaque
		if t.digits {
			r.numeric = append(r.numeric, begin+i)
			if houseNumber(t) {
				r.houses = append(r.houses, begin+i)
			}
		}
		if t.begins() {
			r.marked = append(r.marked, begin+i)
		}
		if t.maySayWhere() {
			r.where = append(r.where, begin+i)
		}
	}
}
