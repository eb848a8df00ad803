package redaction

import "strings"

// ages takes ages over 89, which few enough people reach to tell who is meant.
func (rd *reading) ages() {
	rd.spelledAges()
	for _, i := range rd.numeric {
		t := &rd.tokens[i]
		if v := leading(t); v < 90 || v > 122 {
			continue
		}
		if rd.agedBefore(i) || rd.agedAfter(i) || rd.bracketedAge(i) || rd.sheIs(i) || rd.frailAt(i) || rd.onNextBirthday(i) || rd.ageOfSomebody(i) || rd.agedApart(i, i) {
			rd.span(t.start, t.end, Age, 0.85, "age over 89")
			rd.ageBeside(i)
		}
	}
}

// ageBeside takes the second of two ages: aged 90 to 95.
func (rd *reading) ageBeside(i int) {
	if i+2 >= len(rd.tokens) || rd.unitFollows(i+2) {
		return
	}
	switch rd.tokens[i+1].low {
	case "to", "and", "or", "-":
		if v := leading(&rd.tokens[i+2]); v >= 90 && v <= 122 {
			rd.span(rd.tokens[i+2].start, rd.tokens[i+2].end, Age, 0.7, "age over 89 beside another")
		}
	}
}

// spelledAges takes ninety-three-year-old and its like, and what says no more than
// that somebody is past 89: in her nineties, nonagenarian, his 95th birthday.
func (rd *reading) spelledAges() {
	for _, i := range rd.marked {
		t := &rd.tokens[i]
		if !t.digits && !t.hints.has(ageHint) {
			continue
		}
		switch {
		case pastNinety(t.low):
			rd.span(t.start, t.end, Age, 0.8, "age over 89 in words")
		case t.low == "nineties" || t.low == "90s" || t.low == "90" && rd.decade(i):
			if rd.inSomebodys(i) {
				rd.span(t.start, t.end, Age, 0.8, "age over 89 in words")
			}
		case t.kind == code && i+1 < len(rd.tokens) && strings.HasPrefix(rd.tokens[i+1].low, "birthday"):
			if n := leadingDigits(t.low); oldEnough(t.low[:n]) && t.low[n:] != "" && strings.Contains(" th st nd rd ", " "+t.low[n:]+" ") {
				rd.span(t.start, t.end, Age, 0.8, "birthday over 89")
			}
		case t.kind == word && ageInWords(t.low):
			rd.spelledAge(i)
		}
	}
}

// ageWord holds for words that tell of an age over 89.
func ageWord(low string) bool { return pastNinety(low) || low == "nineties" || ageInWords(low) }

func pastNinety(low string) bool {
	return strings.HasPrefix(low, "nonagenarian") || strings.HasPrefix(low, "centenarian") || strings.HasPrefix(low, "supercentenarian")
}

func ageInWords(low string) bool {
	return strings.HasPrefix(low, "ninety") || low == "hundred" || low == "ninetieth" || low == "hundredth"
}

func (rd *reading) spelledAge(i int) {
	t := &rd.tokens[i]
	last := i
	if i+1 < len(rd.tokens) {
		if digit, n := spoken(rd.tokens[i+1].low); n == 1 && digit > 0 { // ninety four
			last++
		}
	}
	if t.low == "hundred" && i+2 < len(rd.tokens) && rd.tokens[i+1].low == "and" {
		if digit, n := spoken(rd.tokens[i+2].low); n == 1 && digit > 0 && rd.agedAfter(i+2) { // a hundred and one
			last = i + 2
		}
	}
	birthday := strings.HasSuffix(t.low, "th") && i+1 < len(rd.tokens) && strings.HasPrefix(rd.tokens[i+1].low, "birthday")
	if !birthday && !strings.HasSuffix(t.low, "-year-old") && !strings.HasSuffix(t.low, "-years-old") && !rd.agedBefore(i) && !rd.agedAfter(last) && !rd.sheIs(i) && !rd.spelledApart(i, last) {
		return
	}
	rd.span(t.start, rd.tokens[last].end, Age, 0.7, "age over 89 in words")
}

