// Package handler serves a schema over HTTP.
//
// A [Server] is a list of transports before an executor. Its parts:
//
//	transport  reading requests and writing responses: GET, POST, OPTIONS
//	extension  introspection, persisted queries, a limit on complexity
//	lru        a bounded cache for documents and persisted queries
//
// What every operation goes through, whatever brought it, is in package executor.
package handler

import (
	"net/http"
	"slices"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/executor"
	"github.com/99designs/gqlgen/graphql/handler/transport"
	"github.com/vektah/gqlparser/v2/gqlerror"
	"github.com/vektah/gqlparser/v2/validator/rules"
)

// Server is an http.Handler. It is set up before it serves its first request: what
// becomes of operations by the methods of its executor, such as Use, AroundFields
// and SetErrorPresenter.
type Server struct {
	*executor.Executor
	transports []graphql.Transport
}

// New returns a server without transports, caches or extensions.
func New(es graphql.ExecutableSchema) *Server {
	return &Server{Executor: executor.New(es)}
}

// AddTransport adds a way to be asked. The first that supports a request has it.
func (s *Server) AddTransport(t graphql.Transport) { s.transports = append(s.transports, t) }

// SetValidationRulesFn replaces the rules documents are validated by.
func (s *Server) SetValidationRulesFn(f func() *rules.Rules) { s.SetDefaultRulesFn(f) }

// ServeHTTP hands the request to the first transport that supports it.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	defer s.recovered(w, r)
	if t := s.transport(r); t != nil {
		t.Do(w, r, s.Executor)
		return
	}
	switch methods := s.methods(r); {
	case !slices.Contains(methods, r.Method):
		w.Header().Set("Allow", strings.Join(methods, ", "))
		transport.SendErrorf(w, http.StatusMethodNotAllowed, "this method is not supported")
	case r.Method == http.MethodPost:
		transport.SendErrorf(w, http.StatusUnsupportedMediaType, "the body must be application/json in UTF-8")
	default:
		transport.SendErrorf(w, http.StatusBadRequest, "no other protocol is supported")
	}
}

// transport is the first that supports a request, nil where none does.
func (s *Server) transport(r *http.Request) graphql.Transport {
	for _, t := range s.transports {
		if t.Supports(r) {
			return t
		}
	}
	return nil
}

// methods are those by which a request like r, but with a body of JSON, would be
// supported.
func (s *Server) methods(r *http.Request) []string {
	var methods []string
	for _, method := range []string{http.MethodOptions, http.MethodGet, http.MethodPost} {
		r = &http.Request{Method: method, URL: r.URL, Header: http.Header{"Content-Type": {"application/json"}}}
		if s.transport(r) != nil {
			methods = append(methods, method)
		}
	}
	return methods
}

// recovered answers where a panic outside of any field ended the request.
func (s *Server) recovered(w http.ResponseWriter, r *http.Request) {
	p := recover()
	switch p {
	case nil:
		return
	case http.ErrAbortHandler: // the HTTP server's own way to hang up
		panic(p)
	}
	shown, ok := s.PresentRecoveredError(r.Context(), p).(*gqlerror.Error) //nolint:errorlint // what was presented is shown as it is
	if !ok {
		shown = gqlerror.Errorf("internal system error")
	}
	transport.SendError(w, http.StatusInternalServerError, shown)
}
