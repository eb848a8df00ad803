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
	if rd.ofName(i) {
		return besideLetters
	}
	if rd.initialsRead(i) {
		return afterShort
	}
	if signing(p.low) || mistypedSigning(p) || rd.secondCheck(j) {
		return afterSigning
	}
	if mark == "" && (rd.standsOut(i) || rd.tokens[i].entry == (entry{}) || rd.person(i) || i+2 < len(rd.tokens) && signing(rd.tokens[i+2].low)) && rd.besideTask(i) {
		return initialsTold // prepared TW, labels EJ
	}
	switch p.low {
	case "w", "d":
		return initialsTold
	case ",":
		if rd.lettersBefore(j) && (rd.tokens[i].capital && (rd.tokens[i].caps || len(rd.tokens[i].low) == 1) || rd.inRow(i, i)) {
			return besideLetters
		}
		return 0
	case "then":
		if rd.isName(j-1) && rd.person(i) && (rd.ends(i+1) || rd.tokens[i+1].low == "then") {
			return besideLetters // bled by Kemi then GT
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
	case p.kind == word && (p.marks.has(role|kin) || somebody(p.low)) && (mark == "" || mark == ":" || mark == "-" && capitals && rd.tokens[i].spaced || mark == "(" && (capitals || t.entry == (entry{}) || rd.lettersInBrackets(i) || rd.even(i) && rd.rowInBrackets(i)) && (rd.inBrackets(i) || rd.rowInBrackets(i))):
		return initialsRole
	case p.low == "involved" && mark == "" && capitals && rd.person(i):
		return initialsRole
	case p.kind == code && mark == "" && capitals && trainee(p.low):
		return initialsRole
	case (p.low == "was" || p.low == "is") && mark == "" && capitals && rd.patientBefore(j):
		return initialsRole // Patient was MO
	case p.kind == word && mark == ":" && signedAs(p.low):
		return afterSigning
	case p.kind == word && mark == "" && (told(p.low) || rd.handsTo(j)):
		return initialsRole + beforeRole/2
	case p.kind == word && mark == "" && (p.marks.has(object) || summons(p.low)), mark == "," && rd.isName(j) && rd.inBrackets(i) && rd.person(i) && !t.marks.has(shorthand):
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
	case "acc", "act", "acpt", "accuracy", "second", "2nd", "first", "1st", "final", "clinical", "nurse", "person", "independent":
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
		if rd.tokens[j].low == "of" && (rd.tokens[j-1].marks.has(kin) || before == "baby" || before == "infant") {
			return true
		}
		switch before {
		case "parent", "parents", "mum", "dad", "mother", "father", "carer", "behalf", "shift", "handover", "covering", "email", "text", "message", "statement", "notes", "meds", "tablets", "bloods", "wristband":
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
	if rd.tokens[i].first && i > 0 && (rd.signedAt(j) || n.low == "thank" || !n.first && rd.parting(j)) {
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
	case rd.working(j):
		return beforeSaying // RK on shift
	case n.low == "to" && rd.task(j+1):
		return beforeDeed // to chase bloods
	case rd.staffRole(j) && j+1 < len(rd.tokens) && (rd.tokens[j+1].low == "of" || rd.tokens[j+1].low == "for") && rd.person(i) && rd.opensPart(i):
		return beforeTheRole // JM manager of the agency
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
	case rd.inked(j):
		return beforeSaying // YK written on the tube
	case introduces(n) && (rd.standsOut(i) || i > 0 && rd.staffRole(i-1)), i > 0 && rd.tokens[i-1].marks.has(role) && n.english > 0 && strings.HasSuffix(n.low, "ed"):
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
