package engine_test

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/engine"
	"github.com/99designs/gqlgen/graphql/executor"
	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
)

// most remembers the largest of what it is told.
type most struct{ atomic.Int64 }

func (m *most) see(n int64) {
	for old := m.Load(); n > old && !m.CompareAndSwap(old, n); old = m.Load() {
	}
}

func TestNilParentsReachNoResolver(t *testing.T) {
	var none *book
	sources := map[string]struct {
		query string
		set   func(w *world, tables *engine.Tables)
	}{
		"an element of a list": {`{books{risky author{name} tags}}`, func(w *world, tables *engine.Tables) {
			w.books = []*book{none, w.books[0], nil}
			tables.Objects["Query"].Fields["books"].Value.Elem.NonNull = false
		}},
		"an element of an inner list": {`{shelf{risky author{name} tags}}`, func(w *world, _ *engine.Tables) {
			w.shelf[0][1], w.shelf[2][0] = none, none
		}},
		"a read field": {`{library{newest{risky author{name} tags}}}`, func(_ *world, tables *engine.Tables) {
			tables.Objects["Library"].Fields["newest"].Read = func(context.Context, any, map[string]any) (any, error) { return none, nil }
		}},
		"a resolved field": {`{library{newest{risky author{name} tags}}}`, func(_ *world, tables *engine.Tables) {
			tables.Objects["Library"].Fields["newest"] = always(of("Book", false), none, nil)
		}},
		"a batch": {`{books{author{name books{risky}}}}`, func(w *world, _ *engine.Tables) {
			w.batch = func(parents []any) ([]any, error) { return []any{(*author)(nil), nil, (*author)(nil)}, nil }
		}},
		"an element of an abstract type": {`{search{...on Book{risky author{name}}}}`, func(w *world, tables *engine.Tables) {
			w.items = []any{none, w.books[0], nil}
			tables.Objects["Query"].Fields["search"].Value.Elem.NonNull = false
		}},
	}
	for name, tt := range sources {
		for _, middleware := range []bool{false, true} {
			t.Run(fmt.Sprint(name, ", middleware ", middleware), func(t *testing.T) {
				w := newWorld()
				tables := w.tables(t)
				tt.set(w, tables)
				tables.Objects["Query"].Fields["books"].Resolve = func(context.Context, any, map[string]any) (any, error) { return w.books, nil }
				tables.Objects["Query"].Fields["search"].Resolve = func(context.Context, any, map[string]any) (any, error) { return w.items, nil }
				w.risky = func(b *book) (any, error) {
					if b == nil {
						t.Error("a resolver was given no parent")
					}
					return "fine", nil
				}
				exec := executor.New(engine.New(tables))
				if middleware {
					exec.AroundFields(func(ctx context.Context, next graphql.Resolver) (any, error) {
						if b, ok := graphql.GetFieldContext(ctx).Parent.Result.(*book); ok && b == nil {
							t.Error("middleware was given no parent")
						}
						return next(ctx)
					})
				}
				if got := askExecutor(t.Context(), t, exec, tt.query); strings.Contains(got, "errors") {
					t.Error(got)
				}
				for _, parents := range w.batches {
					for _, p := range parents {
						if p.(*book) == nil {
							t.Error("a batch was given no parent")
						}
					}
				}
			})
		}
	}
}

func askExecutor(ctx context.Context, t testing.TB, exec *executor.Executor, query string) string {
	t.Helper()
	exec.SetRecoverFunc(func(context.Context, any) error { return errors.New("a panic") })
	op, errs := exec.CreateOperationContext(ctx, &graphql.RawParams{Query: query})
	if errs != nil {
		t.Fatal(errs)
	}
	responses, ctx := exec.DispatchOperation(ctx, op)
	enc, err := responses(ctx).MarshalJSON()
	if err != nil {
		t.Fatal(err)
	}
	return string(enc)
}

