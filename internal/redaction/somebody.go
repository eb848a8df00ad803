package redaction

// position is what speaks for letters where next to nothing but somebody stands, in a
// text of any case; nought elsewhere.
func (rd *reading) position(i, last int) float64 {
	dots := last > i
	j := last + 1
	if dots && j < len(rd.tokens) && rd.tokens[j].low == "." && !rd.tokens[j].spaced {
		j++
	}
	if rd.inRowOfRoles(i, last) {
		return afterSigning
	}
	if !dots && rd.nobodyElse(i) {
		return afterSigning
	}
	if !dots && !rd.mayBe(i) && !rd.threeOf(i) {
		return 0
	}
	if rd.fieldOf(i) && rd.ends(last+1) {
		return afterSigning
	}
	if j < len(rd.tokens) && rd.tokens[j].low == "(" && rd.roleInBrackets(j) {
		return beforeTheRole
	}
	if rd.parting(i-1) && rd.ends(j) || rd.signsOff(i, j) {
		return asSignature
	}
	switch {
	case rd.sentHome(i, j):
		return afterSigning
	case rd.asSubject(i) && rd.doesAlone(j) && (rd.seldomElse(i) || !beingOrGoing(rd.tokens[j].low)), rd.standsOut(i) && rd.wardManager(j):
		return beforeDeed
	case j+1 < len(rd.tokens) && rd.tokens[j].low == "'s" && rd.tokens[j+1].marks.has(kin) && !rd.tokens[j+1].first:
		return whose
	case j < len(rd.tokens) && rd.tokens[j].low == "," && rd.apposition(j+1):
		return beforeSaying
	case rd.amongPeople(i, j), rd.isSomebody(i, j):
		return beforeDeed
	case !dots && (len(rd.tokens[i].low) > 2 || neverInitials(rd.tokens[i].low, false)):
		return 0
	case rd.subjectOf(i, j), rd.pairBefore(i, j), rd.pairBehind(i, j):
		return beforeDeed
	case (dots || !noted(rd.tokens[i].low)) && rd.inTaskRow(i, j):
		return afterSigning
	case j+1 < len(rd.tokens) && rd.tokens[j].low == "'s" && rd.belongs(j+1):
		return whose
	case !dots && rd.person(i):
		return rd.evenPosition(i, j)
	}
	return 0
}

// signsOff holds for letters that a sentence of thanks begins with: HD Thank you.
func (rd *reading) signsOff(i, j int) bool {
	return i > 0 && rd.tokens[i].first && j < len(rd.tokens) && rd.tokens[j].spaced && !rd.tokens[j].newline && (rd.tokens[j].low == "thank" || rd.parting(j))
}

// asSubject holds where a subject may stand, with a colleague's part before it and in the
// midst of a text without stops, too.
func (rd *reading) asSubject(i int) bool {
	if i == 0 || rd.opensPart(i) || rd.staffRole(i-1) {
		return true
	}
	p := &rd.tokens[i-1]
	return rd.standsOut(i) && p.kind != punct && !p.marks.has(determiner|link|object) && !owner(p.low)
}

// wardManager holds for what somebody is in charge of, behind letters without a comma.
func (rd *reading) wardManager(j int) bool {
	if j+1 >= len(rd.tokens) || rd.tokens[j].first {
		return false
	}
	switch rd.tokens[j].low {
	case "ward", "bed", "site", "night":
		n := rd.tokens[j+1].low
		return n == "manager" || n == "sister" || n == "coordinator" || n == "co-ordinator"
	}
	return false
}

// threeOf holds for three capitals that stand out and that no list has.
func (rd *reading) threeOf(i int) bool {
	t := &rd.tokens[i]
	return len(t.low) == 3 && t.entry == (entry{}) && rd.standsOut(i)
}

// mayBe holds for two letters that may be somebody's, and measures and drugs among them:
// neither a word nor what people are called by for their work.
func (rd *reading) mayBe(i int) bool {
	t := &rd.tokens[i]
	if t.kind != word || len(t.low) != 2 || t.marks.has(role|title|place) || neverInitials(t.low, true) || workplace(t.low) {
		return false
	}
	return rd.standsOut(i) || t.english == 0 || t.english > 3
}

