//go:build conformance

package differential

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
)

// schemaWriter writes a schema in which everything that the type system has
// occurs, drawn from rng.
type schemaWriter struct {
	rng        *rand.Rand
	out        strings.Builder
	interfaces []*interfaceType
	objects    []*objectType
	values     inputs
}

type interfaceType struct {
	name   string
	above  []*interfaceType // all of them, transitively
	fields []schemaField    // those above included
}

type objectType struct {
	name       string
	interfaces []*interfaceType // all of them, transitively
}

type schemaField struct{ name, args, typ string }

const (
	inputTypes     = 4
	enumTypes      = 3
	interfaceTypes = 4
	objectTypes    = 8
	unionTypes     = 3
)

func (w *schemaWriter) write() string {
	w.values = inputs{rng: w.rng, flat: true}
	w.head()
	for i := range enumTypes {
		w.enum(i)
	}
	for i := range inputTypes {
		w.input(i)
	}
	w.plan()
	for _, t := range w.interfaces {
		w.printf("%sinterface %s%s {\n", w.description(""), t.name, implements(t.above))
		w.fields(t.fields)
	}
	for _, t := range w.objects {
		w.object(t)
	}
	for i := range unionTypes {
		w.union(i)
	}
	w.roots()
	return w.out.String()
}

func (w *schemaWriter) printf(format string, args ...any) { fmt.Fprintf(&w.out, format, args...) }

func (w *schemaWriter) one(of ...string) string { return of[w.rng.IntN(len(of))] }

func (w *schemaWriter) chance(n int) bool { return w.rng.IntN(n) == 0 }

func (w *schemaWriter) head() {
	w.printf("%s", w.description(""))
	w.printf("schema { query: Query mutation: Changes subscription: Subscription }\n\n")
	w.printf("scalar Any @specifiedBy(url: \"https://example.org/any\")\n%sscalar Blob\n\n", w.description(""))
	w.printf("directive @note(text: String = \"none\", of: [E0!]) repeatable on FIELD | OBJECT | FRAGMENT_SPREAD | INLINE_FRAGMENT | QUERY | MUTATION | VARIABLE_DEFINITION | FRAGMENT_DEFINITION\n")
	w.printf("directive @once on FIELD\n\n")
}

// description is none, or one that is hard to write.
func (w *schemaWriter) description(indent string) string {
	text := w.one("", "", `"Plain."`, `"With \"quotes\" and a \\ and \u00e9."`, "\"\"\"\nSeveral lines,\n  one indented.\n\"\"\"")
	if text == "" {
		return ""
	}
	return indent + strings.ReplaceAll(text, "\n", "\n"+indent) + "\n"
}

func (w *schemaWriter) deprecated() string {
	return w.one("", "", "", "", " @deprecated", ` @deprecated(reason: "use \"another\"")`)
}

func (w *schemaWriter) enum(i int) {
	w.printf("%senum E%d {\n", w.description(""), i)
	for k := range 2 + w.rng.IntN(4) {
		w.printf("%s  V%d_%d%s\n", w.description("  "), i, k, w.deprecated())
	}
	w.printf("}\n\n")
}

// input writes an input object. Fields that must be given are of types written
// before, so that every type has a finite value.
func (w *schemaWriter) input(i int) {
	oneOf := i == inputTypes-1
	def := inputType{name: fmt.Sprintf("I%d", i), oneOf: oneOf}
	for k := range 2 + w.rng.IntN(4) {
		name := fmt.Sprintf("f%d", k)
		if oneOf {
			def.fields = append(def.fields, inputField{name: name, typ: w.inputType(i, true)})
			continue
		}
		def.fields = append(def.fields, w.withDefault(name, w.inputType(i, false)))
	}
	w.printf("%sinput %s%s {\n", w.description(""), def.name, map[bool]string{true: " @oneOf"}[oneOf])
	for _, f := range def.fields {
		w.printf("%s  %s%s\n", w.description("  "), f, w.deprecatedInput(f))
	}
	w.printf("}\n\n")
	w.values.types = append(w.values.types, def)
}

// deprecatedInput deprecates only what need not be given.
func (w *schemaWriter) deprecatedInput(f inputField) string {
	if strings.HasSuffix(f.typ, "!") && f.fallback == "" {
		return ""
	}
	return w.deprecated()
}

func (w *schemaWriter) withDefault(name, typ string) inputField {
	f := inputField{name: name, typ: typ}
	if w.chance(3) && w.values.knows(typ) { // a default of a type within itself would have no end
		f.fallback = w.values.constant(typ)
	}
	return f
}

// inputType is a type for an argument or for a field of input object i, which
// may contain itself where it admits null.
func (w *schemaWriter) inputType(i int, nullable bool) string {
	name := w.one("Int", "Float", "String", "Boolean", "ID", "Any", "Blob", "E0", "E1", "E2")
	if i > 0 && w.chance(3) {
		name = fmt.Sprintf("I%d", w.rng.IntN(i))
	}
	if i < inputTypes-1 && w.chance(8) {
		return fmt.Sprintf("I%d", i)
	}
	return w.wrap(name, nullable)
}

// wrap puts lists and exclamation marks around a type.
func (w *schemaWriter) wrap(name string, nullable bool) string {
	typ := w.one("%s", "%s", "%s!", "[%s]", "[%s!]", "[%s]!", "[%s!]!", "[[%s!]!]!", "[[%s]]", "[[%s!]]!")
	if nullable {
		typ = strings.TrimSuffix(typ, "!")
	}
	return fmt.Sprintf(typ, name)
}

