package graphql

import (
	"context"

	"github.com/99designs/gqlgen/graphql/internal/fieldkey"
	"github.com/vektah/gqlparser/v2/ast"
)

// FieldContext describes the field that is being resolved.
//
// The one a leaf field's middleware sees is used again for the next row: it is
// valid during the call and must not be kept.
type FieldContext struct {
	// Parent is the context of the enclosing field, or of the list element that
	// holds this field's object. Its Result is the object.
	Parent *FieldContext
	// Object is the name of the object type the field belongs to; it is
	// the concrete type where the field was selected through an interface.
	Object string
	// Args are the arguments as the resolver takes them. Middleware may
	// replace them before it calls its next resolver.
	Args map[string]any
	// Field is the selection, with Field.Definition from the schema. It is
	// empty for a list element.
	Field CollectedField
	// Index is the position of a list element, nil for everything else.
	Index *int
	// Result is what the resolver answered, once it has.
	Result any
	// IsMethod says that the value is read by calling a method.
	IsMethod bool
	// IsResolver says that the field has a resolver of its own.
	IsResolver bool
}

// Path is the place of the field in the response.
func (r *FieldContext) Path() ast.Path {
	if r == nil {
		return nil
	}
	path := r.Parent.Path()
	switch {
	case r.Index != nil:
		return append(path, ast.PathIndex(*r.Index))
	case r.Field.Field != nil:
		return append(path, ast.PathName(r.Field.Alias))
	}
	return path
}

// GetFieldContext returns the context of the field that ctx belongs to, or nil.
func GetFieldContext(ctx context.Context) *FieldContext {
	field, _ := ctx.Value(fieldkey.Key{}).(*FieldContext)
	return field
}

// WithFieldContext returns a context for field, whose parent becomes the field
// that ctx belongs to.
func WithFieldContext(ctx context.Context, field *FieldContext) context.Context {
	field.Parent = GetFieldContext(ctx)
	return context.WithValue(ctx, fieldkey.Key{}, field)
}

// GetPath is the path of the field that ctx belongs to.
func GetPath(ctx context.Context) ast.Path { return GetFieldContext(ctx).Path() }

// RootFieldContext describes a field of a root type.
type RootFieldContext struct {
	// Object is the name of the root type.
	Object string
	Field  CollectedField
}

// GetRootFieldContext returns the root field that ctx is at or below, or nil.
func GetRootFieldContext(ctx context.Context) *RootFieldContext {
	var root *RootFieldContext
	for at := GetFieldContext(ctx); at != nil; at = at.Parent {
		if at.Field.Field != nil {
			root = &RootFieldContext{Object: at.Object, Field: at.Field}
		}
	}
	return root
}