// A panic anywhere in generated or domain code loses the field of that parent.
func TestAPanicLosesOneFieldOfOneParent(t *testing.T) {
	const lost = `{"name":"A","x":"a"},{"name":"B","x":null},{"name":"C","x":"c"}`
	isB := func(parent any) bool { return parent.(*book).name == "B" }
	lower := func(parent any) any {
		if isB(parent) {
			panic("swordfish")
		}
		return strings.ToLower(parent.(*book).name)
	}
	tests := map[string]func(f *engine.Field){
		"in Read": func(f *engine.Field) {
			f.Read = func(_ context.Context, p any, _ map[string]any) (any, error) { return lower(p), nil }
		},
		"in Resolve": func(f *engine.Field) {
			f.Resolve = func(_ context.Context, p any, _ map[string]any) (any, error) { return lower(p), nil }
		},
		"in AppendLeaf": func(f *engine.Field) {
			f.Read = func(_ context.Context, p any, _ map[string]any) (any, error) { return lower(p), nil }
			f.AppendLeaf = func(_ context.Context, dst []byte, p any) ([]byte, bool, error) {
				dst = append(dst, `"half`...)
				return engine.AppendString(dst[:len(dst)-5], lower(p).(string)), true, nil
			}
		},
		"in Append": func(f *engine.Field) {
			f.Read = func(_ context.Context, p any, _ map[string]any) (any, error) { return p, nil }
			f.Value = &engine.Value{Type: "String", Append: func(_ context.Context, dst []byte, v any) ([]byte, bool, error) {
				dst = append(dst, '"')
				return append(append(dst, lower(v).(string)...), '"'), true, nil
			}}
		},
	}
	for name, set := range tests {
		for _, middleware := range []bool{false, true} {
			t.Run(fmt.Sprint(name, ", middleware ", middleware), func(t *testing.T) {
				tables := newWorld().tables(t)
				f := &engine.Field{Value: str(false)}
				set(f)
				tables.Objects["Book"].Fields["old"] = f
				exec := executor.New(engine.New(tables))
				if middleware {
					exec.AroundFields(pass)
				}
				got := askExecutor(t.Context(), t, exec, `{books{name x:old}}`)
				want := `{"errors":[{"message":"internal system error","path":["books",1,"x"],"locations":[{"line":1,"column":13}]}],"data":{"books":[` + lost + `]}}`
				if got != want {
					t.Errorf("\n got %s\nwant %s", got, want)
				}
			})
		}
	}
}

// Where a panic is in the making of a list or an object, it loses that.
func TestAPanicOfCompletionLosesItsField(t *testing.T) {
	tests := map[string]struct {
		query, want string
		set         func(tables *engine.Tables)
	}{
		"an object that is read": {`{library{name newest{name}}}`, `{"library":{"name":"Main","newest":null}}`, func(tables *engine.Tables) {
			tables.Objects["Library"].Fields["newest"].Read = func(context.Context, any, map[string]any) (any, error) { panic("no") }
		}},
		"the elements of objects": {`{library{name} shelf{name}}`, `{"library":{"name":"Main"},"shelf":null}`, func(tables *engine.Tables) {
			tables.Objects["Query"].Fields["shelf"].Value.Elems = func(any, []any) ([]any, bool) { panic("no") }
		}},
		"the elements of leaves": {`{books(first:1){name tags}}`, `{"books":[{"name":"A","tags":null}]}`, func(tables *engine.Tables) {
			tables.Objects["Book"].Fields["tags"].Value.Elems = func(any, []any) ([]any, bool) { panic("no") }
		}},
		"the type of an object": {`{library{name} fails:__typename search{__typename}}`, `null`, func(tables *engine.Tables) {
			tables.ObjectOf = func(any) string { panic("no") }
		}},
		"the arguments": {`{library{name} books{note(prefix:"a")}}`, `{"library":{"name":"Main"},"books":[{"note":null},{"note":null},{"note":null}]}`, func(tables *engine.Tables) {
			tables.Objects["Book"].Fields["note"].Args = func(context.Context, map[string]any) (map[string]any, error) { panic("no") }
		}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			tables := newWorld().tables(t)
			tt.set(tables)
			got := askExecutor(t.Context(), t, executor.New(engine.New(tables)), tt.query)
			if !strings.HasSuffix(got, `"data":`+tt.want+`}`) || !strings.Contains(got, "internal system error") {
				t.Errorf("got %s, want an error and %s", got, tt.want)
			}
		})
	}
}

