package dataloader_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/graph-gophers/dataloader/v7"
	"pgregory.net/rapid"
)

// recorder is a batch function that doubles its keys and remembers its calls.
type recorder struct {
	lock  sync.Mutex
	calls [][]int
}

func (r *recorder) batch(_ context.Context, keys []int) []*dataloader.Result[int] {
	r.lock.Lock()
	defer r.lock.Unlock()
	r.calls = append(r.calls, slices.Clone(keys))
	out := make([]*dataloader.Result[int], len(keys))
	for i, key := range keys {
		out[i] = &dataloader.Result[int]{Data: 2 * key}
	}
	return out
}

func (r *recorder) loader(opts ...dataloader.Option[int, int]) *dataloader.Loader[int, int] {
	return dataloader.NewBatchedLoader(r.batch, opts...)
}

// forever keeps a wave open until it is flushed or full.
func forever() dataloader.Option[int, int] { return dataloader.WithWait[int, int](time.Hour) }

func TestAWaveLoadsEachKeyOnceInOneCallAndAnswersInOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		keys := rapid.SliceOfN(rapid.IntRange(0, 20), 1, 60).Draw(t, "keys")
		r := &recorder{}
		loader := r.loader(forever())
		thunk := loader.LoadMany(context.Background(), keys)
		loader.Flush()
		values, errs := thunk()
		if errs != nil {
			t.Fatalf("errors: %v", errs)
		}
		for i, key := range keys {
			if values[i] != 2*key {
				t.Fatalf("value %d is %d, want %d", i, values[i], 2*key)
			}
		}
		if len(r.calls) != 1 {
			t.Fatalf("%d calls, want 1", len(r.calls))
		}
		distinct := slices.Compact(slices.Sorted(slices.Values(keys)))
		if got := slices.Sorted(slices.Values(r.calls[0])); !slices.Equal(got, distinct) {
			t.Fatalf("loaded %v, want %v", got, distinct)
		}
	})
}

func TestNoBatchIsLargerThanTheCapacity(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		capacity := rapid.IntRange(1, 9).Draw(t, "capacity")
		n := rapid.IntRange(1, 60).Draw(t, "n")
		r := &recorder{}
		loader := r.loader(forever(), dataloader.WithBatchCapacity[int, int](capacity))
		keys := make([]int, n)
		for i := range keys {
			keys[i] = i
		}
		thunk := loader.LoadMany(context.Background(), keys)
		loader.Flush()
		if _, errs := thunk(); errs != nil {
			t.Fatalf("errors: %v", errs)
		}
		if want := (n + capacity - 1) / capacity; len(r.calls) != want {
			t.Fatalf("%d calls, want %d", len(r.calls), want)
		}
		for _, call := range r.calls {
			if len(call) > capacity {
				t.Fatalf("a batch of %d, want at most %d", len(call), capacity)
			}
		}
	})
}

func TestAnAnswerOfTheWrongLengthFailsEveryKey(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		asked := rapid.IntRange(1, 10).Draw(t, "asked")
		answered := rapid.IntRange(0, 12).Filter(func(n int) bool { return n != asked }).Draw(t, "answered")
		loader := dataloader.NewBatchedLoader(func(context.Context, []int) []*dataloader.Result[int] {
			out := make([]*dataloader.Result[int], answered)
			for i := range out {
				out[i] = &dataloader.Result[int]{Data: i}
			}
			return out
		}, forever())
		keys := make([]int, asked)
		for i := range keys {
			keys[i] = i
		}
		thunk := loader.LoadMany(context.Background(), keys)
		loader.Flush()
		_, errs := thunk()
		if len(errs) != asked || slices.Contains(errs, nil) {
			t.Fatalf("errors %v, want one for each of %d keys", errs, asked)
		}
	})
}

func TestErrorsBelongToTheirKey(t *testing.T) {
	odd := errors.New("odd")
	loader := dataloader.NewBatchedLoader(func(_ context.Context, keys []int) []*dataloader.Result[int] {
		out := make([]*dataloader.Result[int], len(keys))
		for i, key := range keys {
			out[i] = &dataloader.Result[int]{Data: key}
			if key%2 == 1 {
				out[i] = &dataloader.Result[int]{Error: odd}
			}
		}
		return out
	}, dataloader.WithWait[int, int](0))
	_, errs := loader.LoadMany(context.Background(), []int{0, 1, 2})()
	if len(errs) != 3 || errs[0] != nil || !errors.Is(errs[1], odd) || errs[2] != nil {
		t.Errorf("errors %v, want only the second", errs)
	}
}