// decade holds for 90's.
func (rd *reading) decade(i int) bool {
	return i+1 < len(rd.tokens) && rd.tokens[i+1].low == "'s" && !rd.tokens[i+1].spaced
}

// mostAge stands for an age over 89 that a scanner misread.
const mostAge = 120

// scannedAge holds for an age over 89 of which a scanner read a digit for a letter: 9l,
// 1O2.
func scannedAge(low string) bool {
	read := scanned(low)
	return read != low && oldEnough(read) && leadingDigits(read) == len(read)
}

// inSomebodys holds after "in her" and "lady in early", which tell the age of
// somebody from a decade and from readings.
func (rd *reading) inSomebodys(i int) bool {
	j := i - 1
	for j >= 0 && (rd.tokens[j].low == "early" || rd.tokens[j].low == "mid" || rd.tokens[j].low == "late" || rd.tokens[j].low == "-") {
		j--
	}
	if j < 0 {
		return false
	}
	switch rd.tokens[j].low {
	case "her", "his", "their", "my", "your", "mid-to-late":
		return true
	case "in":
		return j > 0 && rd.personWord(j-1)
	}
	return false
}

func oldEnough(digits string) bool {
	return len(digits) == 2 && digits[0] == '9' || len(digits) == 3 && digits[:2] >= "10" && digits[:2] <= "12"
}

// leading is the number that a token begins with: 94 in 94yo; 0 where the rest
// is no unit of age.
func leading(t *token) int {
	if t.kind != number && t.kind != code {
		return 0
	}
	if scannedAge(t.low) {
		return mostAge
	}
	v, i := 0, 0
	for i < len(t.low) && i < 4 && isDigit(rune(t.low[i])) {
		v = v*10 + int(t.low[i]-'0')
		i++
	}
	switch t.low[i:] {
	case "", "y", "yo", "yr", "yrs", "years", "year", "yof", "yom", "f", "m", "ish":
		return v
	}
	return 0
}

// sheIs holds for "she is 93 and frail", "my nan is 94", "I am 91 and" and "at 96 she".
func (rd *reading) sheIs(i int) bool {
	if i == 0 || rd.tokens[i].kind == code && !scannedAge(rd.tokens[i].low) || rd.unitFollows(i) || rd.measures(i+1) {
		return false
	}
	if rd.tokens[i-1].low == "at" {
		return i+1 < len(rd.tokens) && (rd.tokens[i+1].low == "she" || rd.tokens[i+1].low == "he")
	}
	if low := rd.tokens[i-1].low; low == "i'm" || low == "am" && i > 1 && rd.tokens[i-2].low == "i" {
		return i+1 >= len(rd.tokens) || rd.tokens[i+1].kind == punct || rd.tokens[i+1].low == "and" || rd.tokens[i+1].low == "years" || rd.tokens[i+1].low == "now"
	}
	if i < 2 {
		return false
	}
	switch rd.tokens[i-1].low {
	case "is", "was", "'s", "turns", "be":
	default:
		return false
	}
	switch rd.tokens[i-2].low {
	case "and":
		return rd.bornNear(i)
	case ",":
		return i > 2 && rd.personWord(i-3)
	case "she", "he", "who", "will", "patient", "pt", "lady", "gentleman", "gent", "resident", "oldest", "eldest":
		return true
	}
	return rd.tokens[i-2].marks.has(kin)
}

// measures holds where what follows a number makes a reading of it.
func (rd *reading) measures(j int) bool {
	if j >= len(rd.tokens) {
		return false
	}
	switch t := &rd.tokens[j]; t.low {
	case "-":
		return !t.spaced || j+1 < len(rd.tokens) && rd.tokens[j+1].kind == number
	case "on":
		return !rd.soon(j)
	case "at", "over", "percent", "per", "degrees", "beats", "after", "to":
		return true
	case ".":
		return !t.spaced && j+1 < len(rd.tokens) && rd.tokens[j+1].kind == number && !rd.tokens[j+1].spaced
	}
	return false
}

