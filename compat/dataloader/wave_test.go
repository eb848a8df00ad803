package dataloader_test

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/graph-gophers/dataloader/v7"
	"go.uber.org/goleak"
	"pgregory.net/rapid"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// Every load that is made before the wait is over is of one call; the first one after
// that begins another.
func TestLoadsOfOneWaitAreOneCall(t *testing.T) {
	inBubble(t, func(t *rapid.T) {
		const wait = 10
		pauses := rapid.SliceOfN(rapid.IntRange(0, 2*wait), 1, 20).Draw(t, "pauses")
		r := &recorder{}
		loader := r.loader(dataloader.WithWait[int, int](wait * time.Millisecond))
		var want [][]int
		now, ends := 0, 0 // in milliseconds
		for key, pause := range pauses {
			if now += pause; now == ends {
				now++ // neither before nor after
				pause++
			}
			time.Sleep(time.Duration(pause) * time.Millisecond)
			if len(want) == 0 || now > ends {
				want = append(want, nil)
				ends = now + wait
			}
			want[len(want)-1] = append(want[len(want)-1], key)
			loader.Load(context.Background(), key)
		}
		time.Sleep(wait * time.Millisecond)
		synctest.Wait()
		if !slices.EqualFunc(r.calls, want, slices.Equal) {
			t.Fatalf("after pauses of %v ms the calls were %v, want %v", pauses, r.calls, want)
		}
	})
}

// Whatever the interleaving, each load is answered with its own key's value, no key is
// asked for twice, and no batch is larger than it may be.
func TestConcurrentLoads(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		capacity := rapid.IntRange(0, 8).Draw(t, "capacity")
		wait := time.Duration(rapid.IntRange(0, 200).Draw(t, "wait")) * time.Microsecond
		callers := rapid.SliceOfN(rapid.SliceOfN(rapid.IntRange(0, 15), 0, 12), 1, 12).Draw(t, "callers")
		r := &recorder{}
		loader := r.loader(dataloader.WithWait[int, int](wait), dataloader.WithBatchCapacity[int, int](capacity))
		wrong := make(chan string, len(callers))
		var all sync.WaitGroup
		for i, keys := range callers {
			all.Go(func() {
				if got := answers(loader, keys, i%2 == 0); got != "" {
					wrong <- got
				}
			})
		}
		all.Wait()
		close(wrong)
		for w := range wrong {
			t.Fatal(w)
		}
		times := map[int]int{}
		for _, call := range r.calls {
			if capacity > 0 && len(call) > capacity {
				t.Fatalf("a batch of %d keys, with room for %d", len(call), capacity)
			}
			for _, key := range call {
				if times[key]++; times[key] > 1 {
					t.Fatalf("key %d was asked for again: %v", key, r.calls)
				}
			}
		}
	})
}

// answers loads keys, together or one by one, and says what is wrong with the answers.
func answers(loader *dataloader.Loader[int, int], keys []int, together bool) string {
	ctx := context.Background()
	if together {
		values, errs := loader.LoadMany(ctx, keys)()
		for i, key := range keys {
			if errs != nil || values[i] != 2*key {
				return fmt.Sprintf("keys %v gave %v, %v", keys, values, errs)
			}
		}
		return ""
	}
	for _, key := range keys {
		if v, err := loader.Load(ctx, key)(); v != 2*key || err != nil {
			return fmt.Sprintf("key %d gave %d, %v", key, v, err)
		}
	}
	return ""
}

// A wave that is over takes what it was remembered for with it at once: a load made
// before its batch has run begins the next wave, and is remembered there.
func TestClearCacheOnBatchForgetsWhenTheWaveEnds(t *testing.T) {
	for name, end := range map[string]func(l *dataloader.Loader[int, int]){
		"flushed": func(l *dataloader.Loader[int, int]) { l.Flush() },
		"full":    func(l *dataloader.Loader[int, int]) { l.Load(context.Background(), 9) },
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				ctx := context.Background()
				r := &recorder{}
				loader := r.loader(forever(), dataloader.WithBatchCapacity[int, int](2), dataloader.WithClearCacheOnBatch[int, int]())
				loader.Load(ctx, 1)
				end(loader)
				loader.Load(ctx, 1)
				loader.Load(ctx, 1)
				loader.Flush()
				synctest.Wait()
				if len(r.calls) != 2 || !slices.ContainsFunc(r.calls, func(call []int) bool { return slices.Equal(call, []int{1}) }) {
					t.Errorf("calls %v, want two, and the second of the key once", r.calls)
				}
			})
		})
	}
}

type contextKey struct{}

// The first context passed to Load in a wave is the batch function's, as upstream
// documents it. What becomes of the contexts of later loads is of no concern to it.
func TestTheBatchHasTheContextOfTheFirstLoad(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var seen context.Context
		loader := dataloader.NewBatchedLoader(func(ctx context.Context, keys []int) []*dataloader.Result[int] {
			seen = ctx
			out := make([]*dataloader.Result[int], len(keys))
			for i, key := range keys {
				out[i] = &dataloader.Result[int]{Data: key, Error: ctx.Err()}
			}
			return out
		}, dataloader.WithWait[int, int](time.Second))
		first := context.WithValue(context.Background(), contextKey{}, "first")
		second, cancel := context.WithCancel(context.Background())
		one, two := loader.Load(first, 1), loader.Load(second, 2)
		cancel()
		for i, thunk := range []dataloader.Thunk[int]{one, two} {
			if v, err := thunk(); v != i+1 || err != nil {
				t.Errorf("load %d gave %d, %v though only the second context was cancelled", i+1, v, err)
			}
		}
		if seen != first {
			t.Error("the batch function was given another context")
		}
	})
}

