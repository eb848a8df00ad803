package api

import (
	"errors"
	"fmt"
	"path/filepath"

	"golang.org/x/tools/go/packages"

	"github.com/99designs/gqlgen/codegen/config"
)

// The most errors that are told of code that does not compile.
const mostErrors = 10

// validate type-checks what was generated together with the resolvers.
func validate(cfg *config.Config) error {
	roots := []string{cfg.Exec.DirName}
	if found, err := filepath.Glob(filepath.Join(filepath.Dir(cfg.Model.Filename), "*.go")); err == nil && len(found) > 0 {
		roots = append(roots, filepath.Dir(cfg.Model.Filename))
	}
	if cfg.Resolver.IsDefined() {
		roots = append(roots, cfg.Resolver.DirName)
	}
	loaded, err := packages.Load(&packages.Config{
		Mode: packages.NeedName | packages.NeedFiles | packages.NeedImports | packages.NeedTypes | packages.NeedSyntax | packages.NeedTypesInfo,
		Dir:  cfg.Dir,
	}, roots...)
	if err != nil {
		return fmt.Errorf("checking the generated code: %w", err)
	}
	var errs []error
	for _, p := range loaded {
		for _, e := range p.Errors {
			if len(errs) < mostErrors {
				errs = append(errs, e)
			}
		}
	}
	if len(errs) > 0 {
		return fmt.Errorf("everything was generated, but does not compile yet: %w", errors.Join(errs...))
	}
	return nil
}
