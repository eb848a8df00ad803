package dataloader

import (
	"context"
	"time"
)

// wave is the keys that are loaded by one call of the batch function.
type wave[K comparable, V any] struct {
	keys    []K
	results []*Result[V]
	// done is closed once results are there.
	done chan struct{}
	// ended is closed when the wave is to be loaded without waiting any longer.
	ended chan struct{}
}

// seat is the place of a key in a wave.
type seat[K comparable, V any] struct {
	wave     *wave[K, V]
	position int
}

func (s seat[K, V]) thunk() (V, error) {
	<-s.wave.done
	result := s.wave.results[s.position]
	return result.Data, result.Error
}

// join adds a key to the wave that is gathering, or begins one. The lock is held.
func (l *Loader[K, V]) join(ctx context.Context, key K) seat[K, V] {
	if l.current == nil {
		l.current = &wave[K, V]{keys: make([]K, 0, max(l.inputs, 0)), done: make(chan struct{}), ended: make(chan struct{})}
		go l.run(ctx, l.current)
	}
	w := l.current
	w.keys = append(w.keys, key)
	return seat[K, V]{wave: w, position: len(w.keys) - 1}
}

// end lets no more keys into a wave. The lock is held.
func (l *Loader[K, V]) end(w *wave[K, V]) {
	if l.current != w {
		return // it was full, or flushed, before its time was over
	}
	l.current = nil
	close(w.ended)
	if l.clearOnBatch {
		l.forget()
	}
}

// run waits for a wave to gather and loads it.
func (l *Loader[K, V]) run(ctx context.Context, w *wave[K, V]) {
	timer := time.NewTimer(l.wait)
	defer timer.Stop()
	select {
	case <-w.ended:
	case <-timer.C:
		l.lock.Lock()
		l.end(w)
		l.lock.Unlock()
	}
	defer close(w.done)
	defer l.settle(ctx, w)
	l.fill(ctx, w)
}

// settle forgets the keys whose error is not to be kept. A key that was cleared in the
// meantime, and perhaps primed or loaded anew, is no longer this wave's to forget.
func (l *Loader[K, V]) settle(ctx context.Context, w *wave[K, V]) {
	l.lock.Lock()
	defer l.lock.Unlock()
	for i, key := range w.keys {
		if l.loading[key] != (seat[K, V]{wave: w, position: i}) {
			continue
		}
		delete(l.loading, key)
		if unkept(w.results[i].Error) {
			l.cache.Delete(ctx, key)
		}
	}
}
