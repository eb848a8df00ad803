package redaction

import "strings"

// What stands between a number and the word that introduces it is often a part of it: the
// letters of a hospital, of a clinic or of a register.

// prefix steps back from a number over the letters before it: W7/87201,
// RXX-0012345, A 123456.
func (rd *reading) prefix(tok int) int {
	if tok >= 2 && rd.tokens[tok-1].kind == punct && strings.Contains("/-", rd.tokens[tok-1].low) && !rd.tokens[tok].spaced && !rd.tokens[tok-1].spaced {
		if p := &rd.tokens[tok-2]; p.end-p.start <= 4 && p.kind != punct && p.kind != opaque {
			if c, isCue := numberCue(p.low); !isCue || c.class == HospitalNumber && lettersOfHospital(p.low) {
				return tok - 2
			}
		}
	}
	if tok >= 2 && rd.tokens[tok].spaced && rd.numbersLetters(tok-1) {
		return tok - 1
	}
	return tok
}

// numbersLetters holds for the letters that a number begins with: A 123456, MAT
// 20661.
func (rd *reading) numbersLetters(i int) bool {
	t := &rd.tokens[i]
	if rd.smallPrefix(i) {
		return true
	}
	if t.kind != word || !t.capital || filler(t) || t.low == "vs" || i > 0 && (t.low == "n" && rd.tokens[i-1].low == "/" || t.low == "c" && rd.tokens[i-1].low == "&") {
		return false
	}
	_, isCue := numberCue(t.low)
	return len(t.low) <= 2 || len(t.low) <= 4 && t.caps && !isCue && t.low != "band" && t.low != "card" && rd.tokens[i].spaced && rd.numberWord(i-1)
}

// smallPrefix holds for the same in small letters, right behind a word that introduces
// such a number: mrn: rgt 2201944, hcpc ra 71834.
func (rd *reading) smallPrefix(i int) bool {
	t := &rd.tokens[i]
	if i < 1 || t.kind != word || t.cased || t.capital || len(t.low) > 3 || len(t.low) > 1 && t.english > 0 && t.english < 4 || unit(t.low) && len(t.low) > 1 || filler(t) || t.hints.has(cueHint) && !lettersOfHospital(t.low) {
		return false
	}
	j := i - 1
	for j > 0 && (rd.tokens[j].low == ":" || rd.tokens[j].low == "." || rd.tokens[j].low == "(" || numberWord(rd.tokens[j].low) || rd.tokens[j].low == "no" || ofWhom(rd.tokens[j].low)) {
		j--
	}
	if numberOfRecord(rd.tokens[j].low) || rd.tokens[j].low == "hcpc" || rd.tokens[j].low == "pin" {
		return true
	}
	if j+1 == i {
		return false
	}
	c, ok := pairCue(rd.tokens[j].low, "number")
	return ok && c.class == HospitalNumber
}

// numberOfRecord holds for words that introduce a hospital's number and nothing else.
func numberOfRecord(low string) bool {
	c, ok := numberCue(low)
	return ok && c.class == HospitalNumber
}

// numberWord holds for what stands right before a number's first letters.
func (rd *reading) numberWord(i int) bool {
	switch rd.tokens[i].low {
	case "number", "no", ".", ":", "id", "ref", "is", "was":
		return true
	}
	return false
}

// lettersOfHospital holds for letters that say what a number is and belong to it, too:
// HN-224871.
func lettersOfHospital(low string) bool {
	switch low {
	case "hn", "mat", "rxr", "fin", "k", "emis", "rio":
		return true
	}
	return false
}

// letterBehind steps on from a number that ends at a place over the letter that it ends
// with: 0093312-K, 61/04477/B.
func (rd *reading) letterBehind(end int) int {
	j := rd.tokenAt(end)
	if j+1 >= len(rd.tokens) || rd.tokens[j].start != end || rd.tokens[j].low != "-" && rd.tokens[j].low != "/" {
		return end
	}
	n := &rd.tokens[j+1]
	if n.spaced || n.kind != word || len(n.low) > 2 || len(n.low) == 2 && !n.caps || j+2 < len(rd.tokens) && !rd.tokens[j+2].spaced && rd.tokens[j+2].kind != punct {
		return end
	}
	return n.end
}

// spelledCue finds a cue of which stops or spaces part the letters: G.M.C., m r n.
func (rd *reading) spelledCue(i int) (cue, bool) {
	var buf [4]byte
	at := len(buf)
	for j := i; j >= 0 && at > 0 && rd.tokens[j].kind == word && len(rd.tokens[j].low) == 1; j-- {
		at--
		buf[at] = rd.tokens[j].low[0]
		if j > 0 && rd.tokens[j-1].low == "." && !rd.tokens[j-1].spaced {
			j--
		}
	}
	if at > len(buf)-3 {
		return cue{}, false
	}
	return numberCue(string(buf[at:]))
}

// joinedCode answers the first token of a few letters, a mark and the number at token i,
// of five to eight digits, or -1: EB-55903, M8-40177.
func (rd *reading) joinedCode(i int) int {
	if i < 2 || rd.joinedFrom(i-2) != i {
		return -1
	}
	return i - 2
}

// joinedFrom answers the last token of such a number that begins at token i, or -1.
func (rd *reading) joinedFrom(i int) int {
	if i+2 >= len(rd.tokens) {
		return -1
	}
	t, mark, n := &rd.tokens[i], &rd.tokens[i+1], &rd.tokens[i+2]
	if t.kind != word && t.kind != code || len(t.low) > 4 || isDigit(rune(t.low[0])) || mark.low != "-" && mark.low != "/" || mark.spaced || n.spaced {
		return -1
	}
	if n.kind != number && (n.kind != code || leadingDigits(scanned(n.low)) < len(n.low)) || len(n.low) < 5 || len(n.low) > 8 || i > 0 && !t.spaced && (rd.tokens[i-1].low == "-" || rd.tokens[i-1].low == "/") {
		return -1
	}
	return i + 2
}

// ofMaternity steps back from a number over the letters of a maternity's: number MAT
// 20661, MAT/93/1225.
func (rd *reading) ofMaternity(first, tok int) int {
	switch {
	case first != tok || tok < 2:
	case rd.tokens[tok-1].low == "mat" && (rd.numberWord(tok-2) || numberOfRecord(rd.tokens[tok-2].low)):
		return tok - 1
	case rd.tokens[tok-1].low == "/" && rd.tokens[tok-2].low == "mat" && !rd.tokens[tok].spaced:
		return tok - 2
	}
	return first
}
