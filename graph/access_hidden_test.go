package graph_test

import (
	"strings"
	"testing"

	"lfpse/internal/authz"
)

// accessDoors are all ways to a request for access and to a grant. REQUEST and
// GRANT stand for their ids, ACCOUNT for that of whoever asks and holds.
var accessDoors = map[string]string{
	"node":            `{ node(id: "REQUEST") { id } }`,
	"nodes":           `{ nodes(ids: ["REQUEST", "GRANT", "ACCOUNT"]) { id } }`,
	"entity":          `{ _entities(representations: [{__typename: "AccessRequest", id: "REQUEST"}]) { ... on AccessRequest { id reason } } }`,
	"account":         `{ _entities(representations: [{__typename: "Account", id: "ACCOUNT"}]) { ... on Account { name email } } }`,
	"to decide":       `{ accessRequests(filter: {status: [PENDING, APPROVED, REJECTED, CANCELLED]}) { totalCount nodes { id } edges { cursor } } }`,
	"one's own":       `{ viewer { accessRequests { totalCount nodes { id } } } }`,
	"members":         `{ organisation(odsCode: "RGT") { members { totalCount nodes { id } } } icb(odsCode: "QUE") { members { totalCount } } region(odsCode: "Y61") { members { totalCount } } }`,
	"cancelling":      `mutation { cancelAccessRequest(input: {id: "REQUEST"}) { userErrors { code } } }`,
	"approving":       `mutation { approveAccessRequest(input: {id: "REQUEST"}) { userErrors { code } } }`,
	"approving badly": `mutation { approveAccessRequest(input: {id: "REQUEST", until: "2020-01-31"}) { userErrors { code } } }`,
	"rejecting badly": `mutation { rejectAccessRequest(input: {id: "REQUEST"}) { userErrors { code } } }`,
	"taking away":     `mutation { revokeGrant(input: {id: "GRANT", reason: "x"}) { userErrors { code } } }`,
	"taking badly":    `mutation { revokeGrant(input: {id: "GRANT", reason: ""}) { userErrors { code } } }`,
}

// A reader who may not see a request or a grant gets, through every door, exactly
// what one that never was gives.
func TestAHiddenRequestAndGrantAreAnsweredLikeOnesThatNeverWere(t *testing.T) {
	t.Parallel()
	s := newService(t)
	const some = "_0123456789abcdef0123456789abcdef"
	through := func(document, request, grant, account string) string {
		return strings.NewReplacer("REQUEST\"", request+"\"", "GRANT\"", grant+"\"", "ACCOUNT", account).Replace(document)
	}
	hidden := []string{nobody, reporter, organisational, readOnlyICB, readOnlyRegion, elsewhere, adminElsewhere}
	before := map[string]string{}
	for name, document := range accessDoors {
		for _, reader := range hidden {
			before[name+reader] = s.raw(reader, through(document, "accessrequest"+some, "grant"+some, "account"+some), nil)
		}
	}
	email := s.somebody()
	request, grant := s.pendingRequest(email), s.grantOf(email)
	found := s.ask(lead, `query($id: ID!) { node(id: $id) { ... on AccessRequest { requester { id } } } }`, map[string]any{"id": request})
	holder := dig[string](t, found, "data", "node", "requester", "id")
	for name, document := range accessDoors {
		for _, reader := range hidden {
			if got := s.raw(reader, through(document, request, grant, holder), nil); got != before[name+reader] {
				t.Errorf("%s by %s:\ngot  %s\nwant %s", name, reader, got, before[name+reader])
			}
		}
	}
	for _, name := range []string{"node", "nodes", "entity", "to decide"} {
		if got := s.raw(admin, through(accessDoors[name], request, grant, holder), nil); !strings.Contains(got, request) {
			t.Errorf("%s is shut to the admin: %s", name, got)
		}
	}
}

// Whoever holds a role sees that they do, and does not take it away from themselves
// unless they look after the area.
func TestOnesOwnGrant(t *testing.T) {
	t.Parallel()
	s := newService(t)
	held := s.holds(organisational)
	if code := s.refused(organisational, taking, map[string]any{"id": held["ORGANISATIONAL RGT"]}); code != "FORBIDDEN" {
		t.Errorf("whoever does not look after the area is answered %q", code)
	}
	if payload := s.revokes(organisational, held["STANDARD RGT"]); codes(payload) != "NOT_APPLICABLE id" {
		t.Errorf("a place on the staff: %v", payload)
	}
	s.appoint(colleague, authz.Admin, authz.AreaOrganisation, "RGT")
	if payload := s.revokes(admin, s.holds(admin)["ADMIN RGT"]); payload["revokedId"] == nil || payload["warning"] != nil {
		t.Errorf("an admin who leaves another behind: %v", payload)
	}
	if payload := s.revokes(colleague, s.holds(colleague)["ADMIN RGT"]); payload["revokedId"] == nil || payload["warning"] == nil {
		t.Errorf("the last admin: %v", payload)
	}
}

// What somebody says when they ask, decide or take away stays with the request or
// the grant: it is in no mail, no log and no entry.
func TestReasonsStayWithTheirRequest(t *testing.T) {
	t.Parallel()
	s := newService(t)
	post := s.post()
	words := []string{"I look after incidents there.", "Nobody knows you there.", "They moved on."}
	s.rejects(admin, s.asks(colleague, "ORGANISATIONAL", "RGT"))
	s.approves(admin, s.asks(colleague, "ORGANISATIONAL", "RGT"), nil)
	s.revokes(admin, s.holds(colleague)["ORGANISATIONAL RGT"])
	post.Wait(t, "colleague@staff.example", 3)
	var kept []string
	for _, table := range []string{"audit_entry", "river_job"} {
		var rows []string
		if err := s.db.NewRaw("SELECT t::text FROM "+table+" t").Scan(t.Context(), &rows); err != nil || len(rows) == 0 {
			t.Fatalf("%s has %d rows, %v", table, len(rows), err)
		}
		kept = append(kept, rows...)
	}
	for _, mail := range post.Mails() {
		kept = append(kept, mail.Subject, mail.Text)
	}
	all := strings.Join(append(kept, s.log.String()), "\n")
	for _, said := range words {
		if strings.Contains(all, said) {
			t.Errorf("%q is told elsewhere", said)
		}
	}
	if answer := s.raw(colleague, "{ viewer { accessRequests { nodes { decisionReason } } } }", nil); !strings.Contains(answer, words[1]) {
		t.Errorf("the requester is not told why: %s", answer)
	}
}
