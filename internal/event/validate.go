package event

import (
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"lfpse/internal/fault"
	"lfpse/internal/taxonomy"
)

// A check goes through one input and gathers everything that is wrong with it.
type check struct {
	in        *Input
	codes     *taxonomy.Taxonomy
	exists    func(odsCode string) bool
	now       time.Time // in England
	anonymous bool
	profile   []string // the reporter's organisations
	problems  fault.Problems
}

// The root of every path: recordEvent's input holds the event in this field.
const root = "event"

func (c *check) add(code fault.Code, message string, path ...string) {
	c.problems.Add(code, message, append([]string{root}, path...)...)
}

func (c *check) all() fault.Problems {
	c.when()
	c.organisations()
	c.lists()
	c.kind()
	c.patients()
	c.answers()
	c.contact()
	if blank(c.in.Description) {
		c.add(fault.Required, "Say what happened.", "description")
	}
	c.text(c.in.Description, "description")
	return c.problems
}

func blank(text *string) bool { return text == nil || strings.TrimSpace(*text) == "" }

// text checks a free text against the longest that is taken.
func (c *check) text(text *string, path ...string) {
	if text == nil {
		return
	}
	if utf8.RuneCountInString(*text) > MaxText {
		c.add(fault.TooLong, "At most "+strconv.Itoa(MaxText)+" characters.", path...)
	}
	c.characters(*text, path...)
}

// characters refuses what PostgreSQL can't keep.
func (c *check) characters(text string, path ...string) {
	if strings.ContainsRune(text, 0) || !utf8.ValidString(text) {
		c.add(fault.Invalid, "The text has characters that are not text; type it again.", path...)
	}
}

// code checks a code against its code system.
func (c *check) code(system string, code *string, path ...string) {
	if code == nil {
		return
	}
	if _, ok := c.codes.Label(system, *code); !ok {
		c.add(fault.UnknownCode, "Give a code of the code system "+system+".", path...)
	}
}

func (c *check) when() {
	date, clock := c.in.OccurredOn, c.in.OccurredAt
	if clock != nil && (date == nil || !date.IsDay()) {
		c.add(fault.NotApplicable, "Give the full date as well, or leave the time out.", "occurredAt")
	}
	if date == nil {
		return
	}
	first, _, ok := date.Span()
	if !ok {
		c.add(fault.Invalid, "Write the date 2026-10-02, or 2026-10 or 2026 where only so much is known.", "occurredOn")
		return
	}
	today := time.Date(c.now.Year(), c.now.Month(), c.now.Day(), 0, 0, 0, 0, time.UTC)
	switch {
	case first.After(today):
		c.add(fault.InFuture, "Give a date that has come.", "occurredOn")
	case first.Year() < 1900:
		c.add(fault.Invalid, "Give a date since 1900.", "occurredOn")
	case clock != nil && date.IsDay() && instant(first, *clock, c.now.Location()).After(c.now):
		c.add(fault.InFuture, "Give a time that has come.", "occurredAt")
	}
}

func (c *check) organisations() {
	c.ownOrganisation()
	list := c.in.OccurredAtOrganisations
	if len(list) > MaxOrganisations {
		c.add(fault.TooMany, "At most "+strconv.Itoa(MaxOrganisations)+" organisations.", "occurredAtOrganisations")
		return
	}
	for i, code := range list {
		at := []string{"occurredAtOrganisations", strconv.Itoa(i)}
		if !c.exists(code) {
			c.add(fault.UnknownCode, "Give the ODS code of an open organisation; organisations(filter: {search}) finds it.", at...)
		}
		if slices.Contains(list[:i], code) {
			c.add(fault.Duplicate, "Name each organisation once.", at...)
		}
	}
}

