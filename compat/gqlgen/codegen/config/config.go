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
	"slices"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
	"gopkg.in/yaml.v3"
)

// Layouts of generated code.
const (
	LayoutSingleFile   = "single-file"
	LayoutFollowSchema = "follow-schema"
)

// Config is gqlgen.yml, with the schema once LoadSchema has read it.
type Config struct {
	SchemaFilename StringList      `yaml:"schema"`
	Exec           ExecConfig      `yaml:"exec"`
	Model          PackageConfig   `yaml:"model"`
	Federation     Federation      `yaml:"federation"`
	Resolver       ResolverConfig  `yaml:"resolver"`
	AutoBind       []string        `yaml:"autobind"`
	Models         TypeMap         `yaml:"models"`
	Directives     map[string]Skip `yaml:"directives"`

	// OmitSliceElementPointers makes lists of structs []T where they would be []*T.
	OmitSliceElementPointers bool `yaml:"omit_slice_element_pointers"`
	// NullableInputOmittable wraps every nullable field of a generated input in graphql.Omittable.
	NullableInputOmittable bool `yaml:"nullable_input_omittable"`
	// StructFieldsAlwaysPointers makes fields of generated models that hold a struct
	// pointers even where the schema says non-null. True unless set.
	StructFieldsAlwaysPointers *bool `yaml:"struct_fields_always_pointers"`
	// ResolversAlwaysReturnPointers makes resolvers answer structs by pointer even
	// where the schema says non-null. True unless set.
	ResolversAlwaysReturnPointers *bool `yaml:"resolvers_always_return_pointers"`
	// OmitGetters leaves the Get methods of generated interfaces and models out.
	OmitGetters bool `yaml:"omit_getters"`
	// OmitGQLGenVersionInFileNotice leaves the version out of the notice at the top of generated files.
	OmitGQLGenVersionInFileNotice bool `yaml:"omit_gqlgen_version_in_file_notice"`
	// LocalPrefix gives the imports whose paths begin with it a block of their own.
	LocalPrefix string `yaml:"local_prefix"`
	// SkipValidation leaves out the last step, which type-checks what was generated.
	SkipValidation bool `yaml:"skip_validation"`
	// SkipModTidy is accepted either way: go mod tidy is never run.
	SkipModTidy bool `yaml:"skip_mod_tidy"`

	// Dir is the folder of gqlgen.yml; every file name is relative to it.
	Dir string `yaml:"-"`
	// Sources are the schema's files, and what plugins have added to them.
	Sources []*ast.Source `yaml:"-"`
	// Schema is the schema of all sources together.
	Schema *ast.Schema `yaml:"-"`
}

// ExecConfig says where the executor goes.
type ExecConfig struct {
	Layout   string `yaml:"layout"`
	Filename string `yaml:"filename"`
	DirName  string `yaml:"dir"`
	Package  string `yaml:"package"`
}

// PackageConfig says where one generated file goes.
type PackageConfig struct {
	Filename string `yaml:"filename"`
	Package  string `yaml:"package"`
}

// Federation says where the federation code goes and which version it serves.
type Federation struct {
	PackageConfig `yaml:",inline"`
	Version       int               `yaml:"version"`
	Options       FederationOptions `yaml:"options"`
}

// FederationOptions are the options of federation that are supported.
type FederationOptions struct {
	// EntityResolverMulti makes every entity's resolver take all its representations at once.
	EntityResolverMulti bool `yaml:"entity_resolver_multi"`
}

// ResolverConfig says where resolvers go.
type ResolverConfig struct {
	Layout           string `yaml:"layout"`
	DirName          string `yaml:"dir"`
	Package          string `yaml:"package"`
	FilenameTemplate string `yaml:"filename_template"`
	Type             string `yaml:"type"`
}

// Skip says whether a directive is a note to tools only, without a function to call.
type Skip struct {
	SkipRuntime bool `yaml:"skip_runtime"`
}

// TypeMap maps GraphQL types to what is known of them.
type TypeMap map[string]TypeEntry

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
	var list []string
	if err := node.Decode(&list); err != nil {
		return fmt.Errorf("line %d: want a string or a list of strings", node.Line)
	}
	*l = list
	return nil
}

// Has reports whether the list holds s.
func (l StringList) Has(s string) bool { return slices.Contains(l, s) }

// Load reads a configuration file.
func Load(filename string) (*Config, error) {
	source, err := os.ReadFile(filename)
	if err != nil {
		return nil, fmt.Errorf("reading the configuration: %w", err)
	}
	cfg := &Config{}
	decoder := yaml.NewDecoder(bytes.NewReader(source))
	decoder.KnownFields(true)
	if err := decoder.Decode(cfg); err != nil && !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("%s: %w", filename, err)
	}
	dir, err := filepath.Abs(filepath.Dir(filename))
	if err != nil {
		return nil, fmt.Errorf("finding the configuration's folder: %w", err)
	}
	cfg.Dir = dir
	if err := cfg.complete(); err != nil {
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
		parent := filepath.Dir(dir)
		if parent == dir {
			return "", errors.New("no gqlgen.yml here or in a folder above")
		}
		dir = parent
	}
}

