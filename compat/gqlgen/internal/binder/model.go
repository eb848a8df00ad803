package binder

import (
	"fmt"
	"go/types"
	"maps"
	"slices"

	"github.com/vektah/gqlparser/v2/ast"
)

// Form says how values of a model are read and written.
type Form int

// The forms of a model.
const (
	// Plain models are structs and interfaces, read field by field.
	Plain Form = iota
	// Methods models have MarshalGQL and UnmarshalGQL.
	Methods
	// Functions models are carried by functions MarshalName and UnmarshalName.
	Functions
	// Text models are strings under another name, written as they are.
	Text
	// Constants models are enums whose values are bound to constants one by one.
	Constants
)

// Model is a Go type that a GraphQL type is bound to.
type Model struct {
	// GraphQL is the GraphQL type's name.
	GraphQL string
	// Type is the Go type, without pointer or slice.
	Type types.Type
	Form Form
	// Package and Name locate the functions of Functions: Package.MarshalName.
	Package *types.Package
	Name    string
	// MarshalContext and UnmarshalContext say that the method or function takes a context.
	MarshalContext, UnmarshalContext bool
	// Generated says that the type is one of ours, an enum whose text is its value.
	Generated bool
	// Values are the constants of Constants by GraphQL value.
	Values map[string]types.Object
}

// BuiltIn names the model if it is one of gqlgen's own for a scalar, such as "String".
func (m *Model) BuiltIn() string {
	if m.Form == Functions && m.Package.Path() == graphqlPath {
		return m.Name
	}
	return ""
}

// ID tells models apart in names of generated functions.
func (m *Model) ID() string {
	if m.Form == Functions {
		return m.Package.Path() + ".func." + m.Name
	}
	return typeName(m.Type)
}

func typeName(t types.Type) string {
	return types.TypeString(types.Unalias(t), func(p *types.Package) string { return p.Path() })
}

// Pointer is how a value of an object type is handed about: a pointer, unless the
// type is an interface.
func (m *Model) Pointer() types.Type {
	if types.IsInterface(m.Type) {
		return m.Type
	}
	return types.NewPointer(m.Type)
}

// resolveModels finds the Go types of everything that is configured or found in an autobind package.
func (b *Binder) resolveModels() error {
	for _, name := range slices.Sorted(maps.Keys(b.cfg.Schema.Types)) {
		if err := b.resolve(b.cfg.Schema.Types[name]); err != nil {
			return fmt.Errorf("binding %s: %w", name, err)
		}
	}
	return nil
}

func (b *Binder) resolve(def *ast.Definition) error {
	for _, model := range b.namesOf(def) {
		path, name, err := splitModel(model)
		if err != nil {
			return err
		}
		m, err := b.model(def, path, name)
		if err != nil {
			return err
		}
		b.models[def.Name] = append(b.models[def.Name], m)
	}
	if len(b.models[def.Name]) > 0 {
		return nil
	}
	return b.autobind(def)
}

// namesOf lists the models of a type that are known without looking into packages.
func (b *Binder) namesOf(def *ast.Definition) []string {
	if entry := b.cfg.Models[def.Name]; len(entry.Model) > 0 {
		return entry.Model
	}
	if def.Kind != ast.Scalar {
		return nil
	}
	switch def.Name {
	case "String", "Boolean", "ID", "Time", "Map", "Any":
		return []string{graphqlPath + "." + def.Name}
	case "Float":
		return []string{graphqlPath + ".FloatContext"}
	case "Int":
		return []string{graphqlPath + ".Int", graphqlPath + ".Int32", graphqlPath + ".Int64"}
	case "_Any":
		return []string{graphqlPath + ".Map"}
	case "_FieldSet":
		return []string{graphqlPath + ".String"}
	}
	return nil
}

// autobind looks for an exported type of the GraphQL type's own name.
func (b *Binder) autobind(def *ast.Definition) error {
	for _, path := range b.cfg.AutoBind {
		object, err := b.lookup(path, def.Name)
		if err != nil {
			if p := b.packages[path]; p == nil || p.Types == nil {
				return err
			}
			continue
		}
		if named, ok := object.(*types.TypeName); !ok || !named.Exported() || b.generated(object) {
			continue
		}
		m, err := b.model(def, path, def.Name)
		if err != nil {
			return err
		}
		b.models[def.Name] = []*Model{m}
		return nil
	}
	return nil
}

