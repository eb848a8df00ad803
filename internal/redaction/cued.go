package redaction

import "strings"

// cueBefore looks back from a token for what introduces it. A bleep that stands
// between them is what was introduced, unless the number goes on with it: bleeped
// 4412 at 0200.
func (rd *reading) cueBefore(tok int) (cue, bool) {
	used, listed := false, true
	found := func(c cue, ok bool) (cue, bool) { return c, ok && !(used && c.class == Extension) }
	for i, steps := tok-1, 0; i >= 0 && steps < 6; i, steps = i-1, steps+1 {
		t := &rd.tokens[i]
		if i > 0 && t.kind == word {
			first := i - 1
			if first > 0 && rd.tokens[first].low == "." && !rd.tokens[first].spaced { // reg. no.
				first--
			}
			if c, ok := pairCue(rd.meant(first), rd.meant(i)); ok {
				return found(c, true)
			}
		}
		if registered7(t) && rd.sevenDigits(tok) {
			return found(cue{Registration, 7, 7}, true)
		}
		if manyNumbers(t) && steps == 0 && rd.lettered6(tok) {
			return found(cue{HospitalNumber, 6, 8}, true)
		}
		if i > 1 && t.low == "c" && rd.tokens[i-1].low == "&" && rd.tokens[i-2].low == "h" {
			return found(numberCue("h&c"))
		}
		if i > 1 && t.low == "n" && rd.tokens[i-1].low == "/" && rd.tokens[i-2].low == "h" { // H/N
			return found(numberCue("hn"))
		}
		if t.low == "unit" && i+2 == tok && rd.tokens[i+1].low == ":" && rd.tokens[tok].kind == code {
			return found(cue{HospitalNumber, 5, 8}, true)
		}
		if c, ok := rd.spelledCue(i); ok {
			return found(c, true)
		}
		if holders(t) && rd.bleepsBefore(i) {
			return found(cue{Extension, 3, 6}, true)
		}
		if t.kind == word || t.low == "s1" {
			if c, ok := numberCue(t.low); ok {
				return found(c, true)
			}
			if c, ok := mistypedCue(t); ok {
				return found(c, true)
			}
		}
		if t.kind == opaque && i+1 < tok && rd.tokens[i+1].low == "." {
			return cue{}, false
		}
		used = used || t.kind == opaque && !listed
		listed = listed && goesOn(t)
		if steps == 0 && t.kind == word && len(t.low) <= 2 && !t.cased && !filler(t) && t.spaced {
			continue // hcpc ra 71834
		}
		if grade(t) && (steps > 0 || !clock(rd.tokens[tok].low)) || holdsSeven(t) && rd.sevenDigits(tok) {
			continue
		}
		if !filler(t) && !(steps > 0 && steps < 4 && i > 0 && rd.asks(i)) {
			return cue{}, false
		}
	}
	return cue{}, false
}

// registered7 holds for words that introduce a pharmacist's or a doctor's number, and
// other things of other lengths.
func registered7(t *token) bool {
	return t.low == "registration" || t.low == "reg" || t.low == "registered" || t.low == "regn"
}

func (rd *reading) sevenDigits(i int) bool {
	return rd.tokens[i].kind == number && len(rd.tokens[i].low) == 7
}

// manyNumbers holds for what a number of letters and digits stands behind: both
// records; numbers P-2047718.
func manyNumbers(t *token) bool { return t.low == "numbers" || t.low == "nos" }

// lettered6 holds for six digits or more with letters before them.
func (rd *reading) lettered6(first int) bool {
	if rd.tokens[first].kind != word || first+2 >= len(rd.tokens) || rd.jobBefore(first) {
		return false
	}
	n := &rd.tokens[first+1]
	if n.low == "-" || n.low == "/" {
		n = &rd.tokens[first+2]
	}
	return n.kind == number && len(n.low) >= 6 || n.kind == code && countDigits(n.low) >= 6
}

// cuedNumber takes the number that a cue stands before, with or without a valid
// check digit: a typing error still names a person. A number glued to letters
// goes with them.
func (rd *reading) cuedNumber(groups []group, i int) {
	tok := groups[i].token
	if i > 0 && groups[i-1].token == tok && groups[i].linked {
		return
	}
	t := &rd.tokens[tok]
	first := rd.prefix(tok)
	c, ok := rd.gluedCue(first, tok)
	if !ok || c.class != Extension {
		if before, cued := rd.cueBefore(first); cued {
			c, ok = before, true
		}
	}
	if !ok {
		rd.rungInside(tok)
		return
	}
	end, n, last := rd.extent(groups, i, c)
	if c.class == Phone && n >= 4 && n <= 5 && rd.dialledInside(tok) && !rd.measured(end) {
		rd.span(t.start, end, Extension, 0.6, "number rung inside")
		return
	}
	if n < c.min || n > c.max || c.class == Extension && (rd.measured(end) || rd.timed(tok) || n == 2 && rd.bent(tok+1)) {
		return
	}
	first = rd.ofMaternity(first, tok)
	start := rd.tokens[first].start
	switch c.class {
	case HospitalNumber:
		end = rd.letterBehind(end)
	case Registration:
	default:
		start = t.start
	}
	rd.span(start, end, c.class, 0.8, "introduced as such")
	rd.siblings(groups, last, c, n)
}

