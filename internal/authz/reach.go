package authz

import "slices"

// Reach is one way in which a filter of events admits rows, said so that it can be
// reasoned about: every event that has one of the statuses and, unless Touches is
// Anything, was reported by or occurred at one of the organisations.
//
// It is for finding a quicker way to the same rows. Filter.SQL decides; a filter
// without reaches only offers no such way.
type Reach struct {
	Statuses      []string
	Touches       Touch
	Organisations []string
}

// Touch is by what an event belongs to organisations.
type Touch int

// The ways to belong.
const (
	Anything   Touch = iota // nothing is asked
	ReportedBy              // the reporter's organisation
	OccurredAt              // where it happened
)

// WithReach answers the filter with ways in which it is known to admit rows.
func (f Filter) WithReach(reach []Reach) Filter {
	f.reach = reach
	return f
}

// AdmitsAll tells whether the filter is known to admit every event that has one of the
// statuses.
func (f Filter) AdmitsAll(statuses []string) bool {
	return slices.ContainsFunc(f.reach, func(r Reach) bool {
		return r.Touches == Anything && includes(r.Statuses, statuses)
	})
}

// AdmitsAllOf tells whether the filter is known to admit every event that has one of
// the statuses and was reported by or occurred at one of the organisations.
func (f Filter) AdmitsAllOf(organisations, statuses []string) bool {
	if f.AdmitsAll(statuses) {
		return true
	}
	by := func(touch Touch) bool {
		return slices.ContainsFunc(f.reach, func(r Reach) bool {
			return r.Touches == touch && includes(r.Statuses, statuses) && includes(r.Organisations, organisations)
		})
	}
	return by(ReportedBy) && by(OccurredAt)
}

// includes tells whether every part is one of whole, which is sorted.
func includes(whole, parts []string) bool {
	for _, part := range parts {
		if _, found := slices.BinarySearch(whole, part); !found {
			return false
		}
	}
	return true
}
