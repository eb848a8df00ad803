package engine_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/engine"
	"github.com/99designs/gqlgen/graphql/executor"
	"github.com/99designs/gqlgen/graphql/handler/lru"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// permit is the extension that permits introspection.
type permit struct{ refuse *bool }

func (permit) ExtensionName() string                   { return "permit" }
func (permit) Validate(graphql.ExecutableSchema) error { return nil }

func (p permit) MutateOperationContext(_ context.Context, op *graphql.OperationContext) *gqlerror.Error {
	op.DisableIntrospection = *p.refuse
	return nil
}

// The answer to a question about the schema is remembered, but only where it is the
// same again: not where it is refused, depends on a variable, holds data or is seen by
// middleware.
func TestDescriptionsAreRemembered(t *testing.T) {
	refuse := false
	w := newWorld()
	exec := executor.New(engine.New(w.tables(t)))
	exec.SetQueryCache(lru.New[*ast.QueryDocument](10))
	exec.Use(permit{&refuse})

	const query = `{__type(name:"Author"){name kind}}`
	const want = `{"data":{"__type":{"name":"Author","kind":"OBJECT"}}}`
	for range 3 {
		if got := respondTo(t, exec, query); got != want {
			t.Fatalf("got %s, want %s", got, want)
		}
	}
	once := testing.AllocsPerRun(10, func() { respondTo(t, exec, query) })
	if more := testing.AllocsPerRun(10, func() { respondTo(t, exec, `{__type(name:"Author"){name kind fields{name}}}`) }); more > once+5 {
		t.Errorf("%v allocations for a small answer, %v for a larger one: they are not remembered", once, more)
	}

	refuse = true
	if got := respondTo(t, exec, query); !strings.Contains(got, "introspection is disabled") {
		t.Errorf("a refused question was answered: %s", got)
	}
	refuse = false

	const mixed = `{__typename library{newest{name}}}`
	respondTo(t, exec, mixed)
	w.books[2].name = "Changed"
	if got := respondTo(t, exec, mixed); !strings.Contains(got, "Changed") {
		t.Errorf("data are remembered: %s", got)
	}

	seen := 0
	exec.AroundFields(func(ctx context.Context, next graphql.Resolver) (any, error) {
		seen++
		if seen > 3 {
			return nil, errors.New("no longer")
		}
		return next(ctx)
	})
	respondTo(t, exec, query)
	if got := respondTo(t, exec, query); !strings.Contains(got, `"__type":null`) {
		t.Errorf("middleware was passed by: %s", got)
	}
}
