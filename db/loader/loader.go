// Package loader reads many things of one request together: what several
// fields need is read once. Batch resolvers decide how many statements a page
// costs; within them loaders keep what was read from being read again.
//
// Loaders belong to one request and are never shared: what they hold was
// decided for one reader.
package loader

import (
	"context"
	"errors"
	"maps"
	"time"

	"github.com/google/uuid"
	"github.com/graph-gophers/dataloader/v7"

	"lfpse/internal/account"
	"lfpse/internal/authz"
	"lfpse/internal/event"
	"lfpse/internal/governance"
)

// wait is how long a loader gathers keys. Batch resolvers bring all keys of a
// level at once, so it only has to cover fields of one level that start side by
// side.
const wait = 200 * time.Microsecond

// capacity is more keys than a level can have.
const capacity = 10_000

// Loaders are one request's.
type Loaders struct {
	known     func(p authz.Principal, ids []uuid.UUID) (known map[uuid.UUID]*account.View, missing []uuid.UUID)
	originals *dataloader.Loader[event.TextKey, event.Opened]
	accounts  *dataloader.Loader[uuid.UUID, *account.View]
	names     *dataloader.Loader[uuid.UUID, *account.View]
	answers   *dataloader.Loader[*event.View, []governance.AnswerRecord]
	required  *dataloader.Loader[*event.View, []governance.RequirementRecord]
}

// New makes the loaders of one request.
func New(events *event.Service, accounts *account.Service, beside *governance.Service) *Loaders {
	return &Loaders{
		known:     accounts.KnownNames,
		originals: batched(events.Originals),
		accounts: batched(func(ctx context.Context, ids []uuid.UUID) (map[uuid.UUID]*account.View, error) {
			return accounts.Named(ctx, authz.FromContext(ctx), ids)
		}),
		names: batched(func(ctx context.Context, ids []uuid.UUID) (map[uuid.UUID]*account.View, error) {
			return accounts.Names(ctx, authz.FromContext(ctx), ids)
		}),
		answers:  batched(beside.Answers),
		required: batched(beside.Required),
	}
}

// batched makes a loader of a function that answers by key. A key that it does
// not answer has the zero value.
func batched[K comparable, V any](read func(context.Context, []K) (map[K]V, error)) *dataloader.Loader[K, V] {
	batch := func(ctx context.Context, keys []K) []*dataloader.Result[V] {
		found, err := read(ctx, keys)
		results := make([]*dataloader.Result[V], len(keys))
		for i, key := range keys {
			results[i] = &dataloader.Result[V]{Data: found[key], Error: err}
		}
		return results
	}
	return dataloader.NewBatchedLoader(batch, dataloader.WithWait[K, V](wait), dataloader.WithBatchCapacity[K, V](capacity))
}

// Originals answers the typed texts of revisions; those that the reader is not
// shown are missing.
func (l *Loaders) Originals(ctx context.Context, keys []event.TextKey) (map[event.TextKey]event.Opened, error) {
	return load(ctx, l.originals, keys)
}

// Accounts answers accounts that the reader was shown through something else.
func (l *Loaders) Accounts(ctx context.Context, ids []uuid.UUID) (map[uuid.UUID]*account.View, error) {
	return load(ctx, l.accounts, ids)
}

// Names answers such accounts with nothing but their names and job roles; most
// are in memory.
func (l *Loaders) Names(ctx context.Context, ids []uuid.UUID) (map[uuid.UUID]*account.View, error) {
	known, missing := l.known(authz.FromContext(ctx), ids)
	read, err := load(ctx, l.names, missing)
	maps.Copy(known, read)
	return known, err
}

// Answers answers what admins did about events. They are kept by view, not by
// event: a mutation later in the same request answers another.
func (l *Loaders) Answers(ctx context.Context, events []*event.View) (map[*event.View][]governance.AnswerRecord, error) {
	return load(ctx, l.answers, events)
}

// Required answers what law and national policy ask of events, kept likewise.
func (l *Loaders) Required(ctx context.Context, events []*event.View) (map[*event.View][]governance.RequirementRecord, error) {
	return load(ctx, l.required, events)
}

func load[K comparable, V any](ctx context.Context, l *dataloader.Loader[K, V], keys []K) (map[K]V, error) {
	if len(keys) == 0 {
		return nil, nil
	}
	values, failures := l.LoadMany(ctx, keys)()
	if err := errors.Join(failures...); err != nil {
		return nil, err
	}
	found := make(map[K]V, len(keys))
	for i, key := range keys {
		found[key] = values[i]
	}
	return found, nil
}

type contextKey struct{}

// NewContext answers a context that carries the loaders of its request.
func NewContext(ctx context.Context, l *Loaders) context.Context {
	return context.WithValue(ctx, contextKey{}, l)
}

// FromContext answers the loaders of the request. It panics where there are
// none: that is a fault of how the server was put together.
func FromContext(ctx context.Context) *Loaders {
	l, ok := ctx.Value(contextKey{}).(*Loaders)
	if !ok {
		panic("loader: the request has no loaders")
	}
	return l
}
