// Package authz is the language in which the service asks what somebody may
// see and do. It holds no rule: the rules are Rego's (package policies), which
// implements Authorizer.
//
// A Scope is the right to query one noun: which rows, which classes of field of
// each row, which actions on each row, all as SQL conditions. Functions of the
// db package take one, so that forgetting to ask does not compile.
package authz

import (
	"context"
	"time"

	"github.com/google/uuid"
)

// Kind tells how a principal comes about.
type Kind string

// The kinds of principal.
const (
	Anonymous Kind = "anonymous" // no token
	Account   Kind = "account"   // a person who registered
	Client    Kind = "client"    // one organisation's local risk management system
)

// Role is what a grant lets its holder do in its area.
type Role string

// The roles, as the graph's enum Role has them.
const (
	Standard       Role = "STANDARD"
	Organisational Role = "ORGANISATIONAL"
	Admin          Role = "ADMIN"
	ReadOnly       Role = "READ_ONLY"
	NationalLead   Role = "NATIONAL_LEAD"
)

// AreaType is what kind of area a grant covers.
type AreaType string

// The types of area.
const (
	AreaOrganisation AreaType = "ORGANISATION" // an organisation and its sites, at any depth
	AreaICB          AreaType = "ICB"          // every organisation that belongs to it today
	AreaRegion       AreaType = "REGION"       // every ICB of it
	AreaNational     AreaType = "NATIONAL"
)

// Area is somewhere that a person can be responsible for. Code is an ODS code,
// empty for the national area.
type Area struct {
	Type AreaType
	Code string
}

// Grant is a role on an area, for a time. A zero Until is open-ended.
type Grant struct {
	ID    uuid.UUID
	Role  Role
	Area  Area
	From  time.Time
	Until time.Time
}

// Principal is who asks. The zero value is nobody: it is seen as anonymous.
type Principal struct {
	Kind Kind
	// ID is the account's or the client's, zero for anonymous.
	ID uuid.UUID
	// GrantVersion rises whenever anything changes that a decision about this
	// principal rests on: grants, organisations, status.
	GrantVersion int64
	// Map is the version of the map that was stored when the principal was read:
	// no decision about it rests on an older one.
	Map int64
	// Names is the version of the accounts' names that was stored then, zero where
	// it was not asked for: no name that is shown to this principal is older.
	Names int64
	// Organisations are the ODS codes on an account's profile; a client has
	// exactly the one that its keys are bound to.
	Organisations []string
	Grants        []Grant
}

// Noun is a kind of thing with a policy of its own.
type Noun string

// The nouns with a Scope.
const (
	Events         Noun = "event"
	Accounts       Noun = "account"
	Grants         Noun = "grant"
	AccessRequests Noun = "access_request"
	Areas          Noun = "area"
	Notifications  Noun = "notification"
	Clients        Noun = "client"
	Governance     Noun = "governance" // what an organisation did about an event: reviews, responses to policy
)

// Class is a class of field: every (type, field) of the graph belongs to one,
// and policy shows or hides classes.
type Class string

// The classes. Public fields are everybody's who reaches the object at all.
const (
	Public         Class = "public"
	Structured     Class = "structured"      // coded and dated answers
	TextOriginal   Class = "text_original"   // free text as typed
	TextAnonymised Class = "text_anonymised" // free text without identifiers
	Text           Class = "text"            // a field that shows either of the two
	People         Class = "people"          // who submitted, who updated
	Editors        Class = "editors"         // who updated it, beside the reader
	Contact        Class = "contact"         // the reporter's contact details
	ExactAge       Class = "exact_age"       // a patient's age beyond its bracket
	Reason         Class = "reason"          // why an event was withdrawn, without identifiers
	ReasonOriginal Class = "reason_original" // the same as typed
	AccountPrivate Class = "account_private" // e-mail, organisations, status, dates of an account

	GovernanceDetail   Class = "governance_detail"   // who did it, references, outcomes
	GovernanceText     Class = "governance_text"     // its free text without identifiers
	GovernanceOriginal Class = "governance_original" // the same as typed
)

