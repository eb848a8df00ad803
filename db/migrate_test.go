package db_test

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"lfpse/db"
	"lfpse/db/dbtest"
	"lfpse/db/migrations"
)

// migrationSteps makes migrations from pairs of statements, up and down, numbered from 1.
func migrationSteps(pairs ...[2]string) fstest.MapFS {
	files := fstest.MapFS{}
	for i, p := range pairs {
		name := fmt.Sprintf("%04d_step", i+1)
		files[name+".up.sql"] = &fstest.MapFile{Data: []byte(p[0])}
		files[name+".down.sql"] = &fstest.MapFile{Data: []byte(p[1])}
	}
	return files
}

func makeTable(name string) [2]string {
	return [2]string{"CREATE TABLE " + name + " (id int); INSERT INTO " + name + " VALUES (1);", "DROP TABLE " + name}
}

func TestTheServicesMigrationsGoUpAndDownAndUp(t *testing.T) {
	d := openEmpty(t)
	files := migrations.Files
	applied := migrateUp(t, d, files)
	if all := migrationStatus(t, d, files); len(applied) == 0 || len(all) != len(applied) {
		t.Fatalf("%d migrations were applied of %d", len(applied), len(all))
	}
	before := schemaOf(t, d)
	if back := migrateDown(t, d, files); len(back) != len(applied) {
		t.Errorf("%d migrations were taken back of %d", len(back), len(applied))
	}
	if left := schemaOf(t, d); len(left) != 0 {
		t.Errorf("taken back, the migrations leave %q", left)
	}
	migrateUp(t, d, files)
	if again := schemaOf(t, d); !slices.Equal(again, before) {
		t.Errorf("the second time the migrations make\n%q\nthe first time\n%q", again, before)
	}
}

func TestMigrationsAreAppliedOnceAndInTheirOrder(t *testing.T) {
	d := openEmpty(t)
	first := migrationSteps(makeTable("a"), [2]string{"ALTER TABLE a ADD COLUMN word text", "ALTER TABLE a DROP COLUMN word"})
	if got := migrationNames(migrateUp(t, d, first)); !slices.Equal(got, []string{"0001_step", "0002_step"}) {
		t.Errorf("the first call applies %q", got)
	}
	if got := migrateUp(t, d, first); len(got) != 0 {
		t.Errorf("the second call applies %q", migrationNames(got))
	}
	second := migrationSteps([2]string{}, [2]string{}, makeTable("b"))
	if got := migrationNames(migrateUp(t, d, second)); !slices.Equal(got, []string{"0003_step"}) {
		t.Errorf("a call with one more applies %q", got)
	}
	if got := schemaOf(t, d); !slices.Equal(got, []string{"a.id", "a.word", "b.id"}) {
		t.Errorf("the schema is %q", got)
	}
}

func TestStatusTellsWhatWasAppliedWithWhat(t *testing.T) {
	d := openEmpty(t)
	files := migrationSteps(makeTable("a"))
	for _, m := range migrationStatus(t, d, files) {
		if m.Group != 0 || !m.AppliedAt.IsZero() {
			t.Errorf("before any migration %s counts as applied", m.Name)
		}
	}
	before := time.Now().Add(-time.Minute)
	migrateUp(t, d, files)
	migrateUp(t, d, migrationSteps(makeTable("a"), makeTable("b")))
	got := migrationStatus(t, d, migrationSteps(makeTable("a"), makeTable("b"), makeTable("c")))
	if len(got) != 3 {
		t.Fatalf("%d migrations have a status, want 3", len(got))
	}
	for i, group := range []int64{1, 2, 0} {
		if got[i].Group != group || got[i].AppliedAt.After(before) != (group > 0) {
			t.Errorf("%s has group %d and was applied at %v, want group %d", got[i].Name, got[i].Group, got[i].AppliedAt, group)
		}
	}
}

func TestDownTakesBackWhatTheLastUpApplied(t *testing.T) {
	d := openEmpty(t)
	files := migrationSteps(makeTable("a"), makeTable("b"), [2]string{"ALTER TABLE b RENAME TO c", "ALTER TABLE c RENAME TO b"})
	migrateUp(t, d, migrationSteps(makeTable("a")))
	migrateUp(t, d, files)
	if got := migrationNames(migrateDown(t, d, files)); !slices.Equal(got, []string{"0003_step", "0002_step"}) {
		t.Errorf("taken back were %q", got)
	}
	if got := schemaOf(t, d); !slices.Equal(got, []string{"a.id"}) {
		t.Errorf("the schema is %q", got)
	}
	migrateDown(t, d, files)
	if got := migrateDown(t, d, files); len(got) != 0 {
		t.Errorf("of nothing %q were taken back", migrationNames(got))
	}
}

