package redaction

import "strings"

// What the words around a word say, on the scale of weigh.go.
const (
	afterKin       = 2.4
	afterRoleWord  = 1.9
	roleBeforeWord = 1.2 // nurse button gave, where capitals would have told
	afterObject    = 1.4 // by, told
	byOneOfTwo     = 1.3 // by rose, where capitals would have told
	afterLink      = 0.5 // to, that
	afterCalled    = 3.0
	afterMe        = 3.5
	afterArticle   = -2.2
	afterPlaceWord = -0.8 // in, at
	afterNumber    = -0.8
	afterAnd       = 1.5 // somebody and

	beforeSpeaker   = 1.9  // said
	beforePast      = 11.0 // will denies, May went: no modal verb has such a word after it
	beforeSubject   = 1.1  // was
	beforeThing     = -1.4 // an ordinary word before another
	beforeOwn       = 0.8  // 's
	beforeHead      = -4.0
	beforePlaceWord = -5.5
	beforeNumber    = -1.4
	beforeDetail    = 1.6 // (07700 900123), , RN
	beforeStrength  = -6.0

	beforeGrade = -5.0 // an eponym before its grade: Stanford A, Rubin II
	beforeRole  = 1.0  // Siriwan RN
	onTheWard   = -4.6 // staff on Tennyson

	pairOfNames = 1.7 // a given name before a family name, both with capitals
	besideName  = 2.3
	saidBefore  = 3.2 // taken for a name elsewhere in the record
	knownWord   = 2.4 // borne by somebody whom the record knows
)

// around scores what stands before and after a word, other names apart.
func (rec *record) around(rd *reading, i int) float64 {
	t := &rd.tokens[i]
	left, right := rec.leftOf(rd, i), rd.right[i]
	if rd.wardAlone(i) && !rd.givenBeforeFamily(i) {
		return onTheWard
	}
	if flora(t.low) && rd.floraWard(i) {
		return 2 * onTheWard
	}
	if right <= beforePlaceWord && t.given > 1 && rd.tokens[i+1].family > 1 && (left >= afterRoleWord || rd.personOf(i) || rd.agentPair(i)) {
		right = 0 // Neighbour Bill Hill
	}
	if right < 0 && right > beforeHead && !t.cased && rd.givenBeforeFamily(i) && !rd.afterPronoun(i) && (rd.tokens[i+1].family > 2 || rd.personFollows(i+2) && rd.bare(i)) {
		right = 0 // sue butcher, where the second word may be what the first describes
	}
	if t.marks.has(eponym|month) && left < afterRoleWord && !(t.family > 2 && t.proper() && i > 0 && (rd.tokens[i-1].low == "by" || rd.tokens[i-1].low == "under")) && !(t.marks.has(month) && rd.monthOfBirth(i)) {
		left = min(left, 0)
	}
	if left == 0 && right >= beforeSubject && (rd.tokens[i+1].low != "is" || !rd.opens(i)) && t.given > 2 && t.english > 0 && rd.bare(i) {
		right += bareSubject
	}
	return left + right + rd.pair(i) + rd.nickname(i) + rd.agentOf(i) + rd.born(i) + rd.withInitial(i) + rd.aloneInside(i) + rd.oneOfPair(i)
}

// afterPronoun holds where a verb stands: we hope.
func (rd *reading) afterPronoun(i int) bool {
	if i == 0 || rd.tokens[i].first {
		return false
	}
	switch rd.tokens[i-1].low {
	case "i", "we", "you", "they", "he", "she", "it", "who":
		return true
	case "to":
		return rd.tokens[i].low == "hope" || command(rd.tokens[i].low)
	}
	return false
}

// nickname is what a word with a capital gains that stands alone in quotation marks
// where somebody does something, or behind what somebody is: Listener "Jinx".
func (rd *reading) nickname(i int) float64 {
	if i == 0 || i+1 >= len(rd.tokens) || !quoteMark(rd.tokens[i-1].low) || !quoteMark(rd.tokens[i+1].low) || !rd.tokens[i].capital || rd.tokens[i].caps {
		return 0
	}
	if i > 1 && rd.tokens[i-2].kind == word && rd.tokens[i-2].marks.has(role|kin) {
		return afterRoleWord
	}
	if i+2 < len(rd.tokens) && !rd.tokens[i+2].first && rd.tokens[i+2].marks.has(act|speaker) {
		return beforeAct
	}
	return 0
}

