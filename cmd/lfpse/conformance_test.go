package main

import (
	"bytes"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"lfpse/db/dbtest"
)

// conforms runs the published cases against an address.
func conforms(t *testing.T, address, key string) (string, error) {
	t.Helper()
	var out bytes.Buffer
	err := run(t.Context(), []string{"conformance", "--url", address, "--key", key}, nil, environment{out: &out, errors: &bytes.Buffer{}})
	return out.String(), err
}

func TestTheServiceThatIsServedConforms(t *testing.T) {
	address := dbtest.FreshURL(t)
	graph, stop := serveFor(t, address)
	defer stop()
	key := systemKey(t, address, keysIn(t))
	out, err := conforms(t, strings.TrimSuffix(graph, "/graphql"), key)
	if err != nil || strings.Contains(out, "FAIL") || strings.Contains(out, key) || !strings.Contains(out, "cases pass.") {
		t.Errorf("it says %v\n%s", err, out)
	}
}

func TestWhatIsNotTheServiceDoesNotConform(t *testing.T) {
	server := httptest.NewServer(http.NotFoundHandler())
	defer server.Close()
	out, err := conforms(t, server.URL, "lfpse_nobodys")
	if err == nil || !strings.Contains(err.Error(), "cases failed") || strings.Contains(out, "pass  ") || strings.Contains(out, "lfpse_nobodys") {
		t.Errorf("it says %v\n%s", err, out)
	}
}
