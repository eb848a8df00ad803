package dataloader

import (
	"context"
	"errors"
	"slices"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// TestManyKeysAreReadOnceInOneWave: whatever keys are asked for, each is read
// once, all in one call, and answers stand in the order asked.
func TestManyKeysAreReadOnceInOneWave(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		keys := rapid.SliceOfN(rapid.IntRange(0, 20), 1, 50).Draw(t, "keys")
		var mu sync.Mutex
		var calls [][]int
		l := NewBatchedLoader(func(_ context.Context, keys []int) []*Result[int] {
			mu.Lock()
			calls = append(calls, slices.Clone(keys))
			mu.Unlock()
			results := make([]*Result[int], len(keys))
			for i, k := range keys {
				results[i] = &Result[int]{Data: k * 10}
			}
			return results
		}, WithWait[int, int](time.Millisecond))
		wait := l.LoadMany(t.Context(), keys)
		l.Flush()
		values, errs := wait()
		if errs != nil {
			t.Fatalf("errors %v", errs)
		}
		for i, k := range keys {
			if values[i] != k*10 {
				t.Fatalf("value %d of key %d stands in place %d", values[i], k, i)
			}
		}
		distinct := slices.Compact(slices.Sorted(slices.Values(keys)))
		if len(calls) != 1 || len(calls[0]) != len(distinct) {
			t.Fatalf("%d keys were read in calls %v", len(distinct), calls)
		}
	})
}

func TestAFaultyBatchFunctionFailsEveryKey(t *testing.T) {
	for name, batch := range map[string]BatchFunc[int, int]{
		"too few results":  func(context.Context, []int) []*Result[int] { return nil },
		"no result":        func(context.Context, []int) []*Result[int] { return []*Result[int]{nil, nil} },
		"a panic":          func(context.Context, []int) []*Result[int] { panic("broken") },
		"an error of each": func(context.Context, []int) []*Result[int] { e := errors.New("no"); return []*Result[int]{{Error: e}, {Error: e}} },
	} {
		t.Run(name, func(t *testing.T) {
			_, errs := NewBatchedLoader(batch, WithWait[int, int](time.Millisecond)).LoadMany(t.Context(), []int{1, 2})()
			if len(errs) != 2 || errs[0] == nil || errs[1] == nil {
				t.Errorf("errors %v, want one for each of two keys", errs)
			}
		})
	}
}

func TestAPrimedKeyIsNotRead(t *testing.T) {
	l := NewBatchedLoader(func(_ context.Context, keys []int) []*Result[int] {
		t.Errorf("keys %v were read", keys)
		return make([]*Result[int], len(keys))
	})
	l.Prime(t.Context(), 1, 42)
	if v, err := l.Load(t.Context(), 1)(); v != 42 || err != nil {
		t.Errorf("got %d, %v", v, err)
	}
}

func TestAClearedKeyIsReadAgain(t *testing.T) {
	reads := 0
	l := NewBatchedLoader(func(_ context.Context, keys []int) []*Result[int] {
		reads++
		return []*Result[int]{{Data: reads}}
	}, WithWait[int, int](0))
	l.Load(t.Context(), 1)()
	l.Clear(t.Context(), 1)
	if v, _ := l.Load(t.Context(), 1)(); v != 2 {
		t.Errorf("the second read answered %d", v)
	}
}

func TestAFullBatchDoesNotWait(t *testing.T) {
	l := NewBatchedLoader(func(_ context.Context, keys []int) []*Result[int] {
		return []*Result[int]{{Data: 1}, {Data: 2}}
	}, WithWait[int, int](time.Hour), WithBatchCapacity[int, int](2))
	if values, errs := l.LoadMany(t.Context(), []int{1, 2})(); errs != nil || values[1] != 2 {
		t.Errorf("got %v, %v", values, errs)
	}
}
