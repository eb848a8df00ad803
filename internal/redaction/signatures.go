package redaction

import "strings"

// initialsLeft is what stands before letters says of them.
func (rd *reading) initialsLeft(i int) float64 {
	if i == 0 || rd.tokens[i].first && rd.tokens[i].newline {
		return 0
	}
	j, mark := i-1, ""
	if p := &rd.tokens[j]; p.kind == punct && (strings.Contains(":(-\"", p.low) || p.low == "," && !rd.lettersBefore(j)) {
		j, mark = j-1, p.low
	}
	if j < 0 {
		return 0
	}
	p := &rd.tokens[j]
	if rd.shortWith(j) {
		return afterShort
	}
	if signing(p.low) || mistypedSigning(p) || rd.secondCheck(j) {
		return afterSigning
	}
	if mark == "" && (rd.standsOut(i) || rd.tokens[i].entry == (entry{}) || i+2 < len(rd.tokens) && signing(rd.tokens[i+2].low)) && rd.besideTask(i) {
		return initialsTold // prepared TW, labels EJ
	}
	switch p.low {
	case "w", "d":
		return initialsTold
	case ",":
		if rd.lettersBefore(j) && rd.tokens[i].capital && (rd.tokens[i].caps || len(rd.tokens[i].low) == 1) {
			return besideLetters
		}
		return 0
	case "and", "&", "+", "/":
		if rd.isName(j-1) || rd.lettersBefore(j) {
			return besideLetters
		}
		return 0
	}
	if mark == "" && rd.isName(j) && rd.standsOut(i) && rd.standsOut(j) && len(p.low) == 2 {
		return initialsRole // crew SM KR
	}
	if rd.tokens[i].first && mark != ":" {
		return 0
	}
	return rd.introducesLetters(i, j, mark)
}

// introducesLetters is what the word at j, with a mark or nothing between, says of
// the letters at i.
func (rd *reading) introducesLetters(i, j int, mark string) float64 {
	p, t := &rd.tokens[j], &rd.tokens[i]
	capitals := rd.standsOut(i)
	switch {
	case p.kind == word && (p.marks.has(role|kin) || somebody(p.low)) && (mark == "" || mark == ":" || mark == "-" && capitals && rd.tokens[i].spaced || mark == "(" && (capitals || t.entry == (entry{})) && (rd.inBrackets(i) || capitals && rd.rowInBrackets(i))):
		return initialsRole
	case p.kind == code && mark == "" && capitals && trainee(p.low):
		return initialsRole
	case (p.low == "was" || p.low == "is") && mark == "" && capitals && rd.patientBefore(j):
		return initialsRole // Patient was MO
	case p.kind == word && mark == ":" && signedAs(p.low):
		return afterSigning
	case p.kind == word && mark == "" && (told(p.low) || rd.handsTo(j)):
		return initialsRole + beforeRole/2
	case p.kind == word && mark == "" && p.marks.has(object):
		return initialsTold
	case p.kind == word && p.marks.has(determiner) && p.low != "that":
		return beforeMore
	case p.kind == number && mark == "" && capitals && j > 0 && rd.tokens[j-1].low == "band":
		return initialsRole // band 5 JH
	case p.kind == number && mark == "":
		if clock(p.low) || j > 1 && rd.tokens[j-1].low == ":" && !p.spaced && clock(rd.tokens[j-2].low+p.low) {
			return initialsAt // 0930 RC requested
		}
		return beforeMore / 2
	case mark == "(" && rd.inBrackets(i) && capitals && !t.marks.has(shorthand) && len(t.low) == 2:
		if rd.abbreviates(i) {
			return 2 * beforeMore
		}
		return initialsTold
	case p.kind == word && mark == "" && done(p) && (capitals || t.entry == (entry{})):
		return initialsTold // scanned CH
	}
	return 0
}

// patientBefore holds for "patient was" and its like.
func (rd *reading) patientBefore(j int) bool {
	return j > 0 && (rd.tokens[j-1].low == "patient" || rd.tokens[j-1].low == "pt" || rd.tokens[j-1].low == "reporter" || rd.tokens[j-1].low == "nurse")
}

// somebody holds for words for a person that are no roles in other respects.
func somebody(low string) bool {
	switch low {
	case "person", "su", "yp", "member", "individual", "child", "adolescent", "teenager", "lady", "gentleman", "man", "woman", "boy", "girl", "male", "female", "named":
		return true
	}
	return false
}