// bracketedAge holds for "sister (104!)" and "the patient, 91, is".
func (rd *reading) bracketedAge(i int) bool {
	if i > 0 && i+1 < len(rd.tokens) && rd.tokens[i].kind == number && (rd.tokens[i-1].low == "pt" || rd.tokens[i-1].low == "patient") && (rd.tokens[i+1].low == "," || ofOldPeople(rd.tokens[i+1].low) || rd.tokens[i+1].marks.has(subject) && !rd.tokens[i+1].first && rd.tokens[i+1].english > 0) {
		return true // pt 92, dementia
	}
	if i > 1 && i+1 < len(rd.tokens) && rd.tokens[i-1].low == "," && rd.tokens[i].kind == number {
		return (rd.tokens[i+1].low == "," || rd.tokens[i+1].low == ".") && rd.personWord(i-2)
	}
	if i < 2 || i+1 >= len(rd.tokens) || rd.tokens[i-1].low != "(" || rd.tokens[i+1].low != ")" && rd.tokens[i+1].low != "!" {
		return false
	}
	return rd.personWord(i - 2)
}

// personWord holds for words for whoever has an age.
func (rd *reading) personWord(i int) bool {
	switch t := &rd.tokens[i]; t.low {
	case "lady", "gentleman", "patient", "pt", "resident", "client", "casualty", "man", "woman", "male", "female":
		return true
	default:
		return t.marks.has(kin | role)
	}
}

// bornNear holds where the sentence so far tells when somebody was born.
func (rd *reading) bornNear(i int) bool {
	for j := i - 1; j >= 0 && j > i-10 && !rd.tokens[j+1].first; j-- {
		switch rd.tokens[j].low {
		case "born", "birthday", "dob", "birth":
			return true
		}
	}
	return false
}

func (rd *reading) agedBefore(i int) bool {
	if i > 1 && rd.tokens[i-1].low == "of" && grownUp(rd.tokens[i-2].low) {
		return !rd.unitFollows(i)
	}
	for j := i - 1; j >= 0 && j >= i-4; j-- {
		switch rd.tokens[j].low {
		case "turning", "turned", "nearly":
			return !rd.unitFollows(i) && (rd.nothingCounted(i+1) || rd.soon(i+1))
		case "aged", "age", "ages", "agde", "agedd", "aegd":
			return !rd.unitFollows(i) || rd.sexFollows(i)
		case ":", "of", "a", "is", "was", "as", "given", "about", "approx", "approximately", "around", "now", "=", "-", "/", "sex", "gender", "years":
		default:
			return false
		}
	}
	return false
}

func (rd *reading) agedAfter(i int) bool {
	t := &rd.tokens[i]
	if t.kind == code && !scannedAge(t.low) {
		unit := strings.TrimLeft(t.low, "0123456789")
		if unit == "f" || unit == "m" {
			return (rd.fold[t.end-1] < 'a' || i > 0 && rd.personWord(i-1) || !t.cased && t.first && i+1 < len(rd.tokens) && rd.tokens[i+1].kind == word) && !rd.sized(i) // 93F
		}
		return unit != ""
	}
	j := i + 1
	if j < len(rd.tokens) && (rd.tokens[j].low == "-" || rd.tokens[j].low == "/") {
		j++
	}
	if j >= len(rd.tokens) {
		return false
	}
	switch n := rd.tokens[j].low; n {
	case "yo", "y", "yof", "yom", "years", "yrs", "yr", "year", "yr-old", "yrs-old":
		return true
	case "f", "m":
		return (rd.tokens[j].capital || rd.tokens[j-1].low == "/" && !rd.tokens[j].spaced) && rd.endsPhrase(j+1) && !rd.sized(i) && (i == 0 || rd.tokens[i-1].kind != word || rd.personWord(i-1) || rd.tokens[i-1].marks.has(determiner|link))
	case "female", "male", "lady", "gentleman", "woman", "man":
		return !rd.sized(i)
	default:
		return strings.HasPrefix(n, "year-old") || strings.HasPrefix(n, "years-old")
	}
}

// endsPhrase holds where nothing of the same phrase follows.
func (rd *reading) endsPhrase(i int) bool {
	if i >= len(rd.tokens) {
		return true
	}
	t := &rd.tokens[i]
	return t.kind == punct && t.low != "/" || t.kind == word
}

