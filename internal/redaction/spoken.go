package redaction

// spoken is the digit that a word says, -1 for other words, and how many times
// the next one is meant.
func spoken(low string) (digit, times int) {
	switch low {
	case "oh", "o", "zero", "nought", "naught", "nil":
		return 0, 1
	case "one":
		return 1, 1
	case "two":
		return 2, 1
	case "three":
		return 3, 1
	case "four":
		return 4, 1
	case "five":
		return 5, 1
	case "six":
		return 6, 1
	case "seven":
		return 7, 1
	case "eight":
		return 8, 1
	case "nine":
		return 9, 1
	case "double":
		return -1, 2
	case "triple", "treble":
		return -1, 3
	}
	return -1, 0
}

// fewestSpoken is how many digits in words make a number that identifies.
const fewestSpoken = 7

// scanSpoken finds numbers that are spelled out: oh double seven double oh nine
// double oh one six three. Digits may stand among the words.
func (rd *reading) scanSpoken(k *known) {
	for i := 0; i < len(rd.tokens); i++ {
		if _, n := spoken(rd.tokens[i].low); n == 0 {
			continue
		}
		last, digits, words := rd.spokenFrom(i)
		if len(digits) < fewestSpoken || words < 3 {
			continue
		}
		class := Identifier
		c, cued := rd.cueBefore(i)
		known, isKnown := k.numbers[string(trimZeros(digits))]
		switch {
		case isKnown:
			class = known
		case len(digits) == 10 && validNHS(digits):
			class = NHSNumber
		case dialled(string(digits), false, 3):
			class = Phone
		case cued:
			class = c.class
		}
		rd.span(rd.tokens[i].start, rd.tokens[last].end, class, 0.9, "digits in words")
		i = last
	}
}

// spokenFrom reads digits in words from token i on.
func (rd *reading) spokenFrom(i int) (last int, digits []byte, words int) {
	times := 1
	for j := i; j < len(rd.tokens); j++ {
		t := &rd.tokens[j]
		if t.kind == punct && j > i && (t.low == "," || t.low == "-" || t.low == ".") {
			continue
		}
		if t.kind == number && len(digits)+times*len(t.low) <= 16 && j > i {
			for range times {
				digits = append(digits, t.low...)
			}
			times, last = 1, j
			continue
		}
		digit, n := spoken(t.low)
		if t.kind != word || n == 0 || len(digits) > 16 {
			break
		}
		words++
		if digit < 0 {
			times = n
			continue
		}
		for range times {
			digits = append(digits, byte('0'+digit))
		}
		times, last = 1, j
	}
	return last, digits, words
}
