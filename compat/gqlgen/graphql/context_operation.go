package graphql

import (
	"context"
	"net/http"

	"github.com/vektah/gqlparser/v2/ast"
)

type operationKey struct{}

// OperationContext is one operation on its way through the server.
type OperationContext struct {
	// RawQuery is the document as it was sent.
	RawQuery string
	// Variables are coerced to the types the operation declares, defaults applied.
	Variables map[string]any
	// OperationName is the name the request asked for; it may be empty.
	OperationName string
	Doc           *ast.QueryDocument
	// Extensions are the extensions of the request.
	Extensions map[string]any
	Headers    http.Header
	Operation  *ast.OperationDefinition
	// DisableIntrospection refuses __schema and __type. It does not concern
	// the _service of a federated graph.
	DisableIntrospection bool
	RecoverFunc          RecoverFunc
	// ResolverMiddleware surrounds every field. Nil, which lets the engine write
	// leaves without looking at them, where no extension intercepts fields.
	ResolverMiddleware FieldMiddleware
	// RootResolverMiddleware surrounds the fields of the root types; nil for none.
	RootResolverMiddleware RootFieldMiddleware
	// Stats is what extensions have found out about the operation.
	Stats Stats
}

// Stats is what extensions have found out about an operation, by their names. It is written
// before the operation is executed.
type Stats struct{ extension map[string]any }

// SetExtension keeps what an extension has found out.
func (s *Stats) SetExtension(name string, data any) {
	if s.extension == nil {
		s.extension = map[string]any{}
	}
	s.extension[name] = data
}

// GetExtension answers what an extension has found out; nil for nothing.
func (s *Stats) GetExtension(name string) any { return s.extension[name] }

// Recover turns what a panic carried into an error for the client.
func (c *OperationContext) Recover(ctx context.Context, err any) error {
	if c.RecoverFunc == nil {
		return DefaultRecover(ctx, err)
	}
	return c.RecoverFunc(ctx, err)
}

// GetOperationContext returns the operation that ctx belongs to. It panics where
// there is none: ask HasOperationContext first when that may be.
func GetOperationContext(ctx context.Context) *OperationContext {
	op, ok := ctx.Value(operationKey{}).(*OperationContext)
	if !ok {
		panic("graphql: the context belongs to no operation")
	}
	return op
}

// HasOperationContext says whether ctx belongs to an operation.
func HasOperationContext(ctx context.Context) bool {
	op, ok := ctx.Value(operationKey{}).(*OperationContext)
	return ok && op != nil
}

// WithOperationContext returns a context for an operation.
func WithOperationContext(ctx context.Context, op *OperationContext) context.Context {
	return context.WithValue(ctx, operationKey{}, op)
}
