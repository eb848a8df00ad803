package extension

import (
	"context"
	"errors"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/errcode"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// ComplexityLimit refuses operations that would cost too much.
type ComplexityLimit struct {
	// Func answers the limit for an operation.
	Func func(ctx context.Context, opCtx *graphql.OperationContext) int

	es graphql.ExecutableSchema
}

var _ graphql.OperationContextMutator = (*ComplexityLimit)(nil)

// FixedComplexityLimit is the same limit for all operations.
func FixedComplexityLimit(limit int) *ComplexityLimit {
	return &ComplexityLimit{Func: func(context.Context, *graphql.OperationContext) int { return limit }}
}

const complexityExtension = "ComplexityLimit"

// ComplexityStats is what an operation costs, and what it might.
type ComplexityStats struct {
	Complexity      int
	ComplexityLimit int
}

// GetComplexityStats answers what the operation of ctx costs; nil where no limit looked at it.
func GetComplexityStats(ctx context.Context) *ComplexityStats {
	stats, _ := graphql.GetOperationContext(ctx).Stats.GetExtension(complexityExtension).(*ComplexityStats)
	return stats
}

// ExtensionName names the extension.
func (*ComplexityLimit) ExtensionName() string { return complexityExtension }

// Validate needs a function.
func (c *ComplexityLimit) Validate(schema graphql.ExecutableSchema) error {
	if c.Func == nil {
		return errors.New("a complexity limit needs a function")
	}
	c.es = schema
	return nil
}

// MutateOperationContext refuses an operation above the limit.
func (c *ComplexityLimit) MutateOperationContext(ctx context.Context, op *graphql.OperationContext) *gqlerror.Error {
	cost, limit := complexity(ctx, c.es, op), c.Func(ctx, op)
	op.Stats.SetExtension(complexityExtension, &ComplexityStats{Complexity: cost, ComplexityLimit: limit})
	if cost <= limit {
		return nil
	}
	err := gqlerror.Errorf("operation has complexity %d, which exceeds the limit of %d", cost, limit)
	errcode.Set(err, "COMPLEXITY_LIMIT_EXCEEDED")
	return err
}
