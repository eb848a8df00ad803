package extension

import (
	"context"
	"math"

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
// much for each of its representations. Through an abstract type a field costs what
// the dearest of the possible types says.
func (c *costing) field(f *ast.Field) int {
	if len(f.Name) > 1 && f.Name[:2] == "__" {
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
	if !f.ObjectDefinition.IsAbstractType() {
		return c.custom(f.ObjectDefinition.Name, f.Name, children, args, cost)
	}
	dearest := 0
	for _, def := range c.es.Schema().PossibleTypes[f.ObjectDefinition.Name] {
		dearest = max(dearest, c.custom(def.Name, f.Name, children, args, cost))
	}
	return dearest
}

// custom asks the schema. A cost below that of the children would hide them.
func (c *costing) custom(object, field string, children int, args map[string]any, otherwise int) int {
	cost, ok := c.es.Complexity(c.ctx, object, field, children, args)
	if !ok || cost < children {
		return otherwise
	}
	return cost
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