// extent goes from group i over the groups that belong to the number, and
// answers its end, its digits and its last group.
func (rd *reading) extent(groups []group, i int, c cue) (end, n, last int) {
	last = i
	for j := i; j < len(groups) && (j == i || groups[j].linked && rd.near(groups[j-1], groups[j])); j++ {
		size := groups[j].end - groups[j].start
		if n+size > c.max {
			break
		}
		parted := c.class == HospitalNumber || c.class == Registration || c.class == NHSNumber && n >= 10
		if n >= c.min && parted && !rd.tight(groups[j-1], groups[j]) && (size != groups[j-1].end-groups[j-1].start && (size < 3 || !rd.phraseEnds(groups[j].token+1)) || rd.unitFollows(groups[j].token)) {
			break
		}
		n += size
		end, last = max(groups[j].end, rd.tokens[groups[j].token].end), j
	}
	return end, n, last
}

// siblings takes the other numbers of the same length that a cue introduces: 12345
// and 54321, 12345 instead of 12354.
func (rd *reading) siblings(groups []group, last int, c cue, digits int) {
	if c.class == Extension {
		rd.otherBleeps(groups, last, digits)
	}
	if c.class == Phone || digits < 5 {
		return
	}
	for j := last + 1; j < len(groups) && j <= last+2; j++ {
		tok := groups[j].token
		if tok-groups[last].token > 8 || groups[j].end-groups[j].start != digits || groups[j].taken || rd.jobBefore(tok) {
			return
		}
		for k := groups[last].token + 1; k <= tok; k++ {
			if rd.tokens[k].first || rd.tokens[k].kind == opaque {
				return
			}
		}
		rd.span(rd.tokens[rd.prefix(tok)].start, rd.tokens[tok].end, c.class, 0.6, "beside one introduced as such")
		last = j
	}
}

// bent holds where what follows a number says that a joint is extended.
func (rd *reading) bent(i int) bool {
	for j := i; j < len(rd.tokens) && j < i+4; j++ {
		switch rd.tokens[j].low {
		case "flexion", "degrees", "deg", "abduction", "rotation":
			return true
		}
	}
	return false
}

// timed holds for a time of day at which somebody was bleeped.
func (rd *reading) timed(tok int) bool {
	if tok == 0 || !clock(rd.tokens[tok].low) {
		return false
	}
	switch rd.tokens[tok-1].low {
	case "at", "@", "by", "since", "until", "from", "time":
		return true
	}
	return false
}

// mostBleeps is how many bleeps one word introduces.
const mostBleeps = 6

// otherBleeps takes the bleeps of the next ones: itu bleep 3302, med reg 2044, sho 2045.
func (rd *reading) otherBleeps(groups []group, last, digits int) {
	for range mostBleeps {
		if !rd.otherBleep(groups, last, digits) {
			return
		}
		last++
	}
}

// otherBleep takes the number in the group behind the last one, if it is a bleep too.
func (rd *reading) otherBleep(groups []group, last, digits int) bool {
	j := last + 1
	if j >= len(groups) || groups[j].taken {
		return false
	}
	tok := groups[j].token
	if size := groups[j].end - groups[j].start; size != digits && !(size > 2 && size < 6 && tok-groups[last].token == 2 && goesOn(&rd.tokens[tok-1]) && !clock(rd.tokens[tok].low)) {
		return false
	}
	if tok-groups[last].token > 5 || rd.tokens[tok].kind != number || rd.timed(tok) || rd.measured(groups[j].end) || rd.jobBefore(tok) {
		return false
	}
	before := &rd.tokens[tok-1]
	if !before.marks.has(role|short) && !goesOn(before) && before.entry != (entry{}) {
		return false
	}
	for k := groups[last].token + 1; k <= tok; k++ {
		if t := &rd.tokens[k]; t.first || t.kind != word && !goesOn(t) && k < tok {
			return false
		}
	}
	rd.span(groups[j].start, groups[j].end, Extension, 0.6, "beside one introduced as such")
	return true
}

