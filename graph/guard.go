package graph

import (
	"context"
	"crypto/sha256"
	"fmt"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/handler/lru"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
	"github.com/vektah/gqlparser/v2/parser"

	"lfpse/internal/fault"
)

// The largest document that is looked at. Validation is quadratic in repeated
// fields and exponential in nothing once these hold: the worst document that
// passes costs milliseconds.
const (
	maxTokens    = 4000
	maxFields    = 600 // with every fragment counted wherever it is spread
	maxSameName  = 5   // fields with one response name in one selection set
	maxFragments = 60
	maxDepth     = 15
	// Introspection nests types in lists in types: it may be this much deeper.
	introspectionAllowance = 5
)

// QueryGuard refuses documents that are too large, in time linear in their
// length and before anything else reads them. It is an extension of the server
// and stands in front of validation.
type QueryGuard struct {
	// passed are the hashes of documents that were looked at lately and are small
	// enough: programs send the same ones again and again. Nil for none.
	passed graphql.Cache[struct{}]
}

// NewQueryGuard makes a guard that remembers which documents have passed.
func NewQueryGuard() QueryGuard {
	return QueryGuard{passed: lru.New[struct{}](cachedDocuments)}
}

var (
	_ graphql.HandlerExtension          = QueryGuard{}
	_ graphql.OperationParameterMutator = QueryGuard{}
)

// ExtensionName names the extension.
func (QueryGuard) ExtensionName() string { return "QueryGuard" }

// Validate has nothing to check of the schema.
func (QueryGuard) Validate(graphql.ExecutableSchema) error { return nil }

// MutateOperationParameters refuses a document that is too large; it changes
// nothing.
func (g QueryGuard) MutateOperationParameters(ctx context.Context, request *graphql.RawParams) *gqlerror.Error {
	if request.Query == "" {
		return nil
	}
	if g.passed == nil {
		return CheckDocument(request.Query)
	}
	hash := sha256.Sum256([]byte(request.Query))
	if _, passed := g.passed.Get(ctx, string(hash[:])); passed {
		return nil
	}
	refused := CheckDocument(request.Query)
	if refused == nil {
		g.passed.Add(ctx, string(hash[:]), struct{}{})
	}
	return refused
}

// CheckDocument answers why a document is too large to be looked at, nil where it is
// not. A document that cannot be parsed is the parser's to refuse.
func CheckDocument(query string) *gqlerror.Error {
	document, err := parser.ParseQueryWithTokenLimit(&ast.Source{Input: query}, maxTokens)
	if err != nil {
		return refusedByParser(err)
	}
	if len(document.Fragments) > maxFragments {
		return tooLarge("fragments", maxFragments)
	}
	m := measure{document: document, fragments: map[string]*size{}}
	for _, operation := range document.Operations {
		total, refused := m.selections(operation.SelectionSet)
		if refused != nil {
			return refused
		}
		if total.depth > maxDepth {
			return tooLarge("levels", maxDepth)
		}
	}
	for _, fragment := range document.Fragments {
		if _, refused := m.fragment(fragment.Name); refused != nil {
			return refused
		}
	}
	return nil
}

// refusedByParser tells the parser's own limits from its other errors, which
// are not the guard's.
func refusedByParser(err error) *gqlerror.Error {
	switch {
	case strings.Contains(err.Error(), "token limit"):
		return tooLarge("tokens", maxTokens)
	case strings.Contains(err.Error(), "nesting depth"):
		return tooLarge("levels", maxDepth)
	}
	return nil
}

// size is how large a selection set is, fragments included. It saturates just
// beyond the limits, so that counting is never itself the attack.
type size struct{ fields, depth int }

func (s size) check() *gqlerror.Error {
	if s.fields > maxFields {
		return tooLarge("fields", maxFields)
	}
	if s.depth > maxDepth+introspectionAllowance {
		return tooLarge("levels", maxDepth)
	}
	return nil
}

// measure totals each fragment once, however often it is spread.
type measure struct {
	document  *ast.QueryDocument
	fragments map[string]*size // nil while a fragment is being measured
}

func (m *measure) selections(set ast.SelectionSet) (size, *gqlerror.Error) {
	var total size
	names := map[string]int{}
	for _, selection := range set {
		inner, refused := m.selection(selection, names)
		if refused != nil {
			return size{}, refused
		}
		total.fields = min(total.fields+inner.fields, maxFields+1)
		total.depth = max(total.depth, inner.depth)
		if refused := total.check(); refused != nil {
			return size{}, refused
		}
	}
	return total, nil
}

func (m *measure) selection(selection ast.Selection, names map[string]int) (size, *gqlerror.Error) {
	switch s := selection.(type) {
	case *ast.Field:
		if names[s.Alias]++; names[s.Alias] > maxSameName {
			return size{}, tooLarge("fields of one name in one selection", maxSameName)
		}
		inner, refused := m.selections(s.SelectionSet)
		if s.Name == "__schema" || s.Name == "__type" {
			inner.depth = max(0, inner.depth-introspectionAllowance)
		}
		return size{inner.fields + 1, inner.depth + 1}, refused
	case *ast.InlineFragment:
		return m.selections(s.SelectionSet)
	case *ast.FragmentSpread:
		if names["..."+s.Name]++; names["..."+s.Name] > maxSameName {
			return size{}, tooLarge("spreads of one fragment in one selection", maxSameName)
		}
		return m.fragment(s.Name)
	}
	return size{}, nil
}

func (m *measure) fragment(name string) (size, *gqlerror.Error) {
	known, seen := m.fragments[name]
	if seen && known != nil {
		return *known, nil
	}
	definition := m.document.Fragments.ForName(name)
	if definition == nil || seen { // unknown, or within itself: validation says so
		return size{}, nil
	}
	m.fragments[name] = nil
	total, refused := m.selections(definition.SelectionSet)
	m.fragments[name] = &total
	return total, refused
}

func tooLarge(what string, limit int) *gqlerror.Error {
	return &gqlerror.Error{
		Message:    fmt.Sprintf("The document has more than %d %s; ask for less at once.", limit, what),
		Extensions: map[string]any{"code": string(fault.TooComplex)},
	}
}
