// Package codegen writes the executor: for every schema file the tables that the
// engine walks, the resolver interfaces and the readers of inputs.
package codegen

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"

	"github.com/99designs/gqlgen/codegen/config"
	"github.com/99designs/gqlgen/internal/binder"
	"github.com/99designs/gqlgen/internal/name"
)

// Data is the schema as it is bound to Go.
type Data struct {
	Config  *config.Config
	Binder  *binder.Binder
	Objects []*Object
	Inputs  []*Input
	// Abstracts are the interfaces and unions.
	Abstracts []*Abstract
	// Entities are the federation's entities, in the schema's order of names.
	Entities []*Entity
	// Notes tell which fields became resolvers because their Go type did not fit.
	Notes []string
}

// Object is an object type.
type Object struct {
	Def *ast.Definition
	// Model is nil for the root types.
	Model  *binder.Model
	Root   bool
	Stream bool
	Fields []*Field
}

// HasResolvers reports whether a field of the object has a resolver.
func (o *Object) HasResolvers() bool {
	return slices.ContainsFunc(o.Fields, func(f *Field) bool { return f.Resolver })
}

// Field is a field of an object.
type Field struct {
	Object *Object
	Def    *ast.FieldDefinition
	GoName string
	Args   []*Arg
	Ref    *binder.Ref
	// Access reads the field from the Go type; nil where a resolver does.
	Access          *binder.Access
	Resolver, Batch bool
}

// Arg is an argument.
type Arg struct {
	Def    *ast.ArgumentDefinition
	GoName string
	Ref    *binder.Ref
}

// Input is an input object.
type Input struct {
	Def    *ast.Definition
	Model  *binder.Model
	Fields []*InputField
}

// InputField is a field of an input object and the member of the struct that takes it.
type InputField struct {
	Def    *ast.FieldDefinition
	Member string
	Ref    *binder.Ref
}

// Abstract is an interface or union and the objects that its values can be.
type Abstract struct {
	Def     *ast.Definition
	Model   *binder.Model
	Members []*Object
}

// Build binds every type of the schema.
func Build(cfg *config.Config, b *binder.Binder) (*Data, error) {
	d := &Data{Config: cfg, Binder: b}
	for _, typeName := range slices.Sorted(maps.Keys(cfg.Schema.Types)) {
		def := cfg.Schema.Types[typeName]
		if def.BuiltIn || strings.HasPrefix(typeName, "_") {
			continue
		}
		if err := d.add(def); err != nil {
			return nil, fmt.Errorf("%s: %w", typeName, err)
		}
	}
	for _, abstract := range d.Abstracts {
		d.members(abstract)
	}
	return d, d.distinct()
}

func (d *Data) add(def *ast.Definition) error {
	switch {
	case def.Kind == ast.Object:
		object, err := d.object(def)
		d.Objects = append(d.Objects, object)
		return err
	case def.Kind == ast.InputObject:
		input, err := d.input(def)
		d.Inputs = append(d.Inputs, input)
		return err
	case def.IsAbstractType():
		model, err := d.model(def)
		if err == nil {
			d.Abstracts = append(d.Abstracts, &Abstract{Def: def, Model: model})
		}
		return err
	}
	return nil
}

func (d *Data) model(def *ast.Definition) (*binder.Model, error) {
	models := d.Binder.Models(def.Name)
	switch len(models) {
	case 0:
		return nil, errors.New("bound to no Go type")
	case 1:
		return models[0], nil
	}
	return nil, errors.New("only scalars can have several models")
}

func (d *Data) object(def *ast.Definition) (*Object, error) {
	schema := d.Config.Schema
	o := &Object{Def: def, Root: def == schema.Query || def == schema.Mutation || def == schema.Subscription, Stream: def == schema.Subscription}
	if !o.Root {
		model, err := d.model(def)
		if err != nil {
			return o, err
		}
		o.Model = model
	}
	for _, field := range def.Fields {
		if strings.HasPrefix(field.Name, "_") {
			continue
		}
		f, err := d.field(o, field)
		if err != nil {
			return o, fmt.Errorf("field %s: %w", field.Name, err)
		}
		o.Fields = append(o.Fields, f)
	}
	return o, nil
}

