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

	"github.com/99designs/gqlgen/codegen"
	"github.com/99designs/gqlgen/codegen/config"
	"github.com/99designs/gqlgen/internal/binder"
	"github.com/99designs/gqlgen/internal/gofile"
	"github.com/99designs/gqlgen/plugin/federation"
	"github.com/99designs/gqlgen/plugin/resolvergen"
)

// Generate writes everything that cfg asks for. What is worth telling a person goes
// to notes.
func Generate(cfg *config.Config, notes io.Writer) error {
	if err := cfg.LoadSchema(federation.Extend); err != nil {
		return err
	}
	resolvers, err := resolvergen.Read(cfg) // before anything is written: they may not parse
	if err != nil {
		return err
	}
	data, err := bind(cfg)
	if err != nil {
		return err
	}
	for _, note := range data.Notes {
		fmt.Fprintln(notes, note)
	}
	if err := write(data, resolvers); err != nil {
		return err
	}
	if cfg.SkipValidation {
		return nil
	}
	return compile(cfg)
}

// bind writes the models that are missing and binds the schema.
func bind(cfg *config.Config) (*codegen.Data, error) {
	keys, err := federation.Keys(cfg)
	if err != nil {
		return nil, err
	}
	b, unbound, err := binder.Load(cfg)
	if err != nil {
		return nil, err
	}
	source, err := codegen.Models(cfg, b, unbound, keys)
	if err != nil {
		return nil, err
	}
	changed := false
	if source != nil || gofile.Generated(cfg.Model.Filename) {
		if changed, err = gofile.Write(cfg.Model.Filename, source); err != nil {
			return nil, err
		}
	}
	if err := b.Adopt(unbound, changed); err != nil {
		return nil, err
	}
	return codegen.Build(cfg, b, keys)
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
	more, err := resolvers.Generate(data)
	if err != nil {
		return err
	}
	maps.Copy(files, more)
	for _, filename := range slices.Sorted(maps.Keys(files)) {
		if _, err := gofile.Write(filename, files[filename]); err != nil {
			return err
		}
	}
	return nil
}

// compile compiles what was generated together with the resolvers: the compiler checks
// whatever the generator has taken for granted.
func compile(cfg *config.Config) error {
	command := exec.Command("go", "build", "-o", os.DevNull, cfg.Exec.DirName, cfg.Resolver.DirName)
	command.Dir = cfg.Dir
	if out, err := command.CombinedOutput(); err != nil {
		return fmt.Errorf("everything was generated, but does not compile yet: %w\n%s", err, out)
	}
	return nil
}
