// Package dataloader gathers keys that are asked for one by one and reads them
// together, once each. It has the public face of graph-gophers/dataloader v7,
// over an inside of its own.
//
// Keys gather in a batch for a short wait, or until the batch is full; then the
// batch function is called once for all of them. Answers are kept in the
// loader's cache, so a loader belongs to one request.
package dataloader

import (
	"context"
	"fmt"
	"sync"
	"time"
)

// BatchFunc reads many keys at once. It answers one result per key, in order.
type BatchFunc[K comparable, V any] func(context.Context, []K) []*Result[V]

// Result is what became of one key.
type Result[V any] struct {
	Data  V
	Error error
}

// Thunk waits for the answer to one key.
type Thunk[V any] func() (V, error)

// ThunkMany waits for the answers to several keys, in their order. The errors
// are nil where there are none, else one for each key.
type ThunkMany[V any] func() ([]V, []error)

// Interface is what a loader can do.
type Interface[K comparable, V any] interface {
	Load(context.Context, K) Thunk[V]
	LoadMany(context.Context, []K) ThunkMany[V]
	Clear(context.Context, K) Interface[K, V]
	ClearAll() Interface[K, V]
	Prime(context.Context, K, V) Interface[K, V]
	Flush()
}

// PanicErrorWrapper is the error of keys whose batch function panicked.
type PanicErrorWrapper struct{ panicError error }

// Error is the panic's text.
func (p *PanicErrorWrapper) Error() string { return p.panicError.Error() }

// Unwrap gives the error behind the panic.
func (p *PanicErrorWrapper) Unwrap() error { return p.panicError }

// defaultWait is how long keys gather unless WithWait says otherwise.
const defaultWait = 16 * time.Millisecond

// Loader gathers keys. It is safe for concurrent use.
type Loader[K comparable, V any] struct {
	batchFn  BatchFunc[K, V]
	cache    Cache[K, V]
	wait     time.Duration
	capacity int // 0: no limit

	mu      sync.Mutex
	current *batch[K, V] // nil while nothing gathers
}

// Option changes how a loader works.
type Option[K comparable, V any] func(*Loader[K, V])

// WithCache keeps answers in a cache of the caller's.
func WithCache[K comparable, V any](c Cache[K, V]) Option[K, V] {
	return func(l *Loader[K, V]) { l.cache = c }
}

// WithBatchCapacity bounds how many keys a batch holds; 0 for no bound.
func WithBatchCapacity[K comparable, V any](n int) Option[K, V] {
	return func(l *Loader[K, V]) { l.capacity = n }
}

// WithWait sets how long keys gather.
func WithWait[K comparable, V any](d time.Duration) Option[K, V] {
	return func(l *Loader[K, V]) { l.wait = d }
}

// NewBatchedLoader makes a loader of a batch function.
func NewBatchedLoader[K comparable, V any](batchFn BatchFunc[K, V], opts ...Option[K, V]) *Loader[K, V] {
	l := &Loader[K, V]{batchFn: batchFn, cache: NewCache[K, V](), wait: defaultWait}
	for _, option := range opts {
		option(l)
	}
	return l
}

// batch is the keys that are read together.
type batch[K comparable, V any] struct {
	ctx      context.Context
	keys     []K
	pending  []chan struct{}
	results  []*Result[V]
	dispatch sync.Once
}

// Load asks for a key. The read begins by itself; the thunk waits for it.
func (l *Loader[K, V]) Load(ctx context.Context, key K) Thunk[V] {
	l.mu.Lock()
	if known, ok := l.cache.Get(ctx, key); ok {
		l.mu.Unlock()
		return known
	}
	b, i, full := l.join(ctx, key)
	done := b.pending[i]
	thunk := func() (V, error) {
		<-done
		return b.results[i].Data, b.results[i].Error
	}
	l.cache.Set(ctx, key, thunk)
	l.mu.Unlock()
	if full {
		go l.run(b)
	}
	return thunk
}

// join adds a key to the batch that gathers, beginning one where none does. full
// says that the batch has to be read now. The lock is held.
func (l *Loader[K, V]) join(ctx context.Context, key K) (b *batch[K, V], i int, full bool) {
	if l.current == nil {
		begun := &batch[K, V]{ctx: ctx}
		l.current = begun
		time.AfterFunc(l.wait, func() { l.run(begun) })
	}
	b, i = l.current, len(l.current.keys)
	b.keys = append(b.keys, key)
	b.pending = append(b.pending, make(chan struct{}))
	if l.capacity > 0 && len(b.keys) >= l.capacity {
		l.current = nil
		full = true
	}
	return b, i, full
}

// run reads a batch, once.
func (l *Loader[K, V]) run(b *batch[K, V]) {
	b.dispatch.Do(func() {
		l.mu.Lock()
		if l.current == b {
			l.current = nil
		}
		l.mu.Unlock()
		b.results = l.read(b)
		for _, done := range b.pending {
			close(done)
		}
	})
}

// read calls the batch function; whatever it does, each key has a result.
func (l *Loader[K, V]) read(b *batch[K, V]) (results []*Result[V]) {
	defer func() {
		if thrown := recover(); thrown != nil {
			results = failed[V](len(b.keys), &PanicErrorWrapper{fmt.Errorf("panic in a batch function: %T", thrown)})
		}
	}()
	results = l.batchFn(b.ctx, b.keys)
	if len(results) != len(b.keys) {
		return failed[V](len(b.keys), fmt.Errorf("the batch function answered %d results for %d keys", len(results), len(b.keys)))
	}
	for i, result := range results {
		if result == nil {
			results[i] = &Result[V]{Error: fmt.Errorf("the batch function answered no result for a key")}
		}
	}
	return results
}

func failed[V any](n int, err error) []*Result[V] {
	results := make([]*Result[V], n)
	for i := range results {
		results[i] = &Result[V]{Error: err}
	}
	return results
}

// LoadMany asks for several keys.
func (l *Loader[K, V]) LoadMany(ctx context.Context, keys []K) ThunkMany[V] {
	thunks := make([]Thunk[V], len(keys))
	for i, key := range keys {
		thunks[i] = l.Load(ctx, key)
	}
	return func() ([]V, []error) {
		values, errs, any := make([]V, len(keys)), make([]error, len(keys)), false
		for i, thunk := range thunks {
			values[i], errs[i] = thunk()
			any = any || errs[i] != nil
		}
		if !any {
			return values, nil
		}
		return values, errs
	}
}

// Clear forgets a key.
func (l *Loader[K, V]) Clear(ctx context.Context, key K) Interface[K, V] {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.cache.Delete(ctx, key)
	return l
}

// ClearAll forgets every key.
func (l *Loader[K, V]) ClearAll() Interface[K, V] {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.cache.Clear()
	return l
}

// Prime puts an answer into the cache, unless the key has one.
func (l *Loader[K, V]) Prime(ctx context.Context, key K, value V) Interface[K, V] {
	l.mu.Lock()
	defer l.mu.Unlock()
	if _, ok := l.cache.Get(ctx, key); !ok {
		l.cache.Set(ctx, key, func() (V, error) { return value, nil })
	}
	return l
}

// Flush reads what has gathered without waiting longer.
func (l *Loader[K, V]) Flush() {
	l.mu.Lock()
	gathered := l.current
	l.current = nil
	l.mu.Unlock()
	if gathered != nil {
		l.run(gathered)
	}
}
