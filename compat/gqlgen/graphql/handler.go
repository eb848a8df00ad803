package graphql

import (
	"context"
	"net/http"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// The steps of an operation, and what surrounds them.
type (
	OperationHandler    func(ctx context.Context) ResponseHandler
	OperationMiddleware func(ctx context.Context, next OperationHandler) ResponseHandler

	// ResponseHandler answers the next response of an operation, nil after the last.
	ResponseHandler    func(ctx context.Context) *Response
	ResponseMiddleware func(ctx context.Context, next ResponseHandler) *Response

	// Resolver answers the value of one field of one object.
	Resolver        func(ctx context.Context) (res any, err error)
	FieldMiddleware func(ctx context.Context, next Resolver) (res any, err error)

	RootResolver        func(ctx context.Context) Marshaler
	RootFieldMiddleware func(ctx context.Context, next RootResolver) Marshaler
)

// ExecutableSchema is a schema with the resolvers behind it.
type ExecutableSchema interface {
	Schema() *ast.Schema
	// Complexity answers the cost of a field with its children; false where the
	// schema has no opinion.
	Complexity(ctx context.Context, typeName, fieldName string, childComplexity int, args map[string]any) (int, bool)
	// Exec begins the operation of ctx.
	Exec(ctx context.Context) ResponseHandler
}

// RawParams is a request as a transport read it.
type RawParams struct {
	Query         string         `json:"query"`
	OperationName string         `json:"operationName"`
	Variables     map[string]any `json:"variables"`
	Extensions    map[string]any `json:"extensions"`
	Headers       http.Header    `json:"-"`
}

// GraphExecutor is what a transport needs of the server.
type GraphExecutor interface {
	// CreateOperationContext parses, validates and coerces. Its errors are
	// request errors: nothing was executed.
	CreateOperationContext(ctx context.Context, params *RawParams) (*OperationContext, gqlerror.List)
	// DispatchOperation executes; the handler must be called with the context.
	DispatchOperation(ctx context.Context, opCtx *OperationContext) (ResponseHandler, context.Context)
	// DispatchError makes a response of request errors.
	DispatchError(ctx context.Context, list gqlerror.List) *Response
}

// Transport carries requests of one kind, such as POST.
type Transport interface {
	Supports(r *http.Request) bool
	Do(w http.ResponseWriter, r *http.Request, exec GraphExecutor)
}

// HandlerExtension adds to a server. It must be one or more of the mutators and
// interceptors below.
type HandlerExtension interface {
	// ExtensionName names the extension.
	ExtensionName() string
	// Validate is asked once, when the extension is added.
	Validate(schema ExecutableSchema) error
}

type (
	// OperationParameterMutator sees a request before it is parsed.
	OperationParameterMutator interface {
		MutateOperationParameters(ctx context.Context, request *RawParams) *gqlerror.Error
	}
	// OperationContextMutator sees an operation before it is executed.
	OperationContextMutator interface {
		MutateOperationContext(ctx context.Context, opCtx *OperationContext) *gqlerror.Error
	}
	// OperationInterceptor surrounds an operation.
	OperationInterceptor interface {
		InterceptOperation(ctx context.Context, next OperationHandler) ResponseHandler
	}
	// ResponseInterceptor surrounds each response of an operation.
	ResponseInterceptor interface {
		InterceptResponse(ctx context.Context, next ResponseHandler) *Response
	}
	// RootFieldInterceptor surrounds each field of a root type.
	RootFieldInterceptor interface {
		InterceptRootField(ctx context.Context, next RootResolver) Marshaler
	}
	// FieldInterceptor surrounds each field of each object. It may answer
	// another value than its next resolver, or (nil, nil) to hide the field.
	//
	// It runs for leaves too, and sees the concrete object type whatever the
	// field was selected through. Around a batch field each parent has its own
	// call; parents whose interceptor does not call next are left out of the
	// batch. It must not call next after it has returned, and the context it
	// passes to next reaches batch resolvers only as the one the engine made.
	FieldInterceptor interface {
		InterceptField(ctx context.Context, next Resolver) (res any, err error)
	}
)
