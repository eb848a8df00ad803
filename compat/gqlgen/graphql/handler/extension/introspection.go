// Package extension holds what most servers want added: introspection, a limit on
// what an operation may cost, and persisted queries.
package extension

import (
	"context"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// Introspection lets clients read the schema. Without it they cannot.
type Introspection struct{}

var _ graphql.OperationContextMutator = Introspection{}

// ExtensionName names the extension.
func (Introspection) ExtensionName() string { return "Introspection" }

// Validate accepts every schema.
func (Introspection) Validate(graphql.ExecutableSchema) error { return nil }

// MutateOperationContext permits introspection.
func (Introspection) MutateOperationContext(_ context.Context, op *graphql.OperationContext) *gqlerror.Error {
	op.DisableIntrospection = false
	return nil
}
