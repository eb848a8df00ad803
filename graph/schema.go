package graph

import (
	"io"

	"github.com/vektah/gqlparser/v2/formatter"

	"lfpse/graph/generated"
)

// WriteSchema writes the schema as it is served, descriptions and federation's
// directives included.
func WriteSchema(w io.Writer) {
	schema := generated.NewExecutableSchema(generated.Config{}).Schema()
	formatter.NewFormatter(w, formatter.WithIndent("  ")).FormatSchema(schema)
}