// Action is something that a principal does.
type Action string

// The actions without a subject that exists already.
const (
	RecordEvent            Action = "record_event"
	SubmitEvents           Action = "submit_events" // many at once, by a client
	RecordEventAnonymously Action = "record_event_anonymously"
	ManageOwnEvents        Action = "manage_own_events" // has a list of events of its own
	ViewAreaEvents         Action = "view_area_events"  // reads what others recorded
	ExportEvents           Action = "export_events"     // takes away what it reads, as CSV
	SaveDraft              Action = "save_draft"
	ApproveRegistrations   Action = "approve_registrations" // some, at all
	AddOrganisation        Action = "add_organisation"      // to its own profile
	RequestAccess          Action = "request_access"
	ManageRequests         Action = "manage_requests" // of somebody's, at all
	ManageMembers          Action = "manage_members"  // of some area
)

// The actions on one notification.
const (
	MarkRead Action = "mark_read"
)

// The actions on one event, which Scope.Permits speaks of.
const (
	ManageDraft   Action = "manage_draft" // save, submit, delete
	UpdateEvent   Action = "update_event"
	WithdrawEvent Action = "withdraw_event"
	RedactFurther Action = "redact_further" // mark words that still identify somebody
)

// The actions on one account.
const (
	DecideRegistration Action = "decide_registration" // approve, reject, resolve its organisation
)

// The actions on an event on behalf of an organisation, of which a Scope of
// Governance speaks: whether the principal may do them for the row's.
const (
	ReviewEvent Action = "review_event" // start and complete a review
	GovernEvent Action = "govern_event" // never event, investigations, duty of candour, responses to policy
	// DeclareGovernance is a local system's: to say what its organisation's admins decided.
	DeclareGovernance Action = "declare_governance"
)

// The actions on one request for access, one grant, one area.
const (
	CancelRequest Action = "cancel_request"
	DecideRequest Action = "decide_request" // approve, reject
	RevokeGrant   Action = "revoke_grant"
	ListMembers   Action = "list_members"
	ManageClients Action = "manage_clients" // issue and list those of an organisation
)

// The actions on one client.
const (
	ManageClient Action = "manage_client" // issue and revoke its keys, revoke it
)

// Authorizer decides. Decisions are made once per principal and grant version
// and kept until either changes or a date in them passes.
type Authorizer interface {
	// Scope answers what p may see of a noun. An error means that nothing was
	// decided: the caller shows nothing.
	Scope(ctx context.Context, p Principal, noun Noun) (Scope, error)
	// May answers whether p may do an action that needs no subject.
	May(ctx context.Context, p Principal, action Action) (bool, error)
	// ClassOf answers the class of a graph field; ok is false for one that policy
	// does not know, which is hidden.
	ClassOf(object, field string) (class Class, ok bool)
}

// Geography answers which organisations an area holds, by today's map.
type Geography interface {
	// Within lists the ODS codes of an area's organisations at an instant,
	// sorted; empty for an area that does not exist then.
	Within(area Area, at time.Time) []string
	// ICBs lists the ODS codes of the ICBs that lie in a region at an instant;
	// none for an area of another type.
	ICBs(area Area, at time.Time) []string
	// NextChange answers the first instant after at at which the map changes;
	// the zero time where no change is known.
	NextChange(at time.Time) time.Time
	// Version changes whenever the map that is held does.
	Version() int64
	// Reach answers once the map that is held is at least of a version; an error
	// where it cannot be.
	Reach(ctx context.Context, version int64) error
}

type contextKey struct{}

// NewContext answers a context that carries who asks.
func NewContext(ctx context.Context, p Principal) context.Context {
	return context.WithValue(ctx, contextKey{}, p)
}

// FromContext answers who asks; anonymous where nobody was named.
func FromContext(ctx context.Context) Principal {
	if p, ok := ctx.Value(contextKey{}).(Principal); ok {
		return p
	}
	return Principal{Kind: Anonymous}
}
