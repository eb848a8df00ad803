package db_test

import (
	"context"
	"database/sql"
	"errors"
	"io"
	"log/slog"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/uptrace/bun"

	"lfpse/db"
	"lfpse/db/dbtest"
)

// followed is a primary with replicas that are watched.
type followed struct {
	*testing.T
	primary   *db.DB
	followers []*dbtest.Replica
	replicas  *db.Replicas
}

// follow opens replicas of a primary and watches them until the test ends.
func follow(t *testing.T, primary *db.DB, log *slog.Logger, urls ...string) *db.Replicas {
	t.Helper()
	replicas, err := db.OpenReplicas(t.Context(), primary, urls, log, db.WithRole(db.ServiceRole), db.WithMaxConns(8))
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	var watching sync.WaitGroup
	watching.Go(func() { replicas.Watch(ctx) })
	t.Cleanup(func() {
		stop()
		watching.Wait()
		if err := replicas.Close(); err != nil {
			t.Error(err)
		}
	})
	return replicas
}

// in is the same in a test of its own.
func (f followed) in(t *testing.T) followed {
	f.T = t
	return f
}

// request begins a request that only reads, whose caller has just been named.
func (f followed) request() context.Context {
	f.Helper()
	ctx := f.replicas.Begin(f.Context())
	if err := db.Name(ctx, f.primary); err != nil {
		f.Fatal(err)
	}
	return f.replicas.Free(ctx)
}

// where answers from when on the server runs that a request reads at: which is
// another for each.
func (f followed) where(ctx context.Context) string {
	f.Helper()
	return ask[string](f, ctx, "SELECT pg_postmaster_start_time()::text")
}

// atReplica tells whether a request reads at a replica.
func (f followed) atReplica(ctx context.Context) bool {
	f.Helper()
	return ask[bool](f, ctx, "SELECT pg_is_in_recovery()")
}

func ask[T any](f followed, ctx context.Context, statement string) T {
	f.Helper()
	answer, err := asked[T](ctx, f.primary, statement)
	if err != nil {
		f.Fatal(err)
	}
	return answer
}

func asked[T any](ctx context.Context, d *db.DB, statement string) (T, error) {
	return db.Reading(ctx, d.DB, func(ctx context.Context, q bun.IDB) (answer T, err error) {
		err = q.NewRaw(statement).Scan(ctx, &answer)
		return answer, err
	})
}

