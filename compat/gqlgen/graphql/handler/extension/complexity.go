package extension

import (
	"context"
	"errors"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/errcode"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

const complexityName = "ComplexityLimit"

// ComplexityLimit refuses operations that would cost too much.
type ComplexityLimit struct {
	// Func answers the limit for an operation.
	Func func(ctx context.Context, opCtx *graphql.OperationContext) int

	es graphql.ExecutableSchema
}

var _ graphql.OperationContextMutator = (*ComplexityLimit)(nil)

// ComplexityStats is what an operation costs and might have cost.
type ComplexityStats struct {
	Complexity      int
	ComplexityLimit int
}

// FixedComplexityLimit is the same limit for all operations.
func FixedComplexityLimit(limit int) *ComplexityLimit {
	return &ComplexityLimit{Func: func(context.Context, *graphql.OperationContext) int { return limit }}
}

// ExtensionName names the extension.
func (*ComplexityLimit) ExtensionName() string { return complexityName }

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
	stats := &ComplexityStats{
		Complexity:      complexity(ctx, c.es, op),
		ComplexityLimit: c.Func(ctx, op),
	}
	op.Stats.SetExtension(complexityName, stats)
	if stats.Complexity <= stats.ComplexityLimit {
		return nil
	}
	err := gqlerror.Errorf("operation has complexity %d, which exceeds the limit of %d", stats.Complexity, stats.ComplexityLimit)
	errcode.Set(err, "COMPLEXITY_LIMIT_EXCEEDED")
	return err
}

// GetComplexityStats returns what the operation of ctx costs, nil where nobody asked.
func GetComplexityStats(ctx context.Context) *ComplexityStats {
	if !graphql.HasOperationContext(ctx) {
		return nil
	}
	stats, _ := graphql.GetOperationContext(ctx).Stats.GetExtension(complexityName).(*ComplexityStats)
	return stats
}
