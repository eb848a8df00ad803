package dataloader

import (
	"context"
	"sync"
)

// Cache remembers the thunks of keys.
type Cache[K comparable, V any] interface {
	Get(context.Context, K) (Thunk[V], bool)
	Set(context.Context, K, Thunk[V])
	Delete(context.Context, K) bool
	Clear()
}

// NoCache remembers nothing: a key asked for twice is loaded twice.
type NoCache[K comparable, V any] struct{}

// Get never finds a key.
func (*NoCache[K, V]) Get(context.Context, K) (Thunk[V], bool) { return nil, false }

// Set does nothing.
func (*NoCache[K, V]) Set(context.Context, K, Thunk[V]) {}

// Delete reports that there was nothing to delete.
func (*NoCache[K, V]) Delete(context.Context, K) bool { return false }

// Clear does nothing.
func (*NoCache[K, V]) Clear() {}

// InMemoryCache remembers every key until it is told to forget.
type InMemoryCache[K comparable, V any] struct {
	lock  sync.RWMutex
	items map[K]Thunk[V]
}

// NewCache makes an empty InMemoryCache.
func NewCache[K comparable, V any]() *InMemoryCache[K, V] {
	return &InMemoryCache[K, V]{items: map[K]Thunk[V]{}}
}

// Get finds the thunk of a key.
func (c *InMemoryCache[K, V]) Get(_ context.Context, key K) (Thunk[V], bool) {
	c.lock.RLock()
	defer c.lock.RUnlock()
	thunk, ok := c.items[key]
	return thunk, ok
}

// Set remembers the thunk of a key.
func (c *InMemoryCache[K, V]) Set(_ context.Context, key K, thunk Thunk[V]) {
	c.lock.Lock()
	defer c.lock.Unlock()
	c.items[key] = thunk
}

// Delete forgets a key and reports whether it was known.
func (c *InMemoryCache[K, V]) Delete(_ context.Context, key K) bool {
	c.lock.Lock()
	defer c.lock.Unlock()
	_, ok := c.items[key]
	delete(c.items, key)
	return ok
}

// Clear forgets every key.
func (c *InMemoryCache[K, V]) Clear() {
	c.lock.Lock()
	defer c.lock.Unlock()
	c.items = map[K]Thunk[V]{}
}
