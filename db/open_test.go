package db_test

import (
	"bytes"
	"context"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/uptrace/bun"

	"lfpse/db"
	"lfpse/db/dbtest"
)

func TestOpenSetsUpEachConnection(t *testing.T) {
	d := openEmpty(t, db.WithApplicationName("a test"))
	for name, want := range map[string]string{
		"application_name":                    "a test",
		"statement_timeout":                   "30s",
		"idle_in_transaction_session_timeout": "1min",
		"timezone":                            "UTC",
		"standard_conforming_strings":         "on",
		"client_encoding":                     "UTF8",
	} {
		var got string
		if err := d.NewRaw("SELECT current_setting(?)", name).Scan(t.Context(), &got); err != nil {
			t.Fatal(err)
		}
		if got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
	if got := d.Pool.Config().MaxConns; got != 20 {
		t.Errorf("the pool takes %d connections, want 20", got)
	}
}

func TestThePoolIsAsLargeAsTheURLOrTheOptionSays(t *testing.T) {
	url := dbtest.FreshURL(t)
	for name, c := range map[string]struct {
		url  string
		opts []db.Option
		want int32
	}{
		"the URL":    {url + "&pool_max_conns=3", nil, 3},
		"the option": {url + "&pool_max_conns=3", []db.Option{db.WithMaxConns(2)}, 2},
	} {
		d, err := db.Open(t.Context(), c.url, c.opts...)
		if err != nil {
			t.Fatal(err)
		}
		if got := d.Pool.Config().MaxConns; got != c.want {
			t.Errorf("%s: the pool takes %d connections, want %d", name, got, c.want)
		}
		if err := d.Close(); err != nil {
			t.Error(err)
		}
	}
}

func TestNoErrorOfOpenRepeatsThePassword(t *testing.T) {
	const secret = "correct-horse"
	for _, url := range []string{
		"postgres://lfpse:" + secret + "@127.0.0.1:1/lfpse",
		"postgres://lfpse:" + secret + "@[/lfpse",
		"postgres://lfpse:" + secret + "@host:port:port/lfpse?sslmode=perhaps",
		"lfpse:" + secret + "@host",
		"user=lfpse passwort=" + secret,
		"password='" + secret,
	} {
		d, err := db.Open(t.Context(), url)
		if err == nil {
			d.Close()
			t.Errorf("%s was opened", url)
			continue
		}
		if strings.Contains(err.Error(), secret) {
			t.Errorf("the error repeats the password: %v", err)
		}
	}
}

func TestTimesAreReadAsUTC(t *testing.T) {
	d := openEmpty(t)
	at := time.Date(2026, 7, 1, 12, 0, 0, 0, time.FixedZone("BST", 3600))
	var viaBun struct{ At time.Time }
	if err := d.NewRaw("SELECT ?::timestamptz AS at", at).Scan(t.Context(), &viaBun); err != nil {
		t.Fatal(err)
	}
	var viaPgx time.Time
	if err := d.Pool.QueryRow(t.Context(), "SELECT $1::timestamptz", at).Scan(&viaPgx); err != nil {
		t.Fatal(err)
	}
	for way, got := range map[string]time.Time{"bun": viaBun.At, "pgx": viaPgx} {
		if got.Location() != time.UTC || !got.Equal(at) {
			t.Errorf("%s reads %v, want %v", way, got, at.UTC())
		}
	}
}

func TestAStatementThatTakesTooLongIsEnded(t *testing.T) {
	d := openEmpty(t, db.WithStatementTimeout(50*time.Millisecond))
	if _, err := d.ExecContext(t.Context(), "SELECT pg_sleep(20)"); err == nil {
		t.Error("the statement ran to its end")
	}
}

func TestEveryStatementIsCountedWhicheverWayItTakes(t *testing.T) {
	d := openEmpty(t)
	if _, err := d.ExecContext(t.Context(), "CREATE TABLE counted (id int, word text)"); err != nil {
		t.Fatal(err)
	}

	outer, all := db.CountStatements(t.Context())
	ctx, counter := db.CountStatements(outer)
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	var n int
	must(d.NewSelect().ColumnExpr("count(*)").TableExpr("counted").Where("word = ?", "Ann").Scan(ctx, &n))
	must(d.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		_, err := tx.NewUpdate().TableExpr("counted").Set("word = ?", "Bob").Where("id = ?", 7).Exec(ctx)
		return err
	}))
	must(d.Pool.QueryRow(ctx, "SELECT count(*) FROM counted WHERE id = $1", 7).Scan(&n))
	_, err := d.Pool.CopyFrom(ctx, pgx.Identifier{"counted"}, []string{"id", "word"}, pgx.CopyFromRows([][]any{{1, "a"}, {2, "b"}, {3, "c"}}))
	must(err)
	var batch pgx.Batch
	batch.Queue("SELECT 1")
	batch.Queue("DELETE FROM counted WHERE word = $1", "b")
	must(d.Pool.SendBatch(ctx, &batch).Close())

	want := []string{
		`SELECT count(*) FROM counted WHERE (word = ?)`,
		`begin`,
		`UPDATE counted SET word = ? WHERE (id = ?)`,
		`commit`,
		`SELECT count(*) FROM counted WHERE id = $1`,
		`COPY "counted" FROM STDIN`,
		`SELECT ?`,
		`DELETE FROM counted WHERE word = $1`,
	}
	if got := counter.Shapes(); !slices.Equal(got, want) {
		t.Errorf("counted\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if counter.Count() != len(want) {
		t.Errorf("Count is %d, want %d", counter.Count(), len(want))
	}

	// A context that does not count adds nothing; the outer one still does.
	must(d.NewSelect().ColumnExpr("1").Scan(t.Context(), &n))
	must(d.NewSelect().ColumnExpr("1").Scan(outer, &n))
	if counter.Count() != len(want) || all.Count() != len(want)+1 {
		t.Errorf("the counters stand at %d and %d, want %d and %d", counter.Count(), all.Count(), len(want), len(want)+1)
	}
}

