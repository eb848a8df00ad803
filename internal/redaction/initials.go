package redaction

import "strings"

// What speaks for two or three letters' standing for a person, on the scale of
// weigh.go.
const (
	twoLetters     = -1.0
	threeLetters   = -2.6
	threeUnknown   = -0.6 // which abbreviate nothing that is known
	abbreviation   = -2.6
	rareShort      = 0.9  // two capitals that few abbreviate anything to
	rareSmall      = 0.4  // the same in small letters, or where all are capitals
	lessRare       = -0.6 // what is noted of patients now and then
	noAbbreviation = 1.1  // two capitals that nothing is abbreviated to
	smallLetters   = -0.6
	dotted         = 1.6 // J.S.

	afterSigning  = 3.6
	afterShort    = 4.2 // d/w, s/b
	besideLetters = 4.6 // JT and SM
	byAgent       = 1.0
	initialsRole  = 3.2
	initialsTold  = 1.6
	initialsAt    = 1.0
	beforeSaying  = 2.6
	beforeDoing   = 1.4
	beforeDeed    = 3.8  // took the bloods
	beforeTheRole = 4.4  // (SHO)
	beforeMore    = -2.6 // a word that the letters would describe
	asSignature   = 4.2  // before a new sentence, or at the very end
	ofKnownPerson = 3.4
	ofSomebody    = 2.4 // the first letters of a name that stands in the record
	whose         = 3.0 // BT's mum
	inParts       = 2.2 // McG, CO'B, SB-J
)

// letters are tokens, first to last, that may stand for a person.
type letters struct{ first, last int }

// sign is letters, and what spoke for them when they were looked at last, unless names
// have been found since.
type sign struct {
	letters
	score  float64
	scored bool
}

// findLetters gathers the letters that may stand for people.
func (rd *reading) findLetters() {
	for i := range rd.tokens {
		if !rd.mayBeLetters(&rd.tokens[i]) {
			continue
		}
		if last := rd.lettersAt(i); last >= 0 {
			rd.signs = append(rd.signs, letters{i, last})
			if last > i || rd.ends(i+1) || !rd.smallWord(i) {
				rd.open = append(rd.open, sign{letters: letters{i, last}})
			}
		}
		if t := &rd.tokens[i]; len(t.low) == 1 && t.newline {
			rd.signedWithLetter(i)
		}
	}
}

// mayBeLetters holds for all tokens that lettersAt answers something for, and few
// others.
func (rd *reading) mayBeLetters(t *token) bool {
	switch n := len(t.low); {
	case t.kind != word || n > 5 || rd.severalOf(t):
		return false
	case n > 2 && !t.capital:
		return n == 3 && (t.entry == (entry{}) || t.low[1] == '-')
	case n > 3:
		return rd.fold[t.end-1] != rd.low[t.end-1]
	case n == 2:
		return t.caps || !t.capital && (!t.cased || t.english == 0)
	}
	return true
}

// severalOf holds for an abbreviation of the trade in capitals with a small s: MIs, PVCs.
func (rd *reading) severalOf(t *token) bool {
	one, ok := strings.CutSuffix(t.low, "s")
	return ok && t.capital && len(one) > 1 && rd.fold[t.end-1] == 's' && rd.fold[t.end-2] < 'a' && rd.lex.words.get(one).marks.has(short|shorthand|medical)
}

// initials takes letters that stand for a person: what somebody signed with,
// and what colleagues call one another by. It says whether there are letters
// that it has not taken.
func (rec *record) initials(rd *reading) bool {
	if len(rd.open) == 0 {
		return false
	}
	accepted := map[string]bool{}
	for _, sign := range rd.signs {
		if rd.isName(sign.first) {
			accepted[rd.lettersOf(sign.first, sign.last)] = true
		}
	}
	left, fresh := true, true
	for round := 0; fresh && round < mostRounds; round++ {
		rd.forgetScores()
		left, fresh = rec.lookAtLetters(rd, accepted)
	}
	if fresh {
		rd.forgetScores()
	}
	return left
}

