package engine_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/engine"
	"github.com/99designs/gqlgen/graphql/executor"
	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func (w *world) many(n int) {
	for len(w.books) < n {
		w.books = append(w.books, &book{name: "B"})
	}
}

func TestResolversOfALevelRunTogetherUpToABound(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld()
		w.many(40)
		var running, most atomic.Int64
		w.risky = func(*book) (any, error) {
			now := running.Add(1)
			for {
				old := most.Load()
				if now <= old || most.CompareAndSwap(old, now) {
					break
				}
			}
			time.Sleep(time.Second)
			running.Add(-1)
			return "fine", nil
		}
		start := time.Now()
		w.ask(t, `{books(first:40){risky}}`)
		if most.Load() != 16 {
			t.Errorf("%d resolvers ran at a time, want 16", most.Load())
		}
		if took := time.Since(start); took != 3*time.Second {
			t.Errorf("40 resolvers of a second each took %v, want three waves of 16", took)
		}
	})
}

func TestFieldsOfALevelRunTogether(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld()
		w.risky = func(*book) (any, error) { time.Sleep(time.Second); return "fine", nil }
		w.batch = func(parents []any) ([]any, error) { time.Sleep(time.Second); return make([]any, len(parents)), nil }
		start := time.Now()
		w.ask(t, `{books{risky author{name}}}`)
		if took := time.Since(start); took != time.Second {
			t.Errorf("a batch and a resolver beside it took %v, want one second", took)
		}
	})
}

// A pure field such as nodes of a connection costs no level of its own: what is
// below does not wait for a slow field beside it.
func TestPureFieldsAreOpenedAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld()
		w.risky = func(*book) (any, error) { time.Sleep(time.Second); return "fine", nil }
		tables := w.tables(t)
		tables.Objects["Library"].Fields["total"].Resolve = func(context.Context, any, map[string]any) (any, error) {
			time.Sleep(time.Second)
			return 3, nil
		}
		start := time.Now()
		askTables(t, tables, `{library{total books{risky}}}`)
		if took := time.Since(start); took != time.Second {
			t.Errorf("took %v, want one second", took)
		}
	})
}

func TestErrorsComeInTheOrderOfTheResponse(t *testing.T) {
	w := newWorld()
	w.many(50)
	w.risky = func(*book) (any, error) { return nil, errors.New("no") }
	got := w.ask(t, `query($f:Int=50){books(first:$f){risky}}`)
	last := -1
	for i := range 50 {
		at := strings.Index(got, fmt.Sprintf(`"path":["books",%d,"risky"]`, i))
		if at <= last {
			t.Fatalf("the error of row %d is missing or out of order", i)
		}
		last = at
	}
}

func TestCancellation(t *testing.T) {
	want := `{"errors":[{"message":"the operation was cancelled"}],"data":null}`
	t.Run("before anything", func(t *testing.T) {
		ctx, cancel := context.WithCancel(context.Background())
		cancel()
		w := newWorld()
		if got := w.askCtx(ctx, t, `{books{author{name}}}`, nil); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
		if len(w.batches) > 0 {
			t.Error("a resolver was called after cancellation")
		}
	})
	t.Run("on the way", func(t *testing.T) {
		ctx, cancel := context.WithCancel(context.Background())
		w := newWorld()
		w.many(100)
		var calls atomic.Int64
		w.risky = func(*book) (any, error) { calls.Add(1); cancel(); return "fine", nil }
		if got := w.askCtx(ctx, t, `{books(first:100){risky author{name books{name}}}}`, nil); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
		if calls.Load() > 16 {
			t.Errorf("%d resolvers ran, want no more than were under way", calls.Load())
		}
	})
	t.Run("between mutations", func(t *testing.T) {
		ctx, cancel := context.WithCancel(context.Background())
		w := newWorld()
		stop := func(e *executor.Executor) {
			e.AroundFields(func(c context.Context, next graphql.Resolver) (any, error) {
				got, err := next(c)
				cancel()
				return got, err
			})
		}
		w.askCtx(ctx, t, `mutation{a:add(n:1){value} b:add(n:1){value}}`, nil, stop)
		if w.counter.value != 1 {
			t.Errorf("the counter is %d: a mutation began after cancellation", w.counter.value)
		}
	})
}

func TestASubscriptionEndsWithItsContextThoughEventsKeepComing(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	exec := executor.New(engine.New(newWorld().tables(t)))
	op, errs := exec.CreateOperationContext(ctx, &graphql.RawParams{Query: `subscription{ticks(n:1000000){at}}`})
	if errs != nil {
		t.Fatal(errs)
	}
	responses, ctx := exec.DispatchOperation(ctx, op)
	if responses(ctx) == nil {
		t.Fatal("no event came")
	}
	cancel()
	for range 2 { // an event may have been ready
		if responses(ctx) == nil {
			return
		}
	}
	t.Error("events came after cancellation")
}

// Contexts that resolvers are given lead back to the root.
func TestResolversKnowWhereTheyAre(t *testing.T) {
	w := newWorld()
	tables := w.tables(t)
	tables.Objects["Book"].Fields["note"].Resolve = func(ctx context.Context, _ any, _ map[string]any) (any, error) {
		fc := graphql.GetFieldContext(ctx)
		graphql.AddErrorf(ctx, "noted %s, a resolver: %v", fc.Parent.Result.(*book).name, fc.IsResolver)
		return fc.Path().String(), nil
	}
	got := askTables(t, tables, `{shelf{note}}`)
	for _, want := range []string{
		`{"message":"noted A, a resolver: true","path":["shelf",0,0,"note"],"locations":[{"line":1,"column":8}]}`,
		`{"message":"noted B, a resolver: true","path":["shelf",2,0,"note"],"locations":[{"line":1,"column":8}]}`,
		`"data":{"shelf":[[{"note":"shelf[0][0].note"},null],[],[{"note":"shelf[2][0].note"}]]}`,
	} {
		if !strings.Contains(got, want) {
			t.Errorf("%s lacks %s", got, want)
		}
	}
}

func TestLookAhead(t *testing.T) {
	w := newWorld()
	tables := w.tables(t)
	tables.Objects["Query"].Fields["library"].Resolve = func(ctx context.Context, _ any, _ map[string]any) (any, error) {
		graphql.RegisterExtension(ctx, "asked", graphql.CollectAllFields(ctx))
		return w, nil
	}
	got := askTables(t, tables, `{library{a:name ...F newest{name} b:name}} fragment F on Library{total}`)
	if want := `"extensions":{"asked":["name","total","newest"]}`; !strings.Contains(got, want) {
		t.Errorf("%s lacks %s", got, want)
	}
}
