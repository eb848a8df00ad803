//go:build unix

package embedded_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"lfpse/db/embedded"
)

func TestAServerStartsFromNothingAndKeepsItsData(t *testing.T) {
	ctx := t.Context()
	dir := folder(t)

	first := start(t, embedded.Options{Dir: dir, Durable: true})
	if err := first.EnsureDatabase(ctx, "lfpse"); err != nil {
		t.Fatal(err)
	}
	if err := first.EnsureDatabase(ctx, "lfpse"); err != nil {
		t.Fatalf("a database that exists is made sure of: %v", err)
	}
	do(t, first, "lfpse", "CREATE TABLE kept AS SELECT 'here' AS word")
	stop(t, first)
	if pid := postmaster(t, dir); pid != 0 {
		t.Fatalf("process %d runs after Stop", pid)
	}

	second := start(t, embedded.Options{Dir: dir, Durable: true})
	if got := text(t, second, "lfpse", "SELECT word FROM kept"); got != "here" {
		t.Errorf("the second start reads %q", got)
	}
}

func TestAServerIsSetUpForTheService(t *testing.T) {
	settings := map[string]string{
		"server_encoding":         "UTF8",
		"timezone":                "UTC",
		"listen_addresses":        "",
		"max_connections":         "100",
		"unix_socket_permissions": "0700",
		"password_encryption":     "scram-sha-256",
	}
	durability := map[bool]map[string]string{
		true:  {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on", "data_checksums": "on"},
		false: {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "data_checksums": "off"},
	}
	for durable, more := range durability {
		t.Run(fmt.Sprintf("durable %t", durable), func(t *testing.T) {
			s := start(t, embedded.Options{Dir: folder(t), Durable: durable})
			for _, expected := range []map[string]string{settings, more} {
				for name, want := range expected {
					if got := text(t, s, "postgres", "SHOW "+name); got != want {
						t.Errorf("%s is %q, want %q", name, got, want)
					}
				}
			}
			if got := text(t, s, "postgres", "SELECT datcollate FROM pg_database WHERE datname = 'template1'"); got != "C" {
				t.Errorf("words are ordered by %q, want C", got)
			}
			if got := text(t, s, "postgres", "SELECT lower('ÉÖ')"); got != "éö" {
				t.Errorf("lower case of ÉÖ is %q", got)
			}
		})
	}
}

func TestOnlyTheOwnerCanReadThePassword(t *testing.T) {
	dir := folder(t)
	s := start(t, embedded.Options{Dir: dir})
	for name, want := range map[string]fs.FileMode{"password": 0o600, "lock": 0o600, "run": 0o700, "data": 0o700} {
		info, err := os.Stat(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		if got := info.Mode().Perm(); got != want {
			t.Errorf("%s has mode %o, want %o", name, got, want)
		}
	}
	wrong := strings.Replace(s.URL("postgres"), ":", ":not", 2)
	if conn, err := pgx.Connect(t.Context(), wrong); err == nil {
		conn.Close(t.Context())
		t.Error("a wrong password was taken")
	}
}

func TestASecondServerOnAFolderIsRefused(t *testing.T) {
	dir := folder(t)
	first := start(t, embedded.Options{Dir: dir})

	_, err := embedded.Start(t.Context(), embedded.Options{Dir: dir})
	if !errors.Is(err, embedded.ErrInUse) {
		t.Fatalf("got %v, want ErrInUse", err)
	}
	if want := "process " + strconv.Itoa(os.Getpid()); !strings.Contains(err.Error(), want) {
		t.Errorf("the refusal %q does not name the owner, %s", err, want)
	}
	if got := text(t, first, "postgres", "SELECT 'well'"); got != "well" {
		t.Errorf("the first server answers %q", got)
	}
}

func TestWhatACrashLeftBehindDoesNotPreventAStart(t *testing.T) {
	for name, content := range map[string]string{
		"a number that another process has now": strconv.Itoa(os.Getpid()) + "\n/elsewhere\n",
		"a number that no process has":          "4194000\n",
		"nothing":                               "",
	} {
		t.Run(name, func(t *testing.T) {
			dir := folder(t)
			stop(t, start(t, embedded.Options{Dir: dir}))
			if err := os.WriteFile(filepath.Join(dir, "data", "postmaster.pid"), []byte(content), 0o600); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(filepath.Join(dir, "lock"), []byte("4194000"), 0o600); err != nil {
				t.Fatal(err)
			}
			start(t, embedded.Options{Dir: dir})
		})
	}
}

func TestAHalfMadeClusterIsMadeAnew(t *testing.T) {
	dir := folder(t)
	half := filepath.Join(dir, "data.new", "base")
	if err := os.MkdirAll(half, 0o700); err != nil {
		t.Fatal(err)
	}
	start(t, embedded.Options{Dir: dir})
	if _, err := os.Stat(filepath.Dir(half)); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the half-made cluster is still there: %v", err)
	}
}

func TestAPathTooLongForASocketIsNoHindrance(t *testing.T) {
	dir := filepath.Join(folder(t), strings.Repeat("long", 30))
	s := start(t, embedded.Options{Dir: dir})
	if got := text(t, s, "postgres", "SELECT 'well'"); got != "well" {
		t.Errorf("the server answers %q", got)
	}
	socket := text(t, s, "postgres", "SHOW unix_socket_directories")
	stop(t, s)
	if _, err := os.Stat(socket); !strings.HasPrefix(socket, dir) && !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the socket's folder is left behind: %v", err)
	}
}

