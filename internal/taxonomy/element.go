package taxonomy

import (
	"slices"
	"strings"
)

// Element is one question of the data set.
type Element struct {
	// Path is Section, a dot and the element's own name.
	Path    string
	Section string
	// Min and Max are how many answers an element takes in its section.
	Min, Max int
	Type     Type
	// CodeSystem is where the codes of an element of type Code come from; empty for
	// any other.
	CodeSystem string
	Source     Source
	// Fields are those of the graph's EventInput that carry the element, dotted;
	// "reasons" is the one beside the event in an anonymous input. There are several where kinds of event
	// have one each.
	Fields []string
	// Question is what to ask, in plain English; empty for governance.
	Question string
}

// Type is what an element is answered with, as the graph's QuestionType has it.
type Type string

// The types.
const (
	Code         Type = "CODE"
	Text         Type = "TEXT"
	Date         Type = "DATE"
	Time         Type = "TIME"
	Boolean      Type = "BOOLEAN"
	Integer      Type = "INTEGER"
	Organisation Type = "ORGANISATION" // an ODS code, which the map knows and the taxonomy does not
)

// Source says where an element's answer comes from.
type Source string

// The sources.
const (
	Answer     Source = "ANSWER"     // EventInput.answers
	Field      Source = "FIELD"      // a field of EventInput of its own
	Service    Source = "SERVICE"    // the service itself fills it in
	Governance Source = "GOVERNANCE" // what admins record about an event; never taken from answers
)

// Fields that take something else than the type of their element says.
const (
	dateField = "occurredOn"   // published as a string, and yet it takes no free text
	ageField  = "patients.age" // a number, and what it counts
)

// Answerable tells whether EventInput.answers takes the element whatever the kind of event.
func (e Element) Answerable() bool { return e.Source == Answer }

// asks is the type of the element's question.
func (e Element) asks() Type {
	if slices.Contains(e.Fields, dateField) {
		return Date
	}
	return e.Type
}

// units are those in which the element's amount is counted.
func (e Element) units() []string {
	if slices.Contains(e.Fields, ageField) {
		return []string{days, months, years}
	}
	return []string{}
}

// Governance tells whether the element is for admins to record, never for
// whoever records an event.
func (e Element) Governance() bool { return e.Source == Governance }

// FreeText tells whether the answer is somebody's own words, which may identify
// somebody and are anonymised before anybody else reads them.
func (e Element) FreeText() bool {
	typed := e.Source == Answer || e.Source == Field
	return e.Type == Text && typed && !slices.Contains(e.Fields, dateField)
}

// Required tells whether the element must be answered wherever its section
// stands.
func (e Element) Required() bool { return e.Min > 0 }

// Repeats tells whether the element takes more than one answer.
func (e Element) Repeats() bool { return e.Max > 1 }

func sectionOf(path string) string {
	section, _, _ := strings.Cut(path, ".")
	return section
}
