package redaction

// What speaks for a word that is a name and an ordinary word where next to nothing but
// a person stands, on the scale of weigh.go.
const (
	doneByThem  = 2.4 // seen by wood
	theirs      = 3.4 // Field's notes
	withCapital = 2.0 // Nick Foot
	alonePeople = 1.5 // White apologised
	beforeBirth = 5.5 // Peach, DOB
	besideSmall = 0.8 // She pushed Field over
)

// agentOf is what a name gains behind a verb of care and "by", unless it is one of the
// ways in which such things are done.
func (rd *reading) agentOf(i int) float64 {
	if i < 2 || rd.tokens[i-1].low != "by" || !rd.beside(i) || !rd.beside(i-1) || !byPeople(rd.tokens[i-2].low) {
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
	case "hand", "gravity", "post", "phone", "law", "day", "night", "car", "train", "rail", "chance", "force", "bed", "word", "rule", "case", "price", "weight", "sight", "touch", "mouth", "foot", "boat", "air", "sea", "land", "cash", "card", "page", "bell", "staff":
		return true
	}
	return false
}

// has is what a name gains before what a patient has: Field's notes.
func (rd *reading) has(i, j int) bool {
	t, n := &rd.tokens[i], &rd.tokens[j]
	return (t.given > 2 || t.family > 2 || t.given > 1 && t.proper() || t.family > 1 && t.proper() && !rd.opens(i)) && (n.marks.has(possession) || n.low == "wristband" || n.low == "wristbands") && !n.first && !t.marks.has(stop|month|place|role|title|town|people)
}

// surnameItself holds for an ordinary word with a capital right behind a given name,
// where nothing else has one.
func (rd *reading) surnameItself(i int) bool {
	t, before := &rd.tokens[i], &rd.tokens[i-1]
	return t.english > 0 && t.proper() && before.given > 1 && before.proper() && !before.marks.has(eponym|town|month|place) &&
		!t.marks.has(place|street|weakStreet|eponymHead|month|people|town|short|kin|title|medical|thing|eponym) && (!t.marks.has(role) || t.family > 2)
}

// listOrder holds for a family name that begins a line, with a comma and a given name
// behind it that nothing goes on from.
func (rd *reading) listOrder(i int) bool {
	if !rd.free(i) || !rd.free(i+2) || !rd.tokens[i].newline || rd.tokens[i+1].low != "," || !rd.tokens[i].proper() || !rd.tokens[i+2].proper() || rd.tokens[i].family < 2 || rd.tokens[i+2].given < 2 {
		return false
	}
	return i+3 >= len(rd.tokens) || rd.tokens[i+3].newline || rd.tokens[i+3].kind == punct && rd.tokens[i+3].low != "," && rd.tokens[i+3].low != "'s" || rd.hidden[i+3] || rd.numberOfPatient(i+3)
}

// agentPair holds for a given name and a family name of which places are called, too,
// behind a word that only a person follows: set up by Art Hill.
func (rd *reading) agentPair(i int) bool {
	if i == 0 || !rd.beside(i) || !rd.free(i+1) || rd.tokens[i].given < 2 || !rd.tokens[i].proper() || !rd.tokens[i+1].proper() {
		return false
	}
	if low := rd.tokens[i-1].low; low != "by" && low != "with" && !told(low) {
		return false
	}
	return i+2 >= len(rd.tokens) || rd.tokens[i+2].first || rd.tokens[i+2].kind == punct && rd.tokens[i+2].low != "'s" || rd.tokens[i+2].marks.has(link|subject|act) || rd.tokens[i+2].low == "and"
}

// agedCode holds for an age with a letter for the sex: 43F.
func (rd *reading) agedCode(j int) bool {
	t := &rd.tokens[j]
	n := leadingDigits(t.low)
	if n == 0 || n > 3 || len(t.low) != n+1 || t.low[n] != 'f' && t.low[n] != 'm' {
		return false
	}
	return rd.fold[t.end-1] < 'a' || n == 2 && j > 1 && !rd.tokens[j].cased && (rd.tokens[j-2].kind == code || rd.tokens[j-2].kind == number)
}

// born is what a listed name gains right before a date of birth is introduced, and one
// before it: PEACH, ROSE, DOB.
func (rd *reading) born(i int) float64 {
	t := &rd.tokens[i]
	if !t.listed() || t.marks.has(stop|title|medical|month|role|kin) || t.cased && !t.capital {
		return 0
	}
	j := i + 1
	if j+1 < len(rd.tokens) && (rd.tokens[j].low == "," || rd.tokens[j].low == "(" || rd.tokens[j].low == "-") {
		j++
	}
	if j < len(rd.tokens) && birth(rd.tokens[j].low) && !rd.tokens[j].first {
		return beforeBirth
	}
	if rd.listWithNumber(i) || rd.listWithNumber(i-2) {
		return beforeBirth
	}
	return 0
}

