package db_test

import (
	"context"
	"log/slog"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"lfpse/db/dbtest"
)

// line is a line to a server, which can fall silent without ending.
type line struct {
	t      *testing.T
	server string // its socket
	dir    string // of the socket at our end
	silent sync.RWMutex
	passed sync.WaitGroup
}

// lineTo makes a line to the server of a URL, and answers the URL at our end.
func lineTo(t *testing.T, address string) (*line, string) {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	query := u.Query()
	// Sockets have short names only.
	dir, err := os.MkdirTemp("", "line-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) }) //nolint:errcheck // of no harm where it stays
	const socket = ".s.PGSQL.5432"
	l := &line{t: t, server: filepath.Join(query.Get("host"), socket), dir: dir}
	listener, err := net.Listen("unix", filepath.Join(dir, socket))
	if err != nil {
		t.Fatal(err)
	}
	l.passed.Go(func() { l.accept(listener) })
	t.Cleanup(func() {
		listener.Close() //nolint:errcheck // nothing is lost
		l.passed.Wait()
	})
	query.Set("host", dir)
	u.RawQuery = query.Encode()
	return l, u.String()
}

func (l *line) accept(listener net.Listener) {
	for {
		near, err := listener.Accept()
		if err != nil {
			return
		}
		far, err := net.Dial("unix", l.server)
		if err != nil {
			near.Close() //nolint:errcheck // the server is not there
			continue
		}
		l.passed.Go(func() { l.pass(near, far) })
		l.passed.Go(func() { l.pass(far, near) })
	}
}

// pass passes on what one end says, while the line is not silent.
func (l *line) pass(from, to net.Conn) {
	defer from.Close() //nolint:errcheck // nothing is lost
	defer to.Close()   //nolint:errcheck // nothing is lost
	said := make([]byte, 16<<10)
	for {
		n, err := from.Read(said)
		l.silent.RLock()
		l.silent.RUnlock() //nolint:staticcheck // it waits for the line
		if n > 0 {
			if _, err := to.Write(said[:n]); err != nil {
				return
			}
		}
		if err != nil {
			return
		}
	}
}

// A server whose machine or network is gone says nothing, not even that it ends.
func TestAReplicaThatFallsSilentIsLeft(t *testing.T) {
	primary, followers := dbtest.Replicated(t, 1)
	line, url := lineTo(t, followers[0].URL())
	f := followed{T: t, primary: primary, followers: followers}
	f.replicas = follow(t, primary, slog.New(slog.DiscardHandler), url)
	used := func() bool { return f.replicas.Standing()[0] == "replica 1: used" && f.atReplica(f.request()) }
	f.soon("the replica is used", used)

	var running sync.WaitGroup
	ctx := f.request()
	running.Go(func() {
		at, err := asked[string](ctx, primary, "SELECT CASE WHEN pg_is_in_recovery() THEN 'replica' ELSE 'primary' END FROM (SELECT pg_sleep(CASE WHEN pg_is_in_recovery() THEN 600 ELSE 0 END)) AS slept")
		if err != nil || at != "primary" {
			t.Errorf("a read whose server fell silent is answered %q, %v", at, err)
		}
	})
	f.soon("a read runs at the replica", func() bool { return followers[0].Running("pg_sleep") > 0 })
	line.silent.Lock()
	if f.atReplica(f.request()) {
		t.Error("a replica is said to answer that says nothing")
	}
	running.Wait()
	if context.Cause(ctx) != nil || f.replicas.Standing()[0] != "replica 1: away" {
		t.Errorf("the replica stands so: %v", f.replicas.Standing())
	}
	line.silent.Unlock()
	f.soon("the replica is used again", used)
}
