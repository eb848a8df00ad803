package api_test

import (
	"bytes"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/99designs/gqlgen/api"
	"github.com/99designs/gqlgen/codegen/config"
)

const configuration = `schema: ["*.graphqls"]
exec: {layout: follow-schema, dir: generated, package: generated}
model: {filename: model/models_gen.go, package: model}
resolver: {layout: follow-schema, dir: resolvers, package: resolvers}
`

// scratch is a module of its own in a temporary folder, with gqlgen required from here.
// A test that has one runs beside others.
type scratch struct {
	t   *testing.T
	dir string
}

func newScratch(t *testing.T, files map[string]string) *scratch {
	t.Helper()
	t.Parallel()
	root, err := filepath.Abs("..")
	if err != nil {
		t.Fatal(err)
	}
	s := &scratch{t, t.TempDir()}
	mod, err := os.ReadFile(filepath.Join(root, "go.mod"))
	if err != nil {
		t.Fatal(err)
	}
	module := strings.Replace(string(mod), "module github.com/99designs/gqlgen", "module scratch", 1)
	s.write("go.mod", module+"\nrequire github.com/99designs/gqlgen "+config.Version+
		"\nreplace github.com/99designs/gqlgen => "+root+"\n")
	sum, err := os.ReadFile(filepath.Join(root, "go.sum"))
	if err != nil {
		t.Fatal(err)
	}
	s.write("go.sum", string(sum))
	s.write("gqlgen.yml", configuration)
	for name, content := range files {
		s.write(name, content)
	}
	return s
}

func (s *scratch) write(name, content string) {
	s.t.Helper()
	filename := filepath.Join(s.dir, name)
	if err := os.MkdirAll(filepath.Dir(filename), 0o755); err != nil {
		s.t.Fatal(err)
	}
	if err := os.WriteFile(filename, []byte(content), 0o644); err != nil {
		s.t.Fatal(err)
	}
}

// read answers a file's content; the empty string where there is none.
func (s *scratch) read(name string) string {
	content, _ := os.ReadFile(filepath.Join(s.dir, name))
	return string(content)
}

func (s *scratch) generate() error {
	cfg, err := config.Load(filepath.Join(s.dir, "gqlgen.yml"))
	if err != nil {
		return err
	}
	return api.Generate(cfg, io.Discard)
}

func (s *scratch) mustGenerate() {
	s.t.Helper()
	if err := s.generate(); err != nil {
		s.t.Fatalf("generating: %v", err)
	}
}

// mustVet checks the module as vet sees it; that it compiles, generating has told.
func (s *scratch) mustVet() {
	s.t.Helper()
	command := exec.Command("go", "vet", "-mod=mod", "./...")
	command.Dir = s.dir
	if out, err := command.CombinedOutput(); err != nil {
		s.t.Fatalf("%v\n%s", err, out)
	}
}

// snapshot is every file of the module by name.
func snapshot(t *testing.T, dir string) map[string][]byte {
	t.Helper()
	out := map[string][]byte{}
	err := filepath.WalkDir(dir, func(path string, entry os.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		content, err := os.ReadFile(path)
		out[path] = content
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func changed(before, after map[string][]byte) []string {
	var out []string
	for name, content := range after {
		if old, ok := before[name]; !ok || !bytes.Equal(old, content) {
			out = append(out, name)
		}
	}
	for name := range before {
		if _, ok := after[name]; !ok {
			out = append(out, name)
		}
	}
	return out
}
