// Package dataloader gathers single loads into batches and remembers what it has
// loaded, so that one request reads each record once.
//
// It gives the public face of github.com/graph-gophers/dataloader/v7 over an
// independent implementation. A Loader belongs to one request: what it remembers was
// read with that request's rights.
package dataloader

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"
)

// defaultWait is how long a wave waits for more keys.
const defaultWait = 16 * time.Millisecond

// Interface is what a Loader can do.
type Interface[K comparable, V any] interface {
	Load(context.Context, K) Thunk[V]
	LoadMany(context.Context, []K) ThunkMany[V]
	Clear(context.Context, K) Interface[K, V]
	ClearAll() Interface[K, V]
	Prime(ctx context.Context, key K, value V) Interface[K, V]
	Flush()
}

// BatchFunc loads the values of keys: one result per key, in the order of keys. ctx is
// that of the load that began the wave.
type BatchFunc[K comparable, V any] func(ctx context.Context, keys []K) []*Result[V]

// Result is what was loaded for one key.
type Result[V any] struct {
	Data  V
	Error error
}

// Thunk waits for the value of a key. It may be called more than once.
type Thunk[V any] func() (V, error)

// ThunkMany waits for the values of several keys, in their order. The errors are nil
// where every key was loaded, and otherwise have one entry per key.
type ThunkMany[V any] func() ([]V, []error)

// PanicErrorWrapper is the error of keys whose batch function panicked. It is not kept
// in the cache. Its text leaves out what the panic carried, which may be a key.
type PanicErrorWrapper struct{ panicked error }

func (p *PanicErrorWrapper) Error() string { return p.panicked.Error() }
func (p *PanicErrorWrapper) Unwrap() error { return p.panicked }

// SkipCacheError is an error that is not kept in the cache: the next load tries again.
type SkipCacheError struct{ err error }

// NewSkipCacheError wraps err so that it is not kept.
func NewSkipCacheError(err error) *SkipCacheError { return &SkipCacheError{err} }

func (s *SkipCacheError) Error() string { return s.err.Error() }
func (s *SkipCacheError) Unwrap() error { return s.err }

// Loader loads in batches. It is safe for use by several goroutines.
type Loader[K comparable, V any] struct {
	batch        BatchFunc[K, V]
	cache        Cache[K, V]
	tracer       Tracer[K, V]
	wait         time.Duration
	capacity     int
	inputs       int
	clearOnBatch bool

	// lock makes looking a key up, joining a wave and remembering the thunk one
	// step; and so is ending a wave and forgetting what was remembered for it.
	lock    sync.Mutex
	current *wave[K, V]
	// loading says where the keys that are remembered, and not yet there, will be.
	loading map[K]seat[K, V]
}

// Option configures a Loader.
type Option[K comparable, V any] func(*Loader[K, V])

// WithCache replaces the cache, which is an InMemoryCache otherwise.
func WithCache[K comparable, V any](c Cache[K, V]) Option[K, V] {
	return func(l *Loader[K, V]) { l.cache = c }
}

// WithBatchCapacity bounds the keys of one batch; a full wave does not wait. 0 is no bound.
func WithBatchCapacity[K comparable, V any](keys int) Option[K, V] {
	return func(l *Loader[K, V]) { l.capacity = keys }
}

// WithInputCapacity says how many keys a wave has room for before it has to grow. There
// is no bound to a wave, so this is a matter of speed alone.
func WithInputCapacity[K comparable, V any](keys int) Option[K, V] {
	return func(l *Loader[K, V]) { l.inputs = keys }
}

// WithWait says how long a wave waits for more keys; 16 ms unless set.
func WithWait[K comparable, V any](d time.Duration) Option[K, V] {
	return func(l *Loader[K, V]) { l.wait = d }
}

// WithClearCacheOnBatch forgets everything when a batch is loaded, so that only loads of one wave are shared.
func WithClearCacheOnBatch[K comparable, V any]() Option[K, V] {
	return func(l *Loader[K, V]) { l.clearOnBatch = true }
}

// WithTracer tells a tracer of every load and batch.
func WithTracer[K comparable, V any](t Tracer[K, V]) Option[K, V] {
	return func(l *Loader[K, V]) { l.tracer = t }
}

// NewBatchedLoader makes a Loader that loads through batch.
func NewBatchedLoader[K comparable, V any](batch BatchFunc[K, V], opts ...Option[K, V]) *Loader[K, V] {
	l := &Loader[K, V]{batch: batch, wait: defaultWait, loading: map[K]seat[K, V]{}}
	for _, option := range opts {
		option(l)
	}
	if l.cache == nil {
		l.cache = NewCache[K, V]()
	}
	if l.tracer == nil {
		l.tracer = NoopTracer[K, V]{}
	}
	return l
}

