package redaction

import "strings"

// rightOf scores what follows a word.
func (rec *record) rightOf(rd *reading, i int) float64 {
	if rd.drug(i) {
		return beforeStrength
	}
	s, j := rd.owning(i)
	if j >= len(rd.tokens) || rd.tokens[j].first {
		return s
	}
	if s == 0 && rd.tokens[i].given < 2 && rd.tokens[i].family > 2 && rd.tokens[j].low == "in" && rd.bare(i) && rd.roleAfter(j) {
		return afterKin + beforeDoing // Cross in estates promised
	}
	if s == 0 && rd.tokens[i].given > 1 {
		if said := rd.afterGiven(i, j); said > 0 {
			return said
		}
		if rd.adverbBetween(i, j) {
			j++
		}
	}
	if rd.tokens[j].kind == word {
		return rd.beforeWord(i, j, s)
	}
	return rd.beforeMark(i, j, s)
}

// owning scores the 's behind a word, and answers what follows.
func (rd *reading) owning(i int) (s float64, j int) {
	j = i + 1
	if j >= len(rd.tokens) || rd.tokens[j].low != "'s" {
		return 0, j
	}
	if j++; j >= len(rd.tokens) {
		return beforeOwn, j
	}
	t, n := &rd.tokens[i], &rd.tokens[j]
	if t.marks.has(eponym) && n.kind == word && rd.graded(i, j) {
		return beforeGrade, j // Murphy's neg
	}
	if (n.marks.has(kin|role) || worker(n.low)) && !n.first && (t.given+t.family > 2 || t.family > 1 && n.marks.has(kin)) {
		if n.marks.has(kin) && !t.marks.has(role|kin) {
			return afterKin + alonePeople, j
		}
		return afterKin, j // Bishop's family
	}
	if rd.has(i, j) {
		return theirs, j
	}
	return beforeOwn, j
}

// afterGiven scores what stands behind a given name alone.
func (rd *reading) afterGiven(i, j int) float64 {
	if rd.addressed(i) {
		return beforeRequest
	}
	if rd.inBed(j) || rd.tokens[j].low == "and" && j+1 < len(rd.tokens) && (rd.tokens[j+1].low == "i" || rd.tokens[j+1].low == "myself") {
		return afterKin // Rose in bed 6; Rose and I
	}
	if !rd.tokens[i].marks.has(month) && rd.bare(i) && (rd.roleAfter(j) || rd.onDuty(i, j)) {
		return afterKin + beforeDoing // Art the porter; Mark on nights
	}
	return 0
}

// adverbBetween holds for a word between somebody and what they do.
func (rd *reading) adverbBetween(i, j int) bool {
	return adverb(&rd.tokens[j]) && !(modalName(rd.tokens[i].low) && afterModal(rd.tokens[j].low)) && j+1 < len(rd.tokens) && rd.tokens[j+1].marks.has(act|speaker)
}

// beforeWord scores the word that follows, where s has been said already.
func (rd *reading) beforeWord(i, j int, s float64) float64 {
	t, n := &rd.tokens[i], &rd.tokens[j]
	switch {
	case (n.low == "herself" || n.low == "himself") && rd.bare(i) && t.listed():
		return s + beforeKin
	case s > 0 && n.marks.has(place) && n.marks.has(possession) && t.capital && (!n.capital || !n.cased && t.english == 0 && i > 0 && rd.tokens[i-1].given > 1):
		return s // Lund's house
	case s > 0 && n.low == "ward" && j+1 < len(rd.tokens) && rd.tokens[j+1].low == "round" && t.given > 2:
		return theirs // Grant's ward round
	case n.low == "and" && t.proper() && !rd.opens(i) && j+1 < len(rd.tokens) && rd.tokens[j+1].low == "i" && t.listed():
		return s + afterKin // Field and I
	case n.marks.has(eponymHead) && n.spaced && !rd.hidden[j]:
		if t.given > 1 && !t.marks.has(eponym) && t.proper() && n.proper() && n.family > 0 {
			return s // Hazel Heart
		}
		return s + beforeHead
	case s == 0 && rd.compound(i, j):
		return 1.5 * beforeHead
	case s == 0 && rd.describesThing(i, j):
		return beforeHead
	case n.marks.has(place) && n.spaced && !n.newline:
		return rd.beforePlaceOf(i, j, s)
	case t.marks.has(eponym) && s == 0 && rd.graded(i, j):
		return beforeGrade
	case n.low == "and" && rd.twoPlaces(j):
		return s + beforePlaceWord // Keats and Byron wards
	case n.marks.has(role) && !rd.plural(j) && t.english == 0 && !t.marks.has(thing):
		return s + beforeRole
	case n.low == "from" && rd.cameFrom(i, j):
		return s + beforeDetail
	case n.low == "family" && i > 0 && rd.tokens[i-1].low == "the" && (t.proper() || !t.cased && (t.english == 0 && t.family > 0 || t.english > 1 && t.family > 2) && rd.personFollows(j+1)):
		return s + beforeKin - afterArticle // the Woods family
	case t.family > 2 && modalName(n.low) && !n.proper() && j+1 < len(rd.tokens) && rd.tokens[j+1].english > 0:
		return s + beforeSubject
	case modalName(t.low) && !t.proper() && s == 0 && afterModal(n.low):
		return -beforePast
	case modalName(t.low) && (n.marks.has(speaker) || past(n) || rd.modalInFull(i) && (s > 0 || n.low == "and")):
		return s + beforePast
	case t.given < 2 && t.family < 2:
		return rd.goesOnWith(i, j, s)
	case rd.lettered(i, j):
		return s + beforeDetail
	case s == 0 && rd.human(i, j):
		return beforeSpeaker + alonePeople
	case t.given > 1 && feeling(n.low) && rd.bare(i):
		return s + beforeSubject
	case s == 0 && rd.patient(i, j):
		return beforeSpeaker
	case s == 0 && rd.kinBehind(i, j):
		return afterKin + besideSmall
	}
	return rd.goesOnWith(i, j, s)
}

