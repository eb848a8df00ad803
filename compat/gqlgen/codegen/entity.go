package codegen

import (
	"strings"

	"github.com/99designs/gqlgen/internal/gofile"
)

// Entity is an object type with a @key: one that other subgraphs may ask for.
type Entity struct {
	Object *Object
	// Multi says that its resolvers take all representations of a key at once.
	Multi bool
	Keys  []*Key
}

// Key is one @key of an entity, by which it can be found.
type Key struct {
	// Method is the resolver's name, FindEventByID.
	Method string
	// Input is the Go type of a representation for a multi resolver, EventByIDsInput.
	Input  string
	Fields []*KeyField
}

// KeyField is a field of a key, perhaps of an object within the entity.
type KeyField struct {
	// Path are the GraphQL names from the entity inwards.
	Path   []string
	GoName string
	Arg    *Arg
}

// EntitySignature is the parameters and results of the resolver of a key.
func (d *Data) EntitySignature(f *gofile.File, entity *Entity, key *Key) string {
	params := []string{"ctx " + ctx(f)}
	result := f.Type(entity.Object.Model.Pointer())
	if entity.Multi {
		params = append(params, "reps []*"+f.Object(d.Binder.ModelPath, d.Config.Model.Package, key.Input))
		result = "[]" + result
	} else {
		for _, field := range key.Fields {
			params = append(params, field.Arg.GoName+" "+f.Type(field.Arg.Ref.Go))
		}
	}
	return "(" + strings.Join(params, ", ") + ") (" + result + ", error)"
}
