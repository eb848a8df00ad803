package redaction

import "strings"

// workLogIns takes log-ins of any make where a system is said to show who did something:
// PACS shows xr_pm_bank14, signed off as tovahg.disp; and those that strokes below join
// to what somebody is, wherever they stand.
func (rd *reading) workLogIns() {
	for i := 0; i+2 < len(rd.tokens); i++ {
		last := rd.logInFrom(i)
		if last == i {
			continue
		}
		if rd.inDomain(i, last) || rd.strokedLogIn(i, last) || rd.systemTells(i) || rd.systemGoesOn(last+1) {
			rd.span(rd.tokens[i].start, rd.tokens[last].end, Online, 0.6, "log-in of a system")
		}
		i = last
	}
}

// longestLogIn is more tokens than the parts of a log-in and what joins them are.
const longestLogIn = 9

// logInFrom answers the last token of what may be a log-in of parts that begins at token
// i, or i.
func (rd *reading) logInFrom(i int) int {
	if !logInPart(&rd.tokens[i]) || i > 0 && !rd.tokens[i].spaced && strings.Contains(`@/._-\:`, rd.tokens[i-1].low) {
		return i
	}
	last := i
	for last+2 < len(rd.tokens) && last < i+longestLogIn {
		joint, next := &rd.tokens[last+1], &rd.tokens[last+2]
		if joint.spaced || next.spaced || len(joint.low) != 1 || !strings.Contains(`._-\`, joint.low) || !logInPart(next) && !(next.kind == number && joint.low == "_") {
			break
		}
		last += 2
	}
	if last+2 < len(rd.tokens) && !rd.tokens[last+1].spaced && !rd.tokens[last+2].spaced && strings.Contains("@/", rd.tokens[last+1].low) || !rd.unlikeText(i, last) {
		return i
	}
	return last
}

// inDomain holds for parts that the stroke between a domain and its log-in joins, of which
// the first is no drive and the last no word.
func (rd *reading) inDomain(first, last int) bool {
	for j := first + 1; j < last; j += 2 {
		if rd.tokens[j].low == `\` {
			t := &rd.tokens[last]
			return len(rd.tokens[first].low) > 1 && (t.kind == code || t.entry == (entry{})) && !strings.Contains(rd.low[rd.tokens[j].end:t.end], `\`)
		}
	}
	return false
}

// unlikeText holds for joined parts that are no words which lack a space or have a hyphen.
func (rd *reading) unlikeText(first, last int) bool {
	for j := first; j <= last; j += 2 {
		t := &rd.tokens[j]
		if t.kind == code || j > first && rd.tokens[j-1].low != "-" && rd.tokens[j-1].low != "." || t.english == 0 && len(t.low) > 2 && (j > first && rd.tokens[j-1].low != "-" || j < last && rd.tokens[j+1].low != "-") {
			return true
		}
	}
	return false
}

func logInPart(t *token) bool { return t.kind == word || t.kind == code }

// strokedLogIn holds for parts that strokes below join, of which one is what somebody is.
func (rd *reading) strokedLogIn(first, last int) bool {
	somebody, strokes := false, 0
	for j := first; j <= last; j++ {
		t := &rd.tokens[j]
		if j%2 != first%2 {
			if t.low == "_" {
				strokes++
			}
			continue
		}
		if fileEnding(t.low) {
			return false
		}
		somebody = somebody || postOfLogIn(withoutNumber(t.low))
	}
	return strokes > 0 && somebody
}

// postOfLogIn holds for what of a log-in says what its owner is.
func postOfLogIn(low string) bool {
	switch low {
	case "locum", "bank", "agency", "admin", "disp", "reception", "recep", "student", "temp", "nurse", "fy", "sho", "hca", "gp", "reg", "cons", "dr", "pharm", "rec":
		return true
	}
	return false
}

func fileEnding(low string) bool {
	switch low {
	case "pdf", "doc", "docx", "xls", "xlsx", "csv", "jpg", "jpeg", "png", "txt", "form", "chart", "template", "policy":
		return true
	}
	return false
}

// systemTells holds behind what says that a system shows who did something.
func (rd *reading) systemTells(i int) bool {
	if i < 2 {
		return false
	}
	j := i - 1
	if low := rd.tokens[j].low; low == "\"" || low == "'" || low == ":" {
		j--
	}
	if j < 1 {
		return false
	}
	before := rd.tokens[j-1].low
	switch rd.tokens[j].low {
	case "as":
		return before == "off" || before == "in" || before == "on" || before == "signed"
	case "for":
		return before == "password" || before == "passcode" || before == "login" || before == "log-in"
	case "shows", "says", "showed", "said", "names", "named", "was", "is", "has", "had":
		switch before {
		case "audit", "trail", "screen", "pacs", "ice", "emis", "systmone", "rio", "epr", "log", "open":
			return true
		}
	case "by":
		switch before {
		case "authorised", "released", "re-activated", "reactivated", "prescribed", "opened", "amended", "signed", "entered", "viewed", "accessed", "deleted":
			return true
		}
	case "remove", "disable", "unlock", "block":
		return before == "it" || before == "please" || before == "to"
	}
	return false
}

// systemGoesOn holds before what a system lets a log-in do.
func (rd *reading) systemGoesOn(j int) bool {
	if j >= len(rd.tokens) || rd.tokens[j].first {
		return false
	}
	if rd.tokens[j].low == "'s" && j+1 < len(rd.tokens) {
		next := rd.tokens[j+1].low
		return next == "inbox" || next == "worklist" || next == "login" || next == "password"
	}
	switch rd.tokens[j].low {
	case "authorised", "unlocked", "re-activated", "reactivated", "prescribing", "accessed":
		return true
	}
	return false
}
