package redaction

import (
	"slices"
	"strings"
)

// findNames runs the name layers: what the record knows, what a title or label
// makes a name of, and then every word by its score, again and again, since a
// name found in one place speaks for its neighbours in another.
func (rec *record) findNames() {
	rec.weighNames()
	rec.decideWords()
	rec.findLetters()
	rec.decideLetters()
	rec.fullNames()
}

// weighNames finds names by what speaks for them.
func (rec *record) weighNames() {
	if rec.accepted == nil {
		rec.accepted = map[string]bool{}
	}
	rec.findPlaces()
	for _, rd := range rec.readings {
		rd.names = blank(rd.names, len(rd.tokens))
		rd.cover()
		rd.fixedNames()
		rd.redactedNames(rec.known)
		rec.knownNames(rd)
		rd.sure = append(rd.sure, rd.taken...)
		slices.Sort(rd.sure)
		rec.cuedNames(rd)
		rd.findLetters()
		rd.letters = rec.initials(rd)
		rec.scoreAll(rd)
	}
	rec.judgeAll()
}

// findLetters takes letters for people once the names are known, beside which letters
// stand for people.
func (rec *record) findLetters() {
	rec.learnMonograms()
	for _, rd := range rec.readings {
		rd.forgetScores()
		if rd.letters {
			rec.initials(rd)
		}
	}
}

// judgeAll goes round until no score rises above nought any more.
func (rec *record) judgeAll() {
	const rounds = 4
	for range rounds {
		changed := false
		for _, rd := range rec.readings {
			changed = rec.judge(rd) || changed
		}
		if !rec.accept() && !changed {
			break
		}
	}
}

// score is what speaks for a word's being a name before any name is known.
func (rec *record) score(rd *reading, i int, s float64) float64 {
	if rd.eponymPhrase(i) && !rd.afterTitle(i) {
		return s + eponymThing
	}
	if len(rec.places) > 0 && rec.places[rd.tokens[i].low] && !rd.afterTitle(i) && !rd.afterPerson(i) {
		s += placeElsewhere
	}
	return s + rec.around(rd, i)
}

// longestParticles is how many small words stand inside one name.
const longestParticles = 4

// beforeParticles is the token before the particles that end at j.
func (rd *reading) beforeParticles(j int) int {
	for first := j - longestParticles; j > first && rd.free(j) && particle(rd.tokens[j].low) && rd.beside(j); {
		j--
	}
	return j
}

// loneLetter takes the letter that stands for a part of the name beside it:
// stavroula k, R Chikwanha.
func (rd *reading) loneLetter(i int) bool {
	t := &rd.tokens[i]
	if t.kind != word || t.low == "i" || t.low == "a" && !t.capital || t.cased && !t.capital || !t.spaced && i > 0 && rd.tokens[i-1].kind == punct && rd.tokens[i-1].low != "." {
		return false
	}
	if !t.capital && strings.Contains("wcdxns", t.low) && !rd.isName(i-1) {
		return false // discussed w tabitha
	}
	after := i+1 < len(rd.tokens) && rd.isName(i+1) && rd.beside(i+1)
	if i+2 < len(rd.tokens) && rd.tokens[i+1].low == "." && !rd.tokens[i+1].spaced {
		after = rd.isName(i + 2)
	}
	if i+2 < len(rd.tokens) && rd.tokens[i+1].low == "." && len(rd.tokens[i+2].low) == 1 && !rd.tokens[i+2].spaced && !rd.isName(i+2) {
		return false // D.O.B.
	}
	if !after && !(rd.isName(i-1) && rd.beside(i)) || i+1 < len(rd.tokens) && rd.tokens[i+1].low == "/" {
		return false
	}
	return rd.name(i, 0.7)
}

// hopeless is a score that nothing around a word makes good.
const hopeless = -9

// mostElsewhere is the most that a word gains for what it is elsewhere in the record.
const mostElsewhere = saidBefore - barredWord

