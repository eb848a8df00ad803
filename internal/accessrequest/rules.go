package accessrequest

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"lfpse/internal/authz"
	"lfpse/internal/fault"
)

const (
	maxReason    = 2000 // characters
	maxAgreement = 200
)

// terms are what a role is given on, and under which terms.
type terms struct {
	areas []authz.AreaType
	// agreement tells that whoever does not work for the body itself needs one.
	agreement bool
}

// roles are those that can be asked for. STANDARD comes with an organisation on
// one's profile, and national leads are made at the command line only.
func roles() map[authz.Role]terms {
	local := []authz.AreaType{authz.AreaOrganisation, authz.AreaICB, authz.AreaRegion}
	return map[authz.Role]terms{
		authz.Organisational: {areas: local},
		authz.Admin:          {areas: local},
		authz.ReadOnly:       {areas: local, agreement: true},
	}
}

// Asking is what somebody asks for.
type Asking struct {
	Role      authz.Role
	Area      string // an ODS code
	Reason    string
	Agreement string // empty for none
}

// check tells what is wrong with it. area is what its code names, exists whether
// there is such a thing; own whether the requester works for the body that the
// area is of.
func (a Asking) check(area authz.Area, exists, own bool) fault.Problems {
	var problems fault.Problems
	role, known := roles()[a.Role]
	switch {
	case !known:
		problems.Add(fault.NotAllowed, "This role cannot be asked for.", "role")
	case !exists:
		problems.Add(fault.UnknownCode, "There is no such organisation, ICB or region.", "area")
	case !slices.Contains(role.areas, area.Type):
		problems.Add(fault.NotAllowed, "This role is not given there.", "role")
	}
	checkText(&problems, a.Reason, true, maxReason, "reason")
	checkText(&problems, a.Agreement, false, maxAgreement, "agreement")
	switch {
	case known && !role.agreement && a.Agreement != "":
		problems.Add(fault.NotApplicable, "Only read-only access of an external provider rests on an agreement.", "agreement")
	case known && role.agreement && a.Agreement == "" && !own:
		problems.Add(fault.Required, "Give the reference of the agreement under which you read what is not your own body's.", "agreement")
	}
	return problems
}

func checkText(problems *fault.Problems, text string, required bool, limit int, path string) {
	switch {
	case required && text == "":
		problems.Add(fault.Required, "Say why.", path)
	case utf8.RuneCountInString(text) > limit:
		problems.Addf(fault.TooLong, []string{path}, "No more than %d characters.", limit)
	case !utf8.ValidString(text) || strings.ContainsRune(text, 0):
		problems.Add(fault.Invalid, "This is not text.", path)
	}
}

// Deciding is what somebody decides about a request.
type Deciding struct {
	Reason string
	// Until is the grant's last day, at midnight UTC; zero for open-ended.
	Until time.Time
}

// check tells what is wrong with a decision about a request on a day, at
// midnight UTC.
func (d Deciding) check(move Move, about *Request, today time.Time) fault.Problems {
	var problems fault.Problems
	checkText(&problems, d.Reason, move == Reject, maxReason, "reason")
	switch {
	case move != Approve && !d.Until.IsZero():
		problems.Add(fault.NotApplicable, "What is not granted has no end.", "until")
	case move == Approve && d.Until.IsZero() && about.Agreement != nil:
		problems.Add(fault.Required, "Access under an agreement ends with it: give its last day.", "until")
	case !d.Until.IsZero() && d.Until.Before(today):
		problems.Add(fault.Invalid, "The last day is still to come.", "until")
	}
	return problems
}

// dayIn is the day of an instant in a zone, at midnight UTC.
func dayIn(zone *time.Location, at time.Time) time.Time {
	year, month, day := at.In(zone).Date()
	return time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
}

// endOf is the instant at which a last day is over in a zone; zero for no day.
func endOf(zone *time.Location, day time.Time) time.Time {
	if day.IsZero() {
		return time.Time{}
	}
	return time.Date(day.Year(), day.Month(), day.Day()+1, 0, 0, 0, 0, zone).UTC()
}
