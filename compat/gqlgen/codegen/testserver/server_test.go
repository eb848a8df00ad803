package testserver_test

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"go.uber.org/goleak"

	"github.com/99designs/gqlgen/codegen/testserver/generated"
	"github.com/99designs/gqlgen/codegen/testserver/resolvers"
	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/executor"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// ask runs a query and answers its response as JSON, messages and paths included.
func ask(t *testing.T, root *resolvers.Resolver, query string, variables map[string]any) string {
	t.Helper()
	next, ctx, stop := begin(t, root, query, variables)
	defer stop()
	return encode(t, next(ctx))
}

func begin(t *testing.T, root *resolvers.Resolver, query string, variables map[string]any) (graphql.ResponseHandler, context.Context, func()) {
	t.Helper()
	exec := executor.New(generated.NewExecutableSchema(generated.Config{Resolvers: root}))
	exec.SetRecoverFunc(func(context.Context, any) error { return errors.New("recovered") })
	ctx, stop := context.WithCancel(context.Background())
	op, errs := exec.CreateOperationContext(ctx, &graphql.RawParams{Query: query, Variables: variables})
	if errs != nil {
		return graphql.OneShot(&graphql.Response{Errors: errs}), ctx, stop
	}
	next, ctx := exec.DispatchOperation(ctx, op)
	return next, ctx, stop
}

func encode(t *testing.T, response *graphql.Response) string {
	t.Helper()
	type answer struct {
		Data   json.RawMessage `json:"data,omitempty"`
		Errors []string        `json:"errors,omitempty"`
	}
	out := answer{Data: response.Data}
	for _, err := range response.Errors {
		out.Errors = append(out.Errors, strings.TrimPrefix(err.Path.String()+": ", ": ")+err.Message)
	}
	var b strings.Builder
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(out); err != nil {
		t.Fatalf("encoding the answer: %v", err)
	}
	return strings.TrimSpace(b.String())
}