// soon waits for what must be so within a moment.
func (f followed) soon(what string, so func() bool) {
	f.Helper()
	for range 3000 {
		if so() {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	f.Fatalf("%s: still not so; the replicas stand so: %v", what, f.replicas.Standing())
}

func (f followed) allUsed() bool {
	return strings.Join(f.replicas.Standing(), ", ") == "replica 1: used, replica 2: used"
}

func (f followed) settled() {
	f.Helper()
	f.soon("all replicas are used", f.allUsed)
}

func (f followed) write(statement string) {
	f.Helper()
	if _, err := f.primary.ExecContext(f.Context(), statement); err != nil {
		f.Fatal(err)
	}
}

func TestReplicas(t *testing.T) {
	primary, followers := dbtest.Replicated(t, 2)
	f := followed{T: t, primary: primary, followers: followers}
	f.replicas = follow(t, primary, slog.New(slog.DiscardHandler), followers[0].URL(), followers[1].URL())
	f.write("CREATE TABLE written (n int); GRANT SELECT ON written TO " + db.ServiceRole)
	f.settled()
	for _, c := range []struct {
		name string
		test func(followed)
	}{
		{"a request that only reads is answered by a replica, each in its turn", eachInTurn},
		{"all reads of a request are made at one server", atOne},
		{"whatever else there is reads at the primary", othersAtPrimary},
		{"a request sees all that was committed before it began", seesAll},
		{"a replica that fell behind is left alone until it has caught up", caughtUp},
		{"what a statement says is the answer, wherever it is made", answers},
		{"a statement that fails at a replica alone is made anew at the primary", anew},
		{"what runs at a replica that stops is made anew at the primary", stopsMeanwhile},
		{"replicas come and go, and no query fails", comeAndGo},
		{"a replica of the line of history before is not used", otherHistory},
	} {
		t.Run(c.name, func(t *testing.T) {
			in := f.in(t)
			in.settled()
			c.test(in)
		})
	}
}

func eachInTurn(f followed) {
	servers := map[string]bool{}
	f.soon("both replicas have answered", func() bool {
		ctx := f.request()
		if f.atReplica(ctx) {
			servers[f.where(ctx)] = true
		}
		return len(servers) == 2
	})
}

func atOne(f followed) {
	for range 20 {
		ctx := f.request()
		servers := make([]string, 8)
		var all sync.WaitGroup
		for i := range servers {
			all.Go(func() { servers[i] = f.where(ctx) })
		}
		all.Wait()
		first := servers[0]
		for _, server := range servers {
			if server != first {
				f.Fatalf("one request reads at several servers: %v", servers)
			}
		}
	}
}

func othersAtPrimary(f followed) {
	unnamed := f.replicas.Free(f.replicas.Begin(f.Context()))
	writing := f.replicas.Begin(f.Context())
	if err := db.Name(writing, f.primary); err != nil {
		f.Fatal(err)
	}
	for name, ctx := range map[string]context.Context{
		"a request whose caller was not named": unnamed, "a request that writes": writing, "what belongs to no request": f.Context(),
	} {
		if f.atReplica(ctx) {
			f.Errorf("%s reads at a replica", name)
		}
	}
}

// Nothing is waited for between the two: each time a replica that is used has
// either all of it or is not asked.
func seesAll(f followed) {
	const times = 200
	before := ask[int](f, f.request(), "SELECT count(*) FROM written")
	replicas := 0
	for n := 1; n <= times; n++ {
		f.write("INSERT INTO written VALUES (1)")
		ctx := f.request()
		if got := ask[int](f, ctx, "SELECT count(*) FROM written"); got != before+n {
			f.Fatalf("after %d rows a request sees %d", n, got-before)
		}
		if f.atReplica(ctx) {
			replicas++
		}
	}
	f.Logf("%d of %d requests after a change were answered by replicas", replicas, times)
}

func caughtUp(f followed) {
	for _, r := range f.followers {
		r.Pause()
	}
	before := ask[int](f, f.request(), "SELECT count(*) FROM written")
	f.write("INSERT INTO written VALUES (2)")
	for range len(f.followers) + 1 {
		if got := ask[int](f, f.request(), "SELECT count(*) FROM written"); got != before+1 {
			f.Errorf("a request sees %d of one row", got-before)
		}
	}
	for _, line := range f.replicas.Standing() {
		if !strings.HasSuffix(line, "behind") {
			f.Errorf("of a replica that does not follow the service says %q", line)
		}
	}
	for _, r := range f.followers {
		r.Resume()
	}
	f.soon("the replicas are used again", func() bool { return f.atReplica(f.request()) })
}

func answers(f followed) {
	ctx, times := f.request(), 0
	_, err := db.Reading(ctx, f.primary.DB, func(ctx context.Context, q bun.IDB) (n int, err error) {
		times++
		return n, q.NewRaw("SELECT n FROM written WHERE n = -1").Scan(ctx, &n)
	})
	if !errors.Is(err, sql.ErrNoRows) || times != 1 || !f.atReplica(ctx) {
		f.Errorf("no row was read %d times, and answered with %v", times, err)
	}
}

func anew(f followed) {
	if got := ask[int](f, f.request(), "SELECT 1 / CASE WHEN pg_is_in_recovery() THEN 0 ELSE 1 END"); got != 1 {
		f.Errorf("the answer is %d", got)
	}
	if _, err := asked[int](f.request(), f.primary, "SELECT 1 / 0"); err == nil {
		f.Error("a statement that fails everywhere is answered")
	}
	_, err := db.Reading(f.request(), f.primary.DB, func(context.Context, bun.IDB) (int, error) { return 0, io.ErrUnexpectedEOF })
	if !errors.Is(err, io.ErrUnexpectedEOF) {
		f.Errorf("a read that fails by itself is answered %v", err)
	}
	if strings.Contains(strings.Join(f.replicas.Standing(), " "), "away") {
		f.Errorf("after statements that failed the replicas stand so: %v", f.replicas.Standing())
	}
}

func stopsMeanwhile(f followed) {
	var asking sync.WaitGroup
	for range 4 { // at either replica
		ctx := f.request()
		asking.Go(func() {
			at, err := asked[string](ctx, f.primary, "SELECT 'primary' FROM (SELECT pg_sleep(CASE WHEN pg_is_in_recovery() THEN 600 ELSE 0 END)) AS slept")
			if err != nil || at != "primary" {
				f.Errorf("a read whose server stopped is answered %q, %v", at, err)
			}
		})
	}
	f.soon("reads run at both replicas", func() bool {
		for _, r := range f.followers {
			if r.Running("pg_sleep") == 0 {
				return false
			}
		}
		return true
	})
	for _, r := range f.followers {
		r.Stop()
	}
	asking.Wait()
	for _, r := range f.followers {
		r.Start()
	}
}

// comeAndGo has people ask and write all the while.
func comeAndGo(f followed) {
	ctx, stop := context.WithCancel(f.Context())
	var asking sync.WaitGroup
	var replicas, primaries atomic.Int64
	for range 4 {
		asking.Go(func() {
			for ctx.Err() == nil {
				following, err := asked[bool](f.request(), f.primary, "SELECT pg_is_in_recovery() FROM (SELECT count(*) FROM written) AS counted")
				if err != nil {
					f.Error("a query failed:", err)
					return
				}
				if following {
					replicas.Add(1)
				} else {
					primaries.Add(1)
				}
				time.Sleep(time.Millisecond)
			}
		})
	}
	more := func(of *atomic.Int64) func() bool {
		least := of.Load() + 20
		return func() bool { return of.Load() >= least }
	}
	f.soon("replicas answer", more(&replicas))
	f.followers[0].Stop()
	f.soon("one replica is away", func() bool { return f.replicas.Standing()[0] == "replica 1: away" })
	f.soon("the other answers", more(&replicas))
	f.followers[1].Stop()
	f.soon("the primary answers", more(&primaries))
	f.followers[0].Start()
	f.followers[1].Start()
	f.soon("both are used again", f.allUsed)
	f.soon("replicas answer again", more(&replicas))
	stop()
	asking.Wait()
}

// The first replica takes the primary's place, and the second goes on following
// what was the primary. It is further along in its own history than the first is in
// its new one, and knows nothing of that.
func otherHistory(f followed) {
	f.followers[0].Promote()
	url := f.followers[0].URL()
	next, err := db.Open(f.Context(), url, db.WithMaxConns(4))
	if err != nil {
		f.Fatal(err)
	}
	defer next.Close() //nolint:errcheck // its server goes, too
	f.write("INSERT INTO written SELECT 3 FROM generate_series(1, 10000)")
	f.followers[1].CatchUp(f.primary)
	f.primary, f.replicas = next, follow(f.T, next, slog.New(slog.DiscardHandler), f.followers[1].URL())
	f.soon("the replica is looked at", func() bool { return f.replicas.Standing()[0] == "replica 1: used" })
	f.write("INSERT INTO written VALUES (4)")
	if got := ask[int](f, f.request(), "SELECT count(*) FROM written WHERE n = 4"); got != 1 {
		f.Errorf("a request sees %d of one row: it is answered by a replica of another history", got)
	}
	for range 10 {
		if f.atReplica(f.request()) {
			f.Error("a replica of another history is used")
		}
	}
}

// synchronous is the URL of a database of the tests' server whose commits wait
// for its disk.
func synchronous(t *testing.T) *db.DB {
	t.Helper()
	d, err := db.Open(t.Context(), dbtest.Fresh(t).Pool.Config().ConnString()+"&synchronous_commit=on", db.WithMaxConns(4))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() }) //nolint:errcheck // it is dropped
	return d
}