// judge takes every word whose score, with what is known of other names by now,
// is above nought; it says whether it found any.
func (rec *record) judge(rd *reading) bool {
	changed := false
	for _, i := range rd.maybe {
		if rd.names[i] > 0 {
			continue
		}
		s := rd.scores[i] + rd.company(i)
		t := &rd.tokens[i]
		if s+mostElsewhere <= 0 && len(t.low) > 1 {
			continue
		}
		switch {
		case len(t.low) < 2:
			changed = rd.loneLetter(i) || changed
			continue
		case rec.accepted[t.low]:
			if rec.meansName(rd, i) {
				s += saidBefore
				if t.marks.has(eponym) {
					s -= barredWord // Mr Parkinson, then Parkinson
				}
			} else if rec.knownAs(rd, i) {
				s += max(knownWord, rec.again(rd, i))
			} else {
				s += rec.again(rd, i) // Miss Field, then Field was
			}
		case rec.knownAs(rd, i):
			s += knownWord
		case t.strange() && rec.near.match(t.low):
			s += saidBefore / 2
		case rec.household(rd, i):
			s += saidBefore + beforeKin
		}
		if s > 0 {
			changed = rd.name(i, confidence(s)) || changed
			for j := i - 1; j > i-longestParticles && rd.free(j) && rd.beside(j+1) && particle(rd.tokens[j].low) && rd.isName(rd.beforeParticles(j)); j-- {
				rd.name(j, confidence(s))
			}
			rd.twoParticles(i, confidence(s))
		}
	}
	return changed
}

// cover marks the tokens that other layers have taken, and those of pages, which
// are no names.
func (rd *reading) cover() {
	rd.hidden = blank(rd.hidden, len(rd.tokens))
	sortSpans(rd.spans)
	rd.coverWith(rd.spans)
	rd.coverWith(rd.sites)
}

// coverWith marks the tokens that spans, in order, lie over.
func (rd *reading) coverWith(spans []Span) {
	next := 0
	for _, s := range spans {
		for i := max(next, rd.tokenAt(s.Start)); i < len(rd.tokens) && rd.tokens[i].start < s.End; i++ {
			rd.hidden[i] = true
			next = i + 1
		}
	}
}

// free says that token i is a word that no layer has taken.
func (rd *reading) free(i int) bool {
	return i >= 0 && i < len(rd.tokens) && rd.tokens[i].kind == word && !rd.hidden[i]
}

// name takes token i for a name.
func (rd *reading) name(i int, confidence float64) bool {
	if !rd.free(i) || rd.names[i] >= confidence {
		return false
	}
	fresh := rd.names[i] == 0
	if fresh {
		rd.taken = append(rd.taken, i)
		rd.anybody = true
	}
	rd.names[i] = confidence
	return fresh
}

func (rd *reading) isName(i int) bool { return i >= 0 && i < len(rd.names) && rd.names[i] > 0 }

// beside says that nothing but space parts token i from the one before.
func (rd *reading) beside(i int) bool {
	return i > 0 && i < len(rd.tokens) && rd.tokens[i].spaced && !rd.tokens[i].first
}

// listed words are names; strange ones stand in no list at all.
func (t *token) listed() bool  { return t.given > 0 || t.family > 0 }
func (t *token) strange() bool { return t.entry == (entry{}) && len(t.low) > 2 }

// proper says that the token's capital means something.
func (t *token) proper() bool { return t.cased && t.capital && !t.caps }

// afterTitle holds where a title, perhaps with a stop, stands before.
func (rd *reading) afterTitle(i int) bool {
	j := i - 1
	if j > 0 && rd.tokens[j].low == "." {
		j--
	}
	return j >= 0 && rd.tokens[j].kind == word && rd.tokens[j].marks.has(title)
}

// afterPerson holds where a role or relation stands before.
func (rd *reading) afterPerson(i int) bool {
	return rd.free(i-1) && rd.tokens[i-1].marks.has(role|kin) && rd.beside(i)
}

// beforePlace holds where the next word makes a place of this one.
func (rd *reading) beforePlace(i int) bool {
	if i+1 < len(rd.tokens) && rd.tokens[i+1].low == "'s" {
		i++
	}
	return rd.free(i+1) && rd.tokens[i+1].spaced && rd.tokens[i+1].marks.has(place)
}

