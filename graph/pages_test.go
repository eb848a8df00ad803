package graph_test

import (
	"fmt"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"lfpse/internal/account"
)

// answerOf is what a page answers.
type answerOf struct {
	status int
	header http.Header
	body   string
}

// browse reads a page, or sends its form, as a browser without JavaScript does;
// what it is sent to next, it reads.
func (s *service) browse(path string, form url.Values, change func(*http.Request)) answerOf {
	s.t.Helper()
	method, body := http.MethodGet, ""
	if form != nil {
		method, body = http.MethodPost, form.Encode()
	}
	r := must[*http.Request](s.t)(http.NewRequestWithContext(s.t.Context(), method, s.server.URL+path, strings.NewReader(body)))
	if form != nil {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Header.Set("Sec-Fetch-Site", "same-origin")
	}
	if change != nil {
		change(r)
	}
	response := must[*http.Response](s.t)(http.DefaultClient.Do(r))
	defer response.Body.Close()
	return answerOf{response.StatusCode, response.Header, string(must[[]byte](s.t)(io.ReadAll(response.Body)))}
}

// pathOf is a mailed link below the service's address.
func pathOf(link string) string { return strings.TrimPrefix(link, "https://lfpse.example") }

var (
	hiddenForm = regexp.MustCompile(`name="token" value="([^"]+)"`)
	titleForm  = regexp.MustCompile(`<h1>([^<]*)</h1>`)
)

func (a answerOf) title() string {
	if found := titleForm.FindStringSubmatch(a.body); found != nil {
		return found[1]
	}
	return ""
}

// token is what the page's form sends back.
func (a answerOf) token(t *testing.T) string {
	t.Helper()
	found := hiddenForm.FindStringSubmatch(a.body)
	if found == nil {
		t.Fatalf("the form has no token: %s", a.body)
	}
	return found[1]
}

func TestSomebodyJoinsByThePages(t *testing.T) {
	t.Parallel()
	s := newService(t)
	post := s.post()
	email := "nadia@nhs.net"
	s.register(email, nil)
	link := pathOf(post.Wait(t, email, 1).Link())
	shown := s.browse(link, nil, nil)
	if shown.title() != "Activate your account" || !strings.Contains(shown.body, "Nadia Haddad") || !strings.Contains(shown.body, email) {
		t.Fatalf("the link shows %d %s", shown.status, shown.body)
	}
	form := url.Values{"token": {shown.token(t)}, "password": {"qwerty123456"}, "securityQuestion": {question}, "securityAnswer": {""}}
	refused := s.browse("/activate", form, nil)
	if refused.status != http.StatusUnprocessableEntity || strings.Contains(refused.body, "qwerty") ||
		!strings.Contains(refused.body, `id="password-problem"`) || !strings.Contains(refused.body, `id="securityAnswer-problem"`) ||
		!strings.Contains(refused.body, "<option selected>"+question) {
		t.Errorf("a weak password is answered %d %s", refused.status, refused.body)
	}
	form.Set("token", refused.token(t))
	form.Set("password", newPassword)
	form.Set("securityAnswer", reply)
	if done := s.browse("/activate", form, nil); done.title() != "Your account is active" {
		t.Fatalf("activating is answered %d %s", done.status, done.body)
	}
	if again := s.browse(link, nil, nil); again.status != http.StatusGone {
		t.Errorf("the link a second time: %d %s", again.status, again.body)
	}
	if payload := s.tryToSignIn(email, newPassword); payload["session"] == nil {
		t.Errorf("signing in: %s", codes(payload))
	}
	var sessions int
	err := s.db.NewRaw("SELECT count(*) FROM session_family f JOIN account a ON a.id = f.account_id WHERE a.email = ?", email).Scan(t.Context(), &sessions)
	if err != nil || sessions != 1 {
		t.Errorf("%d sessions have begun, want the one by the graph; %v", sessions, err)
	}
}

func TestAPasswordIsResetByThePages(t *testing.T) {
	t.Parallel()
	s := newService(t)
	post := s.post()
	email := "nadia@nhs.net"
	s.member(post, email)
	if asked := s.browse("/reset", url.Values{"email": {email}}, nil); asked.title() != "Look for a mail" {
		t.Fatalf("asking is answered %d %s", asked.status, asked.body)
	}
	shown := s.browse(pathOf(post.Wait(t, email, 3).Link()), nil, nil)
	if !strings.Contains(shown.body, question) {
		t.Fatalf("the link shows %s", shown.body)
	}
	form := url.Values{"token": {shown.token(t)}, "password": {"a kettle, two herons and rain"}, "securityAnswer": {"Mr Smith"}}
	if refused := s.browse("/reset", form, nil); !strings.Contains(refused.body, `id="securityAnswer-problem"`) {
		t.Errorf("a wrong answer is answered %d %s", refused.status, refused.body)
	}
	form.Set("securityAnswer", reply)
	if done := s.browse("/reset", form, nil); done.title() != "Your password is changed" {
		t.Fatalf("answered %d %s", done.status, done.body)
	}
	if payload := s.tryToSignIn(email, "a kettle, two herons and rain"); payload["session"] == nil {
		t.Errorf("signing in: %s", codes(payload))
	}
}

