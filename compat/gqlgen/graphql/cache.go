package graphql

import "context"

// Cache keeps values by string. Implementations are safe for concurrent use.
type Cache[T any] interface {
	Get(ctx context.Context, key string) (value T, ok bool)
	Add(ctx context.Context, key string, value T)
}

// NoCache forgets at once.
type NoCache[T any] struct{}

// Get finds nothing.
func (NoCache[T]) Get(context.Context, string) (value T, ok bool) { return value, false }

// Add keeps nothing.
func (NoCache[T]) Add(context.Context, string, T) {}
