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
	visited []*ast.FragmentDefinition
}

func (c *collector) collect(set ast.SelectionSet) {
	for _, selection := range set {
		switch s := selection.(type) {
		case *ast.Field:
			if c.included(s.Directives) {
				c.add(s)
			}
		case *ast.InlineFragment:
			if c.included(s.Directives) {
				c.open(s.TypeCondition, s.SelectionSet)
			}
		case *ast.FragmentSpread:
			fragment := c.op.Doc.Fragments.ForName(s.Name)
			if fragment != nil && c.included(s.Directives) && !slices.Contains(c.visited, fragment) {
				c.visited = append(c.visited, fragment)
				c.open(fragment.TypeCondition, fragment.SelectionSet)
			}
		}
	}
}

func (c *collector) open(condition string, set ast.SelectionSet) {
	if condition == "" || len(c.satisfies) == 0 || slices.Contains(c.satisfies, condition) {
		c.collect(set)
	}
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
func (c *collector) included(directives ast.DirectiveList) bool {
	for _, d := range directives {
		if d.Name == "skip" && c.condition(d) || d.Name == "include" && !c.condition(d) {
			return false
		}
	}
	return true
}

func (c *collector) condition(d *ast.Directive) bool {
	arg := d.Arguments.ForName("if")
	if arg == nil {
		return false
	}
	yes, err := arg.Value.Value(c.op.Variables)
	return err == nil && yes == true
}
