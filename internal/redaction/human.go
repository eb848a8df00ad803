package redaction

// human holds where what follows a word is what only people are, do, or have done to
// them: apologised, was clerked, not aware.
func (rd *reading) human(i, j int) bool {
	t := &rd.tokens[i]
	if t.given < 2 && t.family < 2 || t.marks.has(stop|place|role|kin|medical|thing|month|possession|eponymHead|eponym) || !rd.bare(i) || i > 0 && rd.tokens[i-1].low == "to" || rd.tokens[j].kind != word {
		return false
	}
	n := &rd.tokens[j]
	switch n.low {
	case "was", "is", "were", "has", "had", "been", "being":
		return rd.ofPeople(j)
	case "not", "very", "quite", "still", "now":
		return j+1 < len(rd.tokens) && !rd.tokens[j+1].first && mood(rd.tokens[j+1].low)
	}
	return mood(n.low) || n.marks.has(speaker|act|subject) && onlyPeople(n.low) && (t.given > 2 || rd.active(j))
}

// ofPeople holds for an auxiliary verb before what only people are or have done to them,
// with small words between: was then clerked.
func (rd *reading) ofPeople(j int) bool {
	for j++; j < len(rd.tokens) && !rd.tokens[j].first && between(rd.tokens[j].low); {
		j++
	}
	return j < len(rd.tokens) && !rd.tokens[j].first && (cared(rd.tokens[j].low) || mood(rd.tokens[j].low))
}

// ofThing holds for an auxiliary verb before what not only people are: was full.
func (rd *reading) ofThing(j int) bool {
	if j >= len(rd.tokens) {
		return false
	}
	switch rd.tokens[j].low {
	case "was", "is", "were", "are", "has", "had":
		return !rd.ofPeople(j)
	}
	return false
}

// active holds for a verb that its subject does, and that is not done to it: refused to
// come, asked for a scan; not tea refused, help asked for.
func (rd *reading) active(j int) bool {
	goesOn := j+1 < len(rd.tokens) && !rd.tokens[j+1].first
	switch rd.tokens[j].low {
	case "refused", "declined", "agreed", "promised":
		return rd.deed(j) || goesOn && (rd.tokens[j+1].low == "to" || rd.tokens[j+1].low == "that")
	case "admitted", "denied", "disclosed", "explained", "mentioned", "asked", "told", "thanked", "phoned", "emailed", "texted":
		return rd.deed(j) || goesOn && (rd.tokens[j+1].low == "that" || rd.tokens[j+1].low == "for" && !rd.ends(j+2))
	}
	return true
}

// patient holds where a note goes on from a patient's name, in a text whose capitals say
// nothing: known diabetic, aged 6, 84 fell, due insulin.
func (rd *reading) patient(i, j int) bool {
	t := &rd.tokens[i]
	if t.cased || t.given < 3 && t.family < 3 || t.marks.has(stop|place|role|kin|medical|thing|month|possession|eponymHead) || t.low == "bell" || !rd.opensClause(i) || !rd.bare(i) || j+1 >= len(rd.tokens) || rd.tokens[j+1].first {
		return false
	}
	n, after := &rd.tokens[j], &rd.tokens[j+1]
	if age := leading(n); n.kind == number && age > 0 {
		return age < 110 && len(n.low) < 4 && after.kind == word && (after.marks.has(subject|act) || after.low == "yrs" || after.low == "years" || after.low == "yo")
	}
	switch n.low {
	case "known", "aged", "dnacpr", "dna", "diabetic", "epileptic", "rgn", "rmn":
		return true
	case "due":
		return t.given > 2 && (after.marks.has(medical) || after.low == "for" || after.low == "meds")
	case "last":
		return after.low == "seen"
	case "self":
		return after.low == "discharged" || after.low == "harmed"
	case "on":
		return after.low == "obs" || after.low == "oxygen" || after.low == "nights"
	}
	return false
}

// kinBehind holds before a relative who does something, where the mark of possession was
// left out: rose husband rang.
func (rd *reading) kinBehind(i, j int) bool {
	t, n := &rd.tokens[i], &rd.tokens[j]
	if t.given < 3 || t.cased || t.marks.has(stop|month|kin|role) || mood(t.low) || n.kind != word || !n.marks.has(kin) || !n.spaced {
		return false
	}
	return j+1 < len(rd.tokens) && !rd.tokens[j+1].first && rd.tokens[j+1].marks.has(act|speaker)
}

