package dataloader_test

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"testing"
	"testing/synctest"

	"github.com/graph-gophers/dataloader/v7"
	"pgregory.net/rapid"
)

// outcome is what a thunk answers. Errors are of three kinds: kept, to be skipped by
// the cache, and a panic of the batch function.
type outcome struct {
	value int
	fails string // "", "kept", "skipped" or "panic"
}

var errKept = errors.New("kept")

func (o outcome) result() *dataloader.Result[int] {
	switch o.fails {
	case "kept":
		return &dataloader.Result[int]{Error: errKept}
	case "skipped":
		return &dataloader.Result[int]{Error: dataloader.NewSkipCacheError(errors.New("skipped"))}
	case "panic":
		panic("panic")
	}
	return &dataloader.Result[int]{Data: o.value}
}

func observed(value int, err error) outcome {
	var skipped *dataloader.SkipCacheError
	var panicked *dataloader.PanicErrorWrapper
	switch {
	case errors.Is(err, errKept):
		return outcome{fails: "kept"}
	case errors.As(err, &skipped):
		return outcome{fails: "skipped"}
	case errors.As(err, &panicked):
		return outcome{fails: "panic"}
	case err != nil:
		return outcome{fails: err.Error()}
	}
	return outcome{value: value}
}

// entry is what the model knows of one thunk. It is answered when its wave is.
type entry struct {
	key      int
	answered bool
	outcome  outcome
}

// asked is a thunk of the loader beside the entry of the model.
type asked struct {
	thunk dataloader.Thunk[int]
	entry *entry
}

// model is a loader and a map that behaves as it should.
type model struct {
	loader   *dataloader.Loader[int, int]
	capacity int
	forgets  bool // the cache is no cache
	clears   bool // with every batch

	source map[int]outcome // what the batch function would answer now
	calls  [][]int         // of the batch function

	cache    map[int]*entry
	gathers  []*entry
	expected [][]int
	asked    []asked
}

// own is a cache of somebody's own.
type own struct{ thunks map[int]dataloader.Thunk[int] }

func (c own) Get(_ context.Context, key int) (dataloader.Thunk[int], bool) {
	thunk, ok := c.thunks[key]
	return thunk, ok
}
func (c own) Set(_ context.Context, key int, thunk dataloader.Thunk[int]) { c.thunks[key] = thunk }
func (c own) Clear()                                                      { clear(c.thunks) }
func (c own) Delete(_ context.Context, key int) bool {
	_, ok := c.thunks[key]
	delete(c.thunks, key)
	return ok
}

func newModel(t *rapid.T) *model {
	m := &model{source: map[int]outcome{}, cache: map[int]*entry{}}
	options := []dataloader.Option[int, int]{forever()}
	if m.capacity = rapid.IntRange(0, 4).Draw(t, "capacity"); m.capacity > 0 {
		options = append(options, dataloader.WithBatchCapacity[int, int](m.capacity))
	}
	if m.clears = rapid.Bool().Draw(t, "clears"); m.clears {
		options = append(options, dataloader.WithClearCacheOnBatch[int, int]())
	}
	switch rapid.SampledFrom([]string{"default", "none", "own"}).Draw(t, "cache") {
	case "none":
		m.forgets = true
		options = append(options, dataloader.WithCache[int, int](&dataloader.NoCache[int, int]{}))
	case "own":
		options = append(options, dataloader.WithCache[int, int](own{map[int]dataloader.Thunk[int]{}}))
	}
	m.loader = dataloader.NewBatchedLoader(m.batch, options...)
	return m
}

func (m *model) batch(_ context.Context, keys []int) []*dataloader.Result[int] {
	m.calls = append(m.calls, slices.Clone(keys))
	out := make([]*dataloader.Result[int], len(keys))
	for i, key := range keys {
		out[i] = m.source[key].result()
	}
	return out
}

func (m *model) load(key int) *entry {
	if e := m.cache[key]; e != nil {
		return e
	}
	e := &entry{key: key}
	m.gathers = append(m.gathers, e)
	if !m.forgets {
		m.cache[key] = e
	}
	if len(m.gathers) == m.capacity {
		m.answer()
	}
	return e
}

// answer answers the wave that gathers.
func (m *model) answer() {
	wave := m.gathers
	if m.gathers = nil; len(wave) == 0 {
		return
	}
	var keys []int
	panics := false
	for _, e := range wave {
		keys = append(keys, e.key)
		e.answered, e.outcome = true, m.source[e.key]
		panics = panics || e.outcome.fails == "panic"
	}
	m.expected = append(m.expected, keys)
	if m.clears {
		clear(m.cache)
	}
	for _, e := range wave {
		if panics {
			e.outcome = outcome{fails: "panic"} // of all keys of the batch, and no other
		}
		if fails := e.outcome.fails; (fails == "skipped" || fails == "panic") && m.cache[e.key] == e {
			delete(m.cache, e.key)
		}
	}
}