func (d *Data) field(o *Object, def *ast.FieldDefinition) (*Field, error) {
	f := &Field{Object: o, Def: def, GoName: name.Go(def.Name)}
	if err := d.refuseDirectives(append(slices.Clone(o.Def.Directives), def.Directives...)); err != nil {
		return nil, err
	}
	for _, arg := range def.Arguments {
		ref, err := d.Binder.Default(arg.Type)
		if err != nil {
			return nil, fmt.Errorf("argument %s: %w", arg.Name, err)
		}
		f.Args = append(f.Args, &Arg{Def: arg, GoName: name.Private(arg.Name), Ref: ref})
	}
	bound := d.Config.Models[o.Def.Name].Fields[def.Name]
	if bound.Batch && o.Root {
		return nil, errors.New("a root field has no parents to batch")
	}
	if !o.Root && !bound.Resolver {
		access, err := d.Binder.Access(o.Model.Type, def, bound.FieldName)
		if err == nil {
			f.Access, f.Ref = access, access.Ref
			return f, d.useArgRefs(f)
		}
		if !errors.Is(err, binder.ErrNoMember) {
			d.Notes = append(d.Notes, fmt.Sprintf("%s.%s: %v: a resolver is generated", o.Def.Name, def.Name, err))
		}
	}
	ref, err := d.Binder.Default(def.Type)
	if err != nil {
		return nil, err
	}
	d.Binder.PointerResult(ref)
	f.Ref, f.Resolver, f.Batch = ref, true, bound.Batch
	return f, nil
}

// useArgRefs gives the arguments the types that the method takes.
func (d *Data) useArgRefs(f *Field) error {
	for i, def := range f.Access.Args {
		for _, arg := range f.Args {
			if arg.Def == def {
				arg.Ref = f.Access.ArgRefs[i]
			}
		}
	}
	return nil
}

// refuseDirectives refuses directives that would need a function at run time.
func (d *Data) refuseDirectives(list ast.DirectiveList) error {
	for _, directive := range list {
		if directive.Definition != nil && d.Config.Runtime(directive.Definition) {
			return fmt.Errorf("@%s: directives with a function behind them are not supported; set directives.%s.skip_runtime if it is a note only",
				directive.Name, directive.Name)
		}
	}
	return nil
}

func (d *Data) input(def *ast.Definition) (*Input, error) {
	model, err := d.model(def)
	if err != nil {
		return nil, err
	}
	in := &Input{Def: def, Model: model}
	for _, field := range def.Fields {
		if err := d.refuseDirectives(field.Directives); err != nil {
			return nil, fmt.Errorf("field %s: %w", field.Name, err)
		}
		member, ref, err := d.Binder.Member(model.Type, field, d.Config.Models[def.Name].Fields[field.Name].FieldName)
		if err != nil {
			return nil, fmt.Errorf("input field %s: %w", field.Name, err)
		}
		in.Fields = append(in.Fields, &InputField{Def: field, Member: member, Ref: ref})
	}
	return in, nil
}

func (d *Data) members(a *Abstract) {
	for _, possible := range d.Config.Schema.GetPossibleTypes(a.Def) {
		if o := d.Object(possible.Name); o != nil {
			a.Members = append(a.Members, o)
		}
	}
	slices.SortFunc(a.Members, func(x, y *Object) int { return cmp.Compare(x.Def.Name, y.Def.Name) })
}

// Object finds an object type by name.
func (d *Data) Object(typeName string) *Object {
	for _, o := range d.Objects {
		if o.Def.Name == typeName {
			return o
		}
	}
	return nil
}

// distinct checks that a Go value tells which object type it is, and that it satisfies
// the Go interfaces of its abstract types.
func (d *Data) distinct() error {
	owner := map[string]string{}
	for _, a := range d.Abstracts {
		for _, member := range a.Members {
			if !d.Binder.Satisfies(member.Model, a.Model) {
				return fmt.Errorf("%s: %s does not satisfy %s (omit_getters: true asks for the markers alone)",
					member.Def.Name, member.Model.ID(), a.Model.ID())
			}
			id := member.Model.ID()
			if other := owner[id]; other != "" && other != member.Def.Name {
				return fmt.Errorf("%s and %s share the Go type %s, so a value of %s could be either", other, member.Def.Name, id, a.Def.Name)
			}
			owner[id] = member.Def.Name
		}
	}
	return nil
}
