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
	for _, command := range []string{"serve", "init"} {
		if err := run([]string{command}, &bytes.Buffer{}, &bytes.Buffer{}); err == nil || !strings.Contains(err.Error(), command) {
			t.Errorf("%s: error %v", command, err)
		}
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
