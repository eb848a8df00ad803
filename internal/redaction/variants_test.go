package redaction

import (
	"cmp"
	"math/rand"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"lfpse/internal/redaction/corpus"
)

// telling is a narrative as somebody else might have told it: of other people, or in
// another case. Its stretches are of bytes, as typed.
type telling struct {
	text string
	// where people stand by name and by letters, and what may go or stay for another reason
	names, letters, either [][2]int
}

func within(stretches [][2]int, start, end int) bool {
	return slices.ContainsFunc(stretches, func(s [2]int) bool { return start >= s[0] && end <= s[1] })
}

func touching(stretches [][2]int, start, end int) bool {
	return slices.ContainsFunc(stretches, func(s [2]int) bool { return start < s[1] && end > s[0] })
}

// cast are the names that people of other tellings are given: names alone, and names that
// are words too.
type cast struct {
	lex                    *lexicon
	random                 *rand.Rand
	given, family          []string
	givenWord, familyWord  []string
	wordsInTen, slipsInTen int
}

func newCast(t *testing.T, lex *lexicon, seed int64) *cast {
	t.Helper()
	c := &cast{lex: lex, random: rand.New(rand.NewSource(seed)), wordsInTen: 4, slipsInTen: 1}
	for line := range strings.Lines(lex.unpack()) {
		name, _, _ := strings.Cut(line, " ")
		e := lex.words.get(name)
		if len(name) < 3 || e.marks.has(title|role|kin|place|medical) || e.marks.has(stop|month) && e.given < 2 {
			continue
		}
		if e.given > 1 && e.english == 0 {
			c.given = append(c.given, name)
		}
		if e.family > 1 && e.english == 0 {
			c.family = append(c.family, name)
		}
		if e.given > 1 && e.english > 1 {
			c.givenWord = append(c.givenWord, name)
		}
		if e.family > 2 && e.english > 1 {
			c.familyWord = append(c.familyWord, name)
		}
	}
	return c
}

// name answers a name for somebody, in small letters.
func (c *cast) name(given bool) string {
	word := c.random.Intn(10) < c.wordsInTen
	names := c.family
	switch {
	case given && word:
		names = c.givenWord
	case given:
		names = c.given
	case word:
		names = c.familyWord
	}
	name := names[c.random.Intn(len(names))]
	if !word && c.random.Intn(10) < c.slipsInTen {
		at := 1 + c.random.Intn(len(name)-1)
		name = name[:at] + string(rune('a'+c.random.Intn(26))) + name[at:]
	}
	return name
}

// initials answers other letters, that abbreviate nothing, for those of a text in small
// letters.
func (c *cast) initials(text string) string {
	const letters = "jsmadrcpkltbhgenwof"
	for {
		drawn := strings.Map(func(r rune) rune {
			if r < 'a' || r > 'z' {
				return r
			}
			return rune(letters[c.random.Intn(len(letters))])
		}, text)
		if e := c.lex.words.get(drawn); !e.marks.has(short | shorthand | medical | stop) {
			return drawn
		}
	}
}

// retell tells a narrative of other people, or, without a cast, as it is.
func (c *cast) retell(n corpus.Narrative) telling {
	var out strings.Builder
	var told telling
	typed, at := []rune(n.Text), 0
	called := map[string]string{}
	for _, id := range marksOf(n) {
		if id.Start < at {
			continue
		}
		out.WriteString(string(typed[at:id.Start]))
		start, text := out.Len(), string(typed[id.Start:id.End])
		if c != nil {
			text = c.recast(id, text, called)
		}
		out.WriteString(text)
		stretch := [2]int{start, out.Len()}
		switch id.Type {
		case "NAME":
			told.names = append(told.names, stretch)
		case "INITIALS":
			told.letters = append(told.letters, stretch)
		default:
			told.either = append(told.either, stretch)
		}
		at = id.End
	}
	out.WriteString(string(typed[at:]))
	told.text = out.String()
	return told
}

// marksOf answers all that is marked in a narrative and need not stay, in order.
func marksOf(n corpus.Narrative) []corpus.Identifier {
	all := slices.Clone(n.Identifiers)
	for _, o := range n.Optional {
		all = append(all, corpus.Identifier{Interval: o.Interval, Type: "either"})
	}
	slices.SortFunc(all, func(a, b corpus.Identifier) int { return cmp.Compare(a.Start, b.Start) })
	return all
}

// recast answers what somebody else would be called, the same wherever they stand.
func (c *cast) recast(id corpus.Identifier, text string, called map[string]string) string {
	switch id.Type {
	case "INITIALS":
		return c.another(text, called, c.initials)
	case "NAME":
		words := strings.Fields(text)
		for i, word := range words {
			if len(word) > 2 && !strings.ContainsAny(word, ".,") {
				given := i == 0 && (len(words) > 1 || strings.Contains(id.Sub, "|F"))
				words[i] = c.another(word, called, func(string) string { return c.name(given) })
			}
		}
		return strings.Join(words, " ")
	}
	return text
}

// another answers a name or letters in the case of the old ones.
func (c *cast) another(old string, called map[string]string, draw func(string) string) string {
	low := strings.ToLower(old)
	if called[low] == "" {
		called[low] = draw(low)
	}
	drawn := called[low]
	switch old {
	case low:
		return drawn
	case strings.ToUpper(old):
		return strings.ToUpper(drawn)
	}
	return strings.ToUpper(drawn[:1]) + drawn[1:]
}

// inCase changes the case of every letter whose other case is as long.
func (told telling) inCase(change func(string) string) telling {
	told.text = strings.Map(func(r rune) rune {
		changed := []rune(change(string(r)))
		if len(changed) == 1 && utf8.RuneLen(changed[0]) == utf8.RuneLen(r) {
			return changed[0]
		}
		return r
	}, told.text)
	return told
}
