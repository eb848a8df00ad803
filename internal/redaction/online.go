package redaction

import "strings"

// scanOnline finds e-mail addresses, handles, personal pages, log-in names and
// network addresses, and learns the names that e-mail addresses are made of.
func (rd *reading) scanOnline(k *known) {
	for i := strings.IndexByte(rd.fold, '@'); i >= 0; i = indexFrom(rd.fold, '@', i+1) {
		rd.email(i, k)
	}
	stroke, dot := strings.IndexByte(rd.fold, '_') >= 0, rd.dotInside()
	if stroke { // which may stand inside any word's log-in
		for i := range rd.tokens {
			rd.onlineAt(i, k)
		}
	} else {
		for _, i := range rd.marked {
			if t := &rd.tokens[i]; t.digits || t.hints.has(mailHint|logInHint|memberHint|unlisted) {
				rd.onlineAt(i, k)
			}
		}
	}
	if stroke || dot {
		rd.accounts()
	}
	if stroke || dot || strings.IndexByte(rd.fold, '\\') >= 0 {
		rd.workLogIns()
	}
	if dot {
		rd.pages(k)
	}
	rd.networkAddresses()
}

// onlineAt finds what is known by the word at token i.
func (rd *reading) onlineAt(i int, k *known) {
	t := &rd.tokens[i]
	if t.hints.has(mailHint) {
		rd.spelledEmail(i, k)
	}
	if t.hints.has(logInHint) {
		rd.logIn(i)
	}
	rd.userName(i, k)
	if t.hints.has(memberHint) {
		rd.account(i)
	}
}

// indexFrom answers where a byte stands next, from a place on, or -1.
func indexFrom(text string, c byte, from int) int {
	at := strings.IndexByte(text[from:], c)
	if at < 0 {
		return -1
	}
	return from + at
}

// logIn takes the word after "login", "username" and their like.
func (rd *reading) logIn(i int) {
	next := rd.logInWord(i)
	for steps := 0; next > 0 && next < len(rd.tokens) && steps < 4 && logInFiller(rd.tokens[next].low); steps++ {
		next++
	}
	if next > 0 && next+1 < len(rd.tokens) && rd.tokens[next].low == "," && rd.tokens[next+1].kind == code {
		next++
	}
	if next <= 0 || next >= len(rd.tokens) {
		return
	}
	last := rd.joinedTo(next)
	n := &rd.tokens[next]
	switch {
	case last > next:
		rd.span(n.start, rd.tokens[last].end, Online, 0.8, "log-in name")
	case n.kind == code, n.kind == word && len(n.low) > 3 && !n.marks.has(ordinary|stop|medical):
		rd.span(n.start, n.end, Online, 0.7, "log-in name")
	}
}

// logIn says how a word introduces a log-in.
type logIn uint8

const (
	noLogIn     logIn = iota
	rightHere         // the log-in stands behind it
	asUser            // one does if it looks like one
	ofAccount         // one does if it is joined of parts
	bySmallWord       // one stands behind a small word
)

func logInCue(low string) logIn {
	switch low {
	case "login", "log-in", "username", "usernames", "userid", "user-id", "logon", "log-on", "logins", "windowslogin":
		return rightHere
	case "user", "badge":
		return asUser
	case "account", "accounts", "by", "profile":
		return ofAccount
	case "smartcard", "log", "logged", "signed", "logging":
		return bySmallWord
	}
	return noLogIn
}

// logInWord answers the token after the word that introduces a log-in at token i, or 0.
func (rd *reading) logInWord(i int) int {
	switch logInCue(rd.tokens[i].low) {
	case noLogIn:
		return 0
	case rightHere:
		return i + 1
	case asUser:
		if last := rd.joinedTo(i + 1); last > i+1 && (rd.tokens[i+2].low != "." || rd.accountParts(i+1, last)) || i+1 < len(rd.tokens) && rd.tokens[i+1].kind == code && rd.tokens[i+1].end-rd.tokens[i+1].start > 4 {
			return i + 1
		}
	case ofAccount:
		if rd.strokeIn(i+1) || i+1 < len(rd.tokens) && rd.joinedTo(i+1) > i+1 && rd.tokens[rd.joinedTo(i+1)].kind == code {
			return i + 1
		}
	}
	if i+1 < len(rd.tokens) && strings.Contains(" id name in as on under number no with ", " "+rd.tokens[i+1].low+" ") {
		return i + 2
	}
	return 0
}

func logInFiller(low string) bool {
	switch low {
	case ":", "is", "was", "as", "under", "of", "details", "for", "name", "id", "with", "using", "the", "user", "account", "used", "still", "live", "active", "\"":
		return true
	}
	return false
}

// joinedTo answers the last part of a log-in that begins at token i: j.doe, swb_night2.
func (rd *reading) joinedTo(i int) int {
	if i >= len(rd.tokens) || rd.tokens[i].kind == punct {
		return i
	}
	last := i
	for last+2 < len(rd.tokens) && joinsLogIn(&rd.tokens[last+1]) && !rd.tokens[last+2].spaced && rd.tokens[last+2].kind != punct {
		last += 2
	}
	return last
}

