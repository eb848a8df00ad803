//go:build conformance

package differential

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"sort"
	"strconv"
	"strings"
	"sync/atomic"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// answers is the data behind a generated schema: a pure function of a seed, of
// the fields on the way, and of their arguments. peer.mjs computes the same.
type answers struct {
	seed     string
	schema   *ast.Schema
	possible map[string][]string // the object types of a composite type, sorted
}

func newAnswers(seed string, schema *ast.Schema) *answers {
	a := &answers{seed: seed, schema: schema, possible: map[string][]string{}}
	for name, def := range schema.Types {
		for _, possible := range schema.GetPossibleTypes(def) {
			if possible.Kind == ast.Object { // the parser counts interfaces too
				a.possible[name] = append(a.possible[name], possible.Name)
			}
		}
		sort.Strings(a.possible[name])
	}
	return a
}

// object is a value of an object type. Its key is all there is to know about it.
type object struct{ typ, key string }

// Leaves that are no plain Go value.
type (
	enumValue  string
	scalarJSON string   // the JSON of a custom scalar
	unwritable struct{} // refused by the function that writes it
)

var (
	floats  = []float64{0, 0.1, -1.5, 1e6, 123456789.125, 1e20, 1e21, 1e-6, 1e-7, -2.5e-10, 5e-324, 1.7976931348623157e308}
	texts   = []string{"", "plain", "quote \" and \\", "line\nbreak\ttab\rreturn", "\b\f\x01\x1f\x7f", "<a href='x'>&", "é \u2028 \u2029 € 😀", "/"}
	scalars = []string{`{"b":[1,null,{"c":"d"}],"a":false}`, `[]`, `"text"`, `17`, `{}`, `true`}
)

// outsider belongs to no interface and no union.
const outsider = "Outsider"

// sure says that a field never fails, and that it does not depend on the counter.
func sure(field *ast.FieldDefinition) bool { return strings.HasPrefix(field.Name, "sure") }

// counterKey is the context's key of the number of mutations that have begun: the
// data depend on it, so that mutations in disorder answer something else.
type counterKey struct{}

func counter(ctx context.Context) *atomic.Int64 { return ctx.Value(counterKey{}).(*atomic.Int64) }

// errPanic is what a resolver fails with that is to panic where it can.
var errPanic = errors.New("to panic with")

// field answers a field of an object.
func (a *answers) field(ctx context.Context, parent *object, field *ast.FieldDefinition, args map[string]any) (any, error) {
	text := canonical(args)
	if sure(field) {
		return a.value(field.Type, key(parent, field, text, 0), text, true), nil
	}
	at := key(parent, field, text, counter(ctx).Load())
	switch a.draw(at, "fail", 60) {
	case 0, 1:
		return nil, gqlerror.Errorf("refused %s", at)
	case 2:
		return nil, errPanic
	}
	return a.value(field.Type, at, text, false), nil
}

func key(parent *object, field *ast.FieldDefinition, args string, count int64) string {
	return fmt.Sprintf("%08x", hash(fmt.Sprintf("%s.%s%s#%d", parent.key, field.Name, args, count)))
}

func (a *answers) value(typ *ast.Type, key, args string, sure bool) any {
	if a.null(typ, key, sure) {
		return a.nothing(typ, key)
	}
	if typ.Elem == nil {
		return a.named(a.schema.Types[typ.NamedType], key, args, sure)
	}
	list := make([]any, a.draw(key, "length", 4))
	for i := range list {
		list[i] = a.value(typ.Elem, key+"["+strconv.Itoa(i)+"]", args, sure)
	}
	return list
}

func (a *answers) null(typ *ast.Type, key string, sure bool) bool {
	if typ.NonNull {
		return !sure && a.draw(key, "null", 60) == 0
	}
	return a.draw(key, "null", 8) == 0
}

// nothing is null as Go may have it: untyped, or nil of some type.
func (a *answers) nothing(typ *ast.Type, key string) any {
	switch {
	case a.draw(key, "typed", 2) == 0:
		return nil
	case typ.Elem == nil && a.schema.Types[typ.NamedType].IsCompositeType():
		return (*object)(nil)
	case typ.Elem != nil && !typ.NonNull: // where null is not admitted, a nil slice is the empty list
		return []any(nil)
	default:
		return nil
	}
}

func (a *answers) named(def *ast.Definition, key, args string, sure bool) any {
	switch def.Name {
	case "Int":
		return int32(a.draw(key, "int", 1<<32-1)) //nolint:gosec // negative numbers are meant to come out
	case "Float":
		return floats[a.draw(key, "float", len(floats))]
	case "Boolean":
		return a.draw(key, "boolean", 2) == 1
	case "ID":
		return "id " + key
	case "String":
		if args != "{}" {
			return args
		}
		return texts[a.draw(key, "text", len(texts))] + key
	}
	if !sure && a.draw(key, "write", 40) == 0 && def.IsLeafType() {
		return unwritable{}
	}
	switch def.Kind {
	case ast.Scalar:
		return scalarJSON(scalars[a.draw(key, "scalar", len(scalars))])
	case ast.Enum:
		return enumValue(def.EnumValues[a.draw(key, "enum", len(def.EnumValues))].Name)
	default:
		return a.object(def, key)
	}
}

func (a *answers) object(def *ast.Definition, key string) *object {
	if def.IsAbstractType() && a.draw(key, "outsider", 40) == 0 {
		return &object{typ: outsider, key: key}
	}
	possible := a.possible[def.Name]
	return &object{typ: possible[a.draw(key, "type", len(possible))], key: key}
}

// draw is a number below n.
func (a *answers) draw(key, what string, n int) int {
	return int(uint64(hash(a.seed+"/"+key+"/"+what)) % uint64(n))
}

// hash is FNV-1a with the bits mixed once more, for its lowest are poor.
func hash(s string) uint32 {
	h := uint32(2166136261)
	for i := range len(s) {
		h = (h ^ uint32(s[i])) * 16777619
	}
	h = (h ^ h>>16) * 0x85ebca6b
	h = (h ^ h>>13) * 0xc2b2ae35
	return h ^ h>>16
}

// canonical writes coerced arguments so that equal values are equal texts. An
// enum's value is its name, as in graphql-js.
func canonical(value any) string {
	switch v := value.(type) {
	case nil:
		return "null"
	case map[string]any:
		parts := make([]string, 0, len(v))
		for _, name := range slices.Sorted(maps.Keys(v)) {
			parts = append(parts, name+":"+canonical(v[name]))
		}
		return "{" + strings.Join(parts, ",") + "}"
	case []any:
		parts := make([]string, len(v))
		for i, elem := range v {
			parts[i] = canonical(elem)
		}
		return "[" + strings.Join(parts, ",") + "]"
	case string:
		return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(v) + `"`
	case bool:
		return strconv.FormatBool(v)
	case int64:
		return number(float64(v))
	case float64:
		return number(v)
	case json.Number:
		f, _ := v.Float64()
		return number(f)
	default:
		return fmt.Sprintf("an argument of type %T", v)
	}
}

// number writes a number as JavaScript does, which encoding/json does too.
func number(f float64) string {
	if f == 0 {
		return "0" // whatever its sign
	}
	text, err := json.Marshal(f)
	if err != nil {
		return err.Error()
	}
	return string(text)
}
