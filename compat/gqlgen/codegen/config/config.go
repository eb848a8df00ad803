// Package config reads gqlgen.yml and the schema it names.
//
// The keys are gqlgen's own. A key that this implementation does not know is an
// error that names it: settings are never silently ignored.
package config

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/vektah/gqlparser/v2/ast"
	"gopkg.in/yaml.v3"
)

// Version is the gqlgen release whose behaviour is followed.
const Version = "v0.17.95"

// What follows the name of a schema file in the names of the files that go with it.
const (
	ExecSuffix     = ".generated.go"
	ResolverSuffix = ".resolvers.go"
)

// Config is gqlgen.yml, with the schema once LoadSchema has read it.
type Config struct {
	SchemaFilename StringList           `yaml:"schema"`
	Exec           Layout               `yaml:"exec"`
	Model          File                 `yaml:"model"`
	Resolver       Layout               `yaml:"resolver"`
	Federation     Federation           `yaml:"federation"`
	AutoBind       []string             `yaml:"autobind"`
	Models         map[string]TypeEntry `yaml:"models"`
	Directives     map[string]struct {
		// SkipRuntime says that the directive is a note to tools, without a function to call.
		SkipRuntime bool `yaml:"skip_runtime"`
	} `yaml:"directives"`

	// NullableInputOmittable wraps every nullable field of a generated input in graphql.Omittable.
	NullableInputOmittable bool `yaml:"nullable_input_omittable"`
	// OmitGetters must be set where interfaces are generated: they have no getters.
	OmitGetters bool `yaml:"omit_getters"`
	// OmitGQLGenVersionInFileNotice leaves the version out of the notice at the top of generated files.
	OmitGQLGenVersionInFileNotice bool `yaml:"omit_gqlgen_version_in_file_notice"`

	// Dir is the folder of gqlgen.yml; every file name is relative to it.
	Dir string `yaml:"-"`
	// Sources are the schema's files, and what federation has added to them.
	Sources []*ast.Source `yaml:"-"`
	// Functions are the directives that have a function.
	Functions []*ast.DirectiveDefinition `yaml:"-"`
	// Schema is the schema of all sources together.
	Schema *ast.Schema `yaml:"-"`
}

// Layout says where files go of which there is one for each file of the schema.
type Layout struct {
	Layout           string `yaml:"layout"`
	DirName          string `yaml:"dir"`
	Package          string `yaml:"package"`
	FilenameTemplate string `yaml:"filename_template"`
}

// File says where one generated file goes.
type File struct {
	Filename string `yaml:"filename"`
	Package  string `yaml:"package"`
}

// Federation says where the code of a subgraph goes. Without a version, the server is none.
type Federation struct {
	File    `yaml:",inline"`
	Version int `yaml:"version"`
	Options struct {
		// EntityResolverMulti makes every entity's resolver take all its representations at once.
		EntityResolverMulti bool `yaml:"entity_resolver_multi"`
	} `yaml:"options"`
}

// TypeEntry binds one GraphQL type.
type TypeEntry struct {
	Model      StringList           `yaml:"model"`
	Fields     map[string]TypeField `yaml:"fields"`
	EnumValues map[string]EnumValue `yaml:"enum_values"`
}

// TypeField says how one field is bound.
type TypeField struct {
	// Resolver demands a resolver even where the Go type has a field of that name.
	Resolver bool `yaml:"resolver"`
	// Batch makes that resolver take every parent of a level at once.
	Batch bool `yaml:"batch"`
	// FieldName is the Go name to bind to, where it is not the GraphQL one.
	FieldName string `yaml:"fieldName"`
	// Omittable wraps the field of a generated input in graphql.Omittable.
	Omittable *bool `yaml:"omittable"`
}

// EnumValue binds an enum's value to a Go constant, by import path and name.
type EnumValue struct {
	Value string `yaml:"value"`
}

// StringList is one string or a list of them.
type StringList []string

// UnmarshalYAML takes a string for a list of one.
func (l *StringList) UnmarshalYAML(node *yaml.Node) error {
	if node.Kind == yaml.ScalarNode {
		*l = StringList{node.Value}
		return nil
	}
	return node.Decode((*[]string)(l))
}

// Load reads a configuration file.
func Load(filename string) (*Config, error) {
	source, err := os.ReadFile(filename)
	if err != nil {
		return nil, fmt.Errorf("reading the configuration: %w", err)
	}
	cfg := &Config{}
	decoder := yaml.NewDecoder(bytes.NewReader(source))
	decoder.KnownFields(true)
	if err = decoder.Decode(cfg); err == nil || errors.Is(err, io.EOF) {
		cfg.Dir, err = filepath.Abs(filepath.Dir(filename))
	}
	if err == nil {
		err = cfg.complete()
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", filename, err)
	}
	return cfg, nil
}

// Find looks for gqlgen.yml (or .gqlgen.yml, gqlgen.yaml) in dir and the folders above it.
func Find(dir string) (string, error) {
	for {
		for _, base := range []string{".gqlgen.yml", "gqlgen.yml", "gqlgen.yaml"} {
			candidate := filepath.Join(dir, base)
			if _, err := os.Stat(candidate); err == nil {
				return candidate, nil
			}
		}
		if dir == filepath.Dir(dir) {
			return "", errors.New("no gqlgen.yml here or in a folder above")
		}
		dir = filepath.Dir(dir)
	}
}

// complete refuses what cannot be done, makes paths absolute and fills in defaults.
func (c *Config) complete() error {
	err := errors.Join(c.Exec.complete("exec", c.Dir, ExecSuffix), c.Resolver.complete("resolver", c.Dir, ResolverSuffix),
		c.Model.complete("model", c.Dir))
	if err != nil || c.Federation == (Federation{}) {
		return err
	}
	if c.Federation.Version != 2 {
		return fmt.Errorf("federation.version: %d is not supported, only 2", c.Federation.Version)
	}
	if err := c.Federation.complete("federation", c.Dir); err != nil {
		return err
	}
	if filepath.Dir(c.Federation.Filename) != c.Exec.DirName || c.Federation.Package != c.Exec.Package {
		return fmt.Errorf("federation.filename: must be in the executor's package, %s", c.Exec.DirName)
	}
	return nil
}

func (l *Layout) complete(key, dir, suffix string) error {
	if l.Layout != "follow-schema" || l.DirName == "" || l.Package == "" {
		return fmt.Errorf("%s: only layout: follow-schema is supported, with a dir and a package", key)
	}
	if l.FilenameTemplate != "" && l.FilenameTemplate != "{name}"+suffix {
		return fmt.Errorf("%s.filename_template: only {name}%s is supported", key, suffix)
	}
	l.DirName = absolute(dir, l.DirName)
	return nil
}

func (f *File) complete(key, dir string) error {
	if f.Filename == "" || f.Package == "" {
		return fmt.Errorf("%s: filename or package is missing", key)
	}
	f.Filename = absolute(dir, f.Filename)
	return nil
}

func absolute(dir, name string) string {
	if filepath.IsAbs(name) {
		return filepath.Clean(name)
	}
	return filepath.Join(dir, name)
}

// Notice is the first line of every generated file.
func (c *Config) Notice() string {
	version := " version " + Version
	if c.OmitGQLGenVersionInFileNotice {
		version = ""
	}
	return "// Code generated by github.com/99designs/gqlgen" + version + ", DO NOT EDIT.\n\n"
}
