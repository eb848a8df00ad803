// Package graphiql serves GraphiQL, the browser's workbench for a GraphQL service, from the binary itself.
//
// The page needs nothing from anywhere else: scripts, styles, fonts and workers are embedded, and a content security
// policy keeps the browser from asking any other origin for anything. The sources of the page are in app, its build in
// dist.
package graphiql

import (
	"cmp"
	"embed"
	"encoding/json"
	"net/http"
	"path"
	"strings"
)

// The page's files, each compressed by the build: dist/index.html.gz and so on.
//
//go:embed all:dist
var dist embed.FS

// Options say what the page offers.
type Options struct {
	// Endpoint is the absolute path of the GraphQL endpoint on the same origin; empty means /graphql. Another origin
	// would be refused by the page's content security policy.
	Endpoint string
	// Accounts can be signed in to with one click. Their passwords go to everybody who opens the page: accounts of
	// invented people on a demonstration only. Without any the page has a sign-in form alone.
	Accounts []Account
	// Title stands above the editor and in the browser's tab; empty means GraphiQL.
	Title string
}

// An Account is a sample account of a demonstration.
type Account struct {
	// Role is what the account may do, in words, such as "Administrator".
	Role string `json:"role"`
	// Area is where, in words, such as an organisation's name.
	Area string `json:"area"`
	// Name is the invented person's.
	Name string `json:"name"`
	// Email and Password are what signIn takes.
	Email    string `json:"email"`
	Password string `json:"password"`
}

// config is what the page reads when it starts.
type config struct {
	Title      string      `json:"title"`
	Endpoint   string      `json:"endpoint"`
	Accounts   []Account   `json:"accounts"`
	Operations []Operation `json:"operations"`
}

type handler struct {
	config config
}

// New returns a handler for the page and what belongs to it. It answers the paths /, /config.json, /licences.md and
// /assets/…, so that elsewhere than at the root it is mounted with its prefix stripped:
//
//	mux.Handle("/graphiql/", http.StripPrefix("/graphiql", graphiql.New(options)))
//
// The page finds its parts relative to its own address, which therefore has to end in a slash.
func New(opts Options) http.Handler {
	return &handler{config{
		Title:      cmp.Or(opts.Title, "GraphiQL"),
		Endpoint:   cmp.Or(opts.Endpoint, "/graphql"),
		Accounts:   append([]Account{}, opts.Accounts...),
		Operations: Operations(),
	}}
}

func (h *handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	setSecurityHeaders(w.Header())
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		http.Error(w, "method not allowed", http.StatusMethodNotAllowed)
		return
	}
	switch name := strings.TrimPrefix(r.URL.Path, "/"); {
	case name == "":
		serveFile(w, r, "index.html", "no-store")
	case name == "config.json":
		h.serveConfig(w)
	case name == "licences.md":
		serveFile(w, r, name, "no-cache")
	case path.Dir(name) == "assets":
		// A name contains a hash of the content: what it names never changes.
		serveFile(w, r, name, "public, max-age=31536000, immutable")
	default:
		http.NotFound(w, r)
	}
}

func (h *handler) serveConfig(w http.ResponseWriter) {
	body, err := json.Marshal(h.config)
	if err != nil {
		http.Error(w, "the configuration could not be written", http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	w.Write(body)
}