func TestAMigrationThatFailsLeavesNothingAndThoseBeforeItStay(t *testing.T) {
	d := openEmpty(t)
	broken := migrationSteps(makeTable("a"), [2]string{"CREATE TABLE b (id int); SELECT 1/0;", "DROP TABLE b"}, makeTable("c"))
	done, err := db.MigrateUpFrom(t.Context(), d, broken)
	if err == nil {
		t.Fatal("a division by zero was applied")
	}
	if !slices.Equal(migrationNames(done), []string{"0001_step"}) {
		t.Errorf("applied were %q", migrationNames(done))
	}
	if got := schemaOf(t, d); !slices.Equal(got, []string{"a.id"}) {
		t.Errorf("the schema is %q", got)
	}
	mended := migrationSteps(makeTable("a"), makeTable("b"), makeTable("c"))
	if got := migrationNames(migrateUp(t, d, mended)); !slices.Equal(got, []string{"0002_step", "0003_step"}) {
		t.Errorf("mended, applied were %q", got)
	}
}

func TestAnErrorOfAMigrationTellsTheFileAndNoData(t *testing.T) {
	const secret = "9434765919"
	d := openEmpty(t)
	prelude := makeTable("a")
	prelude[0] += "CREATE TABLE patient AS SELECT '" + secret + "'::text AS number, 1 AS n FROM generate_series(1, 2);"
	for name, c := range map[string]struct{ statement, want string }{
		"data of the wrong type": {"ALTER TABLE patient ALTER number TYPE uuid USING number::uuid", "22P02"},
		"a broken constraint":    {"ALTER TABLE patient ADD CONSTRAINT only_one UNIQUE (number)", "constraint only_one"},
		"an exception":           {"DO $$ BEGIN RAISE EXCEPTION '%', (SELECT number FROM patient LIMIT 1); END $$", "P0001"},
		"an unknown name":        {"ALTER TABLE patience ADD COLUMN x int", `relation "patience" does not exist`},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := db.MigrateUpFrom(t.Context(), d, migrationSteps(prelude, [2]string{c.statement, ""}))
			if err == nil {
				t.Fatal("it was applied")
			}
			if strings.Contains(err.Error(), secret) {
				t.Errorf("the error repeats data: %v", err)
			}
			for _, want := range []string{c.want, "0002_step.up.sql"} {
				if !strings.Contains(err.Error(), want) {
					t.Errorf("the error %q does not tell %q", err, want)
				}
			}
		})
	}
}

func TestADatabaseOfANewerVersionIsLeftAlone(t *testing.T) {
	d := openEmpty(t)
	migrateUp(t, d, migrationSteps(makeTable("a"), makeTable("b")))
	older := migrationSteps(makeTable("a"))
	for name, call := range map[string]func() error{
		"up":     func() error { _, err := db.MigrateUpFrom(t.Context(), d, older); return err },
		"down":   func() error { _, err := db.MigrateDownTo(t.Context(), d, older); return err },
		"status": func() error { _, err := db.MigrationStatusFrom(t.Context(), d, older); return err },
	} {
		if err := call(); !errors.Is(err, db.ErrNewerDatabase) {
			t.Errorf("%s: %v, want ErrNewerDatabase", name, err)
		}
	}
	if got := schemaOf(t, d); !slices.Equal(got, []string{"a.id", "b.id"}) {
		t.Errorf("the schema is %q", got)
	}
}

func TestEveryMigrationMustHaveItsWayBack(t *testing.T) {
	files := migrationSteps(makeTable("a"))
	delete(files, "0001_step.down.sql")
	if _, err := db.MigrateUpFrom(t.Context(), openEmpty(t), files); err == nil {
		t.Error("a migration without a way back was applied")
	}
}

func TestMigratorsOfOneProcessTakeTurns(t *testing.T) {
	url := dbtest.FreshURL(t)
	slow := makeTable("a")
	slow[0] += "SELECT pg_sleep(0.2);"
	var wg sync.WaitGroup
	var mu sync.Mutex
	var applied []string
	for range 5 {
		d := openURL(t, url)
		wg.Go(func() {
			done, err := db.MigrateUpFrom(t.Context(), d, migrationSteps(slow, makeTable("b")))
			if err != nil {
				t.Error(err)
			}
			mu.Lock()
			defer mu.Unlock()
			applied = append(applied, migrationNames(done)...)
		})
	}
	wg.Wait()
	if !slices.Equal(applied, []string{"0001_step", "0002_step"}) {
		t.Errorf("together they applied %q, want each migration once", applied)
	}
}

