// Package accessrequest is how people come to see more than what they recorded
// themselves: somebody asks for a role on an area, whoever looks after the area
// decides, and the requester is told.
//
// Who looks after an area. An admin of an area is whoever holds ADMIN on it or
// on one that it lies in, today, and can sign in: the same reach ("in area")
// that the permission matrix gives an admin everywhere else. So those who are
// told of a request are exactly those who may decide about it. The national
// leads take their place where there is no such admin but the requester. Both
// are worked out anew whenever somebody asks, never stored: a request that waits
// passes to the leads with the last admin and back with the first, and those
// whom it has come to are told.
package accessrequest

import (
	"time"

	"github.com/google/uuid"

	"lfpse/internal/authz"
	"lfpse/internal/gid"
)

// Status is where a request stands.
type Status string

// The statuses, as the graph's AccessRequestStatus has them.
const (
	Pending   Status = "PENDING"
	Approved  Status = "APPROVED"
	Rejected  Status = "REJECTED"
	Cancelled Status = "CANCELLED"
)

// Move is a change of a request's status. A request that waits can make each of
// them, and no other request can make any.
type Move string

// The moves.
const (
	Approve Move = "approve" // whoever looks after the area grants what is asked for
	Reject  Move = "reject"  // or does not
	Cancel  Move = "cancel"  // the requester takes it back
)

// To is the status that a move makes; empty for what is no move.
func (m Move) To() Status {
	return map[Move]Status{Approve: Approved, Reject: Rejected, Cancel: Cancelled}[m]
}

// Route is who decides about a request.
type Route string

// The routes, as the graph's AccessRequestRoute has them.
const (
	AreaAdmins    Route = "AREA_ADMINS"
	NationalLeads Route = "NATIONAL_LEADS"
)

// Request is somebody's request for a role on an area: the graph's
// AccessRequest. Whoever may see one sees all of it.
type Request struct {
	UUID           uuid.UUID
	Requester      uuid.UUID
	Role           authz.Role
	Area           authz.Area
	Reason         string
	Agreement      *string
	Status         Status
	RoutedTo       Route // by whom it was decided, once it is
	RequestedAt    time.Time
	DecidedAt      *time.Time
	DecidedBy      *uuid.UUID // nil while it waits, and where the service did it by itself
	DecisionReason *string
}

// ID is the request's id in the graph.
func (r *Request) ID() string { return gid.Format(gid.AccessRequest, r.UUID) }

// IsNode marks the request as a Node of the graph.
func (*Request) IsNode() {}

// IsEntity marks the request as an entity of the federated graph.
func (*Request) IsEntity() {}
