//go:build unix

package dbtest

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"lfpse/db"
	"lfpse/db/embedded"
)

// replicatedDatabase is the name of a replicated database.
const replicatedDatabase = "replicated"

// stopTime is how long a server of a test may take to stop.
const stopTime = 30 * time.Second

// Replicated makes a database like Fresh does, on a server of the test's own that
// so many others follow, by streaming. Both ends are durable servers, as the
// service's are.
func Replicated(t testing.TB, replicas int, opts ...Option) (*db.DB, []*Replica) {
	t.Helper()
	template, err := newTemplate(opts)
	if err != nil {
		t.Fatal(err)
	}
	base, err := placesFolder()
	if err != nil {
		t.Fatal(err)
	}
	dir, err := os.MkdirTemp(base, "replicated-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) }) //nolint:errcheck // the next boot clears it away
	if err := os.Chmod(dir, 0o711); err != nil {
		t.Fatal(err)
	}
	home := filepath.Join(dir, "primary")
	server := startIn(t, home)
	t.Cleanup(func() { stop(t, server) })
	if err := server.EnsureDatabase(t.Context(), replicatedDatabase); err != nil {
		t.Fatal(err)
	}
	url := server.URL(replicatedDatabase)
	if err := template.fill(t.Context(), url); err != nil {
		t.Fatal("preparing the replicated database:", err)
	}
	primary, err := db.Open(t.Context(), url, db.WithApplicationName("lfpse test"), db.WithMaxConns(8))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { primary.Close() }) //nolint:errcheck // its server goes, too
	followers := make([]*Replica, replicas)
	for i := range followers {
		followers[i] = follow(t, primary, server, home, filepath.Join(dir, fmt.Sprint(i+1)))
	}
	return primary, followers
}

// Replica is a server that follows another.
type Replica struct {
	t      testing.TB
	dir    string
	server *embedded.Server
}

// follow makes a replica of a server whose folder is home, and starts it.
func follow(t testing.TB, primary *db.DB, server *embedded.Server, home, dir string) *Replica {
	t.Helper()
	var programs string
	if err := primary.NewRaw("SELECT setting FROM pg_config WHERE name = 'BINDIR'").Scan(t.Context(), &programs); err != nil {
		t.Fatal("asking for the programs' folder:", err)
	}
	owner := ownerOf(t, filepath.Join(home, "data"))
	// What pg_basebackup makes is its own: the folder is given away first.
	for _, made := range []string{dir, filepath.Join(dir, "data")} {
		if err := os.Mkdir(made, 0o700); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Chown(filepath.Join(dir, "data"), int(owner.Uid), int(owner.Gid)); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(dir, 0o711); err != nil {
		t.Fatal(err)
	}
	backup := exec.CommandContext(t.Context(), filepath.Join(programs, "pg_basebackup"),
		"--dbname", server.URL("postgres"), "--pgdata", filepath.Join(dir, "data"), "--write-recovery-conf", "--checkpoint", "fast", "--no-sync")
	backup.Dir = filepath.Join(dir, "data")
	backup.SysProcAttr = &syscall.SysProcAttr{Credential: credential(owner)}
	if said, err := backup.CombinedOutput(); err != nil {
		t.Fatalf("copying the server: %v: %s", err, said)
	}
	password := filepath.Join(home, "password")
	copied, err := os.ReadFile(password)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "password"), copied, 0o600); err != nil {
		t.Fatal(err)
	}
	r := &Replica{t: t, dir: dir}
	r.Start()
	t.Cleanup(r.Stop)
	return r
}

func ownerOf(t testing.TB, path string) *syscall.Stat_t {
	t.Helper()
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	return info.Sys().(*syscall.Stat_t)
}

// credential is what runs a program as another account; nil where it is ours.
func credential(owner *syscall.Stat_t) *syscall.Credential {
	if int(owner.Uid) == os.Geteuid() {
		return nil
	}
	return &syscall.Credential{Uid: owner.Uid, Gid: owner.Gid}
}

// URL answers the URL of the replicated database at the replica.
func (r *Replica) URL() string {
	// The server is always found in the same folder, running or not.
	return r.server.URL(replicatedDatabase)
}

// Start starts the replica where it does not run.
func (r *Replica) Start() {
	r.t.Helper()
	r.server = startIn(r.t, r.dir)
}

// Stop stops the replica, whatever runs there.
func (r *Replica) Stop() {
	r.t.Helper()
	stop(r.t, r.server)
}

// Pause has the replica stay as it is, whatever the primary does.
func (r *Replica) Pause() { r.run("SELECT pg_wal_replay_pause()") }

// Resume has it follow again.
func (r *Replica) Resume() { r.run("SELECT pg_wal_replay_resume()") }

// Promote has it follow no longer, and be a primary itself.
func (r *Replica) Promote() { r.run("SELECT pg_promote()") }

// Running answers how many statements run there that hold a text.
func (r *Replica) Running(text string) (n int) {
	r.t.Helper()
	r.open(func(d *db.DB) error {
		return d.NewRaw(`SELECT count(*) FROM pg_stat_activity WHERE state = 'active' AND application_name <> ?
			AND position(? IN query) > 0`, asker, text).Scan(r.t.Context(), &n)
	})
	return n
}

// Ran answers at how many connections the last statement held a text.
func (r *Replica) Ran(text string) (n int) {
	r.t.Helper()
	r.open(func(d *db.DB) error {
		return d.NewRaw(`SELECT count(*) FROM pg_stat_activity WHERE application_name <> ? AND position(? IN query) > 0`, asker, text).Scan(r.t.Context(), &n)
	})
	return n
}

// asker is what the server's views call those who ask for a test.
const asker = "lfpse test"

// open asks the replica something as its owner.
func (r *Replica) open(do func(*db.DB) error) {
	r.t.Helper()
	d, err := db.Open(r.t.Context(), r.URL(), db.WithMaxConns(1), db.WithApplicationName(asker))
	if err != nil {
		r.t.Fatal("asking the replica:", err)
	}
	defer d.Close() //nolint:errcheck // only asked
	if err := do(d); err != nil {
		r.t.Fatal("asking the replica:", err)
	}
}

func (r *Replica) run(statement string) {
	r.t.Helper()
	r.open(func(d *db.DB) error {
		_, err := d.ExecContext(r.t.Context(), statement)
		return err
	})
}

// CatchUp returns when the replica has what the primary has now.
func (r *Replica) CatchUp(primary *db.DB) {
	r.t.Helper()
	var end string
	if err := primary.NewRaw("SELECT pg_current_wal_flush_lsn()::text").Scan(r.t.Context(), &end); err != nil {
		r.t.Fatal(err)
	}
	r.open(func(d *db.DB) error {
		for range 3000 {
			var there bool
			if err := d.NewRaw("SELECT pg_last_wal_replay_lsn() >= ?::pg_lsn", end).Scan(r.t.Context(), &there); err != nil || there {
				return err
			}
			time.Sleep(10 * time.Millisecond)
		}
		return errors.New("it does not catch up")
	})
}

func startIn(t testing.TB, dir string) *embedded.Server {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), startTimeout)
	defer cancel()
	server, err := embedded.Start(ctx, embedded.Options{Dir: dir, Durable: true})
	if err != nil {
		t.Fatal("starting a server for the test:", err)
	}
	return server
}

func stop(t testing.TB, server *embedded.Server) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), stopTime)
	defer cancel()
	if err := server.Stop(ctx); err != nil {
		t.Error("stopping a server of the test:", err)
	}
}
