package fedruntime

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"

	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/99designs/gqlgen/codegen/coerce"
	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/engine"
)

// Type lists the keys by which an entity can be found, in the schema's order.
type Type []Key

// Key is one @key. Exactly one of One and Many is set.
type Key struct {
	Fields []Field
	// One finds the entity of one key, whose values stand in the order of Fields. Nil is
	// no such entity.
	One func(ctx context.Context, key []any) (any, error)
	// Many finds the entities of many keys at once, one per key and in their order.
	Many func(ctx context.Context, keys [][]any) ([]any, error)
}

// Field is a field of a key.
type Field struct {
	path   []string
	decode func(ctx context.Context, v any) (any, error)
	append appender
}

type appender = func(ctx context.Context, dst []byte, value any) ([]byte, bool, error)

// NewField is the key field at path, read by decode and written by write.
func NewField[T any](decode coerce.Decoder[T], write appender, path ...string) Field {
	return Field{
		path:   path,
		decode: func(ctx context.Context, v any) (any, error) { return decode(ctx, v) },
		append: write,
	}
}

// AddEntities adds Query._entities, which finds entities by the keys of types.
//
// Representations that name the same type by the same key are one group, and the
// groups are resolved side by side. The answer has one entry per representation, in
// their order: null, with an error at its place, where the representation is of no
// entity or names none of its keys, and null alone where there is no such entity.
func AddEntities(tables *engine.Tables, types map[string]Type) {
	resolver := &resolver{tables: tables, types: types}
	tables.Objects[tables.Schema.Query.Name].Fields["_entities"] = &engine.Field{
		Args:    func(_ context.Context, raw map[string]any) (map[string]any, error) { return raw, nil },
		Resolve: resolver.resolve,
		Value: &engine.Value{
			Type: "_Entity", NonNull: true,
			Elems: coerce.Elems(func(v any) any { return v }),
			Elem:  &engine.Value{Type: "_Entity"},
		},
	}
}

type resolver struct {
	tables *engine.Tables
	types  map[string]Type
}

// group is the representations that one key of one type answers.
type group struct {
	typeName string
	key      *Key
	index    []int
	values   [][]any
}

// outcome is what became of each representation. Groups write to places of their own.
type outcome struct {
	entities []any
	errors   []error
}

func (r *resolver) resolve(ctx context.Context, _ any, args map[string]any) (any, error) {
	representations, ok := args["representations"].([]any)
	if !ok {
		representations = []any{args["representations"]}
	}
	out := &outcome{make([]any, len(representations)), make([]error, len(representations))}
	groups := r.group(ctx, representations, out)
	if err := runAll(ctx, tasks(groups), func(g *group) { r.run(ctx, g, out) }); err != nil {
		return nil, err
	}
	for i, err := range out.errors {
		if err != nil {
			out.entities[i] = nil
			addError(ctx, i, err)
		}
	}
	return out.entities, nil
}

func addError(ctx context.Context, i int, err error) {
	graphql.AddError(graphql.WithFieldContext(ctx, &graphql.FieldContext{Index: &i}), err)
}

// group sorts representations by type and key.
func (r *resolver) group(ctx context.Context, representations []any, out *outcome) []*group {
	type place struct {
		typeName string
		key      int
	}
	var order []*group
	groups := map[place]*group{}
	for i, v := range representations {
		typeName, key, values, err := r.read(ctx, v)
		if err != nil {
			out.errors[i] = err
			continue
		}
		p := place{typeName, key}
		g := groups[p]
		if g == nil {
			g = &group{typeName: typeName, key: &r.types[typeName][key]}
			groups[p] = g
			order = append(order, g)
		}
		g.index = append(g.index, i)
		g.values = append(g.values, values)
	}
	return order
}

