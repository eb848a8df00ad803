package graphiql_test

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/parser"

	"lfpse/graph/graphiql"
)

// get asks a handler with the given options for a path, with pairs of header names and values.
func get(t *testing.T, opts graphiql.Options, path string, header ...string) *http.Response {
	t.Helper()
	return ask(t, opts, http.MethodGet, path, header...)
}

func ask(t *testing.T, opts graphiql.Options, method, path string, header ...string) *http.Response {
	t.Helper()
	request := httptest.NewRequest(method, "/", nil)
	request.URL.Path = path // as a client may send it, not as NewRequest would parse it
	for pair := range slices.Chunk(header, 2) {
		request.Header.Add(pair[0], pair[1])
	}
	recorder := httptest.NewRecorder()
	graphiql.New(opts).ServeHTTP(recorder, request)
	return recorder.Result()
}

func body(t *testing.T, response *http.Response) []byte {
	t.Helper()
	content, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return content
}

// assetPath finds the path of an asset with the given ending in the page.
func assetPath(t *testing.T, ending string) string {
	t.Helper()
	page := body(t, get(t, graphiql.Options{}, "/"))
	path := regexp.MustCompile(`\./(assets/[\w.-]+\.` + ending + `)"`).FindSubmatch(page)
	if path == nil {
		t.Fatalf("the page refers to no .%s asset", ending)
	}
	return "/" + string(path[1])
}

func TestEveryAnswerCarriesThePolicy(t *testing.T) {
	for _, path := range []string{"/", "/config.json", "/licences.md", assetPath(t, "js"), "/assets/none.js", "/none"} {
		header := get(t, graphiql.Options{}, path).Header
		for name, want := range map[string]string{
			"Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; " +
				"font-src 'self' data:; img-src 'self' data:; connect-src 'self'; worker-src 'self'; " +
				"base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
			"X-Content-Type-Options":       "nosniff",
			"Referrer-Policy":              "no-referrer",
			"Cross-Origin-Opener-Policy":   "same-origin",
			"Cross-Origin-Resource-Policy": "same-origin",
			"Permissions-Policy":           "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
		} {
			if got := header.Get(name); got != want {
				t.Errorf("%s: %s is %q, want %q", path, name, got, want)
			}
		}
	}
}

func TestThePageRunsNoInlineScript(t *testing.T) {
	page := body(t, get(t, graphiql.Options{Title: "Sample service"}, "/"))
	for _, script := range regexp.MustCompile(`(?s)<script([^>]*)>(.*?)</script>`).FindAllSubmatch(page, -1) {
		if !bytes.Contains(script[1], []byte(`src="./assets/`)) || len(bytes.TrimSpace(script[2])) > 0 {
			t.Errorf("script %s is not one of the assets", script[0])
		}
	}
	if bytes.Contains(page, []byte("//")) {
		t.Error("the page refers to another origin")
	}
}

func TestOnlyWhatIsNamedByItsContentIsCached(t *testing.T) {
	const forever = "public, max-age=31536000, immutable"
	for _, test := range []struct {
		path, contentType, cacheControl string
	}{
		{"/", "text/html; charset=utf-8", "no-store"},
		{"/config.json", "application/json", "no-store"},
		{"/licences.md", "text/plain; charset=utf-8", "no-cache"},
		{assetPath(t, "js"), "text/javascript; charset=utf-8", forever},
		{assetPath(t, "css"), "text/css; charset=utf-8", forever},
	} {
		response := get(t, graphiql.Options{}, test.path)
		if response.StatusCode != http.StatusOK {
			t.Errorf("%s: status %d", test.path, response.StatusCode)
		}
		if got := response.Header.Get("Content-Type"); got != test.contentType {
			t.Errorf("%s: Content-Type is %q, want %q", test.path, got, test.contentType)
		}
		if got := response.Header.Get("Cache-Control"); got != test.cacheControl {
			t.Errorf("%s: Cache-Control is %q, want %q", test.path, got, test.cacheControl)
		}
	}
}

func TestWhatDoesNotExistIsNotCached(t *testing.T) {
	for _, path := range []string{
		"/none", "/index.html.gz", "/assets", "/assets/", "/assets/none.js", "/assets/../index.html",
		"/assets/../../graphiql.go", "/assets/..", "/assets/.", "/../graphiql.go", "//", "/./", "/assets/assets/x.js",
		assetPath(t, "js") + ".gz", assetPath(t, "js") + "/", "/assets\\..\\index.html", "/assets/\x00",
	} {
		response := get(t, graphiql.Options{}, path)
		if response.StatusCode != http.StatusNotFound {
			t.Errorf("%q: status %d, want 404", path, response.StatusCode)
		}
		if got := response.Header.Get("Cache-Control"); got != "" {
			t.Errorf("%q: Cache-Control is %q, want none", path, got)
		}
	}
}

func TestOtherMethodsAreRefused(t *testing.T) {
	for _, method := range []string{http.MethodPost, http.MethodPut, http.MethodDelete, http.MethodOptions} {
		response := ask(t, graphiql.Options{}, method, "/")
		if response.StatusCode != http.StatusMethodNotAllowed || response.Header.Get("Allow") != "GET, HEAD" {
			t.Errorf("%s: status %d, Allow %q", method, response.StatusCode, response.Header.Get("Allow"))
		}
	}
	if response := ask(t, graphiql.Options{}, http.MethodHead, "/"); response.StatusCode != http.StatusOK {
		t.Errorf("HEAD: status %d", response.StatusCode)
	}
}

