package policies

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/rego"
	"github.com/open-policy-agent/opa/v1/storage/inmem"

	"lfpse/internal/authz"
)

const someID = "5b0b3a6e-9f7f-4a53-8f4c-1d2c3b4a5968"

// partially evaluates the body of a rule of events, with overlaps and what the
// service would say about the reader.
func partially(t *testing.T, body string) *rego.PartialQueries {
	t.Helper()
	module := "package event\n\n" + body + "\n"
	c := newCompiler()
	parsed, err := ast.ParseModuleWithOpts("rule.rego", module, ast.ParserOptions{RegoVersion: ast.RegoV1})
	if err != nil {
		t.Fatal(err)
	}
	if c.Compile(map[string]*ast.Module{"rule.rego": parsed}); c.Failed() {
		t.Fatal(c.Errors)
	}
	p := &policy{compiler: c, store: inmem.New()}
	query, err := p.preparePartial(t.Context(), authz.Events, "visible")
	if err != nil {
		t.Fatal(err)
	}
	left, err := query.Partial(t.Context(), rego.EvalInput(map[string]any{
		"principal": map[string]any{"id": someID, "organisations": []string{"B", "A"}},
	}))
	if err != nil {
		t.Fatal(err)
	}
	return left
}

func TestTranslates(t *testing.T) {
	for _, test := range []struct {
		name, rules string
		sql         string
		args        []any
	}{
		{
			name:  "a rule that holds",
			rules: `visible if input.principal.id`,
			sql:   "TRUE",
		},
		{
			name:  "a rule that does not",
			rules: `visible if input.principal.id == "another"`,
			sql:   "FALSE",
		},
		{
			name:  "a column equal to a string",
			rules: `visible if input.event.status == "SUBMITTED"`,
			sql:   "(e.status = ?)",
			args:  []any{"SUBMITTED"},
		},
		{
			name:  "an id, with the operands the other way round",
			rules: `visible if input.principal.id == input.event.recorded_by`,
			sql:   "(e.recorded_by = ?::uuid)",
			args:  []any{someID},
		},
		{
			name:  "membership, in the order of the values",
			rules: `visible if input.event.organisation in input.principal.organisations`,
			sql:   "(e.organisation = ANY(?::text[]))",
			args:  []any{[]string{"A", "B"}},
		},
		{
			name:  "membership of nothing",
			rules: `visible if input.event.organisation in []`,
			sql:   "FALSE",
		},
		{
			name:  "an overlap",
			rules: `visible if overlaps({"B", "A"}, input.event.occurred_at_organisations)`,
			sql:   "(e.occurred_at_organisations && ?::text[])",
			args:  []any{[]string{"A", "B"}},
		},
		{
			name:  "an overlap with nothing",
			rules: `visible if overlaps(input.event.occurred_at_organisations, set())`,
			sql:   "FALSE",
		},
		{
			name:  "both",
			rules: `visible if { input.event.status == "SUBMITTED"; input.event.organisation == "A" }`,
			sql:   "(e.status = ? AND e.organisation = ?)",
			args:  []any{"SUBMITTED", "A"},
		},
		{
			name: "either",
			rules: `visible if input.event.status == "SUBMITTED"
				visible if input.event.organisation == "A"`,
			sql:  "((e.status = ?) OR (e.organisation = ?))",
			args: []any{"SUBMITTED", "A"},
		},
		{
			name: "either, where one says all that the other does",
			rules: `visible if { input.event.status == "SUBMITTED"; input.event.organisation == "A" }
				visible if input.event.status == "SUBMITTED"`,
			sql:  "(e.status = ?)",
			args: []any{"SUBMITTED"},
		},
		{
			name: "either, twice the same",
			rules: `visible if { input.event.status == "SUBMITTED"; input.principal.id }
				visible if input.event.status == "SUBMITTED"`,
			sql:  "(e.status = ?)",
			args: []any{"SUBMITTED"},
		},
		{
			name: "either, where one holds",
			rules: `visible if input.event.status == "SUBMITTED"
				visible if input.principal.id`,
			sql: "TRUE",
		},
		{
			name:  "a negation",
			rules: `visible if not input.event.status == "DRAFT"`,
			sql:   "((e.status = ?) IS NOT TRUE)",
			args:  []any{"DRAFT"},
		},
		{
			name:  "not of nothing",
			rules: `visible if not input.event.status in []`,
			sql:   "TRUE",
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			filter, err := newTranslator(authz.Events).translate(partially(t, test.rules))
			if err != nil {
				t.Fatal(err)
			}
			sql, args := filter.SQL()
			if sql != test.sql {
				t.Errorf("SQL is %s, want %s", sql, test.sql)
			}
			if diff := cmp.Diff(test.args, args); diff != "" {
				t.Errorf("arguments (-want +got):\n%s", diff)
			}
		})
	}
}

