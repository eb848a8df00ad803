package redaction

import "strings"

// What the build of a clause says of a word that may be a name or not, on the
// scale of weigh.go.
const (
	beforeAct     = 1.9 // took, counted: what people do
	bareSubject   = 1.0 // a noun before a verb, without the article that nouns have
	afterHeader   = 2.4 // To: Mark; Art
	beforeRequest = 1.9 // Mark, can you
	beforeKin     = 2.6 // Attracta, wife,
	beforeTask    = 1.2 // Ken to write
)

// bare holds where nothing stands before a word that belongs to a noun: no
// article, number or adjective, nor whose it is. Names stand like that, and most
// nouns do not.
func (rd *reading) bare(i int) bool {
	if i == 0 || rd.tokens[i].first {
		return true
	}
	p := &rd.tokens[i-1]
	switch p.kind {
	case number, code:
		return false
	case word:
		return !p.marks.has(determiner) && !owner(p.low) && p.marks.has(stop|link|object|subject|speaker|act|role|kin)
	}
	return p.low != "'s"
}

// owner holds for words that say whose a thing is.
func owner(low string) bool {
	switch low {
	case "my", "his", "her", "its", "our", "their", "your", "no", "of", "'s":
		return true
	}
	return false
}

// opensClause holds where a subject stands: at the beginning of a sentence and
// after a comma or a word that joins clauses.
func (rd *reading) opensClause(i int) bool {
	if i == 0 || rd.tokens[i].first || rd.opens(i) {
		return true
	}
	switch rd.tokens[i-1].low {
	case ",", ";", "(", "-", "and", "but", "so", "that", "as", "when", "while", "because", "then", "where", "which", "if", "says", "said", "can", "could", "would", "did", "has", "is", "was", "does", "will":
		return true
	}
	return false
}

// again is what a word gains where it may be an ordinary one, for having been
// taken for a name elsewhere in the record.
func (rec *record) again(rd *reading, i int) float64 {
	t := &rd.tokens[i]
	if t.marks.has(stop|medical|eponym) && t.given < 2 && t.family < 3 || t.marks.has(stop|bareEponym) || !rd.bare(i) || rd.monthItself(i) {
		return 0
	}
	right := rec.rightOf(rd, i)
	switch {
	case rd.doneBy(i) || right >= beforeSubject && t.proper():
		return saidBefore + beforeSubject
	case right < 0 || rd.goesOnAsNoun(i+1) && right == 0:
		return 0
	case t.proper() || t.family > 2 && rd.opensClause(i):
		return saidBefore
	case right > 0:
		return saidBefore * 3 / 4
	case !t.cased && i > 0 && rd.beside(i) && rd.tokens[i-1].marks.has(object) && (t.family > 1 || t.given > 1):
		return saidBefore / 2 // checked by gold
	case t.given > 1 && rd.opensClause(i):
		return saidBefore / 2
	}
	return 0
}

// doneBy holds before a verb in the past.
func (rd *reading) doneBy(i int) bool {
	j := i + 1
	if j >= len(rd.tokens) || rd.tokens[j].first {
		return false
	}
	n := &rd.tokens[j]
	return n.kind == word && n.english > 0 && strings.HasSuffix(n.low, "ed") && (!n.capital || !n.cased)
}

// goesOnAsNoun holds where what follows belongs to a noun, or to a verb that the
// word may be.
func (rd *reading) goesOnAsNoun(j int) bool {
	if j >= len(rd.tokens) || rd.tokens[j].first {
		return false
	}
	switch n := &rd.tokens[j]; n.low {
	case "of", "that", "in", "for", "this", "the", "a", "an", "it", "we", "you", "they", "i", "someone", "somebody", "all", "is", "this's":
		return true
	default:
		return n.kind == number || n.marks.has(determiner)
	}
}

// inBed holds before "in bed 6".
func (rd *reading) inBed(j int) bool {
	return rd.tokens[j].low == "in" && j+1 < len(rd.tokens) && rd.bedNumber(j+1)
}

