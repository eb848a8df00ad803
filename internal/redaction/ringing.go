package redaction

// lines takes short numbers by what the telephone or the bleep of that number does, and
// by who carries it: 41179 diverts to a fax, the pharmacist carries 0735, everyone rings
// 64108. They may be in parts: 38 117 rings out, put through to 2 6640.
func (rd *reading) lines() {
	end := -1
	for _, i := range rd.numeric {
		if i <= end || rd.tokens[i].kind != number && !garbledNumber(rd.tokens[i].low) || rd.dated(rd.tokens[i].start) {
			continue
		}
		last := rd.lineFrom(i)
		if last < i {
			continue
		}
		if rd.lineDoes(i, last) || i > 0 && rd.lineIsUsed(i, last) {
			rd.span(rd.tokens[i].start, rd.tokens[last].end, Extension, 0.55, "number of a line by what it does")
			end = last
		}
	}
}

// lineFrom answers the last token of a number of four digits to six, in parts perhaps, or
// -1.
func (rd *reading) lineFrom(i int) int {
	digits, last := len(rd.tokens[i].low), i
	for digits < 6 && last+1 < len(rd.tokens) {
		j := last + 1
		if rd.tokens[j].low == "-" && !rd.tokens[j].spaced && j+1 < len(rd.tokens) && !rd.tokens[j+1].spaced {
			j++
		}
		n := &rd.tokens[j]
		if n.kind != number || n.first || digits > 3 || digits+len(n.low) > 6 || len(n.low) < 3 && (digits > 2 && len(n.low) > 1 || len(n.low) > 1) && last == i || len(n.low) == 1 && len(rd.tokens[i].low) > 1 {
			break
		}
		digits += len(n.low)
		last = j
	}
	low := scanned(rd.tokens[i].low)
	if digits < 4 || digits > 6 || last == i && (digits > 5 || emergency(low) || publicLine(low)) || rd.unitFollows(last) || rd.measured(rd.tokens[last].end) {
		return -1
	}
	return last
}

// lineDoes holds for a number that a clause begins with and that rings, diverts or works.
func (rd *reading) lineDoes(i, last int) bool {
	if last+1 >= len(rd.tokens) || !rd.opensClause(i) && !rd.behindStop(i) {
		return false
	}
	if low := scanned(rd.tokens[i].low); last == i && (!yearless(low) || clock(low)) && !rd.tellsOfLines(i) {
		return false
	}
	next := ""
	if last+2 < len(rd.tokens) {
		next = rd.tokens[last+2].low
	}
	switch rd.tokens[last+1].low {
	case "rings", "diverts", "diverted", "redirects":
		return true
	case "rang":
		return next == "out" || next == "and"
	case "works":
		return rd.tellsOfLines(i)
	case "is", "was":
		return last == i && rd.likeLine(i)
	}
	return false
}

// tellsOfLines holds where the sentence so far, or the last line of it, tells of numbers
// to ring.
func (rd *reading) tellsOfLines(i int) bool {
	for j := i - 1; j >= 0 && j > i-12; j-- {
		switch rd.tokens[j].low {
		case "numbers", "bleeps", "extensions", "phones", "pagers", "bleep", "extension", "directory":
			return true
		case ".":
			if rd.tokens[j+1].first {
				return false
			}
		}
	}
	return false
}

// lineIsUsed holds behind whoever carries, answers or rings a number.
func (rd *reading) lineIsUsed(i, last int) bool {
	low := scanned(rd.tokens[i].low)
	whole := last > i || yearless(low)
	switch before := rd.tokens[i-1].low; before {
	case "rings", "dials", "carries", "carrying":
		return whole && rd.aloneAfter(last)
	case "answers", "holds":
		return whole && i > 1 && (rd.answers(i-2) || grade(&rd.tokens[i-2])) && rd.aloneAfter(last)
	case "answer":
		return whole && i > 1 && (rd.tokens[i-2].low == "didn't" || rd.tokens[i-2].low == "didn0t" || rd.tokens[i-2].low == "not" || rd.tokens[i-2].low == "t" || rd.tokens[i-2].low == "didnt")
	case "#":
		return whole && i > 1 && !rd.tokens[i].spaced && (rd.tokens[i-2].low == "on" || rd.tokens[i-2].low == "bleep" || rd.tokens[i-2].marks.has(role))
	case "on", "to", "not":
		return last > i && rd.ringsHere(i)
	case "marked", "spare", "then", "tried", ",":
		return last == i && yearless(low) && rd.likeLine(i)
	case "flat", "battery":
		return last == i && yearless(low) && !clock(low) && rd.tellsOfLines(i)
	case "lists", "says", "reads":
		return last > i+2 && last+1 < len(rd.tokens) && (rd.tokens[last+1].low == "for" || rd.tokens[last+1].low == "as")
	}
	return false
}

// ringsHere holds where somebody rings or is put through in the same sentence.
func (rd *reading) ringsHere(i int) bool {
	for j := i - 1; j >= 0 && j > i-14; j-- {
		switch rd.tokens[j].low {
		case "rang", "rings", "ring", "phoned", "call", "called", "calls", "switch", "switchboard", "dialled", "diverted", "transferred", "through", "thru":
			return true
		}
		if rd.tokens[j].first {
			break
		}
	}
	return false
}

// likeLine holds for a number that has the digits of a line of the same text in another
// order.
func (rd *reading) likeLine(i int) bool {
	low := rd.tokens[i].low
	for _, s := range rd.spans {
		if s.Class == Extension && s.End-s.Start == len(low) && s.End <= rd.tokens[i].start && rd.tokens[i].start-s.End < 40 && reordered(rd.low[s.Start:s.End], low) {
			return true
		}
	}
	return false
}
