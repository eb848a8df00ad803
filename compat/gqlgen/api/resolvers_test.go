package api_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const event = "resolvers/event.resolvers.go"

func (s *scratch) edit(name, old, replacement string) {
	s.t.Helper()
	text := s.read(name)
	if strings.Count(text, old) != 1 {
		s.t.Fatalf("%q stands %d times in %s:\n%s", old, strings.Count(text, old), name, text)
	}
	s.write(name, strings.Replace(text, old, replacement, 1))
}

func (s *scratch) mustContain(name string, parts ...string) {
	s.t.Helper()
	text := s.read(name)
	for _, part := range parts {
		if !strings.Contains(text, part) {
			s.t.Errorf("%s has no %q:\n%s", name, part, text)
		}
	}
}

func newEvents(t *testing.T) *scratch {
	s := newScratch(t, map[string]string{"event.graphqls": `type Query { event(id: ID!): Event old: Int! } type Event { id: ID! }`})
	s.mustGenerate()
	s.mustContain(event, `panic("not implemented: Event")`)
	s.edit(event, `panic("not implemented: Event")`, `// by name
	return &model.Event{ID: str.ToUpper(id)}, nil // kept`)
	s.edit(event, `import (`, "import (\n\tstr \"strings\"\n")
	s.edit(event, `// Event is the resolver for the event field.`, `// A thought on its own.

// Event finds one.`)
	return s
}

func TestBodiesCommentsAndImportsStay(t *testing.T) {
	s := newEvents(t)
	s.write("event.graphqls", `type Query { event(id: ID!, reference: String): Event old: Int! new: Event } type Event { id: ID! }`)
	s.mustGenerate()
	s.mustContain(event, "// by name", "// kept", "// A thought on its own.", "// Event finds one.", `str "strings"`,
		"Event(ctx context.Context, id string, reference *string) (*model.Event, error)", `panic("not implemented: New")`)
	s.mustVet()
}

func TestAResolverFollowsItsFieldToAnotherFile(t *testing.T) {
	s := newEvents(t)
	s.write("event.graphqls", `type Query { old: Int! } type Event { id: ID! }`)
	s.write("other.graphqls", `extend type Query { event(id: ID!): Event }`)
	s.mustGenerate()
	s.mustContain("resolvers/other.resolvers.go", "// by name", `str "strings"`)
	if strings.Contains(s.read(event), "by name") {
		t.Error("the resolver is in both files")
	}
}

func TestABodyWhoseFieldIsGoneIsKeptAsAComment(t *testing.T) {
	s := newEvents(t)
	s.write("event.graphqls", `type Query { new: Int! } type Event { id: ID! }`)
	for range 2 { // what was kept the first time stays
		s.mustGenerate()
		text := s.read(event)
		if strings.Count(text, "str.ToUpper(id)") != 1 || !strings.Contains(text, "// \treturn &model.Event") {
			t.Errorf("the body is not there as one comment:\n%s", text)
		}
		if strings.Contains(text, "not implemented: Old") {
			t.Errorf("the stub of a field that is gone is left:\n%s", text)
		}
	}
}

func TestHelpersMoveToAFileBeside(t *testing.T) {
	s := newEvents(t)
	s.write("resolvers/event.go", "package resolvers\n\nconst one = 1\n")
	s.edit(event, "type queryResolver struct{ *Resolver }", `// twice doubles.
func twice(n int) string { return strconv.Itoa(n * two) }

const two = 2

type queryResolver struct{ *Resolver }`)
	s.edit(event, `import (`, "import (\n\t\"strconv\"\n")
	s.mustGenerate()
	s.mustContain("resolvers/event_2.go", "// twice doubles.", "func twice(", "const two = 2", `"strconv"`)
	if got := s.read("resolvers/event.go"); got != "package resolvers\n\nconst one = 1\n" {
		t.Errorf("a file written by hand was changed:\n%s", got)
	}
	if strings.Contains(s.read(event), "twice") {
		t.Error("the helper is in both files")
	}
}

func TestAResolverWrittenElsewhereIsLeftThere(t *testing.T) {
	s := newEvents(t)
	s.edit(event, `panic("not implemented: Old")`, "return 1, nil")
	text := s.read(event)
	start := strings.Index(text, "// Old is")
	end := strings.Index(text[start:], "\n}\n") + start + 3
	s.write(event, text[:start]+text[end:])
	s.write("resolvers/byhand.go", "package resolvers\n\nimport \"context\"\n\n"+text[start:end])
	s.mustGenerate()
	if strings.Contains(s.read(event), "Old(") {
		t.Error("the resolver was generated a second time")
	}
}

func TestTheRootResolverIsWrittenOnce(t *testing.T) {
	s := newEvents(t)
	s.write("resolvers/resolver.go", "package resolvers\n\n// Resolver has a clock.\ntype Resolver struct{ Clock func() int64 }\n")
	s.mustGenerate()
	s.mustContain("resolvers/resolver.go", "Clock func() int64")
}

func TestAFileThatDoesNotParseStopsEverything(t *testing.T) {
	s := newEvents(t)
	s.write(event, s.read(event)+"\nfunc broken( {\n")
	before := s.read(event)
	if err := s.generate(); err == nil {
		t.Error("no error")
	}
	if s.read(event) != before {
		t.Error("the file was changed")
	}
	if err := os.Remove(filepath.Join(s.dir, event)); err != nil {
		t.Fatal(err)
	}
	s.mustGenerate()
}