// worker holds for what colleagues have: a shift, a break.
func worker(low string) bool {
	switch low {
	case "shift", "break", "handover", "statement", "desk", "locker", "rota", "login", "log-in", "initials", "signature", "entry", "handwriting", "bleep", "smartcard", "badge", "manager", "line", "account", "opinion", "advice", "view", "request", "behalf", "name", "query", "question", "radio", "round", "bike", "arm", "wrist", "back", "head":
		return true
	}
	return false
}

// again holds for words of time and manner that say nothing of what they follow.
func again(low string) bool {
	switch low {
	case "again", "twice", "once", "today", "tomorrow", "yesterday", "later", "please", "back", "early", "late", "straight", "alone", "here", "there", "directly", "personally", "x2", "x3", "last", "next", "yday":
		return true
	}
	return false
}

// requests holds for "could Rose please", "has Mark been".
func (rd *reading) requests(j, i int) bool {
	switch rd.tokens[j].low {
	case "could", "can", "would", "did", "does", "has", "had":
	default:
		return false
	}
	if j < i-1 || !rd.opensClause(j) || i+1 >= len(rd.tokens) || !rd.givenName(i) {
		return false
	}
	switch n := &rd.tokens[i+1]; n.low {
	case "please", "kindly", "pls", "not", "been", "have", "also":
		return true
	default:
		return n.marks.has(stop) && n.english > 0 && !n.marks.has(link|determiner)
	}
}

// givenName holds for a given name, with a capital where capitals tell.
func (rd *reading) givenName(i int) bool {
	t := &rd.tokens[i]
	return t.given > 1 && (t.proper() || !t.cased)
}

// lettered holds before a letter that stands for a family name: Rose T.
func (rd *reading) lettered(i, j int) bool {
	t, n := &rd.tokens[i], &rd.tokens[j]
	if n.kind != word || len(n.low) != 1 || !n.capital && n.cased || !n.spaced || n.low == "i" || n.low == "a" || t.given < 2 || t.cased && !t.proper() {
		return false
	}
	if !t.cased {
		return t.given > 2 && !t.marks.has(stop|month|medical) && !strings.Contains("wcdxns", n.low) && rd.bare(i) && (rd.ends(j+1) || rd.tokens[j+1].marks.has(subject|act|speaker))
	}
	return j+1 >= len(rd.tokens) || rd.tokens[j+1].kind == punct || rd.tokens[j+1].first
}

// nounFollows holds where a word stands before a noun that it describes.
func (rd *reading) nounFollows(j int) bool {
	if !rd.free(j) || rd.tokens[j].first || rd.tokens[j].capital && rd.tokens[j].cased {
		return false
	}
	n := &rd.tokens[j]
	return n.english > 0 && n.given < 2 && (n.family < 3 || n.cased) && !again(n.low) && !n.marks.has(stop|subject|object|link|determiner|role|kin|act|speaker) && !feeling(n.low) &&
		!strings.HasSuffix(n.low, "ed") && !strings.HasSuffix(n.low, "ly") && !strings.HasSuffix(n.low, "ing")
}

// describesThing holds for a word with a capital before a thing of two words, of which
// the second is one that has its maker's name: Kendrick extrication device.
func (rd *reading) describesThing(i, j int) bool {
	t := &rd.tokens[i]
	return t.proper() && t.given < 2 && rd.bare(i) && !(i > 0 && rd.tokens[i-1].marks.has(role|kin|title)) && rd.nounFollows(j) && rd.free(j+1) && rd.beside(j+1) && rd.tokens[j+1].marks.has(eponymHead) && !rd.tokens[j+1].capital
}

// header holds for the word of a line "To: Mark; Art" that says who it is to.
func (rd *reading) header(j int) bool {
	if !rd.tokens[j].newline {
		return false
	}
	switch rd.tokens[j].low {
	case "to", "from", "cc", "bcc", "attn", "fao":
		return true
	}
	return false
}

// addressed holds where a letter's beginning or a request stands behind a word:
// "Mark, can you look".
func (rd *reading) addressed(i int) bool {
	if i+2 >= len(rd.tokens) || rd.tokens[i+1].low != "," && !(rd.tokens[i+1].low == "-" && rd.tokens[i+1].spaced) || !rd.opens(i) {
		return false
	}
	if rd.tokens[i].newline && rd.tokens[i+2].newline {
		return true
	}
	switch rd.tokens[i+2].low {
	case "can", "could", "please", "pls", "you", "thanks", "thank", "would", "have", "did", "do", "are", "i", "i'm", "hi", "just":
		return true
	}
	return false
}

