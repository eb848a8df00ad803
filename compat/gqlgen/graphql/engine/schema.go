package engine

import (
	"context"
	"maps"
	"strconv"

	"github.com/99designs/gqlgen/graphql"
	lru "github.com/hashicorp/golang-lru/v2"
	"github.com/vektah/gqlparser/v2/ast"
)

// Schema is an executable schema over Tables. It is safe for concurrent use.
type Schema struct {
	tables  *Tables
	objects map[string]*object
	// legal says by the name of a leaf type whether JSON is a value of it, for
	// types that Go's do not keep within their bounds.
	legal map[string]func(json []byte) bool
	plans *lru.Cache[question, *plan]
	// described are answers about the schema, which does not change.
	described *lru.Cache[question, []byte]
}

var _ graphql.ExecutableSchema = (*Schema)(nil)

// object is an object type made ready to be executed.
type object struct {
	name   string
	fields map[string]*Field
	// satisfies names the types an object of this type is one of: its own, its
	// interfaces and its unions.
	satisfies []string
}

// New makes tables executable. It adds introspection to them; tables must not be
// changed afterwards.
func New(tables *Tables) *Schema {
	s := &Schema{
		tables:  tables,
		objects: make(map[string]*object, len(tables.Objects)+6),
		legal:   map[string]func([]byte) bool{"Int": isInt},
	}
	s.plans, _ = lru.New[question, *plan](manyPlans)
	s.described, _ = lru.New[question, []byte](manyDescribed) // which fail below one
	for name, o := range tables.Objects {
		for fieldName, f := range o.Fields {
			if member := f.Member; member != nil {
				f.Read = func(_ context.Context, parent any, _ map[string]any) (any, error) { return member(parent), nil }
			}
			if def := tables.Schema.Types[name].Fields.ForName(fieldName); def != nil {
				f = s.surrounded(f, def.Directives)
			}
			s.object(name).fields[fieldName] = f
		}
	}
	for name, fields := range introspection(tables.Schema) {
		maps.Copy(s.object(name).fields, fields)
	}
	for name, def := range tables.Schema.Types {
		if def.Kind == ast.Enum {
			s.legal[name] = isOneOf(def.EnumValues)
		}
	}
	return s
}

// object is the object type of a name, made if there is none yet.
func (s *Schema) object(name string) *object {
	o := s.objects[name]
	if o == nil {
		o = &object{name: name, fields: map[string]*Field{"__typename": typename(name)}, satisfies: []string{name}}
		for _, abstract := range s.tables.Schema.Implements[name] {
			o.satisfies = append(o.satisfies, abstract.Name)
		}
		s.objects[name] = o
	}
	return o
}

// isInt says whether a number is an Int. Specification: result coercion of Int.
func isInt(json []byte) bool {
	if len(json) < len("2147483648") {
		return true
	}
	_, err := strconv.ParseInt(string(json), 10, 32)
	return err == nil
}

// isOneOf says whether a value is of an enum. Specification: result coercion of enums.
func isOneOf(values ast.EnumValueList) func(json []byte) bool {
	legal := make([]string, len(values))
	for i, v := range values {
		legal[i] = strconv.Quote(v.Name)
	}
	return func(json []byte) bool {
		for _, name := range legal { // which are few: to look one up in a map takes longer
			if string(json) == name {
				return true
			}
		}
		return false
	}
}

// Schema returns the schema the tables describe.
func (s *Schema) Schema() *ast.Schema { return s.tables.Schema }

// Complexity answers the cost of a field where a complexity function is
// configured for it. args are the coerced arguments by GraphQL name.
func (s *Schema) Complexity(ctx context.Context, typeName, fieldName string, childComplexity int, args map[string]any) (int, bool) {
	o := s.objects[typeName]
	if s.tables.Complexity == nil || o == nil || o.fields[fieldName] == nil {
		return 0, false
	}
	if convert := o.fields[fieldName].Args; convert != nil {
		converted, err := convert(ctx, args)
		if err != nil {
			return 0, false // the field itself will report it
		}
		args = converted
	}
	return s.tables.Complexity(ctx, typeName, fieldName, childComplexity, args)
}

// Exec begins the operation of ctx. Queries and mutations have one response,
// subscriptions one per event.
func (s *Schema) Exec(ctx context.Context) graphql.ResponseHandler {
	op := graphql.GetOperationContext(ctx)
	if op.Operation.Operation == ast.Subscription {
		return s.subscribe(ctx, op)
	}
	done := false
	return func(ctx context.Context) *graphql.Response {
		if done {
			return nil
		}
		done = true
		return s.execute(ctx, op)
	}
}

// root returns the root type of an operation.
func (s *Schema) root(op ast.Operation) *object {
	def := s.tables.Schema.Query
	switch op {
	case ast.Mutation:
		def = s.tables.Schema.Mutation
	case ast.Subscription:
		def = s.tables.Schema.Subscription
	}
	if def == nil {
		return nil
	}
	return s.objects[def.Name]
}
