package db_test

import (
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5"
	"github.com/uptrace/bun"

	"lfpse/db"
	"lfpse/db/dbtest"
	"lfpse/internal/audit"
)

// entries writes n entries the way that they come to be.
func entries(t testing.TB, d bun.IDB, n int) {
	t.Helper()
	_, err := d.NewRaw(`INSERT INTO audit_entry (at, actor_kind, action, subject, detail)
		SELECT now() - n * interval '1 minute', 'system', 'grant.given', 'grant_' || n, jsonb_build_object('role', 'ADMIN', 'n', n::text)
		FROM generate_series(1, ?) AS n`, n).Exec(t.Context())
	if err != nil {
		t.Fatal(err)
	}
}

func seal(t testing.TB, d *db.DB) audit.Head {
	t.Helper()
	head, _, err := db.NewTrail(d).Seal(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return head
}

func verify(t *testing.T, d *db.DB, kept ...audit.Head) (db.Verification, []audit.Finding) {
	t.Helper()
	var found []audit.Finding
	v := &audit.Verifier{Kept: kept, Tell: func(f audit.Finding) { found = append(found, f) }}
	result, err := db.NewTrail(d).Verify(t.Context(), v, func(int) {}, func(int) {})
	if err != nil {
		t.Fatal(err)
	}
	if result.Findings != len(found) {
		t.Errorf("%d findings are counted, %d told", result.Findings, len(found))
	}
	return result, found
}

func TestATrailIsSealedInBatchesAndVerified(t *testing.T) {
	d := dbtest.Fresh(t)
	service := dbtest.AsService(t, d)
	if result, found := verify(t, service); result.Head != (audit.Head{}) || len(found) > 0 {
		t.Errorf("an empty trail is %+v, %v", result, found)
	}
	entries(t, service, 25_000)
	if result, found := verify(t, service); result.Waiting != 25_000 || len(found) > 0 {
		t.Errorf("before it is sealed it is %+v, %v", result, found)
	}
	head := seal(t, service)
	var total, walked, largest int
	v := &audit.Verifier{Kept: []audit.Head{head}, Tell: func(f audit.Finding) { t.Error(f) }}
	result, err := db.NewTrail(service).Verify(t.Context(), v, func(n int) { total = n }, func(n int) { walked, largest = walked+n, max(largest, n) })
	if err != nil {
		t.Fatal(err)
	}
	if result.Head != head || head.Sequence != 25_000 || result.Waiting != 0 || total != 25_000 || walked != 25_000 {
		t.Errorf("got %+v after sealing up to %s; %d of %d were walked", result, head, walked, total)
	}
	if largest > 10_000 {
		t.Errorf("%d were in memory at once", largest)
	}
	if again, moved, err := db.NewTrail(service).Seal(t.Context()); err != nil || moved {
		t.Errorf("with nothing to seal the head moves to %v, %v", again, err)
	}
}

// Numbers are given when an entry is written, and transactions commit in any order.
func TestAnEntryThatIsCommittedLateIsSealedAllTheSame(t *testing.T) {
	d := dbtest.Fresh(t)
	late, err := d.BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer late.Rollback() //nolint:errcheck // committed below
	entries(t, late, 1)
	undone, err := d.BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	entries(t, undone, 1)
	entries(t, d, 2)
	if err := undone.Rollback(); err != nil {
		t.Fatal(err)
	}
	if head := seal(t, d); head.Sequence != 2 {
		t.Fatalf("sealed up to %s", head)
	}
	if err := late.Commit(); err != nil {
		t.Fatal(err)
	}
	seal(t, d)
	var order []int64
	if err := d.NewRaw("SELECT entry_id FROM audit_seal ORDER BY sequence").Scan(t.Context(), &order); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]int64{3, 4, 1}, order); diff != "" {
		t.Errorf("entries in the order of their seals (-want +got):\n%s", diff)
	}
	if result, found := verify(t, d); result.Head.Sequence != 3 || len(found) > 0 {
		t.Errorf("got %+v, %v", result, found)
	}
}

