package handler_test

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"testing"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/handler"
	"github.com/99designs/gqlgen/graphql/handler/extension"
	"github.com/99designs/gqlgen/graphql/handler/lru"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
	"github.com/vektah/gqlparser/v2/validator/rules"
)

// The settings of a server, as code that was written against upstream calls them.
type settings interface {
	AddTransport(graphql.Transport)
	Use(graphql.HandlerExtension)
	SetErrorPresenter(graphql.ErrorPresenterFunc)
	SetRecoverFunc(graphql.RecoverFunc)
	SetQueryCache(graphql.Cache[*ast.QueryDocument])
	SetParserTokenLimit(int)
	SetDisableSuggestion(bool)
	SetValidationRulesFn(func() *rules.Rules)
	AroundOperations(graphql.OperationMiddleware)
	AroundResponses(graphql.ResponseMiddleware)
	AroundRootFields(graphql.RootFieldMiddleware)
	AroundFields(graphql.FieldMiddleware)
	http.Handler
}

var _ settings = (*handler.Server)(nil)

func TestHooksSurroundEachOther(t *testing.T) {
	var log []string
	note := func(format string, args ...any) { log = append(log, fmt.Sprintf(format, args...)) }
	s := newServer()
	s.AroundOperations(func(ctx context.Context, next graphql.OperationHandler) graphql.ResponseHandler {
		op := graphql.GetOperationContext(ctx)
		note("operation %s of %d fields, from %s", op.OperationName, len(op.Operation.SelectionSet), op.Headers.Get("X-From"))
		return next(ctx)
	})
	s.AroundResponses(func(ctx context.Context, next graphql.ResponseHandler) *graphql.Response {
		note("response begins")
		resp := next(ctx)
		note("response ends with %d errors", len(graphql.GetErrors(ctx)))
		return resp
	})
	s.AroundRootFields(func(ctx context.Context, next graphql.RootResolver) graphql.Marshaler {
		root := graphql.GetRootFieldContext(ctx)
		note("root field %s.%s", root.Object, root.Field.Alias)
		return next(ctx)
	})
	s.AroundFields(func(ctx context.Context, next graphql.Resolver) (any, error) {
		field := graphql.GetFieldContext(ctx)
		note("field %s.%s at %s, %v", field.Object, field.Field.Name, graphql.GetPath(ctx), field.Args["text"])
		graphql.RegisterExtension(ctx, "in time", true)
		graphql.AddErrorf(ctx, "beside the result")
		if !graphql.HasFieldError(ctx, field) {
			t.Error("the field does not know of its error")
		}
		_, err := next(ctx)
		return "instead", err
	})
	body := `{"query":"query Q{e:echo(text:\"a\")}","operationName":"Q"}`
	expect(t, sent(s, body, "X-From", "a test"), 200, plainJSON,
		`{"errors":[{"message":"beside the result","path":["e"],"locations":[{"line":1,"column":9}]}],"data":{"e":"instead"},"extensions":{"in time":true}}`)
	want := []string{
		"operation Q of 1 fields, from a test", "response begins", "root field Query.e",
		"field Query.echo at e, a", "response ends with 1 errors",
	}
	if !slices.Equal(log, want) {
		t.Errorf("\n got %q\nwant %q", log, want)
	}
}

func TestPresentersSeeWhatFailed(t *testing.T) {
	cause := errors.New("swordfish")
	s := newServer()
	s.AroundFields(func(context.Context, graphql.Resolver) (any, error) { return nil, cause })
	s.SetErrorPresenter(func(ctx context.Context, err error) *gqlerror.Error {
		if !errors.Is(err, cause) {
			t.Errorf("the cause is lost: %v", err)
		}
		return &gqlerror.Error{Message: "presented", Path: graphql.GetPath(ctx)}
	})
	expect(t, sent(s, good), 200, plainJSON, `{"errors":[{"message":"presented","path":["echo"]}],"data":null}`)
}

