// Package gofile writes Go source files: lines in, imports counted, gofmt'd source out.
package gofile

import (
	"bytes"
	"cmp"
	"fmt"
	"go/format"
	"go/types"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// File is a Go source file that is being written.
type File struct {
	header  string
	pkgPath string
	pkgName string
	local   string
	imports map[string]string // path to the name the file uses
	taken   map[string]bool
	specs   map[string]bool // import lines that are kept as they were written
	kept    map[string]bool // paths that have such a line
	body    bytes.Buffer
}

// New starts a file of the package with the given import path and name. header is
// written above the package clause, verbatim.
func New(pkgPath, pkgName, header string) *File {
	return &File{header: header, pkgPath: pkgPath, pkgName: pkgName, imports: map[string]string{}, taken: map[string]bool{},
		specs: map[string]bool{}, kept: map[string]bool{}}
}

// P writes one formatted line.
func (f *File) P(layout string, args ...any) {
	fmt.Fprintf(&f.body, layout+"\n", args...)
}

// Import makes a package known and answers the name it has in the file; the empty
// string for the file's own package.
func (f *File) Import(pkgPath, pkgName string) string {
	if pkgPath == f.pkgPath {
		return ""
	}
	if used, ok := f.imports[pkgPath]; ok {
		return used
	}
	used := pkgName
	for i := 1; f.taken[used]; i++ {
		used = pkgName + strconv.Itoa(i)
	}
	f.taken[used] = true
	f.imports[pkgPath] = used
	return used
}

// Keep takes an import over as somebody wrote it: used is the name it has in code, alias the
// name that is written before the path, if any.
func (f *File) Keep(pkgPath, used, alias string) {
	if _, ok := f.imports[pkgPath]; !ok && alias != "_" && alias != "." {
		f.imports[pkgPath] = used
		f.taken[used] = true
	}
	f.kept[pkgPath] = true
	f.specs[strings.TrimSpace(alias+" "+strconv.Quote(pkgPath))] = true
}

// Reserve keeps a name from being used for an import.
func (f *File) Reserve(names ...string) {
	for _, n := range names {
		f.taken[n] = true
	}
}

// Type writes a Go type as the file must spell it.
func (f *File) Type(t types.Type) string {
	return types.TypeString(t, f.qualify)
}

// Object writes a reference to a package-level name.
func (f *File) Object(pkgPath, pkgName, object string) string {
	if q := f.Import(pkgPath, pkgName); q != "" {
		return q + "." + object
	}
	return object
}

func (f *File) qualify(p *types.Package) string { return f.Import(p.Path(), p.Name()) }

// Empty reports whether nothing has been written yet.
func (f *File) Empty() bool { return f.body.Len() == 0 }

// Source is the gofmt'd file.
func (f *File) Source() ([]byte, error) {
	var out bytes.Buffer
	out.WriteString(f.header)
	fmt.Fprintf(&out, "package %s\n\n", f.pkgName)
	if specs := f.importSpecs(); len(specs) > 0 {
		out.WriteString("import (\n")
		for _, group := range []importGroup{standard, foreign, local} {
			for _, spec := range specs {
				if f.groupOf(spec) == group {
					fmt.Fprintln(&out, spec)
				}
			}
			out.WriteString("\n")
		}
		out.WriteString(")\n\n")
	}
	out.Write(f.body.Bytes())
	source, err := format.Source(out.Bytes())
	if err != nil {
		return nil, fmt.Errorf("formatting generated Go: %w", err)
	}
	return source, nil
}

// importGroup is a block within the import declaration.
type importGroup int

const (
	standard importGroup = iota
	foreign
	local
)

// Local puts the imports whose paths begin with prefix into a block of their own.
func (f *File) Local(prefix string) { f.local = prefix }

func (f *File) groupOf(spec string) importGroup {
	pkgPath := spec[strings.IndexByte(spec, '"')+1 : len(spec)-1]
	switch {
	case isStandard(pkgPath):
		return standard
	case f.local != "" && strings.HasPrefix(pkgPath, f.local):
		return local
	}
	return foreign
}

// importSpecs are the lines of the import block, sorted by path.
func (f *File) importSpecs() []string {
	specs := slices.Collect(maps.Keys(f.specs))
	for pkgPath, used := range f.imports {
		if !f.kept[pkgPath] {
			specs = append(specs, importSpec(pkgPath, used))
		}
	}
	byPath := func(spec string) string { return spec[strings.IndexByte(spec, '"'):] }
	slices.SortFunc(specs, func(a, b string) int {
		return cmp.Or(strings.Compare(byPath(a), byPath(b)), strings.Compare(a, b))
	})
	return specs
}

// importSpec is one line of an import block; the name is left out where it is plain
// from the path.
func importSpec(pkgPath, pkgName string) string {
	if path.Base(pkgPath) == pkgName {
		return strconv.Quote(pkgPath)
	}
	return pkgName + " " + strconv.Quote(pkgPath)
}

// isStandard tells the standard library's packages from others by their first path
// element: a module may be named without a dot, so its absence alone is no proof.
func isStandard(pkgPath string) bool {
	first, _, _ := strings.Cut(pkgPath, "/")
	switch first {
	case "archive", "bufio", "bytes", "cmp", "compress", "container", "context", "crypto", "database", "embed",
		"encoding", "errors", "expvar", "flag", "fmt", "go", "hash", "html", "image", "io", "iter", "log", "maps",
		"math", "mime", "net", "os", "path", "reflect", "regexp", "runtime", "slices", "sort", "strconv", "strings",
		"sync", "testing", "text", "time", "unicode", "unique", "unsafe", "weak":
		return true
	}
	return false
}

// Write puts source at filename, creating its folder, and reports whether that changed
// anything: a file that already says the same is left untouched, its time included.
func Write(filename string, source []byte) (changed bool, err error) {
	if old, err := os.ReadFile(filename); err == nil && bytes.Equal(old, source) {
		return false, nil
	}
	if err := os.MkdirAll(filepath.Dir(filename), 0o755); err != nil {
		return false, fmt.Errorf("creating the folder of generated code: %w", err)
	}
	if err := os.WriteFile(filename, source, 0o644); err != nil {
		return false, fmt.Errorf("writing generated code: %w", err)
	}
	return true, nil
}

// RemoveGenerated deletes a file, provided that its first line says that it was generated.
func RemoveGenerated(filename string) error {
	source, err := os.ReadFile(filename)
	if err != nil {
		return fmt.Errorf("reading generated code: %w", err)
	}
	if !bytes.HasPrefix(source, []byte("// Code generated by github.com/99designs/gqlgen")) {
		return nil
	}
	if err := os.Remove(filename); err != nil {
		return fmt.Errorf("removing generated code: %w", err)
	}
	return nil
}