func TestWhatIsPrimedIsNotLoaded(t *testing.T) {
	ctx := context.Background()
	r := &recorder{}
	loader := r.loader(dataloader.WithWait[int, int](0))
	loader.Prime(ctx, 1, 100).Prime(ctx, 1, 200)
	if v, err := loader.Load(ctx, 1)(); v != 100 || err != nil {
		t.Errorf("a primed key gave %d, %v; the first priming stands", v, err)
	}
	if len(r.calls) != 0 {
		t.Errorf("a primed key was loaded: %v", r.calls)
	}
	loader.Clear(ctx, 1)
	if v, _ := loader.Load(ctx, 1)(); v != 2 {
		t.Errorf("after Clear the key gave %d, want 2", v)
	}
	loader.ClearAll()
	if v, _ := loader.Load(ctx, 1)(); v != 2 || len(r.calls) != 2 {
		t.Errorf("after ClearAll the key gave %d in %d calls, want 2 in 2", v, len(r.calls))
	}
}

func TestFailuresThatPassAreTriedAgain(t *testing.T) {
	for name, fail := range map[string]func() error{
		"skip":  func() error { return dataloader.NewSkipCacheError(errors.New("busy")) },
		"panic": func() error { panic("secret key") },
	} {
		t.Run(name, func(t *testing.T) {
			calls := 0
			loader := dataloader.NewBatchedLoader(func(_ context.Context, keys []int) []*dataloader.Result[int] {
				calls++
				if calls == 1 {
					return []*dataloader.Result[int]{{Error: fail()}}
				}
				return []*dataloader.Result[int]{{Data: 7}}
			}, dataloader.WithWait[int, int](0))
			thunk := loader.Load(context.Background(), 1)
			_, err := thunk()
			if err == nil || strings.Contains(err.Error(), "secret") {
				t.Fatalf("error %v, want one without what the panic carried", err)
			}
			if v, err := loader.Load(context.Background(), 1)(); v != 7 || err != nil {
				t.Errorf("the second load gave %d, %v", v, err)
			}
			thunk() // must not forget what the second load found
			if _, err := loader.Load(context.Background(), 1)(); err != nil || calls != 2 {
				t.Errorf("%d calls and %v, want 2 and no error", calls, err)
			}
		})
	}
}

func TestOtherErrorsAreKept(t *testing.T) {
	calls := 0
	loader := dataloader.NewBatchedLoader(func(context.Context, []int) []*dataloader.Result[int] {
		calls++
		return []*dataloader.Result[int]{{Error: errors.New("gone")}}
	}, dataloader.WithWait[int, int](0))
	for range 2 {
		if _, err := loader.Load(context.Background(), 1)(); err == nil {
			t.Error("no error")
		}
	}
	if calls != 1 {
		t.Errorf("%d calls, want 1", calls)
	}
}

func TestWithoutACacheEveryLoadIsLoaded(t *testing.T) {
	r := &recorder{}
	loader := r.loader(forever(), dataloader.WithCache[int, int](&dataloader.NoCache[int, int]{}))
	thunk := loader.LoadMany(context.Background(), []int{1, 1})
	loader.Flush()
	if values, errs := thunk(); !slices.Equal(values, []int{2, 2}) || errs != nil {
		t.Errorf("values %v, %v", values, errs)
	}
	if !slices.Equal(r.calls[0], []int{1, 1}) {
		t.Errorf("loaded %v, want the key twice", r.calls[0])
	}
}

func TestClearCacheOnBatchSharesWithinAWaveOnly(t *testing.T) {
	r := &recorder{}
	loader := r.loader(dataloader.WithWait[int, int](time.Millisecond), dataloader.WithClearCacheOnBatch[int, int]())
	for range 2 {
		if v, err := loader.Load(context.Background(), 1)(); v != 2 || err != nil {
			t.Errorf("got %d, %v", v, err)
		}
	}
	if len(r.calls) != 2 {
		t.Errorf("%d calls, want one a wave", len(r.calls))
	}
}

func TestManyGoroutinesShareALoader(t *testing.T) {
	r := &recorder{}
	loader := r.loader(dataloader.WithWait[int, int](time.Millisecond), dataloader.WithBatchCapacity[int, int](10))
	var wait sync.WaitGroup
	for i := range 200 {
		wait.Go(func() {
			key := i % 50
			if v, err := loader.Load(context.Background(), key)(); v != 2*key || err != nil {
				t.Errorf("key %d gave %d, %v", key, v, err)
			}
		})
	}
	wait.Wait()
	loaded := 0
	for _, call := range r.calls {
		loaded += len(call)
	}
	if loaded != 50 {
		t.Errorf("%d keys were loaded, want each of 50 once", loaded)
	}
}
