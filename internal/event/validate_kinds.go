package event

import (
	"slices"
	"strconv"

	"lfpse/internal/fault"
)

// kind checks the answers that belong to the event's kind, and that those of the others
// are left out.
func (c *check) kind() {
	in := c.in
	if c.of(KindIncident, in.Incident != nil, "incident") {
		c.incident(in.Incident)
	}
	if c.of(KindOutcome, in.Outcome != nil, "outcome") {
		c.codesOf(systemOutcomeType, in.Outcome.OutcomeTypes, "outcome", "outcomeTypes")
		c.text(in.Outcome.ImmediateActions, "outcome", "immediateActions")
	}
	if c.of(KindRisk, in.Risk != nil, "risk") {
		c.codesOf(systemRiskThemes, in.Risk.Themes, "risk", "themes")
		c.text(in.Risk.Population, "risk", "population")
		c.code(systemTimeframes, in.Risk.Timeframe, "risk", "timeframe")
	}
	if c.of(KindGoodCare, in.GoodCare != nil, "goodCare") {
		c.text(in.GoodCare.Strengths, "goodCare", "strengths")
		c.text(in.GoodCare.HowToRepeat, "goodCare", "howToRepeat")
		c.code(systemNoticedBy, in.GoodCare.NoticedBy, "goodCare", "noticedBy")
	}
}

// of tells whether answers that were given belong to the event's kind.
func (c *check) of(kind Kind, given bool, field string) bool {
	if given && c.in.Kind != kind {
		c.add(fault.NotApplicable, "These answers belong to another kind of event.", field)
		return false
	}
	return given
}

func (c *check) incident(in *IncidentInput) {
	c.text(in.ImmediateActions, "incident", "immediateActions")
	c.text(in.WentWell, "incident", "wentWell")
	c.code(systemProcess, in.Process, "incident", "process")
	c.code(systemDetectionPoint, in.DetectionPoint, "incident", "detectionPoint")
	if in.ImminentRisk != nil && len(c.in.Patients) > 0 {
		c.add(fault.NotApplicable, "This is asked only of incidents without patients.", "incident", "imminentRisk")
	}
}

// codesOf checks a list of codes of one code system.
func (c *check) codesOf(system string, codes []string, path ...string) {
	for i := range codes {
		at := append(slices.Clone(path), strconv.Itoa(i))
		c.code(system, &codes[i], at...)
		if slices.Contains(codes[:i], codes[i]) {
			c.add(fault.Duplicate, "Name each code once.", at...)
		}
	}
}
