// Package account is the people who use the service: who they are, how they
// prove it, and what they have been granted.
//
// A Record never leaves the service: what the graph shows is a View, made from
// what a policy decision showed of the Record.
package account

import (
	"strings"
	"time"

	"github.com/google/uuid"

	"lfpse/internal/authz"
	"lfpse/internal/gid"
)

// Status is where an account is in its life.
type Status string

// The statuses, as the graph's AccountStatus has them. Only an active account
// can sign in.
const (
	AwaitingApproval   Status = "AWAITING_APPROVAL"
	AwaitingActivation Status = "AWAITING_ACTIVATION"
	Active             Status = "ACTIVE"
	Locked             Status = "LOCKED"
	Closed             Status = "CLOSED"
)

// Record is an account as it is stored, or as much of it as a query was allowed
// to read: the private fields are zero where Private is false.
type Record struct {
	ID        uuid.UUID
	FirstName string
	LastName  string
	JobRole   string

	// Private tells that the fields below were shown.
	Private       bool
	Email         string
	Organisations []string // ODS codes, sorted
	// OtherOrganisation is one in words, which no national lead has resolved yet.
	OtherOrganisation string
	Status            Status
	CreatedAt         time.Time
}

// View is what somebody may see of an account: the graph's Account.
type View struct {
	record Record
	// nameOnly says that what is private was not asked for, whether it is shown or not.
	nameOnly bool
}

// newView keeps of a record what was shown, whatever else it may hold.
func newView(r Record) *View {
	if !r.Private {
		r = Record{ID: r.ID, FirstName: r.FirstName, LastName: r.LastName, JobRole: r.JobRole}
	}
	return &View{record: r}
}

// Loaded tells whether what a field of the graph's Account is made of was read.
func (v *View) Loaded(field string) bool { return !v.nameOnly || isName(field) }

// UUID is the account's id as the database has it.
func (v *View) UUID() uuid.UUID { return v.record.ID }

// ID is the account's id in the graph.
func (v *View) ID() string { return gid.Format(gid.Account, v.record.ID) }

// Name is the first and the last name.
func (v *View) Name() string {
	return strings.TrimSpace(v.record.FirstName + " " + v.record.LastName)
}

// JobRole is nil where none is known.
func (v *View) JobRole() *string {
	if v.record.JobRole == "" {
		return nil
	}
	return &v.record.JobRole
}

// Email is nil where it is not shown.
func (v *View) Email() *string {
	if !v.record.Private {
		return nil
	}
	return &v.record.Email
}

// OrganisationCodes are the ODS codes on the profile, sorted: nil where they
// are not shown, empty where there are none.
func (v *View) OrganisationCodes() []string {
	if v.record.Private && v.record.Organisations == nil {
		return []string{}
	}
	return v.record.Organisations
}

// OtherOrganisation is an organisation in words that waits to be resolved; nil
// where there is none, or it is not shown.
func (v *View) OtherOrganisation() *string {
	if v.record.OtherOrganisation == "" {
		return nil
	}
	return &v.record.OtherOrganisation
}

// Status is nil where it is not shown.
func (v *View) Status() *Status {
	if !v.record.Private {
		return nil
	}
	return &v.record.Status
}

// CreatedAt is nil where it is not shown.
func (v *View) CreatedAt() *time.Time {
	if !v.record.Private {
		return nil
	}
	return &v.record.CreatedAt
}

// Shows tells whether the view shows a class of field.
func (v *View) Shows(class authz.Class) bool {
	switch class {
	case authz.Public:
		return true
	case authz.AccountPrivate:
		return v.record.Private
	default:
		return false
	}
}
