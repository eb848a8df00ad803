package redaction

import "strings"

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

// grade holds for a number, a letter or a Roman number, and for what a test showed.
func (rd *reading) grade(j int) bool {
	t := &rd.tokens[j]
	switch t.low {
	case "i", "ii", "iii", "iv", "v", "vi", "a", "b", "c", "d", "i.", "ia", "ib", "iia", "iib", "positive", "negative", "pos", "neg", "#", "lateralises", "lateralised", "queried", "excluded", "type", "stage", "noted", "taught", "not":
		return true
	}
	return t.kind == number
}

// result holds for what a test shows.
func result(low string) bool {
	switch low {
	case "re-sited", "resited", "reinserted", "deflated", "compatible", "incompatible", "normal", "abnormal", "equivocal", "present", "absent", "high", "low", "raised", "intact", "unremarkable", "done", "scored", "score", "pos", "neg", "used", "tried", "attempted":
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
		return department(n.low) || n.low == "head" && j+2 < len(rd.tokens) && rd.tokens[j+2].low == "office" || n.low == "the" && j+2 < len(rd.tokens) && (atDesk(rd.tokens[j+2].low) || department(rd.tokens[j+2].low))
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
	case "pharmacy", "radiology", "switchboard", "theatre", "theatres", "outreach", "estates", "security", "housekeeping", "physio", "reception", "haematology", "biochemistry", "microbiology", "pathology", "bloodbank", "transfusion", "catering", "portering", "xray", "x-ray", "hr", "admin", "triage", "safeguarding", "audiology", "dietetics", "endoscopy", "maternity", "labs", "lab", "cath", "agency", "bank", "pals", "procurement", "facilities",
		"stores", "control", "kitchen", "kitchens", "works", "paeds", "paediatrics", "finance", "payroll", "housing", "transport", "records", "coding", "dispatch", "despatch", "mortuary", "chaplaincy", "ict", "gynae", "obs", "ortho", "stroke", "dialysis", "oncology", "cardiology", "neurology", "urology", "dermatology", "ophthalmology", "orthotics", "podiatry", "hospice", "hospital-at-home", "palliative", "sterile", "linen", "laundry":
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
