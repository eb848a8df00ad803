package extension

import (
	"context"
	"math"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/internal/coerce"
	"github.com/vektah/gqlparser/v2/ast"
)

// costing walks an operation once. A fragment is totalled the first time it is
// met, so that documents of nested fragments cost time in proportion to their
// length, whatever they would cost to execute.
type costing struct {
	ctx       context.Context
	es        graphql.ExecutableSchema
	variables map[string]any
	fragments map[*ast.FragmentDefinition]int
}

func complexity(ctx context.Context, es graphql.ExecutableSchema, op *graphql.OperationContext) int {
	c := costing{ctx: ctx, es: es, variables: op.Variables, fragments: map[*ast.FragmentDefinition]int{}}
	return c.set(op.Operation.SelectionSet)
}

func (c *costing) set(set ast.SelectionSet) int {
	total := 0
	for _, selection := range set {
		switch s := selection.(type) {
		case *ast.Field:
			total = sum(total, c.field(s))
		case *ast.InlineFragment:
			total = sum(total, c.set(s.SelectionSet))
		case *ast.FragmentSpread:
			total = sum(total, c.fragment(s.Definition))
		}
	}
	return total
}

func (c *costing) fragment(f *ast.FragmentDefinition) int {
	if f == nil {
		return 0
	}
	total, known := c.fragments[f]
	if !known {
		total = c.set(f.SelectionSet)
		c.fragments[f] = total
	}
	return total
}

// field costs one and its children, unless the schema says otherwise; _entities as
// much for each of its representations. Through an abstract type it costs what the
// dearest of the possible types says.
func (c *costing) field(f *ast.Field) int {
	if strings.HasPrefix(f.Name, "__") {
		return 0 // introspection reads memory only; its size is limited by depth
	}
	children := c.set(f.SelectionSet)
	cost := sum(children, 1)
	if f.ObjectDefinition == nil || f.Definition == nil {
		return cost
	}
	args, err := coerce.Arguments(c.es.Schema(), f.Definition.Arguments, f.Arguments, c.variables)
	if err != nil {
		return cost // execution will report it
	}
	if representations, ok := args["representations"].([]any); ok && f.Name == "_entities" {
		cost = times(cost, max(1, len(representations)))
	}
	dearest := 0
	for _, object := range c.es.Schema().PossibleTypes[f.ObjectDefinition.Name] {
		own, ok := c.es.Complexity(c.ctx, object.Name, f.Name, children, args)
		if !ok || own < children { // which would hide them
			own = cost
		}
		dearest = max(dearest, own)
	}
	return dearest
}

// sum and times do not overflow: what is too much stays too much.
func sum(a, b int) int {
	if a > math.MaxInt-b {
		return math.MaxInt
	}
	return a + b
}

func times(a, n int) int {
	if a > math.MaxInt/n {
		return math.MaxInt
	}
	return a * n
}
