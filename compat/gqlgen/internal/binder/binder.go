// Package binder decides which Go types stand for the types of a schema, and which of
// their members for its fields. Nothing else compares the two.
package binder

import (
	"fmt"
	"go/types"
	"maps"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
	"golang.org/x/tools/go/packages"

	"github.com/99designs/gqlgen/codegen/config"
	"github.com/99designs/gqlgen/internal/gofile"
	"github.com/99designs/gqlgen/internal/name"
)

// GraphQL is the package whose functions carry GraphQL's own scalars.
const GraphQL = "github.com/99designs/gqlgen/graphql"

// Binder knows the packages of one configuration.
type Binder struct {
	// ModelPackage is where generated models are.
	ModelPackage gofile.Package

	cfg      *config.Config
	packages map[string]*packages.Package
	models   map[string][]*Model
}

// Load reads the packages that the configuration names and binds the types of the
// schema. generate is asked for models of those that have no Go type; while it writes,
// they are known by name only.
func Load(cfg *config.Config, generate func(b *Binder, unbound []*ast.Definition) (source []byte, err error)) (*Binder, error) {
	b := &Binder{ModelPackage: gofile.Locate(filepath.Dir(cfg.Model.Filename), cfg.Model.Package), cfg: cfg}
	if err := b.load(); err != nil {
		return nil, err
	}
	unbound, err := b.bind()
	if err != nil {
		return nil, err
	}
	for _, def := range unbound {
		entry := cfg.Models[def.Name]
		entry.Model = config.StringList{b.ModelPackage.Path + "." + name.Go(def.Name)}
		cfg.Models[def.Name] = entry
		b.models[def.Name] = []*Model{b.Promise(def)}
	}
	source, err := generate(b, unbound)
	if err != nil {
		return nil, err
	}
	changed, err := gofile.Write(cfg.Model.Filename, source)
	if err == nil && changed {
		err = b.load()
	}
	if err == nil {
		_, err = b.bind()
	}
	return b, err
}

// load reads the exported names of packages, from what the compiler has left of them.
func (b *Binder) load() error {
	wanted := append([]string{GraphQL}, b.cfg.AutoBind...)
	if found, err := filepath.Glob(filepath.Join(filepath.Dir(b.cfg.Model.Filename), "*.go")); err == nil && len(found) > 0 {
		wanted = append(wanted, b.ModelPackage.Path)
	}
	for _, entry := range b.cfg.Models {
		for _, qualified := range entry.Model {
			path, _ := split(qualified)
			wanted = append(wanted, path)
		}
		for _, value := range entry.EnumValues {
			path, _ := split(value.Value)
			wanted = append(wanted, path)
		}
	}
	wanted = slices.DeleteFunc(wanted, func(path string) bool { return path == "" })
	loaded, err := packages.Load(&packages.Config{
		Mode: packages.NeedName | packages.NeedFiles | packages.NeedImports | packages.NeedTypes | packages.NeedTypesSizes,
		Dir:  b.cfg.Dir,
	}, wanted...)
	if err != nil {
		return fmt.Errorf("loading the packages of models: %w", err)
	}
	b.packages = map[string]*packages.Package{}
	for _, p := range loaded {
		if p.Name == "" && len(p.Errors) > 0 {
			return fmt.Errorf("loading the packages of models: %w", p.Errors[0])
		}
		b.packages[p.PkgPath] = p
	}
	return nil
}

// bind finds the Go types of everything that is configured, built in or found in an
// autobind package.
func (b *Binder) bind() (unbound []*ast.Definition, err error) {
	b.models = map[string][]*Model{}
	for _, typeName := range slices.Sorted(maps.Keys(b.cfg.Schema.Types)) {
		def := b.cfg.Schema.Types[typeName]
		names := b.names(def)
		for i, qualified := range names {
			m, err := b.model(def, i, qualified)
			if err != nil {
				return nil, fmt.Errorf("models.%s: %w", typeName, err)
			}
			b.models[typeName] = append(b.models[typeName], m)
		}
		switch {
		case len(names) > 1 && def.Kind != ast.Scalar:
			return nil, fmt.Errorf("models.%s: only scalars can have several models", typeName)
		case len(names) > 0 || def.BuiltIn:
		case def.Kind == ast.Scalar || def.Kind == ast.Interface && !b.cfg.OmitGetters:
			return nil, fmt.Errorf("models.%s.model: missing, as it may be for no scalar, and for interfaces only with omit_getters: true", typeName)
		default:
			unbound = append(unbound, def)
		}
	}
	return unbound, nil
}

// names lists the Go types or functions of a type, by import path and name.
func (b *Binder) names(def *ast.Definition) []string {
	if entry := b.cfg.Models[def.Name]; len(entry.Model) > 0 {
		return entry.Model
	}
	if def.Kind == ast.Scalar {
		switch def.Name {
		case "String", "Boolean", "ID", "Time", "Map", "Any":
			return []string{GraphQL + "." + def.Name}
		case "Float":
			return []string{GraphQL + ".FloatContext"}
		case "Int":
			return []string{GraphQL + ".Int", GraphQL + ".Int32", GraphQL + ".Int64"}
		}
	}
	for _, path := range b.cfg.AutoBind {
		object, err := b.lookup(path + "." + def.Name)
		if _, ok := object.(*types.TypeName); ok && err == nil && object.Exported() && !b.generated(object) {
			return []string{path + "." + def.Name}
		}
	}
	return nil
}

// lookup finds what is declared by a name as configurations have it, import/path.Name.
func (b *Binder) lookup(qualified string) (types.Object, error) {
	path, goName := split(qualified)
	p := b.packages[path]
	if p == nil || p.Types == nil {
		return nil, fmt.Errorf("%q is not supported: name it as import/path.Name", qualified)
	}
	object := p.Types.Scope().Lookup(goName)
	if object == nil {
		return nil, fmt.Errorf("there is no %s %v", qualified, p.Errors)
	}
	return object, nil
}

func split(qualified string) (path, goName string) {
	dot := strings.LastIndexByte(qualified, '.')
	return qualified[:max(dot, 0)], qualified[dot+1:]
}

// generated reports whether an object was declared by the file of generated models.
func (b *Binder) generated(o types.Object) bool {
	p := b.packages[b.ModelPackage.Path]
	return p != nil && p.Fset.Position(o.Pos()).Filename == b.cfg.Model.Filename
}

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
	m.MarshalContext = TypeName(marshal.Signature().Results()) == "("+GraphQL+".ContextMarshaler)"
	m.UnmarshalContext = unmarshal.Signature().Params().Len() == 2
	if path == GraphQL {
		m.BuiltIn = goName
	}
	return true
}

// leaf finds out how values of a scalar's or enum's type are carried.
func (b *Binder) leaf(m *Model, def *ast.Definition, generated bool) (err error) {
	m.MarshalContext, m.UnmarshalContext = has(m.Type, "MarshalGQLContext"), has(m.Type, "UnmarshalGQLContext")
	m.Methods = m.MarshalContext || has(m.Type, "MarshalGQL")
	bound := b.cfg.Models[def.Name].EnumValues
	if len(bound) == 0 || m.Methods {
		basic, ok := m.Type.Underlying().(*types.Basic)
		m.Text = generated || !m.Methods && ok && basic.Kind() == types.String
		if !m.Methods && !m.Text {
			return fmt.Errorf("%s has no MarshalGQL and is not a string", TypeName(m.Type))
		}
		return nil
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
