package event

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"lfpse/internal/fault"
	"lfpse/internal/taxonomy"
)

// answers checks the answers of the long tail and notes what they say.
func (c *check) answers(given answered) {
	if len(c.in.Answers) > MaxAnswers {
		c.add(fault.TooMany, "At most "+strconv.Itoa(MaxAnswers)+" answers.", "answers")
		return
	}
	seen := map[string]bool{}
	for i, answer := range c.in.Answers {
		path := []string{"answers", strconv.Itoa(i)}
		element := append(slices.Clone(path), "element")
		q := c.form.Question(answer.Element)
		if q == nil || q.Field != nil {
			c.notAnAnswer(answer.Element, element)
			continue
		}
		if seen[answer.Element] {
			c.add(fault.Duplicate, "Answer each element once.", element...)
		}
		seen[answer.Element] = true
		if q.Type == taxonomy.Text {
			c.words(q, answer, path)
		} else {
			c.values(q, answer, path)
		}
		if c.askedOfReporter(q, element) && (len(answer.Codes) > 0 || !blank(answer.Text)) {
			given.put(q, answer.Codes, element)
		}
	}
}

// notAnAnswer says why answers do not take an element.
func (c *check) notAnAnswer(path string, at []string) {
	element, ok := c.codes.Element(path)
	q := c.form.Question(path)
	switch {
	case !ok:
		c.add(fault.UnknownCode, "Give the path of an element of the taxonomy, as questionnaire(kind) names it.", at...)
	case q != nil:
		c.add(fault.NotApplicable, "This element has a field of its own: "+*q.Field+".", at...)
	case element.Source == taxonomy.Service || element.Governance():
		c.add(fault.NotApplicable, "This element is not for reporters to answer.", at...)
	default:
		c.add(fault.NotApplicable, notOfThisKind, at...)
	}
}

// words checks an answer in somebody's own words.
func (c *check) words(q *taxonomy.Question, answer *AnswerInput, path []string) {
	at := append(slices.Clone(path), "text")
	if len(answer.Codes) > 0 {
		c.add(fault.NotApplicable, "This element is answered in words.", append(slices.Clone(path), "codes")...)
	}
	if blank(answer.Text) {
		c.add(fault.Required, "Give the words of the answer.", at...)
		return
	}
	c.text(answer.Text, MaxText, at...)
	if q.Repeats && len(linesOf(*answer.Text)) > q.Max {
		c.add(fault.TooMany, "At most "+strconv.Itoa(q.Max)+", one to a line.", at...)
	}
}

// linesOf answers the lines of a text that say something.
func linesOf(text string) []string {
	return slices.DeleteFunc(strings.Split(text, "\n"), func(line string) bool { return strings.TrimSpace(line) == "" })
}

// values checks an answer by codes, or by anything else that has a form of its own.
func (c *check) values(q *taxonomy.Question, answer *AnswerInput, path []string) {
	at := append(slices.Clone(path), "codes")
	if answer.Text != nil {
		c.add(fault.NotApplicable, "This element is answered in codes.", append(slices.Clone(path), "text")...)
	}
	if len(answer.Codes) == 0 {
		c.add(fault.Required, "Give at least one code.", at...)
	}
	c.known(q, answer.Codes, at, func(i int) []string { return append(slices.Clone(at), strconv.Itoa(i)) })
}

// known checks the codes of an answer: that there are not too many, none twice and none unknown. at is
// where they stand, each where one of them does.
func (c *check) known(q *taxonomy.Question, codes []string, at []string, each func(int) []string) {
	if len(codes) > q.Max {
		c.add(fault.TooMany, "At most "+strconv.Itoa(q.Max)+".", at...)
		return
	}
	for i, code := range codes {
		if problem, message := c.value(q, code); message != "" {
			c.add(problem, message, each(i)...)
		}
		if slices.Contains(codes[:i], code) {
			c.add(fault.Duplicate, "Name each once.", each(i)...)
		}
		if len(codes) > 1 && q.CodeSystem != nil && slices.Contains(q.CodeSystem.Alone, code) {
			label, _ := c.codes.Label(q.CodeSystem.ID, code)
			c.add(fault.NotApplicable, "“"+label+"” stands alone.", each(i)...)
		}
	}
}

// value says what is wrong with one code of an answer.
func (c *check) value(q *taxonomy.Question, code string) (problem fault.Code, message string) {
	var ok bool
	switch q.Type {
	case taxonomy.Code:
		_, ok = c.codes.Label(q.CodeSystem.ID, code)
		return fault.UnknownCode, unless(ok, "Give a code of the code system "+q.CodeSystem.ID+".")
	case taxonomy.Organisation:
		return fault.UnknownCode, unless(c.exists(code), unknownOrganisation)
	case taxonomy.Boolean:
		return fault.Invalid, unless(code == "true" || code == "false", "Give true or false.")
	case taxonomy.Integer:
		n, err := strconv.Atoi(code)
		return fault.Invalid, unless(err == nil && strconv.Itoa(n) == code, "Give a whole number, in digits alone.")
	case taxonomy.Date:
		_, err := time.Parse(time.DateOnly, code)
		return fault.Invalid, unless(err == nil, "Write the date 2026-10-02.")
	case taxonomy.Time:
		_, err := time.Parse(clockLayout, code)
		return fault.Invalid, unless(err == nil, "Write the time 14:30.")
	}
	return fault.Invalid, "This is not answered in codes."
}

// unless answers a message unless all is well.
func unless(ok bool, message string) string {
	if ok {
		return ""
	}
	return message
}
