package executor

import (
	"context"
	"fmt"

	"github.com/99designs/gqlgen/graphql"
)

// extensions are what the extensions of a server come to, by what they concern.
// A middleware is nil where no extension is of its kind.
type extensions struct {
	parameters []graphql.OperationParameterMutator
	contexts   []graphql.OperationContextMutator
	operation  graphql.OperationMiddleware
	response   graphql.ResponseMiddleware
	rootField  graphql.RootFieldMiddleware
	field      graphql.FieldMiddleware
}

// Use adds an extension. The first one added is the outermost. It panics where
// the extension refuses the schema or is of no kind that is known: both are
// mistakes of the program.
func (e *Executor) Use(extension graphql.HandlerExtension) {
	if err := extension.Validate(e.es); err != nil {
		panic(fmt.Errorf("extension %s: %w", extension.ExtensionName(), err))
	}
	known := false
	if x, ok := extension.(graphql.OperationParameterMutator); ok {
		e.ext.parameters, known = append(e.ext.parameters, x), true
	}
	if x, ok := extension.(graphql.OperationContextMutator); ok {
		e.ext.contexts, known = append(e.ext.contexts, x), true
	}
	if x, ok := extension.(graphql.OperationInterceptor); ok {
		e.AroundOperations(x.InterceptOperation)
		known = true
	}
	if x, ok := extension.(graphql.ResponseInterceptor); ok {
		e.AroundResponses(x.InterceptResponse)
		known = true
	}
	if x, ok := extension.(graphql.RootFieldInterceptor); ok {
		e.AroundRootFields(x.InterceptRootField)
		known = true
	}
	if x, ok := extension.(graphql.FieldInterceptor); ok {
		e.AroundFields(x.InterceptField)
		known = true
	}
	if !known {
		panic(fmt.Errorf("extension %s neither mutates nor intercepts anything", extension.ExtensionName()))
	}
}

// AroundOperations adds a function around operations.
func (e *Executor) AroundOperations(f graphql.OperationMiddleware) {
	e.ext.operation = inside(e.ext.operation, f)
}

// AroundResponses adds a function around responses.
func (e *Executor) AroundResponses(f graphql.ResponseMiddleware) {
	e.ext.response = inside(e.ext.response, f)
}

// AroundRootFields adds a function around the fields of the root types.
func (e *Executor) AroundRootFields(f graphql.RootFieldMiddleware) {
	e.ext.rootField = inside(e.ext.rootField, f)
}

// AroundFields adds a function around all fields.
func (e *Executor) AroundFields(f graphql.FieldMiddleware) {
	outer := e.ext.field
	if outer == nil {
		e.ext.field = f
		return
	}
	e.ext.field = func(ctx context.Context, next graphql.Resolver) (any, error) {
		return outer(ctx, func(ctx context.Context) (any, error) { return f(ctx, next) })
	}
}

// inside puts a middleware inside those that were there before it.
func inside[H ~func(context.Context) R, R any](outer, f func(context.Context, H) R) func(context.Context, H) R {
	if outer == nil {
		return f
	}
	return func(ctx context.Context, next H) R {
		return outer(ctx, func(ctx context.Context) R { return f(ctx, next) })
	}
}

// around calls next through a middleware, if there is one.
func around[H ~func(context.Context) R, R any](ctx context.Context, middleware func(context.Context, H) R, next H) R {
	if middleware == nil {
		return next(ctx)
	}
	return middleware(ctx, next)
}