// pair is what a word gains for standing beside another as a given name beside
// a family name.
func (rd *reading) pair(i int) float64 {
	t := &rd.tokens[i]
	if t.given > 1 && rd.givenBeforeFamily(i) || t.family > 1 && rd.givenBeforeFamily(i-1) {
		return pairOfNames
	}
	if t.listed() && (rd.comma(i+1) && (rd.labelled(i) || rd.listOrder(i)) || rd.comma(i-1) && (rd.labelled(i-2) || rd.listOrder(i-2))) {
		return 2 * pairOfNames
	}
	return 0
}

func (rd *reading) comma(i int) bool { return i >= 0 && i < len(rd.tokens) && rd.tokens[i].low == "," }

// labelled holds for the family name in "Patient: Savage, Will".
func (rd *reading) labelled(i int) bool {
	if i < 2 || !rd.free(i) || !rd.free(i+2) || rd.tokens[i-1].low != ":" && rd.tokens[i-1].low != "-" || rd.tokens[i+1].low != "," || rd.tokens[i+2].first {
		return false
	}
	return rd.tokens[i-2].marks.has(role|kin) || rd.isCalled(i-2)
}

// personOf tells Basil Hill and Guy Ward, who did something, from Rose Hill and
// Nightingale Ward.
func (rd *reading) personOf(i int) bool {
	if i+1 >= len(rd.tokens) || !rd.beside(i+1) {
		return false
	}
	t, last := &rd.tokens[i], &rd.tokens[i+1]
	if t.given < 2 || last.family < 3 || t.cased && !last.capital {
		return false
	}
	speaks := i+2 < len(rd.tokens) && (rd.tokens[i+2].marks.has(speaker) || rd.hidden[i+2] || rd.detail(i+2))
	switch last.low {
	case "hill", "green", "church", "field", "wood", "bridge", "banks", "hall", "castle", "park":
		before := i > 0 && !rd.tokens[i].first && (rd.tokens[i-1].low == "in" || rd.tokens[i-1].low == "at" || rd.tokens[i-1].low == "to")
		return !before
	}
	return speaks
}

func (rd *reading) givenBeforeFamily(i int) bool {
	if i < 0 || i+1 >= len(rd.tokens) {
		return false
	}
	first, last := &rd.tokens[i], &rd.tokens[i+1]
	if first.given < 2 || last.family < 2 || !rd.free(i) || !rd.free(i+1) || !rd.beside(i+1) || rd.eponymPhrase(i) || rd.eponymPhrase(i+1) || last.marks.has(place) && !rd.personOf(i) || last.marks.has(stop|month|eponymHead|role|kin|medical) || first.marks.has(title|medical|role|kin|place) || first.marks.has(stop) && !first.proper() {
		return false
	}
	if !first.cased || !last.cased {
		return !rd.afterPronoun(i) && (first.english != 1 || first.given > 2 && last.family > 2 && !first.marks.has(stop)) && !last.marks.has(subject)
	}
	return first.proper() && last.proper() && !(rd.free(i+2) && rd.beside(i+2) && rd.tokens[i+2].marks.has(place|eponymHead))
}