func TestMigratorsOfSeveralProcessesTakeTurns(t *testing.T) {
	url := dbtest.FreshURL(t)
	var wg sync.WaitGroup
	out := make([][]byte, 3)
	for i := range out {
		wg.Go(func() {
			var err error
			if out[i], err = migrator(url, "SELECT pg_sleep(0.5)").Output(); err != nil {
				t.Errorf("a migrator failed: %v", err)
			}
		})
	}
	wg.Wait()
	if got := strings.Count(fmt.Sprintf("%s", out), "applied 0001_step"); got != 1 {
		t.Errorf("of three processes %d applied the migration:\n%s", got, out)
	}
}

func TestAMigratorThatIsKilledLeavesNoLockAndNoHalfMigration(t *testing.T) {
	url := dbtest.FreshURL(t)
	killed := migrator(url, "SELECT pg_sleep(60)")
	if err := killed.Start(); err != nil {
		t.Fatal(err)
	}
	d := openURL(t, url)
	for range 1000 {
		var runs bool
		err := d.NewRaw("SELECT EXISTS (SELECT FROM pg_stat_activity WHERE application_name = 'lfpse migrate' AND wait_event = 'PgSleep' AND datname = current_database())").Scan(t.Context(), &runs)
		if err != nil {
			t.Fatal(err)
		}
		if runs {
			break
		}
		time.Sleep(10 * time.Millisecond)
	}
	if err := killed.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = killed.Wait()

	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	done, err := db.MigrateUpFrom(ctx, d, migrationSteps(makeTable("a")))
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(migrationNames(done), []string{"0001_step"}) {
		t.Errorf("after the kill %q is applied, want all of it", migrationNames(done))
	}
}

const (
	migratorURL       = "LFPSE_TEST_MIGRATOR_URL"
	migratorStatement = "LFPSE_TEST_MIGRATOR_STATEMENT"
)

// migrator is a process that applies one migration: this program, running
// nothing but the test below.
func migrator(url, statement string) *exec.Cmd {
	cmd := exec.Command(os.Args[0], "-test.run=^TestMigratorProcess$", "-test.v")
	cmd.Env = append(os.Environ(), migratorURL+"="+url, migratorStatement+"="+statement)
	cmd.Stderr = os.Stderr
	return cmd
}

func TestMigratorProcess(t *testing.T) {
	url := os.Getenv(migratorURL)
	if url == "" {
		t.Skip("this is the other process of the tests above")
	}
	slow := makeTable("a")
	slow[0] += os.Getenv(migratorStatement)
	done := migrateUp(t, openURL(t, url), migrationSteps(slow))
	for _, m := range done {
		fmt.Println("applied", m.Name)
	}
}

func migrateUp(t *testing.T, d *db.DB, files fs.FS) []db.Migration {
	t.Helper()
	return migrated(t, d, files, db.MigrateUpFrom)
}

func migrateDown(t *testing.T, d *db.DB, files fs.FS) []db.Migration {
	t.Helper()
	return migrated(t, d, files, db.MigrateDownTo)
}

func migrationStatus(t *testing.T, d *db.DB, files fs.FS) []db.Migration {
	t.Helper()
	return migrated(t, d, files, db.MigrationStatusFrom)
}

func migrated(t *testing.T, d *db.DB, files fs.FS, call func(context.Context, *db.DB, fs.FS) ([]db.Migration, error)) []db.Migration {
	t.Helper()
	ms, err := call(t.Context(), d, files)
	if err != nil {
		t.Fatal(err)
	}
	return ms
}

// schemaOf lists what the migrations made, as table.column.
func schemaOf(t *testing.T, d *db.DB) []string {
	t.Helper()
	var columns []string
	err := d.NewRaw(`
		SELECT table_name || '.' || column_name FROM information_schema.columns
		WHERE table_schema = 'public' AND table_name <> 'bun_migrations' ORDER BY 1`).Scan(t.Context(), &columns)
	if err != nil {
		t.Fatal(err)
	}
	return columns
}

func migrationNames(ms []db.Migration) []string {
	var all []string
	for _, m := range ms {
		all = append(all, m.Name)
	}
	return all
}
