package redaction

import "strings"

// extensions takes short numbers by what somebody does with them, where no word for
// a bleep or an extension stands: rang the lab on 6143, picked up 3127, estates (4407).
func (rd *reading) extensions() {
	for _, i := range rd.numeric {
		t := &rd.tokens[i]
		if i == 0 || t.kind != number || t.first || len(t.low) < 2 || len(t.low) > 5 {
			continue
		}
		if emergency(t.low) || publicLine(t.low) || rd.dated(t.start) || !rd.aloneAfter(i) {
			continue
		}
		if t.spaced && rd.rung(i) || rd.ofPost(i) {
			rd.span(t.start, t.end, Extension, 0.6, "number rung inside")
		}
	}
	rd.otherExtensions()
	rd.ifNeeded()
}

// ifNeeded takes the number that a sentence begins with for whoever is needed: 0935 if
// needed.
func (rd *reading) ifNeeded() {
	for _, i := range rd.numeric {
		t := &rd.tokens[i]
		if !t.first || t.kind != number || len(t.low) < 3 || len(t.low) > 5 || i+2 >= len(rd.tokens) || rd.tokens[i+1].low != "if" || emergency(t.low) || publicLine(t.low) {
			continue
		}
		switch rd.tokens[i+2].low {
		case "needed", "required", "any", "urgent", "you", "stuck", "worried":
			rd.span(t.start, t.end, Extension, 0.5, "number for whoever is needed")
		}
	}
}

// rung holds for a number that the word before, or what is done in the sentence, makes
// one to ring.
func (rd *reading) rung(i int) bool {
	low := rd.tokens[i].low
	if rd.ringsPart(i) || rd.ofRung(i) {
		return true
	}
	if len(low) == 2 {
		return rd.tokens[i-1].low == "bleep" && rd.endsPhrase(i+1) && (i+1 == len(rd.tokens) || rd.tokens[i+1].kind == punct)
	}
	if len(low) == 3 {
		return dials(rd.tokens[i-1].low) || rd.tokens[i-1].low == "answering" || rd.tokens[i-1].low == "on" && i > 2 && rd.tokens[i-2].low == "is" && rd.answers(i-3) && !underCare(rd.tokens[i-3].low) && rd.ends(i+1)
	}
	if !yearless(low) {
		return false
	}
	switch rd.tokens[i-1].low {
	case "on", "via":
		return rd.ringing(i-2) || rd.answers(i-2) || rd.toBeHad(i-2) || i > 1 && (saidTo(rd.tokens[i-2].low) && !rounded(low) || !clock(low) && desk(rd.tokens[i-2].low))
	case "at":
		return !clock(low) && rd.ringing(i-2)
	case "answering":
		return true
	case "answer", "answered", "tried", "try", "trying":
		return !clock(low)
	case "up":
		return i > 1 && (rd.tokens[i-2].low == "picked" || rd.tokens[i-2].low == "picks" || rd.tokens[i-2].low == "picking")
	case "from":
		return i > 1 && !clock(low) && (rd.tokens[i-2].low == "answer" || rd.tokens[i-2].low == "reply" || rd.tokens[i-2].low == "response" || rings(rd.tokens[i-2].low))
	case "me", "us":
		return i > 1 && !clock(low) && callsFor(rd.tokens[i-2].low)
	case "number":
		return i > 2 && rd.tokens[i-2].low == "'s" && rd.tokens[i-3].marks.has(role) && !rd.tokens[i-3].marks.has(kin|place) && !underCare(rd.tokens[i-3].low)
	case "to":
		return i > 1 && !clock(low) && diverted(rd.tokens[i-2].low)
	}
	return dials(rd.tokens[i-1].low) || rings(rd.tokens[i-1].low) && !clock(low)
}

// ringsPart holds for a number behind the part of a hospital that is rung in the same
// clause: rang pacing clinic 7352, contact site team 4402.
func (rd *reading) ringsPart(i int) bool {
	low := rd.tokens[i].low
	if i < 2 || len(low) < 4 || !yearless(low) || clock(low) || !rungPart(rd.tokens[i-1].low) && !desk(rd.tokens[i-1].low) {
		return false
	}
	for j := i - 2; j >= 0 && j > i-6 && !rd.tokens[j+1].first && rd.tokens[j].kind == word; j-- {
		if rings(rd.tokens[j].low) || callsFor(rd.tokens[j].low) {
			return true
		}
	}
	return false
}

