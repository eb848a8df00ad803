package graph_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
)

// signInOn signs somebody in on the page of a request.
func (s *service) signInOn(path, reader, password string) answerOf {
	s.t.Helper()
	return s.browse(path, url.Values{"email": {strings.ReplaceAll(reader, " ", ".") + "@staff.example"}, "password": {password}}, nil)
}

func TestARequestIsDecidedOnItsPage(t *testing.T) {
	t.Parallel()
	s := newService(t)
	post := s.post()
	s.asks(colleague, "ORGANISATIONAL", "RGT")
	path := pathOf(post.Wait(t, "admin@staff.example", 1).Link())
	asking := s.browse(path, nil, nil)
	if asking.status != http.StatusOK || strings.Contains(asking.body, "Wilczek") || strings.Contains(asking.body, "I look after") || !strings.Contains(asking.body, `href="../pages.css"`) {
		t.Fatalf("the link alone shows %d %s", asking.status, asking.body)
	}
	if wrong := s.signInOn(path, admin, "a wrong one altogether"); wrong.status != http.StatusUnprocessableEntity || strings.Contains(wrong.body, "Wilczek") {
		t.Errorf("a wrong password shows %d %s", wrong.status, wrong.body)
	}
	shown := s.signInOn(path, admin, password)
	for _, part := range []string{"Tomasz Wilczek", "colleague@staff.example", "Cambridge", "organisational", "I look after incidents there."} {
		if !strings.Contains(shown.body, part) {
			t.Errorf("the page does not say %q: %s", part, shown.body)
		}
	}
	token := shown.token(t)
	unreasoned := s.browse(path, url.Values{"token": {token}, "decision": {"reject"}}, nil)
	if unreasoned.status != http.StatusUnprocessableEntity || !strings.Contains(unreasoned.body, `id="reason-problem"`) {
		t.Errorf("a rejection without a reason is answered %d %s", unreasoned.status, unreasoned.body)
	}
	if odd := s.browse(path, url.Values{"token": {token}, "decision": {"approve"}, "until": {"soon"}}, nil); !strings.Contains(odd.body, `id="until-problem"`) {
		t.Errorf("a last day that is none is answered %d %s", odd.status, odd.body)
	}
	done := s.browse(path, url.Values{"token": {token}, "decision": {"approve"}, "until": {"2099-01-31"}}, nil)
	if done.status != http.StatusOK || !strings.Contains(done.body, "Approved, by Kwame Asante") || strings.Contains(done.body, `name="token"`) {
		t.Errorf("approving is answered %d %s", done.status, done.body)
	}
	if s.holds(colleague)["ORGANISATIONAL RGT"] == "" {
		t.Error("the requester holds nothing")
	}
	if again := s.browse(path, url.Values{"token": {token}, "decision": {"reject"}, "reason": {"No."}}, nil); !strings.Contains(again.body, "sign in again") {
		t.Errorf("the session goes on after the decision: %s", again.body)
	}
}

func TestThePageOfARequestShowsNothingToOthers(t *testing.T) {
	t.Parallel()
	s := newService(t)
	id := s.asks(colleague, "ORGANISATIONAL", "RGT")
	before := s.openSessions()
	const none = "accessrequest_0123456789abcdef0123456789abcdef"
	for _, reader := range []string{reporter, organisational, readOnlyICB, elsewhere, adminElsewhere} {
		hidden, never := s.signInOn("/requests/"+id, reader, password), s.signInOn("/requests/"+none, reader, password)
		if hidden.body != never.body || hidden.status != http.StatusNotFound {
			t.Errorf("%s is shown %d %s", reader, hidden.status, hidden.body)
		}
	}
	for _, reader := range []string{colleague, lead} {
		shown := s.signInOn("/requests/"+id, reader, password)
		if !strings.Contains(shown.body, "not yours to make") || strings.Contains(shown.body, "<form") {
			t.Errorf("%s is shown %s", reader, shown.body)
		}
	}
	if left := s.openSessions(); left != before {
		t.Errorf("the pages leave %d sessions open", left-before)
	}
}

func (s *service) openSessions() (open int) {
	s.t.Helper()
	if err := s.db.NewRaw("SELECT count(*) FROM session_family WHERE revoked_at IS NULL").Scan(s.t.Context(), &open); err != nil {
		s.t.Fatal(err)
	}
	return open
}

// Whoever guesses on a decision page locks the account as by signIn.
func TestGuessingOnAPageOfARequestLocksAnAccount(t *testing.T) {
	t.Parallel()
	s := newService(t)
	id := s.asks(colleague, "ORGANISATIONAL", "RGT")
	for range 10 {
		if got := s.signInOn("/requests/"+id, admin, "a wrong one altogether"); got.status != http.StatusUnprocessableEntity {
			t.Fatalf("answered %d", got.status)
		}
	}
	if got := s.signInOn("/requests/"+id, admin, password); got.status == http.StatusOK {
		t.Errorf("the right password still shows %s", got.body)
	}
}
