package graph_test

import (
	"context"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"

	"lfpse/db"
	"lfpse/internal/access"
	"lfpse/internal/account"
	"lfpse/internal/audit"
	"lfpse/internal/authz"
	"lfpse/internal/organisation"
	"lfpse/internal/taxonomy"
)

// twin is another service over the same database, with connections, caches and a
// map of its own. Its people are signed in as the first's are.
func (s *service) twin() *service {
	s.t.Helper()
	d := must[*db.DB](s.t)(db.Open(s.t.Context(), s.db.Pool.Config().ConnString()))
	s.t.Cleanup(func() {
		if err := d.Close(); err != nil {
			s.t.Error(err)
		}
	})
	other := newServiceOver(s.t, d, must[*taxonomy.Registry](s.t)(taxonomy.Load()), s.keys, s.provider.Issuer())
	for reader, token := range s.tokens {
		other.tokens[reader] = token
	}
	return other
}

// heard counts what a service hears.
type heard struct {
	watch      *access.Watch
	geography  *organisation.Directory
	mu         sync.Mutex
	accounts   []uuid.UUID
	maps       int
	everything atomic.Int64
}

func (h *heard) Account(id uuid.UUID) {
	h.mu.Lock()
	h.accounts = append(h.accounts, id)
	h.mu.Unlock()
	h.watch.Account(id)
}

func (h *heard) Map() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.maps++
}

func (h *heard) Everything() {
	h.everything.Add(1)
	h.watch.Everything()
}

func (h *heard) of(id uuid.UUID) int {
	h.mu.Lock()
	defer h.mu.Unlock()
	n := 0
	for _, account := range h.accounts {
		if account == id {
			n++
		}
	}
	return n
}

// listen has the service listen, and answers when it does.
func (s *service) listen(interval time.Duration) *heard {
	s.t.Helper()
	h := &heard{geography: s.geography, watch: access.NewWatch(access.Options{Present: s.accounts.Present, Geography: s.geography, Interval: interval})}
	ctx, cancel := context.WithCancel(context.WithoutCancel(s.t.Context()))
	var ended sync.WaitGroup
	ended.Go(func() { db.Listen(ctx, s.db, h, slog.New(slog.NewTextHandler(s.log, nil))) })
	s.t.Cleanup(func() {
		cancel()
		ended.Wait()
	})
	s.soon("listening", func() bool { return h.everything.Load() > 0 })
	return h
}

// soon waits for something that must be so within a moment.
func (s *service) soon(what string, so func() bool) {
	s.t.Helper()
	for end := time.Now().Add(10 * time.Second); !so(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(end) {
			s.t.Fatalf("%s: still not so", what)
		}
	}
}

// accountOf answers a reader's account.
func (s *service) accountOf(reader string) (id uuid.UUID) {
	s.t.Helper()
	err := s.db.NewRaw("SELECT id FROM account WHERE email = ?", strings.ToLower(strings.ReplaceAll(reader, " ", "."))+"@staff.example").Scan(s.t.Context(), &id)
	if err != nil {
		s.t.Fatal(err)
	}
	return id
}

// deafen ends the connections on which services listen, and answers how many.
func (s *service) deafen() (ended int) {
	s.t.Helper()
	err := s.db.NewRaw(`SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
		WHERE datname = current_database() AND application_name = 'lfpse listener'`).Scan(s.t.Context(), &ended)
	if err != nil {
		s.t.Fatal(err)
	}
	return ended
}

func (s *service) entryFor(id uuid.UUID) audit.Entry {
	return audit.Entry{At: time.Now(), ActorKind: audit.System, Action: "grant.changed", Subject: "account_" + strings.ReplaceAll(id.String(), "-", "")}
}

// grantsOf answers an account's grants.
func (s *service) grantsOf(id uuid.UUID) []*account.Grant {
	s.t.Helper()
	return must[[]*account.Grant](s.t)(db.NewAccounts(s.db.DB, s.outbox).GrantsOf(s.t.Context(), id, time.Now().Add(time.Second)))
}

