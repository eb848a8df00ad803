package accessrequest

import (
	"context"
	"fmt"

	"lfpse/internal/authz"
	"lfpse/internal/page"
)

// Connection is a page of requests.
type Connection struct {
	Edges      []*Edge
	Nodes      []*Request
	PageInfo   *page.Info
	TotalCount int
}

// Edge is one request in a page.
type Edge struct {
	Cursor string
	Node   *Request
}

// Filter says which requests are listed; nil lists admit any.
type Filter struct {
	Statuses []Status
	Roles    []authz.Role
	Area     *authz.Area
}

// Own lists what p asked for.
func (s *Service) Own(ctx context.Context, p authz.Principal, f Filter, args page.Args) (*Connection, error) {
	return s.list(ctx, p, Listing{By: p.ID, Statuses: f.Statuses, Roles: f.Roles, Area: f.Area}, args)
}

// ToDecide lists the requests that p may decide about: those that wait, unless
// the filter says otherwise.
func (s *Service) ToDecide(ctx context.Context, p authz.Principal, f Filter, args page.Args) (*Connection, error) {
	if f.Statuses == nil {
		f.Statuses = []Status{Pending}
	}
	return s.list(ctx, p, Listing{Permits: authz.DecideRequest, Statuses: f.Statuses, Roles: f.Roles, Area: f.Area}, args)
}

func (s *Service) list(ctx context.Context, p authz.Principal, l Listing, args page.Args) (*Connection, error) {
	var err error
	if l.Page, err = args.Request(); err != nil {
		return nil, err
	}
	if l.After, err = positionOf(l.Page.After); err != nil {
		return nil, err
	}
	if l.Before, err = positionOf(l.Page.Before); err != nil {
		return nil, err
	}
	scope, err := s.Policy.Scope(ctx, p, authz.AccessRequests)
	if err != nil {
		return nil, fmt.Errorf("deciding which requests are seen: %w", err)
	}
	found, total, err := s.Store.List(ctx, scope, l)
	if err != nil {
		return nil, fmt.Errorf("listing requests: %w", err)
	}
	return connection(l.Page, found, total)
}

func positionOf(cursor *string) (*Position, error) {
	if cursor == nil {
		return nil, nil
	}
	position := &Position{}
	if err := page.DecodeCursor(*cursor, position); err != nil {
		return nil, err
	}
	return position, nil
}

func connection(request page.Request, found []*Request, total int) (*Connection, error) {
	cursor := func(r *Request) (string, error) { return page.EncodeCursor(Position{At: r.RequestedAt, ID: r.UUID}) }
	found, info, err := page.Cut(request, found, cursor)
	if err != nil {
		return nil, err
	}
	c := &Connection{Edges: make([]*Edge, len(found)), Nodes: found, PageInfo: &info, TotalCount: total}
	for i, r := range found {
		at, err := cursor(r)
		if err != nil {
			return nil, err
		}
		c.Edges[i] = &Edge{Cursor: at, Node: r}
	}
	return c, nil
}
