package account

import (
	"sync"
	"time"

	lru "github.com/hashicorp/golang-lru/v2"
)

// waits are growing delays by key: after a number of failures in a row, each
// further one doubles the time until the next try is looked at. The least
// recently used keys are forgotten, and all after an hour without a failure.
type waits[K comparable] struct {
	free    int
	longest time.Duration

	mu   sync.Mutex
	held *lru.Cache[K, waiting]
}

type waiting struct {
	failures int
	last     time.Time
	until    time.Time
}

func newWaits[K comparable](free int, longest time.Duration, size int) (*waits[K], error) {
	held, err := lru.New[K, waiting](size)
	if err != nil {
		return nil, err
	}
	return &waits[K]{free: free, longest: longest, held: held}, nil
}

// over tells whether the key waits no longer.
func (w *waits[K]) over(key K, now time.Time) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	held, _ := w.held.Get(key)
	return !now.Before(held.until)
}

// fail notes a failure.
func (w *waits[K]) fail(key K, now time.Time) {
	w.mu.Lock()
	defer w.mu.Unlock()
	held, _ := w.held.Get(key)
	if now.Sub(held.last) > failuresForgotten {
		held = waiting{}
	}
	held.failures++
	held.last = now
	held.until = now.Add(w.delay(held.failures))
	w.held.Add(key, held)
}

// delay is how long the next try waits after so many failures.
func (w *waits[K]) delay(failures int) time.Duration {
	if failures < w.free {
		return 0
	}
	delay := secondsAfterFailures * time.Second
	for range failures - w.free {
		if delay *= 2; delay >= w.longest {
			break
		}
	}
	return min(delay, w.longest)
}

func (w *waits[K]) forget(key K) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.held.Remove(key)
}
