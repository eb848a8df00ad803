package resolvergen

import (
	"go/ast"
	"path"
	"regexp"
	"strconv"
	"strings"

	"github.com/99designs/gqlgen/internal/gofile"
)

// carryImports brings along the imports of a chunk's file that a part of it uses.
func carryImports(f *gofile.File, c *chunk, part ast.Node) {
	used := map[string]bool{}
	ast.Inspect(part, func(n ast.Node) bool {
		if selector, ok := n.(*ast.SelectorExpr); ok {
			if ident, ok := selector.X.(*ast.Ident); ok {
				used[ident.Name] = true
			}
		}
		return true
	})
	for _, spec := range c.origin.file.Imports {
		importPath, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			continue
		}
		if spec.Name != nil {
			if name := spec.Name.Name; used[name] || name == "_" || name == "." {
				f.Keep(importPath, name, name)
			}
			continue
		}
		for _, name := range packageNames(importPath) {
			if used[name] {
				f.Keep(importPath, name, "")
				break
			}
		}
	}
}

var version = regexp.MustCompile(`^v[0-9]+$`)

// packageNames are the names that the package at a path may well have.
func packageNames(importPath string) []string {
	base := path.Base(importPath)
	if version.MatchString(base) {
		base = path.Base(path.Dir(importPath))
	}
	if stem, _, ok := strings.Cut(base, ".v"); ok {
		base = stem
	}
	names := []string{base}
	for _, name := range []string{strings.TrimPrefix(base, "go-"), strings.TrimSuffix(base, "-go"), strings.TrimSuffix(base, ".go"),
		strings.ReplaceAll(base, "-", ""), strings.ReplaceAll(base, "-", "_")} {
		if name != base {
			names = append(names, name)
		}
	}
	if i := strings.LastIndexByte(base, '-'); i >= 0 {
		names = append(names, base[i+1:])
	}
	return names
}
