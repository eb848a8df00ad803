package config

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
	"gopkg.in/yaml.v3"
)

// LoadSchema reads the schema's files, lets extend add to them, and checks all together.
// Then it reads the directives by which a schema configures its own generation.
// gqlgen.yml has the last word.
func (c *Config) LoadSchema(extend func(*Config) error) error {
	if err := c.readSources(); err != nil {
		return err
	}
	if err := extend(c); err != nil {
		return err
	}
	schema, err := gqlparser.LoadSchema(c.Sources...)
	if err != nil {
		return fmt.Errorf("loading the schema: %w", err)
	}
	if schema.Query == nil {
		return errors.New("loading the schema: it has no type Query")
	}
	c.Schema = schema
	for _, name := range slices.Sorted(maps.Keys(schema.Directives)) {
		d := schema.Directives[name]
		ours := slices.Contains([]string{"goModel", "goField", "goTag", "goEnum", "entityResolver"}, name)
		if ours || d.Position.Src.BuiltIn || c.Directives[name].SkipRuntime {
			continue
		}
		if !slices.Equal(d.Locations, []ast.DirectiveLocation{ast.LocationFieldDefinition}) {
			return fmt.Errorf("@%s: only directives on FIELD_DEFINITION can have a function; set directives.%s.skip_runtime if it is a note only", name, name)
		}
		c.Functions = append(c.Functions, d)
	}
	for typeName := range schema.Types {
		add(&c.Models, typeName, &TypeEntry{})
	}
	for typeName, entry := range c.Models {
		if err := entry.read(cmp.Or(schema.Types[typeName], &ast.Definition{}), c); err != nil {
			return fmt.Errorf("models.%s%w", typeName, err)
		}
		c.Models[typeName] = entry
	}
	return nil
}

// IsRoot reports whether a type is that of queries, mutations or subscriptions.
func (c *Config) IsRoot(def *ast.Definition) bool {
	return def == c.Schema.Query || def == c.Schema.Mutation || def == c.Schema.Subscription
}

// readSources reads the files that the schema globs name, sorted by path.
func (c *Config) readSources() error {
	var names []string
	for _, pattern := range c.SchemaFilename {
		found, err := glob(absolute(c.Dir, pattern))
		if err != nil || len(found) == 0 {
			return fmt.Errorf("schema: %q matches no file: %w", pattern, cmp.Or(err, os.ErrNotExist))
		}
		names = append(names, found...)
	}
	slices.Sort(names)
	for _, filename := range slices.Compact(names) {
		source, err := os.ReadFile(filename)
		if err != nil {
			return fmt.Errorf("reading the schema: %w", err)
		}
		c.Sources = append(c.Sources, &ast.Source{Name: filename, Input: string(source)})
	}
	return nil
}

// glob is filepath.Glob, with ** for any number of folders.
func glob(pattern string) ([]string, error) {
	before, after, deep := strings.Cut(pattern, "**")
	if !deep {
		return filepath.Glob(pattern)
	}
	var out []string
	err := filepath.WalkDir(before, func(path string, entry os.DirEntry, err error) error {
		if err != nil || !entry.IsDir() {
			return err
		}
		found, err := filepath.Glob(filepath.Join(path, after))
		out = append(out, found...)
		return err
	})
	return out, err
}

// read adds what the directives of a type, its fields and its values say, and checks
// that there are such fields.
func (e *TypeEntry) read(def *ast.Definition, c *Config) error {
	bound, err := decode[TypeEntry](def.Directives.ForName("goModel"))
	if err != nil {
		return fmt.Errorf(".model: %w", err)
	}
	if bound != nil && len(e.Model) == 0 {
		e.Model = bound.Model
	}
	for _, field := range def.Fields {
		_, errOfTags := Tags(field)
		bound, err := decode[TypeField](field.Directives.ForName("goField"))
		if err := errors.Join(errOfTags, err); err != nil {
			return fmt.Errorf(".fields.%s: %w", field.Name, err)
		}
		add(&e.Fields, field.Name, bound)
	}
	for _, value := range def.EnumValues {
		bound, err := decode[EnumValue](value.Directives.ForName("goEnum"))
		if err != nil {
			return fmt.Errorf(".enum_values.%s: %w", value.Name, err)
		}
		add(&e.EnumValues, value.Name, bound)
	}
	for _, d := range c.Functions {
		for _, field := range def.Fields {
			bound := def.Kind == ast.Object && def != c.Schema.Subscription && !e.Fields[field.Name].Batch
			if field.Directives.ForName(d.Name) != nil && !bound {
				return fmt.Errorf(".fields.%s: only fields of objects that are no batches can have @%s, which has a function", field.Name, d.Name)
			}
		}
	}
	for name, bound := range e.Fields {
		switch field := def.Fields.ForName(name); {
		case field == nil:
			return fmt.Errorf(".fields.%s: the schema has no such field", name)
		case bound.Batch && c.IsRoot(def):
			return fmt.Errorf(".fields.%s: a root field has no parents to batch", name)
		case bound.Batch && !bound.Resolver:
			return fmt.Errorf(".fields.%s: batch needs a resolver", name)
		case bound.Omittable != nil && *bound.Omittable && (def.Kind != ast.InputObject || field.Type.NonNull):
			return fmt.Errorf(".fields.%s: only nullable fields of inputs can be omittable", name)
		}
	}
	return nil
}

// Tags are the struct tags that @goTag asks for.
func Tags(field *ast.FieldDefinition) (out []string, err error) {
	for _, d := range field.Directives.ForNames("goTag") {
		tag, err := decode[struct{ Key, Value string }](d)
		if err != nil {
			return nil, err
		}
		out = append(out, fmt.Sprintf("%s:%q", tag.Key, cmp.Or(tag.Value, field.Name)))
	}
	return out, nil
}

// decode reads the arguments of a directive as gqlgen.yml would have them; nil where the
// directive is not given. GraphQL's literals are YAML's, so that arguments that are not
// supported are refused as unknown keys are.
func decode[T any](d *ast.Directive) (*T, error) {
	if d == nil {
		return nil, nil
	}
	var args []string
	for _, arg := range d.Arguments {
		key := map[string]string{"forceResolver": "resolver", "name": "fieldName", "models": "model"}[arg.Name]
		args = append(args, cmp.Or(key, arg.Name)+": "+arg.Value.String())
	}
	decoder := yaml.NewDecoder(strings.NewReader("{" + strings.Join(args, ", ") + "}"))
	decoder.KnownFields(true)
	out := new(T)
	if err := decoder.Decode(out); err != nil {
		return nil, fmt.Errorf("@%s: %w", d.Name, err)
	}
	return out, nil
}

// add puts a value, if there is one, into a map that has none of that key.
func add[V any](m *map[string]V, key string, value *V) {
	if *m == nil {
		*m = map[string]V{}
	}
	if _, ok := (*m)[key]; !ok && value != nil {
		(*m)[key] = *value
	}
}