// endings are what can end what a reader sees, each made at one service; the
// map's last, since it ends everybody's.
var endings = []struct {
	name string
	make func(s *service, id uuid.UUID)
}{
	{"a grant is revoked", func(s *service, id uuid.UUID) {
		for _, g := range s.grantsOf(id) {
			if err := db.NewAccounts(s.db.DB, s.outbox).RevokeGrant(s.t.Context(), *g, s.entryFor(id)); err != nil {
				s.t.Fatal(err)
			}
		}
	}},
	{"a grant is revoked by somebody who raises no version", func(s *service, id uuid.UUID) {
		s.exec("UPDATE access_grant SET revoked_at = now() WHERE account_id = ?", id)
	}},
	{"a grant ends", func(s *service, id uuid.UUID) {
		s.exec("UPDATE access_grant SET valid_until = now() WHERE account_id = ?", id)
	}},
	{"the account is locked", func(s *service, id uuid.UUID) {
		s.exec("UPDATE account SET status = 'LOCKED' WHERE id = ?", id)
	}},
	{"the account is closed", func(s *service, id uuid.UUID) {
		s.exec("UPDATE account SET status = 'CLOSED' WHERE id = ?", id)
	}},
	{"the account is deleted", func(s *service, id uuid.UUID) {
		s.exec("DELETE FROM account WHERE id = ?", id)
	}},
	{"its sessions are ended", func(s *service, id uuid.UUID) {
		s.exec("UPDATE session_family SET revoked_at = now() WHERE account_id = ?", id)
	}},
	{"the map is changed by somebody else", func(s *service, _ uuid.UUID) {
		s.exec("DELETE FROM organisation_icb WHERE organisation = 'RGT'")
		s.exec("UPDATE geography_version SET version = version + 1")
	}},
}

// Whatever is changed at one service is so at every other, on its next request:
// though the other has just lost the connection on which it hears of it, and
// whatever it has kept.
func TestEveryInstanceAgreesAtOnce(t *testing.T) {
	t.Parallel()
	s := newService(t)
	_, reference := s.record(reporter, map[string]any{"kind": "INCIDENT", "description": "A fall."})
	document := `{ event(reference: "` + reference + `") { reference } }`
	other := s.twin()
	listening := other.listen(time.Hour)
	for i, ending := range endings {
		t.Run(ending.name, func(t *testing.T) {
			id := s.readerOf(fmt.Sprintf("reader %d", i), authz.ReadOnly, authz.Area{Type: authz.AreaICB, Code: "QUE"})
			other.tokens[fmt.Sprintf("reader %d", i)] = s.tokens[fmt.Sprintf("reader %d", i)]
			for _, at := range []*service{s, other} {
				if got := at.raw(fmt.Sprintf("reader %d", i), document, nil); !strings.Contains(got, reference) {
					t.Fatalf("before, the reader is answered %s", got)
				}
			}
			heard := listening.everything.Load()
			if other.deafen() != 1 {
				t.Fatal("the other service did not listen")
			}
			ending.make(s, id)
			for _, at := range []*service{s, other} {
				if got := at.raw(fmt.Sprintf("reader %d", i), document, nil); strings.Contains(got, reference) {
					t.Errorf("after, the reader is answered %s", got)
				}
			}
			// Once where the connection was lost, once where there is another.
			s.soon("listening again", func() bool { return listening.everything.Load() >= heard+2 })
		})
	}
}

// readerOf makes an account with one grant, and signs it in under a name.
func (s *service) readerOf(name string, role authz.Role, area authz.Area) uuid.UUID {
	s.t.Helper()
	email := strings.ReplaceAll(name, " ", ".") + "@staff.example"
	ids, problems, err := s.accounts.Create(s.t.Context(), []account.NewAccount{{
		FirstName: "Nadia", LastName: "Haddad", Email: email, Status: account.Active,
		PasswordHash: must[string](s.t)(s.accounts.HashPassword(s.t.Context(), password)),
		Grants:       []account.NewGrant{{Role: role, Area: area}},
	}})
	if err != nil || len(problems) > 0 {
		s.t.Fatal(problems, err)
	}
	s.tokens[name] = dig[string](s.t, s.tryToSignIn(email, password), "session", "accessToken")
	return ids[0]
}