// likened holds for what describes things by others: rose coloured.
func likened(low string) bool {
	switch low {
	case "coloured", "colored", "shaped", "sized", "scented", "flavoured", "flavored", "based", "related", "tinged", "stained", "like":
		return true
	}
	return false
}

// command holds for names that are verbs by which somebody is told what to do.
func command(low string) bool {
	switch low {
	case "page", "sue", "chase", "lance", "pat", "mark", "bob", "rob", "grant", "bill", "nick", "josh", "tug", "drew", "wade", "skip", "don", "dot", "peg", "trace", "sally", "carol":
		return true
	}
	return false
}

// adverb holds for small words that stand between somebody and what they did.
func adverb(t *token) bool {
	switch t.low {
	case "just", "then", "also", "never", "always", "still", "now", "only", "nearly", "already", "later", "kindly", "quickly", "immediately", "promptly", "again", "both", "had", "has", "have":
		return true
	}
	return false
}

// does answers what a verb of people says of the word before it.
func (rd *reading) does(i, j int) float64 {
	t, n := &rd.tokens[i], &rd.tokens[j]
	switch {
	case t.marks.has(eponym) && t.given < 2:
		return 0
	case t.family > 2 && t.english > 0 && !t.cased && rd.opensClause(i) && rd.bare(i) && !t.marks.has(stop|medical|place|role|kin|eponymHead|possession|thing|month|short):
		return beforeAct + alonePeople // WISE DIALLED 2222
	case t.given > 1 || t.english == 0:
		return beforeAct
	case t.proper() && !rd.opens(i):
		return beforeSubject
	case strings.HasSuffix(n.low, "ed") || strings.HasSuffix(n.low, "ing"):
		return 0
	}
	return beforeSubject
}

// staffRole holds for a word that a colleague is called by before the name.
func (rd *reading) staffRole(i int) bool {
	if !rd.free(i) || !rd.tokens[i].marks.has(role) || rd.plural(i) {
		return false
	}
	switch rd.tokens[i].low {
	case "patient", "pt", "client", "resident", "inpatient", "outpatient", "baby", "infant", "twin", "team", "staff", "ward", "bank", "agency", "charge", "donor",
		"lead", "crisis", "security", "crew", "conservative", "ambulance", "nursery", "respiratory", "orthopaedic", "anaesthetic", "domestic", "teaching", "dinner", "assistant", "student", "en", "cons":
		return false
	}
	return true
}

// monthOfBirth holds for a month in the place of a person: asked May, June rang.
func (rd *reading) monthOfBirth(i int) bool {
	if i+1 < len(rd.tokens) && rd.tokens[i+1].kind == number {
		return false
	}
	if i > 1 && rd.tokens[i-1].low == "(" && rd.tokens[i-2].marks.has(role|kin) {
		return true
	}
	if rd.free(i+1) && rd.beside(i+1) && rd.tokens[i].proper() && rd.tokens[i+1].proper() && rd.tokens[i+1].family > 1 && !rd.tokens[i+1].marks.has(place) {
		return true // July Thatcher, where no word for a time stands before
	}
	if rd.free(i+1) && rd.beside(i+1) && !rd.tokens[i].cased && rd.tokens[i+1].family > 1 && rd.free(i+2) && rd.tokens[i+2].marks.has(act|speaker) {
		return true // MAY SHEPHERD SHOUTED
	}
	if i > 1 && rd.tokens[i-1].low == "by" && careOf(rd.tokens[i-2].low) && (i == 2 || rd.tokens[i-3].low != "be" && rd.tokens[i-3].low != "not") || i > 1 && rd.handsTo(i-1) && rd.tokens[i-2].low != "given" {
		return true
	}
	if i+1 < len(rd.tokens) && (rd.tokens[i+1].low == "who" || rd.opensClause(i) && rd.tokens[i+1].low != "the" && rd.roleAfter(i+1)) {
		return true // June from catering
	}
	if rd.free(i-1) && rd.beside(i) {
		p := &rd.tokens[i-1]
		if p.marks.has(object) && p.marks.has(subject|speaker|act) || p.low == "with" || p.low == "w" || p.low == "ring" {
			return true
		}
		if !rd.opensClause(i) {
			return false
		}
	}
	if !rd.free(i+1) || rd.tokens[i+1].first {
		return false
	}
	switch n := &rd.tokens[i+1]; n.low {
	case "was", "is", "were", "saw", "needs", "works":
		return false
	default:
		return n.marks.has(speaker | act | subject)
	}
}