// What a resolver answers must be of the type that the schema promises.
// Specification: result coercion of Int and of enums.
func TestResultsOutsideOfTheirType(t *testing.T) {
	tests := []struct {
		typ   string
		value any
		legal bool
	}{
		{"Int", 2147483647, true},
		{"Int", -2147483648, true},
		{"Int", 2147483648, false},
		{"Int", int64(-2147483649), false},
		{"Genre", "CRIME", true},
		{"Genre", "crime", false},
		{"Genre", "", false},
		{"Float", 1e300, true},
	}
	for _, tt := range tests {
		for _, direct := range []bool{false, true} {
			t.Run(fmt.Sprint(tt.typ, " ", tt.value, ", direct ", direct), func(t *testing.T) {
				tables := newWorld().tables(t)
				f := get(plain(tt.typ, false), func(*book) any { return tt.value })
				if direct {
					f.AppendLeaf = func(ctx context.Context, dst []byte, _ any) ([]byte, bool, error) {
						return f.Value.Append(ctx, dst, tt.value)
					}
				}
				tables.Objects["Book"].Fields["pages"] = f
				got := askExecutor(t.Context(), t, executor.New(engine.New(tables)), `{books(first:1){pages}}`)
				if legal := !strings.Contains(got, `"pages":null`); legal != tt.legal || legal == strings.Contains(got, "errors") {
					t.Errorf("got %s, want it accepted: %v", got, tt.legal)
				}
			})
		}
	}
}

// Arguments are those of the object's own field. Specification: CoerceArgumentValues.
func TestArgumentsOfAFieldSelectedThroughAnInterface(t *testing.T) {
	schema := gqlparser.MustLoadSchema(&ast.Source{Input: `
		type Query { one: Part }
		interface Part { f(a: Int): String }
		type Whole implements Part { f(a: Int = 3, b: Int = 4): String }
	`})
	tables := &engine.Tables{
		Schema:   schema,
		ObjectOf: func(any) string { return "Whole" },
		Objects: map[string]*engine.Object{
			"Query": {Fields: map[string]*engine.Field{"one": always(of("Part", false), &book{}, nil)}},
			"Whole": {Fields: map[string]*engine.Field{"f": resolve(str(false), func(_ context.Context, _ any, args map[string]any) (any, error) {
				return fmt.Sprint(args["a"], args["b"]), nil
			})}},
		},
	}
	if got, want := askTables(t, tables, `{one{f g:f(a:1)}}`), `{"data":{"one":{"f":"3 4","g":"1 4"}}}`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// The buffer grows with what is written, not with what might have been.
func TestALongListAfterAFewLongElements(t *testing.T) {
	w := newWorld()
	w.many(10_000)
	for _, b := range w.books[:64] {
		b.name = strings.Repeat("long", 1000)
	}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	w.ask(t, `{books(first:10000){name}}`)
	runtime.ReadMemStats(&after)
	if got := after.TotalAlloc - before.TotalAlloc; got > 16<<20 {
		t.Errorf("%d bytes were allocated for an answer of half a megabyte", got)
	}
}

// However many rows wait, a handful of goroutines work for them, and none is left.
func TestGoroutinesAreFew(t *testing.T) {
	w := newWorld()
	w.many(10_000)
	var goroutines most
	before := int64(runtime.NumGoroutine())
	w.risky = func(*book) (any, error) {
		goroutines.see(int64(runtime.NumGoroutine()) - before)
		runtime.Gosched()
		return "fine", nil
	}
	got := w.ask(t, `{books(first:10000){risky}}`)
	if n := strings.Count(got, `"risky":"fine"`); n != 10_000 {
		t.Fatalf("%d answers, want 10,000", n)
	}
	if n := goroutines.Load(); n > 15 {
		t.Errorf("%d goroutines were started, want no more than 15", n)
	}
	after := int64(runtime.NumGoroutine())
	for range 1000 { // one that has done its work may still be ending
		if after <= before {
			return
		}
		runtime.Gosched()
		time.Sleep(time.Millisecond)
		after = int64(runtime.NumGoroutine())
	}
	t.Errorf("%d goroutines before, %d after", before, after)
}

// The bound is the operation's, whatever its root fields' middleware.
func TestRootFieldsShareTheBound(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld()
		w.many(10)
		var running atomic.Int64
		var atATime most
		w.risky = func(*book) (any, error) {
			atATime.see(running.Add(1))
			time.Sleep(time.Second)
			running.Add(-1)
			return "fine", nil
		}
		w.ask(t, `query($n:Int=10){a:books(first:$n){risky} b:books(first:$n){risky} c:books(first:$n){risky} d:books(first:$n){risky}}`, func(e *executor.Executor) {
			e.AroundRootFields(func(ctx context.Context, next graphql.RootResolver) graphql.Marshaler { return next(ctx) })
		})
		if n := atATime.Load(); n < 2 || n > 16 {
			t.Errorf("%d resolvers at a time, want some, and 16 at most", n)
		}
	})
}

