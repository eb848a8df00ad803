package codegen

import (
	"go/types"

	"github.com/vektah/gqlparser/v2/ast"

	"github.com/99designs/gqlgen/internal/binder"
	"github.com/99designs/gqlgen/internal/name"
	"github.com/99designs/gqlgen/plugin/federation"
)

// Entity is an object type that other subgraphs may ask for.
type Entity struct {
	Name string
	Keys []*Key
}

// Key is one @key of an entity.
type Key struct {
	*federation.Key
	// Args are the key's fields, and Ref the entity.
	Args []*binder.Arg
	Ref  *binder.Ref
}

// entities binds the keys of entities. Their resolvers are written as those of an object
// are, one field a key.
func (d *Data) entities(entities []*federation.Entity) {
	for _, entity := range entities {
		bound := &Entity{Name: entity.Def.Name}
		model := d.Binder.Model(entity.Def.Name)
		ref := &binder.Ref{GraphQL: ast.NamedType(entity.Def.Name, nil), Def: entity.Def, Go: model.Pointer(), Model: model}
		for _, key := range entity.Keys {
			k := &Key{Key: key, Ref: ref}
			for _, field := range key.Fields {
				k.Args = append(k.Args, &binder.Arg{Def: &ast.ArgumentDefinition{Name: field.Name}, Ref: d.Binder.Default(field.Def.Type)})
			}
			bound.Keys = append(bound.Keys, k)
			d.Keys.Fields = append(d.Keys.Fields, d.finder(k))
		}
		d.Entities = append(d.Entities, bound)
	}
}

// finder is the resolver of a key: it takes one key and answers its entity, or many.
func (d *Data) finder(k *Key) *Field {
	f := &Field{Object: d.Keys, Name: name.Lower(k.Method), GoName: k.Method, File: d.Keys.File, Args: k.Args, Ref: k.Ref}
	if k.Input != "" {
		input := types.NewPointer(d.Binder.Promise(k.Input, types.NewStruct(nil, nil)))
		f.Args = []*binder.Arg{{Def: &ast.ArgumentDefinition{Name: "reps"}, Ref: &binder.Ref{Go: types.NewSlice(input)}}}
		f.Ref = &binder.Ref{Go: types.NewSlice(k.Ref.Go)}
	}
	return f
}
