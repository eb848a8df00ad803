package redaction

import "strings"

// What speaks for two or three letters' standing for a person, on the scale of
// weigh.go.
const (
	twoLetters     = -1.0
	threeLetters   = -2.6
	abbreviation   = -2.6
	rareShort      = -0.9 // two letters that few abbreviate anything to
	noAbbreviation = 0.7  // two capitals that nothing is abbreviated to
	smallLetters   = -0.6
	dotted         = 1.6 // J.S.

	afterSigning  = 3.6
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
)

// initials takes letters that stand for a person: what somebody signed with,
// and what colleagues call one another by. It says whether there are letters
// that it has not taken.
func (rec *record) initials(rd *reading) bool {
	var accepted map[string]bool
	left := false
	for range 2 {
		left = false
		for i := range rd.tokens {
			last := rd.lettersAt(i)
			if last < 0 || rd.isName(i) {
				continue
			}
			s := rec.initialsScore(rd, i, last)
			letters := rd.lettersOf(i, last)
			if accepted[letters] && (rd.tokens[i].caps || last > i || rd.tokens[i].english == 0 && rd.bare(i)) {
				s += saidBefore
			}
			if s <= 0 {
				left = true
				continue
			}
			if accepted == nil {
				accepted = map[string]bool{}
			}
			accepted[letters] = true
			for j := i; j <= last; j++ {
				rd.name(j, min(confidence(s), 0.9))
			}
		}
		if len(accepted) == 0 {
			return left
		}
	}
	return left
}

// lettersAt answers the last token of the initials that begin at token i, or -1
// for none: JS, j.s., J. S.
func (rd *reading) lettersAt(i int) int {
	if !rd.free(i) {
		return -1
	}
	t := &rd.tokens[i]
	if len(t.low) == 1 {
		if i+2 < len(rd.tokens) && rd.tokens[i+1].low == "." && rd.free(i+2) && len(rd.tokens[i+2].low) == 1 && !rd.tokens[i+1].spaced && t.capital == rd.tokens[i+2].capital && (i == 0 || rd.tokens[i-1].low != "." || rd.tokens[i-1].spaced || rd.tokens[i].spaced) {
			return i + 2
		}
		return -1
	}
	if len(t.low) > 3 || !t.caps && (t.cased || t.capital || len(t.low) != 2) {
		return -1
	}
	if i > 0 && !t.spaced && rd.tokens[i-1].kind != word && rd.tokens[i-1].low != "(" && rd.tokens[i-1].low != ":" && rd.tokens[i-1].low != "/" && rd.tokens[i-1].low != "\"" {
		return -1
	}
	return i
}

func (rd *reading) lettersOf(i, last int) string {
	var out []byte
	for ; i <= last; i++ {
		if rd.tokens[i].kind == word {
			out = append(out, rd.tokens[i].low...)
		}
	}
	return string(out)
}

func (rec *record) initialsScore(rd *reading, i, last int) float64 {
	t := &rd.tokens[i]
	s := twoLetters
	switch {
	case last > i:
		s = twoLetters + dotted
		if medicalDots(rd.lettersOf(i, last)) {
			s += 2 * abbreviation
		}
	case len(t.low) == 3:
		s = threeLetters
	}
	if last == i && len(t.low) == 2 && t.caps && t.cased && t.entry == (entry{}) {
		s += noAbbreviation
	}
	if last == i && neverInitials(t.low, rd.agent(i)) {
		s += 3 * abbreviation
	}
	if last == i && t.marks.has(short|medical|stop|role|title|place|thing|object) {
		if t.marks&(short|medical|stop|role|title|place|thing|object) == short && !t.marks.has(shorthand) && len(t.low) == 2 {
			s += rareShort
		} else {
			s += abbreviation
		}
		if (t.cased || rd.agent(i)) && t.marks.has(stop) {
			s -= abbreviation / 2 // SO, where capitals are not the rule
		}
		if !t.cased && t.english == 1 && !rd.agent(i) {
			s += abbreviation // TO BE RECALLED
		}
	}
	if last == i && !t.caps {
		s += smallLetters
		if t.english > 0 {
			s += abbreviation
		}
	}
	if last == i && t.marks.has(role|title|place) {
		s += abbreviation // which do what people do
	}
	if t.english > 0 && t.english < 4 && !t.cased && last == i && len(t.low) == 3 {
		s += 2 * abbreviation
	}
	if rd.agent(i) {
		s += byAgent
	}
	if rec.known.initials[rd.lettersOf(i, last)] {
		s += ofKnownPerson
	}
	return s + rd.initialsLeft(i) + rd.initialsRight(i, last)
}

