package codegen

import (
	"cmp"
	"errors"
	"fmt"
	"go/types"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"

	"github.com/99designs/gqlgen/codegen/config"
	"github.com/99designs/gqlgen/internal/binder"
	"github.com/99designs/gqlgen/internal/gofile"
	"github.com/99designs/gqlgen/internal/name"
	"github.com/99designs/gqlgen/plugin/federation"
)

// Data is the schema as it is bound to Go: all that is printed.
type Data struct {
	Config *config.Config
	Binder *binder.Binder
	// Package is the executor's.
	Package gofile.Package
	Objects []*Object
	Inputs  []*ast.Definition
	// Directives are those that have a function, as fields without a type.
	Directives []*Field
	// Keys are those of federation's entities, and Finders an object whose fields find these.
	Keys    []*federation.Key
	Finders *Object
	// Notes tell which fields became resolvers because their Go type did not fit.
	Notes []string
	// Readers and Writers are the leaves that printed code reads and writes, by name.
	Readers, Writers map[string]*binder.Model
}

// Object is an object type.
type Object struct {
	Name, GoName string
	// File is the name that files of code about the object have of their schema file.
	File string
	// Model is nil of root types.
	Model *binder.Model
	// Stream says that fields answer channels.
	Stream bool
	Fields []*Field
}

// HasResolvers reports whether a field of the object has a resolver.
func (o *Object) HasResolvers() bool {
	return slices.ContainsFunc(o.Fields, func(f *Field) bool { return f.Member == "" })
}

// Field is a field of an object.
type Field struct {
	Object             *Object
	Name, GoName, File string
	*binder.Access
	// Batch says that the resolver takes many parents at once.
	Batch bool
}

// Build binds the schema, and writes the models of the types that are bound to none.
func Build(cfg *config.Config) (d *Data, err error) {
	d = &Data{Config: cfg, Package: gofile.Locate(cfg.Exec.DirName, cfg.Exec.Package), Finders: &Object{GoName: "Entity", File: "entity"},
		Readers: map[string]*binder.Model{}, Writers: map[string]*binder.Model{}}
	if d.Keys, err = federation.Keys(cfg); err != nil {
		return nil, err
	}
	d.Binder, err = binder.Load(cfg, func(b *binder.Binder, unbound []*ast.Definition) ([]byte, error) {
		d.Binder = b
		return d.models(unbound)
	})
	if err != nil {
		return nil, err
	}
	for _, typeName := range slices.Sorted(maps.Keys(cfg.Schema.Types)) {
		switch def := cfg.Schema.Types[typeName]; {
		case def.BuiltIn:
		case def.Kind == ast.Object:
			d.Objects = append(d.Objects, d.object(def))
		case def.Kind == ast.InputObject:
			d.Inputs = append(d.Inputs, def)
		}
	}
	for _, def := range cfg.Functions {
		directive := &Field{Name: def.Name, GoName: name.Go(def.Name), Access: &binder.Access{}}
		for _, arg := range def.Arguments {
			directive.Args = append(directive.Args, &binder.Arg{Def: arg, Ref: d.Binder.Default(arg.Type)})
		}
		d.Directives = append(d.Directives, directive)
	}
	for _, key := range d.Keys {
		d.Finders.Fields = append(d.Finders.Fields, d.finder(key))
	}
	return d, nil
}

func (d *Data) object(def *ast.Definition) *Object {
	o := &Object{Name: def.Name, GoName: name.Go(def.Name), File: sourceBase(def.Position), Stream: def == d.Config.Schema.Subscription}
	root := d.Config.IsRoot(def)
	if !root {
		o.Model = d.Binder.Model(def.Name)
	}
	for _, field := range def.Fields {
		if field.Position == nil || field.Position.Src.BuiltIn {
			continue // introspection's and federation's own
		}
		bound := d.Config.Models[def.Name].Fields[field.Name]
		f := &Field{Object: o, Name: field.Name, GoName: name.Go(field.Name), File: sourceBase(field.Position), Batch: bound.Batch}
		d.bind(f, def, field, root || bound.Resolver)
		o.Fields = append(o.Fields, f)
	}
	return o
}

