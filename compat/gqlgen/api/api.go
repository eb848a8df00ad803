// Package api runs the generator from Go.
package api

import (
	"fmt"
	"io"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"

	"github.com/vektah/gqlparser/v2/ast"

	"github.com/99designs/gqlgen/codegen"
	"github.com/99designs/gqlgen/codegen/config"
	"github.com/99designs/gqlgen/internal/binder"
	"github.com/99designs/gqlgen/internal/gofile"
	"github.com/99designs/gqlgen/plugin/federation"
	"github.com/99designs/gqlgen/plugin/resolvergen"
)

// Generate writes everything that cfg asks for. What is worth telling a person goes
// to notes, which may be nil.
func Generate(cfg *config.Config, notes io.Writer) error {
	if err := loadSchema(cfg); err != nil {
		return err
	}
	var resolvers *resolvergen.Resolvers
	if cfg.Resolver.IsDefined() {
		var err error
		if resolvers, err = resolvergen.Read(cfg); err != nil {
			return err
		}
	}
	entities, err := federation.Entities(cfg)
	if err != nil {
		return err
	}
	b, err := bind(cfg, federation.Inputs(entities))
	if err != nil {
		return err
	}
	data, err := codegen.Build(cfg, b, entities)
	if err != nil {
		return err
	}
	if err := write(data, resolvers); err != nil {
		return err
	}
	if notes != nil {
		for _, note := range data.Notes {
			fmt.Fprintln(notes, note)
		}
	}
	return validate(cfg)
}

func loadSchema(cfg *config.Config) error {
	if err := cfg.LoadSources(); err != nil {
		return err
	}
	if err := federation.Extend(cfg); err != nil {
		return err
	}
	return cfg.LoadSchema()
}

// bind writes the models that are missing and binds every type.
func bind(cfg *config.Config, inputs []*ast.Definition) (*binder.Binder, error) {
	b, unbound, err := binder.Load(cfg)
	if err != nil {
		return nil, err
	}
	source, err := codegen.Models(cfg, b, unbound, inputs)
	if err != nil {
		return nil, err
	}
	if source == nil && !gofile.Generated(cfg.Model.Filename) {
		return b, nil
	}
	changed, err := gofile.Write(cfg.Model.Filename, source)
	if err != nil {
		return nil, err
	}
	return b, b.Adopt(unbound, changed)
}

// write writes the executor and the resolvers, once all of both is known, and removes
// generated files of schema files that are no more.
func write(data *codegen.Data, resolvers *resolvergen.Resolvers) error {
	files, err := data.Generate()
	if err != nil {
		return err
	}
	found, err := filepath.Glob(filepath.Join(data.Config.Exec.DirName, "*.go"))
	if err != nil {
		return fmt.Errorf("looking for stale files: %w", err)
	}
	for _, filename := range found {
		if _, current := files[filename]; !current && filename != data.Config.Model.Filename && gofile.Generated(filename) {
			files[filename] = nil
		}
	}
	if resolvers != nil {
		more, err := resolvers.Generate(data)
		if err != nil {
			return err
		}
		maps.Copy(files, more)
	}
	for _, filename := range slices.Sorted(maps.Keys(files)) {
		if _, err := gofile.Write(filename, files[filename]); err != nil {
			return err
		}
	}
	return nil
}

// validate compiles what was generated together with the resolvers.
func validate(cfg *config.Config) error {
	if cfg.SkipValidation {
		return nil
	}
	dirs := []string{cfg.Exec.DirName}
	if cfg.Resolver.IsDefined() {
		dirs = append(dirs, cfg.Resolver.DirName)
	}
	compile := exec.Command("go", slices.Concat([]string{"build", "-o", os.DevNull}, dirs)...)
	compile.Dir = cfg.Dir
	if out, err := compile.CombinedOutput(); err != nil {
		return fmt.Errorf("everything was generated, but does not compile yet: %w\n%s", err, out)
	}
	return nil
}
