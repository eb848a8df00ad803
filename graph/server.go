// Package graph serves the schema over HTTP: who asks, how much may be asked,
// what is shown, what an error says, and GraphiQL.
package graph

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/netip"
	"strings"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/handler"
	"github.com/99designs/gqlgen/graphql/handler/extension"
	"github.com/99designs/gqlgen/graphql/handler/lru"
	"github.com/99designs/gqlgen/graphql/handler/transport"
	"github.com/vektah/gqlparser/v2/ast"

	"lfpse/db/loader"
	"lfpse/graph/fhir"
	"lfpse/graph/generated"
	"lfpse/graph/pages"
	"lfpse/internal/client"
	"lfpse/internal/fault"
	"lfpse/resolvers"
)

const (
	// maxBody is the largest request that is read, in bytes, as EventInput says: an
	// event with every text at its longest fits, in letters of a byte each.
	maxBody = 4 << 20
	// maxTime is how long one request may take.
	maxTime = 30 * time.Second
	// cachedDocuments is how many parsed and validated documents are kept.
	cachedDocuments = 1000
)

// Options are what a server is made of.
type Options struct {
	Resolver *resolvers.Resolver
	Policy   Classes
	Log      *slog.Logger
	// GraphiQL serves the page at /graphiql/; nil for none.
	GraphiQL http.Handler
	// Mailbox shows mails at /mailbox/ instead of sending them; nil for none.
	Mailbox http.Handler
	// Address is where the service is reached, such as https://lfpse.example.
	Address string
	// Discreet takes out of an error what the log must not hold: databases
	// quote values. Nil where no error does.
	Discreet func(error) error
	// Ready answers an error while the service cannot answer questions.
	Ready func(context.Context) error
	// Copies hold what is read; nil for none.
	Copies Copies
}

func (o Options) discreet() func(error) error {
	if o.Discreet == nil {
		return func(err error) error { return err }
	}
	return o.Discreet
}

// New makes the handler of everything that the service serves: /graphql,
// /graphiql/, the files of exports, the pages that mails lead to, the FHIR interface, /mailbox/, /healthz
// and /readyz.
func New(o Options) (http.Handler, error) {
	mux := http.NewServeMux()
	err := pages.Register(mux, pages.Options{
		Accounts: o.Resolver.Accounts, Requests: o.Resolver.AccessRequests, Areas: o.Resolver.Geography,
		Log: o.Log, Discreet: o.discreet(), Remote: remote,
	})
	if err != nil {
		return nil, err
	}
	turns := NewTurns(costAtOnce)
	mux.Handle("/graphql", unstored(begun(o, principal(o, limited(turns.Around(NewGraphQL(o, turns)))))))
	mux.Handle(ExportsPath+"{secret}", unstored(downloads{o}))
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { say(w, http.StatusOK, "ok") })
	mux.HandleFunc("GET /readyz", func(w http.ResponseWriter, r *http.Request) { ready(o, w, r) })
	fhir.Register(mux, fhir.Options{
		Clients: o.Resolver.Clients, Events: o.Resolver.Events, Governance: o.Resolver.Governance, Taxonomy: o.Resolver.Taxonomy, Base: o.Address,
		Log: o.Log, Discreet: o.discreet(), Now: o.Resolver.Now,
	})
	if o.GraphiQL != nil {
		mux.Handle("/graphiql/", http.StripPrefix("/graphiql", o.GraphiQL))
		mux.Handle("GET /{$}", http.RedirectHandler("/graphiql/", http.StatusSeeOther))
	}
	if o.Mailbox != nil {
		mux.Handle("GET /mailbox/{$}", o.Mailbox)
	}
	return mux, nil
}

// NewGraphQL makes the handler of the graph alone, locks included. Large operations take their
// turns, where the handler is within theirs.
func NewGraphQL(o Options, turns Turns) *handler.Server {
	schema := generated.NewExecutableSchema(generated.Config{Resolvers: o.Resolver, Complexity: costs()})
	server := handler.New(schema)
	server.AddTransport(transport.Options{})
	server.AddTransport(transport.GET{})
	server.AddTransport(transport.POST{})
	server.SetQueryCache(lru.New[*ast.QueryDocument](cachedDocuments))
	server.SetErrorPresenter(presenter(o.Log, o.discreet()))
	server.SetRecoverFunc(recoverer(o.Log))
	server.Use(NewQueryGuard())
	server.Use(EntityGuard{})
	server.Use(extension.FixedComplexityLimit(maxCost))
	server.Use(turns) // which costs what the limit has found
	server.Use(FieldGuard{Policy: o.Policy, Log: o.Log})
	server.Use(extension.Introspection{})
	if o.Copies != nil {
		server.AroundOperations(freed(o.Copies))
	}
	return server
}

