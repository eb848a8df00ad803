package redaction

import "strings"

// What the words around a word say, on the scale of weigh.go.
const (
	afterKin       = 2.4
	afterRoleWord  = 1.9
	afterObject    = 1.4 // by, told
	afterLink      = 0.5 // to, that
	afterCalled    = 3.0
	afterMe        = 3.5
	afterArticle   = -2.2
	afterPlaceWord = -0.8 // in, at
	afterNumber    = -0.8
	afterAnd       = 1.5 // somebody and

	beforeSubject   = 1.0 // said, was
	beforeOwn       = 0.8 // 's
	beforeHead      = -3.0
	beforePlaceWord = -3.5
	beforeNumber    = -1.4
	beforeDetail    = 1.6 // (07700 900123), , RN
	beforeStrength  = -6.0

	besideName = 2.3
	saidBefore = 3.2 // taken for a name elsewhere in the record
)

// around scores what stands before and after a word, other names apart.
func (rec *record) around(rd *reading, i int) float64 {
	return rec.leftOf(rd, i) + rec.rightOf(rd, i)
}

// leftOf scores what introduces a word.
func (rec *record) leftOf(rd *reading, i int) float64 {
	j := i - 1
	if j < 0 || rd.tokens[i].first && rd.tokens[j].low != ":" {
		return 0
	}
	comma := false
	if p := &rd.tokens[j]; p.kind == punct && strings.Contains(",:-(\"'/+&=", p.low) {
		comma = p.low == ","
		if j--; j < 0 {
			return 0
		}
	}
	p := &rd.tokens[j]
	apart := j < i-1
	switch {
	case p.kind == number || p.kind == code:
		if apart {
			return 0
		}
		return afterNumber
	case p.kind != word:
		return 0
	case rd.isCalled(j):
		return afterCalled
	case p.low == "i" || p.low == "me" || p.low == "myself":
		if comma {
			return afterMe
		}
		return 0
	case comma && !p.marks.has(kin|role):
		return 0
	case p.marks.has(kin):
		return afterKin
	case p.marks.has(role):
		return afterRoleWord
	case apart:
		return 0
	case p.marks.has(object):
		return afterObject
	case p.marks.has(determiner):
		return afterArticle
	case p.low == "in" || p.low == "at" || p.low == "near":
		return afterPlaceWord
	case p.low == "and" || p.low == "&":
		return 0
	case p.marks.has(link):
		return afterLink
	}
	return 0
}

// isCalled holds for "called" and "named", and for "name is".
func (rd *reading) isCalled(j int) bool {
	switch rd.tokens[j].low {
	case "called", "named", "surname", "forename", "name", "names", "nok", "aka", "signed", "signature", "regards", "sincerely":
		return true
	case "is", "was":
		return j > 0 && rd.tokens[j-1].low == "name"
	}
	return false
}

// rightOf scores what follows a word.
func (rec *record) rightOf(rd *reading, i int) float64 {
	if rd.drug(i) {
		return beforeStrength
	}
	j := i + 1
	s := 0.0
	if j < len(rd.tokens) && rd.tokens[j].low == "'s" {
		s = beforeOwn
		j++
	}
	if j >= len(rd.tokens) || rd.tokens[j].first {
		return s
	}
	n := &rd.tokens[j]
	switch {
	case n.kind == word && n.marks.has(eponymHead) && n.spaced && !rd.hidden[j]:
		return s + beforeHead
	case n.kind == word && n.marks.has(place) && n.spaced && !n.newline:
		return s + beforePlaceWord
	case n.kind == word && n.marks.has(subject):
		return s + beforeSubject
	case n.kind == number && n.spaced && !rd.hidden[j] && s == 0:
		return beforeNumber
	case rd.detail(j):
		return s + beforeDetail
	}
	return s
}

// detail holds where something follows that people have: a role, a number that
// identifies, an age.
func (rd *reading) detail(j int) bool {
	if rd.hidden[j] {
		return true
	}
	if p := rd.tokens[j].low; p != "(" && p != "," && p != "-" {
		return false
	}
	if j++; j >= len(rd.tokens) {
		return false
	}
	n := &rd.tokens[j]
	if rd.hidden[j] || n.kind == word && n.marks.has(role|kin) && !n.first {
		return true
	}
	if age := leading(n); age > 15 && age < 110 && j+1 < len(rd.tokens) {
		after := rd.tokens[j+1].low
		return after == "," || after == ")"
	}
	return false
}

// company scores what the names beside a word say of it.
func (rec *record) company(rd *reading, i int) float64 {
	t := &rd.tokens[i]
	best := 0.0
	if rd.isName(i-1) && rd.beside(i) && len(rd.tokens[i-1].low) > 1 {
		best = max(best, rd.following(i))
	}
	if rd.isName(i+1) && rd.beside(i+1) && !rd.tokens[i+1].first {
		best = max(best, rd.preceding(i))
	}
	if i > 1 && rd.isName(i-2) && !t.first {
		switch mid := &rd.tokens[i-1]; {
		case joiner(mid) && mid.low != ",":
			best = max(best, afterAnd)
		case mid.low == "," && rd.tokens[i-2].family > 0 && t.given > 0:
			best = max(best, afterAnd)
		case mid.low == "-" && !mid.spaced && !t.spaced:
			best = max(best, besideName)
		}
	}
	if i+2 < len(rd.tokens) && rd.isName(i+2) && !rd.tokens[i+1].first && !rd.tokens[i+2].first {
		if mid := &rd.tokens[i+1]; joiner(mid) && t.listed() {
			best = max(best, afterAnd*0.7)
		}
	}
	return best
}

// following is what a name before says of a word: it may be the family name.
func (rd *reading) following(i int) float64 {
	t := &rd.tokens[i]
	if t.cased && !t.capital {
		if rd.tokens[i-1].capital || t.english > 0 {
			return 0
		}
		return besideName
	}
	if t.marks.has(subject) && !t.capital {
		return 0
	}
	if t.english > 0 && t.family > 0 { // the word counts in full as a name now
		return besideName - nameThatIsOne*float64(t.family)
	}
	return besideName
}

// preceding is what a name after says of a word: it may be the given name.
func (rd *reading) preceding(i int) float64 {
	t := &rd.tokens[i]
	switch {
	case t.cased && !t.capital:
		return 0
	case t.given > 0:
		return besideName
	case rd.opens(i), !t.cased:
		if t.marks != 0 && t.family == 0 {
			return 0
		}
		return besideName / 2
	}
	return besideName * 0.8
}
