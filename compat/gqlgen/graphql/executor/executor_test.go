package executor_test

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/engine"
	"github.com/99designs/gqlgen/graphql/executor"
	"github.com/99designs/gqlgen/graphql/handler/lru"
	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

const schemaText = `
	type Query { echo(text: String, n: Int, x: Float, yes: Boolean, id: ID, genre: Genre, in: In, list: [Int!], when: Instant, choice: Choice): String }
	enum Genre { CRIME }
	input In { name: String! n: Int }
	input Choice @oneOf { a: Int b: String }
	scalar Instant
`

func newExecutor(t *testing.T) *executor.Executor {
	t.Helper()
	text := &engine.Value{Type: "String", Append: func(_ context.Context, dst []byte, v any) ([]byte, bool, error) {
		return engine.AppendString(dst, v.(string)), true, nil
	}}
	return executor.New(engine.New(&engine.Tables{
		Schema: gqlparser.MustLoadSchema(&ast.Source{Input: schemaText}),
		Objects: map[string]*engine.Object{"Query": {Fields: map[string]*engine.Field{"echo": {
			Value: text,
			Args: func(_ context.Context, raw map[string]any) (map[string]any, error) {
				if s, ok := raw["when"].(string); ok {
					return nil, errors.New("parsing time: " + s)
				}
				return raw, nil
			},
			Resolve: func(_ context.Context, _ any, args map[string]any) (any, error) {
				s, _ := args["text"].(string)
				return "echo " + s, nil
			},
		}}}},
	}))
}

func ask(t *testing.T, e *executor.Executor, params graphql.RawParams) string {
	t.Helper()
	ctx := context.Background()
	op, errs := e.CreateOperationContext(ctx, &params)
	resp := (*graphql.Response)(nil)
	if errs != nil {
		resp = e.DispatchError(graphql.WithOperationContext(ctx, op), errs)
	} else {
		responses, ctx := e.DispatchOperation(ctx, op)
		resp = responses(ctx)
	}
	enc, err := resp.MarshalJSON()
	if err != nil {
		t.Fatal(err)
	}
	return string(enc)
}

// Whatever somebody types in the wrong place, no error repeats it.
func TestErrorsDoNotRepeatValues(t *testing.T) {
	literals := []string{
		`text: swordfish`, `text: {a: "swordfish"}`, `text: ["swordfish"]`,
		`n: "swordfish"`, `n: 4242424242`, `n: 4242.5`, `x: "swordfish"`, `yes: "swordfish"`, `yes: 4242`, `id: swordfish`, `id: 4242.5`,
		`genre: swordfish`, `genre: "swordfish"`, `genre: 4242`, `genre: "CRIME, found \"swordfish"`,
		`in: "swordfish"`, `in: {name: 4242}`, `in: {n: "swordfish"}`, `in: {name: "swordfish", name: "swordfish"}`,
		`list: "swordfish"`, `list: [4242.5]`, `list: ["swordfish value: "]`, `when: "swordfish"`,
		`choice: {a: 4242, b: "swordfish"}`, `choice: "swordfish"`,
		`text: "swordfish" n: `, `text: "swordfish`, `text: """swordfish`, `text: "\swordfish"`, `n: 4242swordfish`, `n: -swordfish`,
		`text: "a" "swordfish"`, `text: $ "swordfish"`,
	}
	for _, literal := range literals {
		for _, quiet := range []bool{false, true} {
			e := newExecutor(t)
			e.SetDisableSuggestion(quiet)
			refuses(t, ask(t, e, graphql.RawParams{Query: `{echo(` + literal + `)}`}), literal)
		}
	}
	variables := []struct{ typ, value string }{
		{"Int", `"swordfish"`}, {"Int", `4242.5`}, {"Int", `4242424242`}, {"Float", `"swordfish"`}, {"String", `4242`}, {"String", `["swordfish"]`},
		{"Boolean", `"swordfish"`}, {"ID", `4242.5`}, {"ID", `{"swordfish":1}`}, {"Genre", `"swordfish"`}, {"In", `"swordfish"`},
		{"In", `{"name":4242}`}, {"In", `{"name":"swordfish","swordfish":1}`}, {"[Int!]", `["swordfish"]`}, {"Instant", `"swordfish"`},
		{"Choice", `{"a":4242,"b":"swordfish"}`},
	}
	names := map[string]string{"Int": "n", "Float": "x", "String": "text", "Boolean": "yes", "ID": "id", "Genre": "genre", "In": "in", "[Int!]": "list", "Instant": "when", "Choice": "choice"}
	for _, v := range variables {
		var value any
		dec := json.NewDecoder(strings.NewReader(v.value))
		dec.UseNumber()
		if err := dec.Decode(&value); err != nil {
			t.Fatal(err)
		}
		refuses(t, ask(t, newExecutor(t), graphql.RawParams{
			Query:     `query($v:` + v.typ + `){echo(` + names[v.typ] + `:$v)}`,
			Variables: map[string]any{"v": value},
		}), v.typ+" "+v.value)
	}
}