// strokeIn holds where words with a stroke below between them begin: dr_bay.
func (rd *reading) strokeIn(i int) bool {
	return i+1 < len(rd.tokens) && rd.joinedTo(i) > i && rd.tokens[i+1].low == "_"
}

// account takes what somebody is called on a network: on twitter as maryj_92.
func (rd *reading) account(i int) {
	next := i + 1
	for next < len(rd.tokens) && next < i+5 && strings.Contains(" as is was name account handle page : ( called under user id @ ", " "+rd.tokens[next].low+" ") {
		next++
	}
	if next >= len(rd.tokens) || rd.tokens[next].kind != word && rd.tokens[next].kind != code || rd.tokens[next].first {
		return
	}
	last := next
	for last+2 < len(rd.tokens) && joinsLogIn(&rd.tokens[last+1]) && !rd.tokens[last+2].spaced && rd.tokens[last+2].kind != punct {
		last += 2
	}
	if last > next || rd.tokens[next].kind == code {
		rd.span(rd.tokens[next].start, rd.tokens[last].end, Online, 0.8, "name on a network")
	}
}

// network holds for what people have accounts with.
func network(low string) bool {
	switch low {
	case "twitter", "instagram", "insta", "snapchat", "snap", "tiktok", "facebook", "fb", "handle", "discord", "reddit", "youtube", "linkedin", "gamertag":
		return true
	}
	return false
}

// joinsLogIn holds for what stands inside log-in names.
func joinsLogIn(t *token) bool {
	return !t.spaced && (t.low == "_" || t.low == "." || t.low == "-")
}

// userName takes what is built as log-ins are: an initial, a family name and
// perhaps a number, or names with a stroke below.
func (rd *reading) userName(i int, k *known) {
	t := &rd.tokens[i]
	joined := i+1 < len(rd.tokens) && rd.tokens[i+1].low == "_"
	if t.kind != code && t.kind != word || t.capital && !rd.allCapitals(t) || t.kind == word && t.entry != (entry{}) && !joined {
		return
	}
	if (t.kind == code && len(t.low) > 4 || t.kind == word && t.strange()) && !k.joined[t.low] {
		if i+1 < len(rd.tokens) && (rd.tokens[i+1].low == "account" || rd.loggedIn(i+1) || rd.loggedAs(i) || t.kind == code && rd.used(i)) {
			rd.span(t.start, t.end, Online, 0.6, "log-in name")
			return
		}
	}
	if rd.strokeIn(i) && i > 1 && rd.tokens[i-1].low == "," && len(rd.spans) > 0 && rd.spans[len(rd.spans)-1].Class == Online && rd.spans[len(rd.spans)-1].End == rd.tokens[i-2].end {
		rd.span(t.start, rd.tokens[rd.joinedTo(i)].end, Online, 0.6, "log-in name beside another")
		return
	}
	if rd.didByLogIn(i) && (t.kind == code && len(t.low) > 5 && !isDigit(rune(t.low[0])) && rd.lex.words.get(strings.TrimRight(t.low, "0123456789")) == (entry{}) || rd.initialAndName(i)) {
		rd.span(t.start, t.end, Online, 0.6, "log-in name")
		return
	}
	end, low := rd.tokens[rd.accountEnd(i)].end, t.low
	for n := i + 1; n+1 < len(rd.tokens) && rd.tokens[n].low == "_" && !rd.tokens[n].spaced && !rd.tokens[n+1].spaced && rd.tokens[n+1].kind != punct; n += 2 {
		end, low = rd.tokens[n+1].end, low+"_"+rd.tokens[n+1].low
	}
	if i > 0 && rd.tokens[i-1].low == "_" {
		return
	}
	if rd.numberedLogIn(i) {
		rd.span(t.start, end, Online, 0.6, "shape of a log-in name")
		return
	}
	letters := withoutNumber(low)
	var parts []string
	if strings.IndexByte(letters, '_') >= 0 {
		parts = strings.FieldsFunc(letters, func(c rune) bool { return c == '_' })
	}
	switch {
	case len(parts) > 1:
		for _, part := range parts {
			if e := rd.lex.words.get(part); len(part) > 2 && e.given+e.family > 1 && e.english == 0 {
				rd.span(t.start, end, Online, 0.7, "shape of a log-in name")
				return
			}
		}
	case len(letters) < 5 || rd.lex.words.get(letters).english > 0 || len(letters) == len(low) && t.entry != (entry{}):
	case len(low) > len(letters)+4:
	case rd.lex.words.get(letters[1:]).family > 1 && rd.lex.words.get(letters[1:]).english == 0 && len(letters) > 5:
		rd.span(t.start, end, Online, 0.6, "shape of a log-in name")
	case len(low) > len(letters) && t.kind == code && rd.lex.words.get(letters[1:]).family == 3:
		rd.span(t.start, end, Online, 0.6, "shape of a log-in name") // hsmith04
	case len(low) > len(letters) && t.kind == code && rd.lex.words.get(letters[:len(letters)-1]).family > 1 && len(letters) > 5:
		rd.span(t.start, end, Online, 0.6, "shape of a log-in name")
	}
}

