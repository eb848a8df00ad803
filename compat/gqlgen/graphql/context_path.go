package graphql

import (
	"context"

	"github.com/vektah/gqlparser/v2/ast"
)

type pathKey struct{}

// PathContext is a place inside the arguments of a field, for the errors of
// reading them.
type PathContext struct {
	ParentField *FieldContext
	Parent      *PathContext
	Field       *string
	Index       *int
}

// Path is the path of the field followed by the place inside its arguments.
func (p *PathContext) Path() ast.Path {
	if p == nil {
		return nil
	}
	path := p.Parent.Path()
	if p.Parent == nil {
		path = p.ParentField.Path()
	}
	switch {
	case p.Index != nil:
		return append(path, ast.PathIndex(*p.Index))
	case p.Field != nil:
		return append(path, ast.PathName(*p.Field))
	}
	return path
}

// NewPathWithField is the place of an argument or an input field.
func NewPathWithField(field string) *PathContext { return &PathContext{Field: &field} }

// NewPathWithIndex is the place of an element of a list.
func NewPathWithIndex(index int) *PathContext { return &PathContext{Index: &index} }

// GetPathContext returns the place inside arguments that ctx belongs to, or nil.
func GetPathContext(ctx context.Context) *PathContext {
	place, _ := ctx.Value(pathKey{}).(*PathContext)
	return place
}

// WithPathContext returns a context for a place inside the one ctx belongs to.
func WithPathContext(ctx context.Context, place *PathContext) context.Context {
	place.ParentField = GetFieldContext(ctx)
	place.Parent = GetPathContext(ctx)
	if place.Parent != nil && place.Parent.ParentField != place.ParentField {
		place.Parent = nil // the outer place was inside another field's arguments
	}
	return context.WithValue(ctx, pathKey{}, place)
}

// GetPath is the path of what ctx belongs to: a place inside a field's arguments,
// a field, or nothing (nil).
func GetPath(ctx context.Context) ast.Path {
	field := GetFieldContext(ctx)
	place := GetPathContext(ctx)
	if place != nil && (field == nil || place.ParentField == field) {
		return place.Path()
	}
	return field.Path()
}
