package redaction_test

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"lfpse/internal/redaction"
)

// narrative is one text of a corpus, with what must go and what must stay.
// Offsets are code points, End exclusive.
type narrative struct {
	ID          string   `json:"id"`
	Setting     string   `json:"setting"`
	Kind        string   `json:"kind"`
	Style       string   `json:"style"`
	Text        string   `json:"text"`
	Spans       []marked `json:"spans"`
	Distractors []marked `json:"distractors"`
	Optional    []marked `json:"optional"` // neither credit nor penalty
	Known       []struct {
		Role      string   `json:"role"`
		Given     string   `json:"given"`
		Family    string   `json:"family"`
		Email     string   `json:"email"`
		Phone     string   `json:"phone"`
		NHSNumber string   `json:"nhs_number"`
		Other     []string `json:"other"`
	} `json:"known"`
}

// marked is a stretch of a narrative. Sub is role, form and origin of a name.
type marked struct {
	Start int    `json:"start"`
	End   int    `json:"end"`
	Type  string `json:"type"`
	Text  string `json:"text"`
	Sub   string `json:"sub"`
	Why   string `json:"why"`
}

func readCorpus(t testing.TB, path string) []narrative {
	t.Helper()
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	var corpus []narrative
	lines := bufio.NewScanner(file)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		if strings.TrimSpace(lines.Text()) == "" {
			continue
		}
		var n narrative
		if err := json.Unmarshal(lines.Bytes(), &n); err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		n.check(t)
		corpus = append(corpus, n)
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
	return corpus
}

// check tells whether every mark stands on the text that it says.
func (n *narrative) check(t testing.TB) {
	t.Helper()
	runes := []rune(n.Text)
	for _, m := range slices.Concat(n.Spans, n.Distractors, n.Optional) {
		if m.Start < 0 || m.End > len(runes) || m.Start >= m.End || m.Text != "" && string(runes[m.Start:m.End]) != m.Text {
			t.Errorf("%s: %q does not stand at %d", n.ID, m.Text, m.Start)
		}
	}
}

func (n *narrative) known() []redaction.Known {
	var known []redaction.Known
	for _, k := range n.Known {
		known = append(known, redaction.Known{
			Role: k.Role, Given: k.Given, Family: k.Family, Email: k.Email, Phone: k.Phone, NHSNumber: k.NHSNumber, Other: k.Other,
		})
	}
	return known
}

// state of an identifier after redaction.
type state int

const (
	gone state = iota
	partial
	leaked
)

// scored is one narrative after redaction.
type scored struct {
	narrative
	keep   []bool // per code point: still to be read
	states []state
	over   []bool // per distractor: removed
	tokens tally
	lost   []removed // words removed for nothing
}

type tally struct{ hit, miss, lost, kept int }

// removed is a stretch of code points that a redactor took away.
type removed struct{ start, end int }

// score compares what a redactor removed with what had to go. The rules are
// those of the shared scorer for such corpora: an identifier leaks when a name
// token of three letters or more, the local part of an e-mail address, a word
// of the street, the inward code, or more than half of the characters of
// anything else can still be read; a distractor is removed when more than half
// of it has vanished.
func score(n narrative, gaps []removed) scored {
	runes := []rune(n.Text)
	s := scored{narrative: n, keep: make([]bool, len(runes))}
	for i := range s.keep {
		s.keep[i] = true
	}
	for _, g := range gaps {
		for i := g.start; i < g.end; i++ {
			s.keep[i] = false
		}
	}
	const identifier, excluded = 1, 2
	role := make([]int, len(runes))
	for _, m := range n.Optional {
		fill(role, m, excluded)
	}
	for _, m := range n.Spans {
		s.states = append(s.states, s.state(runes, m))
		fill(role, m, map[bool]int{true: excluded, false: identifier}[m.Type == "QUASI"])
	}
	for _, m := range n.Distractors {
		s.over = append(s.over, 1-s.share(runes, m.Start, m.End) > .5)
	}
	for _, w := range runsOf(runes, 0, wordRune) {
		kinds := role[w.start:w.end]
		kept := 0
		for i := w.start; i < w.end; i++ {
			if s.keep[i] {
				kept++
			}
		}
		away := 1-float64(kept)/float64(w.end-w.start) > .5
		switch {
		case slices.Contains(kinds, identifier) && away:
			s.tokens.hit++
		case slices.Contains(kinds, identifier):
			s.tokens.miss++
		case slices.Contains(kinds, excluded):
		case away:
			s.tokens.lost++
			s.lost = append(s.lost, w)
		default:
			s.tokens.kept++
		}
	}
	return s
}

func fill(role []int, m marked, with int) {
	for i := m.Start; i < m.End; i++ {
		role[i] = with
	}
}

func wordRune(c rune) bool   { return alphanumeric(c) || c == '_' }
func letterRune(c rune) bool { return alphanumeric(c) && !unicode.Is(unicode.Nd, c) }
func alphanumeric(c rune) bool {
	return unicode.IsLetter(c) || unicode.IsNumber(c)
}