// Load asks for the value of a key and answers at once; the thunk waits for it.
func (l *Loader[K, V]) Load(ctx context.Context, key K) Thunk[V] {
	traced, finish := l.tracer.TraceLoad(ctx, key)
	thunk := l.load(traced, key)
	finish(thunk)
	return thunk
}

func (l *Loader[K, V]) load(ctx context.Context, key K) Thunk[V] {
	l.lock.Lock()
	defer l.lock.Unlock()
	if known, ok := l.cache.Get(ctx, key); ok {
		return known
	}
	s := l.join(ctx, key)
	thunk := Thunk[V](s.thunk)
	l.cache.Set(ctx, key, thunk)
	l.loading[key] = s
	if l.capacity > 0 && len(s.wave.keys) >= l.capacity {
		l.end(s.wave)
	}
	return thunk
}

// unkept reports whether an error must not be answered to later loads.
func unkept(err error) bool {
	var panicked *PanicErrorWrapper
	var skip *SkipCacheError
	return errors.As(err, &panicked) || errors.As(err, &skip)
}

// LoadMany asks for the values of several keys.
func (l *Loader[K, V]) LoadMany(ctx context.Context, keys []K) ThunkMany[V] {
	traced, finish := l.tracer.TraceLoadMany(ctx, keys)
	thunks := make([]Thunk[V], len(keys))
	for i, key := range keys {
		thunks[i] = l.Load(traced, key)
	}
	many := func() ([]V, []error) {
		values := make([]V, len(thunks))
		var errs []error
		for i, thunk := range thunks {
			value, err := thunk()
			values[i] = value
			if err == nil {
				continue
			}
			if errs == nil {
				errs = make([]error, len(thunks))
			}
			errs[i] = err
		}
		return values, errs
	}
	finish(many)
	return many
}

// Clear forgets a key.
func (l *Loader[K, V]) Clear(ctx context.Context, key K) Interface[K, V] {
	l.lock.Lock()
	defer l.lock.Unlock()
	l.cache.Delete(ctx, key)
	delete(l.loading, key)
	return l
}

// ClearAll forgets every key.
func (l *Loader[K, V]) ClearAll() Interface[K, V] {
	l.lock.Lock()
	defer l.lock.Unlock()
	l.forget()
	return l
}

func (l *Loader[K, V]) forget() {
	l.cache.Clear()
	clear(l.loading)
}

// Prime remembers a value that is known already. A key that is known keeps its value:
// Clear it first.
func (l *Loader[K, V]) Prime(ctx context.Context, key K, value V) Interface[K, V] {
	l.lock.Lock()
	defer l.lock.Unlock()
	if _, ok := l.cache.Get(ctx, key); !ok {
		l.cache.Set(ctx, key, func() (V, error) { return value, nil })
		delete(l.loading, key)
	}
	return l
}

// Flush loads the wave that is gathering, without waiting any longer.
func (l *Loader[K, V]) Flush() {
	l.lock.Lock()
	defer l.lock.Unlock()
	if l.current != nil {
		l.end(l.current)
	}
}

// ErrNoResultProvided is the error of a key whose result is nil.
var ErrNoResultProvided = errors.New("the batch function answered no result for a key")

var errLength = errors.New("the batch function did not answer one result per key")

// fill calls the batch function and makes sure that every key has a result.
func (l *Loader[K, V]) fill(ctx context.Context, w *wave[K, V]) {
	traced, finish := l.tracer.TraceBatch(ctx, w.keys)
	defer func() {
		if p := recover(); p != nil {
			w.results = all[V](len(w.keys), &PanicErrorWrapper{fmt.Errorf("the batch function panicked with a %T", p)})
		}
		if len(w.results) != len(w.keys) { // the function may have ended its goroutine, too
			w.results = all[V](len(w.keys), errLength)
		}
		finish(w.results)
	}()
	w.results = l.batch(traced, w.keys)
	for i, result := range w.results {
		if result == nil {
			w.results[i] = &Result[V]{Error: ErrNoResultProvided}
		}
	}
}

// all is the same error for n keys.
func all[V any](n int, err error) []*Result[V] {
	out := make([]*Result[V], n)
	for i := range out {
		out[i] = &Result[V]{Error: err}
	}
	return out
}
