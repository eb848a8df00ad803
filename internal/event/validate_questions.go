package event

import (
	"maps"
	"strconv"
	"strings"

	"lfpse/internal/fault"
	"lfpse/internal/taxonomy"
)

// questions checks every answer, then which of them were asked for and which are missing.
func (c *check) questions() {
	c.otherKinds()
	given := newAnswered()
	for _, one := range c.in.filled() {
		c.field(given, one)
	}
	if why := c.form.QuestionOf("reasons"); why != nil && c.anonymous && len(c.reasons) > 0 {
		given.codes[why.Element] = c.reasons
	}
	c.answers(given)

	counting, ofPatients := taxonomy.Answers{}, false
	for _, section := range c.form.Sections {
		if section.Repeats {
			ofPatients = true
			c.patients(section, counting)
			continue
		}
		c.section(section, given, counting, nil)
	}
	if len(c.in.Patients) > 0 && !ofPatients {
		c.add(fault.NotApplicable, notOfThisKind, "patients")
	}
}

const notOfThisKind = "This is not asked of this kind of event."

// otherKinds refuses the answers that belong to the other kinds of event.
func (c *check) otherKinds() {
	for _, one := range []struct {
		kind  Kind
		given bool
		field string
	}{
		{KindIncident, c.in.Incident != nil, "incident"},
		{KindOutcome, c.in.Outcome != nil, "outcome"},
		{KindRisk, c.in.Risk != nil, "risk"},
		{KindGoodCare, c.in.GoodCare != nil, "goodCare"},
	} {
		if one.given && one.kind != c.in.Kind {
			c.add(fault.NotApplicable, "These answers belong to another kind of event.", one.field)
		}
	}
}

// field checks a field that is filled in and notes what it answers.
func (c *check) field(given answered, one filled) {
	q := c.form.QuestionOf(one.field)
	if q == nil {
		c.add(fault.NotApplicable, notOfThisKind, one.path...)
		return
	}
	longest := MaxText
	if one.field == fieldContact {
		longest = MaxContact
	}
	c.text(one.text, longest, one.path...)
	codes := one.codes
	if q.Type == taxonomy.Code {
		codes = c.chosen(q, one)
	}
	if !c.askedOfReporter(q, one.path) || one.text != nil && blank(one.text) {
		return
	}
	given.put(q, codes, one.path)
}

// chosen checks the codes of a field and answers them as the taxonomy's.
func (c *check) chosen(q *taxonomy.Question, one filled) []string {
	codes := make([]string, len(one.codes))
	for i, value := range one.codes {
		codes[i] = value
		if code, ok := c.codes.CodeOf(q.CodeSystem.ID, value); ok {
			codes[i] = code
		}
	}
	path := func(i int) []string {
		if one.list {
			return append(one.path[:len(one.path):len(one.path)], strconv.Itoa(i))
		}
		return one.path
	}
	c.known(q, codes, one.path, path)
	return codes
}

// askedOfReporter refuses an answer to what this reporter is not asked.
func (c *check) askedOfReporter(q *taxonomy.Question, path []string) bool {
	if q.Anonymous == nil || *q.Anonymous == c.anonymous {
		return true
	}
	message := "This is asked only of anonymous reporters."
	if c.anonymous {
		message = "This is not asked of anonymous reporters, and not taken from them."
	}
	c.add(fault.NotApplicable, message, path...)
	return false
}

// section refuses what is answered without being asked, and asks for what is required. counting
// are the answers to earlier sections that count; path is that of the section's object, if it has one.
func (c *check) section(s *taxonomy.FormSection, given answered, counting taxonomy.Answers, path []string) {
	asked := s.Asked(given.codes, counting)
	some := false
	for i, q := range s.Questions {
		at, answered := given.at[q.Element]
		some = some || answered
		if answered && !asked[i] {
			c.add(fault.NotApplicable, c.onlyWhere(q.Unmet(counting)), at...)
		}
	}
	for i, q := range s.Questions {
		_, answered := given.codes[q.Element]
		switch {
		case answered || !asked[i] || q.Anonymous != nil && *q.Anonymous != c.anonymous:
		case q.Required:
			c.add(fault.Required, "An answer to “"+q.Text+"” is needed.", place(q, path)...)
		case q.RequiredWithSection && some:
			c.add(fault.Required, "An answer to “"+q.Text+"” is needed as well: others to do with it are answered.", place(q, path)...)
		}
	}
}

// onlyWhere says what would have to be answered first.
func (c *check) onlyWhere(unmet *taxonomy.Condition) string {
	ways := []string{c.way(unmet)}
	for _, alternative := range unmet.Or {
		if alternative.Element == unmet.Element && alternative.Answered != nil {
			ways = append(ways, "it has no answer")
			continue
		}
		ways = append(ways, c.way(alternative))
	}
	return "This is asked only where " + strings.Join(ways, ", or where ") + "; see to that first, or leave this out."
}

func (c *check) way(condition *taxonomy.Condition) string {
	q := c.form.Question(condition.Element)
	if q == nil {
		return answeredOr(*condition.Answered, "something", "nothing") + " is said of " + c.title(condition.Element)
	}
	where := q.Element
	if q.Field != nil {
		where = *q.Field
	}
	if condition.Answered != nil {
		return "“" + q.Text + "” (" + where + ") " + answeredOr(*condition.Answered, "is answered", "has no answer")
	}
	labels := make([]string, len(condition.Codes))
	for i, code := range condition.Codes {
		label, _ := c.codes.Label(q.CodeSystem.ID, code)
		labels[i] = "“" + label + "”"
	}
	return "“" + q.Text + "” (" + where + ") is answered with " + strings.Join(labels, " or ")
}

func answeredOr(answered bool, yes, no string) string {
	if answered {
		return yes
	}
	return no
}

func (c *check) title(section string) string {
	for _, s := range c.form.Sections {
		if s.ID == section {
			return "“" + s.Title + "”"
		}
	}
	return section
}

// patients checks each patient by itself; counting are the answers that count for all.
func (c *check) patients(section *taxonomy.FormSection, counting taxonomy.Answers) {
	patients := c.in.Patients
	if len(patients) == 0 {
		return
	}
	if len(patients) > MaxPatients {
		c.add(fault.TooMany, "At most "+strconv.Itoa(MaxPatients)+" patients.", "patients")
	} else {
		c.sequences()
		for i, patient := range patients {
			path := []string{"patients", strconv.Itoa(i)}
			given := newAnswered()
			for _, one := range patient.filled(i) {
				c.field(given, one)
			}
			c.age(patient, path)
			c.section(section, given, maps.Clone(counting), path)
		}
	}
	counting[section.ID] = nil
}