// fieldOf holds behind the word of a form for who signs, and "by" behind a colon.
func (rd *reading) fieldOf(i int) bool {
	if i < 2 || rd.tokens[i-1].low != ":" || rd.tokens[i].low == "na" {
		return false
	}
	switch rd.tokens[i-2].low {
	case "by", "author", "checker", "witness", "reviewer", "scribe", "initials", "signature", "signatures", "signed", "sig", "name", "names", "crew", "nurse", "nurses", "hcas", "initial", "involved", "owner", "shift":
		return true
	}
	return false
}

// subjectOf holds before what people alone do.
func (rd *reading) subjectOf(i, j int) bool {
	return rd.opensPart(i) && rd.saysOrTakes(j) || rd.atTime(i) && j < len(rd.tokens) && rd.tokens[j].marks.has(act)
}

// atTime holds behind the time that begins an entry: 14:05 MB.
func (rd *reading) atTime(i int) bool {
	if i == 0 || rd.tokens[i-1].kind != number {
		return false
	}
	k := i - 1
	if k > 1 && (rd.tokens[k-1].low == ":" || rd.tokens[k-1].low == ".") && !rd.tokens[k].spaced && !rd.tokens[k-1].spaced {
		return clock(rd.tokens[k-2].low+rd.tokens[k].low) && (k == 2 || rd.tokens[k-2].first)
	}
	return clock(rd.tokens[k].low) && (k == 0 || rd.tokens[k].first)
}

// doesAlone holds for verbs of several words that nothing but somebody is the subject
// of: stayed with, had gone home, was on her break, took over, off sick.
func (rd *reading) doesAlone(j int) bool {
	if j+1 >= len(rd.tokens) || rd.tokens[j].first {
		return false
	}
	n := rd.tokens[j+1].low
	switch rd.tokens[j].low {
	case "stayed", "sat", "remained":
		return n == "with"
	case "had", "has":
		return n == "forgotten" || n == "assumed" || n == "gone" && j+2 < len(rd.tokens) && goneTo(rd.tokens[j+2].low)
	case "took":
		return n == "over"
	case "went":
		return goneTo(n) && n != "back" && n != "off"
	case "off":
		return n == "sick" || n == "duty" || n == "shift"
	case "double":
		return n == "checked" || n == "signed"
	case "scrubbed":
		return true
	case "escalated":
		return n == "to"
	case "was", "is":
		if n == "on" && j+3 < len(rd.tokens) && owner(rd.tokens[j+2].low) {
			return ownTime(rd.tokens[j+3].low)
		}
		return n == "off" && rd.away(j+2) || n == "busy"
	}
	return false
}

// beingOrGoing holds for the verbs among these that have things for a subject, too: the
// TV was off.
func beingOrGoing(low string) bool { return low == "was" || low == "is" || low == "went" }

// goneTo holds for where somebody has gone.
func goneTo(low string) bool {
	switch low {
	case "home", "off", "for", "back", "sick":
		return true
	}
	return false
}

// ownTime holds for what colleagues are on that is theirs.
func ownTime(low string) bool {
	switch low {
	case "break", "lunch", "tea", "phone", "mobile", "way", "leave", "round", "rounds", "own", "holiday", "first", "last", "second", "third", "induction":
		return true
	}
	return false
}

// mayPair holds for letters that begin at token k, of one token or dotted, and answers
// the token behind them.
func (rd *reading) mayPair(k int) (behind int, ok bool) {
	if !rd.free(k) {
		return 0, false
	}
	last := rd.lettersAt(k)
	if last < 0 || last == k && (!rd.mayBe(k) || neverInitials(rd.tokens[k].low, false)) {
		return 0, false
	}
	behind = last + 1
	if last > k && behind < len(rd.tokens) && rd.tokens[behind].low == "." && !rd.tokens[behind].spaced {
		behind++
	}
	return behind, true
}

func both(t *token) bool { return t.low == "and" || t.low == "&" }

