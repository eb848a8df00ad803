package redaction

import (
	"strconv"
	"strings"
)

// What is asked about a word that may be somebody's name, or about letters: the word
// itself, how it is written, what all other evidence says, and what stands around it, as
// it is written and by its kind.
const (
	nothing      = iota
	ownWord      // the word, if it is one, or the letters
	ownGrades    // how common it is as a word, a given name and a family name
	ownKind      // what kind of word it is
	ownStanding  // a word, a name, or neither
	ownBuild     // how a word that no list has is built, or how long letters are
	ownCase      // its capitals
	ownScore     // what speaks for it, without the names around it
	ownDecision  // what has been decided of it
	elsewhere    // whether it was taken for a name somewhere in the record
	nearWord     // the first of those around it
	nearKind     = nearWord + 2*reach + 1
	countAspects = nearKind + 2*reach + 1
)

// reach is how many tokens are looked at on each side of a word.
const reach = 3

func wordAt(distance int) int { return nearWord + reach + distance }
func kindAt(distance int) int { return nearKind + reach + distance }

// answer is what is said of an aspect, and its hash, which alone is looked up.
type answer struct {
	text string
	hash uint64
}

func say(text string) answer { return answer{text, hashOf(text)} }

func sayEach(n int, text func(i int) string) []answer {
	all := make([]answer, n)
	for i := range all {
		all[i] = say(text(i))
	}
	return all
}

var (
	saidEdge    = say("EDGE") // of the sentence or the text
	saidName    = say("NAME")
	saidHidden  = say("HIDDEN")
	saidNumber  = say("NUMBER")
	saidCode    = say("CODE")
	saidListed  = say("LISTED")  // a name by the lists
	saidStrange = say("STRANGE") // in no list
	saidLeft    = say("LEFT")
	saidWord    = say("WORD")
	saidSmall   = say("SMALL")
	saidCaps    = say("CAPS")
	saidOpens   = say("OPENS")
	saidInside  = say("INSIDE")
	saidNone    = say("NONE")

	saidGrades    = sayEach(8*4*4, func(i int) string { return strconv.Itoa(i>>4) + strconv.Itoa(i>>2&3) + strconv.Itoa(i&3) })
	saidScores    = sayEach(lowestScore+6, func(i int) string { return strconv.Itoa(i - lowestScore) })
	saidDecisions = sayEach(tenths+1, func(i int) string { return "TAKEN" + strconv.Itoa(i) })
	saidBuilds    = sayEach(4, func(i int) string { return strconv.Itoa(i) })
	saidLengths   = sayEach(12, func(i int) string { return strconv.Itoa(i/2) + [2]string{"", "CAPS"}[i%2] })
)

const (
	lowestScore = 12 // below nought
	tenths      = 10
)

// about are the answers of all aspects.
type about [countAspects]answer

// aspects answers everything that is asked about a word.
func (rec *record) aspects(rd *reading, i int) (all about) {
	t := &rd.tokens[i]
	all[ownGrades] = saidGrades[int(t.english)<<4|int(t.given)<<2|int(t.family)]
	switch {
	case t.entry == (entry{}):
		all[ownStanding] = saidStrange
		if t.build == unlooked {
			t.build = rec.lex.buildOf(t.low)
		}
		all[ownBuild] = saidBuilds[t.build]
	case t.english > 0:
		all[ownStanding] = saidWord
	default:
		all[ownStanding] = saidListed
	}
	if t.english > 0 || t.marks&^(given|family) != 0 {
		all[ownWord] = say(t.low)
	}
	rec.surroundings(rd, i, i, rd.scores[i], &all)
	return all
}

// letterAspects answers everything that is asked about letters.
func (rec *record) letterAspects(rd *reading, sign sign) (all about) {
	if !sign.scored {
		sign.score = rec.initialsScore(rd, sign.first, sign.last)
	}
	t := &rd.tokens[sign.first]
	all[ownGrades] = saidGrades[int(t.english)<<4]
	all[ownWord] = say(rd.lettersOf(sign.first, sign.last))
	all[ownBuild] = saidLengths[min(len(all[ownWord].text), 5)*2]
	if t.caps {
		all[ownBuild] = saidLengths[min(len(all[ownWord].text), 5)*2+1]
	}
	all[ownStanding] = saidWord
	if sign.first != sign.last {
		all[ownStanding] = saidCode
	}
	rec.surroundings(rd, sign.first, sign.last, sign.score, &all)
	return all
}

