// Package taxonomy knows the national data set for patient safety events: its
// code systems, with the label of every code, and its elements, with what is
// asked for each.
//
// The data set has versions, and a record keeps the one under which it was made: its
// codes are read with that version's labels for ever. Versions are data, under a folder
// each; the Registry holds them all.
//
// Code systems, codes, labels, element paths, cardinalities and types are those published by NHS England
// for version 5 of the Learn from patient safety events (LFPSE) taxonomy. Section AdverseEvent holds what
// the record itself carries there, and AdverseEvent.nearMiss, which only this service asks. Titles, hints and the
// wording of questions are this service's own.
package taxonomy

import "strings"

// Taxonomy is one version of the data set. It is immutable. A nil Taxonomy stands for
// a version that is not known: it knows no code and no element.
type Taxonomy struct {
	number   int
	systems  []*CodeSystem
	bySystem map[string]*CodeSystem
	sections []Section
	elements []Element
	byPath   map[string]int
	enums    map[string]enum
	forms    map[string]*Form // by kind of event
}

// Coding is a code with the label it has in its version.
type Coding struct {
	System string
	Code   string
	Label  string

	value string
}

// Value is the value of the graph's enum that stands for the code; nil where the graph has no
// enum for the code system.
func (c Coding) Value() *string {
	if c.value == "" {
		return nil
	}
	return &c.value
}

// CodeSystem is a list of codes that answer a question.
type CodeSystem struct {
	ID      string
	Title   string
	Version int // of the taxonomy
	// Alone are the codes that are chosen with no other: none of the above.
	Alone []string

	codes []Coding       // in published order
	at    map[string]int // their positions, by code
}

// Section groups elements: Min and Max are how often the whole of it may stand
// in a record.
type Section struct {
	Name     string
	Title    string
	Min, Max int
}

// enum ties the values of an enum of the graph to the codes of one system.
type enum struct {
	name   string
	codes  map[string]string // by value
	values map[string]string // by code
}

// Number is the version's number, 0 where it is not known.
func (t *Taxonomy) Number() int {
	if t == nil {
		return 0
	}
	return t.number
}

// CodeSystems lists the code systems in published order.
func (t *Taxonomy) CodeSystems() []*CodeSystem {
	if t == nil {
		return nil
	}
	return append([]*CodeSystem(nil), t.systems...)
}

// CodeSystem answers the code system with an id, nil for none.
func (t *Taxonomy) CodeSystem(id string) *CodeSystem {
	if t == nil {
		return nil
	}
	return t.bySystem[id]
}

// Label answers the label of a code; ok is false for a code that its system does
// not have, or a system that is not there.
func (t *Taxonomy) Label(system, code string) (label string, ok bool) {
	s := t.CodeSystem(system)
	if s == nil {
		return "", false
	}
	i, ok := s.at[code]
	if !ok {
		return "", false
	}
	return s.codes[i].Label, true
}

// Coding answers a code with its label; ok as Label has it.
func (t *Taxonomy) Coding(system, code string) (coding Coding, ok bool) {
	s := t.CodeSystem(system)
	if s == nil {
		return Coding{}, false
	}
	i, ok := s.at[code]
	if !ok {
		return Coding{}, false
	}
	return s.codes[i], true
}

// Sections lists the sections in published order.
func (t *Taxonomy) Sections() []Section {
	if t == nil {
		return nil
	}
	return append([]Section(nil), t.sections...)
}

// Elements lists the elements in published order, section by section.
func (t *Taxonomy) Elements() []Element {
	if t == nil {
		return nil
	}
	return append([]Element(nil), t.elements...)
}

// Element answers the element with a path, such as AdverseEventAgent.DrugsInvolved.
func (t *Taxonomy) Element(path string) (element Element, ok bool) {
	if t == nil {
		return Element{}, false
	}
	i, ok := t.byPath[path]
	if !ok {
		return Element{}, false
	}
	return t.elements[i], true
}

// CodeOf answers the code for which a value of one of the graph's enums stands: FALL, of
// safety-challenges, is 2. ok is false where the graph has no enum for the system, or
// the enum no such value.
func (t *Taxonomy) CodeOf(system, value string) (code string, ok bool) {
	if t == nil {
		return "", false
	}
	code, ok = t.enums[system].codes[value]
	return code, ok
}

// ValueOf is the inverse of CodeOf.
func (t *Taxonomy) ValueOf(system, code string) (value string, ok bool) {
	if t == nil {
		return "", false
	}
	value, ok = t.enums[system].values[code]
	return value, ok
}

// Codes lists the system's codes in published order; given a search, those
// whose labels hold a word that begins with each of the search's words.
func (s *CodeSystem) Codes(search *string) []*Coding {
	var wanted []string
	if search != nil {
		wanted = strings.Fields(strings.ToLower(*search))
	}
	found := []*Coding{}
	for _, coding := range s.codes {
		if beginsEach(labelWords(coding.Label), wanted) {
			found = append(found, &coding)
		}
	}
	return found
}

func beginsEach(words, wanted []string) bool {
	for _, start := range wanted {
		if !beginsOne(words, start) {
			return false
		}
	}
	return true
}

func beginsOne(words []string, start string) bool {
	for _, word := range words {
		if strings.HasPrefix(word, start) {
			return true
		}
	}
	return false
}

func labelWords(label string) []string {
	return strings.FieldsFunc(strings.ToLower(label), func(r rune) bool {
		return strings.ContainsRune(" /(),;:\"“”", r)
	})
}
