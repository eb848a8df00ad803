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
	// Methods says that MarshalGQL and UnmarshalGQL carry them.
	Methods bool
	// MarshalContext and UnmarshalContext say that the method or function takes a context.
	MarshalContext, UnmarshalContext bool
	// Values are the constants of an enum that is bound value by value.
	Values map[string]types.Object
	// Text says that a value is the string that is written.
	Text bool
}

// BuiltIn names the function if it is one of gqlgen's own that writes a scalar, such as
// "MarshalString".
func (m *Model) BuiltIn() string {
	if m.Marshal != nil && m.Marshal.Pkg().Path() == graphqlPath {
		return m.Marshal.Name()
	}
	return ""
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
	path, goName, err := split(qualified)
	if err != nil {
		return nil, err
	}
	m := &Model{GraphQL: def.Name, Name: name.Go(def.Name)}
	if i > 0 {
		m.Name += strconv.Itoa(i + 1)
	}
	m.Marshal, _ = b.lookup(path, "Marshal"+goName).(*types.Func)
	m.Unmarshal, _ = b.lookup(path, "Unmarshal"+goName).(*types.Func)
	if def.IsLeafType() && m.Marshal != nil && m.Unmarshal != nil && m.Marshal.Signature().Params().Len() == 1 {
		m.Type = types.Unalias(m.Marshal.Signature().Params().At(0).Type())
		m.MarshalContext = TypeName(m.Marshal.Signature().Results()) == "("+graphqlPath+".ContextMarshaler)"
		m.UnmarshalContext = m.Unmarshal.Signature().Params().Len() == 2
		return m, nil
	}
	m.Marshal, m.Unmarshal = nil, nil
	object, ok := b.lookup(path, goName).(*types.TypeName)
	if !ok {
		return nil, fmt.Errorf("%s has no type %s, and no functions Marshal%s and Unmarshal%s", path, goName, goName, goName)
	}
	m.Type = types.Unalias(object.Type())
	if def.IsLeafType() {
		return m, b.leaf(m, def, b.generated(object))
	}
	return m, nil
}

// leaf finds out how values of a scalar's or enum's type are carried.
func (b *Binder) leaf(m *Model, def *ast.Definition, generated bool) error {
	m.MarshalContext, m.UnmarshalContext = has(m.Type, "MarshalGQLContext"), has(m.Type, "UnmarshalGQLContext")
	m.Methods = m.MarshalContext || has(m.Type, "MarshalGQL")
	m.Text = generated
	bound := b.cfg.Models[def.Name].EnumValues
	if m.Methods {
		return nil
	}
	if len(bound) == 0 {
		basic, ok := m.Type.Underlying().(*types.Basic)
		if m.Text = ok && basic.Kind() == types.String; !m.Text {
			return fmt.Errorf("%s has no MarshalGQL and is not a string", TypeName(m.Type))
		}
		return nil
	}
	m.Values = map[string]types.Object{}
	for _, value := range def.EnumValues {
		path, goName, err := split(bound[value.Name].Value)
		if err == nil && b.lookup(path, goName) == nil {
			err = fmt.Errorf("%s has no %s", path, goName)
		}
		if err != nil {
			return fmt.Errorf("enum_values.%s: %w", value.Name, err)
		}
		m.Values[value.Name] = b.lookup(path, goName)
	}
	return nil
}

// has reports whether T or *T has a method.
func has(t types.Type, method string) bool {
	object, _, _ := types.LookupFieldOrMethod(t, true, nil, method)
	_, ok := object.(*types.Func)
	return ok
}
