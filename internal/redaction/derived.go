package redaction

import "strings"

// longestWord is the most letters of a word that is looked into.
const longestWord = 32

// build says how a word that is in no list is built.
type build uint8

const (
	unlooked build = iota
	unlikeAny
	slip       // one slip away from a word
	derivation // of words
)

func (l *lexicon) buildOf(low string) build {
	switch {
	case l.slipOf(low):
		return slip
	case l.derived(low):
		return derivation
	}
	return unlikeAny
}

// derived holds for a word in no list that is built of words that are:
// needlestick, recannulated, endoscopists.
func (l *lexicon) derived(low string) bool {
	if len(low) < 5 || len(low) > longestWord {
		return false
	}
	if derivedWord(low) || l.inflected(low) {
		return true
	}
	for _, begin := range beginnings {
		if rest, ok := strings.CutPrefix(low, begin); ok && len(rest) > 3 && (l.everyday(rest) || l.inflected(rest)) {
			return true
		}
	}
	for i := 3; i <= len(low)-3; i++ {
		if l.everyday(low[:i]) && l.everyday(low[i:]) {
			return true
		}
	}
	return false
}

// everyday holds for words that most people know.
func (l *lexicon) everyday(low string) bool {
	e := l.words.get(low)
	return e.english > 0 && e.english < 5 || e.marks.has(medical)
}

// inflected takes the endings of verbs and nouns away.
func (l *lexicon) inflected(low string) bool {
	for _, end := range inflections {
		stem, ok := strings.CutSuffix(low, end)
		if !ok || len(stem) < 3 {
			continue
		}
		if l.everyday(stem) || l.everyday(stem+"e") {
			return true
		}
		if n := len(stem); n > 3 && stem[n-1] == stem[n-2] && l.everyday(stem[:n-1]) {
			return true
		}
	}
	return false
}

var (
	inflections = []string{"s", "es", "ed", "ing", "er", "ers", "ly", "y"}
	beginnings  = []string{"re", "un", "de", "dis", "mis", "pre", "post", "non", "co", "sub", "over", "under", "out", "up", "down", "anti", "inter", "intra", "multi", "mid", "self", "auto"}
	suffixes    = []string{"ed", "ing", "ly", "tion", "tions", "ment", "ments", "ness", "able", "ible", "ised", "ising", "ical", "ous", "ates", "ated", "ating", "less", "ful", "wise", "ity", "ism", "ive", "ist", "ists", "ance", "ency", "ship"}
	prefixes    = []string{"anti", "hyper", "hypo", "inter", "intra", "micro", "mis", "multi", "neuro", "non", "over", "post", "pre", "pseudo", "trans", "under", "un"}
)

// derivedWord holds for words that are built like English ones.
func derivedWord(low string) bool {
	if len(low) < 6 {
		return false
	}
	for _, end := range suffixes {
		if strings.HasSuffix(low, end) {
			return true
		}
	}
	for _, begin := range prefixes {
		if strings.HasPrefix(low, begin) {
			return true
		}
	}
	return false
}