// Resolvers that heed their context end with it, and with them the operation.
func TestCancellationEndsWhatRuns(t *testing.T) {
	for name, query := range map[string]string{
		"resolvers":  `{books(first:1000){risky author{name}}}`,
		"a batch":    `{books(first:1000){author{name}}}`,
		"a mutation": `mutation{add(n:1){value} b:add(n:1){value}}`,
	} {
		for _, middleware := range []bool{false, true} {
			t.Run(fmt.Sprint(name, ", middleware ", middleware), func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					ctx, cancel := context.WithCancel(t.Context())
					defer cancel()
					var begun, after atomic.Int64
					block := func(ctx context.Context) error {
						begun.Add(1)
						if ctx.Err() != nil {
							after.Add(1)
						}
						<-ctx.Done()
						return ctx.Err()
					}
					w := newWorld()
					w.many(1000)
					tables := w.tables(t)
					tables.Objects["Book"].Fields["risky"].Resolve = func(ctx context.Context, _ any, _ map[string]any) (any, error) { return nil, block(ctx) }
					tables.Objects["Book"].Fields["author"].Batch = func(ctx context.Context, _ []any, _ map[string]any) ([]any, error) { return nil, block(ctx) }
					tables.Objects["Mutation"].Fields["add"].Resolve = func(ctx context.Context, _ any, _ map[string]any) (any, error) { return nil, block(ctx) }
					exec := executor.New(engine.New(tables))
					if middleware {
						exec.AroundFields(pass)
					}
					time.AfterFunc(time.Minute, cancel)
					start := time.Now()
					got := askExecutor(ctx, t, exec, query)
					if took := time.Since(start); took != time.Minute {
						t.Errorf("the operation went on for %v after it was cancelled", took-time.Minute)
					}
					if begun.Load() > 16 || after.Load() > 0 {
						t.Errorf("%d resolvers ran, %d of them begun after cancellation", begun.Load(), after.Load())
					}
					if want := `{"errors":[{"message":"the operation was cancelled"}],"data":null}`; got != want {
						t.Errorf("got %s, want %s", got, want)
					}
				})
			})
		}
	}
}

// A batch that middleware surrounds is split where its stack would be too deep.
func TestAVeryLargeBatchIsSplit(t *testing.T) {
	w := newWorld()
	for len(w.books) < 100_001 {
		w.books = append(w.books, w.books[0])
	}
	got := w.ask(t, `{books(first:100001){author{name}}}`, around(pass))
	if n := strings.Count(got, `"author":{"name"`); n != 100_001 || len(w.batches) != 2 || len(w.batches[0]) != 100_000 {
		t.Errorf("%d authors from %d batches, want 100,001 from two", n, len(w.batches))
	}
}

