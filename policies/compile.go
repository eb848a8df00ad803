package policies

import (
	"context"
	"fmt"
	"io/fs"
	"path"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/rego"
	"github.com/open-policy-agent/opa/v1/storage"
	"github.com/open-policy-agent/opa/v1/storage/inmem"
	"github.com/open-policy-agent/opa/v1/types"
	"gopkg.in/yaml.v3"

	"lfpse/internal/authz"
)

// policy is the rules and their data, read and compiled.
type policy struct {
	compiler *ast.Compiler
	store    storage.Store
	fields   map[string]map[string]authz.Class
}

// settings is settings.yaml.
type settings struct {
	ReporterText string `yaml:"reporter_text"`
}

// load reads rules and data from a folder and compiles the rules, without
// their tests.
func load(ctx context.Context, files fs.FS) (*policy, error) {
	s, err := loadSettings(files)
	if err != nil {
		return nil, err
	}
	fields, err := loadFields(files)
	if err != nil {
		return nil, err
	}
	lists, err := loadNeverEvents(files)
	if err != nil {
		return nil, err
	}
	modules, err := parse(files)
	if err != nil {
		return nil, err
	}
	for name := range modules {
		if strings.HasSuffix(name, "_test.rego") {
			delete(modules, name)
		}
	}
	c := newCompiler()
	if c.Compile(modules); c.Failed() {
		return nil, fmt.Errorf("compiling the policies: %w", c.Errors)
	}
	rules, err := beforehand(ctx, c, "rules")
	if err != nil {
		return nil, err
	}
	periods, err := beforehand(ctx, c, "periods")
	if err != nil {
		return nil, err
	}
	return &policy{compiler: c, store: newStore(s, lists, rules, periods), fields: fields}, nil
}

// parse reads every Rego file below a folder, by its path.
func parse(files fs.FS) (map[string]*ast.Module, error) {
	modules := map[string]*ast.Module{}
	err := fs.WalkDir(files, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || path.Ext(name) != ".rego" {
			return err
		}
		text, err := fs.ReadFile(files, name)
		if err != nil {
			return err
		}
		modules[name], err = ast.ParseModuleWithOpts(name, string(text), ast.ParserOptions{RegoVersion: ast.RegoV1})
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("reading the policies: %w", err)
	}
	return modules, nil
}

func loadSettings(files fs.FS) (settings, error) {
	var s settings
	if err := readYAML(files, "settings.yaml", &s); err != nil {
		return settings{}, err
	}
	if s.ReporterText != "original" && s.ReporterText != "anonymised" {
		return settings{}, fmt.Errorf("settings.yaml: reporter_text is neither original nor anonymised")
	}
	return s, nil
}

func loadFields(files fs.FS) (map[string]map[string]authz.Class, error) {
	var fields map[string]map[string]authz.Class
	if err := readYAML(files, "fields.yaml", &fields); err != nil {
		return nil, err
	}
	for object, classes := range fields {
		for field, class := range classes {
			if !known(class) {
				return nil, fmt.Errorf("fields.yaml: %s.%s: no such class", object, field)
			}
		}
	}
	return fields, nil
}

// readYAML reads a file, refusing keys that nothing reads.
func readYAML(files fs.FS, name string, into any) error {
	f, err := files.Open(name)
	if err != nil {
		return fmt.Errorf("reading policy data: %w", err)
	}
	defer f.Close()
	d := yaml.NewDecoder(f)
	d.KnownFields(true)
	if err := d.Decode(into); err != nil {
		return fmt.Errorf("reading %s: %w", name, err)
	}
	return nil
}

// newStore makes the data that rules look into. It is kept as they read it.
func newStore(s settings, neverEvents []any, rules, periods any) storage.Store {
	return inmem.NewFromObjectWithOpts(map[string]any{
		"settings":            map[string]any{"reporter_text": s.ReporterText},
		"never_events":        neverEvents,
		"requirement_rules":   rules,
		"requirement_periods": periods,
	}, inmem.OptReturnASTValuesOnRead(true))
}

// newCompiler makes a compiler for rules that always answer the same to the
// same question, since their answers are kept: no clock, network or chance.
func newCompiler() *ast.Compiler {
	c := ast.CapabilitiesForThisVersion()
	kept := []*ast.Builtin{overlaps}
	for _, b := range c.Builtins {
		if !b.Nondeterministic {
			kept = append(kept, b)
		}
	}
	c.Builtins = kept
	return ast.NewCompiler().WithCapabilities(c).WithStrict(true)
}

// overlaps tells whether two collections of strings have an element in common.
// It is a built-in because the question has an operator in SQL, where a rule
// that walks over an unknown list has none.
var overlaps = &ast.Builtin{
	Name:        "overlaps",
	Description: "Whether two collections of strings have an element in common; null has none.",
	Decl:        types.NewFunction(types.Args(types.A, types.A), types.B),
}

// withOverlaps makes the built-in known to a query.
func withOverlaps(r *rego.Rego) {
	f := &rego.Function{Name: overlaps.Name, Description: overlaps.Description, Decl: overlaps.Decl}
	rego.Function2(f, func(_ rego.BuiltinContext, a, b *ast.Term) (*ast.Term, error) {
		left, err := elements(a.Value)
		if err != nil {
			return nil, err
		}
		right, err := elements(b.Value)
		if err != nil {
			return nil, err
		}
		for s := range right {
			if left[s] {
				return ast.BooleanTerm(true), nil
			}
		}
		return ast.BooleanTerm(false), nil
	})(r)
}

func elements(v ast.Value) (map[string]bool, error) {
	if _, ok := v.(ast.Null); ok {
		return nil, nil
	}
	texts, ok := stringsOf(v)
	if !ok {
		return nil, fmt.Errorf("overlaps: not a collection of strings")
	}
	set := make(map[string]bool, len(texts))
	for _, s := range texts {
		set[s] = true
	}
	return set, nil
}
