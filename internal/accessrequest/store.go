package accessrequest

import (
	"context"
	"errors"
	"time"

	"github.com/google/uuid"

	"lfpse/internal/audit"
	"lfpse/internal/authz"
	"lfpse/internal/page"
)

// The refusals of a store.
var (
	ErrOpen      = errors.New("a request for the same is open")
	ErrHeld      = errors.New("what is asked for is held already")
	ErrTooMany   = errors.New("too many requests were made in a day")
	ErrDecided   = errors.New("the request has been decided about")
	ErrOvertaken = errors.New("whoever acts, or may act, has changed meanwhile")
)

// Store keeps requests. Writes are one transaction each, with audit entry and
// mails.
type Store interface {
	// Open keeps a request and has those told who decide: ErrOpen, ErrHeld,
	// ErrTooMany, and ErrOvertaken for an account that is no longer active.
	Open(ctx context.Context, o Opening) error
	// ByID answers those of the requests that the scope admits.
	ByID(ctx context.Context, scope authz.Scope, ids []uuid.UUID) (map[uuid.UUID]*Request, error)
	// Subject answers a request that the scope admits, and whether the scope
	// permits an action on it; nil for none.
	Subject(ctx context.Context, scope authz.Scope, id uuid.UUID, action authz.Action) (seen *Request, may bool, err error)
	// List answers a page of the requests that the scope admits, one more than
	// the page holds, in its direction, and how many there are.
	List(ctx context.Context, scope authz.Scope, l Listing) ([]*Request, int, error)
	// Decide carries a decision out, if the request still waits, the scope still
	// permits it and whoever decides is who they were: ErrDecided, ErrOvertaken.
	Decide(ctx context.Context, scope authz.Scope, d Decision) error
	// Tend does what happens by itself: grants on ICBs that are over end and
	// requests for them are cancelled, and whoever requests have come to is told.
	Tend(ctx context.Context, at time.Time) (Tended, error)
}

// Opening is a request to be kept.
type Opening struct {
	ID        uuid.UUID
	Requester uuid.UUID
	Role      authz.Role
	Area      authz.Area
	Reason    string
	Agreement string
	At        time.Time
	MostADay  int // how many an account may make in a day
	Entry     audit.Entry
}

// Listing is a question for a page of requests, the first made first.
type Listing struct {
	Page          page.Request
	After, Before *Position
	// Permits is what the scope must permit on each; empty for nothing.
	Permits authz.Action
	// By is whose they must be; zero for anybody's.
	By       uuid.UUID
	Statuses []Status     // any where nil
	Roles    []authz.Role // any where nil
	Area     *authz.Area  // any where nil
}

// Position is where a request stands in a list.
type Position struct {
	At time.Time `json:"at"`
	ID uuid.UUID `json:"id"`
}

// Decision is a move of one request.
type Decision struct {
	ID     uuid.UUID
	Move   Move
	Action authz.Action
	// By is who makes it, as they were when they were asked who they are.
	By     authz.Principal
	Reason string
	At     time.Time
	Grant  *Granted // what comes of an approval
	Entry  audit.Entry
}

// Granted is the grant that comes of a request.
type Granted struct {
	ID    uuid.UUID
	Until time.Time // zero: open-ended
}

// Tended is how many of each there were.
type Tended struct{ GrantsEnded, RequestsCancelled, RequestsRerouted, LeadsTold int }
