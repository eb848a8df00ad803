package redaction

// What speaks for a word that is a name and an ordinary word where next to nothing but
// a person stands, on the scale of weigh.go.
const (
	doneByThem = 2.4 // seen by wood
	theirs     = 3.0 // Field's notes
)

// agentOf is what a name gains behind a verb of care and "by", unless it is one of the
// ways in which such things are done.
func (rd *reading) agentOf(i int) float64 {
	if i < 2 || rd.tokens[i-1].low != "by" || !rd.beside(i) || !rd.beside(i-1) || !careOf(rd.tokens[i-2].low) {
		return 0
	}
	t := &rd.tokens[i]
	if t.given < 2 && t.family < 3 && t.english > 0 || t.marks.has(stop|month|medical|short|role|place) || way(t.low) || rd.nounFollows(i+1) {
		return 0
	}
	return doneByThem
}

// careOf holds for what is done by people alone.
func careOf(low string) bool {
	switch low {
	case "seen", "reviewed", "assessed", "examined", "prescribed", "supervised", "witnessed", "administered", "informed", "told", "escorted", "accompanied", "bleeped", "called", "phoned", "rung", "assisted", "helped", "treated", "attended", "admitted", "discharged", "consented", "cannulated", "catheterised", "intubated", "clerked", "relieved", "found", "noticed", "spotted", "asked", "advised", "assaulted", "punched", "kicked", "bitten", "slapped", "hit", "dispensed", "labelled", "countersigned", "reported", "raised", "identified", "discovered", "scrubbed", "anaesthetised", "delivered", "scanned", "handed", "bagged", "cancelled", "booked", "triaged", "coded", "verified", "authorised":
		return true
	}
	return false
}

// way holds for names by which something may be done that is no person.
func way(low string) bool {
	switch low {
	case "hand", "post", "phone", "law", "day", "night", "car", "train", "rail", "chance", "force", "bed", "word", "rule", "case", "price", "weight", "sight", "touch", "mouth", "foot", "boat", "air", "sea", "land", "cash", "card", "page", "bell", "staff":
		return true
	}
	return false
}

// has is what a name gains before what a patient has: Field's notes.
func (rd *reading) has(i, j int) bool {
	t, n := &rd.tokens[i], &rd.tokens[j]
	return (t.given > 2 || t.family > 2) && (n.marks.has(possession) || n.low == "wristband" || n.low == "wristbands") && !n.first && !t.marks.has(stop|month|place|role|title|town|people)
}
