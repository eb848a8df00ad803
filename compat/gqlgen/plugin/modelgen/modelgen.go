// Package modelgen writes Go types for the GraphQL types that are bound to none.
package modelgen

import (
	"fmt"
	"go/types"
	"maps"
	"slices"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"

	"github.com/99designs/gqlgen/codegen/config"
	"github.com/99designs/gqlgen/internal/binder"
	"github.com/99designs/gqlgen/internal/gofile"
	"github.com/99designs/gqlgen/internal/name"
)

type generator struct {
	cfg    *config.Config
	binder *binder.Binder
	file   *gofile.File
	own    map[string]*types.Named
}

// Generate answers the file of models and the names of the GraphQL types in it. The
// source is nil where every type is bound already. extra are inputs that are not part
// of the schema.
func Generate(cfg *config.Config, b *binder.Binder, extra []*ast.Definition) (source []byte, names []string, err error) {
	g := &generator{cfg: cfg, binder: b, own: map[string]*types.Named{}}
	g.file = gofile.New(b.ModelPath, cfg.Model.Package, cfg.Notice())
	g.file.Local(cfg.LocalPrefix)
	var defs []*ast.Definition
	for _, typeName := range slices.Sorted(maps.Keys(cfg.Schema.Types)) {
		def := cfg.Schema.Types[typeName]
		if b.Bound(typeName) || def.BuiltIn {
			continue
		}
		if def.Kind == ast.Scalar {
			return nil, nil, fmt.Errorf("scalar %s: models.%s.model is missing", typeName, typeName)
		}
		defs = append(defs, def)
		names = append(names, typeName)
		g.declare(def)
	}
	for _, def := range append(defs, extra...) {
		if err := g.write(def); err != nil {
			return nil, nil, fmt.Errorf("generating the model of %s: %w", def.Name, err)
		}
	}
	if g.file.Empty() {
		return nil, nil, nil
	}
	source, err = g.file.Source()
	return source, names, err
}

// declare makes a type known before those that refer to it are written.
func (g *generator) declare(def *ast.Definition) {
	var underlying types.Type = types.NewStruct(nil, nil)
	form := binder.Plain
	switch {
	case def.IsAbstractType():
		underlying = types.NewInterfaceType(nil, nil)
	case def.Kind == ast.Enum:
		underlying, form = types.Typ[types.String], binder.Methods
	}
	pkg := types.NewPackage(g.binder.ModelPath, g.cfg.Model.Package)
	named := types.NewNamed(types.NewTypeName(0, pkg, name.Go(def.Name), nil), underlying, nil)
	g.own[def.Name] = named
	g.binder.Add(&binder.Model{GraphQL: def.Name, Type: named, Form: form})
}

func (g *generator) write(def *ast.Definition) error {
	switch {
	case def.IsAbstractType():
		return g.abstract(def)
	case def.Kind == ast.Enum:
		g.enum(def)
		return nil
	}
	return g.structure(def)
}

func (g *generator) comment(indent, text string) {
	if text == "" {
		return
	}
	for line := range strings.Lines(text) {
		g.file.P("%s// %s", indent, strings.TrimRight(line, "\n"))
	}
}

func (g *generator) abstract(def *ast.Definition) error {
	goName := name.Go(def.Name)
	g.comment("", def.Description)
	g.file.P("type %s interface {", goName)
	for _, parent := range def.Interfaces {
		g.file.P("\t%s", g.file.Type(g.binder.Models(parent)[0].Type))
	}
	g.file.P("\tIs%s()", goName)
	if !g.cfg.OmitGetters {
		for _, field := range def.Fields {
			t, err := g.fieldType(def, field)
			if err != nil {
				return err
			}
			g.comment("\t", field.Description)
			g.file.P("\tGet%s() %s", g.goField(def, field), t)
		}
	}
	g.file.P("}\n")
	return nil
}

func (g *generator) goField(def *ast.Definition, field *ast.FieldDefinition) string {
	if bound := g.cfg.Models[def.Name].Fields[field.Name].FieldName; bound != "" {
		return name.Go(bound)
	}
	return name.Go(field.Name)
}

// fieldType is the Go type of a field of a generated struct.
func (g *generator) fieldType(def *ast.Definition, field *ast.FieldDefinition) (string, error) {
	ref, err := g.binder.Default(field.Type)
	if err != nil {
		return "", fmt.Errorf("field %s: %w", field.Name, err)
	}
	if _, isStruct := ref.Go.Underlying().(*types.Struct); isStruct && ref.Model.Form == binder.Plain && g.cfg.PointerFields() {
		ref.Go = types.NewPointer(ref.Go)
	}
	t := g.file.Type(ref.Go)
	omittable, err := g.omittable(def, field)
	if err != nil || !omittable {
		return t, err
	}
	return g.file.Import("github.com/99designs/gqlgen/graphql", "graphql") + ".Omittable[" + t + "]", nil
}