// sexFollows holds before "/F" and "/m".
func (rd *reading) sexFollows(i int) bool {
	return i+2 < len(rd.tokens) && rd.tokens[i+1].low == "/" && (rd.tokens[i+2].low == "f" || rd.tokens[i+2].low == "m")
}

// sized holds after what has a size, a model or a place of that number.
func (rd *reading) sized(i int) bool {
	if i == 0 {
		return false
	}
	switch rd.tokens[i-1].low {
	case "size", "ref", "model", "code", "part", "no", "number", "type", "bay", "bed", "room", "ward", "temp", "temperature", "version", "lens", "unit", "item", "series":
		return true
	}
	return rd.tokens[i-1].marks.has(thing | short)
}

// unitFollows holds where the number before is a measurement.
func (rd *reading) unitFollows(i int) bool {
	if i+1 >= len(rd.tokens) {
		return false
	}
	switch rd.tokens[i+1].low {
	case "%", "mg", "ml", "bpm", "mmhg", "kg", "cm", "/", "minutes", "mins", "days", "weeks", "hours":
		return true
	}
	return false
}

// ageAfter takes "Lawrence is 104", "Noor who's 103", "Ivy, 97,", "doris hall 91 on
// the floor".
func (rd *reading) ageAfter(i int) {
	j := i + 1
	for j < len(rd.tokens) && j < i+4 {
		switch rd.tokens[j].low {
		case "is", "was", "who", ",", "'s", "(", "who's", "aged", "turned", "turning", "now", "nearly", "almost":
			j++
			continue
		}
		break
	}
	if j >= len(rd.tokens) || rd.hidden[j] || rd.tokens[j].first {
		return
	}
	if t := &rd.tokens[j]; strings.HasPrefix(t.low, "ninety") && j > i+1 && !rd.measures(j+1) {
		rd.spelledAgeFrom(j)
		return
	}
	who := rd.tokens[j-1].low == "is" && rd.tokens[j-2].low == "who" && j+1 < len(rd.tokens) && rd.tokens[j+1].low == "at"
	if v := leading(&rd.tokens[j]); v >= 90 && v <= 122 && !rd.unitFollows(j) && (j == i+1 || who || !rd.measures(j+1)) {
		rd.span(rd.tokens[j].start, rd.tokens[j].end, Age, 0.6, "age over 89 beside a name")
	}
}

// spelledAgeFrom takes the words of an age behind a name: is ninety one.
func (rd *reading) spelledAgeFrom(i int) {
	last := i
	if i+1 < len(rd.tokens) {
		if digit, n := spoken(rd.tokens[i+1].low); n == 1 && digit > 0 {
			last++
		}
	}
	if n := last + 1; n < len(rd.tokens) && rd.tokens[n].kind == word && !rd.tokens[n].first && rd.tokens[n].low != "and" && !rd.tokens[n].marks.has(subject|act|speaker) {
		return // ninety mg
	}
	rd.span(rd.tokens[i].start, rd.tokens[last].end, Age, 0.6, "age over 89 beside a name")
}

// agesBetween takes "Murdina, CHI 0101701004, 92, had" and "DOB 3/4/29 (96)": an age
// between commas or in brackets behind something else that identifies.
func (rd *reading) agesBetween() {
	for _, i := range rd.numeric {
		t := &rd.tokens[i]
		if i < 2 || i+1 == len(rd.tokens) || t.kind != number && !scannedAge(t.low) || t.first || !oldEnough(t.low) && !scannedAge(t.low) || rd.hidden[i] {
			continue
		}
		open, shut := rd.tokens[i-1].low, rd.tokens[i+1].low
		if open == "," && (shut == "," || shut == ".") && (rd.hidden[i-2] || rd.tokens[i-2].low == ")") || open == "(" && shut == ")" && (rd.hidden[i-2] || rd.isName(i-2)) || open == "so" && (shut == ")" || shut == "," || shut == ".") && rd.hiddenNear(i-2) {
			rd.span(t.start, t.end, Age, 0.6, "age over 89 beside an identifier")
		}
	}
}

// hiddenNear holds where a date of birth or the like ends right before a comma.
func (rd *reading) hiddenNear(i int) bool {
	if i > 0 && rd.tokens[i].low == "," {
		i--
	}
	return rd.hidden[i]
}
