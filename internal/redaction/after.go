package redaction

import "strings"

// rightOf scores what follows a word.
func (rec *record) rightOf(rd *reading, i int) float64 {
	if rd.drug(i) {
		return beforeStrength
	}
	j := i + 1
	s := 0.0
	if j < len(rd.tokens) && rd.tokens[j].low == "'s" {
		s = beforeOwn
		if j++; j < len(rd.tokens) && (rd.tokens[j].marks.has(kin|role) || worker(rd.tokens[j].low)) && !rd.tokens[j].first && rd.tokens[i].given+rd.tokens[i].family > 2 {
			s = afterKin // Bishop's family
		} else if j < len(rd.tokens) && rd.has(i, j) {
			s = theirs
		}
	}
	if j >= len(rd.tokens) || rd.tokens[j].first {
		return s
	}
	if s == 0 && rd.tokens[i].given > 1 {
		if rd.addressed(i) {
			return beforeRequest
		}
		if rd.inBed(j) || rd.tokens[j].low == "and" && j+1 < len(rd.tokens) && (rd.tokens[j+1].low == "i" || rd.tokens[j+1].low == "myself") {
			return afterKin // Rose in bed 6; Rose and I
		}
		if !rd.tokens[i].marks.has(month) && rd.bare(i) && (rd.roleAfter(j) || rd.onDuty(i, j)) {
			return afterKin + beforeDoing // Art the porter; Mark on nights
		}
		if adverb(&rd.tokens[j]) && j+1 < len(rd.tokens) && rd.tokens[j+1].marks.has(act|speaker) {
			j++
		}
	}
	n := &rd.tokens[j]
	switch {
	case n.kind == word && n.marks.has(eponymHead) && n.spaced && !rd.hidden[j]:
		return s + beforeHead
	case rd.describesThing(i, j) && s == 0:
		return beforeHead
	case n.kind == word && n.marks.has(place) && n.spaced && !n.newline:
		if rd.bedNumber(j) && (s > 0 || rd.givenBefore(i)) {
			return s
		}
		if n.low == "community" && rd.tokens[i].english == 0 && rd.staffRole(i-1) && rd.beside(i) {
			return s
		}
		if rd.numberOfPatient(j) {
			return s + beforeDetail // Ambler, unit number
		}
		return s + beforePlaceWord
	case rd.tokens[i].marks.has(eponym) && s == 0 && (rd.grade(j) || rd.tokens[i].marks.has(bareEponym) && result(n.low)):
		return beforeGrade
	case joiner(n) && rd.free(j+1) && rd.beforePlace(j+1) && strings.HasSuffix(rd.tokens[j+2].low, "s"):
		return s + beforePlaceWord // Keats and Byron wards
	case n.kind == word && n.marks.has(role) && !rd.plural(j) && rd.tokens[i].english == 0:
		return s + beforeRole
	case n.kind == word && n.low == "from" && rd.cameFrom(i, j):
		return s + beforeDetail
	case n.kind == word && n.low == "family" && i > 0 && rd.tokens[i-1].low == "the" && rd.tokens[i].proper():
		return s + beforeKin - afterArticle // the Woods family
	case n.kind == word && modalName(n.low) && !n.proper() && j+1 < len(rd.tokens) && rd.tokens[j+1].english > 0 && rd.tokens[i].family > 2:
		return s + beforeSubject
	case n.kind == word && modalName(rd.tokens[i].low) && (n.marks.has(speaker) || past(n)):
		return s + beforePast
	case modalName(rd.tokens[i].low) && rd.tokens[i].proper() && (rd.tokens[i].low == "will" || rd.opens(i)) && (s > 0 || n.low == "," || n.low == "and" || n.low == "(" || n.low == "&"):
		return s + beforePast
	case rd.lettered(i, j):
		return s + beforeDetail
	case n.kind == word && feeling(n.low) && rd.tokens[i].given > 1 && rd.bare(i):
		return s + beforeSubject
	case n.kind == word && n.marks.has(speaker) && onlyPeople(n.low) && rd.tokens[i].family > 2 && rd.bare(i) && !rd.tokens[i].marks.has(stop|place|role|kin):
		return s + beforeSpeaker + alonePeople
	case n.kind == word && n.marks.has(speaker):
		return s + beforeSpeaker
	case n.kind == word && n.marks.has(act):
		return s + rd.does(i, j)
	case n.kind == word && n.marks.has(subject):
		if rd.tokens[i].marks.has(eponym) && rd.tokens[i].given < 2 {
			return 0
		}
		return s + beforeSubject
	case n.kind == word && rd.tokens[i].given > 1 && strings.HasSuffix(n.low, "ed") && (!n.capital || !n.cased) && !likened(n.low):
		return s + beforeSubject
	case n.low == "-" && n.spaced && rd.tokens[i].given > 2 && rd.opens(i) && !rd.tokens[i].marks.has(month|stop) && j+1 < len(rd.tokens) && rd.tokens[j+1].spaced:
		return s + beforeTask // Rose - obs done
	case rd.tokens[i].english > 0 && n.low == "and" && rd.opens(i) && s == 0 && rd.nounFollows(j+1):
		return beforeThing // basil and tomato
	case rd.tokens[i].english > 0 && n.low == "of" && rd.tokens[i].given > 1 && i > 0 && told(rd.tokens[i-1].low):
		return s // informed Rose of the error
	case rd.tokens[i].english > 0 && n.low == "of":
		return s + 2*beforeThing // Ray of light
	case rd.tokens[i].english > 0 && s == 0 && rd.opens(i) && (n.low == "the" || n.low == "a") && !rd.detail(j):
		return beforeThing // page the registrar
	case n.kind == word && introduces(n) && rd.tokens[i].family > 2 && rd.tokens[i].proper() && !rd.opens(i):
		return s // R Bush bleep
	case rd.tokens[i].english > 0 && s == 0 && rd.nounFollows(j):
		return 1.5 * beforeThing
	case rd.tokens[i].english > 0 && (rd.plainThing(j) || strings.HasSuffix(n.low, "ly") && n.english > 0):
		return s + beforeThing
	case rd.tokens[i].proper() && rd.tokens[i].given < 2 && rd.nounFollows(j) && s == 0:
		return beforeThing + afterNumber // Bilisoft blanket
	case n.kind == number && n.spaced && len(n.low) > 5 && len(n.low) < 9 && rd.tokens[i].english == 0 && (rd.tokens[i].marks == 0 || rd.tokens[i].listed()):
		return s + beforeDetail // Okafor 6713355
	case n.kind == code && n.spaced && rd.tokens[i].listed() && rd.agedCode(j):
		return s + beforeDetail // Mark 43F
	case n.kind == number && n.spaced && !rd.hidden[j] && s == 0:
		return beforeNumber
	case command(rd.tokens[i].low) && rd.opens(i) && (n.low == "the" || n.low == "a"):
		return beforeThing // page the registrar
	case rd.relation(j), n.low == "," && j+2 < len(rd.tokens) && rd.tokens[j+1].low == "who" && rd.tokens[i].given > 1 && rd.bare(i) && (rd.tokens[i].capital || rd.tokens[j+2].low == "is" || rd.tokens[j+2].low == "was"):
		return s + beforeKin
	case rd.detail(j):
		return s + beforeDetail
	case n.low == "to" && rd.tokens[i].given > 2 && rd.opensClause(i) && !modalName(rd.tokens[i].low) && rd.tokens[i].low != "hope" && rd.tokens[i].low != "happy":
		return s + beforeTask
	}
	return s
}