// listWithNumber holds for a family name with a given name behind a comma, and behind
// another what tells whose they are: Brown, Lily, prison number.
func (rd *reading) listWithNumber(i int) bool {
	if i < 0 || i+4 >= len(rd.tokens) || rd.tokens[i+1].low != "," || rd.tokens[i+3].low != "," || !rd.tokens[i].listed() || !rd.tokens[i+2].listed() {
		return false
	}
	switch low := rd.tokens[i+4].low; low {
	case "nhs", "mrn", "hosp", "chi", "prison":
		return true
	default:
		return birth(low) || rd.numberOfPatient(i+4)
	}
}

func birth(low string) bool { return low == "dob" || low == "born" || low == "d.o.b" }

// withInitial is what a word in no list gains behind a letter that stands for a given
// name: R Lofthouse.
func (rd *reading) withInitial(i int) float64 {
	if i == 0 || !rd.tokens[i].spaced || rd.tokens[i].marks.has(medical|short|thing|stop|town) || rd.tokens[i].marks.has(eponym) && rd.tokens[i].family < 3 || rd.tokens[i].marks.has(place) && (rd.tokens[i].family < 3 || !rd.ends(i+1)) || rd.tokens[i].english > 0 && rd.tokens[i].family < 2 {
		return 0
	}
	j := i - 1
	if rd.tokens[j].low == "." && !rd.tokens[j].spaced && j > 0 {
		j--
	}
	p := &rd.tokens[j]
	if p.kind != word || len(p.low) != 1 || !p.capital || p.low == "i" || p.low == "a" || j > 0 && rd.tokens[j-1].kind == word && rd.tokens[j-1].marks.has(medical|eponymHead|thing) {
		return 0
	}
	if j > 0 && (rd.staffRole(j-1) || signing(rd.tokens[j-1].low)) {
		return theirs // signed R Bush
	}
	if rd.tokens[i].proper() && rd.tokens[i].english == 0 {
		return beforeRole
	}
	if t := &rd.tokens[i]; !t.cased && j < i-1 && t.english == 0 && (t.strange() || t.family > 1) && t.marks&^(proper|family|given) == 0 {
		return theirs // P. WINSPEAR
	}
	if t := &rd.tokens[i]; !t.cased && j < i-1 && t.family > 2 && rd.ends(i+1) && !t.marks.has(bareEponym|medical|place|month|role|kin|eponymHead) {
		return theirs // P. SMITH
	}
	return 0
}

// twoParticles takes the two small words that stand before a family name and nowhere
// else: van der Wijngaarden.
func (rd *reading) twoParticles(i int, confidence float64) {
	if i < 2 || !rd.beside(i) || !rd.beside(i-1) {
		return
	}
	switch rd.tokens[i-2].low + " " + rd.tokens[i-1].low {
	case "van der", "van den", "van de", "von der", "de la", "de los", "da la", "de las":
		rd.name(i-2, confidence)
		rd.name(i-1, confidence)
	}
}

// bothOf holds for the first of two behind "both" and "neither": both Joy and Ken deny
// it.
func (rd *reading) bothOf(i int) bool {
	t := &rd.tokens[i]
	if i+2 >= len(rd.tokens) || !(rd.tokens[i-1].low == "both" && rd.tokens[i+1].low == "and" || rd.tokens[i-1].low == "neither" && rd.tokens[i+1].low == "nor") {
		return false
	}
	return (t.given > 1 && (t.proper() || !t.cased) || t.english == 0 && !t.marks.has(medical|short|thing|eponym|role|kin|place|town))
}

// filledIn holds for a name that is all that stands behind a colleague's part in a
// form: Consultant: White.
func (rd *reading) filledIn(i int) bool {
	t := &rd.tokens[i]
	return i > 1 && rd.tokens[i-1].low == ":" && rd.staffRole(i-2) && t.capital && !t.caps && (t.family > 2 || t.given > 2) && !t.marks.has(stop|medical|place|role|kin|month) && rd.ends(i+1)
}

// aloneInside is what a common word gains that has a capital in the midst of a sentence
// and no other beside it, where families are called by it: She pushed Field over.
func (rd *reading) aloneInside(i int) float64 {
	t := &rd.tokens[i]
	if !t.proper() || rd.opens(i) || t.english == 0 || t.english > 2 || t.family < 3 || t.marks.has(stop|medical|place|month|people|town|thing|eponymHead|title|role|kin|short) {
		return 0
	}
	p := &rd.tokens[i-1]
	if p.kind != word || p.capital && !p.first || p.marks.has(determiner) || p.low == "in" || p.low == "at" || p.low == "on" {
		return 0
	}
	if i+1 < len(rd.tokens) && rd.beside(i+1) && rd.tokens[i+1].capital {
		return 0
	}
	return besideSmall
}