// neverInitials are the abbreviations that stand where people sign: who is
// not named but has done it, and, unless somebody is said to have, what was done.
func neverInitials(low string, agent bool) bool {
	switch low {
	case "gp", "gps", "ot", "ots", "pt", "pts", "ed", "itu", "icu", "hdu", "ccu", "uk", "hca", "rn", "rmn", "sn", "mdt", "cpn", "slt", "nhs", "a&e", "we", "me", "us", "it", "dr", "mr", "mrs", "ms", "ae", "hv", "dn", "sho", "spr", "reg", "son", "mum", "dad", "ltd", "plc", "cqc", "ico", "dna", "pc", "pcs", "pmr", "the", "and", "for", "him", "her", "them", "am", "pm", "my", "his", "hr", "id", "st", "fy", "f1":
		return true
	case "bp", "rr", "bm", "bms", "iv", "im", "sc", "po", "pr", "pv", "sl", "ng", "ct", "mri", "abg", "vbg", "ecg", "ctg", "cxr", "fbc", "crp", "inr", "gcs", "obs", "bd", "od", "tds", "qds", "prn", "mg", "ml", "kg", "cm", "mm", "cd", "tto", "tta", "ttos", "o2", "msu", "ok", "hb", "na", "ns", "iii", "ii", "vi", "qc", "tv", "pe", "dvt", "mi", "uti", "ivi", "picc", "ngt", "peg", "tpn", "pca", "mar", "epr", "otc", "gtn", "hrt", "ppe", "rta", "rtc", "iop", "bmi", "lp", "lps", "npo", "nbm", "eol", "dnr", "ncs", "mh", "lmp", "edd", "fmf", "bpm":
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

func (rd *reading) initialsLeft(i int) float64 {
	j := i - 1
	if j >= 0 && rd.tokens[j].kind == punct && (rd.tokens[j].low == ":" || rd.tokens[j].low == "(" || rd.tokens[j].low == "-" || rd.tokens[j].low == "," && !rd.lettersBefore(j)) {
		j--
	}
	if j < 0 || rd.tokens[i].first && rd.tokens[i].newline {
		return 0
	}
	p := &rd.tokens[j]
	if signing(p.low) {
		return afterSigning
	}
	switch p.low {
	case "v":
		if j > 1 && rd.tokens[j-1].low == "/" { // r/v
			return afterSigning
		}
	case "w", "d":
		if j > 1 && rd.tokens[j-1].low == "/" { // d/w
			return afterSigning
		}
		return initialsTold
	case "b":
		if j > 1 && rd.tokens[j-1].low == "/" && rd.tokens[j-2].low == "s" { // s/b
			return afterSigning
		}
	case ",":
		if rd.lettersBefore(j) && rd.tokens[i].caps {
			return afterSigning
		}
		return 0
	case "and", "&", "+", "/":
		if rd.lettersAt(j-1) == j-1 && rd.isName(j-1) || rd.isName(j-1) {
			return afterSigning
		}
		return 0
	}
	switch {
	case rd.tokens[i].first:
		return 0
	case p.kind == word && p.marks.has(role|kin) && j == i-1:
		return initialsRole
	case p.kind == word && p.marks.has(object) && j == i-1:
		return initialsTold
	case p.kind == word && p.marks.has(determiner):
		return beforeMore
	case p.kind == number && j == i-1:
		if clock(p.low) {
			return initialsAt // 0930 RC requested
		}
		return beforeMore / 2
	case rd.tokens[i-1].low == "(" && rd.inBrackets(i) && rd.tokens[i].caps && rd.tokens[i].cased && !rd.tokens[i].marks.has(shorthand) && len(rd.tokens[i].low) == 2:
		if rd.abbreviates(i) {
			return 2 * beforeMore
		}
		return initialsTold
	case p.kind == word && strings.HasSuffix(p.low, "ed") && p.english > 0 && j == i-1 && rd.tokens[i].caps && rd.tokens[i].cased:
		return initialsTold // scanned CH
	}
	return 0
}

// signing holds for words that people sign after.
func signing(low string) bool {
	switch low {
	case "by", "disp", "dispd", "chk", "chkd", "ck", "signed", "sig", "initials", "initialled", "checked", "labelled", "dispensed", "witnessed", "countersigned", "prepared", "checker", "completed", "sign", "signature", "signatures", "drawn", "screened", "accuracy", "entered", "typed":
		return true
	}
	return false
}

func (rd *reading) initialsRight(i, last int) float64 {
	j := last + 1
	for j < len(rd.tokens) && rd.tokens[j].low == "." && last > i && !rd.tokens[j].spaced {
		j++
	}
	if j >= len(rd.tokens) {
		if i > 0 && (rd.tokens[i].first || rd.tokens[i].caps && rd.tokens[i-1].low == "-" && rd.tokens[i-1].spaced) {
			return asSignature
		}
		return 0.6
	}
	if adverb(&rd.tokens[j]) && j+1 < len(rd.tokens) && rd.tokens[j+1].marks.has(act|speaker) {
		j++
	}
	n := &rd.tokens[j]
	if rd.tokens[i].first && i > 0 && n.capital && !n.caps && n.english > 0 && n.spaced && n.cased {
		return asSignature
	}
	switch {
	case n.low == "(" && rd.roleInBrackets(j):
		return beforeTheRole
	case n.kind == punct:
		if rd.tokens[i].first && n.low == "." {
			return asSignature
		}
		if joiner(n) && n.low != "," && rd.lettersAt(j+1) > 0 && rd.isName(j+1) {
			return afterSigning
		}
		return 0.4
	case n.low == "and" && rd.lettersAt(j+1) > 0 && rd.isName(j+1):
		return afterSigning
	case signing(n.low):
		return 0.6
	case n.first || n.newline:
		return 0.6
	case n.marks.has(speaker), feeling(n.low) && rd.tokens[i].caps:
		return beforeSaying
	case n.marks.has(act) && rd.deed(j):
		return beforeDeed
	case n.marks.has(subject|act) || n.low == "to" || strings.HasSuffix(n.low, "ing") && n.english > 0 && !n.first:
		return beforeDoing
	case n.kind == number:
		return 0
	case n.english > 0 && !n.marks.has(stop|link|object|determiner) || n.marks.has(medical|short|place):
		return beforeMore
	}
	return 0
}

// deed holds for a verb of people that has, or needs, something done to: took
// the bloods, knows; not for what was done to the letters: ECG reviewed.
func (rd *reading) deed(j int) bool {
	if !strings.HasSuffix(rd.tokens[j].low, "ed") {
		return true
	}
	if j+1 >= len(rd.tokens) || rd.tokens[j+1].first {
		return false
	}
	n := &rd.tokens[j+1]
	return n.marks.has(determiner) || owner(n.low) || n.low == "him" || n.low == "them" || n.low == "me" || n.low == "us"
}

// roleInBrackets holds for "(SHO)" and "(haem cons)".
func (rd *reading) roleInBrackets(j int) bool {
	for k := j + 1; k < len(rd.tokens) && k < j+5; k++ {
		if rd.tokens[k].low == ")" {
			return rd.tokens[k-1].marks.has(role)
		}
	}
	return false
}

// inBrackets holds for letters that stand alone in brackets.
func (rd *reading) inBrackets(i int) bool {
	return i+1 < len(rd.tokens) && rd.tokens[i+1].low == ")"
}

// abbreviates holds for two letters in brackets that the two words before begin
// with: heart rate (HR).
func (rd *reading) abbreviates(i int) bool {
	if i < 3 || rd.tokens[i-2].kind != word || rd.tokens[i-3].kind != word {
		return false
	}
	low := rd.tokens[i].low
	return rd.tokens[i-3].low[0] == low[0] && rd.tokens[i-2].low[0] == low[1]
}

// lettersBefore holds where letters taken for a person stand before a comma.
func (rd *reading) lettersBefore(j int) bool {
	return rd.isName(j-1) && len(rd.tokens[j-1].low) == 2 && rd.tokens[j-1].caps
}