// sourceBase is the name that code takes from a schema file: schema/event.graphqls
// gives event.
func sourceBase(position *ast.Position) string {
	base := filepath.Base(position.Src.Name)
	return strings.TrimSuffix(base, filepath.Ext(base))
}

// bind finds the member that a field is read from, or leaves the field to a resolver.
func (d *Data) bind(f *Field, def *ast.Definition, field *ast.FieldDefinition, resolver bool) {
	if !resolver {
		access, err := d.Binder.Access(f.Object.Model.Type, def, field)
		if err == nil {
			f.Access = access
			return
		}
		if !errors.Is(err, binder.ErrNoMember) {
			d.Notes = append(d.Notes, fmt.Sprintf("%s.%s: %v: a resolver is generated", def.Name, field.Name, err))
		}
	}
	f.Access = &binder.Access{Ref: d.Binder.Default(field.Type), Context: true, Error: true}
	f.Ref.Go = binder.StructPointer(f.Ref.Go)
	for _, arg := range field.Arguments {
		f.Args = append(f.Args, &binder.Arg{Def: arg, Ref: d.Binder.Default(arg.Type)})
	}
}

// finder is the resolver of an entity's key, which is written as that of a field is. It
// takes one key and answers its entity, or many.
func (d *Data) finder(key *federation.Key) *Field {
	f := &Field{Object: d.Finders, Name: name.Lower(key.Method), GoName: key.Method, File: d.Finders.File, Access: &binder.Access{Ref: d.Entity(key)}}
	for _, field := range key.Fields {
		f.Args = append(f.Args, &binder.Arg{Def: &ast.ArgumentDefinition{Name: field.Name}, Ref: d.Binder.Default(field.Type)})
	}
	if key.Input != nil {
		reps := &binder.Ref{Go: types.NewSlice(d.Binder.Promise(key.Input).Pointer())}
		f.Args = []*binder.Arg{{Def: &ast.ArgumentDefinition{Name: "reps"}, Ref: reps}}
		f.Ref.Go = types.NewSlice(f.Ref.Go)
	}
	return f
}

// Entity is the type of a key's entity as resolvers answer it.
func (d *Data) Entity(key *federation.Key) *binder.Ref {
	ref := d.Binder.Default(ast.NamedType(key.Entity.Name, nil))
	ref.Go = ref.Model.Pointer()
	return ref
}

// Resolvers lists the objects that have resolvers.
func (d *Data) Resolvers() []*Object {
	return slices.DeleteFunc(append(slices.Clone(d.Objects), d.Finders), func(o *Object) bool { return !o.HasResolvers() })
}

// member is a field of a struct that is generated.
type member struct{ Description, Name, Type, Tag string }

// members are the fields of a struct. Root types have none: resolvers answer theirs.
func (p *printer) members(def *ast.Definition) (out []member) {
	if p.Config.IsRoot(def) {
		return nil
	}
	for _, field := range def.Fields {
		bound := p.Config.Models[def.Name].Fields[field.Name]
		ref := p.Binder.Default(field.Type)
		if !ref.Def.IsLeafType() {
			ref.Go = binder.StructPointer(ref.Go)
		}
		m := member{Description: field.Description, Name: name.Go(cmp.Or(bound.FieldName, field.Name)), Type: p.Type(ref.Go)}
		omittable := def.Kind == ast.InputObject && p.Config.NullableInputOmittable && !field.Type.NonNull
		if bound.Omittable != nil {
			omittable = *bound.Omittable
		}
		option := ""
		switch {
		case omittable:
			m.Type, option = p.Object(binder.GraphQL, "graphql", "Omittable")+"["+m.Type+"]", ",omitzero"
		case !field.Type.NonNull:
			option = ",omitempty"
		}
		m.Tag = structTag(field, option)
		out = append(out, m)
	}
	return out
}

// structTag is a field's struct tag: json, unless @goTag gives another.
func structTag(field *ast.FieldDefinition, option string) string {
	tags, _ := config.Tags(field) // they have been read before
	if !slices.ContainsFunc(tags, func(tag string) bool { return strings.HasPrefix(tag, "json:") }) {
		tags = slices.Insert(tags, 0, fmt.Sprintf("json:%q", field.Name+option))
	}
	return strings.Join(tags, " ")
}
