//go:build conformance

package differential

import (
	"context"
	"errors"

	"github.com/99designs/gqlgen/codegen/coerce"
	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/engine"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// tables describes the schema to the engine. Which fields are read, resolved one
// by one or resolved as a batch is drawn from the seed: it must not show.
func (a *answers) tables() *engine.Tables {
	t := &engine.Tables{
		Schema:   a.schema,
		Objects:  map[string]*engine.Object{},
		ObjectOf: func(value any) string { return value.(*object).typ },
	}
	for name, def := range a.schema.Types {
		if def.Kind != ast.Object || name[0] == '_' {
			continue
		}
		o := &engine.Object{Name: name, Fields: map[string]*engine.Field{}}
		for _, field := range def.Fields {
			if field.Name[0] != '_' {
				o.Fields[field.Name] = a.table(def, field)
			}
		}
		t.Objects[name] = o
	}
	return t
}

type resolver func(ctx context.Context, parent any, args map[string]any) (any, error)

// panicking panics where one fails so.
func panicking(one resolver) resolver {
	return func(ctx context.Context, parent any, args map[string]any) (any, error) {
		value, err := one(ctx, parent, args)
		if errors.Is(err, errPanic) {
			panic(err)
		}
		return value, err
	}
}

func (a *answers) table(def *ast.Definition, field *ast.FieldDefinition) *engine.Field {
	f := &engine.Field{Value: a.completion(field.Type)}
	if len(field.Arguments) > 0 {
		f.Args = func(_ context.Context, raw map[string]any) (map[string]any, error) { return raw, nil }
	}
	one := func(ctx context.Context, parent any, args map[string]any) (any, error) {
		if parent == nil {
			parent = &object{}
		}
		if def == a.schema.Mutation {
			counter(ctx).Add(1)
		}
		return a.field(ctx, parent.(*object), field, args)
	}
	root := def == a.schema.Query || def == a.schema.Mutation
	switch form := a.draw(def.Name+"."+field.Name, "form", 3); {
	case form == 0 && !root:
		f.Batch = batch(one)
	case form == 1:
		f.Resolve = panicking(one)
	default:
		f.Read = panicking(one)
		switch {
		case root || len(field.Arguments) > 0:
		case f.Value.Append != nil:
			f.AppendLeaf = appendDirectly(f.Read)
		case f.Value.Elem != nil && a.schema.Types[field.Type.Name()].IsCompositeType() && sure(field):
			f.AppendElems = appendElems(f.Read, f.Value.Elems)
		}
	}
	return f
}

// batch resolves each parent with one. Where every parent fails alike it
// is not told parent by parent.
func batch(one resolver) func(context.Context, []any, map[string]any) ([]any, error) {
	return func(ctx context.Context, parents []any, args map[string]any) ([]any, error) {
		values, errs := make([]any, len(parents)), make(graphql.BatchErrorList, len(parents))
		failed := false
		for i, parent := range parents {
			values[i], errs[i] = one(ctx, parent, args)
			failed = failed || errs[i] != nil
		}
		switch {
		case !failed:
			return values, nil
		case len(parents) == 1:
			return nil, errs[0]
		default:
			return values, errs
		}
	}
}

// appendDirectly writes what a leaf is read as.
func appendDirectly(read resolver) func(ctx context.Context, dst []byte, parent any) ([]byte, bool, error) {
	return func(ctx context.Context, dst []byte, parent any) ([]byte, bool, error) {
		value, err := read(ctx, parent, nil)
		if err != nil {
			return append(dst, "half"...), false, err
		}
		return appendLeaf(dst, value)
	}
}

// appendElems takes a list that never fails apart.
func appendElems(read resolver, elems func(list any, to []any) ([]any, bool)) func(to []any, parent any) ([]any, bool) {
	return func(to []any, parent any) ([]any, bool) {
		list, _ := read(context.Background(), parent, nil)
		return elems(list, to)
	}
}

// completion mirrors a type for the engine.
func (a *answers) completion(typ *ast.Type) *engine.Value {
	v := &engine.Value{NonNull: typ.NonNull, Type: typ.Name()}
	switch {
	case typ.Elem != nil:
		v.Elem = a.completion(typ.Elem)
		v.Elems = func(list any, to []any) ([]any, bool) {
			elems, _ := list.([]any)
			return coerce.AppendElems(to, elems, coerce.Untyped)
		}
	case a.schema.Types[typ.NamedType].IsLeafType():
		v.Append = func(_ context.Context, dst []byte, value any) ([]byte, bool, error) { return appendLeaf(dst, value) }
	}
	return v
}

func appendLeaf(dst []byte, value any) ([]byte, bool, error) {
	var err error
	switch v := value.(type) {
	case nil:
		return dst, false, nil
	case int32:
		dst = engine.AppendInt(dst, v)
	case float64:
		dst, err = engine.AppendFloat(dst, v)
	case bool:
		dst = engine.AppendBool(dst, v)
	case string:
		dst = engine.AppendString(dst, v)
	case enumValue:
		dst = engine.AppendString(dst, string(v))
	case scalarJSON:
		dst = append(dst, v...)
	default:
		err = gqlerror.Errorf("unwritable")
	}
	return dst, true, err
}
