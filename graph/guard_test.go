package graph_test

import (
	"fmt"
	"io"
	"log/slog"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2"

	"lfpse/graph"
	"lfpse/graph/generated"
	"lfpse/internal/authz"
	"lfpse/resolvers"
)

// repeated is a document of some 30 kB that asks for one field over and over.
func repeated() string { return "{ events { nodes { " + strings.Repeat("id ", 10_000) + "} } }" }

// bomb is a document of 1 kB whose fragments spread each other: two to the
// thirtieth fields.
func bomb() string {
	var b strings.Builder
	b.WriteString("{ events { nodes { ...f0 } } }")
	for i := range 30 {
		fmt.Fprintf(&b, " fragment f%d on Event { ...f%d ...f%d }", i, i+1, i+1)
	}
	b.WriteString(" fragment f30 on Event { id }")
	return b.String()
}

func TestDocumentsThatAreTooLargeAreRefused(t *testing.T) {
	t.Parallel()
	deep := strings.Repeat("{ parent ", 30) + "{ id }" + strings.Repeat("}", 30)
	for name, document := range map[string]string{
		"repeated fields":  repeated(),
		"nested fragments": bomb(),
		"one name often":   "{ " + strings.Repeat("regions { name } ", 6) + "}",
		"too deep":         `{ organisation(odsCode: "RGT") ` + deep + " }",
	} {
		t.Run(name, func(t *testing.T) {
			if refused := graph.CheckDocument(document); refused == nil || refused.Extensions["code"] != "TOO_COMPLEX" {
				t.Errorf("got %v", refused)
			}
		})
	}
}

func TestDocumentsOfPeopleAreNotRefused(t *testing.T) {
	t.Parallel()
	for _, document := range []string{wholePage, introspection, "{ not GraphQL", ""} {
		if refused := graph.CheckDocument(document); refused != nil {
			t.Errorf("%v for %s", refused, document)
		}
	}
}

// introspection is as deep as clients' own.
const introspection = `query { __schema { types { ...T } } }
	fragment T on __Type { fields(includeDeprecated: true) { args { type { ...R } } type { ...R } } }
	fragment R on __Type { kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name } } } } } } } } } }`

// nothingKnown is a policy that classifies no field.
type nothingKnown struct{}

func (nothingKnown) ClassOf(string, string) (authz.Class, bool) { return "", false }

// bare is the graph with a policy that knows nothing and services that are not there.
func bare(t *testing.T) func(document string) string {
	t.Helper()
	server := graph.NewGraphQL(graph.Options{
		Resolver: &resolvers.Resolver{Now: time.Now}, Policy: nothingKnown{}, Log: slog.New(slog.NewTextHandler(io.Discard, nil)),
	}, graph.NewTurns(1))
	return func(document string) string {
		request := httptest.NewRequest("POST", "/graphql", strings.NewReader(fmt.Sprintf(`{"query":%q}`, document)))
		request.Header.Set("Content-Type", "application/json")
		w := httptest.NewRecorder()
		server.ServeHTTP(w, request)
		return w.Body.String()
	}
}

// This fails when the server is put together without the query guard.
func TestTheServerHasItsQueryGuard(t *testing.T) {
	t.Parallel()
	if answer := bare(t)(bomb()); !strings.Contains(answer, "TOO_COMPLEX") {
		t.Errorf("got %s", answer)
	}
}

// This fails when the server is put together without the field guard: the
// resolver behind the field would be reached, and there is none.
func TestTheServerHasItsFieldGuard(t *testing.T) {
	t.Parallel()
	if answer := strings.TrimSpace(bare(t)("{ viewer { account { name } } icb(odsCode: \"QUE\") { name } }")); answer != `{"data":{"viewer":null,"icb":null}}` {
		t.Errorf("got %s", answer)
	}
}

// What has passed passes again, and what has not is refused however often it comes,
// whatever came between.
func TestTheGuardRemembersWhatHasPassed(t *testing.T) {
	guard := graph.NewQueryGuard()
	for range 2 {
		for document, code := range map[string]any{wholePage: nil, repeated(): "TOO_COMPLEX", bomb(): "TOO_COMPLEX"} {
			refused := guard.MutateOperationParameters(t.Context(), &graphql.RawParams{Query: document})
			if (refused == nil) != (code == nil) || refused != nil && refused.Extensions["code"] != code {
				t.Errorf("%.40q: refused %v, want %v", document, refused, code)
			}
		}
	}
}

// BenchmarkGuard times a refusal beside validating a page's document, which
// every new document costs.
func BenchmarkGuard(b *testing.B) {
	schema := generated.NewExecutableSchema(generated.Config{}).Schema()
	began := time.Now()
	const rounds = 200
	for range rounds {
		if _, err := gqlparser.LoadQuery(schema, wholePage); err != nil {
			b.Fatal(err)
		}
	}
	validation := time.Since(began) / rounds
	for name, document := range map[string]string{"repeated fields": repeated(), "nested fragments": bomb()} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if graph.CheckDocument(document) == nil {
					b.Fatal("it was not refused")
				}
			}
			b.ReportMetric(float64(b.Elapsed())/float64(b.N)/float64(validation), "validations")
			b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N)/1000, "ms/op")
		})
	}
}