// leftOf scores what introduces a word.
func (rec *record) leftOf(rd *reading, i int) float64 {
	j := i - 1
	if j >= 0 && rd.tokens[i].newline && rd.tokens[i].capital && rd.parting(j) {
		return afterCalled
	}
	if j < 0 || rd.tokens[i].first && rd.tokens[j].low != ":" {
		return 0
	}
	comma := false
	if p := &rd.tokens[j]; p.kind == punct && strings.Contains(",:-(\"'/+&=;", p.low) {
		if p.low == ":" && j > 0 && (rd.header(j-1) || rd.tokens[i].capital && rd.tokens[j-1].kind == word && (rd.tokens[j-1].low == "by" || signing(rd.tokens[j-1].low))) {
			return afterHeader
		}
		comma = p.low == "," || p.low == ";"
		if j--; j < 0 {
			return 0
		}
	}
	p := &rd.tokens[j]
	apart := j < i-1
	switch {
	case rd.bothOf(i):
		return afterRoleWord
	case apart && rd.filledIn(i):
		return theirs
	case !apart && rd.shortWith(j) && rd.tokens[i].given > 1 && !rd.tokens[i].marks.has(stop|month):
		return afterObject + byOneOfTwo // s/b rose
	case !apart && rd.tokens[i].given > 2 && !rd.tokens[i].cased && rd.handedTo(j, i):
		return afterObject + byOneOfTwo
	case apart && p.low == "w" && rd.tokens[i-1].low == "/" && rd.tokens[i].given > 1 && !rd.tokens[i].marks.has(stop|month):
		return afterObject + byOneOfTwo // spoke w/ noble
	case p.kind == number || p.kind == code:
		if apart {
			if j > 0 && rd.tokens[i-1].low == ":" && rd.bedNumber(j-1) {
				return afterKin // Bed 4: Rose
			}
			return 0
		}
		if p.kind == code && trainee(p.low) {
			return afterRoleWord // asked f2 gene
		}
		if (p.kind == code && rd.bedCode(j) || j > 0 && rd.bedNumber(j-1) && (rd.personFollows(i+1) || rd.tokens[i].given > 2 && rd.tokens[i].low != "bell" && i+1 < len(rd.tokens) && strings.HasSuffix(rd.tokens[i+1].low, "ing"))) && (rd.tokens[i].given > 1 || rd.tokens[i].family > 2) && !rd.tokens[i].marks.has(subject|act) {
			return afterKin // bed 11 rush went; B2 Hope
		}
		if j > 0 && (constable(rd.tokens[j-1].low) || rd.tokens[j-1].low == "band") {
			return afterKin // PC 4471 Brand
		}
		return afterNumber
	case p.kind != word:
		return 0
	case rd.isCalled(j):
		return afterCalled
	case (p.low == "i'm" || p.low == "im") && !comma && !apart && (rd.tokens[i].proper() || rd.tokens[i].given > 1):
		return afterKin
	case oneself(p.low):
		if comma {
			return afterMe
		}
		return 0
	case comma && !p.marks.has(kin|role):
		return 0
	case rd.requests(j, i):
		return afterKin // could Rose please
	case p.marks.has(role|kin) && feeling(rd.tokens[i].low) && !rd.tokens[i].proper():
		return 0 // family happy
	case p.marks.has(kin) && calledByRole(p.low) && p.proper() && rd.tokens[i].proper() && !apart:
		return 2 * afterRoleWord // Sister Street
	case p.low == "help" && j > 0 && rd.tokens[j-1].low == "home" && !apart:
		return afterRoleWord + roleBeforeWord
	case p.marks.has(kin):
		return afterKin
	case someMan(p.low) && rd.tokens[i].given > 2 && rd.ends(i+1) && j > 0 && !rd.tokens[j-1].marks.has(determiner):
		return afterRoleWord // the security man duke
	case p.marks.has(role) && rd.isName(j):
		return 0 // Mr Cook
	case p.marks.has(role):
		if t := &rd.tokens[i]; calledByRole(p.low) && p.proper() && t.proper() && !apart {
			return 2 * afterRoleWord
		}
		if t := &rd.tokens[i]; !t.cased && (t.english == 0 || t.given > 1 || t.family > 2) && !apart && rd.staffRole(j) && rd.personFollows(i+1) {
			return afterRoleWord + roleBeforeWord
		}
		if t := &rd.tokens[i]; t.proper() && !p.capital && !apart && t.family > 0 && rd.staffRole(j) && rd.personFollows(i+1) {
			return afterRoleWord + 2*roleBeforeWord // the team manager Foot has
		}
		if t := &rd.tokens[i]; !t.cased && !apart && calledByRole(p.low) && rd.staffRole(j) && (t.family > 2 || t.family > 1 && !rd.ofThing(i+1)) && t.english > 0 && !t.marks.has(stop|act|subject) && rd.personFollows(i+1) {
			return afterRoleWord + roleBeforeWord + besideSmall
		}
		return afterRoleWord
	case apart && quoteMark(rd.tokens[i-1].low) && (p.marks.has(object) || rd.reaches(j)) && i+1 < len(rd.tokens) && quoteMark(rd.tokens[i+1].low):
		return afterObject + byOneOfTwo // spoke to "Grace"
	case apart && rd.tokens[i-1].low == "(" && department(p.low):
		return afterObject
	case apart:
		return 0
	case p.low == "said" && j > 0 && (quoteMark(rd.tokens[j-1].low) || rd.tokens[j-1].low == ",") && rd.tokens[i].listed() && rd.ends(i+1):
		return afterKin // "shoes," said peel
	case p.marks.has(speaker) && rd.tokens[i].given > 2 && rd.ends(i+1) && (!rd.tokens[i].cased || rd.tokens[i].proper()):
		return afterObject + byOneOfTwo // says Art
	case p.low == "under" && rd.filed(j) && (rd.tokens[i].given > 1 || rd.tokens[i].family > 2):
		return afterObject + byOneOfTwo
	case p.marks.has(object):
		if t := &rd.tokens[i]; t.given > 1 && (t.english > 0 || t.marks.has(month)) && !t.cased {
			return afterObject + byOneOfTwo
		}
		if t := &rd.tokens[i]; told(p.low) && t.family > 2 && t.english > 1 && !t.cased && rd.ends(i+1) {
			return afterObject + byOneOfTwo
		}
		return afterObject
	case p.low == "that" && rd.tokens[i].proper():
		return afterLink // told him that Joy would come
	case p.low == "that" && rd.tokens[i].given > 2 && !rd.tokens[i].cased && j > 0 && rd.tokens[j-1].marks.has(speaker):
		return afterObject // complained that rose was rude
	case p.low == "its" && rd.tokens[i].english == 0:
		return 0 // for it's
	case p.low == "our" && rd.tokens[i].proper() && rd.tokens[i].given > 2:
		return afterKin // our Rose
	case p.marks.has(determiner):
		if t := &rd.tokens[i]; (p.low == "a" || p.low == "an") && (t.given < 2 || t.marks.has(eponym)) {
			return afterArticle + beforeHead // a McCoy
		}
		return afterArticle
	case p.low == "under" && rd.tokens[i].proper() && (rd.tokens[i].family > 1 || rd.tokens[i].english == 0):
		return afterObject // the care of a consultant
	case p.low == "at" && rd.reaches(j) && !rd.tokens[i].cased && rd.tokens[i].given > 2:
		return afterObject + byOneOfTwo
	case p.low == "at" && rd.reaches(j):
		return afterObject
	case p.low == "in" || p.low == "at" || p.low == "near":
		if rd.tokens[i].marks.has(town) || rd.tokens[i].english > 0 {
			return 3 * afterPlaceWord
		}
		return afterPlaceWord
	case (p.low == "and" || p.low == "&") && j > 0 && oneself(rd.tokens[j-1].low) && (rd.tokens[i].given > 1 || rd.tokens[i].family > 2 && rd.ends(i+1)):
		return afterMe
	case p.low == "and" || p.low == "&":
		return 0
	case p.marks.has(link):
		if rd.reaches(j) {
			if t := &rd.tokens[i]; !t.cased && t.english > 0 && (t.given > 1 || t.family > 2 && t.english > 1 && rd.ends(i+1)) {
				return afterObject + byOneOfTwo
			}
			return afterObject
		}
		return afterLink
	}
	return 0
}

