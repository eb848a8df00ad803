package binder

import (
	"fmt"
	"go/types"
	"strconv"

	"github.com/vektah/gqlparser/v2/ast"

	"github.com/99designs/gqlgen/internal/name"
)

// Model is a Go type that a GraphQL type is bound to.
type Model struct {
	// GraphQL is the GraphQL type's name, and Name the model's in names of functions.
	GraphQL, Name string
	// Type is the Go type, without pointer or slice.
	Type types.Type
	// Marshal and Unmarshal are the functions that carry values, where there are any.
	Marshal, Unmarshal *types.Func
	// BuiltIn names these functions if they are gqlgen's own for a scalar: "String".
	BuiltIn string
	// Methods says that MarshalGQL and UnmarshalGQL carry them.
	Methods bool
	// MarshalContext and UnmarshalContext say that the method or function takes a context.
	MarshalContext, UnmarshalContext bool
	// Values are the constants of an enum that is bound value by value.
	Values map[string]types.Object
	// Text says that a value is the string that is written.
	Text bool
}

// Fallible reports whether writing a value can fail.
func (m *Model) Fallible() bool { return m.MarshalContext || m.Values != nil }

// Pointer is how a value of an object type is handed about: a pointer, unless the
// type is an interface.
func (m *Model) Pointer() types.Type {
	if types.IsInterface(m.Type) {
		return m.Type
	}
	return types.NewPointer(m.Type)
}

// Model is what a GraphQL type is bound to where nothing else is said.
func (b *Binder) Model(typeName string) *Model { return b.models[typeName][0] }

// Promise is a model that is generated, as it is known before it is.
func (b *Binder) Promise(def *ast.Definition) *Model {
	var underlying types.Type = types.NewStruct(nil, nil)
	switch {
	case def.IsAbstractType():
		underlying = types.NewInterfaceType(nil, nil)
	case def.Kind == ast.Enum:
		underlying = types.Typ[types.String]
	}
	pkg := types.NewPackage(b.ModelPackage.Path, b.ModelPackage.Name)
	return &Model{GraphQL: def.Name, Type: types.NewNamed(types.NewTypeName(0, pkg, name.Go(def.Name), nil), underlying, nil)}
}

// model describes the i-th model of a type: a type, or a pair of functions. Whatever
// else it needs to have is the compiler's to check.
func (b *Binder) model(def *ast.Definition, i int, qualified string) (*Model, error) {
	m := &Model{GraphQL: def.Name, Name: name.Go(def.Name)}
	if i > 0 {
		m.Name += strconv.Itoa(i + 1)
	}
	if def.IsLeafType() && b.functions(m, qualified) {
		return m, nil
	}
	object, err := b.lookup(qualified)
	if err != nil {
		return nil, err
	}
	m.Type = types.Unalias(object.Type())
	if def.IsLeafType() {
		return m, b.leaf(m, def, b.generated(object))
	}
	return m, nil
}

// functions reports whether a name is that of a pair of functions.
func (b *Binder) functions(m *Model, qualified string) bool {
	path, goName := split(qualified)
	found, _ := b.lookup(path + ".Marshal" + goName)
	marshal, ok := found.(*types.Func)
	found, _ = b.lookup(path + ".Unmarshal" + goName)
	unmarshal, both := found.(*types.Func)
	if !ok || !both || marshal.Signature().Params().Len() != 1 {
		return false
	}
	m.Marshal, m.Unmarshal, m.Type = marshal, unmarshal, types.Unalias(marshal.Signature().Params().At(0).Type())
	m.MarshalContext = TypeName(marshal.Signature().Results()) == "("+graphqlPath+".ContextMarshaler)"
	m.UnmarshalContext = unmarshal.Signature().Params().Len() == 2
	if path == graphqlPath {
		m.BuiltIn = goName
	}
	return true
}

// leaf finds out how values of a scalar's or enum's type are carried.
func (b *Binder) leaf(m *Model, def *ast.Definition, generated bool) (err error) {
	m.MarshalContext, m.UnmarshalContext = has(m.Type, "MarshalGQLContext"), has(m.Type, "UnmarshalGQLContext")
	m.Methods = m.MarshalContext || has(m.Type, "MarshalGQL")
	basic, ok := m.Type.Underlying().(*types.Basic)
	m.Text = generated || !m.Methods && ok && basic.Kind() == types.String
	bound := b.cfg.Models[def.Name].EnumValues
	switch {
	case m.Methods || m.Text && len(bound) == 0:
		return nil
	case len(bound) == 0:
		return fmt.Errorf("%s has no MarshalGQL and is not a string", TypeName(m.Type))
	}
	m.Values = map[string]types.Object{}
	for _, value := range def.EnumValues {
		if m.Values[value.Name], err = b.lookup(bound[value.Name].Value); err != nil {
			return fmt.Errorf("enum_values.%s: %w", value.Name, err)
		}
	}
	return nil
}

// has reports whether T or *T has a method.
func has(t types.Type, method string) bool {
	return types.NewMethodSet(types.NewPointer(t)).Lookup(nil, method) != nil
}
