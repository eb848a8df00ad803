package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/uptrace/bun"

	"lfpse/internal/accessrequest"
	"lfpse/internal/authz"
)

// AccessRequests keeps requests for access. It implements accessrequest.Store.
type AccessRequests struct {
	db     *bun.DB
	outbox *Outbox
}

var _ accessrequest.Store = (*AccessRequests)(nil)

// NewAccessRequests makes the store of requests in a database. Whoever is to be
// told of one is told through the outbox.
func NewAccessRequests(db *bun.DB, outbox *Outbox) *AccessRequests {
	return &AccessRequests{db: db, outbox: outbox}
}

type accessRequestRow struct {
	ID             uuid.UUID
	Requester      uuid.UUID
	Role           authz.Role
	AreaType       authz.AreaType
	AreaCode       string
	Reason         string
	Agreement      string
	Status         accessrequest.Status
	Route          accessrequest.Route
	RequestedAt    time.Time
	DecidedAt      time.Time
	DecidedBy      uuid.NullUUID
	DecisionReason string
}

func (r accessRequestRow) request() *accessrequest.Request {
	request := &accessrequest.Request{
		UUID: r.ID, Requester: r.Requester, Role: r.Role, Area: authz.Area{Type: r.AreaType, Code: r.AreaCode},
		Reason: r.Reason, Status: r.Status, RoutedTo: r.Route, RequestedAt: r.RequestedAt.UTC(),
	}
	if r.Agreement != "" {
		request.Agreement = &r.Agreement
	}
	if !r.DecidedAt.IsZero() {
		at := r.DecidedAt.UTC()
		request.DecidedAt = &at
	}
	if r.DecidedBy.Valid {
		request.DecidedBy = &r.DecidedBy.UUID
	}
	if r.DecisionReason != "" {
		request.DecisionReason = &r.DecisionReason
	}
	return request
}

// requestColumns are a request (r) as it is read.
const requestColumns = `r.id, r.requester, r.role, r.area_type, r.area_code, r.reason, r.agreement, r.status, r.requested_at,
	r.decided_at, r.decided_by, r.decision_reason,
	coalesce(r.decided_route, access_route(r.requester, r.area_type, r.area_code)) AS route`

// ByID answers those of the requests that the scope admits.
func (s *AccessRequests) ByID(ctx context.Context, scope authz.Scope, ids []uuid.UUID) (map[uuid.UUID]*accessrequest.Request, error) {
	found := make(map[uuid.UUID]*accessrequest.Request, len(ids))
	if len(ids) == 0 {
		return found, nil
	}
	rows, _ := scopeOf(scope, authz.AccessRequests)
	read, err := readRows[accessRequestRow](ctx, s.db, "SELECT "+requestColumns+" FROM access_request r WHERE r.id IN (?) AND ?", bun.List(ids), rows)
	if err != nil {
		return nil, fmt.Errorf("reading requests by id: %w", err)
	}
	for _, row := range read {
		found[row.ID] = row.request()
	}
	return found, nil
}

// Subject answers a request that the scope admits, and whether the scope permits
// an action on it; nil for none.
func (s *AccessRequests) Subject(ctx context.Context, scope authz.Scope, id uuid.UUID, action authz.Action) (*accessrequest.Request, bool, error) {
	rows, _ := scopeOf(scope, authz.AccessRequests)
	var row struct {
		accessRequestRow
		May bool
	}
	err := s.db.NewRaw("SELECT "+requestColumns+", ? AS may FROM access_request r WHERE r.id = ? AND ?",
		permits(scope, action), id, rows).Scan(ctx, &row)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, false, nil
	}
	if err != nil {
		return nil, false, fmt.Errorf("reading a request: %w", err)
	}
	return row.request(), row.May, nil
}

// List answers a page of the requests that the scope admits, and how many there
// are.
func (s *AccessRequests) List(ctx context.Context, scope authz.Scope, l accessrequest.Listing) ([]*accessrequest.Request, int, error) {
	rows, _ := scopeOf(scope, authz.AccessRequests)
	c := &conditions{}
	// What is cheap to tell comes first: of the rest the route is worked out.
	among(c, "r.status", l.Statuses)
	among(c, "r.role", l.Roles)
	if l.Area != nil {
		c.add("(r.area_type || ':' || r.area_code) = ?", string(l.Area.Type)+":"+l.Area.Code)
	}
	if l.By != uuid.Nil {
		c.add("r.requester = ?", l.By)
	}
	c.add("?", rows)
	if l.Permits != "" {
		c.add("?", permits(scope, l.Permits))
	}
	total, err := readCount(ctx, s.db, "SELECT count(*) FROM access_request r WHERE ?", c.query())
	if err != nil {
		return nil, 0, fmt.Errorf("counting requests: %w", err)
	}
	if p := l.After; p != nil {
		c.add("(r.requested_at, r.id) > (?, ?)", p.At, p.ID)
	}
	if p := l.Before; p != nil {
		c.add("(r.requested_at, r.id) < (?, ?)", p.At, p.ID)
	}
	direction := ""
	if l.Page.Backward {
		direction = " DESC"
	}
	read, err := readRows[accessRequestRow](ctx, s.db, "SELECT "+requestColumns+" FROM access_request r WHERE ? ORDER BY r.requested_at"+direction+", r.id"+direction+" LIMIT ?",
		c.query(), l.Page.Size+1)
	if err != nil {
		return nil, 0, fmt.Errorf("listing requests: %w", err)
	}
	return mapped(read, accessRequestRow.request), total, nil
}
