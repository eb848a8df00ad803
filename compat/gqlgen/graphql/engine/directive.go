package engine

import (
	"context"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/internal/coerce"
	"github.com/vektah/gqlparser/v2/ast"
)

// Directive is a function that surrounds the fields that have a directive in the schema.
type Directive struct {
	// Args is that of Field, for the arguments of the directive.
	Args func(ctx context.Context, raw map[string]any) (map[string]any, error)
	// Call answers a field of parent in place of next, which it may ask.
	Call func(ctx context.Context, parent any, next graphql.Resolver, args map[string]any) (any, error)
}

// surrounded is a field within its directives, of which the last is the outermost. It is
// resolved, and no longer read: directives may wait for something.
func (s *Schema) surrounded(f *Field, applied ast.DirectiveList) *Field {
	call := f.call()
	found := false
	for _, each := range applied {
		if directive := s.tables.Directives[each.Name]; directive != nil {
			call, found = s.surround(call, directive, each), true
		}
	}
	if !found {
		return f
	}
	return &Field{Args: f.Args, Resolve: call, Value: f.Value, IsMethod: f.IsMethod}
}

type call = func(ctx context.Context, parent any, args map[string]any) (any, error)

func (s *Schema) surround(next call, directive *Directive, applied *ast.Directive) call {
	return func(ctx context.Context, parent any, args map[string]any) (any, error) {
		raw, invalid := coerce.Arguments(s.tables.Schema, applied.Definition.Arguments, applied.Arguments, nil)
		if invalid != nil {
			return nil, invalid
		}
		own, err := directive.Args(ctx, raw)
		if err != nil {
			return nil, argumentError("@"+applied.Name, err)
		}
		return directive.Call(ctx, parent, func(ctx context.Context) (any, error) { return next(ctx, parent, args) }, own)
	}
}
