package redaction

// cue is a word that says what the number after it is.
type cue struct {
	class    Class
	min, max int // digits
}

// numberCue answers what a word says of the number after it.
func numberCue(low string) (cue, bool) {
	switch low {
	case "chi", "h&c", "hcn", "hscn", "nhs", "nhsno", "nhsnumber":
		return cue{NHSNumber, 8, 12}, true
	case "call", "dial", "fax", "landline", "mob", "mobile", "phone", "phoned", "rang", "ring", "tel", "telephone",
		"whatsapp":
		return cue{Phone, 6, 15}, true
	case "called", "contact":
		return cue{Phone, 7, 15}, true
	case "text", "texted":
		return cue{Phone, 9, 15}, true
	case "ext", "extension", "extensions", "extn", "exts", "xtn":
		return cue{Extension, 2, 6}, true
	case "aircall", "baton", "bleep", "bleepholder", "bleep-holder", "bleep/ext", "bleeped", "bleeping", "bleeps", "blep", "blp", "bls", "dect", "paged", "pager", "pgr",
		"vocera":
		return cue{Extension, 3, 6}, true
	case "on-call", "oncall":
		return cue{Extension, 5, 6}, true
	case "page", "reach", "x":
		return cue{Extension, 4, 5}, true
	case "internal":
		return cue{Extension, 4, 6}, true
	case "gcc", "gdc", "gosc", "hcpc", "psni":
		return cue{Registration, 4, 7}, true
	case "goc":
		return cue{Registration, 4, 8}, true
	case "nmc", "nrnc", "pin":
		return cue{Registration, 5, 8}, true
	case "gmc", "gphc", "gnc", "grnc":
		return cue{Registration, 6, 8}, true
	case "pharmacist", "rph", "technician":
		return cue{Registration, 7, 7}, true
	case "label", "labels", "sticker", "stickers", "addressograph":
		return cue{HospitalNumber, 6, 8}, true
	case "nomis":
		return cue{HospitalNumber, 3, 10}, true
	case "carenotes", "case-note", "case-notes", "casenote", "casenotes", "casenumber", "crn", "emis", "hosp", "hosp/no", "hospid", "hospitalno",
		"hospno", "k-no", "k-number", "mat", "mrn", "nhi", "paris", "pas", "pmi", "ptid", "rio", "rxr", "systmone", "urn":
		return cue{HospitalNumber, 4, 10}, true
	case "adastra", "cerner", "epic", "fin", "hn", "ipm", "lorenzo", "medway", "pid", "s1":
		return cue{HospitalNumber, 5, 10}, true
	case "attendance", "episode", "folder", "liquidlogic", "mosaic", "notes", "uhpi":
		return cue{HospitalNumber, 6, 10}, true
	case "wristband":
		return cue{HospitalNumber, 5, 10}, true
	case "badge", "employee", "payroll", "esr", "assignment":
		return cue{Online, 5, 14}, true
	case "upn":
		return cue{Identifier, 12, 13}, true
	case "passport":
		return cue{Identifier, 7, 9}, true
	case "smartcard":
		return cue{Online, 8, 14}, true
	}
	return cue{}, false
}

// pairCue finds cues of two words: hospital number, contact no.
func pairCue(first, second string) (cue, bool) {
	switch second {
	case "number", "numbers", "no", "num", "nr", "nos", "id", "ref", "notes", "note", "nubmer", "numebr", "nmber", "numbr", "ld":
	case "back":
		if first == "call" {
			return cue{Phone, 6, 15}, true
		}
		return cue{}, false
	case "file":
		return cue{HospitalNumber, 5, 8}, first == "notes" || first == "case"
	case "record":
		return cue{HospitalNumber, 5, 10}, first == "s1" || first == "systmone" || first == "emis" || first == "rio" || first == "paris"
	case "under":
		return cue{HospitalNumber, 6, 10}, first == "registered"
	case "band":
		return cue{HospitalNumber, 6, 10}, first == "id" || first == "name" || first == "wrist"
	case "card":
		return cue{Online, 8, 14}, first == "smart"
	case "phone", "handset":
		return cue{Extension, 3, 6}, first == "dect" || first == "baton" || first == "cordless"
	case "line":
		return cue{Phone, 6, 15}, first == "direct" || first == "private" || first == "work"
	case "and":
		if first == "h" || first == "c" {
			return cue{NHSNumber, 8, 12}, true
		}
		return cue{}, false
	default:
		return cue{}, false
	}
	switch first {
	case "hospital", "hosp", "patient", "patients", "pat", "pt", "pts", "case", "unit", "record", "records", "notes", "chart", "file", "client", "user", "maternity", "mat", "clinic", "trust", "district", "pas", "rio", "emis", "systmone", "casenote", "epr", "medical", "folder", "mrn", "pmi", "lorenzo", "epic", "cerner", "registered", "k", "rm2", "carenotes", "his", "her", "band", "wristband", "identity", "h", "cris",
		"community", "booking", "temp", "temporary", "antenatal", "dental", "ed", "local", "person", "attendance", "health",
		"episode", "oh", "heath", "pmr", "system", "syst", "letter", "pacs", "mosaic", "itu", "icu", "nicu", "scbu", "badger", "badgernet", "renal", "dialysis", "oncology", "casualty", "cmht":
		if first == "case" || second != "notes" && second != "note" {
			return cue{HospitalNumber, 4, 10}, true
		}
	case "prison", "inmate", "nomis", "prisoner":
		return cue{HospitalNumber, 3, 8}, true
	case "registration", "reg", "regn", "registrant", "pin", "professional":
		return cue{Registration, 5, 8}, true
	case "pharmacist", "technician", "prescriber", "paramedic", "doctor", "nurse", "dentist", "optometrist":
		return cue{Registration, 6, 8}, true
	case "smartcard", "card", "staff", "employee", "payroll", "esr", "badge":
		return cue{Online, 4, 14}, true
	case "hsc", "chi":
		return cue{NHSNumber, 8, 12}, true
	case "contact", "phone", "telephone", "mobile", "tel", "home", "work", "landline", "whatsapp":
		return cue{Phone, 6, 15}, true
	case "internal", "bleep", "extension", "ext", "pager":
		return cue{Extension, 2, 6}, true
	}
	return cue{}, false
}