// database/sql looks whether a connection that rested still lives; that is the
// driver's affair and must not make a test's count depend on the clock.
func TestTheDriversOwnPingsAreNotCounted(t *testing.T) {
	d := openEmpty(t)
	ctx, counter := db.CountStatements(t.Context())
	if err := d.PingContext(ctx); err != nil {
		t.Fatal(err)
	}
	if got := counter.Shapes(); len(got) != 0 {
		t.Errorf("counted %q", got)
	}
}

func TestTheLogOfSlowStatementsHoldsNoValue(t *testing.T) {
	const secret = "9434765919"
	var log logBuffer
	d := openEmpty(t, db.WithSlowLog(slog.New(slog.NewTextHandler(&log, nil)), 30*time.Millisecond))
	ctx := t.Context()

	var word string
	if err := d.NewSelect().ColumnExpr("?", secret).Scan(ctx, &word); err != nil {
		t.Fatal(err)
	}
	if log.String() != "" {
		t.Errorf("a quick statement is logged: %s", log.String())
	}
	if err := d.NewSelect().ColumnExpr("?", secret).ColumnExpr("pg_sleep(0.05)::text").Scan(ctx, &word, &word); err != nil {
		t.Fatal(err)
	}
	if _, err := d.ExecContext(ctx, "SELECT pg_sleep(0.05), ?::uuid", secret); err == nil {
		t.Fatal("the number was taken for a UUID")
	}
	if _, err := d.Pool.Exec(ctx, "SELECT pg_sleep(0.05), $1::text", secret); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(log.String(), secret) {
		t.Errorf("the log holds a value: %s", log.String())
	}
	for _, want := range []string{"SELECT ?, pg_sleep(?)::text", "SELECT pg_sleep(?), $1::text", "took="} {
		if !strings.Contains(log.String(), want) {
			t.Errorf("the log does not hold %q: %s", want, log.String())
		}
	}
}

func openEmpty(t *testing.T, opts ...db.Option) *db.DB {
	t.Helper()
	return openURL(t, dbtest.FreshURL(t), opts...)
}

func openURL(t *testing.T, url string, opts ...db.Option) *db.DB {
	t.Helper()
	d, err := db.Open(t.Context(), url, opts...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := d.Close(); err != nil {
			t.Error(err)
		}
	})
	return d
}

// logBuffer is a bytes.Buffer for several goroutines.
type logBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (b *logBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.Write(p)
}

func (b *logBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.String()
}
