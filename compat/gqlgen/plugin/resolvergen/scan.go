package resolvergen

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"os"
	"path/filepath"
	"strings"

	"github.com/99designs/gqlgen/codegen/config"
)

// source is an existing Go file of the resolvers' package.
type source struct {
	filename, text string
	// stem is the name of the schema file, if this is one of resolvers; such a file is rewritten.
	stem    string
	imports map[string]string // alias by path
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
		c := &chunk{comment: strings.TrimSpace(s.text[end:start]), text: s.text[start:stop], byHand: s.stem == ""}
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
