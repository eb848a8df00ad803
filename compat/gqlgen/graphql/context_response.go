package graphql

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"sync"

	"github.com/vektah/gqlparser/v2/gqlerror"
)

type responseKey struct{}

// response gathers what resolvers say beside their results.
type response struct {
	presenter ErrorPresenterFunc
	recover   RecoverFunc

	mu         sync.Mutex
	errors     gqlerror.List
	extensions map[string]any
	// places are the paths of the first indexed errors: a thousand nulls may each
	// ask whether somebody has said why.
	places  map[string]bool
	indexed int
}

// WithResponseContext returns a context that gathers errors and extensions. The
// functions may be nil, for the defaults.
func WithResponseContext(ctx context.Context, presenter ErrorPresenterFunc, recoverFunc RecoverFunc) context.Context {
	if presenter == nil {
		presenter = DefaultErrorPresenter
	}
	if recoverFunc == nil {
		recoverFunc = DefaultRecover
	}
	return context.WithValue(ctx, responseKey{}, &response{presenter: presenter, recover: recoverFunc})
}

func responseOf(ctx context.Context) *response {
	r, ok := ctx.Value(responseKey{}).(*response)
	if !ok {
		panic("graphql: the context belongs to no response")
	}
	return r
}

// AddErrorf adds an error to the response, at the path of the field that ctx
// belongs to. The text is shown to the client as it is.
func AddErrorf(ctx context.Context, format string, args ...any) {
	AddError(ctx, gqlerror.Errorf(format, args...))
}

// AddError adds err to the response, at the path of the field that ctx belongs
// to, once the error presenter has seen it. A gqlerror.List counts one by one.
func AddError(ctx context.Context, err error) {
	if err == nil {
		return
	}
	if list, ok := err.(gqlerror.List); ok { //nolint:errorlint // a wrapped list is one error
		for _, each := range list {
			AddError(ctx, each)
		}
		return
	}
	r := responseOf(ctx)
	presented := r.presenter(ctx, ErrorOnPath(ctx, err))
	if presented == nil {
		presented = DefaultErrorPresenter(ctx, ErrorOnPath(ctx, fmt.Errorf("presented as nothing: %w", err)))
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.errors = append(r.errors, presented)
}

// Recover turns what a panic carried into an error for the client.
func Recover(ctx context.Context, err any) error {
	return responseOf(ctx).recover(ctx, err)
}

// HasFieldError says whether an error was added at the path of a field.
func HasFieldError(ctx context.Context, field *FieldContext) bool {
	r := responseOf(ctx)
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.places == nil {
		r.places = make(map[string]bool, len(r.errors))
	}
	for ; r.indexed < len(r.errors); r.indexed++ {
		r.places[r.errors[r.indexed].Path.String()] = true
	}
	return r.places[field.Path().String()]
}

// GetErrors returns a copy of the errors added so far.
func GetErrors(ctx context.Context) gqlerror.List {
	r := responseOf(ctx)
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.Clone(r.errors)
}

// RegisterExtension adds to the extensions of the response.
func RegisterExtension(ctx context.Context, key string, value any) {
	r := responseOf(ctx)
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.extensions == nil {
		r.extensions = map[string]any{}
	}
	r.extensions[key] = value
}

// GetExtensions returns a copy of the extensions of the response.
func GetExtensions(ctx context.Context) map[string]any {
	r := responseOf(ctx)
	r.mu.Lock()
	defer r.mu.Unlock()
	return maps.Clone(r.extensions)
}
