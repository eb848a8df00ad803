package config

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
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
