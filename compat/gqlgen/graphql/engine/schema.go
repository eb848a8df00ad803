package engine

import (
	"context"
	"maps"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
)

// concurrency is how many resolvers of one operation run at a time.
const concurrency = 16

// Schema is an executable schema over Tables. It is safe for concurrent use.
type Schema struct {
	tables  *Tables
	objects map[string]*object
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
	s := &Schema{tables: tables, objects: make(map[string]*object, len(tables.Objects)+6)}
	for name, o := range tables.Objects {
		s.objects[name] = s.compile(name, o.Fields)
	}
	for name, fields := range introspectionObjects() {
		s.objects[name] = s.compile(name, fields)
	}
	if query := tables.Schema.Query; query != nil && s.objects[query.Name] != nil {
		s.objects[query.Name].fields = withIntrospection(s.objects[query.Name].fields, tables.Schema)
	}
	return s
}

func withIntrospection(fields map[string]*Field, schema *ast.Schema) map[string]*Field {
	all := maps.Clone(fields)
	maps.Copy(all, introspectionRoots(schema))
	return all
}

func (s *Schema) compile(name string, fields map[string]*Field) *object {
	o := &object{name: name, fields: fields, satisfies: []string{name}}
	if def := s.tables.Schema.Types[name]; def != nil {
		for _, abstract := range s.tables.Schema.GetImplements(def) {
			o.satisfies = append(o.satisfies, abstract.Name)
		}
	}
	return o
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
	switch op.Operation.Operation {
	case ast.Subscription:
		return s.subscribe(ctx, op)
	default:
		done := false
		return func(ctx context.Context) *graphql.Response {
			if done {
				return nil
			}
			done = true
			return &graphql.Response{Data: s.execute(ctx, op)}
		}
	}
}

// root returns the root type of an operation.
func (s *Schema) root(op ast.Operation) *object {
	var def *ast.Definition
	switch op {
	case ast.Mutation:
		def = s.tables.Schema.Mutation
	case ast.Subscription:
		def = s.tables.Schema.Subscription
	default:
		def = s.tables.Schema.Query
	}
	if def == nil {
		return nil
	}
	return s.objects[def.Name]
}
