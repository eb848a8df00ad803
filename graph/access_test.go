package graph_test

import (
	"strings"
	"testing"

	"lfpse/internal/mailer/mailertest"
)

const requestFields = "accessRequest { id status routedTo requester { name } decidedBy { name } decisionReason }"

// asks opens a request and answers its id.
func (s *service) asks(reader, role, area string) string {
	s.t.Helper()
	payload := s.say(reader, "requestAccess", "RequestAccessInput", requestFields, map[string]any{
		"role": role, "area": area, "reason": "I look after incidents there.",
	})
	if problems := codes(payload); problems != "" {
		s.t.Fatalf("%s asks for %s on %s: %s", reader, role, area, problems)
	}
	return dig[string](s.t, payload, "accessRequest", "id")
}

func (s *service) approves(reader, id string, change map[string]any) map[string]any {
	s.t.Helper()
	input := map[string]any{"id": id}
	for key, value := range change {
		input[key] = value
	}
	return s.say(reader, "approveAccessRequest", "DecideAccessRequestInput", requestFields, input)
}

func (s *service) rejects(reader, id string) map[string]any {
	s.t.Helper()
	return s.say(reader, "rejectAccessRequest", "DecideAccessRequestInput", requestFields, map[string]any{"id": id, "reason": "Nobody knows you there."})
}

func (s *service) revokes(reader, grant string) map[string]any {
	s.t.Helper()
	return s.say(reader, "revokeGrant", "RevokeGrantInput", "revokedId warning", map[string]any{"id": grant, "reason": "They moved on."})
}

// holds are the grants of a reader's, as "ROLE area" with their ids.
func (s *service) holds(reader string) map[string]string {
	s.t.Helper()
	answer := s.ask(reader, "{ viewer { grants { id role area { odsCode } } } }", nil)
	held := map[string]string{}
	for _, grant := range dig[[]any](s.t, answer, "data", "viewer", "grants") {
		held[dig[string](s.t, grant, "role")+" "+dig[string](s.t, grant, "area", "odsCode")] = dig[string](s.t, grant, "id")
	}
	return held
}

// toDecide are the ids of what waits for a reader's decision.
func (s *service) toDecide(reader string) []string {
	s.t.Helper()
	answer := s.ask(reader, "{ accessRequests { totalCount nodes { id } } }", nil)
	var ids []string
	for _, request := range dig[[]any](s.t, answer, "data", "accessRequests", "nodes") {
		ids = append(ids, dig[string](s.t, request, "id"))
	}
	if total := dig[float64](s.t, answer, "data", "accessRequests", "totalCount"); int(total) != len(ids) {
		s.t.Errorf("%v are counted, %d listed", total, len(ids))
	}
	return ids
}

// refused answers the code of a mutation's error.
func (s *service) refused(reader, document string, variables map[string]any) string {
	s.t.Helper()
	answer := s.ask(reader, document, variables)
	errors, _ := answer["errors"].([]any)
	if len(errors) == 0 {
		return ""
	}
	return dig[string](s.t, errors[0], "extensions", "code")
}

const (
	approval = `mutation($id: ID!) { approveAccessRequest(input: {id: $id}) { accessRequest { id } userErrors { code } } }`
	taking   = `mutation($id: ID!) { revokeGrant(input: {id: $id, reason: "x"}) { revokedId userErrors { code } } }`
)

// The whole journey: who registers is trusted with their trust's events by
// somebody else, and loses them again, each on the very next question.
func TestSomebodyIsTrustedAndLosesItAgain(t *testing.T) {
	s := newService(t)
	post := s.post()
	event, _ := s.record(reporter, map[string]any{"kind": "INCIDENT", "description": "The call bell did not ring."})
	const email = "nadia@nhs.net"
	s.member(post, email)
	const nadia = "nadia"
	s.tokens[nadia] = dig[string](t, s.tryToSignIn(email, newPassword), "session", "accessToken")
	sees := func() bool {
		return strings.Contains(s.raw(nadia, "query($id: ID!) { event(id: $id) { id } events { nodes { id } } }", map[string]any{"id": event}), event)
	}
	if sees() {
		t.Fatal("somebody who has just registered sees what others recorded")
	}
	id := s.asks(nadia, "ORGANISATIONAL", "RGT")
	mail := post.Wait(t, "admin@staff.example", 1)
	if mail.Link() != "https://lfpse.example/requests/"+id || strings.Contains(mail.Text, "Nadia") || strings.Contains(mail.Text, "I look after") {
		t.Errorf("the admin is told %s", mail.Text)
	}
	if got := s.toDecide(admin); len(got) != 1 || got[0] != id {
		t.Errorf("the admin is to decide about %v", got)
	}
	if sees() {
		t.Error("asking is enough")
	}
	approved := dig[map[string]any](t, s.approves(admin, id, nil), "accessRequest")
	if approved["status"] != "APPROVED" || dig[string](t, approved, "decidedBy", "name") != "Kwame Asante" {
		t.Errorf("approved, it is %v", approved)
	}
	if !sees() {
		t.Error("the next question does not see the new right")
	}
	if mail := post.Wait(t, email, 3); !strings.Contains(mail.Subject, "was approved") {
		t.Errorf("the requester is told %q", mail.Subject)
	}
	grant := s.holds(nadia)["ORGANISATIONAL RGT"]
	if payload := s.revokes(admin, grant); payload["revokedId"] != grant || payload["warning"] != nil {
		t.Errorf("revoking: %v", payload)
	}
	if sees() {
		t.Error("the next question still sees what was revoked")
	}
	if mail := post.Wait(t, email, 4); !strings.Contains(mail.Subject, "access has ended") {
		t.Errorf("whoever held it is told %q", mail.Subject)
	}
	if got := s.holds(nadia); len(got) != 1 || got["STANDARD RGT"] == "" {
		t.Errorf("left are %v", got)
	}
	s.auditHas("access_request.opened", "access_request.approved", "grant.revoked")
}

// auditHas tells which of some actions the audit trail lacks.
func (s *service) auditHas(actions ...string) {
	s.t.Helper()
	var found []string
	if err := s.db.NewRaw("SELECT action FROM audit_entry").Scan(s.t.Context(), &found); err != nil {
		s.t.Fatal(err)
	}
	for _, action := range actions {
		if !strings.Contains(strings.Join(found, "\n"), action) {
			s.t.Errorf("the audit trail has no %s", action)
		}
	}
}

func nobodyWasTold(t *testing.T, post *mailertest.Server, address string) {
	t.Helper()
	for _, mail := range post.Mails() {
		if mail.To == address {
			t.Errorf("%s was told %q", address, mail.Subject)
		}
	}
}
