package redaction

import "strings"

// learnMonograms learns what the names found in the record begin with, where letters
// are left that may stand for somebody.
func (rec *record) learnMonograms() {
	for _, rd := range rec.readings {
		if !rd.letters {
			continue
		}
		if rec.monograms == nil {
			rec.monograms = map[string]bool{}
		}
		for _, other := range rec.readings {
			other.addMonograms(rec.monograms)
		}
		return
	}
}

// addMonograms adds the first letters of every name of two or three words.
func (rd *reading) addMonograms(to map[string]bool) {
	var buf [8]byte
	for i := 0; rd.anybody && i < len(rd.names); i++ {
		if rd.names[i] == 0 {
			continue
		}
		letters := buf[:0]
		for ; rd.partOfName(i); i++ {
			letters = append(letters, rd.tokens[i].low[0])
			if i+1 < len(rd.tokens) && !rd.beside(i+1) {
				i++
				break
			}
		}
		if len(letters) == 2 || len(letters) == 3 {
			addLetters(to, letters)
			addLetters(to, append(letters[:1], letters[len(letters)-1]))
		}
	}
}

func addLetters(to map[string]bool, letters []byte) {
	if !to[string(letters)] {
		to[string(letters)] = true
	}
}

// partOfName holds for a word of a name that is more than a letter.
func (rd *reading) partOfName(i int) bool {
	return i < len(rd.tokens) && rd.isName(i) && rd.tokens[i].kind == word && len(rd.tokens[i].low) > 2
}

// inParts holds for initials of more than one name's length that nothing is
// abbreviated to: McG, BMcG, CO'B, SB-J.
func (rd *reading) inParts(i int) bool {
	t := &rd.tokens[i]
	if rd.smallParts(i) {
		return true
	}
	if t.kind != word || !t.capital || len(t.low) < 3 || len(t.low) > 5 || rd.fold[t.end-1] == rd.low[t.end-1] {
		return false
	}
	stem := t.low[:len(t.low)-1]
	if first, last, ok := strings.Cut(t.low, "-"); ok {
		return len(last) == 1 && t.caps && !rd.lex.marks(first).has(short|shorthand|medical) && (len(first) == 2 || len(first) == 1 && i > 1 && rd.tokens[i-1].low == "." && len(rd.tokens[i-2].low) == 1)
	}
	return !t.caps && !t.listed() && strings.HasSuffix(stem, "mc") && len(stem) < 5 || strings.HasSuffix(stem, "o'")
}

// smallParts holds for the letters of a name of two parts behind another and a stop, in
// small letters: h.m-b.
func (rd *reading) smallParts(i int) bool {
	t := &rd.tokens[i]
	return t.kind == word && len(t.low) == 3 && t.low[1] == '-' && !t.capital && i > 1 && !t.spaced && rd.tokens[i-1].low == "." && !rd.tokens[i-1].spaced && len(rd.tokens[i-2].low) == 1 && rd.tokens[i-2].kind == word
}

// trainee holds for doctors in training by their year: FY1, ST4.
func trainee(low string) bool {
	switch low {
	case "f1", "f2", "fy1", "fy2", "ct1", "ct2", "ct3", "st1", "st2", "st3", "st4", "st5", "st6", "st7", "st8":
		return true
	}
	return false
}

// somebodyAt holds where only somebody stands, whatever the letters abbreviate
// elsewhere: in a row with letters that were taken for people, and after the part of
// a colleague where nothing follows that they would describe.
func (rd *reading) somebodyAt(i, last int) bool {
	if rd.inRow(i, last) || rd.standsOut(i) && rd.parting(i-1) && rd.ends(last+1) || last+1 < len(rd.tokens) && rd.holds(i, last+1) {
		return true
	}
	if i == 0 || !rd.tokens[i].spaced || last == i && !rd.standsOut(i) {
		return false
	}
	if low := rd.tokens[i-1].low; low == "pt" || low == "patient" || low == "client" {
		return last == i && !rd.tokens[i].marks.has(shorthand|medical) && last+1 < len(rd.tokens) && rd.tokens[last+1].marks.has(act|speaker)
	}
	return (rd.staffRole(i-1) && rd.tokens[i-1].low != "ct" || trainee(rd.tokens[i-1].low)) && (rd.ends(last+1) || introduces(&rd.tokens[last+1])) && !workplace(rd.lettersOf(i, last))
}

