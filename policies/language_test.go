package policies

import (
	"bytes"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/open-policy-agent/opa/v1/format"
)

// The rules are read by people who do not write them every day, so they look
// as everybody's do.
func TestRulesAreFormatted(t *testing.T) {
	modules, err := parse(files)
	if err != nil {
		t.Fatal(err)
	}
	for name, module := range modules {
		text, err := files.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		formatted, err := format.Source(name, text)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(text, formatted) {
			t.Errorf("%s is not formatted; it should read\n%s", name, formatted)
		}
		if !bytes.HasPrefix(text, []byte("# METADATA\n# title: ")) && module.Package.Location.Row == 1 && !strings.HasSuffix(name, "_test.rego") {
			t.Errorf("%s does not say what it is about", name)
		}
	}
}

// Rego is the only home of the rules: what a role may do is not decided in Go.
// The words of the language themselves (internal/authz) and this package are
// left out, and tests, which make principals of every role.
func TestNoRoleIsComparedInGo(t *testing.T) {
	root := ".."
	allowed := map[string]string{
		"internal/account/grant.go": "on which type of area a role can be given: what a grant is, not what it allows",
	}
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name, _ := filepath.Rel(root, path)
		if d.IsDir() {
			if slices.Contains([]string{".git", "compat", "policies", "internal/authz"}, filepath.ToSlash(name)) {
				return filepath.SkipDir
			}
			return nil
		}
		if filepath.Ext(path) != ".go" || strings.HasSuffix(path, "_test.go") || allowed[filepath.ToSlash(name)] != "" {
			return nil
		}
		set := token.NewFileSet()
		file, err := parser.ParseFile(set, path, nil, parser.SkipObjectResolution)
		if err != nil {
			return nil // the compiler says so better
		}
		for _, at := range roleComparisons(file) {
			t.Errorf("%s compares a role: ask authz instead", set.Position(at))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestRoleComparisonsAreFound(t *testing.T) {
	for name, test := range map[string]struct {
		body string
		want int
	}{
		"equal":         {`if p.Grants[0].Role == authz.Admin {}`, 1},
		"not equal":     {`_ = authz.ReadOnly != role`, 1},
		"literal":       {`_ = role == "NATIONAL_LEAD"`, 1},
		"switch":        {"switch role {\ncase authz.Admin, authz.Organisational:\n}", 2},
		"converted":     {`_ = role == authz.Role("ADMIN")`, 1},
		"another word":  {`_ = kind == authz.Anonymous`, 0},
		"made, not met": {`g := authz.Grant{Role: authz.Admin}; _ = g`, 0},
	} {
		t.Run(name, func(t *testing.T) {
			file, err := parser.ParseFile(token.NewFileSet(), "x.go", "package x\nfunc f() {\n"+test.body+"\n}", parser.SkipObjectResolution)
			if err != nil {
				t.Fatal(err)
			}
			if got := len(roleComparisons(file)); got != test.want {
				t.Errorf("found %d, want %d", got, test.want)
			}
		})
	}
}

// roleComparisons finds ==, != and cases with a role in them.
func roleComparisons(file *ast.File) []token.Pos {
	var found []token.Pos
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.BinaryExpr:
			if (n.Op == token.EQL || n.Op == token.NEQ) && (namesRole(n.X) || namesRole(n.Y)) {
				found = append(found, n.Pos())
			}
		case *ast.CaseClause:
			for _, value := range n.List {
				if namesRole(value) {
					found = append(found, value.Pos())
				}
			}
		}
		return true
	})
	return found
}

func namesRole(e ast.Expr) bool {
	switch e := e.(type) {
	case *ast.SelectorExpr:
		of, ok := e.X.(*ast.Ident)
		return ok && of.Name == "authz" &&
			slices.Contains([]string{"Standard", "Organisational", "Admin", "ReadOnly", "NationalLead"}, e.Sel.Name)
	case *ast.BasicLit:
		return slices.Contains([]string{`"STANDARD"`, `"ORGANISATIONAL"`, `"ADMIN"`, `"READ_ONLY"`, `"NATIONAL_LEAD"`}, e.Value)
	case *ast.CallExpr:
		return len(e.Args) == 1 && namesRole(e.Args[0])
	case *ast.ParenExpr:
		return namesRole(e.X)
	default:
		return false
	}
}
