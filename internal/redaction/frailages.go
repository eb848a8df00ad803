package redaction

// frailAt holds for an age beside a word that says how old people are: frightened and
// 97, 92 and deaf.
func (rd *reading) frailAt(i int) bool {
	if rd.tokens[i].kind != number || rd.unitFollows(i) || rd.measures(i+1) {
		return false
	}
	if i > 1 && (rd.tokens[i-1].low == "and" || rd.tokens[i-1].low == "&") && ofOldPeople(rd.tokens[i-2].low) && rd.nothingCounted(i+1) {
		return true
	}
	if i+2 >= len(rd.tokens) || rd.tokens[i+1].low != "and" && rd.tokens[i+1].low != "," && rd.tokens[i+1].low != "&" || !ofOldPeople(rd.tokens[i+2].low) {
		return false
	}
	return rd.tokens[i].first || rd.tokens[i-1].kind == punct || rd.tokens[i-1].marks.has(kin)
}

// ageOfSomebody holds for an age right behind a relation or a grown-up: grandmother 93
// says, elderly lady 91 found; and for what somebody is well for: fit for 92.
func (rd *reading) ageOfSomebody(i int) bool {
	if i == 0 || rd.tokens[i].kind != number || rd.unitFollows(i) {
		return false
	}
	before := &rd.tokens[i-1]
	switch {
	case before.low == "/" || before.low == ",":
		return rd.sexBefore(i)
	case before.kind != word:
		return false
	case before.low == "been":
		return i > 1 && rd.tokens[i-2].low == "have" && rd.soon(i+1)
	case before.low == "for":
		return i > 1 && ofWellPeople(rd.tokens[i-2].low) && rd.phraseEnds(i+1)
	case before.low == "of":
		return i > 1 && grownUp(rd.tokens[i-2].low)
	case before.low == "is":
		return rd.saysAndLives(i + 1)
	case grownUp(before.low), before.marks.has(kin) && !before.marks.has(role):
		return !rd.measures(i+1) && (rd.nothingCounted(i+1) || ofOldPeople(rd.tokens[i+1].low))
	case ofOldPeople(before.low), before.low == "sprightly":
		return i > 1 && rd.tokens[i-2].low == "a" && rd.phraseEnds(i+1)
	}
	return false
}

// sexBefore holds for F/94 and (M, 95).
func (rd *reading) sexBefore(i int) bool {
	if i < 2 || rd.tokens[i-2].low != "f" && rd.tokens[i-2].low != "m" {
		return false
	}
	if rd.tokens[i-1].low == "/" {
		return !rd.tokens[i].spaced && (rd.tokens[i-2].first || i > 2 && rd.tokens[i-3].kind != number)
	}
	return i > 2 && rd.tokens[i-3].low == "(" && i+1 < len(rd.tokens) && rd.tokens[i+1].low == ")"
}

// saysAndLives holds for "and" with what none but people do.
func (rd *reading) saysAndLives(i int) bool {
	return i+1 < len(rd.tokens) && rd.tokens[i].low == "and" && (onlyPeople(rd.tokens[i+1].low) || rd.tokens[i+1].low == "lives" || rd.tokens[i+1].low == "says")
}

// introducesAge holds for "aged" and "age" before a number or what hides one.
func (rd *reading) introducesAge(i int) bool {
	if low := rd.tokens[i].low; low != "aged" && low != "age" || i+1 == len(rd.tokens) {
		return false
	}
	kind := rd.tokens[i+1].kind
	return kind == number || kind == code || kind == opaque
}

// grownUp holds for words for men and women.
func grownUp(low string) bool {
	switch low {
	case "lady", "gentleman", "gent", "man", "woman", "male", "female":
		return true
	}
	return false
}

// ofWellPeople holds for what somebody is in spite of an age.
func ofWellPeople(low string) bool {
	switch low {
	case "fit", "well", "good", "great", "sharp", "spry", "active", "independent", "mobile", "remarkable", "amazing", "brilliant", "young":
		return true
	}
	return false
}

// soon holds for when somebody has a birthday: on friday, in may, yesterday.
func (rd *reading) soon(j int) bool {
	if j >= len(rd.tokens) || rd.tokens[j].first {
		return false
	}
	switch rd.tokens[j].low {
	case "yesterday", "today", "tomorrow", "recently", "last", "this", "next", "just":
		return true
	case "on", "in":
		return j+1 < len(rd.tokens) && (rd.tokens[j+1].marks.has(month) || weekday(rd.tokens[j+1].low))
	}
	return false
}

// weekday holds for the days of the week, in short too.
func weekday(low string) bool {
	switch low {
	case "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "mon", "tue", "tues", "wed", "thu", "thurs", "fri", "sat", "sun":
		return true
	}
	return false
}

// nothingCounted holds where a number counts nothing that follows.
func (rd *reading) nothingCounted(i int) bool {
	if i >= len(rd.tokens) || rd.tokens[i].first || rd.tokens[i].newline {
		return true
	}
	t := &rd.tokens[i]
	if counted(t.low) {
		return false
	}
	return t.kind == punct && t.low != "%" || t.kind == word && !unit(t.low) && t.marks.has(stop|subject|object|link|act|speaker|determiner) && !t.marks.has(medical)
}

// onNextBirthday holds for an age that somebody reaches soon: so 93 next week.
func (rd *reading) onNextBirthday(i int) bool {
	if i == 0 || i+2 >= len(rd.tokens) || rd.tokens[i].kind != number && !scannedAge(rd.tokens[i].low) || rd.tokens[i+1].low != "next" {
		return false
	}
	switch rd.tokens[i+2].low {
	case "week", "month", "year", "birthday":
	default:
		return false
	}
	switch rd.tokens[i-1].low {
	case "so", "be", "is", "turns", ",", "she's", "he's", "'s":
		return true
	}
	return rd.tokens[i+2].low == "birthday"
}

// ofOldPeople holds for what very old people are said to be, and no reading is.
func ofOldPeople(low string) bool {
	switch low {
	case "frail", "deaf", "blind", "frightened", "scared", "terrified", "alone", "lonely", "confused", "forgetful", "widowed", "housebound", "bedbound", "bedridden", "wheelchair-bound",
		"hard-of-hearing", "immobile", "elderly", "old", "demented", "independent", "unsteady", "spry", "tearful", "muddled", "infirm", "doubly", "partially-sighted", "visually", "registered", "cachectic":
		return true
	}
	return false
}