// opensPart holds where a subject stands, as opensClause does, and behind what
// somebody thought.
func (rd *reading) opensPart(i int) bool {
	return rd.opensClause(i) || rd.tokens[i-1].low == "thought" || rd.tokens[i-1].low == "assumed"
}

// workplace holds for letters after which a colleague is called: consultant ED.
func workplace(letters string) bool {
	switch letters {
	case "ct", "mri", "mh", "ir", "hr", "ig", "qc", "oh", "ms", "ns", "id", "pe":
		return true
	}
	return false
}

// inRow holds for letters in a row with others that were taken for people: PM, YA
// and CT; TP/OK.
func (rd *reading) inRow(i, last int) bool {
	tells := rd.standsOut(i) || last == i && rd.person(i)
	if i > 1 && joiner(&rd.tokens[i-1]) && rd.lettersBefore(i-1) && (rd.tokens[i-1].low != "," || tells && rd.ends(last+1)) {
		return true
	}
	next := last + 1
	if next < len(rd.tokens) && rd.tokens[next].low == "." && last > i {
		next++
	}
	return next < len(rd.tokens) && joiner(&rd.tokens[next]) && tells && rd.lettersAfter(next+1)
}

// ends holds where nothing follows in the same part of a sentence.
func (rd *reading) ends(i int) bool {
	return i >= len(rd.tokens) || rd.tokens[i].first || rd.tokens[i].kind == punct && rd.tokens[i].low != "-" && rd.tokens[i].low != "(" || rd.tokens[i].low == "and"
}

// lettersBefore holds where letters taken for a person stand before token j.
func (rd *reading) lettersBefore(j int) bool {
	k := j - 1
	if k > 0 && rd.tokens[k].low == "." && !rd.tokens[k].spaced {
		k--
		return rd.isName(k) && len(rd.tokens[k].low) == 1
	}
	return k >= 0 && rd.isName(k) && (len(rd.tokens[k].low) == 2 && (rd.tokens[k].caps || rd.even(k)) || len(rd.tokens[k].low) == 1 && k > 1 && rd.tokens[k-1].low == "." && rd.isName(k-2) || rd.inParts(k))
}

// lettersAfter holds where letters taken for a person begin at token j.
func (rd *reading) lettersAfter(j int) bool {
	return j < len(rd.tokens) && rd.isName(j) && len(rd.tokens[j].low) < 4 && (rd.tokens[j].caps || len(rd.tokens[j].low) < 3 || rd.tokens[j].entry == (entry{}))
}

// noTime holds for AM and PM in a row of people, where no hour stands before them.
func (rd *reading) noTime(i, last int) bool {
	low := rd.tokens[i].low
	return (low == "am" || low == "pm") && rd.standsOut(i) && rd.inRow(i, last) && rd.tokens[max(0, i-1)].kind != number
}

// rowInBrackets holds for letters that begin a row of them in brackets, not all of
// which everybody abbreviates something to.
func (rd *reading) rowInBrackets(i int) bool {
	others, people := 0, 0
	for j := i; j < len(rd.tokens) && j < i+12; j++ {
		t := &rd.tokens[j]
		if t.low == ")" {
			return others > 1 && people > 0
		}
		switch {
		case t.kind == punct, t.low == "and":
			continue
		case len(t.low) < 4 && t.kind == word && t.capital, len(t.low) < 3 && rd.even(j) && (len(t.low) == 1 || rd.person(j) || t.low == "an"):
			others++
		default:
			return false
		}
		if !t.marks.has(shorthand | medical) {
			people++
		}
	}
	return false
}