// cameFrom holds for somebody from somewhere: Page from the service desk.
func (rd *reading) cameFrom(i, j int) bool {
	t := &rd.tokens[i]
	if !rd.free(j+1) || !rd.bare(i) || t.given < 2 && t.family < 3 || t.marks.has(stop|medical) {
		return false
	}
	n := &rd.tokens[j+1]
	return (t.capital || !t.cased) && t.english != 1 && (n.low == "the" || n.marks.has(place|role))
}

// monthItself holds where a month can be nothing else: in April, May 2025.
func (rd *reading) monthItself(i int) bool {
	if !rd.tokens[i].marks.has(month) {
		return false
	}
	if i+1 < len(rd.tokens) && rd.tokens[i+1].kind == number {
		return true
	}
	if i == 0 {
		return false
	}
	switch rd.tokens[i-1].low {
	case "in", "since", "last", "next", "until", "till", "early", "late", "mid", "this", "during", "before", "after", "of", "every":
		return true
	}
	return rd.tokens[i-1].kind != word && rd.tokens[i-1].kind != punct
}

// calledByRole holds for a role that people are addressed with: Matron Blood.
func calledByRole(low string) bool {
	switch low {
	case "sister", "matron", "nurse", "sr", "sn", "ssn", "midwife", "constable", "sergeant", "sgt", "pc", "inspector", "professor", "judge", "chaplain", "acp", "sho", "reg", "spr", "consultant", "registrar", "locum", "hca", "rn", "rmn", "odp", "cpn", "physio", "pharmacist", "paramedic", "porter", "carer", "technician", "radiographer", "phlebotomist", "surgeon", "anaesthetist", "physiotherapist", "receptionist":
		return true
	}
	return false
}

// bedNumber holds for "bay 2", where somebody lies.
func (rd *reading) bedNumber(j int) bool {
	switch rd.tokens[j].low {
	case "bay", "bed", "room", "theatre", "cubicle", "chair":
		return j+1 < len(rd.tokens) && rd.tokens[j+1].kind != word && rd.tokens[j+1].kind != punct
	}
	return false
}

// givenBefore holds where a given name stands before a family name.
func (rd *reading) givenBefore(i int) bool {
	return rd.free(i-1) && rd.beside(i) && rd.tokens[i-1].given > 0 && rd.tokens[i-1].proper()
}

// relation holds where what follows says whose relative somebody is: ", wife,"
// and "(son)".
func (rd *reading) relation(j int) bool {
	if p := rd.tokens[j].low; p != "(" && p != "," || j+2 >= len(rd.tokens) {
		return false
	}
	if owner(rd.tokens[j+1].low) || rd.tokens[j+1].low == "the" {
		if j++; j+2 >= len(rd.tokens) {
			return false
		}
	}
	n, after := &rd.tokens[j+1], &rd.tokens[j+2]
	return n.kind == word && n.marks.has(kin) && !n.first && (after.kind == punct && after.low != "'s" && after.low != "/" || after.first)
}

// noModal holds where no modal verb can stand: by will, asked will to.
func (rd *reading) noModal(i int) bool {
	if !modalName(rd.tokens[i].low) || !rd.free(i-1) || !rd.beside(i) || !rd.tokens[i-1].marks.has(object) || i+1 >= len(rd.tokens) {
		return false
	}
	n := &rd.tokens[i+1]
	return n.kind == punct || n.first || n.marks.has(subject|link|act) || n.low == "at" || n.low == "in" || n.low == "from"
}