// signedAs holds for what stands before a colon and who did it.
func signedAs(low string) bool {
	switch low {
	case "author", "name", "kw", "from", "to", "cc", "present", "attendees", "staff", "crew", "by", "rn", "hca", "rc", "lead", "owner", "who", "initial", "involved", "duty", "shift", "agreed", "approved", "authorised", "re":
		return true
	}
	return false
}

// done holds for verbs of what was done, after which people sign.
func done(t *token) bool {
	switch t.low {
	case "given", "taken", "seen", "done", "written", "read", "put":
		return true
	case "reduced", "raised", "increased", "decreased", "suspected", "confirmed", "impaired", "prolonged", "required", "ruptured", "infected", "elevated", "blocked", "failed", "delayed", "missed", "planned", "needed", "repeated", "retained", "advanced":
		return false
	}
	return t.english > 0 && strings.HasSuffix(t.low, "ed")
}

// shortWith holds at the end of d/w, r/v, s/b and h/o from.
func (rd *reading) shortWith(j int) bool {
	if j < 2 {
		return false
	}
	if rd.tokens[j-1].low == "/" {
		switch rd.tokens[j-2].low + rd.tokens[j].low {
		case "dw", "rv", "sb", "cb":
			return true
		}
	}
	return rd.tokens[j].low == "from" && rd.tokens[j-1].low == "o" && rd.tokens[j-2].low == "/"
}

// secondCheck holds for "check" where two people check: acc check, 2nd check.
func (rd *reading) secondCheck(j int) bool {
	if t := rd.tokens[j].low; t != "check" && t != "checks" || j == 0 {
		return false
	}
	switch rd.tokens[j-1].low {
	case "acc", "accuracy", "second", "2nd", "first", "1st", "final", "clinical", "nurse", "person", "independent":
		return true
	}
	return false
}

// handsTo holds for the small word after which a person follows: handed over to,
// parent of.
func (rd *reading) handsTo(j int) bool {
	if j == 0 {
		return false
	}
	before := rd.tokens[j-1].low
	switch rd.tokens[j].low {
	case "with":
		switch before {
		case "spoke", "spoken", "discussed", "swapped", "left", "agreed", "shared", "checked":
			return true
		}
	case "to":
		switch before {
		case "phoned", "texted", "passed", "given":
			return true
		case "over":
			return j > 1 && strings.HasPrefix(rd.tokens[j-2].low, "hand")
		case "spoke", "spoken", "speaking", "speak", "talked", "talking", "reported", "handed", "handover", "escalated", "explained", "copied", "cc'd", "forwarded", "email", "emailed", "emails", "apologised", "belongs", "belonging", "according", "allocated", "assigned":
			return true
		}
	case "of", "for", "from":
		if rd.tokens[j].low == "of" && rd.tokens[j-1].marks.has(kin) {
			return true
		}
		switch before {
		case "parent", "parents", "mum", "dad", "mother", "father", "carer", "behalf", "shift", "handover", "covering", "email", "text", "message", "statement", "notes", "meds", "tablets", "bloods", "wristband":
			return true
		}
	}
	return false
}

// told holds for verbs after which a person stands who learns of something.
func told(low string) bool {
	switch low {
	case "told", "asked", "informed", "thanked", "called", "rang", "phoned", "texted", "emailed", "contacted", "bleeped", "alerted", "notified", "paged", "names", "handover", "both", "either", "informing", "telling", "asking", "ringing", "advised":
		return true
	}
	return false
}

// signing holds for words that people sign after.
func signing(low string) bool {
	switch low {
	case "by", "disp", "dispd", "chk", "chkd", "ck", "signed", "sig", "initials", "initialled", "checked", "labelled", "dispensed", "witnessed", "countersigned", "prepared", "checker", "completed", "sign", "signature", "signatures", "drawn", "screened", "accuracy", "entered", "typed", "author", "reviewer", "verified", "scribe", "witness", "reviewed", "acc", "counted":
		return true
	}
	return false
}

// mistypedSigning reads dispnsed and chekced for what they are.
func mistypedSigning(t *token) bool {
	if t.entry != (entry{}) || len(t.low) < 6 {
		return false
	}
	for _, right := range []string{"signed", "checked", "labelled", "dispensed", "witnessed", "prepared", "completed"} {
		if oneSlip(right, t.low) {
			return true
		}
	}
	return false
}

