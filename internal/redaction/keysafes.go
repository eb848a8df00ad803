package redaction

// keySafes takes the codes of the safes that hold the keys of people who are cared for
// at home: key safe 4471, keysafe code is 2290.
func (rd *reading) keySafes() {
	for _, i := range rd.numeric {
		t := &rd.tokens[i]
		if !safeCode(t) || rd.unitFollows(i) || rd.measured(t.end) || i+1 < len(rd.tokens) && counted(rd.tokens[i+1].low) {
			continue
		}
		if rd.safeBefore(i) || rd.safeAfter(i+1) {
			rd.span(t.start, t.end, Identifier, 0.75, "code of a key safe")
		}
	}
}

// safeCode holds for three to six digits. Codes with letters are the makers' own, and
// name locks of many kinds.
func safeCode(t *token) bool {
	return t.kind == number && len(t.low) > 2 && len(t.low) < 7
}

// safeBefore holds where a key safe stands before its code.
func (rd *reading) safeBefore(i int) bool {
	for j := i - 1; j >= 0 && j > i-7; j-- {
		if rd.keySafe(j) {
			return true
		}
		switch rd.tokens[j].low {
		case "at", "on", "in":
			if j == i-1 {
				return false // at 0900
			}
		case "code", "number", "no", "num", "pin", "is", "was", "now", ":", ".", "(", "#", "=", "-", "by", "the", "front", "back", "side", "rear", "door", "of", "left", "right", "outside":
		default:
			return false
		}
	}
	return false
}

// safeAfter holds where a code is for the key safe behind it.
func (rd *reading) safeAfter(i int) bool {
	if i+1 >= len(rd.tokens) || rd.tokens[i].low != "for" && rd.tokens[i].low != "on" {
		return false
	}
	if i++; rd.tokens[i].low == "the" {
		i++
	}
	return i < len(rd.tokens) && (rd.keySafe(i) || rd.keySafe(i+1))
}

// keySafe holds for the last word of a key safe.
func (rd *reading) keySafe(i int) bool {
	if i >= len(rd.tokens) {
		return false
	}
	switch rd.tokens[i].low {
	case "keysafe", "key-safe":
		return true
	case "safe":
		return i > 0 && rd.tokens[i-1].low == "key"
	}
	return false
}