// introduces holds for the words that introduce numbers and are nobody's name.
func introduces(t *token) bool {
	return t.hints.has(cueHint) && (t.given+t.family < 4 || numberWord(t.low))
}

// introducesNumbers holds for them whether they are names, too, or not.
func introducesNumbers(low string) bool {
	_, ok := numberCue(low)
	return numberWord(low) || ok && low != "page"
}

func numberWord(low string) bool { return low == "numbers" || low == "number" || low == "num" }

// fillers may stand between a cue and its number.
func filler(t *token) bool {
	switch t.low {
	case "no", "number", "num", "nr", "nos", "numbers", "id", "ref", "is", "was", "as", "on", "of", "the", "pin", ":", "#", "-", ".", "=", "(", "reg", "registration",
		"back", "her", "him", "them", "me", "us", "his", "my", "their", "then", "via", "to", "for", "details", "notes", "note", "contact", "at", "code", "mobile", "tel", "holder", "holders", "carrier", "baton", "please", "that", "read", "reads", "reading", "showing", "shows", "says", "said", "volume", "vol", "label", "and", "it", "should", "be", "now", ",", "twice", "again", "urgently", "repeatedly", "three", "times", "/", ")", "given", "recorded", "printed", "written", "entered", "typed", "keyed", "out", "quoted", "band", "uuid", "differ", "differed", "different", "other", "pt", "patient":
		return true
	}
	return t.kind == opaque
}

// mistypedCue reads bleepped and extention for what they are.
func mistypedCue(t *token) (cue, bool) {
	if t.entry != (entry{}) || len(t.low) < 6 {
		return cue{}, false
	}
	for _, right := range []string{"bleeped", "bleeping", "extension", "mobile", "telephone", "casenote", "hospital"} {
		if oneSlip(right, t.low) {
			if right == "hospital" {
				right = "hosp"
			}
			return numberCue(right)
		}
	}
	return cue{}, false
}

// goesOn holds for what stands between numbers of one list.
func goesOn(t *token) bool {
	switch t.low {
	case ",", "/", "and", "or", "&", "+", "then", "-":
		return true
	}
	return t.kind == opaque
}

// meant is a word of a cue as it was meant: hosptial nubmer.
func (rd *reading) meant(i int) string {
	t := &rd.tokens[i]
	if t.low == "e" && i > 1 && rd.tokens[i-1].low == "&" && rd.tokens[i-2].low == "a" {
		return "ed"
	}
	if t.kind != word || t.entry != (entry{}) || len(t.low) < 5 {
		return t.low
	}
	for _, right := range []string{"number", "hospital", "patient", "health", "record", "folder", "contact", "extension", "telephone"} {
		if oneSlip(right, t.low) {
			return right
		}
	}
	return t.low
}

// grade holds for the short words for a doctor or a nurse who carries a bleep:
// bleeped f1 on 0731, bleep the med reg 2044.
func grade(t *token) bool {
	switch t.low {
	case "f1", "f2", "fy1", "fy2", "st1", "st2", "st3", "st4", "st5", "st6", "ct1", "ct2", "sho", "shos", "spr", "reg", "med", "surg", "surgical", "medical", "ortho", "registrar",
		"doctor", "dr", "consultant", "team", "outreach", "anaesthetist", "anaes", "coordinator", "manager", "site", "nurse", "porter", "porters", "pharmacist":
		return true
	}
	return false
}

// holdsSeven holds for whoever has a number of seven digits in a register, and for when:
// GMC of anaes 7310482, the pharmacist that day, 2051883.
func holdsSeven(t *token) bool {
	return grade(t) || t.marks.has(role) || t.low == "lead" || t.low == "locum" || t.low == "day"
}

// asks holds for a capitalised word or a name between what asks for a number
// and the number: please contact Delroy 0743.
func (rd *reading) asks(i int) bool {
	t := &rd.tokens[i]
	return t.kind == word && t.listed() && t.english == 0
}
