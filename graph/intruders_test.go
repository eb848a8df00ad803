package graph_test

import (
	"strings"
	"testing"

	"lfpse/internal/authz"
)

// A provider may tell addresses apart that differ in letters which only look, or
// fold, alike. Whoever has one of them is not the owner of the other's account.
func TestAnAddressThatFoldsIntoAnothersIsNotTheirs(t *testing.T) {
	t.Parallel()
	s := newService(t)
	for _, email := range []string{"adm\u0130n@staff.example", "\u0430dmin@staff.example", "admin@\u017Ftaff.example"} {
		if answer := s.with(s.identityToken("intruder "+email, email, 0), whoAmI, nil); !strings.Contains(answer, refusedIdentity) {
			t.Errorf("%q stands for %s", email, answer)
		}
		if got := codes(s.register(email, nil)); got != "INVALID email" {
			t.Errorf("registering with %q is answered %q", email, got)
		}
		if got := codes(s.tryToSignIn(email, password)); got == "" {
			t.Errorf("%q signs in", email)
		}
	}
}

// A role that was given by another way while a request for it waited is held
// once: whoever takes it away has taken it away.
func TestARoleIsHeldOnceHoweverItCame(t *testing.T) {
	t.Parallel()
	s := newService(t)
	id, _ := s.record(reporter, aFall())
	request := s.asks(colleague, "ORGANISATIONAL", "RGT")
	s.appoint(colleague, authz.Organisational, authz.AreaOrganisation, "RGT")
	if got := codes(s.approves(admin, request, nil)); got != "" {
		t.Fatalf("approving is answered %q", got)
	}
	s.revokes(admin, s.holds(colleague)["ORGANISATIONAL RGT"])
	if got := s.raw(colleague, `{ event(id: "`+id+`") { id } }`, nil); strings.Contains(got, id) {
		t.Errorf("after the revocation the event is still there: %s", got)
	}
	var live int
	err := s.db.NewRaw("SELECT count(*) FROM access_grant g JOIN account a ON a.id = g.account_id WHERE a.email = 'colleague@staff.example' AND g.revoked_at IS NULL").Scan(t.Context(), &live)
	if err != nil || live != 0 {
		t.Errorf("%d grants are left, %v", live, err)
	}
}
