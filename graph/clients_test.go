package graph_test

import (
	"fmt"
	"strings"
	"testing"
)

const issueClient = `mutation($organisation: OdsCode!, $name: String!) { issueClient(input: {organisation: $organisation, name: $name}) {
	client { id name organisation { odsCode } revokedAt keys { id prefix lastUsedAt revokedAt } } key userErrors { code path } } }`

// issue issues a client as a reader, who comes with its key from then on under a name.
func (s *service) issue(reader, organisation, name string) (id, key string) {
	s.t.Helper()
	answer := s.ask(reader, issueClient, map[string]any{"organisation": organisation, "name": name})
	issued := dig[map[string]any](s.t, answer, "data", "issueClient")
	s.tokens[name] = dig[string](s.t, issued, "key")
	return dig[string](s.t, issued, "client", "id"), s.tokens[name]
}

func TestClientsAreIssuedAndRevokedByThoseWhoLookAfterTheOrganisation(t *testing.T) {
	s := newService(t)
	const list = `{ organisation(odsCode: "RGT") { clients { id name keys { prefix } } } }`
	id, _ := s.issue(admin, "RGT", "system")
	for _, reader := range []string{nobody, "system", reporter, organisational, readOnlyICB, readOnlyRegion, adminElsewhere} {
		t.Run(reader, func(t *testing.T) {
			refused := "FORBIDDEN"
			if reader == nobody || reader == "system" {
				refused = "UNAUTHENTICATED"
			}
			body := s.raw(reader, issueClient, map[string]any{"organisation": "RGT", "name": "Another"})
			if !strings.Contains(body, refused) || strings.Contains(body, "lfpse_") {
				t.Errorf("issuing is answered %s", body)
			}
			if body := s.raw(reader, list, nil); !strings.Contains(body, `"clients":null`) {
				t.Errorf("the list is %s", body)
			}
			if body := s.raw(reader, `query($id: ID!) { node(id: $id) { id } }`, map[string]any{"id": id}); !strings.Contains(body, `"node":null`) {
				t.Errorf("the client is %s", body)
			}
			for _, mutation := range []string{"revokeClient(input: {id: $id})", "issueClientKey(input: {clientId: $id})"} {
				document := `mutation($id: ID!) { ` + mutation + ` { client { id } } }`
				theirs := s.raw(reader, document, map[string]any{"id": id})
				none := s.raw(reader, document, map[string]any{"id": "client_" + strings.Repeat("0", 32)})
				if theirs != none {
					t.Errorf("%s tells one that is there (%s) from one that is not (%s)", mutation, theirs, none)
				}
			}
		})
	}
	for _, reader := range []string{admin, lead} {
		if body := s.raw(reader, list, nil); !strings.Contains(body, `"name":"system"`) {
			t.Errorf("for %s the list is %s", reader, body)
		}
		if body := s.raw(reader, `query($id: ID!) { node(id: $id) { ... on Client { name } } }`, map[string]any{"id": id}); !strings.Contains(body, `"name":"system"`) {
			t.Errorf("for %s the client is %s", reader, body)
		}
	}
}

func TestWhatIsWrongWithAClientIsSaidWithoutRepeatingIt(t *testing.T) {
	s := newService(t)
	for name, test := range map[string]struct{ organisation, name, code, path string }{
		"no name":              {"RGT", "  ", "REQUIRED", "name"},
		"too long a name":      {"RGT", strings.Repeat("n", 101), "TOO_LONG", "name"},
		"no text":              {"RGT", "a\u0000b", "INVALID", "name"},
		"unknown organisation": {"ZZZ99", "system", "UNKNOWN_CODE", "organisation"},
	} {
		body := s.raw(lead, issueClient, map[string]any{"organisation": test.organisation, "name": test.name})
		want := fmt.Sprintf(`"userErrors":[{"code":%q,"path":[%q]}]`, test.code, test.path)
		if !strings.Contains(body, want) || strings.Contains(body, "ZZZ99") || !strings.Contains(body, `"key":null`) {
			t.Errorf("%s is answered %s", name, body)
		}
	}
}

