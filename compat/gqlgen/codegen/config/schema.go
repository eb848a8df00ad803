package config

import (
	"cmp"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
	"gopkg.in/yaml.v3"
)

// LoadSources reads the files that the schema globs name, sorted by path. ** matches
// any number of folders.
func (c *Config) LoadSources() error {
	var names []string
	for _, pattern := range c.SchemaFilename {
		found, err := glob(absolute(c.Dir, pattern))
		if err != nil {
			return fmt.Errorf("schema: %q: %w", pattern, err)
		}
		if len(found) == 0 {
			return fmt.Errorf("schema: %q matches no file", pattern)
		}
		names = append(names, found...)
	}
	slices.Sort(names)
	for _, filename := range slices.Compact(names) {
		source, err := os.ReadFile(filename)
		if err != nil {
			return fmt.Errorf("reading the schema: %w", err)
		}
		relative, err := filepath.Rel(c.Dir, filename)
		if err != nil {
			return fmt.Errorf("naming a schema file: %w", err)
		}
		c.Sources = append(c.Sources, &ast.Source{Name: filepath.ToSlash(relative), Input: string(source)})
	}
	return nil
}

// LoadSchema parses and checks all sources together, then reads the directives by
// which a schema configures its own generation.
func (c *Config) LoadSchema() error {
	schema, err := gqlparser.LoadSchema(c.Sources...)
	if err != nil {
		return fmt.Errorf("loading the schema: %w", err)
	}
	if schema.Query == nil {
		return errors.New("loading the schema: it has no type Query")
	}
	c.Schema = schema
	if err := c.readDirectives(); err != nil {
		return err
	}
	return c.checkFields()
}

// checkFields refuses settings of fields that the schema has not, or that cannot be.
func (c *Config) checkFields() error {
	for typeName, entry := range c.Models {
		def := c.Schema.Types[typeName]
		for fieldName, field := range entry.Fields {
			if def != nil && def.Fields.ForName(fieldName) == nil {
				return fmt.Errorf("models.%s.fields.%s: the schema has no such field", typeName, fieldName)
			}
			if field.Batch && !field.Resolver {
				return fmt.Errorf("models.%s.fields.%s: batch needs a resolver", typeName, fieldName)
			}
		}
	}
	return nil
}

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

// The arguments of the directives by which a schema configures its own generation.
type (
	goModel struct {
		Model  string
		Models []string
	}
	goField struct {
		ForceResolver bool `yaml:"forceResolver"`
		Batch         bool
		Name          string
		Omittable     *bool
	}
)

// readDirectives turns @goModel, @goField and @goEnum into entries of Models.
// gqlgen.yml has the last word.
func (c *Config) readDirectives() error {
	for typeName, def := range c.Schema.Types {
		entry := c.Models[typeName]
		model, err := decode[goModel](def.Directives.ForName("goModel"))
		if err != nil {
			return fmt.Errorf("%s: %w", typeName, err)
		}
		if model != nil && len(entry.Model) == 0 {
			entry.Model = slices.DeleteFunc(append(model.Models, model.Model), func(name string) bool { return name == "" })
		}
		for _, field := range def.Fields {
			if err := entry.readField(field); err != nil {
				return fmt.Errorf("%s.%s: %w", typeName, field.Name, err)
			}
		}
		for _, value := range def.EnumValues {
			bound, err := decode[EnumValue](value.Directives.ForName("goEnum"))
			if err != nil {
				return fmt.Errorf("%s.%s: %w", typeName, value.Name, err)
			}
			add(&entry.EnumValues, value.Name, bound)
		}
		c.Models[typeName] = entry
	}
	return nil
}

func (e *TypeEntry) readField(field *ast.FieldDefinition) error {
	if _, err := Tags(field); err != nil {
		return err
	}
	bound, err := decode[goField](field.Directives.ForName("goField"))
	if err == nil && bound != nil {
		add(&e.Fields, field.Name, &TypeField{bound.ForceResolver, bound.Batch, bound.Name, bound.Omittable})
	}
	return err
}

// add puts a value, if there is one, into a map that has none of that key.
func add[V any](m *map[string]V, key string, value *V) {
	if _, ok := (*m)[key]; ok || value == nil {
		return
	}
	if *m == nil {
		*m = map[string]V{}
	}
	(*m)[key] = *value
}

// decode reads the arguments of a directive; nil where it is not given. GraphQL's
// literals are YAML's, so that arguments are refused as unknown keys are.
func decode[T any](d *ast.Directive) (*T, error) {
	if d == nil {
		return nil, nil
	}
	var args []string
	for _, arg := range d.Arguments {
		args = append(args, arg.Name+": "+arg.Value.String())
	}
	decoder := yaml.NewDecoder(strings.NewReader("{" + strings.Join(args, ", ") + "}"))
	decoder.KnownFields(true)
	out := new(T)
	if err := decoder.Decode(out); err != nil {
		return nil, fmt.Errorf("@%s: %w", d.Name, err)
	}
	return out, nil
}

// Tag is a struct tag.
type Tag struct{ Key, Value string }

// Tags are the struct tags that @goTag asks for.
func Tags(field *ast.FieldDefinition) ([]Tag, error) {
	var out []Tag
	for _, d := range field.Directives.ForNames("goTag") {
		tag, err := decode[Tag](d)
		if err != nil {
			return nil, err
		}
		out = append(out, Tag{tag.Key, cmp.Or(tag.Value, field.Name)})
	}
	return out, nil
}

// Runtime reports whether a directive has a function behind it: it was declared in a
// schema file and not marked skip_runtime.
func (c *Config) Runtime(d *ast.DirectiveDefinition) bool {
	switch d.Name {
	case "goModel", "goField", "goTag", "goEnum", "entityResolver":
		return false
	}
	return d.Position != nil && !d.Position.Src.BuiltIn && !c.Directives[d.Name].SkipRuntime
}
