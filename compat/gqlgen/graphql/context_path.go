package graphql

import (
	"context"
	"slices"

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
	var path ast.Path
	for at := p; at != nil; at = at.Parent {
		switch {
		case at.Index != nil:
			path = append(path, ast.PathIndex(*at.Index))
		case at.Field != nil:
			path = append(path, ast.PathName(*at.Field))
		}
	}
	slices.Reverse(path)
	if p == nil || p.ParentField == nil {
		return path
	}
	return append(p.ParentField.Path(), path...)
}

// NewPathWithField is the place of an argument or an input field.
func NewPathWithField(field string) *PathContext { return &PathContext{Field: &field} }

// NewPathWithIndex is the place of an element of a list.
func NewPathWithIndex(index int) *PathContext { return &PathContext{Index: &index} }

// WithPathContext returns a context for a place inside the one ctx belongs to.
func WithPathContext(ctx context.Context, place *PathContext) context.Context {
	place.ParentField = GetFieldContext(ctx)
	place.Parent, _ = ctx.Value(pathKey{}).(*PathContext)
	if place.Parent != nil && place.Parent.ParentField != place.ParentField {
		place.Parent = nil // the outer place was inside another field's arguments
	}
	return context.WithValue(ctx, pathKey{}, place)
}

// GetPath is the path of what ctx belongs to: a place inside a field's arguments,
// a field, or nothing (nil).
func GetPath(ctx context.Context) ast.Path {
	field := GetFieldContext(ctx)
	place, _ := ctx.Value(pathKey{}).(*PathContext)
	if place != nil && (field == nil || place.ParentField == field) {
		return place.Path()
	}
	return field.Path()
}
