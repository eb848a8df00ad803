package redaction

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// email takes what is glued to an at sign, or parted from it by one space when
// the right side has a dot.
func (rd *reading) email(at int, k *known) {
	start, end := at, at+1
	if at > 1 && rd.fold[at-1] == ' ' && end < len(rd.fold) && rd.fold[end] == ' ' {
		if !rd.domainAt(end + 1) {
			rd.spacedEmail(at, k)
			return
		}
		start, end = at-1, end+1
	} else {
		start, end = rd.oneSideApart(at)
	}
	for end < len(rd.fold) {
		c, size := utf8.DecodeRuneInString(rd.fold[end:])
		if !mailRune(c) {
			break
		}
		end += size
	}
	local := start
	for start > 0 {
		c, size := utf8.DecodeLastRuneInString(rd.fold[:start])
		if !mailRune(c) && !strings.ContainsRune("!#$%&*/=?^{}|~", c) {
			break
		}
		start -= size
	}
	end -= len(rd.fold[at+1:end]) - len(strings.TrimRight(rd.fold[at+1:end], ".-'+_"))
	if end <= at+1 && start == local {
		return
	}
	switch {
	case start == local && strings.ContainsFunc(rd.fold[at+1:end], unicode.IsLetter):
		rd.span(at, end, Online, 0.8, "handle")
	case start < local && (end > at+1) && strings.ContainsFunc(rd.fold[start:end], unicode.IsLetter):
		rd.span(start, end, Email, 1, "at sign")
		k.learnLocal(rd.low[start:local])
	}
}

// oneSideApart answers where the name before an at sign ends and the host behind it
// begins, when white space stands on one side: h.pilling@ trust.example.
func (rd *reading) oneSideApart(at int) (nameEnd, host int) {
	text := rd.fold
	space := func(i int) bool { return i > 0 && i < len(text) && (text[i] == ' ' || text[i] == '\n') }
	switch {
	case space(at+1) && at > 0 && mailRune(rune(text[at-1])) && rd.domainAt(at+2):
		return at, at + 2
	case space(at-1) && at > 1 && isLetterOrDigit(text[at-2]) && rd.domainAt(at+1):
		word := at - 1
		for word > 0 && mailRune(rune(text[word-1])) {
			word--
		}
		if strings.ContainsAny(text[word:at-1], "._0123456789") {
			return at - 1, at + 1
		}
	}
	return at, at + 1
}

func isLetterOrDigit(c byte) bool { return isLetterByte(c) || isDigit(rune(c)) }

// spacedEmail takes "mary . jones @ nhs . net", spaces around everything.
func (rd *reading) spacedEmail(at int, k *known) {
	i, found := slices.BinarySearchFunc(rd.tokens, at, func(t token, at int) int { return cmp.Compare(t.start, at) })
	if !found || i == 0 || i+1 >= len(rd.tokens) || rd.tokens[i-1].kind == punct || rd.tokens[i+1].kind == punct {
		return
	}
	last := rd.stops(i+1, 1)
	if last == i+1 {
		return
	}
	start := rd.tokens[rd.stops(i-1, -1)].start
	rd.span(start, rd.tokens[last].end, Email, 0.9, "at sign between spaces")
	k.learnLocal(rd.low[start:at])
}

// stops follows words between which nothing but a stop stands.
func (rd *reading) stops(i, step int) int {
	for i+2*step >= 0 && i+2*step < len(rd.tokens) && rd.tokens[i+step].low == "." && rd.tokens[i+2*step].kind != punct && rd.tokens[i+2*step].kind != opaque {
		i += 2 * step
	}
	return i
}

func mailRune(c rune) bool {
	return unicode.IsLetter(c) || unicode.IsNumber(c) || strings.ContainsRune("._-+'", c)
}

// domainAt holds where letters with a dot between them begin.
func (rd *reading) domainAt(i int) bool {
	end := i
	for end < len(rd.fold) && mailRune(rune(rd.fold[end])) {
		end++
	}
	dot := strings.IndexByte(rd.fold[i:end], '.')
	return dot > 0 && dot < end-i-1
}

// spelledEmail takes "jo dot bloggs at example dot org" and "jo.bloggs (at)
// example.org", beginning from the word at.
func (rd *reading) spelledEmail(i int, k *known) {
	bracketed := i > 0 && i+1 < len(rd.tokens) && rd.bracketed(i)
	left, right := i-1, i+1
	if bracketed {
		left, right = i-2, i+2
	}
	if left < 0 || right >= len(rd.tokens) || rd.tokens[left].kind == punct || rd.tokens[right].kind == punct {
		return
	}
	if rd.tokens[right].kind == number { // somebody at 10.1.2.3
		return
	}
	last, dots := rd.chain(right, 1)
	first, leftDots := rd.chain(left, -1)
	if dots == 0 || !bracketed && leftDots == 0 && !rd.dotWord(right+1) && !(rd.tokens[left].strange() && commonTop(rd.tokens[last].low)) {
		return
	}
	start, end := rd.tokens[first].start, rd.tokens[last].end
	rd.span(start, end, Email, 0.9, "spelled out")
	k.learnLocal(strings.ReplaceAll(rd.low[start:rd.tokens[left].end], "dot", "."))
}

func (rd *reading) bracketed(i int) bool {
	if i < 1 || i+1 >= len(rd.tokens) {
		return false
	}
	open, shut := rd.tokens[i-1].low, rd.tokens[i+1].low
	return open == "(" && shut == ")" || open == "[" && shut == "]"
}

func (rd *reading) dotWord(i int) bool { return i < len(rd.tokens) && rd.tokens[i].low == "dot" }

// chain follows words joined by dots, written or spelled, and counts the dots.
func (rd *reading) chain(i, step int) (last, dots int) {
	for {
		dot, next := i+step, i+2*step
		if k := i + 3*step; k >= 0 && k < len(rd.tokens) && rd.bracketed(i+2*step) && rd.tokens[i+2*step].low == "dot" { // (dot)
			dot, next = i+2*step, i+4*step
		}
		if next < 0 || next >= len(rd.tokens) || rd.tokens[next].kind == punct || rd.tokens[next].kind == opaque {
			return i, dots
		}
		glued := rd.tokens[max(dot, i)].spaced || rd.tokens[max(dot, next)].spaced
		switch {
		case rd.tokens[dot].low == "dot":
		case strings.Contains("._-", rd.tokens[dot].low) && rd.tokens[dot].kind == punct && !glued:
		default:
			return i, dots
		}
		dots++
		i = next
	}
}