// callsFor holds for what somebody is asked to do with a number.
func callsFor(low string) bool {
	switch low {
	case "contact", "ring", "call", "phone", "bleep", "page", "dial":
		return true
	}
	return false
}

// ofRung holds for a number behind a colleague who is bleeped or told, and before what is
// said of a line: med reg 1187 informed, ascom 4471 unanswered.
func (rd *reading) ofRung(i int) bool {
	if low := rd.tokens[i].low; i == 0 || i+1 >= len(rd.tokens) || len(low) < 4 || !yearless(low) || clock(low) {
		return false
	}
	switch rd.tokens[i+1].low {
	case "engaged", "unanswered":
		return true
	case "informed", "aware", "contacted", "told", "answered":
		return grade(&rd.tokens[i-1]) || rd.answers(i-1) && !underCare(rd.tokens[i-1].low)
	}
	if !grade(&rd.tokens[i-1]) && rd.tokens[i-1].low != "paeds" {
		return false
	}
	for j := i + 1; j < len(rd.tokens) && j < i+8 && !rd.tokens[j].first; j++ {
		if rd.tokens[j].low == "bleeped" || rd.tokens[j].low == "paged" {
			return true
		}
	}
	return false
}

// rounded holds for a time of day as rounds and ward meetings have it, in fives of minutes.
func rounded(low string) bool { return clock(low) && strings.ContainsAny(low[len(low)-1:], "05") }

// desk holds for where somebody answers the telephone.
func desk(low string) bool {
	switch low {
	case "clinic", "ward", "team", "site", "desk", "office", "switch", "coordinator", "co-ordinator", "hub", "station", "suite":
		return true
	}
	return false
}

// rings holds for what was done with a number by whoever rang it.
func rings(low string) bool {
	return low == "rang" || low == "phoned" || low == "telephoned" || low == "called" || low == "rung"
}

// saidTo holds for what is done to somebody on a telephone.
func saidTo(low string) bool {
	switch low {
	case "informed", "told", "notified", "updated", "alerted", "advised", "message", "voicemail", "messages":
		return true
	}
	return false
}

// publicLine holds for the numbers on which anybody rings for help.
func publicLine(low string) bool {
	switch low {
	case "999", "111", "112", "101", "1471", "1571":
		return true
	}
	return false
}

// dials holds for what is done to a number and to nothing else.
func dials(low string) bool {
	switch low {
	case "dialled", "dialed", "dialling", "redialled", "ringing":
		return true
	}
	return false
}

// diverted holds for what is sent to a number.
func diverted(low string) bool {
	switch low {
	case "queries", "questions", "enquiries", "calls", "diverted", "forwarded":
		return true
	}
	return false
}

// farthestRung is how many words stand between a telephone that rings and its number.
const farthestRung = 7

// ringing holds where the sentence up to token i tells of ringing or asking for somebody.
func (rd *reading) ringing(i int) bool {
	for j := i; j >= 0 && j > i-farthestRung; j-- {
		switch rd.tokens[j].low {
		case "rang", "rung", "ring", "rings", "ringing", "phoned", "phone", "phoning", "called", "calling", "contacted", "contact", "contacting",
			"dial", "dialled", "bleeped", "bleep", "bleeping", "beeped", "paged", "paging", "telephoned", "reach", "reached", "answer", "answering", "ask", "speak", "messaged", "tried", "try":
			return true
		}
		if rd.tokens[j].first {
			return false
		}
	}
	return false
}

// toBeHad holds for "can be found" and "is available".
func (rd *reading) toBeHad(i int) bool {
	if i < 1 {
		return false
	}
	switch before := rd.tokens[i-1].low; rd.tokens[i].low {
	case "found", "got", "had":
		return before == "be"
	case "available", "contactable", "reachable", "me":
		return true
	case "am":
		return before == "i"
	case "is", "are", "was", "were":
		return rd.answers(i - 1)
	case "actually", "really", "still":
		return (before == "is" || before == "was" || before == "i'm") && i > 1 && (rd.tokens[i-2].low == "he" || rd.tokens[i-2].low == "she" || rd.tokens[i-2].low == "i")
	}
	return rd.tokens[i].low == "i'm"
}

// underCare holds for those who have no telephone of their own.
func underCare(low string) bool {
	switch low {
	case "patient", "pt", "resident", "client", "baby", "child", "infant", "casualty":
		return true
	}
	return false
}

