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
		if j++; j < len(rd.tokens) && (rd.tokens[j].marks.has(kin|role) || worker(rd.tokens[j].low)) && !rd.tokens[j].first && (rd.tokens[i].given+rd.tokens[i].family > 2 || rd.tokens[i].family > 1 && rd.tokens[j].marks.has(kin)) {
			s = afterKin // Bishop's family
			if rd.tokens[j].marks.has(kin) && !rd.tokens[i].marks.has(role|kin) {
				s += alonePeople
			}
		} else if j < len(rd.tokens) && rd.has(i, j) {
			s = theirs
		}
	}
	if j >= len(rd.tokens) || rd.tokens[j].first {
		return s
	}
	if s == 0 && rd.tokens[i].given < 2 && rd.tokens[i].family > 2 && rd.tokens[j].low == "in" && rd.bare(i) && rd.roleAfter(j) {
		return afterKin + beforeDoing // Cross in estates promised
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
		if adverb(&rd.tokens[j]) && !(modalName(rd.tokens[i].low) && afterModal(rd.tokens[j].low)) && j+1 < len(rd.tokens) && rd.tokens[j+1].marks.has(act|speaker) {
			j++
		}
	}
	n := &rd.tokens[j]
	switch {
	case (n.low == "herself" || n.low == "himself") && rd.bare(i) && rd.tokens[i].listed():
		return s + beforeKin
	case s > 0 && n.marks.has(place) && n.marks.has(possession) && rd.tokens[i].capital && (!n.capital || !n.cased && rd.tokens[i].english == 0 && i > 0 && rd.tokens[i-1].given > 1):
		return s // Lund's house
	case n.low == "ward" && s > 0 && j+1 < len(rd.tokens) && rd.tokens[j+1].low == "round" && rd.tokens[i].given > 2:
		return theirs // Grant's ward round
	case n.low == "and" && rd.tokens[i].proper() && !rd.opens(i) && j+1 < len(rd.tokens) && rd.tokens[j+1].low == "i" && rd.tokens[i].listed():
		return s + afterKin // Field and I
	case n.kind == word && n.marks.has(eponymHead) && n.spaced && !rd.hidden[j] && rd.tokens[i].given > 1 && !rd.tokens[i].marks.has(eponym) && rd.tokens[i].proper() && n.proper() && n.family > 0:
		return s // Hazel Heart
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
		if n.low == "home" && i > 0 && brings(rd.tokens[i-1].low) && rd.tokens[i].english == 0 {
			return s + beforeTask // sent Kenji home
		}
		if rd.numberOfPatient(j) {
			return s + beforeDetail // Ambler, unit number
		}
		return s + beforePlaceWord
	case rd.tokens[i].marks.has(eponym) && s == 0 && !rd.givenBeforeFamily(i-1) && (rd.grade(j) && !(n.low == "not" && rd.tokens[i].given > 1 && rd.tokens[i].english == 0) && !(n.low == "d" && j+1 < len(rd.tokens) && rd.tokens[j+1].low == ".") || rd.tokens[i].marks.has(bareEponym) && result(n.low)):
		return beforeGrade
	case joiner(n) && rd.free(j+1) && rd.beforePlace(j+1) && strings.HasSuffix(rd.tokens[j+2].low, "s"):
		return s + beforePlaceWord // Keats and Byron wards
	case n.kind == word && n.marks.has(role) && !rd.plural(j) && rd.tokens[i].english == 0 && !rd.tokens[i].marks.has(thing):
		return s + beforeRole
	case n.kind == word && n.low == "from" && rd.cameFrom(i, j):
		return s + beforeDetail
	case n.kind == word && n.low == "family" && i > 0 && rd.tokens[i-1].low == "the" && (rd.tokens[i].proper() || !rd.tokens[i].cased && (rd.tokens[i].english == 0 && rd.tokens[i].family > 0 || rd.tokens[i].english > 1 && rd.tokens[i].family > 2) && rd.personFollows(j+1)):
		return s + beforeKin - afterArticle // the Woods family
	case n.kind == word && modalName(n.low) && !n.proper() && j+1 < len(rd.tokens) && rd.tokens[j+1].english > 0 && rd.tokens[i].family > 2:
		return s + beforeSubject
	case modalName(rd.tokens[i].low) && !rd.tokens[i].proper() && s == 0 && afterModal(n.low):
		return -beforePast
	case n.kind == word && modalName(rd.tokens[i].low) && (n.marks.has(speaker) || past(n)):
		return s + beforePast
	case modalName(rd.tokens[i].low) && rd.tokens[i].proper() && (rd.tokens[i].low == "will" || rd.opens(i)) && (s > 0 || n.low == "," || n.low == "and" || n.low == "(" || n.low == "&"):
		return s + beforePast
	case rd.lettered(i, j):
		return s + beforeDetail
	case s == 0 && rd.human(i, j):
		return beforeSpeaker + alonePeople
	case n.kind == word && feeling(n.low) && rd.tokens[i].given > 1 && rd.bare(i):
		return s + beforeSubject
	case s == 0 && rd.patient(i, j):
		return beforeSpeaker
	case s == 0 && rd.kinBehind(i, j):
		return afterKin + besideSmall
	case n.kind == word && n.marks.has(speaker):
		return s + beforeSpeaker
	case n.kind == word && n.marks.has(act):
		return s + rd.does(i, j)
	case s == 0 && rd.opens(i) && virtue(rd.tokens[i].low) && (n.low == "is" || n.low == "was") && rd.said(j+1):
		return beforeThing // Hope is not a plan
	case n.kind == word && n.marks.has(subject):
		if t := &rd.tokens[i]; t.marks.has(eponym) && t.given < 2 && (t.family < 2 || t.marks.has(bareEponym)) {
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
	case rd.tokens[i].proper() && s == 0 && rd.acts(j) && rd.opensClause(i) && !rd.tokens[i].marks.has(eponym|medical|thing|stop):
		return beforeSubject // Costelloe set the rate
	case rd.tokens[i].english > 0 && s == 0 && rd.nounFollows(j):
		return 1.5 * beforeThing
	case rd.tokens[i].english > 0 && (rd.plainThing(j) || strings.HasSuffix(n.low, "ly") && n.english > 0):
		return s + beforeThing
	case rd.tokens[i].proper() && rd.tokens[i].given < 2 && rd.nounFollows(j) && s == 0:
		return beforeThing + afterNumber // Bilisoft blanket
	case n.kind == number && n.spaced && len(n.low) > 5 && len(n.low) < 9 && rd.tokens[i].english == 0 && (rd.tokens[i].marks == 0 || rd.tokens[i].listed()):
		return s + beforeDetail // Okafor 6713355
	case n.kind == code && n.spaced && rd.tokens[i].listed() && rd.agedCode(j):
		if rd.tokens[i].given > 1 || rd.tokens[i].family > 2 {
			return s + afterKin // Mark 43F
		}
		return s + beforeDetail
	case n.kind == number && n.spaced && !rd.hidden[j] && s == 0:
		return beforeNumber
	case command(rd.tokens[i].low) && rd.opens(i) && (n.low == "the" || n.low == "a"):
		return beforeThing // page the registrar
	case rd.relation(j), rd.post(j), n.low == "," && j+2 < len(rd.tokens) && rd.tokens[j+1].low == "who" && (rd.tokens[i].given > 1 || rd.tokens[i].family > 2) && rd.bare(i) && (rd.tokens[i].capital || !rd.tokens[i].cased || rd.tokens[j+2].low == "is" || rd.tokens[j+2].low == "was"):
		return s + beforeKin
	case rd.detail(j):
		return s + beforeDetail
	case n.low == "to" && rd.tokens[i].given > 2 && rd.opensClause(i) && !modalName(rd.tokens[i].low) && rd.tokens[i].low != "hope" && rd.tokens[i].low != "happy":
		return s + beforeTask
	}
	return s
}