func TestAnAccountIsUnlockedByThePages(t *testing.T) {
	t.Parallel()
	s := newService(t)
	token := s.link("UNLOCK", "LOCKED")
	shown := s.browse("/unlock?token="+token, nil, nil)
	if shown.title() != "Unlock your account" {
		t.Fatalf("the link shows %d %s", shown.status, shown.body)
	}
	if done := s.browse("/unlock", url.Values{"token": {shown.token(t)}}, nil); done.title() != "Your account is unlocked" {
		t.Errorf("answered %d %s", done.status, done.body)
	}
}

// A reader that follows links by itself, as mail scanners do, uses nothing up.
func TestReadingAPageChangesNothing(t *testing.T) {
	t.Parallel()
	s := newService(t)
	for purpose, status := range map[string]string{"ACTIVATE": "AWAITING_ACTIVATION", "RESET": "ACTIVE", "UNLOCK": "LOCKED"} {
		path := map[string]string{"ACTIVATE": "/activate", "RESET": "/reset", "UNLOCK": "/unlock"}[purpose]
		token := s.link(account.Purpose(purpose), account.Status(status))
		for range 2 {
			if shown := s.browse(path+"?token="+token, nil, nil); shown.status != http.StatusOK || shown.token(t) != token {
				t.Errorf("%s shows %d", path, shown.status)
			}
		}
	}
}

func TestPagesLoadNothingAndAreSentByNobodyElse(t *testing.T) {
	t.Parallel()
	s := newService(t)
	token := s.link("UNLOCK", "LOCKED")
	for _, path := range []string{"/activate", "/reset", "/reset?token=nothing", "/unlock?token=" + token, "/unlock?done=1"} {
		shown := s.browse(path, nil, nil)
		for name, want := range map[string]string{
			"Content-Security-Policy": "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
			"Referrer-Policy":         "no-referrer", "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff",
		} {
			if got := shown.header.Get(name); got != want {
				t.Errorf("%s: %s is %q", path, name, got)
			}
		}
		if strings.Contains(shown.body, "<script") || strings.Contains(shown.body, "style=") || strings.Contains(shown.body, "//") || shown.header.Get("Set-Cookie") != "" {
			t.Errorf("%s: %s", path, shown.body)
		}
		labels, fields := strings.Count(shown.body, "<label for="), strings.Count(shown.body, "<input id=")+strings.Count(shown.body, "<select id=")
		if labels != fields || !strings.Contains(shown.body, `<html lang="en">`) {
			t.Errorf("%s has %d labels for %d fields", path, labels, fields)
		}
	}
	for name, change := range map[string]func(*http.Request){
		"another site's form": func(r *http.Request) { r.Header.Set("Sec-Fetch-Site", "cross-site") },
		"another origin's form": func(r *http.Request) {
			r.Header.Del("Sec-Fetch-Site")
			r.Header.Set("Origin", "https://attacker.example")
		},
	} {
		if got := s.browse("/unlock", url.Values{"token": {token}}, change); got.status != http.StatusForbidden {
			t.Errorf("%s is answered %d %s", name, got.status, got.body)
		}
	}
}

func TestAskingOnAPageTellsNothing(t *testing.T) {
	t.Parallel()
	s := newService(t)
	for _, path := range []string{"/reset", "/unlock"} {
		known := s.browse(path, url.Values{"email": {"reporter@staff.example"}}, nil)
		unknown := s.browse(path, url.Values{"email": {"stranger@staff.example"}}, nil)
		if known.body != unknown.body || known.status != unknown.status {
			t.Errorf("%s answers %s and %s", path, known.body, unknown.body)
		}
		typed := "nobody <b>at</b> all"
		if got := s.browse(path, url.Values{"email": {typed}}, nil); got.status != http.StatusUnprocessableEntity || strings.Contains(got.body, "nobody") {
			t.Errorf("%s answers what is no address with %d %s", path, got.status, got.body)
		}
	}
	large := url.Values{"email": {strings.Repeat("a", 1<<16)}}
	if got := s.browse("/reset", large, nil); got.status != http.StatusBadRequest {
		t.Errorf("a form that is too large: %d", got.status)
	}
	for range 5 {
		s.browse("/reset", url.Values{"email": {"stranger@staff.example"}}, nil)
	}
	if got := s.browse("/reset", url.Values{"email": {"stranger@staff.example"}}, nil); got.status != http.StatusTooManyRequests {
		t.Errorf("asked too often: %d", got.status)
	}
	if got := s.browse("/reset", nil, func(r *http.Request) { r.Method = http.MethodDelete }); got.status != http.StatusMethodNotAllowed {
		t.Errorf("another method: %d %s", got.status, fmt.Sprint(got.header))
	}
}
