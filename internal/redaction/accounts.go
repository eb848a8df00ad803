package redaction

import "strings"

// accounts takes log-ins of parts that a stop or a stroke below joins, where the words
// around tell of a log-in or the parts are made of a name: tkhan.rec2, debs.s, locum_tandem.
func (rd *reading) accounts() {
	for i := 0; i+1 < len(rd.tokens); i++ {
		if rd.tokens[i+1].spaced {
			continue
		}
		last := rd.joinedTo(i)
		if last == i {
			continue
		}
		if rd.accountParts(i, last) && (rd.namedParts(i, last) || rd.ofLogIn(i, last)) {
			rd.span(rd.tokens[i].start, rd.tokens[last].end, Online, 0.65, "log-in of parts")
		}
		i = last
	}
}

// accountParts holds for two parts or three of which a log-in may be made, in one case,
// and of which none is an ordinary word behind a stop that wants its space.
func (rd *reading) accountParts(first, last int) bool {
	if last > first+4 || last+1 < len(rd.tokens) && !rd.tokens[last+1].spaced && strings.Contains("@/_-", rd.tokens[last+1].low) || first > 0 && !rd.tokens[first].spaced && strings.Contains("@/._-", rd.tokens[first-1].low) {
		return false
	}
	told := false
	if rd.twoWords(first, last) {
		return false
	}
	for i := first; i <= last; i += 2 {
		t := &rd.tokens[i]
		stroke := i < last && rd.tokens[i+1].low == "_" || i > first && rd.tokens[i-1].low == "_"
		if t.kind != word && t.kind != code || isDigit(rune(t.low[0])) || t.capital && !rd.allCapitals(t) && len(t.low) > 1 || i < last && rd.tokens[i+1].low == "-" {
			return false
		}
		if !stroke && (len(t.low) > 1 && t.marks.has(stop|title|medical|short|shorthand|month|subject|act|object|link) || i > first && t.kind == word && len(t.low) > 1 && t.english > 0 && t.given+t.family < 2) {
			return false
		}
		told = told || len(t.low) > 2
	}
	return told
}

// namedParts holds for parts of which one is an initial and a family name, or an initial
// stands before a family name with a number: tkhan.rec2, j.whelan2.
func (rd *reading) namedParts(first, last int) bool {
	for i := first; i <= last; i += 2 {
		t := &rd.tokens[i]
		letters := withoutNumber(t.low)
		if i > first && len(rd.tokens[i-2].low) == 1 && t.kind == code && (rd.familyName(letters) || len(letters) > 4 && rd.lex.words.get(letters) == (entry{})) {
			return true
		}
		if i > first && len(rd.tokens[i-2].low) == 1 && t.kind == word && t.cased && rd.familyName(t.low) {
			return true // o.bray
		}
		if i == first && len(t.low) > 4 && t.low[1] == '-' && rd.tokens[last].kind == code && rd.familyName(t.low[2:]) {
			return true // f-ormsby.wd6
		}
		if len(letters) > 4 && rd.lex.words.get(letters) == (entry{}) && rd.familyName(letters[1:]) && (last > i && rd.tokens[i+1].low == "_" || rd.tokens[last].kind == code) {
			return true
		}
	}
	return false
}

// familyName holds for a family name that is no word.
func (rd *reading) familyName(low string) bool {
	e := rd.lex.words.get(low)
	return len(low) > 2 && e.family > 0 && e.english == 0
}

// twoWords holds for an ordinary word and another that a missing space has joined.
func (rd *reading) twoWords(first, last int) bool {
	t := &rd.tokens[first]
	return rd.tokens[first+1].low != "_" && len(t.low) > 1 && t.english > 0 && t.given < 2 && rd.tokens[last].kind != code
}