// acts holds for a word that is a verb where what it is done to stands behind it: set
// the rate.
func (rd *reading) acts(j int) bool {
	switch rd.tokens[j].low {
	case "set", "cut", "shut", "let", "hit", "hung", "laid", "lit", "cast", "spread":
		return j+1 < len(rd.tokens) && !rd.tokens[j+1].first && (rd.tokens[j+1].marks.has(determiner) || rd.tokens[j+1].low == "him" || rd.tokens[j+1].low == "them" || rd.tokens[j+1].low == "it")
	}
	return false
}

// virtue holds for names that are called after what sentences are about, too.
func virtue(low string) bool {
	switch low {
	case "hope", "patience", "faith", "charity", "mercy", "prudence", "providence", "peace", "comfort", "justice", "wisdom", "harmony", "honesty", "courage":
		return true
	}
	return false
}

// said holds where what something is follows: not a plan, wearing thin.
func (rd *reading) said(j int) bool {
	if j >= len(rd.tokens) {
		return false
	}
	switch rd.tokens[j].low {
	case "a", "an", "the", "no", "wearing", "running", "needed", "required", "important", "key", "everything":
		return true
	case "not":
		return j+1 < len(rd.tokens) && rd.tokens[j+1].marks.has(determiner)
	}
	return false
}

