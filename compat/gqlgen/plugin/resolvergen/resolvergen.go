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
	pkg    gofile.Package
	dir    string
	chunks []*chunk          // of all existing files
	named  map[string]*chunk // those that have names
	files  map[string]*file
}

// file is a file that is being written. Its tail are the types of resolvers and their
// accessors, its lost are resolvers without a field, and its trailer is the comment that
// stood at its end already.
type file struct {
	*gofile.File
	header, tail, lost, trailer string
}

// Read reads the resolvers that there are.
func Read(cfg *config.Config) (*Resolvers, error) {
	dir := cfg.Resolver.DirName
	r := &Resolvers{pkg: gofile.Locate(dir, cfg.Resolver.Package), dir: dir, named: map[string]*chunk{}, files: map[string]*file{}}
	return r, r.scan()
}

// Generate adds the resolvers' files to out, nil for those that are to go.
func (r *Resolvers) Generate(d *codegen.Data, out map[string][]byte) (err error) {
	for _, o := range d.Resolvers() {
		f, receiver := r.file(o.File), name.Lower(o.GoName)+"Resolver"
		for _, field := range o.Fields {
			if field.Member == "" {
				r.method(receiver, field)
			}
		}
		r.declare(f, root+"."+o.GoName, fmt.Sprintf("// %s gives the resolvers of %s.\nfunc (r *%s) %s() %s { return &%s{r} }",
			o.GoName, o.GoName, root, o.GoName, f.Object(d.Package.Path, d.Package.Name, o.GoName+"Resolver"), receiver))
		r.declare(f, receiver, fmt.Sprintf("type %s struct{ *%s }", receiver, root))
	}
	r.leftovers()
	if r.named[root] == nil {
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
	if r.files[filename] == nil {
		r.files[filename] = &file{File: gofile.New(filename, r.pkg, "r", "ctx", "obj", "objs", "reps"), header: notice}
	}
	return r.files[filename]
}

// carry brings along the imports that text of a source may need.
func (f *file) carry(s *source) {
	for path, alias := range s.imports {
		f.Keep(path, alias)
	}
}

// claim takes a declaration by name, or else one to write anew.
func (r *Resolvers) claim(declared string, anew *chunk) *chunk {
	c := r.named[declared]
	if c == nil {
		anew.source = &source{stem: "new"}
		return anew
	}
	c.taken = true
	return c
}

// method writes one resolver: with the body and comment it has, or as a stub. One that
// stands in a file written by hand stays there.
func (r *Resolvers) method(receiver string, field *codegen.Field) {
	f := r.file(field.File)
	stub := fmt.Sprintf("{\n\tpanic(\"not implemented: %s\")\n}", field.GoName)
	c := r.claim(receiver+"."+field.GoName, &chunk{before: fmt.Sprintf("func (r *%s) %s", receiver, field.GoName), body: stub})
	if c.byHand() {
		return
	}
	f.carry(c.source)
	comment := cmp.Or(c.comment, fmt.Sprintf("// %s is the resolver for the %s field.", field.GoName, field.Name))
	fmt.Fprintf(f, "%s\n%s%s %s\n\n", comment, c.before, field.Signature(f.File), c.body)
}

// declare writes into the tail what is declared already, or else text.
func (r *Resolvers) declare(f *file, declared, text string) {
	if c := r.claim(declared, &chunk{text: text}); !c.byHand() {
		f.tail += c.comment + "\n" + c.text + "\n\n"
	}
}

// leftovers decides on what no resolver has claimed.
func (r *Resolvers) leftovers() {
	isHolder := func(typeName string) bool { return r.named[typeName] != nil && r.named[typeName].holder }
	for _, c := range r.chunks {
		receiver, method, isMethod := strings.Cut(c.name, ".")
		text := strings.TrimSpace(c.comment + "\n" + c.text)
		switch {
		case c.byHand(), c.taken, c.holder, receiver == root && isHolder(name.Lower(method)+"Resolver"):
			// written, or the type and accessor of an object that has no resolvers any more
		case !isMethod || !isHolder(receiver):
			fmt.Fprintf(r.beside(c.source), "%s\n\n", text)
		case !c.stub:
			r.file(c.source.stem).lost += "\n//\n// " + strings.ReplaceAll(text, "\n", "\n// ")
		}
	}
}

// beside is the new file for declarations that are no resolvers: event.go for
// event.resolvers.go, or another name where there is an event.go.
func (r *Resolvers) beside(s *source) *file {
	filename := filepath.Join(r.dir, s.stem+".go")
	for i := 2; ; i++ {
		if _, err := os.Stat(filename); os.IsNotExist(err) {
			break
		}
		filename = filepath.Join(r.dir, fmt.Sprintf("%s_%d.go", s.stem, i))
	}
	if r.files[filename] == nil {
		r.files[filename] = &file{File: gofile.New(filename, r.pkg)}
		r.files[filename].carry(s)
	}
	return r.files[filename]
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
	// stem is the name of the schema file, if this is one of resolvers; such a file is rewritten.
	stem    string
	imports map[string]string // alias by path
}

// chunk is a top-level declaration.
type chunk struct {
	source *source
	// name is how the chunk is asked for: "eventResolver.Organisation" for a method,
	// "eventResolver" for a type that is declared alone; empty for the rest.
	name string
	// comment is everything between the declaration before and this one.
	comment, text string
	// before is the text of a method up to its parameters, and body that of its body.
	before, body string
	// stub says that the body is what new resolvers are given, holder that the type is
	// struct{ *Resolver } and nothing more, and taken that it has been claimed.
	stub, holder, taken bool
}

// byHand reports whether the chunk stands in a file that is not one of resolvers.
func (c *chunk) byHand() bool { return c.source.stem == "" }

// scan parses the Go files of the package, tests apart. A file that does not parse stops
// everything: rewriting it would lose code.
func (r *Resolvers) scan() error {
	names, err := filepath.Glob(filepath.Join(r.dir, "*.go"))
	for _, filename := range names {
		if strings.HasSuffix(filename, "_test.go") {
			continue
		}
		text, err := os.ReadFile(filename)
		if err != nil {
			return fmt.Errorf("reading resolvers: %w", err)
		}
		fset := token.NewFileSet()
		parsed, err := parser.ParseFile(fset, filename, text, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return fmt.Errorf("reading resolvers: %w", err)
		}
		s := &source{imports: map[string]string{}}
		for _, spec := range parsed.Imports {
			alias := ""
			if spec.Name != nil {
				alias = spec.Name.Name
			}
			s.imports[strings.Trim(spec.Path.Value, "\"`")] = alias
		}
		slice := func(from, to token.Pos) string {
			return string(text[fset.Position(from).Offset:fset.Position(to).Offset])
		}
		trailer := r.cut(s, parsed, slice)
		if stem, ours := strings.CutSuffix(filepath.Base(filename), config.ResolverSuffix); ours {
			s.stem = stem
			f := r.file(stem)
			f.header, f.trailer = slice(parsed.FileStart, parsed.Package), trailer
			f.carry(s)
		}
	}
	return err
}

// cut divides a file into its declarations and answers the comment after them. slice is
// the text between two positions.
func (r *Resolvers) cut(s *source, parsed *ast.File, slice func(from, to token.Pos) string) (trailer string) {
	end := parsed.Name.End()
	for _, decl := range parsed.Decls {
		c := &chunk{source: s, comment: strings.TrimSpace(slice(end, decl.Pos())), text: slice(decl.Pos(), decl.End())}
		end = decl.End()
		if d, ok := decl.(*ast.FuncDecl); ok && d.Recv != nil && d.Body != nil {
			c.name = strings.TrimPrefix(types.ExprString(d.Recv.List[0].Type), "*") + "." + d.Name.Name
			c.before, c.body = slice(d.Pos(), d.Type.Params.Pos()), slice(d.Body.Pos(), d.End())
			c.stub = len(d.Body.List) == 1 && strings.HasPrefix(strings.TrimLeft(c.body, "{\n\t "), "panic(") && strings.Contains(c.body, "not implemented")
		}
		if d, ok := decl.(*ast.GenDecl); ok && d.Tok == token.TYPE && len(d.Specs) == 1 {
			spec := d.Specs[0].(*ast.TypeSpec)
			c.name = spec.Name.Name
			c.holder = strings.HasSuffix(c.name, "Resolver") && types.ExprString(spec.Type) == "struct{*"+root+"}"
		} else if ok && d.Tok == token.IMPORT {
			continue
		}
		r.chunks = append(r.chunks, c)
		r.named[c.name] = c
	}
	return strings.TrimSpace(slice(end, parsed.FileEnd))
}