// lookAtLetters goes over the letters once. It says whether it has left any, and whether
// it has taken any.
func (rec *record) lookAtLetters(rd *reading, accepted map[string]bool) (left, fresh bool) {
	for n := range rd.open {
		sign := &rd.open[n]
		i, last := sign.first, sign.last
		if rd.isName(i) || last == i && rd.smallWord(i) {
			continue
		}
		letters := rd.lettersOf(i, last)
		s, position := rec.lettersThemselves(rd, i, last)
		if !accepted[letters] && s+max(mostLeft+mostRight, position) <= 0 {
			left = true
			continue
		}
		s = rd.lettersBeside(i, last, s, position)
		sign.score, sign.scored = s, true
		if accepted[letters] {
			s += rd.initialsAgain(i, last)
		}
		if s <= 0 {
			left = true
			continue
		}
		fresh = true
		accepted[letters] = true
		for j := i; j <= last; j++ {
			rd.name(j, min(confidence(s), 0.9))
		}
	}
	return left, fresh
}

// forgetScores forgets what spoke for letters before more names were found.
func (rd *reading) forgetScores() {
	for n := range rd.open {
		rd.open[n].scored = false
	}
}

// mostRounds is how often letters are looked at that others explain.
const mostRounds = 3

// lettersAt answers the last token of the initials that begin at token i, or -1
// for none: JS, j.s., J. S.
func (rd *reading) lettersAt(i int) int {
	if !rd.free(i) || rd.fixedPhrase(i) || i > 0 && numberedThing(rd.tokens[i-1].low) && rd.numberFollows(i) && len(rd.tokens[i+1].low) > 3 {
		return -1
	}
	t := &rd.tokens[i]
	if t.low == "y" && i > 0 && (rd.tokens[i-1].kind == number || rd.tokens[i-1].kind == opaque) && i+2 < len(rd.tokens) && rd.tokens[i+2].low == "o" {
		return -1 // 91 y.o.
	}
	if len(t.low) > 2 && rd.inParts(i) {
		return i
	}
	if len(t.low) == 1 {
		if i+2 < len(rd.tokens) && rd.tokens[i+1].low == "." && rd.free(i+2) && (len(rd.tokens[i+2].low) == 1 || rd.inParts(i+2)) && !rd.tokens[i+1].spaced && t.capital == rd.tokens[i+2].capital && (i == 0 || rd.tokens[i-1].low != "." || rd.tokens[i-1].spaced || rd.tokens[i].spaced) {
			if rd.thirdLetter(i + 4) {
				return i + 4
			}
			return i + 2
		}
		return -1
	}
	if len(t.low) > 3 || !t.caps && (t.capital || len(t.low) == 3 && !rd.lastWord(i) && !monogram(t) || len(t.low) == 2 && t.cased && t.english > 0) {
		return -1
	}
	if i > 0 && !t.spaced && rd.tokens[i-1].kind != word && rd.tokens[i-1].low != "(" && rd.tokens[i-1].low != ":" && rd.tokens[i-1].low != "/" && rd.tokens[i-1].low != "&" && rd.tokens[i-1].low != "\"" {
		return -1
	}
	return i
}

// thirdLetter holds at the third of three letters with stops between: L.R.H.
func (rd *reading) thirdLetter(i int) bool {
	return rd.free(i) && len(rd.tokens[i].low) == 1 && rd.tokens[i-1].low == "." && !rd.tokens[i-1].spaced && !rd.tokens[i].spaced && rd.tokens[i].capital == rd.tokens[i-2].capital
}

// lastWord holds for letters that no list has, alone at the end of a text or of a
// line: jcw.
func (rd *reading) lastWord(i int) bool {
	return rd.tokens[i].entry == (entry{}) && rd.tokens[i].first && i > 0 && (i == len(rd.tokens)-1 || rd.tokens[i+1].newline)
}

// monogram holds for three letters that no list has and nobody could say: rdm.
func monogram(t *token) bool {
	return t.entry == (entry{}) && len(t.low) == 3 && !strings.ContainsAny(t.low[1:], "aeiouy")
}

// standsOut holds for capitals among words that are not all in capitals.
func (rd *reading) standsOut(i int) bool {
	return rd.tokens[i].caps && (rd.tokens[i].cased || rd.tokens[i].lowered || rd.amongSmall(i))
}

