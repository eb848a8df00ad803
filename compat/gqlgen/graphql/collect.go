package graphql

import (
	"context"
	"slices"

	"github.com/vektah/gqlparser/v2/ast"
)

// CollectedField is a field of a selection set, with what every selection of the
// same response name asks below it.
type CollectedField struct {
	*ast.Field

	Selections ast.SelectionSet
}

// CollectFieldsCtx collects what is asked below the field that ctx belongs to.
func CollectFieldsCtx(ctx context.Context, satisfies []string) []CollectedField {
	return CollectFields(GetOperationContext(ctx), GetFieldContext(ctx).Field.Selections, satisfies)
}

// CollectAllFields names the fields asked below the field that ctx belongs to,
// whatever the type conditions of fragments, each once and in order.
func CollectAllFields(ctx context.Context) []string {
	var names []string
	for _, field := range CollectFieldsCtx(ctx, nil) {
		if !slices.Contains(names, field.Name) {
			names = append(names, field.Name)
		}
	}
	return names
}

// CollectFields flattens a selection set: fragments whose type condition is one
// of satisfies (any, if that is empty) are opened, @skip and @include obeyed, and
// selections of one response name joined. The order is that of the document.
// Specification: CollectFields.
func CollectFields(op *OperationContext, set ast.SelectionSet, satisfies []string) []CollectedField {
	c := collector{op: op, satisfies: satisfies, fields: make([]CollectedField, 0, len(set))}
	c.collect(set)
	return c.fields
}

type collector struct {
	op        *OperationContext
	satisfies []string
	fields    []CollectedField
	// visited fragments are not opened twice: their fields are there already.
	visited []string
}

func (c *collector) collect(set ast.SelectionSet) {
	for _, selection := range set {
		switch s := selection.(type) {
		case *ast.Field:
			if included(s.Directives, c.op.Variables) {
				c.add(s)
			}
		case *ast.InlineFragment:
			if included(s.Directives, c.op.Variables) && c.applies(s.TypeCondition) {
				c.collect(s.SelectionSet)
			}
		case *ast.FragmentSpread:
			c.spread(s)
		}
	}
}

func (c *collector) spread(s *ast.FragmentSpread) {
	if !included(s.Directives, c.op.Variables) || slices.Contains(c.visited, s.Name) {
		return
	}
	c.visited = append(c.visited, s.Name)
	fragment := c.op.Doc.Fragments.ForName(s.Name)
	if fragment != nil && c.applies(fragment.TypeCondition) {
		c.collect(fragment.SelectionSet)
	}
}

func (c *collector) applies(condition string) bool {
	return condition == "" || len(c.satisfies) == 0 || slices.Contains(c.satisfies, condition)
}

func (c *collector) add(f *ast.Field) {
	for i := range c.fields {
		have := &c.fields[i]
		if have.Alias == f.Alias && (have.ObjectDefinition == f.ObjectDefinition || len(c.satisfies) > 0) {
			if len(f.SelectionSet) > 0 {
				have.Selections = slices.Concat(have.Selections, f.SelectionSet)
			}
			return
		}
	}
	c.fields = append(c.fields, CollectedField{Field: f, Selections: f.SelectionSet})
}

// included obeys @skip and @include. Specification: field selections are kept
// when neither excludes them.
func included(directives ast.DirectiveList, variables map[string]any) bool {
	for _, d := range directives {
		if d.Name == "skip" && condition(d, variables) || d.Name == "include" && !condition(d, variables) {
			return false
		}
	}
	return true
}

func condition(d *ast.Directive, variables map[string]any) bool {
	arg := d.Arguments.ForName("if")
	if arg == nil {
		return false
	}
	yes, err := arg.Value.Value(variables)
	return err == nil && yes == true
}