// eponymPhrase holds where the word has lent its name to a thing: Parkinson's
// disease, Foley catheter, Glasgow Coma Scale, and a bare "Parkinson's" that
// nothing follows which a person would have.
func (rd *reading) eponymPhrase(i int) bool {
	if !rd.eponymNear(i) {
		return false
	}
	if rd.eponymPair(i) || rd.eponymPair(i-1) || rd.eponymPair(i-2) {
		return true
	}
	if !rd.tokens[i].marks.has(eponym) {
		return false
	}
	if rd.familyOf(i) {
		return false
	}
	j := i + 1
	possessive := j < len(rd.tokens) && (rd.tokens[j].low == "'s" || rd.tokens[j].low == "'" && !rd.tokens[j].spaced && rd.plural(i))
	if possessive {
		j++
	}
	if j >= len(rd.tokens) {
		return possessive
	}
	next := &rd.tokens[j]
	if possessive {
		if next.marks.has(eponymHead) && !next.marks.has(possession) {
			return true
		}
		if (next.marks.has(role) || worker(next.low)) && !rd.tokens[i].marks.has(bareEponym) {
			return false // Lance's deputy
		}
		if result(next.low) || next.low == "positive" || next.low == "negative" || next.low == "sign" {
			return true
		}
		if barePossessive(rd.tokens[i].low) {
			return !next.marks.has(kin)
		}
		if rd.tokens[i].family == 3 && next.kind == word && !next.marks.has(stop|subject|object|link|eponymHead) {
			return false // Wright's complaint
		}
		return !next.marks.has(possession) && !next.proper()
	}
	if next.marks.has(eponymHead) && next.spaced {
		return true
	}
	if rd.tokens[i].given < 2 && rd.nounFollows(j) && !next.marks.has(place|possession) && !rd.staffRole(i-1) {
		return true // Guthrie cards
	}
	return next.kind == word && !next.marks.has(stop|subject|act|speaker) && j+1 < len(rd.tokens) && rd.tokens[j+1].marks.has(eponymHead) && rd.tokens[j+1].spaced && next.spaced && !rd.isName(j)
}

// eponymNear holds where an eponym stands as near as those of a phrase do.
func (rd *reading) eponymNear(i int) bool {
	near := rd.tokens[max(0, i-1):min(len(rd.tokens), i+3)]
	for j := range near {
		if near[j].marks.has(eponym) {
			return true
		}
	}
	return false
}

// eponymPair holds where two names, perhaps with "and" between them, have lent
// themselves to a thing: Ivor Lewis, Lund and Browder.
func (rd *reading) eponymPair(i int) bool {
	if i < 0 || !rd.free(i) {
		return false
	}
	j := i + 1
	if rd.free(j) && rd.tokens[j].low == "and" {
		j++
	}
	if !rd.free(j) || !rd.tokens[j].marks.has(eponym) && !rd.tokens[i].marks.has(eponym) {
		return false
	}
	var buf [64]byte
	pair := append(append(append(buf[:0], rd.tokens[i].low...), '-'), rd.tokens[j].low...)
	return rd.lex.words.at(hashOf(pair)).entry.marks.has(bareEponym)
}

// familyOf holds where a given name makes a family name of the word: Llinos Pugh
// band 5.
func (rd *reading) familyOf(i int) bool {
	if i == 0 || !rd.beside(i) || rd.tokens[i].family < 2 {
		return false
	}
	before, t := &rd.tokens[i-1], &rd.tokens[i]
	return before.given > 1 && (before.english == 0 || before.given > 2 && before.english > 1) && !before.marks.has(title) && (!before.marks.has(eponym) || before.given > 2 && !rd.eponymPair(i-1)) && before.proper() && t.proper()
}

// barePossessive are the diseases that are called by a name alone.
func barePossessive(low string) bool {
	switch low {
	case "parkinson", "alzheimer", "crohn", "addison", "hodgkin", "cushing", "down", "huntington", "raynaud", "wernicke", "korsakoff", "paget", "sjogren", "meniere",
		"barrett", "dupuytren", "asperger", "tourette", "hirschsprung", "marfan", "turner", "klinefelter", "graves", "bell", "hashimoto", "kawasaki", "wilson", "behcet", "pick", "munchausen", "hartmann", "achilles", "perthes":
		return true
	}
	return false
}

// accept gathers the words taken for names; it says whether any is new.
func (rec *record) accept() bool {
	changed := false
	for _, rd := range rec.readings {
		for _, i := range rd.taken {
			t := &rd.tokens[i]
			if len(t.low) > 1 && !rec.accepted[t.low] && !particle(t.low) {
				rec.accepted[t.low] = true
				rec.near.add(t.low)
				changed = true
			}
		}
		rd.taken = rd.taken[:0]
	}
	return changed
}

// queried holds for an eponym alone behind what is looked for: ?Barlow, query Guillain, no
// Murphy.
func (rd *reading) queried(i int) bool {
	if i == 0 || !rd.ends(i+1) || i+1 < len(rd.tokens) && (rd.tokens[i+1].low == "'s" || rd.tokens[i+1].low == "/") {
		return false
	}
	switch rd.tokens[i-1].low {
	case "?":
		return !rd.tokens[i].spaced || !rd.tokens[i].first
	case "query", "queried", "possible", "suspected", "likely", "exclude", "excluded":
		return rd.beside(i) && !rd.tokens[i].first && !rd.comma(i+1)
	}
	return false
}
