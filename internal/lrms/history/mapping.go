// Package history reads events that a local system kept before, from a CSV file of its own making: a mapping says
// which column holds which answer, in which codes.
package history

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode"

	"lfpse/internal/event"
	"lfpse/internal/taxonomy"
)

// Mapping says what the columns of a file mean.
type Mapping struct {
	// Reference is the column of the reference by which the local system knows an event, each its own.
	Reference string `json:"reference"`
	// Fields are where the answers come from: by field of the graph's EventInput, dotted ("patients.gender" of the
	// one patient that a line has), or by path of an element of the taxonomy.
	Fields map[string]Source `json:"fields"`

	parts []part
}

// Source is where one answer comes from: a column, or a value that all lines have.
type Source struct {
	Column string `json:"column,omitempty"`
	Value  string `json:"value,omitempty"`
	// Codes translates what the column says; what it translates to nothing is left out, and what it
	// does not name is a problem. Without it the column holds the codes themselves.
	Codes map[string]string `json:"codes,omitempty"`
	// Separator stands between several answers in one cell.
	Separator string `json:"separator,omitempty"`
	// Date is how a date is written, in the letters DD, MM and YYYY; YYYY-MM-DD unless given.
	Date string `json:"date,omitempty"`
	// Unit is what an age counts: DAYS, MONTHS or YEARS.
	Unit event.AgeUnit `json:"unit,omitempty"`
}

// part is a field of the mapping with what the taxonomy says of it.
type part struct {
	field   string
	answer  bool // one of the event's answers
	repeats bool
	of      taxonomy.Type
	Source
}

const fieldKind = "kind"

// ReadMapping reads a mapping, and holds it against a version of the taxonomy. Its error names every field that is
// wrong.
func ReadMapping(r io.Reader, codes *taxonomy.Taxonomy) (*Mapping, error) {
	text, err := io.ReadAll(r)
	if err != nil {
		return nil, fmt.Errorf("reading the mapping: %w", err)
	}
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.DisallowUnknownFields()
	m := &Mapping{}
	if err := decoder.Decode(m); err != nil {
		return nil, fmt.Errorf("reading the mapping: %w", err)
	}
	var wrong []error
	if m.Reference == "" {
		wrong = append(wrong, errors.New("reference is missing"))
	}
	if _, ok := m.Fields[fieldKind]; !ok {
		wrong = append(wrong, errors.New("fields.kind is missing"))
	}
	for field, source := range m.Fields {
		p, err := partOf(field, source, codes)
		if err != nil {
			wrong = append(wrong, fmt.Errorf("fields.%s: %w", field, err))
		}
		m.parts = append(m.parts, p)
	}
	slices.SortFunc(m.parts, func(a, b part) int { return strings.Compare(a.field, b.field) })
	slices.SortFunc(wrong, func(a, b error) int { return strings.Compare(a.Error(), b.Error()) })
	if len(wrong) > 0 {
		return nil, fmt.Errorf("the mapping: %w", errors.Join(wrong...))
	}
	return m, nil
}

func partOf(field string, source Source, codes *taxonomy.Taxonomy) (part, error) {
	p := part{field: field, of: taxonomy.Code, Source: source}
	if (source.Column == "") == (source.Value == "") {
		return p, errors.New("give a column, or a value for all lines")
	}
	if field == fieldKind {
		return p, nil
	}
	element, ok := codes.Element(field)
	p.answer = ok && (element.Answerable() || element.Source == taxonomy.Field)
	if !p.answer {
		element, ok = elementOf(field, codes)
	}
	if !ok || field == "organisation" || field == "reasons" {
		return p, errors.New("no field of EventInput and no element of the taxonomy that is mapped")
	}
	p.of, p.repeats = element.Type, element.Repeats()
	if field == "occurredOn" {
		p.of = taxonomy.Date
	}
	switch {
	case p.of == taxonomy.Date && !dated(source.Date):
		return p, errors.New("write the date in DD, MM and YYYY, from the year on as far as it is known")
	case p.of == taxonomy.Integer && !slices.Contains([]event.AgeUnit{event.Days, event.Months, event.Years}, source.Unit) && field == fieldAge:
		return p, errors.New("say what an age counts: unit is DAYS, MONTHS or YEARS")
	case source.Separator != "" && !p.repeats:
		return p, errors.New("it takes one answer, so there is no separator")
	}
	return p, nil
}

// dated tells whether a way of writing dates is one: a year, a month of it, a day of that.
func dated(written string) bool {
	day, month, year := strings.Contains(written, "DD"), strings.Contains(written, "MM"), strings.Contains(written, "YYYY")
	rest := strings.NewReplacer("YYYY", "", "MM", "", "DD", "").Replace(written)
	return written == "" || year && (month || !day) && !strings.ContainsFunc(rest, unicode.IsLetter) && !strings.ContainsFunc(rest, unicode.IsDigit)
}

const fieldAge = "patients.age"

// elementOf answers an element that a field of the input carries.
func elementOf(field string, codes *taxonomy.Taxonomy) (taxonomy.Element, bool) {
	for _, e := range codes.Elements() {
		if slices.Contains(e.Fields, field) {
			return e, true
		}
	}
	return taxonomy.Element{}, false
}