func (rd *reading) initialsRight(i, last int) float64 {
	j := last + 1
	for j < len(rd.tokens) && rd.tokens[j].low == "." && last > i && !rd.tokens[j].spaced {
		j++
	}
	if j >= len(rd.tokens) || rd.tokens[j].newline {
		if rd.parting(i - 1) {
			return asSignature
		}
	}
	if j >= len(rd.tokens) {
		if i > 0 && (rd.tokens[i].first || (rd.tokens[i].caps || rd.tokens[i].entry == (entry{})) && rd.tokens[i-1].low == "-" && rd.tokens[i-1].spaced) {
			if rd.tokens[i].first && !rd.tokens[i].marks.has(shorthand) {
				return asSignature + beforeDoing // the last word of all
			}
			return asSignature
		}
		return 0.6
	}
	if adverb(&rd.tokens[j]) && j+1 < len(rd.tokens) && rd.tokens[j+1].marks.has(act|speaker) {
		j++
	}
	n := &rd.tokens[j]
	if rd.tokens[i].first && i > 0 && rd.signedAt(j) {
		return asSignature
	}
	if rd.tokens[i].first && i > 0 && n.capital && !n.caps && n.english > 0 && n.spaced && n.cased {
		return asSignature
	}
	switch {
	case n.marks.has(title) && n.spaced && !n.first && last == i && j+1 < len(rd.tokens):
		return 3 * beforeMore // told by RC Dr Whaley
	case n.low == "(" && rd.roleInBrackets(j), n.low == "," && j+1 < len(rd.tokens) && rd.tokens[j+1].low == "band":
		return beforeTheRole
	case n.low == "," && rd.apposition(j+1) && rd.nothingElse(i):
		return beforeSaying // JH, ward manager,
	case n.low == "aged" && rd.ageFollows(j), rd.parting(i-1) && rd.ends(j):
		return asSignature
	case rd.holds(i, j):
		return afterSigning // JH head, PR arms
	case n.low == ":" && i > 0 && rd.tokens[i-1].kind == number, i > 0 && rd.tokens[i-1].low == "-" && rd.tokens[i].spaced && n.low == "." && rd.ends(j+1) && rd.standsOut(i):
		return beforeDoing
	case rd.nothingElse(i) && rd.opensClause(i) && !rd.tokens[i].marks.has(shorthand|medical|role) && (rd.stateOf(j) || rd.stands(j)):
		return beforeSaying // MT was on break
	case rd.standsOut(i) && (rd.ageFollows(j) || rd.letterEnds(i, j)):
		return asSignature
	case n.kind == punct:
		if rd.tokens[i].first && n.low == "." {
			return asSignature
		}
		if joiner(n) && (n.low != "," || rd.standsOut(i)) && rd.lettersAfter(j+1) {
			return afterSigning
		}
		if n.low == "/" && !n.spaced && rd.standsOut(i) && rd.isName(j+1) {
			return afterSigning // BH/Evanthia
		}
		if n.low == "'s" && rd.belongs(j+1) {
			return whose
		}
		return 0.4
	case n.low == "and" && rd.lettersAt(j+1) > 0 && rd.isName(j+1):
		return afterSigning
	case signing(n.low) && !(rd.tokens[i].first && rd.deed(j) && rd.nounFollows(j+1)):
		return 0.6
	case n.first || n.newline:
		return 0.6
	case n.marks.has(speaker) && (rd.deed(j) || onlyPeople(n.low)), feeling(n.low) && rd.standsOut(i) && n.low != "fine" && n.low != "off" && n.low != "away":
		return beforeDeed
	case n.marks.has(speaker), feeling(n.low) && rd.tokens[i].caps:
		return beforeSaying
	case n.low == "off" && rd.away(j+1), n.low == "in" && j+1 < len(rd.tokens) && rd.tokens[j+1].low == "tears" && rd.standsOut(i):
		return beforeDeed
	case (n.marks.has(act) || n.low == "did") && (rd.deed(j) && (n.low != "did" || j+1 < len(rd.tokens) && rd.tokens[j+1].marks.has(determiner)) || rd.tokens[i].entry == (entry{})):
		return beforeDeed
	case (n.low == "on" || n.low == "at") && j+1 < len(rd.tokens) && atWork(rd.tokens[j+1].low):
		return beforeSaying // RK on shift
	case n.low == "to" && rd.task(j+1):
		return beforeDeed // to chase bloods
	case n.caps && rd.staffRole(j) && !n.first && len(rd.tokens[i].low) == 2:
		if rd.tokens[i].marks.has(short | shorthand) {
			return 0
		}
		return beforeSaying // KP HCA
	case strings.HasSuffix(n.low, "ing") && n.english > 0 && !n.first && rd.nothingElse(i) && !rd.tokens[i].marks.has(shorthand|medical) && rd.opensPart(i):
		return beforeSaying // MV drafting
	case rd.tokens[i].marks.has(short) && rd.ofThings(j):
		return 0.6 // BC sent, HN was
	case n.marks.has(subject|act) || n.low == "to" || strings.HasSuffix(n.low, "ing") && n.english > 0 && !n.first:
		return beforeDoing
	case n.kind == number:
		return 0
	case n.english > 0 && rd.tokens[max(0, i-1)].low == "by" && !n.capital && !rd.tokens[i].marks.has(shorthand):
		return 0 // where nobody puts a stop: verified by fs family aware
	case introduces(n) && rd.standsOut(i), i > 0 && rd.tokens[i-1].marks.has(role) && n.english > 0 && strings.HasSuffix(n.low, "ed"):
		return 0 // KP ext 44102, user JP deleted
	case n.english > 0 && !n.marks.has(stop|link|object|determiner) && !again(n.low) || n.marks.has(medical|short|place):
		return beforeMore
	}
	return 0
}