func TestAnswers(t *testing.T) {
	for _, c := range []struct{ name, query, want string }{
		{
			"struct fields, methods and every form of scalar",
			`{ book(id: "b1") { id isbn title subtitle pages weight lent language genre tags published } }`,
			`{"data":{"book":{"id":"b1","isbn":"978-1","title":"Night","subtitle":"a history","pages":120,"weight":null,"lent":false,"language":"ENGLISH","genre":"HISTORY","tags":["old","read"],"published":"1995-04-02"}}}`,
		},
		{
			"what is absent is null, a nil list where the schema allows null included",
			`{ book(isbn: "978-2") { title subtitle genre tags published } }`,
			`{"data":{"book":{"title":"Lent \"days\"","subtitle":null,"genre":null,"tags":null,"published":null}}}`,
		},
		{
			"structs held by value, alone and in lists",
			`{ book(id: "b1") { shelf { room row } copies { number } } }`,
			`{"data":{"book":{"shelf":{"room":"north","row":2},"copies":[{"number":1},{"number":2}]}}}`,
		},
		{
			"a nil list is empty where the schema has no null",
			`{ book(id: "b2") { copies { number } } loans { id } }`,
			`{"data":{"book":{"copies":[]},"loans":[]}}`,
		},
		{
			"methods with arguments, defaults, contexts and errors",
			`{ book(id: "b1") { signature long: signature(length: 5) summary } }`,
			`{"data":{"book":{"signature":"Nig","long":"Night","summary":"Night, 120 pages"}}}`,
		},
		{
			"a fieldName binds to another member",
			`{ book(id: "b1") { heading } }`,
			`{"data":{"book":{"heading":"Night"}}}`,
		},
		{
			"an interface",
			`{ a: item(id: "a1") { __typename id ... on Author { name } } b: item(id: "b2") { __typename id } none: item(id: "x") { id } }`,
			`{"data":{"a":{"__typename":"Author","id":"a1","name":"Ann"},"b":{"__typename":"Book","id":"b2"},"none":null}}`,
		},
		{
			"a union, whose members may be values or pointers or nil",
			`{ search(words: ["shelf", "nothing", "author", "book"]) { __typename ... on Shelf { room } ... on Author { name } } }`,
			`{"data":{"search":[{"__typename":"Shelf","room":"south"},null,{"__typename":"Author","name":"Ann"},{"__typename":"Book"}]}}`,
		},
		{
			"one value for a list",
			`{ search(words: "book") { __typename } }`,
			`{"data":{"search":[{"__typename":"Book"}]}}`,
		},
		{
			"enums bound to constants",
			`{ closed(on: SUNDAY) }`,
			`{"data":{"closed":"SUNDAY"}}`,
		},
		{
			"scalars whose methods or functions take a context",
			`{ paint(colours: ["Red", "BLUE"]) weigh(mass: "11 g") }`,
			`{"data":{"paint":["red","blue"],"weigh":"12 g"}}`,
		},
		{
			"a scalar that fails to be written loses its place",
			`{ paint(colours: ["red"], mass: "1 g") }`,
			`{"data":null,"errors":["paint[1]: internal system error"]}`,
		},
		{
			"lists of lists",
			`{ matrix(rows: [[1, 2], [], [3]]) }`,
			`{"data":{"matrix":[[1,2],[],[3]]}}`,
		},
		{
			"a batch answers each parent, with null where there is none",
			`{ books { author { name shelf { row } } related(first: 1) { id } } }`,
			`{"data":{"books":[{"author":{"name":"Ann","shelf":{"row":2}},"related":[{"id":"b2"}]},{"author":{"name":"Bea","shelf":null},"related":[{"id":"b1"}]},{"author":null,"related":[{"id":"b1"}]}]}}`,
		},
		{
			"an omittable field tells null from absent",
			`mutation { a: lend(input: {book: "b1", until: "2026-10-02"}) { noteGiven loan { due note } } b: lend(input: {book: "b1", until: "2026-10-02", note: null}) { noteGiven } }`,
			`{"data":{"a":{"noteGiven":false,"loan":{"due":"2026-10-02","note":null}},"b":{"noteGiven":true}}}`,
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, ask(t, &resolvers.Resolver{}, c.query, nil)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestABatchIsOneCall(t *testing.T) {
	root := &resolvers.Resolver{}
	ask(t, root, `{ books { author { name } related(first: 2) { author { name } } } }`, nil)
	if got := root.AuthorCalls.Load(); got != 2 {
		t.Errorf("the authors of two levels took %d calls, want 2", got)
	}
}

func TestInputsArriveTyped(t *testing.T) {
	root := &resolvers.Resolver{}
	ask(t, root, `query($f: BookFilter) { books(filter: $f) { id } }`, map[string]any{
		"f": map[string]any{"genre": []any{"FICTION"}, "language": "WELSH", "published": "2026-10-02", "shelf": map[string]any{"room": "n"}},
	})
	f := root.Filter
	if f == nil || len(f.Genre) != 1 || f.Genre[0] != "FICTION" || *f.Language != "WELSH" || f.Published.Year() != 2026 {
		t.Fatalf("filter %+v", f)
	}
	if f.Lent == nil || *f.Lent || f.Shelf.Room != "n" || f.Shelf.Row != 1 {
		t.Errorf("defaults of inputs: lent %v, shelf %+v", f.Lent, f.Shelf)
	}
	if root.Order == nil || root.Order.By != "TITLE" || !root.Order.Descending {
		t.Errorf("default of the argument: %+v", root.Order)
	}
}

func TestErrorsNameTheArgumentAndNeverTheValue(t *testing.T) {
	for _, c := range []struct {
		name, query string
		variables   map[string]any
		want        string
	}{
		{
			"a scalar that echoes is not let", `query($i: ISBN) { book(isbn: $i) { id } }`, map[string]any{"i": "Mary Smith"},
			"book: isbn: is not a valid ISBN",
		},
		{
			"a field within an input", `mutation($d: Day!) { lend(input: {book: "b1", until: $d}) { noteGiven } }`, map[string]any{"d": "Mary Smith"},
			"lend: input.until: a day is written 2026-10-02",
		},
		{
			"a scalar given a list", `query($i: ISBN) { book(isbn: $i) { id } }`, map[string]any{"i": []any{"Mary Smith"}},
			"book: isbn: must be a single ISBN",
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := ask(t, &resolvers.Resolver{}, c.query, c.variables)
			if !strings.Contains(got, c.want) || strings.Contains(got, "Mary") {
				t.Errorf("%s\nwant %s, and no name", got, c.want)
			}
		})
	}
}

func TestSubscriptionsStream(t *testing.T) {
	next, ctx, stop := begin(t, &resolvers.Resolver{}, `subscription { lent(first: 2) { id book { id } } }`, nil)
	defer stop()
	for _, want := range []string{`{"data":{"lent":{"id":"0","book":{"id":"b1"}}}}`, `{"data":{"lent":{"id":"1","book":{"id":"b1"}}}}`} {
		if got := encode(t, next(ctx)); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
	if last := next(ctx); last != nil {
		t.Errorf("after the last event came %v", last)
	}
}

func TestComplexityFunctionsSeeTypedArguments(t *testing.T) {
	var cfg generated.Config
	cfg.Resolvers = &resolvers.Resolver{}
	cfg.Complexity.Book.Related = func(child int, first *int) int { return child * *first }
	es := generated.NewExecutableSchema(cfg)
	first := 7
	if cost, ok := es.Complexity(context.Background(), "Book", "related", 3, map[string]any{"first": int64(first)}); cost != 21 || !ok {
		t.Errorf("cost %d, %v, want 21", cost, ok)
	}
	if _, ok := es.Complexity(context.Background(), "Book", "title", 1, nil); ok {
		t.Error("a field without a function has a cost")
	}
}