// numberOfPatient holds for "hospital number" and "unit no", which stand behind the
// patient's name.
func (rd *reading) numberOfPatient(j int) bool {
	if j+2 >= len(rd.tokens) {
		return false
	}
	switch rd.tokens[j].low {
	case "hospital", "unit", "district", "trust", "clinic":
	default:
		return false
	}
	switch rd.tokens[j+1].low {
	case "number", "no", "num", "nr":
		return true
	}
	return false
}

// modalName holds for names that are modal verbs.
func modalName(low string) bool { return low == "will" || low == "may" }

// past holds for forms of verbs that never follow a modal one.
func past(t *token) bool {
	switch t.low {
	case "read", "put", "cut", "let", "hit", "set", "need", "feed", "bleed", "proceed", "exceed", "succeed", "speed", "embed":
		return false
	case "was", "is", "has", "had", "went", "came", "gave", "took", "found", "saw", "felt", "left", "did", "does", "thinks", "wants", "sang", "ran", "fell", "got", "kept", "brought":
		return true
	}
	return t.marks.has(act) || t.english > 0 && strings.HasSuffix(t.low, "ed")
}

// grade holds for a number, a letter or a Roman number.
func (rd *reading) grade(j int) bool {
	t := &rd.tokens[j]
	switch t.low {
	case "i", "ii", "iii", "iv", "v", "vi", "a", "b", "c", "d", "i.", "positive", "negative", "type", "stage", "noted", "taught", "not":
		return true
	}
	return t.kind == number
}

