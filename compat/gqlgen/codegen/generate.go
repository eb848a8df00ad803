package codegen

import (
	"path/filepath"

	"github.com/vektah/gqlparser/v2/ast"

	"github.com/99designs/gqlgen/codegen/config"
	"github.com/99designs/gqlgen/internal/binder"
	"github.com/99designs/gqlgen/internal/gofile"
)

// Generate writes all files of the executor, by file name.
func (d *Data) Generate() (map[string][]byte, error) {
	exec := d.Config.Exec
	pkg, err := gofile.Locate(exec.DirName, exec.Package)
	if err != nil {
		return nil, err
	}
	leaves := &leaves{map[string]*binder.Model{}, map[string]*binder.Model{}}
	files := map[string]*printer{}
	file := func(filename string) *printer {
		if files[filename] == nil {
			files[filename] = newPrinter(d.Config, d.Binder, gofile.New(filename, pkg), leaves)
		}
		return files[filename]
	}
	schemaFile := func(base string) *printer { return file(filepath.Join(exec.DirName, base+".generated.go")) }
	for _, o := range d.Objects {
		schemaFile(o.File).print("object", o)
	}
	for _, def := range d.Inputs {
		schemaFile(sourceBase(def.Position)).print("input", def)
	}
	for _, def := range d.Abstracts {
		schemaFile(sourceBase(def.Position)).print("abstract", def)
	}
	if d.Config.Federation.IsDefined() {
		file(d.Config.Federation.Filename).print("federation", d)
	}
	root := file(filepath.Join(exec.DirName, "root_.generated.go"))
	root.print("root", d)
	root.print("leaves", leaves) // all that the others refer to
	out := map[string][]byte{}
	for filename, p := range files {
		if out[filename], err = p.source(); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// Models writes the file of the models of types, with inputs that are not of the
// schema; none where there are none of either.
func Models(cfg *config.Config, b *binder.Binder, types, inputs []*ast.Definition) ([]byte, error) {
	p := newPrinter(cfg, b, gofile.New(cfg.Model.Filename, b.ModelPackage), nil)
	for _, def := range append(types, inputs...) {
		p.print(string(def.Kind), def)
	}
	if p.Len() == 0 {
		return nil, p.err
	}
	return p.source()
}
