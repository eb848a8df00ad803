package resolvergen

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"strings"
)

// chunk is a top-level declaration of an existing file, with the comments before it.
type chunk struct {
	origin *source
	decl   ast.Decl
	// comment is everything between the declaration before and this one.
	comment string
	text    string
	taken   bool
}

// source is an existing Go file of the resolvers' package.
type source struct {
	filename string
	// header is what stands before the package clause.
	header  string
	text    string
	file    *ast.File
	fset    *token.FileSet
	chunks  []*chunk
	trailer string
	// ours says that the file's name fits the template, so that it is rewritten.
	ours bool
}

// scan parses the Go files of a folder, tests apart. A file that does not parse stops
// everything: rewriting it would lose code.
func scan(dir string, ours func(base string) bool) ([]*source, error) {
	names, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil {
		return nil, fmt.Errorf("listing resolvers: %w", err)
	}
	var out []*source
	for _, filename := range names {
		if strings.HasSuffix(filename, "_test.go") {
			continue
		}
		text, err := os.ReadFile(filename)
		if err != nil {
			return nil, fmt.Errorf("reading resolvers: %w", err)
		}
		s := &source{filename: filename, text: string(text), fset: token.NewFileSet(), ours: ours(filepath.Base(filename))}
		if s.file, err = parser.ParseFile(s.fset, filename, text, parser.ParseComments|parser.SkipObjectResolution); err != nil {
			return nil, fmt.Errorf("reading resolvers: %w", err)
		}
		s.cut()
		out = append(out, s)
	}
	return out, nil
}

// cut divides the file into its declarations.
func (s *source) cut() {
	s.header = s.text[:s.offset(s.file.Package)]
	end := s.offset(s.file.Name.End())
	for _, decl := range s.file.Decls {
		start, stop := s.offset(decl.Pos()), s.offset(decl.End())
		if g, ok := decl.(*ast.GenDecl); ok && g.Tok == token.IMPORT {
			end = stop
			continue
		}
		s.chunks = append(s.chunks, &chunk{
			origin: s, decl: decl, comment: strings.TrimSpace(s.text[end:start]), text: s.text[start:s.lineEnd(stop)],
		})
		end = s.lineEnd(stop)
	}
	s.trailer = strings.TrimSpace(s.text[end:])
}

// lineEnd moves past a comment that stands on the same line as offset.
func (s *source) lineEnd(offset int) int {
	rest := s.text[offset:]
	line, _, _ := strings.Cut(rest, "\n")
	if strings.HasPrefix(strings.TrimSpace(line), "//") {
		return offset + len(line)
	}
	return offset
}

func (s *source) offset(p token.Pos) int { return s.fset.Position(p).Offset }

// name is how a chunk is asked for: "eventResolver.Organisation" for a method,
// "eventResolver" for a type that is declared alone; empty for the rest.
func (c *chunk) name() string {
	switch d := c.decl.(type) {
	case *ast.FuncDecl:
		if receiver := receiverType(d); receiver != "" {
			return receiver + "." + d.Name.Name
		}
		return ""
	case *ast.GenDecl:
		if d.Tok == token.TYPE && len(d.Specs) == 1 {
			return d.Specs[0].(*ast.TypeSpec).Name.Name
		}
	}
	return ""
}

func receiverType(d *ast.FuncDecl) string {
	if d.Recv == nil || len(d.Recv.List) != 1 {
		return ""
	}
	t := d.Recv.List[0].Type
	if star, ok := t.(*ast.StarExpr); ok {
		t = star.X
	}
	if ident, ok := t.(*ast.Ident); ok {
		return ident.Name
	}
	return ""
}

// receiverName is what the method calls its receiver; r where it does not say.
func (c *chunk) receiverName() string {
	d := c.decl.(*ast.FuncDecl)
	if names := d.Recv.List[0].Names; len(names) == 1 && names[0].Name != "_" {
		return names[0].Name
	}
	return "r"
}

// body is a function's body, braces included.
func (c *chunk) body() string {
	d := c.decl.(*ast.FuncDecl)
	start := c.origin.offset(d.Pos())
	return c.text[c.origin.offset(d.Body.Pos())-start:]
}

// isStub reports whether a function's body is what new resolvers are given.
func (c *chunk) isStub() bool {
	d, ok := c.decl.(*ast.FuncDecl)
	if !ok || d.Body == nil || len(d.Body.List) != 1 {
		return false
	}
	statement, ok := d.Body.List[0].(*ast.ExprStmt)
	if !ok {
		return false
	}
	call, ok := statement.X.(*ast.CallExpr)
	if !ok {
		return false
	}
	function, ok := call.Fun.(*ast.Ident)
	return ok && function.Name == "panic" && strings.Contains(c.body(), "not implemented")
}

// embedsOnly reports whether a type is struct{ *Resolver } and nothing more.
func (c *chunk) embedsOnly(root string) bool {
	d, ok := c.decl.(*ast.GenDecl)
	if !ok || d.Tok != token.TYPE || len(d.Specs) != 1 {
		return false
	}
	structure, ok := d.Specs[0].(*ast.TypeSpec).Type.(*ast.StructType)
	if !ok || len(structure.Fields.List) != 1 || len(structure.Fields.List[0].Names) != 0 {
		return false
	}
	star, ok := structure.Fields.List[0].Type.(*ast.StarExpr)
	if !ok {
		return false
	}
	ident, ok := star.X.(*ast.Ident)
	return ok && ident.Name == root
}