// runsOf cuts runs of runes out, offset by base.
func runsOf(runes []rune, base int, is func(rune) bool) []removed {
	var out []removed
	for i := 0; i < len(runes); i++ {
		if !is(runes[i]) {
			continue
		}
		start := i
		for i < len(runes) && is(runes[i]) {
			i++
		}
		out = append(out, removed{base + start, base + i})
	}
	return out
}

// share is how much of the letters and digits between two places is kept.
func (s *scored) share(runes []rune, start, end int) float64 {
	all, kept := 0, 0
	for i := start; i < end; i++ {
		if alphanumeric(runes[i]) {
			all++
			if s.keep[i] {
				kept++
			}
		}
	}
	if all == 0 {
		return 0
	}
	return float64(kept) / float64(all)
}

var streetWords = regexp.MustCompile(`(?i)^(road|street|avenue|close|lane|drive|court|terrace|grove|way|crescent|gardens|place|mews|rise|view|flat|house|cottage|farm|lodge|off|the)$`)

func (s *scored) state(runes []rune, m marked) state {
	share := s.share(runes, m.Start, m.End)
	if share == 0 {
		return gone
	}
	readable := func(parts []removed) state {
		if slices.ContainsFunc(parts, func(p removed) bool { return s.share(runes, p.start, p.end) > .5 }) {
			return leaked
		}
		return partial
	}
	span := runes[m.Start:m.End]
	long := func(parts []removed) []removed {
		return slices.DeleteFunc(parts, func(p removed) bool { return p.end-p.start < 3 })
	}
	switch m.Type {
	case "NAME":
		parts := long(runsOf(span, m.Start, letterRune))
		if len(parts) == 0 {
			parts = []removed{{m.Start, m.End}}
		}
		return readable(parts)
	case "EMAIL":
		local := m.End
		if at := slices.Index(span, '@'); at >= 0 {
			local = m.Start + at
		}
		parts := slices.DeleteFunc(long(runsOf(span, m.Start, wordRune)), func(p removed) bool { return p.end > local })
		if len(parts) == 0 {
			parts = []removed{{m.Start, local}}
		}
		return readable(parts)
	case "ADDRESS":
		return readable(slices.DeleteFunc(long(runsOf(span, m.Start, letterRune)), func(p removed) bool {
			return streetWords.MatchString(string(runes[p.start:p.end]))
		}))
	case "POSTCODE":
		kept, seen := 0, 0
		for i := m.End - 1; i >= m.Start && seen < 3; i-- {
			if alphanumeric(runes[i]) {
				seen++
				if s.keep[i] {
					kept++
				}
			}
		}
		if kept >= 2 {
			return leaked
		}
		return partial
	}
	if share > .5 {
		return leaked
	}
	return partial
}

// distractorClass sorts the reasons of distractors into a few classes.
func distractorClass(why string) string {
	why = strings.ToLower(why)
	begins := func(words ...string) bool {
		return slices.ContainsFunc(words, func(w string) bool { return strings.HasPrefix(why, w) })
	}
	holds := func(words ...string) bool {
		return slices.ContainsFunc(words, func(w string) bool { return strings.Contains(why, w) })
	}
	ordinary := []string{"verb", "modal verb", "noun", "adjective", "adverb", "object", "season", "month", "day", "symptom", "plant", "direction", "common noun"}
	switch {
	case holds("eponym"):
		return "eponym"
	case begins("drug", "dose", "vaccine", "fluid", "regimen", "herbal", "treatment", "dressing"):
		return "drug or dressing"
	case slices.Contains(ordinary, why):
		return "ordinary word"
	case holds("ward", "unit", "place", "road"):
		return "ward or place"
	case holds("number", "serial", "batch", "10-digit", "code", "range", " id"):
		return "look-alike number"
	case why == "age under 90":
		return "age under 90"
	case holds("time", "duration") || why == "year" || why == "expiry":
		return "time or duration"
	case holds("device", "software", "system"):
		return "device or system"
	}
	return "clinical value, other"
}

// removedBy turns spans in bytes into code points.
func removedBy(text string, spans []redaction.Span) []removed {
	var out []removed
	for _, s := range spans {
		start := utf8.RuneCountInString(text[:s.Start])
		out = append(out, removed{start, start + utf8.RuneCountInString(text[s.Start:s.End])})
	}
	return out
}

// wrong lists what leaked and what was removed for nothing, for whoever works on the engine.
func (s *scored) wrong() string {
	var b strings.Builder
	for i, m := range s.Spans {
		if s.states[i] == leaked && m.Type != "QUASI" {
			fmt.Fprintf(&b, "\n  LEAK %s %q %s: %s", m.Type, m.Text, m.Sub, s.around(m))
		}
	}
	for i, m := range s.Distractors {
		if s.over[i] {
			fmt.Fprintf(&b, "\n  OVER %q %s: %s", m.Text, m.Why, s.around(m))
		}
	}
	for _, w := range s.lost {
		fmt.Fprintf(&b, "\n  LOST %q: %s", string([]rune(s.Text)[w.start:w.end]), s.around(marked{Start: w.start, End: w.end}))
	}
	return b.String()
}

func (s *scored) around(m marked) string {
	runes := []rune(s.Text)
	return string(runes[max(0, m.Start-30):min(len(runes), m.End+25)])
}
