package engine_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/engine"
	"github.com/99designs/gqlgen/graphql/executor"
	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// The files spec_*_test.go read as the GraphQL specification: one test per
// algorithm, named after its section in the edition of October 2021. Where a later
// edition changed a rule or made it clearer, the test says so. Answers are compared
// whole, to the byte.

// object is a value of an object type: its members answer the fields of the same
// name. A member that is an error fails its field. The member __typename tells the
// type where the schema does not.
type object = map[string]any

type (
	resolver = func(ctx context.Context, parent any, args map[string]any) (any, error)
	stream   = func(ctx context.Context, args map[string]any) (<-chan any, error)
)

// service is a schema and what stands behind it.
type service struct {
	sdl string
	// root answers the fields of the root types.
	root object
	// fields answer fields by Type.field, instead of the object they are a field of.
	fields map[string]resolver
	// streams answer the fields of the subscription type.
	streams map[string]stream
	// way is how the engine comes by a value that fields says nothing of.
	way way
	// set prepares the executor.
	set []func(*executor.Executor)
}

// way is one of the three that the engine has to resolve a field, or the short cut
// that it takes to leaves which cannot fail.
type way string

const (
	byRead    way = "read"
	byResolve way = "resolved"
	byBatch   way = "in a batch"
	byAppend  way = "appended"
)

var ways = []way{byRead, byResolve, byBatch}

// request is what a client sends. Variables are JSON.
type request struct{ query, operation, variables string }

func (s service) executor(t testing.TB) *executor.Executor {
	t.Helper()
	exec := executor.New(engine.New(s.tables(t)))
	exec.Use(introspection{})
	exec.SetRecoverFunc(func(context.Context, any) error { return errors.New("a panic") })
	for _, f := range s.set {
		f(exec)
	}
	return exec
}

// answer is the whole response to a request, as JSON.
func (s service) answer(t testing.TB, r request) string {
	t.Helper()
	exec := s.executor(t)
	ctx := context.Background()
	op, errs := exec.CreateOperationContext(ctx, r.params(t))
	if errs != nil {
		return text(t, exec.DispatchError(ctx, errs))
	}
	responses, ctx := exec.DispatchOperation(ctx, op)
	return text(t, responses(ctx))
}

func (r request) params(t testing.TB) *graphql.RawParams {
	t.Helper()
	params := &graphql.RawParams{Query: r.query, OperationName: r.operation}
	if r.variables == "" {
		return params
	}
	dec := json.NewDecoder(strings.NewReader(r.variables))
	dec.UseNumber()
	if err := dec.Decode(&params.Variables); err != nil {
		t.Fatal(err)
	}
	return params
}

// text is a response as a client reads it; "end" for the end of a stream.
func text(t testing.TB, resp *graphql.Response) string {
	t.Helper()
	if resp == nil {
		return "end"
	}
	enc, err := resp.MarshalJSON()
	if err != nil {
		t.Fatal(err)
	}
	if !json.Valid(enc) {
		t.Fatalf("not JSON: %s", enc)
	}
	return string(enc)
}

// example is one row of a table: a request and its whole answer.
type example struct {
	name string
	request
	want string
}

// check asks a service every example.
func check(t *testing.T, s service, examples []example) {
	t.Helper()
	for _, e := range examples {
		name := e.name
		if name == "" {
			name = e.query + e.variables
		}
		t.Run(name, func(t *testing.T) {
			if got := s.answer(t, e.request); got != e.want {
				t.Errorf("%s %s\n got %s\nwant %s", e.query, e.variables, got, e.want)
			}
		})
	}
}

// query is a request without variables.
func query(text string) request { return request{query: text} }

// with is a request with variables.
func with(text, variables string) request { return request{query: text, variables: variables} }

// data is the answer without errors.
func data(json string) string { return `{"data":` + json + `}` }

// requestError is the answer to a request that was not executed, for want of validity.
func requestError(errors ...string) string {
	for i, err := range errors {
		errors[i] = strings.TrimSuffix(err, "}") + `,"extensions":{"code":"GRAPHQL_VALIDATION_FAILED"}}`
	}
	return `{"errors":[` + strings.Join(errors, ",") + `]}`
}

