// Package transport speaks GraphQL over HTTP: which requests are taken (transport.go),
// what they ask (request.go, json.go), the type of the response (accept.go) and its
// status and writing (answer.go).
// Specification: https://graphql.github.io/graphql-over-http/draft/
package transport

import (
	"mime"
	"net/http"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

var (
	_ graphql.Transport = POST{}
	_ graphql.Transport = GET{}
	_ graphql.Transport = Options{}
)

// POST takes requests from JSON bodies.
type POST struct{}

// Supports takes POST with a body of application/json in UTF-8. No other type is
// taken for JSON: pages of other origins can send forms and plain text, with
// the reader's cookies, without asking.
func (POST) Supports(r *http.Request) bool {
	media, params, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	return r.Method == http.MethodPost && err == nil && media == string(plainJSON) && isUTF8(params["charset"])
}

// Do answers a request. Its body must not be compressed: a small one could become a
// very large one.
func (POST) Do(w http.ResponseWriter, r *http.Request, exec graphql.GraphExecutor) {
	answer(w, r, exec, func() (*graphql.RawParams, int, *gqlerror.Error) {
		coding := strings.Join(r.Header.Values("Content-Encoding"), ",")
		if coding != "" && !strings.EqualFold(coding, "identity") {
			w.Header().Set("Accept-Encoding", "identity")
			return nil, http.StatusUnsupportedMediaType, gqlerror.Errorf("the body must not be compressed")
		}
		return fromBody(http.MaxBytesReader(w, r.Body, maxBody))
	})
}

// GET takes queries, and nothing else, from the parameters of a URL.
type GET struct{}

// Supports takes GET, unless it opens a WebSocket. To change to any other protocol
// is an offer, which we leave.
func (GET) Supports(r *http.Request) bool {
	return r.Method == http.MethodGet && !strings.EqualFold(r.Header.Get("Upgrade"), "websocket")
}

// Do answers a request, unless a page of another site uses it as an image, a script
// or the like: such requests carry the reader's cookies. Browsers say so themselves.
// Specification: Fetch Metadata.
func (GET) Do(w http.ResponseWriter, r *http.Request, exec graphql.GraphExecutor) {
	answer(w, r, exec, func() (*graphql.RawParams, int, *gqlerror.Error) {
		if r.Header.Get("Sec-Fetch-Site") == "cross-site" && r.Header.Get("Sec-Fetch-Mode") != "cors" {
			return nil, http.StatusForbidden, gqlerror.Errorf("a page of another site cannot embed this")
		}
		return fromURL(r.URL.RawQuery)
	})
}

// Options answers OPTIONS with the methods there are, and refuses HEAD.
type Options struct{}

// Supports takes OPTIONS and HEAD.
func (Options) Supports(r *http.Request) bool {
	return r.Method == http.MethodOptions || r.Method == http.MethodHead
}

// Do answers a request.
func (Options) Do(w http.ResponseWriter, r *http.Request, _ graphql.GraphExecutor) {
	w.Header().Set("Allow", "OPTIONS, GET, POST")
	if r.Method == http.MethodHead {
		w.WriteHeader(http.StatusMethodNotAllowed)
	}
}
