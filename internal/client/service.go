package client

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"

	"lfpse/internal/audit"
	"lfpse/internal/authz"
	"lfpse/internal/fault"
	"lfpse/internal/gid"
)

const (
	maxName = 100 // characters
	// maxLive is how many good keys a client has at most: one that is in use, and
	// one that takes its place.
	maxLive = 2
	// useInterval is how much later than was kept a key must be used for that to be
	// kept: not at each request.
	useInterval = time.Hour
)

// What a store answers that could not do as it was told.
var (
	// ErrNone is that there is no such client or key, or none that the scope admits.
	ErrNone = errors.New("there is no such client")
	// ErrOvertaken is that whoever asked is no longer who they were.
	ErrOvertaken = errors.New("something has changed meanwhile")
	// ErrForbidden is that the scope does not permit it.
	ErrForbidden = errors.New("not permitted")
)

// Holder is whose key it is, as it stands now.
type Holder struct {
	Client       uuid.UUID
	Organisation string
	Key          uuid.UUID
	Hash         Hash
	LastUsedAt   *time.Time
}

// Issued is a key to be kept.
type Issued struct {
	ID     uuid.UUID
	Hash   Hash
	Prefix string
}

// Act is something done to a client, by whom and when.
type Act struct {
	By    authz.Principal // as they were when they were asked who they are
	At    time.Time
	Entry audit.Entry // the store adds the subject and codes
}

// Store keeps clients.
type Store interface {
	// Holder answers whose a key is; found is false for one that is revoked, whose
	// client is, or that never was.
	Holder(ctx context.Context, hash Hash) (h Holder, found bool, err error)
	// Used keeps when a key was used.
	Used(ctx context.Context, key uuid.UUID, at time.Time) error
	// ByID answers the clients that the scope admits.
	ByID(ctx context.Context, scope authz.Scope, ids []uuid.UUID) (map[uuid.UUID]*Client, error)
	// Of answers the clients of organisations that the scope admits, the first made first.
	Of(ctx context.Context, scope authz.Scope, organisations []string) (map[string][]*Client, error)
	// Managed answers those of the areas whose clients a scope of areas permits to manage.
	Managed(ctx context.Context, scope authz.Scope, areas []authz.Area) (map[authz.Area]bool, error)
	// Add writes a client with its first key; ErrForbidden where a scope of areas does not permit it.
	Add(ctx context.Context, areas authz.Scope, c Client, key Issued, act Act) error
	// Change locks a client that the scope admits and permits to manage, and does what
	// change answers.
	Change(ctx context.Context, scope authz.Scope, of Subject, act Act, change func(*Client) Change) (*Client, error)
}

// Subject is a client, by itself or by one of its keys.
type Subject struct {
	Client uuid.UUID
	Key    uuid.UUID
}

// Change is what becomes of a client. The zero value is nothing.
type Change struct {
	Add    *Issued
	Revoke bool
	// RevokeKey is the key that ends, zero for none.
	RevokeKey uuid.UUID
}

// Service issues clients and keys, and knows who comes with one.
type Service struct {
	store  Store
	policy authz.Authorizer
	exists func(odsCode string) bool
	now    func() time.Time
}

// Options are what a Service stands on; all are needed.
type Options struct {
	Store  Store
	Policy authz.Authorizer
	// Exists tells whether an active organisation has the ODS code.
	Exists func(odsCode string) bool
	Now    func() time.Time
}

// NewService makes a service.
func NewService(o Options) *Service {
	return &Service{store: o.Store, policy: o.Policy, exists: o.Exists, now: o.Now}
}

func (s *Service) instant() time.Time { return s.now().UTC().Truncate(time.Microsecond) }

// Authenticate answers which client a key is of. It asks the database each
// time, so that a key that is revoked is good for nothing from then on, on every
// instance. Any other key is UNAUTHENTICATED, without saying why.
func (s *Service) Authenticate(ctx context.Context, key string) (authz.Principal, error) {
	if !IsKey(key) {
		return authz.Principal{}, errKey()
	}
	hash := hashOf(key)
	holder, found, err := s.store.Holder(ctx, hash)
	if err != nil {
		return authz.Principal{}, fmt.Errorf("reading whose a key is: %w", err)
	}
	if !found || !holder.Hash.same(hash) {
		return authz.Principal{}, errKey()
	}
	now := s.instant()
	if holder.LastUsedAt == nil || now.Sub(*holder.LastUsedAt) >= useInterval {
		if err := s.store.Used(ctx, holder.Key, now); err != nil {
			return authz.Principal{}, fmt.Errorf("keeping that a key was used: %w", err)
		}
	}
	return authz.Principal{Kind: authz.Client, ID: holder.Client, Organisations: []string{holder.Organisation}}, nil
}

func errKey() error { return fault.New(fault.Unauthenticated, "This key is not good.") }

// Find answers those of the clients that p may see.
func (s *Service) Find(ctx context.Context, p authz.Principal, ids []uuid.UUID) (map[uuid.UUID]*Client, error) {
	scope, err := s.scope(ctx, p, authz.Clients)
	if err != nil {
		return nil, err
	}
	found, err := s.store.ByID(ctx, scope, ids)
	if err != nil {
		return nil, fmt.Errorf("reading clients: %w", err)
	}
	return found, nil
}

// Of answers the clients of organisations by ODS code, empty for one that has
// none. One whose clients p may not list is not in the map.
func (s *Service) Of(ctx context.Context, p authz.Principal, organisations []string) (map[string][]*Client, error) {
	areas := make([]authz.Area, len(organisations))
	for i, code := range organisations {
		areas[i] = authz.Area{Type: authz.AreaOrganisation, Code: code}
	}
	scope, err := s.scope(ctx, p, authz.Areas)
	if err != nil {
		return nil, err
	}
	managed, err := s.store.Managed(ctx, scope, areas)
	if err != nil || len(managed) == 0 {
		return nil, err
	}
	clients, err := s.scope(ctx, p, authz.Clients)
	if err != nil {
		return nil, err
	}
	found, err := s.store.Of(ctx, clients, organisations)
	if err != nil {
		return nil, fmt.Errorf("listing clients: %w", err)
	}
	listed := make(map[string][]*Client, len(managed))
	for area := range managed {
		listed[area.Code] = append([]*Client{}, found[area.Code]...)
	}
	return listed, nil
}

func (s *Service) scope(ctx context.Context, p authz.Principal, noun authz.Noun) (authz.Scope, error) {
	scope, err := s.policy.Scope(ctx, p, noun)
	if err != nil {
		return authz.Scope{}, fmt.Errorf("deciding about clients: %w", err)
	}
	return scope, nil
}

func entry(p authz.Principal, at time.Time, action audit.Action) audit.Entry {
	return audit.Entry{At: at, ActorKind: audit.Account, ActorID: p.ID, Action: action}
}

// made turns what a store could not do into what the caller is told.
func made(err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, ErrNone):
		return fault.Wrap(fault.NotFound, "There is no such client or key.", err)
	case errors.Is(err, ErrForbidden):
		return fault.Wrap(fault.Forbidden, "Those who look after an organisation manage its clients.", err)
	case errors.Is(err, ErrOvertaken):
		return fault.Wrap(fault.Conflict, "Something has changed meanwhile. Please look again.", err)
	default:
		return fmt.Errorf("changing a client: %w", err)
	}
}

func subjectOf(id uuid.UUID) string { return gid.Format(gid.Client, id) }