// signedAt holds where a time or a date follows a signature: JH 14:20.
func (rd *reading) signedAt(j int) bool {
	t := &rd.tokens[j]
	if t.kind != number || t.first && t.newline {
		return false
	}
	return clock(t.low) || rd.dated(t.start) || j+2 < len(rd.tokens) && (rd.tokens[j+1].low == ":" || rd.tokens[j+1].low == ".") && clock(t.low+rd.tokens[j+2].low)
}

// parting holds for words that a message ends with, and a comma behind them.
func (rd *reading) parting(j int) bool {
	if j > 0 && rd.tokens[j].low == "," {
		j--
	}
	if j < 0 {
		return false
	}
	switch rd.tokens[j].low {
	case "thanks", "thx", "thanx", "regards", "cheers", "ta", "sincerely", "wishes", "apologies", "sorry":
		return true
	}
	return false
}

// letterEnds holds where letters end a text or a line after a word of parting, or
// begin one that ends with a role: Thanks JT; JT RGN.
func (rd *reading) letterEnds(i, j int) bool {
	if rd.tokens[i].first && rd.staffRole(j) && rd.tokens[j].caps {
		return j+1 >= len(rd.tokens) || rd.tokens[j+1].newline
	}
	return false
}

// task holds for what somebody has to do.
func (rd *reading) task(j int) bool {
	if j >= len(rd.tokens) {
		return false
	}
	switch rd.tokens[j].low {
	case "chase", "ring", "call", "phone", "update", "review", "discuss", "speak", "contact", "email", "write", "complete", "inform", "follow", "arrange", "order",
		"send", "refer", "investigate", "action", "liaise", "attend", "visit", "ask", "prescribe", "escalate", "let", "take", "look", "find", "handover", "hand", "cover", "remind", "meet",
		"feed", "share", "organise", "document", "check", "print", "audit", "present", "tell", "talk", "book", "request", "lead", "see":
		return true
	}
	return false
}

// deed holds for a verb of people that has, or needs, something done to: took
// the bloods, knows; not for what was done to the letters: ECG reviewed.
func (rd *reading) deed(j int) bool {
	if !strings.HasSuffix(rd.tokens[j].low, "ed") && !participle(rd.tokens[j].low) {
		return true
	}
	if j+1 >= len(rd.tokens) || rd.tokens[j+1].first {
		return false
	}
	n := &rd.tokens[j+1]
	if rd.tokens[j].marks.has(act) && j > 0 && !rd.tokens[j-1].marks.has(shorthand|medical|role) && (n.low == "it" || rd.tokens[j-1].first && rd.nounFollows(j+1)) {
		return true
	}
	return n.marks.has(determiner) || owner(n.low) || n.low == "him" || n.low == "them" || n.low == "me" || n.low == "us"
}

// onlyPeople holds for verbs in -ed of which nothing but a person is the subject.
func onlyPeople(low string) bool {
	switch low {
	case "rang", "apologised", "agreed", "complained", "insisted", "promised", "volunteered", "resigned", "retired", "explained", "replied", "shouted", "screamed", "disagreed", "objected", "thinks", "believes", "wants", "mentioned", "admitted", "denied", "swore", "cried", "thanked", "commented", "remarked":
		return true
	}
	return false
}

// participle holds for what is done to things as well as by people: BC sent.
func participle(low string) bool {
	switch low {
	case "sent", "held", "brought", "put", "cut", "kept", "read", "found", "drawn", "stuck", "set", "lent", "left", "caught", "stopped", "bought", "lost", "seen", "meant", "heard", "met", "led", "got", "told":
		return true
	}
	return false
}
