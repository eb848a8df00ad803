package policies

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2/ast"
	"gopkg.in/yaml.v3"

	"lfpse/internal/authz"
)

// textClasses reads whose words each String of the graph is.
func textClasses(t *testing.T) map[string]string {
	t.Helper()
	text, err := os.ReadFile("texts.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var list struct{ Graph map[string][]string }
	if err := yaml.Unmarshal(text, &list); err != nil {
		t.Fatal(err)
	}
	classes := map[string]string{}
	for class, names := range list.Graph {
		for _, name := range names {
			if classes[name] != "" {
				t.Errorf("texts.yaml: %s is both %s and %s", name, classes[name], class)
			}
			classes[name] = class
		}
	}
	return classes
}

// strung lists the Strings of the contract: of its types, inputs and arguments.
func strung(schema *ast.Schema) (names []string) {
	for name, definition := range schema.Types {
		if definition.BuiltIn || strings.HasPrefix(name, "_") {
			continue
		}
		for _, field := range definition.Fields {
			if strings.HasPrefix(field.Name, "_") {
				continue
			}
			at := name + "." + field.Name
			if field.Type.Name() == "String" {
				names = append(names, at)
			}
			for _, argument := range field.Arguments {
				if argument.Type.Name() == "String" {
					names = append(names, at+"("+argument.Name+")")
				}
			}
		}
	}
	slices.Sort(names)
	return names
}

// A new String may hold somebody's own words, and a name in them; this test is
// the reminder to think about it.
func TestEveryStringHasAnOrigin(t *testing.T) {
	classes := textClasses(t)
	names := strung(contract(t))
	for _, name := range names {
		if classes[name] == "" {
			t.Errorf("%s is in no class of texts.yaml", name)
		}
		delete(classes, name)
	}
	for name := range classes {
		t.Errorf("texts.yaml: there is no String %s", name)
	}
	if len(names) < 50 {
		t.Errorf("the contract has only %d Strings", len(names))
	}
}

// Words are shown as the reader's view of the text is, and nothing else is.
func TestWordsAreShownAsTexts(t *testing.T) {
	w := newWorld(t)
	schema := contract(t)
	for name, class := range textClasses(t) {
		object, field, _ := strings.Cut(name, ".")
		if definition := schema.Types[object]; definition == nil || definition.Kind != ast.Object {
			continue
		}
		shownAs, _ := w.ClassOf(object, field)
		isText := slices.Contains([]authz.Class{authz.Text, authz.TextAnonymised, authz.Reason, authz.GovernanceText}, shownAs)
		if isText != (class == "words") || (shownAs == authz.Contact) != (class == "sealed") {
			t.Errorf("%s holds %s and is shown as %s", name, class, shownAs)
		}
	}
}
