package binder

import (
	"cmp"
	"errors"
	"fmt"
	"go/types"
	"slices"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
)

// Ref is a GraphQL type as a Go type.
type Ref struct {
	GraphQL *ast.Type
	// Def is the definition of the innermost type.
	Def *ast.Definition
	// Go is the whole Go type, slices and pointers included.
	Go types.Type
	// Model is what the innermost Go type is bound as.
	Model *Model
	// Omittable is what graphql.Omittable is of, where Go is one.
	Omittable types.Type
}

// Elem is the type of a list's elements.
func (r *Ref) Elem() *Ref {
	return &Ref{GraphQL: r.GraphQL.Elem, Def: r.Def, Go: ElemOf(r.Go), Model: r.Model}
}

// ElemOf is the element of a slice.
func ElemOf(t types.Type) types.Type { return t.Underlying().(*types.Slice).Elem() }

// Default is the Go type that a GraphQL type has where none is given: pointers for
// what may be null, and for structs in lists.
func (b *Binder) Default(t *ast.Type) *Ref {
	model := b.Model(t.Name())
	return &Ref{GraphQL: t, Def: b.cfg.Schema.Types[t.Name()], Model: model, Go: modified(t, model.Type)}
}

func modified(t *ast.Type, base types.Type) types.Type {
	if t.Elem != nil {
		return types.NewSlice(StructPointer(modified(t.Elem, base)))
	}
	switch base.Underlying().(type) {
	case *types.Interface, *types.Map, *types.Slice, *types.Pointer:
		return base
	}
	if t.NonNull {
		return base
	}
	return types.NewPointer(base)
}

// StructPointer makes a struct a pointer to one, as resolvers answer and models hold them.
func StructPointer(t types.Type) types.Type {
	if _, isStruct := t.Underlying().(*types.Struct); isStruct {
		return types.NewPointer(t)
	}
	return t
}

// Match sees a GraphQL type in a Go type that was written by hand. Lists must be
// slices; pointers may stand where the schema has none and the other way round.
func (b *Binder) Match(t *ast.Type, actual types.Type) (*Ref, error) {
	ref := &Ref{GraphQL: t, Def: b.cfg.Schema.Types[t.Name()], Go: actual, Omittable: omittable(actual)}
	inner := types.Unalias(actual)
	if ref.Omittable != nil {
		inner = types.Unalias(ref.Omittable)
	}
	for level := t; level.Elem != nil; level = level.Elem {
		slice, ok := inner.(*types.Slice)
		if !ok {
			return nil, fmt.Errorf("%s is not a list as %s is", TypeName(actual), t)
		}
		inner = types.Unalias(slice.Elem())
	}
	if pointer, ok := inner.(*types.Pointer); ok {
		inner = types.Unalias(pointer.Elem())
	}
	for _, model := range b.models[t.Name()] {
		if TypeName(model.Type) == TypeName(inner) {
			ref.Model = model
			return ref, nil
		}
	}
	return nil, fmt.Errorf("%s is not bound to %s", t.Name(), TypeName(inner))
}

// TypeName spells a type with import paths in full. Types of different loads are the
// same if they are spelt alike.
func TypeName(t types.Type) string {
	return types.TypeString(types.Unalias(t), func(p *types.Package) string { return p.Path() })
}

func omittable(t types.Type) types.Type {
	named, ok := types.Unalias(t).(*types.Named)
	if !ok || named.TypeArgs().Len() != 1 || named.Obj().Pkg().Path() != GraphQL || named.Obj().Name() != "Omittable" {
		return nil
	}
	return named.TypeArgs().At(0)
}

// Arg is an argument and its Go type.
type Arg struct {
	Def *ast.ArgumentDefinition
	Ref *Ref
}

// Access is how the value of a GraphQL field is had, or where that of an input's field goes.
type Access struct {
	// Member is the Go name of the struct field or method; none of a resolver.
	Member string
	Ref    *Ref
	Args   []*Arg
	// Method says that Member is a method, and the others what it or the resolver has.
	Method, Context, Error bool
}

