package main

import (
	"bufio"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
	"testing"
)

// part is a part of this module that is to stay small enough to be read in an afternoon.
type part struct {
	name    string
	folders []string
	without []string // patterns of paths: what is no part of it
	most    int      // lines of code
}

// What is counted are the lines of Go files other than tests, and of templates, that hold
// code. Blank lines and lines that are a comment alone are not: neither is to be left out
// for a number.
func TestPartsStaySmall(t *testing.T) {
	for _, p := range []part{
		{
			// Everything under graphql, but for the scalars and how they are declared.
			name: "engine, HTTP and hooks", most: 4000, folders: []string{"graphql"},
			without: []string{"graphql/scalar_*.go", "graphql/omittable.go", "graphql/marshal.go"},
		},
		{
			// Everything that is needed to generate, and nothing that generated code imports
			// or tests are made of.
			name: "generator", most: 2500, folders: []string{"main.go", "api", "codegen", "internal", "plugin"},
			without: []string{"codegen/coerce/*", "codegen/testserver/*", "plugin/federation/fedruntime/*"},
		},
	} {
		t.Run(p.name, func(t *testing.T) {
			if lines := p.lines(t); lines >= p.most || lines < p.most/2 {
				t.Errorf("%d lines of code, want fewer than %d", lines, p.most)
			}
		})
	}
}

func (p part) lines(t *testing.T) int {
	t.Helper()
	total := 0
	for _, folder := range p.folders {
		err := fs.WalkDir(os.DirFS("."), folder, func(file string, entry fs.DirEntry, err error) error {
			if err != nil || entry.IsDir() || !isCode(file) || p.leavesOut(file) {
				return err
			}
			text, err := os.Open(file)
			if err != nil {
				return err
			}
			defer text.Close()
			scanner := bufio.NewScanner(text)
			for scanner.Scan() {
				if line := strings.TrimSpace(scanner.Text()); line != "" && !strings.HasPrefix(line, "//") {
					total++
				}
			}
			return scanner.Err()
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return total
}

func isCode(file string) bool {
	return path.Ext(file) == ".gotpl" || path.Ext(file) == ".go" && !strings.HasSuffix(file, "_test.go")
}

// leavesOut says whether a file, or a folder around it, is of a pattern.
func (p part) leavesOut(file string) bool {
	return slices.ContainsFunc(p.without, func(pattern string) bool {
		if folder, all := strings.CutSuffix(pattern, "/*"); all {
			return strings.HasPrefix(file, folder+"/")
		}
		ok, _ := path.Match(pattern, file)
		return ok
	})
}