// dialledInside holds where a short number is rung: ring 4455, on 4455.
func (rd *reading) dialledInside(tok int) bool {
	if tok == 0 || emergency(rd.tokens[tok].low) {
		return false
	}
	if rd.tokens[tok-1].low == "call" && clock(rd.tokens[tok].low) && (!rd.asked(tok-2) || rd.goesTo(tok+1)) {
		return false // trauma call 1702, call 2204 at 06:31
	}
	if rd.tokens[tok-1].low == "call" && tok+1 < len(rd.tokens) && strings.HasSuffix(rd.tokens[tok+1].low, "graded") {
		return false // call 4471 upgraded
	}
	switch rd.tokens[tok-1].low {
	case "call", "ring", "dial", "phone", "contact", "on", "tel", "telephone", ":", "no", "number", "#":
		return !strings.HasPrefix(rd.tokens[tok].low, "20")
	}
	return false
}

// rungInside takes an extension by what is done with it: ring the ward on 31182, put
// through to 41880.
func (rd *reading) rungInside(tok int) {
	t := &rd.tokens[tok]
	if tok < 2 || t.kind != number || !yearless(t.low) || rd.measured(t.end) || rd.unitFollows(tok) || emergency(t.low) {
		return
	}
	if low := rd.tokens[tok-1].low; (low == "on" || low == "to" && (len(t.low) == 5 || rd.tokens[tok-2].low == "through")) && rd.switchboard(tok-2) {
		rd.span(t.start, t.end, Extension, 0.6, "number rung inside")
	}
}

// switchboard holds where the words up to token i put somebody through to a number.
func (rd *reading) switchboard(i int) bool {
	for j := i; j >= 0 && j > i-4 && !rd.tokens[j+1].first; j-- {
		switch rd.tokens[j].low {
		case "ring", "call", "phone", "contact", "dial", "reach", "bleep", "through", "page", "sho", "reg", "registrar":
			return true
		case "manager", "coordinator", "co-ordinator", "outreach", "anaesthetist", "porters", "matron", "bleepholder", "switchboard":
			return j == i
		}
	}
	return false
}

// yearless holds for four digits or five that are no year of this time.
func yearless(digits string) bool {
	return len(digits) == 5 || len(digits) == 4 && (digits < "1900" || digits > "2040")
}

// emergency holds for the number that every hospital rings a crash team with.
func emergency(low string) bool { return low == "2222" || low == "3333" || low == "9999" }

// asked holds for what stands before a verb that asks somebody to do something.
func (rd *reading) asked(i int) bool {
	if i < 0 || rd.tokens[i].kind == punct {
		return true
	}
	switch rd.tokens[i].low {
	case "please", "to", "or", "and", "then", "can", "could", "should", "must", "just", "pls", "issues", "queries", "concerns", "problems", "questions", "needed":
		return true
	}
	return rd.tokens[i+1].first
}

// holders holds for those who carry something.
func holders(t *token) bool { return t.low == "holder" || t.low == "holders" }

// bleepsBefore holds where the words before tell of bleeps.
func (rd *reading) bleepsBefore(i int) bool {
	for j := i - 1; j >= 0 && j > i-6 && !rd.tokens[j+1].first; j-- {
		if c, ok := numberCue(rd.tokens[j].low); ok && c.class == Extension {
			return true
		}
	}
	return false
}

// gluedCue finds the cue that a number is glued to: nhs9434765919, x2404, HN-224871.
func (rd *reading) gluedCue(first, tok int) (cue, bool) {
	if first < tok && rd.tokens[first+1].kind == punct {
		c, ok := numberCue(rd.tokens[first].low)
		return c, ok && !rd.jobBefore(first)
	}
	if rd.tokens[tok].kind != code {
		return cue{}, false
	}
	return numberCue(withoutNumber(rd.tokens[tok].low))
}

// near holds for groups parted by no more than one separator and a space.
func (rd *reading) near(a, b group) bool {
	gap := rd.fold[a.end:b.start]
	return len(gap) <= 3 && !strings.ContainsAny(gap, ",:\n") && !strings.HasPrefix(gap, ". ")
}

// tight holds for groups parted by one character that is no space.
func (rd *reading) tight(a, b group) bool {
	return b.start-a.end == 1 && rd.fold[a.end] != ' '
}

// measured holds where a unit of time or measure follows: "bleeped 200 times".
func (rd *reading) measured(end int) bool {
	rest := strings.TrimLeft(rd.low[end:min(len(rd.low), end+12)], " ")
	for _, unit := range []string{"time", "min", "hour", "hr", "mg", "ml", "%", "x ", "day", "metre", "yard"} {
		if strings.HasPrefix(rest, unit) {
			return true
		}
	}
	return false
}
