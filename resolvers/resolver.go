// Package resolvers translates between the graph and the domain, one file per
// noun. It holds no rule: services decide, policy decides, this maps.
package resolvers

//go:generate go run github.com/99designs/gqlgen generate

import (
	"context"
	"net/netip"
	"time"

	"lfpse/internal/accessrequest"
	"lfpse/internal/account"
	"lfpse/internal/authz"
	"lfpse/internal/client"
	"lfpse/internal/event"
	"lfpse/internal/export"
	"lfpse/internal/governance"
	"lfpse/internal/inbox"
	"lfpse/internal/organisation"
	"lfpse/internal/taxonomy"
)

// Resolver is the root of all resolvers and what they translate for.
type Resolver struct {
	Events    *event.Service
	Accounts  *account.Service
	Inbox     *inbox.Service
	Geography *organisation.Directory
	Taxonomy  *taxonomy.Registry
	Policy    authz.Authorizer
	Now       func() time.Time

	Governance     *governance.Service
	AccessRequests *accessrequest.Service
	Clients        *client.Service

	Exports *export.Service
	// ExportsAt is the address under which exports are fetched: a link's secret stands behind it.
	ExportsAt string
}

// Request is what the graph is told of an HTTP request.
type Request struct {
	// Caller is nil without an account's token.
	Caller *account.Caller
	// Client is who comes with a client's key; nil for others.
	Client *authz.Principal
	// From is the address that the request came from, for throttling alone.
	From netip.Addr
}

type contextKey struct{}

// NewContext answers a context that carries a request and who it comes from.
func NewContext(ctx context.Context, r Request) context.Context {
	if r.Caller != nil {
		ctx = authz.NewContext(ctx, r.Caller.Principal)
	}
	if r.Client != nil {
		ctx = authz.NewContext(ctx, *r.Client)
	}
	return context.WithValue(ctx, contextKey{}, r)
}

// requestOf answers the request; without a token where none was named.
func requestOf(ctx context.Context) Request {
	r, _ := ctx.Value(contextKey{}).(Request)
	return r
}

// today is the day by which the map is read.
func (r *Resolver) today() organisation.Day { return organisation.DayOf(r.Now()) }
