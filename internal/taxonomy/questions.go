package taxonomy

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// The words of questions.csv.
const (
	everyKind    = "ALL"
	always       = "always"
	bySignedIn   = "signed-in"
	byAnonymous  = "anonymous"
	alternatives = "|"
	conjunction  = "&"
)

// addQuestion adds a row of questions.csv to the form of each kind that it names.
func (t *Taxonomy) addQuestion(row []string) error {
	kinds, path, required, reporters, when, hint := strings.Fields(row[0]), row[1], row[2], row[3], row[4], row[5]
	element, ok := t.Element(path)
	if !ok || element.Source != Answer && element.Source != Field {
		return fmt.Errorf("%s is not asked of reporters", path)
	}
	if slices.Equal(kinds, []string{everyKind}) {
		kinds = Kinds()
	}
	question, err := t.question(element, required, reporters, when, hint)
	if err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	for _, kind := range kinds {
		if err := t.ask(kind, element, *question); err != nil {
			return fmt.Errorf("%s of %s: %w", path, kind, err)
		}
	}
	return nil
}

func (t *Taxonomy) question(e Element, required, reporters, when, hint string) (*Question, error) {
	q := &Question{
		Element: e.Path, Text: e.Question, Repeats: e.Repeats(), Max: e.Max,
		Type: e.asks(), CodeSystem: t.bySystem[e.CodeSystem], Units: e.units(),
		Required: required == always || e.Required() && t.section(e.Section).Min > 0,
	}
	q.RequiredWithSection = e.Required() && !q.Required
	if hint != "" {
		q.Hint = &hint
	}
	if required != "" && required != always {
		return nil, errors.New("it is required always, or as its cardinality says")
	}
	switch reporters {
	case "":
	case bySignedIn, byAnonymous:
		anonymous := reporters == byAnonymous
		q.Anonymous = &anonymous
	default:
		return nil, errors.New("no such reporters")
	}
	var err error
	q.AskedWhen, err = conditions(when)
	return q, err
}

// conditions reads such as `A=1 2 | !B & C`: A is answered by 1 or 2, or B is not answered; and
// C is answered, by whatever.
func conditions(text string) ([]*Condition, error) {
	all := []*Condition{}
	if text == "" {
		return all, nil
	}
	for _, part := range strings.Split(text, conjunction) {
		ways := strings.Split(part, alternatives)
		first, err := condition(ways[0])
		if err != nil {
			return nil, err
		}
		for _, way := range ways[1:] {
			alternative, err := condition(way)
			if err != nil {
				return nil, err
			}
			first.Or = append(first.Or, alternative)
		}
		all = append(all, first)
	}
	return all, nil
}

func condition(text string) (*Condition, error) {
	element, codes, coded := strings.Cut(strings.TrimSpace(text), "=")
	c := &Condition{Element: element, Codes: strings.Fields(codes), Or: []*Condition{}}
	if coded == (len(c.Codes) == 0) {
		return nil, errors.New("a condition with = names codes")
	}
	if !coded {
		name, unanswered := strings.CutPrefix(element, "!")
		answered := !unanswered
		c.Element, c.Answered = name, &answered
	}
	return c, nil
}

// ask puts a question at the end of a kind's form.
func (t *Taxonomy) ask(kind string, e Element, q Question) error {
	if !slices.Contains(Kinds(), kind) {
		return errors.New("no such kind")
	}
	form := t.forms[kind]
	if form == nil {
		form = &Form{Kind: kind, byElement: map[string]*Question{}, byField: map[string]*Question{}}
		t.forms[kind] = form
	}
	section, err := form.section(t.section(e.Section))
	if err != nil {
		return err
	}
	for _, condition := range q.AskedWhen {
		if err := t.checkCondition(form, section, condition); err != nil {
			return err
		}
	}
	q.Field = fieldOf(e, kind)
	if form.byElement[e.Path] != nil || q.Field != nil && form.byField[*q.Field] != nil {
		return errors.New("it is asked twice")
	}
	if q.Required && len(q.AskedWhen) > 0 {
		return errors.New("what is always required is always asked")
	}
	section.Questions = append(section.Questions, &q)
	form.byElement[e.Path] = &q
	if q.Field != nil {
		form.byField[*q.Field] = &q
	}
	return nil
}

// fieldOf answers the field that carries an element of a kind; nil where the kind has none.
func fieldOf(e Element, kind string) *string {
	for _, field := range e.Fields {
		if owner := kindOf(field); owner == "" || owner == kind {
			return &field
		}
	}
	return nil
}

// section answers the last section of a form, begun where it is another.
func (f *Form) section(s Section) (*FormSection, error) {
	if last := len(f.Sections) - 1; last >= 0 && f.Sections[last].ID == s.Name {
		return f.Sections[last], nil
	}
	if f.Asks(s.Name) {
		return nil, errors.New("its section stands in two places")
	}
	section := &FormSection{ID: s.Name, Title: s.Title, Repeats: s.Max > 1}
	f.Sections = append(f.Sections, section)
	return section, nil
}

func (t *Taxonomy) section(name string) Section {
	for _, s := range t.sections {
		if s.Name == name {
			return s
		}
	}
	return Section{}
}

// checkCondition sees that a condition rests on a question that the same form asks before, and
// on codes that answer it. Only the questions of a section that repeats may rest on its questions:
// elsewhere nobody could say whose answer is meant.
func (t *Taxonomy) checkCondition(form *Form, section *FormSection, c *Condition) error {
	for _, alternative := range c.Or {
		if err := t.checkCondition(form, section, alternative); err != nil {
			return err
		}
	}
	if c.Answered != nil && form.Asks(c.Element) {
		return nil
	}
	q := form.Question(c.Element)
	if q == nil {
		return fmt.Errorf("%s is not asked before", c.Element)
	}
	if of := t.section(sectionOf(c.Element)); of.Max > 1 && of.Name != section.ID {
		return fmt.Errorf("%s has several answers", c.Element)
	}
	for _, code := range c.Codes {
		if _, ok := t.Label(systemID(q), code); !ok {
			return fmt.Errorf("%s is never answered by %s", c.Element, code)
		}
	}
	return nil
}

func systemID(q *Question) string {
	if q.CodeSystem == nil {
		return ""
	}
	return q.CodeSystem.ID
}
