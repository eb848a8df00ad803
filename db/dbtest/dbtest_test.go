//go:build unix

package dbtest_test

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"testing"
	"testing/fstest"
	"time"

	"lfpse/db"
	"lfpse/db/dbtest"
)

func TestEveryDatabaseHasTheMigrations(t *testing.T) {
	for name, d := range map[string]*db.DB{"New": dbtest.New(t), "Fresh": dbtest.Fresh(t)} {
		status, err := db.MigrationStatus(t.Context(), d)
		if err != nil {
			t.Fatal(err)
		}
		if len(status) == 0 {
			t.Fatal("there are no migrations, so this test proves nothing")
		}
		for _, m := range status {
			if m.Group == 0 {
				t.Errorf("the database of %s lacks migration %s", name, m.Name)
			}
		}
	}
}

func TestFreshURLIsOfAnEmptyDatabase(t *testing.T) {
	d, err := db.Open(t.Context(), dbtest.FreshURL(t))
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	if n := count(t, d, "information_schema.tables WHERE table_schema = 'public'"); n != 0 {
		t.Errorf("it has %d tables", n)
	}
}

func TestNewIsOneDatabaseAndFreshIsAlwaysAnother(t *testing.T) {
	if dbtest.New(t) != dbtest.New(t) {
		t.Error("New returns two databases")
	}
	all := map[string]bool{databaseOf(dbtest.New(t)): true}
	for range 3 {
		d := dbtest.Fresh(t)
		if n := count(t, d, "pg_tables WHERE tablename = 'mine'"); n != 0 {
			t.Error("a fresh database holds what another test wrote")
		}
		if _, err := d.ExecContext(t.Context(), "CREATE TABLE mine ()"); err != nil {
			t.Fatal(err)
		}
		all[databaseOf(d)] = true
	}
	if len(all) != 4 {
		t.Errorf("of four databases %d are different", len(all))
	}
}

func TestAFreshDatabaseGoesWithItsTestAndASharedOneStays(t *testing.T) {
	var fresh, shared, empty string
	t.Run("a test", func(t *testing.T) {
		fresh, shared = databaseOf(dbtest.Fresh(t)), databaseOf(dbtest.New(t))
		d, err := db.Open(t.Context(), dbtest.FreshURL(t)) // left open
		if err != nil {
			t.Fatal(err)
		}
		empty = databaseOf(d)
	})
	d := dbtest.New(t)
	for name, want := range map[string]int{fresh: 0, empty: 0, shared: 1} {
		if n := count(t, d, "pg_database WHERE datname = '"+name+"'"); n != want {
			t.Errorf("after its test there are %d of %s, want %d", n, name, want)
		}
	}
}

func TestReferenceDataIsLoadedOnceAndIsInEachCopy(t *testing.T) {
	var loads atomic.Int32
	reference := dbtest.WithReference(t.Name()+time.Now().String(), func(ctx context.Context, d *db.DB) error {
		loads.Add(1)
		_, err := d.ExecContext(ctx, "CREATE TABLE loaded AS SELECT 1")
		return err
	})
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			d := dbtest.Fresh(t, reference)
			if n := count(t, d, "loaded"); n != 1 {
				t.Errorf("a copy holds %d rows, want 1", n)
			}
		})
	}
	wg.Wait()
	if loads.Load() != 1 {
		t.Errorf("the reference data were loaded %d times", loads.Load())
	}
	if n := count(t, dbtest.New(t), "pg_tables WHERE tablename = 'loaded'"); n != 0 {
		t.Error("a database that did not ask for them has the reference data")
	}
	if dbtest.New(t, reference) == dbtest.New(t) {
		t.Error("databases with and without reference data are one")
	}
}

func TestATemplateThatFailedIsNotUsed(t *testing.T) {
	key := t.Name() + time.Now().String()
	failing := dbtest.WithReference(key, func(context.Context, *db.DB) error { return errors.New("not today") })
	if err := dbtest.Prepare(t.Context(), failing); err == nil {
		t.Fatal("a template was made of a failure")
	}
	var loaded bool
	dbtest.Fresh(t, dbtest.WithReference(key, func(context.Context, *db.DB) error {
		loaded = true
		return nil
	}))
	if !loaded {
		t.Error("the failed template is used as if it were whole")
	}
}

func TestATemplateIsKnownByAllItIsMadeFrom(t *testing.T) {
	made := map[string]string{}
	for name, from := range map[string]struct {
		files fstest.MapFS
		keys  []string
	}{
		"a migration":               {fstest.MapFS{"0001_a.up.sql": {Data: []byte("SELECT 1")}}, nil},
		"the same, changed":         {fstest.MapFS{"0001_a.up.sql": {Data: []byte("SELECT 2")}}, nil},
		"the same, renamed":         {fstest.MapFS{"0002_a.up.sql": {Data: []byte("SELECT 1")}}, nil},
		"one more":                  {fstest.MapFS{"0001_a.up.sql": {Data: []byte("SELECT 1")}, "0002_b.up.sql": {}}, nil},
		"with reference data":       {fstest.MapFS{"0001_a.up.sql": {Data: []byte("SELECT 1")}}, []string{"map"}},
		"with other reference data": {fstest.MapFS{"0001_a.up.sql": {Data: []byte("SELECT 1")}}, []string{"map", "more"}},
	} {
		hash, err := dbtest.HashOf(from.files, from.keys)
		if err != nil {
			t.Fatal(err)
		}
		if other, ok := made[hash]; ok {
			t.Errorf("%s and %s have one template", name, other)
		}
		made[hash] = name
	}
}

// A copy of the template against what it saves: making the database from the
// migrations.
func BenchmarkFresh(b *testing.B) {
	dbtest.Fresh(b)
	var copying, migrating time.Duration
	for b.Loop() {
		start := time.Now()
		dbtest.Fresh(b)
		middle := time.Now()
		d, err := db.Open(b.Context(), dbtest.FreshURL(b))
		if err != nil {
			b.Fatal(err)
		}
		if _, err := db.MigrateUp(b.Context(), d); err != nil {
			b.Fatal(err)
		}
		copying, migrating = copying+middle.Sub(start), migrating+time.Since(middle)
		d.Close()
	}
	b.ReportMetric(float64(copying.Milliseconds())/float64(b.N), "ms/copy")
	b.ReportMetric(float64(migrating)/float64(copying), "×faster-than-migrating")
}

func count(t *testing.T, d *db.DB, from string) int {
	t.Helper()
	var n int
	if err := d.NewRaw("SELECT count(*) FROM "+from).Scan(t.Context(), &n); err != nil {
		t.Error(err)
	}
	return n
}

func databaseOf(d *db.DB) string { return d.Pool.Config().ConnConfig.Database }
