package policies

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"

	"lfpse/internal/authz"
)

// contract reads the public schema.
func contract(t *testing.T) *ast.Schema {
	t.Helper()
	paths, err := filepath.Glob("../schema/*.graphqls")
	if err != nil || len(paths) == 0 {
		t.Fatalf("no schema: %v", err)
	}
	sources := []*ast.Source{{Name: "federation", Input: `
		directive @link(url: String!, import: [String!]) repeatable on SCHEMA
		directive @key(fields: String!) repeatable on OBJECT | INTERFACE
		directive @shareable on OBJECT | FIELD_DEFINITION`}}
	for _, path := range paths {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		sources = append(sources, &ast.Source{Name: path, Input: string(text)})
	}
	schema, err := gqlparser.LoadSchema(sources...)
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

// objects lists the object types of the contract with their fields.
func objects(schema *ast.Schema) map[string][]string {
	fields := map[string][]string{}
	for name, definition := range schema.Types {
		if definition.Kind != ast.Object || definition.BuiltIn {
			continue
		}
		for _, field := range definition.Fields {
			if len(field.Name) > 2 && field.Name[:2] == "__" {
				continue
			}
			fields[name] = append(fields[name], field.Name)
		}
	}
	return fields
}

// A new field is hidden until somebody has thought about who may see it; this
// test is the reminder.
func TestEveryFieldHasAClass(t *testing.T) {
	w := newWorld(t)
	for object, fields := range objects(contract(t)) {
		for _, field := range fields {
			if _, ok := w.ClassOf(object, field); !ok {
				t.Errorf("%s.%s has no class in fields.yaml", object, field)
			}
		}
	}
}

func TestEveryClassHasAField(t *testing.T) {
	w := newWorld(t)
	schema := contract(t)
	for object, fields := range w.policy.fields {
		definition := schema.Types[object]
		if definition == nil {
			t.Errorf("fields.yaml: there is no type %s", object)
			continue
		}
		for field := range fields {
			if definition.Fields.ForName(field) == nil {
				t.Errorf("fields.yaml: there is no field %s.%s", object, field)
			}
		}
	}
}

func TestClassOf(t *testing.T) {
	w := newWorld(t)
	for _, test := range []struct {
		object, field string
		class         authz.Class
		ok            bool
	}{
		{"Event", "id", authz.Public, true},
		{"Event", "reporter", authz.People, true},
		{"Event", "reporterContact", authz.Contact, true},
		{"Event", "description", authz.Text, true},
		{"Event", "physicalHarm", authz.Structured, true},
		{"IncidentDetails", "immediateActions", authz.Text, true},
		{"Answer", "text", authz.Text, true},
		{"Patient", "clinicalOutcome", authz.Text, true},
		{"Patient", "age", authz.ExactAge, true},
		{"Patient", "ageBracket", authz.Structured, true},
		{"EventRevision", "by", authz.People, true},
		{"EventRevision", "at", authz.Public, true},
		{"EventRevision", "description", authz.Text, true},
		{"Account", "name", authz.Public, true},
		{"Account", "email", authz.AccountPrivate, true},
		{"Event", "bloodGroup", "", false},
		{"Visitor", "id", "", false},
		{"", "", "", false},
		{"event", "id", "", false},
	} {
		class, ok := w.ClassOf(test.object, test.field)
		if class != test.class || ok != test.ok {
			t.Errorf("%s.%s is %q, %v; want %q, %v", test.object, test.field, class, ok, test.class, test.ok)
		}
	}
}

// Free text is never taken for an answer in codes: every plain string of an
// event, its details, patients and history is text, contact, or listed here
// with its reason.
func TestStringsOfEventsAreText(t *testing.T) {
	w := newWorld(t)
	schema := contract(t)
	known := map[string]bool{
		"Event.reference":       true, // made by the service
		"Answer.element":        true, // a path of the taxonomy
		"Answer.question":       true, // the taxonomy's words
		"EventRevision.changed": true, // names of fields
	}
	for _, object := range []string{"Event", "IncidentDetails", "Answer", "Patient", "PatientAge", "EventRevision", "Withdrawal"} {
		for _, field := range schema.Types[object].Fields {
			class, _ := w.ClassOf(object, field.Name)
			if field.Type.Name() != "String" || known[object+"."+field.Name] {
				continue
			}
			if class != authz.Text && class != authz.Contact && class != authz.Reason {
				t.Errorf("%s.%s is %s", object, field.Name, class)
			}
		}
	}
}