// complete fills in defaults, makes paths absolute and refuses what cannot be done.
func (c *Config) complete() error {
	if len(c.SchemaFilename) == 0 {
		c.SchemaFilename = StringList{"schema.graphql"}
	}
	if err := c.Exec.complete(c.Dir); err != nil {
		return err
	}
	if c.Model.Filename == "" {
		c.Model.Filename = "models_gen.go"
	}
	c.Model.complete(c.Dir)
	if err := c.Resolver.complete(c.Dir); err != nil {
		return err
	}
	if err := c.Federation.complete(c.Dir); err != nil {
		return err
	}
	for typeName, entry := range c.Models {
		for fieldName, field := range entry.Fields {
			if field.Batch && !field.Resolver {
				return fmt.Errorf("models.%s.fields.%s: batch needs resolver: true", typeName, fieldName)
			}
		}
	}
	if c.Models == nil {
		c.Models = TypeMap{}
	}
	return nil
}

func (e *ExecConfig) complete(dir string) error {
	switch e.Layout {
	case "", LayoutSingleFile:
		e.Layout = LayoutSingleFile
		if e.Filename == "" {
			e.Filename = "generated.go"
		}
		e.Filename = absolute(dir, e.Filename)
		e.DirName = filepath.Dir(e.Filename)
	case LayoutFollowSchema:
		if e.DirName == "" {
			return errors.New("exec.dir: needed by the follow-schema layout")
		}
		if e.Filename != "" {
			return errors.New("exec.filename: the follow-schema layout names its files itself; use exec.dir")
		}
		e.DirName = absolute(dir, e.DirName)
	default:
		return fmt.Errorf("exec.layout: %q is neither single-file nor follow-schema", e.Layout)
	}
	if e.Package == "" {
		e.Package = packageName(e.DirName)
	}
	return nil
}

func (p *PackageConfig) complete(dir string) {
	p.Filename = absolute(dir, p.Filename)
	if p.Package == "" {
		p.Package = packageName(filepath.Dir(p.Filename))
	}
}

// IsDefined reports whether federation is configured at all.
func (f *Federation) IsDefined() bool { return f.Filename != "" }

func (f *Federation) complete(dir string) error {
	if f.Filename == "" {
		if f.Package != "" || f.Version != 0 || f.Options != (FederationOptions{}) {
			return errors.New("federation.filename: missing")
		}
		return nil
	}
	if f.Version != 2 {
		return fmt.Errorf("federation.version: %d is not supported, only 2", f.Version)
	}
	f.PackageConfig.complete(dir)
	return nil
}

// IsDefined reports whether resolvers are to be written at all.
func (r *ResolverConfig) IsDefined() bool { return r.DirName != "" }

func (r *ResolverConfig) complete(dir string) error {
	if r.DirName == "" {
		if r.Layout != "" || r.Package != "" || r.FilenameTemplate != "" {
			return errors.New("resolver.dir: missing")
		}
		return nil
	}
	if r.Layout != "" && r.Layout != LayoutFollowSchema {
		return fmt.Errorf("resolver.layout: %q is not supported, only follow-schema", r.Layout)
	}
	r.DirName = absolute(dir, r.DirName)
	if r.Package == "" {
		r.Package = packageName(r.DirName)
	}
	if r.Type == "" {
		r.Type = "Resolver"
	}
	if r.FilenameTemplate == "" {
		r.FilenameTemplate = "{name}.resolvers.go"
	}
	if !strings.Contains(r.FilenameTemplate, "{name}") || !strings.HasSuffix(r.FilenameTemplate, ".go") {
		return errors.New("resolver.filename_template: needs {name} and must end in .go")
	}
	return nil
}

func absolute(dir, name string) string {
	if filepath.IsAbs(name) {
		return filepath.Clean(name)
	}
	return filepath.Join(dir, name)
}

func packageName(dir string) string {
	return strings.NewReplacer("-", "_", ".", "_").Replace(filepath.Base(dir))
}

func isTrue(b *bool) bool { return b == nil || *b }

// PointerFields is StructFieldsAlwaysPointers with its default.
func (c *Config) PointerFields() bool { return isTrue(c.StructFieldsAlwaysPointers) }

// PointerResults is ResolversAlwaysReturnPointers with its default.
func (c *Config) PointerResults() bool { return isTrue(c.ResolversAlwaysReturnPointers) }

// Version is the gqlgen release whose behaviour is followed.
const Version = "v0.17.95"

// Notice is the first line of every generated file.
func (c *Config) Notice() string {
	if c.OmitGQLGenVersionInFileNotice {
		return "// Code generated by github.com/99designs/gqlgen, DO NOT EDIT.\n\n"
	}
	return "// Code generated by github.com/99designs/gqlgen version " + Version + ", DO NOT EDIT.\n\n"
}
