package account

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"lfpse/internal/audit"
	"lfpse/internal/authz"
	"lfpse/internal/fault"
	"lfpse/internal/gid"
	"lfpse/internal/page"
)

const auditGrantRevoked audit.Action = "grant.revoked"

// ErrNoGrant is a store's answer to the revocation of a grant that is over or
// that the scope does not admit.
var ErrNoGrant = errors.New("there is no such grant")

// GrantConnection is a page of grants.
type GrantConnection struct {
	Edges      []*GrantEdge
	Nodes      []*Grant
	PageInfo   *page.Info
	TotalCount int
}

// GrantEdge is one grant in a page.
type GrantEdge struct {
	Cursor string
	Node   *Grant
}

// MemberListing is a question for a page of the grants on an area, the first
// granted first.
type MemberListing struct {
	Area          authz.Area
	Role          *authz.Role // any where nil
	Page          page.Request
	After, Before *Position
}

// Revoking is the end of a grant.
type Revoking struct {
	ID     uuid.UUID
	By     authz.Principal // as they were when they were asked who they are
	Reason string
	At     time.Time
	Entry  audit.Entry // the store adds whose it was, and what
}

// Revoked is what became of it.
type Revoked struct {
	May bool // false: the scope does not permit it, and nothing was changed
	// LastAdmin tells that nobody holds ADMIN on the grant's very area any more.
	LastAdmin bool
}

// Grants answers those of the stored grants that p may see. Together with p's
// own standard grants, which no table holds, it is the one door for node.
func (s *Service) Grants(ctx context.Context, p authz.Principal, ids []uuid.UUID) (map[uuid.UUID]*Grant, error) {
	scope, err := s.policy.Scope(ctx, p, authz.Grants)
	if err != nil {
		return nil, fmt.Errorf("deciding which grants are seen: %w", err)
	}
	found, err := s.store.GrantsByID(ctx, scope, ids)
	if err != nil {
		return nil, fmt.Errorf("reading grants: %w", err)
	}
	return found, nil
}

// Members answers a page of the grants on each of the areas, in their order; nil
// for each whose members p may not list.
func (s *Service) Members(ctx context.Context, p authz.Principal, areas []authz.Area, role *authz.Role, args page.Args) ([]*GrantConnection, error) {
	listing := MemberListing{Role: role}
	var err error
	if listing.Page, err = args.Request(); err != nil {
		return nil, err
	}
	if listing.After, err = positionOf(listing.Page.After); err != nil {
		return nil, err
	}
	if listing.Before, err = positionOf(listing.Page.Before); err != nil {
		return nil, err
	}
	listed, grants, err := s.listed(ctx, p, areas)
	if err != nil {
		return nil, err
	}
	pages := make([]*GrantConnection, len(areas))
	for i, area := range areas {
		if !listed[area] {
			continue
		}
		listing.Area = area
		found, total, err := s.store.Members(ctx, grants, listing)
		if err != nil {
			return nil, fmt.Errorf("listing members: %w", err)
		}
		if pages[i], err = grantConnection(listing.Page, found, total); err != nil {
			return nil, err
		}
	}
	return pages, nil
}

// listed answers the areas whose members p may list, and which grants p sees.
func (s *Service) listed(ctx context.Context, p authz.Principal, areas []authz.Area) (map[authz.Area]bool, authz.Scope, error) {
	scope, err := s.policy.Scope(ctx, p, authz.Areas)
	if err != nil {
		return nil, authz.Scope{}, fmt.Errorf("deciding whose members are listed: %w", err)
	}
	listed, err := s.store.ListedBy(ctx, scope, areas)
	if err != nil {
		return nil, authz.Scope{}, fmt.Errorf("listing members: %w", err)
	}
	grants, err := s.policy.Scope(ctx, p, authz.Grants)
	if err != nil {
		return nil, authz.Scope{}, fmt.Errorf("deciding which grants are seen: %w", err)
	}
	return listed, grants, nil
}

func grantConnection(request page.Request, found []*Grant, total int) (*GrantConnection, error) {
	cursor := func(g *Grant) (string, error) { return page.EncodeCursor(Position{At: g.GrantedAt, ID: g.UUID}) }
	found, info, err := page.Cut(request, found, cursor)
	if err != nil {
		return nil, err
	}
	c := &GrantConnection{Edges: make([]*GrantEdge, len(found)), Nodes: found, PageInfo: &info, TotalCount: total}
	for i, g := range found {
		at, err := cursor(g)
		if err != nil {
			return nil, err
		}
		c.Edges[i] = &GrantEdge{Cursor: at, Node: g}
	}
	return c, nil
}

// lastAdminLeft is what whoever takes the last admin of an area away is told.
const lastAdminLeft = "Nobody holds ADMIN on this area itself any more. Requests for access to it go to the admins of the areas that it lies in or, where there are none, to the national leads."

// RevokeGrant ends a grant that p may see and take away, its own included. The
// warning is nil for none.
func (s *Service) RevokeGrant(ctx context.Context, p authz.Principal, id uuid.UUID, reason string) (warning *string, problems fault.Problems, err error) {
	if p.Kind != authz.Account {
		return nil, nil, errSignIn()
	}
	if isOwnStandard(p, id) {
		problems.Add(fault.NotApplicable, "This role comes with an organisation on your profile: remove that.", "id")
		return nil, problems, nil
	}
	seen, err := s.Grants(ctx, p, []uuid.UUID{id})
	if err != nil {
		return nil, nil, err
	}
	if seen[id] == nil {
		return nil, nil, errNoGrant(ErrNoGrant)
	}
	scope, err := s.policy.Scope(ctx, p, authz.Grants)
	if err != nil {
		return nil, nil, fmt.Errorf("deciding about a grant: %w", err)
	}
	reason = strings.TrimSpace(reason)
	if problems := checkWhy(reason); len(problems) > 0 {
		return nil, problems, nil
	}
	now := s.instant()
	revoked, err := s.store.Revoke(ctx, scope, Revoking{
		ID: id, By: p, Reason: reason, At: now,
		Entry: audit.Entry{At: now, ActorKind: audit.Account, ActorID: p.ID, Action: auditGrantRevoked, Subject: gid.Format(gid.Grant, id)},
	})
	switch {
	case errors.Is(err, ErrNoGrant):
		return nil, nil, errNoGrant(err)
	case isOvertaken(err):
		return nil, nil, fault.Wrap(fault.Conflict, "Something has changed meanwhile. Please look again.", err)
	case err != nil:
		return nil, nil, fmt.Errorf("taking a grant away: %w", err)
	case !revoked.May:
		return nil, nil, fault.New(fault.Forbidden, "Those who look after an area take grants on it away.")
	}
	if revoked.LastAdmin {
		text := lastAdminLeft
		warning = &text
	}
	return warning, nil, nil
}

func isOwnStandard(p authz.Principal, id uuid.UUID) bool {
	return slices.ContainsFunc(p.Organisations, func(code string) bool { return standardID(p.ID, code) == id })
}

func errNoGrant(cause error) error {
	return fault.Wrap(fault.NotFound, "There is no such grant.", cause)
}

func checkWhy(reason string) fault.Problems {
	var problems fault.Problems
	switch {
	case reason == "":
		problems.Add(fault.Required, "Say why.", "reason")
	case len([]rune(reason)) > maxReason:
		problems.Addf(fault.TooLong, []string{"reason"}, "No more than %d characters.", maxReason)
	case strings.ContainsRune(reason, 0):
		problems.Add(fault.Invalid, "This is not text.", "reason")
	}
	return problems
}
