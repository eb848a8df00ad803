package corpus

import (
	"slices"
	"strings"
)

// State is what became of an identifier.
type State int

const (
	Removed State = iota // nothing that tells is left
	Partial              // something is left, but less than a leak
	Leaked               // what is left identifies
)

// words that name no particular street.
var generic = []string{
	"road", "street", "avenue", "close", "lane", "drive", "court", "terrace", "grove", "way",
	"crescent", "gardens", "place", "mews", "rise", "view", "flat", "house", "cottage", "farm",
	"lodge", "off", "the",
}

// remains is a text and which of its characters an engine has left.
type remains struct {
	text []rune
	kept []bool
}

func without(text string, removed []Interval) remains {
	left := remains{text: []rune(text)}
	left.kept = make([]bool, len(left.text))
	for i := range left.kept {
		left.kept[i] = true
	}
	for _, gone := range removed {
		for i := max(0, gone.Start); i < min(gone.End, len(left.kept)); i++ {
			left.kept[i] = false
		}
	}
	return left
}

// significantIn counts the letters and digits of an interval, and those left.
func (r remains) significantIn(in Interval) (kept, all int) {
	for i := in.Start; i < in.End; i++ {
		if !significant(r.text[i]) {
			continue
		}
		all++
		if r.kept[i] {
			kept++
		}
	}
	return kept, all
}

// survives reports whether more than half of the letters and digits are left.
func (r remains) survives(in Interval) bool {
	kept, all := r.significantIn(in)
	return 2*kept > all
}

// vanished reports whether more than half of the letters and digits are gone.
func (r remains) vanished(in Interval) bool {
	kept, all := r.significantIn(in)
	return 2*kept < all || all == 0
}

// state judges one identifier. Some classes are told by a part: a name by any one
// of its words, an address by its street, a mail address by what stands before
// the @, a postcode by its last three characters. The rest are told by more than
// half of their letters and digits.
func (r remains) state(of Identifier) State {
	if kept, _ := r.significantIn(of.Interval); kept == 0 {
		return Removed
	}
	leaked := false
	switch of.Type {
	case "NAME":
		leaked = slices.ContainsFunc(r.nameWords(of.Interval), r.survives)
	case "EMAIL":
		leaked = slices.ContainsFunc(r.localPart(of.Interval), r.survives)
	case "ADDRESS":
		leaked = slices.ContainsFunc(r.streetWords(of.Interval), r.survives)
	case "POSTCODE":
		leaked = r.inwardSurvives(of.Interval)
	default:
		leaked = r.survives(of.Interval)
	}
	if leaked {
		return Leaked
	}
	return Partial
}

// nameWords are the words of three letters or more; the whole, if it has none.
func (r remains) nameWords(in Interval) []Interval {
	if words := longWords(runs(r.text, in, isLetter)); len(words) > 0 {
		return words
	}
	return []Interval{in}
}

func (r remains) localPart(in Interval) []Interval {
	local := in
	if at := slices.Index(r.text[in.Start:in.End], '@'); at >= 0 {
		local.End = in.Start + at
	}
	if words := longWords(runs(r.text, local, inWord)); len(words) > 0 {
		return words
	}
	return []Interval{local}
}

func (r remains) streetWords(in Interval) []Interval {
	return slices.DeleteFunc(longWords(runs(r.text, in, isLetter)), func(word Interval) bool {
		return slices.Contains(generic, strings.ToLower(string(r.text[word.Start:word.End])))
	})
}

// inwardSurvives reports whether two of the last three letters and digits are left.
func (r remains) inwardSurvives(in Interval) bool {
	seen, kept := 0, 0
	for i := in.End - 1; i >= in.Start && seen < 3; i-- {
		if !significant(r.text[i]) {
			continue
		}
		seen++
		if r.kept[i] {
			kept++
		}
	}
	return kept >= 2
}

func longWords(words []Interval) []Interval {
	return slices.DeleteFunc(words, func(word Interval) bool { return word.length() < 3 })
}
