package redaction

import "strings"

// areas are the postcode areas of the Royal Mail, and the Crown dependencies.
const areas = " ab al b ba bb bd bh bl bn br bs bt ca cb cf ch cm co cr ct cv cw da dd de dg dh dl dn dt dy e ec eh en ex fk fy g gl gu gy ha hd hg hp hr hs hu hx ig im ip iv je ka kt kw ky l la ld le ll ln ls lu m me mk ml n ne ng nn np nr nw ol ox pa pe ph pl po pr rg rh rm s sa se sg sk sl sm sn so sp sr ss st sw sy ta td tf tn tq tr ts tw ub w wa wc wd wf wn wr ws wv yo ze "

// postcode takes an outward and an inward code, glued or parted.
func (rd *reading) postcode(i int) bool {
	t := &rd.tokens[i]
	if t.kind == word {
		return rd.scannedPostcode(i)
	}
	if t.kind != code || len(t.low) > 7 {
		return false
	}
	if len(t.low) >= 5 && outward(t.low[:len(t.low)-3]) && inward(t.low[len(t.low)-3:]) && rd.area(t) {
		rd.span(t.start, t.end, Postcode, 0.9, "shape of a postcode")
		rd.beforePostcode(i)
		return true
	}
	next := i + 1
	if next < len(rd.tokens) && rd.tokens[next].low == "-" {
		next++
	}
	if next >= len(rd.tokens) || !outward(t.low) || !rd.area(t) {
		return false
	}
	n := &rd.tokens[next]
	if !inward(n.low) && !(n.kind == word && n.entry == (entry{}) && inward(scannedDigit(n.low))) {
		return false
	}
	if rd.fold[n.start:n.end] == n.low && countedUnit(n.low) {
		return false
	}
	rd.span(t.start, n.end, Postcode, 0.9, "shape of a postcode")
	rd.beforePostcode(i)
	return true
}

// scannedPostcode takes a postcode of which a scanner read the digits before the space
// for letters: LSl 4AP.
func (rd *reading) scannedPostcode(i int) bool {
	t := &rd.tokens[i]
	if len(t.low) < 2 || len(t.low) > 4 || i+1 == len(rd.tokens) || t.english > 0 {
		return false
	}
	n := &rd.tokens[i+1]
	if n.kind != code || !inward(n.low) || countedUnit(n.low) || unit(n.low[1:]) {
		return false
	}
	for _, digit := range []string{"l1", "i1", "o0"} {
		for at := 1; at < len(t.low) && at < 3; at++ {
			if t.low[at] != digit[0] {
				continue
			}
			if low := t.low[:at] + digit[1:] + t.low[at+1:]; outward(low) && inAreas(low) {
				rd.span(t.start, n.end, Postcode, 0.7, "shape of a postcode")
				rd.beforePostcode(i)
				return true
			}
		}
	}
	return false
}

// scannedDigit reads the first letter of an inward code for a digit: OQD.
func scannedDigit(low string) string {
	switch low[0] {
	case 'o':
		return "0" + low[1:]
	case 'l', 'i':
		return "1" + low[1:]
	}
	return low
}

// gluedPostcode holds for a postcode without a space, in an area that there is.
func gluedPostcode(low string) bool {
	n := len(low) - 3
	return n > 1 && n < 5 && outward(low[:n]) && inward(low[n:]) && inAreas(low)
}

// inAreas holds for what begins with the letters of an area.
func inAreas(low string) bool {
	letters := strings.IndexAny(low, "0123456789")
	return letters > 0 && strings.Contains(areas, " "+low[:letters]+" ")
}

// area holds where the letters are those of an area, or where capitals say that
// a code is meant.
func (rd *reading) area(t *token) bool {
	return inAreas(t.low) || t.capital || rd.fold[t.start] != rd.low[t.start]
}

// countedUnit keeps "B6 2nd" and "E2 5hr" in the story.
func countedUnit(low string) bool {
	switch low[1:] {
	case "st", "nd", "rd", "th", "hr", "wk", "yr":
		return true
	}
	return false
}

func outward(s string) bool {
	letters := strings.IndexAny(s, "0123456789")
	if letters < 1 || letters > 2 || len(s)-letters > 2 || len(s) > 4 {
		return false
	}
	rest := s[letters:]
	return len(rest) == 1 || isDigit(rune(rest[1])) || rest[1] >= 'a' && rest[1] <= 'z'
}

func inward(s string) bool {
	return len(s) == 3 && isDigit(rune(s[0])) && unitLetter(s[1]) && unitLetter(s[2])
}

// unitLetter leaves out the letters that inward codes never use.
func unitLetter(c byte) bool { return 'a' <= c && c <= 'z' && !strings.ContainsRune("cikmov", rune(c)) }

// beforePostcode takes what stands between a house, by its number or its name,
// and the postcode at token i: up to three parts between commas.
func (rd *reading) beforePostcode(i int) {
	start, commas := -1, 0
walk:
	for j := i - 1; j >= 0 && j > i-14; j-- {
		t := &rd.tokens[j]
		switch {
		case t.low == ",":
			if commas++; commas > 3 {
				break walk
			}
			continue
		case t.low == "'s" || t.low == "-":
			continue
		case houseNumber(t) && j < i-1 && rd.tokens[j+1].kind == word:
			if at := rd.flat(j); start < 0 || at < start {
				start = at
			}
			continue
		case t.kind == word && (t.capital || !t.cased || dwelling(t.low)) && !t.marks.has(object|link|subject|role|kin) && (!t.marks.has(stop) || t.marks.has(place)) || t.low == "the" && t.capital:
			if houseType(t.low) && j > 0 && rd.beside(j) && rd.nameOfHouse(j-1) && rd.tokens[j+1].low == "," && t.cased {
				start = j - 1
				if j > 1 && rd.beside(j-1) && rd.nameOfHouse(j-2) {
					start = j - 2
				}
			}
			continue
		}
		break walk
	}
	if start < 0 {
		if start = rd.partsBefore(i); start < 0 {
			start = rd.streetBefore(i)
		}
		if start < 0 {
			return
		}
	}
	end := i - 1
	for end > start && (rd.tokens[end].kind == punct || rd.tokens[end].low == "postcode" || rd.tokens[end].low == "pc") {
		end--
	}
	if end > start {
		rd.span(rd.tokens[start].start, rd.tokens[end].end, Address, 0.7, "house before a postcode")
	}
}
