package engine

import (
	"sync"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
)

// descriptions remembers what was answered to operations that ask of the schema and
// of nothing else. The schema does not change, so they are answered the same again.
// An operation is the same where its document comes out of a cache of documents.
type descriptions struct {
	mu      sync.Mutex
	answers map[*ast.OperationDefinition][]byte
}

// manyDescriptions is how many answers are remembered; beyond it all are forgotten.
const manyDescriptions = 16

// onlyDescribes says whether the answer to an operation depends on the schema alone.
func onlyDescribes(op *graphql.OperationContext) bool {
	if op.Operation.Operation != ast.Query || op.DisableIntrospection || len(op.Variables) > 0 ||
		op.ResolverMiddleware != nil || op.RootResolverMiddleware != nil {
		return false
	}
	for _, selection := range op.Operation.SelectionSet {
		if field, ok := selection.(*ast.Field); !ok || !introspective(field.Name) {
			return false
		}
	}
	return true
}

func introspective(name string) bool {
	return name == "__schema" || name == "__type" || name == "__typename"
}

// of is the answer to an operation, nil where there is none yet.
func (d *descriptions) of(op *ast.OperationDefinition) []byte {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.answers[op]
}

func (d *descriptions) remember(op *ast.OperationDefinition, answer []byte) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if len(d.answers) >= manyDescriptions || d.answers == nil {
		d.answers = make(map[*ast.OperationDefinition][]byte)
	}
	d.answers[op] = answer[:len(answer):len(answer)] // whoever appends to it gets a copy
}