func TestRecoverFuncsSeeWhatWasThrown(t *testing.T) {
	s := newServer()
	s.SetRecoverFunc(func(_ context.Context, thrown any) error {
		return gqlerror.Errorf("recovered from a %T", thrown)
	})
	expect(t, sent(s, `{"query":"{echo(text:\"panic\")}"}`), 200, plainJSON,
		`{"errors":[{"message":"recovered from a string","path":["echo"],"locations":[{"line":1,"column":2}]}],"data":null}`)
}

func TestAResponseThatHasNoJSON(t *testing.T) {
	s := newServer()
	s.AroundResponses(func(ctx context.Context, next graphql.ResponseHandler) *graphql.Response {
		graphql.RegisterExtension(ctx, "x", func() {})
		return next(ctx)
	})
	expect(t, sent(s, good), 500, plainJSON, `{"errors":[{"message":"internal system error"}]}`)
}

func TestAnOperationWithoutAResponse(t *testing.T) {
	s := newServer()
	s.AroundResponses(func(context.Context, graphql.ResponseHandler) *graphql.Response { return nil })
	for media, status := range map[string]int{plainJSON: 200, responseJSON: 400} {
		expect(t, sent(s, good, "Accept", media), status, media, `{"errors":[{"message":"the operation has no response"}]}`)
	}
}

func TestExtensionsRefuseByHTTP(t *testing.T) {
	s := newServer()
	s.Use(extension.FixedComplexityLimit(2))
	s.Use(extension.AutomaticPersistedQuery{Cache: lru.New[string](2)})
	tests := []struct{ name, body, want string }{
		{"too complex", `{"query":"{a:echo b:echo c:echo}"}`, `{"errors":[{"message":"operation has complexity 3, which exceeds the limit of 2","extensions":{"code":"COMPLEXITY_LIMIT_EXCEEDED"}}]}`},
		{"not known", `{"extensions":{"persistedQuery":{"version":1,"sha256Hash":"x"}}}`, `{"errors":[{"message":"PersistedQueryNotFound","extensions":{"code":"PERSISTED_QUERY_NOT_FOUND"}}]}`},
		{"introspection", `{"query":"{__schema{queryType{name}}}"}`, `{"errors":[{"message":"introspection is disabled"…`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) { expect(t, sent(s, tt.body), 200, plainJSON, tt.want) })
	}
}

// A persisted query is sent once; after that its hash is enough, by GET as well.
func TestPersistedQueriesByGet(t *testing.T) {
	s := newServer()
	s.Use(extension.AutomaticPersistedQuery{Cache: lru.New[string](2)})
	digest := sha256.Sum256([]byte(`{echo(text:"a")}`))
	extensions := `{"persistedQuery":{"version":1,"sha256Hash":"` + hex.EncodeToString(digest[:]) + `"}}`
	byGet := "/graphql?extensions=" + url.QueryEscape(extensions)

	expect(t, ask(s, http.MethodGet, byGet, ""), 200, plainJSON, `{"errors":[{"message":"PersistedQueryNotFound",…`)
	expect(t, sent(s, `{"query":"{echo(text:\"a\")}","extensions":`+extensions+`}`), 200, plainJSON, answer)
	expect(t, ask(s, http.MethodGet, byGet, ""), 200, plainJSON, answer)
}

func TestDocumentsAreKept(t *testing.T) {
	cache := lru.New[*ast.QueryDocument](10)
	s := newServer()
	s.SetQueryCache(cache)
	for range 2 {
		expect(t, sent(s, good), 200, plainJSON, answer)
	}
	doc, ok := cache.Get(context.Background(), `{echo(text:"a")}`)
	if !ok {
		t.Fatal("no document is kept")
	}
	kept, field := *doc.Operations[0], *doc.Operations[0].SelectionSet[0].(*ast.Field)
	field.Alias = "kept"
	kept.SelectionSet = ast.SelectionSet{&field}
	doc.Operations[0] = &kept
	expect(t, sent(s, good), 200, plainJSON, `{"data":{"kept":"a"}}`)
}

func sent(s *handler.Server, body string, headers ...string) *http.Response {
	return ask(s, http.MethodPost, "/graphql", body, append([]string{"Content-Type", "application/json"}, headers...)...)
}
