package db_test

import (
	"errors"
	"testing"
	"time"

	"github.com/google/uuid"

	"lfpse/db"
	"lfpse/db/dbtest"
	"lfpse/internal/account"
	"lfpse/internal/audit"
	"lfpse/internal/authz"
	"lfpse/internal/gid"
)

// lead adds an account of a national lead, without a password.
func lead(t *testing.T, accounts *db.Accounts) (uuid.UUID, account.Grant) {
	t.Helper()
	id := uuid.New()
	grant := account.Grant{
		UUID: uuid.New(), Account: id, Role: authz.NationalLead, Area: authz.Area{Type: authz.AreaNational},
		GrantedAt: time.Now().Add(-time.Minute),
	}
	err := accounts.CreateAccounts(t.Context(), []account.Created{{
		Record: account.Record{
			ID: id, Email: id.String() + "@nhs.test", FirstName: "Mary", LastName: "Seacole",
			Status: account.Active, CreatedAt: time.Now(),
		},
		Grants: []account.Grant{grant},
	}})
	if err != nil {
		t.Fatal(err)
	}
	return id, grant
}

func granting(id uuid.UUID) audit.Entry {
	return audit.Entry{At: time.Now(), ActorKind: audit.System, Action: "grant.changed", Subject: gid.Format(gid.Account, id)}
}

// access is what decisions about an account rest on, and how often it was
// audited.
type access struct {
	version int64
	grants  int
	status  account.Status
	audited int
}

