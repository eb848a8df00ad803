package engine_test

import (
	"context"
	"encoding/json"
	"errors"
	"sync"
	"testing"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/engine"
	"github.com/99designs/gqlgen/graphql/executor"
	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

const schemaText = `
	type Query {
		library: Library!
		books(first: Int = 3): [Book!]!
		shelf: [[Book]!]
		search: [Item!]!
		named: [Named!]!
		fails: String
		mustFail: String!
		panics: String
		greet(person: PersonInput!): String!
		_service: Service!
	}
	type Service { sdl: String }
	type Mutation { add(n: Int!): Counter! break: Counter! }
	type Subscription { ticks(n: Int!): Tick! }
	type Tick { at: Int! book: Book }
	type Counter { value: Int! }
	type Library { name: String! books: [Book!]! newest: Book total: Int! }
	interface Named { name: String! }
	union Item = Book | Author
	type Book implements Named {
		name: String!
		pages: Int
		price: Float
		lent: Boolean!
		tags: [String!]
		author: Author
		strict: Author!
		note(prefix: String): String
		risky: String!
		secret: String!
		old: String @deprecated(reason: "use name")
	}
	type Author implements Named { name: String! books: [Book!]! }
	input PersonInput { name: String! age: Int = 7 likes: [Genre!] }
	enum Genre { CRIME POETRY GONE @deprecated }
	input Choice @oneOf { a: Int b: String }
	scalar Instant @specifiedBy(url: "https://example.org/instant")
`

type book struct {
	name   string
	pages  *int
	price  float64
	lent   bool
	tags   []string
	author int
}

type author struct{ name string }

// world is what the resolvers of the fixture answer, and what they were asked.
type world struct {
	books   []*book
	authors []*author
	shelf   [][]*book
	items   []any
	counter *counter

	mu      sync.Mutex
	batches [][]any // the parents of each call of Book.author
	batch   func(parents []any) ([]any, error)
	risky   func(b *book) (any, error)
}

type counter struct{ value int }

func newWorld() *world {
	pages := 100
	w := &world{authors: []*author{{"Ann"}, {"Ben"}}, counter: &counter{}}
	w.books = []*book{
		{name: "A", pages: &pages, price: 1.5, tags: []string{"x", "y"}},
		{name: "B", lent: true, author: 1},
		{name: "C", author: 0},
	}
	w.shelf = [][]*book{{w.books[0], nil}, {}, {w.books[1]}}
	w.items = []any{w.books[0], w.authors[1], w.books[1], w.authors[0]}
	return w
}

func (w *world) authorsOf(_ context.Context, parents []any, _ map[string]any) ([]any, error) {
	w.mu.Lock()
	w.batches = append(w.batches, parents)
	w.mu.Unlock()
	if w.batch != nil {
		return w.batch(parents)
	}
	found := make([]any, len(parents))
	for i, p := range parents {
		if at := p.(*book).author; at >= 0 {
			found[i] = w.authors[at]
		}
	}
	return found, nil
}

func str(nonNull bool) *engine.Value {
	return &engine.Value{Type: "String", NonNull: nonNull, Append: func(_ context.Context, dst []byte, v any) ([]byte, bool, error) {
		if s, ok := v.(string); ok {
			return engine.AppendString(dst, s), true, nil
		}
		return dst, false, nil
	}}
}

func plain(name string, nonNull bool) *engine.Value {
	return &engine.Value{Type: name, NonNull: nonNull, Append: func(_ context.Context, dst []byte, v any) ([]byte, bool, error) {
		if p, ok := v.(*int); ok {
			if p == nil {
				return dst, false, nil
			}
			v = *p
		}
		enc, err := json.Marshal(v)
		return append(dst, enc...), true, err
	}}
}

func of(name string, nonNull bool) *engine.Value { return &engine.Value{Type: name, NonNull: nonNull} }

func list[T any](elem *engine.Value, nonNull bool) *engine.Value {
	return &engine.Value{Elem: elem, NonNull: nonNull, Elems: func(v any, to []any) ([]any, bool) {
		typed, _ := v.([]T)
		for _, elem := range typed {
			to = append(to, elem) // nil pointers are left as they are, to be met
		}
		return to, typed != nil
	}}
}

func get[P any](v *engine.Value, read func(P) any) *engine.Field {
	return &engine.Field{Value: v, Read: func(_ context.Context, parent any, _ map[string]any) (any, error) {
		return read(parent.(P)), nil
	}}
}

func resolve(v *engine.Value, f func(ctx context.Context, parent any, args map[string]any) (any, error)) *engine.Field {
	return &engine.Field{Value: v, Resolve: f}
}

func always(v *engine.Value, result any, err error) *engine.Field {
	return resolve(v, func(context.Context, any, map[string]any) (any, error) { return result, err })
}

func (w *world) bookFields() map[string]*engine.Field {
	name := get(str(true), func(b *book) any { return b.name })
	name.AppendLeaf = func(_ context.Context, dst []byte, parent any) ([]byte, bool, error) {
		return engine.AppendString(dst, parent.(*book).name), true, nil
	}
	return map[string]*engine.Field{
		"name":   name,
		"pages":  get(plain("Int", false), func(b *book) any { return b.pages }),
		"price":  get(plain("Float", false), func(b *book) any { return b.price }),
		"lent":   get(plain("Boolean", true), func(b *book) any { return b.lent }),
		"tags":   get(list[string](str(true), false), func(b *book) any { return b.tags }),
		"author": {Value: of("Author", false), Batch: w.authorsOf},
		"strict": {Value: of("Author", true), Batch: w.authorsOf},
		"note": resolve(str(false), func(_ context.Context, parent any, args map[string]any) (any, error) {
			prefix, _ := args["prefix"].(string)
			return prefix + parent.(*book).name, nil
		}),
		"risky": resolve(str(true), func(_ context.Context, parent any, _ map[string]any) (any, error) {
			if w.risky == nil {
				return "fine", nil
			}
			return w.risky(parent.(*book))
		}),
		"secret": get(str(true), func(b *book) any { return "secret of " + b.name }),
		"old":    get(str(false), func(*book) any { return nil }),
	}
}

func (w *world) tables(tb testing.TB) *engine.Tables {
	schema, err := gqlparser.LoadSchema(&ast.Source{Name: "test.graphql", Input: schemaText})
	if err != nil {
		tb.Fatal(err)
	}
	objects := map[string]map[string]*engine.Field{
		"Query": {
			"library": always(of("Library", true), w, nil),
			"books": resolve(list[*book](of("Book", true), true), func(_ context.Context, _ any, args map[string]any) (any, error) {
				return w.books[:min(len(w.books), int(args["first"].(int64)))], nil
			}),
			"shelf":    always(list[[]*book](list[*book](of("Book", false), true), false), w.shelf, nil),
			"search":   always(list[any](of("Item", true), true), w.items, nil),
			"named":    always(list[any](of("Named", true), true), w.items, nil),
			"fails":    always(str(false), nil, errors.New("the password is swordfish")),
			"mustFail": always(str(true), nil, errors.New("the password is swordfish")),
			"panics": resolve(str(false), func(context.Context, any, map[string]any) (any, error) {
				panic("at the disco")
			}),
			"greet": resolve(str(true), func(_ context.Context, _ any, args map[string]any) (any, error) {
				enc, err := json.Marshal(args["person"])
				return string(enc), err
			}),
			"_service": always(of("Service", true), "the sdl", nil),
		},
		"Service": {"sdl": get(str(false), func(s string) any { return s })},
		"Mutation": {
			"add": resolve(of("Counter", true), func(_ context.Context, _ any, args map[string]any) (any, error) {
				w.counter.value += int(args["n"].(int64))
				return w.counter, nil
			}),
			"break": always(of("Counter", true), nil, errors.New("broken")),
		},
		"Subscription": {"ticks": {Value: of("Tick", true), Stream: ticks}},
		"Tick": {
			"at":   get(plain("Int", true), func(i int) any { return i }),
			"book": always(of("Book", false), w.books[0], nil),
		},
		"Counter": {"value": get(plain("Int", true), func(c *counter) any { return c.value })},
		"Library": {
			"name":   get(str(true), func(*world) any { return "Main" }),
			"books":  get(list[*book](of("Book", true), true), func(w *world) any { return w.books }),
			"newest": get(of("Book", false), func(w *world) any { return w.books[2] }),
			"total":  resolve(plain("Int", true), func(context.Context, any, map[string]any) (any, error) { return 3, nil }),
		},
		"Book": w.bookFields(),
		"Author": {
			"name":  get(str(true), func(a *author) any { return a.name }),
			"books": always(list[*book](of("Book", true), true), w.books[:2], nil),
		},
	}
	t := &engine.Tables{Schema: schema, Objects: map[string]*engine.Object{}, ObjectOf: func(v any) string {
		switch v.(type) {
		case *book:
			return "Book"
		case *author:
			return "Author"
		}
		return ""
	}}
	for name, fields := range objects {
		t.Objects[name] = &engine.Object{Name: name, Fields: fields}
	}
	return t
}

func ticks(ctx context.Context, args map[string]any) (<-chan any, error) {
	events := make(chan any)
	go func() {
		defer close(events)
		for i := range int(args["n"].(int64)) {
			select {
			case events <- i:
			case <-ctx.Done():
				return
			}
		}
	}()
	return events, nil
}

// ask executes a query and returns its response as text.
func (w *world) ask(t testing.TB, query string, set ...func(*executor.Executor)) string {
	t.Helper()
	return w.askCtx(context.Background(), t, query, nil, set...)
}

func (w *world) askCtx(ctx context.Context, t testing.TB, query string, variables map[string]any, set ...func(*executor.Executor)) string {
	t.Helper()
	exec := executor.New(engine.New(w.tables(t)))
	exec.Use(introspection{})
	exec.SetRecoverFunc(func(context.Context, any) error { return errors.New("a panic") })
	for _, f := range set {
		f(exec)
	}
	op, errs := exec.CreateOperationContext(ctx, &graphql.RawParams{Query: query, Variables: variables})
	resp := (*graphql.Response)(nil)
	if errs != nil {
		resp = exec.DispatchError(ctx, errs)
	} else {
		responses, ctx := exec.DispatchOperation(ctx, op)
		resp = responses(ctx)
	}
	enc, err := resp.MarshalJSON()
	if err != nil {
		t.Fatal(err)
	}
	if !json.Valid(enc) {
		t.Fatalf("not JSON: %s", enc)
	}
	return string(enc)
}

// introspection is the extension of that name, which cannot be imported here
// without a cycle of ideas: the engine is tested without handlers.
type introspection struct{}

func (introspection) ExtensionName() string                   { return "introspection" }
func (introspection) Validate(graphql.ExecutableSchema) error { return nil }
func (introspection) MutateOperationContext(_ context.Context, op *graphql.OperationContext) *gqlerror.Error {
	op.DisableIntrospection = false
	return nil
}

func loadDeprecated(tb testing.TB) *ast.Schema {
	schema, err := gqlparser.LoadSchema(&ast.Source{Input: `
		type Query { f(a: Int, b: In @deprecated): String }
		input In { c: In = {d: "\u0001\""} d: String @deprecated(reason: "old") }
		enum E { X @deprecated(reason: null) Y }
		directive @mark(by: String @deprecated(reason: "nobody")) on FIELD
	`})
	if err != nil {
		tb.Fatal(err)
	}
	return schema
}