// amongSmall holds where what stands around a part of a sentence that has nothing
// but short words and capitals is mostly in small letters. It is found out once.
func (rd *reading) amongSmall(i int) bool {
	t := &rd.tokens[i]
	if t.among == uncounted {
		t.among = rd.countAround(i)
	}
	return t.among == mostlySmall
}

// among says what stands around a word.
type among uint8

const (
	uncounted among = iota
	mostlySmall
	mostlyCapitals
)

func (rd *reading) countAround(i int) among {
	const around = 12
	small, capitals := 0, 0
	tokens := rd.tokens[max(0, i-around):min(len(rd.tokens), i+around)]
	for j := range tokens {
		switch t := &tokens[j]; {
		case t.kind != word || len(t.low) < 3:
		case t.caps:
			capitals++
		default:
			small++
		}
	}
	if small > 2*capitals+1 {
		return mostlySmall
	}
	return mostlyCapitals
}

func (rd *reading) lettersOf(i, last int) string {
	if i == last {
		return rd.tokens[i].low
	}
	var out []byte
	for ; i <= last; i++ {
		if rd.tokens[i].kind == word {
			out = append(out, rd.tokens[i].low...)
		}
	}
	return string(out)
}

// initialsScore is what speaks for letters' standing for a person.
func (rec *record) initialsScore(rd *reading, i, last int) float64 {
	s, position := rec.lettersThemselves(rd, i, last)
	return rd.lettersBeside(i, last, s, position)
}

// lettersThemselves scores letters without what stands beside them, and answers what
// their position may say instead of that.
func (rec *record) lettersThemselves(rd *reading, i, last int) (s, position float64) {
	t := &rd.tokens[i]
	position = rd.position(i, last)
	somebody := position > 0 || rd.somebodyAt(i, last)
	s = twoLetters
	switch {
	case last > i:
		s = twoLetters + dotted
		if letters := rd.lettersOf(i, last); medicalDots(letters) && !somebody && !rd.tokens[last].spaced || len(letters) == 3 && rd.lex.marks(letters).has(short|medical) {
			s += 2 * abbreviation
		}
	case rd.inParts(i):
		s = twoLetters + inParts
	case monogram(t):
		s = threeUnknown + noAbbreviation
	case len(t.low) == 3 && rd.standsOut(i) && t.entry == (entry{}):
		s = threeUnknown
	case len(t.low) == 3:
		s = threeLetters
	}
	if last == i && rd.standsForNothing(i) {
		s += rd.nothingElseMeant(i)
	}
	agent := rd.agent(i)
	if last == i && neverInitials(t.low, agent || somebody) && !rd.noTime(i, last) && !rd.unitInCapitals(i) {
		s += 3 * abbreviation
	}
	if last == i && t.marks.has(short|medical|stop|role|title|place|thing|object) && !rd.unitInCapitals(i) {
		if somebody || t.marks&(short|medical|stop|role|title|place|thing|object) == short && !t.marks.has(shorthand) && len(t.low) == 2 {
			s += rd.rarely(i)
		} else {
			s += abbreviation
		}
		if (t.cased || agent) && t.marks.has(stop) {
			s -= abbreviation / 2 // SO, where capitals are not the rule
		}
	}
	if last == i && noted(t.low) && rd.even(i) && !somebody && !agent {
		s += abbreviation
	}
	if last == i && rd.partOfCode(i) {
		s += 2 * abbreviation
	}
	if last == i && !t.caps {
		s += smallLetters
		if t.english > 0 && t.english < 7 && sayable(t.low) && t.english > 1 {
			s += abbreviation
		}
	}
	if last == i && t.marks.has(role|title|place) && !somebody {
		s += abbreviation // which do what people do
	}
	if t.english > 0 && t.english < 4 && !t.cased && last == i && len(t.low) == 3 {
		s += 2 * abbreviation
	}
	if agent {
		s += byAgent
	}
	switch letters := rd.lettersOf(i, last); {
	case rec.known.initials[letters]:
		s += ofKnownPerson
	case rec.monograms[letters] && (t.caps || last > i):
		s += ofSomebody
	}
	return s, position
}

