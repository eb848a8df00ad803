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
// schema, apart from those it answers: their models are still to be generated. They
// are known by name, so that others can refer to them.
func Load(cfg *config.Config) (b *Binder, unbound []*ast.Definition, err error) {
	b = &Binder{cfg: cfg}
	if b.ModelPackage, err = gofile.Locate(filepath.Dir(cfg.Model.Filename), cfg.Model.Package); err != nil {
		return nil, nil, err
	}
	if err := b.load(); err != nil {
		return nil, nil, err
	}
	unbound, err = b.bind()
	for _, def := range unbound {
		b.models[def.Name] = []*Model{b.Promise(def)}
	}
	return b, unbound, err
}

// Adopt binds models that have been generated. Packages are read again only where the
// models have changed.
func (b *Binder) Adopt(generated []*ast.Definition, changed bool) error {
	for _, def := range generated {
		entry := b.cfg.Models[def.Name]
		entry.Model = config.StringList{b.ModelPackage.Path + "." + name.Go(def.Name)}
		b.cfg.Models[def.Name] = entry
	}
	if changed {
		if err := b.load(); err != nil {
			return err
		}
	}
	_, err := b.bind()
	return err
}

// load reads the exported names of packages, from what the compiler has left of them.
func (b *Binder) load() error {
	wanted := append([]string{graphqlPath}, b.cfg.AutoBind...)
	if found, err := filepath.Glob(filepath.Join(filepath.Dir(b.cfg.Model.Filename), "*.go")); err == nil && len(found) > 0 {
		wanted = append(wanted, b.ModelPackage.Path)
	}
	for typeName, entry := range b.cfg.Models {
		names := slices.Clone(entry.Model)
		for _, value := range entry.EnumValues {
			names = append(names, value.Value)
		}
		for _, qualified := range names {
			path, _, err := split(qualified)
			if err != nil {
				return fmt.Errorf("models.%s: %w", typeName, err)
			}
			wanted = append(wanted, path)
		}
	}
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
		switch {
		case def.BuiltIn && def.Kind != ast.Scalar:
			continue
		case len(names) > 1 && def.Kind != ast.Scalar:
			return nil, fmt.Errorf("models.%s: only scalars can have several models", typeName)
		case len(names) == 0 && def.Kind == ast.Scalar && !def.BuiltIn:
			return nil, fmt.Errorf("models.%s.model: missing for a scalar", typeName)
		case len(names) == 0 && def.Kind == ast.Interface && !b.cfg.OmitGetters:
			return nil, fmt.Errorf("models.%s.model: missing; interfaces are generated only with omit_getters: true", typeName)
		case len(names) == 0 && !def.BuiltIn:
			unbound = append(unbound, def)
		}
		for i, qualified := range names {
			m, err := b.model(def, i, qualified)
			if err != nil {
				return nil, fmt.Errorf("binding %s: %w", typeName, err)
			}
			b.models[typeName] = append(b.models[typeName], m)
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
		object := b.lookup(path, def.Name)
		if _, ok := object.(*types.TypeName); ok && object.Exported() && !b.generated(object) {
			return []string{path + "." + def.Name}
		}
	}
	return nil
}

// lookup finds a package-level name; nil where there is none.
func (b *Binder) lookup(path, name string) types.Object {
	if p := b.packages[path]; p != nil && p.Types != nil {
		return p.Types.Scope().Lookup(name)
	}
	return nil
}

// generated reports whether an object was declared by the file of generated models.
func (b *Binder) generated(o types.Object) bool {
	p := b.packages[b.ModelPackage.Path]
	return p != nil && p.Fset.Position(o.Pos()).Filename == b.cfg.Model.Filename
}

// split parts "import/path.Name".
func split(qualified string) (path, name string, err error) {
	slash, dot := strings.LastIndexByte(qualified, '/'), strings.LastIndexByte(qualified, '.')
	if strings.ContainsAny(qualified, "*[]{} ") || dot <= slash || dot == len(qualified)-1 {
		return "", "", fmt.Errorf("%q is not supported: name it as import/path.Name", qualified)
	}
	return qualified[:dot], qualified[dot+1:], nil
}