// Ten wrong passwords lock an account, wherever they are tried: failures are
// counted in the database. What slows guessing down is each service's own.
func TestALockHoldsAtEveryInstance(t *testing.T) {
	t.Parallel()
	s := newService(t)
	other := s.twin()
	id := s.readerOf("somebody", authz.ReadOnly, authz.Area{Type: authz.AreaICB, Code: "QUE"})
	for i := range 10 {
		at := []*service{s, other}[i%2]
		if got := codes(at.tryToSignIn("somebody@staff.example", "wrong horse battery")); got == "" {
			t.Fatal("a wrong password signs in")
		}
	}
	var status account.Status
	if err := s.db.NewRaw("SELECT status FROM account WHERE id = ?", id).Scan(t.Context(), &status); err != nil || status != account.Locked {
		t.Errorf("after ten failures at two services the account is %s, %v", status, err)
	}
	for _, at := range []*service{s, other} {
		if got := codes(at.tryToSignIn("somebody@staff.example", password)); got == "" {
			t.Error("the right password signs in to a locked account")
		}
	}
}

// A grant that begins by one service's clock a moment before it does by another's
// is seen by both, in the end: no decision is kept that was made without it.
func TestClocksThatDifferKeepNoDecisionTooLong(t *testing.T) {
	t.Parallel()
	s := newService(t)
	_, reference := s.record(reporter, map[string]any{"kind": "INCIDENT", "description": "A fall."})
	document := `{ event(reference: "` + reference + `") { reference } }`
	id := s.accountOf(colleague)
	grant := account.Grant{
		UUID: uuid.New(), Account: id, Role: authz.ReadOnly, Area: authz.Area{Type: authz.AreaOrganisation, Code: "RGT"},
		GrantedAt: time.Now().Add(500 * time.Millisecond),
	}
	if err := db.NewAccounts(s.db.DB, s.outbox).AddGrant(t.Context(), grant, s.entryFor(id)); err != nil {
		t.Fatal(err)
	}
	if got := s.raw(colleague, document, nil); strings.Contains(got, reference) {
		t.Fatalf("before it begins, the reader is answered %s", got)
	}
	s.soon("the grant holds", func() bool { return strings.Contains(s.raw(colleague, document, nil), reference) })
}

// What a service hears, and from whom.
func TestChangesOfAccessAreHeard(t *testing.T) {
	t.Parallel()
	s := newService(t)
	h := s.twin().listen(time.Hour)
	id := s.accountOf(admin)
	for _, c := range []struct{ name, query string }{
		{"a grant is given", "INSERT INTO access_grant (id, account_id, role, area_type, area_code, granted_at) VALUES (gen_random_uuid(), ?0, 'READ_ONLY', 'ICB', 'QUE', now())"},
		{"a grant is revoked", "UPDATE access_grant SET revoked_at = now() WHERE account_id = ?0 AND role = 'READ_ONLY'"},
		{"a grant is deleted", "DELETE FROM access_grant WHERE account_id = ?0 AND role = 'READ_ONLY'"},
		{"an organisation is added", "INSERT INTO account_organisation VALUES (?0, 'RR8')"},
		{"an organisation is removed", "DELETE FROM account_organisation WHERE account_id = ?0 AND organisation = 'RR8'"},
		{"the account is locked", "UPDATE account SET status = 'LOCKED' WHERE id = ?0"},
		{"a version is raised", "UPDATE account SET grant_version = grant_version + 1 WHERE id = ?0"},
		{"sessions are ended", "UPDATE session_family SET revoked_at = now() WHERE account_id = ?0"},
	} {
		before := h.of(id)
		s.exec(c.query, id)
		s.soon(c.name, func() bool { return h.of(id) > before })
	}
	s.exec("UPDATE geography_version SET version = version + 1")
	s.soon("the map is changed", func() bool {
		h.mu.Lock()
		defer h.mu.Unlock()
		return h.maps > 0
	})
	for _, other := range []string{reporter, lead} {
		if n := h.of(s.accountOf(other)); n != 0 {
			t.Errorf("of %s %d changes were heard", other, n)
		}
	}
}