func refuses(t *testing.T, got, what string) {
	t.Helper()
	if !strings.Contains(got, `"errors"`) {
		t.Errorf("%s is accepted: %s", what, got)
	}
	if strings.Contains(got, "swordfish") || strings.Contains(got, "4242") {
		t.Errorf("%s is repeated: %s", what, got)
	}
}

func TestRequestErrorsHaveNoData(t *testing.T) {
	tests := []struct{ name, query, operation, want string }{
		{"syntax", `{`, "", `{"errors":[{"message":"Expected Name, found \u003cEOF\u003e","locations":[{"line":1,"column":2}],"extensions":{"code":"GRAPHQL_PARSE_FAILED"}}]}`},
		{"no operation", `fragment F on Query{echo}`, "", `{"errors":[{"message":"the document has no operation","extensions":{"code":"GRAPHQL_VALIDATION_FAILED"}}]}`},
		{"no such operation", `query A{echo}`, "B", `{"errors":[{"message":"the document has no operation of the name that was asked for","extensions":{"code":"GRAPHQL_VALIDATION_FAILED"}}]}`},
		{"which operation", `query A{echo} query B{echo}`, "", `{"errors":[{"message":"the document has no operation of the name that was asked for","extensions":{"code":"GRAPHQL_VALIDATION_FAILED"}}]}`},
		{"operation by name", `query A{echo} query B{b:echo}`, "B", `{"data":{"b":"echo "}}`},
		{"variable", `query($n:Int!){echo(n:$n)}`, "", `{"errors":[{"message":"variable $n: a value expected","extensions":{"code":"GRAPHQL_VALIDATION_FAILED"}}]}`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := ask(t, newExecutor(t), graphql.RawParams{Query: tt.query, OperationName: tt.operation})
			if got != strings.NewReplacer(`\u003c`, "<", `\u003e`, ">").Replace(tt.want) {
				t.Errorf("\n got %s\nwant %s", got, tt.want)
			}
		})
	}
}

func TestTokenLimit(t *testing.T) {
	e := newExecutor(t)
	e.SetParserTokenLimit(10)
	if got := ask(t, e, graphql.RawParams{Query: `{a:echo b:echo c:echo d:echo}`}); !strings.Contains(got, "GRAPHQL_PARSE_FAILED") {
		t.Errorf("a document above the limit: %s", got)
	}
	if got := ask(t, e, graphql.RawParams{Query: `{a:echo b:echo}`}); !strings.Contains(got, `"data"`) {
		t.Errorf("a document below the limit: %s", got)
	}
}

func TestSuggestionsCanBeDisabled(t *testing.T) {
	e := newExecutor(t)
	if got := ask(t, e, graphql.RawParams{Query: `{ecko}`}); !strings.Contains(got, "Did you mean") {
		t.Errorf("no suggestion: %s", got)
	}
	e.SetDisableSuggestion(true)
	for _, query := range []string{`{ecko}`, `{echo(txt:"a")}`, `{echo(genre:CRIMES)}`, `query($g:Genra){echo(genre:$g)}`} {
		if got := ask(t, e, graphql.RawParams{Query: query}); strings.Contains(got, "Did you mean") || !strings.Contains(got, "errors") {
			t.Errorf("%s: %s", query, got)
		}
	}
}

// recorder is an extension of every kind.
type recorder struct {
	name string
	log  *[]string
}

func (r recorder) note(what string)                      { *r.log = append(*r.log, r.name+" "+what) }
func (r recorder) ExtensionName() string                 { return r.name }
func (recorder) Validate(graphql.ExecutableSchema) error { return nil }
func (r recorder) MutateOperationParameters(_ context.Context, p *graphql.RawParams) *gqlerror.Error {
	r.note("parameters")
	p.Query = strings.ReplaceAll(p.Query, "ALIAS", r.name)
	return nil
}

func (r recorder) MutateOperationContext(_ context.Context, op *graphql.OperationContext) *gqlerror.Error {
	r.note("context")
	return nil
}

func (r recorder) InterceptOperation(ctx context.Context, next graphql.OperationHandler) graphql.ResponseHandler {
	r.note("operation")
	return next(ctx)
}