func accessOf(t *testing.T, d *db.DB, id uuid.UUID) access {
	t.Helper()
	var a access
	err := d.Pool.QueryRow(t.Context(), `SELECT grant_version, status,
			(SELECT count(*) FROM access_grant g WHERE g.account_id = a.id AND g.revoked_at IS NULL),
			(SELECT count(*) FROM audit_entry WHERE subject = $2)
		FROM account a WHERE id = $1`, id, gid.Format(gid.Account, id)).Scan(&a.version, &a.status, &a.grants, &a.audited)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func TestEveryChangeOfAccessRaisesTheVersionAndIsAudited(t *testing.T) {
	d := dbtest.New(t)
	accounts := db.NewAccounts(d.DB, dbtest.Outbox(t, d))
	id, grant := lead(t, accounts)
	second := grant
	second.UUID = uuid.New()
	changes := []struct {
		name   string
		change func() error
		want   access
	}{
		{"a second grant", func() error { return accounts.AddGrant(t.Context(), second, granting(id)) }, access{2, 2, account.Active, 1}},
		{"the first revoked", func() error { return accounts.RevokeGrant(t.Context(), grant, granting(id)) }, access{3, 1, account.Active, 2}},
		{"locked", func() error { return lock(t, accounts, id, granting(id)) }, access{4, 1, account.Locked, 3}},
	}
	for _, c := range changes {
		if err := c.change(); err != nil {
			t.Fatalf("%s: %v", c.name, err)
		}
		if got := accessOf(t, d, id); got != c.want {
			t.Errorf("%s: got %+v, want %+v", c.name, got, c.want)
		}
	}
}

func lock(t *testing.T, accounts *db.Accounts, id uuid.UUID, entry audit.Entry) error {
	t.Helper()
	_, err := accounts.Change(t.Context(), account.Change{Account: id, Move: account.Lock, At: time.Now(), Entries: []audit.Entry{entry}})
	return err
}

// What cannot be, and what cannot be audited, leaves no trace.
func TestChangesOfAccessThatAreNotMade(t *testing.T) {
	d := dbtest.New(t)
	accounts := db.NewAccounts(d.DB, dbtest.Outbox(t, d))
	id, grant := lead(t, accounts)
	other, otherGrant := lead(t, accounts)
	otherGrant.Account = id
	revoked := grant
	revoked.UUID = uuid.New()
	careless := granting(id)
	careless.Detail = map[string]string{"why": "Mary Seacole asked for it"}
	before, beforeOther := accessOf(t, d, id), accessOf(t, d, other)
	for name, change := range map[string]func() error{
		"a grant that is not held":     func() error { return accounts.RevokeGrant(t.Context(), revoked, granting(id)) },
		"a grant that another holds":   func() error { return accounts.RevokeGrant(t.Context(), otherGrant, granting(id)) },
		"a grant that is held already": func() error { return accounts.AddGrant(t.Context(), grant, granting(id)) },
		"an account that is none":      func() error { return lock(t, accounts, uuid.New(), granting(id)) },
		"an entry with words in it":    func() error { return lock(t, accounts, id, careless) },
		"an entry without a time":      func() error { return accounts.RevokeGrant(t.Context(), grant, audit.Entry{}) },
	} {
		t.Run(name, func(t *testing.T) {
			if err := change(); err == nil {
				t.Error("made")
			}
			if got := accessOf(t, d, id); got != before {
				t.Errorf("got %+v, want %+v", got, before)
			}
			if got := accessOf(t, d, other); got != beforeOther {
				t.Errorf("another account: got %+v, want %+v", got, beforeOther)
			}
		})
	}
}

func TestAnAuditEntryIsKeptAsItWasGiven(t *testing.T) {
	d := dbtest.New(t)
	accounts := db.NewAccounts(d.DB, dbtest.Outbox(t, d))
	id, _ := lead(t, accounts)
	want := granting(id)
	want.ActorKind, want.ActorID, want.Detail = audit.Account, id, map[string]string{"role": "ADMIN"}
	if err := accounts.Audit(t.Context(), want); err != nil {
		t.Fatal(err)
	}
	var got audit.Entry
	err := d.Pool.QueryRow(t.Context(), "SELECT at, actor_kind, actor_id, action, detail FROM audit_entry WHERE subject = $1", want.Subject).
		Scan(&got.At, &got.ActorKind, &got.ActorID, &got.Action, &got.Detail)
	if err != nil {
		t.Fatal(err)
	}
	if !got.At.Equal(want.At.Truncate(time.Microsecond)) || got.ActorKind != want.ActorKind || got.ActorID != want.ActorID ||
		got.Action != want.Action || got.Detail["role"] != "ADMIN" || len(got.Detail) != 1 {
		t.Errorf("got %+v", got)
	}
}

func TestAnAuditEntryOfNobodyHasNoActor(t *testing.T) {
	d := dbtest.New(t)
	accounts := db.NewAccounts(d.DB, dbtest.Outbox(t, d))
	id, _ := lead(t, accounts)
	entry := granting(id)
	entry.ActorKind = audit.Anonymous
	if err := accounts.Audit(t.Context(), entry); err != nil {
		t.Fatal(err)
	}
	var none bool
	err := d.Pool.QueryRow(t.Context(), "SELECT actor_id IS NULL AND detail = '{}' FROM audit_entry WHERE subject = $1", entry.Subject).Scan(&none)
	if err != nil || !none {
		t.Errorf("an actor or a detail is kept, or %v", err)
	}
}

func TestAnAddressBelongsToOneAccount(t *testing.T) {
	d := dbtest.New(t)
	accounts := db.NewAccounts(d.DB, dbtest.Outbox(t, d))
	held, _ := lead(t, accounts)
	record := func(email string) account.Created {
		return account.Created{Record: account.Record{
			ID: uuid.New(), Email: email, FirstName: "M", LastName: "S", Status: account.Active, CreatedAt: time.Now(),
		}}
	}
	free := record(uuid.NewString() + "@nhs.test")
	err := accounts.CreateAccounts(t.Context(), []account.Created{free, record(held.String() + "@nhs.test")})
	var taken *account.EmailTakenError
	if !errors.As(err, &taken) || len(taken.Positions) != 1 || taken.Positions[0] != 1 {
		t.Errorf("got %v", err)
	}
	if stored, err := accounts.CredentialsByEmail(t.Context(), free.Record.Email); err != nil || stored.ID != uuid.Nil {
		t.Errorf("the other was added all the same, or %v", err)
	}
}

func TestAreasThatDoNotExist(t *testing.T) {
	d := dbtest.Fresh(t)
	change(t, d, smallCountry)
	area := func(kind authz.AreaType, code string) authz.Area { return authz.Area{Type: kind, Code: code} }
	exist := []authz.Area{
		area(authz.AreaOrganisation, "RAA"), area(authz.AreaOrganisation, "RAA01"), area(authz.AreaICB, "QA1"),
		area(authz.AreaRegion, "Y01"), area(authz.AreaNational, ""),
	}
	not := []authz.Area{
		area(authz.AreaOrganisation, "QA1"), area(authz.AreaICB, "RAA"), area(authz.AreaRegion, "QA1"),
		area(authz.AreaNational, "RAA"), area("MOON", ""), area(authz.AreaOrganisation, "raa"),
	}
	unknown, err := db.NewAccounts(d.DB, dbtest.Outbox(t, d)).UnknownAreas(t.Context(), append(exist, not...))
	if err != nil {
		t.Fatal(err)
	}
	if len(unknown) != len(not) {
		t.Fatalf("got %v, want %v", unknown, not)
	}
	for i := range not {
		if unknown[i] != not[i] {
			t.Errorf("got %v, want %v", unknown[i], not[i])
		}
	}
}

// BenchmarkSignedIn is what each request pays to know who asks, against the
// least that a statement can cost.
func BenchmarkSignedIn(b *testing.B) {
	d := dbtest.New(b)
	accounts := db.NewAccounts(d.DB, dbtest.Outbox(b, d))
	ctx, now := b.Context(), time.Now()
	id, family := uuid.New(), uuid.New()
	err := accounts.CreateAccounts(ctx, []account.Created{{Record: account.Record{
		ID: id, Email: id.String() + "@nhs.test", FirstName: "Mary", LastName: "Seacole", Status: account.Active, CreatedAt: now,
	}, PasswordHash: "proved"}})
	if err != nil {
		b.Fatal(err)
	}
	_, err = accounts.OpenSession(ctx, account.Opening{
		Family: family, Account: id, ExpiresAt: now.Add(time.Hour), Proved: "proved",
		Token: account.RefreshToken{IssuedAt: now, ExpiresAt: now.Add(time.Hour)},
		Entry: granting(id),
	})
	if err != nil {
		b.Fatal(err)
	}
	var least, whole time.Duration
	for b.Loop() {
		start := time.Now()
		if _, err := d.DB.ExecContext(ctx, "SELECT 1"); err != nil {
			b.Fatal(err)
		}
		least += time.Since(start)
		start = time.Now()
		if _, found, err := accounts.SignedIn(ctx, id, family, now); err != nil || !found {
			b.Fatal(found, err)
		}
		whole += time.Since(start)
	}
	b.ReportMetric(float64(whole)/float64(least), "×SELECT-1")
}