// lettersBeside adds to what letters say themselves what stands beside them, or their
// position if that says more.
func (rd *reading) lettersBeside(i, last int, s, position float64) float64 {
	left := rd.initialsLeft(i)
	if s+max(left+mostRight, position)+saidBefore-3*abbreviation <= 0 {
		return s + max(left, position)
	}
	right := rd.initialsRight(i, last)
	if position > 0 && position > left+right {
		return s + position
	}
	return s + left + right
}

// The most that what stands before letters and what follows them says for them: where
// that would not do, it is not asked.
const (
	mostLeft  = besideLetters
	mostRight = asSignature + beforeDoing
)

// neverInitials are the abbreviations that stand where people sign: who is
// not named but has done it, and, unless somebody is said to have, what was done.
func neverInitials(low string, agent bool) bool {
	switch low {
	case "re", "fw", "gp", "gps", "ot", "ots", "pt", "pts", "ed", "ir", "oh", "ig", "ho", "itu", "icu", "hdu", "ccu", "uk", "hca", "rn", "rmn", "sn", "mdt", "cpn", "slt", "nhs", "a&e", "we", "me", "us", "it", "dr", "mr", "mrs", "ms", "ae", "hv", "dn", "sho", "spr", "reg", "son", "mum", "dad", "ltd", "plc", "cqc", "ico", "dna", "pc", "pcs", "pmr", "the", "and", "for", "him", "her", "them", "am", "pm", "my", "his", "hr", "id", "st", "fy", "f1", "dob", "nok":
		return true
	case "amu", "eau", "mau", "sau", "cdu", "asu", "hasu", "scbu", "nicu", "picu", "sdec", "utc", "miu", "pau", "epu", "mtc", "opd", "dau", "anc", "cmht", "crht", "cmw", "msw", "hcsw", "tvn", "dsn", "cns", "anp", "acp", "ahp", "amhp", "imha", "imca", "ecp", "emt", "rrv", "fru", "nqp", "nqn", "cfr", "ipc", "ipcn", "mso", "cdlo", "pals", "cad", "ref":
		return true // wards, teams and posts, which do what people do
	case "bp", "rr", "bm", "bms", "iv", "im", "sc", "po", "pr", "pv", "sl", "ng", "ct", "mri", "abg", "vbg", "ecg", "ctg", "cxr", "fbc", "crp", "inr", "gcs", "obs", "bd", "od", "tds", "qds", "prn", "mg", "ml", "kg", "cm", "mm", "cd", "tto", "tta", "ttos", "o2", "msu", "ok", "hb", "na", "ns", "iii", "ii", "vi", "qc", "tv", "pe", "dvt", "mi", "uti", "ivi", "picc", "ngt", "peg", "tpn", "pca", "mar", "epr", "otc", "gtn", "hrt", "ppe", "rta", "rtc", "iop", "bmi", "lp", "lps", "npo", "nbm", "eol", "dnr", "ncs", "mh", "lmp", "edd", "fmf", "bpm", "rv", "dx", "hx", "tx", "rx", "ix", "fx", "gi":
		return !agent
	}
	return false
}

// agent holds where the word before says that a person follows.
func (rd *reading) agent(i int) bool {
	if i == 0 {
		return false
	}
	switch rd.tokens[i-1].low {
	case "by", "disp", "dispd", "chk", "chkd", "ck", "signed", "initials", "initialled", "sig", "signature":
		return true
	case "labelled", "dispensed", "checked", "drawn", "prepared":
		// labelled AC checked IM
		return i+1 < len(rd.tokens) && signing(rd.tokens[i+1].low) || i > 2 && signing(rd.tokens[i-3].low)
	}
	return false
}

// medicalDots are abbreviations that people write with stops.
func medicalDots(letters string) bool {
	switch letters {
	case "am", "pm", "eg", "ie", "od", "bd", "iv", "im", "sc", "po", "pr", "pv", "do", "cc", "ps", "nb", "tb", "gp", "uk", "us", "ed", "ae", "no", "on", "dd", "ba", "ma", "md", "ac", "pc":
		return true
	}
	return false
}