// read finds the first key of which a representation has every field.
func (r *resolver) read(ctx context.Context, v any) (typeName string, key int, values []any, err error) {
	representation, ok := v.(map[string]any)
	if !ok {
		return "", 0, nil, refused("a representation must be an object")
	}
	typeName, _ = representation["__typename"].(string)
	keys, ok := r.types[typeName]
	if !ok {
		return "", 0, nil, refused("__typename is not an entity of this service")
	}
	for i := range keys {
		raw, ok := keys[i].find(representation)
		if !ok {
			continue
		}
		values, err := keys[i].decode(ctx, raw)
		return typeName, i, values, err
	}
	return "", 0, nil, refused("a representation of " + typeName + " names none of its keys")
}

func refused(message string) error {
	return &gqlerror.Error{Message: message, Extensions: map[string]any{"code": "BAD_USER_INPUT"}}
}

// find looks up the key's fields; ok is false where one is missing or null.
func (k *Key) find(representation map[string]any) (raw []any, ok bool) {
	raw = make([]any, len(k.Fields))
	for i, field := range k.Fields {
		var v any = representation
		for _, name := range field.path {
			object, _ := v.(map[string]any)
			v = object[name]
		}
		if v == nil {
			return nil, false
		}
		raw[i] = v
	}
	return raw, true
}

func (k *Key) decode(ctx context.Context, raw []any) ([]any, error) {
	values := make([]any, len(raw))
	for i, field := range k.Fields {
		v, err := field.decode(ctx, raw[i])
		if err != nil {
			name := field.path[len(field.path)-1]
			return nil, refused("representation: " + name + ": " + err.Error())
		}
		values[i] = v
	}
	return values, nil
}

// errPanicked stands in where the server's recover function gives no error.
var errPanicked = errors.New("the resolver of an entity panicked")

// run resolves a group: at once where its key can, and otherwise its one representation.
func (r *resolver) run(ctx context.Context, g *group, out *outcome) {
	defer func() {
		if p := recover(); p != nil {
			g.fail(out, cmp.Or(graphql.Recover(ctx, p), errPanicked))
		}
	}()
	if g.key.One != nil {
		out.entities[g.index[0]], out.errors[g.index[0]] = g.key.One(ctx, g.values[0])
		return
	}
	found, err := g.key.Many(ctx, g.values)
	partial, isPartial := partialErrors(err, len(g.index))
	if err != nil && !isPartial {
		g.fail(out, err)
		return
	}
	if len(found) != len(g.index) {
		g.fail(out, fmt.Errorf("the resolver of %s answered %d entities for %d representations", g.typeName, len(found), len(g.index)))
		return
	}
	for i, entity := range found {
		at := g.index[i]
		if isPartial && partial[i] != nil {
			out.errors[at] = partial[i]
			continue
		}
		if !r.matches(ctx, g, entity, g.values[i]) {
			out.errors[at] = fmt.Errorf("the resolver of %s answered another entity than the one asked for", g.typeName)
			continue
		}
		out.entities[at] = entity
	}
}

func (g *group) fail(out *outcome, err error) {
	for _, at := range g.index {
		out.errors[at] = err
	}
}

// matches reports whether an entity has the key it was asked for by, so that a resolver
// that answers out of order cannot hand one record to another's reader. Key fields
// that the entity does not hold itself are not compared.
func (r *resolver) matches(ctx context.Context, g *group, entity any, values []any) bool {
	object := r.tables.Objects[g.typeName]
	if entity == nil || object == nil {
		return true
	}
	for i, field := range g.key.Fields {
		if len(field.path) != 1 {
			continue
		}
		held := object.Fields[field.path[0]]
		if held == nil || held.Read == nil || held.Value.Append == nil {
			continue
		}
		value, err := held.Read(ctx, entity, nil)
		if err != nil {
			return false
		}
		have, haveOK, haveErr := held.Value.Append(ctx, nil, value)
		want, wantOK, wantErr := field.append(ctx, nil, values[i])
		if haveErr != nil || wantErr != nil || haveOK != wantOK || !bytes.Equal(have, want) {
			return false
		}
	}
	return true
}
