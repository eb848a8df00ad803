// Package lru keeps the values used last, up to a number.
package lru

import (
	"context"

	"github.com/99designs/gqlgen/graphql"
	lru "github.com/hashicorp/golang-lru/v2"
)

// LRU is a graphql.Cache of bounded size.
type LRU[T any] struct {
	lru *lru.Cache[string, T]
}

var _ graphql.Cache[any] = (*LRU[any])(nil)

// New returns a cache of size values. It panics for a size below one.
func New[T any](size int) *LRU[T] {
	cache, err := lru.New[string, T](size)
	if err != nil {
		panic(err)
	}
	return &LRU[T]{lru: cache}
}

// Get looks a value up, which makes it the one used last.
func (l *LRU[T]) Get(_ context.Context, key string) (value T, ok bool) {
	return l.lru.Get(key)
}

// Add keeps a value, perhaps in place of the one not used for longest.
func (l *LRU[T]) Add(_ context.Context, key string, value T) { l.lru.Add(key, value) }