// result holds for what a test shows.
func result(low string) bool {
	switch low {
	case "normal", "abnormal", "equivocal", "present", "absent", "high", "low", "raised", "intact", "unremarkable", "done", "scored", "score":
		return true
	}
	return false
}

func (rd *reading) plural(j int) bool { return strings.HasSuffix(rd.tokens[j].low, "s") }

// plainThing holds for an ordinary word in small letters that no person would
// stand before.
func (rd *reading) plainThing(j int) bool {
	n := &rd.tokens[j]
	return n.kind == word && n.spaced && n.english > 0 && !again(n.low) && (!n.capital || !n.cased) &&
		!n.marks.has(stop|subject|object|link|determiner|role|kin) && !n.listed() && !derivedWord(n.low)
}

// detail holds where something follows that people have: a role, a number that
// identifies, an age.
func (rd *reading) detail(j int) bool {
	if rd.hidden[j] || rd.tokens[j].low == "the" && rd.free(j+1) && rd.tokens[j+1].marks.has(role) && !rd.plural(j+1) {
		return true // Anca the student
	}
	if p := rd.tokens[j].low; p != "(" && p != "," && p != "-" {
		return false
	}
	if j++; j >= len(rd.tokens) {
		return false
	}
	n := &rd.tokens[j]
	if n.kind == word && n.marks.has(determiner) && j+1 < len(rd.tokens) && !n.first {
		j++
		n = &rd.tokens[j]
	}
	if rd.bedNumber(j) && rd.tokens[j].low != "theatre" {
		return true // Rose, bed 6,
	}
	if rd.hidden[j] || n.kind == word && n.marks.has(role|kin) && !n.first && !(n.marks.has(short) && rd.numberFollows(j)) {
		return true
	}
	if age := leading(n); age > 15 && age < 110 && j+1 < len(rd.tokens) {
		after := rd.tokens[j+1].low
		return after == "," || after == ")"
	}
	return false
}

// roleAfter holds for "the porter", "the van man" and "from pharmacy".
func (rd *reading) roleAfter(j int) bool {
	if j+1 >= len(rd.tokens) || rd.tokens[j+1].first {
		return false
	}
	n := &rd.tokens[j+1]
	switch rd.tokens[j].low {
	case "the":
		return n.marks.has(role) && !rd.plural(j+1) || j+2 < len(rd.tokens) && someMan(rd.tokens[j+2].low)
	case "from":
		return department(n.low)
	}
	return false
}

func someMan(low string) bool {
	switch low {
	case "man", "woman", "lady", "guy", "girl", "lad", "lads", "bloke", "boy":
		return true
	}
	return false
}

// department holds for where somebody rings from.
func department(low string) bool {
	switch low {
	case "pharmacy", "radiology", "switchboard", "theatre", "theatres", "outreach", "estates", "security", "housekeeping", "physio", "reception", "haematology", "biochemistry", "microbiology", "pathology", "bloodbank", "transfusion", "catering", "portering", "xray", "x-ray", "hr", "admin", "triage", "safeguarding", "audiology", "dietetics", "endoscopy", "maternity", "labs", "lab", "cath", "agency", "bank", "pals", "procurement", "facilities":
		return true
	}
	return false
}

// onDuty holds for "on nights" and "on the desk" behind somebody.
func (rd *reading) onDuty(i, j int) bool {
	if rd.tokens[j].low != "on" || j+1 >= len(rd.tokens) || !rd.opensClause(i) && !(i > 0 && rd.isName(i-1)) {
		return false
	}
	return atWork(rd.tokens[j+1].low)
}

// atWork holds for what somebody is on.
func atWork(low string) bool {
	switch low {
	case "nights", "days", "shift", "lates", "earlies", "duty", "leave", "break", "call", "annual", "holiday", "sick", "night", "breaks", "maternity", "reception", "scene":
		return true
	}
	return false
}
