// Package binder decides which Go types stand for the types of a schema, and which of
// their members for its fields. Nothing else compares the two.
package binder

import (
	"fmt"
	"go/types"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
	"golang.org/x/tools/go/packages"

	"github.com/99designs/gqlgen/codegen/config"
	"github.com/99designs/gqlgen/internal/gofile"
	"github.com/99designs/gqlgen/internal/name"
)

// The package whose functions carry GraphQL's own scalars.
const graphqlPath = "github.com/99designs/gqlgen/graphql"

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
	pkg, err := gofile.Locate(filepath.Dir(cfg.Model.Filename), cfg.Model.Package)
	if err != nil {
		return nil, err
	}
	b := &Binder{ModelPackage: pkg, cfg: cfg}
	if err := b.load(); err != nil {
		return nil, err
	}
	unbound, err := b.bind()
	if err != nil {
		return nil, err
	}
	for _, def := range unbound {
		b.models[def.Name] = []*Model{b.Promise(def)}
	}
	source, err := generate(b, unbound)
	if err != nil {
		return nil, err
	}
	for _, def := range unbound {
		entry := cfg.Models[def.Name]
		entry.Model = config.StringList{pkg.Path + "." + name.Go(def.Name)}
		cfg.Models[def.Name] = entry
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
	wanted := append([]string{graphqlPath}, b.cfg.AutoBind...)
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
		case def.Kind == ast.Scalar:
			return nil, fmt.Errorf("models.%s.model: missing for a scalar", typeName)
		case def.Kind == ast.Interface && !b.cfg.OmitGetters:
			return nil, fmt.Errorf("models.%s.model: missing; interfaces are generated only with omit_getters: true", typeName)
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
			return []string{graphqlPath + "." + def.Name}
		case "Float":
			return []string{graphqlPath + ".FloatContext"}
		case "Int":
			return []string{graphqlPath + ".Int", graphqlPath + ".Int32", graphqlPath + ".Int64"}
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