// brings holds for what is done to somebody who then is at home.
func brings(low string) bool {
	switch low {
	case "sent", "send", "took", "take", "taking", "drove", "driving", "brought", "discharged", "escorted", "saw", "get", "got", "let", "followed", "visited":
		return true
	}
	return false
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

// afterModal holds for what stands behind modal verbs and hardly ever behind people.
func afterModal(low string) bool {
	switch low {
	case "have", "be", "not", "need", "require", "well", "want", "benefit", "also", "still", "cause", "lead":
		return true
	}
	return false
}

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
	case "re-sited", "resited", "reinserted", "deflated", "compatible", "incompatible", "normal", "abnormal", "equivocal", "present", "absent", "high", "low", "raised", "intact", "unremarkable", "done", "scored", "score":
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
	switch n.low {
	case "aged", "dob", "born", "nhs", "mrn":
		return !n.first
	case "first", "given":
		return j+1 < len(rd.tokens) && rd.tokens[j+1].low == "name"
	}
	if rd.registration(j) {
		return true // Gilchrist, GMC 4198827
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

// post holds for what somebody is at work, in two words between commas or brackets:
// Bishop, site manager, moved him.
func (rd *reading) post(j int) bool {
	if j+3 >= len(rd.tokens) || rd.tokens[j+3].first || !(rd.tokens[j].low == "," && rd.tokens[j+3].low == "," || rd.tokens[j].low == "(" && rd.tokens[j+3].low == ")") {
		return false
	}
	n, after := &rd.tokens[j+1], &rd.tokens[j+2]
	return n.kind == word && !n.marks.has(stop|medical|determiner) && after.marks.has(role) && !rd.plural(j+2)
}

// registration holds for a professional's number with the word before it.
func (rd *reading) registration(j int) bool {
	if j+1 >= len(rd.tokens) || !rd.hidden[j+1] {
		return false
	}
	c, ok := numberCue(rd.tokens[j].low)
	return ok && c.class == Registration
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
	case "in":
		return department(n.low) && j+2 < len(rd.tokens) && rd.tokens[j+2].marks.has(act|speaker|subject)
	case "at":
		return n.low == "the" && j+2 < len(rd.tokens) && atDesk(rd.tokens[j+2].low)
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
	if rd.tokens[j+1].low == "the" && j+2 < len(rd.tokens) && atDesk(rd.tokens[j+2].low) {
		return true
	}
	return atWork(rd.tokens[j+1].low)
}

// atDesk holds for where colleagues are found.
func atDesk(low string) bool {
	switch low {
	case "desk", "front", "door", "phone", "switchboard", "till", "counter", "rota", "hatch", "team":
		return true
	}
	return false
}

// atWork holds for what somebody is on.
func atWork(low string) bool {
	switch low {
	case "nights", "days", "shift", "lates", "earlies", "duty", "leave", "break", "call", "annual", "holiday", "sick", "night", "breaks", "maternity", "reception", "scene":
		return true
	}
	return false
}
