package binder

import (
	"errors"
	"fmt"
	"go/types"
	"reflect"
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
	// Omittable says that Go is wrapped in graphql.Omittable.
	Omittable bool
}

// Default is the Go type that a GraphQL type has where none is given: pointers for
// what may be null, and for structs in lists.
func (b *Binder) Default(t *ast.Type) (*Ref, error) {
	models := b.models[t.Name()]
	if len(models) == 0 {
		return nil, fmt.Errorf("%s is bound to no Go type", t.Name())
	}
	ref := &Ref{GraphQL: t, Def: b.cfg.Schema.Types[t.Name()], Model: models[0]}
	ref.Go = b.modified(t, models[0].Type)
	return ref, nil
}

func (b *Binder) modified(t *ast.Type, base types.Type) types.Type {
	if t.Elem != nil {
		elem := b.modified(t.Elem, base)
		if _, isStruct := elem.Underlying().(*types.Struct); isStruct && !b.cfg.OmitSliceElementPointers {
			elem = types.NewPointer(elem)
		}
		return types.NewSlice(elem)
	}
	if t.NonNull || nilable(base) {
		return base
	}
	return types.NewPointer(base)
}

// PointerResult makes a struct that a resolver answers a pointer.
func (b *Binder) PointerResult(ref *Ref) {
	if _, isStruct := ref.Go.Underlying().(*types.Struct); isStruct && b.cfg.PointerResults() {
		ref.Go = types.NewPointer(ref.Go)
	}
}

func nilable(t types.Type) bool {
	switch t.Underlying().(type) {
	case *types.Interface, *types.Map, *types.Slice, *types.Pointer:
		return true
	}
	return false
}

// Match sees a GraphQL type in a Go type that was written by hand. Lists must be
// slices; pointers may stand where the schema has none and the other way round.
func (b *Binder) Match(t *ast.Type, actual types.Type) (*Ref, error) {
	ref := &Ref{GraphQL: t, Def: b.cfg.Schema.Types[t.Name()], Go: actual}
	if elem := omittable(actual); elem != nil {
		ref.Omittable, ref.Go = true, elem
	}
	inner := types.Unalias(ref.Go)
	for level := t; level.Elem != nil; level = level.Elem {
		slice, ok := inner.Underlying().(*types.Slice)
		if !ok {
			return nil, fmt.Errorf("%s is not a list as %s is", typeName(actual), t)
		}
		inner = types.Unalias(slice.Elem())
	}
	if pointer, ok := inner.(*types.Pointer); ok {
		inner = types.Unalias(pointer.Elem())
	}
	for _, model := range b.models[t.Name()] {
		if typeName(model.Type) == typeName(inner) {
			ref.Model = model
			return ref, nil
		}
	}
	return nil, fmt.Errorf("%s is not bound to %s", t.Name(), typeName(inner))
}

func omittable(t types.Type) types.Type {
	named, ok := types.Unalias(t).(*types.Named)
	if !ok || named.Obj().Name() != "Omittable" || named.Obj().Pkg() == nil || named.Obj().Pkg().Path() != graphqlPath {
		return nil
	}
	return named.TypeArgs().At(0)
}

// Access is how a GraphQL field is read from a Go value.
type Access struct {
	// Name is the Go name of the struct field or method.
	Name string
	Ref  *Ref
	// Method says that Name is a method, with the rest saying what it takes and answers.
	Method, Context, Error bool
	// Args are the GraphQL names of the arguments, in the method's order.
	Args []*ast.ArgumentDefinition
	// ArgRefs are their types.
	ArgRefs []*Ref
}

// ErrNoMember is answered where a Go type has no member for a GraphQL field.
var ErrNoMember = errors.New("no such field or method")

// Access finds the struct field or method of owner for a GraphQL field, by its name
// without regard to case; a method goes before a struct field.
func (b *Binder) Access(owner types.Type, field *ast.FieldDefinition, goName string) (*Access, error) {
	if goName == "" {
		goName = field.Name
	}
	if method := findMethod(owner, goName); method != nil {
		return b.method(method, field)
	}
	member, err := findField(owner, goName)
	if err != nil {
		return nil, err
	}
	ref, err := b.Match(field.Type, member.Type())
	if err != nil {
		return nil, err
	}
	return &Access{Name: member.Name(), Ref: ref}, nil
}