func TestDeprecationInIntrospection(t *testing.T) {
	tables := newWorld().tables(t)
	tables.Schema = loadDeprecated(t)
	tables.Objects = map[string]*engine.Object{"Query": {Fields: map[string]*engine.Field{"f": always(str(false), nil, nil)}}}
	exec := executor.New(engine.New(tables))
	exec.Use(introspection{})
	got := askExecutor(t.Context(), t, exec, `{
		q:__type(name:"Query"){fields{name args{name} all:args(includeDeprecated:true){name isDeprecated deprecationReason}}}
		i:__type(name:"In"){inputFields{name} all:inputFields(includeDeprecated:true){name isDeprecated deprecationReason defaultValue}}
		e:__type(name:"E"){enumValues(includeDeprecated:true){name isDeprecated deprecationReason}}
		d:__schema{directives{name args{name} all:args(includeDeprecated:true){name isDeprecated deprecationReason}}}
	}`)
	for _, want := range []string{
		`"args":[{"name":"a"}],"all":[{"name":"a","isDeprecated":false,"deprecationReason":null},{"name":"b","isDeprecated":true,"deprecationReason":"No longer supported"}]`,
		`"inputFields":[{"name":"c"}],"all":[{"name":"c","isDeprecated":false,"deprecationReason":null,"defaultValue":"{d:\"\\u0001\\\"\"}"},{"name":"d","isDeprecated":true,"deprecationReason":"old","defaultValue":null}]`,
		`{"name":"X","isDeprecated":true,"deprecationReason":null}`,
		`{"name":"mark","args":[],"all":[{"name":"by","isDeprecated":true,"deprecationReason":"nobody"}]}`,
	} {
		if !strings.Contains(got, want) {
			t.Errorf("%s lacks %s", got, want)
		}
	}
	if strings.Contains(got, `"name":"defer"`) {
		t.Errorf("%s promises to defer", got)
	}
}

// An object of a type that the field cannot have is an error, not another's fields.
func TestAnObjectOfAnotherTypeThanTheFieldHas(t *testing.T) {
	w := newWorld()
	tables := w.tables(t)
	tables.ObjectOf = func(any) string { return "Library" }
	got := askTables(t, tables, `{library{name} search{__typename}}`)
	want := `{"errors":[{"message":"internal system error","path":["search",0],"locations":[{"line":1,"column":16}]},`
	if !strings.HasPrefix(got, want) || !strings.HasSuffix(got, `"data":null}`) {
		t.Errorf("got %s, want %s and no data", got, want)
	}
}

func TestMiddlewareDoesNotSeeTypename(t *testing.T) {
	got := newWorld().ask(t, `{__typename library{__typename name}}`, around(func(ctx context.Context, next graphql.Resolver) (any, error) {
		if name := graphql.GetFieldContext(ctx).Field.Name; name == "__typename" {
			t.Errorf("middleware was asked for %s", name)
		}
		return next(ctx)
	}))
	if want := `{"data":{"__typename":"Query","library":{"__typename":"Library","name":"Main"}}}`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// Objects of one selection may be met again when the first of them are done.
func TestASelectionMetAtTwoDepths(t *testing.T) {
	type node struct{ depth int }
	tables := &engine.Tables{
		Schema: gqlparser.MustLoadSchema(&ast.Source{Input: `type Query { root: Node } type Node { next: Node depth: Int! }`}),
		Objects: map[string]*engine.Object{
			"Query": {Fields: map[string]*engine.Field{"root": always(of("Node", false), &node{0}, nil)}},
			"Node": {Fields: map[string]*engine.Field{
				"next":  get(of("Node", false), func(n *node) any { return &node{n.depth + 1} }),
				"depth": get(plain("Int", true), func(n *node) any { return n.depth }),
			}},
		},
	}
	got := askTables(t, tables, `{root{...F next{...F next{...F}}}} fragment F on Node{x:next{y:next{depth}}}`)
	want := `{"data":{"root":{"x":{"y":{"depth":2}},"next":{"x":{"y":{"depth":3}},"next":{"x":{"y":{"depth":4}}}}}}}`
	if got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// Leaves that are read while the answer is written stop with the operation, too.
func TestCancellationWhileWriting(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	w := newWorld()
	w.many(10_000)
	read := 0
	got := w.askCtx(ctx, t, `{books(first:10000){name}}`, nil, around(func(ctx context.Context, next graphql.Resolver) (any, error) {
		if graphql.GetFieldContext(ctx).Field.Name == "name" {
			read++
			cancel()
		}
		return next(ctx)
	}))
	if want := `{"errors":[{"message":"the operation was cancelled"}],"data":null}`; got != want || read > 300 {
		t.Errorf("%d names were read after cancellation, and the answer is %s", read, got)
	}
}