// ownOrganisation checks the reporter's organisation. An account may speak only for an organisation on
// its profile; one without a profile, such as a national lead's, for any.
func (c *check) ownOrganisation() {
	code := c.in.Organisation
	switch {
	case code == nil && c.anonymous, code == nil && len(c.profile) == 1:
	case code == nil:
		c.add(fault.Required, "Say which of your organisations you record for.", "organisation")
	case !c.exists(*code):
		c.add(fault.UnknownCode, "Give the ODS code of an open organisation; organisations(filter: {search}) finds it.", "organisation")
	case !c.anonymous && len(c.profile) > 0 && !slices.Contains(c.profile, *code):
		c.add(fault.NotAllowed, "Give an organisation on your profile; where the event happened belongs in occurredAtOrganisations.", "organisation")
	}
}

func (c *check) lists() {
	distinct(c, c.in.ServiceArea, "", "serviceArea")
	distinct(c, c.in.InvolvedAgents, AgentTypeNone, "involvedAgents")
	distinct(c, c.in.SafetyChallenges, SafetyChallengeNone, "safetyChallenges")
	c.code(systemSpecialty, c.in.Specialty, "specialty")
}

// distinct checks that a list names each value once, and none only alone.
func distinct[E ~string](c *check, list []E, none E, field string) {
	for i, value := range list {
		at := []string{field, strconv.Itoa(i)}
		if slices.Contains(list[:i], value) {
			c.add(fault.Duplicate, "Name each value once.", at...)
		}
		if value == none && len(list) > 1 {
			c.add(fault.NotApplicable, "NONE stands alone.", at...)
		}
	}
}

func (c *check) contact() {
	contact := c.in.ReporterContact
	if contact == nil {
		return
	}
	if c.anonymous {
		c.add(fault.NotApplicable, "An anonymous event takes no contact details.", "reporterContact")
		return
	}
	if utf8.RuneCountInString(*contact) > MaxContact {
		c.add(fault.TooLong, "At most "+strconv.Itoa(MaxContact)+" characters.", "reporterContact")
	}
	c.characters(*contact, "reporterContact")
}

func (c *check) answers() {
	if len(c.in.Answers) > MaxAnswers {
		c.add(fault.TooMany, "At most "+strconv.Itoa(MaxAnswers)+" answers.", "answers")
		return
	}
	seen := map[string]bool{}
	for i, answer := range c.in.Answers {
		at := []string{"answers", strconv.Itoa(i)}
		element, ok := c.codes.Element(answer.Element)
		switch {
		case !ok:
			c.add(fault.UnknownCode, "Give the path of an element of the taxonomy.", append(at, "element")...)
			continue
		case !element.Answerable():
			c.add(fault.NotApplicable, "This element has a field of its own, or is not asked here.", append(at, "element")...)
			continue
		case seen[answer.Element]:
			c.add(fault.Duplicate, "Answer each element once.", append(at, "element")...)
		}
		seen[answer.Element] = true
		c.answer(element, answer, at)
	}
}

func (c *check) answer(element taxonomy.Element, answer *AnswerInput, at []string) {
	if element.CodeSystem == "" {
		if len(answer.Codes) > 0 {
			c.add(fault.NotApplicable, "This element is answered in words.", append(at, "codes")...)
		}
		if blank(answer.Text) {
			c.add(fault.Required, "Give the words of the answer.", append(at, "text")...)
		}
		c.text(answer.Text, append(at, "text")...)
		return
	}
	if answer.Text != nil {
		c.add(fault.NotApplicable, "This element is answered by codes.", append(at, "text")...)
	}
	if len(answer.Codes) == 0 {
		c.add(fault.Required, "Give at least one code.", append(at, "codes")...)
	}
	if len(answer.Codes) > element.Max {
		c.add(fault.TooMany, "At most "+strconv.Itoa(element.Max)+" codes.", append(at, "codes")...)
		return
	}
	for i, code := range answer.Codes {
		where := append(slices.Clone(at), "codes", strconv.Itoa(i))
		c.code(element.CodeSystem, &code, where...)
		if slices.Contains(answer.Codes[:i], code) {
			c.add(fault.Duplicate, "Name each code once.", where...)
		}
	}
}
