package codegen

import (
	"cmp"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"

	"github.com/99designs/gqlgen/codegen/config"
	"github.com/99designs/gqlgen/internal/binder"
	"github.com/99designs/gqlgen/internal/gofile"
)

// Paths of the packages that generated code is built on.
const (
	graphqlPath = "github.com/99designs/gqlgen/graphql"
	enginePath  = "github.com/99designs/gqlgen/graphql/engine"
	coercePath  = "github.com/99designs/gqlgen/codegen/coerce"
)

// Writer writes the executor's files.
type Writer struct {
	*Data
	Path  string
	files map[string]*gofile.File
	// leaves are the models whose readers (true) or writers are needed.
	readers, writers map[string]*binder.Model
}

// NewWriter starts the executor of d.
func NewWriter(d *Data) (*Writer, error) {
	path, err := binder.ImportPath(d.Config.Exec.DirName)
	if err != nil {
		return nil, err
	}
	return &Writer{
		Data: d, Path: path, files: map[string]*gofile.File{},
		readers: map[string]*binder.Model{}, writers: map[string]*binder.Model{},
	}, nil
}

// Generate writes all files of the executor, by file name. more adds to them before
// the root file is closed.
func (w *Writer) Generate(more func(*Writer) error) (map[string][]byte, error) {
	for _, o := range w.Objects {
		f := w.fileOf(o.Def.Position)
		w.resolverInterface(f, o)
		w.object(f, o)
	}
	for _, in := range w.Inputs {
		w.input(w.fileOf(in.Def.Position), in)
	}
	for _, a := range w.Abstracts {
		w.abstract(w.fileOf(a.Def.Position), a)
	}
	if more != nil {
		if err := more(w); err != nil {
			return nil, err
		}
	}
	w.root(w.File(w.rootName()))
	out := make(map[string][]byte, len(w.files))
	for _, filename := range slices.Sorted(maps.Keys(w.files)) {
		source, err := w.files[filename].Source()
		if err != nil {
			return nil, fmt.Errorf("%s: %w", filepath.Base(filename), err)
		}
		out[filename] = source
	}
	return out, nil
}

func (w *Writer) rootName() string {
	if w.Config.Exec.Layout == config.LayoutSingleFile {
		return w.Config.Exec.Filename
	}
	return filepath.Join(w.Config.Exec.DirName, "root_.generated.go")
}

// fileOf is the file for what stands at a position of the schema.
func (w *Writer) fileOf(position *ast.Position) *gofile.File {
	if w.Config.Exec.Layout == config.LayoutSingleFile {
		return w.File(w.rootName())
	}
	return w.File(filepath.Join(w.Config.Exec.DirName, SourceBase(position)+".generated.go"))
}

// SourceBase is the name that code takes from a schema file: schema/event.graphqls
// gives event.
func SourceBase(position *ast.Position) string {
	base := filepath.Base(position.Src.Name)
	return strings.TrimSuffix(base, filepath.Ext(base))
}

// File is the file of the executor's package with the given name, started at need.
func (w *Writer) File(filename string) *gofile.File {
	f := w.files[filename]
	if f == nil {
		f = gofile.New(w.Path, w.Config.Exec.Package, w.Config.Notice())
		f.Local(w.Config.LocalPrefix)
		f.Reserve("e", "o", "v", "args", "ctx", "parent", "parents", "raw", "dst", "out", "err", "fields", "value")
		w.files[filename] = f
	}
	return f
}

func coerce(f *gofile.File) string { return f.Import(coercePath, "coerce") }
func engine(f *gofile.File) string { return f.Import(enginePath, "engine") }
func ctx(f *gofile.File) string    { return f.Import("context", "context") + ".Context" }

// resolverInterface writes the interface that a hand-written resolver of o satisfies.
func (w *Writer) resolverInterface(f *gofile.File, o *Object) {
	if !o.HasResolvers() {
		return
	}
	f.P("// %sResolver resolves the fields of %s that are not read from its Go type.", goTypeName(o), o.Def.Name)
	f.P("type %sResolver interface {", goTypeName(o))
	for _, field := range o.Fields {
		if field.Resolver {
			f.P("\t%s%s", field.GoName, field.Signature(f))
		}
	}
	f.P("}\n")
}

// Signature is the parameters and results of a field's resolver.
func (fd *Field) Signature(f *gofile.File) string {
	params := []string{"ctx " + ctx(f)}
	if !fd.Object.Root {
		parent := f.Type(fd.Object.Model.Pointer())
		if fd.Batch {
			params = append(params, "objs []"+parent)
		} else {
			params = append(params, "obj "+parent)
		}
	}
	for _, arg := range fd.Args {
		params = append(params, arg.GoName+" "+f.Type(arg.Ref.Go))
	}
	result := f.Type(fd.Ref.Go)
	switch {
	case fd.Object.Stream:
		result = "<-chan " + result
	case fd.Batch:
		result = "[]" + result
	}
	return "(" + strings.Join(params, ", ") + ") (" + result + ", error)"
}

// ResolverObjects lists the objects that have resolvers, sorted by name.
func (d *Data) ResolverObjects() []*Object {
	out := slices.DeleteFunc(slices.Clone(d.Objects), func(o *Object) bool { return !o.HasResolvers() })
	slices.SortFunc(out, func(a, b *Object) int { return cmp.Compare(goTypeName(a), goTypeName(b)) })
	return out
}
