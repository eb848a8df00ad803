// Package fhir serves the national FHIR interface, as local risk management systems know it, over the one
// service of events: who sends, what it says, what is answered.
package fhir

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"mime"
	"net/http"
	"time"

	"github.com/google/uuid"

	"lfpse/internal/authz"
	"lfpse/internal/event"
	"lfpse/internal/fault"
	stu3 "lfpse/internal/lrms/fhir"
	"lfpse/internal/taxonomy"
)

const (
	// maxBody is the largest body that is read, in bytes: as the graph has it.
	maxBody = 4 << 20
	// maxTime is how long one request may take: less than the 40 seconds that clients wait.
	maxTime = 30 * time.Second
)

// KeyHeader is the header that a client's key stands in.
const KeyHeader = "Ocp-Apim-Subscription-Key"

// IdempotencyHeader is the header of a key of the client's choice, by which a repeat is known.
const IdempotencyHeader = "Idempotency-Key"

// The addresses of the interface.
const (
	eventsPath   = "/adverse-event/fhir/AdverseEvent"
	taxonomyPath = "/taxonomy/fhir"
)

// Authenticator names the client that a key belongs to; its errors are faults of kind Unauthenticated for a key that
// is not good.
type Authenticator interface {
	Authenticate(ctx context.Context, key string) (authz.Principal, error)
}

// Events records and changes events.
type Events interface {
	Record(ctx context.Context, in event.Input, idempotencyKey *string) (*event.View, fault.Problems, error)
	RecordForADay(ctx context.Context, in event.Input, idempotencyKey string) (*event.View, fault.Problems, error)
	Check(in *event.Input, profile []string) fault.Problems
	Update(ctx context.Context, id uuid.UUID, revision int, patch event.Patch) (*event.View, fault.Problems, error)
	Says(ctx context.Context, id uuid.UUID, patch event.Patch) (*event.View, bool, error)
}

// Options are what the interface stands on; all are needed.
type Options struct {
	Clients    Authenticator
	Events     Events
	Governance Governance
	Taxonomy   *taxonomy.Registry
	// Base is the address at which the service is reached, such as https://lfpse.example.
	Base string
	Log  *slog.Logger
	// Discreet takes out of an error what the log must not hold.
	Discreet func(error) error
	Now      func() time.Time
}

// server serves the interface.
type server struct {
	Options
	// latest reads what is sent: a new event is made under the latest version.
	latest      *stu3.Translator
	translators []*stu3.Translator
	published   string
}

// Register puts the interface's addresses on a mux.
func Register(mux *http.ServeMux, o Options) {
	s := &server{Options: o, published: o.Now().UTC().Format(time.DateOnly)}
	for _, number := range o.Taxonomy.Versions() {
		translator := stu3.New(o.Taxonomy.Version(number), o.Base+taxonomyPath)
		if number == o.Taxonomy.Latest().Number() {
			s.latest = translator
		}
		s.translators = append(s.translators, translator)
	}
	mux.Handle("POST "+eventsPath, s.limited(s.create))
	mux.Handle("PUT "+eventsPath+"/{id}", s.limited(s.update))
	mux.HandleFunc("GET "+taxonomyPath+"/metadata", s.metadata)
	mux.HandleFunc("GET "+taxonomyPath+"/{type}/{name}", s.definition)
	for _, prefix := range []string{"/adverse-event/", "/taxonomy/"} {
		mux.HandleFunc(prefix, func(w http.ResponseWriter, r *http.Request) {
			s.refuse(w, r, http.StatusNotFound, fault.Code(fault.NotFound), "The interface has no such operation.")
		})
	}
}

// limited bounds what a request may take, and names who sends it.
func (s *server) limited(next func(http.ResponseWriter, *http.Request, []byte)) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ctx, cancel := context.WithTimeout(r.Context(), maxTime)
		defer cancel()
		client, err := s.client(ctx, r)
		if err != nil {
			s.fail(w, r, err)
			return
		}
		r = r.WithContext(authz.NewContext(ctx, client))
		if body, ok := s.body(w, r); ok {
			next(w, r, body)
		}
	})
}

func (s *server) client(ctx context.Context, r *http.Request) (authz.Principal, error) {
	keys := r.Header.Values(KeyHeader)
	if len(keys) != 1 || keys[0] == "" {
		return authz.Principal{}, fault.New(fault.Unauthenticated, "Send the client's key as: "+KeyHeader+": …")
	}
	return s.Clients.Authenticate(ctx, keys[0])
}

// definitions may be kept by clients for an hour; everything else by nobody.
const cacheable = "public, max-age=3600"

func (s *server) metadata(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Cache-Control", cacheable)
	s.answer(w, r, http.StatusOK, stu3.Capabilities(s.translators, s.Base+eventsPath, s.published))
}

func (s *server) definition(w http.ResponseWriter, r *http.Request) {
	for _, translator := range s.translators {
		if definition, ok := translator.Definition(r.PathValue("type"), r.PathValue("name")); ok {
			w.Header().Set("Cache-Control", cacheable)
			s.answer(w, r, http.StatusOK, definition)
			return
		}
	}
	s.refuse(w, r, http.StatusNotFound, fault.Code(fault.NotFound), "The taxonomy defines no such thing.")
}

// isJSON tells whether a request says that its body is plain JSON, of FHIR or not.
func isJSON(r *http.Request) bool {
	if r.Header.Get("Content-Encoding") != "" {
		return false
	}
	kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	return err == nil && (kind == "application/fhir+json" || kind == "application/json" || kind == "application/json+fhir")
}

// refuse answers with one issue about the request as a whole.
func (s *server) refuse(w http.ResponseWriter, r *http.Request, status int, code fault.Code, message string) {
	s.outcome(w, r, status, stu3.Issues{{Severity: stu3.Error, Code: code, Text: message}})
}

func (s *server) outcome(w http.ResponseWriter, r *http.Request, status int, issues stu3.Issues) {
	s.answer(w, r, status, s.latest.Outcome(issues))
}

// fail answers an error, and logs what its caller may not be told.
func (s *server) fail(w http.ResponseWriter, r *http.Request, err error) {
	kind, message := fault.Public(err)
	status := map[fault.Kind]int{
		fault.Unauthenticated: http.StatusUnauthorized, fault.Forbidden: http.StatusForbidden, fault.NotFound: http.StatusNotFound,
		fault.Conflict: http.StatusConflict, fault.RateLimited: http.StatusTooManyRequests, fault.BadUserInput: http.StatusBadRequest,
	}[kind]
	if status == 0 {
		status = http.StatusInternalServerError
		if !errors.Is(err, context.Canceled) {
			s.Log.ErrorContext(r.Context(), "an operation of the FHIR interface failed", "method", r.Method, "error", s.Discreet(err))
		}
	}
	s.refuse(w, r, status, fault.Code(kind), message)
}

func (s *server) answer(w http.ResponseWriter, r *http.Request, status int, resource map[string]any) {
	header := w.Header()
	header.Set("Content-Type", "application/fhir+json; charset=utf-8")
	header.Set("X-Content-Type-Options", "nosniff")
	if header.Get("Cache-Control") == "" {
		header.Set("Cache-Control", "no-store")
	}
	w.WriteHeader(status)
	if err := json.NewEncoder(w).Encode(resource); err != nil {
		s.Log.DebugContext(r.Context(), "an answer of the FHIR interface could not be sent", "method", r.Method)
	}
}