func (r recorder) InterceptResponse(ctx context.Context, next graphql.ResponseHandler) *graphql.Response {
	r.note("response")
	return next(ctx)
}

func (r recorder) InterceptRootField(ctx context.Context, next graphql.RootResolver) graphql.Marshaler {
	r.note("root")
	return next(ctx)
}

func (r recorder) InterceptField(ctx context.Context, next graphql.Resolver) (any, error) {
	r.note("field")
	return next(ctx)
}

func TestExtensionsSurroundInOrder(t *testing.T) {
	var log []string
	e := newExecutor(t)
	e.Use(recorder{"a", &log})
	e.Use(recorder{"b", &log})
	if got := ask(t, e, graphql.RawParams{Query: `{ALIAS:echo}`}); got != `{"data":{"a":"echo "}}` {
		t.Error(got)
	}
	var want []string
	for _, what := range []string{"parameters", "context", "operation", "response", "root", "field"} {
		want = append(want, "a "+what, "b "+what)
	}
	if !slices.Equal(log, want) {
		t.Errorf("got %q, want %q", log, want)
	}
}

func TestRefusalsOfExtensions(t *testing.T) {
	for name, ext := range map[string]graphql.HandlerExtension{
		"does nothing":       idle{nil},
		"refuses the schema": idle{errors.New("no")},
	} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("an extension that %s was added", name)
				}
			}()
			newExecutor(t).Use(ext)
		}()
	}
	e := newExecutor(t)
	e.AroundOperations(func(ctx context.Context, _ graphql.OperationHandler) graphql.ResponseHandler {
		return graphql.OneShot(graphql.ErrorResponse(ctx, "closed"))
	})
	if got := ask(t, e, graphql.RawParams{Query: `{echo}`}); got != `{"errors":[{"message":"closed"}]}` {
		t.Error(got)
	}
}

// What cannot be begun is a response like any other to those who look at responses.
func TestAnOperationThatCannotBeginIsAResponse(t *testing.T) {
	e := executor.New(refusing{})
	seen := 0
	e.AroundResponses(func(ctx context.Context, next graphql.ResponseHandler) *graphql.Response {
		resp := next(ctx)
		if resp != nil {
			seen = len(resp.Errors)
		}
		return resp
	})
	if got := ask(t, e, graphql.RawParams{Query: `{echo}`}); got != `{"errors":[{"message":"closed"}]}` || seen != 1 {
		t.Errorf("got %s, and %d errors were seen", got, seen)
	}
}

// refusing begins nothing.
type refusing struct{}

func (refusing) Schema() *ast.Schema { return gqlparser.MustLoadSchema(&ast.Source{Input: schemaText}) }
func (refusing) Complexity(context.Context, string, string, int, map[string]any) (int, bool) {
	return 0, false
}

func (refusing) Exec(ctx context.Context) graphql.ResponseHandler {
	graphql.AddErrorf(ctx, "closed")
	return func(context.Context) *graphql.Response { panic("begun all the same") }
}

type idle struct{ err error }

func (idle) ExtensionName() string                     { return "idle" }
func (i idle) Validate(graphql.ExecutableSchema) error { return i.err }

type countingCache struct {
	graphql.Cache[*ast.QueryDocument]
	added atomic.Int64
}

func (c *countingCache) Add(ctx context.Context, key string, doc *ast.QueryDocument) {
	c.added.Add(1)
	c.Cache.Add(ctx, key, doc)
}

func TestOnlyValidDocumentsAreKept(t *testing.T) {
	cache := &countingCache{Cache: lru.New[*ast.QueryDocument](10)}
	e := newExecutor(t)
	e.SetQueryCache(cache)
	for range 3 {
		for _, query := range []string{`{echo}`, `{`, `{nothing}`} {
			ask(t, e, graphql.RawParams{Query: query})
		}
	}
	if _, ok := cache.Get(context.Background(), `{echo}`); cache.added.Load() != 1 || !ok {
		t.Errorf("%d documents were kept, want the one that is valid", cache.added.Load())
	}
}

func TestVariablesOfARequestAreItsOwn(t *testing.T) {
	e := newExecutor(t)
	e.SetQueryCache(lru.New[*ast.QueryDocument](10))
	query := `query($t:String="default"){echo(text:$t)}`
	for _, want := range []string{"a", "b"} {
		got := ask(t, e, graphql.RawParams{Query: query, Variables: map[string]any{"t": want}})
		if got != `{"data":{"echo":"echo `+want+`"}}` {
			t.Error(got)
		}
	}
	if got := ask(t, e, graphql.RawParams{Query: query}); got != `{"data":{"echo":"echo default"}}` {
		t.Error(got)
	}
}
