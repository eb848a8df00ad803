package redaction

import "strings"

// amongPeople holds for letters that people, and nothing else, stand beside: JK and I;
// me and JK; two nurses (MB and JK); room 4 (MB) choked.
func (rd *reading) amongPeople(i, j int) bool {
	if j+1 < len(rd.tokens) && rd.tokens[j].low == "and" && !rd.tokens[j+1].first && oneself(rd.tokens[j+1].low) {
		return rd.opensPart(i) || rd.bare(i)
	}
	if i > 1 && rd.tokens[i-1].low == "and" && oneself(rd.tokens[i-2].low) && rd.ends(j) {
		return true
	}
	return rd.pairInRoleBrackets(i, j) || rd.inBedBrackets(i, j) || rd.withLetters(i, j)
}

// withLetters holds behind what leads to somebody: seen with MB; incident involving MB;
// as per MB.
func (rd *reading) withLetters(i, j int) bool {
	if i < 2 || !rd.beside(i) || !rd.seldomElse(i) {
		return false
	}
	before := rd.tokens[i-2].low
	switch rd.tokens[i-1].low {
	case "with":
		return seenWith(before) && !rd.nounFollows(j)
	case "per":
		return before == "as" && rd.ends(j)
	case "involving":
		return !rd.nounFollows(j)
	case "between":
		return j+1 < len(rd.tokens) && rd.tokens[j].low == "and" && rd.seldomElse(j+1)
	}
	return false
}

// seldomElse holds for letters that are no abbreviation that everybody writes, or have
// stops: where others stand as well as people, too little speaks for a person in those.
func (rd *reading) seldomElse(i int) bool {
	t := &rd.tokens[i]
	return len(t.low) == 1 || !neverInitials(t.low, false) && !t.marks.has(shorthand|medical)
}

// seenWith holds for what is done with colleagues.
func seenWith(low string) bool {
	switch low {
	case "seen", "discussed", "reviewed", "checked", "working", "spoke", "shift", "agreed", "rolled", "double-checked", "counted", "escalated", "liaised", "handover":
		return true
	}
	return false
}

func oneself(low string) bool { return low == "i" || low == "me" || low == "myself" }

// pairInRoleBrackets holds for one of two pairs of letters in brackets behind what both
// of them are: nurses (MB and JK).
func (rd *reading) pairInRoleBrackets(i, j int) bool {
	open, end := i-1, j
	if i > 2 && pairs(rd.tokens[i-1].low) {
		open = i - 3
	} else if j+1 < len(rd.tokens) && pairs(rd.tokens[j].low) {
		end = j + 2
	}
	if open < 1 || end >= len(rd.tokens) || end-open != 4 || rd.tokens[open].low != "(" || rd.tokens[end].low != ")" {
		return false
	}
	p := &rd.tokens[open-1]
	if one := strings.TrimSuffix(p.low, "s"); !rd.lex.marks(one).has(role) && p.low != "staff" && p.low != "us" {
		return false
	}
	return len(rd.tokens[open+1].low) < 4 && len(rd.tokens[open+3].low) < 4
}

func pairs(low string) bool { return low == "and" || low == "&" || low == "/" || low == "," }

// inBedBrackets holds for letters in brackets behind a bed, before what a patient does.
func (rd *reading) inBedBrackets(i, j int) bool {
	if i < 3 || rd.tokens[i-1].low != "(" || j+1 >= len(rd.tokens) || rd.tokens[j].low != ")" || !rd.bedNumber(i-3) || !rd.seldomElse(i) {
		return false
	}
	n := &rd.tokens[j+1]
	return n.kind == word && (n.marks.has(subject|act|speaker) || mood(n.low))
}

// isSomebody holds before what only somebody is or has done to them: was crying, not
// aware, was clerked.
func (rd *reading) isSomebody(i, j int) bool {
	if !rd.opensPart(i) || !rd.seldomElse(i) || j+1 >= len(rd.tokens) || rd.tokens[j].kind != word || rd.tokens[j].first {
		return false
	}
	switch rd.tokens[j].low {
	case "present":
		return rd.ends(j+1) && !rd.tokens[i].marks.has(short)
	case "to":
		return len(rd.tokens[i].low) < 3 && rd.task(j+1)
	case "was", "is", "has", "had", "not", "very", "now", "still":
		return rd.ofPeople(j) && !rd.mayBeTeam(i, j)
	}
	return mood(rd.tokens[j].low)
}

// mayBeTeam holds for letters that may as well be those of a team or a home, before what
// is done to these, too: NH was informed.
func (rd *reading) mayBeTeam(i, j int) bool {
	if t := &rd.tokens[i]; len(t.low) == 2 && !t.marks.has(short) || len(t.low) == 1 {
		return false
	}
	for j++; j+1 < len(rd.tokens) && between(rd.tokens[j].low); {
		j++
	}
	switch rd.tokens[j].low {
	case "informed", "told", "asked", "advised", "contacted", "phoned", "rung", "bleeped", "assessed", "recalled", "admitted":
		return true
	}
	return false
}
