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

func newPool() pool { return make(pool, concurrency-1) }

// Parallel calls f for 0 to n-1, on the goroutine that calls and on as many others as
// the operation of ctx has left, and waits for them. It begins nothing new once ctx
// is done, and answers what ctx says then. f must not panic.
func Parallel(ctx context.Context, n int, f func(i int)) error {
	p, ok := ctx.Value(poolKey{}).(pool)
	if !ok {
		p = newPool()
	}
	p.each(ctx, n, f)
	return ctx.Err()
}

func (p pool) each(ctx context.Context, n int, f func(i int)) {
	var begun atomic.Int64
	work := func() {
		for i := int(begun.Add(1)) - 1; i < n && ctx.Err() == nil; i = int(begun.Add(1)) - 1 {
			f(i)
		}
	}
	var others sync.WaitGroup
	for range min(n-1, cap(p)) {
		select {
		case p <- struct{}{}:
			others.Go(func() {
				defer func() { <-p }()
				work()
			})
		default: // all are busy; whoever calls goes on alone
		}
	}
	work()
	others.Wait()
}
