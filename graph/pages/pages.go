// Package pages is the few pages that links in mails lead to: activating an
// account, choosing a new password, unlocking, deciding about access. They call the services that the
// graph calls, work without JavaScript and load nothing from elsewhere.
//
// There is no cookie to be ridden on: what lets somebody act is a token, of the
// mailed link or of a session begun on the page, which the form sends back. A form
// that another site posts is refused all the same.
package pages

import (
	"context"
	"embed"
	"fmt"
	"html/template"
	"log/slog"
	"net/http"
	"net/netip"
	"time"

	"github.com/google/uuid"

	"lfpse/internal/account"
	"lfpse/internal/authz"
	"lfpse/internal/fault"
)

//go:embed templates/*.html
var files embed.FS

//go:embed pages.css
var style []byte

// maxForm is the largest form that is read, in bytes.
const maxForm = 16 << 10

// Accounts is what the pages are about.
type Accounts interface {
	LinkShows(ctx context.Context, p account.Purpose, token string) (account.Registered, bool, error)
	Activate(ctx context.Context, a account.Activation) (*account.Session, fault.Problems, error)
	ResetQuestion(ctx context.Context, token string) (*string, error)
	RequestReset(ctx context.Context, email string, from netip.Addr) (fault.Problems, error)
	ResetPassword(ctx context.Context, r account.Reset) (*account.Session, fault.Problems, error)
	RequestUnlock(ctx context.Context, email string, from netip.Addr) (fault.Problems, error)
	UnlockAccount(ctx context.Context, token string) (fault.Problems, error)

	SignIn(ctx context.Context, c account.Credentials) (*account.Session, fault.Problems, error)
	Authenticate(ctx context.Context, token string) (account.Caller, error)
	SignOut(ctx context.Context, who account.Caller) (bool, error)
	Named(ctx context.Context, p authz.Principal, ids []uuid.UUID) (map[uuid.UUID]*account.View, error)
}

// Areas name the areas that access is asked for.
type Areas interface {
	AreaName(area authz.Area) string
	Zone() *time.Location
}

// Options are what the pages are made of.
type Options struct {
	Accounts Accounts
	Requests Requests
	Areas    Areas
	Log      *slog.Logger
	// Discreet takes out of an error what the log must not hold.
	Discreet func(error) error
	// Remote answers where a request comes from, for throttling alone.
	Remote func(*http.Request) netip.Addr
}

type pages struct {
	Options
	templates map[string]*template.Template
}

// Register adds the pages to a mux.
func Register(mux *http.ServeMux, o Options) error {
	p := &pages{Options: o, templates: map[string]*template.Template{}}
	for _, name := range []string{"activate", "ask", "reset", "unlock", "signin", "request", "message"} {
		parsed, err := template.ParseFS(files, "templates/layout.html", "templates/"+name+".html")
		if err != nil {
			return fmt.Errorf("reading the page %s: %w", name, err)
		}
		p.templates[name] = parsed
	}
	mux.HandleFunc("GET /pages.css", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/css; charset=utf-8")
		w.Header().Set("X-Content-Type-Options", "nosniff")
		w.Write(style) //nolint:errcheck // the reader has gone
	})
	protection := http.NewCrossOriginProtection()
	for path, one := range map[string]page{"/activate": p.activate, "/reset": p.reset, "/unlock": p.unlock, "/requests/{id}": p.request} {
		mux.Handle(path, protection.Handler(p.serve(one)))
	}
	return nil
}

// page answers a request for one page. What it answers is shown.
type page func(r *http.Request) (shown, error)

// shown is what a page shows.
type shown struct {
	template string
	status   int // 200 where zero
	// done sends the reader to the page's message instead.
	done bool

	Title    string
	Text     []string // paragraphs of a message
	Action   string   // where the form goes, relative to the page
	Root     string   // where the service is, relative to the page; empty for the page's folder
	Token    string
	Name     string
	Email    string
	Question string
	Chosen   string
	Offered  []string
	Problems fault.Problems

	Asked  *asked
	Reason string
	Until  string
}

// Problem is what is wrong with a field of the form; empty for nothing.
func (s shown) Problem(field string) string {
	for _, problem := range s.Problems {
		if len(problem.Path) > 0 && problem.Path[0] == field {
			return problem.Message
		}
	}
	return ""
}

// serve shows a page, or what went wrong in words for everybody.
func (p *pages) serve(one page) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodGet && r.Method != http.MethodHead && r.Method != http.MethodPost {
			w.Header().Set("Allow", "GET, HEAD, POST")
			http.Error(w, "This page is read or sent a form.", http.StatusMethodNotAllowed)
			return
		}
		r.Body = http.MaxBytesReader(w, r.Body, maxForm)
		if err := r.ParseForm(); err != nil {
			p.show(w, r, message(http.StatusBadRequest, "The form could not be read", "Please go back and try again."))
			return
		}
		what, err := one(r)
		if err != nil {
			what = p.failure(r, err)
		}
		if what.done {
			w.Header().Set("Location", what.Action+"?done=1")
			w.WriteHeader(http.StatusSeeOther)
			return
		}
		p.show(w, r, what)
	})
}

func (p *pages) failure(r *http.Request, err error) shown {
	kind, text := fault.Public(err)
	switch kind {
	case fault.RateLimited:
		return message(http.StatusTooManyRequests, "Please wait a little", text)
	case fault.Internal:
		p.Log.ErrorContext(r.Context(), "a page failed", "path", r.URL.Path, "error", p.Discreet(err))
		return message(http.StatusInternalServerError, "Something went wrong", text)
	default:
		return message(http.StatusBadRequest, "This is not possible", text)
	}
}

func message(status int, title string, text ...string) shown {
	return shown{template: "message", status: status, Title: title, Text: text}
}

// policy lets a page load its own style and send its own form, and nothing else.
const policy = "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

func (p *pages) show(w http.ResponseWriter, r *http.Request, what shown) {
	header := w.Header()
	header.Set("Content-Type", "text/html; charset=utf-8")
	header.Set("Content-Security-Policy", policy)
	header.Set("Referrer-Policy", "no-referrer") // the address holds a token
	header.Set("X-Content-Type-Options", "nosniff")
	header.Set("Cross-Origin-Opener-Policy", "same-origin")
	header.Set("Cache-Control", "no-store")
	if what.status == 0 {
		what.status = http.StatusOK
		if len(what.Problems) > 0 {
			what.status = http.StatusUnprocessableEntity
		}
	}
	w.WriteHeader(what.status)
	if err := p.templates[what.template].ExecuteTemplate(w, "layout.html", what); err != nil {
		p.Log.DebugContext(r.Context(), "a page could not be sent", "path", r.URL.Path)
	}
}