// bedCode holds for a bed that a line of a handover begins with: B2, SR1.
func (rd *reading) bedCode(j int) bool {
	low := rd.tokens[j].low
	if j > 0 && !rd.tokens[j].newline {
		return false
	}
	for _, kind := range []string{"sr", "bed", "bay", "b", "c", "s"} {
		if n, ok := strings.CutPrefix(low, kind); ok && len(n) > 0 && len(n) < 3 && leadingDigits(n) == len(n) {
			return true
		}
	}
	return false
}

// reaches holds for a small word after one that reaches a person: spoke to,
// statement of, covering for.
func (rd *reading) reaches(j int) bool {
	if j == 0 || !rd.beside(j) {
		return false
	}
	if rd.tokens[j].low == "at" && rd.thrown(j) {
		return true
	}
	switch rd.tokens[j-1].low {
	case "spat", "shouted", "swore", "yelled", "lunged", "laughed", "smiled":
		return rd.tokens[j].low == "at" || rd.tokens[j].low == "to"
	case "sent", "faxed", "emailed", "voicemail":
		return rd.tokens[j].low == "to" || rd.tokens[j].low == "for"
	case "spoke", "speak", "spoken", "speaking", "talk", "talked", "talking", "reported", "handed", "belongs", "belong", "belonged", "belonging", "referred", "escalated", "apologised", "apologise", "apology", "listened", "given", "gave", "explained", "according",
		"statement", "behalf", "name", "names", "covering", "prescription", "referral", "letter", "message", "thanks", "care", "kin", "account", "case", "notes", "record", "records", "addressed", "prescribed", "dispensed", "meant", "intended", "labelled", "booked", "swapped", "administered", "allocated", "assigned", "death", "discharge", "assault", "behaviour", "responsible", "concern", "concerned", "complaint", "feedback", "known", "sorry", "grateful", "delegated", "lent", "shown", "passed", "due", "query", "queries", "commend", "proud", "mother", "wife", "daughter", "son", "husband", "father", "patient", "family", "relatives", "partner", "carer", "brother", "sister", "baby", "bloods", "sample", "chart", "drug":
		switch rd.tokens[j].low {
		case "to", "for", "of", "about", "on", "that":
			return true
		}
	}
	return false
}

