package handler_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/99designs/gqlgen/graphql/handler"
	"github.com/99designs/gqlgen/graphql/handler/extension"
	"github.com/99designs/gqlgen/graphql/handler/lru"
	"github.com/vektah/gqlparser/v2/ast"
)

// refusals are the errors of requests that are not taken, word for word: nothing
// of the request is in them.
var refusals = map[int][]string{
	400: {
		"query is missing", "query is not a string", "operationName is not a string",
		"variables is not a JSON object", "extensions is not a JSON object",
		"the body is not a JSON object", "the body has two members of one name",
		"the body is a list: send each operation in a request of its own",
		"the parameters of the URL are malformed", "the URL has two parameters of one name",
		"the persistedQuery extension is malformed", "this version of persisted queries is not supported",
		"the hash of the persisted query is not that of its text", "PersistedQueryNotFound",
		"a subscription needs a transport that streams",
	},
	405: {"GET takes queries only", "this method is not supported"},
	406: {"responses are application/graphql-response+json or application/json"},
	414: {"the parameters of the URL are longer than 65536 bytes"},
	415: {"the body must be application/json in UTF-8", "the body must not be compressed"},
}

// FuzzServe sends any request there can be. Each is answered as the specification
// says, the same every time, with nothing left running and nothing repeated.
func FuzzServe(f *testing.F) {
	for _, body := range []string{
		good, `{}`, `null`, `[` + good + `]`, good + good, `{"query":"{","query":1}`, `{"query":"subscription{news}"}`,
		`{"query":"query($t:String){echo(text:$t)}","variables":{"t":"é\ud800"},"extensions":{"persistedQuery":{"version":1,"sha256Hash":"x"}}}`,
		`{"query":"mutation M{do} query Q{a:echo(text:\"panic\") ...F} fragment F on Query{b:echo @skip(if:true)}","operationName":"Q"}`,
	} {
		f.Add(http.MethodPost, "", "application/json", "application/graphql-response+json, */*;q=0.1", body)
	}
	for _, query := range []string{"query={echo}", "query={nothing}&variables={\"a\":[1]}", "query=mutation{do}", "query=%zz", "extensions={}&operationName=A", "query=%ff"} {
		f.Add(http.MethodGet, query, "", "application/json", "")
	}
	f.Add("HEAD", "", "text/plain; charset=latin1", "text/html", "")
	f.Add("OPTIONS", "", "", "", "")
	f.Add("PUT", "", "application/json", "*/*;q=0", good)

	var broken any
	server := newServer()
	server.SetQueryCache(lru.New[*ast.QueryDocument](10))
	server.Use(extension.AutomaticPersistedQuery{Cache: lru.New[string](10)})
	server.SetRecoverFunc(func(_ context.Context, thrown any) error {
		if thrown != "panic" { // which a field of the test's own throws
			broken = thrown
		}
		return errors.New("recovered")
	})
	f.Fuzz(func(t *testing.T, method, query, contentType, accept, body string) {
		running := runtime.NumGoroutine()
		got := exchange(server, method, query, contentType, accept, body)
		if broken != nil {
			t.Fatalf("panic: %v", broken)
		}
		awaitGoroutines(t, running)
		checkResponse(t, got, method, len(query)+len(body))
		again := exchange(server, method, query, contentType, accept, body)
		if asksForStored := strings.Contains(query+body, "ersistedQuery"); !asksForStored && !bytes.Equal(got.Body.Bytes(), again.Body.Bytes()) {
			t.Errorf("one request has two answers:\n%s\n%s", got.Body, again.Body)
		}
	})
}

func exchange(server *handler.Server, method, query, contentType, accept, body string) *httptest.ResponseRecorder {
	w := httptest.NewRecorder()
	server.ServeHTTP(w, &http.Request{
		Method: method,
		URL:    &url.URL{Path: "/graphql", RawQuery: query},
		Header: http.Header{"Content-Type": {contentType}, "Accept": {accept}},
		Body:   io.NopCloser(strings.NewReader(body)),
	})
	return w
}

// awaitGoroutines waits until no more goroutines run than did.
func awaitGoroutines(t *testing.T, want int) {
	t.Helper()
	for range 1000 {
		if runtime.NumGoroutine() <= want {
			return
		}
		time.Sleep(time.Millisecond)
	}
	t.Fatalf("%d goroutines run where %d did", runtime.NumGoroutine(), want)
}

func checkResponse(t *testing.T, got *httptest.ResponseRecorder, method string, asked int) {
	t.Helper()
	if got.Code == 405 && got.Header().Get("Allow") == "" {
		t.Error("a method is refused, and none is named that is not")
	}
	if method == http.MethodOptions || method == http.MethodHead {
		if got.Body.Len() > 0 {
			t.Errorf("%s has a body: %s", method, got.Body)
		}
		return
	}
	if size := got.Body.Len(); size > 1000+2000*asked {
		t.Errorf("%d bytes are the answer to %d", size, asked)
	}
	media := got.Header().Get("Content-Type")
	if media != plainJSON && media != responseJSON {
		t.Errorf("content type %q", media)
	}
	var answer struct {
		Data   json.RawMessage
		Errors []struct {
			Message    string
			Extensions struct{ Code string }
		}
	}
	if err := json.Unmarshal(got.Body.Bytes(), &answer); err != nil {
		t.Fatalf("the answer is not JSON: %v\n%s", err, got.Body)
	}
	if answer.Data == nil && len(answer.Errors) == 0 {
		t.Errorf("there is neither data nor an error: %s", got.Body)
	}
	switch {
	case got.Code == 200 && (answer.Data != nil || media == plainJSON):
		return
	case answer.Data != nil:
		t.Errorf("status %d with data", got.Code)
	}
	for _, err := range answer.Errors {
		invalid := got.Code == 400 && media == responseJSON &&
			(err.Extensions.Code == "GRAPHQL_PARSE_FAILED" || err.Extensions.Code == "GRAPHQL_VALIDATION_FAILED")
		if !invalid && !slices.Contains(refusals[got.Code], err.Message) {
			t.Errorf("status %d: %q", got.Code, err.Message)
		}
	}
}
