package account

import (
	"slices"
)

// Move is a change of an account's status, by its reason. There is no other way
// to change one.
type Move string

// The moves.
const (
	Approve  Move = "approve"  // a national lead approves a registration
	Reject   Move = "reject"   // or does not
	Activate Move = "activate" // whoever has the mailed link chooses a password
	Lock     Move = "lock"     // too many wrong proofs
	Unlock   Move = "unlock"   // whoever has the mailed link unlocks
	Close    Move = "close"    // its owner closes it
)

type step struct {
	from []Status
	to   Status
}

// steps is the life of an account: what is not here cannot happen.
func steps() map[Move]step {
	return map[Move]step{
		Approve:  {from: []Status{AwaitingApproval}, to: AwaitingActivation},
		Reject:   {from: []Status{AwaitingApproval}, to: Closed},
		Activate: {from: []Status{AwaitingActivation}, to: Active},
		Lock:     {from: []Status{Active}, to: Locked},
		Unlock:   {from: []Status{Locked}, to: Active},
		Close:    {from: []Status{AwaitingApproval, AwaitingActivation, Active, Locked}, to: Closed},
	}
}

// From lists the statuses that a move leaves; none for what is no move.
func (m Move) From() []Status { return steps()[m].from }

// To is the status that a move makes.
func (m Move) To() Status { return steps()[m].to }

// Leaves tells whether a move may be made from a status.
func (m Move) Leaves(s Status) bool { return slices.Contains(m.From(), s) }