// Loaders share nothing, be their batch function the same: each request has its own.
func TestLoadersShareNothing(t *testing.T) {
	ctx := context.Background()
	r := &recorder{}
	mine, yours := r.loader(dataloader.WithWait[int, int](0)), r.loader(dataloader.WithWait[int, int](0))
	mine.Prime(ctx, 1, 100)
	if v, _ := yours.Load(ctx, 1)(); v != 2 {
		t.Errorf("another loader's key gave %d, want 2", v)
	}
	yours.Load(ctx, 2)()
	yours.ClearAll()
	if v, _ := mine.Load(ctx, 1)(); v != 100 {
		t.Errorf("after another loader forgot, a key gave %d, want 100", v)
	}
	mine.Load(ctx, 2)()
	if want := [][]int{{1}, {2}, {2}}; !slices.EqualFunc(r.calls, want, slices.Equal) {
		t.Errorf("calls %v, want %v", r.calls, want)
	}
}

// However a batch ends, every one of its keys is answered, and the next batch is as if
// nothing had happened.
func TestABatchThatEndsBadly(t *testing.T) {
	for name, bad := range map[string]func(keys []int) []*dataloader.Result[int]{
		"no answer":             func([]int) []*dataloader.Result[int] { return nil },
		"too short an answer":   func(keys []int) []*dataloader.Result[int] { return make([]*dataloader.Result[int], len(keys)-1) },
		"too long an answer":    func(keys []int) []*dataloader.Result[int] { return make([]*dataloader.Result[int], len(keys)+1) },
		"no results":            func(keys []int) []*dataloader.Result[int] { return make([]*dataloader.Result[int], len(keys)) },
		"a panic":               func([]int) []*dataloader.Result[int] { panic("swordfish") },
		"a panic with an error": func([]int) []*dataloader.Result[int] { panic(errors.New("swordfish")) },
		"the goroutine's end":   func([]int) []*dataloader.Result[int] { runtime.Goexit(); return nil },
	} {
		t.Run(name, func(t *testing.T) {
			r := &recorder{}
			calls := 0
			loader := dataloader.NewBatchedLoader(func(ctx context.Context, keys []int) []*dataloader.Result[int] {
				if calls++; calls == 1 {
					return bad(keys)
				}
				return r.batch(ctx, keys)
			}, dataloader.WithWait[int, int](0))
			keys := []int{1, 2, 3}
			_, errs := loader.LoadMany(context.Background(), keys)()
			if len(errs) != len(keys) || slices.Contains(errs, nil) {
				t.Errorf("errors %v, want one for each key", errs)
			}
			if none := errors.Is(errors.Join(errs...), dataloader.ErrNoResultProvided); none != (name == "no results") {
				t.Errorf("errors %v, where results were missing: %v", errs, name == "no results")
			}
			if v, err := loader.Load(context.Background(), 4)(); v != 8 || err != nil {
				t.Errorf("the next batch gave %d, %v", v, err)
			}
		})
	}
}

// tracer writes down what it is told.
type tracer struct {
	mu  sync.Mutex
	log []string
}

func (r *tracer) note(format string, args ...any) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.log = append(r.log, fmt.Sprintf(format, args...))
}

func (r *tracer) TraceLoad(ctx context.Context, key int) (context.Context, dataloader.TraceLoadFinishFunc[int]) {
	r.note("load %d", key)
	return context.WithValue(ctx, contextKey{}, key), func(thunk dataloader.Thunk[int]) { r.note("loaded %d, %v", key, thunk != nil) }
}

func (r *tracer) TraceLoadMany(ctx context.Context, keys []int) (context.Context, dataloader.TraceLoadManyFinishFunc[int]) {
	r.note("load many %v", keys)
	return ctx, func(thunk dataloader.ThunkMany[int]) { r.note("loaded many %v, %v", keys, thunk != nil) }
}

func (r *tracer) TraceBatch(ctx context.Context, keys []int) (context.Context, dataloader.TraceBatchFinishFunc[int]) {
	r.note("batch %v of load %v", keys, ctx.Value(contextKey{}))
	return ctx, func(results []*dataloader.Result[int]) { r.note("%d results", len(results)) }
}

// A tracer is told of every load, those of LoadMany too, and of every batch; the context
// it answers is passed on.
func TestTracer(t *testing.T) {
	r, trace := &recorder{}, &tracer{}
	loader := r.loader(forever(), dataloader.WithTracer[int, int](trace))
	many := loader.LoadMany(context.Background(), []int{3, 4})
	one := loader.Load(context.Background(), 3)
	loader.Flush()
	many()
	one()
	want := []string{
		"load many [3 4]", "load 3", "loaded 3, true", "load 4", "loaded 4, true", "loaded many [3 4], true",
		"load 3", "loaded 3, true", "batch [3 4] of load 3", "2 results",
	}
	if !slices.Equal(trace.log, want) {
		t.Errorf("told %q, want %q", trace.log, want)
	}
}

// What a wave of one key costs is told as bytes: room that nobody asked for is no part
// of it.
func BenchmarkLoad(b *testing.B) {
	r := &recorder{}
	b.ReportAllocs()
	for b.Loop() {
		r.calls = nil
		loader := r.loader(forever())
		thunk := loader.Load(context.Background(), 1)
		loader.Flush()
		if _, err := thunk(); err != nil {
			b.Fatal(err)
		}
	}
}
