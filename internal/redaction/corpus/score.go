package corpus

import "strings"

// System says what an engine removes from a narrative, in code points.
type System func(Narrative) []Interval

// Count is how often something happened out of how often it could have.
type Count struct{ Hits, Of int }

// Rate is the share of hits, 0 when there was nothing to hit.
func (c Count) Rate() float64 {
	if c.Of == 0 {
		return 0
	}
	return float64(c.Hits) / float64(c.Of)
}

func (c *Count) add(hit bool) {
	c.Of++
	if hit {
		c.Hits++
	}
}

// Tally counts under headings.
type Tally map[string]*Count

func (t Tally) add(heading string, hit bool) {
	if t[heading] == nil {
		t[heading] = new(Count)
	}
	t[heading].add(hit)
}

// Figures is how an engine did on a corpus. An indirect identifier (QUASI) is in
// ByClass alone.
type Figures struct {
	Leaks   Count // identifiers that leaked
	Names   Count // names that leaked
	Partial Count // identifiers of which less than a leak is left
	Clean   Count // narratives without a leak
	Over    Count // distractors removed
	Benign  Count // words removed that are in no identifier and in nothing optional
	Caught  Count // words of identifiers removed

	ByClass, ByStyle, BySetting, ByKind  Tally // leaks
	ByOrigin, ByRole, ByForm, BySpelling Tally // leaks of names
	ByReason                             Tally // distractors removed

	Errors []Error
}

// Error is one leak, or one distractor removed.
type Error struct {
	ID   string
	What string // class of the identifier, or why the distractor stays
	Text string
	Over bool
	At   Interval
}

// Precision is the share of identifiers' words among the words removed.
func (f *Figures) Precision() float64 {
	if f.Caught.Hits+f.Benign.Hits == 0 {
		return 1
	}
	return float64(f.Caught.Hits) / float64(f.Caught.Hits+f.Benign.Hits)
}

// Recall is the share of identifiers' words that were removed.
func (f *Figures) Recall() float64 {
	if f.Caught.Of == 0 {
		return 1
	}
	return f.Caught.Rate()
}

// F1 is the harmonic mean of precision and recall.
func (f *Figures) F1() float64 {
	p, r := f.Precision(), f.Recall()
	if p+r == 0 {
		return 0
	}
	return 2 * p * r / (p + r)
}

// Score measures a system on a corpus.
func Score(narratives []Narrative, system System) *Figures {
	f := &Figures{
		ByClass: Tally{}, ByStyle: Tally{}, BySetting: Tally{}, ByKind: Tally{},
		ByOrigin: Tally{}, ByRole: Tally{}, ByForm: Tally{}, BySpelling: Tally{},
		ByReason: Tally{},
	}
	for _, narrative := range narratives {
		left := without(narrative.Text, system(narrative))
		f.identifiers(&narrative, left)
		f.distractors(&narrative, left)
		f.words(&narrative, left)
	}
	return f
}

func (f *Figures) identifiers(narrative *Narrative, left remains) {
	clean := true
	for _, identifier := range narrative.Identifiers {
		state := left.state(identifier)
		leaked := state == Leaked
		f.ByClass.add(identifier.Type, leaked)
		if indirect(identifier) {
			continue
		}
		f.Leaks.add(leaked)
		f.Partial.add(state == Partial)
		f.ByStyle.add(narrative.Style, leaked)
		f.BySetting.add(narrative.Setting, leaked)
		f.ByKind.add(narrative.Kind, leaked)
		if identifier.Type == "NAME" {
			f.name(identifier, leaked)
		}
		if leaked {
			clean = false
			f.Errors = append(f.Errors, Error{
				ID: narrative.ID, What: identifier.Type, Text: identifier.Text, At: identifier.Interval,
			})
		}
	}
	f.Clean.add(clean)
}

func (f *Figures) name(identifier Identifier, leaked bool) {
	f.Names.add(leaked)
	parts := strings.Split(identifier.Sub, "|")
	if len(parts) > 3 {
		f.BySpelling.add("damaged", leaked)
	} else {
		f.BySpelling.add("as it should be", leaked)
	}
	for i, tally := range []Tally{f.ByRole, f.ByForm, f.ByOrigin} {
		if i < len(parts) {
			tally.add(parts[i], leaked)
		}
	}
}

func (f *Figures) distractors(narrative *Narrative, left remains) {
	for _, distractor := range narrative.Distractors {
		gone := left.vanished(distractor.Interval)
		f.Over.add(gone)
		f.ByReason.add(reason(distractor.Why), gone)
		if gone {
			f.Errors = append(f.Errors, Error{
				ID: narrative.ID, What: distractor.Why, Text: distractor.Text, Over: true, At: distractor.Interval,
			})
		}
	}
}

// words counts every word once: as part of an identifier if it touches one, not
// at all if it touches something optional or indirect, else as benign.
func (f *Figures) words(narrative *Narrative, left remains) {
	const (
		benign = iota
		excluded
		identifying
	)
	role := make([]int, len(left.text))
	mark := func(in Interval, as int) {
		for i := in.Start; i < in.End; i++ {
			role[i] = as
		}
	}
	for _, optional := range narrative.Optional {
		mark(optional.Interval, excluded)
	}
	for _, identifier := range narrative.Identifiers {
		if indirect(identifier) {
			mark(identifier.Interval, excluded)
		} else {
			mark(identifier.Interval, identifying)
		}
	}
	for _, word := range runs(left.text, Interval{0, len(left.text)}, inWord) {
		most, kept := benign, 0
		for i := word.Start; i < word.End; i++ {
			most = max(most, role[i])
			if left.kept[i] {
				kept++
			}
		}
		gone := 2*kept < word.length()
		switch most {
		case identifying:
			f.Caught.add(gone)
		case benign:
			f.Benign.add(gone)
		}
	}
}

func indirect(identifier Identifier) bool { return identifier.Type == "QUASI" }
