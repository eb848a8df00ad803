package engine

import (
	"context"

	"github.com/vektah/gqlparser/v2/ast"
)

// Tables is everything the engine knows of a schema. Generated code builds it once,
// when NewExecutableSchema is called.
type Tables struct {
	// Schema is the parsed schema, federation's additions included.
	Schema *ast.Schema
	// Objects holds every object type by its GraphQL name, the root types included.
	Objects map[string]*Object
	// Directives are the functions of the schema's directives, by their names. Batch and
	// Stream fields, and those of interfaces, must not have any.
	Directives map[string]*Directive
	// ObjectOf tells which object type a Go value is, for values of interfaces
	// and unions. The empty string means that the value is of none.
	ObjectOf func(value any) string
	// Complexity answers the cost of a field where a complexity function is
	// configured; ok is false where none is. args are Go values, as the field's
	// Args returns them. It may be nil.
	Complexity func(ctx context.Context, object, field string, childComplexity int, args map[string]any) (cost int, ok bool)
}

// Object is one object type.
type Object struct {
	Name   string
	Fields map[string]*Field
}

// Field is one field of an object type. Exactly one of Read, Member, Resolve, Batch and
// Stream is set. A panic in any of them loses the field of that parent (of those
// parents, for Batch) and nothing else.
//
// A context handed to them carries the field's graphql.FieldContext.
type Field struct {
	// Args turns the coerced arguments (variables and defaults applied, by
	// GraphQL name) into Go values as the resolver takes them (by GraphQL name
	// too). Nil for a field without arguments. It is called once for all
	// parents of a level, so the values it returns are shared and must not be
	// changed by resolvers.
	Args func(ctx context.Context, raw map[string]any) (map[string]any, error)

	// Read takes the value from a parent without input or output: a struct
	// field or a method. It is called inline. parent is nil for root fields.
	// Where it calls no method (see IsMethod), its context may be the operation's, and
	// it may be called more than once for a parent.
	Read func(ctx context.Context, parent any, args map[string]any) (any, error)
	// Resolve calls a resolver for one parent; calls run concurrently, except
	// for the root fields of a mutation. parent is nil for root fields.
	Resolve func(ctx context.Context, parent any, args map[string]any) (any, error)
	// Batch calls a batch resolver for every parent of a level at once. parents
	// holds no nils. A result shorter or longer than parents fails all of them.
	// An error that is a graphql.BatchErrors speaks of each parent by position;
	// any other error fails all of them.
	Batch func(ctx context.Context, parents []any, args map[string]any) ([]any, error)
	// Stream calls a subscription's resolver. The channel must be closed once
	// the context is done; generated code forwards the resolver's typed channel.
	Stream func(ctx context.Context, args map[string]any) (<-chan any, error)

	// IsMethod says that Read calls a method.
	IsMethod bool

	// Value says how a value of the field becomes part of the answer.
	Value *Value

	// Member is Read for a member of a struct, and all that needs to be set of the two. An
	// object that it answers is untyped nil where it is nil.
	Member func(parent any) any

	// AppendLeaf and AppendElems, where set, are Read and what Value does with its answer
	// in one, without boxing that: Append for a leaf, Elems for a list of objects. They
	// are called where there is no argument and no middleware that needs to see the value, and
	// maybe more than once. Set AppendElems only for members of structs.
	AppendLeaf  func(ctx context.Context, dst []byte, parent any) (out []byte, ok bool, err error)
	AppendElems func(to []any, parent any) (elems []any, ok bool)
}

// Value tells how a Go value is completed. It mirrors the field's GraphQL type,
// list level by list level.
type Value struct {
	// NonNull says that null here is an error that moves to the parent.
	NonNull bool
	// Elem is the completion of each element; nil unless the type is a list.
	Elem *Value
	// Elems appends the elements of a Go slice, nil pointers as untyped nil.
	// Structs held by value are passed as pointers into the slice. ok is false for
	// a nil slice, which is null where the type admits null and the empty list
	// where it does not; and for a value that is not of the slice's type, which is
	// an error of the field.
	Elems func(list any, to []any) (elems []any, ok bool)
	// Append appends the JSON of a leaf (scalar or enum); ok is false for null,
	// nil pointers included. Nil unless the type is a leaf. ctx is the
	// operation's, not the field's.
	Append func(ctx context.Context, dst []byte, value any) (out []byte, ok bool, err error)
	// Type is the name of the GraphQL type: the object, interface, union,
	// scalar or enum innermost in the field's type.
	Type string
}

// innermost is the completion of what is in the lists.
func (v *Value) innermost() *Value {
	for v.Elem != nil {
		v = v.Elem
	}
	return v
}
