package dataloader

import (
	"context"
	"sync"
	"time"
)

// wave is the keys that are loaded by one call of the batch function.
type wave[K comparable, V any] struct {
	keys    []K
	results []*Result[V]
	// done is closed once results are there.
	done chan struct{}
	// now is closed when the wave is to be loaded without waiting any longer.
	now  chan struct{}
	once sync.Once
}

func (w *wave[K, V]) hurry() { w.once.Do(func() { close(w.now) }) }

// join adds a key to the wave that is gathering, or begins one.
func (l *Loader[K, V]) join(ctx context.Context, key K) (w *wave[K, V], position int) {
	l.waveLock.Lock()
	defer l.waveLock.Unlock()
	if l.current == nil {
		room := l.inputs
		if l.capacity > 0 {
			room = min(room, l.capacity)
		}
		l.current = &wave[K, V]{keys: make([]K, 0, max(room, 0)), done: make(chan struct{}), now: make(chan struct{})}
		go l.run(ctx, l.current)
	}
	w = l.current
	w.keys = append(w.keys, key)
	if l.capacity > 0 && len(w.keys) >= l.capacity {
		l.current = nil
		w.hurry()
	}
	return w, len(w.keys) - 1
}

// run waits for a wave to gather and loads it.
func (l *Loader[K, V]) run(ctx context.Context, w *wave[K, V]) {
	timer := time.NewTimer(l.wait)
	defer timer.Stop()
	select {
	case <-w.now:
	case <-timer.C:
	}
	l.waveLock.Lock()
	if l.current == w {
		l.current = nil
	}
	l.waveLock.Unlock()
	if l.clearOnBatch {
		l.ClearAll()
	}
	defer close(w.done)
	w.results = l.results(ctx, w.keys)
}
