// Package resolvergen keeps the resolvers' files in step with the schema. What was
// written by hand is kept: bodies and comments stay with their resolver, other
// declarations move to a file beside it, and a body whose field is gone is left at the
// end of its file as a comment.
package resolvergen

import (
	"bytes"
	"cmp"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"os"
	"path/filepath"
	"strings"

	"github.com/99designs/gqlgen/codegen"
	"github.com/99designs/gqlgen/codegen/config"
	"github.com/99designs/gqlgen/internal/gofile"
	"github.com/99designs/gqlgen/internal/name"
)

const notice = `// The resolvers of one schema file. The generator rewrites it: bodies and comments of
// resolvers stay, everything else moves to a file beside it.

`

const lostWarning = `// These resolvers have no field in the schema any more. Move what is worth keeping
// elsewhere and delete the rest.`

// root is the type of the root resolver.
const root = "Resolver"

// Resolvers are the files of the resolvers' package, as they are and as they will be.
type Resolvers struct {
	pkg     gofile.Package
	dir     string
	sources []*source
	files   map[string]*file
}

// file is a file that is being written. Its tail are the types of resolvers and their
// accessors, and its lost are resolvers without a field.
type file struct {
	*gofile.File
	header, tail, lost, trailer string
}

// Read reads the resolvers that there are.
func Read(cfg *config.Config) (*Resolvers, error) {
	pkg, err := gofile.Locate(cfg.Resolver.DirName, cfg.Resolver.Package)
	if err != nil {
		return nil, err
	}
	sources, err := scan(cfg.Resolver.DirName)
	return &Resolvers{pkg: pkg, dir: cfg.Resolver.DirName, sources: sources, files: map[string]*file{}}, err
}

// Generate adds the resolvers' files to out, nil for those that are to go.
func (r *Resolvers) Generate(d *codegen.Data, out map[string][]byte) (err error) {
	chunks := map[string]*chunk{}
	for _, s := range r.sources {
		if s.stem != "" {
			r.file(s.stem) // so that a file with nothing left is removed
		}
		for _, c := range s.chunks {
			chunks[c.name] = c
		}
	}
	for _, o := range d.Resolvers() {
		f, receiver := r.file(o.File), name.Lower(o.GoName)+"Resolver"
		for _, field := range o.Fields {
			if field.Access == nil {
				r.method(receiver, field, chunks[receiver+"."+field.GoName])
			}
		}
		f.declare(chunks[root+"."+o.GoName], fmt.Sprintf("// %s gives the resolvers of %s.\nfunc (r *%s) %s() %s { return &%s{r} }",
			o.GoName, o.GoName, root, o.GoName, f.Object(d.Package.Path, d.Package.Name, o.GoName+"Resolver"), receiver))
		f.declare(chunks[receiver], fmt.Sprintf("type %s struct{ *%s }", receiver, root))
	}
	r.leftovers(chunks)
	if chunks[root] == nil {
		out[filepath.Join(r.dir, "resolver.go")] = fmt.Appendf(nil,
			"package %s\n\n// %s is the root of all resolvers and holds what they need. This file is yours.\ntype %s struct{}\n", r.pkg.Name, root, root)
	}
	for filename, f := range r.files {
		if out[filename], err = f.finish(); err != nil {
			return err
		}
	}
	return nil
}

// file is the file for a schema file's name, started at need.
func (r *Resolvers) file(stem string) *file {
	filename := filepath.Join(r.dir, stem+config.ResolverSuffix)
	if f := r.files[filename]; f != nil {
		return f
	}
	f := &file{File: gofile.New(filename, r.pkg, "r", "ctx", "obj", "objs", "reps"), header: notice}
	for _, s := range r.sources {
		if s.filename == filename {
			f.header, f.trailer = s.header, s.trailer
			f.carry(s.imports)
		}
	}
	r.files[filename] = f
	return f
}

// carry brings the imports of text along, by path.
func (f *file) carry(aliases map[string]string) {
	for path, alias := range aliases {
		f.Keep(path, alias)
	}
}

// method writes one resolver: with the body and comment it has, or as a stub. One that
// stands in a file written by hand stays there.
func (r *Resolvers) method(receiver string, field *codegen.Field, existing *chunk) {
	f := r.file(field.File)
	comment := fmt.Sprintf("// %s is the resolver for the %s field.", field.GoName, field.Name)
	before, body := fmt.Sprintf("func (r *%s) %s", receiver, field.GoName), fmt.Sprintf("{\n\tpanic(\"not implemented: %s\")\n}", field.GoName)
	if existing != nil {
		existing.taken = true
		if existing.byHand {
			return
		}
		comment, before, body = cmp.Or(existing.comment, comment), existing.before, existing.body
		f.carry(existing.imports)
	}
	fmt.Fprintf(f, "%s\n%s%s %s\n\n", comment, before, field.Signature(f.File), body)
}

// declare writes what is declared already, or else text.
func (f *file) declare(existing *chunk, text string) {
	if existing != nil {
		existing.taken = true
		text = existing.comment + "\n" + existing.text
	}
	if existing == nil || !existing.byHand {
		f.tail += text + "\n\n"
	}
}

