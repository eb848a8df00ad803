package mailer_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"lfpse/internal/mailer"
)

func TestTheMailboxShowsWhatWouldHaveBeenSent(t *testing.T) {
	box := &mailer.Mailbox{}
	if err := box.Send(t.Context(), message); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		from, host string
		shown      bool
	}{
		"from this machine":                      {"127.0.0.1:5000", "localhost:8080", true},
		"by its number":                          {"[::1]:5000", "[::1]:8080", true},
		"from another machine":                   {"192.0.2.7:5000", "localhost:8080", false},
		"by a name that leads here for somebody": {"127.0.0.1:5000", "attacker.example:8080", false},
	} {
		t.Run(name, func(t *testing.T) {
			r := httptest.NewRequest(http.MethodGet, "/mailbox/", nil)
			r.RemoteAddr, r.Host = c.from, c.host
			w := httptest.NewRecorder()
			box.ServeHTTP(w, r)
			link := `<a href="https://lfpse.example/unlock?token=abc">`
			if strings.Contains(w.Body.String(), link) != c.shown {
				t.Errorf("answered %d %s", w.Code, w.Body)
			}
		})
	}
}