func TestAKeyIsShownOnceAndKeptHashed(t *testing.T) {
	s := newService(t)
	id, key := s.issue(admin, "RGT", "system")
	var kept string
	err := s.db.NewRaw(`SELECT string_agg(c::text || k::text, ' ') FROM client c JOIN client_key k ON k.client_id = c.id`).Scan(t.Context(), &kept)
	if err != nil {
		t.Fatal(err)
	}
	again := s.raw(admin, `query($id: ID!) { node(id: $id) { ... on Client { keys { prefix } } } }`, map[string]any{"id": id})
	for place, text := range map[string]string{"the database": kept, "the graph": again, "the log": s.log.String()} {
		if strings.Contains(text, key[11:]) {
			t.Errorf("%s holds the key", place)
		}
	}
	if !strings.Contains(again, key[:10]) {
		t.Errorf("the key cannot be told from others: %s", again)
	}
}

func TestARevokedKeyIsGoodForNothingOnTheNextRequest(t *testing.T) {
	s := newService(t)
	id, _ := s.issue(admin, "RGT", "first")
	answer := s.ask(admin, `mutation($id: ID!) { issueClientKey(input: {clientId: $id}) { key client { keys { id } } } }`, map[string]any{"id": id})
	issued := dig[map[string]any](t, answer, "data", "issueClientKey")
	s.tokens["second"] = issued["key"].(string)
	third := s.raw(admin, `mutation($id: ID!) { issueClientKey(input: {clientId: $id}) { key userErrors { code } } }`, map[string]any{"id": id})
	if !strings.Contains(third, `"TOO_MANY"`) || strings.Contains(third, "lfpse_") {
		t.Errorf("a third key is answered %s", third)
	}
	good := func(name string) bool { return strings.Contains(s.raw(name, `{ __typename }`, nil), `"__typename"`) }
	if !good("first") || !good("second") {
		t.Fatal("one of two keys is not good")
	}
	keys := dig[[]any](t, issued, "client", "keys")
	revoke := `mutation($id: ID!) { revokeClientKey(input: {id: $id}) { client { keys { revokedAt lastUsedAt } } } }`
	s.ask(admin, revoke, map[string]any{"id": dig[string](t, keys[0], "id")})
	if good("first") || !good("second") {
		t.Error("the wrong key was revoked, or none")
	}
	s.ask(admin, `mutation($id: ID!) { revokeClient(input: {id: $id}) { client { revokedAt } } }`, map[string]any{"id": id})
	if good("second") {
		t.Error("a revoked client's key is still good")
	}
	after := s.raw(admin, `mutation($id: ID!) { issueClientKey(input: {clientId: $id}) { key userErrors { code } } }`, map[string]any{"id": id})
	if !strings.Contains(after, `"NOT_APPLICABLE"`) {
		t.Errorf("a key of a revoked client is answered %s", after)
	}
	var trail []string
	err := s.db.NewRaw(`SELECT action FROM audit_entry WHERE action LIKE 'client%' ORDER BY id`).Scan(t.Context(), &trail)
	if got := strings.Join(trail, " "); err != nil || got != "client.issued client_key.issued client_key.revoked client.revoked" {
		t.Errorf("the trail says %s, %v", got, err)
	}
}

func TestAnAdminWhoCeasedToBeOneIssuesNothing(t *testing.T) {
	s := newService(t)
	id, _ := s.issue(admin, "RGT", "system")
	if _, err := s.db.NewRaw(`UPDATE access_grant SET revoked_at = now() WHERE role = 'ADMIN' AND area_code = 'RGT'`).Exec(t.Context()); err != nil {
		t.Fatal(err)
	}
	if body := s.raw(admin, `mutation($id: ID!) { revokeClient(input: {id: $id}) { client { id } } }`, map[string]any{"id": id}); !strings.Contains(body, "NOT_FOUND") {
		t.Errorf("a former admin revokes: %s", body)
	}
}