// ErrNoMember is answered where a Go type has no member for a GraphQL field.
var ErrNoMember = errors.New("no such field or method")

// Access finds the method or struct field of owner for a GraphQL field, by the name it
// is bound to or else its own, without regard to case.
func (b *Binder) Access(owner types.Type, def *ast.Definition, field *ast.FieldDefinition) (*Access, error) {
	if method := findMethod(owner, b.goName(def, field)); method != nil {
		return b.method(method, field)
	}
	return b.Member(owner, def, field)
}

// Member is Access without methods.
func (b *Binder) Member(owner types.Type, def *ast.Definition, field *ast.FieldDefinition) (*Access, error) {
	member, err := findField(owner, b.goName(def, field))
	if err != nil {
		return nil, fmt.Errorf("%s.%s: %w", def.Name, field.Name, err)
	}
	ref, err := b.Match(field.Type, member.Type())
	return &Access{Member: member.Name(), Ref: ref}, err
}

func (b *Binder) goName(def *ast.Definition, field *ast.FieldDefinition) string {
	return cmp.Or(b.cfg.Models[def.Name].Fields[field.Name].FieldName, field.Name)
}

// method sees a field in a method that takes the field's arguments, by name and in their
// order, perhaps after a context.
func (b *Binder) method(method *types.Func, field *ast.FieldDefinition) (*Access, error) {
	access := &Access{Member: method.Name(), Method: true}
	params, results := slices.Collect(method.Signature().Params().Variables()), method.Signature().Results()
	if len(params) > 0 && TypeName(params[0].Type()) == "context.Context" {
		access.Context, params = true, params[1:]
	}
	access.Error = results.Len() == 2 && TypeName(results.At(1).Type()) == "error"
	if len(params) != len(field.Arguments) || results.Len() != 1 && !access.Error {
		return nil, fmt.Errorf("method %s must take the field's arguments, and answer one value and an error at most", method.Name())
	}
	for i, arg := range field.Arguments {
		ref, err := b.Match(arg.Type, params[i].Type())
		if err != nil || !strings.EqualFold(arg.Name, params[i].Name()) {
			return nil, fmt.Errorf("method %s: %s is not argument %s: %w", method.Name(), params[i].Name(), arg.Name, cmp.Or(err, ErrNoMember))
		}
		access.Args = append(access.Args, &Arg{Def: arg, Ref: ref})
	}
	var err error
	if access.Ref, err = b.Match(field.Type, results.At(0).Type()); err != nil {
		return nil, fmt.Errorf("method %s: %w", method.Name(), err)
	}
	return access, nil
}

// findMethod prefers the method whose name is right to the letter.
func findMethod(owner types.Type, name string) (found *types.Func) {
	if !types.IsInterface(owner) {
		owner = types.NewPointer(owner)
	}
	for selection := range types.NewMethodSet(owner).Methods() {
		method := selection.Obj().(*types.Func)
		if method.Exported() && strings.EqualFold(method.Name(), name) && (found == nil || method.Name() == name) {
			found = method
		}
	}
	return found
}

// findField looks in a struct, and then in what it embeds.
func findField(owner types.Type, name string) (found *types.Var, err error) {
	if pointer, ok := types.Unalias(owner).(*types.Pointer); ok {
		owner = pointer.Elem()
	}
	structure, ok := owner.Underlying().(*types.Struct)
	if !ok {
		return nil, ErrNoMember
	}
	for member := range structure.Fields() {
		switch named := member.Exported() && strings.EqualFold(member.Name(), name); {
		case named && found != nil:
			return nil, fmt.Errorf("%s has several fields that could be %s", TypeName(owner), name)
		case named:
			found = member
		}
	}
	for member := range structure.Fields() {
		if found == nil && member.Embedded() {
			found, err = findField(member.Type(), name)
		}
	}
	if found == nil && err == nil {
		err = ErrNoMember
	}
	return found, err
}
