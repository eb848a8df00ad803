package redaction

// whereStanding is what the sum for letters may lack where only people stand, and
// whereUsual the same for letters that stand everywhere for something else.
const (
	whereStanding = 5
	whereUsual    = 3
)

// standing is what letters that abbreviate something may lack for where they stand: before
// what only people do, behind what somebody has done, or at a text's end, where people sign.
func (rd *reading) standing(sign letters) float64 {
	t := &rd.tokens[sign.first]
	usual := neverInitials(t.low, false)
	switch {
	case len(t.low) > 2 || neverInitials(t.low, true):
		return 0
	case !rd.lettersOfDoer(sign) && !rd.lettersLast(sign) && !rd.doesMore(sign.last+1, usual):
		return 0
	case usual:
		return whereUsual
	}
	return whereStanding
}

// lettersOfDoer holds for letters behind what somebody did or said, or behind a name and
// what joins two.
func (rd *reading) lettersOfDoer(sign letters) bool {
	i := sign.first - 1
	if i < 1 {
		return false
	}
	p, ends := &rd.tokens[i], rd.ends(sign.last+1)
	switch {
	case p.low == "by", p.low == "/" && rd.tokens[i-1].low == "w", careOf(p.low), handled(p.low):
		return ends && !rd.tokens[sign.first].marks.has(role)
	case signing(p.low), mistypedSigning(p), p.low == "off" && signing(rd.tokens[i-1].low):
		return true
	case p.low == ":", told(p.low) || harmed(p.low):
		return (ends || p.low != ":") && !rd.tokens[sign.first].marks.has(role|place)
	case p.low == "and" || p.low == "or" || p.low == "&":
		if rd.tokens[i-1].low == "," {
			i--
		}
		return i > 0 && rd.isName(i-1) && !rd.tokens[sign.first].marks.has(role)
	}
	return p.marks.has(speaker) && ends
}

// lettersLast holds for letters that end a text.
func (rd *reading) lettersLast(sign letters) bool {
	i, j := sign.first, sign.last+1
	return i > 0 && (rd.tokens[i].first || rd.tokens[i-1].kind == punct) && (j >= len(rd.tokens) || j == len(rd.tokens)-1 && rd.tokens[j].low == ".")
}

// doesMore holds for what people do or are: took, told, from estates; only for what they
// say behind letters that stand everywhere for something else.
func (rd *reading) doesMore(j int, usual bool) bool {
	if j >= len(rd.tokens) || rd.tokens[j].first || rd.tokens[j].kind != word {
		return false
	}
	n := &rd.tokens[j]
	if n.marks.has(speaker) || onlyPeople(n.low) || rd.working(j) || n.low == "off" && rd.away(j+1) {
		return true
	}
	return !usual && (n.marks.has(act) && !rd.ofThings(j) || rd.roleAfter(j))
}

// harmed holds for what is done to people alone.
func harmed(low string) bool {
	switch low {
	case "punched", "kicked", "slapped", "hugged", "assaulted", "bit", "headbutted", "pushed", "shoved", "grabbed", "comforted", "consoled":
		return true
	}
	return false
}
