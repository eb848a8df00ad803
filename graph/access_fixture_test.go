package graph_test

import (
	"fmt"

	"github.com/google/uuid"

	"lfpse/internal/account"
)

// somebody makes an account of nobody in particular, and answers its address.
func (s *service) somebody() string {
	s.t.Helper()
	email := uuid.NewString() + "@staff.example"
	_, problems, err := s.accounts.Create(s.t.Context(), []account.NewAccount{{
		Email: email, FirstName: "Nadia", LastName: "Haddad", JobRole: "Midwife", Status: account.Active, Organisations: []string{"RGT"},
	}})
	if err != nil || len(problems) > 0 {
		s.t.Fatal(problems, err)
	}
	return email
}

// pendingRequest makes a request of an account's to be organisational at the
// trust, in place of the one before, and answers its graph id.
func (s *service) pendingRequest(email string) string {
	s.t.Helper()
	id := uuid.New()
	_, err := s.db.NewRaw("DELETE FROM access_request WHERE requester = (SELECT id FROM account WHERE email = ?)", email).Exec(s.t.Context())
	if err == nil {
		_, err = s.db.NewRaw(`INSERT INTO access_request (id, requester, role, area_type, area_code, reason, status, requested_at)
			SELECT ?, id, 'ORGANISATIONAL', 'ORGANISATION', 'RGT', 'I look after incidents there.', 'PENDING', now() FROM account WHERE email = ?`,
			id, email).Exec(s.t.Context())
	}
	if err != nil {
		s.t.Fatal(err)
	}
	return fmt.Sprintf("accessrequest_%x", id[:])
}

// grantOf gives an account a grant on the trust, and answers its graph id.
func (s *service) grantOf(email string) string {
	s.t.Helper()
	id := uuid.New()
	_, err := s.db.NewRaw(`INSERT INTO access_grant (id, account_id, role, area_type, area_code, granted_at)
		SELECT ?, id, 'ORGANISATIONAL', 'ORGANISATION', 'RGT', now() - interval '1 hour' FROM account WHERE email = ?`, id, email).Exec(s.t.Context())
	if err != nil {
		s.t.Fatal(err)
	}
	return fmt.Sprintf("grant_%x", id[:])
}