func TestFilesAreCompressedForWhoeverAcceptsIt(t *testing.T) {
	path := assetPath(t, "css")
	plain := body(t, get(t, graphiql.Options{}, path))
	for accepted, compressed := range map[string]bool{
		"gzip":               true,
		"GZIP":               true,
		"br, gzip;q=0.5":     true,
		"deflate, *":         true,
		"*;q=0, gzip":        true,
		"br":                 false,
		"identity":           false,
		"gzip;q=0":           false,
		"gzip; q=0.000, *":   false,
		"*;q=0":              false,
		"gzipped, not-gzip":  false,
		"deflate, gzip ;q=1": true,
	} {
		response := get(t, graphiql.Options{}, path, "Accept-Encoding", accepted)
		if got := response.Header.Get("Content-Encoding") == "gzip"; got != compressed {
			t.Errorf("%q: compressed is %t, want %t", accepted, got, compressed)
		}
		if got := response.Header.Get("Vary"); got != "Accept-Encoding" {
			t.Errorf("%q: Vary is %q", accepted, got)
		}
		content := body(t, response)
		if compressed {
			content = unpack(t, content)
		}
		if !bytes.Equal(content, plain) {
			t.Errorf("%q: the content differs from the plain one", accepted)
		}
	}
}

func TestAcceptedCodingsMayComeInSeveralLines(t *testing.T) {
	response := get(t, graphiql.Options{}, "/", "Accept-Encoding", "br", "Accept-Encoding", "gzip")
	if response.Header.Get("Content-Encoding") != "gzip" {
		t.Error("the second line was not read")
	}
}

func unpack(t *testing.T, packed []byte) []byte {
	t.Helper()
	reader, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		t.Fatal(err)
	}
	content, err := io.ReadAll(reader)
	if err != nil {
		t.Fatal(err)
	}
	return content
}

// settings is config.json as the page reads it.
type settings struct {
	Title      string
	Endpoint   string
	Accounts   []map[string]string
	Operations []map[string]string
}

func readSettings(t *testing.T, opts graphiql.Options) settings {
	t.Helper()
	var read settings
	if err := json.Unmarshal(body(t, get(t, opts, "/config.json")), &read); err != nil {
		t.Fatal(err)
	}
	return read
}

func TestConfigurationWithoutAccountsOffersNone(t *testing.T) {
	read := readSettings(t, graphiql.Options{})
	if read.Accounts == nil || len(read.Accounts) > 0 {
		t.Errorf("accounts are %v, want an empty list", read.Accounts)
	}
	if read.Endpoint != "/graphql" || read.Title != "GraphiQL" {
		t.Errorf("endpoint %q and title %q are not the defaults", read.Endpoint, read.Title)
	}
}

func TestConfigurationCarriesWhatWasGiven(t *testing.T) {
	read := readSettings(t, graphiql.Options{
		Endpoint: "/api/graphql",
		Title:    "Sample </script> service",
		Accounts: []graphiql.Account{
			{Role: "Reporter", Area: "North Hospital", Name: "Ada Quill", Email: "ada@example.test", Password: "sample"},
		},
	})
	want := []map[string]string{{
		"role": "Reporter", "area": "North Hospital", "name": "Ada Quill", "email": "ada@example.test", "password": "sample",
	}}
	if diff := cmp.Diff(want, read.Accounts); diff != "" {
		t.Errorf("accounts (-want +got):\n%s", diff)
	}
	if read.Endpoint != "/api/graphql" || read.Title != "Sample </script> service" {
		t.Errorf("endpoint %q or title %q is not what was given", read.Endpoint, read.Title)
	}
	for i, operation := range graphiql.Operations() {
		want := map[string]string{
			"name": operation.Name, "document": operation.Document, "variables": operation.Variables,
		}
		if diff := cmp.Diff(want, read.Operations[i]); diff != "" {
			t.Errorf("operation %s (-want +got):\n%s", operation.Name, diff)
		}
	}
}

func TestAccountsAreReadOnce(t *testing.T) {
	accounts := []graphiql.Account{{Name: "Ada Quill"}}
	handler := graphiql.New(graphiql.Options{Accounts: accounts})
	accounts[0].Name = "somebody else"
	recorder := httptest.NewRecorder()
	handler.ServeHTTP(recorder, httptest.NewRequest(http.MethodGet, "/config.json", nil))
	if !strings.Contains(recorder.Body.String(), "Ada Quill") {
		t.Error("a change of the caller's list reached the page")
	}
}

func TestEverySampleIsOneOperationOfItsName(t *testing.T) {
	for _, sample := range graphiql.Operations() {
		document, err := parser.ParseQuery(&ast.Source{Name: sample.Name, Input: sample.Document})
		if err != nil {
			t.Errorf("%s: %v", sample.Name, err)
			continue
		}
		if len(document.Operations) != 1 || document.Operations[0].Name != sample.Name {
			t.Errorf("%s: not one operation of this name", sample.Name)
			continue
		}
		assertVariables(t, sample, document.Operations[0].VariableDefinitions)
	}
}

// assertVariables checks that the sample gives each variable that it has to and none that its document does not know.
func assertVariables(t *testing.T, sample graphiql.Operation, definitions ast.VariableDefinitionList) {
	t.Helper()
	given := map[string]any{}
	if sample.Variables != "" {
		if err := json.Unmarshal([]byte(sample.Variables), &given); err != nil {
			t.Errorf("%s: variables: %v", sample.Name, err)
		}
	}
	for _, definition := range definitions {
		if _, ok := given[definition.Variable]; !ok && definition.Type.NonNull && definition.DefaultValue == nil {
			t.Errorf("%s: variable %s is not given", sample.Name, definition.Variable)
		}
		delete(given, definition.Variable)
	}
	for name := range given {
		t.Errorf("%s: variable %s is given for nothing", sample.Name, name)
	}
}
