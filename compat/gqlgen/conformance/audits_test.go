//go:build conformance

package conformance_test

import (
	"encoding/json"
	"errors"
	"net/http/httptest"
	"os/exec"
	"testing"

	"github.com/99designs/gqlgen/codegen/testserver/generated"
	"github.com/99designs/gqlgen/codegen/testserver/resolvers"
	"github.com/99designs/gqlgen/graphql/handler"
	"github.com/99designs/gqlgen/graphql/handler/extension"
	"github.com/99designs/gqlgen/graphql/handler/transport"
)

// audits is how many there are in the release of graphql-http that is pinned.
const audits = 61

// Run with: npm ci && go test -tags conformance -run Audits

// TestAudits passes only where nothing is left to be desired: what the audits call
// a warning or a notice is a failure here.
func TestAudits(t *testing.T) {
	server := handler.New(generated.NewExecutableSchema(generated.Config{Resolvers: &resolvers.Resolver{}}))
	server.AddTransport(transport.Options{})
	server.AddTransport(transport.GET{})
	server.AddTransport(transport.POST{})
	server.Use(extension.Introspection{})
	listening := httptest.NewServer(server)
	defer listening.Close()

	out, err := exec.CommandContext(t.Context(), "node", "audits.mjs", listening.URL).Output()
	if err != nil {
		var failed *exec.ExitError
		if errors.As(err, &failed) {
			t.Fatalf("the audits did not run; install them with npm ci: %v\n%s", err, failed.Stderr)
		}
		t.Fatalf("the audits need Node.js: %v", err)
	}
	var results []struct{ ID, Name, Status, Reason string }
	if err := json.Unmarshal(out, &results); err != nil {
		t.Fatalf("reading the results of the audits: %v", err)
	}
	if len(results) != audits {
		t.Errorf("%d audits ran, want %d", len(results), audits)
	}
	for _, r := range results {
		t.Run(r.ID+" "+r.Name, func(t *testing.T) {
			if r.Status != "ok" {
				t.Errorf("%s: %s", r.Status, r.Reason)
			}
		})
	}
}
