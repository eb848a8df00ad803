package transport

import (
	"net/http"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// maxURL is the longest query of a URL that is read, in bytes.
const maxURL = 64 << 10

// GET takes queries, and nothing else, from the parameters of a URL.
type GET struct {
	// ResponseHeaders are added to each response.
	ResponseHeaders map[string][]string
}

var _ graphql.Transport = GET{}

// Supports takes GET, unless it opens a WebSocket. To change to any other protocol
// is an offer, which we leave.
func (h GET) Supports(r *http.Request) bool {
	return r.Method == http.MethodGet && !strings.EqualFold(r.Header.Get("Upgrade"), "websocket")
}

// Do answers a request.
func (h GET) Do(w http.ResponseWriter, r *http.Request, exec graphql.GraphExecutor) {
	answer(w, r, exec, h.ResponseHeaders, fromURL)
}

func fromURL(_ http.ResponseWriter, r *http.Request) (members, int, *gqlerror.Error) {
	if embedded(r) {
		return nil, http.StatusForbidden, gqlerror.Errorf("a page of another site cannot embed this")
	}
	if len(r.URL.RawQuery) > maxURL {
		return nil, http.StatusRequestURITooLong, gqlerror.Errorf("the parameters of the URL are longer than %d bytes", maxURL)
	}
	given, refused := urlMembers(r.URL.RawQuery)
	return given, http.StatusBadRequest, refused
}

// embedded says whether a page of another site uses the request as an image, a
// script or the like: such requests carry the reader's cookies. Browsers say so
// themselves. Specification: Fetch Metadata.
func embedded(r *http.Request) bool {
	return r.Header.Get("Sec-Fetch-Site") == "cross-site" && r.Header.Get("Sec-Fetch-Mode") != "cors"
}
