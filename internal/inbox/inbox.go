// Package inbox is what people were told, as they find it in a list: the same
// that they were mailed, without a word of it. What a notification tells of is an
// id; whether its receiver may see that is asked of the thing's own service,
// whenever somebody looks.
package inbox

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"

	"lfpse/internal/authz"
	"lfpse/internal/fault"
	"lfpse/internal/gid"
	"lfpse/internal/notification"
	"lfpse/internal/page"
)

// MaxRead is how many notifications can be marked at once.
const MaxRead = page.MaxSize

// ErrUnknown is a store's answer to ids of which some are none of the reader's.
var ErrUnknown = errors.New("some notifications do not exist for the reader")

// Notification is something that an account was told: the graph's Notification.
type Notification struct {
	UUID   uuid.UUID
	Type   notification.Type
	At     time.Time
	ReadAt *time.Time
	// About is the graph id of what it tells of; empty for nothing.
	About string
}

// ID is the notification's id in the graph.
func (n *Notification) ID() string { return gid.Format(gid.Notification, n.UUID) }

// IsNode marks the notification as a Node of the graph.
func (*Notification) IsNode() {}

// Connection is a page of notifications.
type Connection struct {
	Edges      []*Edge
	Nodes      []*Notification
	PageInfo   *page.Info
	TotalCount int
}

// Edge is one notification in a page.
type Edge struct {
	Cursor string
	Node   *Notification
}

// Position is where a notification stands in a list: the latest first.
type Position struct {
	At time.Time `json:"at"`
	ID uuid.UUID `json:"id"`
}

// Listing is a question for a page.
type Listing struct {
	UnreadOnly    bool
	Page          page.Request
	After, Before *Position
}

// Store keeps notifications.
type Store interface {
	// List answers one notification more than the page holds, in its direction,
	// and how many there are.
	List(ctx context.Context, scope authz.Scope, listing Listing) ([]*Notification, int, error)
	// Find answers those of the notifications that exist for the scope's reader.
	Find(ctx context.Context, scope authz.Scope, ids []uuid.UUID) ([]*Notification, error)
	// Read marks all of the notifications as read, those that are not, or none:
	// ErrUnknown.
	Read(ctx context.Context, scope authz.Scope, ids []uuid.UUID, at time.Time) error
}

// Policy answers what a principal may see of a noun.
type Policy interface {
	Scope(ctx context.Context, p authz.Principal, noun authz.Noun) (authz.Scope, error)
}

// Service is people's lists.
type Service struct {
	store  Store
	policy Policy
	now    func() time.Time
}

// NewService makes a service.
func NewService(store Store, policy Policy, now func() time.Time) *Service {
	return &Service{store: store, policy: policy, now: now}
}

func (s *Service) scope(ctx context.Context, p authz.Principal) (authz.Scope, error) {
	scope, err := s.policy.Scope(ctx, p, authz.Notifications)
	if err != nil {
		return authz.Scope{}, fmt.Errorf("deciding which notifications are seen: %w", err)
	}
	return scope, nil
}

// List answers a page of what a principal was told, the latest first.
func (s *Service) List(ctx context.Context, p authz.Principal, unreadOnly bool, args page.Args) (*Connection, error) {
	request, err := args.Request()
	if err != nil {
		return nil, err
	}
	listing := Listing{UnreadOnly: unreadOnly, Page: request}
	if listing.After, err = positionOf(request.After); err != nil {
		return nil, err
	}
	if listing.Before, err = positionOf(request.Before); err != nil {
		return nil, err
	}
	scope, err := s.scope(ctx, p)
	if err != nil {
		return nil, err
	}
	found, total, err := s.store.List(ctx, scope, listing)
	if err != nil {
		return nil, fmt.Errorf("listing notifications: %w", err)
	}
	return connection(request, found, total)
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

func connection(request page.Request, found []*Notification, total int) (*Connection, error) {
	cursor := func(n *Notification) (string, error) {
		return page.EncodeCursor(Position{At: n.At, ID: n.UUID})
	}
	found, info, err := page.Cut(request, found, cursor)
	if err != nil {
		return nil, err
	}
	c := &Connection{Edges: make([]*Edge, len(found)), Nodes: found, PageInfo: &info, TotalCount: total}
	for i, n := range found {
		at, err := cursor(n)
		if err != nil {
			return nil, err
		}
		c.Edges[i] = &Edge{Cursor: at, Node: n}
	}
	return c, nil
}

// Find answers those of the notifications that a principal was told. It is the
// one door for node; what is somebody else's is missing from the map, as what
// does not exist is.
func (s *Service) Find(ctx context.Context, p authz.Principal, ids []uuid.UUID) (map[uuid.UUID]*Notification, error) {
	scope, err := s.scope(ctx, p)
	if err != nil {
		return nil, err
	}
	found, err := s.store.Find(ctx, scope, ids)
	if err != nil {
		return nil, fmt.Errorf("finding notifications: %w", err)
	}
	byID := make(map[uuid.UUID]*Notification, len(found))
	for _, n := range found {
		byID[n.UUID] = n
	}
	return byID, nil
}

// MarkRead marks notifications of a principal's as read, or, where one of the
// ids is none of theirs, nothing: a fault of kind NotFound.
func (s *Service) MarkRead(ctx context.Context, p authz.Principal, ids []string) (fault.Problems, error) {
	if p.Kind != authz.Account {
		return nil, fault.New(fault.Unauthenticated, "Sign in first.")
	}
	if len(ids) > MaxRead {
		var problems fault.Problems
		problems.Addf(fault.TooMany, []string{"ids"}, "At most %d notifications.", MaxRead)
		return problems, nil
	}
	keys, ok := keysOf(ids)
	if !ok {
		return nil, errNotFound()
	}
	scope, err := s.scope(ctx, p)
	if err != nil {
		return nil, err
	}
	err = s.store.Read(ctx, scope, keys, s.now().UTC().Truncate(time.Microsecond))
	if errors.Is(err, ErrUnknown) {
		return nil, errNotFound()
	}
	if err != nil {
		return nil, fmt.Errorf("marking notifications as read: %w", err)
	}
	return nil, nil
}

// keysOf reads ids, each once; ok is false where one is no notification's.
func keysOf(ids []string) (keys []uuid.UUID, ok bool) {
	for _, id := range ids {
		key, ok := gid.ParseAs(gid.Notification, id)
		if !ok {
			return nil, false
		}
		if !slices.Contains(keys, key) {
			keys = append(keys, key)
		}
	}
	return keys, true
}

func errNotFound() error { return fault.New(fault.NotFound, "There is no such notification.") }
