package notification

// Type is what a notification in somebody's list is about: the graph's
// NotificationType.
type Type string

// The types, as the graph has them.
const (
	TypeAccessRequested        Type = "ACCESS_REQUESTED"
	TypeAccessDecided          Type = "ACCESS_DECIDED"
	TypeAccessEnded            Type = "ACCESS_ENDED"
	TypeEventRecordedElsewhere Type = "EVENT_RECORDED_ELSEWHERE"
	TypeRequirementDue         Type = "REQUIREMENT_DUE"
	TypeRegistrationToApprove  Type = "REGISTRATION_TO_APPROVE"
	TypeRegistered             Type = "REGISTERED"
	TypeRegisteredAgain        Type = "REGISTERED_AGAIN"
	TypeActivated              Type = "ACTIVATED"
	TypePasswordResetRequested Type = "PASSWORD_RESET_REQUESTED"
	TypePasswordChanged        Type = "PASSWORD_CHANGED"
	TypeLocked                 Type = "LOCKED"
	TypeUnlockRequested        Type = "UNLOCK_REQUESTED"
)

// Listing is how a mail is listed for a receiver who has an account.
type Listing struct {
	// Type is empty for a kind that is not listed when it is mailed.
	Type Type
	// Own tells that it is about the receiver's own account.
	Own bool
}

// listings say of every kind how it is listed.
var listings = map[Kind]Listing{
	Activation:            {TypeRegistered, true},
	AwaitingApproval:      {TypeRegistered, true},
	AddressKnown:          {TypeRegisteredAgain, true},
	Welcome:               {TypeActivated, true},
	PasswordReset:         {TypePasswordResetRequested, true},
	PasswordChanged:       {TypePasswordChanged, true},
	AccountLocked:         {TypeLocked, true},
	Unlock:                {TypeUnlockRequested, true},
	RegistrationToApprove: {TypeRegistrationToApprove, false},
	RequirementDue:        {TypeRequirementDue, false},
	AccessRequested:       {TypeAccessRequested, false},
	AccessApproved:        {TypeAccessDecided, false},
	AccessRejected:        {TypeAccessDecided, false},
	AccessRevoked:         {TypeAccessEnded, false},
	AccessEnded:           {TypeAccessEnded, false},

	EventsElsewhere:      {}, // they are listed one by one when they are recorded, and mailed together
	RegistrationRejected: {}, // the account is closed: nobody reads its list
	AccountClosed:        {}, // so it is
	Feedback:             {}, // the help desk has no account
}

// ListedAs answers how mails of a kind are listed; ok is false for a kind that
// nobody has thought of.
func ListedAs(k Kind) (l Listing, ok bool) {
	l, ok = listings[k]
	return l, ok
}