// belongs holds for what only people have.
func (rd *reading) belongs(i int) bool {
	return i < len(rd.tokens) && !rd.tokens[i].first && (rd.tokens[i].marks.has(kin|possession) || rd.tokens[i].low == "own" || rd.tokens[i].low == "meds" || rd.tokens[i].low == "tablets" || worker(rd.tokens[i].low))
}

// unitInCapitals holds for capitals that are a unit's in small letters only, where no
// number stands before them.
func (rd *reading) unitInCapitals(i int) bool {
	return rd.standsOut(i) && unit(rd.tokens[i].low) && !rd.tokens[i].marks.has(role|title|place) && i > 0 && rd.tokens[i-1].kind != number && rd.tokens[i-1].kind != code && rd.tokens[i].low != "iu"
}

// besideTask holds for letters behind one word for what was done, in a row of such
// pairs of which another's letters were taken: prepared TW, labels EJ.
func (rd *reading) besideTask(i int) bool {
	if i > 2 && joiner(&rd.tokens[i-2]) && rd.lettersBefore(i-2) {
		return true
	}
	return i+3 < len(rd.tokens) && joiner(&rd.tokens[i+1]) && rd.tokens[i+2].kind == word && rd.lettersAfter(i+3) && len(rd.tokens[i+3].low) == len(rd.tokens[i].low)
}

// away holds behind "off" for why a colleague is.
func (rd *reading) away(i int) bool {
	if i >= len(rd.tokens) {
		return false
	}
	switch rd.tokens[i].low {
	case "sick", "work", "duty", "today", "ill", "shift", "tomorrow", "until", "with":
		return true
	}
	return false
}

// holds holds where somebody holds a part of a patient, as another does: JH head, PR
// arms.
func (rd *reading) holds(i, j int) bool {
	if !limb(rd.tokens[j].low) || rd.tokens[i].kind != word || len(rd.tokens[i].low) > 3 {
		return false
	}
	after := j + 1
	if after < len(rd.tokens) && joiner(&rd.tokens[after]) {
		after++
	}
	if after+1 < len(rd.tokens) && len(rd.tokens[after].low) == len(rd.tokens[i].low) && rd.tokens[after].kind == word && limb(rd.tokens[after+1].low) {
		return true
	}
	before := i - 1
	if before > 0 && joiner(&rd.tokens[before]) {
		before--
	}
	return before > 0 && limb(rd.tokens[before].low) && len(rd.tokens[before-1].low) == len(rd.tokens[i].low)
}

func limb(low string) bool {
	switch low {
	case "head", "arm", "arms", "leg", "legs", "feet", "hips":
		return true
	}
	return false
}

// stateOf holds for what only somebody is: was on break, was with another patient.
func (rd *reading) stateOf(j int) bool {
	if j+1 >= len(rd.tokens) || rd.tokens[j].low != "was" && rd.tokens[j].low != "is" && rd.tokens[j].low != "had" {
		return false
	}
	switch n := &rd.tokens[j+1]; n.low {
	case "on":
		return j+2 < len(rd.tokens) && (atWork(rd.tokens[j+2].low) || rd.tokens[j+2].low == "break" || rd.tokens[j+2].low == "leave" || rd.tokens[j+2].low == "lunch")
	case "with", "busy", "alone", "unaware", "aware", "unable", "off", "late", "covering", "working", "looking", "allocated", "supposed", "meant", "told", "asked", "informed", "gone", "forgotten", "been":
		return true
	default:
		return feeling(n.low)
	}
}

// roleInBrackets holds for "(SHO)" and "(haem cons)".
func (rd *reading) roleInBrackets(j int) bool {
	for k := j + 1; k < len(rd.tokens) && k < j+5; k++ {
		if rd.tokens[k].low == ")" {
			return rd.tokens[k-1].marks.has(role|kin) || rd.tokens[j+1].low == "band"
		}
	}
	return false
}