// surroundings answers what is asked of words and letters alike.
func (rec *record) surroundings(rd *reading, first, last int, score float64, all *about) {
	t := &rd.tokens[first]
	all[ownKind] = kindOf(t)
	all[ownCase] = rd.saidCase(first)
	all[ownScore] = saidScores[min(max(int(score)+lowestScore, 0), len(saidScores)-1)]
	all[ownDecision], all[elsewhere] = saidLeft, saidLeft
	if rd.isName(first) {
		all[ownDecision] = saidDecisions[min(int(rd.names[first]*tenths), tenths)]
	}
	if rec.accepted[t.low] {
		all[elsewhere] = saidName
	}
	edge := false
	for at := 1; at <= reach; at++ {
		edge = edge || last+at >= len(rd.tokens) || rd.tokens[last+at].first
		all[wordAt(at)], all[kindAt(at)] = rd.look(last+at, edge)
	}
	edge = false
	for at := 1; at <= reach; at++ {
		edge = edge || first-at < 0 || rd.tokens[first-at+1].first
		all[wordAt(-at)], all[kindAt(-at)] = rd.look(first-at, edge)
	}
}

// look answers how a token beside a word is written, and its kind.
func (rd *reading) look(i int, edge bool) (written, kind answer) {
	if edge {
		return saidEdge, saidEdge
	}
	t := &rd.tokens[i]
	switch {
	case rd.isName(i) || t.kind == opaque && strings.HasPrefix(rd.fold[t.start:], "["+string(Name)):
		return saidName, saidName
	case rd.hidden[i] || t.kind == opaque:
		return saidHidden, saidHidden
	case t.kind == number:
		return saidNumber, saidNumber
	case t.kind == code:
		return saidCode, saidCode
	case t.kind == punct:
		mark := say(t.low)
		return mark, mark
	case t.english == 0 && t.listed():
		return saidListed, saidListed
	case t.entry == (entry{}):
		return saidStrange, saidStrange
	}
	return say(t.low), kindOf(t)
}

func (rd *reading) saidCase(i int) answer {
	t := &rd.tokens[i]
	switch {
	case !t.cased:
		return saidNone
	case t.caps:
		return saidCaps
	case !t.capital:
		return saidSmall
	case rd.opens(i):
		return saidOpens
	}
	return saidInside
}

// kinds are the kinds of words by what the lexicon says of them; the first that holds
// counts.
var kinds = []struct {
	marks marks
	said  answer
}{
	{title, say("TITLE")}, {role, say("ROLE")}, {kin, say("KIN")}, {speaker, say("SPEAKER")}, {act, say("ACT")}, {subject, say("SUBJECT")},
	{object, say("OBJECT")}, {link, say("LINK")}, {determiner, say("DETERMINER")}, {place, say("PLACE")}, {medical, say("MEDICAL")},
	{short | shorthand, say("SHORT")}, {possession, say("POSSESSION")}, {eponymHead, say("HEAD")}, {stop, say("STOP")},
}

// ofKinds are the marks of all kinds: most words have none of them.
var ofKinds = func() (all marks) {
	for i := range kinds {
		all |= kinds[i].marks
	}
	return all
}()

// endingKinds are the kinds of all other words, by how they end.
var endingKinds = []answer{say("ed"), say("ing"), say("ly"), say("s")}

var saidCommon = sayEach(8, func(i int) string { return "COMMON" + strconv.Itoa((i+1)/2) })

func kindOf(t *token) answer {
	if t.marks.has(ofKinds) {
		return kindByMarks(t.marks)
	}
	for i := range endingKinds {
		if strings.HasSuffix(t.low, endingKinds[i].text) {
			return endingKinds[i]
		}
	}
	return saidCommon[t.english]
}

func kindByMarks(m marks) answer {
	i := 0
	for !m.has(kinds[i].marks) {
		i++
	}
	return kinds[i].said
}