// answers holds for whoever or whatever has a telephone of its own.
func (rd *reading) answers(i int) bool {
	if i > 0 && rd.tokens[i].low == ")" {
		i--
	}
	if i < 0 {
		return false
	}
	t := &rd.tokens[i]
	return t.marks.has(role) && !t.marks.has(kin) || rungPart(t.low) || i > 0 && t.low == "dr" && onDuty(rd.tokens[i-1].low)
}

// onDuty holds for what a doctor is whom one rings for the time being.
func onDuty(low string) bool {
	switch low {
	case "duty", "oncall", "on-call", "call", "ward", "crash":
		return true
	}
	return false
}

// rungPart holds for parts of a hospital that are rung, and for those who run them.
func rungPart(low string) bool {
	switch low {
	case "helpdesk", "porters", "transport", "domestics", "ebme", "physics", "phlebotomy", "bookings", "mortuary", "anaesthetist", "manager", "lead", "engineer":
		return true
	}
	return department(low)
}

// ofPost holds for a number in brackets, or between commas, behind whoever is rung on it.
func (rd *reading) ofPost(i int) bool {
	low := rd.tokens[i].low
	if i < 2 || i+1 == len(rd.tokens) || len(low) < 4 || !yearless(low) || clock(low) && !rd.colonTimes(i) || !rd.answers(i-2) {
		return false
	}
	if rd.tokens[i-1].low == "(" && !rd.tokens[i].spaced {
		return rd.tokens[i+1].low == ")"
	}
	return rd.tokens[i-1].low == "," && rd.tokens[i+1].low == "," && !clock(low)
}

// colonTimes holds where times of day are written with colons before token i: 06:05.
func (rd *reading) colonTimes(i int) bool {
	const near = 16
	for j := i - 2; j > 0 && j > i-near; j-- {
		if rd.tokens[j].low == ":" && !rd.tokens[j].spaced && !rd.tokens[j+1].spaced && len(rd.tokens[j+1].low) == 2 && clock(rd.tokens[j-1].low+rd.tokens[j+1].low) {
			return true
		}
	}
	return false
}

// aloneAfter holds for a number that counts nothing: no thing and no unit follows.
func (rd *reading) aloneAfter(i int) bool {
	if i+1 == len(rd.tokens) {
		return true
	}
	if rd.unitFollows(i) || rd.measured(rd.tokens[i].end) {
		return false
	}
	switch n := &rd.tokens[i+1]; n.kind {
	case punct:
		return n.spaced || n.low != "-" && n.low != ":" && (n.low != "." || i+2 == len(rd.tokens) || rd.tokens[i+2].spaced)
	case word:
		return n.first || n.newline || n.low == "twice" || n.low == "engaged" || n.low == "unanswered" || n.low == "again" || n.low == "no" || !unit(n.low) && n.marks.has(stop|subject|object|link|act|speaker) && !n.marks.has(medical)
	}
	return false
}

// otherExtensions takes numbers that begin as an extension of the same text does, where
// one more is tried: then 4413.
func (rd *reading) otherExtensions() {
	heads := map[string]bool{}
	for _, s := range rd.spans {
		if n := s.End - s.Start; s.Class == Extension && (n == 4 || n == 5) {
			heads[rd.low[s.Start:s.Start+2]] = true
		}
	}
	if len(heads) == 0 {
		return
	}
	for _, i := range rd.numeric {
		t := &rd.tokens[i]
		if i == 0 || t.kind != number || len(t.low) < 4 || len(t.low) > 5 || !heads[t.low[:2]] || clock(t.low) || !yearless(t.low) || rd.dated(t.start) {
			continue
		}
		if low := rd.tokens[i-1].low; !(low == "of" && i > 1 && rd.tokens[i-2].low == "instead" && !rd.unitFollows(i)) && !rd.aloneAfter(i) {
			continue
		}
		switch rd.tokens[i-1].low {
		case "of", "then", "tried", "try", "and", "or", "also", "not", "on":
			rd.span(t.start, t.end, Extension, 0.6, "like an extension")
		}
	}
}

// lineOf holds for four digits that are neither a year nor a time, and end what stands
// behind a name and a comma: site manager Grant, 0066.
func (rd *reading) lineOf(i int) bool {
	low := rd.tokens[i].low
	if len(low) != 4 || rd.tokens[i-1].low != "," || !yearless(low) || clock(low) || emergency(low) || rd.dated(rd.tokens[i].start) || !rd.aloneAfter(i) {
		return false
	}
	return i+1 == len(rd.tokens) || rd.tokens[i+1].kind == punct || rd.tokens[i+1].newline || rd.tokens[i+1].first
}
