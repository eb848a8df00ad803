package graph_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"lfpse/internal/access"
	"lfpse/internal/account"
)

// The whole journey, with real mail and two services on one database: who
// registers is trusted with their trust's events by somebody else, and loses them
// again, each on the very next question to either service.
func TestSomebodyIsTrustedAndLosesItAgain(t *testing.T) {
	t.Parallel()
	s := newService(t)
	post := s.post()
	j := &journey{service: s, other: s.twin()}
	event, reference := s.record(reporter, map[string]any{"kind": "INCIDENT", "description": "The call bell did not ring."})
	const email = "nadia@nhs.net"

	s.register(email, nil)
	activation := post.Wait(t, email, 1)
	if got := codes(s.tryToSignIn(email, newPassword)); got != "INVALID email" {
		t.Errorf("before the link was used, signing in is answered %q", got)
	}
	if got := codes(s.activate(activation.Token())); got != "" {
		t.Fatalf("activating: %s", got)
	}
	if got := codes(s.activate(activation.Token())); got == "" {
		t.Error("the link is good twice")
	}
	if welcome := post.Wait(t, email, 2); strings.Contains(welcome.Text, newPassword) {
		t.Errorf("the welcome says %s", welcome.Text)
	}
	j.enter(email)
	j.sees(event, reference, false, "who has just registered")

	id := s.asks(nadia, "ORGANISATIONAL", "RGT")
	mail := post.Wait(t, "admin@staff.example", 1)
	if mail.Link() != "https://lfpse.example/requests/"+id || strings.Contains(mail.Text, "Nadia") || strings.Contains(mail.Text, "I look after") {
		t.Errorf("the admin is told %s", mail.Text)
	}
	if got := s.toDecide(admin); len(got) != 1 || got[0] != id {
		t.Errorf("the admin is to decide about %v", got)
	}
	j.sees(event, reference, false, "who has asked")
	if got := s.refused(nadia, approval, map[string]any{"id": id}); got != "FORBIDDEN" {
		t.Errorf("whoever asks and approves is answered %q", got)
	}

	approved := dig[map[string]any](t, s.approves(admin, id, nil), "accessRequest")
	if approved["status"] != "APPROVED" || dig[string](t, approved, "decidedBy", "name") != "Kwame Asante" {
		t.Errorf("approved, it is %v", approved)
	}
	j.sees(event, reference, true, "who was approved")
	if mail := post.Wait(t, email, 3); !strings.Contains(mail.Subject, "was approved") {
		t.Errorf("the requester is told %q", mail.Subject)
	}
	download := j.downloads()

	grant := s.holds(nadia)["ORGANISATIONAL RGT"]
	revoked := time.Now()
	if payload := s.revokes(admin, grant); payload["revokedId"] != grant || payload["warning"] != nil {
		t.Errorf("revoking: %v", payload)
	}
	j.sees(event, reference, false, "whose grant was revoked")
	select {
	case <-download.Done():
		t.Logf("by %v after the revocation began, the other service had ended the download", time.Since(revoked))
		if context.Cause(download) != access.ErrEnded {
			t.Errorf("the download ended with %v", context.Cause(download))
		}
	case <-time.After(10 * time.Second):
		t.Error("a download goes on")
	}
	if mail := post.Wait(t, email, 4); !strings.Contains(mail.Subject, "access has ended") {
		t.Errorf("whoever held it is told %q", mail.Subject)
	}
	if got := s.holds(nadia); len(got) != 1 || got["STANDARD RGT"] == "" {
		t.Errorf("left are %v", got)
	}
	s.auditHas("account.registered", "account.activated", "session.opened", "access_request.opened", "access_request.approved", "grant.revoked")
	if got := len(post.To(email)); got != 4 {
		t.Errorf("%d mails came", got)
	}
}

const nadia = "nadia"

// journey is somebody's way through two services.
type journey struct {
	*service
	other *service
	watch *heard // of the other service
}

// enter signs somebody in at one service, for both.
func (j *journey) enter(email string) {
	j.t.Helper()
	j.tokens[nadia] = dig[string](j.t, j.tryToSignIn(email, newPassword), "session", "accessToken")
	j.other.tokens[nadia] = j.tokens[nadia]
	j.watch = j.other.listen(time.Hour)
}

// sees asks both services about another's event, through every door.
func (j *journey) sees(event, reference string, want bool, who string) {
	j.t.Helper()
	for name, document := range doors {
		if name == "viewer's events" || name == "site's events" || name == "events, filtered" || name == "events, searched" {
			continue // in which the event is not
		}
		for at, service := range []*service{j.service, j.other} {
			if got := service.raw(nadia, through(document, event, reference), nil); strings.Contains(got, event) != want {
				j.t.Errorf("service %d: %s, %s, is answered %s", at, who, name, got)
			}
		}
	}
}

// downloads begins something at the other service that goes on until it is ended.
func (j *journey) downloads() context.Context {
	j.t.Helper()
	caller := must[account.Caller](j.t)(j.other.accounts.Authenticate(j.t.Context(), j.tokens[nadia]))
	running, stop := j.watch.watch.While(j.t.Context(), caller.Principal, caller.Family)
	j.t.Cleanup(stop)
	return running
}