func (g *generator) omittable(def *ast.Definition, field *ast.FieldDefinition) (bool, error) {
	explicit := g.cfg.Models[def.Name].Fields[field.Name].Omittable
	if explicit == nil {
		return def.Kind == ast.InputObject && g.cfg.NullableInputOmittable && !field.Type.NonNull, nil
	}
	if *explicit && (def.Kind != ast.InputObject || field.Type.NonNull) {
		return false, fmt.Errorf("field %s: only nullable fields of inputs can be omittable", field.Name)
	}
	return *explicit, nil
}

func (g *generator) structure(def *ast.Definition) error {
	goName := name.Go(def.Name)
	g.comment("", def.Description)
	g.file.P("type %s struct {", goName)
	for _, field := range def.Fields {
		if strings.HasPrefix(field.Name, "__") || def == g.cfg.Schema.Query || def == g.cfg.Schema.Mutation || def == g.cfg.Schema.Subscription {
			continue
		}
		t, err := g.fieldType(def, field)
		if err != nil {
			return err
		}
		g.comment("\t", field.Description)
		g.file.P("\t%s %s `%s`", g.goField(def, field), t, tag(field, strings.Contains(t, ".Omittable[")))
	}
	g.file.P("}\n")
	if def.Kind == ast.InputObject {
		return nil
	}
	return g.markers(def, goName)
}

// tag is a field's struct tag: json, unless @goTag gives another.
func tag(field *ast.FieldDefinition, omittable bool) string {
	var parts []string
	jsonGiven := false
	for _, t := range config.Tags(field) {
		jsonGiven = jsonGiven || t[0] == "json"
		parts = append(parts, fmt.Sprintf("%s:%q", t[0], t[1]))
	}
	if jsonGiven {
		return strings.Join(parts, " ")
	}
	option := ""
	switch {
	case omittable:
		option = ",omitzero"
	case !field.Type.NonNull:
		option = ",omitempty"
	}
	return strings.Join(append([]string{fmt.Sprintf("json:%q", field.Name+option)}, parts...), " ")
}

// markers writes the methods by which a struct satisfies its interfaces and unions.
func (g *generator) markers(def *ast.Definition, goName string) error {
	got := map[string]bool{}
	for _, abstract := range g.abstractsOf(def) {
		model := g.binder.Models(abstract.Name)[0]
		if g.own[abstract.Name] == nil && model.Type.Underlying().(*types.Interface).NumMethods() == 0 {
			continue
		}
		g.file.P("func (%s) Is%s() {}", goName, name.Go(abstract.Name))
		if g.cfg.OmitGetters {
			g.file.P("")
			continue
		}
		for _, field := range abstract.Fields {
			own := def.Fields.ForName(field.Name)
			if own == nil || got[field.Name] {
				continue
			}
			got[field.Name] = true
			if err := g.getter(def, own, abstract, field); err != nil {
				return err
			}
		}
		g.file.P("")
	}
	return nil
}

func (g *generator) getter(def *ast.Definition, own *ast.FieldDefinition, abstract *ast.Definition, field *ast.FieldDefinition) error {
	want, err := g.fieldType(abstract, field)
	if err != nil {
		return err
	}
	have, err := g.fieldType(def, own)
	if err != nil {
		return err
	}
	value := "this." + g.goField(def, own)
	switch {
	case have == want:
	case "*"+have == want:
		value = "&" + value
	case have == "*"+want:
		value = "*" + value
	default:
		return fmt.Errorf("field %s is a %s but a %s in %s; set omit_getters: true or bind the types", own.Name, have, want, abstract.Name)
	}
	g.file.P("func (this %s) Get%s() %s { return %s }", name.Go(def.Name), g.goField(abstract, field), want, value)
	return nil
}

// abstractsOf lists the interfaces and unions of an object, sorted by name.
func (g *generator) abstractsOf(def *ast.Definition) []*ast.Definition {
	var out []*ast.Definition
	for _, abstract := range g.cfg.Schema.GetImplements(def) {
		if !abstract.BuiltIn {
			out = append(out, abstract)
		}
	}
	slices.SortFunc(out, func(a, b *ast.Definition) int { return strings.Compare(a.Name, b.Name) })
	return out
}