// wait calls a thunk, if it will answer.
func (m *model) wait(t *rapid.T, a asked) {
	if !a.entry.answered {
		return
	}
	if got := observed(a.thunk()); got != a.entry.outcome {
		t.Fatalf("the thunk of key %d gave %+v, want %+v", a.entry.key, got, a.entry.outcome)
	}
}

// check waits for the batches under way and compares their calls.
func (m *model) check(t *rapid.T) {
	synctest.Wait()
	if !slices.EqualFunc(m.calls, m.expected, slices.Equal) {
		t.Fatalf("the batch function was called with %v, want %v", m.calls, m.expected)
	}
}

// inBubble checks a property where time passes only when everybody waits. The deadline
// of a test cannot be asked for in there, and rapid would.
func inBubble(t *testing.T, property func(*rapid.T)) {
	synctest.Test(t, func(t *testing.T) { rapid.Check(struct{ testing.TB }{t}, property) })
}

// Whatever is done to a loader, and in whatever order, it is a map that asks for each
// key once, in the wave that gathers.
func TestALoaderIsAMap(t *testing.T) {
	inBubble(t, checkModel)
}

func checkModel(t *rapid.T) {
	ctx := context.Background()
	keys := rapid.IntRange(0, 4)
	m := newModel(t)
	written := 0
	defer m.loader.Flush() // no wave is to wait for ever
	t.Repeat(map[string]func(*rapid.T){
		"": m.check,
		"write": func(t *rapid.T) {
			written++
			fails := rapid.SampledFrom([]string{"", "", "", "kept", "skipped", "panic"}).Draw(t, "fails")
			m.source[keys.Draw(t, "key")] = outcome{value: written, fails: fails}.trimmed()
		},
		"load": func(t *rapid.T) {
			key := keys.Draw(t, "key")
			m.asked = append(m.asked, asked{m.loader.Load(ctx, key), m.load(key)})
		},
		"load many": func(t *rapid.T) {
			many := m.ofOneWave(rapid.SliceOfN(keys, 0, 6).Draw(t, "keys"))
			var entries []*entry
			thunk := m.loader.LoadMany(ctx, many)
			for _, key := range many {
				entries = append(entries, m.load(key))
			}
			for i, e := range entries {
				m.asked = append(m.asked, asked{func() (int, error) {
					values, errs := thunk()
					if errs == nil {
						return values[i], nil
					}
					return values[i], errs[i]
				}, e})
			}
			m.finish(entries)
		},
		"wait": func(t *rapid.T) {
			if len(m.asked) > 0 {
				m.wait(t, m.asked[rapid.IntRange(0, len(m.asked)-1).Draw(t, "thunk")])
			}
		},
		"flush": func(*rapid.T) { m.loader.Flush(); m.answer() },
		"prime": func(t *rapid.T) {
			key := keys.Draw(t, "key")
			written++
			m.loader.Prime(ctx, key, written)
			if m.cache[key] == nil && !m.forgets {
				m.cache[key] = &entry{key: key, answered: true, outcome: outcome{value: written}}
			}
		},
		"clear": func(t *rapid.T) {
			key := keys.Draw(t, "key")
			m.loader.Clear(ctx, key)
			delete(m.cache, key)
		},
		"clear all": func(*rapid.T) { m.loader.ClearAll(); clear(m.cache) },
	})
	m.loader.Flush()
	m.answer()
	m.check(t)
	for _, a := range m.asked {
		m.wait(t, a)
	}
	for _, key := range slices.Sorted(maps.Keys(m.cache)) { // what is left is what is remembered
		if got := observed(m.loader.Load(ctx, key)()); got != m.cache[key].outcome {
			t.Fatalf("key %d is remembered as %+v, want %+v", key, got, m.cache[key].outcome)
		}
	}
}

// ofOneWave are the keys that the wave has room for: what the rest would find depends
// on how far the loading of the full wave has come.
func (m *model) ofOneWave(keys []int) []int {
	gathered, joined := len(m.gathers), map[int]bool{}
	for i, key := range keys {
		if m.cache[key] != nil || joined[key] && !m.forgets {
			continue
		}
		joined[key] = true
		if gathered++; gathered == m.capacity {
			return keys[:i+1]
		}
	}
	return keys
}

// trimmed is an outcome as a thunk shows it.
func (o outcome) trimmed() outcome {
	if o.fails != "" {
		o.value = 0
	}
	return o
}

// finish answers the wave that gathers where a load of many waits for part of it: its
// thunk answers all or nothing.
func (m *model) finish(entries []*entry) {
	if slices.ContainsFunc(entries, func(e *entry) bool { return !e.answered }) {
		m.loader.Flush()
		m.answer()
	}
}

func (o outcome) String() string { return fmt.Sprintf("%d %s", o.value, o.fails) }
