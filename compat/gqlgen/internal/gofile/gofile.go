// Package gofile writes Go source files: text in, imports managed, gofmt'd source out.
package gofile

import (
	"bytes"
	"cmp"
	"fmt"
	"go/types"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/tools/imports"
)

// File is a Go source file whose text is being written.
type File struct {
	bytes.Buffer
	Package
	filename string
	aliases  map[string]string // of what is imported, by path; empty for a package's own name
	taken    map[string]bool   // names that imports have
	specs    []string          // lines of the import block
}

// New starts a file of a package.
func New(filename string, p Package) *File {
	return &File{Package: p, filename: filename, aliases: map[string]string{}, taken: map[string]bool{}}
}

// Import answers the name by which the text must call a package: its own, unless that
// is taken, and none for the file's own package. What turns out unused is not imported.
func (f *File) Import(pkgPath, pkgName string) string {
	if pkgPath == f.Path {
		return ""
	}
	if alias, ok := f.aliases[pkgPath]; ok {
		return cmp.Or(alias, pkgName)
	}
	used := pkgName
	for i := 1; f.taken[used]; i++ {
		used = pkgName + strconv.Itoa(i)
	}
	alias := used
	if used == path.Base(pkgPath) {
		alias = ""
	}
	f.Keep(pkgPath, alias)
	return used
}

// Keep takes an import over as somebody wrote it, with or without an alias, unless
// another has its name already.
func (f *File) Keep(pkgPath, alias string) {
	used := cmp.Or(alias, likelyName(pkgPath))
	if f.taken[used] {
		return
	}
	f.specs = append(f.specs, strings.TrimSpace(alias+" "+strconv.Quote(pkgPath)))
	if alias == "_" || alias == "." {
		return
	}
	f.taken[used] = true
	if _, ok := f.aliases[pkgPath]; !ok {
		f.aliases[pkgPath] = alias
	}
}

// likelyName is what the package at a path is probably called.
func likelyName(pkgPath string) string {
	base := path.Base(pkgPath)
	if version.MatchString(base) {
		return path.Base(path.Dir(pkgPath))
	}
	return base
}

var version = regexp.MustCompile(`^v[0-9]+$`)

// Reserve keeps names from being used for an import.
func (f *File) Reserve(names ...string) {
	for _, n := range names {
		f.taken[n] = true
	}
}

// Type writes a Go type as the file must spell it.
func (f *File) Type(t types.Type) string {
	return types.TypeString(t, func(p *types.Package) string { return f.Import(p.Path(), p.Name()) })
}

// Object writes a reference to a package-level name.
func (f *File) Object(pkgPath, pkgName, object string) string {
	return strings.TrimPrefix(f.Import(pkgPath, pkgName)+"."+object, ".")
}

// Source is the gofmt'd file with what stands above its package clause.
func (f *File) Source(header string) ([]byte, error) {
	var out bytes.Buffer
	fmt.Fprintf(&out, "%spackage %s\n\nimport (\n", header, f.Name)
	for _, group := range f.groups() {
		fmt.Fprintf(&out, "%s\n\n", strings.Join(group, "\n"))
	}
	out.WriteString(")\n\n")
	out.Write(f.Bytes())
	source, err := imports.Process(f.filename, out.Bytes(), nil)
	if err != nil {
		return nil, fmt.Errorf("formatting %s: %w", path.Base(f.filename), err)
	}
	return source, nil
}

// groups are the imports of the standard library, of other modules and of the file's own.
func (f *File) groups() (out [3][]string) {
	for _, spec := range f.specs {
		_, importPath, _ := strings.Cut(spec, `"`)
		first, _, _ := strings.Cut(importPath, "/")
		switch {
		case strings.HasPrefix(importPath, f.Module+"/"):
			out[2] = append(out[2], spec)
		case strings.Contains(first, "."):
			out[1] = append(out[1], spec)
		default:
			out[0] = append(out[0], spec)
		}
	}
	for _, group := range out {
		slices.Sort(group)
	}
	return out
}
