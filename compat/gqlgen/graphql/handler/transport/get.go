package transport

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// GET takes queries, and nothing else, from the parameters of a URL.
type GET struct {
	// ResponseHeaders are added to each response.
	ResponseHeaders map[string][]string
}

var _ graphql.Transport = GET{}

// Supports takes GET, unless it asks for another protocol.
func (h GET) Supports(r *http.Request) bool {
	return r.Method == http.MethodGet && r.Header.Get("Upgrade") == ""
}

// Do answers a request.
func (h GET) Do(w http.ResponseWriter, r *http.Request, exec graphql.GraphExecutor) {
	media, ok := begin(w, r, h.ResponseHeaders)
	if !ok {
		return
	}
	if embedded(r) {
		SendErrorf(w, http.StatusForbidden, "a page of another site cannot embed this")
		return
	}
	start := graphql.Now()
	params, refused := decodeURL(r.URL.RawQuery)
	if refused != nil {
		SendError(w, http.StatusBadRequest, refused)
		return
	}
	params.Headers = r.Header
	params.ReadTime = graphql.TraceTiming{Start: start, End: graphql.Now()}
	run(w, r, exec, params, media, func(op *graphql.OperationContext) (int, *gqlerror.Error) {
		if op.Operation.Operation == ast.Query {
			return 0, nil
		}
		w.Header().Set("Allow", http.MethodPost)
		return http.StatusMethodNotAllowed, gqlerror.Errorf("GET takes queries only")
	})
}

// embedded says whether a page of another site uses the request as an image, a
// script or the like: such requests carry the reader's cookies. Browsers say so
// themselves. Specification: Fetch Metadata.
func embedded(r *http.Request) bool {
	return r.Header.Get("Sec-Fetch-Site") == "cross-site" && r.Header.Get("Sec-Fetch-Mode") != "cors"
}

func decodeURL(raw string) (*graphql.RawParams, *gqlerror.Error) {
	values, err := url.ParseQuery(raw)
	if err != nil {
		return nil, gqlerror.Errorf("the parameters of the URL are malformed")
	}
	for _, name := range []string{"query", "operationName", "variables", "extensions"} {
		if len(values[name]) > 1 {
			return nil, gqlerror.Errorf("parameter %s is given twice", name)
		}
	}
	if strings.TrimSpace(values.Get("query")) == "" && values.Get("extensions") == "" {
		return nil, gqlerror.Errorf("parameter query is missing")
	}
	params := &graphql.RawParams{Query: values.Get("query"), OperationName: values.Get("operationName")}
	for name, to := range map[string]*map[string]any{"variables": &params.Variables, "extensions": &params.Extensions} {
		if text := values.Get(name); text != "" {
			if err := decodeObject(name, []byte(text), to); err != nil {
				return nil, err
			}
		}
	}
	return params, nil
}