// recoverer turns a panic into an internal fault. What was thrown may hold
// patient data: its type is logged, its value is not.
func recoverer(log *slog.Logger) graphql.RecoverFunc {
	return func(ctx context.Context, thrown any) error {
		if err, ok := thrown.(error); ok {
			return fault.Wrap(fault.Internal, "", err)
		}
		log.ErrorContext(ctx, "a resolver panicked")
		return fault.New(fault.Internal, "")
	}
}

// unstored keeps answers out of every cache: browsers are shared in hospitals,
// and a query may come by GET.
func unstored(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Cache-Control", "no-store")
		next.ServeHTTP(w, r)
	})
}

func limited(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ctx, cancel := context.WithTimeout(r.Context(), maxTime)
		defer cancel()
		r.Body = http.MaxBytesReader(w, r.Body, maxBody)
		next.ServeHTTP(w, r.WithContext(ctx))
	})
}

// principal names who asks, and gives the request loaders of its own. A token
// that is no longer good is refused; no token is nobody.
func principal(o Options, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		request := resolvers.Request{From: remote(r)}
		token, given, err := bearer(r)
		if err == nil && given {
			request, err = named(r.Context(), o.Resolver, request, token)
		}
		if err != nil {
			refuse(w, r, o.Log, o.discreet(), err)
			return
		}
		ctx := resolvers.NewContext(r.Context(), request)
		ctx = loader.NewContext(ctx, loader.New(o.Resolver.Events, o.Resolver.Accounts, o.Resolver.Governance))
		next.ServeHTTP(w, r.WithContext(ctx))
	})
}

// named answers a request with who comes with a token: a client with its key, or
// else an account.
func named(ctx context.Context, r *resolvers.Resolver, request resolvers.Request, token string) (resolvers.Request, error) {
	if client.IsKey(token) {
		p, err := r.Clients.Authenticate(ctx, token)
		request.Client = &p
		return request, err
	}
	c, err := r.Accounts.Authenticate(ctx, token)
	request.Caller = &c
	return request, err
}

// bearer reads the request's token; given is false where there is none.
func bearer(r *http.Request) (token string, given bool, err error) {
	header := r.Header.Get("Authorization")
	if header == "" {
		return "", false, nil
	}
	scheme, token, found := strings.Cut(header, " ")
	if !found || !strings.EqualFold(scheme, "Bearer") || token == "" {
		return "", false, fault.New(fault.Unauthenticated, "Send the access token as: Authorization: Bearer …")
	}
	return token, true, nil
}

// remote is the address that the request came from. Nothing keeps it: it is
// for throttling sign-ins.
func remote(r *http.Request) netip.Addr {
	at, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil {
		return netip.Addr{}
	}
	return at.Addr()
}

// refuse answers a request that was not looked at.
func refuse(w http.ResponseWriter, r *http.Request, log *slog.Logger, discreet func(error) error, err error) {
	kind, message := fault.Public(err)
	status := http.StatusUnauthorized
	if kind == fault.Internal {
		status = http.StatusInternalServerError
		if !errors.Is(err, context.Canceled) {
			log.ErrorContext(r.Context(), "a caller could not be named", "error", discreet(err))
		}
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	if status == http.StatusUnauthorized {
		w.Header().Set("WWW-Authenticate", `Bearer error="invalid_token"`)
	}
	w.WriteHeader(status)
	answer := map[string]any{"errors": []any{map[string]any{
		"message": message, "extensions": map[string]any{"code": kind},
	}}}
	if err := json.NewEncoder(w).Encode(answer); err != nil {
		log.DebugContext(r.Context(), "a refusal could not be sent", "error", err)
	}
}

func ready(o Options, w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithTimeout(r.Context(), 2*time.Second)
	defer cancel()
	if err := o.Ready(ctx); err != nil {
		o.Log.WarnContext(ctx, "not ready", "error", o.discreet()(err))
		say(w, http.StatusServiceUnavailable, "not ready")
		return
	}
	say(w, http.StatusOK, "ready")
	if o.Copies == nil {
		return
	}
	for _, line := range o.Copies.Standing() {
		io.WriteString(w, line+"\n") //nolint:errcheck // the caller has gone
	}
}

func say(w http.ResponseWriter, status int, text string) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	w.Write([]byte(text + "\n")) //nolint:errcheck // the caller has gone
}
