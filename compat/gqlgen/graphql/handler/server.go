// Package handler serves a schema over HTTP.
package handler

import (
	"net/http"
	"slices"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/executor"
	"github.com/99designs/gqlgen/graphql/handler/transport"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
	"github.com/vektah/gqlparser/v2/validator/rules"
)

// Server is an http.Handler. It is set up before it serves its first request.
type Server struct {
	transports []graphql.Transport
	exec       *executor.Executor
}

// New returns a server without transports, caches or extensions.
func New(es graphql.ExecutableSchema) *Server {
	return &Server{exec: executor.New(es)}
}

// AddTransport adds a way to be asked. The first that supports a request has it.
func (s *Server) AddTransport(t graphql.Transport) { s.transports = append(s.transports, t) }

// Use adds an extension; the first one added is the outermost. It panics where
// the extension does not fit the schema.
func (s *Server) Use(extension graphql.HandlerExtension) { s.exec.Use(extension) }

// SetErrorPresenter decides what clients see of errors.
func (s *Server) SetErrorPresenter(f graphql.ErrorPresenterFunc) { s.exec.SetErrorPresenter(f) }

// SetRecoverFunc decides what becomes of panics.
func (s *Server) SetRecoverFunc(f graphql.RecoverFunc) { s.exec.SetRecoverFunc(f) }

// SetQueryCache keeps parsed and validated documents by their text.
func (s *Server) SetQueryCache(cache graphql.Cache[*ast.QueryDocument]) { s.exec.SetQueryCache(cache) }

// SetParserTokenLimit refuses documents of more tokens; 0 is no limit.
func (s *Server) SetParserTokenLimit(limit int) { s.exec.SetParserTokenLimit(limit) }

// SetDisableSuggestion keeps names of the schema out of validation errors.
func (s *Server) SetDisableSuggestion(value bool) { s.exec.SetDisableSuggestion(value) }

// SetValidationRulesFn replaces the rules documents are validated by.
func (s *Server) SetValidationRulesFn(f func() *rules.Rules) { s.exec.SetDefaultRulesFn(f) }

// AroundFields adds a function around all fields.
func (s *Server) AroundFields(f graphql.FieldMiddleware) { s.exec.AroundFields(f) }

// AroundRootFields adds a function around the fields of the root types.
func (s *Server) AroundRootFields(f graphql.RootFieldMiddleware) { s.exec.AroundRootFields(f) }

// AroundOperations adds a function around operations.
func (s *Server) AroundOperations(f graphql.OperationMiddleware) { s.exec.AroundOperations(f) }

// AroundResponses adds a function around responses.
func (s *Server) AroundResponses(f graphql.ResponseMiddleware) { s.exec.AroundResponses(f) }

// ServeHTTP hands the request to the first transport that supports it.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	defer func() {
		if p := recover(); p != nil {
			if p == http.ErrAbortHandler { //nolint:errorlint // the server's own sentinel
				panic(p)
			}
			err := s.exec.PresentRecoveredError(r.Context(), p)
			shown, ok := err.(*gqlerror.Error) //nolint:errorlint // presented is what it is
			if !ok {
				shown = gqlerror.Errorf("internal system error")
			}
			transport.SendError(w, http.StatusInternalServerError, shown)
		}
	}()
	r = r.WithContext(graphql.StartOperationTrace(r.Context()))
	for _, t := range s.transports {
		if t.Supports(r) {
			t.Do(w, r, s.exec)
			return
		}
	}
	s.refuse(w, r)
}

// refuse says what would have been right: another media type where the method is
// one of ours, another method where it is not.
func (s *Server) refuse(w http.ResponseWriter, r *http.Request) {
	methods := s.methods()
	if slices.Contains(methods, r.Method) {
		transport.SendErrorf(w, http.StatusUnsupportedMediaType, "the body must be application/json in UTF-8")
		return
	}
	w.Header().Set("Allow", strings.Join(methods, ", "))
	transport.SendErrorf(w, http.StatusMethodNotAllowed, "this method is not supported")
}

func (s *Server) methods() []string {
	var methods []string
	for _, t := range s.transports {
		switch t.(type) {
		case transport.GET:
			methods = append(methods, http.MethodGet)
		case transport.POST:
			methods = append(methods, http.MethodPost)
		case transport.Options:
			methods = append(methods, http.MethodOptions)
		}
	}
	return methods
}
