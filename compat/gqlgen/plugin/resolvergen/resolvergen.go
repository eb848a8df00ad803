// Package resolvergen keeps the resolvers' files in step with the schema. What was
// written by hand is kept: bodies and comments stay with their resolver, other
// declarations move to a file beside it, and a body whose field is gone is left at the
// end of its file as a comment.
package resolvergen

import (
	"fmt"
	"go/ast"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/99designs/gqlgen/codegen"
	"github.com/99designs/gqlgen/internal/binder"
	"github.com/99designs/gqlgen/internal/gofile"
	"github.com/99designs/gqlgen/internal/name"
)

const notice = `// The resolvers of one schema file. The generator rewrites it: bodies and comments of
// resolvers stay, everything else moves to a file beside it.

`

const lostWarning = `// These resolvers have no field in the schema any more. Move what is worth keeping
// elsewhere and delete the rest.`

type generator struct {
	*codegen.Data
	path, execPath string
	before, after  string // of {name} in the file name's template
	sources        []*source
	files          map[string]*target
	// beside holds, by schema file, what has to move out of the resolvers' files.
	beside map[string]*target
}

// target is a file that is being written.
type target struct {
	file   *gofile.File
	header string
	// body writes the declarations, and tail the accessors and resolver types after
	// them. They are called once it is known what the file imports.
	body, tail []func()
	// lost are resolvers without a field.
	lost []string
	// trailer is the comment that stood at the end already.
	trailer string
}

// Generate writes the resolvers' files.
func Generate(d *codegen.Data) error {
	cfg := d.Config.Resolver
	g := &generator{Data: d, files: map[string]*target{}, beside: map[string]*target{}}
	g.before, g.after, _ = strings.Cut(cfg.FilenameTemplate, "{name}")
	var err error
	if g.path, err = binder.ImportPath(cfg.DirName); err != nil {
		return err
	}
	if g.execPath, err = binder.ImportPath(d.Config.Exec.DirName); err != nil {
		return err
	}
	if g.sources, err = scan(cfg.DirName, g.ours); err != nil {
		return err
	}
	g.objects()
	g.entities()
	g.leftovers()
	return g.write()
}

func (g *generator) ours(base string) bool {
	return strings.HasPrefix(base, g.before) && strings.HasSuffix(base, g.after) && len(base) > len(g.before)+len(g.after)
}

// target is the file for a schema file's name, started at need.
func (g *generator) target(base string) *target {
	filename := filepath.Join(g.Config.Resolver.DirName, g.before+base+g.after)
	if t := g.files[filename]; t != nil {
		return t
	}
	t := &target{file: g.newFile(), header: notice}
	t.file.Reserve("r", "ctx", "obj", "objs")
	for _, s := range g.sources {
		if s.filename == filename {
			t.header, t.trailer = s.header, s.trailer
		}
	}
	g.files[filename] = t
	return t
}

func (g *generator) newFile() *gofile.File {
	f := gofile.New(g.path, g.Config.Resolver.Package, "")
	f.Local(g.Config.LocalPrefix)
	return f
}

// find takes a declaration by name. elsewhere says that it stands in a file written by
// hand, where it stays.
func (g *generator) find(declared string) (c *chunk, elsewhere bool) {
	for _, s := range g.sources {
		for _, c := range s.chunks {
			if c.name() == declared && !c.taken {
				if !s.ours {
					return nil, true
				}
				c.taken = true
				return c, false
			}
		}
	}
	return nil, false
}

func (g *generator) objects() {
	for _, o := range g.ResolverObjects() {
		typeName := name.Go(o.Def.Name)
		for _, field := range o.Fields {
			if field.Resolver {
				t := g.target(codegen.SourceBase(field.Def.Position))
				doc := fmt.Sprintf("// %s is the resolver for the %s field.", field.GoName, field.Def.Name)
				g.method(t, typeName, field.GoName, doc, func() string { return field.Signature(t.file) })
			}
		}
		g.accessor(g.target(sourceBase(o)), typeName)
	}
}

func (g *generator) entities() {
	if len(g.Entities) == 0 {
		return
	}
	t := g.target("entity")
	for _, entity := range g.Entities {
		for _, key := range entity.Keys {
			doc := fmt.Sprintf("// %s finds %s entities for other subgraphs.", key.Method, entity.Object.Def.Name)
			g.method(t, "Entity", key.Method, doc, func() string { return g.EntitySignature(t.file, entity, key) })
		}
	}
	g.accessor(t, "Entity")
}