// model describes the type or pair of functions at path.name.
func (b *Binder) model(def *ast.Definition, path, name string) (*Model, error) {
	if def.IsLeafType() {
		if m := b.functions(def, path, name); m != nil {
			return m, nil
		}
	}
	object, err := b.lookup(path, name)
	if err != nil {
		return nil, err
	}
	if _, ok := object.(*types.TypeName); !ok {
		return nil, fmt.Errorf("%s.%s is not a type", path, name)
	}
	m := &Model{GraphQL: def.Name, Type: types.Unalias(object.Type()), Generated: b.generated(object)}
	if def.IsLeafType() {
		return m, b.leaf(def, m)
	}
	switch m.Type.Underlying().(type) {
	case *types.Struct, *types.Interface:
		return m, nil
	}
	return nil, fmt.Errorf("%s.%s is neither struct nor interface", path, name)
}

func (b *Binder) functions(def *ast.Definition, path, name string) *Model {
	marshal, err := b.lookup(path, "Marshal"+name)
	if err != nil {
		return nil
	}
	signature, ok := marshal.Type().(*types.Signature)
	if !ok || signature.Params().Len() != 1 {
		return nil
	}
	m := &Model{
		GraphQL: def.Name, Type: types.Unalias(signature.Params().At(0).Type()), Form: Functions,
		Package: marshal.Pkg(), Name: name,
		MarshalContext: signature.Results().Len() == 1 && has(signature.Results().At(0).Type(), "MarshalGQLContext"),
	}
	if unmarshal, err := b.lookup(path, "Unmarshal"+name); err == nil {
		if s, ok := unmarshal.Type().(*types.Signature); ok {
			m.UnmarshalContext = s.Params().Len() == 2
		}
	}
	return m
}

func (b *Binder) leaf(def *ast.Definition, m *Model) error {
	switch {
	case has(m.Type, "MarshalGQLContext"):
		m.Form, m.MarshalContext = Methods, true
	case has(m.Type, "MarshalGQL"):
		m.Form = Methods
	case len(b.cfg.Models[def.Name].EnumValues) > 0:
		return b.constants(def, m)
	default:
		basic, ok := m.Type.Underlying().(*types.Basic)
		if !ok || basic.Kind() != types.String {
			return fmt.Errorf("%s has no MarshalGQL and is not a string", typeName(m.Type))
		}
		m.Form = Text
		return nil
	}
	m.UnmarshalContext = has(m.Type, "UnmarshalGQLContext")
	if !m.UnmarshalContext && !has(m.Type, "UnmarshalGQL") {
		return fmt.Errorf("%s has MarshalGQL but no UnmarshalGQL", typeName(m.Type))
	}
	return nil
}

func (b *Binder) constants(def *ast.Definition, m *Model) error {
	m.Form, m.Values = Constants, map[string]types.Object{}
	bound := b.cfg.Models[def.Name].EnumValues
	for _, value := range def.EnumValues {
		target, ok := bound[value.Name]
		if !ok {
			return fmt.Errorf("enum_values has no %s", value.Name)
		}
		path, name, err := splitModel(target.Value)
		if err != nil {
			return err
		}
		object, err := b.lookup(path, name)
		if err != nil {
			return err
		}
		m.Values[value.Name] = object
	}
	return nil
}

// has reports whether T or *T has a method.
func has(t types.Type, method string) bool { return hasIn(t, nil, method) }

// hasIn is has for a method that is perhaps not exported from pkg.
func hasIn(t types.Type, pkg *types.Package, method string) bool {
	if types.NewMethodSet(t).Lookup(pkg, method) != nil {
		return true
	}
	return !types.IsInterface(t) && types.NewMethodSet(types.NewPointer(t)).Lookup(pkg, method) != nil
}

// Bound reports whether a GraphQL type has a model.
func (b *Binder) Bound(name string) bool { return len(b.models[name]) > 0 }

// Models lists the models of a GraphQL type, the default first.
func (b *Binder) Models(name string) []*Model { return b.models[name] }

// Add makes a model known that is about to be generated.
func (b *Binder) Add(m *Model) { b.models[m.GraphQL] = []*Model{m} }

// Package is a loaded package, nil where it was not.
func (b *Binder) Package(path string) *types.Package {
	if p := b.packages[path]; p != nil {
		return p.Types
	}
	return nil
}
