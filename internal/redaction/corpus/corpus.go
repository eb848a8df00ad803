// Package corpus holds what a redaction engine is measured with: narratives in
// which every identifier is marked by hand, and the scoring of what an engine
// takes out of them.
//
// A corpus is a file of JSON lines, one narrative a line. Its offsets count
// Unicode code points, End exclusive. Whoever measures an engine reads a corpus,
// gives Score a function that says what the engine removes, and prints the
// Figures.
//
// The corpora lie in ../testdata. An engine is improved with tuning.jsonl in
// hand, and with forms.jsonl and moreforms.jsonl, which are rich in identifiers
// that are no names; heldout.jsonl and the files whose names end in _heldout are for
// measuring alone, so nobody looks into them while working on the engine. The files
// whose names end in _tuning are their other halves, and may be looked into. The fifth
// corpus is rich in initials and addresses, the eighth in names that are words. Of the tenth
// to the thirteenth a third is held out. The fourteenth to the twenty-third were written to
// learn from, and no part of them is held out. All are made from the .txt files beside
// them, in the notation that Parse reads; phrases.txt, which has what the tests of the
// engine say, is no corpus, but is learned from as well.
package corpus

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"unicode/utf8"
)

// Interval is a stretch of a text, in code points.
type Interval struct {
	Start int `json:"start"`
	End   int `json:"end"`
}

// Identifier is something that must be removed.
type Identifier struct {
	Interval
	Type string `json:"type"`
	Text string `json:"text"`
	Sub  string `json:"sub"` // of a name: role|form|origin, and typo or ocr when it is damaged
}

// Distractor is something that looks like an identifier and must stay.
type Distractor struct {
	Interval
	Text string `json:"text"`
	Why  string `json:"why"`
}

// Optional is something that may go or stay: a title, the date of an event, the
// name of an organisation.
type Optional struct {
	Interval
	Type string `json:"type"`
	Text string `json:"text"`
}

// Known is a person whom the record holds in fields of its own.
type Known struct {
	Role      string `json:"role"`
	Given     string `json:"given"`
	Family    string `json:"family"`
	NHSNumber string `json:"nhs_number,omitempty"`
	Born      string `json:"dob,omitempty"`
	Email     string `json:"email,omitempty"`
	Phone     string `json:"phone,omitempty"`
}

// Narrative is one text with everything marked in it. The three lists are in the
// order of the text and do not overlap.
type Narrative struct {
	ID          string       `json:"id"`
	Setting     string       `json:"setting"`
	Kind        string       `json:"kind"`
	Style       string       `json:"style"`
	Template    string       `json:"template"`
	Text        string       `json:"text"`
	Identifiers []Identifier `json:"spans"`
	Distractors []Distractor `json:"distractors"`
	Optional    []Optional   `json:"optional"`
	Known       []Known      `json:"known"`
}

// Runes turns an interval of bytes of a text into one of code points. Both ends
// must be edges of characters.
func Runes(text string, start, end int) Interval {
	before := utf8.RuneCountInString(text[:start])
	return Interval{before, before + utf8.RuneCountInString(text[start:end])}
}

// ReadFile reads a corpus from a file.
func ReadFile(name string) ([]Narrative, error) {
	file, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	narratives, err := Read(file)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return narratives, nil
}

// Read reads a corpus: JSON lines, of which empty ones are skipped.
func Read(r io.Reader) ([]Narrative, error) {
	var narratives []Narrative
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, 1<<20)
	for number := 1; lines.Scan(); number++ {
		if len(lines.Bytes()) == 0 {
			continue
		}
		var narrative Narrative
		if err := json.Unmarshal(lines.Bytes(), &narrative); err != nil {
			return nil, fmt.Errorf("line %d: %w", number, err)
		}
		narratives = append(narratives, narrative)
	}
	return narratives, lines.Err()
}

// Write writes a corpus as Read reads it.
func Write(w io.Writer, narratives []Narrative) error {
	lines := json.NewEncoder(w)
	lines.SetEscapeHTML(false)
	for _, narrative := range narratives {
		if err := lines.Encode(narrative); err != nil {
			return err
		}
	}
	return nil
}