// beforePlaceOf scores a word that makes a place of what stands before it.
func (rd *reading) beforePlaceOf(i, j int, s float64) float64 {
	switch n := &rd.tokens[j]; {
	case rd.bedNumber(j) && (s > 0 || rd.givenBefore(i)):
		return s
	case n.low == "community" && rd.tokens[i].english == 0 && rd.staffRole(i-1) && rd.beside(i):
		return s
	case n.low == "home" && i > 0 && brings(rd.tokens[i-1].low) && rd.tokens[i].english == 0:
		return s + beforeTask // sent Kenji home
	case rd.numberOfPatient(j):
		return s + beforeDetail // Ambler, unit number
	}
	return s + beforePlaceWord
}

// graded holds for an eponym before its grade or result.
func (rd *reading) graded(i, j int) bool {
	t, n := &rd.tokens[i], &rd.tokens[j]
	if rd.givenBeforeFamily(i - 1) {
		return false
	}
	if result(n.low) && rd.ends(j+1) && rd.opensClause(i) {
		return true // Thompson done, no gap
	}
	return rd.grade(j) && !(n.low == "not" && t.given > 1 && t.english == 0 && !rd.notCarriedOut(j)) && !(n.low == "d" && j+1 < len(rd.tokens) && rd.tokens[j+1].low == ".") || t.marks.has(bareEponym) && result(n.low)
}

// notCarriedOut holds for what is said of tests, and of nobody: not done.
func (rd *reading) notCarriedOut(j int) bool {
	if !rd.free(j + 1) {
		return false
	}
	switch rd.tokens[j+1].low {
	case "done", "elicited", "calculated", "performed", "scored":
		return true
	}
	return false
}

// twoPlaces holds for what stands between the names of two places.
func (rd *reading) twoPlaces(j int) bool {
	return rd.free(j+1) && rd.beforePlace(j+1) && strings.HasSuffix(rd.tokens[j+2].low, "s")
}

// modalInFull holds for a modal verb with the capital of a name.
func (rd *reading) modalInFull(i int) bool {
	return rd.tokens[i].proper() && (rd.tokens[i].low == "will" || rd.opens(i))
}

