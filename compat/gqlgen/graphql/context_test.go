package graphql_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

func field(name string) *graphql.FieldContext {
	return &graphql.FieldContext{Field: graphql.CollectedField{Field: &ast.Field{
		Alias: name, Name: name, Position: &ast.Position{Line: 3, Column: 4},
	}}}
}

// inside is a context for the field a of the third element of rows.
func inside() (rows, at context.Context) {
	ctx := graphql.WithResponseContext(context.Background(), nil, nil)
	rows = graphql.WithFieldContext(ctx, field("rows"))
	two := 2
	at = graphql.WithFieldContext(rows, &graphql.FieldContext{Index: &two})
	return rows, graphql.WithFieldContext(at, field("a"))
}

func TestPaths(t *testing.T) {
	rows, at := inside()
	if got := graphql.GetFieldContext(at).Path().String(); got != "rows[2].a" {
		t.Errorf("the field: %s", got)
	}
	if got := graphql.GetPath(graphql.WithFieldContext(at, field("b"))).String(); got != "rows[2].a.b" {
		t.Errorf("a field below: %s", got)
	}
	if got := graphql.GetPath(rows).String(); got != "rows" {
		t.Errorf("rows: %s", got)
	}
	if got := graphql.GetPath(context.Background()); got != nil {
		t.Errorf("nowhere: %s", got)
	}
}

func TestTheRootField(t *testing.T) {
	top := field("rows")
	top.Object = "Query"
	at := graphql.WithFieldContext(context.Background(), &graphql.FieldContext{Result: "the root object"})
	at = graphql.WithFieldContext(at, top)
	for _, below := range []*graphql.FieldContext{{Index: new(int)}, field("a"), field("b")} {
		if got := graphql.GetRootFieldContext(at); got.Object != "Query" || got.Field.Name != "rows" {
			t.Errorf("the root field of %s is %+v", graphql.GetPath(at), got)
		}
		at = graphql.WithFieldContext(at, below)
	}
	if graphql.GetRootFieldContext(context.Background()) != nil {
		t.Error("a bare context has a root field")
	}
}

func TestErrorOnPath(t *testing.T) {
	_, at := inside()
	cause := errors.New("swordfish")
	var placed *gqlerror.Error
	if !errors.As(graphql.ErrorOnPath(at, cause), &placed) {
		t.Fatal("not a gqlerror")
	}
	if placed.Message != "internal system error" || placed.Path.String() != "rows[2].a" || len(placed.Locations) != 1 {
		t.Errorf("got %+v", placed)
	}
	if !errors.Is(placed, cause) {
		t.Error("the cause is lost")
	}

	public := &gqlerror.Error{Message: "told", Path: ast.Path{ast.PathName("own")}, Extensions: map[string]any{"code": "X"}}
	errors.As(graphql.ErrorOnPath(at, fmt.Errorf("swordfish: %w", public)), &placed)
	if placed.Message != "told" || placed.Path.String() != "own" || placed.Extensions["code"] != "X" {
		t.Errorf("a wrapped public error became %+v", placed)
	}
	if len(public.Locations) != 0 {
		t.Error("the resolver's own error was changed")
	}
	if graphql.ErrorOnPath(at, nil) != nil {
		t.Error("nothing became an error")
	}
}

func TestAddError(t *testing.T) {
	rows, at := inside()
	graphql.AddError(at, nil)
	graphql.AddError(at, errors.New("swordfish"))
	graphql.AddErrorf(rows, "told %d", 1)
	graphql.AddError(rows, gqlerror.List{gqlerror.Errorf("two"), gqlerror.Errorf("three")})
	got := fmt.Sprint(graphql.GetErrors(at))
	for _, want := range []string{"rows[2].a internal system error", "rows told 1", "rows two", "rows three"} {
		if !strings.Contains(got, want) {
			t.Errorf("%s lacks %q", got, want)
		}
	}
	if strings.Contains(got, "swordfish") {
		t.Errorf("an internal error is told: %s", got)
	}
	if !graphql.HasFieldError(rows, graphql.GetFieldContext(rows)) {
		t.Error("rows has errors, and does not know")
	}
	if below := graphql.WithFieldContext(at, field("b")); graphql.HasFieldError(rows, graphql.GetFieldContext(below)) {
		t.Error("a field has the errors of another")
	}
}

