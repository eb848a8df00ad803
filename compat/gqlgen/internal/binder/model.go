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

// Satisfies reports whether a struct is a value of an interface, and not only a pointer to it.
func (m *Model) Satisfies(abstract *Model) bool {
	of, ok := abstract.Type.Underlying().(*types.Interface)
	return ok && !types.IsInterface(m.Type) && types.Implements(m.Type, of)
}

// Model is what a GraphQL type is bound to where nothing else is said.
func (b *Binder) Model(typeName string) *Model { return b.models[typeName][0] }

// Promise is a type that is generated, as it is known before it is.
func (b *Binder) Promise(typeName string, underlying types.Type) *types.Named {
	pkg := types.NewPackage(b.ModelPackage.Path, b.ModelPackage.Name)
	return types.NewNamed(types.NewTypeName(0, pkg, name.Go(typeName), nil), underlying, nil)
}

func (b *Binder) promise(def *ast.Definition) *Model {
	m := &Model{Type: b.Promise(def.Name, types.NewStruct(nil, nil))}
	switch {
	case def.IsAbstractType():
		m.Type = b.Promise(def.Name, types.NewInterfaceType(nil, nil))
	case def.Kind == ast.Enum:
		m.Type = b.Promise(def.Name, types.Typ[types.String])
	}
	return m
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
	marshal, _ := b.lookup(path, "Marshal"+goName).(*types.Func)
	unmarshal, _ := b.lookup(path, "Unmarshal"+goName).(*types.Func)
	object, isType := b.lookup(path, goName).(*types.TypeName)
	switch {
	case marshal != nil && unmarshal != nil && def.IsLeafType() && marshal.Signature().Params().Len() == 1:
		m.Type = types.Unalias(marshal.Signature().Params().At(0).Type())
		m.Marshal, m.Unmarshal = marshal, unmarshal
		m.MarshalContext = types.TypeString(marshal.Signature().Results(), nil) == "("+graphqlPath+".ContextMarshaler)"
		m.UnmarshalContext = unmarshal.Signature().Params().Len() == 2
	case !isType:
		return nil, fmt.Errorf("%s has no such type or pair of functions as %s", path, goName)
	case def.IsLeafType():
		m.Type = types.Unalias(object.Type())
		return m, b.leaf(m, def, b.generated(object))
	default:
		m.Type = types.Unalias(object.Type())
	}
	return m, nil
}

// leaf finds out how values of a scalar's or enum's type are carried.
func (b *Binder) leaf(m *Model, def *ast.Definition, generated bool) error {
	m.MarshalContext, m.UnmarshalContext = has(m.Type, "MarshalGQLContext"), has(m.Type, "UnmarshalGQLContext")
	m.Methods = m.MarshalContext || has(m.Type, "MarshalGQL")
	bound := b.cfg.Models[def.Name].EnumValues
	if m.Methods || len(bound) == 0 {
		m.Text = generated || !m.Methods
		if basic, ok := m.Type.Underlying().(*types.Basic); !m.Methods && (!ok || basic.Kind() != types.String) {
			return fmt.Errorf("%s has no MarshalGQL and is not a string", TypeName(m.Type))
		}
		return nil
	}
	m.Values = map[string]types.Object{}
	for _, value := range def.EnumValues {
		path, goName, err := split(bound[value.Name].Value)
		if err != nil {
			return fmt.Errorf("enum_values.%s: %w", value.Name, err)
		}
		if m.Values[value.Name] = b.lookup(path, goName); m.Values[value.Name] == nil {
			return fmt.Errorf("enum_values.%s: %s has no %s", value.Name, path, goName)
		}
	}
	return nil
}

// has reports whether T or *T has a method.
func has(t types.Type, method string) bool {
	object, _, _ := types.LookupFieldOrMethod(t, true, nil, method)
	_, ok := object.(*types.Func)
	return ok
}