// handedTo holds between a verb and what was given to somebody, or where somebody was
// taken: gave rose the wrong inhaler; took rose to the toilet.
func (rd *reading) handedTo(j, i int) bool {
	if i+1 >= len(rd.tokens) || rd.tokens[i+1].first {
		return false
	}
	n := &rd.tokens[i+1]
	switch rd.tokens[j].low {
	case "gave", "give", "giving", "handed", "showed", "offered", "sent":
		return n.marks.has(determiner) || owner(n.low)
	case "took", "take", "taking", "walked", "wheeled", "hoisted", "moved", "transferred", "helped", "assisted", "brought":
		return n.low == "to" || n.low == "into" || n.low == "onto" || n.low == "back"
	}
	return false
}

// filed holds for the "under" behind what is done with records: filed under.
func (rd *reading) filed(j int) bool {
	if j == 0 || !rd.beside(j) {
		return false
	}
	switch rd.tokens[j-1].low {
	case "filed", "registered", "listed", "recorded", "entered", "scanned", "saved", "booked", "admitted", "known", "printed", "logged":
		return true
	}
	return false
}

// thrown holds for the "at" behind what somebody throws at somebody: threw her tray
// at.
func (rd *reading) thrown(at int) bool {
	for j := at - 1; j >= 0 && j > at-5 && !rd.tokens[j+1].first; j-- {
		switch rd.tokens[j].low {
		case "threw", "throwing", "throws", "thrown", "chucked", "hurled", "swung", "lunged", "screaming", "shouting", "swearing", "spitting":
			return true
		}
	}
	return false
}

// isCalled holds for "called" and "named", and for "name is".
func (rd *reading) isCalled(j int) bool {
	switch rd.tokens[j].low {
	case "called", "named", "surname", "forename", "name", "names", "nok", "aka", "signed", "signature", "regards", "sincerely":
		return true
	case "is", "was":
		return j > 0 && rd.tokens[j-1].low == "name"
	case "herself", "himself", "themselves", "themself":
		return j > 0 && strings.HasPrefix(rd.tokens[j-1].low, "call")
	case "as":
		return j > 0 && (rd.tokens[j-1].low == "known" || rd.tokens[j-1].low == "name")
	case "done":
		return j > 0 && rd.tokens[j-1].low == "well"
	}
	return false
}
