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

// resolve answers Query._entities.
func (r *resolver) resolve(ctx context.Context, _ any, args map[string]any) (any, error) {
	representations, ok := args["representations"].([]any)
	if !ok {
		representations = []any{args["representations"]}
	}
	out := answers{make([]any, len(representations)), make([]error, len(representations))}
	calls := r.calls(ctx, representations, out)
	if err := engine.Parallel(ctx, len(calls), func(i int) { calls[i].make(ctx, out) }); err != nil {
		return nil, err
	}
	for i, err := range out.errors {
		if err != nil {
			graphql.AddError(graphql.WithFieldContext(ctx, &graphql.FieldContext{Index: &i}), err)
		}
	}
	return out.entities, nil
}

// answers are what became of each representation: an entity, an error, or neither.
// Calls write to places of their own.
type answers struct {
	entities []any
	errors   []error
}

// call is one call of an entity resolver, and the representations that it answers.
type call struct {
	tables   *engine.Tables
	typeName string
	key      *Key
	index    []int
	values   [][]any
}

// calls sorts representations by type and key, or one by one where a key finds one entity
// at a time.
func (r *resolver) calls(ctx context.Context, representations []any, out answers) []*call {
	var calls []*call
	open := map[*Key]*call{}
	for i, v := range representations {
		typeName, key, values, err := r.read(ctx, v)
		if err != nil {
			out.errors[i] = err
			continue
		}
		c := open[key]
		if c == nil {
			c = &call{tables: r.tables, typeName: typeName, key: key}
			calls = append(calls, c)
			if key.Many != nil {
				open[key] = c
			}
		}
		c.index = append(c.index, i)
		c.values = append(c.values, values)
	}
	return calls
}

// read finds the first key of which a representation has every field.
func (r *resolver) read(ctx context.Context, v any) (typeName string, key *Key, values []any, err error) {
	representation, ok := v.(map[string]any)
	if !ok {
		return "", nil, nil, refused("a representation must be an object")
	}
	typeName, _ = representation["__typename"].(string)
	keys, ok := r.types[typeName]
	if !ok {
		return "", nil, nil, refused("__typename is not an entity of this service")
	}
	for i := range keys {
		raw, ok := keys[i].find(representation)
		if !ok {
			continue
		}
		values, err := keys[i].decode(ctx, raw)
		return typeName, &keys[i], values, err
	}
	return "", nil, nil, refused("a representation of " + typeName + " names none of its keys")
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

// make calls the resolver. A panic, an error and an answer of another length than was
// asked for lose every entity of the call.
func (c *call) make(ctx context.Context, out answers) {
	found, errs, err := c.find(ctx)
	for i, at := range c.index {
		switch {
		case err != nil:
			out.errors[at] = err
		case errs != nil && errs[i] != nil:
			out.errors[at] = errs[i]
		case !c.matches(ctx, found[i], c.values[i]):
			out.errors[at] = fmt.Errorf("the resolver of %s answered another entity than the one asked for", c.typeName)
		default:
			out.entities[at] = found[i]
		}
	}
}

func (c *call) find(ctx context.Context) (found []any, errs []error, err error) {
	defer recovered(ctx, &err)
	if c.key.One != nil {
		entity, err := c.key.One(ctx, c.values[0])
		return []any{entity}, nil, err
	}
	found, err = c.key.Many(ctx, c.values)
	errs, err = engine.CheckBatch(len(c.index), len(found), err)
	return found, errs, err
}

// matches reports whether an entity has the key it was asked for by, so that a resolver
// that answers out of order cannot hand one record to another's reader. Key fields
// that the entity does not hold itself are not compared.
func (c *call) matches(ctx context.Context, entity any, values []any) bool {
	object := c.tables.Objects[c.typeName]
	if c.key.Many == nil || entity == nil || object == nil {
		return true
	}
	for i, field := range c.key.Fields {
		held := object.Fields[field.path[0]]
		if len(field.path) > 1 || held == nil || held.Read == nil || held.Value.Append == nil {
			continue
		}
		if same, err := field.same(ctx, held, entity, values[i]); err != nil || !same {
			return false
		}
	}
	return true
}

// same compares what an entity holds with a value, both as they are written.
func (f *Field) same(ctx context.Context, held *engine.Field, entity, value any) (same bool, err error) {
	defer recovered(ctx, &err)
	read, err := held.Read(ctx, entity, nil)
	if err != nil {
		return false, err
	}
	have, _, err := held.Value.Append(ctx, nil, read)
	if err != nil {
		return false, err
	}
	want, _, err := f.append(ctx, nil, value)
	return bytes.Equal(have, want), err
}

// recovered turns a panic into err. It is to be deferred.
func recovered(ctx context.Context, err *error) {
	if p := recover(); p != nil {
		*err = cmp.Or(graphql.Recover(ctx, p), errors.New("the resolver of an entity panicked"))
	}
}