// A folder that only root can enter serves root all the same where the system
// has user namespaces; elsewhere the error names what is closed.
func TestRootsServerRunsInAFolderClosedToOthers(t *testing.T) {
	if os.Geteuid() != 0 {
		t.Skip("the server runs as ourselves unless we are root")
	}
	closed := filepath.Join(folder(t), "closed")
	if err := os.Mkdir(closed, 0o700); err != nil {
		t.Fatal(err)
	}
	options := embedded.Options{Dir: filepath.Join(closed, "data")}
	first, err := embedded.Start(t.Context(), options)
	if err != nil {
		if !strings.Contains(err.Error(), "cannot enter "+closed+":") {
			t.Errorf("got %v, want an error that names %s", err, closed)
		}
		return
	}
	do(t, first, "postgres", "CREATE TABLE kept AS SELECT 'here' AS word")
	stop(t, first)
	second := start(t, options)
	if got := text(t, second, "postgres", "SELECT word FROM kept"); got != "here" {
		t.Errorf("the second start reads %q", got)
	}
	if info, err := os.Stat(closed); err != nil || info.Mode().Perm() != 0o700 {
		t.Errorf("the folder was opened to others: %v, %v", info, err)
	}
}

func TestDataOfAnotherVersionIsRefused(t *testing.T) {
	dir := folder(t)
	s := start(t, embedded.Options{Dir: dir})
	major, _, _ := strings.Cut(s.Version(), ".")
	stop(t, s)
	if err := os.WriteFile(filepath.Join(dir, "data", "PG_VERSION"), []byte("9\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := embedded.Start(t.Context(), embedded.Options{Dir: dir, Download: "off"})
	if !errors.Is(err, embedded.ErrNoPrograms) {
		t.Fatalf("got %v, want ErrNoPrograms", err)
	}
	if !strings.Contains(err.Error(), "made by version 9") || !strings.Contains(err.Error(), major) {
		t.Errorf("%q does not tell the two versions", err)
	}
}

func TestProgramsThatWereNamedAreTheOnlyOnesTried(t *testing.T) {
	_, err := embedded.Start(t.Context(), embedded.Options{Dir: folder(t), Bin: "/nowhere"})
	if !errors.Is(err, fs.ErrNotExist) || !strings.Contains(err.Error(), "/nowhere") {
		t.Errorf("got %v, want an error about /nowhere", err)
	}
}

func TestAStartThatIsGivenUpLeavesNothingRunning(t *testing.T) {
	dir := folder(t)
	stop(t, start(t, embedded.Options{Dir: dir}))
	for wait := time.Millisecond; ; wait *= 2 {
		ctx, cancel := context.WithTimeout(t.Context(), wait)
		s, err := embedded.Start(ctx, embedded.Options{Dir: dir})
		cancel()
		if err == nil {
			stop(t, s)
			return
		}
		if !errors.Is(err, context.DeadlineExceeded) && !strings.Contains(err.Error(), "killed") {
			t.Errorf("after %v: %v", wait, err)
		}
		if pid := postmaster(t, dir); pid != 0 {
			t.Fatalf("process %d runs after a start that took longer than %v", pid, wait)
		}
	}
}

func TestAnImpatientStopEndsTheServerAllTheSame(t *testing.T) {
	dir := folder(t)
	s := start(t, embedded.Options{Dir: dir})
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := s.Stop(ctx); err != nil && !errors.Is(err, context.Canceled) {
		t.Errorf("Stop: %v", err)
	}
	if pid := postmaster(t, dir); pid != 0 {
		t.Errorf("process %d runs after Stop", pid)
	}
	if err := s.Wait(); err != nil {
		t.Errorf("Wait after Stop: %v", err)
	}
}

func TestWaitTellsOfAServerThatEndedByItself(t *testing.T) {
	dir := folder(t)
	s := start(t, embedded.Options{Dir: dir})
	if err := syscall.Kill(postmaster(t, dir), syscall.SIGQUIT); err != nil {
		t.Fatal(err)
	}
	if err := s.Wait(); err == nil || !strings.Contains(err.Error(), "ended by itself") {
		t.Errorf("Wait: %v", err)
	}
}

// What people write may be about patients: whatever goes wrong with a
// statement, the server's log must not repeat it.
func TestTheServersLogRepeatsNothingThatWasWritten(t *testing.T) {
	const secret = "9434765919"
	var log buffer
	s := start(t, embedded.Options{
		Dir: folder(t),
		Log: slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug})),
	})
	do(t, s, "postgres", "CREATE TABLE patient (number text PRIMARY KEY CHECK (length(number) = 10))")
	do(t, s, "postgres", "INSERT INTO patient VALUES ('"+secret+"')")
	for _, statement := range []string{
		"INSERT INTO patient VALUES ('" + secret + "')",
		"INSERT INTO patient VALUES ('" + secret + "0')",
		"SELECT '" + secret + "'::uuid",
		"SELECT " + secret + " FROM nowhere",
		"SELEC '" + secret + "'",
		"DO $$ BEGIN RAISE EXCEPTION '" + secret + "'; END $$",
		"DO $$ BEGIN RAISE WARNING '" + secret + "'; END $$",
		"SET statement_timeout = 50; SELECT pg_sleep(1), '" + secret + "'",
	} {
		conn := connect(t, s, "postgres")
		_, _ = conn.Exec(t.Context(), statement)
	}
	// The backend that dies takes all others with it, and the server says which
	// statement it ran.
	conn := connect(t, s, "postgres")
	pid := conn.PgConn().PID()
	go func() {
		time.Sleep(200 * time.Millisecond)
		_ = syscall.Kill(int(pid), syscall.SIGSEGV)
	}()
	_, _ = conn.Exec(t.Context(), "SELECT pg_sleep(5), '"+secret+"'")
	if !eventually(func() bool { return strings.Contains(log.String(), "terminated by signal 11") }) {
		t.Fatal("the log does not tell of the crash, so it proves nothing")
	}
	if strings.Contains(log.String(), secret) {
		t.Errorf("the log repeats what was written:\n%s", log.String())
	}
	// A server that is told to stop while it gathers itself after a crash may take
	// longer than the test has.
	if !eventually(func() bool { return answers(t, s) }) {
		t.Error("the server does not come back after the crash")
	}
}