// goesOnWith scores how a sentence goes on with a word.
func (rd *reading) goesOnWith(i, j int, s float64) float64 {
	t, n := &rd.tokens[i], &rd.tokens[j]
	switch {
	case n.marks.has(speaker):
		return s + beforeSpeaker
	case n.marks.has(act):
		return s + rd.does(i, j)
	case s == 0 && (n.low == "is" || n.low == "was") && rd.opens(i) && virtue(t.low) && rd.said(j+1):
		return beforeThing // Hope is not a plan
	case n.marks.has(subject):
		if t.marks.has(eponym) && t.given < 2 && (t.family < 2 || t.marks.has(bareEponym)) {
			return 0
		}
		return s + beforeSubject
	case t.given > 1 && strings.HasSuffix(n.low, "ed") && (!n.capital || !n.cased) && !likened(n.low):
		return s + beforeSubject
	case t.english == 0:
		return rd.goesOnFromName(i, j, s)
	case n.low == "and" && rd.opens(i) && s == 0 && rd.nounFollows(j+1):
		return beforeThing // basil and tomato
	case n.low == "of" && t.given > 1 && i > 0 && told(rd.tokens[i-1].low):
		return s // informed Rose of the error
	case n.low == "of":
		return s + 2*beforeThing // Ray of light
	case (n.low == "the" || n.low == "a") && s == 0 && rd.opens(i) && !rd.detail(j):
		return beforeThing // page the registrar
	case t.family > 2 && introduces(n) && t.proper() && !rd.opens(i):
		return s // R Bush bleep
	case s == 0 && t.proper() && rd.setsAbout(i, j):
		return beforeSubject
	case s == 0 && rd.nounFollows(j):
		return 1.5 * beforeThing
	case rd.plainThing(j) || strings.HasSuffix(n.low, "ly") && n.english > 0:
		return s + beforeThing
	}
	return rd.goesOnAnyway(i, j, s)
}

// goesOnFromName scores how it goes on from what is no word.
func (rd *reading) goesOnFromName(i, j int, s float64) float64 {
	t, n := &rd.tokens[i], &rd.tokens[j]
	switch {
	case t.family > 2 && introduces(n) && t.proper() && !rd.opens(i):
		return s // R Akhtar bleep
	case s == 0 && t.proper() && rd.setsAbout(i, j):
		return beforeSubject
	case s == 0 && t.proper() && t.given < 2 && rd.nounFollows(j):
		return beforeThing + afterNumber // Bilisoft blanket
	}
	return rd.goesOnAnyway(i, j, s)
}

// setsAbout holds for somebody who does something: Costelloe set the rate.
func (rd *reading) setsAbout(i, j int) bool {
	return rd.acts(j) && rd.opensClause(i) && !rd.tokens[i].marks.has(eponym|medical|thing|stop)
}

// goesOnAnyway scores small words behind any other.
func (rd *reading) goesOnAnyway(i, j int, s float64) float64 {
	t, n := &rd.tokens[i], &rd.tokens[j]
	switch {
	case (n.low == "the" || n.low == "a") && command(t.low) && rd.opens(i):
		return beforeThing // page the registrar
	case rd.detail(j):
		return s + beforeDetail
	case n.low == "to" && t.given > 2 && rd.opensClause(i) && !modalName(t.low) && t.low != "hope" && t.low != "happy":
		return s + beforeTask
	}
	return s
}

// beforeMark scores the number or mark that follows, where s has been said already.
func (rd *reading) beforeMark(i, j int, s float64) float64 {
	t, n := &rd.tokens[i], &rd.tokens[j]
	switch {
	case t.marks.has(eponym) && s == 0 && rd.graded(i, j):
		return beforeGrade
	case joiner(n) && rd.twoPlaces(j):
		return s + beforePlaceWord // Keats & Byron wards
	case modalName(t.low) && rd.modalInFull(i) && (s > 0 || n.low == "," || n.low == "(" || n.low == "&"):
		return s + beforePast
	case s == 0 && rd.patient(i, j):
		return beforeSpeaker
	case n.low == "-" && n.spaced && t.given > 2 && rd.opens(i) && !t.marks.has(month|stop) && j+1 < len(rd.tokens) && rd.tokens[j+1].spaced:
		return s + beforeTask // Rose - obs done
	case n.kind == number && n.spaced && len(n.low) > 5 && len(n.low) < 9 && t.english == 0 && (t.marks == 0 || t.listed()):
		return s + beforeDetail // Okafor 6713355
	case n.kind == code && n.spaced && t.listed() && rd.agedCode(j):
		if t.given > 1 || t.family > 2 {
			return s + afterKin // Mark 43F
		}
		return s + beforeDetail
	case n.kind == number && n.spaced && !rd.hidden[j] && s == 0:
		return beforeNumber
	case rd.relation(j), rd.post(j), n.low == "," && j+2 < len(rd.tokens) && rd.tokens[j+1].low == "who" && (t.given > 1 || t.family > 2) && rd.bare(i) && (t.capital || !t.cased || rd.tokens[j+2].low == "is" || rd.tokens[j+2].low == "was"):
		return s + beforeKin
	case rd.detail(j):
		return s + beforeDetail
	}
	return s
}