func (w *schemaWriter) arguments() string {
	var args []string
	for k := range w.rng.IntN(4) {
		f := w.withDefault(fmt.Sprintf("a%d", k), w.inputType(inputTypes, false))
		args = append(args, f.String()+w.deprecatedInput(f))
	}
	if len(args) == 0 {
		return ""
	}
	return "(" + strings.Join(args, ", ") + ")"
}

// plan decides which types there are before any of them is written, for they
// refer to one another.
func (w *schemaWriter) plan() {
	for i := range interfaceTypes {
		t := &interfaceType{name: fmt.Sprintf("N%d", i)}
		for _, above := range w.interfaces {
			if w.chance(3) {
				t.above = union(t.above, append(slices.Clone(above.above), above))
			}
		}
		w.interfaces = append(w.interfaces, t)
	}
	for i := range objectTypes {
		t := &objectType{name: fmt.Sprintf("T%d", i)}
		for k, iface := range w.interfaces {
			if w.chance(3) || k == i { // every interface has an object
				t.interfaces = union(t.interfaces, append(slices.Clone(iface.above), iface))
			}
		}
		w.objects = append(w.objects, t)
	}
	for i, t := range w.interfaces {
		t.fields = inherited(t.above)
		for k := range 1 + w.rng.IntN(3) {
			t.fields = append(t.fields, w.field(fmt.Sprintf("n%d_%d", i, k)))
		}
	}
}

func union(a, b []*interfaceType) []*interfaceType {
	for _, t := range b {
		if !slices.Contains(a, t) {
			a = append(a, t)
		}
	}
	return a
}

// inherited are the fields of interfaces, each once.
func inherited(from []*interfaceType) []schemaField {
	var all []schemaField
	for _, t := range from {
		for _, f := range t.fields {
			if !slices.ContainsFunc(all, func(have schemaField) bool { return have.name == f.name }) {
				all = append(all, f)
			}
		}
	}
	return all
}

func implements(list []*interfaceType) string {
	names := make([]string, len(list))
	for i, t := range list {
		names[i] = t.name
	}
	if len(names) == 0 {
		return ""
	}
	return " implements " + strings.Join(names, " & ")
}

func (w *schemaWriter) field(name string) schemaField {
	return schemaField{name: name, args: w.arguments(), typ: w.outputType()}
}

func (w *schemaWriter) outputType() string {
	if w.chance(2) {
		return w.wrap(w.one("Int", "Float", "String", "Boolean", "ID", "Any", "Blob", "E0", "E1", "E2"), false)
	}
	return w.wrap(w.composite(), false)
}

func (w *schemaWriter) composite() string {
	switch w.rng.IntN(4) {
	case 0:
		return fmt.Sprintf("U%d", w.rng.IntN(unionTypes))
	case 1:
		return fmt.Sprintf("N%d", w.rng.IntN(interfaceTypes))
	default:
		return fmt.Sprintf("T%d", w.rng.IntN(objectTypes))
	}
}

func (w *schemaWriter) object(t *objectType) {
	fields := inherited(t.interfaces)
	for k := range fields {
		fields[k] = w.narrower(fields[k])
	}
	for k := range 3 + w.rng.IntN(4) {
		fields = append(fields, w.field(fmt.Sprintf("%sf%d", strings.ToLower(t.name), k)))
	}
	for k, typ := range []string{"Int", "String!", "Float", "ID!", "E1", "Any"} {
		fields = append(fields, schemaField{name: fmt.Sprintf("sure%d", k), typ: typ})
	}
	w.printf("%stype %s%s%s {\n", w.description(""), t.name, implements(t.interfaces), w.one("", ` @note(text: "x") @note`))
	w.fields(fields)
}

// narrower is a field as an implementation may declare it: its type may promise
// more, and it may take more arguments.
func (w *schemaWriter) narrower(f schemaField) schemaField {
	if !strings.HasSuffix(f.typ, "!") && w.chance(3) {
		f.typ += "!"
	}
	if iface := strings.Trim(f.typ, "[]!"); iface[0] == 'N' && w.chance(2) {
		f.typ = strings.Replace(f.typ, iface, w.implementation(iface), 1)
	}
	if w.chance(4) {
		extra := "extra: Int"
		if f.args == "" {
			f.args = "(" + extra + ")"
		} else {
			f.args = strings.TrimSuffix(f.args, ")") + ", " + extra + ")"
		}
	}
	return f
}

func (w *schemaWriter) implementation(iface string) string {
	var found []string
	for _, t := range w.objects {
		if slices.ContainsFunc(t.interfaces, func(i *interfaceType) bool { return i.name == iface }) {
			found = append(found, t.name)
		}
	}
	return w.one(found...)
}

func (w *schemaWriter) fields(fields []schemaField) {
	for _, f := range fields {
		w.printf("%s  %s%s: %s%s\n", w.description("  "), f.name, f.args, f.typ, w.deprecated())
	}
	w.printf("}\n\n")
}

func (w *schemaWriter) union(i int) {
	var members []string
	for _, t := range w.objects {
		if w.chance(3) {
			members = append(members, t.name)
		}
	}
	if members == nil {
		members = []string{"T0"}
	}
	w.printf("%sunion U%d = %s\n\n", w.description(""), i, strings.Join(members, " | "))
}

func (w *schemaWriter) roots() {
	w.printf("type %s {\n  sure0: Int\n}\n\n", outsider)
	for _, root := range []struct{ name, prefix string }{{"Query", "q"}, {"Changes", "m"}} {
		w.printf("%stype %s {\n", w.description(""), root.name)
		var fields []schemaField
		for k := range 12 {
			f := w.field(fmt.Sprintf("%s%d", root.prefix, k))
			if k%2 == 0 {
				f.typ = w.wrap(w.composite(), k%4 == 0)
			}
			fields = append(fields, f)
		}
		w.fields(fields)
	}
	w.printf("type Subscription {\n  events: T0\n}\n")
}