// answers tells whether a server takes connections.
func answers(t testing.TB, s *embedded.Server) bool {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), s.URL("postgres"))
	if err != nil {
		return false
	}
	return conn.Close(t.Context()) == nil
}

func start(t testing.TB, o embedded.Options) *embedded.Server {
	t.Helper()
	s, err := embedded.Start(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { stop(t, s) })
	return s
}

func stop(t testing.TB, s *embedded.Server) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	if err := s.Stop(ctx); err != nil {
		t.Error(err)
	}
}

// folder makes a folder that other accounts may enter, which t.TempDir's are
// not.
func folder(t testing.TB) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "lfpse-embedded-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := os.RemoveAll(dir); err != nil {
			t.Error(err)
		}
	})
	if err := os.Chmod(dir, 0o711); err != nil {
		t.Fatal(err)
	}
	return dir
}

func connect(t testing.TB, s *embedded.Server, database string) *pgx.Conn {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), s.URL(database))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close(context.Background()) })
	return conn
}

func do(t testing.TB, s *embedded.Server, database, statement string) {
	t.Helper()
	conn := connect(t, s, database)
	if _, err := conn.Exec(t.Context(), statement); err != nil {
		t.Fatal(err)
	}
	conn.Close(t.Context())
}

func text(t testing.TB, s *embedded.Server, database, query string) string {
	t.Helper()
	conn := connect(t, s, database)
	defer conn.Close(t.Context())
	var v string
	if err := conn.QueryRow(t.Context(), query).Scan(&v); err != nil {
		t.Fatal(err)
	}
	return v
}

// postmaster returns the process that runs on a folder, 0 when none does.
func postmaster(t testing.TB, dir string) int {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(dir, "data", "postmaster.pid"))
	if errors.Is(err, fs.ErrNotExist) {
		return 0
	}
	if err != nil {
		t.Fatal(err)
	}
	line, _, _ := strings.Cut(string(b), "\n")
	pid, err := strconv.Atoi(line)
	if err != nil {
		t.Fatal(err)
	}
	if errors.Is(syscall.Kill(pid, 0), syscall.ESRCH) {
		return 0
	}
	return pid
}

func eventually(ok func() bool) bool {
	for range 1000 {
		if ok() {
			return true
		}
		time.Sleep(10 * time.Millisecond)
	}
	return ok()
}

// buffer is a bytes.Buffer for several goroutines.
type buffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (b *buffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.Write(p)
}

func (b *buffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.String()
}
