package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/99designs/gqlgen/codegen/config"
)

func TestVersion(t *testing.T) {
	var out bytes.Buffer
	if err := run([]string{"version"}, &out, &out); err != nil || strings.TrimSpace(out.String()) != config.Version {
		t.Errorf("%q, %v", out.String(), err)
	}
}

func TestACommandThatIsNotThereIsNamed(t *testing.T) {
	if err := run([]string{"serve"}, &bytes.Buffer{}, &bytes.Buffer{}); err == nil || !strings.Contains(err.Error(), "serve") {
		t.Errorf("error %v", err)
	}
}

func TestAConfigurationIsFoundInAFolderAbove(t *testing.T) {
	dir := t.TempDir()
	deep := filepath.Join(dir, "a", "b")
	if err := os.MkdirAll(deep, 0o755); err != nil {
		t.Fatal(err)
	}
	if _, err := config.Find(deep); err == nil {
		t.Error("found one where there is none")
	}
	file := filepath.Join(dir, "gqlgen.yml")
	if err := os.WriteFile(file, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if got, err := config.Find(deep); got != file || err != nil {
		t.Errorf("got %q, %v, want %q", got, err, file)
	}
}

func TestInitDoesNotOverwrite(t *testing.T) {
	file := filepath.Join(t.TempDir(), "gqlgen.yml")
	if err := os.WriteFile(file, []byte("schema: mine\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := run([]string{"init", "--config", file}, &bytes.Buffer{}, &bytes.Buffer{}); err == nil {
		t.Error("no error")
	}
	if content, err := os.ReadFile(file); err != nil || string(content) != "schema: mine\n" {
		t.Errorf("%q, %v", content, err)
	}
}
