package graph_test

import (
	"testing"

	"github.com/vektah/gqlparser/v2"

	"lfpse/graph/generated"
	"lfpse/graph/graphiql"
)

func TestTheSampleOperationsAreValid(t *testing.T) {
	schema := generated.NewExecutableSchema(generated.Config{}).Schema()
	operations := graphiql.Operations()
	if len(operations) == 0 {
		t.Fatal("there are none")
	}
	for _, o := range operations {
		if _, err := gqlparser.LoadQuery(schema, o.Document); err != nil {
			t.Errorf("%s: %v", o.Name, err)
		}
	}
}