// leftovers decides on what no resolver has claimed.
func (r *Resolvers) leftovers(chunks map[string]*chunk) {
	isHolder := func(typeName string) bool { return chunks[typeName] != nil && chunks[typeName].holder }
	for _, s := range r.sources {
		for _, c := range s.chunks {
			receiver, method, isMethod := strings.Cut(c.name, ".")
			text := strings.TrimSpace(c.comment + "\n" + c.text)
			switch {
			case c.byHand, c.taken, c.holder, receiver == root && isHolder(name.Lower(method)+"Resolver"):
				// written, or the type and accessor of an object that has no resolvers any more
			case !isMethod || !isHolder(receiver):
				fmt.Fprintf(r.beside(s), "%s\n\n", text)
			case !c.stub:
				r.file(s.stem).lost += "\n//\n// " + strings.ReplaceAll(text, "\n", "\n// ")
			}
		}
	}
}

// beside is the new file for declarations of s that are no resolvers: event.go for
// event.resolvers.go, or another name where there is an event.go.
func (r *Resolvers) beside(s *source) *file {
	filename := filepath.Join(r.dir, s.stem+".go")
	for i := 2; ; i++ {
		if f := r.files[filename]; f != nil {
			return f
		}
		if _, err := os.Stat(filename); os.IsNotExist(err) {
			f := &file{File: gofile.New(filename, r.pkg)}
			f.carry(s.imports)
			r.files[filename] = f
			return f
		}
		filename = filepath.Join(r.dir, fmt.Sprintf("%s_%d.go", s.stem, i))
	}
}

// finish answers the file's source; nil where there is nothing in it.
func (f *file) finish() ([]byte, error) {
	if f.lost != "" && !strings.Contains(f.trailer, lostWarning) {
		f.lost = lostWarning + f.lost
	}
	fmt.Fprintf(f, "%s%s\n\n%s", f.tail, f.trailer, strings.TrimSpace(f.lost))
	if len(bytes.TrimSpace(f.Bytes())) == 0 {
		return nil, nil
	}
	return f.Source(f.header)
}

// source is an existing Go file of the resolvers' package.
type source struct {
	filename, text string
	// stem is the name of the schema file, if this is one of resolvers; such a file is rewritten.
	stem    string
	imports map[string]string
	// header is what stands before the package clause, and trailer after the last declaration.
	header, trailer string
	chunks          []*chunk
}

// chunk is a top-level declaration of an existing file.
type chunk struct {
	// name is how the chunk is asked for: "eventResolver.Organisation" for a method,
	// "eventResolver" for a type that is declared alone; empty for the rest.
	name string
	// comment is everything between the declaration before and this one.
	comment, text string
	// before is the text of a function up to its parameters, and body that of its body.
	before, body string
	// stub says that the body is what new resolvers are given, holder that the type is
	// struct{ *Resolver } and nothing more, byHand that the file is not one of resolvers,
	// and taken that the chunk has been written.
	stub, holder, byHand, taken bool
	imports                     map[string]string // of its file: alias by path
}

// scan parses the Go files of a folder, tests apart. A file that does not parse stops
// everything: rewriting it would lose code.
func scan(dir string) (out []*source, err error) {
	names, err := filepath.Glob(filepath.Join(dir, "*.go"))
	for _, filename := range names {
		if strings.HasSuffix(filename, "_test.go") {
			continue
		}
		text, err := os.ReadFile(filename)
		if err != nil {
			return nil, fmt.Errorf("reading resolvers: %w", err)
		}
		fset := token.NewFileSet()
		file, err := parser.ParseFile(fset, filename, text, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return nil, fmt.Errorf("reading resolvers: %w", err)
		}
		s := &source{filename: filename, text: string(text), imports: map[string]string{}}
		if stem, ours := strings.CutSuffix(filepath.Base(filename), config.ResolverSuffix); ours {
			s.stem = stem
		}
		for _, spec := range file.Imports {
			alias := ""
			if spec.Name != nil {
				alias = spec.Name.Name
			}
			s.imports[strings.Trim(spec.Path.Value, "\"`")] = alias
		}
		s.cut(file, func(p token.Pos) int { return fset.Position(p).Offset })
		out = append(out, s)
	}
	return out, err
}

// cut divides the file into its declarations.
func (s *source) cut(file *ast.File, offset func(token.Pos) int) {
	s.header = s.text[:offset(file.Package)]
	end := offset(file.Name.End())
	for _, decl := range file.Decls {
		start, stop := offset(decl.Pos()), offset(decl.End())
		c := &chunk{comment: strings.TrimSpace(s.text[end:start]), text: s.text[start:stop], byHand: s.stem == "", imports: s.imports}
		end = stop
		switch d := decl.(type) {
		case *ast.FuncDecl:
			if d.Recv != nil && d.Body != nil {
				c.name = strings.TrimPrefix(types.ExprString(d.Recv.List[0].Type), "*") + "." + d.Name.Name
				c.before, c.body = s.text[start:offset(d.Type.Params.Pos())], s.text[offset(d.Body.Pos()):stop]
				c.stub = len(d.Body.List) == 1 && strings.HasPrefix(strings.TrimLeft(c.body, "{\n\t "), "panic(") && strings.Contains(c.body, "not implemented")
			}
		case *ast.GenDecl:
			if d.Tok == token.IMPORT {
				continue
			}
			for _, spec := range d.Specs {
				if spec, ok := spec.(*ast.TypeSpec); ok && len(d.Specs) == 1 {
					c.name = spec.Name.Name
					c.holder = strings.HasSuffix(c.name, "Resolver") && types.ExprString(spec.Type) == "struct{*"+root+"}"
				}
			}
		}
		s.chunks = append(s.chunks, c)
	}
	s.trailer = strings.TrimSpace(s.text[end:])
}
