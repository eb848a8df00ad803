package account

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"

	"lfpse/internal/audit"
	"lfpse/internal/authz"
	"lfpse/internal/fault"
)

// Tokens makes and reads access tokens.
type Tokens interface {
	// Issue signs a token for an account's session and answers when it ends.
	Issue(account, family uuid.UUID) (token string, expires time.Time, err error)
	// Verify reads a token that Issue made and that has not ended.
	Verify(token string) (account, family uuid.UUID, err error)
}

// Policy answers what a principal may see of a noun.
type Policy interface {
	Scope(ctx context.Context, p authz.Principal, noun authz.Noun) (authz.Scope, error)
}

// Options are what a Service is made of; all are wanted but Domains, HelpDesk, Identities and Zone.
type Options struct {
	Store  Store
	Tokens Tokens
	Policy Policy
	Hasher *Hasher
	Now    func() time.Time
	// Domains are those of addresses that need no approval, in lower case; one
	// that begins with a dot stands for all below it.
	Domains []string
	// HelpDesk is the address that feedback goes to; empty for none.
	HelpDesk string
	// Identities verifies the tokens of an OpenID provider; nil for none.
	Identities Identities
	// Zone is where the times in mails are told; UTC where nil.
	Zone *time.Location
}

// Service is accounts and sessions. It may be used by many goroutines.
type Service struct {
	store    Store
	tokens   Tokens
	policy   Policy
	hasher   *Hasher
	now      func() time.Time
	domains  []string
	helpDesk string
	zone     *time.Location
	throttle *throttle
	names    names

	identities Identities // nil for none
	// decoy is a hash of a password that nobody knows, verified against where
	// there is no account, so that one that does not exist costs as much work.
	decoy string
}

// New makes a Service. It hashes once, which takes a moment.
func New(ctx context.Context, o Options) (*Service, error) {
	if o.Store == nil || o.Tokens == nil || o.Policy == nil || o.Hasher == nil || o.Now == nil {
		return nil, errors.New("making the account service: store, tokens, policy, hasher and clock are all wanted")
	}
	throttle, err := newThrottle(o.Now)
	if err != nil {
		return nil, fmt.Errorf("making the account service: %w", err)
	}
	decoy, err := o.Hasher.Hash(ctx, uuid.NewString())
	if err != nil {
		return nil, fmt.Errorf("making the account service: %w", err)
	}
	return &Service{
		store: o.Store, tokens: o.Tokens, policy: o.Policy, hasher: o.Hasher, now: o.Now,
		domains: o.Domains, helpDesk: o.HelpDesk, zone: cmp.Or(o.Zone, time.UTC), throttle: throttle, decoy: decoy,
		identities: o.Identities,
	}, nil
}

// instant is the present as the database keeps it.
func (s *Service) instant() time.Time { return s.now().UTC().Truncate(time.Microsecond) }

// Accounts answers those of the accounts that p may see: those that policy
// admits, whoever recorded or updated an event whose people p may see, whoever did
// something about one that p is shown as theirs, and whom a grant or a request
// names that p may see. It is the one door for node and for federation. What p may not see is missing from
// the map, as what does not exist is.
func (s *Service) Accounts(ctx context.Context, p authz.Principal, ids []uuid.UUID) (map[uuid.UUID]*View, error) {
	var seen Seen
	for noun, scope := range map[authz.Noun]*authz.Scope{
		authz.Accounts: &seen.Accounts, authz.Events: &seen.Events, authz.Grants: &seen.Grants, authz.AccessRequests: &seen.Requests,
		authz.Governance: &seen.Governance,
	} {
		var err error
		if *scope, err = s.policy.Scope(ctx, p, noun); err != nil {
			return nil, fmt.Errorf("deciding which accounts are seen: %w", err)
		}
	}
	records, err := s.store.AccountsByID(ctx, seen, ids)
	if err != nil {
		return nil, fmt.Errorf("reading accounts: %w", err)
	}
	return views(records), nil
}

// Named answers accounts that p has been shown by something else: the reporter
// of an event whose people p may see, whoever made a grant that p may see. The
// caller vouches for that. What is private of them stays a matter of policy.
func (s *Service) Named(ctx context.Context, p authz.Principal, ids []uuid.UUID) (map[uuid.UUID]*View, error) {
	accounts, err := s.policy.Scope(ctx, p, authz.Accounts)
	if err != nil {
		return nil, fmt.Errorf("deciding what of accounts is seen: %w", err)
	}
	records, err := s.store.AccountsNamed(ctx, accounts, ids)
	if err != nil {
		return nil, fmt.Errorf("reading accounts: %w", err)
	}
	return views(records), nil
}

func views(records map[uuid.UUID]Record) map[uuid.UUID]*View {
	views := make(map[uuid.UUID]*View, len(records))
	for id, record := range records {
		views[id] = newView(record)
	}
	return views
}

// OwnGrants answers the live grants of a caller, the standard ones that follow
// from its profile first.
func (s *Service) OwnGrants(ctx context.Context, caller Caller) ([]*Grant, error) {
	if caller.Principal.Kind != authz.Account {
		return nil, nil
	}
	stored, err := s.store.GrantsOf(ctx, caller.Account.ID, s.instant())
	if err != nil {
		return nil, fmt.Errorf("reading grants: %w", err)
	}
	return append(standardGrants(caller.Account), stored...), nil
}

// Authenticate answers whom an access token stands for. It is asked anew on each
// request, so that a change of access or the end of a session takes hold on the
// next one. A token that is not good, for whatever reason, is a fault of kind
// Unauthenticated.
//
// A token that names the OpenID provider is verified as one of its tokens and as
// nothing else.
func (s *Service) Authenticate(ctx context.Context, token string) (Caller, error) {
	if s.identities != nil && s.identities.Names(token) {
		return s.authenticateIdentity(ctx, token)
	}
	account, family, err := s.tokens.Verify(token)
	if err != nil {
		return Caller{}, unauthenticated(err)
	}
	caller, found, err := s.store.SignedIn(ctx, account, family, s.instant())
	if err != nil {
		return Caller{}, fmt.Errorf("reading who is signed in: %w", err)
	}
	if !found {
		return Caller{}, unauthenticated(errors.New("the session is over, or the account not active"))
	}
	return caller, nil
}

// Present answers whom a session stands for now; found is false for one that is
// over, or whose account is not active. Whoever came with a token of the OpenID
// provider has no session, and the zero family: they are present as long as their
// account is active and connected with an identity of the provider.
func (s *Service) Present(ctx context.Context, account, family uuid.UUID) (p authz.Principal, found bool, err error) {
	if family == uuid.Nil {
		return s.presentByIdentity(ctx, account)
	}
	caller, found, err := s.store.SignedIn(ctx, account, family, s.instant())
	if err != nil {
		return authz.Principal{}, false, fmt.Errorf("reading who is signed in: %w", err)
	}
	return caller.Principal, found, nil
}

func unauthenticated(cause error) error {
	return fault.Wrap(fault.Unauthenticated, "Your session is over. Please sign in again.", cause)
}

// entry begins an audit entry by an account about itself.
func (s *Service) entry(at time.Time, account uuid.UUID, action audit.Action, detail map[string]string) audit.Entry {
	return audit.Entry{
		At: at, ActorKind: audit.Account, ActorID: account,
		Action: action, Subject: subject(account), Detail: detail,
	}
}
