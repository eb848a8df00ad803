package engine

import (
	"context"
	"sync"
	"sync/atomic"
)

// concurrency is how many goroutines work for one operation at a time.
const concurrency = 16

// pool lends the goroutines of an operation beside its own: its channel has a
// place for each that may run.
type pool chan struct{}

type poolKey struct{}

// withPool returns a context that has a pool.
func withPool(ctx context.Context) context.Context {
	if _, ok := ctx.Value(poolKey{}).(pool); ok {
		return ctx
	}
	return context.WithValue(ctx, poolKey{}, make(pool, concurrency-1))
}

// Parallel calls f for 0 to n-1, on the goroutine that calls and on as many others as
// the operation of ctx has left, and waits for them. It begins nothing new once ctx
// is done, and answers what ctx says then. f must not panic.
func Parallel(ctx context.Context, n int, f func(i int)) error {
	free, _ := withPool(ctx).Value(poolKey{}).(pool)
	var begun atomic.Int64
	work := func() {
		for i := int(begun.Add(1)) - 1; i < n && ctx.Err() == nil; i = int(begun.Add(1)) - 1 {
			f(i)
		}
	}
	var others sync.WaitGroup
	for range min(n-1, cap(free)) {
		select {
		case free <- struct{}{}:
			others.Go(func() {
				defer func() { <-free }()
				work()
			})
		default: // all are busy; whoever calls goes on alone
		}
	}
	work()
	others.Wait()
	return ctx.Err()
}