// What is undone was never told.
func TestChangesThatAreUndoneAreNotHeard(t *testing.T) {
	t.Parallel()
	s := newService(t)
	h := s.listen(time.Hour)
	id := s.accountOf(admin)
	tx, err := s.db.BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := tx.NewRaw("UPDATE access_grant SET revoked_at = now() WHERE account_id = ?", id).Exec(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := tx.Rollback(); err != nil {
		t.Fatal(err)
	}
	s.exec("UPDATE account SET grant_version = grant_version + 1 WHERE id = ?", s.accountOf(lead))
	s.soon("the next change", func() bool { return h.of(s.accountOf(lead)) == 1 })
	if n := h.of(id); n != 0 {
		t.Errorf("%d were heard", n)
	}
}

// A download that goes on at one service ends with a revocation at another,
// also where the service has just lost the connection on which it hears of it.
func TestWhatIsRunningEndsWithItsAccess(t *testing.T) {
	t.Parallel()
	s := newService(t)
	other := s.twin()
	begin := func(h *heard, reader string) (context.Context, context.CancelFunc) {
		caller := must[account.Caller](t)(other.accounts.Authenticate(t.Context(), other.tokens[reader]))
		return h.watch.While(t.Context(), caller.Principal, caller.Family)
	}
	for name, deaf := range map[string]bool{"heard": false, "not heard": true} {
		t.Run(name, func(t *testing.T) {
			interval := time.Hour
			reader := readOnlyICB
			if deaf {
				interval, reader = 100*time.Millisecond, readOnlyRegion
			}
			h := other.listen(interval)
			ends, stop := begin(h, reader)
			defer stop()
			goesOn, stop := begin(h, organisational)
			defer stop()
			if deaf {
				other.deafen()
			}
			s.exec("UPDATE access_grant SET revoked_at = now() WHERE account_id = ?", s.accountOf(reader))
			select {
			case <-ends.Done():
			case <-time.After(10 * time.Second):
				t.Error("it goes on without access")
			}
			if context.Cause(ends) != access.ErrEnded {
				t.Errorf("it ended with %v", context.Cause(ends))
			}
			if goesOn.Err() != nil {
				t.Errorf("somebody else's ended: %v", context.Cause(goesOn))
			}
		})
	}
}

// Whoever came with a token of the OpenID provider has no session that could end.
// What they began goes on, and ends with their access and with their account.
func TestWhatIsRunningByAnIdentityEndsWithItsAccess(t *testing.T) {
	t.Parallel()
	s := newService(t)
	h := s.listen(time.Hour)
	for name, ending := range map[string]string{
		organisational: "UPDATE access_grant SET revoked_at = now() WHERE account_id = ?",
		admin:          "UPDATE account SET status = 'CLOSED' WHERE id = ?",
		readOnlyICB:    "DELETE FROM account_identity WHERE account_id = ?",
	} {
		t.Run(name, func(t *testing.T) {
			email := strings.ToLower(strings.ReplaceAll(name, " ", ".")) + "@staff.example"
			caller := must[account.Caller](t)(s.accounts.Authenticate(t.Context(), s.identityToken(name, email, 0)))
			if caller.Family != uuid.Nil {
				t.Fatal("it has a session")
			}
			running, stop := h.watch.While(t.Context(), caller.Principal, caller.Family)
			defer stop()
			h.watch.Everything()
			if _, found, err := s.accounts.Present(t.Context(), caller.Principal.ID, caller.Family); !found || err != nil || running.Err() != nil {
				t.Fatalf("it ends at once: %v, %v, %v", found, err, context.Cause(running))
			}
			s.exec(ending, s.accountOf(name))
			h.watch.Everything()
			select {
			case <-running.Done():
			case <-time.After(10 * time.Second):
				t.Error("it goes on without access")
			}
		})
	}
	if _, found, err := s.accounts.Present(t.Context(), s.accountOf(reporter), uuid.Nil); found || err != nil {
		t.Errorf("without an identity and without a session somebody is present: %v, %v", found, err)
	}
}