func (b *Binder) method(method *types.Func, field *ast.FieldDefinition) (*Access, error) {
	access := &Access{Name: method.Name(), Method: true}
	signature := method.Type().(*types.Signature)
	for i := range signature.Params().Len() {
		param := signature.Params().At(i)
		if i == 0 && typeName(param.Type()) == "context.Context" {
			access.Context = true
			continue
		}
		arg := argument(field.Arguments, param.Name())
		if arg == nil {
			return nil, fmt.Errorf("method %s takes %s, which is no argument of the field", method.Name(), param.Name())
		}
		ref, err := b.Match(arg.Type, param.Type())
		if err != nil {
			return nil, fmt.Errorf("method %s: argument %s: %w", method.Name(), arg.Name, err)
		}
		access.Args = append(access.Args, arg)
		access.ArgRefs = append(access.ArgRefs, ref)
	}
	results := signature.Results()
	switch {
	case results.Len() == 2 && typeName(results.At(1).Type()) == "error":
		access.Error = true
	case results.Len() != 1:
		return nil, fmt.Errorf("method %s must answer one value, and an error at most", method.Name())
	}
	ref, err := b.Match(field.Type, results.At(0).Type())
	if err != nil {
		return nil, fmt.Errorf("method %s: %w", method.Name(), err)
	}
	access.Ref = ref
	return access, nil
}

func argument(args ast.ArgumentDefinitionList, param string) *ast.ArgumentDefinition {
	for _, arg := range args {
		if strings.EqualFold(arg.Name, param) {
			return arg
		}
	}
	return nil
}

func findMethod(owner types.Type, name string) *types.Func {
	set := types.NewMethodSet(owner)
	if !types.IsInterface(owner) {
		set = types.NewMethodSet(types.NewPointer(owner))
	}
	var found *types.Func
	for i := range set.Len() {
		method, ok := set.At(i).Obj().(*types.Func)
		if !ok || !method.Exported() || !strings.EqualFold(method.Name(), name) {
			continue
		}
		if found == nil || method.Name() == name {
			found = method
		}
	}
	return found
}

// findField looks in a struct, and then in what it embeds. A gqlgen:"name" tag goes
// before a name.
func findField(owner types.Type, name string) (*types.Var, error) {
	structure, ok := owner.Underlying().(*types.Struct)
	if !ok {
		return nil, ErrNoMember
	}
	var found []*types.Var
	for i := range structure.NumFields() {
		member := structure.Field(i)
		if !member.Exported() {
			continue
		}
		tag := reflect.StructTag(structure.Tag(i)).Get("gqlgen")
		if tag == name {
			return member, nil
		}
		if tag == "" && strings.EqualFold(member.Name(), name) {
			found = append(found, member)
		}
	}
	switch {
	case len(found) == 1:
		return found[0], nil
	case len(found) > 1:
		return nil, fmt.Errorf("%s has several fields that could be %s", typeName(owner), name)
	}
	return embedded(structure, name)
}

func embedded(structure *types.Struct, name string) (*types.Var, error) {
	for i := range structure.NumFields() {
		member := structure.Field(i)
		if !member.Embedded() {
			continue
		}
		t := types.Unalias(member.Type())
		if pointer, ok := t.(*types.Pointer); ok {
			t = pointer.Elem()
		}
		if found, err := findField(t, name); err == nil {
			return found, nil
		}
	}
	return nil, ErrNoMember
}

// Member finds the struct field that takes a field of an input object.
func (b *Binder) Member(owner types.Type, field *ast.FieldDefinition, goName string) (string, *Ref, error) {
	if goName == "" {
		goName = field.Name
	}
	member, err := findField(owner, goName)
	if err != nil {
		return "", nil, err
	}
	ref, err := b.Match(field.Type, member.Type())
	if err != nil {
		return "", nil, err
	}
	return member.Name(), ref, nil
}

// Satisfies reports whether values of an object's model are values of an abstract
// type's model. Methods are compared by name: the compiler checks the rest.
func (b *Binder) Satisfies(object, abstract *Model) bool {
	wanted, ok := abstract.Type.Underlying().(*types.Interface)
	if !ok {
		return false
	}
	for i := range wanted.NumMethods() {
		if method := wanted.Method(i); !hasIn(object.Type, method.Pkg(), method.Name()) {
			return false
		}
	}
	return true
}