func TestSeveralServicesSealOneChain(t *testing.T) {
	d := dbtest.Fresh(t)
	var wait sync.WaitGroup
	for range 4 {
		wait.Go(func() {
			for range 20 {
				entries(t, d, 3)
				if _, _, err := db.NewTrail(d).Seal(t.Context()); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wait.Wait()
	seal(t, d)
	if result, found := verify(t, d); result.Head.Sequence != 240 || len(found) > 0 {
		t.Errorf("got %+v, %v", result, found)
	}
}

// tamper changes what is written, as nobody can but the owner of the database
// who takes the triggers away.
func tamper(t *testing.T, d *db.DB, statements string) {
	t.Helper()
	err := pgx.BeginFunc(t.Context(), d.Pool, func(tx pgx.Tx) error {
		_, err := tx.Exec(t.Context(), "SET LOCAL session_replication_role = replica; "+statements, pgx.QueryExecModeSimpleProtocol)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestTamperingIsFound(t *testing.T) {
	for name, tt := range map[string]struct {
		statements string
		want       []audit.Finding
	}{
		"a subject changed":        {`UPDATE audit_entry SET subject = 'grant_9' WHERE id = 3`, []audit.Finding{"seal 3: entry 3 is not what was sealed, or not where"}},
		"a time changed":           {`UPDATE audit_entry SET at = at + interval '1 microsecond' WHERE id = 3`, []audit.Finding{"seal 3: entry 3 is not what was sealed, or not where"}},
		"an actor changed":         {`UPDATE audit_entry SET actor_id = gen_random_uuid() WHERE id = 5`, []audit.Finding{"seal 5: entry 5 is not what was sealed, or not where"}},
		"a detail added":           {`UPDATE audit_entry SET detail = detail || '{"x": "y"}' WHERE id = 3`, []audit.Finding{"seal 3: entry 3 is not what was sealed, or not where"}},
		"a detail of another type": {`UPDATE audit_entry SET detail = detail || '{"n": 3}' WHERE id = 3`, []audit.Finding{"seal 3: entry 3 is missing, or holds what no entry holds"}},
		"a detail that is none":    {`UPDATE audit_entry SET detail = '[]' WHERE id = 3`, []audit.Finding{"seal 3: entry 3 is missing, or holds what no entry holds"}},
		"a time that never comes":  {`UPDATE audit_entry SET at = 'infinity' WHERE id = 3`, []audit.Finding{"seal 3: entry 3 is missing, or holds what no entry holds"}},
		"an entry removed":         {`DELETE FROM audit_entry WHERE id = 3`, []audit.Finding{"seal 3: entry 3 is missing, or holds what no entry holds"}},
		"the last entry removed":   {`DELETE FROM audit_entry WHERE id = 6`, []audit.Finding{"seal 6: entry 6 is missing, or holds what no entry holds"}},
		"an entry and its seal":    {`DELETE FROM audit_entry WHERE id = 3; DELETE FROM audit_seal WHERE entry_id = 3`, []audit.Finding{"seals 3 to 3 are missing", "seal 4: entry 4 is not what was sealed, or not where"}},
		"and the gap closed":       {`DELETE FROM audit_entry WHERE id = 3; DELETE FROM audit_seal WHERE entry_id = 3; UPDATE audit_seal SET sequence = -sequence WHERE sequence > 3; UPDATE audit_seal SET sequence = -sequence - 1 WHERE sequence < 0`, []audit.Finding{"seal 3: entry 4 is not what was sealed, or not where", "the trail ends at seal 5, before the head that was kept: 6"}},
		"a seal removed":           {`DELETE FROM audit_seal WHERE entry_id = 6`, []audit.Finding{"the trail ends at seal 5, before the head that was kept: 6", "entries that have no seal and wait for none: 1"}},
		"two entries exchanged":    {`ALTER TABLE audit_entry ALTER id DROP IDENTITY; UPDATE audit_entry SET id = -id WHERE id IN (3, 4); UPDATE audit_entry SET id = 7 + id WHERE id < 0`, []audit.Finding{"seal 3: entry 3 is not what was sealed, or not where", "seal 4: entry 4 is not what was sealed, or not where"}},
		"two seals exchanged":      {`UPDATE audit_seal SET sequence = -sequence WHERE sequence IN (3, 4); UPDATE audit_seal SET sequence = 7 + sequence WHERE sequence < 0`, []audit.Finding{"seal 3: entry 4 is not what was sealed, or not where", "seal 4: entry 3 is not what was sealed, or not where", "seal 5: entry 5 is not what was sealed, or not where"}},
		"an entry slipped in":      {`INSERT INTO audit_entry (at, actor_kind, action, subject) VALUES (now(), 'system', 'grant.given', 'grant_9')`, []audit.Finding{"entries that have no seal and wait for none: 1"}},
		"the end cut off":          {`DELETE FROM audit_entry WHERE id > 4; DELETE FROM audit_seal WHERE sequence > 4`, []audit.Finding{"the trail ends at seal 4, before the head that was kept: 6"}},
		"everything taken away":    {`TRUNCATE audit_entry, audit_seal`, []audit.Finding{"the trail ends at seal 0, before the head that was kept: 6"}},
		"taken from what waits":    {`INSERT INTO audit_entry (at, actor_kind, action, subject) VALUES (now(), 'system', 'grant.given', 'grant_9'); DELETE FROM audit_unsealed`, []audit.Finding{"entries that have no seal and wait for none: 1"}},
		"a hash that is none":      {`UPDATE audit_seal SET hash = '' WHERE sequence = 6`, []audit.Finding{"seal 6: entry 6 is not what was sealed, or not where", "seal 6 is not the head that was kept"}},
	} {
		t.Run(name, func(t *testing.T) {
			d := dbtest.Fresh(t)
			entries(t, d, 6)
			head := seal(t, d)
			tamper(t, d, tt.statements)
			if _, found := verify(t, d, head); cmp.Diff(tt.want, found) != "" {
				t.Errorf("findings (-want +got):\n%s", cmp.Diff(tt.want, found))
			}
		})
	}
}

// Whoever has every right can make the seals anew: only a head that was kept
// elsewhere shows it.
func TestAChainMadeAnewIsFoundByAHeadThatWasKept(t *testing.T) {
	d := dbtest.Fresh(t)
	entries(t, d, 6)
	head := seal(t, d)
	tamper(t, d, `UPDATE audit_entry SET subject = 'grant_9' WHERE id = 3; TRUNCATE audit_seal; INSERT INTO audit_unsealed SELECT id FROM audit_entry`)
	seal(t, d)
	if _, found := verify(t, d); len(found) > 0 {
		t.Errorf("without a head that was kept: %v", found)
	}
	if _, found := verify(t, d, head); cmp.Diff([]audit.Finding{"seal 6 is not the head that was kept"}, found) != "" {
		t.Errorf("with it: %v", found)
	}
}

func TestVerifyingIsNotDisturbedBySealing(t *testing.T) {
	d := dbtest.Fresh(t)
	entries(t, d, 50)
	seal(t, d)
	v := &audit.Verifier{Tell: func(f audit.Finding) { t.Error(f) }}
	result, err := db.NewTrail(d).Verify(t.Context(), v, func(int) {
		entries(t, d, 50)
		seal(t, d)
	}, func(int) {})
	if err != nil || result.Head.Sequence != 50 {
		t.Errorf("got %+v, %v", result, err)
	}
}
