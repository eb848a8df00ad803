package redaction

import "strings"

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
// double oh one six three. Digits may stand among the words, and hyphens between
// them.
func (rd *reading) scanSpoken(k *known) {
	last := -1
	for _, i := range rd.marked {
		if i <= last || !rd.tokens[i].hints.has(digitHint) {
			continue
		}
		said := rd.spokenFrom(i)
		if len(said.digits) < fewestSpoken || said.words < 3 {
			continue
		}
		rd.span(rd.tokens[i].start, rd.tokens[said.last].end, rd.classOfSpoken(i, said.digits, k), 0.9, "digits in words")
		last = said.last
	}
}

func (rd *reading) classOfSpoken(i int, digits []byte, k *known) Class {
	c, cued := rd.cueBefore(i)
	known, isKnown := k.numbers[string(trimZeros(digits))]
	switch {
	case isKnown:
		return known
	case len(digits) == 10 && validNHS(digits):
		return NHSNumber
	case dialled(string(digits), false, 3):
		return Phone
	case cued:
		return c.class
	}
	return Identifier
}

// digitWord holds for a word that says a digit, or several with hyphens between.
func digitWord(low string) bool {
	first, _, _ := strings.Cut(low, "-")
	_, n := spoken(first)
	return n > 0
}

// longestSpoken is the most digits of a number in words.
const longestSpoken = 16

// said is a number in words that is being read.
type said struct {
	digits      []byte
	last, words int
	times       int // how often the next digit is meant
}

// spokenFrom reads digits in words from token i on.
func (rd *reading) spokenFrom(i int) said {
	s := said{last: i, times: 1}
	for j := i; j < len(rd.tokens); j++ {
		switch t := &rd.tokens[j]; {
		case t.kind == punct && j > i && (t.low == "," || t.low == "-" || t.low == "."):
		case t.kind == number && j > i && len(s.digits)+s.times*len(t.low) <= longestSpoken:
			s.add(t.low, j)
		case t.kind == word && len(s.digits) <= longestSpoken && s.say(t.low, j):
		default:
			return s
		}
	}
	return s
}

// say adds what a word says, or each of several with hyphens between; it says whether
// all are digits.
func (s *said) say(low string, at int) bool {
	for part := range strings.SplitSeq(low, "-") {
		if _, n := spoken(part); n == 0 {
			return false
		}
	}
	for part := range strings.SplitSeq(low, "-") {
		digit, n := spoken(part)
		s.words++
		if digit < 0 {
			s.times = n
			continue
		}
		s.add(string(rune('0'+digit)), at)
	}
	return true
}

func (s *said) add(digits string, at int) {
	for range s.times {
		s.digits = append(s.digits, digits...)
	}
	s.times, s.last = 1, at
}
