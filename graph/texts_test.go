package graph_test

import (
	"os"
	"testing"

	"gopkg.in/yaml.v3"
)

// Every column that could hold text is of a known origin: a new one may hold
// somebody's own words, and belongs under seal or through the redaction engine.
func TestEveryColumnOfTextHasAnOrigin(t *testing.T) {
	t.Parallel()
	s := newService(t)
	var list struct{ Database map[string][]string }
	if err := yaml.Unmarshal(must[[]byte](t)(os.ReadFile("../policies/texts.yaml")), &list); err != nil {
		t.Fatal(err)
	}
	origins := map[string]string{}
	for origin, columns := range list.Database {
		for _, column := range columns {
			if origins[column] != "" {
				t.Errorf("texts.yaml: %s is both %s and %s", column, origins[column], origin)
			}
			origins[column] = origin
		}
	}
	var columns []string
	err := s.db.NewRaw(`SELECT c.table_name || '.' || c.column_name FROM information_schema.columns AS c
		JOIN information_schema.tables AS t USING (table_schema, table_name)
		WHERE c.table_schema = 'public' AND t.table_type = 'BASE TABLE'
			AND c.udt_name NOT IN ('uuid', 'bool', 'int2', 'int4', 'int8', 'float8', 'numeric', 'date', 'time', 'timestamp', 'timestamptz')
		ORDER BY 1`).Scan(t.Context(), &columns)
	if err != nil || len(columns) < 50 {
		t.Fatalf("%d columns: %v", len(columns), err)
	}
	for _, column := range columns {
		if origins[column] == "" {
			t.Errorf("%s is of no origin in texts.yaml", column)
		}
		delete(origins, column)
	}
	for column := range origins {
		t.Errorf("texts.yaml: there is no column %s that could hold text", column)
	}
}
