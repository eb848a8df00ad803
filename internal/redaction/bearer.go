package redaction

// bearsFamilyName holds for a listed family name right behind a given name that
// is nothing else, as in Caoimhe Tuohy and Heather Cook: what the word means
// besides (a device, a sign, a trade, an abbreviation) it does not mean there.
func (rd *reading) bearsFamilyName(i int) bool {
	t := &rd.tokens[i]
	if t.family < 2 || !rd.beside(i) || !rd.onlyGiven(i-1) || t.cased && !t.capital {
		return false
	}
	if rd.namedWhole(i) {
		return true
	}
	if t.marks.has(stop|medical|month|title|kin|place|subject|object|speaker|act|link|determiner|people) || t.english == 1 {
		return false
	}
	if t.marks.has(role) && t.family < 3 || rd.eponymPhrase(i) || rd.eponymPhrase(i-1) {
		return false
	}
	j := i + 1
	return j >= len(rd.tokens) || rd.tokens[j].first || !rd.tokens[j].spaced || !rd.tokens[j].marks.has(place|eponymHead)
}

// namedWhole holds for a word with a capital behind a given name, where nothing goes on
// from it that would make a thing or a place of it: Clem Salt, technician.
func (rd *reading) namedWhole(i int) bool {
	t := &rd.tokens[i]
	if !t.proper() || rd.tokens[i-1].caps || t.marks.has(place|street|title|people|bareEponym) || rd.eponymPhrase(i) {
		return false
	}
	return rd.ends(i+1) && (i+1 >= len(rd.tokens) || rd.tokens[i+1].low != "/") || rd.tokens[i+1].marks.has(act|speaker) || rd.tokens[i+1].low == "("
}

// isolated holds for a family name that means something else besides, where nothing but
// its being a name explains its capital: it stands alone in mid-sentence, behind no
// article and before nothing that it could describe.
func (rd *reading) isolated(i int) bool {
	t := &rd.tokens[i]
	if t.family < 2 || i == 0 || t.first || !t.proper() || rd.opens(i) || rd.amongCapitals(i) || !t.marks.has(stop|place|role|eponymHead|possession|medical) || t.marks.has(eponym|month|thing|town|people|title|kin) || oftenCapital(t.low) {
		return false
	}
	p := &rd.tokens[i-1]
	if p.kind == opaque || p.kind == number || p.kind == code || p.kind == word && (p.marks.has(determiner|title|place) || owner(p.low) || p.capital && !p.first) || p.low == "-" || p.low == "/" {
		return false
	}
	if i+1 >= len(rd.tokens) || rd.tokens[i+1].first {
		return true
	}
	n := &rd.tokens[i+1]
	return n.kind == punct && n.low != "/" && n.low != "-" && n.low != ":" || n.kind == word && !n.capital && !rd.nounFollows(i+1) && !n.marks.has(place|role|eponymHead)
}

// amongCapitals holds in a list of things that all have capitals: Temp, Pulse, BP.
func (rd *reading) amongCapitals(i int) bool {
	return i > 1 && rd.tokens[i-1].low == "," && rd.wordWithCapital(i-2) || i+2 < len(rd.tokens) && rd.tokens[i+1].low == "," && rd.wordWithCapital(i+2)
}

// wordWithCapital holds for a word with a capital that is nobody's name, or hardly.
func (rd *reading) wordWithCapital(i int) bool {
	t := &rd.tokens[i]
	return t.kind == word && t.capital && t.given+t.family < 4 && (t.english > 0 || t.marks.has(medical|short))
}

// oftenCapital holds for words that are often written with a capital for no reason.
func oftenCapital(low string) bool {
	switch low {
	case "ward", "hospital", "trust", "theatre", "clinic", "home", "unit", "department", "team", "nurse", "doctor", "consultant", "matron", "sister", "midwife", "registrar", "porter", "surgeon", "clerk", "police", "security", "pharmacy", "reception", "paramedic", "staff", "patient", "bed", "bay", "room", "surgery", "service", "manager", "director", "coroner", "governor", "chaplain", "crown", "court", "board", "council", "health", "care", "pharmacist", "physio", "resus", "house", "school", "church", "case", "minor", "majors", "major", "triage", "outreach", "office", "centre", "head", "senior", "junior", "lead", "bank", "agency", "crew", "control":
		return true
	}
	return false
}

// onlyGiven holds for a given name that is no word, or hardly one.
func (rd *reading) onlyGiven(i int) bool {
	if !rd.free(i) {
		return false
	}
	t := &rd.tokens[i]
	if t.given < 2 || t.cased && !t.capital || t.marks.has(eponym|stop|medical|month|title|role|kin|place|thing|short|people) {
		return false
	}
	return t.english == 0 || t.english > 2 && t.given > 2 || t.english > 6
}