func TestHasFieldErrorKnowsOfErrorsAddedSince(t *testing.T) {
	rows, at := inside()
	here := graphql.GetFieldContext(rows)
	for _, want := range []bool{false, true, true} {
		if got := graphql.HasFieldError(rows, here); got != want {
			t.Errorf("got %v, want %v", got, want)
		}
		graphql.AddErrorf(at, "elsewhere")
		graphql.AddErrorf(rows, "here")
	}
}

func TestPresenter(t *testing.T) {
	ctx := graphql.WithResponseContext(context.Background(), func(_ context.Context, err error) *gqlerror.Error {
		if strings.Contains(errors.Unwrap(err).Error(), "drop") {
			return nil
		}
		return gqlerror.Errorf("presented")
	}, nil)
	graphql.AddError(ctx, errors.New("swordfish"))
	graphql.AddError(ctx, errors.New("drop"))
	errs := graphql.GetErrors(ctx)
	if len(errs) != 2 || errs[0].Message != "presented" || errs[1].Message != "internal system error" {
		t.Errorf("got %v: an error that is presented as nothing is still one", errs)
	}
}

func TestExtensions(t *testing.T) {
	ctx := graphql.WithResponseContext(context.Background(), nil, nil)
	graphql.RegisterExtension(ctx, "a", 1)
	if got := graphql.GetExtensions(ctx); len(got) != 1 || got["a"] != 1 {
		t.Errorf("extensions are %v", got)
	}
}

func TestContextsSayWhatTheyAreNot(t *testing.T) {
	ctx := context.Background()
	if graphql.HasOperationContext(ctx) || graphql.GetFieldContext(ctx) != nil {
		t.Error("a bare context belongs to something")
	}
	defer func() {
		if recover() == nil {
			t.Error("GetOperationContext did not panic")
		}
	}()
	graphql.GetOperationContext(ctx)
}

func TestBatchErrors(t *testing.T) {
	one := errors.New("one")
	var err error = graphql.BatchErrorList{nil, one}
	var each graphql.BatchErrors
	if !errors.As(fmt.Errorf("wrapped: %w", err), &each) || len(each.Errors()) != 2 {
		t.Error("BatchErrorList is not BatchErrors")
	}
	if !errors.Is(err, one) {
		t.Error("what failed is lost")
	}
}

func TestResponse(t *testing.T) {
	tests := []struct {
		resp graphql.Response
		want string
	}{
		{graphql.Response{}, `{}`},
		{graphql.Response{Data: []byte("null")}, `{"data":null}`},
		{graphql.Response{Data: []byte(`{"a":"<"}`)}, `{"data":{"a":"<"}}`},
		{graphql.Response{Data: []byte("{}"), Errors: gqlerror.List{gqlerror.Errorf("<b>")}, Extensions: map[string]any{"x": 1}},
			`{"errors":[{"message":"<b>"}],"data":{},"extensions":{"x":1}}`},
	}
	for _, tt := range tests {
		if got, err := tt.resp.MarshalJSON(); err != nil || string(got) != tt.want {
			t.Errorf("got %s, %v; want %s", got, err, tt.want)
		}
	}
	var read graphql.Response
	if err := json.Unmarshal([]byte(`{"errors":[{"message":"m"}],"data":{"a":1}}`), &read); err != nil || string(read.Data) != `{"a":1}` || len(read.Errors) != 1 {
		t.Errorf("read %+v, %v", read, err)
	}
	if _, err := (&graphql.Response{Extensions: map[string]any{"x": func() {}}}).MarshalJSON(); err == nil {
		t.Error("an extension that has no JSON was written")
	}
	next := graphql.OneShot(&graphql.Response{})
	if next(context.Background()) == nil || next(context.Background()) != nil {
		t.Error("one shot is not one")
	}
}
