package taxonomy

import (
	"slices"
	"strings"
)

// The kinds of event, as the graph's EventKind has them.
const (
	incident = "INCIDENT"
	outcome  = "OUTCOME"
	risk     = "RISK"
	goodCare = "GOOD_CARE"
)

// Kinds lists the kinds of event that there are questions for.
func Kinds() []string { return []string{incident, outcome, risk, goodCare} }

// kindOf answers the kind of event that a field of the graph's EventInput belongs to; empty for
// a field of every kind.
func kindOf(field string) string {
	head, _, _ := strings.Cut(field, ".")
	return map[string]string{"incident": incident, "outcome": outcome, "risk": risk, "goodCare": goodCare}[head]
}

// Form is what is asked of one kind of event, in order.
type Form struct {
	Kind     string
	Sections []*FormSection

	byElement map[string]*Question
	byField   map[string]*Question
}

// FormSection is what a form asks of one section of the data set.
type FormSection struct {
	ID    string
	Title string
	// Repeats tells whether the section is answered once for each of several
	// things, such as patients.
	Repeats   bool
	Questions []*Question
}

// Question is an element as a kind of event asks it.
type Question struct {
	Element string
	// Field is the field of EventInput that carries the answer, dotted; nil where it is
	// one of EventInput.answers.
	Field *string
	Text  string
	Hint  *string
	// Required questions have to be answered; those RequiredWithSection as soon as
	// anything else of their section is.
	Required            bool
	RequiredWithSection bool
	// Repeats tells whether the question takes several answers; those in words stand one
	// to a line.
	Repeats    bool
	Max        int
	Type       Type
	CodeSystem *CodeSystem
	// Units are those in which an amount is counted, as the graph's AgeUnit has them.
	Units []string
	// Anonymous is true where the question is asked only of reporters without an
	// account, false where only of those with one, nil where of everybody.
	Anonymous *bool
	// AskedWhen are the conditions under which it is asked: all of them have to hold.
	AskedWhen []*Condition
}

// Condition is met where one of the codes answers an element; or, where it speaks of
// being answered, where the element or section is answered at all, or is not. It is met also where
// one of its alternatives is.
type Condition struct {
	Element  string
	Codes    []string
	Answered *bool
	Or       []*Condition
}

// Answers are the codes that answer each element. An element that is answered by
// something else than codes has none, but is there; so is the name of a section of
// which anything is answered.
type Answers map[string][]string

// Form answers what is asked of a kind of event; nil for a kind that the version
// does not know.
func (t *Taxonomy) Form(kind string) *Form {
	if t == nil {
		return nil
	}
	return t.forms[kind]
}

// Question answers the question about an element; nil where the kind is not asked it.
func (f *Form) Question(element string) *Question {
	if f == nil {
		return nil
	}
	return f.byElement[element]
}

// QuestionOf answers the question that a field of EventInput carries, dotted; nil where
// the kind is not asked it.
func (f *Form) QuestionOf(field string) *Question {
	if f == nil {
		return nil
	}
	return f.byField[field]
}

// Asks tells whether the kind is asked anything of a section.
func (f *Form) Asks(section string) bool {
	return f != nil && slices.ContainsFunc(f.Sections, func(s *FormSection) bool { return s.ID == section })
}

// Asked tells of each question of a section, in order, whether it is asked. counting are the answers
// to the sections before it; those of given that count are added to them: an
// answer to a question that is not asked counts for nothing.
func (s *FormSection) Asked(given, counting Answers) []bool {
	asked := make([]bool, len(s.Questions))
	for i, q := range s.Questions {
		if q.Unmet(counting) != nil {
			continue
		}
		asked[i] = true
		if codes, answered := given[q.Element]; answered {
			counting[q.Element] = codes
			counting[s.ID] = nil
		}
	}
	return asked
}

// Unmet answers the first condition that does not hold; nil where all do.
func (q *Question) Unmet(answers Answers) *Condition {
	for _, condition := range q.AskedWhen {
		if !condition.holds(answers) {
			return condition
		}
	}
	return nil
}

func (c *Condition) holds(answers Answers) bool {
	if slices.ContainsFunc(c.Or, func(alternative *Condition) bool { return alternative.holds(answers) }) {
		return true
	}
	codes, answered := answers[c.Element]
	if c.Answered != nil {
		return answered == *c.Answered
	}
	return slices.ContainsFunc(codes, func(code string) bool { return slices.Contains(c.Codes, code) })
}
