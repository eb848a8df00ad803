// Package gofile writes Go source files: lines in, imports counted, gofmt'd source out.
package gofile

import (
	"bytes"
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
	imports map[string]string // path to the name the file uses
	taken   map[string]bool
	body    bytes.Buffer
}

// New starts a file of the package with the given import path and name. header is
// written above the package clause, verbatim.
func New(pkgPath, pkgName, header string) *File {
	return &File{header: header, pkgPath: pkgPath, pkgName: pkgName, imports: map[string]string{}, taken: map[string]bool{}}
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
	if len(f.imports) > 0 {
		out.WriteString("import (\n")
		for _, standard := range []bool{true, false} {
			for _, p := range slices.Sorted(maps.Keys(f.imports)) {
				if IsStandard(p) == standard {
					fmt.Fprintln(&out, ImportSpec(p, f.imports[p]))
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

// ImportSpec is one line of an import block; the name is left out where it is plain
// from the path.
func ImportSpec(pkgPath, pkgName string) string {
	if path.Base(pkgPath) == pkgName {
		return strconv.Quote(pkgPath)
	}
	return pkgName + " " + strconv.Quote(pkgPath)
}

// IsStandard tells the standard library's packages from others by their first path
// element: a module may be named without a dot, so its absence alone is no proof.
func IsStandard(pkgPath string) bool {
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

// Write puts source at filename, creating its folder. A file that already says the
// same is left untouched, so that its time of change stays.
func Write(filename string, source []byte) error {
	if old, err := os.ReadFile(filename); err == nil && bytes.Equal(old, source) {
		return nil
	}
	if err := os.MkdirAll(filepath.Dir(filename), 0o755); err != nil {
		return fmt.Errorf("creating the folder of generated code: %w", err)
	}
	if err := os.WriteFile(filename, source, 0o644); err != nil {
		return fmt.Errorf("writing generated code: %w", err)
	}
	return nil
}