func TestServersThatFollowNotThisPrimaryAreNotUsed(t *testing.T) {
	other, followers := dbtest.Replicated(t, 1)
	var log safeLog
	f := followed{T: t, primary: synchronous(t)}
	f.replicas = follow(t, f.primary, slog.New(slog.NewTextHandler(&log, nil)), followers[0].URL(), other.Pool.Config().ConnString(), "postgres://nobody@127.0.0.1:1/nowhere")
	for _, why := range []string{"replica=1 error=\"the server is of another database system", "replica=2 error=\"the server follows no other", "replica=3"} {
		f.soon("the log says why: "+why, func() bool { return strings.Contains(log.String(), why) })
	}
	for range 10 {
		if f.atReplica(f.request()) {
			t.Error("another's replica is used")
		}
	}
	if got := strings.Join(f.replicas.Standing(), ", "); got != "replica 1: away, replica 2: away, replica 3: away" {
		t.Errorf("they stand so: %s", got)
	}
	if said := strings.Count(log.String(), "not used"); said != 3 {
		t.Errorf("the log says %d times that one of three replicas is not used", said)
	}

	following, err := db.Open(t.Context(), followers[0].URL(), db.WithMaxConns(1))
	if err != nil {
		t.Fatal(err)
	}
	defer following.Close() //nolint:errcheck // its server goes, too
	for name, c := range map[string]struct {
		primary *db.DB
		url     string
	}{
		"a primary that is a replica":                  {following, followers[0].URL()},
		"a primary whose commits wait for no disk":     {dbtest.Fresh(t), followers[0].URL()},
		"a URL that is none, and would be in messages": {other, "postgres://somebody:secret@host:port/%"},
	} {
		if _, err := db.OpenReplicas(t.Context(), c.primary, []string{c.url}, slog.New(slog.DiscardHandler)); err == nil || strings.Contains(err.Error(), "secret") {
			t.Errorf("%s: answered %v", name, err)
		}
	}
}

// safeLog is a log that several goroutines write to.
type safeLog struct {
	mu   sync.Mutex
	text strings.Builder
}

func (l *safeLog) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(p)
}

func (l *safeLog) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}
