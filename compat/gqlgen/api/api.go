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
	data, err := codegen.Build(cfg)
	if err != nil {
		return err
	}
	for _, note := range data.Notes {
		fmt.Fprintln(notes, note)
	}
	if err := write(data, resolvers); err != nil {
		return err
	}
	return compile(cfg)
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
	if err := resolvers.Generate(data, files); err != nil {
		return err
	}
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
