package graphql

import "context"

// Cache keeps values by string. Implementations are safe for concurrent use.
type Cache[T any] interface {
	Get(ctx context.Context, key string) (value T, ok bool)
	Add(ctx context.Context, key string, value T)
}

// MapCache is a Cache that grows without bound and is not safe for concurrent
// use: for tests and programs of one request.
type MapCache[T any] map[string]T

// Get looks a value up.
func (m MapCache[T]) Get(_ context.Context, key string) (value T, ok bool) {
	value, ok = m[key]
	return value, ok
}

// Add keeps a value.
func (m MapCache[T]) Add(_ context.Context, key string, value T) { m[key] = value }

// NoCache forgets at once.
type NoCache[T any] struct{}

// Get finds nothing.
func (NoCache[T]) Get(context.Context, string) (value T, ok bool) { return value, false }

// Add keeps nothing.
func (NoCache[T]) Add(context.Context, string, T) {}
