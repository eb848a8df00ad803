package dataloader

import (
	"context"
	"sync"
)

// Cache keeps the thunks of keys.
type Cache[K comparable, V any] interface {
	Get(context.Context, K) (Thunk[V], bool)
	Set(context.Context, K, Thunk[V])
	Delete(context.Context, K) bool
	Clear()
}

// NoCache keeps nothing: the same key asked for twice is read twice.
type NoCache[K comparable, V any] struct{}

// Get finds nothing.
func (*NoCache[K, V]) Get(context.Context, K) (Thunk[V], bool) { return nil, false }

// Set keeps nothing.
func (*NoCache[K, V]) Set(context.Context, K, Thunk[V]) {}

// Delete finds nothing to forget.
func (*NoCache[K, V]) Delete(context.Context, K) bool { return false }

// Clear has nothing to forget.
func (*NoCache[K, V]) Clear() {}

// InMemoryCache keeps everything until it is cleared.
type InMemoryCache[K comparable, V any] struct {
	mu    sync.RWMutex
	items map[K]Thunk[V]
}

// NewCache makes an empty cache.
func NewCache[K comparable, V any]() *InMemoryCache[K, V] {
	return &InMemoryCache[K, V]{items: map[K]Thunk[V]{}}
}

// Get answers a key's thunk.
func (c *InMemoryCache[K, V]) Get(_ context.Context, key K) (Thunk[V], bool) {
	c.mu.RLock()
	defer c.mu.RUnlock()
	thunk, ok := c.items[key]
	return thunk, ok
}

// Set keeps a key's thunk.
func (c *InMemoryCache[K, V]) Set(_ context.Context, key K, thunk Thunk[V]) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.items[key] = thunk
}

// Delete forgets a key, and tells whether there was one.
func (c *InMemoryCache[K, V]) Delete(_ context.Context, key K) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	_, ok := c.items[key]
	delete(c.items, key)
	return ok
}

// Clear forgets everything.
func (c *InMemoryCache[K, V]) Clear() {
	c.mu.Lock()
	defer c.mu.Unlock()
	clear(c.items)
}