// refused is the answer to a request of which nothing was executed, for want of a stream.
func refused(errors ...string) string { return `{"errors":[` + strings.Join(errors, ",") + `]}` }

// partly is the answer with errors beside data.
func partly(data string, errors ...string) string {
	return `{"errors":[` + strings.Join(errors, ",") + `],"data":` + data + `}`
}

// invalid is an error at a place of the document (line 1).
func invalid(column int, format string, args ...any) string {
	return fmt.Sprintf(`{"message":%s,"locations":[{"line":1,"column":%d}]}`, quote(fmt.Sprintf(format, args...)), column)
}

// unplaced is an error that belongs to no place of the document.
func unplaced(format string, args ...any) string {
	return `{"message":` + quote(fmt.Sprintf(format, args...)) + `}`
}

// failed is the error of a field, whose path is given as in JSON, without brackets.
func failed(column int, path, message string) string {
	return fmt.Sprintf(`{"message":%s,"path":[%s],"locations":[{"line":1,"column":%d}]}`, quote(message), path, column)
}

// quote is a string as JSON, without the escapes that HTML would need.
func quote(s string) string { return string(engine.AppendString(nil, s)) }

const (
	internal = "internal system error" // all that is told of an error that is not public
	mustBe   = "must not be null"
)

// tables builds the engine's tables from the schema's text.
func (s service) tables(t testing.TB) *engine.Tables {
	t.Helper()
	schema, err := gqlparser.LoadSchema(&ast.Source{Name: "spec.graphql", Input: s.sdl})
	if err != nil {
		t.Fatal(err)
	}
	tables := &engine.Tables{Schema: schema, Objects: map[string]*engine.Object{}, ObjectOf: typeName}
	for name, def := range schema.Types {
		if def.Kind != ast.Object || strings.HasPrefix(name, "__") {
			continue
		}
		o := &engine.Object{Name: name, Fields: map[string]*engine.Field{}}
		for _, f := range def.Fields {
			if !strings.HasPrefix(f.Name, "__") {
				o.Fields[f.Name] = s.field(schema, def, f)
			}
		}
		tables.Objects[name] = o
	}
	return tables
}

func typeName(value any) string {
	o, _ := value.(object)
	name, _ := o["__typename"].(string)
	return name
}

func (s service) field(schema *ast.Schema, def *ast.Definition, f *ast.FieldDefinition) *engine.Field {
	out := &engine.Field{Value: valueOf(schema, f.Type)}
	isRoot := slices.Contains([]*ast.Definition{schema.Query, schema.Mutation}, def)
	switch own := s.fields[def.Name+"."+f.Name]; {
	case def == schema.Subscription:
		out.Stream = s.streams[f.Name]
	case own != nil:
		out.Resolve = own
	case isRoot && s.way == byRead:
		out.Read = s.member(f.Name)
	case isRoot:
		out.Resolve = s.member(f.Name)
	case s.way == byResolve:
		out.Resolve = s.member(f.Name)
	case s.way == byBatch:
		out.Batch = s.members(f.Name)
	default:
		out.Read = s.member(f.Name)
	}
	switch {
	case s.way != byAppend || isRoot || out.Read == nil:
	case out.Value.Append != nil:
		out.AppendLeaf = appendLeaf(f.Name, out.Value)
	case out.Value.Elem != nil && !schema.Types[f.Type.Name()].IsLeafType():
		out.AppendElems = appendElems(f.Name)
	}
	return out
}

// member reads a field out of its object.
func (s service) member(name string) resolver {
	return func(_ context.Context, parent any, _ map[string]any) (any, error) {
		if parent == nil {
			parent = s.root
		}
		o, ok := parent.(object)
		if !ok {
			return nil, errors.New("not an object")
		}
		if err, ok := o[name].(error); ok {
			return nil, err
		}
		return o[name], nil
	}
}

func (s service) members(name string) func(context.Context, []any, map[string]any) ([]any, error) {
	read := s.member(name)
	return func(ctx context.Context, parents []any, args map[string]any) ([]any, error) {
		values, errs := make([]any, len(parents)), make(graphql.BatchErrorList, len(parents))
		for i, p := range parents {
			values[i], errs[i] = read(ctx, p, args)
		}
		if slices.ContainsFunc(errs, func(err error) bool { return err != nil }) {
			return values, errs
		}
		return values, nil
	}
}

