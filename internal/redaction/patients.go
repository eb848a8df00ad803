package redaction

// Where letters stand for somebody whatever else they abbreviate.

// nobodyElse holds for two letters where only a patient, a colleague or whoever signed can
// stand.
func (rd *reading) nobodyElse(i int) bool {
	if i == 0 || len(rd.tokens[i].low) != 2 || !rd.tokens[i].spaced || rd.tokens[i].first {
		return false
	}
	return rd.bornPatient(i) || rd.standsOut(i) && rd.placedPatient(i) || rd.colleagueDoes(i) || rd.standsOut(i) && rd.initialsWere(i)
}

func patientWord(low string) bool { return low == "pt" || low == "patient" || low == "client" }

// bornPatient holds for letters between the patient and a date of birth: PT LP DOB 1/10/99.
func (rd *reading) bornPatient(i int) bool {
	if !patientWord(rd.tokens[i-1].low) || i+1 >= len(rd.tokens) {
		return false
	}
	switch rd.tokens[i+1].low {
	case "dob", "born", "d.o.b", "aged":
		return true
	}
	return false
}

// placedPatient holds for letters between the patient and where that one is: pt BP
// opposite.
func (rd *reading) placedPatient(i int) bool {
	if !patientWord(rd.tokens[i-1].low) || i+2 >= len(rd.tokens) || rd.tokens[i+1].first {
		return false
	}
	switch rd.tokens[i+1].low {
	case "opposite", "lives":
		return true
	case "in", "from":
		switch rd.tokens[i+2].low {
		case "bed", "bay", "room", "chair", "side":
			return true
		}
	}
	return false
}

// colleagueDoes holds for letters between the part of a colleague and what only people do:
// nurse GI sent him back.
func (rd *reading) colleagueDoes(i int) bool {
	t := &rd.tokens[i]
	return rd.staffRole(i-1) && !t.marks.has(role|title|place|stop) && !workplace(t.low) && t.low != "bp" && t.low != "bm" && t.low != "iv" && rd.saysOrTakes(i+1)
}

// initialsWere holds where the words before say that initials stand somewhere: initials on
// chart CO, the initials are OH.
func (rd *reading) initialsWere(i int) bool {
	for j := i - 1; j >= 0 && j > i-5 && !rd.tokens[j+1].first; j-- {
		switch rd.tokens[j].low {
		case "initials", "initialled", "init", "inits":
			return true
		case "on", "the", "chart", "label", "box", "form", "card", "it", "as", "only", "with", "were", "are", "is", "was", "in", ":", ",", ".":
		default:
			return false
		}
	}
	return false
}