// A list is compared with many values by hash, and with few by its index.
func TestOverlapWithMany(t *testing.T) {
	for n, want := range map[int]string{
		manyValues - 1: "(e.occurred_at_organisations && ?::text[])",
		manyValues:     "(EXISTS (SELECT FROM unnest(e.occurred_at_organisations) AS one WHERE one = ANY(?::text[])))",
	} {
		codes := make([]string, n)
		for i := range codes {
			codes[i] = fmt.Sprintf("%q", fmt.Sprint("X", i))
		}
		rules := "visible if overlaps(input.event.occurred_at_organisations, {" + strings.Join(codes, ", ") + "})"
		filter, err := newTranslator(authz.Events).translate(partially(t, rules))
		if err != nil {
			t.Fatal(err)
		}
		if got := sqlOf(filter); got != want {
			t.Errorf("%d values: %s, want %s", n, got, want)
		}
	}
}

// The lists of a scope's conditions are kept once.
func TestEqualListsAreShared(t *testing.T) {
	translator := newTranslator(authz.Events)
	left := partially(t, `visible if input.event.organisation in {"A", "B"}
		visible if overlaps(input.event.occurred_at_organisations, {"B", "A"})`)
	filter, err := translator.translate(left)
	if err != nil {
		t.Fatal(err)
	}
	_, args := filter.SQL()
	if first, second := args[0].([]string), args[1].([]string); &first[0] != &second[0] {
		t.Error("the same list is kept twice")
	}
}

// What is not known by sight is refused, so that nothing is shown, rather than
// approximated.
func TestDoesNotTranslate(t *testing.T) {
	for name, rules := range map[string]string{
		"a default, which needs support rules":  "default visible := false\nvisible if input.event.status == \"SUBMITTED\"",
		"a column that is not listed":           `visible if input.event.password == "x"`,
		"the whole row":                         `visible if input.event == {"status": "SUBMITTED"}`,
		"a part of a column":                    `visible if input.event.details.harm == "NONE"`,
		"a wildcard":                            `visible if input.event.occurred_at_organisations[_] == "A"`,
		"some in a column":                      `visible if { some code in input.event.occurred_at_organisations; code == "A" }`,
		"every in a column":                     `visible if { every code in input.event.occurred_at_organisations { code == "A" } }`,
		"a column named by a column":            `visible if input.event[input.event.status] == "A"`,
		"a column compared with a column":       `visible if input.event.recorded_by == input.event.client_id`,
		"a column among columns":                `visible if input.event.status in [input.event.organisation]`,
		"a value among a column's":              `visible if "A" in input.event.occurred_at_organisations`,
		"a column bound to a variable":          `visible if { x := input.event.organisation; x != "A"; x == "B" }`,
		"a list equal to a string":              `visible if input.event.occurred_at_organisations == "A"`,
		"a string overlapping":                  `visible if overlaps(input.event.organisation, {"A"})`,
		"a list in a set":                       `visible if input.event.occurred_at_organisations in {"A"}`,
		"an id in a set":                        fmt.Sprintf(`visible if input.event.recorded_by in {%q}`, someID),
		"an id that is none":                    `visible if input.event.recorded_by == "me"`,
		"an id in capitals":                     `visible if input.event.recorded_by == "5B0B3A6E-9F7F-4A53-8F4C-1D2C3B4A5968"`,
		"null":                                  `visible if input.event.recorded_by == null`,
		"null among others":                     `visible if input.event.organisation in {"A", null}`,
		"a number":                              `visible if input.event.status == 1`,
		"numbers":                               `visible if input.event.status in {1, 2}`,
		"the values of an object":               `visible if input.event.organisation in {"x": "A"}`,
		"key and value":                         `visible if "x", input.event.status in {"x": "SUBMITTED"}`,
		"other than":                            `visible if input.event.status != "DRAFT"`,
		"an order":                              `visible if input.event.status > "DRAFT"`,
		"a column by itself":                    `visible if input.event.organisation`,
		"not a column by itself":                `visible if not input.event.organisation`,
		"not of what can be NULL":               `visible if not input.event.organisation == "A"`,
		"not of what can be NULL, in nothing":   `visible if not input.event.organisation in []`,
		"not of a rule":                         "visible if not draft\ndraft if { input.event.status == \"DRAFT\"; input.event.organisation == \"A\" }",
		"a built-in on a column":                `visible if startswith(input.event.organisation, "R")`,
		"a pattern":                             `visible if regex.match("R.*", input.event.organisation)`,
		"a count of a column":                   `visible if count(input.event.occurred_at_organisations) == 1`,
		"a comprehension over a column":         `visible if count({c | some c in input.event.occurred_at_organisations; c == "A"}) > 0`,
		"with":                                  "visible if other with input.principal.id as \"x\"\nother if input.event.status == input.principal.id",
		"another noun's column":                 `visible if input.account.id == "x"`,
		"a function of a column with an output": `visible if lower(input.event.status) == "submitted"`,
	} {
		t.Run(name, func(t *testing.T) {
			filter, err := newTranslator(authz.Events).translate(partially(t, rules))
			if sql, args := filter.SQL(); !filter.IsFalse() {
				t.Errorf("translated to %s %v", sql, args)
			}
			if name == "another noun's column" { // undefined, hence never true
				return
			}
			if !errors.Is(err, errUntranslatable) {
				t.Errorf("error is %v", err)
			}
		})
	}
}
