package redaction

// onLabel holds for the number that a label, a form or a list has, and for one that is
// said to stand on it: form has RW0039182, 998-20-471 on the stickers.
func (rd *reading) onLabel(first, last int) bool {
	if rd.labelBehind(first, last) {
		return true
	}
	if first < 2 || !rd.longCode(first, last) {
		return false
	}
	i := first - 1
	for i > 1 && (rd.tokens[i].low == ":" || rd.tokens[i].low == "\"" || rd.tokens[i].low == "'") {
		i--
	}
	switch rd.tokens[i].low {
	case "has", "had", "have", "read", "reads", "reading", "says", "said", "saying", "show", "shows", "showed", "showing", "lists", "listed", "states", "stated":
		return rd.labelWith(i-1, first)
	case "with":
		return rd.tokens[i-1].low == "it" || rd.tokens[i-1].low == "label" || rd.tokens[i-1].low == "sticker" || rd.tokens[i-1].low == "wristband" || rd.tokens[i-1].low == "labelled"
	case "form", "label", "wristband", "sticker":
		return i > 1 && (rd.tokens[i-1].low == "on" || rd.tokens[i-1].low == "the") && rd.notThing(i, first)
	}
	return false
}

// labelWith holds where what has the number says who a patient is.
func (rd *reading) labelWith(i, first int) bool {
	for j := i; j >= 0 && j > i-6; j-- {
		if saysWho(rd.tokens[j].low) {
			return rd.notThing(j, first)
		}
		if rd.tokens[j].first {
			break
		}
	}
	return false
}

// notThing holds where no thing with a number stands beside a form or in its name.
func (rd *reading) notThing(i, first int) bool {
	for j := max(0, i-2); j < first; j++ {
		switch low := rd.tokens[j].low; low {
		case "form", "card", "tray", "set", "specimen":
		default:
			if numberedThing(low) && j != i || orderedThing(low) {
				return false
			}
		}
	}
	return true
}

// orderedThing holds for what has labels and forms with numbers on them, too.
func orderedThing(low string) bool {
	switch low {
	case "vial", "ampoule", "box", "packet", "bottle", "fridge", "bin", "seal", "locker", "pack", "endoscope", "scope", "ventilator", "scanner", "delivery", "supplier", "equipment", "pat", "maintenance", "trolley":
		return true
	}
	return false
}

// saysWho holds for what tells who a patient is.
func saysWho(low string) bool {
	switch low {
	case "form", "f0rm", "forms", "label", "sample", "tube", "list", "page", "screen", "sticker", "stickers", "wristband", "wristbands", "band", "screenshot", "screenshots", "request", "board", "letter", "chart", "bracelet",
		"photo", "photos", "whiteboard", "handover", "envelope", "consent", "printout", "lab", "labs", "community", "drug-chart", "nametag", "idband":
		return true
	}
	return false
}

// labelBehind holds for a number before where it stands: on the stickers.
func (rd *reading) labelBehind(first, last int) bool {
	if last+2 >= len(rd.tokens) || !rd.longCode(first, last) {
		return false
	}
	j := last + 1
	if rd.tokens[j].low != "on" && rd.tokens[j].low != "in" {
		return false
	}
	if next := rd.tokens[j+1].low; (next == "the" || next == "his" || next == "her" || next == "their") && j+2 < len(rd.tokens) {
		j++
	}
	switch rd.tokens[j+1].low {
	case "stickers", "sticker", "notes", "wristband", "wristbands", "chart", "wrist", "request", "consent", "bracelet":
		return !rd.thingNear(first)
	}
	return false
}

// longCode holds for a number of six digits or more, or with letters.
func (rd *reading) longCode(first, last int) bool {
	text := scanned(rd.low[rd.tokens[first].start:rd.tokens[last].end])
	return countDigits(text) > 5 || countDigits(text) > 4 && (isLetterByte(text[0]) || isLetterByte(text[len(text)-1]))
}

// behindStop holds where a sentence begins, which sentences does not see before every
// code.
func (rd *reading) behindStop(i int) bool {
	if i > 1 && rd.tokens[i-1].low == "." && (rd.tokens[i-2].low == "no" || rd.tokens[i-2].low == "nos") {
		return false
	}
	return rd.tokens[i].first || i > 0 && rd.tokens[i].spaced && rd.tokens[i-1].low == "." && !rd.tokens[i-1].spaced
}
