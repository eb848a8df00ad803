// Package binder finds the Go types, functions and struct fields that GraphQL types
// and fields are bound to.
package binder

import (
	"errors"
	"fmt"
	"go/types"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/mod/modfile"
	"golang.org/x/tools/go/packages"

	"github.com/99designs/gqlgen/codegen/config"
	"github.com/99designs/gqlgen/internal/name"
)

// The package whose functions carry GraphQL's own scalars.
const graphqlPath = "github.com/99designs/gqlgen/graphql"

// Binder knows the packages of one configuration.
type Binder struct {
	cfg      *config.Config
	packages map[string]*packages.Package
	models   map[string][]*Model
	// ModelPath is the import path of the package of generated models.
	ModelPath string
}

// Load reads the packages that the configuration names.
func Load(cfg *config.Config) (*Binder, error) {
	modelPath, err := ImportPath(filepath.Dir(cfg.Model.Filename))
	if err != nil {
		return nil, err
	}
	b := &Binder{cfg: cfg, models: map[string][]*Model{}, ModelPath: modelPath}
	if err := b.load(); err != nil {
		return nil, err
	}
	return b, b.resolveModels()
}

// Adopt binds the models that have just been generated, of the GraphQL types named.
// Packages are read again only where the file has changed.
func (b *Binder) Adopt(typeNames []string, changed bool) error {
	for _, typeName := range typeNames {
		entry := b.cfg.Models[typeName]
		entry.Model = config.StringList{b.ModelPath + "." + name.Go(typeName)}
		b.cfg.Models[typeName] = entry
	}
	b.models = map[string][]*Model{}
	if changed {
		if err := b.load(); err != nil {
			return err
		}
	}
	return b.resolveModels()
}

func (b *Binder) load() error {
	wanted := map[string]bool{graphqlPath: true}
	if found, err := filepath.Glob(filepath.Join(filepath.Dir(b.cfg.Model.Filename), "*.go")); err == nil && len(found) > 0 {
		wanted[b.ModelPath] = true
	}
	for _, path := range b.cfg.AutoBind {
		wanted[path] = true
	}
	for _, name := range slices.Sorted(maps.Keys(b.cfg.Models)) {
		entry := b.cfg.Models[name]
		if b.cfg.Schema.Types[name] == nil {
			continue
		}
		for _, model := range entry.Model {
			path, _, err := splitModel(model)
			if err != nil {
				return fmt.Errorf("models.%s: %w", name, err)
			}
			if path != b.ModelPath {
				wanted[path] = true
			}
		}
		for _, value := range entry.EnumValues {
			path, _, err := splitModel(value.Value)
			if err != nil {
				return fmt.Errorf("models.%s.enum_values: %w", name, err)
			}
			wanted[path] = true
		}
	}
	loaded, err := packages.Load(&packages.Config{
		Mode: packages.NeedName | packages.NeedFiles | packages.NeedImports | packages.NeedTypes | packages.NeedTypesSizes,
		Dir:  b.cfg.Dir,
	}, slices.Sorted(maps.Keys(wanted))...)
	if err != nil {
		return fmt.Errorf("loading the packages of models: %w", err)
	}
	b.packages = make(map[string]*packages.Package, len(loaded))
	for _, p := range loaded {
		b.packages[p.PkgPath] = p
	}
	return nil
}

// lookup finds a package-level name.
func (b *Binder) lookup(path, name string) (types.Object, error) {
	p := b.packages[path]
	if p == nil || p.Types == nil {
		return nil, fmt.Errorf("package %s could not be loaded", path)
	}
	object := p.Types.Scope().Lookup(name)
	if object != nil {
		return object, nil
	}
	if len(p.Errors) > 0 {
		return nil, fmt.Errorf("%s has no %s (%s)", path, name, p.Errors[0].Msg)
	}
	return nil, fmt.Errorf("%s has no %s", path, name)
}

// generated reports whether an object was declared by the file of generated models.
func (b *Binder) generated(o types.Object) bool {
	p := b.packages[b.ModelPath]
	return p != nil && p.Fset.Position(o.Pos()).Filename == b.cfg.Model.Filename
}

// splitModel parts "import/path.Name".
func splitModel(model string) (path, name string, err error) {
	if strings.ContainsAny(model, "*[]{} ") {
		return "", "", fmt.Errorf("%q is not supported as a model: name a type as import/path.Name", model)
	}
	slash := strings.LastIndexByte(model, '/')
	dot := strings.LastIndexByte(model, '.')
	if dot <= slash || dot == len(model)-1 {
		return "", "", fmt.Errorf("%q is not a model: want import/path.Name", model)
	}
	return model[:dot], model[dot+1:], nil
}

// ImportPath is the import path of a folder, worked out from the go.mod above it. The
// folder need not exist.
func ImportPath(dir string) (string, error) {
	for parent := dir; ; parent = filepath.Dir(parent) {
		source, err := os.ReadFile(filepath.Join(parent, "go.mod"))
		if err == nil {
			rest, err := filepath.Rel(parent, dir)
			if err != nil {
				return "", fmt.Errorf("finding an import path: %w", err)
			}
			module := modfile.ModulePath(source)
			if rest == "." {
				return module, nil
			}
			return module + "/" + filepath.ToSlash(rest), nil
		}
		if filepath.Dir(parent) == parent {
			return "", errors.New("no go.mod above " + dir)
		}
	}
}