// pairBefore holds for the first of two before what people do, or behind "between": BC
// and DM checked the dose.
func (rd *reading) pairBefore(i, j int) bool {
	if j+1 >= len(rd.tokens) || !both(&rd.tokens[j]) {
		return false
	}
	behind, ok := rd.mayPair(j + 1)
	if !ok || rd.tokens[i].marks.has(shorthand) && rd.tokens[j+1].marks.has(shorthand) && len(rd.tokens[i].low) > 1 && len(rd.tokens[j+1].low) > 1 && !rd.standsOut(i) {
		return false
	}
	return rd.pairOf(i, behind)
}

// pairBehind holds for the second.
func (rd *reading) pairBehind(i, j int) bool {
	if i < 2 || !both(&rd.tokens[i-1]) {
		return false
	}
	first := i - 2
	if rd.tokens[first].low == "." && first > 1 {
		first -= 3
	} else if first > 1 && len(rd.tokens[first].low) == 1 && rd.tokens[first-1].low == "." {
		first -= 2
	}
	if first < 0 {
		return false
	}
	if rd.isName(first) {
		return rd.pairOf(first, j)
	}
	behind, ok := rd.mayPair(first)
	return ok && behind == i-1 && rd.pairBefore(first, i-1)
}

// pairOf holds where two who begin at token i and end before token behind do something,
// or something is between them.
func (rd *reading) pairOf(i, behind int) bool {
	if i > 0 && rd.tokens[i-1].low == "between" {
		return true
	}
	if behind >= len(rd.tokens) || rd.tokens[behind].first || !rd.asSubject(i) {
		return false
	}
	t := &rd.tokens[behind]
	return rd.saysOrTakes(behind) || rd.doesAlone(behind) || t.marks.has(act) && behind+1 < len(rd.tokens) && (rd.tokens[behind+1].marks.has(determiner|role|kin) || rd.tokens[behind+1].low == "pt")
}

// sentHome holds for letters between a verb and "home".
func (rd *reading) sentHome(i, j int) bool {
	if i == 0 || j >= len(rd.tokens) || rd.tokens[j].low != "home" || !rd.beside(i) {
		return false
	}
	if !rd.ends(j+1) && !rd.tokens[j+1].marks.has(stop|link|object) && rd.tokens[j+1].low != "early" {
		return false // took BP home kit
	}
	switch rd.tokens[i-1].low {
	case "sent", "send", "sending", "drove", "took", "walked", "driving":
		return true
	}
	return false
}

// evenPosition is the same for letters in a text without capitals that abbreviate little
// else.
func (rd *reading) evenPosition(i, j int) float64 {
	t := &rd.tokens[i]
	if i == 0 || !rd.even(i) {
		return 0
	}
	if rd.staffRole(i-1) && t.spaced && !t.first && (rd.ends(j) || introduces(&rd.tokens[j]) || rd.saysOrTakes(j) || rd.working(j) || reached(rd.tokens[j].low)) {
		return initialsRole
	}
	if t.spaced && (told(rd.tokens[i-1].low) || rd.handsTo(i-1)) && (rd.ends(j) || tellsWhy(rd.tokens[j].low)) {
		return initialsRole + beforeRole/2
	}
	if rd.opensPart(i) && j+1 < len(rd.tokens) && rd.tokens[j].low == "to" && rd.task(j+1) {
		return beforeDeed
	}
	if rd.tokens[i-1].low == "-" && rd.tokens[i-1].spaced && t.spaced && (j >= len(rd.tokens) || rd.tokens[j].low == "." && j+1 == len(rd.tokens)) {
		return asSignature
	}
	if t.marks.has(shorthand) || t.low == "sw" {
		return 0
	}
	if rd.opensPart(i) && j < len(rd.tokens) && reached(rd.tokens[j].low) && rd.ends(j+1) {
		return beforeSaying
	}
	return 0
}

// tellsWhy holds for what follows somebody who was told.
func tellsWhy(low string) bool {
	switch low {
	case "at", "re", "regarding", "about", "who", "that", "when", "because":
		return true
	}
	return false
}

// reached holds for what colleagues are when they are told, or come.
func reached(low string) bool {
	switch low {
	case "aware", "unaware", "informed", "bleeped", "updated", "present", "notified", "contacted", "paged", "escorted", "happy", "unhappy":
		return true
	}
	return false
}