// between holds for words that stand between a verb and its participle.
func between(low string) bool {
	switch low {
	case "not", "been", "being", "also", "then", "later", "still", "very", "now", "never", "already", "again":
		return true
	}
	return false
}

// cared holds for what is done to people alone.
func cared(low string) bool {
	switch low {
	case "clerked", "admitted", "readmitted", "discharged", "bleeped", "informed", "told", "asked", "advised", "intubated", "extubated", "cannulated", "catheterised", "sedated", "consented",
		"resuscitated", "restrained", "rung", "phoned", "contacted", "escorted", "assaulted", "sectioned", "detained", "nursed", "reassured", "anaesthetised", "recalled", "debriefed", "assessed", "conveyed":
		return true
	}
	return false
}

// felt holds for what only somebody is who feels or knows something.
func felt(low string) bool {
	switch low {
	case "upset", "furious", "angry", "happy", "unhappy", "aware", "unaware", "devastated", "mortified", "tearful", "distressed", "embarrassed", "shaken", "anxious", "worried", "adamant",
		"unwell", "grateful", "apologetic", "asleep", "awake", "drowsy", "confused", "agitated":
		return true
	}
	return false
}

// mood holds for that and for what a patient is.
func mood(low string) bool {
	switch low {
	case "unresponsive", "crying", "vomiting", "fuming", "pregnant":
		return true
	}
	return felt(low)
}

// feeling holds for that and for what a thing may be, too, but is not called behind a
// name: upset, off sick.
func feeling(low string) bool {
	switch low {
	case "cross", "sorry", "sick", "certain", "sure", "ashamed", "unable", "able", "fine", "off", "away":
		return true
	}
	return felt(low)
}

// asPerson holds for an eponym where somebody is meant who happens to be called by it:
// the carer, Hoffmann; opened by Fothergill.
func (rd *reading) asPerson(i int) bool {
	t := &rd.tokens[i]
	if i == 0 || !rd.free(i-1) && rd.tokens[i-1].low != "," && rd.tokens[i-1].low != "." || t.marks.has(stop) || rd.tokens[i].first || rd.nounFollows(i+1) || rd.eponymPhrase(i) {
		return false
	}
	if i+1 < len(rd.tokens) {
		if n := &rd.tokens[i+1]; rd.grade(i+1) || result(n.low) || n.low == "/" || n.low == "-" {
			return false
		}
	}
	j := i - 1
	if j > 0 && rd.tokens[j].low == "." && !rd.tokens[j].spaced && len(rd.tokens[j-1].low) == 1 {
		return t.family > 1 && rd.ends(i+1) // P. SMITH
	}
	if rd.tokens[j].low == "," {
		if j--; j < 0 {
			return false
		}
		return rd.staffRole(j) && !rd.tokens[j].first || rd.tokens[j].marks.has(kin)
	}
	if rd.tokens[j].low == "by" {
		return j > 0 && byPeople(rd.tokens[j-1].low)
	}
	return rd.staffRole(j) || rd.tokens[j].marks.has(kin)
}

// byPeople holds for what is done by people alone, to people or to things.
func byPeople(low string) bool { return careOf(low) || handled(low) }

// handled holds for what else is done by people alone.
func handled(low string) bool {
	switch low {
	case "attacked", "checked", "done", "given", "fed", "lifted", "moved", "turned", "stopped", "approved", "opened", "answered", "signed", "brought", "driven", "taught", "covered", "supported", "chaired", "written", "sent", "collected", "photographed", "restrained":
		return true
	}
	return false
}

// whereNamed holds for a word behind what somebody is, or before what somebody did.
func (rd *reading) whereNamed(i int) bool {
	if rd.afterPerson(i) && !rd.nounFollows(i+1) {
		return true
	}
	return rd.free(i+1) && rd.beside(i+1) && rd.tokens[i+1].marks.has(speaker|act)
}

// constable holds for ranks that a number stands behind.
func constable(low string) bool {
	switch low {
	case "pc", "pcso", "wpc", "dc", "sgt", "constable", "officer", "po":
		return true
	}
	return false
}