// inBrackets holds for letters that stand alone in brackets.
func (rd *reading) inBrackets(i int) bool {
	return i+1 < len(rd.tokens) && rd.tokens[i+1].low == ")"
}

// abbreviates holds for two letters in brackets that the two words before begin
// with: heart rate (HR).
func (rd *reading) abbreviates(i int) bool {
	if i < 3 || rd.tokens[i-2].kind != word || rd.tokens[i-3].kind != word {
		return false
	}
	low := rd.tokens[i].low
	return rd.tokens[i-3].low[0] == low[0] && rd.tokens[i-2].low[0] == low[1]
}

// ageFollows holds where an age stands behind letters: JT, 45M; JT (45F); JT aged 45.
func (rd *reading) ageFollows(j int) bool {
	t := &rd.tokens[j]
	if t.low == "aged" {
		return j+1 < len(rd.tokens) && rd.tokens[j+1].kind == number
	}
	if t.low != "," && t.low != "(" && t.low != "-" || j+1 >= len(rd.tokens) {
		return false
	}
	n := &rd.tokens[j+1]
	if n.low == "aged" {
		return true
	}
	years := leadingDigits(n.low)
	switch rest := n.low[years:]; {
	case years == 0 || years > 3:
		return false
	case n.kind == number:
		return j+2 < len(rd.tokens) && (strings.HasPrefix(rd.tokens[j+2].low, "y") || (rd.tokens[j+2].low == "f" || rd.tokens[j+2].low == "m") && rd.tokens[j+2].capital)
	default:
		return rest == "f" || rest == "m" || strings.HasPrefix(rest, "y")
	}
}

// ofThings holds for verbs that have a thing for their subject as well as a person: was,
// sent, taken.
func (rd *reading) ofThings(j int) bool {
	switch n := &rd.tokens[j]; n.low {
	case "refused", "absconded", "died", "called", "attacked", "threatened", "assaulted", "declined", "consented", "arrived", "attended", "returned", "collapsed", "vomited", "slipped", "tripped", "walked", "wandered", "started", "left", "slept":
		return false
	case "was", "is", "were", "had", "has", "did", "does", "showed", "shows":
		return true
	default:
		return (strings.HasSuffix(n.low, "ed") || participle(n.low) || n.low == "given" || n.low == "taken" || n.low == "done") && !rd.deed(j)
	}
}

// nothingElse holds for capitals that stand out, and for two letters that abbreviate
// nothing.
func (rd *reading) nothingElse(i int) bool {
	return rd.standsOut(i) || rd.standsForNothing(i)
}

// apposition holds for what somebody is between commas: JH, ward manager,
func (rd *reading) apposition(i int) bool {
	for j := i; j < len(rd.tokens) && j < i+3; j++ {
		t := &rd.tokens[j]
		if t.kind != word || t.capital && !t.caps || t.first {
			return false
		}
		if t.marks.has(role|kin) && j+1 < len(rd.tokens) && rd.tokens[j+1].kind == punct && rd.tokens[j+1].low != "'s" {
			return true
		}
	}
	return false
}

// stands holds for how only somebody can be, without a verb: not happy, in charge, new
// to the ward, with pt.
func (rd *reading) stands(j int) bool {
	if j+1 >= len(rd.tokens) || rd.tokens[j].first {
		return false
	}
	n := rd.tokens[j+1].low
	switch rd.tokens[j].low {
	case "busy", "unsure", "unaware", "too":
		return true
	case "not":
		return feeling(n) || n == "told" || n == "informed" || n == "trained" || n == "sure"
	case "in":
		return n == "charge"
	case "new":
		return n == "to"
	case "with":
		return n == "pt" || n == "patient" || n == "another"
	}
	return false
}