// ofLogIn holds where the words around parts tell of a log-in.
func (rd *reading) ofLogIn(first, last int) bool {
	stroke := rd.tokens[first+1].low == "_"
	for j := first - 1; j >= 0 && j > first-7 && !rd.tokens[j+1].first; j-- {
		if low := rd.tokens[j].low; tellsOfLogIn(low) || stroke && j == first-1 && (low == "called" || low == "named" || low == "by") {
			return true
		}
	}
	for j := last + 1; j < len(rd.tokens) && j < last+7 && !rd.tokens[j].first; j++ {
		if tellsOfLogIn(rd.tokens[j].low) {
			return true
		}
	}
	return false
}

// tellsOfLogIn holds for words of which people speak when somebody uses a log-in.
func tellsOfLogIn(low string) bool {
	switch low {
	case "logged", "logd", "loged", "loggd", "logging", "login", "logins", "log-in", "logon", "log-on", "username", "user", "userid", "account", "password", "session", "credentials", "profile":
		return true
	}
	return false
}

// accountEnd steps on from a log-in that ends at token i over what is joined to it:
// GHARKER-7, mwalsh.np.
func (rd *reading) accountEnd(i int) int {
	j := i + 2
	if j >= len(rd.tokens) || rd.tokens[i+1].spaced || rd.tokens[j].spaced || !strings.Contains("-/._", rd.tokens[i+1].low) {
		return i
	}
	if t := &rd.tokens[j]; t.kind == number && len(t.low) < 5 || t.kind == code || t.kind == word && len(t.low) < 4 && !t.marks.has(stop) {
		return j
	}
	return i
}

// numberedLogIn holds for an initial, a family name and a number that does something or
// begins with nought: moved by rpinto04.
func (rd *reading) numberedLogIn(i int) bool {
	t := &rd.tokens[i]
	letters := withoutNumber(t.low)
	digits := t.low[len(letters):]
	if t.kind != code || len(letters) < 4 || len(digits) == 0 || len(digits) > 3 || !lettersOnly(letters) || rd.lex.words.get(letters) != (entry{}) || rd.lex.words.get(letters[1:]).family == 0 {
		return false
	}
	return len(digits) == 2 && digits[0] == '0' || i > 0 && rd.tokens[i-1].low == "by"
}

// didByLogIn holds behind what the log of a system says that somebody did.
func (rd *reading) didByLogIn(i int) bool {
	if i < 2 {
		return false
	}
	before := rd.tokens[i-2].low
	switch rd.tokens[i-1].low {
	case "by":
		switch before {
		case "amended", "entered", "viewed", "opened", "saved", "accessed", "edited", "deleted", "posted", "uploaded", "tweeted", "modified", "unlocked", "authorised",
			"given", "witnessed", "checked", "charted", "cancelled", "ordered", "requested", "acknowledged", "filed", "prescribed", "verified", "released", "signed":
			return true
		}
	case ":":
		return before == "audit" || before == "trail"
	}
	return false
}

// initialAndName holds for a word in no list that is a letter and a family name: kbray.
func (rd *reading) initialAndName(i int) bool {
	t := &rd.tokens[i]
	return t.kind == word && t.entry == (entry{}) && !(t.capital && !t.caps) && len(t.low) > 4 && rd.lex.words.get(t.low[1:]).family > 1
}

// logInsOfNamed takes log-ins that are made of the first letter and the family name of
// somebody who is named in the text: Jamie Cleasby, as jcleasby1.
func (rd *reading) logInsOfNamed() {
	for _, i := range rd.numeric {
		t := &rd.tokens[i]
		if t.kind != code || rd.hidden[i] {
			continue
		}
		letters := withoutNumber(t.low)
		if len(letters) < 5 || len(t.low) > len(letters)+4 || !lettersOnly(letters) {
			continue
		}
		for j := range rd.tokens {
			if low := rd.tokens[j].low; rd.isName(j) && len(low) == len(letters)-1 && (letters[1:] == low || letters[:len(low)] == low) {
				rd.span(t.start, t.end, Online, 0.6, "log-in made of a name beside it")
				break
			}
		}
	}
}
