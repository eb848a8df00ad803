package event

import "lfpse/internal/authz"

// Shown tells which classes of field a reader is shown of one record. It is a
// set of bits, since every row of every page has one. A class without a bit is
// shown of no record.
type Shown uint16

// Showing is the set of some classes.
func Showing(classes ...authz.Class) Shown {
	var shown Shown
	for _, c := range classes {
		shown |= bitOf(c)
	}
	return shown
}

// Has tells whether the class is shown.
func (s Shown) Has(c authz.Class) bool { return s&bitOf(c) != 0 }

func bitOf(c authz.Class) Shown {
	switch c {
	case authz.Structured:
		return 1 << 0
	case authz.TextOriginal:
		return 1 << 1
	case authz.TextAnonymised:
		return 1 << 2
	case authz.People:
		return 1 << 3
	case authz.Contact:
		return 1 << 4
	case authz.ExactAge:
		return 1 << 5
	case authz.Reason:
		return 1 << 6
	case authz.ReasonOriginal:
		return 1 << 7
	case authz.GovernanceDetail:
		return 1 << 8
	case authz.GovernanceText:
		return 1 << 9
	case authz.GovernanceOriginal:
		return 1 << 10
	}
	return 0
}
