package graph

import (
	"context"
	"fmt"
	"log/slog"
	"strings"

	"github.com/99designs/gqlgen/graphql"

	"lfpse/internal/authz"
)

// FieldGuard stands before every field of every object, whichever way the
// object was reached, and lets through what policy lets the reader see of it. A field that policy
// does not know is hidden: null.
type FieldGuard struct {
	Policy Classes
	Log    *slog.Logger
}

// Classes answers the class of each field of the graph.
type Classes interface {
	ClassOf(object, field string) (class authz.Class, ok bool)
}

// shower is an object that knows what its reader is shown of it.
type shower interface {
	Shows(class authz.Class) bool
}

// partial is an object that knows what of it was read: what was not is an error,
// never null.
type partial interface {
	Loaded(field string) bool
}

var (
	_ graphql.HandlerExtension = FieldGuard{}
	_ graphql.FieldInterceptor = FieldGuard{}
)

// ExtensionName names the extension.
func (FieldGuard) ExtensionName() string { return "FieldGuard" }

// Validate has nothing to check of the schema.
func (FieldGuard) Validate(graphql.ExecutableSchema) error { return nil }

// InterceptField hides what is not to be seen.
func (g FieldGuard) InterceptField(ctx context.Context, next graphql.Resolver) (any, error) {
	field := graphql.GetFieldContext(ctx)
	if reflective(field) {
		return next(ctx)
	}
	class, known := g.Policy.ClassOf(field.Object, field.Field.Name)
	if !known {
		g.Log.ErrorContext(ctx, "a field is hidden because policy does not know it", "object", field.Object, "field", field.Field.Name)
		return nil, nil
	}
	if field.Parent != nil {
		if object, ok := field.Parent.Result.(partial); ok && !object.Loaded(field.Field.Name) {
			return nil, fmt.Errorf("%s.%s is asked for and was not read", field.Object, field.Field.Name)
		}
	}
	if class != authz.Public && !showsTo(field.Parent, class) {
		return nil, nil
	}
	return next(ctx)
}

func showsTo(parent *graphql.FieldContext, class authz.Class) bool {
	if parent == nil {
		return false
	}
	object, ok := parent.Result.(shower)
	return ok && object.Shows(class)
}

// reflective tells the fields that describe the schema and federation's own,
// which the entities behind them guard themselves.
func reflective(field *graphql.FieldContext) bool {
	return strings.HasPrefix(field.Object, "_") || strings.HasPrefix(field.Field.Name, "_")
}
