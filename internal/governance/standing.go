package governance

import (
	"slices"
	"time"
)

// State is where a requirement stands, as the graph's enum RequirementState names it.
type State string

// The states.
const (
	Outstanding   State = "OUTSTANDING"
	Overdue       State = "OVERDUE"
	Met           State = "MET"
	NotApplicable State = "NOT_APPLICABLE"
)

// Standing is a requirement as it is kept with an event, with the answer to it.
type Standing struct {
	Requirement
	// Applies is false where a later judgement no longer asks for it.
	Applies  bool
	Response *Response // the latest; nil for none
}

// Response is as much of an admin's answer as tells where a requirement stands.
type Response struct {
	NotApplicable bool
	// Certain tells whether the requirement was certain when it was answered.
	Certain bool
}

// State tells where the requirement stands today: a day in London, at midnight UTC.
//
// That it does not apply can be answered to what was to be considered. The
// answer does not stand once the event's answers are certain: then it is to be
// answered again.
func (s Standing) State(today time.Time) State {
	switch {
	case s.Response != nil && !s.Response.NotApplicable:
		return Met
	case s.Response != nil && !s.reopened(), !s.Applies:
		return NotApplicable
	case s.Deadline != nil && today.After(s.Deadline.On):
		return Overdue
	}
	return Outstanding
}

func (s Standing) reopened() bool {
	return s.Applies && s.Certain && s.Response.NotApplicable && !s.Response.Certain
}

// Rejudge answers what stands after an event was judged again: what the new
// judgement requires, with the answers given before, and what it no longer
// requires but was answered, which is kept as it was. What was neither required
// nor answered is left out.
//
// A rule that said the same before keeps the deadline that it set then: an
// update gives nobody more time.
func Rejudge(previous []Standing, now Judgement) []Standing {
	before := map[Code]Standing{}
	for _, s := range previous {
		before[s.Code] = s
	}
	var merged []Standing
	for _, r := range now.Requirements {
		old, ok := before[r.Code]
		s := Standing{Requirement: r, Applies: true}
		if ok {
			s.Response = old.Response
			s.Requirement = keepDeadlines(old, r)
		}
		merged = append(merged, s)
		delete(before, r.Code)
	}
	for _, old := range before {
		if old.Response != nil {
			old.Applies = false
			merged = append(merged, old)
		}
	}
	slices.SortFunc(merged, func(a, b Standing) int {
		return slices.Index(Codes(), a.Code) - slices.Index(Codes(), b.Code)
	})
	return merged
}

// keepDeadlines gives findings the deadlines that their rules set before, as
// long as they have applied since.
func keepDeadlines(old Standing, r Requirement) Requirement {
	if !old.Applies {
		return r
	}
	r.Findings = slices.Clone(r.Findings)
	for i, f := range r.Findings {
		at := slices.IndexFunc(old.Findings, func(o Finding) bool { return o.Rule == f.Rule })
		if at >= 0 && f.Deadline != nil && old.Findings[at].Deadline != nil {
			r.Findings[i].Deadline = earlier(f.Deadline, old.Findings[at].Deadline)
		}
	}
	r.Deadline = EarliestDeadline(r.Findings)
	return r
}

// EarliestDeadline is the first that falls due; nil for none.
func EarliestDeadline(findings []Finding) *Deadline {
	var first *Deadline
	for _, f := range findings {
		first = earlier(first, f.Deadline)
	}
	return first
}

func earlier(a, b *Deadline) *Deadline {
	if a == nil || b != nil && b.On.Before(a.On) {
		return b
	}
	return a
}