// appendLeaf writes a leaf straight from its object.
func appendLeaf(name string, v *engine.Value) func(ctx context.Context, dst []byte, parent any) ([]byte, bool, error) {
	return func(ctx context.Context, dst []byte, parent any) ([]byte, bool, error) {
		switch value := parent.(object)[name].(type) {
		case nil:
			return dst, false, nil
		case error:
			return append(dst, "half"...), false, value
		default:
			return v.Append(ctx, dst, value)
		}
	}
}

// appendElems reads a list straight from its object.
func appendElems(name string) func(to []any, parent any) ([]any, bool) {
	return func(to []any, parent any) ([]any, bool) { return elems(parent.(object)[name], to) }
}

// valueOf is the completion of a type.
func valueOf(schema *ast.Schema, typ *ast.Type) *engine.Value {
	v := &engine.Value{NonNull: typ.NonNull, Type: typ.Name()}
	if typ.Elem != nil {
		v.Elem, v.Elems = valueOf(schema, typ.Elem), elems
		return v
	}
	switch schema.Types[typ.NamedType].Kind {
	case ast.Scalar:
		v.Append = scalar(typ.NamedType)
	case ast.Enum:
		v.Append = enumValue(schema.Types[typ.NamedType])
	}
	return v
}

func elems(list any, to []any) ([]any, bool) {
	values, _ := list.([]any)
	return append(to, values...), values != nil
}

// scalar is the result coercion of a scalar, as strict as the specification asks.
func scalar(name string) func(ctx context.Context, dst []byte, value any) ([]byte, bool, error) {
	return func(_ context.Context, dst []byte, value any) ([]byte, bool, error) {
		switch value := value.(type) {
		case error:
			return dst, false, value
		case string:
			if name != "Int" && name != "Float" && name != "Boolean" {
				return engine.AppendString(dst, value), true, nil
			}
		case int:
			if name == "Int" && int64(value) >= math.MinInt32 && int64(value) <= math.MaxInt32 {
				return engine.AppendInt(dst, value), true, nil
			}
		case float64:
			if name == "Float" {
				out, err := engine.AppendFloat(dst, value)
				return out, err == nil, err
			}
		case bool:
			if name == "Boolean" {
				return engine.AppendBool(dst, value), true, nil
			}
		}
		if name == "JSON" {
			enc, err := json.Marshal(value)
			return append(dst, enc...), !bytes.Equal(enc, []byte("null")), err
		}
		return dst, false, fmt.Errorf("a %T is no %s", value, name)
	}
}

func enumValue(def *ast.Definition) func(ctx context.Context, dst []byte, value any) ([]byte, bool, error) {
	return func(_ context.Context, dst []byte, value any) ([]byte, bool, error) {
		name, _ := value.(string)
		if def.EnumValues.ForName(name) == nil {
			return dst, false, errors.New("no value of the enum")
		}
		return engine.AppendString(dst, name), true, nil
	}
}

// echo answers what arguments a field was called with.
func echo(_ context.Context, _ any, args map[string]any) (any, error) { return args, nil }

// checkCoercion compares an answer with what a value was coerced to or, where it is
// refused, makes sure that nothing ran.
func checkCoercion(t *testing.T, got, want string) {
	t.Helper()
	if want == no {
		if !strings.HasPrefix(got, `{"errors":[`) || strings.Contains(got, `"data"`) {
			t.Errorf("got %s, want a request error", got)
		}
		return
	}
	if want := data(`{"ran":"Query","a":` + quote(want) + `}`); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// messages are the errors of an answer: each with the path of its field or, where
// nothing was executed, the word request before it.
func messages(t *testing.T, answer string) string {
	t.Helper()
	var got struct {
		Data   json.RawMessage
		Errors gqlerror.List
	}
	if err := json.Unmarshal([]byte(answer), &got); err != nil {
		t.Fatal(err)
	}
	all := make([]string, len(got.Errors))
	for i, err := range got.Errors {
		all[i] = err.Path.String() + ": " + err.Message
		if got.Data == nil {
			all[i] = "request: " + err.Message
		}
	}
	return strings.Join(all, " | ")
}
