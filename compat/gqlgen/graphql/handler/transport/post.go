// Package transport speaks GraphQL over HTTP: which requests are taken (post.go,
// get.go, options.go), what they ask (request.go), the type of the response
// (accept.go) and its status and writing (answer.go).
// Specification: https://graphql.github.io/graphql-over-http/draft/
package transport

import (
	"errors"
	"io"
	"mime"
	"net/http"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// maxBody is the largest body that is read where nobody has set a smaller limit
// with http.MaxBytesReader, in bytes.
const maxBody = 8 << 20

// POST takes requests from JSON bodies.
type POST struct {
	// ResponseHeaders are added to each response.
	ResponseHeaders map[string][]string
}

var _ graphql.Transport = POST{}

// Supports takes POST with a body of application/json in UTF-8. No other type is
// taken for JSON: pages of other origins can send forms and plain text, with
// the reader's cookies, without asking.
func (h POST) Supports(r *http.Request) bool {
	media, params, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	return r.Method == http.MethodPost && err == nil && media == string(plainJSON) && isUTF8(params["charset"])
}

// Do answers a request.
func (h POST) Do(w http.ResponseWriter, r *http.Request, exec graphql.GraphExecutor) {
	answer(w, r, exec, h.ResponseHeaders, fromBody)
}

// fromBody reads a request from its body, which must not be compressed: a small
// one could become a very large one.
func fromBody(w http.ResponseWriter, r *http.Request) (members, int, *gqlerror.Error) {
	coding := strings.Join(r.Header.Values("Content-Encoding"), ",")
	if coding != "" && !strings.EqualFold(coding, "identity") {
		w.Header().Set("Accept-Encoding", "identity")
		return nil, http.StatusUnsupportedMediaType, gqlerror.Errorf("the body must not be compressed")
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	var tooLarge *http.MaxBytesError
	switch {
	case errors.As(err, &tooLarge):
		return nil, http.StatusRequestEntityTooLarge, gqlerror.Errorf("the body is larger than %d bytes", tooLarge.Limit)
	case err != nil:
		return nil, http.StatusBadRequest, gqlerror.Errorf("the body could not be read")
	}
	given, refused := bodyMembers(body)
	return given, http.StatusBadRequest, refused
}