// loggedAs holds for a log-in of which somebody makes use, or that a trail shows: using
// rkhan12's login, audit shows bkaur6 opened, the AD account jt1188.
func (rd *reading) loggedAs(i int) bool {
	j := i + 1
	if j+1 < len(rd.tokens) && rd.tokens[j].low == "'s" {
		switch rd.tokens[j+1].low {
		case "login", "log-in", "log", "account", "password", "smartcard", "card", "credentials", "session", "username":
			return true
		}
	}
	if i == 0 {
		return false
	}
	switch rd.tokens[i-1].low {
	case "account", "user", "username", "userid":
		return true
	case "shows", "showed", "show":
		return i > 1 && (rd.tokens[i-2].low == "trail" || rd.tokens[i-2].low == "audit" || rd.tokens[i-2].low == "log")
	}
	return false
}

// used holds for letters and a number at their end that did something to a record:
// mhallworth2 saved it.
func (rd *reading) used(i int) bool {
	t := &rd.tokens[i]
	letters := withoutNumber(t.low)
	e := rd.lex.words.get(letters)
	if len(letters) < 5 || e.marks.has(medical|short|thing) || strings.ContainsAny(letters, "0123456789") || e.english > 0 {
		return false
	}
	switch rd.tokens[i+1].low {
	case "saved", "opened", "viewed", "accessed", "edited", "printed", "amended", "deleted", "unlocked":
		return true
	}
	return false
}

// loggedIn holds for "logged in", "was logged in" and "has logged on".
func (rd *reading) loggedIn(i int) bool {
	if low := rd.tokens[i].low; low == "was" || low == "is" || low == "has" || low == "had" {
		i++
	}
	return i+1 < len(rd.tokens) && rd.tokens[i].low == "logged" && (rd.tokens[i+1].low == "in" || rd.tokens[i+1].low == "on" || rd.tokens[i+1].low == "into")
}

// allCapitals holds for words in capitals, and for such with digits: NREHMAN2.
func (rd *reading) allCapitals(t *token) bool {
	return t.caps || t.kind == code && rd.fold[t.start:t.end] == strings.ToUpper(t.low)
}

// networkAddresses takes IPv4 and IPv6 addresses.
func (rd *reading) networkAddresses() {
	rd.longAddresses()
	for _, i := range rd.numeric {
		if i+6 < len(rd.tokens) && rd.tokens[i].kind == number && rd.dotted(i) && !rd.versionBefore(i) {
			rd.span(rd.tokens[i].start, rd.tokens[i+6].end, Online, 0.9, "network address")
		}
	}
}

// versionBefore holds where four numbers are the version of a program.
func (rd *reading) versionBefore(i int) bool {
	if i == 0 {
		return false
	}
	switch rd.tokens[i-1].low {
	case "version", "v", "release", "firmware", "build", "software", "ver":
		return true
	}
	return false
}

// longAddresses takes IPv6 addresses: groups of up to four hexadecimal digits
// between colons, seven of them or fewer around a double one.
func (rd *reading) longAddresses() {
	if !strings.Contains(rd.low, "::") && strings.Count(rd.low, ":") < 7 {
		return
	}
	for i := 0; i < len(rd.low); i++ {
		if !hexadecimal(rd.low[i]) || i > 0 && (hexadecimal(rd.low[i-1]) || isLetterByte(rd.low[i-1])) {
			continue
		}
		end, colons, digits, double := i, 0, 0, false
		for end < len(rd.low) && end < i+longestAddress && digits < 5 && (hexadecimal(rd.low[end]) || rd.low[end] == ':') {
			if rd.low[end] == ':' {
				colons++
				double = double || rd.low[end-1] == ':'
				digits = 0
			} else {
				digits++
			}
			end++
		}
		if digits < 5 && (colons == 7 || double && colons > 2 && end-i > 6) && !rd.letterAt(end) {
			rd.span(i, end, Online, 0.9, "network address")
		}
		i = max(i, end-1)
	}
}

// longestAddress is that of an IPv6 address.
const longestAddress = 39

func hexadecimal(c byte) bool { return isDigit(rune(c)) || 'a' <= c && c <= 'f' }

func (rd *reading) dotted(i int) bool {
	for j := range 7 {
		t := &rd.tokens[i+j]
		if j > 0 && t.spaced {
			return false
		}
		if j%2 == 1 && t.low != "." {
			return false
		}
		if j%2 == 0 && (t.kind != number || t.end-t.start > 3) {
			return false
		}
	}
	return true
}
