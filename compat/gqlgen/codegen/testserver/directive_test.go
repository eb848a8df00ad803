package testserver_test

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"github.com/99designs/gqlgen/codegen/testserver/generated"
	"github.com/99designs/gqlgen/codegen/testserver/library"
	"github.com/99designs/gqlgen/codegen/testserver/resolvers"
	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/executor"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

type markKey struct{}

// loud adds its mark to what it surrounds.
func loud(ctx context.Context, obj any, next graphql.Resolver, mark string) (any, error) {
	if _, ok := obj.(*library.Book); !ok {
		return nil, fmt.Errorf("loud at a %T", obj)
	}
	text, err := next(ctx)
	return fmt.Sprint(text, mark), err
}

func TestFunctionsOfDirectives(t *testing.T) {
	open := func(ctx context.Context, _ any, next graphql.Resolver, _ *library.Weekday) (any, error) {
		return next(ctx)
	}
	said := func(answer any, err error) func(context.Context, any, graphql.Resolver, *library.Weekday) (any, error) {
		return func(context.Context, any, graphql.Resolver, *library.Weekday) (any, error) { return answer, err }
	}
	tests := []struct {
		name, query, want string
		directives        generated.DirectiveRoot
	}{
		{
			"the last surrounds the others", `{book(id:"b1"){blurb title}}`, `{"data":{"book":{"blurb":"Night?!","title":"Night"}}}`,
			generated.DirectiveRoot{Loud: loud},
		},
		{
			"through an interface", `{item(id:"b1"){... on Book{blurb}}}`, `{"data":{"item":{"blurb":"Night?!"}}}`,
			generated.DirectiveRoot{Loud: loud},
		},
		{
			"in entities", `{_entities(representations:[{__typename:"Book" id:"b1"}]){... on Book{blurb}}}`,
			`{"data":{"_entities":[{"blurb":"Night?!"}]}}`, generated.DirectiveRoot{Loud: loud},
		},
		{
			"around resolvers and batches below", `{archive(from:2){blurb author{name}} reading}`,
			`{"data":{"archive":[{"blurb":"Noon?!","author":null}],"reading":"aloud"}}`, generated.DirectiveRoot{Loud: loud, Closed: open},
		},
		{
			"arguments of the field are read first", `query($from:Int=1){archive(from:$from){id}}`,
			`{"data":{"archive":[{"id":"b2"},{"id":"b3"}]}}`, generated.DirectiveRoot{Closed: open},
		},
		{
			"by day", `{archive(from:0){id} reading}`, `{"data":null,"errors":["archive: closed on 2","reading: closed on every day"]}`,
			generated.DirectiveRoot{Closed: func(_ context.Context, _ any, _ graphql.Resolver, on *library.Weekday) (any, error) {
				if on == nil {
					return nil, gqlerror.Errorf("closed on every day")
				}
				return nil, gqlerror.Errorf("closed on %d", *on)
			}},
		},
		{
			"null", `{archive(from:0){id}}`, `{"data":{"archive":null}}`, generated.DirectiveRoot{Closed: said(nil, nil)},
		},
		{
			"null where a value must be", `{reading}`, `{"data":null,"errors":["reading: must not be null"]}`, generated.DirectiveRoot{Closed: said(nil, nil)},
		},
		{
			"another value", `{archive(from:0){title}}`, `{"data":{"archive":[{"title":"mine"}]}}`,
			generated.DirectiveRoot{Closed: said([]*library.Book{{Title: "mine"}}, nil)},
		},
		{
			"a value of another type", `{archive(from:0){id}}`, `{"data":{"archive":null},"errors":["archive: internal system error"]}`,
			generated.DirectiveRoot{Closed: said("text", nil)},
		},
		{
			"an error that is nobody's business", `{archive(from:0){id}}`, `{"data":{"archive":null},"errors":["archive: internal system error"]}`,
			generated.DirectiveRoot{Closed: said(nil, errors.New("swordfish"))},
		},
		{
			"no function", `{archive(from:0){id}}`, `{"data":{"archive":null},"errors":["archive: recovered"]}`, generated.DirectiveRoot{},
		},
	}
	for _, tt := range tests {
		for _, watched := range []bool{false, true} {
			t.Run(fmt.Sprint(tt.name, ", watched ", watched), func(t *testing.T) {
				exec := executor.New(generated.NewExecutableSchema(generated.Config{Resolvers: &resolvers.Resolver{}, Directives: tt.directives}))
				exec.SetRecoverFunc(func(context.Context, any) error { return gqlerror.Errorf("recovered") })
				if watched {
					exec.AroundFields(func(ctx context.Context, next graphql.Resolver) (any, error) { return next(ctx) })
				}
				op, errs := exec.CreateOperationContext(t.Context(), &graphql.RawParams{Query: tt.query})
				if errs != nil {
					t.Fatal(errs)
				}
				responses, ctx := exec.DispatchOperation(t.Context(), op)
				if got := encode(t, responses(ctx)); got != tt.want {
					t.Errorf("\n got %s\nwant %s", got, tt.want)
				}
			})
		}
	}
}

// What a directive puts into the context, the resolver finds there.
func TestDirectivesHandTheirContextOn(t *testing.T) {
	mark := func(ctx context.Context, _ any, next graphql.Resolver, _ *library.Weekday) (any, error) {
		return next(context.WithValue(ctx, markKey{}, "marked"))
	}
	root := &resolvers.Resolver{Read: func(ctx context.Context) string { return fmt.Sprint(ctx.Value(markKey{})) }}
	exec := executor.New(generated.NewExecutableSchema(generated.Config{Resolvers: root, Directives: generated.DirectiveRoot{Closed: mark}}))
	op, errs := exec.CreateOperationContext(t.Context(), &graphql.RawParams{Query: `{reading}`})
	if errs != nil {
		t.Fatal(errs)
	}
	responses, ctx := exec.DispatchOperation(t.Context(), op)
	if got, want := encode(t, responses(ctx)), `{"data":{"reading":"marked"}}`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}
