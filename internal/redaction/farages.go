package redaction

// agedApart holds for an age over 89 that a clause or a sentence consists of, where the
// words before tell of somebody and of no reading: fell again, 93 and on apixaban; lady
// ok, ninety-one, more cross than hurt.
func (rd *reading) agedApart(first, last int) bool {
	if first == 0 || last+1 >= len(rd.tokens) || rd.unitFollows(last) || rd.measures(last+1) {
		return false
	}
	next := rd.tokens[last+1].low
	switch rd.tokens[first-1].low {
	case ",", "-":
		if !rd.tokens[first].spaced || rd.readingNear(first) || !rd.somebodyNear(first) {
			return false
		}
		return next == "," || next == "and" && last+2 < len(rd.tokens) && (rd.tokens[last+2].low == "on" || ofOldPeople(rd.tokens[last+2].low) || rd.tokens[last+2].low == "lives")
	case "other":
		return (next == "." || next == ",") && rd.ageBefore(first)
	case "shes", "hes":
		return rd.nothingCounted(last + 1)
	case "of":
		return first > 1 && rd.tokens[first-2].low == "one" && rd.ageBefore(first)
	case "resident":
		return next == "," || next == "."
	case "pt", "patient":
		return rd.whatHappened(last + 1)
	}
	return false
}

// whatHappened holds for what is told of a patient right behind an age: pt 90 choking, pt
// 96 f neck of femur.
func (rd *reading) whatHappened(i int) bool {
	switch rd.tokens[i].low {
	case "f", "m":
		return i+1 < len(rd.tokens) && rd.tokens[i].spaced
	case "choking", "fell", "fallen", "found", "falls", "fall", "collapsed", "lives", "confused", "unwell", "admitted", "choked", "unresponsive", "breathless":
		return true
	}
	return false
}

// readingNear holds where what is measured stands before a number in its sentence.
func (rd *reading) readingNear(i int) bool {
	for j := i - 1; j >= 0 && j > i-8 && !rd.tokens[j+1].first; j-- {
		switch t := &rd.tokens[j]; t.low {
		case "sats", "sat", "sao2", "spo2", "bp", "hr", "pulse", "rate", "o2", "oxygen", "sodium", "weight", "weighs", "score", "temp", "count", "systolic", "diastolic", "map", "heart", "crp", "hb", "egfr", "level", "bed", "room", "bay", "ward", "page", "job", "scored", "saturations", "percent", "%", "gfr", "urea", "creatinine", "platelets", "plts", "glucose", "bm", "bms", "dose", "number", "numbers", "no", "obs":
			return true
		default:
			if t.digits {
				return true
			}
		}
	}
	return false
}

// somebodyNear holds where the sentence so far tells of one person.
func (rd *reading) somebodyNear(i int) bool {
	for j := i - 1; j >= 0 && j > i-12 && !rd.tokens[j+1].first; j-- {
		switch t := &rd.tokens[j]; t.low {
		case "fell", "fallen", "mrs", "mr", "miss", "ms", "born", "her", "his", "she", "he", "him":
			return true
		default:
			if grownUp(t.low) || t.marks.has(kin) && !t.marks.has(role) {
				return true
			}
		}
	}
	return false
}

// ageBefore holds where the words before tell the age of somebody else: one is 34, the
// other 94.
func (rd *reading) ageBefore(i int) bool {
	for j := i - 1; j > 0 && j > i-10; j-- {
		if rd.tokens[j].kind == number && len(rd.tokens[j].low) < 3 {
			switch rd.tokens[j-1].low {
			case "is", "was", "of", "aged":
				return true
			}
			return false
		}
	}
	return false
}

// spelledApart holds for the same in words, and for an age that is set against another:
// was ninety seven, not 79; hundred and one years old.
func (rd *reading) spelledApart(first, last int) bool {
	if rd.agedApart(first, last) {
		return true
	}
	if last+2 >= len(rd.tokens) || first == 0 {
		return false
	}
	return rd.tokens[first-1].low == "was" && rd.tokens[last+1].low == "," && rd.tokens[last+2].low == "not"
}
