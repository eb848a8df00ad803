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

// A check goes through one input and gathers everything that is wrong with it. What is asked of
// which kind of event, when, and what has to be answered it takes from the taxonomy.
type check struct {
	in        *Input
	codes     *taxonomy.Taxonomy
	exists    func(odsCode string) bool
	now       time.Time // in England
	anonymous bool
	profile   []string // the reporter's organisations
	reasons   []string // for staying anonymous, given beside the event

	form     *taxonomy.Form
	problems fault.Problems
}

// root is where the event stands in the input of a mutation.
const root = "event"

// add notes a problem at a path inside the event.
func (c *check) add(code fault.Code, message string, path ...string) {
	c.problems.Add(code, message, path...)
}

// all answers every problem, with paths inside the input of a mutation.
func (c *check) all() fault.Problems { return c.under(root) }

// under answers every problem, the event standing at a path.
func (c *check) under(path ...string) fault.Problems {
	c.problems = nil
	c.form = c.codes.Form(string(c.in.Kind))
	if c.form == nil {
		c.add(fault.Invalid, "This version of the taxonomy does not ask about this kind of event.", "kind")
		return c.problems.Under(path...)
	}
	c.when()
	c.organisations()
	c.questions()
	return c.problems.Under(path...)
}

func blank(text *string) bool { return text == nil || strings.TrimSpace(*text) == "" }

// text checks a free text against the longest that is taken.
func (c *check) text(text *string, longest int, path ...string) {
	if text == nil {
		return
	}
	if utf8.RuneCountInString(*text) > longest {
		c.add(fault.TooLong, "At most "+strconv.Itoa(longest)+" characters.", path...)
	}
	// What PostgreSQL can't keep.
	if strings.ContainsRune(*text, 0) || !utf8.ValidString(*text) {
		c.add(fault.Invalid, "The text has characters that are not text; type it again.", path...)
	}
}

func (c *check) when() {
	date, clock := c.in.OccurredOn, c.in.OccurredAt
	if clock != nil && !clock.isTime() {
		c.add(fault.Invalid, "Write the time 14:30; the day begins at 00:00 and ends at 23:59.", "occurredAt")
		clock = nil
	}
	if date == nil {
		return
	}
	if clock != nil && !date.IsDay() {
		c.add(fault.NotApplicable, "Give the full date as well, or leave the time out.", "occurredAt")
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

const unknownOrganisation = "Give the ODS code of an open organisation; organisations(filter: {search}) finds it."

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
			c.add(fault.UnknownCode, unknownOrganisation, at...)
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
		c.add(fault.UnknownCode, unknownOrganisation, "organisation")
	case !c.anonymous && len(c.profile) > 0 && !slices.Contains(c.profile, *code):
		c.add(fault.NotAllowed, "Give an organisation on your profile; where the event happened belongs in occurredAtOrganisations.", "organisation")
	}
}
