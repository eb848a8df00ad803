package executor

import (
	"context"
	"slices"

	"github.com/99designs/gqlgen/graphql"
)

// extensions are what the extensions of a server come to, by what they concern.
type extensions struct {
	operation  graphql.OperationMiddleware
	response   graphql.ResponseMiddleware
	rootField  graphql.RootFieldMiddleware // nil where no extension concerns root fields
	field      graphql.FieldMiddleware     // nil where no extension concerns fields
	parameters []graphql.OperationParameterMutator
	contexts   []graphql.OperationContextMutator
}

// collect chains extensions so that the first is the outermost.
func collect(list []graphql.HandlerExtension) extensions {
	e := extensions{
		operation: func(ctx context.Context, next graphql.OperationHandler) graphql.ResponseHandler { return next(ctx) },
		response:  func(ctx context.Context, next graphql.ResponseHandler) *graphql.Response { return next(ctx) },
	}
	for _, p := range slices.Backward(list) {
		if p, ok := p.(graphql.OperationInterceptor); ok {
			inner := e.operation
			e.operation = func(ctx context.Context, next graphql.OperationHandler) graphql.ResponseHandler {
				return p.InterceptOperation(ctx, func(ctx context.Context) graphql.ResponseHandler { return inner(ctx, next) })
			}
		}
		if p, ok := p.(graphql.ResponseInterceptor); ok {
			inner := e.response
			e.response = func(ctx context.Context, next graphql.ResponseHandler) *graphql.Response {
				return p.InterceptResponse(ctx, func(ctx context.Context) *graphql.Response { return inner(ctx, next) })
			}
		}
		if p, ok := p.(graphql.RootFieldInterceptor); ok {
			e.rootField = aroundRootField(p, e.rootField)
		}
		if p, ok := p.(graphql.FieldInterceptor); ok {
			e.field = aroundField(p, e.field)
		}
	}
	for _, p := range list {
		if p, ok := p.(graphql.OperationParameterMutator); ok {
			e.parameters = append(e.parameters, p)
		}
		if p, ok := p.(graphql.OperationContextMutator); ok {
			e.contexts = append(e.contexts, p)
		}
	}
	return e
}

func aroundRootField(p graphql.RootFieldInterceptor, inner graphql.RootFieldMiddleware) graphql.RootFieldMiddleware {
	if inner == nil {
		return p.InterceptRootField
	}
	return func(ctx context.Context, next graphql.RootResolver) graphql.Marshaler {
		return p.InterceptRootField(ctx, func(ctx context.Context) graphql.Marshaler { return inner(ctx, next) })
	}
}

func aroundField(p graphql.FieldInterceptor, inner graphql.FieldMiddleware) graphql.FieldMiddleware {
	if inner == nil {
		return p.InterceptField
	}
	return func(ctx context.Context, next graphql.Resolver) (any, error) {
		return p.InterceptField(ctx, func(ctx context.Context) (any, error) { return inner(ctx, next) })
	}
}

// Functions as extensions.
type (
	operationFunc graphql.OperationMiddleware
	responseFunc  graphql.ResponseMiddleware
	rootFieldFunc graphql.RootFieldMiddleware
	fieldFunc     graphql.FieldMiddleware
)

func (operationFunc) ExtensionName() string { return "OperationFunc" }
func (responseFunc) ExtensionName() string  { return "ResponseFunc" }
func (rootFieldFunc) ExtensionName() string { return "RootFieldFunc" }
func (fieldFunc) ExtensionName() string     { return "FieldFunc" }

func (operationFunc) Validate(graphql.ExecutableSchema) error { return nil }
func (responseFunc) Validate(graphql.ExecutableSchema) error  { return nil }
func (rootFieldFunc) Validate(graphql.ExecutableSchema) error { return nil }
func (fieldFunc) Validate(graphql.ExecutableSchema) error     { return nil }

func (f operationFunc) InterceptOperation(ctx context.Context, next graphql.OperationHandler) graphql.ResponseHandler {
	return f(ctx, next)
}

func (f responseFunc) InterceptResponse(ctx context.Context, next graphql.ResponseHandler) *graphql.Response {
	return f(ctx, next)
}

func (f rootFieldFunc) InterceptRootField(ctx context.Context, next graphql.RootResolver) graphql.Marshaler {
	return f(ctx, next)
}

func (f fieldFunc) InterceptField(ctx context.Context, next graphql.Resolver) (any, error) {
	return f(ctx, next)
}
