package graph_test

import (
	"strings"
	"sync"
	"testing"
	"time"

	"lfpse/db"
	"lfpse/internal/accessrequest"
	"lfpse/internal/authz"
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

// told are the subjects of the mails that somebody has had.
func told(post *mailertest.Server, address string) []string {
	var subjects []string
	for _, mail := range post.To(address) {
		subjects = append(subjects, mail.Subject)
	}
	return subjects
}

// appoint gives a reader a grant as if it had been approved long ago.
func (s *service) appoint(reader string, role authz.Role, kind authz.AreaType, code string) {
	s.t.Helper()
	_, err := s.db.NewRaw(`WITH holder AS (UPDATE account SET grant_version = grant_version + 1 WHERE email = ? RETURNING id)
		INSERT INTO access_grant (id, account_id, role, area_type, area_code, granted_at)
		SELECT gen_random_uuid(), id, ?, ?, ?, now() - interval '1 day' FROM holder`,
		strings.ReplaceAll(reader, " ", ".")+"@staff.example", role, kind, code).Exec(s.t.Context())
	if err != nil {
		s.t.Fatal(err)
	}
}

// tend does what happens by itself.
func (s *service) tend() accessrequest.Tended {
	s.t.Helper()
	return must[accessrequest.Tended](s.t)(db.NewAccessRequests(s.db.DB, s.outbox).Tend(s.t.Context(), time.Now()))
}

// A request that waits follows whoever looks after its area, and is never lost:
// to the leads while there is nobody, to the first admin, and back.
func TestARequestFollowsWhoeverLooksAfterItsArea(t *testing.T) {
	t.Parallel()
	s := newService(t)
	post := s.post()
	const leadsAddress = "national.lead@staff.example"
	id := s.asks(colleague, "ORGANISATIONAL", "RDE") // which nobody looks after
	post.Wait(t, leadsAddress, 1)
	if got := s.toDecide(lead); len(got) != 1 || got[0] != id {
		t.Errorf("the lead is to decide about %v", got)
	}
	appointed := s.asks(elsewhere, "ADMIN", "RDE")
	post.Wait(t, leadsAddress, 2)
	s.approves(lead, appointed, nil)
	post.Wait(t, "organisational.elsewhere@staff.example", 2) // that they may, and that there is something to decide
	if got := s.toDecide(elsewhere); len(got) != 1 || got[0] != id {
		t.Errorf("the first admin is to decide about %v", got)
	}
	if got := s.toDecide(lead); len(got) != 0 {
		t.Errorf("the lead is still to decide about %v", got)
	}
	if code := s.refused(lead, approval, map[string]any{"id": id}); code != "FORBIDDEN" {
		t.Errorf("the lead, who sees it, is answered %q", code)
	}
	payload := s.revokes(elsewhere, s.holds(elsewhere)["ADMIN RDE"])
	if warning, _ := payload["warning"].(string); !strings.Contains(warning, "Nobody holds ADMIN") {
		t.Errorf("the last admin leaves with %v", payload)
	}
	post.Wait(t, leadsAddress, 3)
	if got := s.toDecide(lead); len(got) != 1 || got[0] != id {
		t.Errorf("with the last admin gone, the lead is to decide about %v", got)
	}
	if decided := dig[string](t, s.rejects(lead, id), "accessRequest", "status"); decided != "REJECTED" {
		t.Errorf("the lead's decision makes it %s", decided)
	}
}

// An admin's grant that runs out takes nobody's act: the requests pass on all the
// same.
func TestARequestFollowsWhenAGrantRunsOut(t *testing.T) {
	t.Parallel()
	s := newService(t)
	post := s.post()
	id := s.asks(colleague, "ORGANISATIONAL", "RGT")
	post.Wait(t, "admin@staff.example", 1)
	if done := s.tend(); done != (accessrequest.Tended{}) {
		t.Errorf("with nothing to do, %+v was done", done)
	}
	if _, err := s.db.NewRaw("UPDATE access_grant SET valid_until = now() WHERE role = 'ADMIN' AND area_code = 'RGT'").Exec(t.Context()); err != nil {
		t.Fatal(err)
	}
	if done := s.tend(); done.RequestsRerouted != 1 {
		t.Errorf("%+v was done", done)
	}
	if mail := post.Wait(t, "national.lead@staff.example", 1); !strings.HasSuffix(mail.Link(), id) {
		t.Errorf("the lead is told %s", mail.Text)
	}
	if done := s.tend(); done != (accessrequest.Tended{}) {
		t.Errorf("told, %+v was done again", done)
	}
}

// Those who look after a wider area look after what lies in it, and are told of
// requests with the admins of the very area.
func TestAnAdminOfAWiderAreaDecidesToo(t *testing.T) {
	t.Parallel()
	s := newService(t)
	post := s.post()
	s.appoint(readOnlyRegion, authz.Admin, authz.AreaRegion, "Y61")
	for _, area := range []string{"RGT01", "RGT", "QUE", "Y61"} {
		id := s.asks(colleague, "ORGANISATIONAL", area)
		if got := s.toDecide(readOnlyRegion); len(got) != 1 || got[0] != id {
			t.Errorf("%s: the region's admin is to decide about %v", area, got)
		}
		if code := s.refused(adminElsewhere, approval, map[string]any{"id": id}); code != "NOT_FOUND" {
			t.Errorf("%s: an admin elsewhere is answered %q", area, code)
		}
		if status := dig[string](t, s.rejects(readOnlyRegion, id), "accessRequest", "status"); status != "REJECTED" {
			t.Errorf("%s: it is %s", area, status)
		}
	}
	post.Wait(t, "read-only.region@staff.example", 4)
	post.Wait(t, "admin@staff.example", 2) // of the trust and of its site
	if got := told(post, "national.lead@staff.example"); len(got) != 0 {
		t.Errorf("the lead was told %v", got)
	}
}

func TestNobodyDecidesAboutTheirOwnRequest(t *testing.T) {
	t.Parallel()
	s := newService(t)
	post := s.post()
	// The only admin of a trust asks: the leads decide.
	id := s.asks(admin, "ORGANISATIONAL", "RGT")
	post.Wait(t, "national.lead@staff.example", 1)
	if code := s.refused(admin, approval, map[string]any{"id": id}); code != "FORBIDDEN" {
		t.Errorf("an admin who approves their own request is answered %q", code)
	}
	if got := s.toDecide(admin); len(got) != 0 {
		t.Errorf("an admin is to decide about their own: %v", got)
	}
	s.approves(lead, id, nil)
	// A lead asks where nobody looks after the area: another lead would decide.
	own := s.asks(lead, "ORGANISATIONAL", "RDE")
	if code := s.refused(lead, approval, map[string]any{"id": own}); code != "FORBIDDEN" {
		t.Errorf("a lead who approves their own request is answered %q", code)
	}
	if got := s.toDecide(lead); len(got) != 0 {
		t.Errorf("a lead is to decide about their own: %v", got)
	}
	if got := told(post, "admin@staff.example"); len(got) > 1 {
		t.Errorf("the requester was told %v", got)
	}
}

// Of many who decide at once one wins, and every other is told who.
func TestOfManyWhoDecideAtOnceTheFirstWins(t *testing.T) {
	t.Parallel()
	s := newService(t)
	s.appoint(organisational, authz.Admin, authz.AreaOrganisation, "RGT")
	for range 3 {
		id := s.asks(colleague, "ORGANISATIONAL", "RGT")
		answers := make([]map[string]any, 8)
		var deciders sync.WaitGroup
		for i := range answers {
			deciders.Go(func() {
				reader, field := []string{admin, organisational}[i%2], []string{"approveAccessRequest", "rejectAccessRequest"}[i/2%2]
				answers[i] = s.say(reader, field, "DecideAccessRequestInput", requestFields, map[string]any{"id": id, "reason": "Because."})
			})
		}
		deciders.Wait()
		won, outcomes := 0, map[string]bool{}
		for _, payload := range answers {
			if codes(payload) == "" {
				won++
			} else if codes(payload) != "ALREADY_DECIDED id" {
				t.Errorf("a decider is answered %v", payload)
			}
			outcomes[dig[string](t, payload, "accessRequest", "status")+" by "+dig[string](t, payload, "accessRequest", "decidedBy", "name")] = true
		}
		if won != 1 || len(outcomes) != 1 {
			t.Errorf("%d deciders won; they were told %v", won, outcomes)
		}
		var decisions, grants int
		err := s.db.NewRaw(`SELECT (SELECT count(*) FROM audit_entry WHERE subject = ? AND action IN ('access_request.approved', 'access_request.rejected')),
			(SELECT count(*) FROM access_grant g JOIN account a ON a.id = g.account_id WHERE a.email = 'colleague@staff.example' AND g.revoked_at IS NULL)`,
			id).Scan(t.Context(), &decisions, &grants)
		if err != nil || decisions != 1 || grants > 1 {
			t.Errorf("%d decisions are audited, %d grants are held, %v", decisions, grants, err)
		}
		if held := s.holds(colleague)["ORGANISATIONAL RGT"]; held != "" {
			s.revokes(admin, held)
		}
	}
}

// One request for a role on an area is open at a time, however many ask at once.
func TestOneRequestIsOpenForARoleOnAnArea(t *testing.T) {
	t.Parallel()
	s := newService(t)
	var mutex sync.Mutex
	answered := map[string]int{}
	var askers sync.WaitGroup
	for range 8 {
		askers.Go(func() {
			payload := s.say(colleague, "requestAccess", "RequestAccessInput", requestFields, map[string]any{"role": "ADMIN", "area": "RGT", "reason": "Because."})
			mutex.Lock()
			defer mutex.Unlock()
			answered[codes(payload)]++
		})
	}
	askers.Wait()
	if answered[""] != 1 || answered["DUPLICATE area"] != 7 {
		t.Errorf("answered %v", answered)
	}
	s.asks(colleague, "ORGANISATIONAL", "RGT") // another role
	s.asks(colleague, "ADMIN", "RGT01")        // another area
	held := s.say(organisational, "requestAccess", "RequestAccessInput", requestFields, map[string]any{"role": "ORGANISATIONAL", "area": "RGT", "reason": "Because."})
	if codes(held) != "DUPLICATE area" {
		t.Errorf("asking for what one has is answered %v", held)
	}
}

func TestARequestThatWasTakenBackCanBeMadeAgainButNotForEver(t *testing.T) {
	t.Parallel()
	s := newService(t)
	for range 20 {
		id := s.asks(colleague, "ADMIN", "RGT")
		payload := s.say(colleague, "cancelAccessRequest", "CancelAccessRequestInput", requestFields, map[string]any{"id": id})
		if status := dig[string](t, payload, "accessRequest", "status"); status != "CANCELLED" {
			t.Fatalf("taken back, it is %s", status)
		}
		if again := s.approves(admin, id, nil); codes(again) != "ALREADY_DECIDED id" {
			t.Fatalf("approving what was taken back: %v", again)
		}
	}
	payload := s.say(colleague, "requestAccess", "RequestAccessInput", requestFields, map[string]any{"role": "ADMIN", "area": "RGT", "reason": "Because."})
	if codes(payload) != "TOO_MANY area" {
		t.Errorf("the next is answered %v", payload)
	}
}
