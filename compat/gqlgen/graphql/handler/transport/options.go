package transport

import (
	"net/http"
	"strings"

	"github.com/99designs/gqlgen/graphql"
)

// Options answers OPTIONS with the methods there are, and refuses HEAD.
type Options struct {
	// AllowedMethods default to OPTIONS, GET and POST.
	AllowedMethods []string
}

var _ graphql.Transport = Options{}

// Supports takes OPTIONS and HEAD.
func (o Options) Supports(r *http.Request) bool {
	return r.Method == http.MethodOptions || r.Method == http.MethodHead
}

// Do answers a request.
func (o Options) Do(w http.ResponseWriter, r *http.Request, _ graphql.GraphExecutor) {
	methods := o.AllowedMethods
	if len(methods) == 0 {
		methods = []string{http.MethodOptions, http.MethodGet, http.MethodPost}
	}
	w.Header().Set("Allow", strings.Join(methods, ", "))
	if r.Method == http.MethodHead {
		w.WriteHeader(http.StatusMethodNotAllowed)
		return
	}
	w.WriteHeader(http.StatusOK)
}
