// Package api runs the generator from Go.
package api

import (
	"errors"
	"fmt"
	"io"
	"maps"
	"path/filepath"
	"slices"

	"github.com/99designs/gqlgen/codegen"
	"github.com/99designs/gqlgen/codegen/config"
	"github.com/99designs/gqlgen/internal/binder"
	"github.com/99designs/gqlgen/internal/gofile"
	"github.com/99designs/gqlgen/plugin/federation"
	"github.com/99designs/gqlgen/plugin/modelgen"
	"github.com/99designs/gqlgen/plugin/resolvergen"
)

// Generate writes everything that cfg asks for. What is worth telling a person goes
// to notes, which may be nil.
func Generate(cfg *config.Config, notes io.Writer) error {
	if err := cfg.LoadSources(); err != nil {
		return err
	}
	if err := federation.Extend(cfg); err != nil {
		return err
	}
	if err := cfg.LoadSchema(); err != nil {
		return err
	}
	b, err := bind(cfg)
	if err != nil {
		return err
	}
	data, err := codegen.Build(cfg, b)
	if err != nil {
		return err
	}
	if err := federation.Bind(data); err != nil {
		return err
	}
	if err := execute(data); err != nil {
		return err
	}
	if notes != nil {
		for _, note := range data.Notes {
			fmt.Fprintln(notes, note)
		}
	}
	if cfg.Resolver.IsDefined() {
		if err := resolvergen.Generate(data); err != nil {
			return err
		}
	}
	if cfg.SkipValidation {
		return nil
	}
	return validate(cfg)
}

// bind writes the models that are missing and binds every type. Packages are read
// again only where the models have changed.
func bind(cfg *config.Config) (*binder.Binder, error) {
	b, err := binder.Load(cfg)
	if err != nil {
		return nil, err
	}
	inputs, err := federation.Inputs(cfg)
	if err != nil {
		return nil, err
	}
	source, names, err := modelgen.Generate(cfg, b, inputs)
	if err != nil || source == nil {
		return b, err
	}
	changed, err := gofile.Write(cfg.Model.Filename, source)
	if err != nil {
		return nil, err
	}
	return b, b.Adopt(names, changed)
}

func execute(data *codegen.Data) error {
	w, err := codegen.NewWriter(data)
	if err != nil {
		return err
	}
	files, err := w.Generate(federation.Write)
	if err != nil {
		return err
	}
	for _, filename := range slices.Sorted(maps.Keys(files)) {
		if _, err := gofile.Write(filename, files[filename]); err != nil {
			return err
		}
	}
	return removeStale(data.Config, files)
}

// removeStale deletes generated files of schema files that are no more.
func removeStale(cfg *config.Config, files map[string][]byte) error {
	if cfg.Exec.Layout != config.LayoutFollowSchema {
		return nil
	}
	found, err := filepath.Glob(filepath.Join(cfg.Exec.DirName, "*.generated.go"))
	if err != nil {
		return fmt.Errorf("looking for stale files: %w", err)
	}
	var errs []error
	for _, filename := range found {
		if files[filename] == nil {
			errs = append(errs, gofile.RemoveGenerated(filename))
		}
	}
	return errors.Join(errs...)
}