func sourceBase(o *codegen.Object) string { return codegen.SourceBase(o.Def.Position) }

func resolverType(typeName string) string { return name.Lower(typeName) + "Resolver" }

// method writes one resolver: with the body and comment it has, or as a stub.
func (g *generator) method(t *target, typeName, method, doc string, signature func() string) {
	receiver := resolverType(typeName)
	existing, elsewhere := g.find(receiver + "." + method)
	if elsewhere {
		return
	}
	receiverName, body := "r", fmt.Sprintf("{\n\tpanic(%q)\n}", "not implemented: "+method)
	if existing != nil {
		carryImports(t.file, existing, existing.decl.(*ast.FuncDecl).Body)
		receiverName, body = existing.receiverName(), existing.body()
		if existing.comment != "" {
			doc = existing.comment
		}
	}
	t.body = append(t.body, func() {
		t.file.P("%s", doc)
		t.file.P("func (%s *%s) %s%s %s\n", receiverName, receiver, method, signature(), body)
	})
}

// accessor writes the method by which the root resolver gives a type's resolvers, and their type.
func (g *generator) accessor(t *target, typeName string) {
	root, receiver := g.Config.Resolver.Type, resolverType(typeName)
	g.declare(t, root+"."+typeName, func() {
		t.file.P("// %s gives the resolvers of %s.", typeName, typeName)
		t.file.P("func (r *%s) %s() %s { return &%s{r} }\n", root, typeName,
			t.file.Object(g.execPath, g.Config.Exec.Package, typeName+"Resolver"), receiver)
	})
	g.declare(t, receiver, func() { t.file.P("type %s struct{ *%s }\n", receiver, root) })
}

// declare writes at the end of the file what is declared already, or else what write writes.
func (g *generator) declare(t *target, declared string, write func()) {
	existing, elsewhere := g.find(declared)
	if elsewhere {
		return
	}
	if existing != nil {
		write = keep(t, existing)
	}
	t.tail = append(t.tail, write)
}

// keep answers a function that writes a declaration as it stands.
func keep(t *target, c *chunk) func() {
	carryImports(t.file, c, c.decl)
	return func() {
		if c.comment != "" {
			t.file.P("%s", c.comment)
		}
		t.file.P("%s\n", c.text)
	}
}

// write finishes all files. Nothing is written before everything could be.
func (g *generator) write() error {
	out := map[string][]byte{}
	for _, filename := range slices.Sorted(maps.Keys(g.files)) {
		t := g.files[filename]
		if len(t.body)+len(t.tail)+len(t.lost) == 0 && t.trailer == "" {
			out[filename] = nil
			continue
		}
		g.finish(t)
		source, err := t.file.Source()
		if err != nil {
			return fmt.Errorf("%s: %w", filepath.Base(filename), err)
		}
		out[filename] = append([]byte(t.header), source...)
	}
	g.root(out)
	for _, filename := range slices.Sorted(maps.Keys(out)) {
		if out[filename] == nil {
			if err := os.Remove(filename); err != nil && !os.IsNotExist(err) {
				return fmt.Errorf("removing an empty file of resolvers: %w", err)
			}
			continue
		}
		if _, err := gofile.Write(filename, out[filename]); err != nil {
			return err
		}
	}
	return nil
}

func (g *generator) finish(t *target) {
	for _, write := range append(t.body, t.tail...) {
		write()
	}
	if t.trailer != "" {
		t.file.P("%s\n", t.trailer)
	}
	if len(t.lost) == 0 {
		return
	}
	if !strings.Contains(t.trailer, lostWarning) {
		t.file.P("%s", lostWarning)
	}
	for _, text := range t.lost {
		t.file.P("//")
		for line := range strings.Lines(text) {
			t.file.P("%s", strings.TrimRight("// "+strings.TrimRight(line, "\n"), " "))
		}
	}
}

// root declares the root resolver where nobody has.
func (g *generator) root(out map[string][]byte) {
	root := g.Config.Resolver.Type
	for _, s := range g.sources {
		for _, c := range s.chunks {
			if c.name() == root {
				return
			}
		}
	}
	filename := filepath.Join(g.Config.Resolver.DirName, "resolver.go")
	out[filename] = fmt.Appendf(nil, "package %s\n\n// %s is the root of all resolvers and holds what they need. This file is yours.\ntype %s struct{}\n",
		g.Config.Resolver.Package, root, root)
}
